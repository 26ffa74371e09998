"""Exact rank test: which cells do the equations alone determine?

Elimination modulo the prime 2^61 - 1, so there is no rounding. A cell is determined exactly when every vector that
the equations send to zero is zero there; one random such vector tells, with a chance of error below 2^-50 for a
whole national audit. A cell called free is free for certain; the random draw is fixed, so runs agree.
"""

from __future__ import annotations

import heapq
import random
from collections import defaultdict
from collections.abc import Sequence

PRIME = 2**61 - 1

Row = dict[int, int]


def determined(equations: Sequence[Row], cells: Sequence[int]) -> frozenset[int]:
    """Give those of the cells that the equations determine.

    equations: one mapping of cell to coefficient each; what they add up to does not matter here. Method: sparse
    elimination that takes the shortest equation first and, in it, the cell that fewest equations name; then back
    substitution of a random kernel vector.
    """
    kernel: dict[int, int] = {}
    draw = random.Random(61)
    pivots = _eliminate(equations)
    for pivot, row in reversed(pivots):
        total = 0
        for cell, coefficient in row.items():
            if cell == pivot:
                continue
            if cell not in kernel:
                # From 1: a 0 drawn by chance would call a free cell determined.
                kernel[cell] = draw.randrange(1, PRIME)
            total += coefficient * kernel[cell]
        kernel[pivot] = -total * pow(row[pivot], -1, PRIME) % PRIME
    # A cell that no equation names is in no kernel, and free.
    return frozenset(cell for cell in cells if kernel.get(cell, 1) == 0)


def _eliminate(equations: Sequence[Row]) -> list[tuple[int, Row]]:
    """Bring the equations to echelon form; give (pivot cell, equation) in the order of elimination."""
    rows = [{cell: value % PRIME for cell, value in sorted(row.items()) if value % PRIME} for row in equations]
    naming: dict[int, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        for cell in row:
            naming[cell].add(number)
    waiting = [(len(row), number) for number, row in enumerate(rows) if row]
    heapq.heapify(waiting)
    done: list[tuple[int, Row]] = []
    used: set[int] = set()
    while waiting:
        length, number = heapq.heappop(waiting)
        row = rows[number]
        # An entry older than the last change of its row is stale; the row waits under its new length.
        if number in used or length != len(row):
            continue
        used.add(number)
        pivot = min(row, key=lambda cell: (len(naming[cell]), cell))
        done.append((pivot, row))
        for cell in row:
            naming[cell].discard(number)
        for other in sorted(naming[pivot]):
            _subtract(rows, naming, other, row, pivot)
            if rows[other]:
                heapq.heappush(waiting, (len(rows[other]), other))
    return done


def _subtract(rows: list[Row], naming: dict[int, set[int]], other: int, row: Row, pivot: int) -> None:
    """Take a multiple of row from another equation so that the pivot leaves it."""
    target = rows[other]
    factor = target[pivot] * pow(row[pivot], -1, PRIME) % PRIME
    for cell, value in row.items():
        left = (target.get(cell, 0) - factor * value) % PRIME
        if left:
            target[cell] = left
            naming[cell].add(other)
        elif cell in target:
            del target[cell]
            naming[cell].discard(other)
