"""What anyone can read off the printed counts; every attack beside a near miss that passes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.attacks.planting import HEADLINE, Folder, Row, audited, reasons, row, rows, safe_table


def test_a_table_that_hides_nothing_and_gives_nothing_away_passes(tmp_path: Path) -> None:
    result = audited(safe_table(), tmp_path)
    assert result.breaches == ()
    assert result.summary.cells_audited == 8
    assert result.summary.tightest_width is None


@pytest.mark.parametrize(("count", "fails"), [("0", False), ("1", True), ("4", True), ("5", False)])
def test_a_small_cell_may_not_be_printed(tmp_path: Path, count: str, fails: bool) -> None:
    rest = str(100 - int(count))
    drawn = rows(f"stage L P\npeserta {rest} {count}", "sex")
    result = audited(Folder(observations=[*rows("stage _T\npeserta 100"), *drawn]), tmp_path)
    assert reasons(result) == ({"small_cell"} if fails else set())


@pytest.mark.parametrize("precision", ["about", "at_least", "rounded", ""])
def test_a_count_from_a_register_is_exact_or_hidden(tmp_path: Path, precision: str) -> None:
    vague = [{**own, "precision": precision} for own in rows("stage _T\npeserta 100")]
    assert reasons(audited(Folder(observations=vague), tmp_path)) == {"not_exact"}


def test_a_small_figure_of_the_press_is_public_already(tmp_path: Path) -> None:
    press = [row("t1", "peserta", {"sex": "P"}, "3", "koran")]
    assert audited(Folder(observations=[*rows(HEADLINE), *press]), tmp_path).breaches == ()


def by_level(kompeten: str) -> list[Row]:
    return rows(
        f"""
        stage    ahli teknisi_operator
        peserta  93   7
        kompeten {kompeten}
        """,
        "qualification_level",
    )


def test_a_group_in_which_nobody_passed_is_hidden_at_any_size(tmp_path: Path) -> None:
    failed = Folder(observations=[*rows(HEADLINE), *by_level("70 0")])
    assert reasons(audited(failed, tmp_path)) == {"all_failed"}


def test_a_group_in_which_nobody_has_the_certificate_is_hidden_at_any_size(tmp_path: Path) -> None:
    """34 people of one regency and no certificate there, whether or not those who passed are printed beside."""
    headline = rows("stage _T\npeserta 100\nasesi 100\nkompeten 90\nskk_terbit 55")
    for passed in ("", "kompeten 29 61\n"):
        drawn = rows(f"stage 64.07 64.72\npeserta 34 66\n{passed}skk_terbit 0 55", "region_code")
        assert reasons(audited(Folder(observations=[*headline, *drawn]), tmp_path / str(len(passed)))) == {"all_failed"}
    some = rows("stage 64.07 64.72\npeserta 34 66\nskk_terbit 6 49", "region_code")
    assert audited(Folder(observations=[*headline, *some]), tmp_path / "some").breaches == ()


def test_nobody_has_the_certificate_where_nobody_passed_either(tmp_path: Path) -> None:
    """The competent are hidden as they must be; the certificates tell all the same."""
    drawn = rows("stage L P\nasesi 85 5\nkompeten - -\nskk_terbit 60 0", "sex")
    assert reasons(audited(Folder(observations=[*rows(HEADLINE), *drawn]), tmp_path)) >= {"all_failed"}


@pytest.mark.parametrize("result", ["kompeten", "skk_terbit"])
@pytest.mark.parametrize(("by_sex", "fails"), [("34 14", True), ("28 20", False)])
def test_nobody_passed_in_a_cell_that_nobody_prints(tmp_path: Path, result: str, by_sex: str, fails: bool) -> None:
    """Where all 34 men passed, the 24 experts who did are men, and none of the six women among the experts passed.

    So it is with the certificates, where those alone are printed.
    """
    places = "ahli/L ahli/P teknisi_operator/L teknisi_operator/P"
    folder = Folder(
        observations=[
            *rows(f"stage _T\npeserta 60\n{result} 48"),
            *rows(f"stage {places}\npeserta 24 6 10 20", "qualification_level", "sex"),
            *rows(f"stage ahli teknisi_operator\n{result} 24 24", "qualification_level"),
            *rows(f"stage L P\n{result} {by_sex}", "sex"),
        ]
    )
    assert reasons(audited(folder, tmp_path)) == ({"all_failed"} if fails else set())


def test_a_group_in_which_everybody_passed_may_be_shown_above_the_threshold(tmp_path: Path) -> None:
    assert audited(Folder(observations=[*rows(HEADLINE), *by_level("63 7")]), tmp_path).breaches == ()


def test_all_failed_is_seen_in_the_not_yet_competent_too(tmp_path: Path) -> None:
    drawn = rows("stage _T\nasesi 9\nbelum_kompeten 9", batch="t2")
    assert reasons(audited(safe_table(drawn), tmp_path)) == {"all_failed"}


def test_a_batch_whose_whole_funnel_passed_is_no_breach(tmp_path: Path) -> None:
    drawn = rows("stage _T\nasesi 9\nkompeten 9\nbelum_kompeten 0", batch="t2")
    assert audited(safe_table(drawn), tmp_path).breaches == ()


@pytest.mark.parametrize("left", ["59 11", "55 15"])
def test_a_detail_table_may_not_leave_a_few_people_between_two_stages(tmp_path: Path, left: str) -> None:
    drawn = rows(f"stage L P\npeserta 80 20\nkompeten {left}", "sex")
    assert audited(Folder(observations=[*rows(HEADLINE), *drawn]), tmp_path).breaches == ()
    few = rows("stage L P\npeserta 80 20\nkompeten 52 18", "sex")
    assert reasons(audited(Folder(observations=[*rows(HEADLINE), *few]), tmp_path / "few")) == {"small_complement"}


def test_a_headline_table_may_leave_a_few_people_between_two_stages(tmp_path: Path) -> None:
    drawn = rows("stage _T\npeserta 100\nhadir 99\nselesai 97", batch="t2")
    assert audited(safe_table(drawn), tmp_path).breaches == ()


def changed(place: dict[str, str], **change: str) -> Folder:
    """Give the safe table with one row by sex hidden in three cells, and one of them altered."""
    folder = hidden_table()
    return replace(
        folder,
        observations=[
            {**own, **change} if all(own[name] == code for name, code in place.items()) else own
            for own in folder.observations
        ],
    )


def hidden_table() -> Folder:
    """Give a table by level and sex with a hidden square that is wide enough."""
    drawn = rows(
        """
        stage   ahli/L ahli/P teknisi_operator/L teknisi_operator/P
        peserta 60     -      -                  -
        """,
        "qualification_level",
        "sex",
    )
    return Folder(observations=[*rows("stage _T\npeserta 120"), *drawn])


def test_hidden_cells_with_room_pass(tmp_path: Path) -> None:
    result = audited(hidden_table(), tmp_path)
    assert result.breaches == ()
    assert result.summary.targets == 3
    assert result.summary.tightest_width is not None
    assert result.summary.tightest_width >= 4


HIDDEN = {"qualification_level": "ahli", "sex": "P"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": "0"}, "value_beside_hidden"),
        ({"value": "x"}, "value_beside_hidden"),
        ({"value": "<5"}, "value_beside_hidden"),
        ({"status": "released"}, "not_a_count"),
        ({"status": "secondary"}, "status_unknown"),
        ({"status": "suppressed"}, "status_unknown"),
        ({"note_id": "tiga perempuan dari Paser"}, "note_tells"),
        ({"note_en": "fewer than 3"}, "note_tells"),
    ],
)
def test_a_hidden_cell_has_one_status_and_nothing_beside_it(
    tmp_path: Path, change: dict[str, str], reason: str
) -> None:
    assert reasons(audited(changed(HIDDEN, **change), tmp_path)) == {reason}


@pytest.mark.parametrize("change", [{"note_id": "disembunyikan"}, {"note_en": "hidden to protect people"}])
def test_words_without_a_count_may_stand_beside_a_hidden_cell(tmp_path: Path, change: dict[str, str]) -> None:
    assert audited(changed(HIDDEN, **change), tmp_path).breaches == ()


def test_the_officers_note_on_a_printed_cell_may_not_count_a_few_people(tmp_path: Path) -> None:
    place = {"qualification_level": "ahli", "sex": "L"}
    assert reasons(audited(changed(place, note_id="termasuk 2 orang dari Paser"), tmp_path)) == {"note_tells"}
    near = changed(place, note_id="data per 2 November 2025")
    assert audited(near, tmp_path / "near").breaches == ()


def test_a_missing_row_tells_zero_from_hidden(tmp_path: Path) -> None:
    folder = hidden_table()
    absent = replace(folder, observations=folder.observations[:-1])
    assert reasons(audited(absent, tmp_path)) == {"row_absent"}


def test_rows_in_the_order_of_their_values_rank_hidden_cells(tmp_path: Path) -> None:
    drawn = rows("stage 9 8 7\npeserta 40 30 30", "qualification_level")
    assert audited(Folder(observations=[*rows("stage _T\npeserta 100"), *drawn]), tmp_path).breaches == ()
    by_value = [drawn[1], drawn[2], drawn[0]]
    planted = Folder(observations=[*rows("stage _T\npeserta 100"), *by_value])
    assert reasons(audited(planted, tmp_path / "planted")) == {"order_by_value"}


@pytest.mark.parametrize(("passed", "told"), [("55 15", set()), ("54 16", {"small_complement"})])
def test_a_hidden_stage_between_two_keeps_no_reader_from_taking_one_from_the_other(
    tmp_path: Path, passed: str, told: set[str]
) -> None:
    drawn = rows(f"stage L P\npeserta 80 20\nasesi - -\nkompeten {passed}", "sex")
    assert reasons(audited(Folder(observations=[*rows(HEADLINE), *drawn]), tmp_path)) == told
