"""The workforce: how many construction workers, how many certified, by whose count; people and certificates apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from kompeten.api import shapes
from kompeten.ground.vocabulary import KEMENDAGRI, PRINTED, of_system
from kompeten.pages import charts
from kompeten.pages.book import Book, FieldName, Head, Sheet
from kompeten.pages.breakdowns import gap_table
from kompeten.pages.disputes import Claim, claim, detail_beside
from kompeten.pages.page import Page, page_of, share_of
from kompeten.pages.parts import Picture, context_row, picture_of
from kompeten.pages.pictures import publishers
from kompeten.pages.releases import history_table
from kompeten.pages.tables import row

PATH = "tenaga-kerja/"
WORKERS = ("pekerja_konstruksi",)
PEOPLE = ("bersertifikat", "tercatat_lpjk", "pemegang_skk")
CERTIFICATES = ("sertifikat_skk", "sertifikat_ska_skt", "sertifikat_ska", "sertifikat_skt", "sertifikat_aktif")
OLD_HOLDERS = "pemegang_ska_skt"


def stated(book: Book, measures: Sequence[str], counter: str | None = None) -> list[shapes.Context]:
    """Give what sources say of the whole province, all levels, in order of time; misprints and the like left out."""
    counts = (
        c
        for c in book.api.context
        if c.measure in measures and c.status in PRINTED and c.mark is None and c.qualification_level == "_T"
        if c.region_code == book.api.main.region_code and counter in (None, c.counted_by)
    )
    return sorted(counts, key=lambda c: (c.period[:4], c.period, not c.preferred, c.source_id))


def answers(book: Book) -> list[shapes.Context]:
    """Give every answer to how many people are certified, each figure of a year once, in order of time."""
    first: dict[tuple[str, int | None], shapes.Context] = {}
    for c in stated(book, PEOPLE):
        first.setdefault((c.period[:4], c.value), c)
    return list(first.values())


def page(book: Book) -> Page:
    sheet = book.at(PATH)
    given = answers(book)
    finding = heading(book, given)
    measure = book.api.measures["belum_bersertifikat"]
    return page_of(
        sheet,
        "workforce",
        title=book.t("workforce.title"),
        description=str(finding.striptags()),
        heading=finding,
        history=history_table(sheet, book.api.changed_in("context")),
        opening=answer_picture(sheet, given),
        in_time=time_picture(sheet),
        alike=alike(sheet),
        groups=[(key, rows) for key, names in GROUPS.items() if (rows := claims(sheet, names))],
        gap=gap_table(
            sheet,
            [c for c in book.api.context if c.region_code == book.api.main.region_code],
            slug="belum-bersertifikat",
            caption=book.say(measure.name),
            subtitle=book.t("claim.workforce.subtitle"),
            notes=[book.say(measure.caution)],
        ),
        alternates={
            "api/v1/context.json": book.t("alternate.context"),
            "api/v1/register-share.json": book.t("workforce.alternate.share"),
            "downloads/context.csv": book.t("workforce.alternate.csv"),
        },
        share=share_of(book, figure=str(len(given)), unit=book.t("workforce.share")),
    )


GROUPS = {"workers": WORKERS, "people": (*PEOPLE, OLD_HOLDERS, "pemegang_ska", "pemegang_skt"), "cards": CERTIFICATES}


def heading(book: Book, given: list[shapes.Context]) -> Markup:
    """Say the finding: how many answers, from which to which; without two answers, what the page is about."""
    if len(given) < 2:
        return Markup(book.t("workforce.title"))
    low, high = ends(given)
    return book.phrase("workforce.heading", count=book.number(len(given)), low=book.count(low), high=book.count(high))


def ends(given: list[shapes.Context]) -> tuple[shapes.Context, shapes.Context]:
    return min(given, key=lambda c: c.value or 0), max(given, key=lambda c: c.value or 0)


def who_counts(book: Book, row: shapes.Context) -> str:
    return book.name("counters", row.counted_by or "_U")


def answer_picture(sheet: Sheet, given: list[shapes.Context]) -> Picture | None:
    """Draw every answer as a dot on one axis, in order of time, named by whose count it is; None below two."""
    if len(given) < 2:
        return None
    words = sheet.words(
        slug="berapa-bersertifikat",
        title=heading(sheet, given).striptags(),
        subtitle=sheet.t("workforce.answers.subtitle"),
        source=publishers(sheet, (c.source_id for c in given)),
        note=sheet.t("workforce.answers.note"),
    )
    marks = tuple(
        charts.Claim(
            mark=sheet.mark(f"{c.period[:4]} · {who_counts(sheet, c)}", c),
            detail=f"{sheet.source_name(c.source_id)}, {detail_beside(sheet, c)}",
            precision=c.precision or "exact",
        )
        for c in given
    )
    heads = ("gap.column.period", "workforce.column.counter", ("column.figure", "unit.people"), "column.source")
    rows = (
        context_row(c, sheet.day(c.period), who_counts(sheet, c), sheet.cell(c), sheet.source_name(c.source_id))
        for c in given
    )
    low, high = (c.value or 0 for c in ends(given))
    chart = charts.DotRangeChart(words=words, claims=marks, low=low, high=high, format_tick=sheet.number)
    return picture_of(sheet, chart, heads, rows, data=sheet.api.path(given[0]))


LINES = (("bps", WORKERS), ("dinas", PEOPLE), ("lpjk", PEOPLE))
"""The lines over time: who counts, and what."""


def time_picture(sheet: Sheet) -> Picture | None:
    """Draw workers and certified over the years, one line for each count; None where fewer than two have a figure."""
    lines = [(counter, counts) for counter, names in LINES if (counts := by_year(stated(sheet, names, counter)))]
    if len(lines) < 2:
        return None
    counted = [year for _, counts in lines for year in counts]
    years = range(min(counted), max(counted) + 1)
    words = sheet.words(
        slug="tenaga-kerja-menurut-tahun",
        title=sheet.t("workforce.time.title"),
        subtitle=sheet.t("workforce.time.subtitle"),
        source=publishers(sheet, (c.source_id for _, counts in lines for c in counts.values())),
        note=sheet.t("workforce.time.note"),
    )
    first = next(iter(lines[0][1].values()))
    series = tuple(
        charts.Series(
            label=sheet.t(f"workforce.line.{counter}"), marks=tuple(sheet.mark(str(y), counts.get(y)) for y in years)
        )
        for counter, counts in lines
    )
    chart = charts.LineChart(words=words, series=series, format_tick=sheet.number)
    heads: list[Head] = ["programme.column.year", *((f"workforce.line.{counter}",) for counter, _ in lines)]
    place = of_system(first.region_code, KEMENDAGRI)
    rows = (row(str(y), *(sheet.cell(counts.get(y)) for _, counts in lines), code=place, year=y) for y in years)
    return picture_of(sheet, chart, heads, rows, data=sheet.api.path(first))


def by_year(counts: Iterable[shapes.Context]) -> dict[int, shapes.Context]:
    """Give one count a year: an exact one before a rounded one, the preferred one before others."""
    ordered = sorted(counts, key=lambda c: (c.precision == "exact", c.preferred, c.period))
    return {int(c.period[:4]): c for c in ordered}


def claims(sheet: Sheet, measures: Sequence[str]) -> list[tuple[str, str, Claim]]:
    """Give every statement on some measures, of any place and level: scope, unit, and who says it."""
    counts = [c for c in sheet.api.context if c.measure in measures and c.value is not None]
    counts.sort(key=lambda c: (measures.index(c.measure), c.period, c.qualification_level, c.source_id))
    return [(scope(sheet, c), sheet.unit(c.unit), claim(sheet, c)) for c in counts]


def scope(book: Book, row: shapes.Context) -> str:
    """Say what is counted, when, where, of whom, and by whose count."""
    parts = [book.name("context_measures", row.measure), book.date(row.period), book.region(row.region_code)]
    return f"{', '.join([*parts, *book.levels(row.qualification_level)])} ({who_counts(book, row)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """The one comparison of like with like: register over surveyed workers. others: other areas, by one source."""

    own: Markup
    others: tuple[Markup, ...]


COUNTS: tuple[FieldName, ...] = ("holders", "more", "workers")


def alike(sheet: Sheet) -> Alike | None:
    """Set our register beside that of other areas, of one year; None where a count is missing."""
    if not sheet.api.register_share:
        return None
    own, *others = sheet.api.register_share
    figures = {"low": share_figure(sheet, own, "low"), "high": share_figure(sheet, own, "high")}
    counts = {name: sheet.whole(own, name) for name in COUNTS}
    said = sheet.phrase("workforce.alike.own", year=own.period, **figures, **counts)
    return Alike(own=said, others=tuple(other_area(sheet, other) for other in others))


def share_figure(book: Book, row: shapes.RegisterShare, name: Literal["low", "high"]) -> Markup:
    return book.figure(row, name, book.hedged(f"{book.exact(getattr(row, name))}%", row.precision))


def other_area(sheet: Sheet, row: shapes.RegisterShare) -> Markup:
    """Say the same share of another area, as its source prints it."""
    return sheet.phrase(
        "workforce.alike.other",
        area=sheet.name("areas", row.area_code),
        share=share_figure(sheet, row, "low"),
        holders=sheet.whole(row, "holders"),
        workers=sheet.whole(row, "workers"),
        date=sheet.date(row.period),
        source=sheet.source_link(row.source_id),
    )
