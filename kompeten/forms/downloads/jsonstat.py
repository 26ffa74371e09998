"""Tables as JSON-stat 2.0 datasets, one a language; both languages and statuses in words stand in ``extension``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import product
from typing import Any

from kompeten.api import ROOT
from kompeten.api.edition import Edition
from kompeten.api.shapes import DEPRECATION, SCHEMA_VERSION
from kompeten.api.shaping import Statistics
from kompeten.api.text import to_json
from kompeten.ground import formats
from kompeten.ground.findings import LANGUAGES, MARK_OF, Label, Language
from kompeten.ground.formulas import PLACE_STAGES
from kompeten.ground.model import Batch, Code, Compilation, Measure, Observation, Programme, Target
from kompeten.ground.vocabulary import ALL, DIMENSION, REGION_CODE, UNKNOWN, Dimension
from kompeten.ground.wording import said
from kompeten.statistics.cells import Count, by_cell, count_at
from kompeten.statistics.progress import Achieved, year_total
from kompeten.statistics.rates import Rate

FOLDER = f"{ROOT}jsonstat/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What the numbers of a category count, and the decimals they are published with."""

    name: Label
    decimals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One dimension: codes with their labels, in order. role: time, geo, metric, or "" for any other.

    child: totals and groups to the categories that they already hold; adding up takes either, never both.
    """

    id: str
    label: Label
    categories: Mapping[str, Label]
    role: str = ""
    units: Mapping[str, Unit] | None = None
    child: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value; None exactly where the status is hidden, unknown or not_applicable."""

    value: int | Decimal | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cube:
    """A table of any number of dimensions. cells: in row-major order of the axes."""

    name: str
    title: Label
    notes: tuple[Label, ...]
    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]


Tell = Callable[[tuple[str, ...]], Cell]


def jsonstat_files(edition: Edition) -> Mapping[str, bytes]:
    """Give every JSON-stat document by its path below the root of the site."""
    return {
        _path(cube, language): to_json(dataset(cube, edition, language))
        for cube in cubes(edition.statistics)
        for language in LANGUAGES
    }


def _path(cube: Cube, language: Language) -> str:
    return f"{FOLDER}{cube.name}{MARK_OF[language]}.json"


def cubes(statistics: Statistics) -> Iterator[Cube]:
    yield _batches_by_stage(statistics)
    cells = by_cell(statistics.compilation)
    for dimension in DIMENSION.values():
        yield _by_dimension(statistics.compilation, cells, dimension)
    yield _rates_by_batch(statistics)
    yield _programme_years(statistics)
    yield _targets(statistics)


def _cell(figure: Count | Achieved | Rate) -> Cell:
    return Cell(value=figure.value, status=figure.status)


def _batches_by_stage(statistics: Statistics) -> Cube:
    def tell(codes: tuple[str, ...]) -> Cell:
        return _cell(statistics.batches[codes[0]].funnel[codes[1]])

    axes = (_batch_axis(statistics.compilation), _stage_axis(statistics.compilation))
    return _cube("batches-by-stage", axes, tell, "preferred", "not_zero")


def _by_dimension(compilation: Compilation, cells: Mapping[str, Sequence[Observation]], dimension: Dimension) -> Cube:
    """Give counts by one dimension, batch and stage; by residence only for the stages that have a rate."""

    def tell(codes: tuple[str, ...]) -> Cell:
        code, batch_id, stage = codes
        cell_id = f"{batch_id}/{stage}" + ("" if code == ALL else f"/{dimension.name}={code}")
        return _cell(count_at(cells, cell_id))

    own = _dimension_axis(compilation, dimension)
    stages = PLACE_STAGES if dimension is REGION_CODE else None
    axes = (own, _batch_axis(compilation), _stage_axis(compilation, stages))
    title = said("jsonstat")["by_dimension"].filled(dimension=Label(own.label.id.lower(), own.label.en.lower()))
    notes = ("residence",) if dimension is REGION_CODE else ()
    return _cube(f"batches-by-{dimension.slug}", axes, tell, *notes, "preferred", "not_zero", title=title)


