"""Two releases read together; every attack beside a near miss that passes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.attacks.planting import Folder, Row, audited, reasons, rows


def release(by_level: str, *, total: str = "100") -> Folder:
    """Give a release with one batch: its total and its levels 9, 8, 7, 6."""
    drawn = rows(f"stage 9 8 7 6\npeserta {by_level}", "qualification_level")
    return Folder(observations=[*rows(f"stage _T\npeserta {total}"), *drawn])


def test_the_same_release_twice_passes(tmp_path: Path) -> None:
    result = audited(release("40 35 - -"), tmp_path, previous=[release("40 35 - -")])
    assert result.breaches == ()
    assert result.summary.releases_compared == 1
    assert result.summary.targets == 4


def test_another_pattern_over_the_same_batch_gives_both_away(tmp_path: Path) -> None:
    """Each release is safe alone; the cells that one hides, the other prints."""
    old, new = release("- - 15 10"), release("40 35 - -")
    assert audited(old, tmp_path / "old").breaches == ()
    assert audited(new, tmp_path / "new").breaches == ()
    assert reasons(audited(new, tmp_path, previous=[old])) == {"recovered"}


def test_a_release_kept_by_a_mirror_is_still_read_after_the_next(tmp_path: Path) -> None:
    first, second, third = release("- - 15 10"), release("- 35 - 10"), release("- - - 10")
    assert "recovered" in reasons(audited(third, tmp_path, previous=[second, first]))


@pytest.mark.parametrize("late", ["2", "4"])
def test_a_count_may_not_move_by_a_few_people(tmp_path: Path, late: str) -> None:
    grown = str(40 + int(late))
    new = release(f"{grown} 55 30 20", total=str(145 + int(late)))
    result = audited(new, tmp_path, previous=[release("40 35 15 10")])
    assert reasons(result) == {"small_change"}
    assert {breach.subject for breach in result.breaches} == {"release-0: t1/peserta/qualification_level=9"}


def test_a_count_may_move_by_many(tmp_path: Path) -> None:
    new = release("60 55 30 20", total="165")
    assert audited(new, tmp_path, previous=[release("40 35 15 10")]).breaches == ()


def test_a_count_may_not_fall_by_a_few_people(tmp_path: Path) -> None:
    new = release("37 55 30 20", total="142")
    assert reasons(audited(new, tmp_path, previous=[release("40 35 15 10")])) == {"small_change"}


def test_a_batch_may_not_change_by_few_people_in_all(tmp_path: Path) -> None:
    new = release("45 35 15 10", total="105")
    assert reasons(audited(new, tmp_path, previous=[release("40 35 15 10")])) == {"few_people_changed"}


def test_fifteen_late_records_are_refused_although_each_release_is_safe(tmp_path: Path) -> None:
    """Fifteen people more, spread over the cells by ones, twos and fours."""
    old, new = release("300 240 - -", total="600"), release("304 243 - -", total="615")
    assert audited(old, tmp_path / "old").breaches == ()
    assert audited(new, tmp_path / "new").breaches == ()
    assert "small_change" in reasons(audited(new, tmp_path, previous=[old]))


def test_a_small_change_of_a_hidden_cell_is_found_between_printed_ones(tmp_path: Path) -> None:
    """Three counts grow by 20 each and the total by 62: the hidden one grew by 2."""
    old = release("40 35 - 30", total="130")
    new = release("60 55 - 50", total="192")
    assert "small_change" in reasons(audited(new, tmp_path, previous=[old]))


def test_a_batch_once_published_stays(tmp_path: Path) -> None:
    gone = Folder(observations=rows("stage _T\npeserta 80", batch="t2"))
    assert reasons(audited(gone, tmp_path, previous=[release("40 35 15 10")])) == {"batch_withdrawn"}


def test_a_new_batch_beside_an_old_one_passes(tmp_path: Path) -> None:
    added: list[Row] = [*release("40 35 15 10").observations, *rows("stage _T\npeserta 80", batch="t2")]
    assert audited(Folder(observations=added), tmp_path, previous=[release("40 35 15 10")]).breaches == ()


CORRECTION = """
[[release]]
id = "2026.12"
[[release.correction]]
cell = "t1/peserta/qualification_level=9"
"""


def test_a_declared_correction_may_move_printed_counts_a_little(tmp_path: Path) -> None:
    new = release("42 43 15 10", total="110")
    old = [release("40 35 15 10")]
    assert reasons(audited(new, tmp_path / "silent", previous=old)) == {"small_change"}
    declared = replace(new, extra={"releases.toml": CORRECTION})
    assert audited(declared, tmp_path, previous=old).breaches == ()


@pytest.mark.parametrize("drawn", ["42 35 15 10 102", "40 35 15 9 99", "43 32 15 10 100"])
def test_whoever_changed_is_a_group_and_a_few_are_held_back_whatever_is_declared(tmp_path: Path, drawn: str) -> None:
    """Two late records, one removal, three people who moved: the difference of the releases is them."""
    *levels, total = drawn.split()
    new = replace(release(" ".join(levels), total=total), extra={"releases.toml": CORRECTION})
    result = audited(new, tmp_path, previous=[release("40 35 15 10")])
    assert reasons(result) == {"few_people_changed"}


def results(asesi: int, kompeten: int, belum: int, skk: str = "") -> Folder:
    """Give a release with one batch: its results, and certificates where there are any."""
    issued = f"skk_terbit {skk}" if skk else ""
    table = f"stage _T\nasesi {asesi}\nkompeten {kompeten}\nbelum_kompeten {belum}\n{issued}"
    return Folder(observations=rows(table), extra={"releases.toml": CORRECTION})


@pytest.mark.parametrize(
    ("asesi", "kompeten", "belum", "fails"),
    [(100, 70, 30, True), (88, 70, 8, True), (100, 80, 20, False), (100, 75, 25, False), (115, 80, 25, False)],
)
def test_a_group_of_which_nobody_passed_is_a_group_among_those_who_changed_too(
    tmp_path: Path, asesi: int, kompeten: int, belum: int, fails: bool
) -> None:
    """Ten waited; twelve were removed: where none of them passed, the difference says so of each."""
    result = audited(results(asesi, kompeten, belum), tmp_path, previous=[results(100, 70, 20)])
    assert reasons(result) == ({"all_failed"} if fails else set())


@pytest.mark.parametrize("skk", ["40", "65"])
def test_certificates_issued_after_the_results_are_no_contradiction(tmp_path: Path, skk: str) -> None:
    first, second = results(100, 70, 20), results(100, 70, 20, skk)
    assert audited(second, tmp_path, previous=[first]).breaches == ()
    third = results(100, 70, 20, "70") if skk == "40" else results(100, 70, 20, "65")
    assert audited(third, tmp_path / "third", previous=[second, first]).breaches == ()


def test_a_declared_correction_may_not_tell_of_hidden_counts(tmp_path: Path) -> None:
    """The hidden count of level 7 grew by 2: the total tells, whatever is declared."""
    new = replace(release("60 35 - 30", total="152"), extra={"releases.toml": CORRECTION})
    assert "small_change" in reasons(audited(new, tmp_path, previous=[release("40 35 - 30", total="130")]))
