"""The data of every document: which values of the statistics stand in it, and in which order; pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from kompeten.api import shapes
from kompeten.api.shaping import (
    Shaped,
    Statistics,
    achieved_shape,
    as_stated,
    batch_as,
    budget,
    conflict,
    context,
    counted,
    every,
    filled,
    observation,
    progress,
    source,
    sources_named,
    target,
    text,
)
from kompeten.ground import model
from kompeten.ground.findings import Label
from kompeten.ground.vocabulary import DIMENSION
from kompeten.statistics.alike import register_shares
from kompeten.statistics.changes import Change
from kompeten.statistics.declared import History, Recorded, chained, renames_of
from kompeten.statistics.funnel import Breakdown
from kompeten.statistics.gaps import Gap, gaps
from kompeten.statistics.levels import LevelCount
from kompeten.statistics.parts import RESIDENTS
from kompeten.statistics.places import PlaceTotal
from kompeten.statistics.progress import year_total
from kompeten.statistics.telling import Titles, sentence

observations = every("observations", observation)
contexts = every("context", context)
plans = every("plans", as_stated(shapes.Plan))
comparisons = every("comparisons", as_stated(shapes.Comparison))
searches = every("searches", as_stated(shapes.Search))
facts = every("facts", as_stated(shapes.Fact))
all_sources = every("sources", source)
measures = every("measures", lambda _, row: filled(shapes.Measure, row))
batches = every("batches", lambda statistics, row: batch_as(statistics, shapes.Batch, row))
programmes = every("programmes", lambda statistics, row: programme_as(statistics, shapes.Programme, row))


def all_targets(statistics: Statistics) -> tuple[shapes.Progress, ...]:
    return tuple(progress(statistics, row) for row in statistics.progress)


def all_conflicts(statistics: Statistics) -> tuple[shapes.Conflict, ...]:
    return tuple(conflict(statistics, row) for row in statistics.conflicts if row.table != "targets")


def target_conflicts(statistics: Statistics) -> tuple[shapes.Conflict, ...]:
    """Give every target on whose unit sources disagree; conflicts.json has promised that it holds no targets."""
    return tuple(conflict(statistics, row) for row in statistics.conflicts if row.table == "targets")


def all_gaps(statistics: Statistics) -> tuple[shapes.Gap, ...]:
    """Give everything that no source on record says, with the day of the last search."""
    compilation = statistics.compilation
    searched_on = max((s.searched_on for s in compilation.searches), default=None)
    return tuple(
        filled(shapes.Gap, g, gap_id=_gap_id(g), searched_on=searched_on)
        for g in gaps(compilation, statistics.batches, statistics.places)
    )


def _gap_id(gap: Gap) -> str:
    year = str(gap.year) if gap.year and not gap.batch_id else None
    parts = (gap.programme_id, gap.batch_id, gap.region_code, year, gap.kind, gap.code)
    return "/".join(part for part in parts if part)


def register_share(statistics: Statistics) -> tuple[shapes.RegisterShare, ...]:
    """Give holders of certificates over workers: our province, then other areas by their own source."""
    return tuple(filled(shapes.RegisterShare, row, unit="persen") for row in register_shares(statistics.compilation))


def year(statistics: Statistics, programme_id: str, value: int) -> shapes.Year:
    """Give one budget year of a programme: totals over its batches, cumulative spans left out."""
    compilation = statistics.compilation
    batches = compilation.batches_of(programme_id, value)

    def total(stage: str) -> shapes.Achieved:
        return achieved_shape(year_total(statistics.batches, batches, stage))

    return shapes.Year(
        year=value,
        batch_ids=tuple(b.batch_id for b in batches),
        target_ids=tuple(t.target_id for t in compilation.targets if (t.programme_id, t.year) == (programme_id, value)),
        participants=total("peserta"),
        competent=total("kompeten"),
        certificates=total("skk_terbit"),
    )


def programme_as(statistics: Statistics, shape: type[Shaped], row: model.Programme, **own: Any) -> Shaped:
    compilation = statistics.compilation
    dated: list[model.Batch | model.Target | model.Budget] = [*compilation.batches.values(), *compilation.targets]
    dated += compilation.budgets
    years = sorted({item.year for item in dated if item.programme_id == row.programme_id})
    return filled(shape, row, years=tuple(year(statistics, row.programme_id, value) for value in years), **own)


def programme(statistics: Statistics, programme_id: str) -> shapes.ProgrammeDetail:
    compilation = statistics.compilation
    row = compilation.programmes[programme_id]
    targets = [t for t in compilation.targets if t.programme_id == programme_id]
    budgets = [b for b in compilation.budgets if b.programme_id == programme_id]
    batches = compilation.batches_of(programme_id)
    headline = [statistics.batches[b.batch_id].funnel["peserta"].source_id for b in batches]
    own: list[model.Batch | model.Target | model.Budget] = [*targets, *budgets, *batches]
    named = [row.source_id, *(item.source_id for item in own), *headline]
    return programme_as(
        statistics,
        shapes.ProgrammeDetail,
        row,
        targets=tuple(target(statistics, t) for t in targets),
        budgets=tuple(budget(statistics, b) for b in budgets),
        progress=tuple(progress(statistics, p) for p in statistics.progress if p.target.programme_id == programme_id),
        batches=tuple(batch_as(statistics, shapes.Batch, b) for b in batches),
        sources=sources_named(statistics, named),
        region_codes=compilation.programme_regions.get(programme_id, ()),
    )


def batch(statistics: Statistics, batch_id: str) -> shapes.BatchDetail:
    compilation = statistics.compilation
    row, computed = compilation.batches[batch_id], statistics.batches[batch_id]
    own = statistics.observations.get(batch_id, ())
    around = [c for c in compilation.context if c.batch_id == batch_id]
    disputed = [c for c in statistics.conflicts if getattr(c.statements[0], "batch_id", None) == batch_id]
    return batch_as(
        statistics,
        shapes.BatchDetail,
        row,
        funnel=tuple(counted(statistics, shapes.StageCount, c, stage=s) for s, c in computed.funnel.items()),
        rates=tuple(filled(shapes.Rate, r) for r in computed.rates),
        breakdowns=tuple(_breakdown(statistics, b) for b in computed.breakdowns),
        observations=tuple(observation(statistics, o) for o in own),
        context=tuple(context(statistics, c) for c in around),
        conflicts=tuple(conflict(statistics, c) for c in disputed),
        sources=sources_named(statistics, [row.source_id, *(o.source_id for o in own), *(c.source_id for c in around)]),
    )


def _breakdown(statistics: Statistics, value: Breakdown) -> shapes.Breakdown:
    parts = (counted(statistics, shapes.BreakdownPart, p.count, stage=p.stage, code=p.code) for p in value.parts)
    return shapes.Breakdown(
        dimension=value.dimension,
        codelist=DIMENSION[value.dimension].codes.name,
        parts=tuple(parts),
        rates=tuple(filled(shapes.BreakdownRate, r.rate, code=r.code) for r in value.rates),
    )


def place_total(value: PlaceTotal, compilation: model.Compilation) -> shapes.PlaceTotal:
    sources = [compilation.sources[source_id] for source_id in value.source_ids]
    return filled(
        shapes.PlaceTotal,
        value,
        batches_with_figure=value.batches_known,
        batches=value.batches_total,
        rate=filled(shapes.Rate, value.rate) if value.rate else None,
        publishers=tuple(dict.fromkeys(source.publisher for source in sources)),
    )


def region_as(statistics: Statistics, shape: type[Shaped], code: str, **own: Any) -> Shaped:
    compilation = statistics.compilation
    row, people = compilation.codes["regions"][code], compilation.population.get(code)
    totals = {t.stage: place_total(t, compilation) for t in statistics.places[code].totals}
    residents = {name: getattr(people, column) if people else None for name, column in RESIDENTS.items()}
    publisher = compilation.sources[people.source_id].publisher if people else None
    figures = {"participants": totals["peserta"], "competent": totals["kompeten"]}
    return filled(shape, row, region_code=code, population_publisher=publisher, **residents, **figures, **own)


def regions(statistics: Statistics) -> tuple[shapes.Region, ...]:
    return tuple(region_as(statistics, shapes.Region, code) for code in statistics.places)


def region(statistics: Statistics, code: str) -> shapes.RegionDetail:
    compilation, place = statistics.compilation, statistics.places[code]
    by_batch = tuple(
        counted(statistics, shapes.ResidenceCount, r.count, batch_id=r.batch_id, stage=t.stage)
        for t in place.totals
        for r in t.by_batch
    )
    around = [c for c in compilation.context if c.region_code == code and c.batch_id is None]
    people = compilation.population.get(code)
    aims = tuple(target(statistics, t) for t in compilation.targets if t.region_code == code)
    money = tuple(budget(statistics, b) for b in compilation.budgets if b.region_code == code)
    ahead = tuple(p for p in plans(statistics) if p.region_code == code)
    beside = tuple(c for c in comparisons(statistics) if c.area_code == code)
    stated_here: list[Any] = [*by_batch, *around, *aims, *money, *ahead, *beside]
    named = [*(row.source_id for row in stated_here), people.source_id if people else None]
    return region_as(
        statistics,
        shapes.RegionDetail,
        code,
        totals=tuple(place_total(t, compilation) for t in place.totals),
        by_batch=by_batch,
        venue_batch_ids=place.venue_batches,
        programme_ids=tuple(
            p.programme_id
            for p in compilation.programmes.values()
            if p.region_code == code or code in compilation.programme_regions.get(p.programme_id, ())
        ),
        context=tuple(context(statistics, c) for c in around),
        targets=aims,
        budgets=money,
        plans=ahead,
        comparisons=beside,
        searches=tuple(s for s in searches(statistics) if s.region_code == code),
        sources=sources_named(statistics, named),
    )


def qualifications(statistics: Statistics) -> tuple[shapes.QualificationCount, ...]:
    """Give counts by level, then by classification."""
    by_dimension = {"qualification_level": statistics.levels, "classification": statistics.classifications}

    def shape(dimension: str, level: LevelCount) -> shapes.QualificationCount:
        own = {"batch_id": level.batch_id, "stage": level.stage, "code": level.code, "whole_batch": level.whole}
        return counted(statistics, shapes.QualificationCount, level.count, dimension=dimension, **own)

    return tuple(shape(dimension, level) for dimension, levels in by_dimension.items() for level in levels)


def codelist(statistics: Statistics, name: str) -> tuple[shapes.Code, ...]:
    return tuple(filled(shapes.Code, row) for row in statistics.compilation.codes[name].values())


def releases(statistics: Statistics, latest: str, history: History) -> tuple[shapes.Release, ...]:
    """Give every release, newest first."""
    names = chained(renames_of(statistics.compilation.releases))

    def correction(declared: model.Declaration) -> shapes.Correction:
        source_id = declared.source_id
        if source_id:
            source_id = names.get(f"sources/{source_id}", source_id).removeprefix("sources/")
        return filled(shapes.Correction, declared, cell=declared.address, source_id=source_id)

    return tuple(
        filled(
            shapes.Release,
            step.release,
            is_latest=step.release.id == latest,
            data_hash=step.data_hash,
            data_version=step.version,
            corrections=tuple(map(correction, step.release.corrections)),
        )
        for step in reversed(history.steps)
    )


def changes(statistics: Statistics, release: str, history: History, called: Titles) -> tuple[shapes.Change, ...]:
    """Give everything that moved with one release, in the order of tables; nothing for the first one."""
    found = history.step(release).record
    if found is None:
        return ()
    moved = [each.change for step in history.steps if step.record for each in step.record.changes]
    own = called.at([each.change for each in found.changes], moved, history.left_before(release, "removed", "renamed"))
    return tuple(change(each, statistics.compilation, own) for each in found.changes)


def change(recorded: Recorded, compilation: model.Compilation, called: Titles) -> shapes.Change:
    """Give one change with its reason, and in words."""
    moved, declared = recorded.change, recorded.declaration
    return filled(
        shapes.Change,
        moved,
        **_figures(moved),
        old_status=_status(moved, moved.before),
        new_status=_status(moved, moved.after),
        cell_id=moved.address if moved.table in ("observations", "context") else None,
        source_id=moved.row.get("source_id"),
        coordinates=tuple(shapes.Coordinate(name=name, code=code) for name, code in moved.coordinates),
        fields=tuple(shapes.Move(field=m.field, old=_as_text(m.old), new=_as_text(m.new)) for m in moved.moves),
        successor=moved.successor or (declared.successor if declared else None),
        declared_as=declared.kind if declared else None,
        reason=text(declared.reason) if declared else None,
        reason_source_id=declared.source_id if declared else None,
        asked_by=declared.asked_by if declared else None,
        sentence=text(Label.written(partial(sentence, moved, compilation, called))),
    )


def _figures(moved: Change) -> dict[str, Any]:
    """Give both figures and their difference: as whole numbers, or all three exactly where one has a fraction."""
    names = ("old", "new", "difference")
    found = {name: getattr(moved, name) for name in names}
    absent = dict.fromkeys([*names, *(f"{name}_exact" for name in names)])
    if all(value is None or value == int(value) for value in found.values()):
        return absent | {name: None if value is None else int(value) for name, value in found.items()}
    return absent | {f"{name}_exact": value for name, value in found.items()}


def _status(moved: Change, row: Mapping[str, Any] | None) -> Any:
    """Give the status of a figure; None where there is no row, or where rows hold no figure."""
    return row.get("status", "released") if row and moved.has_figure else None


def _as_text(value: Any) -> shapes.Text | None:
    """Give a field of any type as text in both languages; None where it was empty."""
    if value is None:
        return None
    if isinstance(value, dict):
        return shapes.Text(**value)
    plain_text = str(value).lower() if isinstance(value, bool) else str(value)
    return shapes.Text(id=plain_text, en=plain_text)
