"""Rules about what cannot well be so, although every cell is written as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from kompeten.ground.findings import Finding
from kompeten.intake.rules.book import Book, Row, Rule, grouped
from kompeten.intake.rules.cells import CELLS
from kompeten.intake.rules.dates import DATE_COLUMNS, first_day, last_day

FACTOR = 10
"""A figure so many times as large as every other source's has most likely slipped by a digit."""

PRESENT = frozenset({"hadir", "selesai", "asesi", "kompeten", "belum_kompeten", "skk_terbit"})
"""Stages that nobody reaches before the batch has begun."""

RESERVED = frozenset({
    "con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
    "index", "404", "en", "id", "api", "static", "embed", "data", "latest", "permanent",
})  # fmt: skip
"""Names that a system of files keeps for itself, or that stand for a page or folder of the site."""

LONGEST_ID = 60
"""Letters of an id: it becomes the name of a folder and of files."""

IDS: Mapping[str, str] = {"programmes": "programme_id", "batches": "batch_id", "context": "context_id"}
"""Tables whose ids become addresses, and the column of the id."""


def ten_times(name: str, book: Book) -> Iterator[Finding]:
    """Of several sources that state a cell, none says ten times as many as all others, or a tenth."""
    for rows in grouped(book.table(name), CELLS[name]).values():
        counted = [(row, count) for row in rows if (count := row.count()) is not None and count > 0]
        for row, count in counted:
            others = [other for each, other in counted if each is not row]
            if (
                others
                and (count >= FACTOR * max(others) or count * FACTOR <= min(others))
                and _is_odd_one(row, counted)
            ):
                yield row.wrong("ten-times", "value", count=count, others=", ".join(map(str, others)))


def _is_odd_one(row: Row, counted: list[tuple[Row, int]]) -> bool:
    """Tell which of two sources is asked about: the one that is not preferred; of more, whichever stands apart."""
    return len(counted) > 2 or not row["preferred"]


def before_batch(book: Book) -> Iterator[Finding]:
    """A count of those who came is not from before the batch began; no count is from before the year of the batch."""
    starts = {
        row.text("batch_id"): (first_day(row.text("start_on")), row.count("year")) for row in book.table("batches")
    }
    for row in book.table("observations"):
        start, year = starts.get(row.text("batch_id"), (None, None))
        day = last_day(row.text("as_of"))
        is_early = day and start and row["stage"] in PRESENT and day < start
        if day and (is_early or (year is not None and day.year < year - 1)) and row["value"] is not None:
            yield row.wrong("before-batch", "as_of", date=row.text("as_of"), batch=row.text("batch_id"))


def source_older(name: str, book: Book) -> Iterator[Finding]:
    """A source does not report what had not yet been when it was published."""
    published = {row.text("source_id"): row.text("published_on") for row in book.table("sources")}
    for row in book.table(name):
        known = published.get(row.text("source_id"), "")
        latest, day = last_day(known), first_day(row.text("as_of"))
        if known and latest and day and latest < day:
            yield row.wrong("source-older", "as_of", date=row.text("as_of"), published=known)


def context_units(book: Book) -> Iterator[Finding]:
    """A figure of the context is counted in the unit of its measure: people are not counted in rupiah."""
    units = {row.text("code"): row.text("unit") for row in book.table("context_measures")}
    for row in book.table("context"):
        wanted = units.get(row.text("measure"))
        if wanted and row["unit"] != wanted:
            yield row.wrong("context-unit", "unit", unit=row.text("unit"), wanted=wanted, measure=row.text("measure"))


def certified_workers(book: Book) -> Iterator[Finding]:
    """No more workers are certified than there are, where both are preferred, whole and from one region.

    Held against the most workers that any year states: a register that grows is not a mistake.
    """
    whole = [
        row for row in book.table("context") if row["preferred"] and row["qualification_level"] == "_T" and row.count()
    ]
    workers: dict[str, int] = {}
    for row in whole:
        if row["measure"] == "pekerja_konstruksi":
            workers[row.text("region_code")] = max(row.count() or 0, workers.get(row.text("region_code"), 0))
    for row in whole:
        limit, count = workers.get(row.text("region_code")), row.count() or 0
        if row["measure"] in ("bersertifikat", "tercatat_lpjk") and limit is not None and count > limit:
            yield row.wrong("certified-above-workers", "value", count=count, limit=limit)


def budget_programme(book: Book) -> Iterator[Finding]:
    """A budget and the target that it pays for belong to one programme."""
    owners = {row.text("target_id"): row.text("programme_id") for row in book.table("targets")}
    for row in book.table("budgets"):
        owner = owners.get(row.text("target_id"))
        if owner is not None and owner != row["programme_id"]:
            yield row.wrong("budget-programme", "target_id", target=row.text("target_id"), owner=owner)


def venue_places(book: Book) -> Iterator[Finding]:
    """A batch is held in a place: no venue is in all regions at once."""
    for row in book.table("venues"):
        if row["region_code"] == "_T":
            yield row.wrong("venue-everywhere", "region_code")


def usable_ids(name: str, book: Book) -> Iterator[Finding]:
    """An id that becomes an address is no name that systems or the site keep for themselves, and not too long."""
    for row in book.table(name):
        text = row.text(IDS[name])
        if text.casefold() in RESERVED:
            yield row.wrong("id-reserved", IDS[name], name=text)
        elif len(text) > LONGEST_ID:
            yield row.wrong("id-too-long", IDS[name], count=len(text), limit=LONGEST_ID)


RULES = (
    *(Rule(judge=partial(ten_times, name), needs=(name,)) for name in ("observations", "context", "targets")),
    Rule(judge=before_batch, needs=("observations", "batches")),
    *(
        Rule(judge=partial(source_older, name), needs=(name, "sources"))
        for name, columns in DATE_COLUMNS.items()
        if "as_of" in columns
    ),
    Rule(judge=context_units, needs=("context", "context_measures")),
    Rule(judge=certified_workers, needs=("context",)),
    Rule(judge=budget_programme, needs=("budgets", "targets")),
    Rule(judge=venue_places, needs=("venues",)),
    *(Rule(judge=partial(usable_ids, name), needs=(name,)) for name in IDS),
)
