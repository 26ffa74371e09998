"""No rule without a case that only it rejects."""

from __future__ import annotations

import ast
import inspect
from itertools import chain
from types import ModuleType

import pytest

from kompeten.intake.rules import RULES, cells, codes, counts, dates, plausible, releases, texts

from . import test_cells, test_codes, test_counts, test_dates, test_plausible, test_releases, test_texts

PLACES = {"wrong": 0, "_wrong": 1, "_funnel": 0, "finding": 0}
"""What makes a finding, and which of its arguments is the slug."""


def slugs_of(module: ModuleType) -> set[str]:
    """Give the slugs that a module of rules says."""
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Call)]
    found: set[str] = set()
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        slug = call.args[PLACES[name]] if name in PLACES else ast.Pass()
        found |= {
            each.value for each in ast.walk(slug) if isinstance(each, ast.Constant) and isinstance(each.value, str)
        }
    return found


@pytest.mark.parametrize(
    ("rules", "cases"),
    [
        (counts, test_counts),
        (cells, test_cells),
        (codes, test_codes),
        (dates, test_dates),
        (plausible, test_plausible),
        (releases, test_releases),
        (texts, test_texts),
    ],
)
def test_every_slug_has_a_case(rules: ModuleType, cases: ModuleType) -> None:
    assert slugs_of(rules) == {case.values[1] for case in cases.BREAKS}


def test_every_rule_states_itself() -> None:
    for rule in RULES:
        told = getattr(rule.judge, "func", rule.judge)
        assert told.__doc__, told.__name__
    judges = chain((getattr(rule.judge, "func", rule.judge) for rule in RULES), texts.JUDGES)
    assert len({judge.__doc__ for judge in judges}) >= 30
