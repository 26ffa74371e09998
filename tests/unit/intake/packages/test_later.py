"""A package made before a column came is read as if it had it; one that lacks another column is told so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, header, rows, tiny, write

OBSERVATIONS = "outcomes/observations.csv"


def without(folder: Path, column: str, *, described: bool) -> Path:
    """Take a column from the observations, and from their description where it is not ``described``."""
    path, descriptor = folder / OBSERVATIONS, folder / "outcomes/datapackage.json"
    left = [name for name in header(path) if name != column]
    write(path, left, [{name: row[name] for name in left} for row in rows(path)])
    if not described:
        found = json.loads(descriptor.read_text(encoding="utf-8"))
        (own,) = [each for each in found["resources"] if each["name"] == "observations"]
        schema = own["schema"]
        schema["fields"] = [each for each in schema["fields"] if each["name"] != column]
        schema["foreignKeysAcross"] = [each for each in schema["foreignKeysAcross"] if each["fields"] != [column]]
        descriptor.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.mark.parametrize("described", [True, False])
def test_a_package_from_before_the_unit_is_sound_and_counts_as_its_stages_do(
    tmp_path: Path, *, described: bool
) -> None:
    examined = examine(without(tiny(tmp_path), "unit", described=described), REPOSITORY_DATA)
    assert examined.findings == ()
    assert {row["unit"] for row in examined.tables["observations"]} == {None}


def test_any_other_column_is_still_missed(tmp_path: Path) -> None:
    findings = examine(without(tiny(tmp_path), "occasion", described=True), REPOSITORY_DATA).findings
    assert [each.column for each in findings if each.rule == "column-missing"] == ["occasion"]
