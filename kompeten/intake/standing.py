"""A batch that stands in the data already: what is said of it anew may say more, never otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kompeten.ground.findings import Label
from kompeten.ground.rows import ancestors
from kompeten.ground.vocabulary import UNKNOWN
from kompeten.ground.wording import worded
from kompeten.intake.messages import word
from kompeten.intake.rules.dates import first_day, last_day

SAME = ("programme_id", "year", "number", "kind")
NAMES = ("name_id", "name_en")
DAYS = ("start_on", "end_on")
Row = Mapping[str, Any]


def otherwise(said: Mapping[str, Row], standing: Iterable[Row], levels: Iterable[Row]) -> Iterator[Label]:
    """Say of each row of a batch where it contradicts the one that stands: another batch has been given its id, or the
    record is wrong, and then it is mended first. said: each row by its place, as it is written before a column.
    """
    stands = {str(row["batch_id"]): row for row in standing}
    above = {str(row["code"]): str(row["parent_code"] or "") for row in levels}
    for place, row in said.items():
        batch = str(row.get("batch_id", ""))
        for column in _contradicted(row, stands[batch], above) if batch in stands else ():
            told = _text(stands[batch], column) or word("empty")
            yield worded("batch-otherwise", place=f"{place}{column}", batch=batch, stands=told)


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value)


def _contradicted(said: Row, stands: Row, above: Mapping[str, str]) -> Iterator[str]:
    """Give the columns. One name of two may be put better, times overlap, a level be told more exactly."""
    yield from (column for column in SAME if _text(said, column) != _text(stands, column))
    if all(_text(said, column) != _text(stands, column) for column in NAMES):
        yield NAMES[0]
    (start, end), (first, last) = _days(said), _days(stands)
    if start and end and first and last and (end < first or start > last):
        yield DAYS[0]
    level, known = (_text(row, "qualification_level") or UNKNOWN for row in (said, stands))
    if known not in (UNKNOWN, level, *ancestors(level, above)):
        yield "qualification_level"


def _days(row: Row) -> tuple[Any, Any]:
    """Give the first and the last day that a batch may have had."""
    start, end = (_text(row, column) for column in DAYS)
    return first_day(start or end), last_day(end or start)
