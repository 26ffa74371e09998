"""A batch that is public already: its pattern beside the earlier release, and the ways open where it may not change.

Nothing is guessed: what hiding would cost, and what leaving a table out would save, is found by doing it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kompeten.ground.findings import Label
from kompeten.ground.policy import Policy
from kompeten.ground.wording import worded
from kompeten.register.hiding.count import Cube
from kompeten.register.hiding.joint import EarlierCells, joint_breaches, moves, since
from kompeten.register.hiding.linkage import Linked, least_missed_beside, link
from kompeten.register.hiding.search import ROUNDS, ProtectionFailed, choose, finished, unsafe_cells
from kompeten.register.reading.people import Booleans

TABLES_TRIED = 3
"""Of so many tables, those that would hide most, it is found out what leaving them out saves."""


def choose_again(linked: Linked, earlier: EarlierCells, policy: Policy) -> Booleans | None:
    """Choose the hidden cells of a batch that is public already, safe together with the earlier release.

    None where no pattern is found; ProtectionFailed where it is not even safe alone.
    """
    moved = moves(linked, earlier)
    batch = _given_up(since(linked, moved, policy), policy)
    stays = moved.was_hidden & moved.steady & linked.printed
    hidden = choose(batch, policy)
    for _ in range(ROUNDS):
        guilty = joint_breaches(batch, hidden, moved, policy) if moved.is_changed else ()
        if not guilty:
            return hidden | stays
        more = hidden.copy()
        for cell in guilty:
            more[least_missed_beside(batch, cell, more)] = True
        # Nothing beside what is given away is left to hide.
        if (more == hidden).all():
            break
        hidden = finished(batch, more, policy)
    return None


def ways(cubes: Sequence[Cube], earlier: EarlierCells, policy: Policy) -> list[Label]:
    """Give what the officer can do with a batch that may not change as it does: hold, hide, or leave a table out."""
    linked = link(cubes, policy)
    name, least = linked.batch_id, policy.people_changed_at_least
    found = [worded("way-hold", name=name, least=least)]
    stood = {stage for stage, _ in earlier.values}
    printed = [linked.keys[cell][0] for cell in np.flatnonzero(linked.printed).tolist()]
    if fresh := ", ".join(dict.fromkeys(stage for stage in printed if stage not in stood)):
        found.append(worded("way-new-stages", name=name, stages=fresh))
    if moves(linked, earlier).people < least:
        return found
    hidden = tried(linked, earlier, policy)
    now = None if hidden is None else _share(linked, hidden)
    then = share_pct(sum(v is None for v in earlier.values.values()), sum(v != 0 for v in earlier.values.values()))
    if now is None:
        found.append(worded("way-closed", name=name))
    else:
        found.append(worded("way-revision", name=name, now=now, then=then, most=policy.hidden_share_pct))
    lost = linked.printed if hidden is None else hidden
    dear = Counter(linked.tables[cell] for cell in np.flatnonzero(lost).tolist() if linked.cost[cell])
    tables = [cube.table.name for cube in cubes if cube.is_printed and cube.table.dimensions]
    for table in sorted(tables, key=lambda table: (-dear[table], table))[:TABLES_TRIED]:
        without = link(_unprinted(table, cubes), policy)
        other = tried(without, earlier, policy)
        if other is not None and (now is None or _share(without, other) < now):
            found.append(worded("way-without-table", name=name, table=table, pct=_share(without, other)))
    return found


def _unprinted(table: str, cubes: Sequence[Cube]) -> list[Cube]:
    """Give the cubes of a plan that leaves a table out: counted all the same, and printed by nobody."""
    return [replace(cube, is_printed=cube.is_printed and cube.table.name != table) for cube in cubes]


def ways_alone(cubes: Sequence[Cube], policy: Policy) -> list[Label]:
    """Give what the officer can do with a batch that has no safe pattern: hold it, or what makes one: leaving out the
    table with most small counts, then that and the next, and so on.
    """
    name, left = cubes[0].batch_id, list(cubes)
    linked = link(cubes, policy)
    small = Counter(linked.tables[cell] for cell in np.flatnonzero(linked.primary & linked.printed).tolist())
    found = [worded("way-hold-new", name=name)]
    headline = {cube.table.name for cube in cubes if not cube.table.dimensions}
    gone: list[str] = []
    for table in sorted(set(small) - headline, key=lambda each: (-small[each], each)):
        gone.append(table)
        left = _unprinted(table, left)
        if (hidden := tried(own := link(left, policy), None, policy)) is not None:
            return [*found, worded("way-fewer-tables", name=name, tables=", ".join(gone), pct=_share(own, hidden))]
    return found


def tried(linked: Linked, earlier: EarlierCells | None, policy: Policy) -> Booleans | None:
    """Choose as if a change were declared; None where nothing is safe, alone or beside the earlier release, if any."""
    try:
        return choose_again(linked, earlier, policy) if earlier else choose(linked, policy)
    except ProtectionFailed:
        return None


def _share(linked: Linked, hidden: Booleans) -> int:
    """Give the share of printed cells, hidden or not zero, that are hidden."""
    return share_pct(int(hidden.sum()), int((linked.printed & (hidden | (linked.truth > 0))).sum()))


def share_pct(hidden: int, counted: int) -> int:
    """Give a share in whole per cents, rounded up; 0 of nothing."""
    return -(-hidden * 100 // counted) if counted else 0


def _given_up(batch: Linked, policy: Policy) -> Linked:
    """Give up cells that earlier releases give away whatever is hidden now: they are known, and protect nothing."""
    while True:
        lost = unsafe_cells(batch, batch.printed & ~batch.public, policy)
        if not lost:
            return batch
        public, implied = batch.public.copy(), batch.implied.copy()
        public[lost], implied[lost] = True, False
        batch = replace(batch, public=public, implied=implied, primary=batch.primary & ~public)
