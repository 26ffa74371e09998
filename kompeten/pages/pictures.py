"""Pictures that several pages share: progress towards a target, and the funnel of a batch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from kompeten.api import shapes
from kompeten.ground import formats
from kompeten.pages import charts
from kompeten.pages.book import Book, Sheet, printed
from kompeten.pages.charts import scales
from kompeten.pages.library import stage_of
from kompeten.pages.parts import Picture, joined, twin
from kompeten.pages.tables import Column, Row, Table, row

SEXES = ("L", "P")
"""Codes of men and women, in the order of the code list."""


def target_picture(sheet: Sheet, progress: shapes.Progress) -> Picture:
    """Draw the target, what each batch adds, and the batches nobody counted. progress: one with a figure."""
    book = sheet.book
    target, achieved = progress.target, progress.achieved
    programme = book.programme_name(target.programme_id)
    every = [*achieved.batches_with_figure, *achieved.batches_without_figure]
    batches = [b for b in book.api.batches.values() if b.batch_id in every]
    counts = [stage_count(book, b, target.stage) for b in batches]
    words = charts.Words(
        slug=f"target-{target.target_id}",
        language=book.language,
        title=book.t(f"target.title.{target.unit}", year=target.year),
        subtitle=book.t("target.subtitle", programme=programme, unit=stage_unit(book, target)),
        source=publishers(book, (c.source_id for c in counts)),
        note=book.t("target.note") if achieved.batches_without_figure else "",
    )
    rows = tuple(
        row(book.short_batch(b), book.cell(c), href=sheet.batch(b.batch_id))
        for b, c in zip(batches, counts, strict=True)
    )
    total = "row.total.at_least" if achieved.bound == "at_least" else "row.total"
    table = twin(
        words,
        (book.column("column.batch"), Column(label=book.name("stages", target.stage), unit=stage_unit(book, target))),
        (*rows, row(book.t(total), book.cell(achieved), is_total=True)),
        ending="table",
    )
    marks = tuple(book.mark(book.short_batch(b), c) for b, c in zip(batches, counts, strict=True))
    return Picture(chart=_target_chart(book, words, marks, progress), table=table, data=book.api.path(progress))


def figure_source(sheet: Sheet, count: shapes.Count) -> Markup | None:
    """Link to the source of a count; None where nobody gives a figure (a search that found nothing is no source)."""
    return sheet.source_link(count.source_id) if count.statements else None


def figure_sources(batch: shapes.BatchDetail, stage: str) -> list[str | None]:
    """Give the sources of a count: of the whole, or of its parts where nobody gives the whole."""
    count = stage_of(batch, stage)
    if count.statements:
        return [count.source_id]
    return [p.source_id for b in batch.breakdowns for p in b.parts if p.stage == stage and p.value is not None]


def achieved_text(book: Book, achieved: shapes.Achieved, unit: str = "") -> str:
    """Write what was achieved with its hedge, and its unit: ``sekurang-kurangnya 1.586 orang``."""
    if achieved.value is None:
        return book.words_for(achieved.status)
    return book.hedged(f"{book.number(getattr(achieved, printed(achieved)))} {unit}".strip(), achieved.precision)


def achieved_caveat(book: Book, achieved: shapes.Achieved) -> str:
    """Say the range where sources differ, and the batches that nobody counted."""
    missing = [book.batch_name(b) for b in achieved.batches_without_figure]
    parts = []
    if achieved.low != achieved.high_of_known:
        parts.append(range_caveat(book, achieved.low, achieved.high_of_known))
    if missing:
        parts.append(book.t("kit.caveat.missing", batches=formats.listing(missing, book.language)))
    return " ".join(parts)


def range_caveat(book: Book, low: int | None, high: int | None) -> str:
    """Say between which figures the sources lie."""
    return book.t("kit.caveat.range", low=book.number(low or 0), high=book.number(high or 0))


def stage_count(book: Book, batch: shapes.Batch, stage: str) -> shapes.Count:
    """Give the count of a batch at one stage; that of participants stands in the list of batches itself."""
    if stage == "peserta":
        return batch.participants
    return stage_of(book.api.batch[batch.batch_id], stage)


def aim_text(book: Book, target: shapes.Target) -> str:
    """Write what a figure is measured against: ``1.000 peserta``; a rival reading beside the one it rivals."""
    own = f"{book.hedged(book.number(target.value), target.precision)} {book.unit(target.unit)}"
    leading = book.api.read_as(target)
    return book.t("target.rival", own=own, other=aim_text(book, leading.target)) if leading else own


def stage_unit(book: Book, target: shapes.Target) -> str:
    """Name the unit in which a target is counted: people, or certificates."""
    return book.t("unit.certificates" if target.unit == "sertifikat" else "unit.people")


def publishers(book: Book, source_ids: Iterable[str | None]) -> str:
    """Name the publishers of figures, each once; a search that found nothing gives no figure and is left out."""
    found = [book.api.sources[i] for i in dict.fromkeys(source_ids) if i is not None]
    return ", ".join(dict.fromkeys(s.publisher for s in found if s.kind != "search"))


def _target_chart(
    book: Book, words: charts.Words, parts: tuple[charts.Mark, ...], progress: shapes.Progress
) -> charts.TargetChart:
    target, achieved = progress.target, progress.achieved
    differs = achieved.low != achieved.high_of_known
    return charts.TargetChart(
        words=words,
        parts=parts,
        low=book.mark(book.t("target.low" if achieved.bound == "at_least" else "target.sum"), achieved, "low"),
        high=book.mark(book.t("target.high"), achieved, "high_of_known") if differs else None,
        target=charts.Mark(
            label=book.t("target.target.rival" if book.api.read_as(target) else "target.target"),
            text=book.number(target.value),
            value=target.value,
        ),
    )


def funnel_picture(sheet: Sheet, batch: shapes.BatchDetail) -> Picture:
    """Draw the funnel of one batch as a file and an embed; the page itself shows the same stages as a list.

    A stage is split by sex where both counts are published and add up to it.
    """
    book = sheet.book
    parts = by_sex(batch)
    words = charts.Words(
        slug=f"corong-{batch.batch_id}",
        language=book.language,
        title=book.t("funnel.title", batch=book.say(batch.name)),
        source=publishers(book, (s.source_id for s in batch.funnel if s.statements)),
    )
    stages = tuple(
        charts.Stack(
            total=book.mark(book.name("stages", s.stage), s),
            parts=tuple(book.mark(book.name("sexes", p.code), p) for p in parts.get(s.stage, ())),
        )
        for s in batch.funnel
    )
    sexes = tuple(book.name("sexes", code) for code in SEXES) if parts else ()

    def stage_row(stage: shapes.StageCount) -> Row:
        own = parts.get(stage.stage)
        split = tuple(map(book.cell, own)) if own else (book.blank(),) * 2
        return row(book.name("stages", stage.stage), book.cell(stage), *split if sexes else ())

    table = Table(
        id=f"{words.slug}-tabel",
        caption=words.title,
        columns=(
            book.column("column.stage"),
            Column(label=book.name("sexes", "_T") if sexes else book.t("column.figure")),
            *(Column(label=label) for label in sexes),
        ),
        rows=tuple(map(stage_row, batch.funnel)),
    )
    whole = book.name("sexes", "_T") if sexes else ""
    chart = charts.FunnelChart(words=words, stages=stages, part_labels=sexes, whole_label=whole)
    return Picture(chart=chart, table=table, data=book.api.path(batch))


def by_sex(batch: shapes.BatchDetail) -> dict[str, list[shapes.BreakdownPart]]:
    """Give the counts of men and women by stage, for the stages of which they are the whole."""
    found: dict[str, list[shapes.BreakdownPart]] = {}
    for breakdown in (b for b in batch.breakdowns if b.dimension == "sex"):
        for stage in batch.funnel:
            own = [p for p in breakdown.parts if p.stage == stage.stage and p.code in SEXES]
            values = [p.value for p in own if p.value is not None]
            if len(values) == len(SEXES) and sum(values) == stage.value:
                found[stage.stage] = own
    return found


def funnel_of(sheet: Sheet, batch: shapes.BatchDetail) -> dict[str, Any]:
    """Lay out the funnel of one batch, with the picture of it that others can take along."""
    book = sheet.book
    picture = funnel_picture(sheet, batch)
    values = [s.value for s in batch.funnel if s.value is not None]
    biggest = max(values, default=0)
    stages = book.api.codes["stages"]
    return {
        "picture": picture,
        "links": picture.links(sheet),
        "title": book.t("funnel.title", batch=book.say(batch.name)),
        "source": joined(
            book,
            [sheet.source_link(source) for source in dict.fromkeys(s.source_id for s in batch.funnel if s.statements)],
        ),
        "stages": [
            {
                "label": book.name("stages", s.stage),
                "means": book.say(stages[s.stage].definition),
                "text": book.count(s),
                "status": s.status,
                "share": scales.percent(s.value, biggest) if s.value is not None and biggest else None,
                "href": None,
            }
            for s in batch.funnel
        ],
    }
