"""The reader who runs the rules on every one-way table that fits what is printed, and compares the patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from kompeten.ground.policy import TablePlan
from kompeten.register.hiding.count import Cube
from kompeten.register.hiding.linkage import link
from kompeten.register.hiding.search import choose
from tests.attacks.planting import POLICY

Table = tuple[int, ...]

PLAN = tuple(
    TablePlan(name=name, dimensions=dimensions, stages=("peserta",), is_headline=not dimensions, weight=weight)
    for name, dimensions, weight in (("tahap", (), 1000), ("wilayah", ("region_code",), 30))
)
ONE_WAY = replace(POLICY, tables=PLAN, hidden_share_pct=100)


@cache
def pattern(counts: Table, secret: bytes) -> frozenset[int]:
    """Give the regencies that the door hides: participants of so many regencies, with their total."""
    codes = tuple(f"64.{number:02d}" for number in range(1, len(counts) + 1))
    total = Cube(batch_id="t1", secret=secret, table=PLAN[0], codes=(), counts=np.array([sum(counts)]))
    cube = Cube(batch_id="t1", secret=secret, table=PLAN[1], codes=(codes,), counts=np.array([counts]))
    hidden = choose(link([total, cube], ONE_WAY), ONE_WAY)
    return frozenset(int(cell) - 1 for cell in np.flatnonzero(hidden))


def widths_left(counts: Table, secrets: Sequence[bytes]) -> dict[int, int]:
    """Give for each hidden regency the width that is left to a reader who runs the rules under these secrets.

    The first secret is the one that the table was protected with. Of two secrets that give the same pattern on some
    table, nobody can tell which it was: more secrets leave more.
    """
    hidden = pattern(counts, secrets[0])
    tables = list(fitting(counts, sorted(hidden)))

    def first(cell: int, *, down: bool) -> int:
        ordered = sorted(tables, key=lambda table: (-table[cell] if down else table[cell], table))
        return next(table[cell] for table in ordered if any(pattern(table, secret) == hidden for secret in secrets))

    return {cell: first(cell, down=True) - first(cell, down=False) for cell in sorted(hidden)}


def fitting(counts: Table, hidden: Sequence[int]) -> Iterator[Table]:
    """Give every table with the same printed cells and the same total, small counts only where they are hidden."""
    for values in _sums(sum(counts[cell] for cell in hidden), len(hidden)):
        table = list(counts)
        for cell, value in zip(hidden, values, strict=True):
            table[cell] = value
        if any(0 < value < POLICY.threshold for value in values):
            yield tuple(table)


def _sums(total: int, parts: int) -> Iterator[Table]:
    """Give every way to write a total as so many counts, in order."""
    if parts == 1:
        yield (total,)
        return
    for value in range(total + 1):
        yield from ((value, *rest) for rest in _sums(total - value, parts - 1))
