"""Bytes and text to values: UTF-8, JSON, TOML and CSV, read strictly and told in findings. Pure; no disk.

Canonical CSV is what Python's own writer gives with commas, LF and minimal quotes: written back, the text is the same.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kompeten.ground import coded
from kompeten.ground.coded import Place
from kompeten.ground.findings import Finding
from kompeten.ground.inert import nearly
from kompeten.intake.messages import finding
from kompeten.intake.packages.kinds import odd_header, other_kind, other_shape

DEPTH_LIMIT = 20
"""Levels of a descriptor; ours has eight."""

CELL_LIMIT = 5_000
"""Letters of one cell; our longest is a few hundred. What searches cells need not be fast on longer ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """One CSV text: header (None where there is none), rows, the line each begins at, and what is wrong."""

    header: tuple[str, ...] | None
    rows: Sequence[tuple[str, ...]] = ()
    row_numbers: Sequence[int] = ()
    findings: tuple[Finding, ...] = ()


def parse_utf8(file: str, content: bytes) -> tuple[str | None, tuple[Finding, ...]]:
    """Give the bytes of a file as text with LF alone; None where they are not UTF-8 or hold NUL."""
    if (other := other_kind(file, content)) is not None:
        return None, (other,)
    findings = []
    if content.startswith(b"\xef\xbb\xbf"):
        findings.append(finding("bom", file=file, row=1))
        content = content[3:]
    if b"\x00" in content:
        return None, (finding("nul", file=file, row=_line_of(content, content.index(b"\x00"))),)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (finding("not-utf8", file=file, row=_line_of(content, error.start)),)
    if "\r" in text:
        findings.append(finding("carriage-return", file=file, row=_line_of(content, content.index(b"\r"))))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, tuple(findings)


def _line_of(content: bytes, place: int) -> int:
    """Give the line, from 1, that holds a byte."""
    return content.count(b"\n", 0, place) + 1


ROW_LIMIT = 2_500_000
"""Rows of one table: ten years of a whole country. Two million are checked and attacked within 1 GB."""

ODD_NUMBER = re.compile(r"(?<![\w\"])-?(?:NaN|Infinity|\d{1000,})")


class _DoubleKeyError(ValueError):
    """A JSON object names the same key twice; the message is the key."""


def parse_json(file: str, text: str) -> tuple[dict[str, object] | None, tuple[Finding, ...]]:
    """Give a descriptor as a JSON object with unique keys; None where it is none."""
    try:
        # NaN and Infinity, which JSON does not know, are no whole numbers: a ValueError.
        document = json.loads(text, object_pairs_hook=_unique, parse_constant=int)
        too_deep = _depth(document) > DEPTH_LIMIT
    except _DoubleKeyError as error:
        return None, (finding("json-double-key", file=file, name=nearly(str(error), ())),)
    except json.JSONDecodeError as error:
        return None, (finding("json-broken", file=file, row=error.lineno),)
    except ValueError:
        found = ODD_NUMBER.search(text)
        row = text.count("\n", 0, found.start()) + 1 if found else None
        return None, (finding("json-number", file=file, row=row),)
    except RecursionError:
        return None, (finding("json-too-deep", file=file, limit=DEPTH_LIMIT),)
    if too_deep:
        return None, (finding("json-too-deep", file=file, limit=DEPTH_LIMIT),)
    if not isinstance(document, dict):
        return None, (finding("json-not-object", file=file),)
    return document, ()


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Give the pairs of a JSON object as a dictionary. Raises _DoubleKeyError."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _DoubleKeyError(key)
        found[key] = value
    return found


def _depth(value: object) -> int:
    """Give the levels of a JSON value; one that is too deep raises RecursionError or gives a large number."""
    if not isinstance(value, dict | list):
        return 0
    return 1 + max(map(_depth, value.values() if isinstance(value, dict) else value), default=0)


LONG_NUMBER = re.compile(r"\d{4300}")


