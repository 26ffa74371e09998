"""Target against achieved, by programme and year: with the range sources allow and the batches nobody counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kompeten.ground.model import Batch, Compilation, Target
from kompeten.ground.vocabulary import ALL, Status
from kompeten.statistics.cells import Count
from kompeten.statistics.funnel import BatchStatistics
from kompeten.statistics.rates import Rate, plain, rate, weakest

Bound = Literal["exact", "at_least", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Achieved:
    """What was reached at one stage by the batches of a programme in a year.

    value: sum of the preferred counts that are published; None where no batch has one. bound: exact where every
    batch is numbered without a gap and has a figure; at_least where one has none or is itself stated as at least, or
    where the list of batches cannot be known to be complete; unknown where there is no figure at all. low: sum of the
    smallest exact statements; high: sum of the largest ones, over the batches with a figure. is_open: a batch without
    a figure could make the total larger.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One target, what was achieved of it, and the rate between the two."""

    target: Target
    achieved: Achieved
    rate: Rate


def achieved(compilation: Compilation, batches: Mapping[str, BatchStatistics], target: Target) -> Achieved:
    """Add up what counts towards a target: the same programme, year and stage.

    Batches of kind cumulative never add. A target for one level group is met only by counts of that group, and no
    batch total is broken into groups here: it stays unknown.
    """
    whole = target.qualification_level == ALL
    eligible = compilation.batches_of(target.programme_id, target.year) if whole else ()
    return year_total(batches, eligible, target.stage)


def year_total(statistics: Mapping[str, BatchStatistics], batches: tuple[Batch, ...], stage: str) -> Achieved:
    """Add up one stage over batches; cumulative ones are left out."""
    adding = [b for b in batches if b.kind != "cumulative"]
    counts = {b.batch_id: statistics[b.batch_id].funnel[stage] for b in adding}
    known = {batch_id: count for batch_id, count in counts.items() if count.value is not None}
    unknown = tuple(batch_id for batch_id in counts if batch_id not in known)
    complete = not unknown and _is_whole_series(adding) and all(c.precision != "at_least" for c in known.values())
    bound: Bound = "unknown" if not known else "exact" if complete else "at_least"
    return Achieved(
        stage=stage,
        value=_sum(known, "value"),
        status=weakest(*(count.status for count in known.values())) if known else _why_none(counts),
        bound=bound,
        low=_sum(known, "low"),
        high=_sum(known, "high"),
        is_open=bound != "exact",
        known=tuple(known),
        unknown=unknown,
    )


def all_progress(compilation: Compilation, batches: Mapping[str, BatchStatistics]) -> tuple[Progress, ...]:
    """Give progress for every target and quota; places given by somebody else (allocations) are not targets."""
    (measure, *_) = compilation.measures_of("target")
    rows = []
    for target in sorted(compilation.targets, key=lambda t: (t.programme_id != "kaltim", t.programme_id, t.year)):
        if target.kind == "allocation":
            continue
        reached = achieved(compilation, batches, target)
        counts = {"target": plain(target.value)}
        if reached.value is not None:
            counts["achieved"] = plain(reached.value)
        rows.append(Progress(target=target, achieved=reached, rate=rate(measure, counts)))
    return tuple(rows)


def _is_whole_series(batches: Sequence[Batch]) -> bool:
    """Tell whether batches are numbered from 1 without a gap; events have no numbers."""
    numbers = sorted(b.number or 0 for b in batches if b.kind == "tahap")
    return len(numbers) == len(batches) and numbers == list(range(1, len(numbers) + 1))


def _sum(counts: Mapping[str, Count], name: Literal["value", "low", "high"]) -> int | None:
    values = [getattr(count, name) for count in counts.values()]
    return sum(values) if values else None


def _why_none(counts: Mapping[str, Count]) -> Status:
    """Say why a total has no value: hidden where a count exists and is hidden, otherwise unknown."""
    return "hidden" if any(count.status == "hidden" for count in counts.values()) else "unknown"
