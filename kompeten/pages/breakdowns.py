"""Breakdowns of a batch: one table and, where there is something to see, one chart for each dimension; and rates."""

from __future__ import annotations

from dataclasses import dataclass

from kompeten.ground.vocabulary import PRINTED
from kompeten.pages import charts
from kompeten.pages.book import Book
from kompeten.pages.node import Node
from kompeten.pages.parts import Picture
from kompeten.pages.pictures import publishers
from kompeten.pages.tables import Cell, CellStatus, Column, Row, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One breakdown: a picture with its table twin, or the table alone where fewer than two parts have a figure."""

    title: str
    table: Table
    picture: Picture | None


def breakdowns(book: Book, batch: Node) -> tuple[Part, ...]:
    """Lay out every breakdown of a batch."""
    return tuple(breakdown(book, batch, b) for b in batch["breakdowns"])


def breakdown(book: Book, batch: Node, node: Node) -> Part:
    """Lay out one breakdown. The chart shows its first stage; the table shows all of them."""
    dimension = node["dimension"].value
    slug = f"rincian-{batch['batch_id'].value}-{dimension.replace('_', '-')}"
    first = node["parts"][0]["stage"].value
    own = {p["code"].value: p for p in node["parts"] if p["stage"].value == first}
    title = book.t(f"breakdown.title.{dimension}")
    words = charts.Words(
        slug=slug,
        language=book.language,
        title=f"{title}, {book.say(batch['name'])}",
        subtitle=f"{book.name('stages', first)}, {unit_of(book, first)}",
        source=publishers(book, (p["source_id"].value for p in node["parts"])),
        note=book.t("breakdown.note.region_code") if dimension == "region_code" else "",
    )
    table = table_of(book, batch, node, words)
    marks = tuple(book.mark(code_name(book, node, c), own[c]) for c in in_order(book, node) if c in own)
    picture = None
    if sum(p["status"].value in PRINTED for p in own.values()) > 1:
        picture = Picture(chart=charts.BarChart(words=words, marks=marks), table=table, data=batch)
    return Part(title=title, table=table, picture=picture)


def unit_of(book: Book, stage: str) -> str:
    """Name what a stage counts."""
    return book.t("unit.certificates" if stage == "skk_terbit" else "unit.people")


def code_name(book: Book, node: Node, code: str) -> str:
    """Name a part of a breakdown."""
    return book.name(node["codelist"].value, code)


def table_of(book: Book, batch: Node, node: Node, words: charts.Words) -> Table:
    """Lay out all stages of one breakdown: a row for each code, a column for each stage."""
    stages = list(dict.fromkeys(p["stage"].value for p in node["parts"]))
    codes = in_order(book, node)
    parts = {(p["stage"].value, p["code"].value): p for p in node["parts"]}
    said = {row["cell_id"].value: row for row in batch["observations"] if row["preferred"].value and row["note"]}
    notes: list[str] = []

    def cell(stage: str, code: str) -> Cell:
        if (stage, code) not in parts:
            return Cell(text=book.words_for("unknown"), status="unknown")
        row = said.get(f"{batch['batch_id'].value}/{stage}/{node['dimension'].value}={code}")
        if row is None:
            return book.cell(parts[stage, code])
        notes.append(book.say(row["note"]))
        return book.cell(parts[stage, code], note=len(notes))

    rows = tuple(
        Row(header=code_name(book, node, code), cells=tuple(cell(stage, code) for stage in stages)) for code in codes
    )
    return Table(
        id=f"{words.slug}-table",
        caption=words.title,
        columns=(
            Column(label=book.t(f"breakdown.column.{node['dimension'].value}"), kind="text"),
            *(Column(label=book.name("stages", stage), unit=unit_of(book, stage)) for stage in stages),
        ),
        rows=rows,
        source=words.source or None,
        notes=tuple(notes),
    )


def in_order(book: Book, node: Node) -> list[str]:
    """Give the codes of a breakdown in the order of their list, those not known last."""
    found = {p["code"].value for p in node["parts"]}
    return sorted((code for code in book.names[node["codelist"].value] if code in found), key=lambda code: code == "_U")


def rate_table(book: Book, batch: Node) -> Table | None:
    """Lay out the rates of a batch and of its parts, each with the two counts it comes from; None without any."""
    measures = book.doc("measures.json")
    rates = [(book.say(measures.find(measure_id=r["measure_id"].value)["name"]), r) for r in batch["rates"]]
    for part in batch["breakdowns"]:
        for r in part["rates"]:
            name = book.say(measures.find(measure_id=r["measure_id"].value)["name"])
            rates.append((f"{name}, {code_name(book, part, r['code'].value)}", r))
    if not rates:
        return None
    used = list(dict.fromkeys(r["measure_id"].value for _, r in rates))
    notes = [measures.find(measure_id=m) for m in used]
    return Table(
        id="rasio",
        caption=book.t("rate.caption", batch=book.say(batch["name"])),
        columns=(
            Column(label=book.t("rate.column.name"), kind="text"),
            Column(label=book.t("rate.column.value")),
            Column(label=book.t("rate.column.numerator")),
            Column(label=book.t("rate.column.denominator")),
        ),
        rows=tuple(
            Row(
                header=name,
                cells=(
                    rate_cell(book, r, note=used.index(r["measure_id"].value) + 1),
                    part_cell(book, r, "numerator"),
                    part_cell(book, r, "denominator"),
                ),
            )
            for name, r in rates
        ),
        notes=tuple(f"{book.say(m['definition'])} {book.say(m['caution'])}" for m in notes),
    )


def rate_cell(book: Book, rate: Node, *, note: int | None) -> Cell:
    """Give the cell of a rate with its note."""
    return Cell(text=book.rate(rate), status=rate["status"].value, node=rate["value"], note=note)


def part_cell(book: Book, rate: Node, key: str) -> Cell:
    """Give the cell of a rate's numerator or denominator; where it is not published, the words of the rate."""
    if rate[key].value is None:
        status: CellStatus = "hidden" if rate["status"].value == "hidden" else "unknown"
        return Cell(text=book.figure(rate[key], book.words_for(status)), status=status, node=rate[key])
    text = book.figure(rate[key], book.number(rate[key].value))
    return Cell(text=text, status="zero" if rate[key].value == 0 else "released", node=rate[key])
