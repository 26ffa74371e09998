"""Cheap inference: single unknowns, then bounds that push each other, on all statements at once.

Whole-number arithmetic throughout: every bound given here is proved, never approximate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kompeten.audit.reasoning.system import INFINITE, Integers, System
from kompeten.audit.reasoning.verdict import Contradiction

Flags = npt.NDArray[np.bool_]

ROUNDS = 400
"""Stop after so many rounds: bounds that still move by then creep; stopping early is safe, only less sharp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What inference proves: lower <= cell <= upper; by_equation tells the cells found by single-unknown equations."""

    lower: Integers
    upper: Integers
    by_equation: Flags


@dataclass(frozen=True, slots=True)
class _Entries:
    """The nonzero entries of the statements, in row order, with what is needed to sum by row and by cell."""

    row: Integers
    cell: Integers
    coefficient: Integers
    row_start: Integers
    row_named: Integers
    by_cell: Integers
    cell_start: Integers
    cell_named: Integers


def propagate(system: System) -> Bounds:
    """Prove bounds for every cell of a system; one value each per cell, int64.

    Raises Contradiction where no whole number is left for a cell. Method: interval propagation as in constraint
    programming (bounds consistency of linear rows).
    """
    entries = _entries(system)
    lower, upper = system.lower.copy(), system.upper.copy()
    _refuse(system, lower, upper)
    start = lower == upper
    # By itself first, so that what one equation gives away is told as such, and not as a chain of bounds.
    _sweep(system, entries, lower, upper, single_unknowns=True)
    by_equation = (lower == upper) & ~start
    _sweep(system, entries, lower, upper, single_unknowns=False)
    return Bounds(lower=lower, upper=upper, by_equation=by_equation)


def row_ranges(system: System, lower: Integers, upper: Integers) -> tuple[Integers, Integers]:
    """Give the least and greatest value that each statement's sum can take within the bounds."""
    entries = _entries(system)
    least, most = _ends(entries, lower, upper)
    return _row_sums(system, entries, least), _row_sums(system, entries, most)


def _sweep(system: System, entries: _Entries, lower: Integers, upper: Integers, *, single_unknowns: bool) -> None:
    """Tighten lower and upper in place until nothing moves."""
    if not entries.row.size:
        return
    for _ in range(ROUNDS):
        least, most = _ends(entries, lower, upper)
        row_least = _row_sums(system, entries, least)[entries.row]
        row_most = _row_sums(system, entries, most)[entries.row]
        room_above = system.row_upper[entries.row] - (row_least - least)
        room_below = system.row_lower[entries.row] - (row_most - most)
        low, high = _divided(entries.coefficient, room_below, room_above)
        if single_unknowns:
            use = _only_unknown(system, entries, lower, upper)
            low, high = np.where(use, low, -INFINITE), np.where(use, high, INFINITE)
        moved = _tighten(entries, low, high, lower, upper)
        _refuse(system, lower, upper)
        if not moved:
            return


def _only_unknown(system: System, entries: _Entries, lower: Integers, upper: Integers) -> Flags:
    """Tell the entries that are the only unknown of an equation."""
    unknown = (lower != upper)[entries.cell]
    count = _row_sums(system, entries, unknown.astype(np.int64))
    equation = system.row_lower == system.row_upper
    only: Flags = unknown & (equation & (count == 1))[entries.row]
    return only


def _divided(coefficient: Integers, below: Integers, above: Integers) -> tuple[Integers, Integers]:
    """Give the whole numbers between below/coefficient and above/coefficient, ends rounded inwards."""
    flip = coefficient < 0
    size = np.abs(coefficient)
    least, most = np.where(flip, -above, below), np.where(flip, -below, above)
    # Upwards for the least: a floor of the negative, since whole numbers have no ceiling of their own here.
    return -((-least) // size), most // size


def _ends(entries: _Entries, lower: Integers, upper: Integers) -> tuple[Integers, Integers]:
    """Give the least and greatest contribution of each entry."""
    one = entries.coefficient * lower[entries.cell]
    other = entries.coefficient * upper[entries.cell]
    return np.minimum(one, other), np.maximum(one, other)


def _row_sums(system: System, entries: _Entries, values: Integers) -> Integers:
    sums = np.zeros(system.matrix.shape[0], dtype=np.int64)
    if values.size:
        sums[entries.row_named] = np.add.reduceat(values, entries.row_start)
    return sums


def _tighten(entries: _Entries, low: Integers, high: Integers, lower: Integers, upper: Integers) -> bool:
    """Move the bounds inwards in place; tell whether any moved."""
    named = entries.cell_named
    new_lower = np.maximum(lower[named], np.maximum.reduceat(low[entries.by_cell], entries.cell_start))
    new_upper = np.minimum(upper[named], np.minimum.reduceat(high[entries.by_cell], entries.cell_start))
    moved = bool(np.any(new_lower > lower[named]) or np.any(new_upper < upper[named]))
    lower[named], upper[named] = new_lower, new_upper
    return moved


def _refuse(system: System, lower: Integers, upper: Integers) -> None:
    empty = np.flatnonzero(lower > upper)
    if empty.size:
        raise Contradiction(f"no whole number is left for {system.names[int(empty[0])]}")


def _entries(system: System) -> _Entries:
    counts = np.diff(system.matrix.indptr)
    row = np.repeat(np.arange(counts.size, dtype=np.int64), counts)
    cell = system.matrix.indices.astype(np.int64)
    by_cell = np.argsort(cell, kind="stable")
    cell_named, cell_start = np.unique(cell[by_cell], return_index=True)
    row_named = np.flatnonzero(counts)
    return _Entries(
        row=row,
        cell=cell,
        coefficient=system.matrix.data,
        row_start=system.matrix.indptr[row_named].astype(np.int64),
        row_named=row_named,
        by_cell=by_cell,
        cell_start=cell_start,
        cell_named=cell_named,
    )
