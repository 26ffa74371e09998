"""Statistics written into the shapes of the API; pure.

``Statistics`` is everything computed once; each function here gives the data of one document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from kompeten.api import shapes
from kompeten.ground import formats, model
from kompeten.ground.findings import LANGUAGES, Label, Language
from kompeten.ground.vocabulary import ALL, DIMENSION
from kompeten.statistics import sentences
from kompeten.statistics.alike import register_shares
from kompeten.statistics.cells import Count, count_of
from kompeten.statistics.changes import Change
from kompeten.statistics.conflicts import Conflict, Stated, conflicts
from kompeten.statistics.declared import History, Recorded, chained, renames_of
from kompeten.statistics.funnel import BatchStatistics, Breakdown, all_batches
from kompeten.statistics.gaps import Gap, gaps
from kompeten.statistics.levels import LevelCount, by_classification, by_level
from kompeten.statistics.places import PlaceStatistics, PlaceTotal, all_places
from kompeten.statistics.progress import Achieved, Progress, all_progress, year_total
from kompeten.statistics.rates import Rate, plain, rate
from kompeten.statistics.telling import Titles, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The compilation and all that follows from it."""

    compilation: model.Compilation
    batches: Mapping[str, BatchStatistics]
    progress: tuple[Progress, ...]
    places: Mapping[str, PlaceStatistics]
    conflicts: tuple[Conflict, ...]
    levels: tuple[LevelCount, ...]
    classifications: tuple[LevelCount, ...]
    figures: Mapping[str, int]
    """How many figures rest on each source."""


def compute(compilation: model.Compilation) -> Statistics:
    """Compute every statistic once."""
    batches = all_batches(compilation)
    return Statistics(
        compilation=compilation,
        batches=batches,
        progress=all_progress(compilation, batches),
        places=all_places(compilation),
        conflicts=conflicts(compilation),
        levels=by_level(compilation, batches),
        classifications=by_classification(compilation, batches),
        figures=_figures_by_source(compilation),
    )


def _figures_by_source(compilation: model.Compilation) -> Mapping[str, int]:
    """Count the figures that rest on each source."""
    tables: tuple[Iterable[Any], ...] = (
        compilation.observations,
        compilation.context,
        compilation.targets,
        compilation.budgets,
        compilation.plans,
        compilation.comparisons,
    )
    return Counter(row.source_id for table in tables for row in table if row.value is not None)


# --- small parts ------------------------------------------------------------------------------------------------------


def text(label: Label) -> shapes.Text:
    return shapes.Text(id=label.id, en=label.en)


def note(label: Label | None) -> shapes.Text | None:
    """Give a note as a shape; None stays None."""
    return text(label) if label else None


def same(row: object, *names: str) -> dict[str, Any]:
    """Give the fields that a value and its shape have in common."""
    return {name: getattr(row, name) for name in names}


def count_fields(count: Count, compilation: model.Compilation) -> dict[str, Any]:
    """Give the fields that every count has. A figure that nobody states has no source: one that says so is none."""
    has_source = count.statements or count.status == "hidden"
    row = compilation.sources[count.source_id] if has_source and count.source_id else None
    return {
        **same(count, "value", "status", "precision", "low", "high", "statements", "at_least", "unit"),
        "source_id": row.source_id if row else None,
        "publisher": row.publisher if row else None,
        "source_url": row.url if row else None,
        "note": note(count.note),
    }


def rate_fields(value: Rate) -> dict[str, Any]:
    return same(value, "measure_id", "numerator", "denominator", "value", "status", "unit", "decimals", "precision")


def rate_shape(value: Rate) -> shapes.Rate:
    return shapes.Rate(**rate_fields(value))


def achieved_shape(value: Achieved) -> shapes.Achieved:
    """Give what was achieved as a shape; the upper end is open while a batch has no figure."""
    return shapes.Achieved(
        **same(value, "value", "status", "bound", "low", "precision", "unit"),
        high=None if value.is_open else value.high,
        high_of_known=value.high,
        batches_with_figure=value.known,
        batches_without_figure=value.unknown,
    )


