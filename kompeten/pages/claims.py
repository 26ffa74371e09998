"""Claims: who said what, and where sources disagree; the workforce as officials quote it; the list of sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kompeten.api import shapes
from kompeten.pages.book import Book, Sheet
from kompeten.pages.breakdowns import gap_table
from kompeten.pages.charts import Share
from kompeten.pages.disputes import Claim, claim, dispute, spread_picture
from kompeten.pages.page import Crumb, Page, page_of, share_of
from kompeten.pages.tables import Table

WORKFORCE = "konteks"
"""The address of the claims about the workforce, which belong to no programme."""


Choices = Mapping[str, str]
"""Choices of cells, of one programme, of the workforce or of one year: page below ``klaim/`` to label."""


def pages(book: Book) -> Iterator[Page]:
    """Make the page of all claims, and one for each programme and year that has any."""
    conflicts = sorted(book.api.conflicts, key=lambda c: rank(book, c))
    subjects = subjects_of(book, conflicts)
    years = {str(year): str(year) for year in sorted({c.year for c in conflicts}, reverse=True)}
    yield whole(book, conflicts, subjects, years)
    for key in (*subjects, *years):
        shown = [c for c in conflicts if key in (subject(c), str(c.year))]
        yield part(book, key, shown, subjects, years)


def rank(book: Book, conflict: shapes.Conflict) -> tuple[bool, bool, bool, int]:
    """Order disputes: units of targets, the main programme, other programmes, the workforce; newest first."""
    is_main = conflict.programme_id == book.api.main.programme_id
    return conflict.table != "targets", not is_main, conflict.programme_id is None, -conflict.year


def subject(conflict: shapes.Conflict) -> str:
    """Say what a disputed cell is about: a programme, or the workforce."""
    return conflict.programme_id or WORKFORCE


def subjects_of(book: Book, conflicts: list[shapes.Conflict]) -> Choices:
    """Give the programmes with disputed cells in their own order, then the workforce."""
    labels = {p.programme_id: book.say(p.name) for p in book.api.programmes.values()}
    labels[WORKFORCE], disputed = book.t("claim.workforce"), {subject(c) for c in conflicts}
    return {key: label for key, label in labels.items() if key in disputed}


def links(sheet: Sheet, choices: Choices, current: str = "") -> list[tuple[str, str, bool]]:
    """Give the choices, that of everything first: label, address, whether it is the page's own. current: its key."""
    every = {"": sheet.t("claim.all"), **choices}
    return [(label, sheet.href(f"klaim/{key}/" if key else "klaim/"), key == current) for key, label in every.items()]


def whole(book: Book, conflicts: list[shapes.Conflict], subjects: Choices, years: Choices) -> Page:
    sheet = book.at("klaim/")
    disputes = [(dispute(sheet, c), sheet.href(f"klaim/{subject(c)}/")) for c in conflicts]
    return page_of(
        sheet,
        "claims",
        title=book.t("claim.title"),
        lead=book.t("claim.lead" if conflicts else "claim.lead.none", count=len(conflicts)),
        opening=spread_picture(book, conflicts) if conflicts else None,
        by_subject=links(sheet, subjects),
        by_year=links(sheet, years),
        # Each is drawn on the page of its subject alone: here it is told and leads there.
        disputes=[(replace(d, picture=None), f"{href}#{d.id}" if d.picture else "") for d, href in disputes],
        workforce=workforce_table(sheet),
        context=list(context_claims(sheet)),
        alternates={
            "api/v1/conflicts.json": book.t("alternate.conflicts"),
            "api/v1/sources.json": book.t("alternate.sources"),
            "api/v1/context.json": book.t("alternate.context"),
            "downloads/observations.csv": book.t("alternate.observations"),
        },
        share=share(book, conflicts),
    )


def part(book: Book, key: str, conflicts: list[shapes.Conflict], subjects: Choices, years: Choices) -> Page:
    """Make the page of the claims about one programme, the workforce, or one year."""
    sheet = book.at(f"klaim/{key}/")
    return page_of(
        sheet,
        "claims_part",
        title=book.t("claim.part.title", label={**subjects, **years}[key]),
        lead=book.t("claim.part.lead", count=len(conflicts)),
        by_subject=links(sheet, subjects, key),
        by_year=links(sheet, years, key),
        disputes=[dispute(sheet, c) for c in conflicts],
        crumbs=(Crumb(label=book.t("claim.title"), path="klaim/"),),
        alternates={"api/v1/conflicts.json": book.t("alternate.conflicts")},
        share=share(book, conflicts),
    )


def share(book: Book, conflicts: list[shapes.Conflict]) -> Share:
    return share_of(book, figure=str(len(conflicts)), unit=book.t("claim.share.unit"))


def workforce_table(sheet: Sheet) -> Table | None:
    """Lay out every report that allows the share not certified, with the two counts it comes from."""
    measure = sheet.api.measures["belum_bersertifikat"]
    return gap_table(
        sheet,
        sheet.api.context,
        slug="belum-bersertifikat",
        caption=sheet.say(measure.name),
        subtitle=sheet.t("claim.workforce.subtitle"),
        notes=[f"{sheet.say(measure.definition)} {sheet.say(measure.caution)}"],
    )


def context_claims(sheet: Sheet) -> Iterator[tuple[shapes.Code, list[tuple[str, str, Claim]]]]:
    """Give every statement about the workforce, by what is counted: period and scope, unit, and who says it."""
    counts = [c for c in sheet.api.context if c.value is not None]
    counts.sort(key=lambda c: (c.period, c.qualification_level, c.source_id))
    for measure in sheet.api.codes["context_measures"].values():
        if stated := [c for c in counts if c.measure == measure.code]:
            yield measure, [(scope(sheet, c), sheet.unit(c.unit), claim(sheet, c)) for c in stated]


def scope(book: Book, row: shapes.Context) -> str:
    parts = [book.date(row.period), book.region(row.region_code), *book.levels(row.qualification_level)]
    return ", ".join([*parts, book.batch_name(row.batch_id)] if row.batch_id else parts)
