"""Hide what must be hidden, prove that it stays hidden, or refuse.

Batch by batch, for batches share no sum: the policy's own rules, then one search against the attack (search.py), with
earlier releases beside it where there are any (joint.py). The attacker is the public one: what it cannot do here, it
cannot do on the site.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import numpy as np

from kompeten.audit.reasoning.margins import Coordinates
from kompeten.audit.reasoning.solve import largest_part
from kompeten.ground.findings import Label
from kompeten.ground.policy import Policy, TablePlan
from kompeten.ground.vocabulary import Stage
from kompeten.ground.wording import worded
from kompeten.register.hiding.count import Cube
from kompeten.register.hiding.joint import EarlierCells, moves, objections
from kompeten.register.hiding.linkage import Linked, link
from kompeten.register.hiding.ways import share_pct, tried, ways, ways_alone
from kompeten.register.reading.people import Booleans

MERGES_TRIED = 3
"""Of so many tables, those that hide most, it is found out what merging wins."""

Counted = TypeVar("Counted", Cube, "ProtectedCell")
Pattern = tuple[Linked, Booleans]
"""One batch: its linked cells, and which printed ones are hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedCell:
    """One cell as it may be published, with a private reason.

    value: people, None exactly when status is hidden. reason: why it is hidden; for the officer's report alone.
    people: the true count behind it; private, never written.
    """

    batch_id: str
    table: str
    stage: Stage
    coordinates: Coordinates
    value: int | None
    status: Literal["released", "hidden"]
    precision: Literal["exact", ""]
    reason: Literal["", "primary", "complementary"]
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedRelease:
    """Every printed cell of a release, by batch and in the plan's order.

    Every hidden cell keeps at least the policy's width: that is what makes it a release.
    """

    cells: tuple[ProtectedCell, ...]
    hidden_share_pct: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRefused:
    """The plan cannot be published: reasons, and what to change. Words only, no counts of people."""

    reasons: tuple[Label, ...]
    proposals: tuple[Label, ...]


def protect(
    cubes: Sequence[Cube], policy: Policy, previous: Sequence[EarlierCells] = (), *, corrected: Collection[str] = ()
) -> ProtectedRelease | PlanRefused:
    """Hide small counts and enough others that none can be worked out from everything published.

    cubes: every table of every batch, counted in full. previous: what earlier releases printed of these batches.
    corrected: batches whose change is a declared correction.
    Gives the cells; or the refusal where a batch moved by a few people since an earlier release (then with the ways
    that are open), where it has no safe pattern (the same), where more than the policy's share would be hidden, or
    where a linked system grows too large. Raises AuditError where the solver fails. Deterministic.
    Source: Handbook on Statistical Disclosure Control, chapter 4; Fischetti and Salazar-González 1999.
    """
    too_detailed = _refused_by_counts(cubes, policy)
    if too_detailed is not None:
        return too_detailed
    tables = by_batch(cubes)
    linked = sorted((link(own, policy) for own in tables.values()), key=lambda batch: batch.batch_id)
    earlier = {item.batch_id: item for item in previous}
    # Batches are released whole and stay: one that is public may not be missing from the register.
    vanished = sorted(set(earlier) - {batch.batch_id for batch in linked})
    reasons = [worded("batch-left-out", batch_id=batch_id) for batch_id in vanished]
    open_ways: list[Label] = []
    patterns: list[Pattern] = []
    for number, batch in enumerate(linked):
        too_detailed = _refused_so_far(patterns, linked[number:], policy)
        if too_detailed is not None:
            return too_detailed
        before = earlier.get(batch.batch_id)
        found = objections(batch, before, policy, declared=batch.batch_id in corrected) if before else []
        hidden = None if found else tried(batch, before, policy)
        if hidden is not None:
            patterns.append((batch, hidden))
            continue
        details = {"name": batch.batch_id, "width": policy.width}
        reasons += found or [worded("given-away", **details) if before else worded("no-safe-pattern", **details)]
        open_ways += (
            ways(tables[batch.batch_id], before, policy) if before else ways_alone(tables[batch.batch_id], policy)
        )
    if reasons:
        return PlanRefused(reasons=tuple(reasons), proposals=tuple(open_ways))
    result = _release(patterns, policy)
    if isinstance(result, ProtectedRelease):
        return result
    # What an earlier release shows makes a change dear: then holding it costs nothing, and other tables may cost less.
    moved = [
        batch for batch in linked if batch.batch_id in earlier and moves(batch, earlier[batch.batch_id]).is_changed
    ]
    own = (way for batch in moved for way in ways(tables[batch.batch_id], earlier[batch.batch_id], policy))
    return replace(result, proposals=(*result.proposals, *own))


def _release(patterns: Sequence[Pattern], policy: Policy) -> ProtectedRelease | PlanRefused:
    """Give the release of safe patterns, or the refusal where they pass a limit of the policy."""
    largest = max((largest_part(linked.system(hidden)) for linked, hidden in patterns), default=0)
    cells = tuple(cell for pattern in patterns for cell in _cells(*pattern))
    share = hidden_by_table(cells)
    refusal = refuse(share, largest, policy)
    return refusal or ProtectedRelease(cells=cells, hidden_share_pct=share_pct(*_both(share)))


