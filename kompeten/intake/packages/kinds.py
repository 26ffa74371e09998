"""What a file really is, where it is not what its name says: one cause, one finding. Pure; no disk.

A web page, a workbook or a pointer in the place of a table, a table with another sign between its cells, a table whose
header stands further down: each would otherwise be told in dozens of findings that blame the cells.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from kompeten.ground.findings import Finding
from kompeten.intake.messages import finding, is_person_column, word

BEGINNINGS: Mapping[bytes, str] = {
    b"version https://git-lfs": "kind-pointer",
    b"PK\x03\x04": "kind-workbook",
    b"\xd0\xcf\x11\xe0": "kind-workbook",
    **dict.fromkeys(
        (b"%PDF", b"\x1f\x8b", b"PAR1", b"SQLite format", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf"), "kind-other"
    ),
}
"""How a file begins that is no text of ours, and the check that says so."""

DELIMITERS: Mapping[str, str] = {";": "delimiter.semicolon", "\t": "delimiter.tab", "|": "delimiter.bar"}
HEADER_WITHIN = 40
"""The header is looked for in so many first lines."""

BEGINNING = 4_000_000
"""Letters in which the header is looked for; the widest line that is still counted."""

MERGE = re.compile(r"^(?:[<>|]{7} |={7}$)", re.MULTILINE)

WIDEST = 200
"""Columns of one table; ours has 17 at most."""


def other_kind(file: str, content: bytes) -> Finding | None:
    """Say that the bytes of a file are no text of the kind its name promises; None where they may be."""
    for beginning, rule in BEGINNINGS.items():
        if content.startswith(beginning):
            return finding(rule, file=file)
    if is_utf16(content):
        return finding("utf16", file=file)
    opening = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body")):
        return finding("kind-page", file=file)
    return None


def is_utf16(content: bytes) -> bool:
    """Tell whether bytes are text of two bytes a letter: by their mark, or since a third of them is zero."""
    return content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:400].count(0) * 3 > min(len(content), 400)


def other_shape(file: str, text: str, columns: Collection[str]) -> Finding | None:
    """Say that a text is no table with these columns in its first line, and what it is instead; None where it may be.

    columns: names of the schema; where there are none, nothing can be told.
    """
    lines = text[:BEGINNING].lstrip("\n").split("\n", HEADER_WITHIN)[:HEADER_WITHIN]
    first = lines[0]
    if first.lstrip().startswith(("[", "{")):
        return finding("kind-json", file=file, row=1)
    if (conflict := merge_conflict(file, text)) is not None:
        return conflict
    if first.count(",") >= WIDEST:
        return finding("too-wide", file=file, row=1, count=first.count(",") + 1, limit=WIDEST)
    wanted = {folded_name(name) for name in columns}
    if not wanted or _found(first, ",", wanted) * 2 >= len(wanted):
        return None
    best, sign, row = max((_found(line, sign, wanted), sign, -row) for row, line in enumerate(lines) for sign in SIGNS)
    if best * 2 < len(wanted):
        return None
    if sign == ",":
        return finding("header-lower", file=file, row=1 - row)
    return finding("delimiter", file=file, row=1 - row, sign=word(DELIMITERS[sign]))


def merge_conflict(file: str, text: str) -> Finding | None:
    """Say that git left its marks in a text, where two people changed the same lines."""
    mark = MERGE.search(text)
    return mark and finding("merge-conflict", file=file, row=text.count("\n", 0, mark.start()) + 1)


SIGNS = (",", *DELIMITERS)


def _found(line: str, sign: str, wanted: Collection[str]) -> int:
    """Count the wanted names in one line that is split at a sign."""
    return len({folded_name(cell) for cell in line.split(sign)} & set(wanted))


def folded_name(text: str) -> str:
    """Give a column name without case, blanks and quotation marks."""
    return "_".join(text.strip(' \t\r"\u00a0\ufeff').casefold().split())


def odd_header(file: str, header: Sequence[str], columns: Sequence[str]) -> Iterator[Finding]:
    """Say in one finding that most of a header is not the schema's; nothing where single columns can be told."""
    unknown = [name for name in header if name not in columns]
    found = len(columns) - sum(name not in header for name in columns)
    if header != tuple(columns) and [folded_name(name) for name in header] == list(columns):
        yield finding("header-spelling", file=file, row=1, columns=",".join(columns))
    elif len(unknown) + len(columns) - found > MOST_NAMED:
        people = ", ".join(filter(is_person_column, unknown))
        rule = "register" if people else "header-wrong"
        yield finding(rule, file=file, row=1, found=found, wanted=len(columns), columns=people or ",".join(columns))


MOST_NAMED = 4
"""So many wrong names of columns are told one by one."""
