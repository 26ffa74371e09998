"""What looks like a breach and is none: the other side of each rule's edge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.intake.packages import check, read
from kompeten.intake.rules import judge_by_rules
from tests.unit.data_folders import REPOSITORY_DATA, add, change, replace, tiny

OBSERVATIONS = "outcomes/observations.csv"
SEX = {"sex": "P"}

SOUND = [
    pytest.param(lambda f: f, id="the_tiny_folder_itself"),
    pytest.param(
        lambda f: change(f, OBSERVATIONS, {"stage": "asesi"}, value="100"), id="all_participants_are_assessed"
    ),
    pytest.param(
        lambda f: change(f, OBSERVATIONS, {"stage": "asesi"}, value="101", precision="about"),
        id="about_101_assessed_of_100",
    ),
    pytest.param(
        lambda f: change(f, OBSERVATIONS, {"stage": "asesi"}, value="102", precision="rounded"),
        id="102_assessed_of_100_after_rounding",
    ),
    pytest.param(
        lambda f: change(f, OBSERVATIONS, {"stage": "belum_kompeten"}, value="20"), id="nobody_waits_for_a_decision"
    ),
    pytest.param(
        lambda f: change(f, OBSERVATIONS, {"stage": "belum_kompeten"}, value="", precision="", status="hidden"),
        id="not_yet_competent_are_hidden",
    ),
    pytest.param(
        lambda f: (
            change(f, OBSERVATIONS, {"sex": "L"}, value="59"),
            add(f, OBSERVATIONS, {"sex": "_U", "value": "1"}, like=SEX),
        ),
        id="a_part_of_known_size_is_of_unknown_sex",
    ),
    pytest.param(
        lambda f: (
            change(f, OBSERVATIONS, {"sex": "L"}, value="59"),
            add(f, OBSERVATIONS, {"sex": "_U", "value": "", "status": "unknown", "precision": ""}, like=SEX),
        ),
        id="a_part_of_unknown_size_is_of_unknown_sex",
    ),
    pytest.param(
        lambda f: change(f, OBSERVATIONS, {"sex": "L"}, value="", precision="", status="hidden"),
        id="one_sex_is_hidden",
    ),
    pytest.param(
        lambda f: change(f, OBSERVATIONS, {"sex": "L"}, value="59", precision="about"), id="about_59_men_of_100"
    ),
    pytest.param(
        lambda f: replace(
            f,
            OBSERVATIONS,
            "uji-2025-1,peserta,_T,8,_T,_T,_T,_T,_T,15,released,exact,2025-03-03,koran-a,true,,\n",
            "",
        ),
        id="not_every_level_of_a_group_is_stated",
    ),
    pytest.param(
        lambda f: change(f, OBSERVATIONS, {"stage": "skk_terbit"}, as_of="2025-12"),
        id="a_month_that_begins_before_the_data_end",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2025-1"}, end_on="2025-03"),
        id="a_batch_ends_in_the_month_in_which_it_starts",
    ),
    pytest.param(
        lambda f: change(f, "batches/sources.csv", {"source_id": "koran-a"}, published_on="2026-11"),
        id="a_source_of_the_month_of_the_release",
    ),
    pytest.param(
        lambda f: change(f, OBSERVATIONS, {"stage": "skk_terbit"}, note_en="1 < 2 & 3 > 2: 65 of 70 (93%)"),
        id="less_than_and_ampersand",
    ),
    pytest.param(
        lambda f: change(f, OBSERVATIONS, {"stage": "skk_terbit"}, note_en="Tel. 112; 2025-03-03; Rp8.913.000.000"),
        id="numbers_of_nobody",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/context.csv", {"context_id": "pekerja-a"}, value="-1500"),
        id="a_negative_number_is_no_formula",
    ),
]


@pytest.mark.parametrize("alter", SOUND)
def test_nothing_is_said_against_it(tmp_path: Path, alter: Callable[[Path], object]) -> None:
    folder = tiny(tmp_path)
    alter(folder)
    packages = read(folder)
    assert check(packages, read(REPOSITORY_DATA)) == ()
    assert list(judge_by_rules(packages)) == []


def test_kemendagri_and_bps_codes_that_collide_are_told_apart(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    twins = {"64.02": "6402", "64.03": "6403", "64.07": "6405", "64.08": "6404"}
    for code, bps in twins.items():
        change(folder, "reference/regions.csv", {"region_code": code}, bps_code=bps)
    found = list(judge_by_rules(read(folder)))
    assert [(each.rule, each.row, each.column) for each in found] == [
        ("region-codes", 7, "bps_code"),
        ("region-codes", 8, "bps_code"),
        ("region-codes", 9, "bps_code"),
    ]  # 64.08 is 6404 in truth: dropping its dot gives 6408, which nobody has


def test_a_table_with_schema_findings_is_not_judged_by_rules_about_counts(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    change(folder, OBSERVATIONS, {"stage": "asesi"}, value="banyak")
    packages = read(folder)
    found = check(packages, read(REPOSITORY_DATA))
    assert [each.rule for each in found] == ["type-error"]
    assert list(judge_by_rules(packages, unsound={each.file for each in found})) == []
