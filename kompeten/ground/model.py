"""The compilation as frozen values: what the data packages say, with types, and nothing computed.

``compiling.py`` makes it of typed rows. Everything downstream reads this value; nothing downstream reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from kompeten.ground.findings import Label
from kompeten.ground.formulas import Scope, names_in, scope_of
from kompeten.ground.vocabulary import ALL, Act, CellStatus, FigureAct, Precision, Role, Standing

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
