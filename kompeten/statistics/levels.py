"""Qualifications: counts by level and by classification, wherever a source gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kompeten.ground.model import Compilation
from kompeten.ground.vocabulary import ALL, DIMENSION, UNKNOWN
from kompeten.statistics.cells import Count
from kompeten.statistics.funnel import BatchStatistics


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCount:
    """One stage of one batch at one level or classification. whole: the batch as a whole is at this level."""

    batch_id: str
    stage: str
    code: str
    count: Count
    whole: bool


def by_level(compilation: Compilation, batches: Mapping[str, BatchStatistics]) -> tuple[LevelCount, ...]:
    """Give counts by level: parts that sources print, and totals of batches that are of one level as a whole, unless
    a source counts their stage by level."""
    found = _parts(batches, "qualification_level")
    counted = {(part.batch_id, part.stage) for part in found}
    for batch_id, batch in compilation.batches.items():
        level = batch.qualification_level
        found += [
            LevelCount(batch_id=batch_id, stage=stage, code=level, count=count, whole=True)
            for stage, count in batches[batch_id].funnel.items()
            if level not in (ALL, UNKNOWN) and (batch_id, stage) not in counted
            if count.statements or count.status == "hidden"
        ]
    return _in_order(compilation, found, "qualification_level")


def by_classification(compilation: Compilation, batches: Mapping[str, BatchStatistics]) -> tuple[LevelCount, ...]:
    """Give counts by classification, as sources print them."""
    return _in_order(compilation, _parts(batches, "classification"), "classification")


def _parts(batches: Mapping[str, BatchStatistics], dimension: str) -> list[LevelCount]:
    return [
        LevelCount(batch_id=batch_id, stage=part.stage, code=part.code, count=part.count, whole=False)
        for batch_id, batch in batches.items()
        for breakdown in batch.breakdowns
        if breakdown.dimension == dimension
        for part in breakdown.parts
    ]


def _in_order(compilation: Compilation, found: Sequence[LevelCount], dimension: str) -> tuple[LevelCount, ...]:
    codes, stages = list(compilation.codes[DIMENSION[dimension].codes.name]), list(compilation.codes["stages"])
    batches = list(compilation.batches)
    return tuple(sorted(found, key=lambda c: (codes.index(c.code), batches.index(c.batch_id), stages.index(c.stage))))
