"""For each hidden cell, the interval of whole numbers that what is published leaves possible.

Order of work, cheapest first (docs/method/disclosure-control.md): single-unknown equations and interval propagation
(propagate.py), connected components, exact rank (rank.py), then programs (programs.py) only for what is left, with
witnesses: every solution is a whole table that a reader cannot rule out, and widens the seen range of all its cells.
A witness is rounded and checked against every statement in exact integer arithmetic before it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.sparse import csgraph, csr_array

from kompeten.audit.reasoning.programs import TOLERANCE, Component, Floats, Program
from kompeten.audit.reasoning.propagate import Bounds, propagate, row_ranges
from kompeten.audit.reasoning.rank import determined
from kompeten.audit.reasoning.system import CEILING, INFINITE, Integers, System
from kompeten.audit.reasoning.verdict import Contradiction, Proof

INTERIOR_ABOVE = 60_000
"""Components of more cells go to interior point. Up to there, a first solution by dual simplex after presolve and warm
starts from it are faster (15,000 cells: 2 s for 6,700 targets) and end in whole numbers, which can be checked exactly.
"""

WHOLE_BELOW = 5_000
"""Components of fewer cells get a whole-number program where a linear one ends between whole numbers."""

AT_ONCE = 200
"""So many cells share an objective of random signs, each way, before a cell gets a program of its own."""

PASSES = 2
"""So many shared objectives each cell takes part in: one that stays narrow after that is probably unsafe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What remains possible for one cell: low to high, whole numbers, both inclusive.

    proof tells what the interval rests on. "stated": the cell's own bounds, nothing else names it. "equation",
    "propagation", "rank", "program": no value outside is possible. "free", "witness", "interior": the values low and
    high are possible; more may be, for the search ends when a cell is seen to be wide enough ("interior": seen in a
    table of fractions, as large components are solved).
    """

    low: int
    high: int
    proof: Proof

    @property
    def width(self) -> int:
        """Give high - low: 0 where the cell is determined."""
        return self.high - self.low


def intervals(system: System, targets: Sequence[int], *, width: int | None) -> tuple[Interval, ...]:
    """Give one interval a target, in the order of targets (indices of cells).

    width: a cell seen to have at least this width needs no more work; None asks for the exact interval of each.
    Raises Contradiction where nothing satisfies the system, AuditError where a program is not solved to optimality.
    Deterministic.
    """
    bounds = propagate(system)
    found: dict[int, Interval] = {}
    for target in targets:
        settled = _settled(system, bounds, target, width)
        if settled is not None:
            found[target] = settled
    waiting = [target for target in dict.fromkeys(targets) if target not in found]
    for part in parts(system, bounds, waiting):
        found.update(_solve_part(part, width))
    for target in waiting:
        if target not in found:
            found[target] = Interval(low=int(bounds.lower[target]), high=int(bounds.upper[target]), proof="free")
    return tuple(found[target] for target in targets)


def largest_part(system: System) -> int:
    """Give the size, in unknown cells, of the largest connected part that remains after propagation; 0 of none."""
    bounds = propagate(system)
    unknown = np.flatnonzero(bounds.lower != bounds.upper).tolist()
    return max((part.cells.size for part in parts(system, bounds, unknown)), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One component: cells and rows of the whole system that it holds, and the targets in it (local indices)."""

    component: Component
    cells: Integers
    rows: Integers
    targets: tuple[int, ...]


def _settled(system: System, bounds: Bounds, target: int, width: int | None) -> Interval | None:
    """Give the interval of a cell that propagation has decided, or None."""
    low, high = int(bounds.lower[target]), int(bounds.upper[target])
    if system.lower[target] == system.upper[target]:
        return Interval(low=low, high=high, proof="stated")
    if low == high:
        return Interval(low=low, high=high, proof="equation" if bounds.by_equation[target] else "propagation")
    if width is not None and high - low < width:
        return Interval(low=low, high=high, proof="propagation")
    return None


