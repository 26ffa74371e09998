"""Cells on which sources disagree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from kompeten.ground.findings import Label
from kompeten.ground.model import Compilation, Context, Observation
from kompeten.statistics.cells import value_range


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One cell, everything sources say of it, the one this site uses, and why."""

    cell_id: str
    table: Literal["observations", "context"]
    statements: tuple[Observation | Context, ...]
    preferred_source_id: str
    reason: Label
    low: int
    high: int
    smallest: int
    largest: int


def conflicts(compilation: Compilation) -> tuple[Conflict, ...]:
    """Give every cell that two sources or more state with different values: observations first, then context."""
    found = []
    tables: tuple[tuple[Literal["observations", "context"], tuple[Observation, ...] | tuple[Context, ...]], ...] = (
        ("observations", compilation.observations),
        ("context", compilation.context),
    )
    for table, rows in tables:
        cells: dict[str, list[Observation | Context]] = defaultdict(list)
        for row in rows:
            cells[row.cell_id].append(row)
        for cell_id, statements in cells.items():
            values = [s.value for s in statements if s.value is not None]
            if len(set(values)) < 2:
                continue
            low, high = value_range(statements)
            chosen = compilation.preferences[cell_id]
            found.append(
                Conflict(
                    cell_id=cell_id,
                    table=table,
                    statements=tuple(statements),
                    preferred_source_id=chosen.source_id,
                    reason=chosen.reason,
                    low=low or 0,
                    high=high or 0,
                    smallest=min(values),
                    largest=max(values),
                )
            )
    return tuple(found)
