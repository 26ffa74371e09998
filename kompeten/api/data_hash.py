"""The hash that moves only with data: a reader can tell from it whether any figure changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from typing import Any, Literal

from kompeten.ground.model import Compilation
from kompeten.ground.vocabulary import ALL, DIMENSION

HashedTable = Literal["observations", "context", "targets", "budgets"]
HASHED: tuple[HashedTable, ...] = ("observations", "context", "targets", "budgets")
WORDING = frozenset({"note"})
"""Fields that may be worded anew without any figure having changed."""


def data_hash(compilation: Compilation) -> str:
    """Give the SHA-256 of the published rows of observations, context, targets and budgets.

    One line a row: table name, then the row's own fields but the note, as compact JSON with sorted keys; lines sorted.
    Order of rows, wording of notes, code lists, software and a later dimension by which nothing is broken down leave
    it alone; a figure, status, date or source moves it.
    """
    lines = sorted(line for table in HASHED for line in map(partial(_line, table), getattr(compilation, table)))
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def _line(table: HashedTable, row: Any) -> str:
    fields = dict(_fields(row))
    return f"{table} {json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(',', ':'))}"


def _fields(row: Any) -> Iterator[tuple[str, Any]]:
    for name in row.__dataclass_fields__:
        if name == "place":
            yield from (
                (each, code) for each, code in row.place.items() if code != ALL or DIMENSION[each].since == "1.0"
            )
        elif name not in WORDING:
            yield name, getattr(row, name)