def parts(system: System, bounds: Bounds, targets: Sequence[int]) -> Iterator[Part]:
    """Give the connected parts of what propagation leaves open that hold a target, smallest cell first.

    Known cells are moved to the other side of their statements; a statement that the bounds alone satisfy is dropped.
    """
    unknown = np.flatnonzero(bounds.lower != bounds.upper)
    least, most = row_ranges(system, bounds.lower, bounds.upper)
    binding = np.flatnonzero((least < system.row_lower) | (most > system.row_upper))
    if not (binding.size and unknown.size):
        return
    known = np.where(bounds.lower == bounds.upper, bounds.lower, 0)
    constant = system.matrix[binding] @ known
    matrix = system.matrix[binding][:, unknown]
    count, label = _labels(matrix)
    row_label = _row_labels(matrix, label)
    place = {int(cell): position for position, cell in enumerate(unknown)}
    wanted: dict[int, list[int]] = {}
    for target in targets:
        wanted.setdefault(int(label[place[target]]), []).append(place[target])
    columns, rows = _grouped(label, count), _grouped(row_label, count)
    for part, members in sorted(wanted.items()):
        cells, own = columns[part], rows[part]
        if not own.size:
            continue
        local = {int(cell): position for position, cell in enumerate(cells)}
        upper = _finite(bounds, system, unknown[cells], binding[own])
        yield Part(
            component=Component(
                lower=bounds.lower[unknown[cells]],
                upper=upper,
                matrix=matrix[own][:, cells],
                row_lower=_moved(system.row_lower[binding[own]], constant[own]),
                row_upper=_moved(system.row_upper[binding[own]], constant[own]),
            ),
            cells=unknown[cells],
            rows=binding[own],
            targets=tuple(local[cell] for cell in members),
        )


def _labels(matrix: Any) -> tuple[int, Integers]:
    """Number the connected parts of the cells (columns), joined by the statements (rows) that name them."""
    rows, columns = matrix.shape
    entries = matrix.tocoo()
    ones = np.ones(entries.row.size, dtype=np.int8)
    graph = csr_array((ones, (entries.row, entries.col + rows)), shape=(rows + columns, rows + columns))
    _, label = csgraph.connected_components(graph, directed=False)
    names, numbered = np.unique(label[rows:], return_inverse=True)
    return int(names.size), numbered.astype(np.int64)


def _row_labels(matrix: Any, label: Integers) -> Integers:
    """Give the part of each statement: that of its first cell, -1 where it names none."""
    named = np.diff(matrix.indptr) > 0
    result = np.full(matrix.shape[0], -1, dtype=np.int64)
    result[named] = label[matrix.indices[matrix.indptr[:-1][named]]]
    return result


def _grouped(label: Integers, count: int) -> list[Integers]:
    """Give, for each part, the positions that carry its number, ascending."""
    order = np.argsort(label, kind="stable")
    edges = np.searchsorted(label[order], np.arange(count + 1))
    return [order[edges[part] : edges[part + 1]] for part in range(count)]


def _moved(bound: Integers, constant: Integers) -> Integers:
    # A one-sided statement stays one-sided, whatever is known.
    return np.where(np.abs(bound) >= INFINITE, bound, bound - constant)


def _finite(bounds: Bounds, system: System, cells: Integers, rows: Integers) -> Integers:
    """Give the upper bounds of a component, none far above every number in it: the solver counts in floats.

    Cutting off absurdly large tables leaves fewer possible ones, so a cell found wide enough is so all the more.
    """
    sizes = [system.row_lower[rows], system.row_upper[rows], bounds.lower[cells], bounds.upper[cells]]
    finite = [array[np.abs(array) < CEILING] for array in sizes]
    largest = max((int(np.abs(array).max()) for array in finite if array.size), default=0)
    return np.minimum(bounds.upper[cells], np.maximum(4 * largest + 10_000, bounds.lower[cells] + 10_000))


@dataclass(slots=True)
class _Search:
    """The seen range of every cell of a part, and the programs that widen it."""

    part: Part
    program: Program
    seen_low: Integers = field(init=False)
    seen_high: Integers = field(init=False)
    fractional: bool = False
    whole: Program | None = None

    def __post_init__(self) -> None:
        size = self.part.cells.size
        # Beyond any count, so that the first table seen is always a step outwards.
        self.seen_low = np.full(size, CEILING * 4, dtype=np.int64)
        self.seen_high = np.full(size, -CEILING * 4, dtype=np.int64)

    def look(self, objective: Floats) -> Floats:
        """Minimise, take the solution as a witness where it is one, and give it."""
        numbers = self.program.minimum(objective)
        self.witness(numbers)
        return numbers

    def witness(self, numbers: Floats) -> bool:
        """Widen the seen ranges by a solution; tell whether it holds in whole numbers (or may be fractions)."""
        rounded = np.rint(numbers).astype(np.int64)
        if self.part.component.admits(rounded):
            self._widen(rounded, rounded)
            return True
        if not self.program.interior:
            return False
        self.fractional = True
        self._widen(np.ceil(numbers - TOLERANCE).astype(np.int64), np.floor(numbers + TOLERANCE).astype(np.int64))
        return True

    def bound(self, cell: int, sign: int) -> int:
        """Give the least (sign 1) or greatest (sign -1) whole number that a cell can be."""
        objective = np.zeros(self.part.cells.size)
        objective[cell] = sign
        numbers = self.program.minimum(objective)
        if not self.witness(numbers) and self.part.cells.size <= WHOLE_BELOW:
            self.whole = self.whole or Program(self.part.component, whole=True)
            numbers = self.whole.minimum(objective)
            self.witness(numbers)
            return int(np.rint(numbers[cell]))
        value = float(numbers[cell])
        return int(np.ceil(value - TOLERANCE)) if sign > 0 else int(np.floor(value + TOLERANCE))

    def wide(self, cell: int, width: int | None) -> bool:
        """Tell whether a cell has been seen over a range of at least width."""
        return width is not None and bool(self.seen_high[cell] - self.seen_low[cell] >= width)

    def _widen(self, low: Integers, high: Integers) -> None:
        np.minimum(self.seen_low, low, out=self.seen_low)
        np.maximum(self.seen_high, high, out=self.seen_high)


