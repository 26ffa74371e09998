"""The compilation as frozen values: what the data packages say, with types, and nothing computed.

``compile_model`` turns typed rows (``kompeten.intake.packages.tables``) and the release list into one ``Compilation``.
Everything downstream reads this value; nothing downstream reads a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar, get_args

from kompeten.ground import inert
from kompeten.ground.findings import Label
from kompeten.ground.formulas import Scope, names_in, scope_of
from kompeten.ground.vocabulary import (
    ALL,
    CODE_LISTS,
    DIMENSIONS,
    Act,
    CellStatus,
    CodeList,
    FigureAct,
    Precision,
    Role,
    Standing,
)

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of one list. Attributes that a list does not have are None.

    valid_from, valid_to: days as exact as known; None where it always held, or still does. successors: the codes that
    took over all or a part of it.
    """

    code: str
    name: Label
    parent_code: str | None = None
    order: int | None = None
    definition: Label | None = None
    kind: str | None = None
    bps_code: str | None = None
    unit: str | None = None
    bounded_by: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    successors: tuple[str, ...] = ()
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Residents of a region (people) and its area (square kilometres)."""

    region_code: str
    reference_period: str
    total: int
    area_km2: Decimal
    ikn_territory: str
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One formula of the registry; numerator and denominator name counts joined by + and -.

    unless: a stage; the measure is not computed where a source states its count.
    """

    measure_id: str
    name: Label
    numerator: str
    denominator: str
    unless: str | None
    multiplier: int
    decimals: int
    unit: str
    definition: Label
    exclusions: Label
    caution: Label
    rounding: str

    @property
    def names(self) -> tuple[str, ...]:
        """Give the counts that it is computed from, each once."""
        return names_in(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where figures come from. url is None where the original address has not been verified."""

    source_id: str
    kind: str
    publisher: str
    title: Label
    url: str | None
    published_on: str | None
    text_kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A training and certification programme; role is main, related or comparison."""

    programme_id: str
    role: str
    region_code: str
    name: Label
    organiser: Label
    description: Label
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A numbered tahap, an event, or a span of time (kind cumulative) that has counts of its own."""

    batch_id: str
    programme_id: str
    year: int
    number: int | None
    kind: str
    name: Label
    start_on: str | None
    end_on: str | None
    training_mode: str | None
    qualification_level: str
    source_id: str
    note: Label | None
    venues: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a source says at a time, and of how it says it: office, voice, occasion, and why it is not computed with."""

    as_of: str | None
    source_id: str
    note: Label | None
    speaker: str | None = None
    voice: str | None = None
    occasion: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Stated):
    """What was to be reached, with the stage that is set against it. stated_unit: as its source counts; unit: what it
    is set beside, participants or certificates.
    """

    target_id: str
    programme_id: str
    year: int
    region_code: str
    qualification_level: str
    kind: str
    value: int
    unit: str
    stage: str
    funding_source: str
    precision: Precision
    preferred: bool
    standing: Standing = "announced"
    rival_of: str | None = None
    stated_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(Stated):
    """Money a source states, in rupiah."""

    budget_id: str
    programme_id: str
    year: int
    region_code: str
    target_id: str | None
    kind: str
    value: int
    unit: str
    funding_source: str
    precision: Precision
    preferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Stated):
    """One count from one source. place: a code for each dimension. value: None exactly when hidden or unknown.

    unit: as the source counts: people who hold a certificate are not their certificates.
    """

    batch_id: str
    stage: str
    place: Mapping[str, str]
    value: int | None
    status: CellStatus
    precision: Precision | None
    preferred: bool
    unit: str

    @property
    def coordinates(self) -> tuple[tuple[str, str], ...]:
        """Give the dimensions that are not ``_T``, in column order."""
        return tuple((name, code) for name, code in self.place.items() if code != ALL)

    @property
    def cell_id(self) -> str:
        """Give the address of the cell, the same for every source that states it."""
        return "/".join([self.batch_id, self.stage, *(f"{name}={code}" for name, code in self.coordinates)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Stated):
    """One count about the workforce at large. value may be negative where it is a change."""

    context_id: str
    measure: str
    region_code: str
    batch_id: str | None
    period: str
    qualification_level: str
    value: int | None
    unit: str
    status: CellStatus
    precision: Precision | None
    preferred: bool
    counted_by: str | None = None

    @property
    def cell_id(self) -> str:
        """Give the address of the cell, the same for every source that states it."""
        parts = ["konteks", self.measure, self.region_code, self.period]
        parts += [self.qualification_level] if self.qualification_level != ALL else []
        return "/".join(parts + ([self.batch_id] if self.batch_id else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Stated):
    """A plan over several years, or an estimated need. Never set against what was achieved."""

    plan_id: str
    kind: str
    region_code: str
    start_year: int
    end_year: int
    measure: str
    qualification_level: str
    value: Decimal
    unit: str
    precision: Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Stated):
    """What a source says of another province, of Indonesia, or of a share elsewhere. Never ranked, never added."""

    comparison_id: str
    theme: str
    area_code: str
    measure: str
    stage: str | None
    qualification_level: str
    detail: Label | None
    period: str
    value: Decimal
    unit: str
    precision: Precision
    counted_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was searched for in public sources, when, and what came of it."""

    search_id: str
    searched_on: str
    subject: Label
    wordings: int | None
    result: str
    region_code: str | None
    batch_id: str | None
    note: Label | None
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an office answers to a disputed figure. cell_id: the cell, or the id of the target, that it answers."""

    reply_id: str
    cell_id: str
    replied_on: str
    speaker: str
    text: Label
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a source tells citizens: use, eligibility, conditions by level, validity, registration."""

    fact_id: str
    subject: str
    qualification_level: str
    text: Label
    as_of: str | None
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Which source is used for a cell that several sources state, and why."""

    cell_id: str
    source_id: str
    reason: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a release changed on purpose, why, and who asked for it.

    kind: a correction mends what was recorded wrongly, a revision follows a source that changed its figure, a
    preference chooses another source. address: a cell as in preferences.csv, or table and id
    (``batches/kaltim-2025-1``); one that ends in ``/*`` names all below it. old, new: the figures, where they are
    stated. successors: addresses that take its place. asked_by: by role.
    """

    kind: Act
    address: str
    reason: Label
    asked_by: Role
    source_id: str | None = None
    old: int | None = None
    new: int | None = None
    successors: tuple[str, ...] = ()

    @property
    def successor(self) -> str | None:
        """Give the address that takes its place, the first of several."""
        return next(iter(self.successors), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One publication. released_on and data_through are ISO dates; next_expected may be a month."""

    id: str
    released_on: str
    data_through: str
    next_expected: str | None
    title: Label
    note: Label
    declarations: tuple[Declaration, ...]

    @property
    def corrections(self) -> tuple[Declaration, ...]:
        """Give the declarations about published figures."""
        return tuple(each for each in self.declarations if each.kind in get_args(FigureAct))


@dataclass(frozen=True, slots=True, kw_only=True)
class Compilation:
    """Everything the packages say. Tuples keep the order of display."""

    synthetic: bool
    codes: Mapping[str, Mapping[str, Code]]
    population: Mapping[str, Population]
    measures: Mapping[str, Measure]
    sources: Mapping[str, Source]
    programmes: Mapping[str, Programme]
    batches: Mapping[str, Batch]
    targets: tuple[Target, ...]
    budgets: tuple[Budget, ...]
    observations: tuple[Observation, ...]
    context: tuple[Context, ...]
    preferences: Mapping[str, Preference]
    releases: tuple[Release, ...]
    programme_regions: Mapping[str, tuple[str, ...]]
    plans: tuple[Plan, ...]
    comparisons: tuple[Comparison, ...]
    searches: tuple[Search, ...]
    replies: tuple[Reply, ...]
    facts: tuple[Fact, ...]

    def measures_of(self, scope: Scope, figure: str | None = None) -> tuple[Measure, ...]:
        """Give the measures that are computed for something, in the order of the registry; of one figure if given."""
        workforce = self.codes["context_measures"]
        found = ((measure, scope_of(measure.names, workforce)) for measure in self.measures.values())
        return tuple(m for m, own in found if own and own[0] == scope and figure in (None, own[1]))

    def batches_of(self, programme_id: str, year: int | None = None) -> tuple[Batch, ...]:
        """Give the batches of a programme, of one year where it is given, in order of time."""
        wanted = (b for b in self.batches.values() if b.programme_id == programme_id)
        return tuple(b for b in wanted if year is None or b.year == year)


def compile_model(tables: Tables, releases: Sequence[Row], *, synthetic: bool) -> Compilation:
    """Give the compilation. The rows must have passed every check: nothing is checked again here."""
    venues = _grouped(tables["venues"], "batch_id")
    batches = [_made(Batch, row, venues=venues.get(row["batch_id"], ())) for row in tables["batches"]]
    codes = {each.name: _codes(tables[each.name], each) for each in CODE_LISTS}
    return Compilation(
        synthetic=synthetic,
        codes=codes,
        population={
            row["region_code"]: _made(Population, row, total=row["population_total"]) for row in tables["population"]
        },
        measures={row["measure_id"]: _made(Measure, row) for row in tables["measures"]},
        sources={row["source_id"]: _made(Source, row, url=inert.web(row["url"])) for row in tables["sources"]},
        programmes={row["programme_id"]: _made(Programme, row) for row in tables["programmes"]},
        batches={b.batch_id: b for b in sorted(batches, key=batch_order)},
        targets=tuple(_target(row) for row in tables["targets"]),
        budgets=tuple(_made(Budget, row) for row in tables["budgets"]),
        observations=tuple(_observation(row, codes["stages"]) for row in tables["observations"]),
        context=tuple(_made(Context, row) for row in tables["context"]),
        preferences={row["cell_id"]: _made(Preference, row) for row in tables["preferences"]},
        releases=tuple(release(row) for row in releases),
        programme_regions=_grouped(tables["programme_regions"], "programme_id"),
        plans=tuple(_made(Plan, row) for row in tables["plans"]),
        comparisons=tuple(_made(Comparison, row) for row in tables["comparisons"]),
        searches=tuple(_made(Search, row) for row in tables["searches"]),
        replies=tuple(_made(Reply, row) for row in tables["replies"]),
        facts=tuple(_made(Fact, row) for row in tables["facts"]),
    )


def batch_order(batch: Batch) -> tuple[int, int, str, str]:
    """Sort batches by year, then number (never by its Roman form), then start."""
    return (batch.year, batch.number or 0, batch.start_on or "", batch.batch_id)


def release(row: Row) -> Release:
    """Give one release of releases.toml; dates may come as dates or as ISO text."""
    return Release(
        id=row["id"],
        released_on=str(row["released_on"]),
        data_through=str(row["data_through"]),
        next_expected=row.get("next_expected"),
        title=_label(row, "title"),
        note=Label(row.get("note_id", ""), row.get("note_en", "")),
        declarations=tuple(each for name, field in DECLARED.items() for each in _declared(row, name, field)),
    )


DECLARED: Mapping[str, str] = {"correction": "cell", "removal": "address", "rename": "from", "redefinition": "address"}
"""Table of a release in releases.toml to the key that says what it is about."""


def _declared(row: Row, name: str, field: str) -> Iterator[Declaration]:
    """Give the declarations of one kind, one for each address that an entry names."""
    for entry in row.get(name, ()):
        heirs = entry.get("to" if name == "rename" else "successor", []) if name in ("rename", "removal") else []
        for address in _listed(entry[field]):
            yield Declaration(
                kind=entry.get("kind", name),
                address=address,
                reason=_label(entry, "reason"),
                asked_by=entry["asked_by"],
                source_id=entry.get("source_id"),
                old=entry.get("from") if name == "correction" else None,
                new=entry.get("to") if name == "correction" else None,
                successors=tuple(_listed(heirs)),
            )


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _label(row: Row, stem: str) -> Label:
    return Label(row[f"{stem}_id"], row[f"{stem}_en"])


Value = TypeVar("Value")


def _made(kind: type[Value], row: Row, /, **own: Any) -> Value:
    """Give a row as a value: each field from the column of its name, a pair of texts as one label; None where empty.

    own: fields that no column has as they are. Columns that no field takes are left out.
    """
    pairs = [stem for name in row if (stem := name.removesuffix("_id")) != name and f"{stem}_en" in row]
    cells = {**row, **{stem: _label(row, stem) if row[f"{stem}_id"] else None for stem in pairs}, **own}
    names: Mapping[str, object] = vars(kind)["__dataclass_fields__"]
    return kind(**{name: cell for name, cell in cells.items() if name in names})


def _target(row: Row) -> Target:
    # Programs written for the first release know two units alone; people to be certified are set beside certificates.
    unit = "sertifikat" if row["unit"] == "orang" else row["unit"]
    return _made(Target, row, unit=unit, stated_unit=row["unit"])


def _grouped(rows: Sequence[Row], key: str) -> dict[str, tuple[str, ...]]:
    """Give the region codes of each key, in the order of the data."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[row[key]] = (*found.get(row[key], ()), row["region_code"])
    return found


def _codes(rows: Sequence[Row], own: CodeList) -> dict[str, Code]:
    def code(row: Row) -> Code:
        return _made(
            Code,
            row,
            code=row[own.key],
            name=Label(row["name_id"], row.get("name_en") or row["name_id"]),
            parent_code=row.get("parent_code") or (row.get("classification") if "position_code" in row else None),
            kind=row.get("kind") or row.get("level") or row.get("phase") or row.get("track"),
            successors=tuple((row.get("successor") or "").split()),
        )

    return {code.code: code for code in map(code, rows)}


def _observation(row: Row, stages: Mapping[str, Code]) -> Observation:
    """Give one count; where its row names no unit, it is that of its stage."""
    place = {name: row[name] for name in DIMENSIONS}
    return _made(Observation, row, place=place, unit=row.get("unit") or stages[row["stage"]].unit or "")
