"""One edited word does not switch protection off: kind, count, status, policy, mark; each names the rule it breaks."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kompeten import REPOSITORY
from kompeten.audit import audit_directory
from kompeten.ground.doormark import PROPERTY, marks_for, marks_of, rows_digest
from kompeten.ground.policy import FLOOR, load_policy, parse_policy, policy_text, weakened
from kompeten.register.anonymize import anonymize
from kompeten.register.reading.config import ConfigError
from tests.attacks.planting import HEADLINE, POLICY, Folder, audited, reasons, rows, safe_table

KIND = (r"^register-contoh,register", "register-contoh,government")
CONFIG = REPOSITORY / "examples" / "config-contoh.toml"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the package that the door makes of the example register."""
    out = tmp_path_factory.mktemp("door") / "package"
    assert anonymize(REPOSITORY / "examples" / "register-contoh.csv", CONFIG, out).exit_status == 0
    return out


def in_file(name: str, pattern: str, other: str) -> Callable[[Path], None]:
    """Give an edit that replaces the first match of a pattern in a file."""

    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        changed, count = re.subn(pattern, other, text, count=1, flags=re.MULTILINE)
        assert count == 1
        (folder / name).write_text(changed, encoding="utf-8")

    return edit


def without_mark(folder: Path) -> None:
    """Drop the door's mark from the descriptor."""
    path = folder / "outcomes" / "datapackage.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    del document[PROPERTY]
    path.write_text(json.dumps(document), encoding="utf-8")


def other_kind_and_no_mark(folder: Path) -> None:
    """Call the register something else and drop the mark."""
    in_file("batches/sources.csv", *KIND)(folder)
    without_mark(folder)


EDITS: dict[str, tuple[Callable[[Path], None], str]] = {
    "kind": (
        in_file("batches/sources.csv", *KIND),
        "kind_changed",
    ),
    "a count": (in_file("outcomes/observations.csv", r"(?<=_T,)\d+(?=,released)", "999"), "rows_changed"),
    "a status": (in_file("outcomes/observations.csv", r",,hidden,", ",,unknown,"), "rows_changed"),
    "a status printed": (in_file("outcomes/observations.csv", r",,hidden,,", ",7,released,exact,"), "rows_changed"),
    "a note": (in_file("outcomes/observations.csv", r"(?<=,true),,", ",tiga orang,three people"), "rows_changed"),
    "a row": (in_file("outcomes/observations.csv", r"^contoh-2026-1,.*\n", ""), "rows_changed"),
    "the mark": (without_mark, "no_mark"),
    "kind and mark": (other_kind_and_no_mark, "no_address"),
    "threshold": (in_file("policy.toml", r"^threshold = 5", "threshold = 2"), "weaker_policy"),
    "width": (in_file("policy.toml", r"^width = 4", "width = 1"), "weaker_policy"),
    "all failed": (in_file("policy.toml", r'^all_failed = "any_size"', 'all_failed = "none"'), "weaker_policy"),
    "complements": (in_file("policy.toml", r'^complements = "detail"', 'complements = "none"'), "weaker_policy"),
    "small change": (in_file("policy.toml", r"^small_change_below = 5", "small_change_below = 1"), "weaker_policy"),
    "headline": (in_file("policy.toml", r"^headline = false", "headline = true"), "weaker_policy"),
}


@pytest.mark.parametrize("name", EDITS)
def test_one_edited_word_of_a_package_is_found_and_named(package: Path, tmp_path: Path, name: str) -> None:
    edit, expected = EDITS[name]
    folder = Path(shutil.copytree(package, tmp_path / "package"))
    assert audit_directory(folder).breaches == ()
    edit(folder)
    assert expected in reasons(audit_directory(folder)), name


def test_a_weaker_policy_is_named_by_its_rule_and_not_obeyed(package: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(package, tmp_path / "package"))
    EDITS["threshold"][0](folder)
    result = audit_directory(folder)
    weaker = [breach.line("en") for breach in result.breaches if breach.reason == "weaker_policy"]
    assert weaker == [
        "weaker_policy: policy.toml: threshold: this rule is weaker than the policy of the repository; "
        "use its value or a stricter one"
    ]
    assert result.summary.threshold == 5