def parse_toml(file: str, text: str) -> tuple[Mapping[str, object], tuple[Finding, ...]]:
    """Give a TOML document; empty with a finding where it is none."""
    try:
        document = tomllib.loads(text)
        if _depth(document) <= DEPTH_LIMIT:
            return document, ()
        raise RecursionError
    except RecursionError:
        return {}, (finding("toml-too-deep", file=file),)
    except ValueError as error:  # a number of thousands of digits is none of TOML's own errors
        place = re.search(r"at line (\d+)", str(error))
        before = text[: found.start()] if (found := LONG_NUMBER.search(text)) else text
        return {}, (finding("toml-broken", file=file, row=int(place[1]) if place else before.count("\n") + 1),)


class _StopError(Exception):
    """A table cannot be read any further."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding


def parse_csv(file: str, text: str, columns: Sequence[str] = ()) -> Parsed:
    """Read a CSV text and say where it is not canonical. Reading stops where quotes do not close.

    columns: names that the schema knows, by which a header further down or other signs between cells are told; what
    has none of them is not read where it is large.
    """
    if not text.strip("\n"):
        return Parsed(header=None, findings=(finding("empty-file", file=file),))
    if (length := text.count("\n")) > ROW_LIMIT:
        return Parsed(header=None, findings=(finding("too-many-rows", file=file, count=length, limit=ROW_LIMIT),))
    if (other := other_shape(file, text, columns)) is not None:
        return Parsed(header=None, findings=(other,))
    findings: list[Finding] = []
    if not text.endswith("\n"):
        findings.append(finding("no-final-newline", file=file, row=length + 1))
    try:
        header, rows, numbers = _read(file, text, findings, columns if length > coded.LARGE else None)
    except _StopError as stop:
        return Parsed(header=None, findings=(*findings, stop.finding))
    return Parsed(header=header, rows=rows, row_numbers=numbers, findings=tuple(findings))


def _read(
    file: str, text: str, findings: list[Finding], large: Sequence[str] | None
) -> tuple[tuple[str, ...], Sequence[tuple[str, ...]], Sequence[int]]:
    """Give header, rows and the line of each. findings: where what is not canonical is said. large: of a large table
    the names that the schema knows. Raises _StopError.
    """
    place = Place()
    header = next((cells for _, cells in _records_of(file, findings, text, place)), None)
    if header is None:
        raise _StopError(finding("empty-file", file=file))
    if large is None:
        rows = list(_records_of(file, findings, text, place))
        return header, tuple(cells for _, cells in rows), tuple(number for number, _ in rows)
    for odd in odd_header(file, header, large) if large else ():
        raise _StopError(odd)
    found = coded.gathered(text, place, len(header), CELL_LIMIT, partial(_records_of, file, findings))
    return header, *((found.rows(), found.row_numbers()) if found.count else ((), ()))


def _records_of(file: str, findings: list[Finding], text: str, place: Place) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give each record from a place on that holds something, and where it begins; move the place behind it."""
    for number, cells, written in _records(text, place):
        if cells is None or max(map(len, cells), default=0) > CELL_LIMIT:
            rule = "quotes" if cells is None and len(written) <= CELL_LIMIT else "cell-too-long"
            raise _StopError(finding(rule, file=file, row=number, limit=CELL_LIMIT))
        if not any(cells):
            findings.append(finding("blank-row", file=file, row=number))
            continue
        # Without quotes there is one way to write a record; a single cell is quoted where it is empty.
        if ('"' in written or len(cells) == 1) and written != _written(cells):
            findings.append(finding("needless-quotes", file=file, row=number))
        # Codes and dates repeat: each text stands in memory once.
        yield number, tuple(map(sys.intern, cells))


def _records(text: str, place: Place) -> Iterator[tuple[int, list[str] | None, str]]:
    """Give each record from a place on: the line it begins at, its cells, and its text as it stands.

    Where the CSV breaks, the cells are None, the text is that line, and nothing follows.
    """
    taken: list[str] = []
    reader = csv.reader(coded.lines(text, place.letter, taken), strict=True)
    while True:
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield place.line, None, taken[0]
            return
        number, written = place.line, "\n".join(taken)
        place.line, place.letter = place.line + len(taken), place.letter + len(written) + 1
        yield number, cells, written


def _written(cells: list[str]) -> str:
    """Give a record as the canonical writer writes it, without its final newline."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().removesuffix("\n")
