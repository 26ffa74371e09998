"""The officer's configuration: which column holds what, what the office's words mean, and what is published beside.

A frozen value read from TOML, strict: a key nobody knows is an error, for a misspelt rule must not pass for an absent
one. The file holds no personal data; its own errors may name its keys.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict
from pydantic import Field as Key
from pydantic.dataclasses import dataclass as strict_dataclass

from kompeten.ground import strict
from kompeten.ground.findings import Label
from kompeten.ground.policy import TablePlan, Tables
from kompeten.ground.refusal import Refused
from kompeten.ground.store import RELEASE_ID
from kompeten.ground.strict import EXACT, Day, Strict, Text, a_day, is_day, reject
from kompeten.ground.vocabulary import DECIDED, DIMENSION, RUNGS
from kompeten.ground.wording import officered, worded
from kompeten.register.reading.words import STATUS_LADDER, stage_of_status

STEPS: Mapping[str, tuple[str, ...]] = {
    "verified": ("lolos_verifikasi",),
    "admitted": ("peserta",),
    "attended": ("hadir",),
    "completed": ("selesai",),
    "assessed": ("asesi",),
    "decision": DECIDED,
    "issued": ("skk_terbit",),
}
"""Columns of yes or no, in the order in which people come, to the stages that each tells of."""
VALUE_FIELDS: Mapping[str, str] = {each.field: name for name, each in DIMENSION.items() if each.field}
"""Field that holds the code of a dimension, to the dimension."""

FIELDS = ("nik", "name", "birth_date", "age", "batch", *VALUE_FIELDS, "position", "status", *STEPS)
"""Everything that a column of a register may hold."""

NEEDED = ("nik", "batch", "residence")

SHEET = "(nama lembar)"
"""Stands in the place of a header: what the sheet is called, or the file of a part, says it of every row."""

if TYPE_CHECKING:
    Field = str
    Worded = str
else:
    Field = Literal[FIELDS]  # what a dimension is called stands in the vocabulary, which no type checker reads
    Worded = Literal[(*VALUE_FIELDS, "status", *STEPS)]

CodeSystem = Literal["dotted", "kemendagri", "bps"]

Acceptable = Literal[
    "nik-region",
    "person-in-two-batches",
    "same-name-and-birth-date",
    "nik-sex",
    "nik-birth-date",
    "rows-hidden",
    "batch-elsewhere",
    "much-hidden",
]
"""Checks that an officer may accept after looking at the rows; all others must be mended."""


class ConfigError(Refused):
    """The configuration cannot be used; the message says which key and what to write."""


@strict_dataclass(frozen=True, slots=True, kw_only=True, config=EXACT)
class Correction:
    """A declared change of a batch that an earlier release printed."""

    batch_id: Text
    reason_id: Text
    reason_en: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What an officer decides about one register.

    columns: for each field that the register has, its header; SHEET stands for the name of the sheet or the part.
    sheets: those to read, none where the register has one alone. batch_names: for each batch id, what the register may
    call it. values: for each field, the office's own words and their codes. rows: rows to add to the batches package.
    tables: the officer's own table plan, None for the policy's. accepted: checks that no longer stop the run.
    code_system: how region codes without a dot are to be read ("dotted": not at all, for the two systems collide).
    every_row: the status that every row has reached at least, where no column says so.
    fill_down: fields whose empty cells repeat the one above (merged cells). from_nik: "sex" and "age" where the
    register has no column of its own for them.
    as_of: the date for which the counts hold, ISO 8601. source_id: the source (kind register) of all observations.
    """

    sheets: tuple[str, ...]
    every_row: str | None
    encoding: str
    delimiter: str
    code_system: CodeSystem
    fill_down: tuple[Field, ...]
    from_nik: tuple[str, ...]
    columns: Mapping[Field, str]
    values: Mapping[str, Mapping[str, str]]
    accepted: tuple[str, ...]
    batch_names: Mapping[str, tuple[str, ...]]
    age_on: Mapping[str, str]
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]
    release: Mapping[str, Any]
    as_of: str
    source_id: str
    note_id: str
    note_en: str
    tables: tuple[TablePlan, ...] | None
    corrections: tuple[Correction, ...]
    is_synthetic: bool


def _encoding(name: str) -> str:
    try:
        codecs.lookup("utf-8" if name == "auto" else name)
    except LookupError:
        reject(worded("write-an-encoding-such-as"))
    return name


def _delimiter(mark: str) -> str:
    if mark != "auto" and (len(mark) != 1 or mark in '"\r\n'):
        reject(worded("one-character"))
    return mark


def _columns(written: dict[Field, str]) -> dict[Field, str]:
    """Refuse columns without what is needed, or from which no stage can be told; what is left empty is not there."""
    columns = {field: header for field, header in written.items() if header}
    if missing := ", ".join(field for field in NEEDED if field not in columns and field != "batch"):
        reject(worded("missing-keys", missing=missing))
    if "birth_date" in columns and "age" in columns:
        reject(worded("birth-date-or-age"))
    return columns


def _cell(value: object) -> object:
    if type(value) not in (str, int, float, bool, date):
        reject(worded("write-one-text-number-date"))
    return value


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class _Register(Strict):
    sheets: Annotated[tuple[Text, ...], BeforeValidator(_listed)] = Key(default=(), validation_alias="sheet")
    every_row: Literal[tuple(STATUS_LADDER)] | None = None  # type: ignore[valid-type]
    encoding: Annotated[Text, AfterValidator(_encoding)] = "auto"
    delimiter: Annotated[Text, AfterValidator(_delimiter)] = "auto"
    code_system: CodeSystem = Key(default="dotted", validation_alias="region_codes")
    fill_down: tuple[Field, ...] = ()
    from_nik: tuple[Literal["sex", "age"], ...] = ()
    is_synthetic: bool = Key(default=False, validation_alias="synthetic")


