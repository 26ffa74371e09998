"""Two releases read together: what their difference gives away.

A release that adds fifteen late records prints, beside its old self, who they are. So a batch that is public already
may stay as it is, or change by enough people in every printed cell; anything else is refused, or is a declared
correction that must still be safe when both releases are read as one system: new = old + change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from kompeten.audit.reasoning.solve import intervals
from kompeten.audit.reasoning.system import CEILING, System
from kompeten.ground.findings import Label
from kompeten.ground.policy import Policy
from kompeten.register.hiding.linkage import Key, Linked, batch_totals
from kompeten.register.reading.people import Booleans, Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCells:
    """What an earlier release says about one batch: the value of each cell it prints, None where it hides it."""

    batch_id: str
    values: Mapping[Key, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How the cells of a batch moved since an earlier release printed them.

    was_printed: whether the earlier release printed the cell. by: int64 people, new minus old, 0 where it did not.
    """

    was_printed: Booleans
    by: Integers

    @property
    def is_changed(self) -> bool:
        """Tell whether any printed cell moved."""
        return bool(self.by.any())


def moves(linked: Linked, earlier: EarlierCells) -> Moves:
    """Compare the true counts with what the earlier release printed."""
    old = [earlier.values.get(key) for key in linked.keys]
    was_printed = np.array([value is not None for value in old], dtype=bool)
    before = np.array([value or 0 for value in old], dtype=np.int64)
    return Moves(was_printed=was_printed, by=np.where(was_printed, linked.truth - before, 0))


def objections(linked: Linked, earlier: EarlierCells, moved: Moves, policy: Policy, *, declared: bool) -> list[Label]:
    """Give the reasons why a batch may not be released as it now stands; none for an unchanged batch."""
    found: list[Label] = []
    name = linked.batch_id
    if set(earlier.values) - set(linked.keys):
        found.append(
            Label(
                f"{name}: rilis sebelumnya memuat tabel yang tidak ada di rencana sekarang; pakai rencana yang sama.",
                f"{name}: the earlier release prints tables that the plan now lacks; use the same plan.",
            )
        )
    if not moved.is_changed or declared:
        return found
    small = (moved.by != 0) & (np.abs(moved.by) < policy.small_change_below)
    total = int(np.abs(moved.by[batch_totals(linked)]).max(initial=0))
    if small.any() or total < policy.people_changed_at_least:
        found.append(
            Label(
                f"{name}: angka yang sudah terbit berubah sedikit; kumpulkan menjadi revisi tahunan, "
                "atau nyatakan sebagai koreksi di [[corrections]].",
                f"{name}: published counts move by a few; gather such changes into a yearly revision, "
                "or declare a correction under [[corrections]].",
            )
        )
    return found


def unchanged_since(linked: Linked, earlier: EarlierCells, moved: Moves) -> Linked:
    """Fit an unchanged batch to what is public: printed then, it is known; hidden then, it is hidden first."""
    public = moved.was_printed
    return replace(
        linked,
        primary=linked.primary & ~public,
        implied=linked.implied & ~_given_away(linked, public),
        public=public,
        cost=_cheap_where_hidden_before(linked, earlier),
    )


def changed_since(linked: Linked, earlier: EarlierCells, moved: Moves, policy: Policy) -> Linked:
    """Fit a changed batch: cells of detail tables that moved by a few are hidden; hidden then, hidden first."""
    small = (moved.by != 0) & (np.abs(moved.by) < policy.small_change_below) & ~batch_totals(linked)
    return replace(
        linked,
        primary=linked.primary | (small & linked.printed),
        cost=_cheap_where_hidden_before(linked, earlier),
    )


def joint_breaches(
    linked: Linked, hidden: Booleans, earlier: EarlierCells, moved: Moves, policy: Policy
) -> tuple[int, ...]:
    """Attack both releases at once: old cells, new cells, and the changes between them. Give the cells given away.

    Given away where a hidden or implied cell of either is bounded to less than W, or where a change in a detail table
    is bounded to less than W and surely concerns 1 to T-1 people. Positions of cells; none where all is safe.
    """
    size = linked.size
    was_hidden = np.array([key in earlier.values and earlier.values[key] is None for key in linked.keys], dtype=bool)
    system = _joint_system(linked, hidden, moved)
    guilty: set[int] = set()
    protected = [*np.flatnonzero(was_hidden).tolist(), *(np.flatnonzero(hidden | linked.implied) + 2 * size).tolist()]
    for cell, interval in zip(protected, intervals(system, protected, width=policy.width), strict=True):
        if not linked.is_safe(cell % size, interval, policy):
            guilty.add(cell % size)
    detail = (linked.printed | linked.implied) & ~batch_totals(linked)
    changes = (np.flatnonzero(detail) + size).tolist()
    for cell, interval in zip(changes, intervals(system, changes, width=policy.width), strict=True):
        is_sure = interval.low > 0 or interval.high < 0
        is_small = max(abs(interval.low), abs(interval.high)) < policy.threshold
        if interval.width < policy.width and is_sure and is_small:
            guilty.add(cell % size)
    return tuple(sorted(guilty))


def _joint_system(linked: Linked, hidden: Booleans, moved: Moves) -> System:
    """Give the system of old cells, changes and new cells, in this order, each in the order of keys."""
    old = np.where(moved.was_printed, linked.truth - moved.by, 0)
    known = linked.printed & ~hidden
    only_adds = not (moved.by < 0).any()
    size, rows = linked.size, linked.matrix.shape[0]
    one = sparse.identity(size, dtype=np.int64, format="csr")
    nothing = sparse.csr_array((rows, size), dtype=np.int64)
    matrix = sparse.csr_array(
        sparse.vstack(
            [
                sparse.hstack([linked.matrix, nothing, nothing]),
                sparse.hstack([nothing, nothing, linked.matrix]),
                sparse.hstack([one, one, -one]),
            ]
        ),
        dtype=np.int64,
    )
    zeros = np.zeros(matrix.shape[0], dtype=np.int64)
    least_change = np.full(size, 0 if only_adds else -CEILING, dtype=np.int64)
    return System(
        names=tuple(
            f"{when} {'/'.join((stage, *place))}" for when in ("old", "change", "new") for stage, place in linked.keys
        ),
        lower=np.concatenate([old, least_change, np.where(known, linked.truth, 0)]),
        upper=np.concatenate(
            [
                np.where(moved.was_printed, old, CEILING),
                np.full(size, CEILING, dtype=np.int64),
                np.where(known, linked.truth, CEILING),
            ]
        ),
        matrix=matrix,
        row_lower=zeros,
        row_upper=zeros.copy(),
        why=zeros.copy(),
        said=np.full(3 * size, -1, dtype=np.int64),
        texts=("sum",),
    )


def _cheap_where_hidden_before(linked: Linked, earlier: EarlierCells) -> Integers:
    before = np.array([key in earlier.values and earlier.values[key] is None for key in linked.keys], dtype=bool)
    return np.where(before & linked.printed, 1, linked.cost)


def _given_away(linked: Linked, public: Booleans) -> Booleans:
    """Tell the implied cells whose own sum is public already: nothing can protect them any more."""
    result = np.zeros(linked.size, dtype=bool)
    for row in range(linked.matrix.shape[0]):
        cells = linked.matrix.indices[linked.matrix.indptr[row] : linked.matrix.indptr[row + 1]]
        unknown = cells[~public[cells]]
        if unknown.size == 1 and linked.implied[unknown[0]]:
            result[unknown[0]] = True
    return result
