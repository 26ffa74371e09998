"""The policy is read strictly: a misspelt rule must not pass for an absent one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kompeten.ground.policy import PolicyError, load_policy, parse_policy, policy_text
from kompeten.ground.vocabulary import DIMENSIONS, STAGES
from tests.unit.register.tables import POLICY, ROOT

LIST = "write a list in square brackets: [ … ]"
TEXT = (ROOT / "data" / "policy.toml").read_text(encoding="utf-8")


def test_the_policy_says_what_the_project_decided() -> None:
    assert (POLICY.threshold, POLICY.width) == (5, 4)
    assert POLICY.all_failed == "any_size"
    assert (POLICY.hidden_share_pct, POLICY.component_unknowns) == (30, 50_000)
    assert POLICY.tables[0].is_headline
    assert POLICY.tables[0].stages == STAGES
    assert {dimension for table in POLICY.tables for dimension in table.dimensions} == set(DIMENSIONS)


def test_every_rule_names_its_source_and_speaks_both_languages() -> None:
    assert len(POLICY.rules) >= 8
    for rule in POLICY.rules:
        assert all((rule.id, rule.text.id, rule.text.en, rule.source))


def test_written_out_and_read_back_it_is_the_same() -> None:
    assert parse_policy(policy_text(POLICY)) == POLICY


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            "threshold = 5",
            "treshold = 5",
            ["protection.threshold: add it ← is missing", "protection.treshold: do you mean threshold? ← unknown key"],
        ),
        ("width = 4 ", "", ["protection.width: add it ← is missing"]),
        ("threshold = 5", "threshold = 1", ["protection.threshold: write a whole number of 2 or more"]),
        ("threshold = 5", "threshold = true", ["protection.threshold: write a whole number"]),
        ("threshold = 5", 'threshold = "5"', ["protection.threshold: write a whole number"]),
        ("share_pct = 30", "share_pct = 101", ["limits.hidden_share_pct: write a whole number of 100 or less"]),
        ("aim_pct = 8", "aim_pct = -1", ["limits.hidden_aim_pct: write a whole number of 0 or more"]),
        ("weight = 30", "weight = 30.0", ["plan.tables[2].weight: write a whole number"]),
        ('sex = "leaf"', 'sex = "twig"', ["plan.grain.sex: write one of leaf, group"]),
        (
            'sex = "leaf"',
            'sexes = "leaf"',
            ["plan.grain.sexes: do you mean sex? ← unknown key"],
        ),
        (
            'stages = ["peserta", "kompeten"]',
            'stages = ["kompeten", "peserta"]',
            ["plan.tables[2].stages: write each code once, in this order: peserta, kompeten"],
        ),
        ('stages = ["peserta", "kompeten"]', "stages = []", ["plan.tables[2].stages: give at least one"]),
        ('stages = ["peserta", "kompeten"]', 'stages = "peserta"', [f"plan.tables[2].stages: {LIST}"]),
        ('["region_code"]', '["region"]', [f"plan.tables[2].dimensions: write only {', '.join(DIMENSIONS)}"]),
        ('name = "wilayah"', 'name = "tahap"', ["plan.tables: rename one of the tables ← two have the same name"]),
        (
            'dimensions = ["sex"]',
            'dimensions = ["track"]',
            ["plan.tables: remove one of the tables ← two have the same dimensions"],
        ),
        (
            "headline = true",
            "headline = false",
            [
                "plan.tables: the first table must be the total of each batch: dimensions = [], headline = true, "
                "without optional"
            ],
        ),
        ("headline = true", 'headline = "no"', ["plan.tables[1].headline: write true or false, without quotes"]),
        (
            '"asesi", "kompeten", "belum',
            '"asesi", "belum',
            ["plan.tables: wilayah: add kompeten to the first table ← the batch total does not print it"],
        ),
        ("[limits]", "[limit]", ["limits: add it ← is missing", "limit: do you mean limits? ← unknown key"]),
        ("hadir = 1", "", ["weights: add hadir ← missing"]),
        ("hadir = 1", "hadir = 0", ["weights.hadir: write a whole number of 1 or more"]),
        ('id = "small_count"', 'id = ""', ["rules[1].id: fill it in ← must not be empty"]),
        ('id = "small_count"', "id = 3", ["rules[1].id: write a text in quotes"]),
    ],
)
def test_what_cannot_be_obeyed_is_an_error_that_says_what_to_write(old: str, new: str, messages: list[str]) -> None:
    assert old in TEXT
    with pytest.raises(PolicyError) as caught:
        parse_policy(TEXT.replace(old, new, 1))
    assert str(caught.value).splitlines() == [f"policy.toml: {message}" for message in messages]
    assert all(reason.id != reason.en for reason in caught.value.reasons)


def test_a_section_that_is_none_and_a_list_that_is_none_are_said() -> None:
    body = TEXT.split("[[rules]]")[0]
    with pytest.raises(PolicyError) as caught:
        parse_policy("rules = 3\n" + body)
    assert caught.value.text("id") == "policy.toml: rules: tulis daftar di antara kurung siku: [ … ]"
    with pytest.raises(PolicyError) as caught:
        parse_policy("rules = [3]\n" + re.sub(r"\[protection\](.|\n)*\[limits\]", "protection = 1\n[limits]", body))
    assert str(caught.value).splitlines()[1] == "policy.toml: rules[1]: write it as a section with keys: [[rules]]"
    assert str(caught.value).splitlines()[0] == "policy.toml: protection: write it as a section with keys: [protection]"


def test_a_dimension_that_the_policy_leaves_out_is_printed_as_the_vocabulary_says() -> None:
    assert parse_policy(TEXT.replace('age_band = "group"', "", 1)).grain("age_band") == "group"


def test_a_file_that_is_no_toml_is_said() -> None:
    with pytest.raises(PolicyError, match=r"^policy\.toml:5: check quotes, .* ← this is no correct TOML$"):
        parse_policy(TEXT.replace("[protection]", "[protection", 1))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(tmp_path / "policy.toml")
    assert str(caught.value) == "policy.toml: check its name and place ← is not there"