def stated(row: Any, compilation: model.Compilation) -> dict[str, Any]:
    """Give the fields of a row that states a figure, with its note and the address of its source."""
    source = compilation.sources[row.source_id]
    fields = {name: getattr(row, name) for name in row.__dataclass_fields__}
    place = fields.pop("place", {})
    is_figure = source.kind != "search" and fields.get("status") != "unknown"
    named = {
        "source_url": source.url,
        "text_kind": source.text_kind,
        "publisher": source.publisher if is_figure else None,
    }
    return {**fields, **place, **named, "note": note(row.note)}


# --- rows -------------------------------------------------------------------------------------------------------------


def observation(statistics: Statistics, row: model.Observation) -> shapes.Observation:
    compilation = statistics.compilation
    batch = compilation.batches[row.batch_id]
    return shapes.Observation(
        observation_id=f"{row.cell_id}/{row.source_id}",
        cell_id=row.cell_id,
        programme_id=batch.programme_id,
        year=batch.year,
        **same(batch, "kind"),
        whole_batch=not any(row.coordinates),
        **stated(row, compilation),
    )


def context(statistics: Statistics, row: model.Context) -> shapes.Context:
    """Give one context row; a certified count carries the share not certified, from the same source and day."""
    return shapes.Context(
        cell_id=row.cell_id, rate=_not_certified(statistics, row), **stated(row, statistics.compilation)
    )


def _not_certified(statistics: Statistics, row: model.Context) -> shapes.Rate | None:
    if row.measure != "bersertifikat" or row.qualification_level != ALL or row.mark:
        return None
    compilation = statistics.compilation
    workers = [
        other
        for other in compilation.context
        if other.measure == "pekerja_konstruksi"
        and (other.source_id, other.as_of) == (row.source_id, row.as_of)
        and (other.region_code, other.mark) == (row.region_code, None)
    ]
    if not workers:
        return None
    only = {r.measure: count_of([_as_preferred(r)]) for r in (row, workers[0])}
    return rate_shape(rate(compilation.measures_of("workforce")[0], only))


def _as_preferred(row: model.Context) -> model.Context:
    return replace(row, preferred=True)


def target(statistics: Statistics, row: model.Target) -> shapes.Target:
    return shapes.Target(**stated(row, statistics.compilation))


def budget(statistics: Statistics, row: model.Budget) -> shapes.Budget:
    """Give one budget, with the money for each planned place where its target counts participants."""
    compilation = statistics.compilation
    aims = [t for t in compilation.targets if t.target_id == row.target_id and t.unit == "peserta"]
    each = None
    if aims:
        counts = {"anggaran": plain(row.value, row.precision), "target": plain(aims[0].value, aims[0].precision)}
        each = rate_shape(rate(compilation.measures_of("budget")[0], counts))
    return shapes.Budget(rate=each, **stated(row, compilation))


def progress(statistics: Statistics, row: Progress) -> shapes.Progress:
    """Give one target against what was achieved, with its sentence."""
    sentence = _in_both(partial(sentences.progress_sentence, compilation=statistics.compilation, progress=row))
    return shapes.Progress(
        target=target(statistics, row.target),
        achieved=achieved_shape(row.achieved),
        rate=rate_shape(row.rate),
        sentence=text(sentence),
        replies=replies_to(statistics, row.target.target_id),
    )


def _in_both(write: Any) -> Label:
    id_text, en_text = (write(language) for language in LANGUAGES)
    return Label(id_text, en_text)