class _Checks(Strict):
    accepted: tuple[Acceptable, ...] = ()


class _Outcomes(Strict):
    as_of: Day
    source_id: Text
    note_id: str = ""
    note_en: str = ""


def _release_id(text: str) -> str:
    if not RELEASE_ID.fullmatch(text):
        reject(worded("write-release-id"))
    return text


def _day(value: object) -> object:
    """Let a date in quotes be one."""
    try:
        # Whole days alone: Python also reads 2026-W48 and 20261124, which nobody meant as a date.
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2026-11-24") else value
    except ValueError:
        return value


Date = Annotated[date, BeforeValidator(_day)]


class Release(Strict):
    """The new entry of releases.toml, its keys in the order of the file."""

    id: Annotated[Text, AfterValidator(_release_id)]
    released_on: Date
    data_through: Date
    next_expected: Day | None = None
    title_id: Text
    title_en: Text
    note_id: str | None = None
    note_en: str | None = None


class _Row(Strict):
    """A row of a table of the batches package, with the package's own columns, which its schema knows."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Annotated[Any, AfterValidator(_cell)]]


MaybeDay = Annotated[str, BeforeValidator(a_day), AfterValidator(lambda day: day and is_day(day))]


class _Batch(_Row):
    batch_id: Text
    register_names: Annotated[tuple[Text, ...], Key(min_length=1)] | None = None
    start_on: MaybeDay = ""
    end_on: MaybeDay = ""


class _Plan(Strict):
    tables: Tables


Rows = tuple[_Row, ...]


class _File(Strict):
    """The file as it is written."""

    register_: _Register = Key(default=_Register(), validation_alias="register")
    columns: Annotated[dict[Field, str], AfterValidator(_columns)]
    values: dict[Worded, dict[str, str]] = Key(default_factory=dict)
    checks: _Checks = _Checks()
    outcomes: _Outcomes
    release: Release
    plan: _Plan | None = None
    corrections: tuple[Correction, ...] = ()
    programmes: Rows = ()
    batches: Annotated[tuple[_Batch, ...], Key(min_length=1)]
    venues: Rows = ()
    targets: Rows = ()
    budgets: Rows = ()
    sources: Rows = ()


ROWS = ("programmes", "batches", "venues", "targets", "budgets", "sources")
"""Tables of the batches package; the config adds rows to each, with the package's own column names."""


def load_config(path: Path) -> Config:
    """Read the configuration file. Raises ConfigError with the file's name and every reason."""
    return parse_config(strict.text_of(path, ConfigError), path.name)


def parse_config(text: str, file: str = "config.toml") -> Config:
    """Read the configuration from TOML text. Raises ConfigError; questions that still stand come before all else."""
    if asked := [officered("unanswered", place=f"{file}:{row}", question=words) for row, words in questions(text)]:
        raise ConfigError(*asked)
    config = _config(strict.parse(_File, text, file, ConfigError))
    if reasons := [*_unclear(config)]:
        raise ConfigError(*(one.at(file) for one in reasons))
    return config


def questions(text: str) -> Iterator[tuple[int, str]]:
    """Give the line number and the words of every question that still stands in a configuration."""
    for number, line in enumerate(text.splitlines(), start=1):
        if asked := re.match(r"\s*#\s*(?:PERTANYAAN|QUESTION)\b\s*:?\s*(.*)", line, flags=re.IGNORECASE):
            yield number, asked[1]


def _unclear(config: Config) -> Iterator[Label]:
    """Say what cannot be told from the columns: the batch, or how far people came."""
    if "batch" not in config.columns and len(config.batch_names) > 1:
        yield worded("batch-column")
    if not stages_told(config):
        steps = ", ".join(STEPS)
        yield worded("status-column", steps=steps)
        return
    asked = {stage: None for table in config.tables or () for stage in table.stages}
    if untold := ", ".join(stage for stage in asked if stage not in stages_told(config)):
        yield worded("stages-untold", untold=untold)


def stages_told(config: Config) -> frozenset[str]:
    """Give the stages that can be counted: all by a status; otherwise those whose steps have a column.

    Who applied is told where a column says who got any further; where every row is a participant, nobody knows.
    """
    if config.every_row is None and "status" in config.columns:
        return frozenset((*RUNGS, *DECIDED, "skk_terbit"))
    floor = () if config.every_row is None else (stage_of_status(config.every_row),)
    if floor and floor[0] not in RUNGS:
        return frozenset(floor)
    told = [stage for step, stages in STEPS.items() if step in config.columns for stage in stages]
    applied = () if floor or not {"verified", "admitted"} & set(config.columns) else (RUNGS[0],)
    return frozenset((*applied, *floor, *told))


def _config(file: _File) -> Config:
    """Give the configuration; a batch without register_names goes by its id."""
    written = {"exclude": {"register_names"}, "exclude_unset": True}
    return Config(
        **dict(file.register_),
        **dict(file.outcomes),
        columns={field: file.columns[field] for field in FIELDS if field in file.columns},
        values=file.values,
        accepted=file.checks.accepted,
        batch_names={row.batch_id: row.register_names or (row.batch_id,) for row in file.batches},
        age_on={row.batch_id: row.start_on for row in file.batches},
        rows={name: tuple(row.model_dump(**written) for row in getattr(file, name)) for name in ROWS},
        release=file.release.model_dump(exclude_unset=True),
        tables=file.plan.tables if file.plan else None,
        corrections=file.corrections,
    )
