"""Programmes: the index and one page for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from markupsafe import Markup

from kompeten.api import shapes
from kompeten.ground import formats
from kompeten.pages import charts, pictures
from kompeten.pages.aims import aim, budgets_table, plans, target_name, targets_table
from kompeten.pages.book import Book, Head, Sheet, number_of
from kompeten.pages.breakdowns import Part, breakdown, rate_table
from kompeten.pages.disputes import plan_claims, stated_cell, stated_value
from kompeten.pages.library import TOTALS, Total, stage_of, total_of
from kompeten.pages.page import Crumb, Page, page_of, share_of
from kompeten.pages.parts import Pair, Picture, batch_row, reuse_kit
from kompeten.pages.releases import history_table
from kompeten.pages.tables import Cell, Table, row
from kompeten.statistics.sentences import Fact

ROLES = ("main", "related", "comparison")


STAGES: Mapping[Total, str] = {"participants": "peserta", "competent": "kompeten", "certificates": "skk_terbit"}
"""The stage that each total of a year adds up."""

Owned = tuple[shapes.Shape, Fact]
"""A fact, and the shape whose value it says."""


def pages(book: Book) -> Iterator[Page]:
    yield index(book)
    for programme in book.api.programme.values():
        yield programme_page(book, programme)


def index(book: Book) -> Page:
    """Make the list of programmes: the main one, related ones, and those that serve as a comparison."""
    sheet = book.at("program/")
    programmes = book.api.programmes.values()
    by_role = {role: [(p, short_facts(sheet, p)) for p in programmes if p.role == role] for role in ROLES}
    owned = [[b for b in book.api.batch.values() if b.programme_id == p.programme_id] for p in programmes]
    return page_of(
        sheet,
        "programmes",
        title=book.t("programme.index.title"),
        lead=book.t("programme.index.lead", count=len(programmes)),
        groups=[(role, described) for role, described in by_role.items() if described],
        opening=pictures.coverage_picture(sheet, "programmes", owned),
        alternates={"api/v1/programmes.json": book.t("alternate.programmes")},
        share=share_of(book, figure=str(len(programmes)), unit=book.t("programme.index.unit")),
    )


def short_facts(sheet: Sheet, programme: shapes.Programme) -> list[Pair]:
    """Describe one programme in the index: who runs it, its years, its newest figure."""
    facts = {
        "organiser": sheet.say(programme.organiser),
        "years": formats.listing([str(y.year) for y in programme.years], sheet.language),
        "newest": newest_figure(sheet, programme),
    }
    return [Pair(label=sheet.t(f"programme.fact.{name}"), text=text) for name, text in facts.items()]


def story_unit(book: Book, count: shapes.Achieved | shapes.StageCount, name: Total) -> str:
    """Name what a total counts, within a story: who holds a certificate is told from certificates."""
    return book.t("story.unit.certified" if name == "certificates" and count.unit == "orang" else f"story.unit.{name}")


def newest_figure(book: Book, programme: shapes.Programme) -> Markup | None:
    """Give the newest participants, or else the newest of another total, or a span's; None where nothing is known."""
    batches = [book.api.batch[b.batch_id] for b in book.api.programme[programme.programme_id].batches]
    told: Iterable[tuple[shapes.Achieved | shapes.StageCount, Total, str | int]] = (
        *((total_of(y, name), name, y.year) for name in TOTALS for y in reversed(programme.years)),
        *((stage_of(b, STAGES[name]), name, book.when(b) or b.year) for b in batches for name in TOTALS),
    )
    for count, name, when in told:
        if number_of(count) is not None:
            return Markup("{} {} ({})").format(book.count(count), story_unit(book, count, name), when)
    return None


def programme_page(book: Book, programme: shapes.ProgrammeDetail) -> Page:
    sheet = book.at(f"program/{programme.programme_id}/")
    name = book.say(programme.name)
    counted = [book.api.batch[b.batch_id] for b in programme.batches if b.kind != "cumulative"]
    owner, fact = key_figure(book, programme)
    told = f"{name}: {fact.what}"
    return page_of(
        sheet,
        "programme",
        title=name,
        description=book.t("programme.description", name=name, what=fact.what, figure=fact.figure),
        programme=programme,
        lead=book.say(programme.description),
        facts=facts(sheet, programme),
        over_time=years_picture(sheet, programme),
        stages=pictures.stages_picture(sheet, counted, programme.programme_id) if len(counted) > 1 else None,
        aims=[aim(sheet, p) for p in reversed(programme.progress)],
        targets=targets_table(sheet, programme),
        plans=plan_claims(sheet, plans(book, programme)),
        budgets=budgets_table(sheet, programme),
        batches=batches_table(sheet, programme),
        spans=[span(book, b.batch_id) for b in programme.batches if b.kind == "cumulative"],
        missing=missing(book, programme),
        history=history_table(sheet, book.api.changed("programme_id", programme.programme_id)),
        kit=reuse_kit(sheet, fact, owner, title=told),
        crumbs=(Crumb(label=book.t("programme.index.title"), path="program/"),),
        alternates={
            book.api.path(programme): book.t("alternate.programme"),
            "downloads/observations.csv": book.t("alternate.observations"),
        },
        share=share_of(book, title=told, figure=fact.figure, base=fact.base, caveat=fact.caveat),
    )


