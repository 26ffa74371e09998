"""Hide more cells where the attack still finds a protected one, as few and as little missed as a program can tell.

For each cell: find two tables that add up, between which the cell differs by W, and that differ from the true one in
the least missed printed cells; hide those. One program for many cells at once hides more, and takes as long.
Source: M. Fischetti and J. J. Salazar-González, 1999 (the incremental program of cell suppression).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from kompeten.audit.reasoning.programs import TOLERANCE, Floats
from kompeten.audit.reasoning.system import CEILING
from kompeten.audit.reasoning.verdict import AuditError
from kompeten.ground.refusal import Refused
from kompeten.register.hiding.linkage import Linked
from kompeten.register.reading.people import Booleans, Integers

ZERO_PRICE = 8
"""A printed zero costs so many times a count: hiding it tells little and looks odd."""


INFEASIBLE = 2
"""The status of a program that nothing satisfies, as scipy counts them."""


class NoRoom(Refused):
    """A cell cannot have its width whatever is hidden: what is public already, or the sums, hold it."""


def repair(linked: Linked, hidden: Booleans, unsafe: Sequence[int], *, width: int) -> Booleans:
    """Give the cells to hide so that each unsafe cell has room, above its count or below it.

    unsafe: positions of cells that the attack bounds too tightly. width: how far apart two tables that add up must be
    in each.
    Raises NoRoom where a cell cannot have its width, AuditError where a program is not solved.
    """
    result = hidden.copy()
    # Large ones first: what is hidden for them often gives the small ones room as well.
    for cell in sorted(unsafe, key=lambda cell: (-int(linked.truth[cell]), cell)):
        result |= _for_one(linked, result, cell, width)
    return result


def _for_one(linked: Linked, hidden: Booleans, cell: int, width: int) -> Booleans:
    """Give the cells to hide for one cell: those in which the cheapest two tables differ from the true one.

    Raises AuditError where the solver does not reach an optimum: an unsolved program looks like a result.
    """
    size, room = linked.size, np.tile(_room(linked), 2)
    # What the cell gains in one table, and what it loses in the other: rise less fall, twice.
    one = np.array([1, -1, -1, 1], dtype=np.int64)
    apart = sparse.csr_array((one, (np.zeros(4, dtype=np.int64), cell + size * np.arange(4))), shape=(1, 4 * size))
    changes = sparse.hstack([linked.matrix, -linked.matrix])
    sums = sparse.block_diag([changes, changes], format="csr")
    solved = linprog(
        np.tile(_prices(linked, hidden), 2),
        A_ub=-apart,
        b_ub=np.array([-width]),
        A_eq=sums,
        b_eq=np.zeros(sums.shape[0]),
        bounds=np.column_stack([np.zeros(room.size), room]),
        method="highs-ds",
    )
    if solved.status == INFEASIBLE:
        raise NoRoom("no two tables that add up are so far apart")
    if solved.status != 0:
        raise AuditError(f"a repair program was not solved: {solved.message}")
    return _changed(linked, hidden, solved.x[: 2 * size]) | _changed(linked, hidden, solved.x[2 * size :])


def _room(linked: Linked) -> Integers:
    """Give how far each cell may rise (freely) and fall (to its least); a cell that is public already cannot move."""
    rise = np.full(linked.size, CEILING, dtype=np.int64)
    return np.concatenate([np.where(linked.public, 0, rise), np.where(linked.public, 0, linked.truth - linked.least)])


def _prices(linked: Linked, hidden: Booleans) -> Floats:
    """Give the price of a unit of change of each cell, up and down; nothing for cells that readers do not see."""
    price = np.where(linked.truth == 0, linked.cost * ZERO_PRICE, linked.cost * 1.0)
    price = np.where(linked.printed & ~hidden, price, 0.0)
    return np.concatenate([price, price])


def _changed(linked: Linked, hidden: Booleans, solution: Floats) -> Booleans:
    """Give the hidden cells and the printed ones that differ between the two tables."""
    change = np.abs(solution[: linked.size] - solution[linked.size :])
    return np.asarray(hidden | (linked.printed & (change > TOLERANCE)))
