"""The shape of every JSON document. JSON Schema, OpenAPI and the reference page are written from these classes.

Rule 1: every documented key is always present; what is absent is null. Rule 2: no field has two types.
Rule 3: a value stands beside its status; null never means 0. Within ``v1`` fields may be added, never changed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, create_model

from kompeten.ground.vocabulary import DIMENSION, Act, CellStatus, FigureAct, Precision, Role, Stage, Standing, Status

SCHEMA_VERSION = "1.0.0"

ISO = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
IsoDate = Annotated[str, Field(pattern=ISO)]
Number = Annotated[Decimal, PlainSerializer(float, return_type=float), Field(json_schema_extra={"type": "number"})]


class Shape(BaseModel):
    """What all shapes share: frozen, closed, described by its docstrings."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True)


Data = TypeVar("Data")


class Text(Shape):
    """One text in both languages."""

    id: str
    """Indonesian."""
    en: str
    """English."""


def _said(text: str) -> Any:
    """Give what a field says of itself that many shapes share; a field of one shape says it below its own name."""
    return Field(description=text)


Id = Annotated[str, _said("Does not change.")]
FunnelStage = Annotated[Stage, _said("Stage.")]
SourceId = Annotated[str, _said("Source, see sources.json.")]
SourceUrl = Annotated[str | None, _said("Address of the source; null where it has not been verified.")]
Publisher = Annotated[str | None, _said("Who published the source; null where no source on record states a figure.")]
SourceNote = Annotated[Text | None, _said("How the source puts it, and what to beware of.")]
Speaker = Annotated[str | None, _said("Office that states it, see codelists/speakers.json; null where not recorded.")]
Voice = Annotated[
    str | None,
    _said("Quoted, reported or the writer's own sentence, see codelists/voices.json; null where not recorded."),
]
Occasion = Annotated[
    str | None, _said("Occasion on which it was stated, see codelists/occasions.json; null where not recorded.")
]
Mark = Annotated[
    str | None,
    _said("Why it is never calculated with, see codelists/marks.json; null where nothing speaks against it."),
]
TextKind = Annotated[
    str | None, _said("Kind of text it was read in, see codelists/text_kinds.json; null where not recorded.")
]
CountedBy = Annotated[
    str | None, _said("Whose register or survey it comes from, see codelists/counters.json; null where not recorded.")
]
Meaning = Annotated[CellStatus, _said("What the value, or its absence, means.")]
Preferred = Annotated[bool, _said("true where this is the figure used in calculations.")]
HowExact = Annotated[Precision, _said("How exactly the source states it.")]
StatedOn = Annotated[IsoDate | None, _said("Date on which the source states it.")]
StatedFor = Annotated[IsoDate | None, _said("Date for which the source states it.")]
StatedUnit = Annotated[str, _said("Unit in which this source states it, see codelists/units.json.")]
Period = Annotated[IsoDate, _said("Time that is counted.")]
AsPrinted = Annotated[Number, _said("Value as the source prints it.")]
Counted = Annotated[str, _said("What is counted, see codelists/context_measures.json.")]
Unit = Annotated[str, _said("Unit, see codelists/units.json.")]
Levels = Annotated[str, _said("Group of levels, _T all.")]
BatchId = Annotated[str, _said("Batch.")]
ProgrammeId = Annotated[str, _said("Programme.")]
BudgetYear = Annotated[int, _said("Budget year.")]
Name = Annotated[Text, _said("Name.")]


class Count(Shape):
    """A count of people (certificates for skk_terbit) with what its sources say."""

    value: int | None
    """The preferred figure, in people or certificates; null exactly when status is hidden or unknown."""
    status: Meaning
    precision: Precision | None
    """Whether the preferred source states it exactly; null where there is no value."""
    low: int | None
    """Smallest exact statement of any source; null where there is no value."""
    high: int | None
    """Largest exact statement of any source; null where there is no value."""
    source_id: str | None
    """The preferred source; null where no source on record states a figure."""
    statements: int
    """Number of sources that give a value."""
    at_least: int | None
    """What the parts that sources state add up to, where no source on record states the whole; otherwise null."""
    publisher: str | None
    """Who published the preferred source; null where no source on record states a figure."""
    source_url: str | None
    """Address of the preferred source; null where there is none, or it has not been verified."""
    note: Text | None
    """How the preferred source puts it, and what to beware of."""
    unit: str | None
    """What the preferred source counts: orang or sertifikat; null where no source on record states a figure."""