def _rates_by_batch(statistics: Statistics) -> Cube:
    """Give every rate that is computed for a batch; unknown where one of its counts is."""
    compilation = statistics.compilation
    measures = {measure.measure_id: measure for measure in compilation.measures_of("batch")}
    rates = {(key, rate.measure_id): rate for key, batch in statistics.batches.items() for rate in batch.rates}

    def tell(codes: tuple[str, ...]) -> Cell:
        rate = rates.get((codes[0], codes[1]))
        return _cell(rate) if rate else Cell(value=None, status="unknown")

    names = compilation.codes["units"]
    units = {key: Unit(name=names[each.unit].name, decimals=each.decimals) for key, each in measures.items()}
    measure_axis = _axis("measure_id", _names(measures), role="metric", units=units)
    return _cube("rates-by-batch", (_batch_axis(compilation), measure_axis), tell, "not_zero")


def _programme_years(statistics: Statistics) -> Cube:
    """Give what the batches of each programme reached in each year."""
    compilation = statistics.compilation

    def tell(codes: tuple[str, ...]) -> Cell:
        programme_id, year, stage = codes
        return _cell(year_total(statistics.batches, compilation.batches_of(programme_id, int(year)), stage))

    years = sorted({batch.year for batch in compilation.batches.values()} | {t.year for t in compilation.targets})
    axes = (
        _axis("programme_id", _names(compilation.programmes)),
        _axis("year", {str(year): Label(str(year), str(year)) for year in years}, role="time"),
        _stage_axis(compilation),
    )
    return _cube("achieved-by-programme-year", axes, tell, "lower_bound", "not_zero")


def _targets(statistics: Statistics) -> Cube:
    """Give target, achieved and rate of each target, which names its programme, year and unit."""
    compilation = statistics.compilation
    rows = {row.target.target_id: row for row in statistics.progress}

    def tell(codes: tuple[str, ...]) -> Cell:
        row, quantity = rows[codes[0]], codes[1]
        if quantity == "target":
            return Cell(value=row.target.value, status="released")
        if quantity == "rate":
            return _cell(row.rate)
        name = {"achieved": "value", "low": "low", "high_of_known": "high"}[quantity]
        return Cell(value=getattr(row.achieved, name), status=row.achieved.status)

    people = Unit(name=said("jsonstat")["as_target"], decimals=0)
    decimals = compilation.measures_of("target")[0].decimals
    share = Unit(name=said("jsonstat")["percent"], decimals=decimals)
    units = dict.fromkeys(said("quantity"), people) | {"rate": share}
    axes = (
        _axis("target_id", {key: _target_label(compilation, row.target) for key, row in rows.items()}),
        _axis("quantity", said("quantity"), role="metric", units=units),
    )
    return _cube("progress", axes, tell, "not_zero")


def _target_label(compilation: Compilation, target: Target) -> Label:
    """Name a target: programme, year, size and unit."""
    programme, unit = compilation.programmes[target.programme_id].name, compilation.codes["units"][target.unit].name
    size = Label.written(partial(formats.number, target.value))
    return Label(
        *(f"{name}, {target.year}: {value} {word}" for name, value, word in zip(programme, size, unit, strict=True))
    )


def _cube(name: str, axes: tuple[Axis, ...], tell: Tell, *notes: str, title: Label | None = None) -> Cube:
    say = said("jsonstat")
    cells = tuple(tell(codes) for codes in product(*(axis.categories for axis in axes)))
    return Cube(name=name, title=title or say[name], notes=tuple(say[note] for note in notes), axes=axes, cells=cells)


def _axis(name: str, categories: Mapping[str, Label], **more: Any) -> Axis:
    return Axis(id=name, label=said("jsonstat")[name], categories=categories, **more)


def _names(rows: Mapping[str, Batch | Code | Measure | Programme]) -> dict[str, Label]:
    return {key: row.name for key, row in rows.items()}


def _batch_axis(compilation: Compilation) -> Axis:
    return _axis("batch_id", _names(compilation.batches))


