"""Findings in order: by place and rule, each once, and two things wrong in one cell are both said."""

from __future__ import annotations

from kompeten.ground.findings import Finding, Label, in_order


def finding(file: str, row: int | None, what: str, column: str | None = None, rule: str = "r") -> Finding:
    """Give a finding that says one word."""
    return Finding(file=file, row=row, column=column, rule=rule, what=Label(what, what), mend=Label("m", "m"))


def test_two_things_wrong_in_one_cell_are_both_said_and_one_thing_is_said_once() -> None:
    first, second = finding("a.csv", 2, "one"), finding("a.csv", 2, "two")
    assert in_order([second, first, first]) == (first, second)


def test_findings_stand_by_file_row_column_and_rule() -> None:
    wanted = (
        finding("a.csv", None, "w"),
        finding("a.csv", 2, "w"),
        finding("a.csv", 2, "w", column="c", rule="a"),
        finding("a.csv", 2, "w", column="c", rule="b"),
        finding("a.csv", 10, "w"),
        finding("b.csv", 1, "w"),
    )
    assert in_order(reversed(wanted)) == wanted
