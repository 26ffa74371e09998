"""Pictures that several pages share, each titled by what it shows: progress to a target, the stages of a batch.

A title is a sentence made from the figures of its picture. It says less, never more, where one of them is hidden, not
known, about or at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from kompeten.api import ROOT, shapes
from kompeten.ground import formats
from kompeten.ground.vocabulary import ALL, ASSESSED, PRINTED
from kompeten.pages import charts
from kompeten.pages.book import Book, Head, Sheet, number_of
from kompeten.pages.disputes import stated_cell
from kompeten.pages.library import stage_of
from kompeten.pages.parts import TITLE_WORDS, Picture, batch_row, picture_of
from kompeten.pages.tables import Cell, Column, Row, row

SEXES = ("L", "P")
"""Codes of men and women, in the order of the code list."""


def target_picture(sheet: Sheet, progress: shapes.Progress) -> Picture:
    """Draw what was achieved against the target, beside the same target in another unit where it is so disputed.

    progress: one with a figure.
    """
    target, achieved = progress.target, progress.achieved
    every = (*achieved.batches_with_figure, *achieved.batches_without_figure)
    counts = [(b, stage_count(sheet, b, target.stage)) for b in sheet.api.batches.values() if b.batch_id in every]
    read = readings(sheet, progress)
    year = next(y for y in sheet.api.programmes[target.programme_id].years if y.year == target.year)
    words = sheet.words(
        slug=f"target-{target.target_id}",
        title=target_finding(sheet, progress, year),
        subtitle=sheet.t("target.subtitle", programme=sheet.programme_name(target.programme_id), year=target.year),
        source=publishers(sheet, (*(c.source_id for _, c in counts), *(p.target.source_id for p in read))),
        note=sheet.t("target.note") if achieved.batches_without_figure else "",
    )
    total = sheet.t("row.total.at_least" if achieved.bound == "at_least" else "row.total")

    def total_row(name: str, own: shapes.Progress) -> Row:
        cell = achieved_cell(sheet, own.achieved, own.target.stage)
        return row(name, cell, is_total=own is progress, code=ALL, year=target.year)

    def aim_row(aim: shapes.Target) -> Row:
        cell = replace(stated_cell(sheet, aim), text=sheet.whole(aim))
        return row(f"{sheet.t('target.target')}, {sheet.aimed(aim)}", cell, code=aim.target_id, year=aim.year)

    rows = (
        *(batch_row(sheet, b.batch_id, sheet.cell(c), name=sheet.short_batch(b)) for b, c in counts),
        total_row(f"{total}, {sheet.aimed(target)}", progress),
        *(total_row(sheet.name("stages", p.target.stage), p) for p in read if p is not progress),
        *(aim_row(p.target) for p in read),
    )
    chart = charts.BarChart(words=words, bars=tuple(_target_bar(sheet, p) for p in read))
    heads = ("column.batch", ("column.figure",))
    return picture_of(sheet, chart, heads, rows, data=sheet.api.path(progress), ending="table")


def achieved_cell(book: Book, achieved: shapes.Achieved, stage: str) -> Cell:
    """Give the cell of a total, with the sources of the counts that it adds up."""
    return book.cell(achieved, source_ids=achieved_sources(book, achieved, stage))


def achieved_sources(book: Book, achieved: shapes.Achieved, stage: str) -> tuple[str, ...]:
    """Give the sources of the counts of one stage that a total adds up."""
    return named(i for b in achieved.batches_with_figure for i in figure_sources(book.api.batch[b], stage))


def stage_cell(book: Book, batch: shapes.BatchDetail, stage: shapes.StageCount) -> Cell:
    """Give the cell of a stage, with the sources of its parts where nobody gives the whole."""
    return book.cell(stage, source_ids=named(figure_sources(batch, stage.stage)))


def people_cell(book: Book, batch: shapes.Batch) -> Cell:
    """Give the cell of the participants of a batch in a list of batches."""
    return book.cell(batch.participants, source_ids=named(figure_sources(book.api.batch[batch.batch_id], "peserta")))


def named(source_ids: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source_id for source_id in source_ids if source_id is not None))


def readings(book: Book, progress: shapes.Progress) -> tuple[shapes.Progress, ...]:
    """Give a target with its other readings, which sources do not agree on: that of the better sources first."""
    leading = book.api.read_as(progress.target) or progress
    first = leading.target.target_id
    return (leading, *(p for p in book.api.progress if p.target.rival_of == first))


def _target_bar(book: Book, progress: shapes.Progress) -> charts.Bar:
    """Draw one target: what was reached, how far sources differ, and who named the target."""
    target, achieved = progress.target, progress.achieved
    mark = book.mark(book.name("stages", target.stage), achieved)
    speaker = book.name("speakers", target.speaker) if target.speaker and target.speaker != "_U" else ""
    return reached_bar(book, mark, achieved, targets=(target_mark(book, target, speaker=speaker),))


def reached_bar(
    book: Book,
    mark: charts.Mark,
    achieved: shapes.Achieved,
    *,
    targets: tuple[charts.Mark, ...],
    unit: str = "",
    also: Iterable[str] = (),
) -> charts.Bar:
    """Draw what was reached: to where sources differ, open where a batch is not counted. also: what else is so."""
    high = achieved.high_of_known
    return charts.Bar(
        mark=mark,
        high=high if high is not None and mark.value is not None and high > mark.value else None,
        is_open=mark.value is not None and achieved.bound == "at_least",
        targets=targets,
        aside="; ".join([*asides(book, achieved), *also]),
        end=f"{end_text(book, achieved)} {unit}".strip(),
    )


def asides(book: Book, achieved: shapes.Achieved) -> list[str]:
    """Say what a bar leaves open: how far the highest statements reach, and the batches that nobody counted."""
    low, high = number_of(achieved), achieved.high_of_known
    if low is None:
        return []
    silent = [book.short_batch(book.api.batches[b]) for b in achieved.batches_without_figure]
    reach = [book.t("target.high", value=book.number(high))] if high is not None and high > low else []
    without = [book.t("target.without", batches=formats.listing(silent, book.language))] if silent else []
    return reach + without


def end_text(book: Book, achieved: shapes.Achieved) -> str:
    """Write what was achieved as short as the end of a bar asks for; nothing where there is no figure."""
    if (value := number_of(achieved)) is None:
        return ""
    text = book.number(value)
    for key in ("about", "at_least"):
        if key in (achieved.precision, achieved.bound):
            text = book.t(f"hedge.short.{key}", value=text)
    return text


def target_mark(book: Book, target: shapes.Target, *, speaker: str = "") -> charts.Mark:
    """Give the mark of a target with its unit and, where wanted, who named it."""
    text = book.aim(target)
    said = book.t("target.said", text=text, speaker=speaker) if speaker else text
    return charts.Mark(label=book.t(f"target.kind.{target.kind}"), text=said, value=target.value)


def target_finding(book: Book, progress: shapes.Progress, year: shapes.Year) -> str:
    """Say whether what is on record reaches the target, and whether results are published.

    Where better sources read the target in certificates, theirs leads and the participants stand beside it.
    """
    target, achieved = progress.target, progress.achieved
    leading = book.api.read_as(target)
    reached = number_of(achieved)
    value = "" if reached is None else book.number(reached)
    if leading and leading.target.unit == "sertifikat":
        issued, aim = leading.achieved, aim_text(book, leading.target)
        figures = {"target": aim, "year": year.year, "value": value, "issued": book.count_text(issued)}
        return book.t(f"home.title.disputed.{known_of(issued)}", **figures)
    is_sure = target.standing == "announced" and achieved.precision != "about"
    outcome = "unknown" if reached is None else "passed" if is_sure and reached >= target.value else "short"
    results = known_of(year.competent) if target.stage == "peserta" else "known"
    says_least = outcome == "passed" and results != "known"  # the sentence itself says "at least"
    hedged = value if says_least or reached is None else book.hedged(value, achieved.precision, achieved.bound)
    kind, aim = book.t(f"target.kind.{target.kind}"), aim_text(book, target)
    return book.t(f"home.title.{outcome}.{results}", kind=kind, target=aim, year=year.year, value=hedged)


def known_of(achieved: shapes.Achieved) -> str:
    """Say whether a total is known, hidden or unknown."""
    return "known" if achieved.status in PRINTED else "hidden" if achieved.status == "hidden" else "unknown"


def figure_source(sheet: Sheet, count: shapes.Count) -> Markup | None:
    """Link to the source of a count; None where nobody gives a figure (a search that found nothing is no source)."""
    return sheet.source_link(count.source_id) if count.statements else None


def figure_sources(batch: shapes.BatchDetail, stage: str) -> list[str | None]:
    """Give the sources of a count: of the whole, or of its parts where nobody gives the whole."""
    count = stage_of(batch, stage)
    if count.statements:
        return [count.source_id]
    return [p.source_id for b in batch.breakdowns for p in b.parts if p.stage == stage and p.value is not None]


def achieved_caveat(book: Book, achieved: shapes.Achieved) -> str:
    """Say the range where sources differ, and the batches that nobody counted."""
    low, high = achieved.low, achieved.high_of_known
    silent = formats.listing([book.batch_name(b) for b in achieved.batches_without_figure], book.language)
    parts = [range_caveat(book, low, high)] if low != high else []
    return " ".join(parts + ([book.t("kit.caveat.missing", batches=silent)] if silent else []))


def range_caveat(book: Book, low: int | None, high: int | None) -> str:
    return book.t("kit.caveat.range", low=book.number(low or 0), high=book.number(high or 0))


def stage_count(book: Book, batch: shapes.Batch, stage: str) -> shapes.Count:
    """Give the count of a batch at one stage; that of participants stands in the list of batches itself."""
    return batch.participants if stage == "peserta" else stage_of(book.api.batch[batch.batch_id], stage)


def aim_text(book: Book, target: shapes.Target) -> str:
    """Write what a figure is measured against: ``1.000 peserta``; a rival reading beside the one it rivals."""
    own, leading = book.aim(target), book.api.read_as(target)
    return book.t("target.rival", own=own, other=aim_text(book, leading.target)) if leading else own


def publishers(book: Book, source_ids: Iterable[str | None]) -> str:
    """Name the publishers of figures, each once; a search that found nothing gives no figure and is left out."""
    sources = [book.api.sources[i] for i in dict.fromkeys(source_ids) if i is not None]
    return ", ".join(dict.fromkeys(s.publisher for s in sources if s.kind != "search"))


KNOWN_STAGES = 3
"""A funnel of fewer known stages shows nothing that a sentence does not say."""


def funnel_picture(sheet: Sheet, batch: shapes.BatchDetail) -> Picture | None:
    """Draw the funnel of a batch; None below three known stages. A stage is split by sex where that adds up to it.

    Who waits for a decision stands among the stages: those assessed of whom neither result is known.
    """
    known = known_stages(batch)
    if len(known) < KNOWN_STAGES:
        return None
    parts = by_sex(batch)
    sexes = tuple(sheet.name("sexes", code) for code in SEXES) if parts else ()
    silent = [s for s in batch.funnel if s.status == "unknown" and s not in known]
    unknown = listed(sheet, [sheet.name("stages", s.stage) for s in silent])
    words = sheet.words(
        slug=f"corong-{batch.batch_id}",
        title=funnel_finding(sheet, batch),
        subtitle=sheet.say(batch.name),
        source=publishers(sheet, (s.source_id for s in batch.funnel if s.statements)),
        note=sheet.t("funnel.unknown", stages=unknown) if silent else "",
    )
    bars = [
        charts.Bar(
            mark=sheet.mark(sheet.name("stages", s.stage), s),
            parts=tuple(sheet.mark(sheet.name("sexes", p.code), p) for p in parts.get(s.stage, ())),
        )
        for s in batch.funnel
        if s not in silent
    ]
    blanks = (sheet.blank(),) * len(sexes)
    rows = [
        row(
            sheet.name("stages", s.stage),
            stage_cell(sheet, batch, s),
            *(map(sheet.cell, parts[s.stage]) if s.stage in parts else blanks),
            code=s.stage,
            year=batch.year,
        )
        for s in batch.funnel
    ]
    if wait := waiting(batch):
        label, text = sheet.t("funnel.waiting"), sheet.number(wait)
        cell = replace(stage_cell(sheet, batch, stage_of(batch, ASSESSED)), text=text, value=wait)
        bars.insert(-1, charts.Bar(mark=charts.Mark(label=label, text=text, value=wait)))
        rows.insert(-1, row(label, cell, *blanks, code="menunggu", year=batch.year))
    whole = sheet.name("sexes", "_T") if sexes else ""
    labels = (whole or sheet.t("column.figure"), *sexes)
    heads: list[Head] = ["column.stage", *(Column(label=label) for label in labels)]
    chart = charts.BarChart(words=words, bars=tuple(bars), part_labels=sexes, whole_label=whole)
    return picture_of(sheet, chart, heads, rows, data=sheet.api.path(batch))


def waiting(batch: shapes.BatchDetail) -> int:
    """Count those assessed who wait for a decision; 0 unless all three counts are exact."""
    asked = [stage_of(batch, name) for name in ("asesi", "kompeten", "belum_kompeten")]
    values = [s.value for s in asked if s.value is not None and s.precision == "exact" and s.status in PRINTED]
    return max(0, values[0] - values[1] - values[2]) if len(values) == len(asked) else 0


def known_stages(batch: shapes.BatchDetail) -> list[shapes.StageCount]:
    """Give the stages with a figure, be it what the parts of an unknown whole add up to."""
    return [s for s in batch.funnel if number_of(s) is not None]


def funnel_finding(book: Book, batch: shapes.BatchDetail) -> str:
    """Say how many of those assessed passed, or else the first and the last stage that is known."""
    known = known_stages(batch)
    figures = {str(s.stage): book.count_text(s) for s in known}
    if figures.keys() >= {"asesi", "kompeten"}:
        return book.t("story.funnel.passed", **figures)
    return book.t("story.funnel.ends", first=said_stage(book, known[0]), last=said_stage(book, known[-1]))


def listed(book: Book, words: Sequence[str]) -> str:
    """List words within a sentence, in small letters but for abbreviations."""
    return formats.listing([*map(formats.small, words)], book.language)


def said_stage(book: Book, stage: shapes.StageCount) -> str:
    """Write a stage with its figure, within a sentence: ``peserta 222``."""
    return f"{listed(book, [book.name('stages', stage.stage)])} {book.count_text(stage)}"


def stages_picture(sheet: Sheet, batches: Sequence[shapes.BatchDetail], slug: str) -> Picture:
    """Draw which of the stages anybody gives a figure for: one strip a batch. slug: what the batches are of."""
    words = sheet.words(
        slug=f"tahapan-{slug}",
        title=stages_finding(sheet, batches),
        subtitle=sheet.t("story.stages.subtitle"),
        source=publishers(sheet, (s.source_id for b in batches for s in b.funnel if s.statements)),
    )
    strips = tuple(
        charts.Series(
            label=sheet.say(b.name), marks=tuple(sheet.mark(sheet.name("stages", s.stage), s) for s in b.funnel)
        )
        for b in batches
    )
    heads: list[Head] = ["column.batch", *(Column(label=name) for name in sheet.names["stages"].values())]
    rows = (batch_row(sheet, b.batch_id, *(stage_cell(sheet, b, stage) for stage in b.funnel)) for b in batches)
    data = sheet.api.path(batches[0]) if len(batches) == 1 else f"{ROOT}observations.json"
    return picture_of(sheet, charts.StripChart(words=words, rows=strips), heads, rows, data=data)


def stages_finding(book: Book, batches: Sequence[shapes.BatchDetail]) -> str:
    """Say how few of the stages are known: of one batch, or of several."""
    known = [s for b in batches for s in known_stages(b)]
    figures = {"all": len(batches[0].funnel), "known": len(known), "batches": len(batches)}
    if len(batches) > 1:
        return book.t("story.stages.many", cells=sum(len(b.funnel) for b in batches), **figures)
    said = formats.listing([said_stage(book, s) for s in known], book.language)
    key = ("none", "one", "two")[len(known)] if len(known) < KNOWN_STAGES else "more"
    told = book.t(f"story.stages.{key}", said=said, **figures)
    return told if len(told.split()) <= TITLE_WORDS else book.t("story.stages.more", **figures)


def coverage_picture(
    sheet: Sheet, kind: Literal["batches", "programmes"], groups: Sequence[Sequence[shapes.BatchDetail]]
) -> Picture:
    """Draw of how many batches, or programmes, each stage has a figure. groups: the batches of each that is counted."""
    counts: list[Counted] = []
    for stage, name in sheet.names["stages"].items():
        known = [[b for b in batches if number_of(stage_of(b, stage)) is not None] for batches in groups]
        ids = named(i for batches in known for b in batches for i in figure_sources(b, stage))
        counts.append(Counted(label=name, code=stage, count=sum(map(bool, known)), source_ids=ids))
    unit = sheet.t(f"unit.{kind}")
    numbers = {c.code: sheet.number(c.count) for c in counts}
    return counted_picture(
        sheet,
        slug=f"ketersediaan-{'tahap' if kind == 'batches' else 'program'}",
        title=sheet.t("story.coverage", **numbers, all=sheet.number(len(groups)), unit=unit),
        subtitle=sheet.t("story.coverage.subtitle", unit=unit),
        heads=("column.stage", Column(label=sheet.t("column.figure"), unit=unit)),
        counts=counts,
        whole=len(groups),
        years=[b.year for batches in groups for b in batches],
        data=f"{ROOT}observations.json",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many of a whole have a figure of one kind, and the sources of those figures."""

    label: str
    code: str
    count: int
    source_ids: tuple[str, ...]


