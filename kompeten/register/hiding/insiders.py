"""The attacker's insider, sent against a pattern before it is published: one who knows that he or she is counted."""

from __future__ import annotations

import numpy as np

from kompeten.audit.reasoning.cells import Key
from kompeten.audit.reasoning.insider import EFFORT, Insiders
from kompeten.audit.reasoning.knowledge import Known
from kompeten.audit.reasoning.solve import intervals
from kompeten.ground.policy import Policy
from kompeten.register.hiding.linkage import Linked
from kompeten.register.reading.people import Booleans


def insiders_of(policy: Policy) -> Insiders:
    """Give insiders for a whole release, with twice the effort of the audit that follows."""
    return Insiders(policy=policy, effort=2 * EFFORT)


def told_to_insiders(linked: Linked, hidden: Booleans, insiders: Insiders) -> list[int]:
    """Give the hidden cells that one person in the tables can bound too tightly; hidden is safe from everybody else."""
    if insiders.effort < EFFORT:
        return []  # the audit has spent its own by here
    system = linked.system(hidden)
    cells = np.flatnonzero(hidden & ~linked.public).tolist()
    known = Known(
        system=system,
        place={
            Key(linked.batch_id, stage, place): position
            for position, (stage, place) in enumerate(linked.keys)
            if ">" not in stage
        },
        hidden=tuple(cells),
        unprinted=(),
        left_over={},
        changes={},
    )
    found = dict(zip(cells, intervals(system, cells, width=insiders.policy.width), strict=True))
    told = {breach.subject for breach in insiders.breaches(known, cells, found)}
    return [cell for cell in cells if system.names[cell] in told]
