"""How an interval is reached: cheapest proof first, large components by interior point, and the chain behind it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.sparse import csr_array

from kompeten.audit.reasoning import solve
from kompeten.audit.reasoning.programs import Component
from kompeten.audit.reasoning.solve import explain, intervals, largest_part
from kompeten.audit.reasoning.system import Builder, System


def square(rows: list[int], columns: list[int]) -> System:
    """Give a table of hidden cells whose row and column totals are printed."""
    builder = Builder()
    cells = {place: builder.cell(f"x{place}") for place in product(range(len(rows)), range(len(columns)))}
    for row, total in enumerate(rows):
        builder.row([(cells[row, c], 1) for c in range(len(columns))], low=total, high=total, why=f"row {row}")
    for column, total in enumerate(columns):
        builder.row([(cells[r, column], 1) for r in range(len(rows))], low=total, high=total, why=f"column {column}")
    return builder.build()


def test_a_stated_count_needs_no_proof() -> None:
    builder = Builder()
    builder.cell("x", low=3, high=3)
    assert intervals(builder.build(), [0], width=4)[0].proof == "stated"


def test_a_cell_that_nothing_binds_is_free() -> None:
    builder = Builder()
    builder.cell("x", high=9)
    (found,) = intervals(builder.build(), [0], width=None)
    assert (found.low, found.high, found.proof) == (0, 9, "free")


def test_equations_that_only_together_determine_a_cell_are_found_by_rank() -> None:
    builder = Builder()
    a, b, c = (builder.cell(name, high=50) for name in "abc")
    builder.row([(a, 1), (b, 1)], low=30, high=30, why="ab")
    builder.row([(b, 1), (c, 1)], low=40, high=40, why="bc")
    builder.row([(a, 1), (c, 1)], low=50, high=50, why="ac")
    found = intervals(builder.build(), [a, b, c], width=4)
    assert [(own.low, own.high, own.proof) for own in found] == [(20, 20, "rank"), (10, 10, "rank"), (30, 30, "rank")]


def test_two_witnesses_are_enough_for_a_wide_cell() -> None:
    found = intervals(square([30, 40, 50], [50, 40, 30]), list(range(9)), width=4)
    assert {own.proof for own in found} <= {"witness", "program"}
    assert min(own.width for own in found) >= 4


def test_an_interval_without_a_width_is_exact() -> None:
    found = intervals(square([5, 9], [8, 6]), [0, 1, 2, 3], width=None)
    assert [(own.low, own.high) for own in found] == [(0, 5), (0, 5), (3, 8), (1, 6)]


def test_whole_numbers_narrow_what_fractions_leave_open() -> None:
    """2a + 2b + c = 7 and c <= 2: in fractions a goes to 3.5; in whole numbers c = 1 and a stops at 3."""
    builder = Builder()
    a, b, c = builder.cell("a"), builder.cell("b"), builder.cell("c", high=2)
    builder.row([(a, 2), (b, 2), (c, 1)], low=7, high=7, why="seven")
    found = intervals(builder.build(), [a, b, c], width=None)
    assert [(own.low, own.high) for own in found] == [(0, 3), (0, 3), (1, 1)]


def test_interior_point_gives_the_same_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    table = square([30, 2, 50, 41], [50, 40, 30, 3])
    simplex = intervals(table, list(range(16)), width=4)
    monkeypatch.setattr(solve, "INTERIOR_ABOVE", 3)
    interior = intervals(table, list(range(16)), width=4)
    assert [own.width < 4 for own in simplex] == [own.width < 4 for own in interior]
    assert "interior" in {own.proof for own in interior}


def test_the_same_system_gives_the_same_intervals() -> None:
    table = square([30, 12, 50], [50, 40, 2])
    assert intervals(table, list(range(9)), width=4) == intervals(table, list(range(9)), width=4)


def test_the_largest_part_is_counted_after_inference() -> None:
    builder = Builder()
    for size in (2, 3):
        cells = [builder.cell(f"{size}.{number}") for number in range(size)]
        builder.row([(cell, 1) for cell in cells], low=20, high=20, why="sum")
    alone = builder.cell("alone")
    builder.row([(alone, 1)], low=6, high=6, why="known")
    assert largest_part(builder.build()) == 3
    assert largest_part(Builder().build()) == 0


def test_a_chain_names_the_statements_that_bind_and_no_others() -> None:
    builder = Builder()
    total = builder.cell("total", low=9, high=9, said="a.json")
    part, hidden = builder.cell("part", low=6, high=6, said="b.json"), builder.cell("hidden")
    far = builder.cell("far", low=50, high=50, said="c.json")
    builder.equal(total, [part, hidden], why="sum")
    builder.row([(hidden, 1), (far, 1)], high=1000, why="loose")
    assert explain(builder.build(), hidden) == ("a.json", "b.json", "sum")


@pytest.mark.parametrize(
    ("numbers", "is_admitted"),
    [([0, 3], True), ([4, 1], True), ([5, 0], False), ([-1, 4], False), ([1, 1], False), ([4, 2], False)],
)
def test_a_table_counts_only_within_every_bound_and_every_sum(numbers: list[int], is_admitted: bool) -> None:
    """Two counts of 0 to 4 that make 3 to 5 together."""
    component = Component(
        lower=np.array([0, 0]),
        upper=np.array([4, 4]),
        matrix=csr_array(np.array([[1, 1]])),
        row_lower=np.array([3]),
        row_upper=np.array([5]),
    )
    assert component.admits(np.array(numbers)) is is_admitted
