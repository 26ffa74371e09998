"""A table in the canonical form: what a spreadsheet changed on the way is undone and listed, and nothing is guessed.

Encoding, line ends, separators, blanks, empty rows, the place of the header, and names and order of columns have one
right form, and get it. A number, a date or a code that can be read in two ways stays as it stands; both readings are
shown with the question.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kompeten.ground.findings import Finding, Label, folded
from kompeten.ground.inert import nearly
from kompeten.ground.refusal import Refused, failed, unreadable
from kompeten.ground.tree import write_whole
from kompeten.ground.wording import worded
from kompeten.intake.messages import finding, finding_with, is_person_column, shown, shown_file, word
from kompeten.intake.packages import Packages, read
from kompeten.intake.packages.kinds import (
    DELIMITERS,
    HEADER_WITHIN,
    SIGNS,
    folded_name,
    is_utf16,
    merge_conflict,
    other_kind,
)
from kompeten.intake.packages.reading import TABLE_LIMIT
from kompeten.intake.packages.readings import bps_codes, readings
from kompeten.intake.packages.text import CELL_LIMIT
from kompeten.intake.packages.values import fields_of, types_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the schema says of a table. types: column to type, in order. titles: folded title to column.

    bps: BPS code to Kemendagri code of each region.
    """

    types: Mapping[str, str]
    titles: Mapping[str, str]
    bps: Mapping[str, str] = field(default_factory=dict)

    def named(self, name: str) -> str:
        """Give the column that a header means: its own name in any spelling, or its title."""
        text = folded_name(name)
        return text if text in self.types else self.titles.get(text, name.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidied:
    """The canonical text, what was changed, and what only a person can decide; text is None where there is no table."""

    file: str
    text: str | None
    changes: tuple[Label, ...] = ()
    questions: tuple[Finding, ...] = ()


class TidyError(Refused):
    """A file cannot be tidied: it cannot be read or written, or no table of the schemas is like it."""


def tidy_file(path: Path, out: Path, record_dir: Path) -> Tidied:
    """Write a table of a data package in its canonical form, whole or not at all. Raises TidyError."""
    name = shown_file(path.name)
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()) or path.stat().st_size > TABLE_LIMIT:
            raise TidyError(worded("no-ordinary-file", name=name))
        content = path.read_bytes()
    except OSError as error:
        raise TidyError(unreadable(name, error)) from None
    result = tidied(name, content, columns_of(read(record_dir), path.name, content))
    if result.text is not None:
        try:
            write_whole(out, result.text.encode())
        except OSError as error:
            raise TidyError(failed(error, shown_file(out.name))) from None
    return result


def columns_of(record: Packages, file: str, content: bytes) -> Columns:
    """Give the schema of the table that a file is: by its name, else the one whose columns it has most of.

    Raises TidyError where it is like none.
    """
    text, _ = _decoded(content)
    bps = bps_codes(record.tables())
    known = [
        (each.get("path") == file, Columns(types=types, titles=_titles(fields_of(each)), bps=bps))
        for package in record.packages
        for each in package.resources()
        if (types := types_in(each))
    ]
    named = [columns for is_named, columns in known if is_named]
    best = max(named or [columns for _, columns in known], key=lambda columns: _likeness(text, columns), default=None)
    if best is None or (not named and _likeness(text, best) * 2 < len(best.types)):
        raise TidyError(worded("like-no-table", value=shown_file(file)))
    return best


