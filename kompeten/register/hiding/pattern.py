"""Choose which other cells to hide so that no protected cell follows by addition and subtraction.

Two ways to the same end. Gauss order hides least and costs the cube of the cells: for small data. Line closure looks
at one sum at a time and stays linear: for national data. Neither knows bounds or whole numbers; the attack that
follows does.
Source: Ø. Langsrud, Secondary cell suppression by Gaussian elimination, 2024 (Gauss order); the hypercube tradition
of line closure, Handbook on Statistical Disclosure Control, 4.4.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from scipy import sparse

from kompeten.register.hiding.linkage import Linked
from kompeten.register.reading.people import Booleans, Integers

PRIME = 2_147_483_647
"""Arithmetic modulo this prime: exact, and products fit in 64 bits."""


Order = Literal["missed", "largest", "smallest"]
ORDERS: tuple[Order, ...] = get_args(Order)
"""In which order cells are offered for printing: the most missed first, or by count alone."""


def gauss_order(linked: Linked, hidden: Booleans, *, order: Order = "missed") -> Booleans:
    """Give the cells to hide: those given, and each cell whose printing would determine a protected one.

    Cells are offered for printing from the most missed to the least; a cell is hidden only where printing it, beside
    those already printed, gives away a protected cell by linear algebra.
    """
    targets = np.flatnonzero(hidden | linked.implied)
    basis = _null_basis(linked.matrix, linked.size)
    wanted = basis[targets]
    result = hidden.copy()
    for position in _offered(linked, hidden, order):
        row = basis[position]
        column = int(np.flatnonzero(row)[0]) if row.any() else -1
        if column < 0:
            continue
        if not linked.public[position] and _gives_away(wanted, row, column):
            result[position] = True
            continue
        factor = row * pow(int(row[column]), PRIME - 2, PRIME) % PRIME
        touched = np.flatnonzero(basis[:, column])
        basis[touched] = (basis[touched] - basis[touched, column][:, None] * factor % PRIME) % PRIME
        wanted = basis[targets]
    return result


def _gives_away(wanted: Integers, row: Integers, column: int) -> bool:
    """Tell whether some protected cell is a multiple of a row: knowing the row would then give it away."""
    inverse = pow(int(row[column]), PRIME - 2, PRIME)
    factor = wanted[:, column] * inverse % PRIME
    same = (wanted == factor[:, None] * row % PRIME).all(axis=1)
    return bool((same & (factor != 0)).any())


def line_closure(linked: Linked, hidden: Booleans) -> Booleans:
    """Give the cells to hide: those given, and in each sum that gives a protected cell away the least missed other.

    Terminates because each round hides at least one more cell.
    """
    result = hidden.copy()
    protected = hidden | linked.implied
    missed = _missed(linked)
    while True:
        known, by_row = _derive(linked, (linked.printed & ~result) | linked.public)
        leaks = np.flatnonzero(known & (protected | result) & (by_row >= 0))
        added = False
        for row in dict.fromkeys(by_row[leaks].tolist()):
            added |= _hide_least_missed(linked, row, result, missed)
        if not added:
            return result


def _derive(linked: Linked, known: Booleans) -> tuple[Booleans, Integers]:
    """Give the cells known by single-unknown sums, and the sum that first gave each (-1 for those printed)."""
    matrix = linked.matrix
    row_of = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    known = known.copy()
    by_row = np.full(linked.size, -1, dtype=np.int64)
    while True:
        unknown = ~known[matrix.indices]
        open_cells = np.bincount(row_of[unknown], minlength=matrix.shape[0])
        single = unknown & (open_cells == 1)[row_of]
        if not single.any():
            return known, by_row
        cells, rows = matrix.indices[single], row_of[single]
        by_row[cells] = rows
        known[cells] = True


def _hide_least_missed(linked: Linked, row: int, hidden: Booleans, missed: Integers) -> bool:
    """Hide, in place, the least missed printed cell of a sum; where it has none, of a sum next to it."""
    cells = linked.matrix.indices[linked.matrix.indptr[row] : linked.matrix.indptr[row + 1]]
    free = [cell for cell in cells.tolist() if linked.printed[cell] and not hidden[cell] and not linked.public[cell]]
    if not free:
        return False
    hidden[min(free, key=lambda cell: (int(missed[cell]), cell))] = True
    return True


def _missed(linked: Linked) -> Integers:
    """Give how much each cell is missed: its cost times the size of its count; zeros are kept longest.

    A hidden zero protects little, for nobody expects a dash where there is nobody.
    """
    return np.where(linked.truth == 0, linked.cost * 40, linked.cost * (4 + np.sqrt(linked.truth))).astype(np.int64)


def _offered(linked: Linked, hidden: Booleans, order: Order) -> list[int]:
    """Give the printed cells that are not hidden: those that are public already, batch totals, then by the order."""
    missed = _missed(linked)
    rank = {"missed": -missed, "largest": -linked.truth, "smallest": linked.truth}[order]
    total = linked.cost >= linked.cost.max(initial=0) // 10
    cells = np.flatnonzero(linked.printed & ~hidden).tolist()
    return sorted(cells, key=lambda cell: (not linked.public[cell], not total[cell], rank[cell], -missed[cell], cell))


def _null_basis(matrix: sparse.csr_array, size: int) -> Integers:
    """Give one row a cell, modulo PRIME: all tables that add up are these rows times any numbers."""
    rows = matrix.toarray() % PRIME
    pivots: list[int] = []
    done = 0
    for column in range(size):
        candidates = np.flatnonzero(rows[done:, column])
        if not candidates.size:
            continue
        other = done + int(candidates[0])
        rows[[done, other]] = rows[[other, done]]
        rows[done] = rows[done] * pow(int(rows[done, column]), PRIME - 2, PRIME) % PRIME
        touched = np.flatnonzero(rows[:, column])
        touched = touched[touched != done]
        rows[touched] = (rows[touched] - rows[touched, column][:, None] * rows[done] % PRIME) % PRIME
        pivots.append(column)
        done += 1
        if done == rows.shape[0]:
            break
    free = [column for column in range(size) if column not in set(pivots)]
    basis = np.zeros((size, len(free)), dtype=np.int64)
    basis[free, np.arange(len(free))] = 1
    basis[pivots] = -rows[: len(pivots)][:, free] % PRIME
    return basis
