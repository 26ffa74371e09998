"""Hide more cells where the attack still finds a protected one, as few and as little missed as a program can tell.

For one cell: find two tables that add up, between which the cell differs by W, and that differ from the true one in the
least missed printed cells; hide those. For many cells at once: one table in which each is larger, at a reward each.
Source: M. Fischetti and J. J. Salazar-González, 1999 (the incremental program of cell suppression).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from kompeten.audit.reasoning.programs import TOLERANCE, Floats
from kompeten.audit.reasoning.system import CEILING
from kompeten.audit.reasoning.verdict import AuditError
from kompeten.ground.refusal import Refused
from kompeten.register.hiding.linkage import Linked
from kompeten.register.reading.people import Booleans, Integers

ONE_BY_ONE_BELOW = 40_000
"""Where unsafe cells times linked cells are fewer, each unsafe cell gets a program of its own, which hides less; above,
one program for all of them, which is faster."""

ZERO_PRICE = 8
"""A printed zero costs so many times a count: hiding it tells little and looks odd."""


INFEASIBLE = 2
"""The status of a program that nothing satisfies, as scipy counts them."""


class NoRoom(Refused):
    """A cell cannot have its width whatever is hidden: what is public already, or the sums, hold it."""


def repair(
    linked: Linked, hidden: Booleans, unsafe: Sequence[int], *, width: int, reward: int, one_by_one: bool = False
) -> Booleans:
    """Give the cells to hide so that each unsafe cell can be larger by width.

    unsafe: positions of cells that the attack bounds too tightly. reward: what a unit of room is worth in the program
    for many cells; callers raise it until nothing is left unsafe. one_by_one: a program for each cell whatever their
    number: it also finds room below a count, where there is none above.
    Raises NoRoom where a cell cannot have its width, AuditError where a program is not solved.
    """
    if not one_by_one and len(unsafe) * linked.size >= ONE_BY_ONE_BELOW:
        return _together(linked, hidden, unsafe, width=width, reward=reward)
    result = hidden.copy()
    # Large ones first: what is hidden for them often gives the small ones room as well.
    for cell in sorted(unsafe, key=lambda cell: (-int(linked.truth[cell]), cell)):
        result |= _one(linked, result, cell, width=width)
    return result


def _one(linked: Linked, hidden: Booleans, cell: int, *, width: int) -> Booleans:
    """Give the cells to hide for one cell: two tables that add up, between which the cell differs by width."""
    size = linked.size
    # What the cell gains in one table, and what it loses in the other: rise less fall, twice.
    one = np.array([1, -1, -1, 1], dtype=np.int64)
    apart = sparse.csr_array((one, (np.zeros(4, dtype=np.int64), cell + size * np.arange(4))), shape=(1, 4 * size))
    sums = sparse.hstack([linked.matrix, -linked.matrix])
    solution = _least(
        np.tile(_prices(linked, hidden), 2),
        sums=sparse.block_diag([sums, sums], format="csr"),
        wanted=apart,
        at_least=np.array([width]),
        room=np.tile(_room(linked), 2),
    )
    return _changed(linked, hidden, solution[: 2 * size]) | _changed(linked, hidden, solution[2 * size :])


def _together(linked: Linked, hidden: Booleans, unsafe: Sequence[int], *, width: int, reward: int) -> Booleans:
    """Give the cells to hide for many cells: each may fall short of its width, at the price of the reward."""
    size, count = linked.size, len(unsafe)
    places, ones = np.arange(count), np.ones(count, dtype=np.int64)
    cells = np.array(unsafe, dtype=np.int64)
    wanted = sparse.csr_array(
        (
            np.concatenate([ones, -ones, ones]),
            (np.tile(places, 3), np.concatenate([cells, cells + size, places + 2 * size])),
        ),
        shape=(count, 2 * size + count),
    )
    solution = _least(
        np.concatenate([_prices(linked, hidden), np.full(count, float(reward))]),
        sums=sparse.hstack([linked.matrix, -linked.matrix, sparse.csr_array((linked.matrix.shape[0], count))]),
        wanted=wanted,
        at_least=np.full(count, width),
        room=np.concatenate([_room(linked), np.full(count, width, dtype=np.int64)]),
    )
    return _changed(linked, hidden, solution[: 2 * size])


def _least(prices: Floats, *, sums: Any, wanted: Any, at_least: Integers, room: Integers) -> Floats:
    """Solve one program: the cheapest changes, all within room, whose sums stay 0 and whose wanted rows hold.

    Raises NoRoom where there are none, AuditError where the solver does not reach an optimum: an unsolved program looks
    like a result.
    """
    solved = linprog(
        prices,
        A_ub=-wanted,
        b_ub=-at_least,
        A_eq=sums,
        b_eq=np.zeros(sums.shape[0]),
        bounds=np.column_stack([np.zeros(room.size), room]),
        method="highs-ds",
    )
    if solved.status == INFEASIBLE:
        raise NoRoom("no two tables that add up are so far apart")
    if solved.status != 0:
        raise AuditError(f"a repair program was not solved: {solved.message}")
    return np.asarray(solved.x, dtype=np.float64)


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
    change = np.abs(solution[: linked.size] - solution[linked.size : 2 * linked.size])
    return np.asarray(hidden | (linked.printed & (change > TOLERANCE)))
