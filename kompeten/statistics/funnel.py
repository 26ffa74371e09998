"""The funnel of a batch, its rates, and its breakdowns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kompeten.ground.formulas import SHORT
from kompeten.ground.model import Code, Compilation, Measure, Observation
from kompeten.ground.vocabulary import DIMENSION, DIMENSIONS
from kompeten.statistics.cells import Count, by_cell, common_unit, count_at, count_of
from kompeten.statistics.rates import Rate, rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One code of one dimension: its count at one stage."""

    stage: str
    code: str
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRate:
    """A rate over one code of one dimension."""

    code: str
    rate: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """The counts of a batch along one dimension, all others being ``_T``; parts in the order of the code list.

    rates: those whose every count is stated for the code, in the order of the code list.
    """

    dimension: str
    parts: tuple[Part, ...]
    rates: tuple[PartRate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchStatistics:
    """Everything counted of one batch. funnel has all nine stages in order."""

    batch_id: str
    funnel: Mapping[str, Count]
    rates: tuple[Rate, ...]
    breakdowns: tuple[Breakdown, ...]


def all_batches(compilation: Compilation) -> Mapping[str, BatchStatistics]:
    """Give the statistics of every batch, in order of time."""
    cells = by_cell(compilation)
    of_batch: dict[str, list[Sequence[Observation]]] = defaultdict(list)
    for statements in cells.values():
        of_batch[statements[0].batch_id].append(statements)
    return {name: _batch(compilation, name, cells, of_batch[name]) for name in compilation.batches}


def _batch(
    compilation: Compilation,
    batch_id: str,
    cells: Mapping[str, Sequence[Observation]],
    own: Sequence[Sequence[Observation]],
) -> BatchStatistics:
    breakdowns = _breakdowns(compilation, own)
    funnel = {
        stage: _with_parts(compilation, count_at(cells, f"{batch_id}/{stage}"), breakdowns, stage)
        for stage in compilation.codes["stages"]
    }
    measures = [m for m in compilation.measures_of("batch") if not m.unless or funnel[m.unless].status == "unknown"]
    names = {name for measure in measures for name in measure.names}
    counts = {name: count_at(cells, f"{batch_id}/{SHORT.get(name, name)}") for name in names}
    rates = (rate(measure, counts) for measure in measures)
    known = tuple(r for r in rates if r.status != "unknown")
    return BatchStatistics(batch_id=batch_id, funnel=funnel, rates=known, breakdowns=breakdowns)


def _with_parts(compilation: Compilation, whole: Count, breakdowns: Sequence[Breakdown], stage: str) -> Count:
    """Give a headline of which only parts are stated with what they add up to: the most that one dimension gives."""
    if whole.status != "unknown":
        return whole
    sums = [_sum_of_parts(compilation, each, stage) for each in breakdowns]
    units = {p.count.unit for each in breakdowns for p in each.parts if p.stage == stage and p.count.value is not None}
    return replace(whole, at_least=max((value for value in sums if value), default=None), unit=common_unit(units))


def _sum_of_parts(compilation: Compilation, breakdown: Breakdown, stage: str) -> int:
    """Add up the stated parts of one stage; a code below another stated one is in it already."""
    codes = compilation.codes[DIMENSION[breakdown.dimension].codes.name]
    counts = {part.code: part.count for part in breakdown.parts if part.stage == stage and part.count.mark is None}
    said = {code: count.value for code, count in counts.items() if count.value is not None}
    return sum(value for code, value in said.items() if not said.keys() & set(_above(codes, code)))


def _above(codes: Mapping[str, Code], code: str) -> Iterator[str]:
    """Give the codes above a code, nearest first."""
    while (parent := codes[code].parent_code) is not None:
        yield parent
        code = parent


def _breakdowns(compilation: Compilation, own: Sequence[Sequence[Observation]]) -> tuple[Breakdown, ...]:
    """Give the one-way tables of a batch: by dimension, stage in order of the funnel, code in order of its list."""
    stages = list(compilation.codes["stages"])
    parts: dict[str, list[Part]] = defaultdict(list)
    for statements in own:
        coordinates = statements[0].coordinates
        if len(coordinates) == 1:
            (dimension, code) = coordinates[0]
            parts[dimension].append(Part(stage=statements[0].stage, code=code, count=count_of(statements)))
    order = {name: rank_of(compilation, name) for name in parts}
    measures = compilation.measures_of("batch")
    return tuple(
        Breakdown(
            dimension=name,
            parts=tuple(sorted(parts[name], key=lambda p: (stages.index(p.stage), order[name][p.code]))),
            rates=part_rates(measures, sorted(parts[name], key=lambda p: order[name][p.code])),
        )
        for name in DIMENSIONS
        if name in parts
    )


def part_rates(measures: Sequence[Measure], parts: Sequence[Part]) -> tuple[PartRate, ...]:
    """Give the rates of each code, in the order of the parts.

    measures: those that are computed for a batch. A rate is left out where one of its counts is not stated for the
    code or is marked, and where the count is stated that the registry says it stands in for.
    """
    by_code: dict[str, dict[str, Count]] = defaultdict(dict)
    for part in parts:
        if part.count.mark is None:
            by_code[part.code][part.stage] = part.count
    return tuple(
        PartRate(code=code, rate=rate(measure, counts))
        for code, counts in by_code.items()
        for measure in measures
        if counts.keys() >= set(measure.names) and measure.unless not in counts
    )


def rank_of(compilation: Compilation, dimension: str) -> Mapping[str, int]:
    """Give the place of each code in the order of its list."""
    return {code: rank for rank, code in enumerate(compilation.codes[DIMENSION[dimension].codes.name])}