def batch_fields(statistics: Statistics, row: model.Batch) -> dict[str, Any]:
    names = ("batch_id", "programme_id", "year", "number", "kind", "start_on", "end_on", "training_mode")
    return {
        **same(row, *names),
        "qualification_level": row.qualification_level,
        "name": text(row.name),
        "venue_region_codes": row.venues,
        "source_id": row.source_id,
        "note": note(row.note),
        "participants": shapes.Count(
            **count_fields(statistics.batches[row.batch_id].funnel["peserta"], statistics.compilation)
        ),
    }


def conflict(statistics: Statistics, row: Conflict) -> shapes.Conflict:
    """Give one cell on which sources disagree."""
    compilation = statistics.compilation
    said = [s for s in row.statements if s.value is not None]
    chosen = next(s for s in said if s.preferred)
    programme_id, year = _belongs_to(compilation, chosen)
    shape = shapes.TargetConflict if row.table == "targets" else shapes.Conflict
    return shape(
        cell_id=row.cell_id,
        table=row.table,
        programme_id=programme_id,
        year=year,
        title=text(_in_both(partial(cell_title, compilation=compilation, row=chosen))),
        unit=chosen.unit,
        statements=tuple(
            _statement(compilation, s, is_chosen=s is chosen)
            for s in sorted(said, key=lambda s: (s.value or 0, s.source_id))
        ),
        preferred_value=chosen.value or 0,
        preferred_source_id=row.preferred_source_id,
        reason=text(row.reason),
        low=row.low,
        high=row.high,
        smallest=row.smallest,
        largest=row.largest,
        replies=replies_to(statistics, row.cell_id),
    )


def _belongs_to(compilation: model.Compilation, row: Stated) -> tuple[str | None, int]:
    """Give programme and year of a statement; the workforce belongs to no programme."""
    if isinstance(row, model.Context):
        return None, int(row.period[:4])
    own = compilation.batches[row.batch_id] if isinstance(row, model.Observation) else row
    return own.programme_id, own.year


def replies_to(statistics: Statistics, cell_id: str) -> tuple[shapes.Reply, ...]:
    """Give what offices answer about one cell or target; a target may be named with its table or without."""
    wanted = cell_id.removeprefix("targets/")
    return tuple(each for each in replies(statistics) if each.cell_id.removeprefix("targets/") == wanted)


def _statement(compilation: model.Compilation, row: Stated, *, is_chosen: bool) -> shapes.Statement:
    fields = {"stated_unit": row.unit, **stated(row, compilation), "preferred": is_chosen}
    return shapes.Statement(**{name: fields[name] for name in shapes.Statement.model_fields})


def cell_title(language: Language, compilation: model.Compilation, row: Stated) -> str:
    """Name what a cell counts: ``Peserta, Tahap I 2025`` or ``Pekerja konstruksi bersertifikat, 3 September 2025``."""
    if isinstance(row, model.Target):
        programme = compilation.programmes[row.programme_id].name.text(language)
        return f"{UNIT_OF_TARGET.text(language)} {row.year}, {programme}"
    if isinstance(row, model.Context):
        measure = compilation.codes["context_measures"][row.measure].name.text(language)
        return f"{measure}, {formats.date(row.period, language)}"
    parts = [
        compilation.codes["stages"][row.stage].name.text(language),
        compilation.batches[row.batch_id].name.text(language),
    ]
    for dimension, code in row.coordinates:
        parts.append(compilation.codes[DIMENSION[dimension].codes.name][code].name.text(language))
    return ", ".join(parts)


UNIT_OF_TARGET = Label("Satuan target", "Unit of the target for")


def source(statistics: Statistics, row: model.Source) -> shapes.Source:
    """Give one source with the number of figures that rest on it."""
    names = ("source_id", "kind", "publisher", "url", "published_on", "text_kind")
    return shapes.Source(**same(row, *names), title=text(row.title), figures=statistics.figures.get(row.source_id, 0))


def sources_named(statistics: Statistics, ids: Iterable[str | None]) -> tuple[shapes.Source, ...]:
    """Give the sources with these ids, each once, in the order of the source list."""
    wanted = set(ids)
    return tuple(source(statistics, s) for key, s in statistics.compilation.sources.items() if key in wanted)


