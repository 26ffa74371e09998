"""Everything computed once, and the shape that the interface gives to each value of it; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, TypeVar

from kompeten.api import shapes
from kompeten.ground import formats, model
from kompeten.ground.findings import Label, Language
from kompeten.ground.vocabulary import ALL, DIMENSION
from kompeten.ground.wording import spoken
from kompeten.statistics import sentences
from kompeten.statistics.cells import Count, by_batch, count_of
from kompeten.statistics.conflicts import Conflict, Stated, conflicts
from kompeten.statistics.funnel import BatchStatistics, all_batches
from kompeten.statistics.levels import LevelCount, by_classification, by_level
from kompeten.statistics.places import PlaceStatistics, all_places
from kompeten.statistics.progress import Achieved, Progress, all_progress
from kompeten.statistics.rates import plain, rate

Shaped = TypeVar("Shaped", bound=shapes.Shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The compilation and all that follows from it."""

    compilation: model.Compilation
    observations: Mapping[str, Sequence[model.Observation]]
    """By batch."""
    batches: Mapping[str, BatchStatistics]
    progress: tuple[Progress, ...]
    places: Mapping[str, PlaceStatistics]
    conflicts: tuple[Conflict, ...]
    levels: tuple[LevelCount, ...]
    classifications: tuple[LevelCount, ...]
    figures: Mapping[str, int]
    """How many figures rest on each source."""


def compute(compilation: model.Compilation) -> Statistics:
    batches = all_batches(compilation)
    stated_rows = (row for name in STATED for row in getattr(compilation, name) if row.value is not None)
    return Statistics(
        compilation=compilation,
        observations=by_batch(compilation),
        batches=batches,
        progress=all_progress(compilation, batches),
        places=all_places(compilation),
        conflicts=conflicts(compilation),
        levels=by_level(compilation, batches),
        classifications=by_classification(compilation, batches),
        figures=Counter(row.source_id for row in stated_rows),
    )


STATED = ("observations", "context", "targets", "budgets", "plans", "comparisons")
"""Tables of figures that sources state."""


def text(label: Label) -> shapes.Text:
    return shapes.Text(id=label.id, en=label.en)


def filled(shape: type[Shaped], value: object, /, **own: Any) -> Shaped:
    """Give a value the shape that the interface has for it: a field of the same name says the same, a label as text.

    own: what the value does not have, or has in another form.
    """
    names = (name for name in shape.model_fields if name not in own)
    made = shape(**own, **{name: _shown(getattr(value, name)) for name in names})
    # Every field is given: one set of their names serves all, where each would take a third of the room of its shape.
    object.__setattr__(made, "__pydantic_fields_set__", _given(shape))
    return made


@cache
def _given(shape: type[shapes.Shape]) -> set[str]:
    return set(shape.model_fields)


def _shown(value: Any) -> Any:
    return text(value) if isinstance(value, Label) else value


def stated(statistics: Statistics, shape: type[Shaped], row: Any, /, **own: Any) -> Shaped:
    """Give a row that rests on a source, with its address, who published it and in what kind of text."""
    source = statistics.compilation.sources[row.source_id]
    # Nobody publishes a figure that is not there; what a search of ours came to, in words, is ours.
    is_none = hasattr(row, "value") and (source.kind == "search" or getattr(row, "status", None) == "unknown")
    publisher = None if is_none else source.publisher
    cited = {"source_url": source.url, "text_kind": source.text_kind, "publisher": publisher}
    return filled(shape, row, **{name: said for name, said in cited.items() if name in shape.model_fields}, **own)


def counted(statistics: Statistics, shape: type[Shaped], count: Count, /, **own: Any) -> Shaped:
    """Give a count with its source. A figure that nobody states has none: a source that says so is no source of it."""
    has_source = count.statements or count.status == "hidden"
    row = statistics.compilation.sources[count.source_id] if has_source and count.source_id else None
    named = {"source_id": row.source_id, "publisher": row.publisher, "source_url": row.url} if row else {}
    return filled(shape, count, **{**dict.fromkeys(("source_id", "publisher", "source_url")), **named}, **own)


def achieved_shape(value: Achieved) -> shapes.Achieved:
    """Give what was achieved as a shape; the upper end is open while a batch has no figure."""
    return filled(
        shapes.Achieved,
        value,
        high=None if value.is_open else value.high,
        high_of_known=value.high,
        batches_with_figure=value.known,
        batches_without_figure=value.unknown,
    )


def observation(statistics: Statistics, row: model.Observation) -> shapes.Observation:
    batch = statistics.compilation.batches[row.batch_id]
    return stated(
        statistics,
        shapes.Observation,
        row,
        observation_id=f"{row.cell_id}/{row.source_id}",
        programme_id=batch.programme_id,
        year=batch.year,
        kind=batch.kind,
        whole_batch=not any(row.coordinates),
        **row.place,
    )


def context(statistics: Statistics, row: model.Context) -> shapes.Context:
    """Give one context row; a certified count carries the share not certified, from the same source and day."""
    return stated(statistics, shapes.Context, row, rate=_not_certified(statistics, row))


