"""Two releases read together: what their difference gives away.

A release that adds fifteen late records prints, beside its old self, who they are. So a stage of a batch that is public
already stays as it is, or changes by enough people; stages that are new are proved beside it. Whoever changed is a
group: a few are held back, whatever is declared, and a group of which nobody passed is hidden like any other. What is
left is read as one system, new = old + change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from kompeten.audit.reasoning.margins import failed_changes, people_changed
from kompeten.audit.reasoning.solve import intervals
from kompeten.audit.reasoning.system import CEILING, System
from kompeten.audit.reasoning.verdict import Contradiction
from kompeten.ground.findings import Label
from kompeten.ground.policy import Policy
from kompeten.ground.vocabulary import ALL, DIMENSIONS
from kompeten.ground.wording import worded
from kompeten.register.hiding.linkage import Key, Linked, batch_totals
from kompeten.register.reading.people import Booleans, Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCells:
    """What an earlier release says about one batch: the value of each cell it prints, None where it hides it."""

    batch_id: str
    values: Mapping[Key, int | None]

    @property
    def tables(self) -> frozenset[tuple[tuple[str, ...], str]]:
        """Give the dimensions of each table that it has, with each of its stages."""
        return frozenset(
            (tuple(name for name, code in zip(DIMENSIONS, place, strict=True) if code != ALL), stage)
            for stage, place in self.values
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """How the cells of a batch moved since an earlier release.

    was_printed, was_hidden: what the earlier release did with the cell; neither where it had none. by: int64 people,
    new minus old, 0 where it printed none. steady: cells of stages of which no printed count moved: a reader takes them
    to be the same. least, most: int64, the change that a reader thinks possible from what moved in the same stage.
    people: so many people changed at least, as any table shows.
    """

    was_printed: Booleans
    was_hidden: Booleans
    by: Integers
    steady: Booleans
    least: Integers
    most: Integers
    people: int

    @property
    def is_changed(self) -> bool:
        return bool(self.by.any())


def moves(linked: Linked, earlier: EarlierCells) -> Moves:
    """Compare the true counts with what the earlier release printed."""
    old = [earlier.values.get(key) for key in linked.keys]
    was_printed = np.array([value is not None for value in old], dtype=bool)
    before = np.array([value or 0 for value in old], dtype=np.int64)
    by = np.where(was_printed, linked.truth - before, 0)
    stages = np.array([stage for stage, _ in linked.keys])
    least, most = np.full(linked.size, -CEILING, dtype=np.int64), np.full(linked.size, CEILING, dtype=np.int64)
    for stage in dict.fromkeys(stage for stage, _ in earlier.values):
        own = stages == stage
        # A stage of which nothing was printed goes by all others, as it does for a reader.
        steps = by[own & was_printed] if (own & was_printed).any() else by
        least[own] = 0 if steps.min() >= 0 else -CEILING
        most[own] = 0 if steps.max() <= 0 else CEILING
    return Moves(
        was_printed=was_printed,
        was_hidden=np.array([key in earlier.values for key in linked.keys], dtype=bool) & ~was_printed,
        by=by,
        steady=(least == 0) & (most == 0),
        least=least,
        most=most,
        people=people_changed(dict(zip(linked.keys, by.tolist(), strict=True))),
    )


def objections(linked: Linked, earlier: EarlierCells, policy: Policy, *, declared: bool) -> list[Label]:
    """Give the reasons why a batch may not be released as it now stands; none for one whose stages stand or are new."""
    moved = moves(linked, earlier)
    found: list[Label] = []
    name = linked.batch_id
    if set(earlier.values) - set(linked.keys):
        found.append(worded("plan-lacks-tables", name=name))
    small = (moved.by != 0) & (np.abs(moved.by) < policy.small_change_below)
    if moved.is_changed and moved.people < policy.people_changed_at_least:
        found.append(worded("too-few-changed", name=name, least=policy.people_changed_at_least))
    elif small.any() and not declared:
        found.append(worded("moves-by-few", name=name, most=policy.small_change_below - 1))
    return found


def since(linked: Linked, moved: Moves, policy: Policy) -> Linked:
    """Fit a batch to what is public. Stages that stand: printed then, known; hidden then, hidden.

    Stages that moved: cells of detail tables that moved by a few are hidden, and the results of a group of which nobody
    passed among those who changed; cells hidden then are hidden first.
    """
    public = moved.was_printed & moved.steady
    few = (moved.by != 0) & (np.abs(moved.by) < policy.small_change_below) & ~batch_totals(linked)
    if policy.all_failed == "any_size":
        both = np.flatnonzero(moved.was_printed & linked.printed).tolist()
        failed = {*failed_changes({linked.keys[cell]: int(moved.by[cell]) for cell in both})}
        few |= np.array([key in failed for key in linked.keys], dtype=bool)
    stays = moved.was_hidden & moved.steady
    return replace(
        linked,
        primary=(linked.primary | few | stays) & linked.printed & ~public,
        public=public,
        cost=np.where(moved.was_hidden & linked.printed, 1, linked.cost),
    )


def joint_breaches(linked: Linked, hidden: Booleans, moved: Moves, policy: Policy) -> tuple[int, ...]:
    """Attack both releases at once: old cells, new cells, and the changes between them. Give the cells given away.

    Given away where a hidden or implied cell of either is bounded to less than W, or where a change in a detail table
    is bounded to less than W and surely concerns 1 to T-1 people. Positions of cells; none where all is safe.
    """
    try:
        return _joint_breaches(linked, hidden, moved, policy)
    except Contradiction:  # people changed behind the hidden cells of a stage that looks the same: no reader is so sure
        free = np.full(linked.size, CEILING, dtype=np.int64)
        return _joint_breaches(linked, hidden, replace(moved, least=-free, most=free), policy)


def _joint_breaches(linked: Linked, hidden: Booleans, moved: Moves, policy: Policy) -> tuple[int, ...]:
    size = linked.size
    system = _joint_system(linked, hidden, moved)
    guilty: set[int] = set()
    protected = [
        *np.flatnonzero(moved.was_hidden).tolist(),
        *(np.flatnonzero((hidden | linked.implied) & ~linked.public) + 2 * size).tolist(),
    ]
    for cell, interval in zip(protected, intervals(system, protected, width=policy.width), strict=True):
        if not linked.is_safe(cell % size, interval, policy):
            # Old cells begin at 0, changes at size, new cells at 2 * size: the rest tells which cell it is.
            guilty.add(cell % size)
    detail = (linked.printed | linked.implied) & ~batch_totals(linked)
    changes = (np.flatnonzero(detail) + size).tolist()
    for cell, interval in zip(changes, intervals(system, changes, width=policy.width), strict=True):
        is_sure = interval.low > 0 or interval.high < 0
        is_small = max(abs(interval.low), abs(interval.high)) < policy.small_change_below
        if interval.width < policy.width and is_sure and is_small:
            guilty.add(cell % size)
    return tuple(sorted(guilty))


def _joint_system(linked: Linked, hidden: Booleans, moved: Moves) -> System:
    """Give the system of old cells, changes and new cells, in this order, each in the order of keys."""
    new = linked.system(hidden)
    old = np.where(moved.was_printed, linked.truth - moved.by, 0)
    size, rows = linked.size, linked.matrix.shape[0]
    one = sparse.identity(size, dtype=np.int64, format="csr")
    nothing = sparse.csr_array((rows, size), dtype=np.int64)
    # The sums of then, the sums of now, and old + change = new.
    blocks = ([linked.matrix, nothing, nothing], [nothing, nothing, linked.matrix], [one, one, -one])
    matrix = sparse.csr_array(sparse.vstack([sparse.hstack(block) for block in blocks]), dtype=np.int64)
    zeros = np.zeros(matrix.shape[0], dtype=np.int64)
    return System.bare(
        tuple(f"{when} {name}" for when in ("old", "change", "new") for name in new.names),
        np.concatenate([old, moved.least, new.lower]),
        np.concatenate([np.where(moved.was_printed, old, CEILING), moved.most, new.upper]),
        matrix,
        (zeros, zeros),
    )
