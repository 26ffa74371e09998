"""What is hidden is attacked whoever hides it, and what others say of it is believed as far as it can be true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.planting import HEADLINE, Folder, Row, audited, row, rows


def told(own: list[Row], place: Path, **others: list[dict[str, str]]) -> set[tuple[str, str]]:
    """Give the reasons and cells of the breaches of some observations."""
    return {(breach.reason, breach.subject) for breach in audited(Folder(observations=own, **others), place).breaches}


@pytest.mark.parametrize("source", ["register-2025", "koran", "dinas"])
@pytest.mark.parametrize(("printed", "recovered"), [("299", True), ("150", False)])
def test_a_hidden_count_is_attacked_whatever_its_source(
    tmp_path: Path, source: str, printed: str, recovered: bool
) -> None:
    own = [
        *rows("stage _T\nasesi 300", source=source),
        *rows(f"stage L P _U\nasesi {printed} - 0", "sex", source=source),
    ]
    if not recovered:
        own[-1] |= {"value": "", "status": "hidden", "precision": ""}
    found = {each for each in told(own, tmp_path) if each[0] != "no_address"}
    assert found == ({("recovered", "t1/asesi/sex=P")} if recovered else set())


def test_a_count_of_a_register_that_is_called_unknown_is_attacked_too(tmp_path: Path) -> None:
    own = [*rows("stage _T\npeserta 100"), *rows("stage 9 8 7\npeserta 60 37 -", "qualification_level")]
    own[-1]["status"] = "unknown"
    assert told(own, tmp_path) == {("recovered", "t1/peserta/qualification_level=7")}
    own[-2] |= {"value": "", "status": "hidden", "precision": ""}
    assert told(own, tmp_path / "near") == set()


def hidden_pair() -> list[Row]:
    """Give a register of 200 whose tracks leave four people to two hidden cells, or what the press says of them."""
    return [
        *rows("stage _T\npeserta 200"),
        *rows("stage ahli asesor fresh_graduate instruktur\npeserta 128 - 59 -", "track"),
    ]


def press(value: str, source: str = "koran", precision: str = "exact", **place: str) -> Row:
    """Give what a paper says of the participants of the batch."""
    return {**row("t1", "peserta", place, value, source), "precision": precision}


RECOVERED = {("recovered", "t1/peserta/track=asesor"), ("recovered", "t1/peserta/track=instruktur")}


def test_one_wrong_newspaper_does_not_blind_the_attack(tmp_path: Path) -> None:
    """Whoever believes the first paper has the other cell; the second, which cannot be true, takes nothing with it."""
    right = press("9", track="instruktur")
    assert ("recovered", "t1/peserta/track=asesor") in told([*hidden_pair(), right], tmp_path)
    wrong = press("310", "kabar")
    assert ("recovered", "t1/peserta/track=asesor") in told([*hidden_pair(), right, wrong], tmp_path / "wrong")
    both = [*hidden_pair(), right, press("400", track="instruktur", source="kabar")]
    assert ("recovered", "t1/peserta/track=asesor") in told(both, tmp_path / "both")
    assert told([*hidden_pair(), wrong], tmp_path / "alone") == set()


def test_of_papers_that_contradict_each_other_each_is_believed(tmp_path: Path) -> None:
    own = [*hidden_pair(), press("9", track="instruktur"), press("6", "kabar", track="instruktur")]
    assert told(own, tmp_path) == {("recovered", "t1/peserta/track=asesor")}


def test_what_a_source_says_truly_counts_beside_what_it_says_wrongly(tmp_path: Path) -> None:
    own = [*hidden_pair(), press("9", track="instruktur"), press("777")]
    assert told(own, tmp_path) == {("recovered", "t1/peserta/track=asesor")}


@pytest.mark.parametrize(
    ("value", "precision", "expected"),
    [
        ("1", "at_least", {("recovered", "t1/peserta/sex=P")}),
        ("40", "exact", {("recovered", "t1/peserta/sex=P")}),
        ("3", "exact", set()),
        ("10", "about", {("recovered", "t1/peserta/sex=P")}),
    ],
)
def test_only_what_the_press_says_as_tightly_is_public_already(
    tmp_path: Path, value: str, precision: str, expected: set[tuple[str, str]]
) -> None:
    own = [
        *rows("stage _T\npeserta 63"),
        *rows("stage L P\npeserta 60 -", "sex"),
        press(value, precision=precision, sex="P"),
    ]
    assert told(own, tmp_path) == expected


def test_a_context_row_on_a_hidden_cell_is_no_leave_to_tell_it(tmp_path: Path) -> None:
    own = [*rows("stage _T\nskk_terbit 63"), *rows("stage 64.01 64.02\nskk_terbit 60 -", "region_code")]
    context = [{"measure_id": "tercatat_lpjk", "region_code": "64.02", "value": "300"}]
    assert told(own, tmp_path, context=context) == {("recovered", "t1/skk_terbit/region_code=64.02")}


def test_two_registers_that_state_one_cell_are_read_together(tmp_path: Path) -> None:
    own = [*rows("stage _T\npeserta 100"), *rows("stage 9 8 7\npeserta 60 - -", "qualification_level")]
    assert told(own, tmp_path) == set()
    second = row("t1", "peserta", {"qualification_level": "8"}, "12", "register-lain")
    assert "recovered" in {reason for reason, _ in told([*own, second], tmp_path / "second")}


@pytest.mark.parametrize(("source", "fails"), [("dinas", True), ("koran", False)])
@pytest.mark.parametrize("value", ["2", "60", "0"])
def test_people_by_detail_need_an_address_or_the_door(tmp_path: Path, source: str, fails: bool, value: str) -> None:
    own = [*rows(HEADLINE), row("t2", "peserta", {"sex": "P"}, value, source)]
    assert told(own, tmp_path) == ({("no_address", "t2/peserta/sex=P")} if fails else set())
    total = [*rows(HEADLINE), row("t2", "peserta", {}, value, source)]
    assert told(total, tmp_path / "total") == set()
