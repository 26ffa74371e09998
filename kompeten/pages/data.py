"""Data: what can be downloaded, how to fetch it, formulas, and the checklist of Satu Data Indonesia."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from kompeten.api import ROOT, shapes
from kompeten.forms.catalogues import satudata
from kompeten.forms.downloads.tables import CODELIST
from kompeten.ground import formats
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
    title, count = book.t("data.title"), book.number(len(shelf.files))
    return page_of(
        sheet,
        "data",
        title=title,
        description=book.t("data.description", files=count, rows=book.number(len(book.api.observations))),
        lead=book.t("data.lead"),
        zip=ZIP,
        tables=table_list(sheet, "tables", main),
        lists=table_list(sheet, "lists", lists),
        files=file_table(sheet, described),
        totals=[_snippet(book, shelf, name) for name in TOTALS],
        snippets=[_snippet(book, shelf, name) for name in SNIPPETS],
        slices=_slices(sheet, shelf),
        stat=[(title.text(own), sheet.file(path)) for path, (own, title) in shelf.stat.items() if own == book.language],
        ready=f"{ROOT}programmes/{book.api.main.programme_id}.json",
        repository=book.settings.repository_url,
        alternates={
            "downloads/datapackage.json": book.t("data.alternate.package"),
            "downloads/observations.csv": book.t("alternate.observations"),
        },
        share=share_of(book, title=title, figure=count, unit=book.t("data.share.unit")),
    )


def table_list(sheet: Sheet, name: str, files: Iterable[tuple[Stored, Any]]) -> Table:
    """Lay out tables, one a row, with a link to each of its forms and their sizes; then what describes them."""
    forms: dict[str, list[Stored]] = {}
    texts: dict[str, str] = {}
    for stored, resource in sorted(files, key=lambda f: _rank(f[0].path, f[1])):
        title = dictionary.text(sheet, resource, "title") if resource else stored.path.rpartition("/")[2]
        forms.setdefault(title, []).append(stored)
        texts.setdefault(title, holds(sheet, stored.path, resource))
    return Table(
        id=f"{name}-tabel",
        caption=sheet.t(f"data.{name}.caption"),
        subtitle=sheet.t(f"data.{name}.subtitle"),
        columns=tuple(sheet.column(f"data.column.{c}") for c in ("table", "holds", "download")),
        rows=tuple(
            row(title, text, Markup("<br>").join(file_link(sheet, stored) for stored in forms[title]))
            for title, text in texts.items()
        ),
    )


def file_link(sheet: Sheet, stored: Stored) -> Markup:
    """Link to a file by its form, with its size; the name of the link says the file too."""
    name, size = form(sheet, stored.path), formats.file_size(stored.size, sheet.language)
    spoken = f"{name}, {stored.path.rpartition('/')[2]}"
    link = Markup('<span class="file"><a href="{}" aria-label="{}">{}</a> {}</span>')
    return link.format(sheet.file(stored.path), spoken, name, size)


def file_table(sheet: Sheet, files: Iterable[tuple[Stored, Any]]) -> Table:
    return Table(
        id="berkas-tabel",
        caption=sheet.t("data.files.caption"),
        columns=(*sheet.columns("data.column.file", ("data.column.size",)), Column(label="SHA-256", kind="text")),
        rows=tuple(
            row(
                stored.path.removeprefix("downloads/"),
                sheet.counted_cell(stored.size, formats.file_size(stored.size, sheet.language)),
                Markup('<code class="hash">{}</code>').format(stored.sha256),
                href=sheet.file(stored.path),
            )
            for stored, _ in sorted(files, key=lambda f: _rank(f[0].path, f[1]))
        ),
    )


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
    if path.endswith(".id.csv"):
        return book.t("data.form.semicolon")
    return book.t(f"data.form.{path.rsplit('.', 1)[-1]}")


def _slices(sheet: Sheet, shelf: Shelf) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Link to observations cut ready to use: what they are cut by; label, comma and semicolon file of each."""
    cuts: dict[str, list[tuple[str, str, str]]] = {}
    for path in shelf.slices:
        comma, semicolon, *_ = table_forms(path)
        if path == comma:  # the others are forms of it
            _, _, cut, name = path.split("/")
            cuts.setdefault(cut, []).append((name.removesuffix(".csv"), sheet.file(comma), sheet.file(semicolon)))
    return [(sheet.t(f"data.slices.{cut}"), links) for cut, links in cuts.items()]


