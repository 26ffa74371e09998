"""Cells as values: whole numbers, decimals, truths and texts. An empty cell is None."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from kompeten.ground.coded import Coded, Named
from kompeten.ground.vocabulary import ALL, DIMENSIONS
from kompeten.intake.packages.values import Cell, Package, Packages, Table, Tables, TypedRow, types_in

CANONICAL: Mapping[str, re.Pattern[str]] = {
    "integer": re.compile(r"(?:0|-?[1-9][0-9]{0,15})"),
    "number": re.compile(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{0,15}[1-9])?"),
    "boolean": re.compile(r"(?:true|false)"),
}
"""The one way to write each type: what these forms hold is read back to the same text."""

LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps whole (RFC 8259, 6)."""

_VALUES: Mapping[str, Callable[[str], Cell]] = {
    "integer": int,
    "number": Decimal,
    "boolean": lambda text: text == "true",
}


def tables(packages: Packages) -> Tables:
    """Give the rows of every table as values, by the types of the packages' own schemas.

    Sound only where ``check`` found nothing: a cell that is not written in the one canonical way becomes None here,
    a cell without a column is left out, and a missing cell is None. Counts in a table without a column for a
    dimension, for it was declared later, are not broken down by it.
    """
    return {table.name: rows_of(package, table) for package in packages.packages for table in package.tables}


def rows_of(package: Package, table: Table) -> Sequence[TypedRow]:
    """Give the rows of a table as values; those of a large one are made while somebody goes through them."""
    types = types_in(package.resource(table.name))
    kinds = [types.get(name, "string") for name in table.header]
    later = [name for name in DIMENSIONS if table.name == "observations" and name not in table.header]
    names = (*table.header, *later)
    if isinstance(table.rows, Coded):
        typed = table.rows.typed([partial(cell_value, kind) for kind in kinds])
        return Named(names=names, rows=typed.widened(ALL, len(later)))
    width = len(table.header)
    padded = (cells if len(cells) == width else (*cells, *("",) * width)[:width] for cells in table.rows)
    by_column = zip(kinds, zip(*padded, strict=True), strict=False)  # no columns where there are no rows
    columns = [_values(kind, texts) for kind, texts in by_column]
    columns += [[ALL] * len(table.rows) for _ in later]
    return tuple(dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))


def _values(kind: str, texts: Sequence[str]) -> list[Cell]:
    """Give the cells of a column as values, each distinct text read once."""
    read = {text: cell_value(kind, text) for text in set(texts)}
    return [read[text] for text in texts]


def cell_value(kind: str, text: str) -> Cell:
    """Give a cell as a value of its type; None where it is empty or not canonical."""
    if not text:
        return None
    if kind not in _VALUES:
        return text
    return _VALUES[kind](text) if CANONICAL[kind].fullmatch(text) else None


def reads(kind: str, text: str) -> bool:
    """Tell whether a text is a value of its type in some way of writing, canonical or not: `` 1 ``, ``01``, ``1e3``."""
    try:
        if kind == "integer":
            int(text)
        elif kind == "number":
            Decimal(text.strip())
        else:
            return kind != "boolean" or text.strip().lower() in ("true", "false")
    except (ValueError, ArithmeticError):
        return False
    return True
