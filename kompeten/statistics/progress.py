"""Target against achieved, by programme and year: with the range sources allow and the batches nobody counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kompeten.ground.model import Batch, Compilation, Target
from kompeten.ground.vocabulary import ALL, Precision, Status
from kompeten.statistics.cells import Count, common_unit
from kompeten.statistics.funnel import BatchStatistics
from kompeten.statistics.rates import Rate, plain, rate, weakest

Bound = Literal["exact", "at_least", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Achieved:
    """What was reached at one stage by the batches of a programme in a year.

    value: sum of the preferred counts that are published; None where no batch has one, or where it would be at least
    nobody. bound: exact where every
    batch is numbered without a gap and has a figure; at_least where one has none or is itself stated as at least, or
    where the list of batches cannot be known to be complete; unknown where there is no figure at all. low: sum of the
    smallest exact statements; high: sum of the largest ones, over the batches with a figure. is_open: a batch without
    a figure could make the total larger. precision: about where a count that is added is; at_least where the total is
    a lower bound; None where there is no value. unit: what is counted; people and certificates added are at least so
    many certificates, for whoever is certified holds one.
    """

    stage: str
    value: int | None
    status: Status
    bound: Bound
    low: int | None
    high: int | None
    is_open: bool
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    precision: Precision | None
    unit: str | None


def counts_alike(reached: Achieved, target: Target) -> bool:
    """Tell whether both count certificates, or both people: nothing else can be set against each other."""
    return (reached.unit == "sertifikat") is (target.stated_unit == "sertifikat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One target, what was achieved of it, and the rate between the two."""

    target: Target
    achieved: Achieved
    rate: Rate


def achieved(compilation: Compilation, batches: Mapping[str, BatchStatistics], target: Target) -> Achieved:
    """Add up what counts towards a target: the same programme, year and stage.

    A target for one level group or one place of the programme is met only by counts of it, and no batch total is broken
    up here: it stays unknown.
    """
    place = compilation.programmes[target.programme_id].region_code
    is_whole = (target.qualification_level, target.region_code) == (ALL, place)
    eligible = compilation.batches_of(target.programme_id, target.year) if is_whole else ()
    return year_total(batches, eligible, target.stage)


def year_total(statistics: Mapping[str, BatchStatistics], batches: tuple[Batch, ...], stage: str) -> Achieved:
    """Add up one stage over the batches of a year.

    A cumulative span within the year never adds; where it counts more than its batches together, it takes their place.
    """
    counts = {b.batch_id: statistics[b.batch_id].funnel[stage] for b in batches}
    series = [b for b in batches if b.kind != "cumulative"]
    added = {b.batch_id: counts[b.batch_id] for b in series}
    spans = [b for b in batches if b.kind == "cumulative" and _is_within(b)]
    most = max(spans, key=lambda b: counts[b.batch_id].known or 0, default=None)
    if most and (counts[most.batch_id].known or 0) > (_sum(added) or 0):
        is_whole = (most.start_on, most.end_on) == (str(most.year), str(most.year))
        return _achieved(stage, {most.batch_id: counts[most.batch_id]}, is_whole=is_whole)
    return _achieved(stage, added, is_whole=_is_whole_series(series))


def _is_within(batch: Batch) -> bool:
    """Tell whether a span begins and ends in its own year."""
    return {(day or "")[:4] for day in (batch.start_on, batch.end_on)} == {str(batch.year)}


def _achieved(stage: str, counts: Mapping[str, Count], *, is_whole: bool) -> Achieved:
    known = {batch_id: count for batch_id, count in counts.items() if count.known is not None}
    if not _sum(known) and (len(known) < len(counts) or not is_whole):
        known = {}  # at least nobody is no statement
    unknown = tuple(batch_id for batch_id in counts if batch_id not in known)
    units = {c.unit for c in known.values()}
    least = len(units) > 1 or any(c.value is None or c.precision == "at_least" for c in known.values())
    bound: Bound = "unknown" if not known else "exact" if is_whole and not unknown and not least else "at_least"
    hedged = any(c.precision in ("about", "rounded") for c in known.values())
    statuses: list[Status] = ["released" if c.value is None else c.status for c in known.values()]
    return Achieved(
        stage=stage,
        value=_sum(known),
        status=weakest(*statuses) if known else _why_none(counts),
        bound=bound,
        low=_sum(known, "low"),
        high=_sum(known, "high"),
        is_open=bound != "exact",
        known=tuple(known),
        unknown=unknown,
        precision=None if not known else "about" if hedged else "exact" if bound == "exact" else "at_least",
        unit=common_unit(units),
    )


def all_progress(compilation: Compilation, batches: Mapping[str, BatchStatistics]) -> tuple[Progress, ...]:
    """Give progress for every target and quota; places given by somebody else (allocations) are not targets.

    People are not set against certificates: there is no rate between the two.
    """
    (measure, *_) = compilation.measures_of("target")
    main = [name for name, row in compilation.programmes.items() if row.role == "main"]
    rows = []
    # False comes before True: the main programme first.
    for target in sorted(compilation.targets, key=lambda t: (t.programme_id not in main, t.programme_id, t.year)):
        if target.kind == "allocation" or not target.preferred:
            continue
        reached = achieved(compilation, batches, target)
        counts = {"target": plain(target.value, target.precision)}
        if reached.value is not None and counts_alike(reached, target):
            # Of a total that is open, only the least that is sure is set against the target.
            least = reached.value if reached.bound == "exact" else reached.low or reached.value
            counts["achieved"] = plain(least, reached.precision or "exact")
        rows.append(Progress(target=target, achieved=reached, rate=rate(measure, counts)))
    return tuple(rows)


def _is_whole_series(batches: Sequence[Batch]) -> bool:
    """Tell whether batches are numbered from 1 without a gap; events have no numbers.

    A Tahap I alone is no series: its number says that more were meant.
    """
    numbers = sorted(b.number or 0 for b in batches if b.kind == "tahap")
    return len(batches) == len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _sum(counts: Mapping[str, Count], name: Literal["known", "low", "high"] = "known") -> int | None:
    values = [count.known if getattr(count, name) is None else getattr(count, name) for count in counts.values()]
    return sum(value for value in values if value is not None) if any(v is not None for v in values) else None


def _why_none(counts: Mapping[str, Count]) -> Status:
    """Say why a total has no value: hidden where a count exists and is hidden, otherwise unknown."""
    return "hidden" if any(count.status == "hidden" for count in counts.values()) else "unknown"