def _snippet(book: Book, shelf: Shelf, name: str) -> dict[str, str]:
    stem, _, ending = name.lower().rpartition(".")
    return {
        "id": f"kode-{ending}" if name in SNIPPETS else f"kode-{stem}-{ending}",
        "label": book.t(f"data.code.{ending}"),
        "note": book.t(f"data.code.{ending}.note" if name in SNIPPETS else f"data.total.{ending}.note"),
        "text": shelf.snippets[name].replace(PLACEHOLDER, book.settings.base_url).strip(),
    }


def formulas(book: Book) -> Page:
    measures = book.api.measures.values()
    title, count = book.t("formulas.title"), book.number(len(measures))
    return page_of(
        book.at(f"{PATH}rumus/"),
        "formulas",
        title=title,
        description=book.t("formulas.description", count=count),
        lead=book.t("formulas.lead"),
        measures=[_formula(book, m) for m in measures],
        crumbs=below(book),
        alternates={"api/v1/measures.json": book.t("formulas.alternate")},
        share=share_of(book, title=title, figure=count, unit=book.t("formulas.share.unit")),
    )


def _formula(book: Book, measure: shapes.Measure) -> dict[str, Any]:
    times = measure.multiplier
    numerator, denominator = _term(measure.numerator), _term(measure.denominator)
    multiplied = f" × {book.number(times)}" if times != 1 else ""
    facts = [
        ("formulas.formula", f"{numerator} ÷ {denominator}{multiplied}"),
        ("formulas.exclusions", book.say(measure.exclusions)),
        ("formulas.caution", book.say(measure.caution)),
        ("formulas.unit", book.name("units", measure.unit)),
        ("formulas.decimals", book.t("formulas.rounding", decimals=measure.decimals)),
        ("formulas.code", measure.measure_id),
    ]
    return {
        "id": f"rumus-{measure.measure_id}",
        "name": book.say(measure.name),
        "definition": book.say(measure.definition),
        "facts": [Pair(label=book.t(key), text=text) for key, text in facts],
    }


def _term(text: str) -> str:
    return f"({text})" if " " in text else text


def checklist(book: Book, shelf: Shelf) -> Page:
    """Make the checklist of Satu Data Indonesia; its values are Indonesian, as the standard wants them."""
    title, variables, indicators = book.t("satudata.title"), shelf.checklist.variables, shelf.checklist.indicators
    return page_of(
        book.at(f"{PATH}satu-data/"),
        "satudata",
        title=title,
        description=book.t("satudata.description", variables=len(variables), indicators=len(indicators)),
        lead=book.t("satudata.lead"),
        checks=_check_table(book, shelf),
        variables=_entries(book, variables, satudata.VARIABLE_COLUMNS, "variabel"),
        indicators=_entries(book, indicators, satudata.INDICATOR_COLUMNS, "indikator"),
        crumbs=below(book),
        alternates={"downloads/datapackage.json": book.t("data.alternate.package")},
        share=share_of(book, title=title, figure=book.number(len(indicators)), unit=book.t("satudata.share.unit")),
    )


def _check_table(book: Book, shelf: Shelf) -> Table:
    return Table(
        id="standar-data-tabel",
        caption=book.t("satudata.checks.caption"),
        subtitle=book.t("satudata.checks.subtitle"),
        columns=book.columns("satudata.column.part", ("satudata.column.filled",), ("satudata.column.total",)),
        rows=tuple(
            row(check.label.text(book.language), book.counted_cell(check.filled), book.counted_cell(check.total))
            for check in shelf.checklist.checks
        ),
    )


def _entries(
    book: Book, rows: tuple[Mapping[str, str], ...], columns: Mapping[str, Any], slug: str
) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{slug}-{number}",
            "name": row["nama"],
            "facts": [
                (label.text(book.language), row[name] or "–") for name, label in columns.items() if name != "nama"
            ],
        }
        for number, row in enumerate(rows, start=1)
    ]
