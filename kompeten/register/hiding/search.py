"""One search: hide what the rules hide, attack, hide what the attack asks for, and print again what it does not need.

The attacker is the public one (audit/reasoning), told one thing more: that a hidden cell is not empty. Whoever knows
these rules may guess it, and whoever is counted in a cell knows it of that cell: insiders learn no more. Among patterns
that cost the same a secret that never leaves the office chooses: whoever runs the rules on every table that fits cannot
tell which of two hidden cells was hidden for the other.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

import numpy as np

from kompeten.audit.reasoning.solve import intervals
from kompeten.ground.policy import Policy
from kompeten.ground.refusal import Refused
from kompeten.ground.wording import worded
from kompeten.register.hiding.linkage import Linked, batch_totals
from kompeten.register.hiding.repair import NoRoom, repair
from kompeten.register.hiding.trim import trim
from kompeten.register.reading.people import Booleans

ROUNDS = 12
"""Attack and repair so many times; more has not been needed, and a pattern that resists is refused."""

RUNS = 6
"""So many orders of the secret are tried, and the pattern that hides least is kept."""

RUNS_BELOW = 400
"""Systems of more cells are searched once: their patterns differ little."""

PLAIN = 32
"""The secret adds 0 to 255 to this price of a cell: wide enough to choose freely among cells of one table."""


class ProtectionFailed(Refused):
    """No safe pattern was found in ROUNDS rounds; nothing may be published. Names no value."""


def choose(linked: Linked, policy: Policy) -> Booleans:
    """Choose the hidden cells of one linked system; safe, or ProtectionFailed.

    Where a batch total would have to go, another pattern is looked for that keeps all of them, else each that can be
    kept beside those before it: readers compare totals with targets, so they are kept whatever else that hides.
    """
    hidden = _safe(linked, policy)
    totals = np.flatnonzero(batch_totals(linked) & linked.printed & ~linked.primary & ~linked.public)
    if not hidden[totals].any():
        return hidden
    # Of a single total, all of them was the only attempt there is.
    for some in (totals, *(totals[[position]] for position in range(totals.size) if totals.size > 1)):
        public = linked.public.copy()
        public[some] = True
        exact = replace(linked, public=public)
        try:
            hidden = _safe(exact, policy)
        except ProtectionFailed:
            continue
        if some.size == totals.size:
            return hidden
        linked = exact
    return hidden


def unsafe_cells(linked: Linked, hidden: Booleans, policy: Policy) -> list[int]:
    """Attack: give the hidden and implied cells that a reader can bound too tightly."""
    targets = np.flatnonzero(hidden | linked.implied).tolist()
    if not targets:
        return []
    found = intervals(linked.system(hidden), targets, width=policy.width)
    return [cell for cell, interval in zip(targets, found, strict=True) if not linked.is_safe(cell, interval, policy)]


def finished(linked: Linked, hidden: Booleans, policy: Policy) -> Booleans:
    """Attack and repair until nothing is found; safe, or ProtectionFailed."""
    for round_number in range(ROUNDS):
        unsafe = unsafe_cells(linked, hidden, policy)
        if not unsafe:
            return hidden
        try:
            # Wider from the fifth round on: programs count in fractions.
            hidden = repair(linked, hidden, unsafe, width=policy.width + round_number // 4)
        except NoRoom:
            break
    raise ProtectionFailed(worded("no-safe-pattern", name=linked.batch_id))


def _safe(linked: Linked, policy: Policy) -> Booleans:
    """Give the cheapest pattern of some runs."""
    if not unsafe_cells(linked, linked.primary, policy):
        return linked.primary
    shaded = [_shaded(linked, run) for run in range(RUNS if linked.size < RUNS_BELOW else 1)]
    ends = [trim(own, finished(own, own.primary, policy), policy) for own in shaded]
    return min(ends, key=lambda hidden: (int(hidden.sum()), int(linked.cost[hidden].sum())))


def _shaded(linked: Linked, run: int) -> Linked:
    """Give the same cells at prices that the secret moves, so that it chooses among those equally missed.

    Every second run prices all cells alike: where dear cells are few, hiding them hides least.
    """
    shade = [
        hmac.digest(linked.secret, f"{run}/{stage}/{'/'.join(place)}".encode(), hashlib.sha256)[0]
        for stage, place in linked.keys
    ]
    cost = np.ones_like(linked.cost) if run % 2 else linked.cost
    return replace(linked, cost=cost * (PLAIN + np.array(shade, dtype=np.int64)))