def facts(sheet: Sheet, programme: shapes.ProgrammeDetail) -> list[Pair]:
    place = programme.region_code
    return [
        Pair(label=sheet.t("programme.fact.role"), text=sheet.t(f"programme.role.{programme.role}")),
        Pair(label=sheet.t("programme.fact.organiser"), text=sheet.say(programme.organiser)),
        Pair(label=sheet.t("programme.fact.place"), text=sheet.region(place), href=sheet.region_href(place)),
        Pair(label=sheet.t("column.source"), text=sheet.source_link(programme.source_id)),
    ]


def years_table(book: Book, programme: shapes.ProgrammeDetail, id: str) -> Table:
    """Lay out the years: targets beside what batches reached; cumulative spans are not in it."""
    heads: list[Head] = [
        "programme.column.year",
        ("column.participants", "unit.people"),
        ("programme.column.target",),
        *(book.stage_column(STAGES[name], (total_of(y, name) for y in programme.years)) for name in TOTALS[1:]),
    ]
    rows = (
        row(
            str(year.year),
            pictures.achieved_cell(book, year.participants, "peserta"),
            target_cell(book, programme, year),
            *(pictures.achieved_cell(book, total_of(year, name), STAGES[name]) for name in TOTALS[1:]),
            code=programme.programme_id,
            year=year.year,
        )
        for year in reversed(programme.years)
    )
    return book.table(id, "programme.years", heads, rows)


def years_picture(sheet: Sheet, programme: shapes.ProgrammeDetail) -> Picture:
    """Draw what is known of each year against its targets; a year that is not over says so."""
    ids = [b.participants.source_id for b in programme.batches]
    ids += [t.source_id for y in programme.years for t in aims_of(programme, y)]
    words = sheet.words(
        slug=f"tahun-{programme.programme_id}",
        title=years_finding(sheet, programme),
        subtitle=sheet.t("story.years.subtitle"),
        source=pictures.publishers(sheet, ids),
    )
    chart = charts.BarChart(words=words, bars=tuple(year_bar(sheet, programme, y) for y in programme.years))
    table = years_table(sheet, programme, f"{words.slug}-tabel")
    return Picture(chart=chart, table=replace(table, caption=words.title), data=sheet.api.path(programme))


def year_bar(book: Book, programme: shapes.ProgrammeDetail, year: shapes.Year) -> charts.Bar:
    """Draw one year: participants, or else the first other total that is known, named by what it counts."""
    known = (name for name in TOTALS if number_of(total_of(year, name)) is not None)
    name = next(known, TOTALS[0])
    total = total_of(year, name)
    mark, unit = book.mark(str(year.year), total), story_unit(book, total, name)
    if number_of(total) is not None:
        mark = replace(mark, text=f"{mark.text} {unit}")
    through = book.imprint.data_through
    return pictures.reached_bar(
        book,
        mark,
        total,
        targets=tuple(pictures.target_mark(book, t) for t in aims_of(programme, year)),
        unit=unit if name != "participants" else "",
        also=[book.t("story.part_year", date=book.date(through))] if is_running(year.year, through) else [],
    )


def is_running(year: int, through: str) -> bool:
    """Say whether a year was not over on the last day of the data."""
    return through[:4] == str(year) and through[5:] != "12-31"


def aims_of(programme: shapes.ProgrammeDetail, year: shapes.Year) -> list[shapes.Target]:
    """Give the targets and quotas of a year, each once; places that others give are no target."""
    return [t for t in programme.targets if t.year == year.year and t.kind != "allocation" and t.preferred]


def years_finding(book: Book, programme: shapes.ProgrammeDetail) -> str:
    """Say of how many years participants, passes and certificates are known; of a single year, its figure."""
    years = programme.years
    known = {name: sum(number_of(total_of(y, name)) is not None for y in years) for name in TOTALS}
    first = next((name for name in TOTALS if known[name]), None)
    if first and len(years) > 1:
        return book.t("story.years", all=len(years), **known)
    if first:
        total = total_of(years[0], first)
        return book.t("story.year", year=years[0].year, figure=book.count_text(total, story_unit(book, total, first)))
    target = next((t for y in reversed(years) for t in aims_of(programme, y)), None)
    if target is None:
        return book.t("story.years.none", all=len(years))
    kind = book.t(f"target.kind.{target.kind}")
    return book.t("story.target.unknown", kind=kind, target=pictures.aim_text(book, target), year=target.year)


