"""Cheap inference proves bounds and never invents them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kompeten.audit.reasoning.propagate import propagate
from kompeten.audit.reasoning.system import CEILING, Builder
from kompeten.audit.reasoning.verdict import Contradiction


def test_a_single_unknown_is_found_by_its_equation() -> None:
    builder = Builder()
    total, part, other = builder.cell("total", low=10, high=10), builder.cell("part", low=7, high=7), builder.cell("x")
    builder.equal(total, [part, other], why="sum")
    bounds = propagate(builder.build())
    assert (bounds.lower[other], bounds.upper[other]) == (3, 3)
    assert bounds.by_equation[other]
    assert not bounds.by_equation[total]


def test_equations_are_followed_one_after_another() -> None:
    builder = Builder()
    first, second = builder.cell("first"), builder.cell("second")
    builder.row([(first, 1)], low=4, high=4, why="a")
    builder.row([(first, 1), (second, 1)], low=9, high=9, why="b")
    bounds = propagate(builder.build())
    assert (bounds.lower[second], bounds.upper[second]) == (5, 5)
    assert bounds.by_equation.all()


def test_bounds_push_each_other_without_any_equation_being_solved() -> None:
    builder = Builder()
    first, second = builder.cell("first", low=3), builder.cell("second", low=4)
    builder.row([(first, 1), (second, 1)], high=9, why="at most")
    bounds = propagate(builder.build())
    assert [*bounds.upper] == [5, 6]
    assert not bounds.by_equation.any()


def test_what_two_bounds_determine_is_not_told_as_one_equation() -> None:
    builder = Builder()
    cell = builder.cell("x")
    builder.row([(cell, 1)], low=4, why="at least")
    builder.row([(cell, 1)], high=4, why="at most")
    bounds = propagate(builder.build())
    assert (bounds.lower[cell], bounds.upper[cell]) == (4, 4)
    assert not bounds.by_equation[cell]


@pytest.mark.parametrize(("lows", "highs"), [([1, 0, 0, 0], [1, 3, 5, 7]), ([1, 3, 5, 7], [7, 7, 7, 7])])
def test_bounds_that_move_at_one_end_alone_are_followed_to_the_last_cell(lows: list[int], highs: list[int]) -> None:
    """Each count is at least 2 more than the one before; the first is at least 1, the last at most 7."""
    builder = Builder()
    cells = [builder.cell("x", low=low, high=high) for low, high in zip(lows, highs, strict=True)]
    for before, after in pairwise(cells):
        builder.row([(after, 1), (before, -1)], low=2, why="two more")
    bounds = propagate(builder.build())
    assert [*bounds.lower] == [*bounds.upper] == [1, 3, 5, 7]


@pytest.mark.parametrize(("coefficient", "low", "high", "expected"), [(2, 3, 7, (2, 3)), (-2, -7, -3, (2, 3))])
def test_ends_are_rounded_inwards(coefficient: int, low: int, high: int, expected: tuple[int, int]) -> None:
    builder = Builder()
    cell = builder.cell("x")
    builder.row([(cell, coefficient)], low=low, high=high, why="twice")
    bounds = propagate(builder.build())
    assert (bounds.lower[cell], bounds.upper[cell]) == expected


def test_twice_a_count_cannot_be_odd() -> None:
    builder = Builder()
    builder.row([(builder.cell("x"), 2)], low=3, high=3, why="twice")
    with pytest.raises(Contradiction, match="no whole number is left for x"):
        propagate(builder.build())


def test_parts_that_are_not_all_of_a_total_leave_no_more_than_the_rest_of_it() -> None:
    builder = Builder()
    total, part, other = builder.cell("total", low=9, high=9), builder.cell("part", low=4, high=4), builder.cell("x")
    builder.at_least(total, [part, other], why="at least")
    bounds = propagate(builder.build())
    assert (bounds.lower[other], bounds.upper[other]) == (0, 5)


def test_a_cell_that_nobody_names_keeps_its_bounds() -> None:
    builder = Builder()
    builder.cell("x")
    bounds = propagate(builder.build())
    assert (bounds.lower[0], bounds.upper[0]) == (0, CEILING)


def test_a_cell_named_twice_in_a_statement_has_its_coefficients_added() -> None:
    builder = Builder()
    cell = builder.cell("x")
    builder.row([(cell, 1), (cell, 1), (cell, 0)], low=6, high=6, why="twice")
    assert propagate(builder.build()).lower[cell] == 3