def _solve_part(part: Part, width: int | None) -> Iterator[tuple[int, Interval]]:
    """Give the interval of each target of a part, by its index in the whole system."""
    search = _Search(part, Program(part.component, interior=part.cells.size > INTERIOR_ABOVE))
    search.look(np.zeros(part.cells.size))
    fixed = determined(_equations(part.component), part.targets)
    open_targets = [cell for cell in part.targets if cell not in fixed]
    _mixed(search, open_targets, width)
    for cell in part.targets:
        yield (int(part.cells[cell]), _interval(search, cell, is_determined=cell in fixed, width=width))


def _interval(search: _Search, cell: int, *, is_determined: bool, width: int | None) -> Interval:
    """Give the interval of a cell: as wide as needed and seen, or exact.

    A whole table that was checked counts for more than an optimum in floats that falls short of it by a hair.
    """
    if is_determined:
        value = search.bound(cell, 1)
        return Interval(low=value, high=value, proof="rank")
    if search.wide(cell, width):
        return _seen(search, cell)
    low = search.bound(cell, 1)
    if search.wide(cell, width):
        return _seen(search, cell)
    high = search.bound(cell, -1)
    low, high = min(low, int(search.seen_low[cell])), max(high, int(search.seen_high[cell]))
    if low > high:
        raise Contradiction("no whole numbers satisfy what is published")
    return Interval(low=low, high=high, proof="program")


def _seen(search: _Search, cell: int) -> Interval:
    low, high = int(search.seen_low[cell]), int(search.seen_high[cell])
    return Interval(low=low, high=high, proof="interior" if search.fractional else "witness")


def _mixed(search: _Search, targets: Sequence[int], width: int | None) -> None:
    """Widen many cells at once: random signs over some targets that are still narrow, minimised and maximised."""
    # Drawn, but always the same: the same tables give the same verdict.
    draw = np.random.default_rng(7)
    waiting = list(targets)
    for _ in range(PASSES if width is not None else 0):
        stubborn: list[int] = []
        while waiting := [cell for cell in waiting if not search.wide(cell, width)]:
            chosen, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
            objective = np.zeros(search.part.cells.size)
            objective[chosen] = draw.choice([-1.0, 1.0], size=len(chosen))
            search.look(objective)
            search.look(-objective)
            stubborn += [cell for cell in chosen if not search.wide(cell, width)]
        waiting = stubborn


def _equations(component: Component) -> list[dict[int, int]]:
    """Give the equations of a component as mappings of cell to coefficient."""
    matrix = component.matrix
    rows = np.flatnonzero(component.row_lower == component.row_upper)
    spans = [slice(matrix.indptr[row], matrix.indptr[row + 1]) for row in rows]
    return [dict(zip(matrix.indices[span].tolist(), matrix.data[span].tolist(), strict=True)) for span in spans]


def explain(system: System, cell: int) -> tuple[str, ...]:
    """Give the texts (published addresses and rules) that together bound a cell, sorted.

    They are the statements with a price when the cell is made least and greatest (linear programming duality), and
    whoever states the counts in them. Where bounds that push each other in whole numbers do more than the
    program sees, the statements that name the cell stand in.
    """
    rows: set[int] = set()
    given = Bounds(lower=system.lower, upper=system.upper, by_equation=np.zeros(system.size, dtype=np.bool_))
    for part in parts(system, given, [cell] if system.lower[cell] != system.upper[cell] else []):
        program = Program(part.component)
        for sign in (1.0, -1.0):
            objective = np.zeros(part.cells.size)
            objective[part.targets[0]] = sign
            program.minimum(objective)
            rows.update(part.rows[np.abs(program.duals()) > TOLERANCE].tolist())
    if not rows:
        rows.update(np.flatnonzero(np.diff(system.matrix[:, [cell]].indptr)).tolist())
    named = {int(index) for row in rows for index in system.matrix[[row]].indices}
    texts = {int(system.why[row]) for row in rows}
    texts |= {int(system.said[index]) for index in named | {cell} if system.said[index] >= 0}
    return tuple(sorted(system.texts[text] for text in texts))
