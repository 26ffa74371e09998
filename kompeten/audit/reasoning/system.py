"""The attacker's knowledge: unknown whole numbers, and what is stated about them.

Vocabulary
    cell       one unknown count; a printed count is a cell whose lower and upper bound are equal
    statement  one row: row_lower <= sum(coefficient * cell) <= row_upper
    why        the published addresses that make a statement; they are what a verdict names
Everything is a whole number (numpy int64), so no rounding can hide or invent a leak.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

Integers = npt.NDArray[np.int64]

CEILING = 10**9
"""No count of people here exceeds this; a cell that nobody bounds has it as its upper bound."""

INFINITE = 2**60
"""The bound of a one-sided statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Whole-number cells under linear statements.

    names: one readable name a cell. lower, upper: int64, one a cell, inclusive. matrix: int64 CSR, one row a
    statement, one column a cell. row_lower, row_upper: int64, one a statement, ±INFINITE where one-sided.
    why: one index into texts a statement. said: one index into texts a cell (who states its bounds), -1 for nobody.
    """

    names: tuple[str, ...]
    lower: Integers
    upper: Integers
    matrix: Any
    row_lower: Integers
    row_upper: Integers
    why: Integers
    said: Integers
    texts: tuple[str, ...]

    @classmethod
    def bare(
        cls, names: tuple[str, ...], lower: Integers, upper: Integers, matrix: Any, rows: tuple[Integers, Integers]
    ) -> System:
        """Give a system of which nobody asks who states what. rows: least and greatest sum of each statement."""
        why, said = np.zeros(rows[0].size, dtype=np.int64), np.full(lower.size, -1, dtype=np.int64)
        return cls(
            names=names, lower=lower, upper=upper, matrix=matrix, row_lower=rows[0], row_upper=rows[1],
            why=why, said=said, texts=("",),
        )  # fmt: skip

    @property
    def size(self) -> int:
        return len(self.names)


class Builder:
    """Collects cells and statements, in order, and gives a System."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._bounds: list[tuple[int, int]] = []
        self._said: list[int] = []
        self._indices: list[int] = []
        self._coefficients: list[int] = []
        self._starts: list[int] = [0]
        self._rows: list[tuple[int, int, int]] = []
        self._texts: dict[str, int] = {}

    def cell(self, name: str, *, low: int = 0, high: int = CEILING, said: str = "") -> int:
        """Add a cell that lies between low and high (equal for a printed count); give its index."""
        self._names.append(name)
        self._bounds.append((low, high))
        self._said.append(self._text(said) if said else -1)
        return len(self._names) - 1

    def row(self, terms: Iterable[tuple[int, int]], *, low: int = -INFINITE, high: int = INFINITE, why: str) -> None:
        """Add the statement low <= sum(coefficient * cell) <= high; terms are (cell index, coefficient)."""
        for index, coefficient in terms:
            self._indices.append(index)
            self._coefficients.append(coefficient)
        self._starts.append(len(self._indices))
        self._rows.append((low, high, self._text(why)))

    def equal(self, total: int, parts: Sequence[int], *, why: str) -> None:
        self.row([(total, 1), *((part, -1) for part in parts)], low=0, high=0, why=why)

    def at_least(self, total: int, parts: Sequence[int], *, why: str) -> None:
        """State that the parts together do not exceed the total."""
        self.row([(total, 1), *((part, -1) for part in parts)], low=0, why=why)

    def build(self) -> System:
        """Give the system; a cell named twice in one statement has its coefficients added."""
        bounds = np.array(self._bounds, dtype=np.int64).reshape(-1, 2)
        rows = np.array(self._rows, dtype=np.int64).reshape(-1, 3)
        matrix = sparse.csr_array(
            (np.array(self._coefficients, dtype=np.int64), np.array(self._indices, dtype=np.int64), self._starts),
            shape=(len(self._rows), len(self._names)),
        )
        matrix.sum_duplicates()
        # Added and subtracted again, a cell is in no statement, and ties nothing together.
        matrix.eliminate_zeros()
        return System(
            names=tuple(self._names),
            lower=bounds[:, 0].copy(),
            upper=bounds[:, 1].copy(),
            matrix=matrix,
            row_lower=rows[:, 0].copy(),
            row_upper=rows[:, 1].copy(),
            why=rows[:, 2].copy(),
            said=np.array(self._said, dtype=np.int64),
            texts=tuple(self._texts),
        )

    def _text(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))
