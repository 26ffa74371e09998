"""Findings in order: by place and rule, each once, and two things wrong in one cell are both said."""

from __future__ import annotations

import pytest

from kompeten.ground.findings import Finding, Label, folded, in_order


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


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((2, 3), ["a.csv:2: c: m ← w", "a.csv:3: c: m ← w"]),
        ((2, 3, 4), ["a.csv:2: c: m ← w (rows 2-4, 3 times)"]),
        ((2, 4, 9), ["a.csv:2: c: m ← w (rows 2, 4, 9, 3 times)"]),
        (tuple(range(2, 14, 2)), ["a.csv:2: c: m ← w (rows 2, 4, 6, 8, 10, 12, 6 times)"]),
        (tuple(range(2, 16, 2)), ["a.csv:2: c: m ← w (rows 2, 4, 6, 8, …, 14, 7 times)"]),
        ((2, 2, 3), ["a.csv:2: c: m ← w", "a.csv:2: c: m ← w2", "a.csv:3: c: m ← w"]),
    ],
    ids=["two_rows_stay_two", "three_are_one", "apart", "six_stretches", "seven_stretches", "twice_in_one_row"],
)
def test_the_same_mistake_in_three_rows_or_more_is_said_once(rows: tuple[int, ...], said: list[str]) -> None:
    twice = {number for place, number in enumerate(rows) if number in rows[:place]}
    found = [finding("a.csv", number, "w", column="c") for number in rows]
    found += [finding("a.csv", number, "w2", column="c") for number in twice]
    assert [each.line("en") for each in folded(found)] == said


def test_another_column_rule_or_file_is_another_mistake() -> None:
    same = [finding("a.csv", number, "w", column="c") for number in (2, 3)]
    others = [finding("a.csv", 4, "w"), finding("a.csv", 4, "w", column="c", rule="s"), finding("b.csv", 4, "w", "c")]
    assert len(folded([*same, *others])) == 5
