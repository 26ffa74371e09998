"""What is published, as the attacker holds it: cells, ratios, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from kompeten.audit.reasoning.margins import Coordinates, Dimension
from kompeten.ground.policy import Policy
from kompeten.ground.vocabulary import ALL, DIMENSIONS, PRINTED

Parents = Mapping[str, Mapping[str, str]]
"""For each dimension, the group of each code, in the order of its code list."""

NOWHERE: Coordinates = (ALL,) * len(DIMENSIONS)


class Key(NamedTuple):
    """A count: of which batch, at which stage, at which coordinates (one code a dimension, in the contract's order)."""

    batch_id: str
    stage: str
    place: Coordinates

    def text(self) -> str:
        """Give the cell's name: batch, stage, and each dimension that is not summed over."""
        own = (f"{name}={code}" for name, code in zip(DIMENSIONS, self.place, strict=True) if code != ALL)
        return "/".join((self.batch_id, self.stage, *own))

    @property
    def scheme(self) -> frozenset[str]:
        """Give the dimensions that are not summed over: the table that the cell belongs to."""
        return scheme_of(self.place)


@lru_cache(maxsize=2**16)
def scheme_of(place: Coordinates) -> frozenset[str]:
    """Give the dimensions in which a place is not ``_T``."""
    return frozenset(name for name, code in zip(DIMENSIONS, place, strict=True) if code != ALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One published count. value: people, None where none is printed. status and precision: as printed.

    is_register: counted from a register, or of a source that hides something: what is hidden is attacked, whoever
    hides it. Other figures are public already where their source can be opened: has_url, which a register needs not.
    address: where it stands. order: its place in the file, for the order of rows.
    """

    key: Key
    value: int | None
    status: str
    precision: str
    source_id: str
    is_register: bool
    address: str
    order: int = 0
    has_url: bool = True

    @property
    def bounds(self) -> tuple[int, int | None] | None:
        """Give what the printed number says: least and greatest (None: no limit); None where nothing is said."""
        if self.value is None or self.status not in PRINTED or self.precision == "about":
            return None
        return (self.value, None) if self.precision == "at_least" else (self.value, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A published rate: multiplier * sum(above) / (sum(below) or base), rounded to decimals, half a unit either way.

    shown: the number as printed. base: a printed constant (residents) that stands below in place of cells.
    """

    above: tuple[Key, ...]
    below: tuple[Key, ...]
    base: int
    multiplier: int
    shown: Fraction
    decimals: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A published sum over counts: low <= sum(coefficient * count) <= high (None: no limit)."""

    terms: tuple[tuple[Key, int], ...]
    low: int | None
    high: int | None
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A fact from outside the register: the count lies between low and high (None: no limit). source: who says so."""

    key: Key
    low: int
    high: int | None
    address: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Everything read of one release: counts, rates, outside facts, how codes nest, and texts to search.

    sums: (total batch, its part batches): a running total and the batches that it adds up. texts: (address, text).
    sealed: (batch, digest of the policy) of each mark of the door. corrected: batches whose change is declared as a
    correction. is_whole: whether whole tables were read; a list of changes gives single cells, which add up to nothing.
    """

    cells: tuple[Cell, ...]
    parents: Parents
    ratios: tuple[Ratio, ...] = ()
    totals: tuple[Total, ...] = ()
    limits: tuple[Limit, ...] = ()
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    corrected: frozenset[str] = frozenset()
    is_whole: bool = True
    sealed: tuple[tuple[str, str], ...] = ()

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Give the dimensions with their hierarchies, in the contract's order."""
        return tuple(Dimension(name=name, parents=self.parents.get(name, {})) for name in DIMENSIONS)

    @property
    def register(self) -> tuple[Cell, ...]:
        """Give the counts that come from a register: the only ones that can harm."""
        return tuple(cell for cell in self.cells if cell.is_register)


def is_headline(key: Key, policy: Policy) -> bool:
    """Tell whether a cell belongs to a headline table: the batch total, or a table that the policy names so."""
    scheme = key.scheme
    return not scheme or any(table.is_headline and frozenset(table.dimensions) == scheme for table in policy.tables)
