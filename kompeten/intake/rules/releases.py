"""Rules about releases.toml: what was released when, every correction and every withdrawal with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise

from kompeten.ground.findings import Finding
from kompeten.intake.messages import finding_with, shown
from kompeten.intake.rules.book import Book, Rule
from kompeten.intake.rules.dates import first_day, last_day

FILE = "releases.toml"
NEEDED = ("id", "released_on", "data_through", "title_id", "title_en")
KEYS = (*NEEDED, "next_expected", "note_id", "note_en", "correction")
CORRECTION_KEYS = ("cell", "reason_id", "reason_en", "source_id")
WITHDRAWN_KEYS = ("path", "id", "withdrawn_on", "reason_id", "reason_en")
SUCCESSOR = "successor"
DATES = ("released_on", "data_through")
CELL = re.compile(r"[A-Za-z0-9_.=/-]+")

Entry = Mapping[str, object]


def _releases(book: Book) -> tuple[Entry, ...]:
    """Give the releases that are TOML tables, in the order of the file."""
    found = book.packages.releases.get("release")
    return tuple(entry for entry in found if isinstance(entry, dict)) if isinstance(found, list) else ()


def _wrong(book: Book, rule: str, number: int, key: str | None, *, kind: str = "release", **details: object) -> Finding:
    """Say that the entry of a kind with this number, from 0, breaks a rule; its row is that of its heading."""
    lines = book.packages.texts.get(FILE, "").splitlines()
    headings = [row for row, line in enumerate(lines, start=1) if line.split("#")[0].strip() == f"[[{kind}]]"]
    row = headings[number] if number < len(headings) else None
    return finding_with(details, rule, file=FILE, row=row, column=key)


def release_keys(book: Book) -> Iterator[Finding]:
    """releases.toml holds releases, withdrawals and nothing else; a release has the keys it needs, no unknown one."""
    document = book.packages.releases
    if not _releases(book) or not set(document) <= {"release", "withdrawn"}:
        yield _wrong(book, "release-list", 0, None)
    for number, entry in enumerate(_releases(book)):
        for key in sorted(set(entry) - set(KEYS)):
            yield _unknown_key(book, number, key, KEYS)
        for key in NEEDED:
            if key not in entry:
                yield _wrong(book, "release-key", number, key)


def _unknown_key(book: Book, number: int, key: str, known: tuple[str, ...]) -> Finding:
    listed = ", ".join(known)
    return _wrong(book, "release-key-unknown", number, shown(key), listed=listed)


def release_values(book: Book) -> Iterator[Finding]:
    """Dates are TOML dates, texts are filled in, and a note stands in both languages or in none."""
    for number, entry in enumerate(_releases(book)):
        for key in DATES:
            if key in entry and (not isinstance(entry[key], date) or isinstance(entry[key], datetime)):
                yield _wrong(book, "release-date", number, key)
        for key in ("id", "title_id", "title_en", "note_id", "note_en"):
            if key in entry and not (isinstance(entry[key], str) and str(entry[key]).strip()):
                yield _wrong(book, "release-text", number, key)
        if ("note_id" in entry) is not ("note_en" in entry):
            key = "note_en" if "note_id" in entry else "note_id"
            yield _wrong(book, "release-note", number, key)


def release_ids(book: Book) -> Iterator[Finding]:
    """Each release has its own id: year and month, and a number where a month has several (2026.11, 2026.11.2)."""
    seen: set[object] = set()
    for number, entry in enumerate(_releases(book)):
        found = entry.get("id")
        if (
            isinstance(found, str)
            and found.strip()
            and not re.fullmatch(r"\d{4}\.(?:0[1-9]|1[0-2])(?:\.[1-9]\d?)?", found)
        ):
            yield _wrong(book, "release-id", number, "id")
        if isinstance(found, str) and found in seen:
            yield _wrong(book, "release-id-unique", number, "id")
        seen.add(found)


def release_order(book: Book) -> Iterator[Finding]:
    """Releases stand in the order of their days; a new one is added at the end."""
    for number, (earlier, later) in enumerate(pairwise(_releases(book)), start=1):
        before, after = earlier.get("released_on"), later.get("released_on")
        if isinstance(before, date) and isinstance(after, date) and not _is_after(after, before):
            yield _wrong(book, "release-order", number, "released_on")


def _is_after(day: date, other: date) -> bool:
    """Compare two TOML dates; a date with a time is compared by its day."""
    return day.isoformat()[:10] > other.isoformat()[:10]


def release_reach(book: Book) -> Iterator[Finding]:
    """Data go no further than the day of the release, and the next release is expected after it."""
    for number, entry in enumerate(_releases(book)):
        day, through, expected = (entry.get(key) for key in ("released_on", "data_through", "next_expected"))
        if isinstance(day, date) and isinstance(through, date) and _is_after(through, day):
            yield _wrong(book, "release-data-through", number, "data_through")
        if expected is None:
            continue
        latest = last_day(expected) if isinstance(expected, str) and _is_reduced(expected) else None
        if latest is None or (isinstance(day, date) and not _is_after(latest, day)):
            yield _wrong(book, "release-next", number, "next_expected")


def _is_reduced(text: str) -> bool:
    """Tell whether a text is an ISO date, perhaps a year or a month alone, that exists."""
    return re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", text, re.ASCII) is not None and first_day(text) is not None


def corrections(book: Book) -> Iterator[Finding]:
    """A correction names its cell, its reason in both languages, and a source that exists."""
    sources = {row.text("source_id") for row in book.table("sources")}
    for number, entry in enumerate(_releases(book)):
        found = entry.get("correction", [])
        entries = found if isinstance(found, list) else [None]
        for correction in entries:
            if not isinstance(correction, dict) or set(correction) != set(CORRECTION_KEYS):
                listed = ", ".join(CORRECTION_KEYS)
                yield _wrong(book, "correction-key", number, "correction", listed=listed)
            elif not all(isinstance(value, str) and value.strip() for value in correction.values()):
                yield _wrong(book, "correction-text", number, "correction")
            elif correction["source_id"] not in sources:
                yield _wrong(book, "correction-source", number, "correction")
            elif not CELL.fullmatch(correction["cell"]):
                yield _wrong(book, "correction-cell", number, "correction")


def withdrawals(book: Book) -> Iterator[Finding]:
    """A withdrawal names an address that is no more, its id, its day and its reason in both languages."""
    found = book.packages.releases.get("withdrawn", [])
    for number, entry in enumerate(found if isinstance(found, list) else [None]):
        known = {*WITHDRAWN_KEYS, SUCCESSOR}
        if not isinstance(entry, dict) or not set(WITHDRAWN_KEYS) <= set(entry) <= known:
            listed = f"{', '.join(WITHDRAWN_KEYS)} ({SUCCESSOR})"
            yield _wrong(book, "withdrawn-key", number, None, kind="withdrawn", listed=listed)
            continue
        if not isinstance(entry["withdrawn_on"], date) or isinstance(entry["withdrawn_on"], datetime):
            yield _wrong(book, "withdrawn-date", number, "withdrawn_on", kind="withdrawn")
        texts = [value for key, value in entry.items() if key != "withdrawn_on"]
        if not all(isinstance(text, str) and text.strip() for text in texts):
            yield _wrong(book, "withdrawn-text", number, None, kind="withdrawn")


RULES = (
    Rule(judge=release_keys, needs=(FILE,)),
    Rule(judge=release_values, needs=(FILE,)),
    Rule(judge=release_ids, needs=(FILE,)),
    Rule(judge=release_order, needs=(FILE,)),
    Rule(judge=release_reach, needs=(FILE,)),
    Rule(judge=corrections, needs=(FILE, "sources")),
    Rule(judge=withdrawals, needs=(FILE,)),
)