# --- documents --------------------------------------------------------------------------------------------------------


def observations(statistics: Statistics) -> tuple[shapes.Observation, ...]:
    """Give every observation, in the order of the data."""
    return tuple(observation(statistics, row) for row in statistics.compilation.observations)


def contexts(statistics: Statistics) -> tuple[shapes.Context, ...]:
    """Give every context row."""
    return tuple(context(statistics, row) for row in statistics.compilation.context)


def all_targets(statistics: Statistics) -> tuple[shapes.Progress, ...]:
    """Give progress for every target and quota."""
    return tuple(progress(statistics, row) for row in statistics.progress)


def all_conflicts(statistics: Statistics) -> tuple[shapes.Conflict, ...]:
    """Give every cell on whose figure sources disagree."""
    return tuple(conflict(statistics, row) for row in statistics.conflicts if row.table != "targets")


def target_conflicts(statistics: Statistics) -> tuple[shapes.Conflict, ...]:
    """Give every target on whose unit sources disagree; conflicts.json has promised that it holds no targets."""
    return tuple(conflict(statistics, row) for row in statistics.conflicts if row.table == "targets")


def plans(statistics: Statistics) -> tuple[shapes.Plan, ...]:
    """Give every plan and estimated need."""
    compilation = statistics.compilation
    return tuple(shapes.Plan(**stated(row, compilation)) for row in compilation.plans)


def comparisons(statistics: Statistics) -> tuple[shapes.Comparison, ...]:
    """Give every statement about other places, in the order of the data: never by size."""
    compilation = statistics.compilation
    return tuple(
        shapes.Comparison(**{**stated(row, compilation), "detail": note(row.detail)}) for row in compilation.comparisons
    )


def searches(statistics: Statistics) -> tuple[shapes.Search, ...]:
    """Give everything that was searched for."""
    return tuple(
        shapes.Search(**_plain(row), subject=text(row.subject), note=note(row.note))
        for row in statistics.compilation.searches
    )


def all_gaps(statistics: Statistics) -> tuple[shapes.Gap, ...]:
    """Give everything that no source on record says, with the day of the last search."""
    compilation = statistics.compilation
    searched_on = max((s.searched_on for s in compilation.searches), default=None)
    return tuple(
        shapes.Gap(
            gap_id=_gap_id(g),
            **same(g, "kind", "programme_id", "batch_id", "region_code", "year", "code"),
            text=text(g.text),
            searched_on=searched_on,
        )
        for g in gaps(compilation, statistics.batches, statistics.places)
    )


def _gap_id(gap: Gap) -> str:
    year = str(gap.year) if gap.year and not gap.batch_id else None
    parts = (gap.programme_id, gap.batch_id, gap.region_code, year, gap.kind, gap.code)
    return "/".join(part for part in parts if part)


def register_share(statistics: Statistics) -> tuple[shapes.RegisterShare, ...]:
    """Give holders of certificates over workers: our province, then other areas by their own source."""
    names = tuple(name for name in shapes.RegisterShare.model_fields if name != "unit")
    rows = register_shares(statistics.compilation)
    return tuple(shapes.RegisterShare(**same(row, *names), unit="persen") for row in rows)


def replies(statistics: Statistics) -> tuple[shapes.Reply, ...]:
    """Give every reply of an office."""
    sources = statistics.compilation.sources
    return tuple(shapes.Reply(**_plain(row), **_cited(row, sources)) for row in statistics.compilation.replies)


def facts(statistics: Statistics) -> tuple[shapes.Fact, ...]:
    """Give every fact for citizens."""
    sources = statistics.compilation.sources
    return tuple(shapes.Fact(**_plain(row), **_cited(row, sources)) for row in statistics.compilation.facts)