class StageCount(Count):
    """A count at one stage of the funnel."""

    stage: Stage
    """The stage."""


class Rate(Shape):
    """A rate with the two counts it is computed from."""

    measure_id: str
    """The formula, see measures.json."""
    numerator: int | None
    """Value of the formula's numerator; null where a part of it is not published."""
    denominator: int | None
    """Value of the formula's denominator; null where a part of it is not published."""
    value: Number | None
    """Rounded half up to the decimals of the measure; null exactly when status is hidden, unknown or not_applicable."""
    status: Status
    """hidden or unknown where a part is; not_applicable where the denominator is 0."""
    unit: str
    """Unit of the value, see codelists/units.json."""
    decimals: int
    """Decimals that are published."""
    precision: Precision | None
    """How exact it is, no more than the counts it is made of; null where there is no value."""


def placed(shape: type[Shape]) -> type[Shape]:
    """Give a shape with a field for each dimension: after its stage, and at its end for one that came later."""

    def fields(first: bool) -> dict[str, Any]:
        own = (each for each in DIMENSION.values() if (each.since == "1.0") is first)
        return {each.name: (str, Field(description=each.text)) for each in own}

    found: dict[str, Any] = {}
    for name, info in shape.model_fields.items():
        found[name] = (info.annotation, info)
        found |= fields(first=True) if name == "stage" else {}
    found |= fields(first=False)
    return create_model(shape.__name__, __base__=Shape, __module__=shape.__module__, __doc__=shape.__doc__, **found)


@placed
class Observation(Shape):
    """One count from one source, as in observations.csv."""

    observation_id: str
    """Cell and source joined; does not change."""
    cell_id: str
    """Address of the cell, the same for every source: batch/stage, then /dimension=code for each that is not _T."""
    programme_id: str
    """Programme of the batch."""
    year: int
    """Budget year of the batch; a span of time (kind cumulative) carries its last year."""
    batch_id: BatchId
    stage: Stage
    """Stage that is counted."""
    value: int | None
    """In the unit beside it; null exactly when status is hidden or unknown."""
    unit: str
    """orang or sertifikat, as the source counts."""
    status: Meaning
    precision: Precision | None
    """How exactly the source states it; null where there is no value."""
    as_of: IsoDate | None
    """Date for which the source states it; a year or a month alone is possible."""
    source_id: SourceId
    source_url: SourceUrl
    preferred: Preferred
    note: SourceNote
    speaker: Speaker
    voice: Voice
    occasion: Occasion
    mark: Mark
    text_kind: TextKind
    kind: Literal["tahap", "event", "cumulative"]
    """Kind of the batch; cumulative is a span of time that is never added to batches."""
    whole_batch: bool
    """true where every dimension is _T: the count holds all others of its batch and stage."""
    publisher: Publisher


class Context(Shape):
    """One count about the workforce at large; never merged with programme data."""

    context_id: Id
    cell_id: str
    """Address of the cell, the same for every source: konteks/measure/place/period, then level and batch if any."""
    measure: Counted
    region_code: str
    """Place, Kemendagri code."""
    batch_id: str | None
    """Batch where the count is about one; otherwise null."""
    period: Period
    qualification_level: Levels
    value: int | None
    """May be negative where it is a change; null exactly when status is hidden or unknown."""
    unit: Unit
    status: Meaning
    precision: Precision | None
    """How exactly the source states it."""
    as_of: StatedOn
    source_id: SourceId
    source_url: SourceUrl
    preferred: Preferred
    note: SourceNote
    rate: Rate | None
    """Share not certified, from this source's own counts of one day; null for every other row."""
    speaker: Speaker
    voice: Voice
    occasion: Occasion
    mark: Mark
    text_kind: TextKind
    counted_by: CountedBy
    publisher: Publisher


