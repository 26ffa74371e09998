"""A table that the schemas found sound is not judged by them again; one with a fault is, each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from kompeten.ground.workshop import Workshop
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, change, copy_of_repository


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Give the names of what frictionless is asked of, each time that it is: tables, and the lists that they need."""
    asked: list[list[str]] = []
    validate = Package.validate

    def noted(package: Package, *given: Any, **more: Any) -> Any:
        asked.append([name for name in package.resource_names if "." not in name])
        return validate(package, *given, **more)

    monkeypatch.setattr(Package, "validate", noted)
    return asked


def test_only_what_was_found_sound_is_remembered_table_by_table(judged: list[list[str]], tmp_path: Path) -> None:
    folder, workshop = copy_of_repository(tmp_path), Workshop(folder=tmp_path / "cache")
    anew = examine(folder, REPOSITORY_DATA)
    assert anew.findings == ()
    judged.clear()
    assert [examine(folder, REPOSITORY_DATA, workshop) for _ in range(3)] == [anew] * 3
    assert [len(names) for names in judged] == [len(anew.packages.tables())]
    change(folder, "reference/sexes.csv", {"code": "P"}, name_id="")
    faulty = examine(folder, REPOSITORY_DATA)
    assert faulty.findings != ()
    judged.clear()
    assert [examine(folder, REPOSITORY_DATA, workshop) for _ in range(2)] == [faulty] * 2
    assert judged == [["sexes"]] * 2
    change(folder, "reference/sexes.csv", {"code": "P"}, code="X")
    faulty = examine(folder, REPOSITORY_DATA)
    judged.clear()
    assert examine(folder, REPOSITORY_DATA, workshop) == faulty
    assert "sexes" in judged[0]
    assert len(judged[0]) > 1  # tables that are held to the codes of this one