@pytest.mark.parametrize("rule", FLOOR)
def test_the_repositorys_own_policy_may_not_fall_below_the_floor(rule: str) -> None:
    standing = load_policy(REPOSITORY / "data" / "policy.toml")
    assert weakened(standing, standing) == ()
    least = FLOOR[rule]
    lower = replace(standing, **{rule: least - 1 if isinstance(least, int) else "none"})
    assert weakened(lower, lower) == (rule,)


def test_a_stricter_policy_of_a_folder_is_obeyed() -> None:
    standing = load_policy(REPOSITORY / "data" / "policy.toml")
    assert weakened(replace(standing, threshold=10, width=9), standing) == ()
    assert parse_policy(policy_text(standing)) == standing


def test_rows_joined_to_others_keep_being_checked(tmp_path: Path) -> None:
    """A mark is of one batch and one source: other batches and the press beside it change nothing."""
    assert audited(safe_table(), tmp_path / "alone").breaches == ()
    press = rows("stage _T\npeserta 90", batch="t9", source="koran")
    joined = Folder(observations=[*press, *reversed(safe_table().observations)])
    assert "rows_changed" not in reasons(audited(joined, tmp_path / "joined"))
    again = rows(HEADLINE, batch="t2")
    marks = [mark.as_json() for mark in marks_for(safe_table().observations, "register-2025", POLICY)]
    unmarked = replace(safe_table(again), descriptor={PROPERTY: marks})
    assert reasons(audited(unmarked, tmp_path / "unmarked")) == {"no_mark"}


def test_a_mark_of_a_batch_that_is_gone_is_told(tmp_path: Path) -> None:
    both = [*safe_table().observations, *rows(HEADLINE, batch="t2")]
    marks = [mark.as_json() for mark in marks_for(both, "register-2025", POLICY)]
    assert reasons(audited(replace(safe_table(), descriptor={PROPERTY: marks}), tmp_path)) == {"rows_changed"}


def test_a_batch_once_of_a_register_stays_one(tmp_path: Path) -> None:
    now = Folder(observations=rows(HEADLINE, source="koran"))
    before = Folder(observations=rows(HEADLINE))
    assert reasons(audited(now, tmp_path, previous=[before])) == {"kind_changed"}
    assert audited(before, tmp_path / "near", previous=[before]).breaches == ()


def test_rows_protected_under_another_policy_are_told(tmp_path: Path) -> None:
    other = [m.as_json() for m in marks_for(safe_table().observations, "register-2025", replace(POLICY, threshold=3))]
    assert reasons(audited(replace(safe_table(), descriptor={PROPERTY: other}), tmp_path)) == {"other_policy"}


def test_the_digest_of_rows_does_not_depend_on_their_order_but_on_every_word(package: Path) -> None:
    text = (package / "outcomes" / "observations.csv").read_text(encoding="utf-8")
    own = list(csv.DictReader(text.splitlines()))
    marks = marks_of(json.loads((package / "outcomes" / "datapackage.json").read_text(encoding="utf-8")))
    first = [row for row in own if row["batch_id"] == marks[0].batch_id]
    assert rows_digest(first) == rows_digest(first[::-1]) == marks[0].rows_sha256
    assert rows_digest([{**first[0], "as_of": "2020"}, *first[1:]]) != marks[0].rows_sha256
    assert rows_digest([{**first[0], "preferred": "false"}, *first[1:]]) == marks[0].rows_sha256


def test_the_configuration_calls_a_register_a_register(tmp_path: Path) -> None:
    text = CONFIG.read_text(encoding="utf-8").replace('kind = "register"', 'kind = "government"')
    (tmp_path / "c.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        anonymize(REPOSITORY / "examples" / "register-contoh.csv", tmp_path / "c.toml", tmp_path / "out")
    assert str(refused.value) == (
        'c.toml: sources.kind: government: counts from a register are protected as such; write "register"'
    )
    assert not (tmp_path / "out").exists()