def _cited(row: Any, sources: Mapping[str, model.Source]) -> dict[str, Any]:
    """Give the text of a row, and who says it."""
    found = sources[row.source_id]
    return {"text": text(row.text), "source_url": found.url, "publisher": found.publisher}


def _plain(row: Any) -> dict[str, Any]:
    """Give the fields of a row that are no texts in two languages."""
    fields = ((name, getattr(row, name)) for name in row.__dataclass_fields__)
    return {name: value for name, value in fields if name != "note" and not isinstance(value, Label)}


def all_sources(statistics: Statistics) -> tuple[shapes.Source, ...]:
    return tuple(source(statistics, row) for row in statistics.compilation.sources.values())


def year(statistics: Statistics, programme_id: str, value: int) -> shapes.Year:
    """Give one budget year of a programme: totals over its batches, cumulative spans left out."""
    compilation = statistics.compilation
    batches = compilation.batches_of(programme_id, value)
    totals = {
        stage: achieved_shape(year_total(statistics.batches, batches, stage))
        for stage in ("peserta", "kompeten", "skk_terbit")
    }
    return shapes.Year(
        year=value,
        batch_ids=tuple(b.batch_id for b in batches),
        target_ids=tuple(t.target_id for t in compilation.targets if (t.programme_id, t.year) == (programme_id, value)),
        participants=totals["peserta"],
        competent=totals["kompeten"],
        certificates=totals["skk_terbit"],
    )


def programme_fields(statistics: Statistics, row: model.Programme) -> dict[str, Any]:
    compilation = statistics.compilation
    own: list[model.Batch | model.Target | model.Budget] = [*compilation.batches.values(), *compilation.targets]
    own += compilation.budgets
    years = sorted({item.year for item in own if item.programme_id == row.programme_id})
    return {
        "programme_id": row.programme_id,
        "role": row.role,
        "region_code": row.region_code,
        "name": text(row.name),
        "organiser": text(row.organiser),
        "description": text(row.description),
        "source_id": row.source_id,
        "years": tuple(year(statistics, row.programme_id, value) for value in years),
    }


def programmes(statistics: Statistics) -> tuple[shapes.Programme, ...]:
    """Give every programme with its years."""
    rows = statistics.compilation.programmes.values()
    return tuple(shapes.Programme(**programme_fields(statistics, row)) for row in rows)


def programme(statistics: Statistics, programme_id: str) -> shapes.ProgrammeDetail:
    """Give one programme whole."""
    compilation = statistics.compilation
    row = compilation.programmes[programme_id]
    targets = [t for t in compilation.targets if t.programme_id == programme_id]
    budgets = [b for b in compilation.budgets if b.programme_id == programme_id]
    batches = compilation.batches_of(programme_id)
    headline = [statistics.batches[b.batch_id].funnel["peserta"].source_id for b in batches]
    own: list[model.Batch | model.Target | model.Budget] = [*targets, *budgets, *batches]
    named = [row.source_id, *(item.source_id for item in own), *headline]
    return shapes.ProgrammeDetail(
        **programme_fields(statistics, row),
        targets=tuple(target(statistics, t) for t in targets),
        budgets=tuple(budget(statistics, b) for b in budgets),
        progress=tuple(progress(statistics, p) for p in statistics.progress if p.target.programme_id == programme_id),
        batches=tuple(shapes.Batch(**batch_fields(statistics, b)) for b in batches),
        sources=sources_named(statistics, named),
        region_codes=compilation.programme_regions.get(programme_id, ()),
    )


def batches(statistics: Statistics) -> tuple[shapes.Batch, ...]:
    """Give every batch, in order of time."""
    return tuple(shapes.Batch(**batch_fields(statistics, row)) for row in statistics.compilation.batches.values())


