"""Rules about what cannot well be so, although every cell is written as it should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from kompeten.ground.findings import Finding, Label
from kompeten.ground.vocabulary import ALL, DIMENSIONS, STAGES
from kompeten.intake.messages import word
from kompeten.intake.packages import Cell
from kompeten.intake.rules.book import Book, Row, Rule, grouped
from kompeten.intake.rules.cells import CELLS, TWICE, cell_id, in_two_units, target_address
from kompeten.intake.rules.dates import DATE_COLUMNS, first_day, last_day
from kompeten.intake.rules.sieve import Alike, Held, of_everybody, stated_twice

FACTOR = 10
"""A figure so many times as large as every other source's has most likely slipped by a digit."""

PRESENT = frozenset(STAGES[STAGES.index("hadir") :])
"""Stages that nobody reaches before the batch has begun."""

RESERVED = frozenset({
    "con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
    "index", "404", "en", "id", "api", "static", "embed", "data", "latest", "permanent",
})  # fmt: skip
"""Names that a system of files keeps for itself, or that stand for a page or folder of the site."""

LONGEST_ID = 60
"""Letters of an id: it becomes the name of a folder and of files."""

WORKERS = "pekerja_konstruksi"

IDS: Mapping[str, str] = {"programmes": "programme_id", "batches": "batch_id", "context": "context_id"}
"""Tables whose ids become addresses, and the column of the id."""


def ten_times(name: str, book: Book) -> Iterator[Finding]:
    """Of several sources that state a cell, none says ten times as many as all others, or a tenth."""
    for rows in grouped(book.table(name), CELLS[name]).values():
        counted = [row for row in rows if (row.count() or 0) > 0]
        # Of two sources the one that is not preferred is asked about; of more, whichever stands apart.
        for row in counted if len(counted) > 2 else (row for row in counted if not row["preferred"]):
            others = [other.count() or 0 for other in counted if other is not row]
            if _is_apart(row, others):
                yield row.wrong("ten-times", "value", count=row.count(), others=", ".join(map(str, others)))


def _is_apart(row: Row, others: Sequence[int]) -> bool:
    """Tell whether a count is ten times as large as all others, or a tenth; of none other it is not."""
    count = row.count() or 0
    return bool(others) and (count >= FACTOR * max(others) or count * FACTOR <= min(others))


PER_PERSON = (100_000, 100_000_000)
"""Rupiah for one participant between which a training class costs; what is beyond has most likely slipped."""

Doubt = tuple[Row, str, Label]
"""A figure that is unlike those beside it, its address, and those beside it in words."""


def unlike_others(book: Book) -> Iterator[Finding]:
    """No figure is ten times as large as those beside it, or a tenth, but for a reason given in preferences.csv.

    Beside it are other batches of its programme, the target of its year, the workers of its region, other years of the
    same measure, and what a budget comes to for one person.
    """
    reasons = {row.text("cell_id") for row in book.table("preferences")}
    for row, address, beside in doubts(book):
        if address not in reasons:
            yield row.wrong("unlike-others", "value", count=row.count(), beside=beside, cell=address)


def preference_needed(book: Book) -> Iterator[Finding]:
    """A row of preferences.csv names a cell that more than one source states, or a figure that is unlike others."""
    asked = {target_address(target) for target, _ in in_two_units(book)} | {address for _, address, _ in doubts(book)}
    for name in ("observations", "context"):
        asked |= {cell_id(rows[0]) for rows in grouped(book.table(name), CELLS[name]).values() if len(rows) > 1}
    for row in book.table("preferences"):
        if row.text("cell_id") not in asked:
            yield row.wrong("preference-unneeded", "cell_id")


def doubts(book: Book) -> Iterator[Doubt]:
    """Give each figure that is unlike those beside it, once."""
    told: dict[str, Doubt] = {}
    for doubt in (*_batch_doubts(book), *_target_doubts(book), *_budget_doubts(book), *_year_doubts(book)):
        told.setdefault(doubt[1], doubt)
    yield from told.values()


def _used(book: Book, name: str) -> list[Row]:
    """Give the rows that are calculated with: preferred, without a mark, with a count above nothing."""
    return [row for row in book.table(name) if row["preferred"] and not row["mark"] and (row.count() or 0) > 0]


def _apart(rows: list[Row], key: str) -> Iterator[tuple[Row, str]]:
    """Give the rows that are ten times as large as all others, or a tenth, with the others' figures.

    Of two that are unlike, each is the odd one: the one that stands later is asked about.
    """
    for row in rows if len({row[key] for row in rows}) > 2 else rows[-1:]:
        others = [other.count() or 0 for other in rows if other[key] != row[key]]
        if _is_apart(row, others):
            yield row, ", ".join(map(str, others))


def _batch_doubts(book: Book) -> Iterator[Doubt]:
    batches = {row.text("batch_id"): row for row in book.table("batches")}
    totals = [row for row in _used(book, "observations") if all(row[name] == ALL for name in DIMENSIONS)]
    of_stage: dict[tuple[str, str], list[Row]] = {}
    for row in totals:
        batch = batches.get(row.text("batch_id"))
        if batch is not None and batch["kind"] == "tahap":
            of_stage.setdefault((batch.text("programme_id"), row.text("stage")), []).append(row)
    for rows in of_stage.values():
        for row, others in _apart(rows, "batch_id"):
            yield row, cell_id(row), word("beside.batches").filled(others=others)
    limits = _limits(book)
    for row in totals:
        batch = batches.get(row.text("batch_id"))
        known = limits.get((batch.text("programme_id"), batch["year"]), {}) if batch else {}
        for slug in sorted(known):
            if (row.count() or 0) >= known[slug]:
                figure = known[slug] // (FACTOR if slug == "target" else 1)
                yield row, cell_id(row), word(f"beside.{slug}").filled(others=figure)


