"""The auditor's intervals are those that enumerating every possible table gives."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kompeten.audit.reasoning.margins import Dimension, sums
from kompeten.audit.reasoning.solve import Interval, intervals
from kompeten.audit.reasoning.system import Builder, System
from tests.some import some


def enumerated(system: System, targets: list[int]) -> list[tuple[int, int]]:
    """Give the least and greatest value of each target over every table of whole numbers up to the printed totals."""
    ranges = [np.arange(int(low), int(high) + 1) for low, high in zip(system.lower, system.upper, strict=True)]
    tables = np.stack([axis.ravel() for axis in np.meshgrid(*ranges, indexing="ij")], axis=1)
    sums = tables @ system.matrix.toarray().T
    possible = tables[np.all((sums >= system.row_lower) & (sums <= system.row_upper), axis=1)]
    return [(int(possible[:, target].min()), int(possible[:, target].max())) for target in targets]


def drawn_table(counts: list[list[int]], hidden: set[tuple[int, int]], room: int = 20) -> tuple[System, list[int]]:
    """Give a two-way table with its margins as a system; hidden holds (row, column), the last of each the margin."""
    rows, columns = len(counts), len(counts[0])
    grid = [[*row, sum(row)] for row in counts]
    grid.append([sum(column) for column in zip(*grid, strict=True)])
    builder, coordinates, targets = Builder(), [], []
    for r, c in product(range(rows + 1), range(columns + 1)):
        coordinates.append(("_T" if r == rows else f"r{r}", "_T" if c == columns else f"c{c}"))
        if (r, c) in hidden:
            targets.append(builder.cell(str((r, c)), high=grid[r][c] + room))
        else:
            builder.cell(str((r, c)), low=grid[r][c], high=grid[r][c])
    for statement in sums(coordinates, [Dimension(name="row"), Dimension(name="column")]):
        builder.equal(statement.total, statement.parts, why=statement.rule)
    return builder.build(), targets


@st.composite
def small_tables(draw: st.DrawFn) -> tuple[list[list[int]], set[tuple[int, int]]]:
    rows, columns = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    counts = [[draw(st.integers(0, 3)) for _ in range(columns)] for _ in range(rows)]
    places = list(product(range(rows + 1), range(columns + 1)))
    return counts, set(draw(st.lists(st.sampled_from(places), min_size=1, max_size=6, unique=True)))


@settings(max_examples=150, deadline=None)
@given(small_tables())
def test_intervals_equal_enumeration(drawn: tuple[list[list[int]], set[tuple[int, int]]]) -> None:
    system, targets = drawn_table(*drawn, room=5)
    found = intervals(system, targets, width=None)
    assert [(interval.low, interval.high) for interval in found] == enumerated(system, targets)


@st.composite
def random_systems(draw: st.DrawFn) -> System:
    """Draw statements with any small coefficients around a hidden truth, so that fractions and gaps occur."""
    builder = Builder()
    truth = [draw(st.integers(0, 4)) for _ in range(draw(st.integers(2, 5)))]
    for number in range(len(truth)):
        builder.cell(f"x{number}", high=5)
    for _ in range(draw(st.integers(1, 4))):
        terms = [(index, draw(st.integers(-3, 3))) for index in range(len(truth))]
        value = sum(coefficient * truth[index] for index, coefficient in terms)
        below, above = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        builder.row(terms, low=value - below, high=value + above, why="drawn")
    return builder.build()


@settings(max_examples=150, deadline=None)
@given(random_systems())
def test_intervals_equal_enumeration_for_any_statements(system: System) -> None:
    targets = list(range(system.size))
    found = intervals(system, targets, width=None)
    assert [(interval.low, interval.high) for interval in found] == enumerated(system, targets)


@settings(max_examples=100, deadline=None)
@given(random_systems(), st.integers(1, 4))
def test_a_width_stops_the_search_without_changing_the_verdict(system: System, width: int) -> None:
    targets = list(range(system.size))
    exact = intervals(system, targets, width=None)
    quick = intervals(system, targets, width=width)
    for full, stopped in some(zip(exact, quick, strict=True)):
        assert (full.width < width) == (stopped.width < width)


def test_two_by_two_with_zeros_is_safe_for_linear_algebra_and_open_to_bounds() -> None:
    """Four hidden cells of a 2 x 2 core: no equation gives them away, the zeros around and the bounds do."""
    counts = [[0, 0, 7], [0, 4, 1], [9, 3, 2]]
    system, targets = drawn_table(counts, {(0, 0), (0, 1), (1, 0), (1, 1)})
    found = intervals(system, targets, width=None)
    assert [(interval.low, interval.high) for interval in found] == [(0, 0), (0, 0), (0, 0), (4, 4)]


def test_a_wide_core_is_left_open() -> None:
    system, targets = drawn_table([[6, 7, 7], [8, 9, 1], [9, 3, 2]], {(0, 0), (0, 1), (1, 0), (1, 1)})
    assert [(found.low, found.high) for found in intervals(system, targets, width=None)] == [
        (0, 13),
        (0, 13),
        (1, 14),
        (3, 16),
    ]


def test_a_printed_count_is_its_own_interval() -> None:
    system, _ = drawn_table([[6, 7], [8, 9]], set())
    assert intervals(system, [0], width=4) == (Interval(low=6, high=6, proof="stated"),)
