"""The data dictionary: every published table and column, from the descriptor that is published with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from kompeten.forms.downloads.tables import CODELIST
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Crumb, Page, page_of, share_of
from kompeten.pages.shelf import Shelf
from kompeten.pages.tables import Table, row

PATH = "data/kamus/"
Resource = Mapping[str, Any]
Field = Mapping[str, Any]


def page(book: Book, shelf: Shelf) -> Page:
    """Make the dictionary. All code lists have the same columns, which are said once."""
    sheet = book.at(PATH)
    resources: list[Resource] = shelf.package["resources"]
    lists = [r for r in resources if r["name"].startswith(CODELIST)]
    tables = [r for r in resources if r not in lists]
    columns = sum(len(r["schema"]["fields"]) for r in tables)
    values = {"tables": book.number(len(resources)), "columns": book.number(columns)}
    return page_of(
        sheet,
        "dictionary",
        title=book.t("dictionary.title"),
        description=book.t("dictionary.description", **values),
        lead=book.t("dictionary.lead"),
        tables=[entry(sheet, r) for r in tables],
        lists=[r["name"].removeprefix(CODELIST) for r in lists],
        listed=CODELIST,
        list_columns=column_table(book, lists[0], "daftar-kode"),
        crumbs=(Crumb(label=book.t("nav.data"), path="data/"),),
        alternates={"downloads/datapackage.json": book.t("data.alternate.package")},
        share=share_of(book, figure=values["columns"], unit=book.t("dictionary.share.unit")),
    )


def text(book: Book, item: Mapping[str, Any], name: str) -> str:
    """Give a title or a description in the language of the book."""
    return str(item[name if book.language == "id" else f"{name}_en"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One published table. id: its name; file: below the folder of downloads; key: its columns, in one text."""

    id: str
    title: str
    description: str
    file: str
    key: str
    columns: Table


def entry(sheet: Sheet, resource: Resource) -> Described:
    return Described(
        id=resource["name"],
        title=text(sheet, resource, "title"),
        description=text(sheet, resource, "description"),
        file=resource["path"],
        key=", ".join(resource["schema"].get("primaryKey", [])),
        columns=column_table(sheet, resource, resource["name"]),
    )


def column_table(book: Book, resource: Resource, slug: str) -> Table:
    """Lay out the columns of a table: name, type, what is allowed, unit, description."""
    schema = resource["schema"]
    keys = {k["fields"][0]: k["reference"]["resource"] or resource["name"] for k in schema.get("foreignKeys", [])}
    heads = (f"dictionary.column.{name}" for name in ("name", "meaning", "type", "allowed", "unit"))
    rows = (
        row(
            field["name"],
            meaning(book, field),
            book.t(f"dictionary.type.{field['type']}"),
            allowed(book, field, keys.get(field["name"])),
            unit(book, field),
        )
        for field in schema["fields"]
    )
    return book.titled(f"{slug}-kolom", book.t("dictionary.columns", table=slug), heads, rows)


def meaning(book: Book, field: Field) -> Markup:
    return Markup("<b>{}</b>. {}").format(text(book, field, "title"), text(book, field, "description"))


def unit(book: Book, field: Field) -> str:
    """Name the unit of a column; the data standard writes it in Indonesian."""
    if "satuan" not in field:
        return "–"
    return str(field["satuan"]) if book.language == "id" else book.t("dictionary.unit", unit=field["satuan"])


def allowed(book: Book, field: Field, table: str | None) -> Markup:
    rules = [*_rules(book, field.get("constraints", {}))]
    if table:
        link = Markup('<a href="#{}">{}</a>').format(table, table.removeprefix(CODELIST))
        rules.append(book.phrase("dictionary.rule.key", table=link))
    return Markup("; ").join(rules) or Markup("–")


def _rules(book: Book, constraints: Mapping[str, Any]) -> Iterator[Markup]:
    for name, limit in constraints.items():
        if isinstance(limit, bool):
            if limit:
                yield book.phrase(f"dictionary.rule.{name}")
        elif name == "enum":
            codes = Markup(", ").join(Markup("<code>{}</code>").format(value) for value in limit)
            yield book.phrase("dictionary.rule.enum", values=codes)
        else:
            yield book.phrase(f"dictionary.rule.{name}", limit=Markup("<code>{}</code>").format(limit))