def batch(statistics: Statistics, batch_id: str) -> shapes.BatchDetail:
    """Give one batch whole."""
    compilation = statistics.compilation
    row, computed = compilation.batches[batch_id], statistics.batches[batch_id]
    own = [o for o in compilation.observations if o.batch_id == batch_id]
    around = [c for c in compilation.context if c.batch_id == batch_id]
    disputed = [c for c in statistics.conflicts if getattr(c.statements[0], "batch_id", None) == batch_id]
    return shapes.BatchDetail(
        **batch_fields(statistics, row),
        funnel=tuple(
            shapes.StageCount(**{"stage": s, **count_fields(c, compilation)}) for s, c in computed.funnel.items()
        ),
        rates=tuple(rate_shape(r) for r in computed.rates),
        breakdowns=tuple(_breakdown(b, compilation) for b in computed.breakdowns),
        observations=tuple(observation(statistics, o) for o in own),
        context=tuple(context(statistics, c) for c in around),
        conflicts=tuple(conflict(statistics, c) for c in disputed),
        sources=sources_named(statistics, [row.source_id, *(o.source_id for o in own), *(c.source_id for c in around)]),
    )


def _breakdown(value: Breakdown, compilation: model.Compilation) -> shapes.Breakdown:
    parts = (
        shapes.BreakdownPart(**same(p, "stage", "code"), **count_fields(p.count, compilation)) for p in value.parts
    )
    return shapes.Breakdown(
        dimension=value.dimension,
        codelist=DIMENSION[value.dimension].codes.name,
        parts=tuple(parts),
        rates=tuple(shapes.BreakdownRate(code=r.code, **rate_fields(r.rate)) for r in value.rates),
    )


def place_total(value: PlaceTotal, compilation: model.Compilation) -> shapes.PlaceTotal:
    """Give one stage of a place as a shape."""
    sources = [compilation.sources[source_id] for source_id in value.source_ids]
    return shapes.PlaceTotal(
        **same(value, "stage", "value", "status", "precision"),
        batches_with_figure=value.batches_known,
        batches=value.batches_total,
        rate=rate_shape(value.rate) if value.rate else None,
        source_ids=value.source_ids,
        publishers=tuple(dict.fromkeys(source.publisher for source in sources)),
    )


def region_fields(statistics: Statistics, code: str) -> dict[str, Any]:
    compilation = statistics.compilation
    row, people = compilation.codes["regions"][code], compilation.population.get(code)
    totals = {t.stage: place_total(t, compilation) for t in statistics.places[code].totals}
    return {
        "region_code": code,
        "bps_code": row.bps_code,
        "parent_code": row.parent_code,
        "kind": row.kind,
        "name": text(row.name),
        "population": people.total if people else None,
        "population_period": people.reference_period if people else None,
        "area_km2": people.area_km2 if people else None,
        "ikn_territory": people.ikn_territory if people else None,
        "participants": totals["peserta"],
        "competent": totals["kompeten"],
        "population_source_id": people.source_id if people else None,
        "population_publisher": compilation.sources[people.source_id].publisher if people else None,
    }


def regions(statistics: Statistics) -> tuple[shapes.Region, ...]:
    """Give every region that is a place."""
    return tuple(shapes.Region(**region_fields(statistics, code)) for code in statistics.places)


