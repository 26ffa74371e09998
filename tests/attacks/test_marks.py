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
from kompeten.ground.policy import FLOOR, PolicyError, load_policy, parse_policy, policy_text, weakened
from kompeten.ground.rows import rows_text
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


OUTCOMES, SOURCES, POLICY_FILE = "outcomes/observations.csv", "batches/sources.csv", "policy.toml"
DESCRIPTOR = "outcomes/datapackage.json"


def in_cell(file: str, where: tuple[str, str], column: str, text: str) -> Callable[[Path], None]:
    """Give an edit of one cell: in the first row whose column of ``where`` holds its text."""

    def edit(folder: Path) -> None:
        table = list(csv.DictReader((folder / file).read_text(encoding="utf-8").splitlines()))
        row = next(row for row in table if row[where[0]] == where[1] and row[column] != text)
        row[column] = text
        (folder / file).write_text(rows_text(tuple(row), table), encoding="utf-8")

    return edit


def in_mark(change: Callable[[list[dict[str, str]]], object]) -> Callable[[Path], None]:
    """Give an edit of the door's marks."""

    def edit(folder: Path) -> None:
        document = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        change(document[PROPERTY])
        (folder / DESCRIPTOR).write_text(json.dumps(document), encoding="utf-8")

    return edit


def press_of_its_own(folder: Path) -> None:
    """Call the register press, drop the mark, invent an address, and print what was hidden."""
    other_kind_and_no_mark(folder)
    in_cell(SOURCES, ("source_id", "register-contoh"), "url", "https://koran.example.org/1")(folder)
    path = folder / OUTCOMES
    text = re.sub(r",,hidden,,", ",6,released,exact,", path.read_text(encoding="utf-8"))
    assert "hidden" not in text
    path.write_text(text, encoding="utf-8")


HIDDEN, PRINTED = ("status", "hidden"), ("region_code", "64.01")
KINDS = ("press", "advertorial", "government", "statistics", "law", "codelist", "search")
Edit = tuple[Callable[[Path], None], str]

