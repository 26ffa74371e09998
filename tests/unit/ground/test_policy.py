"""The policy is read strictly: a misspelt rule must not pass for an absent one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kompeten.ground.policy import PolicyError, load_policy, parse_policy, policy_text
from kompeten.ground.vocabulary import DIMENSIONS, STAGES
from tests.unit.register.tables import POLICY, ROOT

TEXT = (ROOT / "data" / "policy.toml").read_text(encoding="utf-8")


def test_the_policy_says_what_the_project_decided() -> None:
    assert (POLICY.threshold, POLICY.width) == (5, 4)
    assert (POLICY.all_failed, POLICY.all_passed) == ("any_size", "below_threshold")
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
    ("old", "new", "message"),
    [
        ("threshold = 5", "treshold = 5", "protection: unknown key treshold"),
        ("width = 4 ", "", "protection: missing key width"),
        ("threshold = 5", "threshold = 1", "threshold: a whole number of 2 or more is needed"),
        ("threshold = 5", "threshold = true", "threshold: a whole number of 2 or more is needed"),
        ('sex = "leaf"', 'sex = "twig"', "sex: one of leaf, group is needed"),
        ('stages = ["peserta", "kompeten"]', 'stages = ["kompeten", "peserta"]', "each code once, in this order"),
        ('name = "wilayah"', 'name = "tahap"', "two tables have the same name"),
        ("headline = true", "headline = false", "the first table must be the headline total"),
        ("[limits]", "[limit]", "the file: unknown key limit"),
        ('id = "small_count"', 'id = ""', "every text must be filled in"),
        ("[protection]", "[protection", "not TOML"),
    ],
)
def test_what_cannot_be_obeyed_is_an_error_that_says_what_to_write(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(PolicyError, match=message.replace("[", r"\[")):
        parse_policy(TEXT.replace(old, new, 1))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"policy\.toml: cannot be read"):
        load_policy(tmp_path / "policy.toml")
