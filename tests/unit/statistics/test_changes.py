"""Differences between two data folders, figure by figure."""

from __future__ import annotations

from typing import Any

from kompeten.ground.vocabulary import DIMENSIONS
from kompeten.statistics.changes import Change, changes

Folder = dict[str, list[dict[str, Any]]]


def folder(*rows: tuple[str, int | None, str], targets: dict[str, int] | None = None) -> Folder:
    """Give tables with one observation for each batch, value and status."""
    everybody = dict.fromkeys(DIMENSIONS, "_T")
    return {
        "observations": [
            {"batch_id": b, "stage": "peserta", **everybody, "source_id": "a", "value": v, "status": s}
            for b, v, s in rows
        ],
        "context": [],
        "targets": [{"target_id": name, "value": value} for name, value in (targets or {}).items()],
        "budgets": [],
    }


def lines(old: Folder, new: Folder) -> list[str]:
    """Give the changes as text."""
    return [change.line("en") for change in changes(old, new)]


KEY = "peserta/_T/_T/_T/_T/_T/_T/_T/a"


def test_what_is_the_same_is_no_change() -> None:
    same = folder(("b1", 827, "released"))
    assert lines(same, same) == []


def test_figures_are_added_removed_and_revised_in_order_of_key() -> None:
    old = folder(("b1", 827, "released"), ("b2", 5, "released"))
    new = folder(("b1", 829, "released"), ("b3", 7, "released"), targets={"t": 1000})
    assert lines(old, new) == [
        f"revised: observations: b1/{KEY}: 827 → 829 (+2)",
        f"removed: observations: b2/{KEY}: 5 → -",
        f"added: observations: b3/{KEY}: - → 7",
        "added: targets: t: - → 1000",
    ]


def test_hidden_unknown_and_zero_are_told_apart() -> None:
    old = folder(("b1", None, "unknown"), ("b2", None, "hidden"), ("b3", 0, "released"))
    new = folder(("b1", 0, "released"), ("b2", None, "unknown"), ("b3", None, "hidden"))
    assert lines(old, new) == [
        f"revised: observations: b1/{KEY}: unknown → 0",
        f"revised: observations: b2/{KEY}: hidden → unknown",
        f"revised: observations: b3/{KEY}: 0 → hidden",
    ]


def test_a_status_alone_can_change() -> None:
    old, new = folder(("b1", 5, "provisional")), folder(("b1", 5, "released"))
    assert [change.difference for change in changes(old, new)] == [0]


def test_a_difference_needs_two_values() -> None:
    change = Change(table="t", key="k", kind="added", old=None, new=5, old_status=None, new_status="released")
    assert change.difference is None