EDITS: dict[str, Edit] = {
    **{f"kind: {kind}": (in_cell(SOURCES, ("kind", "register"), "kind", kind), "kind_changed") for kind in KINDS},
    "source renamed": (in_cell(SOURCES, ("kind", "register"), "source_id", "lain"), "kind_changed"),
    "kind and mark": (other_kind_and_no_mark, "no_address"),
    "kind, mark and address": (press_of_its_own, "no_mark"),
    **{
        f"hidden row, {column}: {text}": (in_cell(OUTCOMES, HIDDEN, column, text), reason)
        for column, text, reason in (
            ("status", "unknown", "rows_changed"),
            ("status", "not_applicable", "status_unknown"),
            ("status", "released", "not_a_count"),
            ("status", "provisional", "not_a_count"),
            ("status", "Hidden", "status_unknown"),
            ("value", "0", "value_beside_hidden"),
            ("value", "3", "value_beside_hidden"),
            ("precision", "about", "rows_changed"),
            ("as_of", "2026", "rows_changed"),
            ("source_id", "kaltim-kompeten", "row_absent"),
            ("stage", "skk_terbit", "row_absent"),
            ("region_code", "_U", "row_absent"),
            ("batch_id", "contoh-2026-2", "rows_changed"),
            ("note_id", "tiga orang", "note_tells"),
            ("note_en", "nobody", "note_tells"),
            ("speaker", "penulis", "rows_changed"),
            ("mark", "misprint", "rows_changed"),
        )
    },
    **{
        f"printed row, {column}: {text}": (in_cell(OUTCOMES, PRINTED, column, text), reason)
        for column, text, reason in (
            ("value", "3", "small_cell"),
            ("value", "0", "rows_changed"),
            ("value", "999", "contradiction"),
            ("value", "-1", "not_a_count"),
            ("value", "", "not_a_count"),
            ("status", "hidden", "value_beside_hidden"),
            ("status", "unknown", "value_beside_hidden"),
            ("status", "provisional", "rows_changed"),
            ("precision", "about", "not_exact"),
            ("precision", "at_least", "not_exact"),
            ("precision", "rounded", "not_exact"),
            ("source_id", "kaltim-kompeten", "no_address"),
            ("source_id", "tidak-ada", "rows_changed"),
            ("stage", "asesi", "row_absent"),
            ("sex", "L", "row_absent"),
        )
    },
    "a row gone": (in_file(OUTCOMES, r"^contoh-2026-1,.*\n", ""), "rows_changed"),
    "a hidden row gone": (in_file(OUTCOMES, r"^.*,,hidden,.*\n", ""), "row_absent"),
    "a row twice": (in_file(OUTCOMES, r"^(contoh-2026-1,.*\n)", r"\1\1"), "rows_changed"),
    "status renamed": (in_file(OUTCOMES, ",status,", ",keadaan,"), "rows_changed"),
    "the table renamed": (lambda folder: (folder / OUTCOMES).rename(folder / "outcomes/lain.csv"), "rows_changed"),
    "the mark": (without_mark, "no_mark"),
    "the mark renamed": (in_file(DESCRIPTOR, f'"{PROPERTY}"', '"lindung"'), "no_mark"),
    "one mark gone": (in_mark(lambda marks: marks.pop()), "no_mark"),
    "a mark twice": (in_mark(lambda marks: marks.insert(0, {**marks[0], "rows_sha256": "0"})), "rows_changed"),
    "a mark with a word more": (in_mark(lambda marks: marks[0].update(x="x")), "no_mark"),
    "the batch of a mark": (in_mark(lambda marks: marks[0].update(batch_id="x")), "no_mark"),
    "the source of a mark": (in_mark(lambda marks: marks[0].update(source_id="x")), "no_mark"),
    "the rows of a mark": (in_mark(lambda marks: marks[0].update(rows_sha256="0")), "rows_changed"),
    "the mark of another batch": (
        in_mark(lambda marks: marks[0].update(rows_sha256=marks[1]["rows_sha256"])),
        "rows_changed",
    ),
    "the policy of a mark": (in_mark(lambda marks: marks[0].update(policy_sha256="0")), "other_policy"),
    **{
        f"policy: {rule}": (in_file(POLICY_FILE, rf"^{rule} = .*", f"{rule} = {value}"), "weaker_policy")
        for rule, value in (
            ("threshold", "2"),
            ("width", "1"),
            ("complements", '"none"'),
            ("all_failed", '"none"'),
            ("hidden_share_pct", "90"),
            ("component_unknowns", "900000"),
            ("small_change_below", "1"),
            ("people_changed_at_least", "0"),
        )
    },
    "policy: headline": (in_file(POLICY_FILE, r"^headline = false", "headline = true"), "weaker_policy"),
    "policy: stricter afterwards": (in_file(POLICY_FILE, r"^width = 4", "width = 9"), "other_policy"),
    "a level in no group": (
        in_cell("reference/qualification_levels.csv", ("code", "7"), "parent_code", "_T"),
        "other_groups",
    ),
    "a level in another group": (
        in_cell("reference/qualification_levels.csv", ("code", "7"), "parent_code", "operator"),
        "other_groups",
    ),
    "an age in no group": (in_cell("reference/age_bands.csv", ("code", "Y15T24"), "parent_code", ""), "other_groups"),
    "a class in no group": (
        in_cell("reference/classifications.csv", ("code", "SI01"), "parent_code", "_T"),
        "other_groups",
    ),
    "a region in no province": (
        in_cell("reference/regions.csv", ("region_code", "64.74"), "parent_code", ""),
        "other_groups",
    ),
}
"""One edited word of a package to the finding that it must meet; others may stand beside it."""


POLICY_ERRORS: dict[str, Callable[[Path], None]] = {
    "a misspelt rule": in_file(POLICY_FILE, "^threshold", "treshold"),
    "a rule that is not there": in_file(POLICY_FILE, r"^\[limits\]", "rounding_base = 5\n[limits]"),
    "a rule left out": in_file(POLICY_FILE, "^width = 4\n", ""),
    "a rule of another kind": in_file(POLICY_FILE, "^width = 4", 'width = "4"'),
}


@pytest.mark.parametrize("name", POLICY_ERRORS)
def test_a_policy_that_says_less_or_more_than_a_policy_does_is_not_obeyed(
    package: Path, tmp_path: Path, name: str
) -> None:
    folder = Path(shutil.copytree(package, tmp_path / "package"))
    POLICY_ERRORS[name](folder)
    with pytest.raises(PolicyError, match=r"policy\.toml"):
        audit_directory(folder)


def test_sixty_words_are_tried() -> None:
    assert len(EDITS) + len(POLICY_ERRORS) >= 70


@pytest.mark.parametrize("name", EDITS)
def test_one_edited_word_of_a_package_is_found_and_named(package: Path, tmp_path: Path, name: str) -> None:
    edit, expected = EDITS[name]
    folder = Path(shutil.copytree(package, tmp_path / "package"))
    assert audit_directory(folder).breaches == ()
    edit(folder)
    assert expected in reasons(audit_directory(folder)), name


def test_a_weaker_policy_is_named_by_its_rule_and_not_obeyed(package: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(package, tmp_path / "package"))
    EDITS["policy: threshold"][0](folder)
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
        'c.toml: sources.kind: government: write "register" ← counts from a register are protected as such'
    )
    assert not (tmp_path / "out").exists()
