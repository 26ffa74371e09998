"""Tables: what a page shows, a chart draws and a CSV holds, laid out once. Pure.

A cell keeps the value it shows, so that the CSV has it bare.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Literal

from markupsafe import Markup

from kompeten.ground import inert
from kompeten.ground.vocabulary import PRINTED, Status

SENTENCE = 48
"""Letters of a cell from which on it is read as a sentence, not looked up: what a column on a telephone cannot hold."""

CellStatus = Status | Literal["zero"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; the first one of a table is the row header's."""

    label: str
    unit: str | None = None
    kind: Literal["text", "number"] = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: text as printed (or the words that stand for a figure nobody has), and the bare value.

    precision, source_ids: how sure the value is and who says so, for the CSV; nothing where there is no value. code:
    the day or the span of days that words tell, in ISO 8601, for the CSV.
    """

    text: str
    status: CellStatus = "released"
    value: int | Decimal | None = None
    note: int | None = None
    precision: str | None = None
    source_ids: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row with its header; href leads to the page about it. said: the header's words as a code.

    code, year: of what it is about, for the CSV; a span of years is written ``2022/2025``.
    """

    header: str
    said: str = ""
    cells: tuple[Cell, ...]
    href: str | None = None
    is_total: bool = False
    code: str = ""
    year: int | str = ""


def row(
    header: Cell | str,
    *cells: Cell | str,
    href: str | None = None,
    is_total: bool = False,
    code: str = "",
    year: int | str = "",
) -> Row:
    """Lay out a row; a cell that is only words may be given as such."""
    laid = tuple(Cell(text=cell) if isinstance(cell, str) else cell for cell in cells)
    name, said = (header.text, header.code) if isinstance(header, Cell) else (header, "")
    return Row(header=name, said=said, cells=laid, href=href, is_total=is_total, code=code, year=year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table ready to be shown. One that stands beside no picture has a file of its own."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    subtitle: str | None = None
    source: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_prose(self) -> bool:
        """Say whether it holds sentences, which a narrow screen cannot set side by side."""
        texts = [plain(text) for row in self.rows for text in (row.header, *(c.text for c in row.cells))]
        return all(c.kind == "text" for c in self.columns) and max(map(len, texts), default=0) > SENTENCE


def to_csv(table: Table, release: str) -> bytes:
    """Write a table as CSV: bare numbers, empty where there is none, and a status column beside each number.

    Precision and sources of each number and the days that words tell come after the columns that are read, then code
    and year of each row and the release, which says what it is so that no reader takes 2026.10 for a number. Commas,
    UTF-8 without BOM, LF. Column names are the labels of the page's language; what stands in brackets and the last
    three are the same in both.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    first, *columns = table.columns
    is_dated = any(row.said for row in table.rows)
    dated = [any(cell.code for cell in cells) for cells in zip(*(row.cells for row in table.rows), strict=True)]
    head, beside = [first.label], [f"{first.label} (date)"] if is_dated else []
    for column, has_days in zip_longest(columns, dated):
        is_number = column.kind == "number"
        head += [column.label, f"{column.label} (status)"] if is_number else [column.label]
        beside += [f"{column.label} (precision)", f"{column.label} (source_id)"] if is_number else []
        beside += [f"{column.label} (date)"] if has_days else []
    writer.writerow(map(inert.cell, [*head, *beside, "code", "year", "release"]))
    for row in table.rows:
        line, beside = [inert.cell(row.header)], [row.said] if is_dated else []
        for column, cell, has_days in zip(columns, row.cells, dated, strict=True):
            if column.kind == "number":
                line += [bare(cell.value), _status(cell)]
                beside += [cell.precision or "", " ".join(cell.source_ids)]
            else:
                line.append(inert.cell(plain(cell.text)))
            beside += [cell.code] if has_days else []
        writer.writerow([*line, *beside, row.code, row.year, f"release:{release}"])
    return out.getvalue().encode()


def _status(cell: Cell) -> str:
    """Give the published status: a released 0 is released, and so is what the parts of an unknown whole add up to."""
    is_known = cell.status == "zero" or (cell.value is not None and cell.status not in PRINTED)
    return "released" if is_known else cell.status


def plain(text: str) -> str:
    return text.striptags() if isinstance(text, Markup) else text


def bare(value: object) -> str:
    """Write a value as the JSON document does, nothing where there is none."""
    return "" if value is None else str(float(value) if isinstance(value, Decimal) else value)
