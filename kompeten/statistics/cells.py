"""One cell, and what its sources say: the preferred count and the range that the exact statements allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kompeten.ground.findings import Label
from kompeten.ground.model import Compilation, Context, Observation, Target
from kompeten.ground.vocabulary import Precision, Status

Statement = Observation | Context
"""What one source says of one cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count of people (or certificates) ready to be shown.

    value: None exactly when status is hidden, unknown or not_applicable. low, high: the smallest and largest exact
    statement (every statement, where none is exact); None where there is no value. statements: how many sources
    give a value. source_id: the preferred source, None where no source has the cell at all. mark: why nothing may be
    computed from it. at_least: what the parts that sources state add up to, where nobody states the whole. note: what
    the preferred source says beside it. unit: what the preferred source counts; None where nobody states a figure.
    """

    cell_id: str
    value: int | None = None
    status: Status = "unknown"
    precision: Precision | None = None
    low: int | None = None
    high: int | None = None
    source_id: str | None = None
    statements: int = 0
    mark: str | None = None
    at_least: int | None = None
    note: Label | None = None
    unit: str | None = None

    @property
    def known(self) -> int | None:
        """Give the value, or what the stated parts add up to."""
        return self.at_least if self.value is None else self.value


def count_of(statements: Sequence[Statement]) -> Count:
    """Give the count of one cell from all statements of it; exactly one of them is preferred."""
    chosen = next(s for s in statements if s.preferred)
    low, high = value_range(statements)
    return Count(
        value=chosen.value,
        status=chosen.status,
        precision=chosen.precision,
        low=low,
        high=high,
        source_id=chosen.source_id,
        statements=sum(s.value is not None for s in statements),
        cell_id=chosen.cell_id,
        mark=chosen.mark,
        note=chosen.note,
        unit=chosen.unit if chosen.value is not None else None,
    )


def common_unit(units: Collection[str | None]) -> str | None:
    """Give the unit of a figure made of counts; people and their certificates together are at least certificates."""
    return next(iter(units), None) if len(units) < 2 else "sertifikat"


def value_range(statements: Iterable[Statement | Target]) -> tuple[int | None, int | None]:
    """Give the smallest and largest value that sources state exactly; where no source is exact, of all of them.

    A rounded or hedged figure beside an exact one is a report of the same count, not a rival to it. A misprint and
    what else is marked bound nothing, unless nothing else is said.
    """
    said = [s for s in statements if s.value is not None]
    with_value = [s for s in said if s.mark is None] or said
    exact = [s.value for s in with_value if s.precision == "exact" and s.value is not None]
    values = exact or [s.value for s in with_value if s.value is not None]
    return (min(values), max(values)) if values else (None, None)


def by_cell(compilation: Compilation) -> Mapping[str, tuple[Observation, ...]]:
    """Give all statements of each cell, in the order of the data."""
    cells: dict[str, list[Observation]] = defaultdict(list)
    for observation in compilation.observations:
        cells[observation.cell_id].append(observation)
    return {cell_id: tuple(statements) for cell_id, statements in cells.items()}


def by_batch(compilation: Compilation) -> Mapping[str, Sequence[Observation]]:
    """Give the observations of each batch that has any, in the order of the data."""
    found: dict[str, list[Observation]] = defaultdict(list)
    for observation in compilation.observations:
        found[observation.batch_id].append(observation)
    return dict(found)


def count_at(cells: Mapping[str, Sequence[Observation]], cell_id: str) -> Count:
    """Give the count of one cell, whether or not any source has it; ``batch/stage`` is that of everybody."""
    return count_of(cells[cell_id]) if cell_id in cells else Count(cell_id=cell_id)
