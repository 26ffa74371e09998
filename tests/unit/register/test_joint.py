"""Two releases read together: each may be safe alone and give people away by subtraction."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kompeten.register.hiding.count import count
from kompeten.register.hiding.joint import EarlierCells, joint_breaches, moves
from kompeten.register.hiding.linkage import link
from kompeten.register.hiding.protect import PlanRefused, ProtectedRelease, by_batch, protect
from kompeten.register.reading.people import People
from tests.unit.register.registers import invented_people, lists_and_parents
from tests.unit.register.tables import POLICY, selected


def release_of(people: People, previous: tuple[EarlierCells, ...] = (), corrected: tuple[str, ...] = ()) -> object:
    cubes = count(people, POLICY, lists_and_parents()[1])
    return protect(cubes, POLICY, previous, corrected=corrected)


def earlier_of(release: object) -> tuple[EarlierCells, ...]:
    assert isinstance(release, ProtectedRelease)
    batches = dict.fromkeys(cell.batch_id for cell in release.cells)
    return tuple(
        EarlierCells(
            batch_id=batch,
            values={(cell.stage, cell.coordinates): cell.value for cell in release.cells if cell.batch_id == batch},
        )
        for batch in batches
    )


def without_last(people: People, count_of_people: int) -> People:
    """Take away the last so many assessed people of the second batch: the late records of a later release."""
    second = np.flatnonzero((people.batch == 1) & (people.rung == 5))
    keep = np.ones(people.size, dtype=bool)
    keep[second[-count_of_people:]] = False
    return selected(people, keep)


def test_the_same_register_keeps_its_pattern() -> None:
    first = release_of(invented_people())
    again = release_of(invented_people(), earlier_of(first))
    assert isinstance(first, ProtectedRelease)
    assert isinstance(again, ProtectedRelease)
    assert [cell.value for cell in first.cells] == [cell.value for cell in again.cells]


def test_a_new_batch_leaves_the_published_one_as_it_was() -> None:
    everybody = invented_people()
    first_batch = replace(selected(everybody, everybody.batch == 0), batches=everybody.batches[:1])
    first = release_of(first_batch)
    second = release_of(everybody, earlier_of(first))
    assert isinstance(first, ProtectedRelease)
    assert isinstance(second, ProtectedRelease)
    kept = [cell.value for cell in second.cells if cell.batch_id == "contoh-2026-1"]
    assert kept == [cell.value for cell in first.cells]


def test_fifteen_late_records_each_release_safe_alone_are_refused_together() -> None:
    before = release_of(without_last(invented_people(), 15))
    alone = release_of(invented_people())
    together = release_of(invented_people(), earlier_of(before))
    assert isinstance(before, ProtectedRelease)
    assert isinstance(alone, ProtectedRelease)
    assert isinstance(together, PlanRefused)
    assert together.reasons[0].en.startswith("contoh-2026-2: published counts move by 1 to 4 people")


def test_a_declared_correction_hides_what_both_releases_would_give_away() -> None:
    """Fifteen late records, declared: many cells must go, more than the policy may allow, but the pattern is safe."""
    before = release_of(without_last(invented_people(), 15))
    cubes = count(invented_people(), POLICY, lists_and_parents()[1])
    batch = "contoh-2026-2"
    loose = replace(POLICY, hidden_share_pct=100)
    corrected = protect(cubes, loose, earlier_of(before), corrected=(batch,))
    assert isinstance(before, ProtectedRelease)
    assert isinstance(corrected, ProtectedRelease)
    old = {(cell.batch_id, cell.stage, cell.coordinates): cell.value for cell in before.cells}
    for cell in corrected.cells:
        was = old[cell.batch_id, cell.stage, cell.coordinates]
        if cell.table != "tahap" and was is not None and cell.value is not None:
            assert cell.value == was or abs(cell.value - was) >= POLICY.small_change_below
    linked = link(by_batch(cubes)[batch], loose)
    (earlier,) = [item for item in earlier_of(before) if item.batch_id == batch]
    values = {(cell.stage, cell.coordinates): cell.value for cell in corrected.cells if cell.batch_id == batch}
    hidden = np.array([key in values and values[key] is None for key in linked.keys])
    assert joint_breaches(linked, hidden, moves(linked, earlier), loose) == ()


def test_a_published_batch_that_vanishes_is_refused() -> None:
    everybody = invented_people()
    first = release_of(everybody)
    less = replace(selected(everybody, everybody.batch == 0), batches=everybody.batches[:1])
    refused = release_of(less, earlier_of(first))
    assert isinstance(refused, PlanRefused)
    assert refused.reasons[0].en.startswith(
        "contoh-2026-2: include every published batch ← is in the earlier release but not in this register"
    )


def test_an_officer_may_not_switch_to_other_tables_of_a_published_batch() -> None:
    first = release_of(invented_people())
    fewer = replace(POLICY, tables=POLICY.tables[:3])
    refused = protect(count(invented_people(), fewer, lists_and_parents()[1]), fewer, earlier_of(first))
    assert isinstance(refused, PlanRefused)
    assert "use the same plan" in refused.reasons[0].en


def test_what_an_earlier_release_gave_away_stays_public_and_does_not_stop_the_run() -> None:
    """An unprotected release is out: nothing new is hidden for it, and nothing else is given away."""
    cubes = count(invented_people(), POLICY, lists_and_parents()[1])
    naked = tuple(
        EarlierCells(
            batch_id=batch_id,
            values={
                key: int(value)
                for linked in [link(tables, POLICY)]
                for key, value, printed in zip(linked.keys, linked.truth, linked.printed, strict=True)
                if printed
            },
        )
        for batch_id, tables in by_batch(cubes).items()
    )
    again = protect(cubes, POLICY, naked)
    assert isinstance(again, ProtectedRelease)
    assert {cell.status for cell in again.cells} == {"released"}
