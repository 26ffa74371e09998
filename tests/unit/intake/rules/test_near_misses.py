"""What looks like a breach and is none: the other side of each rule's edge."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.intake.packages import check, read
from kompeten.intake.rules import judge_by_rules, open_book
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, add, change, replace, rows, tiny, write

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
            "uji-2025-1,peserta,_T,8,_T,_T,_T,_T,_T,15,released,exact,2025-03-03,koran-a,true,,,,,,,\n",
            "",
        ),
        id="not_every_level_of_a_group_is_stated",
    ),
    pytest.param(
        lambda f: (
            change(f, OBSERVATIONS, {"stage": "skk_terbit"}, as_of="2025-12"),
            change(f, "batches/sources.csv", {"source_id": "koran-b"}, published_on="2025-12"),
        ),
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
    assert list(judge_by_rules(open_book(packages, packages))) == []


def test_kemendagri_and_bps_codes_that_collide_are_told_apart(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    twins = {"64.02": "6402", "64.03": "6403", "64.07": "6405", "64.08": "6404"}
    for code, bps in twins.items():
        change(folder, "reference/regions.csv", {"region_code": code}, bps_code=bps)
    found = list(judge_by_rules(open_book(read(folder), read(REPOSITORY_DATA))))
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
    assert list(judge_by_rules(open_book(packages, packages, found))) == []


def test_seven_mistakes_in_one_folder_are_seven_findings_in_one_run(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    change(folder, "batches/batches.csv", {"batch_id": "uji-2025-1"}, end_on="2025-03-01")
    change(folder, OBSERVATIONS, {"value": "98"}, source_id="koran-a", region_code="64.99")
    change(folder, OBSERVATIONS, {"value": "60"}, stage="pesertaa")
    change(folder, OBSERVATIONS, {"value": "30"}, note_id="Milik 6472014107900001.", note_en="A note.")
    change(folder, OBSERVATIONS, {"value": "80"}, value="080")
    change(folder, OBSERVATIONS, {"stage": "kompeten"}, value="900")
    add(folder, "batches/venues.csv", {}, like={"batch_id": "uji-2025-1"})
    examined = examine(folder, REPOSITORY_DATA)
    assert [(each.file.split("/")[1], each.row, each.column, each.rule) for each in examined.findings] == [
        ("batches.csv", 3, "end_on", "date-order"),
        ("venues.csv", 3, "batch_id, region_code", "primary-key"),
        ("observations.csv", 3, "region_code", "foreign-key"),
        ("observations.csv", 4, "stage", "foreign-key"),
        ("observations.csv", 10, "note_id", "personal-data"),
        ("observations.csv", 11, "value", "not-canonical"),
        ("observations.csv", 14, "value", "funnel-order"),
    ]
    assert examined.waiting == (1, ("observations",))


def test_a_property_that_nobody_knows_silences_no_rule(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    replace(folder, "outcomes/datapackage.json", '"synthetic": false', '"autor": "x", "synthetic": false')
    change(folder, OBSERVATIONS, {"stage": "kompeten"}, value="91")
    found = examine(folder, REPOSITORY_DATA).findings
    assert [(each.file, each.rule) for each in found] == [
        ("outcomes/datapackage.json", "property-unknown"),
        (OBSERVATIONS, "funnel-order"),
    ]


def test_rules_wait_for_the_descriptor_that_cannot_be_read_and_not_for_its_tables(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / "outcomes/datapackage.json").write_text("{", encoding="utf-8")
    (folder / "batches/venues.csv").write_bytes(b"")
    (folder / "releases.toml").write_text("[", encoding="utf-8")
    examined = examine(folder, REPOSITORY_DATA)
    assert {each.file for each in examined.findings} == {
        "outcomes/datapackage.json", "batches/venues.csv", "releases.toml",
    }  # fmt: skip
    assert examined.waiting[1] == ("outcomes/datapackage.json", "releases.toml", "venues")


def test_a_code_that_several_tables_miss_is_told_once_where_it_is_missing(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    change(folder, "batches/sources.csv", {"source_id": "koran-b"}, source_id="koran-c")
    assert [each.line("en") for each in examine(folder, REPOSITORY_DATA).findings] == [
        "batches/sources.csv: source_id: bring the row with that code back here, or mend every cell that names it "
        "← the code “koran-b” is not in this column, but 5 cells name it: batches/batches.csv source_id (1×), "
        "outcomes/observations.csv source_id (3×), outcomes/context.csv source_id (1×)"
    ]


def test_the_same_mistake_in_many_rows_is_one_finding(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    path = folder / OBSERVATIONS
    path.write_bytes(path.read_bytes().replace(b",2025-03-03,", b",3/3/2025,"))
    assert [each.line("id") for each in examine(folder, REPOSITORY_DATA).findings] == [
        "outcomes/observations.csv:2: as_of: mana yang dimaksud sumbernya? Tulis yang itu ← “3/3/2025” dapat berarti "
        "2025-03-03 atau 2025-03 (baris 2, 4-12, 10 kali)"
    ]


def test_a_table_that_was_not_judged_to_its_end_waits_for_its_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kompeten.intake.packages.judging.PORTION", 4)
    monkeypatch.setattr("kompeten.intake.packages.judging.MOST", 3)
    folder = tiny(tmp_path)
    path = folder / OBSERVATIONS
    path.write_bytes(path.read_bytes().replace(b",released,", b",terbit,"))
    examined = examine(folder, REPOSITORY_DATA)
    assert [(each.rule, each.row, each.count) for each in examined.findings] == [
        ("enum", 2, 4),
        ("rows-not-judged", 6, 1),
    ]
    assert "observations" in examined.waiting[1]


def test_a_row_whose_cells_have_slipped_is_one_finding(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    found = rows(folder / OBSERVATIONS)
    names, cells = list(found[0]), list(found[3].values())
    found[3] = dict(zip(names, [cells[0], "", *cells[1:-1]], strict=True))
    write(folder / OBSERVATIONS, names, found)
    (told,) = examine(folder, REPOSITORY_DATA).findings
    assert (told.row, told.rule) == (5, "row-shifted")


def test_a_key_removed_from_the_repositorys_own_descriptor_is_told(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    path = folder / "outcomes/datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    (context,) = [each for each in descriptor["resources"] if each["name"] == "context"]
    across = context["schema"]["foreignKeysAcross"]
    context["schema"]["foreignKeysAcross"] = [key for key in across if key["fields"] != ["source_id"]]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert [each.line("en") for each in examine(folder, folder).findings] == [
        "outcomes/datapackage.json: context.source_id: bring the key back under foreignKeys or foreignKeysAcross ← "
        "this column holds codes, but the descriptor names no key to the table sources"
    ]
