"""Regions: participants by residence, per 10,000 residents, with how many batches say anything about residence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from kompeten.ground.model import Compilation
from kompeten.ground.vocabulary import Precision, Status
from kompeten.statistics.cells import Count, by_cell, count_of
from kompeten.statistics.rates import Rate, plain, rate, weakest


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """Residents of one region among the people of one batch at one stage."""

    batch_id: str
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTotal:
    """One stage in one region over the batches of the main programme that state the residence.

    value: None where no batch prints it: hidden where one hides it, else unknown. batches_known of batches_total: the
    coverage; a batch that hides this region or says nothing about it is not a zero: the sum of the printed ones is
    then at_least, so it tells no more than they do, and there is no rate. Where a batch prints only places within the
    region, they count for it. by_batch: every batch of any programme that
    states it, cumulative ones apart. source_ids: preferred sources of the counts that are added.
    """

    stage: str
    value: int | None
    status: Status
    batches_known: int
    batches_total: int
    by_batch: tuple[Residence, ...]
    rate: Rate | None
    precision: Precision | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceStatistics:
    """Everything counted of one region. venue_batches: batches trained there, whoever took part."""

    region_code: str
    totals: tuple[PlaceTotal, ...]
    venue_batches: tuple[str, ...]


def all_places(compilation: Compilation) -> Mapping[str, PlaceStatistics]:
    """Give the statistics of every region that is a place, in the order of the code list."""
    residences, batches = _residences(compilation), compilation.batches.values()
    of_main = {name for name, row in compilation.programmes.items() if row.role == "main"}
    main = {b.batch_id for b in batches if b.kind != "cumulative" and b.programme_id in of_main}
    regions = {code: region for code, region in compilation.codes["regions"].items() if region.kind != "special"}

    def total(region: str, stage: str) -> PlaceTotal:
        inner = (code for code, place in regions.items() if place.parent_code == region)
        within = [residence for code in inner for residence in residences[code, stage]]
        return _total(compilation, region, stage, residences[region, stage], within, main)

    return {
        region: PlaceStatistics(
            region_code=region,
            totals=tuple(total(region, stage) for stage in compilation.codes["stages"]),
            venue_batches=tuple(b.batch_id for b in batches if region in b.venues),
        )
        for region in regions
    }


def _residences(compilation: Compilation) -> Mapping[tuple[str, str], Sequence[Residence]]:
    """Give the residents of each region at each stage, by batch in order of time."""
    order = {batch_id: rank for rank, batch_id in enumerate(compilation.batches)}
    found: dict[tuple[str, str], list[Residence]] = defaultdict(list)
    for statements in sorted(by_cell(compilation).values(), key=lambda own: order[own[0].batch_id]):
        said = statements[0]
        (name, region), *others = said.coordinates or (("", ""),)
        # A span of time counts again whom its batches have counted.
        if name == "region_code" and not others and compilation.batches[said.batch_id].kind != "cumulative":
            found[region, said.stage].append(Residence(batch_id=said.batch_id, count=count_of(statements)))
    return found


def _total(
    compilation: Compilation,
    region: str,
    stage: str,
    found: Sequence[Residence],
    within: Sequence[Residence],
    main: Set[str],
) -> PlaceTotal:
    """Add up one stage of a region. within: residents of the places of which it is made; at least they live in it."""
    counts = [r.count for r in found if r.batch_id in main]
    told = {r.batch_id for r in found if r.count.value is not None}
    parts = [r for r in within if r.batch_id in main - told and r.count.value]
    summed = [count for count in counts if count.value is not None] + [r.count for r in parts]
    values = [count.value for count in summed if count.value is not None]
    every = weakest(*(count.status for count in counts)) if counts else "unknown"
    lacking = weakest(every, "unknown")
    is_whole = told >= main
    # At least nobody is no statement: what is not printed then stands for the whole.
    value = sum(values) if any(values) or (values and is_whole) else None
    return PlaceTotal(
        stage=stage,
        value=value,
        status=weakest(*(count.status for count in summed)) if value is not None else lacking,
        batches_known=len(told & main | {r.batch_id for r in parts}),
        batches_total=len(main),
        by_batch=tuple(found),
        # Over the residents of a place, those of some batches alone would read as the share of all.
        rate=_rate(compilation, region, stage, value, every if is_whole else lacking),
        precision=None if value is None else "exact" if is_whole else "at_least",
        source_ids=tuple(dict.fromkeys(c.source_id for c in summed if c.source_id)),
    )


def _rate(compilation: Compilation, region: str, stage: str, value: int | None, status: Status) -> Rate | None:
    measures = compilation.measures_of("place", stage)
    if not measures or region not in compilation.population:
        return None
    counted = Count(cell_id="") if value is None else plain(value)
    counts = {"penduduk": plain(compilation.population[region].total), stage: replace(counted, status=status)}
    return rate(measures[0], counts)
