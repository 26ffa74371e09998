"""This release beside an earlier one: what the two together say that neither says alone, beyond single counts.

Changes of single counts are cells of the joint system (knowledge.py, judge.py); here are the rules about batches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kompeten.audit.reasoning.cells import NOWHERE, Cell, Key, Published
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.policy import Policy


def release_breaches(
    published: Published, previous: Sequence[tuple[str, Published]], policy: Policy
) -> Iterator[Breach]:
    """Give the batches that vanished since an earlier release, are no register's any more, or changed by too few."""
    now = _by_batch(published)
    others = {cell.key.batch_id for cell in published.cells} - set(now)
    declared = published.corrected
    for name, earlier in previous:
        for batch_id, old in sorted(_by_batch(earlier).items()):
            if batch_id in others:
                yield Breach(reason="kind_changed", subject=batch_id, chain=(name,))
            elif batch_id not in now:
                yield Breach(reason="batch_withdrawn", subject=batch_id, chain=(name,))
            elif batch_id not in declared and _moved_by_few(old, now[batch_id], policy):
                yield Breach(reason="few_people_changed", subject=batch_id, chain=(name,))
        declared |= earlier.corrected


def _moved_by_few(old: dict[Key, Cell], new: dict[Key, Cell], policy: Policy) -> bool:
    """Tell whether some count moved, yet no batch total by as many people as the policy asks."""
    moves = {
        key: abs((new[key].value or 0) - (cell.value or 0))
        for key, cell in old.items()
        if key in new and cell.value is not None and new[key].value is not None
    }
    totals = max((by for key, by in moves.items() if key.place == NOWHERE), default=0)
    return any(moves.values()) and totals < policy.people_changed_at_least


def _by_batch(published: Published) -> dict[str, dict[Key, Cell]]:
    groups: dict[str, dict[Key, Cell]] = defaultdict(dict)
    for cell in published.register:
        groups[cell.key.batch_id][cell.key] = cell
    return dict(groups)