def _stage_axis(compilation: Compilation, stages: Sequence[str] | None = None) -> Axis:
    codes = {key: row for key, row in compilation.codes["stages"].items() if stages is None or key in stages}
    names = compilation.codes["units"]
    units = {key: Unit(name=names[row.unit or ""].name, decimals=0) for key, row in codes.items()}
    return _axis("stage", _names(codes), role="metric", units=units)


def _dimension_axis(compilation: Compilation, dimension: Dimension) -> Axis:
    """Give the codes of a dimension that any figure uses, with ``_T`` first and ``_U`` last, in order of the list."""
    codes = compilation.codes[dimension.codes.name]
    used = {row.place[dimension.name] for row in compilation.observations} | {ALL}
    if dimension is REGION_CODE:  # a map draws every regency, also those of which nobody states a figure
        used |= {code for code, row in codes.items() if row.kind != "special"}
    inner = [code for code in codes if code in used and code not in (ALL, UNKNOWN)]
    ordered = [ALL, *inner, *([UNKNOWN] if UNKNOWN in used else [])]
    child: dict[str, tuple[str, ...]] = {}
    for code in ordered[1:]:
        parent = _holder(code, codes, ordered)
        child[parent] = (*child.get(parent, ()), code)
    names, role = {code: codes[code].name for code in ordered}, "geo" if dimension is REGION_CODE else ""
    return Axis(id=dimension.name, label=dimension.label, categories=names, role=role, child=child)


def _holder(code: str, codes: Mapping[str, Code], shown: Sequence[str]) -> str:
    """Give the nearest code above another that the axis shows: a group, or all."""
    above = codes[code].parent_code
    while above is not None and above not in shown:
        above = codes[above].parent_code
    return above or ALL


def dataset(cube: Cube, edition: Edition, language: Language) -> dict[str, Any]:
    """Give a table as a JSON-stat 2.0 dataset with the labels of one language."""
    imprint = edition.imprint
    used = {cell.status for cell in cube.cells}
    roles = {role: [a.id for a in cube.axes if a.role == role] for role in ("time", "geo", "metric")}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": cube.title.text(language),
        "source": imprint.attribution.text(language),
        "updated": edition.release.released_on,
        "href": imprint.base_url + _path(cube, language),
        "id": [axis.id for axis in cube.axes],
        "size": [len(axis.categories) for axis in cube.axes],
        "role": {role: ids for role, ids in roles.items() if ids},
        "dimension": {axis.id: _dimension(axis, language) for axis in cube.axes},
        "value": [float(c.value) if isinstance(c.value, Decimal) else c.value for c in cube.cells],
        "status": [cell.status for cell in cube.cells],
        "note": [note.text(language) for note in cube.notes],
        "extension": {
            "schema_version": SCHEMA_VERSION,
            "release": imprint.release,
            "data_through": imprint.data_through,
            "synthetic": imprint.synthetic,
            "language": language,
            "licence": imprint.licence,
            "deprecation": DEPRECATION.model_dump() if DEPRECATION else None,
            "attribution": imprint.attribution._asdict(),
            "label": cube.title._asdict(),
            "note": [note._asdict() for note in cube.notes],
            "status": {
                code: {"label": row.name._asdict(), "definition": row.definition._asdict() if row.definition else None}
                for code, row in edition.compilation.codes["statuses"].items()
                if code in used
            },
        },
    }


def _dimension(axis: Axis, language: Language) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": list(axis.categories),
        "label": {code: label.text(language) for code, label in axis.categories.items()},
    }
    if axis.child:
        category["child"] = {code: list(held) for code, held in axis.child.items()}
    if axis.units:
        category["unit"] = {
            code: {"label": unit.name.text(language), "decimals": unit.decimals} for code, unit in axis.units.items()
        }
    english: dict[str, Any] = {"label": {code: label.en for code, label in axis.categories.items()}}
    if axis.units:
        english["unit"] = {code: unit.name.en for code, unit in axis.units.items()}
    return {
        "label": axis.label.text(language),
        "category": category,
        "extension": {"label": axis.label._asdict(), "en": english},
    }