class Target(Shape):
    """What was to be reached."""

    target_id: Id
    programme_id: ProgrammeId
    year: BudgetYear
    region_code: str
    """Place the target is for."""
    qualification_level: str
    """Level or group of levels it is for, _T all."""
    kind: Literal["target", "allocation", "quota"]
    """target: to be reached; allocation: places given by somebody else; quota: places available."""
    value: int
    """Size of the target, in its unit."""
    unit: Literal["peserta", "sertifikat"]
    """Participants or certificates: never compare one with the other. People to be certified stand as certificates."""
    stage: Stage
    """Stage that is set against it."""
    funding_source: str
    """Who pays, _T all, _U not known."""
    precision: HowExact
    as_of: StatedFor
    source_id: SourceId
    source_url: SourceUrl
    preferred: Preferred
    note: SourceNote
    speaker: Speaker
    voice: Voice
    occasion: Occasion
    mark: Mark
    text_kind: TextKind
    standing: Standing
    """Only an announced target can be met or missed; a draft or conditional one cannot."""
    rival_of: str | None
    """Target of which this is another reading, such as participants instead of certificates; null where undisputed."""
    publisher: Publisher
    stated_unit: StatedUnit


class Budget(Shape):
    """Money a source states."""

    budget_id: Id
    programme_id: ProgrammeId
    year: BudgetYear
    region_code: str
    """Place the money is for."""
    target_id: str | None
    """Target that it pays for."""
    kind: Literal["planned", "realised"]
    """planned or realised."""
    value: int
    """Rupiah."""
    unit: Literal["idr"]
    """Rupiah."""
    funding_source: str
    """Who pays, _U not known."""
    precision: HowExact
    as_of: StatedFor
    source_id: SourceId
    source_url: SourceUrl
    preferred: Preferred
    note: SourceNote
    rate: Rate | None
    """Budget for each planned place; null where the budget names no target in participants."""
    speaker: Speaker
    voice: Voice
    occasion: Occasion
    mark: Mark
    text_kind: TextKind
    publisher: Publisher


class Achieved(Shape):
    """What the batches of a programme reached in a year at one stage."""

    value: int | None
    """Sum of the preferred published counts; null where no batch has one."""
    status: Meaning
    bound: Literal["exact", "at_least", "unknown"]
    """at_least where a batch has no figure, or the list of batches cannot be known to be complete."""
    low: int | None
    """Sum of the smallest exact statements over the batches with a figure."""
    high: int | None
    """Upper end of the range; null while a batch without a figure could make the total larger."""
    high_of_known: int | None
    """Sum of the largest exact statements over the batches with a figure."""
    batches_with_figure: tuple[str, ...]
    """Batches that are counted."""
    batches_without_figure: tuple[str, ...]
    """Batches of the year for which we found no figure; they are not zero."""
    precision: Precision | None
    """about where a count that is added is; at_least where the total is a lower bound; null where there is no value."""
    unit: str | None
    """orang or sertifikat; people and certificates added are at least so many certificates; null without a value."""


class Progress(Shape):
    """A target and what was achieved of it."""

    target: Target
    """The target."""
    achieved: Achieved
    """What was achieved, in the unit of the target."""
    rate: Rate
    """Achieved divided by target."""
    sentence: Text
    """The same in words, with the range and what is unknown."""
    replies: tuple[Reply, ...]
    """What offices answer about this target; empty where none has answered."""


class Year(Shape):
    """One budget year of a programme."""

    year: BudgetYear
    batch_ids: tuple[str, ...]
    """Batches, in order of time."""
    target_ids: tuple[str, ...]
    """Targets, quotas and allocations."""
    participants: Achieved
    """Participants over the batches of the year; cumulative spans are left out."""
    competent: Achieved
    """People found competent over the batches of the year."""
    certificates: Achieved
    """Certificates issued over the batches of the year."""


