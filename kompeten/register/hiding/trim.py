"""Print again each cell that was hidden for others and turns out not to be needed; the attack decides.

What is hidden for one cell gives others room as well, so that some of what was hidden before is not needed any more.
A cell that is printed again tells something only about the cells that sums tie to it while it is hidden, so each trial
attacks one such part, the nearest cells first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from kompeten.audit.reasoning.solve import intervals
from kompeten.audit.reasoning.system import System
from kompeten.ground.policy import Policy
from kompeten.register.hiding.linkage import Linked
from kompeten.register.reading.people import Booleans, Integers

WORK = 300_000
"""Trials stop when the parts attacked come to so many cells in all: at national size each trial must earn its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Cells that hang together through cells a reader does not know: their own system, and which cells it holds."""

    system: System
    cells: Integers


def trim(linked: Linked, hidden: Booleans, policy: Policy, *, work: int = WORK) -> Booleans:
    """Give the hidden cells without those that the attack does not need; dearest first. Safe if hidden is.

    A cell that is printed needs no room any more, so that another may be printed after it: parts are gone through
    until nothing changes.
    """
    result = hidden.copy()
    left = work
    for part in sorted(_parts(linked, hidden), key=lambda part: (part.cells.size, int(part.cells[0]))):
        is_done = False
        while not is_done:
            is_done = True
            spare = part.cells[(result & ~linked.primary)[part.cells]]
            for cell in sorted(spare.tolist(), key=lambda cell: (-int(linked.cost[cell]), cell)):
                left -= part.cells.size
                if left < 0:
                    return result
                # Printed for the trial, and hidden again where the attack then finds anything.
                result[cell] = False
                result[cell] = not _is_safe(linked, result, part, cell, policy)
                is_done &= bool(result[cell])
    return result


def _is_safe(linked: Linked, hidden: Booleans, part: _Part, cell: int, policy: Policy) -> bool:
    """Tell whether a part stays protected with these cells hidden; the cells next to the one just printed go first."""
    known = (linked.printed & ~hidden | linked.public)[part.cells]
    truth = linked.truth[part.cells]
    system = replace(
        part.system, lower=np.where(known, truth, part.system.lower), upper=np.where(known, truth, part.system.upper)
    )
    targets = np.flatnonzero((hidden | linked.implied)[part.cells] & ~known)
    place = int(np.searchsorted(part.cells, cell))
    near = np.isin(targets, _beside(part.system, place))
    for some in (targets[near], targets[~near]):
        found = intervals(system, some.tolist(), width=policy.width)
        if not all(
            linked.is_safe(int(part.cells[target]), interval, policy)
            for target, interval in zip(some.tolist(), found, strict=True)
        ):
            return False
    return True


def _beside(system: System, place: int) -> Integers:
    """Give the cells that share a sum with one."""
    rows = system.matrix[:, [place]].nonzero()[0]
    return np.unique(system.matrix[rows].nonzero()[1])


def _parts(linked: Linked, hidden: Booleans) -> Iterator[_Part]:
    """Give the parts that hold a hidden cell: the known cells are moved to the other side of their sums."""
    known = (linked.printed & ~hidden) | linked.public
    unknown = np.flatnonzero(~known)
    ties = linked.matrix[:, unknown]
    rows = ties.shape[0]
    graph = sparse.block_array([[None, ties], [ties.T, None]], format="csr")
    _, label = csgraph.connected_components(graph, directed=False)
    constant = linked.matrix @ np.where(known, linked.truth, 0)
    whole = linked.system(hidden)
    is_hidden = hidden[unknown]
    for number in np.unique(label[rows:][is_hidden]).tolist():
        own_rows = np.flatnonzero(label[:rows] == number)
        cells = unknown[np.flatnonzero(label[rows:] == number)]
        names = tuple(whole.names[cell] for cell in cells.tolist())
        # What is known moves to the other side of its sum.
        sums, left = linked.matrix[own_rows][:, cells], -constant[own_rows]
        system = System.bare(names, whole.lower[cells], whole.upper[cells], sums, (left, left))
        yield _Part(system=system, cells=cells)
