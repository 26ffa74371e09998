"""The insider: one person who is counted, knows it, and subtracts himself or herself from what is published.

What an insider learns. Being counted at a stage, under some codes, says that this count is at least 1; so are then
every count that contains it and every earlier stage of it, which the sums and the funnel of the system say by
themselves. A person is in one cell of each table: the variant takes every hidden cell that might be 0, alone and with
one cell of another table that the same person can be in. What is left of every hidden count, the others in it, must
stay open by the width of the policy less the one person, and never by less than LEAST_ROOM.

A printed count needs no variant: it is 5 or more, so at least 4 others are in it, and no one of them stands out.
Limits: one insider, not several who pool what they know; two memberships at a time, not all of a person's tables;
and where linked cells are very many, as many insiders as EFFORT allows, those nearest to the tightest cells first.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import merge
from itertools import chain, combinations

import numpy as np

from kompeten.audit.reasoning.cells import Key
from kompeten.audit.reasoning.knowledge import Known
from kompeten.audit.reasoning.propagate import propagate
from kompeten.audit.reasoning.solve import Interval, Part, explain, intervals, parts
from kompeten.audit.reasoning.system import System
from kompeten.audit.reasoning.verdict import Breach, Contradiction
from kompeten.ground.policy import Policy
from kompeten.ground.vocabulary import ALL

LEAST_ROOM = 2
"""A count of others that is left with fewer than three possible values is known to the person, all but one."""

REACH = 4
"""Two memberships move each end of an interval by one person each at most, as sums name a cell once: wider is safe."""

EFFORT = 100_000
"""Insiders times linked cells that one audit looks at; a programme of 2,000 people needs some thousands."""

Membership = tuple[int, ...]
"""The cells, by index, that a person knows to be in."""


@dataclass(slots=True)
class Insiders:
    """Tries insiders on one system after another, until the effort is spent; tried counts them."""

    policy: Policy
    effort: int = EFFORT
    tried: int = 0
    told: dict[int, tuple[Membership, Interval]] = field(default_factory=dict)

    def breaches(self, known: Known, hidden: Sequence[int], found: Mapping[int, Interval]) -> Iterator[Breach]:
        """Give the hidden counts of a system that an insider bounds too tightly; found: what everybody can bound.

        Nothing where everybody can bound one too tightly already. Raises AuditError where a program is not solved.
        """
        room = max(self.policy.width - 1, LEAST_ROOM)
        if any(found[index].width < self.policy.width for index in hidden):
            return
        tight = [index for index in hidden if found[index].width < room + REACH]
        # Again, for an interval that was seen to be wide enough says nothing of how wide it is.
        again = intervals(known.system, tight, width=room + REACH)
        tight = [index for index, interval in zip(tight, again, strict=True) if interval.width < room + REACH]
        self.told = {}
        for part in parts(known.system, propagate(known.system), tight) if tight else ():
            self._try_part(known, part, room)
        for index, (membership, interval) in sorted(self.told.items()):
            names = known.system.names
            addresses = {f"insider: {names[own]}" for own in membership}
            addresses |= set(explain(_raised(known.system, membership), index))
            yield Breach(reason="insider", subject=names[index], chain=tuple(sorted(addresses)), proof=interval.proof)

    def _try_part(self, known: Known, part: Part, room: int) -> None:
        """Try the insiders of one connected part on its tight cells."""
        local = _system(known.system, part)
        keys = {index: key for key, index in known.place.items()}
        hidden = set(known.hidden)
        may_be_empty = {
            place: keys[int(cell)]
            for place, cell in enumerate(part.cells)
            if int(cell) in hidden and int(cell) in keys and local.lower[place] == 0
        }
        for membership in memberships(may_be_empty, frozenset(part.targets)):
            if self.effort < local.size:
                return
            self.effort -= local.size
            self.tried += 1
            try:
                seen = intervals(_raised(local, membership), part.targets, width=room)
            except Contradiction:
                continue  # nobody can be in both
            for target, interval in zip(part.targets, seen, strict=True):
                if interval.width < room:
                    own = tuple(int(part.cells[place]) for place in membership)
                    self.told.setdefault(int(part.cells[target]), (own, interval))


def memberships(cells: Mapping[int, Key], near: frozenset[int]) -> Iterator[Membership]:
    """Give what one person may know to be in: each cell alone, and each pair that one person can be in at once.

    cells: index to key. near: indices of the cells that are tight; what touches them comes first, then by index. One
    at a time: of many thousand cells nobody asks for all pairs.
    """
    close, rest = sorted(near.intersection(cells)), sorted(cells.keys() - near)
    yield from ((index,) for index in (*close, *rest))
    for pair in chain(combinations(close, 2), _across(close, rest), combinations(rest, 2)):
        if _fit_one_person(cells[pair[0]], cells[pair[1]]):
            yield pair


def _across(close: Sequence[int], rest: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give each pair of one from either side, the smaller first, in order; both sides are sorted."""
    for one, others in merge(((index, rest) for index in close), ((index, close) for index in rest)):
        yield from ((one, other) for other in others[bisect(others, one) :])


def _fit_one_person(one: Key, other: Key) -> bool:
    """Tell whether a person can be in two cells, neither of which follows from the other: no code contradicts."""
    if one.batch_id != other.batch_id or one.scheme <= other.scheme or other.scheme <= one.scheme:
        return False
    return all(a == b or ALL in (a, b) for a, b in zip(one.place, other.place, strict=True))


def _raised(system: System, membership: Membership) -> System:
    """Give a system in which the cells of a membership hold at least the one person."""
    lower = system.lower.copy()
    lower[list(membership)] = np.maximum(lower[list(membership)], 1)
    return replace(system, lower=lower)


def _system(whole: System, part: Part) -> System:
    """Give a part as a system of its own: same order of cells and statements, no addresses."""
    own, names = part.component, tuple(whole.names[int(cell)] for cell in part.cells)
    return System.bare(names, own.lower, own.upper, own.matrix, (own.row_lower, own.row_upper))
