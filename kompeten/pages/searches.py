"""What is not on record: what was looked for, when, and what came of it; and every gap of the data, by programme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kompeten.api import shapes
from kompeten.ground import formats
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Page, page_of, share_of
from kompeten.pages.tables import Table, row

PATH = "tidak-ditemukan/"
RESULTS = ("none", "partial", "rejected")


def page(book: Book) -> Page:
    sheet = book.at(PATH)
    found = {result: [s for s in book.api.searches if s.result == result] for result in RESULTS}
    last = max((s.searched_on for s in book.api.searches), default=None)
    return page_of(
        sheet,
        "searches",
        title=book.t("search_log.title"),
        lead=book.t("search_log.lead", date=book.date(last)) if last else book.t("search_log.none"),
        gaps=gap_groups(sheet),
        tables=[table(sheet, result, searches) for result, searches in found.items() if searches],
        alternates={
            "api/v1/gaps.json": book.t("gap.alternate"),
            "api/v1/searches.json": book.t("search_log.alternate"),
            "downloads/searches.csv": book.t("search_log.alternate.csv"),
        },
        share=share_of(book, figure=str(len(found["none"])), unit=book.t("search_log.share")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is missing about one programme, or about where participants live. lines: subject, address, what."""

    title: str
    count: int
    lines: tuple[tuple[str, str, str], ...]


def gap_groups(sheet: Sheet) -> list[Group]:
    """Give every gap by programme: a line for each batch or year, then the regions."""
    gaps: dict[str, list[shapes.Gap]] = {}
    for gap in sheet.api.gaps:
        gaps.setdefault(gap.programme_id or "", []).append(gap)
    return [
        Group(
            title=sheet.programme_name(key) if key else sheet.t("gap.residence"),
            count=len(rows),
            lines=tuple(lines(sheet, rows)),
        )
        for key, rows in gaps.items()
    ]


def lines(sheet: Sheet, rows: list[shapes.Gap]) -> Iterator[tuple[str, str, str]]:
    """Give one line for each batch, region or programme: its name, its address, and all that is missing."""
    subjects: dict[tuple[str, str], list[str]] = {}
    for gap in rows:
        subject, _, what = sheet.say(gap.text).rpartition(": ")
        subjects.setdefault((subject, address_of(sheet, gap)), []).append(what)
    for (subject, href), missing in subjects.items():
        yield subject, href, formats.listing(missing, sheet.language)


def address_of(sheet: Sheet, gap: shapes.Gap) -> str:
    if gap.batch_id:
        return sheet.batch_href(gap.batch_id)
    return sheet.region_href(gap.region_code) if gap.region_code else sheet.href(f"program/{gap.programme_id}/")


def table(sheet: Sheet, result: str, searches: list[shapes.Search]) -> Table:
    heads = (f"search_log.column.{name}" for name in ("subject", "date", "note"))
    rows = (
        row(
            sheet.say(s.subject),
            sheet.day(s.searched_on),
            remark(sheet, s),
            href=place(sheet, s),
            code=s.search_id,
            year=s.searched_on[:4],
        )
        for s in searches
    )
    caption, source = sheet.t(f"search_log.result.{result}"), sheet.source_link(searches[0].source_id)
    return sheet.titled(f"penelusuran-{result}", caption, heads, rows, source=source)


def remark(book: Book, search: shapes.Search) -> str:
    """Say what came of a search, and with how many wordings it was tried."""
    tried = book.t("search_log.wordings", count=search.wordings) if search.wordings else ""
    return " ".join(part for part in (book.say(search.note), tried) if part)


def place(sheet: Sheet, search: shapes.Search) -> str | None:
    if search.batch_id:
        return sheet.batch_href(search.batch_id)
    return sheet.region_href(search.region_code) if search.region_code else None