class Programme(Shape):
    """A training and certification programme."""

    programme_id: Id
    role: Literal["main", "related", "comparison"]
    """main: the programme this site is about; related: others in the province; comparison: elsewhere."""
    region_code: str
    """Place of the programme."""
    name: Name
    organiser: Text
    """Organising body."""
    description: Text
    """Short description."""
    source_id: SourceId
    years: tuple[Year, ...]
    """Years with a batch or a target, oldest first."""


class Batch(Shape):
    """A numbered tahap, an event, or a span of time that has counts of its own."""

    batch_id: Id
    programme_id: ProgrammeId
    year: int
    """Budget year; a span of time (kind cumulative) carries its last year."""
    number: int | None
    """Number of the batch in its year; pages write it in Roman numerals."""
    kind: Literal["tahap", "event", "cumulative"]
    """cumulative: a span of time that is never added to batches."""
    name: Name
    start_on: IsoDate | None
    """First day; null where we found none."""
    end_on: IsoDate | None
    """Last day; null where we found none."""
    training_mode: str | None
    """luring, daring or hibrida; null where not known."""
    qualification_level: str
    """Level of the batch as a whole, _U where mixed or not known."""
    venue_region_codes: tuple[str, ...]
    """Where the training was held; not the residence of participants."""
    source_id: str
    """Source of these facts."""
    note: Text | None
    """What to know about this batch."""
    participants: Count
    """Participants of the batch."""


class BreakdownPart(Count):
    """One code of a breakdown at one stage."""

    stage: FunnelStage
    code: str
    """Code of the dimension's list; _U is not known."""


class BreakdownRate(Rate):
    """A rate over one code of a breakdown."""

    code: str
    """Code of the dimension's list; _U is not known."""


class Breakdown(Shape):
    """Counts of a batch along one dimension."""

    dimension: str
    """Name of the dimension, as in observations.json."""
    codelist: str
    """Name of its code list."""
    parts: tuple[BreakdownPart, ...]
    """In order of the funnel, then of the code list."""
    rates: tuple[BreakdownRate, ...]
    """Rates whose every count is stated for the code, in order of the code list."""


class Conflict(Shape):
    """A cell on which sources disagree."""

    cell_id: str
    """Address of the cell."""
    table: str
    """Table that holds the statements: observations, context, or, where the unit is disputed, targets."""
    programme_id: str | None
    """Programme; null for context."""
    year: int
    """Year of the batch, of the target, or of the period."""
    title: Text
    """What is counted, in words."""
    unit: str
    """Unit of the values."""
    statements: tuple[Statement, ...]
    """Everything sources say, in order of the value."""
    preferred_value: int
    """The figure this site uses."""
    preferred_source_id: str
    """Its source."""
    reason: Text
    """Why this one."""
    low: int
    """Smallest exact statement."""
    high: int
    """Largest exact statement."""
    smallest: int
    """Smallest statement of all."""
    largest: int
    """Largest statement of all."""
    replies: tuple[Reply, ...]
    """What offices answer to this disagreement; empty where none has answered."""


class TargetConflict(Conflict):
    """A target on whose unit sources disagree."""


class Statement(Shape):
    """What one source says of a cell."""

    value: int
    """The figure."""
    precision: Precision
    """How exactly it is stated."""
    as_of: IsoDate | None
    """Date for which it is stated."""
    source_id: SourceId
    source_url: SourceUrl
    preferred: bool
    """true for the one this site uses."""
    note: Text | None
    """How the source puts it."""
    speaker: Speaker
    voice: Voice
    occasion: Occasion
    mark: Mark
    text_kind: TextKind
    stated_unit: StatedUnit
    publisher: Publisher


