"""This release beside an earlier one: what the two together say that neither says alone, beyond single counts.

Changes of single counts are cells of the joint system (knowledge.py, judge.py); here are the rules about batches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kompeten.audit.reasoning.cells import Cell, Key, Published
from kompeten.audit.reasoning.margins import Coordinates, failed_changes, people_changed
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.policy import Policy


def release_breaches(
    published: Published, previous: Sequence[tuple[str, Published]], policy: Policy
) -> Iterator[Breach]:
    """Give the batches that vanished since an earlier release, are no register's any more, or of which too few people
    changed, and the results that show that nobody of those who changed passed. A declared correction is no exception:
    who changed is a group.
    """
    now = _by_batch(published)
    others = {cell.key.batch_id for cell in published.cells} - set(now)
    for name, earlier in previous:
        for batch_id, old in sorted(_by_batch(earlier).items()):
            if batch_id in others:
                yield Breach(reason="kind_changed", subject=batch_id, chain=(name,))
            elif batch_id not in now:
                yield Breach(reason="batch_withdrawn", subject=batch_id, chain=(name,))
            if batch_id not in now:
                continue
            moved = _moves(old, now[batch_id])
            if 0 < people_changed(moved) < policy.people_changed_at_least:
                yield Breach(reason="few_people_changed", subject=batch_id, chain=(name,))
            for stage, place in failed_changes(moved) if policy.all_failed == "any_size" else ():
                yield Breach(reason="all_failed", subject=Key(batch_id, stage, place).text(), chain=(name,))


def _moves(old: Mapping[Key, Cell], new: Mapping[Key, Cell]) -> dict[tuple[str, Coordinates], int]:
    """Give how each count moved that both releases print, by stage and place."""
    return {
        (key.stage, key.place): (new[key].value or 0) - (cell.value or 0)
        for key, cell in old.items()
        if key in new and cell.value is not None and new[key].value is not None
    }


def _by_batch(published: Published) -> dict[str, dict[Key, Cell]]:
    groups: dict[str, dict[Key, Cell]] = defaultdict(dict)
    for cell in published.register:
        groups[cell.key.batch_id][cell.key] = cell
    return dict(groups)
