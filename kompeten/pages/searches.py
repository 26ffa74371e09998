"""Searches: what was looked for in public sources, when, and what came of it; what was not found may exist."""

from __future__ import annotations

from jinja2 import Environment

from kompeten.api import shapes
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Page, render, share_of
from kompeten.pages.parts import CSV, JSON
from kompeten.pages.tables import Table, row

PATH = "tidak-ditemukan/"
RESULTS = ("none", "partial", "rejected")


def page(book: Book, env: Environment) -> Page:
    """Make the page of searches."""
    sheet = Sheet(book=book, path=PATH)
    rows = book.api.searches
    last = max((s.searched_on for s in rows), default=None)
    missing = sum(s.result == "none" for s in rows)
    lead = book.t("search_log.lead", date=book.date(last)) if last else book.t("search_log.none")
    context = {
        "sheet": sheet,
        "title": book.t("search_log.title"),
        "lead": lead,
        "tables": [table(sheet, result, own) for result in RESULTS if (own := [s for s in rows if s.result == result])],
    }
    return Page(
        language=book.language,
        path=PATH,
        title=book.t("search_log.title"),
        description=lead,
        body=render(env, "searches", **context),
        alternates=(
            (JSON, "api/v1/searches.json", book.t("search_log.alternate")),
            (CSV, "downloads/searches.csv", book.t("search_log.alternate.csv")),
        ),
        share=share_of(book, title=book.t("search_log.title"), figure=str(missing), unit=book.t("search_log.share")),
    )


def table(sheet: Sheet, result: str, rows: list[shapes.Search]) -> Table:
    """Lay out the searches of one result."""
    book = sheet.book
    return Table(
        id=f"penelusuran-{result}",
        caption=book.t(f"search_log.result.{result}"),
        columns=tuple(book.column(f"search_log.column.{name}") for name in ("subject", "date", "note")),
        rows=tuple(
            row(book.say(s.subject), book.date(s.searched_on), remark(book, s), href=place(sheet, s)) for s in rows
        ),
        source=sheet.source_link(rows[0].source_id),
    )


def remark(book: Book, search: shapes.Search) -> str:
    """Say what came of a search, and with how many wordings it was tried."""
    tried = book.t("search_log.wordings", count=search.wordings) if search.wordings else ""
    return " ".join(part for part in (book.say(search.note), tried) if part) or book.t("column.none")


def place(sheet: Sheet, search: shapes.Search) -> str | None:
    """Link to the page of what was searched for."""
    if search.batch_id:
        return sheet.batch(search.batch_id)
    return sheet.region(search.region_code) if search.region_code else None