class Source(Shape):
    """Where figures come from."""

    source_id: Id
    kind: Literal["press", "advertorial", "government", "statistics", "law", "codelist", "search", "register"]
    """advertorial: paid text; search: a search that found nothing; register: counted from a list of participants."""
    publisher: str
    """Publisher."""
    title: Text
    """Title, or a description in our own words."""
    url: str | None
    """Address; null where the original has not been verified."""
    published_on: IsoDate | None
    """Date of publication; null where not on record."""
    figures: int
    """Number of figures on this site that rest on it."""
    text_kind: str | None
    """Kind of text, see codelists/text_kinds.json; null where not recorded."""


class Plan(Shape):
    """A plan over several years, or an estimated need; apart from targets and never set against results."""

    plan_id: Id
    kind: Literal["plan", "need"]
    """plan, or an estimate of what is needed."""
    region_code: str
    """Place it is for."""
    start_year: int
    """First year covered."""
    end_year: int
    """Last year covered."""
    measure: Counted
    qualification_level: Levels
    value: AsPrinted
    unit: Unit
    precision: HowExact
    as_of: StatedOn
    source_id: SourceId
    source_url: SourceUrl
    note: SourceNote
    speaker: Speaker
    voice: Voice
    occasion: Occasion
    mark: Mark
    text_kind: TextKind
    publisher: Publisher


class Comparison(Shape):
    """What a source says of another province, of Indonesia, or of a share elsewhere: a list, never a ranking."""

    comparison_id: Id
    theme: Literal["prize", "batch", "result", "certified", "share", "target", "firms", "workers", "register"]
    """Subject of the comparison; only rows of one source and one date may be set side by side."""
    area_code: str
    """Area that is counted, see codelists/areas.json."""
    measure: Counted
    stage: Stage | None
    """Stage that is counted; null where the source does not say or counts something else."""
    qualification_level: Levels
    detail: Text | None
    """The part that is counted, such as a field; null where it is the whole."""
    period: Period
    value: AsPrinted
    unit: Unit
    precision: HowExact
    as_of: StatedOn
    source_id: SourceId
    source_url: SourceUrl
    note: SourceNote
    speaker: Speaker
    voice: Voice
    occasion: Occasion
    mark: Mark
    text_kind: TextKind
    counted_by: CountedBy
    publisher: Publisher


class Search(Shape):
    """What was searched for in public sources, when, and with what result; what was not found may exist."""

    search_id: Id
    searched_on: IsoDate
    """Day of the search."""
    subject: Text
    """What was searched for."""
    wordings: int | None
    """Number of wordings tried; null where not recorded."""
    result: Literal["none", "partial", "rejected"]
    """none: not found; partial: found in part; rejected: found but not published here."""
    region_code: str | None
    """Place it was about; null where it was about no single one."""
    batch_id: str | None
    """Batch it was about; null where it was about no single one."""
    note: Text | None
    """What came of it."""
    source_id: str
    """Record of the search, see sources.json."""


class Gap(Shape):
    """One thing that no source on record says; it may exist all the same."""

    gap_id: str
    """What it is about, and what is missing."""
    kind: Literal["batches", "budget", "stage", "breakdown", "dates", "venues", "residence"]
    """What is missing: batches of a year, a budget, a stage, a breakdown, dates, places of training, residence."""
    programme_id: str | None
    """Programme; null for regions."""
    batch_id: str | None
    """Batch; null where it is about no single one."""
    region_code: str | None
    """Region, for residence; otherwise null."""
    year: int | None
    """Budget year; null where it is about no single one."""
    code: str | None
    """Stage or dimension that is missing; null for other kinds."""
    text: Text
    """The same in words."""
    searched_on: IsoDate | None
    """Day of the last search on record; null where none is."""


class RegisterShare(Shape):
    """People in the register of certificates over surveyed workers, in one area and year."""

    area_code: str
    """Area, see codelists/areas.json, or region."""
    period: IsoDate
    """Year or day of the counts."""
    holders: int
    """People who hold a certificate."""
    more: int | None
    """Holders of older certificates, perhaps the same people; null where the source counts all as one."""
    workers: int
    """Construction workers."""
    low: Number
    """Per cent, without the holders of older certificates."""
    high: Number
    """Per cent, with all of them, as if nobody held both."""
    is_printed: bool
    """true where the source prints the share; false where it is computed here."""
    source_id: str
    """Source of the holders, see sources.json."""
    workers_source_id: str
    """Source of the workers, see sources.json."""
    unit: str
    """Unit of the shares, see codelists/units.json."""
    precision: Precision
    """exact where every figure the shares are made of is exact, otherwise about."""


