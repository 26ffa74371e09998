"""Data: what can be downloaded, how to fetch it, formulas, and the checklist of Satu Data Indonesia."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from kompeten.api import ROOT, shapes
from kompeten.forms.catalogues import satudata
from kompeten.forms.downloads.tables import CODELIST
from kompeten.ground import formats
from kompeten.ground.findings import Label
from kompeten.ground.vocabulary import FORMS, form_of, table_forms
from kompeten.pages import checks, dictionary, reference
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Crumb, Page, page_of, share_of
from kompeten.pages.parts import Pair
from kompeten.pages.shelf import PLACEHOLDER, Shelf, Stored
from kompeten.pages.tables import Column, Table, row

PATH = "data/"
ZIP = "downloads/kaltim-kompeten.zip"
TOTALS = ("total.py", "total.R", "total.mjs", "total.sh", "total.txt", "total.pq")
"""Code that adds up rightly, in the order of the page."""
SNIPPETS = ("fetch.py", "fetch.R", "fetch.mjs", "spreadsheet.txt", "fetch.sh")
"""Code to fetch the data, in the order of the page."""


HOLDS = {
    "README.md": "data.holds.readme",
    "croissant.json": "data.holds.croissant",
    "csv-metadata.json": "data.holds.csvw",
    "datapackage.json": "data.holds.package",
    "packages.zip": "data.holds.origin",
    "kaltim-kompeten.xlsx": "data.holds.workbook",
}
"""What the files say that describe the tables."""


def pages(book: Book, shelf: Shelf) -> Iterator[Page]:
    yield catalogue(book, shelf)
    yield dictionary.page(book, shelf)
    yield reference.page(book, shelf)
    yield formulas(book)
    yield checklist(book, shelf)
    yield checks.page(book)


def below(book: Book) -> tuple[Crumb, ...]:
    return (Crumb(label=book.t("nav.data"), path=PATH),)


def catalogue(book: Book, shelf: Shelf) -> Page:
    sheet = book.at(PATH)
    resources = {f"downloads/{r['path']}": r for r in shelf.package["resources"]}
    described = [(stored, resources.get(table_forms(path)[0])) for path, stored in shelf.files.items()]
    lists = [d for d in described if d[1] and d[1]["name"].startswith(CODELIST)]
    main = [d for d in described if d not in lists]
    count = book.number(len(shelf.files))
    return page_of(
        sheet,
        "data",
        title=book.t("data.title"),
        description=book.t("data.description", files=count, rows=book.number(len(book.api.observations))),
        lead=book.t("data.lead"),
        zip=ZIP,
        tables=table_list(sheet, "tables", main),
        lists=table_list(sheet, "lists", lists),
        files=file_table(sheet, described),
        totals=[_sample(book, shelf, name, "total") for name in TOTALS],
        snippets=[_sample(book, shelf, name, "code") for name in SNIPPETS],
        slices=_slices(sheet, shelf),
        stat=[(title.text(own), sheet.file(path)) for path, (own, title) in shelf.stat.items() if own == book.language],
        ready=f"{ROOT}programmes/{book.api.main.programme_id}.json",
        repository=book.settings.repository_url,
        alternates={
            "downloads/datapackage.json": book.t("data.alternate.package"),
            "downloads/observations.csv": book.t("alternate.observations"),
        },
        share=share_of(book, figure=count, unit=book.t("data.share.unit")),
    )


def table_list(sheet: Sheet, name: str, files: Iterable[tuple[Stored, Any]]) -> Table:
    """Lay out tables, one a row, with a link to each of its forms and their sizes; then what describes them."""
    links: dict[str, list[Markup]] = {}
    texts: dict[str, str] = {}
    for stored, resource in sorted(files, key=lambda f: _rank(f[0].path, f[1])):
        title = dictionary.text(sheet, resource, "title") if resource else stored.path.rpartition("/")[2]
        links.setdefault(title, []).append(file_link(sheet, stored))
        texts.setdefault(title, holds(sheet, stored.path, resource))
    heads = (f"data.column.{column}" for column in ("table", "holds", "download"))
    rows = (row(title, text, Markup("<br>").join(links[title])) for title, text in texts.items())
    return sheet.table(f"{name}-tabel", f"data.{name}", heads, rows)


def file_link(sheet: Sheet, stored: Stored) -> Markup:
    """Link to a file by its form, with its size; the name of the link says the file too."""
    name, size = form(sheet, stored.path), formats.file_size(stored.size, sheet.language)
    spoken = f"{name}, {stored.path.rpartition('/')[2]}"
    link = Markup('<span class="file"><a href="{}" aria-label="{}">{}</a> {}</span>')
    return link.format(sheet.file(stored.path), spoken, name, size)


def file_table(sheet: Sheet, files: Iterable[tuple[Stored, Any]]) -> Table:
    heads = ("data.column.file", ("data.column.size",), Column(label="SHA-256", kind="text"))
    rows = (
        row(
            stored.path.removeprefix("downloads/"),
            sheet.counted_cell(stored.size, formats.file_size(stored.size, sheet.language)),
            Markup('<code class="hash">{}</code>').format(stored.sha256),
            href=sheet.file(stored.path),
        )
        for stored, _ in sorted(files, key=lambda f: _rank(f[0].path, f[1]))
    )
    return sheet.table("berkas-tabel", "data.files", heads, rows)


def _rank(path: str, resource: Any) -> tuple[bool, bool, str, int, str]:
    """Order files: observations first, then tables by name, forms of one table side by side, the rest at the end."""
    name = resource["name"] if resource else ""
    form = form_of(path)
    place = FORMS.index(form) if form and form.is_table else len(FORMS)
    return (not name, name != "observations", name, place, path)


def holds(book: Book, path: str, resource: Mapping[str, Any] | None) -> str:
    if resource is not None:
        return dictionary.text(book, resource, "description")
    return book.t(HOLDS.get(path.rpartition("/")[2], "data.holds.other"))


def form(book: Book, path: str) -> str:
    return book.t(f"data.form.{'semicolon' if path.endswith('.id.csv') else path.rsplit('.', 1)[-1]}")


def _slices(sheet: Sheet, shelf: Shelf) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Link to observations cut ready to use: what they are cut by; label, comma and semicolon file of each."""
    cuts: dict[str, list[tuple[str, str, str]]] = {}
    for path in shelf.slices:
        comma, semicolon, *_ = table_forms(path)
        if path == comma:  # the others are forms of it
            _, _, cut, name = path.split("/")
            cuts.setdefault(cut, []).append((name.removesuffix(".csv"), sheet.file(comma), sheet.file(semicolon)))
    return [(sheet.t(f"data.slices.{cut}"), links) for cut, links in cuts.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Code to be copied."""

    id: str
    label: str
    note: str
    text: str


def _sample(book: Book, shelf: Shelf, name: str, kind: Literal["total", "code"]) -> Sample:
    stem, _, ending = name.lower().rpartition(".")
    return Sample(
        id=f"kode-{ending}" if kind == "code" else f"kode-{stem}-{ending}",
        label=book.t(f"data.code.{ending}"),
        note=book.t(f"data.{kind}.{ending}.note"),
        text=shelf.snippets[name].replace(PLACEHOLDER, book.settings.base_url).strip(),
    )


def formulas(book: Book) -> Page:
    measures = book.api.measures.values()
    count = book.number(len(measures))
    return page_of(
        book.at(f"{PATH}rumus/"),
        "formulas",
        title=book.t("formulas.title"),
        description=book.t("formulas.description", count=count),
        lead=book.t("formulas.lead"),
        measures=[(m, _facts(book, m)) for m in measures],
        crumbs=below(book),
        alternates={"api/v1/measures.json": book.t("formulas.alternate")},
        share=share_of(book, figure=count, unit=book.t("formulas.share.unit")),
    )


def _facts(book: Book, measure: shapes.Measure) -> list[Pair]:
    numerator, denominator = _term(measure.numerator), _term(measure.denominator)
    multiplied = f" × {book.number(measure.multiplier)}" if measure.multiplier != 1 else ""
    facts = {
        "formula": f"{numerator} ÷ {denominator}{multiplied}",
        "exclusions": book.say(measure.exclusions),
        "caution": book.say(measure.caution),
        "unit": book.name("units", measure.unit),
        "decimals": book.t("formulas.rounding", decimals=measure.decimals),
        "code": measure.measure_id,
    }
    return [Pair(label=book.t(f"formulas.{name}"), text=text) for name, text in facts.items()]


def _term(text: str) -> str:
    return f"({text})" if " " in text else text


def checklist(book: Book, shelf: Shelf) -> Page:
    """Make the checklist of Satu Data Indonesia; its values are Indonesian, as the standard wants them."""
    variables, indicators = shelf.checklist.variables, shelf.checklist.indicators
    return page_of(
        book.at(f"{PATH}satu-data/"),
        "satudata",
        title=book.t("satudata.title"),
        description=book.t("satudata.description", variables=len(variables), indicators=len(indicators)),
        lead=book.t("satudata.lead"),
        checks=_check_table(book, shelf),
        variables=_entries(book, variables, satudata.VARIABLE_COLUMNS),
        indicators=_entries(book, indicators, satudata.INDICATOR_COLUMNS),
        crumbs=below(book),
        alternates={"downloads/datapackage.json": book.t("data.alternate.package")},
        share=share_of(book, figure=book.number(len(indicators)), unit=book.t("satudata.share.unit")),
    )


def _check_table(book: Book, shelf: Shelf) -> Table:
    heads = ("satudata.column.part", ("satudata.column.filled",), ("satudata.column.total",))
    rows = (
        row(check.label.text(book.language), book.counted_cell(check.filled), book.counted_cell(check.total))
        for check in shelf.checklist.checks
    )
    return book.table("standar-data-tabel", "satudata.checks", heads, rows)


def _entries(
    book: Book, rows: Iterable[Mapping[str, str]], columns: Mapping[str, Label]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the name of each variable or indicator, and everything else that the standard asks of it."""
    labels = {name: label.text(book.language) for name, label in columns.items() if name != "nama"}
    return [(row["nama"], [(label, row[name] or "–") for name, label in labels.items()]) for row in rows]