def _largest(rows: Iterable[Row], column: str = "value") -> dict[str, int]:
    """Give the largest count that rows state of each region."""
    found: dict[str, int] = {}
    for row in rows:
        code = row.text("region_code")
        found[code] = max(row.count(column) or 0, found.get(code, 0))
    return found


def _limits(book: Book) -> dict[tuple[str, Cell], dict[str, int]]:
    """Give by programme and year what a count of people may not reach: ten targets, and all workers of its region."""
    counted = (row for row in _used(book, "context") if row["qualification_level"] == ALL)
    workers = _largest(row for row in counted if row["measure"] == WORKERS)
    found: dict[tuple[str, Cell], dict[str, int]] = {}
    regions = {row.text("programme_id"): row.text("region_code") for row in book.table("programmes")}
    for batch in book.table("batches"):
        programme = batch.text("programme_id")
        if regions.get(programme, "") in workers:
            found.setdefault((programme, batch["year"]), {})["workers"] = workers[regions[programme]]
    for row in _used(book, "targets"):
        own = found.setdefault((row.text("programme_id"), row["year"]), {})
        own["target"] = max(own.get("target", 0), FACTOR * (row.count() or 0))
    return found


def _target_doubts(book: Book) -> Iterator[Doubt]:
    same = ("programme_id", "region_code", "qualification_level", "kind", "unit", "stage", "funding_source")
    for rows in grouped(_used(book, "targets"), same).values():
        for row, others in _apart(rows, "year"):
            yield row, target_address(row), word("beside.years").filled(others=others)


def _budget_doubts(book: Book) -> Iterator[Doubt]:
    targets = {row.text("target_id"): row for row in _used(book, "targets")}
    for row in _used(book, "budgets"):
        target = targets.get(row.text("target_id"))
        if target is None or row["unit"] != "idr":
            continue
        each = (row.count() or 0) // (target.count() or 1)
        if not PER_PERSON[0] <= each <= PER_PERSON[1]:
            yield row, f"budgets/{row.text('budget_id')}", word("beside.person").filled(others=each)


def _year_doubts(book: Book) -> Iterator[Doubt]:
    rows = [row for row in _used(book, "context") if row["batch_id"] is None]
    for same in grouped(rows, ("measure", "region_code", "qualification_level", "counted_by")).values():
        for row, others in _apart(same, "period"):
            yield row, cell_id(row), word("beside.years").filled(others=others)
    people = _largest(book.table("population"), "population_total")
    for row in rows:
        limit = people.get(row.text("region_code"))
        if row["unit"] == "orang" and limit is not None and (row.count() or 0) > limit:
            yield row, cell_id(row), word("beside.population").filled(others=limit)


def before_batch(book: Book) -> Iterator[Finding]:
    """A count of those who came is not from before the batch began; no count is from before the year of the batch."""
    starts = {
        row.text("batch_id"): (first_day(row.text("start_on")), row.count("year")) for row in book.table("batches")
    }
    for row in book.table("observations"):
        start, year = starts.get(row.text("batch_id"), (None, None))
        day = last_day(row.text("as_of"))
        is_early = day and start and row["stage"] in PRESENT and day < start
        # Applicants are counted from the year before on.
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
    workers = _largest(row for row in whole if row["measure"] == WORKERS)
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


NEIGHBOURS = ("observations", "batches", "programmes", "targets", "budgets", "context", "population")
OLDER = ("source_id", "as_of")
RULES = (
    Rule(
        judge=unlike_others, needs=NEIGHBOURS, whole=("preferences",), sieves={"observations": Held(by=(of_everybody,))}
    ),
    Rule(
        judge=preference_needed,
        needs=("preferences", "batches", "programmes", "population"),
        whole=("observations", "context", "targets", "budgets"),
        sieves={"observations": Held(by=(of_everybody, stated_twice), cell=CELLS["observations"])},
    ),
    *(
        Rule(judge=partial(ten_times, name), needs=(name,), sieves=TWICE)
        for name in ("observations", "context", "targets")
    ),
    Rule(
        judge=before_batch,
        needs=("observations", "batches"),
        sieves={"observations": Alike(sets=(("batch_id", "stage", "as_of", "value"),))},
    ),
    *(
        Rule(judge=partial(source_older, name), needs=(name, "sources"), sieves={name: Alike(sets=(OLDER,))})
        for name, columns in DATE_COLUMNS.items()
        if "as_of" in columns
    ),
    Rule(judge=context_units, needs=("context", "context_measures")),
    Rule(judge=certified_workers, needs=("context",)),
    Rule(judge=budget_programme, needs=("budgets", "targets")),
    Rule(judge=venue_places, needs=("venues",)),
    *(Rule(judge=partial(usable_ids, name), needs=(name,)) for name in IDS),
)
