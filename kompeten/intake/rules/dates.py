"""Rules about dates: they exist, they are in order, and nothing is known from after its release.

Dates are ISO 8601 of reduced precision; ``2025-09`` may be any day of that month, so two dates are out of order only
where no reading puts them in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial

from kompeten.ground.findings import Finding
from kompeten.intake.rules.book import Book, Row, Rule
from kompeten.intake.rules.sieve import Alike

DATE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "batches": ("start_on", "end_on"),
    "targets": ("as_of",),
    "budgets": ("as_of",),
    "sources": ("published_on",),
    "observations": ("as_of",),
    "context": ("period", "as_of"),
}


KNOWN = frozenset({"as_of", "published_on"})
"""Columns that say what was known when; a batch may be planned for a day after the release."""


def first_day(text: str) -> date | None:
    """Give the first day that a reduced date may mean, or None where there is no such day."""
    try:
        return date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10])
    except ValueError:
        return None


def last_day(text: str) -> date | None:
    """Give the last day that a reduced date may mean, or None where there is no such day."""
    first = first_day(text)
    if first is None or len(text) == 10:
        return first
    if len(text) == 4:
        return date(first.year, 12, 31)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return following - timedelta(days=1)


def latest_release(book: Book) -> tuple[date | None, date | None]:
    """Give the day of the latest release and the day its data go to; None where releases.toml does not say."""
    latest = book.packages.released[-1:]
    days = [each.get(name) for each in latest for name in ("released_on", "data_through")] or [None, None]
    # A moment is a date to Python, and cannot be held against one.
    first, last = (day if isinstance(day, date) and not isinstance(day, datetime) else None for day in days)
    return first, last


def _dated(name: str, book: Book) -> Iterator[tuple[Row, str, str]]:
    """Give every date of a table: row, column, text."""
    for row in book.table(name):
        yield from ((row, column, row.text(column)) for column in DATE_COLUMNS[name] if row[column] is not None)


def dates_exist(name: str, book: Book) -> Iterator[Finding]:
    """A date is a day of the calendar: there is no 30 February."""
    for row, column, text in _dated(name, book):
        if first_day(text) is None:
            yield row.wrong("date-exists", column, text=text)


def batch_dates(book: Book) -> Iterator[Finding]:
    """A batch does not end before it starts."""
    for row in book.table("batches"):
        start, end = first_day(row.text("start_on")), last_day(row.text("end_on"))
        if start and end and start > end:
            yield row.wrong("date-order", "end_on", end_on=row.text("end_on"), start_on=row.text("start_on"))


def batch_year(book: Book) -> Iterator[Finding]:
    """A tahap or event starts in its year; a cumulative span ends in it."""
    for row in book.table("batches"):
        column = "end_on" if row["kind"] == "cumulative" else "start_on"
        day = first_day(row.text(column))
        if day and day.year != row["year"]:
            yield row.wrong("batch-year", "year", year=row["year"], date=row.text(column))


def known_at_release(name: str, book: Book) -> Iterator[Finding]:
    """No figure and no source is from after the day of the release."""
    released_on, _ = latest_release(book)
    for row, column, text in _dated(name, book):
        day = first_day(text)
        if column in KNOWN and released_on and day and day > released_on:
            yield row.wrong("date-after-release", column, text=text, released_on=released_on)


def data_through(book: Book) -> Iterator[Finding]:
    """The release's ``data_through`` covers every published count of the programmes."""
    released_on, through = latest_release(book)
    for row in book.table("observations"):
        day = first_day(row.text("as_of"))
        if through and day and row["value"] is not None and through < day <= (released_on or day):
            yield row.wrong("data-through", "as_of", as_of=row.text("as_of"), through=through)


EACH_DATE = {name: Alike(sets=tuple((each,) for each in columns)) for name, columns in DATE_COLUMNS.items()}
RULES = (
    *(Rule(judge=partial(dates_exist, name), needs=(name,), sieves=EACH_DATE) for name in DATE_COLUMNS),
    Rule(judge=batch_dates, needs=("batches",)),
    Rule(judge=batch_year, needs=("batches",)),
    *(
        Rule(judge=partial(known_at_release, name), needs=(name, "releases.toml"), sieves=EACH_DATE)
        for name, columns in DATE_COLUMNS.items()
        if KNOWN & set(columns)
    ),
    Rule(
        judge=data_through,
        needs=("observations", "releases.toml"),
        sieves={"observations": Alike(sets=(("as_of", "value"),))},
    ),
)
