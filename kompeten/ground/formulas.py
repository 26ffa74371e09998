"""The formulas of the registry: the counts that they name, and what each is computed for.

A formula adds and subtracts counts: ``peserta - asesi``. A count is a stage, a stage at one code of one dimension
written as in the address of a cell (``peserta/sex=P``), a short name of such a count, a count about the workforce, or
one of the numbers that are set beside counts: a target and what was achieved of it, money, residents.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Literal

from kompeten.ground.vocabulary import DIMENSIONS, STAGES, Stage

Scope = Literal["batch", "place", "target", "budget", "workforce"]
"""What a measure is computed for: each batch (and its parts), a region, a target, a budget, a count of workers."""

SHORT: Mapping[str, str] = {
    "peserta_laki_laki": "peserta/sex=L",
    "peserta_perempuan": "peserta/sex=P",
    "peserta_lulusan_baru": "peserta/track=fresh_graduate",
    "peserta_ahli": "peserta/track=ahli",
}
"""Short names of counts at one code of one dimension."""

BESIDE = ("achieved", "target", "anggaran", "penduduk")
"""Numbers that are set beside counts."""

PLACE_STAGES: tuple[Stage, ...] = ("peserta", "kompeten")
"""The stages that are set against the residents of a place."""

_TERM = re.compile(r"([+-]?) ?([a-z_]+(?:/[a-z_]+=\w+(?:\.\w+)?)?)")


def terms(formula: str) -> tuple[tuple[int, str], ...]:
    """Give the counts of a formula with their signs, in order: 1 where they are added, -1 where subtracted."""
    return tuple((-1 if sign == "-" else 1, name) for sign, name in _TERM.findall(formula))


def names_in(*formulas: str) -> tuple[str, ...]:
    """Give the counts that formulas name, each once, in order."""
    return tuple(dict.fromkeys(name for formula in formulas for _, name in terms(formula)))


def cell_of(name: str) -> tuple[str, tuple[str, str] | None] | None:
    """Give the stage that a count is of, with dimension and code if it is at one; None where it is none of a batch."""
    stage, _, at = SHORT.get(name, name).partition("/")
    dimension, _, code = at.partition("=")
    if stage not in STAGES or (at and dimension not in DIMENSIONS):
        return None
    return stage, (dimension, code) if at else None


def scope_of(names: Collection[str], workforce: Collection[str]) -> tuple[Scope, str] | None:
    """Give what a formula over these counts is computed for, and which figure of it; None where nothing computes it.

    Any number of measures are computed for each batch; of every other figure the first that the registry names.
    workforce: the counts about the workforce.
    """
    own = set(names)
    if all(cell_of(name) for name in own):
        return "batch", " ".join(sorted(own))
    if own <= set(workforce):
        return "workforce", ""
    for scope, wanted in (("target", {"achieved", "target"}), ("budget", {"anggaran", "target"})):
        if own == wanted:
            return scope, ""  # type: ignore[return-value]
    stages = own - {"penduduk"}
    return ("place", min(stages)) if len(own) == 2 and stages < own and stages <= set(PLACE_STAGES) else None