class Reply(Shape):
    """What an office answers to a disputed figure."""

    reply_id: Id
    cell_id: str
    """Cell, or target, that is answered."""
    replied_on: IsoDate
    """Day of the reply."""
    speaker: str
    """Office that replies, see codelists/speakers.json."""
    text: Text
    """The reply."""
    source_id: SourceId
    source_url: SourceUrl
    publisher: Publisher


class Fact(Shape):
    """What a source tells citizens."""

    fact_id: Id
    subject: Literal["use", "eligibility", "condition", "validity", "registration", "cost", "duty", "path", "contact"]
    """Subject of the fact."""
    qualification_level: str
    """Level it is about, _T all."""
    text: Text
    """What the source says, in our own words."""
    as_of: IsoDate | None
    """Time for which the source says it."""
    source_id: SourceId
    source_url: SourceUrl
    publisher: Publisher


class ProgrammeDetail(Programme):
    """A programme with its targets, budgets, progress and batches."""

    targets: tuple[Target, ...]
    """Targets, quotas and allocations."""
    budgets: tuple[Budget, ...]
    """Budgets."""
    progress: tuple[Progress, ...]
    """Targets against achieved."""
    batches: tuple[Batch, ...]
    """Batches, in order of time."""
    sources: tuple[Source, ...]
    """Sources named in this document."""
    region_codes: tuple[str, ...]
    """Regencies and cities that a source names as part of a joint programme; empty where none is named."""


class BatchDetail(Batch):
    """A batch with its funnel, breakdowns, observations and sources."""

    funnel: tuple[StageCount, ...]
    """All nine stages in order; a stage without a figure is unknown, never 0."""
    rates: tuple[Rate, ...]
    """Rates that the published counts allow."""
    breakdowns: tuple[Breakdown, ...]
    """Counts along one dimension, all others being _T."""
    observations: tuple[Observation, ...]
    """Every observation of the batch."""
    context: tuple[Context, ...]
    """Counts about the batch that are not people, such as classes."""
    conflicts: tuple[Conflict, ...]
    """Cells of this batch on which sources disagree."""
    sources: tuple[Source, ...]
    """Sources named in this document."""


class PlaceTotal(Shape):
    """One stage in one region, over the batches of the main programme that state the residence."""

    stage: FunnelStage
    value: int | None
    """People living there, at skk_terbit their certificates; null exactly when status is hidden or unknown."""
    status: CellStatus
    """unknown where no batch states it: that is not zero."""
    batches_with_figure: int
    """Batches that state it."""
    batches: int
    """Batches of the main programme."""
    rate: Rate | None
    """Per 10,000 residents; null for stages that have no such measure."""
    precision: Precision | None
    """at_least where some batches do not state the residence; null where there is no value."""
    source_ids: tuple[str, ...]
    """Preferred sources of the counts that are added, see sources.json; empty where there is none."""
    publishers: tuple[str, ...]
    """Who published them."""


class Region(Shape):
    """A province, regency or city."""

    region_code: str
    """Kemendagri code, with a dot. Never strip the dot: the result is another regency in the BPS system."""
    bps_code: str | None
    """Code of Statistics Indonesia, without a dot."""
    parent_code: str | None
    """Province."""
    kind: Literal["provinsi", "kabupaten", "kota"]
    """Kind of place."""
    name: Name
    population: int | None
    """Residents; null where this site has no figure."""
    population_period: str | None
    """Half-year of the population."""
    area_km2: Number | None
    """Square kilometres."""
    ikn_territory: Literal["no", "partly"] | None
    """Whether it contains territory of the new capital."""
    participants: PlaceTotal
    """Participants living there."""
    competent: PlaceTotal
    """People living there who were found competent."""
    population_source_id: str | None
    """Source of population and area, see sources.json; null where this site has no figure."""
    population_publisher: str | None
    """Who published population and area; null where this site has no figure."""