def counted_picture(
    sheet: Sheet,
    *,
    slug: str,
    title: str,
    subtitle: str,
    heads: tuple[Head, Head],
    counts: Sequence[Counted],
    whole: int,
    years: Sequence[int],
    data: str,
) -> Picture:
    """Draw how many of a whole have a figure of each kind."""
    every = named(source for c in counts for source in c.source_ids)
    source = sheet.t("story.sources", count=len(set(map(sheet.source_name, every))))
    words = sheet.words(slug=slug, title=title, subtitle=subtitle, source=source)
    marks, rows = [], []
    for c in counts:
        number = sheet.number(c.count)
        text = sheet.t("region.coverage.short", known=number, all=sheet.number(whole))
        marks.append(charts.Mark(label=c.label, text=text, value=c.count))
        # That no figure was found is said of all that was read.
        cell = Cell(text=number, value=c.count, precision="exact", source_ids=c.source_ids or every)
        rows.append(row(c.label, cell, code=c.code, year=f"{min(years)}/{max(years)}"))
    chart = charts.BarChart(words=words, bars=charts.plain_bars(marks), all=whole)
    return picture_of(sheet, chart, heads, rows, data=data)


def by_sex(batch: shapes.BatchDetail) -> dict[str, list[shapes.BreakdownPart]]:
    """Give the counts of men and women by stage, for the stages of which they are the whole."""
    parts = [p for b in batch.breakdowns if b.dimension == "sex" for p in b.parts if p.code in SEXES]
    whole: dict[str, list[shapes.BreakdownPart]] = {}
    for stage in batch.funnel:
        sexes = [p for p in parts if p.stage == stage.stage]
        values = [p.value for p in sexes if p.value is not None]
        if len(values) == len(SEXES) and sum(values) == stage.value:
            whole[stage.stage] = sexes
    return whole