def target_cell(book: Book, programme: shapes.ProgrammeDetail, year: shapes.Year) -> Cell:
    """Name the targets of a year, each with its unit."""
    aims = sorted(aims_of(programme, year), key=lambda t: t.rival_of is not None)
    if not aims:
        return book.blank()
    units = (
        book.t("programme.target.rival", unit=book.aimed(t)) if book.api.read_as(t) else book.aimed(t) for t in aims
    )
    lines = (Markup("{} {}").format(stated_value(book, t), unit) for t, unit in zip(aims, units, strict=True))
    return replace(stated_cell(book, aims[0]), text=Markup("<br>").join(lines))


def batches_table(sheet: Sheet, programme: shapes.ProgrammeDetail) -> Table | None:
    """Lay out the batches of the programme, newest year first; cumulative spans stand apart."""
    batches = [b for b in programme.batches if b.kind != "cumulative"]
    if not batches:
        return None
    batches.sort(key=lambda b: (-b.year, b.number or 0, b.start_on or ""))
    heads = ("column.batch", ("column.participants", "unit.people"), "batch.column.when", "column.source")
    sources = {b.batch_id: pictures.figure_source(sheet, b.participants) or sheet.t("column.none") for b in batches}
    rows = (
        batch_row(sheet, b.batch_id, pictures.people_cell(sheet, b), sheet.days(b), sources[b.batch_id])
        for b in batches
    )
    return sheet.table("tahap", "programme.batches", heads, rows)


def span(book: Book, batch_id: str) -> tuple[shapes.BatchDetail, list[Part], Table | None]:
    """Give a span of time with its parts and rates; its counts are never added to batches."""
    batch = book.api.batch[batch_id]
    return batch, [breakdown(book, batch, b) for b in batch.breakdowns], rate_table(book, batch)


def missing(book: Book, programme: shapes.ProgrammeDetail) -> list[str]:
    """Say what nobody has published about the programme, year by year."""
    told = []
    for year in reversed(programme.years):
        if not year.batch_ids:
            told.append(book.t("programme.missing.batches", year=year.year))
            continue
        gaps = [book.t(f"programme.total.{name}") for name in TOTALS if total_of(year, name).status == "unknown"]
        if gaps:
            totals = formats.listing(gaps, book.language)
            told.append(book.t("programme.missing.totals", year=year.year, totals=totals))
        told += [book.t("missing.batch", batch=book.batch_name(b)) for b in year.participants.batches_without_figure]
    return told + ([] if programme.budgets else [book.t("programme.missing.budgets")])


def key_figure(book: Book, programme: shapes.ProgrammeDetail) -> Owned:
    """Choose the figure that stands for a programme: its newest progress, else its newest total, else its target."""
    reached = [p for p in programme.progress if p.achieved.value is not None]
    if reached:
        return progress_fact(book, programme, reached[-1])
    for year in reversed(programme.years):
        for name in TOTALS:
            if total_of(year, name).value is not None:
                return total_fact(book, programme, year, name)
    if programme.targets:
        return target_fact(book, programme, programme.targets[-1])
    return total_fact(book, programme, programme.years[-1], "participants")


def progress_fact(book: Book, programme: shapes.ProgrammeDetail, progress: shapes.Progress) -> Owned:
    """Say what was achieved of a target."""
    target, achieved = progress.target, progress.achieved
    return achieved, Fact(
        what=book.name("stages", target.stage),
        where=book.say(programme.name),
        when=str(target.year),
        figure=book.count_text(achieved, book.counted(target.stage, achieved)),
        base=book.t("programme.base.target", target=pictures.aim_text(book, target)),
        caveat=pictures.achieved_caveat(book, achieved),
        source=pictures.publishers(book, pictures.achieved_sources(book, achieved, target.stage)),
    )


def total_fact(book: Book, programme: shapes.ProgrammeDetail, year: shapes.Year, name: Total) -> Owned:
    """Say the total of a year; words where nobody published it."""
    total = total_of(year, name)
    return total, Fact(
        what=book.t(f"programme.total.title.{name}"),
        where=book.say(programme.name),
        when=str(year.year),
        figure=book.count_text(total, book.counted(STAGES[name], total)),
        caveat=pictures.achieved_caveat(book, total) if total.value is not None else book.t("batch.caveat.unknown"),
        source=pictures.publishers(book, pictures.achieved_sources(book, total, STAGES[name])),
    )


def target_fact(book: Book, programme: shapes.ProgrammeDetail, target: shapes.Target) -> Owned:
    """Say a target of which nothing is known to have been achieved."""
    return target, Fact(
        what=target_name(book, target),
        where=book.say(programme.name),
        when="",
        figure=book.aim(target),
        caveat=book.t("programme.caveat.target"),
        source=pictures.publishers(book, [target.source_id]),
    )
