"""Enrolments as columns of codes: what is left of a register once identifiers are gone.

Stages are held as a ladder: each enrolment reached a rung, and at the last rung has an outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from kompeten.ground.vocabulary import DECIDED, RUNGS, Stage

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]

OUTCOMES = ("", *DECIDED, "menunggu")
"""No outcome (not assessed), competent, not yet competent, decision pending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Enrolments, one position each in every array; nobody can be named from them alone, yet they stay private.

    batches: batch ids. batch: int64 position in batches. codes: for each dimension the codes that can occur, finest
    grain, ``_U`` last. columns: for each dimension an int64 position in its codes. rung: int64 position in RUNGS of
    the last stage reached. outcome: int64 position in OUTCOMES. issued: whether the certificate was issued.
    secrets: for each batch id a digest of its identity numbers, the key of choices that nobody outside the office can
    repeat; never written.
    """

    batches: tuple[str, ...]
    batch: Integers
    codes: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Integers]
    rung: Integers
    outcome: Integers
    issued: Booleans
    secrets: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return int(self.batch.size)

    def reached(self, stage: Stage) -> Booleans:
        """Tell for each enrolment whether it counts at a stage."""
        if stage in RUNGS:
            return np.asarray(self.rung >= RUNGS.index(stage))
        if stage == "skk_terbit":
            return self.issued
        return np.asarray(self.outcome == OUTCOMES.index(stage))
