"""Tables of a data folder as the attacker reads them: every cell as text, large ones as codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kompeten.audit.reasoning.verdict import NothingToAudit
from kompeten.ground import coded
from kompeten.ground.coded import Coded, Column, Named
from kompeten.ground.rows import Row
from kompeten.ground.wording import worded

if TYPE_CHECKING:
    from kompeten.ground.coded import Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A CSV file: its path within the folder, its header, and its rows as text. coded: those of a large one."""

    path: str
    header: tuple[str, ...]
    rows: Sequence[Row]
    coded: Coded[str] | None = None

    def at(self, flags: Flags) -> Iterator[tuple[int, Row]]:
        """Give the rows of a large table that are flagged, with their places."""
        places = flags.nonzero()[0].tolist()
        chosen = self.coded.at(places) if self.coded is not None else ()
        return ((place, dict(zip(self.header, row, strict=True))) for place, row in zip(places, chosen, strict=True))

    def columns(self, *names: str) -> list[Column[str]]:
        """Give some columns of a large table; one that it has not got is empty."""
        if self.coded is None:
            return []
        own = dict(zip(self.header, self.coded.columns, strict=True))
        return [own.get(name) or self.coded.widened("", 1).columns[-1] for name in names]


def read_table(path: Path, name: str) -> Table:
    """Open a CSV file of a package. Raises NothingToAudit where it is not UTF-8 CSV."""
    try:
        return parse_table(path.read_text(encoding="utf-8-sig"), name)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = type(error).__name__
        raise NothingToAudit(worded("cannot-be-read", name=name, why=why)) from None


def parse_table(text: str, name: str) -> Table:
    """Read CSV text; a row that is shorter than the header has empty text in its place."""
    if text.count("\n") > coded.LARGE and (large := _large_table(text, name)) is not None:
        return large
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="", strict=True)
    rows = tuple({key or "": value if isinstance(value, str) else "" for key, value in row.items()} for row in reader)
    return Table(path=name, header=tuple(reader.fieldnames or ()), rows=rows)


def _large_table(text: str, name: str) -> Table | None:
    """Read the CSV text of a large table; None where a row has more cells than the header, or a column no name."""
    place = coded.Place()
    header = next((cells for _, cells in _records(text, place)), ())
    if not all(header) or len(set(header)) < len(header):
        return None
    gathering = coded.gathered(text, place, len(header), csv.field_size_limit(), _records)
    if not gathering.count or any(len(cells) > len(header) for cells in gathering.odd.values()):
        return None
    # Short rows are padded by now, and long ones were refused above: no row is odd any more.
    rows = replace(gathering.rows(), odd={})
    return Table(path=name, header=header, rows=Named(names=header, rows=rows), coded=rows)


def _records(text: str, place: coded.Place) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the records of a text from a place on, but empty lines."""
    taken: list[str] = []
    for cells in csv.reader(coded.lines(text, place.letter, taken), strict=True):
        number = place.line
        place.line, place.letter = number + len(taken), place.letter + sum(map(len, taken)) + len(taken)
        taken.clear()
        if cells:
            yield number, tuple(cells)