def _not_certified(statistics: Statistics, row: model.Context) -> shapes.Rate | None:
    if row.measure != "bersertifikat" or row.qualification_level != ALL or row.mark:
        return None
    compilation = statistics.compilation
    beside = ("pekerja_konstruksi", row.source_id, row.as_of, row.region_code, None)
    workers = (c for c in compilation.context if (c.measure, c.source_id, c.as_of, c.region_code, c.mark) == beside)
    if (first := next(workers, None)) is None:
        return None
    only = {r.measure: count_of([replace(r, preferred=True)]) for r in (row, first)}
    return filled(shapes.Rate, rate(compilation.measures_of("workforce")[0], only))


def target(statistics: Statistics, row: model.Target) -> shapes.Target:
    return stated(statistics, shapes.Target, row)


def budget(statistics: Statistics, row: model.Budget) -> shapes.Budget:
    """Give one budget, with the money for each planned place where its target counts participants."""
    compilation = statistics.compilation
    aims = [t for t in compilation.targets if t.target_id == row.target_id and t.unit == "peserta"]
    each = None
    if aims:
        counts = {"anggaran": plain(row.value, row.precision), "target": plain(aims[0].value, aims[0].precision)}
        each = filled(shapes.Rate, rate(compilation.measures_of("budget")[0], counts))
    return stated(statistics, shapes.Budget, row, rate=each)


def progress(statistics: Statistics, row: Progress) -> shapes.Progress:
    """Give one target against what was achieved, with its sentence."""
    sentence = Label.written(partial(sentences.progress_sentence, compilation=statistics.compilation, progress=row))
    return shapes.Progress(
        target=target(statistics, row.target),
        achieved=achieved_shape(row.achieved),
        rate=filled(shapes.Rate, row.rate),
        sentence=text(sentence),
        replies=replies_to(statistics, row.target.target_id),
    )


def batch_as(statistics: Statistics, shape: type[Shaped], row: model.Batch, **own: Any) -> Shaped:
    people = counted(statistics, shapes.Count, statistics.batches[row.batch_id].funnel["peserta"])
    return filled(shape, row, venue_region_codes=row.venues, participants=people, **own)


def conflict(statistics: Statistics, row: Conflict) -> shapes.Conflict:
    compilation = statistics.compilation
    said = [s for s in row.statements if s.value is not None]
    chosen = next(s for s in said if s.preferred)
    programme_id, year = _belongs_to(compilation, chosen)

    def statement(s: Stated) -> shapes.Statement:
        unit = getattr(s, "stated_unit", s.unit)
        return stated(statistics, shapes.Statement, s, preferred=s is chosen, stated_unit=unit)

    shape = shapes.TargetConflict if row.table == "targets" else shapes.Conflict
    return filled(
        shape,
        row,
        programme_id=programme_id,
        year=year,
        title=text(Label.written(partial(cell_title, compilation=compilation, row=chosen))),
        unit=chosen.unit,
        statements=tuple(statement(s) for s in sorted(said, key=lambda s: (s.value or 0, s.source_id))),
        preferred_value=chosen.value or 0,
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


def cell_title(language: Language, compilation: model.Compilation, row: Stated) -> str:
    """Name what a cell counts: ``Peserta, Tahap I 2025`` or ``Pekerja konstruksi bersertifikat, 3 September 2025``."""
    if isinstance(row, model.Target):
        programme = compilation.programmes[row.programme_id].name.text(language)
        return f"{spoken('sentence', language)('unit_of_target')} {row.year}, {programme}"
    if isinstance(row, model.Context):
        measure = compilation.codes["context_measures"][row.measure].name.text(language)
        return f"{measure}, {formats.date(row.period, language)}"
    parts: list[model.Code | model.Batch] = [compilation.codes["stages"][row.stage], compilation.batches[row.batch_id]]
    parts += [compilation.codes[DIMENSION[name].codes.name][code] for name, code in row.coordinates]
    return ", ".join(part.name.text(language) for part in parts)


def source(statistics: Statistics, row: model.Source) -> shapes.Source:
    return filled(shapes.Source, row, figures=statistics.figures.get(row.source_id, 0))


def sources_named(statistics: Statistics, ids: Iterable[str | None]) -> tuple[shapes.Source, ...]:
    """Give the sources with these ids, each once, in the order of the source list."""
    wanted = set(ids)
    return tuple(source(statistics, s) for key, s in statistics.compilation.sources.items() if key in wanted)


def as_stated(shape: type[Shaped]) -> Callable[[Statistics, Any], Shaped]:
    return lambda statistics, row: stated(statistics, shape, row)


def every(table: str, make: Callable[[Statistics, Any], Shaped]) -> Callable[[Statistics], tuple[Shaped, ...]]:
    """Give what makes a document of a table: every row in the order of the data, never by size."""

    def rows(statistics: Statistics) -> Iterable[Any]:
        found: Any = getattr(statistics.compilation, table)
        return found.values() if isinstance(found, Mapping) else found

    return lambda statistics: tuple(make(statistics, row) for row in rows(statistics))


replies = every("replies", as_stated(shapes.Reply))
