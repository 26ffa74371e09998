"""Tables: what a page shows, a chart draws and a CSV holds, laid out once. Pure.

A cell keeps the value it shows, so that the CSV has it bare.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from markupsafe import Markup

from kompeten.ground import inert
from kompeten.ground.vocabulary import Status

CellStatus = Status | Literal["zero"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; the first one of a table is the row header's."""

    label: str
    unit: str | None = None
    kind: Literal["text", "number"] = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: text as printed (or the words that stand for a figure nobody has), and the bare value."""

    text: str
    status: CellStatus = "released"
    value: int | Decimal | None = None
    note: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row with its header; href leads to the page about it."""

    header: str
    cells: tuple[Cell, ...]
    href: str | None = None
    is_total: bool = False


def row(header: str, *cells: Cell | str, href: str | None = None, is_total: bool = False) -> Row:
    """Lay out a row; a cell that is only words may be given as such."""
    laid = tuple(Cell(text=cell) if isinstance(cell, str) else cell for cell in cells)
    return Row(header=header, cells=laid, href=href, is_total=is_total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table ready to be shown."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    subtitle: str | None = None
    source: str | None = None
    notes: tuple[str, ...] = ()


def to_csv(table: Table) -> bytes:
    """Write a table as CSV: bare numbers, empty where there is none, and a status column beside each number.

    Commas, UTF-8 without BOM, LF. Column names are the labels of the page's language.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    head = [table.columns[0].label]
    for column in table.columns[1:]:
        head += [column.label, f"{column.label} (status)"] if column.kind == "number" else [column.label]
    writer.writerow(map(inert.cell, head))
    for row in table.rows:
        line = [inert.cell(row.header)]
        for column, cell in zip(table.columns[1:], row.cells, strict=True):
            if column.kind == "number":
                line += [bare(cell.value), "released" if cell.status == "zero" else cell.status]
            else:
                line.append(inert.cell(_plain(cell.text)))
        writer.writerow(line)
    return out.getvalue().encode()


def _plain(text: str) -> str:
    """Take the markup off a text cell."""
    return text.striptags() if isinstance(text, Markup) else text


def bare(value: object) -> str:
    """Write a value as the JSON document does, nothing where there is none."""
    return "" if value is None else str(float(value) if isinstance(value, Decimal) else value)