def region(statistics: Statistics, code: str) -> shapes.RegionDetail:
    """Give one region whole."""
    compilation, place = statistics.compilation, statistics.places[code]
    by_batch = tuple(
        shapes.ResidenceCount(batch_id=r.batch_id, **same(t, "stage"), **count_fields(r.count, compilation))
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
    return shapes.RegionDetail(
        **region_fields(statistics, code),
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
    found: tuple[tuple[Literal["qualification_level", "classification"], tuple[LevelCount, ...]], ...] = (
        ("qualification_level", statistics.levels),
        ("classification", statistics.classifications),
    )
    return tuple(
        shapes.QualificationCount(
            **same(c, "batch_id", "stage", "code"),
            dimension=dimension,
            whole_batch=c.whole,
            **count_fields(c.count, statistics.compilation),
        )
        for dimension, counts in found
        for c in counts
    )


def measures(statistics: Statistics) -> tuple[shapes.Measure, ...]:
    """Give the formula registry."""
    names = ("measure_id", "numerator", "denominator", "multiplier", "decimals", "rounding", "unit")
    labels = ("name", "definition", "exclusions", "caution")
    return tuple(
        shapes.Measure(**same(row, *names), **_texts(row, labels)) for row in statistics.compilation.measures.values()
    )


def _texts(row: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: text(getattr(row, name)) for name in names}


def codelist(statistics: Statistics, name: str) -> tuple[shapes.Code, ...]:
    """Give one code list."""
    validity = ("valid_from", "valid_to", "successors")
    names = ("code", "parent_code", "order", "kind", "unit", "bounded_by", "bps_code", *validity, "source_id")
    return tuple(
        shapes.Code(**same(row, *names), name=text(row.name), definition=note(row.definition))
        for row in statistics.compilation.codes[name].values()
    )


def releases(statistics: Statistics, latest: str, history: History) -> tuple[shapes.Release, ...]:
    """Give every release, newest first."""
    steps = {step.release.id: step for step in history.steps}
    names = chained(renames_of(statistics.compilation.releases))
    return tuple(
        shapes.Release(
            id=row.id,
            released_on=row.released_on,
            data_through=row.data_through,
            next_expected=row.next_expected,
            is_latest=row.id == latest,
            data_hash=steps[row.id].data_hash,
            data_version=steps[row.id].version,
            title=text(row.title),
            note=text(row.note),
            corrections=tuple(
                shapes.Correction(
                    cell=c.address,
                    reason=text(c.reason),
                    source_id=c.source_id and names.get(f"sources/{c.source_id}", c.source_id).removeprefix("sources/"),
                    **same(c, "kind", "asked_by"),
                )
                for c in row.corrections
            ),
        )
        for row in reversed(statistics.compilation.releases)
    )


def changes(statistics: Statistics, release: str, history: History, called: Titles) -> tuple[shapes.Change, ...]:
    """Give everything that moved with one release, in the order of tables; nothing for the first one."""
    found = history.step(release).record
    if found is None:
        return ()
    every = [each.change for step in history.steps if step.record for each in step.record.changes]
    own = called.at([each.change for each in found.changes], every, history.withdrawn_before(release))
    return tuple(change(each, statistics.compilation, own) for each in found.changes)


def change(recorded: Recorded, compilation: model.Compilation, called: Titles) -> shapes.Change:
    """Give one change with its reason, and in words."""
    moved, declared = recorded.change, recorded.declaration
    return shapes.Change(
        **same(moved, "table", "address", "kind"),
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
        sentence=text(Label(*(sentence(moved, compilation, called, language) for language in LANGUAGES))),
    )


def _figures(moved: Change) -> dict[str, Any]:
    """Give both figures and their difference: as whole numbers, or all three exactly where one has a fraction."""
    found = same(moved, "old", "new", "difference")
    is_whole = all(value is None or value == int(value) for value in found.values())
    names = {name: name if is_whole else f"{name}_exact" for name in found}
    shown = {names[name]: int(value) if is_whole and value is not None else value for name, value in found.items()}
    return {**dict.fromkeys([*found, *(f"{name}_exact" for name in found)]), **shown}


def _status(moved: Change, row: Mapping[str, Any] | None) -> Any:
    """Give the status of a figure; None where there is no row, or where rows hold no figure."""
    return row.get("status", "released") if row and moved.has_figure else None


def _as_text(value: Any) -> shapes.Text | None:
    """Give a field of any type as text in both languages; None where it was empty."""
    if value is None:
        return None
    if isinstance(value, dict):
        return shapes.Text(id=value["id"], en=value["en"])
    plain_text = str(value).lower() if isinstance(value, bool) else str(value)
    return shapes.Text(id=plain_text, en=plain_text)
