"""One insider, who knows that he or she is counted; every pattern beside a near miss that keeps its room."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kompeten.audit import AuditResult, audit_directory, verdict
from kompeten.audit.reasoning.cells import Key
from kompeten.audit.reasoning.insider import EFFORT, memberships
from kompeten.audit.reasoning.solve import intervals
from kompeten.audit.reasoning.system import Builder
from kompeten.ground.policy import Policy
from kompeten.ground.vocabulary import DIMENSIONS
from tests.attacks.planting import POLICY, Folder, Row, reasons, rows
from tests.attacks.test_protector import protected, published

LOOSE: Policy = replace(POLICY, width=1)
"""A policy that forbids exact recovery alone."""


def audited(observations: list[Row], place: Path, policy: Policy) -> AuditResult:
    """Write the counts to a folder, protected under a policy, and audit it under the same."""
    return audit_directory(Folder(observations=observations, policy=policy).write(place), policy=policy)


def pair(room: int) -> list[Row]:
    """Give two hidden levels that hold so many people between them."""
    total = rows("stage _T\npeserta 100")
    return [*total, *rows(f"stage 9 8 7\npeserta {100 - room} - -", "qualification_level")]


@pytest.mark.parametrize(
    ("width", "room", "fails"), [(1, 1, True), (1, 2, True), (2, 2, True), (2, 3, False), (3, 3, False), (4, 4, False)]
)
def test_a_member_of_a_hidden_pair_knows_the_other_cell(tmp_path: Path, width: int, room: int, fails: bool) -> None:
    """Two cells that sum to 2: nobody can tell 0+2 from 1+1 from 2+0, but a member can, all but one person."""
    result = audited(pair(room), tmp_path, replace(POLICY, width=width))
    assert reasons(result) == ({"insider"} if fails else set())


def test_the_policy_of_the_repository_covers_one_insider(tmp_path: Path) -> None:
    """Under width 4 the smallest pair that passes sums to 4, and leaves a member three people of room."""
    result = audited(pair(4), tmp_path, POLICY)
    assert result.breaches == ()
    assert result.summary.insiders > 0


def test_the_message_names_the_cell_and_where_the_insider_sits(tmp_path: Path) -> None:
    result = audited(pair(2), tmp_path, LOOSE)
    assert {breach.subject for breach in result.breaches} == {
        "t1/peserta/qualification_level=8",
        "t1/peserta/qualification_level=7",
    }
    (first, *_) = result.breaches
    assert any(address.startswith("insider: t1/peserta/qualification_level=") for address in first.chain)
    assert "outcomes/observations.csv:3" in first.chain
    text = first.line("en")
    assert "somebody who knows that he or she is counted can bound a hidden count" in text
    assert "orang yang tahu dirinya ikut dihitung" in first.line("id")


def test_belonging_to_a_later_stage_tells_of_the_earlier_one(tmp_path: Path) -> None:
    """A certified member is a participant too: the hidden certificates of a pair bound its hidden participants."""
    stages = [*rows("stage _T\npeserta 100\nskk_terbit 90")]
    drawn = rows("stage 9 8 7\npeserta 98 - -\nskk_terbit 88 - -", "qualification_level")
    assert reasons(audited([*stages, *drawn], tmp_path / "planted", replace(POLICY, width=2))) == {"insider"}
    drawn = rows("stage 9 8 7\npeserta 90 - -\nskk_terbit 80 - -", "qualification_level")
    assert audited([*stages, *drawn], tmp_path / "near", replace(POLICY, width=2)).breaches == ()


def test_a_member_of_two_tables_knows_more_than_of_one() -> None:
    """Two tables that share people: a member of a cell in each narrows a third cell twice."""
    builder = Builder()
    level, sex, other = (builder.cell(name, high=4) for name in ("level", "sex", "other"))
    total = builder.cell("total", low=4, high=4)
    builder.equal(total, [level, sex, other], why="sum")
    assert intervals(builder.build(), [other], width=None)[0].width == 4
    builder.row([(level, 1)], low=1, why="member")
    builder.row([(sex, 1)], low=1, why="member")
    assert intervals(builder.build(), [other], width=None)[0].width == 2


def test_memberships_fit_one_person() -> None:
    cells = {
        number: Key("t1", "peserta", tuple(codes.get(name, "_T") for name in DIMENSIONS))
        for number, codes in enumerate(
            ({"sex": "L"}, {"sex": "P"}, {"track": "ahli"}, {"sex": "P", "qualification_level": "7"})
        )
    }
    found = list(memberships(cells, frozenset({2})))
    assert found[0] == (2,), "a tight cell is tried first"
    assert set(found) == {(0,), (1,), (2,), (3,), (0, 2), (1, 2), (2, 3)}


@pytest.mark.parametrize("people", [80, 110, 150])
@pytest.mark.parametrize("seed", range(3))
def test_width_four_holds_against_an_insider_on_protected_tables(seed: int, people: int) -> None:
    result = verdict(published(protected(seed, people)), POLICY)
    assert result.breaches == ()
    assert result.summary.insiders < EFFORT