def _titles(fields: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """Give the titles of columns, folded, in both languages; a title of two columns means neither."""
    found: dict[str, set[str]] = {}
    for each in fields:
        for name in ("title", "title_en"):
            found.setdefault(folded_name(str(each.get(name, ""))), set()).add(str(each["name"]))
    return {title: min(names) for title, names in found.items() if len(names) == 1}


def _likeness(text: str, columns: Columns) -> int:
    # Enough for the header and the rows above it; the whole is split once, when the table is known.
    rows, _ = _rows(text[:20_000], columns)
    return max((_known(row, columns) for row in rows[:HEADER_WITHIN]), default=0)


def tidied(file: str, content: bytes, columns: Columns) -> Tidied:
    """Give a table in its canonical form."""
    text, changes = _decoded(content)
    other = other_kind(file, text.encode("utf-8")) or merge_conflict(file, text)
    if other is not None or not text.strip():
        return Tidied(file=file, text=None, questions=(other or finding("empty-file", file=file),))
    rows, sign = _rows(text, columns)
    long = (row for row, cells in enumerate(rows, start=1) if max(map(len, cells), default=0) > CELL_LIMIT)
    if (row := next(long, None if rows else 1)) is not None:
        wrong = finding("cell-too-long", file=file, row=row, limit=CELL_LIMIT)
        return Tidied(file=file, text=None, questions=(wrong,))
    if sign != ",":
        changes.append(_change("delimiter", sign=word(DELIMITERS[sign])))
    start = _header_row(rows, columns)
    if start is None:
        details = {"found": 0, "wanted": len(columns.types), "columns": ",".join(columns.types)}
        wrong = finding_with(details, "header-wrong", file=file, row=1, column=None)
        return Tidied(file=file, text=None, questions=(wrong,))
    if start:
        changes.append(_change("above", count=start))
    body = [row for row in rows[start + 1 :] if any(cell.strip() for cell in row)]
    if len(body) < len(rows) - start - 1:
        changes.append(_change("empty-rows", count=len(rows) - start - 1 - len(body)))
    names = [columns.named(_plain(name)) for name in rows[start]]
    if renamed := [name for name, old in zip(names, rows[start], strict=True) if name != old]:
        changes.append(_change("names", names=", ".join(map(shown, renamed))))
    cells = [[_plain(cell) for cell in row] for row in body]
    if changed := sum(cell != _plain(cell) for row in body for cell in row):
        changes.append(_change("blanks", count=changed))
    names, cells = _arranged(names, cells, columns, changes)
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([names, *cells])
    uneven = tuple(_uneven(file, rows[start], body))
    if not changes and not uneven and written.getvalue() != text:
        changes.append(_change("quotes"))
    return Tidied(
        file=file,
        text=written.getvalue(),
        changes=tuple(changes),
        questions=folded((*uneven, *_asked(file, names, cells, columns))),
    )


def _decoded(content: bytes) -> tuple[str, list[Label]]:
    """Give the text of the bytes with LF alone: UTF-16 and UTF-8 by their signs, else Windows-1252."""
    changes = []
    if is_utf16(content):
        # Without a mark the zeros tell the order: they come first in Latin letters where the large byte does.
        order = "utf-16" if content[:1] in (b"\xff", b"\xfe") else "utf-16-le" if content[0] else "utf-16-be"
        text = content.decode(order, errors="replace")
        changes.append(_change("encoding", name="UTF-16"))
    else:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
            changes.append(_change("encoding", name="Windows-1252"))
    if text.startswith("\ufeff"):
        text = text[1:]
        changes.append(_change("bom"))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        changes.append(_change("line-ends"))
    return text, changes


def _rows(text: str, columns: Columns) -> tuple[list[list[str]], str]:
    """Split a text into rows at the sign that gives the most names of columns in one early row; into none where a
    quotation mark that nobody closes makes a cell longer than can be read.
    """
    split: dict[str, list[list[str]]] = {}
    for sign in SIGNS:
        with suppress(csv.Error):
            split[sign] = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    return max(
        ((rows, sign) for sign, rows in split.items()),
        key=lambda each: max((_known(row, columns) for row in each[0][:HEADER_WITHIN]), default=0),
        default=([], ","),
    )


def _known(row: Sequence[str], columns: Columns) -> int:
    return len({columns.named(_plain(cell)) for cell in row} & columns.types.keys())


def _header_row(rows: Sequence[Sequence[str]], columns: Columns) -> int | None:
    """Give the place of the row with most names of columns, or None where none has half of them."""
    best = max(range(min(len(rows), HEADER_WITHIN)), key=lambda place: (_known(rows[place], columns), -place))
    return best if _known(rows[best], columns) * 2 >= len(columns.types) else None


def _plain(cell: str) -> str:
    """Give a cell with ordinary blanks, none at its ends, and without marks that cannot be seen."""
    text = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in cell)
    return text.replace("\ufeff", "").replace("\u200b", "").strip()


def _arranged(
    names: list[str], rows: list[list[str]], columns: Columns, changes: list[Label]
) -> tuple[list[str], list[list[str]]]:
    """Put the columns in the schema's order; unnamed empty ones go, unknown ones stay at the end."""
    width = max(map(len, [names, *rows]))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    named = [*names, *[""] * (width - len(names))]
    kept = [place for place in range(width) if named[place] or any(row[place] for row in padded)]
    order = {name: place for place, name in enumerate(columns.types)}
    arranged = sorted(kept, key=lambda place: (order.get(named[place], len(order)), place))
    if arranged != kept:
        changes.append(_change("order"))
    if len(kept) < len(names):
        changes.append(_change("empty-columns", count=len(names) - len(kept)))
    return [named[place] for place in arranged], [[row[place] for place in arranged] for row in padded]


def _uneven(file: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Finding]:
    """Ask about rows with fewer cells than there are names, or more: which of them is missing nobody can tell."""
    width = max((place for place, name in enumerate(header, start=1) if name.strip()), default=0)
    for number, row in enumerate(rows, start=2):
        if len(row) < width or any(cell.strip() for cell in row[len(header) :]):
            yield finding("row-length", file=file, row=number, found=len(row), wanted=width)


def _asked(file: str, names: Sequence[str], rows: Sequence[Sequence[str]], columns: Columns) -> Iterator[Finding]:
    """Ask about what only a person can decide: missing and unknown columns, and cells that read in two ways."""
    for name in columns.types:
        if name not in names:
            yield finding("column-missing", file=file, row=1, column=name, columns=", ".join(columns.types))
    for place, name in enumerate(names, start=1):
        if name and name not in columns.types:
            rule, told = ("person-column", name) if is_person_column(name) else ("column-unknown", nearly(name, ()))
            yield finding(rule, file=file, row=1, column=told, place=place, columns=", ".join(columns.types))
    for number, row in enumerate(rows, start=2):
        for name, text in zip(names, row, strict=True):
            first, second = readings(name, columns.types.get(name, "string"), text, columns.bps)
            if first and second:
                details = {"value": shown(text), "first": first, "second": second}
                yield finding_with(details, "two-readings", file=file, row=number, column=name)


def _change(slug: str, **details: object) -> Label:
    return word(f"tidy.{slug}").filled(**details)