class ResidenceCount(Count):
    """People of one batch who live in a region."""

    batch_id: BatchId
    stage: FunnelStage


class RegionDetail(Region):
    """A region with its counts by batch, the trainings held there, and what sources say of its workforce."""

    totals: tuple[PlaceTotal, ...]
    """All stages."""
    by_batch: tuple[ResidenceCount, ...]
    """Each batch, of any programme, that states how many of its people live here."""
    venue_batch_ids: tuple[str, ...]
    """Batches trained here, whoever took part."""
    programme_ids: tuple[str, ...]
    """Programmes of this place."""
    context: tuple[Context, ...]
    """Counts about the workforce of this place."""
    sources: tuple[Source, ...]
    """Sources named in this document."""
    targets: tuple[Target, ...]
    """Targets, quotas and places given for this place."""
    budgets: tuple[Budget, ...]
    """Money for this place."""
    plans: tuple[Plan, ...]
    """Plans and needs of this place."""
    comparisons: tuple[Comparison, ...]
    """Sourced shares of this place."""
    searches: tuple[Search, ...]
    """What was searched for about this place."""


class QualificationCount(Count):
    """One stage of one batch at one level or classification."""

    batch_id: BatchId
    stage: FunnelStage
    dimension: Literal["qualification_level", "classification"]
    """What the code means."""
    code: str
    """Level, group of levels, or classification."""
    whole_batch: bool
    """true where the batch as a whole is at this level."""


class Measure(Shape):
    """A formula of the registry."""

    measure_id: Id
    name: Name
    numerator: str
    """Counts that are divided, joined by + and -."""
    denominator: str
    """Counts to divide by."""
    multiplier: int
    """100 for per cent, 10000 for per 10,000 residents, 1 for a plain ratio."""
    decimals: int
    """Decimals published."""
    rounding: Literal["half_up"]
    """Ties go away from zero."""
    unit: str
    """Unit of the result."""
    definition: Text
    """The formula in words."""
    exclusions: Text
    """What is left out."""
    caution: Text
    """A common mistake."""


class Code(Shape):
    """One code of a code list; attributes a list does not have are null."""

    code: str
    """The code, always text."""
    parent_code: str | None
    """Code that contains it."""
    order: int | None
    """Order of display, where the list has one."""
    name: Name
    definition: Text | None
    """Definition."""
    kind: str | None
    """Kind, level or phase."""
    unit: str | None
    """Unit, for stages and context measures."""
    bounded_by: str | None
    """Stage it must not exceed."""
    bps_code: str | None
    """Code of Statistics Indonesia, for regions."""
    valid_from: str | None
    """Day from which the code holds; null where it is older than the data."""
    valid_to: str | None
    """Last day on which the code holds; null while it does."""
    successors: tuple[str, ...]
    """Codes that took over all or a part of it; empty where none did."""
    source_id: str | None
    """Source of the code."""


class Correction(Shape):
    """A published figure that a release changed on purpose."""

    cell: str
    """Address of the cell."""
    reason: Text
    """Why."""
    source_id: str | None
    """Source of the correction."""
    kind: FigureAct
    """correction: it was recorded wrongly; revision: the source changed it; preference: another source is used."""
    asked_by: Role
    """Who asked for it, by role."""


class Release(Shape):
    """One publication."""

    id: str
    """Year and month; does not change."""
    released_on: IsoDate
    """Day of publication."""
    data_through: IsoDate
    """Last day the data speak of."""
    next_expected: IsoDate | None
    """When the next release is expected; null where not known."""
    is_latest: bool
    """true for the release this build publishes."""
    data_hash: str | None
    """SHA-256 over the published rows, which moves only when data do; null where the release was not kept."""
    title: Text
    """Title."""
    note: Text
    """What is new."""
    corrections: tuple[Correction, ...]
    """Figures changed on purpose."""
    data_version: str | None
    """Version of the data: major where something was removed or redefined, minor added, patch corrected."""


