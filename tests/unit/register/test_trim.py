"""Printing again what need not be hidden: fewer dashes, and still nothing to work out."""

from __future__ import annotations

import numpy as np
import pytest

from kompeten.register.hiding.count import count
from kompeten.register.hiding.linkage import Linked, link
from kompeten.register.hiding.search import unsafe_cells
from kompeten.register.hiding.trim import trim
from tests.unit.register.tables import PARENTS, POLICY, random_people, table, with_tables

PLAN = with_tables(
    POLICY,
    table("tahap", stages=("peserta", "selesai", "kompeten")),
    table("a", "sex", "track"),
    table("b", "track", "funding_source", stages=("selesai", "kompeten")),
    table("c", "region_code"),
)


def linked_by_chance(seed: int) -> Linked:
    return link(count(random_people(300, seed), PLAN, PARENTS), PLAN)


@pytest.mark.parametrize("seed", range(4))
def test_hiding_everything_is_trimmed_to_what_the_attack_needs(seed: int) -> None:
    linked = linked_by_chance(seed)
    everything = linked.printed.copy()
    assert unsafe_cells(linked, everything, PLAN) == []
    hidden = trim(linked, everything, PLAN)
    assert unsafe_cells(linked, hidden, PLAN) == []
    assert (linked.primary & ~hidden).sum() == 0
    assert hidden.sum() < everything.sum()
    for cell in np.flatnonzero(hidden & ~linked.primary):
        less = hidden.copy()
        less[cell] = False
        assert unsafe_cells(linked, less, PLAN)


def test_without_work_to_spend_nothing_is_printed_again() -> None:
    linked = linked_by_chance(1)
    assert (trim(linked, linked.printed, PLAN, work=0) == linked.printed).all()
