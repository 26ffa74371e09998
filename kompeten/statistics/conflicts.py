"""Cells on which sources disagree: in the figure, or in the unit of one target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kompeten.ground.findings import Label
from kompeten.ground.model import Compilation, Context, Observation, Target
from kompeten.statistics.cells import value_range

ANOTHER_TIME = "other_time"
"""The mark of a statement about another moment of the same period: it contradicts nothing."""
Stated = Observation | Context | Target
Name = Literal["observations", "context", "targets"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One cell, everything sources say of it, the one this site uses, and why."""

    cell_id: str
    table: Name
    statements: tuple[Stated, ...]
    preferred_source_id: str
    reason: Label
    low: int
    high: int
    smallest: int
    largest: int


def conflicts(compilation: Compilation) -> tuple[Conflict, ...]:
    """Give every cell that two sources or more state differently: targets by unit, then observations, then context."""
    found = [_conflict(compilation, "targets", f"targets/{t.target_id}", rows) for t, rows in _readings(compilation)]
    tables: tuple[tuple[Name, tuple[Observation, ...] | tuple[Context, ...]], ...] = (
        ("observations", compilation.observations),
        ("context", compilation.context),
    )
    for table, rows in tables:
        cells: dict[str, list[Observation | Context]] = defaultdict(list)
        for row in rows:
            cells[row.cell_id].append(row)
        for cell_id, statements in cells.items():
            rivals = [s for s in statements if s.mark != ANOTHER_TIME]
            if len({s.value for s in rivals if s.value is not None}) > 1:
                found.append(_conflict(compilation, table, cell_id, rivals))
    return tuple(found)


def _conflict(compilation: Compilation, table: Name, cell_id: str, statements: Sequence[Stated]) -> Conflict:
    low, high = value_range(statements)
    values = [s.value for s in statements if s.value is not None]
    chosen = compilation.preferences[cell_id]
    return Conflict(
        cell_id=cell_id,
        table=table,
        statements=tuple(statements),
        preferred_source_id=chosen.source_id,
        reason=chosen.reason,
        # Two values at least are there: none of these four is ever missing.
        low=low or 0,
        high=high or 0,
        smallest=min(values),
        largest=max(values),
    )


def _readings(compilation: Compilation) -> Iterator[tuple[Target, tuple[Target, ...]]]:
    """Give each target that a source states in another unit, with everything sources say of it, in any unit."""
    for target in compilation.targets:
        rivals = [t for t in compilation.targets if t.rival_of == target.target_id]
        if target.preferred and any(t.unit != target.unit for t in rivals):
            same = [t for t in compilation.targets if _aim(t) == _aim(target)]
            yield target, tuple(dict.fromkeys([target, *same, *rivals]))


def _aim(target: Target) -> tuple[object, ...]:
    return (target.programme_id, target.year, target.region_code, target.qualification_level, target.kind, target.unit)
