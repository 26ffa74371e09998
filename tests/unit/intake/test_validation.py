"""A data folder that the schemas found sound is not judged by them again; one with a fault is, each time."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kompeten.ground.findings import Finding
from kompeten.ground.workshop import Workshop
from kompeten.intake import validation
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, change, copy_of_repository


@dataclass
class Judge:
    """Counts how often the schemas are asked."""

    asked: int = 0
    check: Any = field(default=validation.check)

    def __call__(self, *given: Any) -> tuple[Finding, ...]:
        """Judge as ever."""
        self.asked += 1
        return tuple(self.check(*given))


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Judge:
    found = Judge()
    monkeypatch.setattr(validation, "check", found)
    return found


def test_only_what_was_found_sound_is_remembered(judge: Judge, tmp_path: Path) -> None:
    folder, workshop = copy_of_repository(tmp_path), Workshop(folder=tmp_path / "cache")
    anew = examine(folder, REPOSITORY_DATA)
    assert anew.findings == ()
    assert [examine(folder, REPOSITORY_DATA, workshop) for _ in range(3)] == [anew] * 3
    assert judge.asked == 2
    change(folder, "reference/sexes.csv", {"code": "P"}, name_id="")
    faulty = examine(folder, REPOSITORY_DATA)
    assert faulty.findings != ()
    assert [examine(folder, REPOSITORY_DATA, workshop) for _ in range(2)] == [faulty] * 2
    assert judge.asked == 5
