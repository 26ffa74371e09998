"""Rules about releases.toml: what was released when, and every declared change with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import get_args

from kompeten.ground.compiling import DECLARED
from kompeten.ground.findings import Finding
from kompeten.ground.inert import nearly
from kompeten.ground.store import RELEASE_ID, age
from kompeten.ground.vocabulary import FigureAct, Role
from kompeten.intake.messages import finding_with
from kompeten.intake.rules.book import Book, Rule
from kompeten.intake.rules.dates import last_day

FILE = "releases.toml"
NEEDED = ("id", "released_on", "data_through", "title_id", "title_en")
KEYS = (*NEEDED, "next_expected", "note_id", "note_en", *DECLARED)
DATES = ("released_on", "data_through")
ADDRESS = re.compile(r"[A-Za-z0-9_.=/-]+(?:/\*)?")
REDUCED = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
"""A date, perhaps a year or a month alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What one kind of declaration holds. needed: its keys, the first says what it is about, one text or several.

    addresses: further keys that hold an address; figures: keys that hold a whole number.
    """

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


REASON = ("reason_id", "reason_en", "asked_by")
FORMS: Mapping[str, Form] = {
    "correction": Form(needed=("cell", "kind", *REASON, "source_id"), optional=("from", "to"), figures=("from", "to")),
    "removal": Form(needed=("address", *REASON), optional=("successor", "source_id"), addresses=("successor",)),
    "rename": Form(needed=("from", "to", *REASON), addresses=("to",)),
    "redefinition": Form(needed=("address", *REASON), optional=("source_id",)),
}

Entry = Mapping[str, object]


def _wrong(book: Book, rule: str, number: int, key: str | None, **details: object) -> Finding:
    """Say that the release with this number, from 0, breaks a rule."""
    row = heading_row(book.packages.texts.get(FILE, ""), number)
    return finding_with(details, rule, file=FILE, row=row, column=key)


def heading_row(text: str, number: int) -> int | None:
    """Give the line on which the release with this number, from 0, begins; None where it is not found."""
    lines = text.splitlines()
    headings = [row for row, line in enumerate(lines, start=1) if line.split("#")[0].strip() == "[[release]]"]
    return headings[number] if number < len(headings) else None


def release_keys(book: Book) -> Iterator[Finding]:
    """releases.toml holds releases and nothing else; a release has the keys it needs, and no unknown one."""
    document = book.packages.releases
    if not book.packages.released or not set(document) <= {"release"}:
        yield _wrong(book, "release-list", 0, None)
    for number, entry in enumerate(book.packages.released):
        for key in sorted(set(entry) - set(KEYS)):
            yield _wrong(book, "release-key-unknown", number, nearly(key, KEYS), listed=", ".join(KEYS))
        for key in (key for key in NEEDED if key not in entry):
            yield _wrong(book, "release-key", number, key)


def release_values(book: Book) -> Iterator[Finding]:
    """Dates are TOML dates, texts are filled in, and a note stands in both languages or in none."""
    for number, entry in enumerate(book.packages.released):
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
    seen: set[str] = set()
    for number, entry in enumerate(book.packages.released):
        found = entry.get("id")
        if isinstance(found, str) and found.strip() and not RELEASE_ID.fullmatch(found):
            yield _wrong(book, "release-id", number, "id")
        if isinstance(found, str) and found in seen:
            yield _wrong(book, "release-id-unique", number, "id")
        seen.add(str(found))


def release_order(book: Book) -> Iterator[Finding]:
    """Releases stand in the order of their days and of their ids; a new one is added at the end."""
    for number, (earlier, later) in enumerate(pairwise(book.packages.released), start=1):
        before, after = earlier.get("released_on"), later.get("released_on")
        # Compared as numbers: as texts, 2026.11.10 comes before 2026.11.2.
        ids = [str(each.get("id")) for each in (earlier, later)]
        if isinstance(before, date) and isinstance(after, date) and not _is_after(after, before):
            yield _wrong(book, "release-order", number, "released_on")
        elif all(map(RELEASE_ID.fullmatch, ids)) and age(ids[0]) > age(ids[1]):
            yield _wrong(book, "release-order", number, "id")


def _is_after(day: date, other: date) -> bool:
    """Compare two TOML dates; a date with a time is compared by its day."""
    return day.isoformat()[:10] > other.isoformat()[:10]


def release_reach(book: Book) -> Iterator[Finding]:
    """Data go no further than the day of the release, and the next release is expected after it."""
    for number, entry in enumerate(book.packages.released):
        day, through, expected = (entry.get(key) for key in ("released_on", "data_through", "next_expected"))
        if isinstance(day, date) and isinstance(through, date) and _is_after(through, day):
            yield _wrong(book, "release-data-through", number, "data_through")
        latest = last_day(expected) if isinstance(expected, str) and REDUCED.fullmatch(expected) else None
        if expected is not None and (latest is None or (isinstance(day, date) and not _is_after(latest, day))):
            yield _wrong(book, "release-next", number, "next_expected")


def declarations(book: Book) -> Iterator[Finding]:
    """A declaration names what changed, the reason in both languages, who asked by role, and sources that exist, or did
    before a release renamed or removed them."""
    sources = {row.text("source_id") for row in book.table("sources")} | set(_gone_sources(book))
    for number, entry in enumerate(book.packages.released):
        for name, form in FORMS.items():
            found = entry.get(name, [])
            for one in found if isinstance(found, list) else [None]:
                yield from _declaration(one, form, sources, partial(_wrong, book, number=number, key=name))


def _gone_sources(book: Book) -> Iterator[str]:
    """Give the id of every source that a declaration removes or renames."""
    for entry in book.packages.released:
        for act, key in (("removal", "address"), ("rename", "from")):
            declared = (one for one in _listed(entry.get(act)) if isinstance(one, dict))
            addresses = (str(address) for one in declared for address in _listed(one.get(key)))
            yield from (own.removeprefix("sources/") for own in addresses if own.startswith("sources/"))


def _declaration(
    entry: object, form: Form, sources: Collection[str], wrong: Callable[..., Finding]
) -> Iterator[Finding]:
    """Say the first thing wrong with one declaration."""
    if not isinstance(entry, dict) or not {*form.needed} <= {*entry} <= {*form.needed, *form.optional}:
        listed = ", ".join(form.needed) + (f" ({', '.join(form.optional)})" if form.optional else "")
        yield wrong("declaration-key", listed=listed)
        return
    about, others = _listed(entry[form.needed[0]]), [entry[key] for key in form.needed[1:]]
    choices = {"asked_by": get_args(Role), "kind": get_args(FigureAct)}
    unknown = [key for key in choices if key in entry and entry[key] not in choices[key]]
    heirs = (_listed(entry[key]) if key == "successor" else [entry[key]] for key in form.addresses if key in entry)
    addresses = [*about, *(address for heir in heirs for address in heir)]
    if not about or not all(isinstance(text, str) and text.strip() for text in (*about, *others)):
        yield wrong("declaration-text")
    elif unknown:
        yield wrong("declaration-choice", name=unknown[0], choices=", ".join(choices[unknown[0]]))
    elif "source_id" in entry and entry["source_id"] not in sources:
        yield wrong("declaration-source")
    elif not all(isinstance(each, str) and ADDRESS.fullmatch(each) for each in addresses):
        yield wrong("declaration-address")
    elif any(isinstance(entry.get(key), bool) or not isinstance(entry.get(key, 0), int) for key in form.figures):
        yield wrong("declaration-figure")


def _listed(value: object) -> list[object]:
    """Give a text as the list of its texts, for a list of several is allowed too."""
    return value if isinstance(value, list) else [value]


RULES = (
    Rule(judge=release_keys, needs=(FILE,)),
    Rule(judge=release_values, needs=(FILE,)),
    Rule(judge=release_ids, needs=(FILE,)),
    Rule(judge=release_order, needs=(FILE,)),
    Rule(judge=release_reach, needs=(FILE,)),
    Rule(judge=declarations, needs=(FILE,), whole=("sources",)),
)
