"""An audit that does not finish is a failed gate, never a silent pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest

from kompeten.audit.reasoning import programs
from kompeten.audit.reasoning.solve import intervals
from kompeten.audit.reasoning.system import Builder, System
from kompeten.audit.reasoning.verdict import AuditError, Contradiction
from tests.attacks.planting import Folder, audited, reasons, rows


def open_folder() -> Folder:
    drawn = rows("stage 9 8 7\npeserta 60 - -", "qualification_level")
    return Folder(observations=[*rows("stage _T\npeserta 100"), *drawn])


def needs_a_program() -> System:
    builder = Builder()
    cells = [builder.cell(f"x{number}") for number in range(4)]
    builder.row([(cells[0], 1), (cells[1], 1)], low=9, high=9, why="a")
    builder.row([(cells[1], 1), (cells[2], 1), (cells[3], 2)], low=9, high=9, why="b")
    return builder.build()


@pytest.mark.parametrize(
    "status",
    [
        highspy.HighsModelStatus.kNotset,
        highspy.HighsModelStatus.kTimeLimit,
        highspy.HighsModelStatus.kIterationLimit,
        highspy.HighsModelStatus.kUnbounded,
        highspy.HighsModelStatus.kUnknown,
        highspy.HighsModelStatus.kModelEmpty,
        highspy.HighsModelStatus.kSolveError,
    ],
)
def test_any_status_but_optimal_fails_the_gate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: highspy.HighsModelStatus
) -> None:
    assert audited(open_folder(), tmp_path / "sound").breaches == ()
    monkeypatch.setattr(highspy.Highs, "getModelStatus", lambda _: status)
    with pytest.raises(AuditError):
        intervals(needs_a_program(), [0, 1], width=4)
    assert reasons(audited(open_folder(), tmp_path / "faulty")) == {"not_solved"}


@pytest.mark.parametrize("step", ["run", "passModel", "changeColsCost"])
@pytest.mark.parametrize("status", [highspy.HighsStatus.kError, highspy.HighsStatus.kWarning])
def test_any_step_that_the_solver_refuses_fails_the_gate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, status: highspy.HighsStatus
) -> None:
    monkeypatch.setattr(highspy.Highs, step, lambda *_: status)
    assert reasons(audited(open_folder(), tmp_path)) == {"not_solved"}


def test_a_solution_that_breaks_a_statement_is_no_witness() -> None:
    """A solver that lies (all zeros) widens nothing: the seen range stays empty."""
    component = _component(needs_a_program())
    assert not component.admits(np.zeros(4, dtype=np.int64))
    assert component.admits(np.array([9, 0, 9, 0], dtype=np.int64))


def test_numbers_that_cannot_all_be_true_are_a_contradiction() -> None:
    builder = Builder()
    first, second = builder.cell("a"), builder.cell("b")
    builder.row([(first, 1), (second, 1)], low=9, high=9, why="x")
    builder.row([(first, 1), (second, -1)], low=2, high=2, why="y")
    with pytest.raises(Contradiction):
        intervals(builder.build(), [first], width=4)


def test_every_program_has_the_same_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[Any] = set()
    original = highspy.Highs.setOptionValue

    def spy(self: Any, option: str, value: Any) -> Any:
        if option == "threads":
            seen.add(value)
        return original(self, option, value)

    monkeypatch.setattr(highspy.Highs, "setOptionValue", spy)
    intervals(needs_a_program(), [0, 1, 2, 3], width=None)
    assert seen == {programs.THREADS}


def _component(system: System) -> programs.Component:
    return programs.Component(
        lower=system.lower,
        upper=system.upper,
        matrix=system.matrix,
        row_lower=system.row_lower,
        row_upper=system.row_upper,
    )