class Coordinate(Shape):
    """One column that says what a row is about, and its code."""

    name: str
    """Column."""
    code: str
    """Code or id."""


class Move(Shape):
    """One field that changed."""

    field: str
    """Name of the field."""
    old: Text | None
    """As the release before published it; null where it was empty. What is no text reads the same in both languages."""
    new: Text | None
    """As this release publishes it; null where it is empty."""


class Change(Shape):
    """One thing that a release added, removed or changed."""

    table: str
    """Table of the row."""
    address: str
    """Address of the cell, or table and id."""
    kind: Literal["added", "removed", "renamed", "revised", "preferred", "redefined", "reworded"]
    """What happened; revised is a figure, redefined a meaning, preferred the choice of source."""
    cell_id: str | None
    """Address of the cell, for counts of people; null for other tables."""
    source_id: str | None
    """Source of the row; null for tables without one."""
    coordinates: tuple[Coordinate, ...]
    """What the row is about."""
    old: int | None
    """Figure of the release before; null where there was none, or a fraction, which stands in old_exact."""
    old_status: CellStatus | None
    """Its status; null where there was no row, or rows hold no figure."""
    new: int | None
    """Figure of this release; null where there is none, or a fraction, which stands in new_exact."""
    new_status: CellStatus | None
    """Its status; null where there is no row, or rows hold no figure."""
    difference: int | None
    """New minus old; null where one of them has no value or has a fraction, see difference_exact."""
    fields: tuple[Move, ...]
    """Fields that differ; empty where the row came or went."""
    successor: str | None
    """Address that takes its place; null where none does."""
    declared_as: Act | None
    """How the release declared it; null where it needed no reason."""
    reason: Text | None
    """Why; null where it needed no reason."""
    reason_source_id: str | None
    """Source of the reason; null where none is given."""
    asked_by: Role | None
    """Who asked for it, by role; null where it needed no reason."""
    sentence: Text
    """The change in words."""
    old_exact: Number | None
    """Figure of the release before, where either figure has a fraction; otherwise null."""
    new_exact: Number | None
    """Figure of this release, where either figure has a fraction; otherwise null."""
    difference_exact: Number | None
    """New minus old, where either figure has a fraction; otherwise null."""


class PublishedFile(Shape):
    """One published file."""

    path: str
    """Address below the root of the site."""
    media_type: str
    """Media type."""
    bytes: int
    """Size in bytes."""
    sha256: str
    """SHA-256 of the content."""
    url: str
    """Whole address."""
    title: Text | None
    """What it holds; null where only its path says it."""


class Deprecation(Shape):
    """What is announced before a version of the API ends."""

    deprecated_on: IsoDate
    """Day from which this version should no longer be built upon."""
    ends_on: IsoDate
    """Last day on which it is published, at least a year after deprecated_on."""
    successor: str
    """Folder of the version that takes its place."""


DEPRECATION: Deprecation | None = None
"""Of this version: every document says it."""


class Envelope(Shape, Generic[Data]):
    """What every document is wrapped in."""

    schema_version: str
    """Version of the document's shape; the first number is the version in the address."""
    release: str
    """Release this document belongs to, see releases.json."""
    data_through: IsoDate
    """Last day the data speak of."""
    synthetic: bool
    """true where all figures are invented, for demonstration; never mixed with real ones."""
    licence: str
    """SPDX identifier of the licence of the data."""
    attribution: Text
    """How to credit it."""
    self_: str = Field(alias="self")
    """Address of this document."""
    total: int
    """Number of items in data; 1 where data is one object."""
    data: Data
    """The content."""
    deprecation: Deprecation | None
    """When and by what this version of the API is replaced; null while it is the current one."""


Conflict.model_rebuild()
TargetConflict.model_rebuild()
