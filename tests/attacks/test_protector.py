"""The protector is never trusted: what it gives is attacked, and one hidden cell less must be caught."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kompeten.audit import verdict
from kompeten.audit.reasoning.cells import Cell, Key, Published
from kompeten.invented.synthetic import PlannedBatch, synthesise
from kompeten.register.hiding.count import count
from kompeten.register.hiding.protect import ProtectedCell, ProtectedRelease, protect
from kompeten.register.publishing.folder import read_code_lists
from tests.attacks.planting import POLICY, REPOSITORY

SHARES = {"64.01": 0.2, "64.02": 0.3, "64.71": 0.25, "64.72": 0.2, "64.11": 0.05}


def protected(seed: int, people: int) -> tuple[ProtectedCell, ...]:
    """Give the protected cells of one invented batch."""
    _, parents = read_code_lists(REPOSITORY / "data" / "reference")
    batch = PlannedBatch(batch_id="t1", year=2025, number=1, participants=people)
    policy = replace(POLICY, hidden_share_pct=100)
    release = protect(count(synthesise((batch,), SHARES, seed=seed), policy, parents), policy)
    assert isinstance(release, ProtectedRelease)
    return release.cells


def published(cells: tuple[ProtectedCell, ...]) -> Published:
    """Give protected cells as a reader sees them."""
    _, parents = read_code_lists(REPOSITORY / "data" / "reference")
    return Published(
        cells=tuple(
            Cell(
                key=Key(cell.batch_id, cell.stage, cell.coordinates),
                value=cell.value,
                status=cell.status,
                precision=cell.precision,
                source_id="register",
                is_register=True,
                address=f"cell {number}",
            )
            for number, cell in enumerate(cells)
        ),
        parents={str(name): codes for name, codes in parents.items()},
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("people", [150, 400])
def test_what_the_door_gives_withstands_the_attack(seed: int, people: int) -> None:
    assert verdict(published(protected(seed, people)), POLICY).breaches == ()


@pytest.mark.parametrize(("people", "most"), [(60, 62), (150, 38), (400, 2)])
def test_no_more_is_hidden_than_the_search_has_found_enough(people: int, most: int) -> None:
    """Four registers of each size, 77 printed cells each: whoever hides more has to say why."""
    hidden = [cell for seed in range(4) for cell in protected(seed, people) if cell.status == "hidden"]
    assert 0 < len(hidden) <= most


@pytest.mark.parametrize("seed", [1, 2])
def test_one_hidden_cell_less_is_caught(seed: int) -> None:
    cells = protected(seed, 200)
    hidden = [number for number, cell in enumerate(cells) if cell.status == "hidden"]
    assert hidden
    for number in hidden:
        shown = replace(cells[number], value=cells[number].people, status="released", precision="exact")
        planted = (*cells[:number], shown, *cells[number + 1 :])
        assert verdict(published(planted), POLICY).breaches, cells[number]


@pytest.mark.parametrize("seed", range(4))
def test_a_protector_that_hides_small_cells_alone_is_caught(seed: int) -> None:
    cells = tuple(
        replace(cell, value=cell.people, status="released", precision="exact")
        if cell.reason == "complementary"
        else cell
        for cell in protected(seed, 200)
    )
    assert verdict(published(cells), POLICY).breaches
