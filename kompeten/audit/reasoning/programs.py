"""Linear and whole-number programs over one component, solved by HiGHS, every status checked.

The one place that speaks to the solver. Anything but "optimal" raises AuditError: an unsolved program looks like a
result full of zeros, and must fail the gate instead. The thread count is set once, the same for every program: HiGHS
shares one pool, and a second value makes later runs fail (docs/method/disclosure-control.md).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from kompeten.audit.reasoning.system import INFINITE, Integers
from kompeten.audit.reasoning.verdict import AuditError, Contradiction

Floats = npt.NDArray[np.float64]

THREADS = 1
COMMON: Mapping[str, object] = {"output_flag": False, "threads": THREADS, "random_seed": 0, "mip_rel_gap": 0.0}

COLD: Mapping[str, object] = {"presolve": "choose", "solver": "simplex", "simplex_strategy": 0}
"""The first solution: presolve, then the solver's own choice of simplex (dual)."""

WARM: Mapping[str, object] = {"presolve": "off", "simplex_strategy": 4}
"""Later ones: primal simplex from the last basis, for only the objective has changed."""

INTERIOR: Mapping[str, object] = {"solver": "ipm", "run_crossover": "off"}

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One connected part of a system, cells renumbered from 0; shapes as in System."""

    lower: Integers
    upper: Integers
    matrix: Any
    row_lower: Integers
    row_upper: Integers

    def admits(self, numbers: Integers) -> bool:
        """Tell whether whole numbers satisfy every bound and statement, in exact arithmetic."""
        if np.any(numbers < self.lower) or np.any(numbers > self.upper):
            return False
        sums = self.matrix @ numbers
        return bool(np.all(sums >= self.row_lower) and np.all(sums <= self.row_upper))


@dataclass(slots=True)
class Program:
    """A component loaded into the solver; each minimum starts from the basis of the one before."""

    component: Component
    interior: bool = False
    whole: bool = False
    solver: Any = field(init=False)
    costs: Floats = field(init=False)
    is_warm: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        """Load the component; whole numbers only where whole is set, interior point where interior is set."""
        self.solver = _silent_solver()
        self._set(COMMON)
        self._set(INTERIOR if self.interior else COLD)
        self.costs = np.zeros(self.component.lower.size)
        _ok(self.solver.passModel(_model(self.component, whole=self.whole)), "passModel")

    def minimum(self, objective: Floats) -> Floats:
        """Give the numbers, one a cell, at which the objective (one coefficient a cell) is least."""
        changed = np.flatnonzero(objective != self.costs).astype(np.int32)
        if changed.size:
            _ok(self.solver.changeColsCost(changed.size, changed, objective[changed]), "changeColsCost")
            self.costs = objective.copy()
        ran = self.solver.run()
        if self.is_warm and self.solver.getModelStatus() == highspy.HighsModelStatus.kUnknown:
            ran = self._run_afresh()
        status = self.solver.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            raise Contradiction("no numbers satisfy what is published")
        _ok(ran, "run")
        if status != highspy.HighsModelStatus.kOptimal:
            raise AuditError(f"the solver did not reach an optimum: {self.solver.modelStatusToString(status)}")
        if not (self.is_warm or self.interior or self.whole):
            self._set(WARM)
            self.is_warm = True
        return np.asarray(self.solver.getSolution().col_value, dtype=np.float64)

    def _run_afresh(self) -> object:
        """Solve once more from nothing: a warm start now and then stops at "unknown" one pivot from the optimum."""
        _ok(self.solver.clearSolver(), "clearSolver")
        self._set(COLD)
        ran = self.solver.run()
        self._set(WARM)
        return ran

    def _set(self, options: Mapping[str, object]) -> None:
        for option, value in options.items():
            _ok(self.solver.setOptionValue(option, value), f"option {option}")

    def duals(self) -> Floats:
        """Give the price of each statement at the last minimum: the statements that hold it up are not 0."""
        return np.asarray(self.solver.getSolution().row_dual, dtype=np.float64)


def _silent_solver() -> Any:
    """Make a solver; the banner that its constructor prints before any option can be set goes nowhere."""
    make: Any = highspy.Highs
    with open(os.devnull, "w") as nowhere:
        kept = os.dup(1)
        try:
            sys.stdout.flush()
            os.dup2(nowhere.fileno(), 1)
            return make()
        finally:
            os.dup2(kept, 1)
            os.close(kept)


def _model(component: Component, *, whole: bool) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = component.lower.size, component.row_lower.size
    lp.col_cost_ = np.zeros(component.lower.size)
    lp.col_lower_ = component.lower.astype(np.float64)
    lp.col_upper_ = component.upper.astype(np.float64)
    lp.row_lower_ = np.where(component.row_lower <= -INFINITE, -highspy.kHighsInf, component.row_lower)
    lp.row_upper_ = np.where(component.row_upper >= INFINITE, highspy.kHighsInf, component.row_upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = component.matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = component.matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = component.matrix.data.astype(np.float64)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * component.lower.size
    return lp


def _ok(status: object, step: str) -> None:
    if status != highspy.HighsStatus.kOk:
        raise AuditError(f"the solver refused: {step}")
