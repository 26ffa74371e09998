"""The exact rank test finds what equations determine, and nothing else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kompeten.audit.reasoning.rank import determined


def test_a_sum_determines_neither_of_its_parts() -> None:
    assert determined([{0: 1, 1: 1}], [0, 1]) == frozenset()


def test_two_equations_determine_two_cells() -> None:
    assert determined([{0: 1, 1: 1}, {0: 1, 1: -1}], [0, 1]) == {0, 1}


def test_a_cell_is_determined_though_others_stay_free() -> None:
    """a + b + c and b + c are known: a is; b and c are not."""
    assert determined([{0: 1, 1: 1, 2: 1}, {1: 1, 2: 1}], [0, 1, 2]) == {0}


def test_a_cycle_of_even_length_determines_nothing_and_of_odd_length_all() -> None:
    even = [{0: 1, 1: 1}, {1: 1, 2: 1}, {2: 1, 3: 1}, {3: 1, 0: 1}]
    odd = [{0: 1, 1: 1}, {1: 1, 2: 1}, {2: 1, 0: 1}]
    assert determined(even, range(4)) == frozenset()
    assert determined(odd, range(3)) == {0, 1, 2}


def test_a_cell_that_no_equation_names_is_free() -> None:
    assert determined([{0: 1}], [0, 7]) == {0}


def test_an_equation_said_twice_adds_nothing() -> None:
    assert determined([{0: 1, 1: 1}, {0: 2, 1: 2}], [0, 1]) == frozenset()


def rank(matrix: list[list[float]]) -> int:
    import numpy as np

    return int(np.linalg.matrix_rank(np.array(matrix, dtype=float))) if matrix else 0


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(-2, 2), min_size=5, max_size=5), min_size=1, max_size=6))
def test_the_verdict_is_that_of_matrix_rank(matrix: list[list[int]]) -> None:
    """A cell is determined exactly when adding its own row to the equations leaves the rank as it is."""
    equations = [{cell: value for cell, value in enumerate(row) if value} for row in matrix]
    floats = [[float(value) for value in row] for row in matrix]
    expected = {
        cell for cell in range(5) if rank([*floats, [float(cell == other) for other in range(5)]]) == rank(floats)
    }
    assert determined([row for row in equations if row], range(5)) == expected
