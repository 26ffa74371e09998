"""Rules about releases.toml: what was released when, every correction and every withdrawal with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise

from kompeten.ground.findings import Finding, Label
from kompeten.intake.messages import shown
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


def _wrong(
    book: Book, rule: str, number: int, key: str | None, what: Label, mend: Label, *, kind: str = "release"
) -> Finding:
    """Say that the entry of a kind with this number, from 0, breaks a rule; its row is that of its heading."""
    lines = book.packages.texts.get(FILE, "").splitlines()
    headings = [row for row, line in enumerate(lines, start=1) if line.split("#")[0].strip() == f"[[{kind}]]"]
    row = headings[number] if number < len(headings) else None
    return Finding(file=FILE, row=row, column=key, rule=rule, what=what, mend=mend)


def release_keys(book: Book) -> Iterator[Finding]:
    """releases.toml holds releases, withdrawals and nothing else; a release has the keys it needs, no unknown one."""
    document = book.packages.releases
    if not _releases(book) or not set(document) <= {"release", "withdrawn"}:
        yield _wrong(
            book,
            "release-list",
            0,
            None,
            Label(
                "hanya boleh berisi [[release]], sekurang-kurangnya satu, dan [[withdrawn]]",
                "it may hold [[release]], at least one, and [[withdrawn]] alone",
            ),
            Label("tulis satu [[release]] untuk setiap rilis", "write one [[release]] for each release"),
        )
    for number, entry in enumerate(_releases(book)):
        for key in sorted(set(entry) - set(KEYS)):
            yield _unknown_key(book, number, key, KEYS)
        for key in NEEDED:
            if key not in entry:
                what = Label("kunci ini tidak ada", "this key is missing")
                yield _wrong(book, "release-key", number, key, what, Label("tambahkan kunci ini", "add the key"))


def _unknown_key(book: Book, number: int, key: str, known: tuple[str, ...]) -> Finding:
    listed = ", ".join(known)
    what = Label("kunci ini tidak dikenal", "this key is not known")
    mend = Label(f"periksa ejaannya; yang dikenal: {listed}", f"check the spelling; known are: {listed}")
    return _wrong(book, "release-key", number, shown(key), what, mend)


def release_values(book: Book) -> Iterator[Finding]:
    """Dates are TOML dates, texts are filled in, and a note stands in both languages or in none."""
    for number, entry in enumerate(_releases(book)):
        for key in DATES:
            if key in entry and (not isinstance(entry[key], date) or isinstance(entry[key], datetime)):
                mend = Label("tulis tanpa tanda petik: 2026-11-24", "write it without quotes: 2026-11-24")
                yield _wrong(book, "release-date", number, key, Label("bukan tanggal", "not a date"), mend)
        for key in ("id", "title_id", "title_en", "note_id", "note_en"):
            if key in entry and not (isinstance(entry[key], str) and str(entry[key]).strip()):
                mend = Label("tulis teksnya di antara tanda petik", "write the text between quotes")
                yield _wrong(book, "release-text", number, key, Label("bukan teks", "not a text"), mend)
        if ("note_id" in entry) is not ("note_en" in entry):
            key = "note_en" if "note_id" in entry else "note_id"
            what = Label("catatan hanya dalam satu bahasa", "the note is in one language only")
            yield _wrong(book, "release-note", number, key, what, Label("tulis dalam dua bahasa", "write it in both"))


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
            what = Label("id bukan tahun.bulan", "the id is not year.month")
            mend = Label("tulis misalnya 2026.11 atau 2026.11.2", "write for example 2026.11 or 2026.11.2")
            yield _wrong(book, "release-id", number, "id", what, mend)
        if isinstance(found, str) and found in seen:
            what = Label("id ini sudah dipakai rilis lain", "another release has this id already")
            mend = Label("beri id yang baru", "give it an id of its own")
            yield _wrong(book, "release-id-unique", number, "id", what, mend)
        seen.add(found)


def release_order(book: Book) -> Iterator[Finding]:
    """Releases stand in the order of their days; a new one is added at the end."""
    for number, (earlier, later) in enumerate(pairwise(_releases(book)), start=1):
        before, after = earlier.get("released_on"), later.get("released_on")
        if isinstance(before, date) and isinstance(after, date) and not _is_after(after, before):
            what = Label("tidak sesudah rilis di atasnya", "not after the release above it")
            mend = Label("tambahkan rilis baru di akhir berkas", "add a new release at the end of the file")
            yield _wrong(book, "release-order", number, "released_on", what, mend)


def _is_after(day: date, other: date) -> bool:
    """Compare two TOML dates; a date with a time is compared by its day."""
    return day.isoformat()[:10] > other.isoformat()[:10]


def release_reach(book: Book) -> Iterator[Finding]:
    """Data go no further than the day of the release, and the next release is expected after it."""
    for number, entry in enumerate(_releases(book)):
        day, through, expected = (entry.get(key) for key in ("released_on", "data_through", "next_expected"))
        if isinstance(day, date) and isinstance(through, date) and _is_after(through, day):
            what = Label("sesudah hari rilisnya sendiri", "after the day of its own release")
            mend = Label("tulis hari terakhir yang dicakup datanya", "write the last day that the data cover")
            yield _wrong(book, "release-data-through", number, "data_through", what, mend)
        if expected is None:
            continue
        latest = last_day(expected) if isinstance(expected, str) and _is_reduced(expected) else None
        if latest is None or (isinstance(day, date) and not _is_after(latest, day)):
            what = Label("bukan tanggal sesudah rilis ini", "not a date after this release")
            mend = Label('tulis misalnya "2027-02"', 'write for example "2027-02"')
            yield _wrong(book, "release-next", number, "next_expected", what, mend)


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
                what = Label("koreksi tidak lengkap atau berkunci lain", "a correction lacks keys or has others")
                mend = Label(f"tulis tepat: {listed}", f"write exactly: {listed}")
                yield _wrong(book, "correction-key", number, "correction", what, mend)
            elif not all(isinstance(value, str) and value.strip() for value in correction.values()):
                what = Label("koreksi berisi teks kosong", "a correction holds an empty text")
                mend = Label("isi semua bagiannya", "fill in all its parts")
                yield _wrong(book, "correction-text", number, "correction", what, mend)
            elif correction["source_id"] not in sources:
                what = Label("sumber koreksi tidak dikenal", "the source of a correction is not known")
                mend = Label("tambahkan di batches/sources.csv", "add it to batches/sources.csv")
                yield _wrong(book, "correction-source", number, "correction", what, mend)
            elif not CELL.fullmatch(correction["cell"]):
                what = Label("alamat sel koreksi tidak sah", "the address of a corrected cell is not valid")
                mend = Label("tulis seperti di outcomes/preferences.csv", "write it as in outcomes/preferences.csv")
                yield _wrong(book, "correction-cell", number, "correction", what, mend)


def withdrawals(book: Book) -> Iterator[Finding]:
    """A withdrawal names an address that is no more, its id, its day and its reason in both languages."""
    found = book.packages.releases.get("withdrawn", [])
    for number, entry in enumerate(found if isinstance(found, list) else [None]):
        known = {*WITHDRAWN_KEYS, SUCCESSOR}
        if not isinstance(entry, dict) or not set(WITHDRAWN_KEYS) <= set(entry) <= known:
            listed = f"{', '.join(WITHDRAWN_KEYS)} ({SUCCESSOR})"
            what = Label("penarikan tidak lengkap atau berkunci lain", "a withdrawal lacks keys or has others")
            mend = Label(f"tulis tepat: {listed}", f"write exactly: {listed}")
            yield _wrong(book, "withdrawn-key", number, None, what, mend, kind="withdrawn")
            continue
        if not isinstance(entry["withdrawn_on"], date) or isinstance(entry["withdrawn_on"], datetime):
            mend = Label("tulis tanpa tanda petik: 2026-11-24", "write it without quotes: 2026-11-24")
            what = Label("bukan tanggal", "not a date")
            yield _wrong(book, "withdrawn-date", number, "withdrawn_on", what, mend, kind="withdrawn")
        texts = [value for key, value in entry.items() if key != "withdrawn_on"]
        if not all(isinstance(text, str) and text.strip() for text in texts):
            what = Label("penarikan berisi teks kosong", "a withdrawal holds an empty text")
            mend = Label("isi semua bagiannya", "fill in all its parts")
            yield _wrong(book, "withdrawn-text", number, None, what, mend, kind="withdrawn")


RULES = (
    Rule(judge=release_keys, needs=(FILE,)),
    Rule(judge=release_values, needs=(FILE,)),
    Rule(judge=release_ids, needs=(FILE,)),
    Rule(judge=release_order, needs=(FILE,)),
    Rule(judge=release_reach, needs=(FILE,)),
    Rule(judge=corrections, needs=(FILE, "sources")),
    Rule(judge=withdrawals, needs=(FILE,)),
)