def _both(share: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """Give hidden cells, and those hidden or not zero, of all tables together."""
    return sum(hidden for hidden, _ in share.values()), sum(counted for _, counted in share.values())


def _refused_by_counts(cubes: Sequence[Cube], policy: Policy) -> PlanRefused | None:
    """Give the refusal of a plan whose small counts alone pass the limit: nothing need be linked to know."""
    share: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cube in (cube for cube in cubes if cube.is_printed):
        hidden, counted = share[cube.table.name]
        small = np.count_nonzero((cube.counts > 0) & (cube.counts < policy.threshold))
        share[cube.table.name] = (hidden + int(small), counted + int(np.count_nonzero(cube.counts)))
    return refuse(share, 0, policy)


def _refused_so_far(done: Sequence[Pattern], left: Sequence[Linked], policy: Policy) -> PlanRefused | None:
    """Give the refusal that is certain before the batches left are protected: they hide their small cells at least.

    The next of them is also refused where so many unknown cells hang together already that no attack on it would end.
    """
    patterns = [*done, *((batch, batch.primary) for batch in left)]
    following = left[0]
    largest = largest_part(following.system(following.primary)) if following.size > policy.component_unknowns else 0
    # Summed first: laid out before each batch, the cells of all of them would cost the square of their number.
    hidden = sum(int((batch.printed & own).sum()) for batch, own in patterns)
    counted = sum(int((batch.printed & ((batch.truth > 0) | own)).sum()) for batch, own in patterns)
    if hidden * 100 <= policy.hidden_share_pct * counted and largest <= policy.component_unknowns:
        return None
    return refuse(hidden_by_table(cell for pattern in patterns for cell in _cells(*pattern)), largest, policy)


def by_batch(some: Iterable[Counted]) -> dict[str, list[Counted]]:
    """Group tables or cells by batch, keeping their order."""
    groups: dict[str, list[Counted]] = defaultdict(list)
    for each in some:
        groups[each.batch_id].append(each)
    return dict(groups)


def hidden_by_table(cells: Iterable[ProtectedCell]) -> dict[str, tuple[int, int]]:
    """Give for each table of the plan its hidden cells and its cells that are hidden or not zero, over all batches."""
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cell in cells:
        hidden, counted = counts[cell.table]
        is_hidden = cell.status == "hidden"
        counts[cell.table] = (hidden + is_hidden, counted + (is_hidden or bool(cell.value)))
    return dict(counts)


def refuse(share: Mapping[str, tuple[int, int]], largest: int, policy: Policy) -> PlanRefused | None:
    """Give the refusal of a plan that hides too much or links too many unknown cells, or None."""
    hidden, printed = _both(share)
    reasons: list[Label] = []
    most, unknowns = policy.hidden_share_pct, policy.component_unknowns
    if hidden * 100 > most * printed:
        reasons.append(worded("too-much-hidden", pct=share_pct(hidden, printed), most=most))
    if largest > unknowns:
        reasons.append(worded("too-many-unknowns", largest=largest, unknowns=unknowns))
    if not reasons:
        return None
    proposals = tuple(_proposal(name, policy) for name in _costly(share, policy))
    return PlanRefused(reasons=tuple(reasons), proposals=proposals)


def _costly(share: Mapping[str, tuple[int, int]], policy: Policy) -> list[str]:
    """Name the tables that hide most: from half of the share on that a whole release may hide; most hidden first."""
    crossed = {table.name for table in policy.tables if table.dimensions}
    limit = policy.hidden_share_pct
    costly = [name for name, (hidden, all_) in share.items() if name in crossed and hidden * 200 > limit * all_]
    return sorted(costly, key=lambda name: (-share[name][0], name))


def merging_wins(
    release: ProtectedRelease, policy: Policy, counted: Callable[[Policy], Sequence[Cube]]
) -> list[tuple[Label, int | None]]:
    """Give what to merge, most hidden first, and how many counts fewer that hides: found out by doing it.

    counted: gives the cubes of another plan. None where the other plan cannot be released, or hides no less.
    """
    share = hidden_by_table(release.cells)
    found: list[tuple[Label, int | None]] = []
    for name in _costly(share, policy)[:MERGES_TRIED]:
        tables = (own for table in policy.tables for own in (_lighter(table) if table.name == name else (table,)))
        less = replace(policy, tables=tuple(tables))
        again = protect(counted(less), less)
        left = hidden_by_table(again.cells) if isinstance(again, ProtectedRelease) else share
        won = _both(share)[0] - _both(left)[0]
        found.append((_proposal(name, policy), won if won > 0 else None))
    return found


def _lighter(table: TablePlan) -> tuple[TablePlan, ...]:
    """Give a table as the proposal would have it: of its first stage alone; none where it had but one."""
    return (replace(table, stages=table.stages[:1]),) if len(table.stages) > 1 and len(table.dimensions) == 1 else ()


def _proposal(name: str, policy: Policy) -> Label:
    """Say what to change in one table."""
    table = next(table for table in policy.tables if table.name == name)
    if len(table.dimensions) > 1:
        return worded("plan-split-table", name=name)
    if len(table.stages) > 1:
        return worded("plan-one-stage", name=name, value=table.stages[0])
    if policy.grain(table.dimensions[0]) == "leaf":
        return worded("plan-group-codes", name=name, value=table.dimensions[0])
    return worded("plan-merge-batches", name=name)


def _cells(linked: Linked, hidden: Booleans) -> Iterable[ProtectedCell]:
    """Give the printed cells of one batch, in the order of the linked system."""
    for position in np.flatnonzero(linked.printed).tolist():
        stage, place = linked.keys[position]
        is_hidden = bool(hidden[position])
        people = int(linked.truth[position])
        yield ProtectedCell(
            batch_id=linked.batch_id,
            table=linked.tables[position],
            stage=stage,
            coordinates=place,
            value=None if is_hidden else people,
            status="hidden" if is_hidden else "released",
            precision="" if is_hidden else "exact",
            reason="" if not is_hidden else "primary" if linked.primary[position] else "complementary",
            people=people,
        )
