"""Breakdowns of a batch: one table and, where there is something to see, one chart for each dimension; and rates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kompeten.api import shapes
from kompeten.ground import formats
from kompeten.ground.formulas import cell_of, names_in
from kompeten.ground.vocabulary import KEMENDAGRI, PRINTED, REGIONS, of_system
from kompeten.pages import charts
from kompeten.pages.book import Book, Head, Sheet
from kompeten.pages.disputes import noted
from kompeten.pages.library import stage_of
from kompeten.pages.parts import TITLE_WORDS, Picture, context_row
from kompeten.pages.pictures import figure_sources, named, publishers
from kompeten.pages.tables import Cell, CellStatus, Table, row


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One breakdown: a picture with its table twin, or the table alone where fewer than two parts have a figure."""

    table: Table
    picture: Picture | None


def breakdown(book: Book, batch: shapes.BatchDetail, node: shapes.Breakdown) -> Part:
    """Lay out one breakdown. The chart shows its first stage; the table shows all of them."""
    dimension = node.dimension
    first = node.parts[0].stage
    parts = {p.code: p for p in node.parts if p.stage == first}
    marks = {c: book.mark(code_name(book, node, c), parts[c]) for c in in_order(book, node) if c in parts}
    apart = [mark for c, mark in marks.items() if c == "_U" or is_inside(book, node, c)]
    unit = book.counted(first, *parts.values())
    words = book.words(
        slug=f"rincian-{batch.batch_id}-{dimension.replace('_', '-')}",
        title=most_finding(book, book.name("stages", first), marks.values(), unit, apart=apart),
        subtitle=f"{book.t(f'breakdown.title.{dimension}')}: {listing_of(book, node)}; {book.say(batch.name)}",
        source=publishers(book, (p.source_id for p in node.parts)),
        note=book.t("breakdown.note.region_code") if dimension == "region_code" else "",
    )
    table = table_of(book, batch, node, words)
    picture = None
    if sum(p.status in PRINTED for p in parts.values()) > 1:
        chart = charts.BarChart(words=words, bars=charts.plain_bars(marks.values()))
        picture = Picture(chart=chart, table=table, data=book.api.path(batch))
    return Part(table=table, picture=picture)


def most_finding(
    book: Book, what: str, marks: Iterable[charts.Mark], unit: str = "", *, apart: Sequence[charts.Mark] = ()
) -> str:
    """Say which part is the largest of those that are known; none is named where two share the first place.

    what: what is counted, named in the sentence so that it stands by itself. apart: marks that cannot be compared with
    the others: of whom nothing is known, and of a part of another part.
    """
    every = [mark for mark in marks if mark not in apart]
    known = sorted((m for m in every if m.value is not None), key=lambda m: m.published, reverse=True)
    counts = {"what": what, "known": len(known), "all": len(every)}
    first = {"label": known[0].label, "value": f"{known[0].text} {unit}".strip()} if known else {}
    if len(known) > 1 and known[0].value != known[1].value:
        told = book.t("story.most" if len(known) == len(every) else "story.most.known", **first, **counts)
        if len(told.split()) <= TITLE_WORDS:
            return told
    if apart and len(known) == 1:
        return book.t("story.most.one", **first, **counts)
    return book.t("story.most.none", **counts)


def code_name(book: Book, node: shapes.Breakdown, code: str) -> str:
    """Name a part of a breakdown; one that is in another part says so."""
    name = book.name(node.codelist, code)
    return book.t("breakdown.inside", name=name) if is_inside(book, node, code) else name


def is_inside(book: Book, node: shapes.Breakdown, code: str) -> bool:
    """Tell whether a part is counted in another part that has a figure too, such as a regency in its province."""
    stated = {p.code for p in node.parts if p.value is not None}
    return book.api.codes[node.codelist][code].parent_code in stated


def listing_of(book: Book, node: shapes.Breakdown) -> str:
    """Name what is counted in a breakdown: every stage, with its unit where there is one stage."""
    stages = stages_in(node)
    names = formats.listing([book.name("stages", stage) for stage in stages], book.language)
    return names if len(stages) > 1 else f"{names}, {book.counted(stages[0], *node.parts)}"


def stages_in(node: shapes.Breakdown) -> list[str]:
    return list(dict.fromkeys(p.stage for p in node.parts))


def table_of(book: Book, batch: shapes.BatchDetail, node: shapes.Breakdown, words: charts.Words) -> Table:
    """Lay out all stages of one breakdown: a row for each code, a column for each stage."""
    stages, parts = stages_in(node), {(str(p.stage), p.code): p for p in node.parts}
    said = {row.cell_id: row for row in batch.observations if row.preferred and row.note}
    notes: list[str] = []

    def cell(stage: str, code: str) -> Cell:
        part, stated = parts.get((stage, code)), said.get(f"{batch.batch_id}/{stage}/{node.dimension}={code}")
        if part is None or stated is None:
            return book.cell(part)
        notes.append(noted(book, stated))
        return book.cell(part, note=len(notes))

    rows = tuple(
        row(
            code_name(book, node, code),
            *(cell(stage, code) for stage in stages),
            code=of_system(code, KEMENDAGRI) if node.codelist == REGIONS.name else code,
            year=batch.year,
        )
        for code in in_order(book, node)
    )
    notes += [text for stage in stages if (text := excess(book, batch, node, stage))]
    counts = (book.stage_column(stage, (p for p in node.parts if p.stage == stage)) for stage in stages)
    heads: list[Head] = [f"breakdown.column.{node.dimension}", *counts]
    source = words.source or None
    return book.titled(f"{words.slug}-table", words.subtitle, heads, rows, source=source, notes=notes)


def excess(book: Book, batch: shapes.BatchDetail, node: shapes.Breakdown, stage: str) -> str:
    """Say that parts add up to more than the whole, which comes from another source; nothing where they do not.

    A code below another stated one is in it already and is not added.
    """
    whole = stage_of(batch, stage).value
    said = {p.code: p.value for p in node.parts if p.stage == stage and p.value is not None}
    codes = book.api.codes[node.codelist]
    total = sum(value for code, value in said.items() if codes[code].parent_code not in said)
    if whole is None or total <= whole:
        return ""
    return book.t("breakdown.excess", parts=book.number(total), whole=book.number(whole))


def in_order(book: Book, node: shapes.Breakdown) -> list[str]:
    """Give the codes of a breakdown in the order of their list, those not known last."""
    stated = {p.code for p in node.parts}
    return sorted((code for code in book.names[node.codelist] if code in stated), key=lambda code: code == "_U")


def rate_table(book: Book, batch: shapes.BatchDetail) -> Table | None:
    """Lay out the rates of a batch and of its parts, each with the two counts it comes from; None without any."""
    rates: list[tuple[str, shapes.Rate, tuple[str, str] | None]] = [("", r, None) for r in batch.rates]
    rates += [(f", {code_name(book, b, r.code)}", r, (b.dimension, r.code)) for b in batch.breakdowns for r in b.rates]
    if not rates:
        return None
    measures = {r.measure_id: book.api.measures[r.measure_id] for _, r, _ in rates}
    used = list(measures)
    heads = ("rate.column.name", ("rate.column.value",), ("rate.column.numerator",), ("rate.column.denominator",))
    rows = (
        row(
            book.say(measures[r.measure_id].name) + part,
            *rated_cells(book, batch, r, at, note=used.index(r.measure_id) + 1),
            code=f"{r.measure_id}/{'='.join(at)}" if at else r.measure_id,
            year=batch.year,
        )
        for part, r, at in rates
    )
    notes = (f"{book.say(m.definition)} {book.say(m.caution)}" for m in measures.values())
    return book.table(f"rasio-{batch.batch_id}", "rate", heads, rows, notes=notes, batch=book.say(batch.name))


def rated_cells(
    book: Book, batch: shapes.BatchDetail, rate: shapes.Rate, at: tuple[str, str] | None, *, note: int
) -> tuple[Cell, Cell, Cell]:
    """Give the cells of a rate and of the two counts it comes from. at: dimension and code of the part it is about."""
    measure = book.api.measures[rate.measure_id]
    above, below = (sources_behind(batch, formula, at) for formula in (measure.numerator, measure.denominator))
    return (
        book.rate_cell(rate, note=note, source_ids=named((*above, *below))),
        part_cell(book, rate, "numerator", above),
        part_cell(book, rate, "denominator", below),
    )


def sources_behind(batch: shapes.BatchDetail, formula: str, at: tuple[str, str] | None) -> tuple[str, ...]:
    """Give the sources of the counts that a formula names, of a batch or of one part of it."""
    ids: list[str | None] = []
    for stage, own in filter(None, map(cell_of, names_in(formula))):
        if (place := own or at) is None:
            ids += figure_sources(batch, stage)
            continue
        parts = (p for b in batch.breakdowns if b.dimension == place[0] for p in b.parts)
        ids += [p.source_id for p in parts if (p.stage, p.code) == (stage, place[1])]
    return named(ids)


def part_cell(
    book: Book, rate: shapes.Rate, name: Literal["numerator", "denominator"], source_ids: tuple[str, ...]
) -> Cell:
    """Give the cell of a rate's numerator or denominator; where it is not published, the words of the rate."""
    value = rate.numerator if name == "numerator" else rate.denominator
    if value is None:
        status: CellStatus = "hidden" if rate.status == "hidden" else "unknown"
        return Cell(text=book.figure(rate, name, book.words_for(status)), status=status)
    status = "zero" if value == 0 else "released"
    return Cell(text=book.whole(rate, name), status=status, value=value, source_ids=source_ids)


def gap_table(
    sheet: Sheet,
    context: Iterable[shapes.Context],
    *,
    slug: str,
    caption: str,
    subtitle: str,
    notes: Iterable[str] = (),
) -> Table | None:
    """Lay out the share not certified, with the two counts of the same source it comes from, oldest first.

    None where no source gives both counts.
    """
    rated = sorted(((c, c.rate) for c in context if c.rate), key=lambda found: (found[0].period, found[0].source_id))
    if not rated:
        return None
    heads: tuple[Head, ...] = (
        "gap.column.period",
        ("gap.column.not_certified", "unit.people"),
        ("gap.column.workers", "unit.people"),
        ("gap.column.share",),
        "column.source",
    )
    rows = (
        context_row(
            c,
            sheet.day(c.period),
            part_cell(sheet, rate, "numerator", (c.source_id,)),
            part_cell(sheet, rate, "denominator", (c.source_id,)),
            sheet.rate_cell(rate, source_ids=(c.source_id,)),
            sheet.source_link(c.source_id),
        )
        for c, rate in rated
    )
    return sheet.titled(slug, caption, heads, rows, subtitle=subtitle, notes=notes)
