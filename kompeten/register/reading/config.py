"""The officer's configuration: which column holds what, what the office's words mean, and what is published beside.

A frozen value read from TOML, strict: a key nobody knows is an error, for a misspelt rule must not pass for an absent
one. The file holds no personal data; its own errors may name its keys.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from kompeten.ground.policy import PolicyError, TablePlan, parse_tables
from kompeten.ground.refusal import Refused

Field = Literal[
    "nik",
    "name",
    "birth_date",
    "age",
    "batch",
    "residence",
    "level",
    "classification",
    "position",
    "track",
    "sex",
    "funding",
    "status",
    "verified",
    "admitted",
    "attended",
    "completed",
    "assessed",
    "decision",
    "issued",
]
FIELDS: tuple[Field, ...] = get_args(Field)
NEEDED: tuple[Field, ...] = ("nik", "batch", "residence")
STEPS: tuple[Field, ...] = ("verified", "admitted", "attended", "completed", "assessed", "decision", "issued")

ROWS = ("programmes", "batches", "venues", "targets", "budgets", "sources")
"""Tables of the batches package; the config adds rows to each, with the package's own column names."""

VALUE_FIELDS: Mapping[str, str] = {
    "residence": "region_code",
    "level": "qualification_level",
    "classification": "classification",
    "track": "track",
    "sex": "sex",
    "funding": "funding_source",
}

CodeSystem = Literal["dotted", "kemendagri", "bps"]

ACCEPTABLE = ("nik-region", "person-in-two-batches", "same-name-and-birth-date", "nik-sex", "nik-birth-date")
"""Checks that an officer may accept after looking at the rows; all others must be mended."""


REGISTER_KEYS = {"sheet", "encoding", "delimiter", "region_codes", "fill_down", "from_nik", "synthetic"}


class ConfigError(Refused):
    """The configuration cannot be used; the message says which key and what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A declared change of a batch that an earlier release printed."""

    batch_id: str
    reason_id: str
    reason_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What an officer decides about one register.

    columns: for each field that the register has, its header. batch_names: for each batch id, what the register may
    call it. values: for each field, the office's own words and their codes. rows: rows to add to the batches package.
    tables: the officer's own table plan, None for the policy's. accepted: checks that no longer stop the run.
    code_system: how region codes without a dot are to be read ("dotted": not at all, for the two systems collide).
    fill_down: fields whose empty cells repeat the one above (merged cells). from_nik: "sex" and "age" where the
    register has no column of its own for them.
    as_of: the date for which the counts hold, ISO 8601. source_id: the source (kind register) of all observations.
    """

    sheet: str | None
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


def load_config(path: Path) -> Config:
    """Read the configuration file. Raises ConfigError with the file's name."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{path.name}: cannot be read as UTF-8 text") from None
    try:
        return parse_config(text)
    except ConfigError as error:
        raise ConfigError(f"{path.name}: {error}") from None


def parse_config(text: str) -> Config:
    """Read the configuration from TOML text. Raises ConfigError."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not TOML: {error}") from None
    known = {
        "register",
        "columns",
        "values",
        "checks",
        "outcomes",
        "release",
        "plan",
        "corrections",
        *ROWS,
    }
    _only(document, known, "the file")
    register = _part(document, "register", REGISTER_KEYS)
    outcomes = _part(document, "outcomes", {"as_of", "source_id", "note_id", "note_en"})
    batches = _rows(document, "batches")
    return Config(
        sheet=register.get("sheet"),
        encoding=register.get("encoding", "auto"),
        delimiter=register.get("delimiter", "auto"),
        code_system=_one_of(register.get("region_codes", "dotted"), get_args(CodeSystem), "register.region_codes"),
        fill_down=_listed(register, "fill_down", FIELDS),
        from_nik=_listed(register, "from_nik", ("sex", "age")),
        columns=_columns(_part(document, "columns", set(FIELDS))),
        values=_values(_part(document, "values", {*VALUE_FIELDS, "decision", "status"})),
        accepted=_accepted(_part(document, "checks", {"accepted"})),
        batch_names=_batch_names(batches),
        age_on={str(row["batch_id"]): str(row.get("start_on") or "") for row in batches},
        rows={
            **{name: _rows(document, name) for name in ROWS},
            "batches": tuple({key: row[key] for key in row if key != "register_names"} for row in batches),
        },
        release=_need(document, "release"),
        as_of=str(_need(outcomes, "as_of", "outcomes.")),
        source_id=str(_need(outcomes, "source_id", "outcomes.")),
        note_id=str(outcomes.get("note_id", "")),
        note_en=str(outcomes.get("note_en", "")),
        tables=_tables(document),
        corrections=_corrections(document),
        is_synthetic=bool(register.get("synthetic", False)),
    )


def _columns(section: Mapping[str, Any]) -> dict[Field, str]:
    """Give the header of each field; raise where the needed ones are missing or no stage can be told."""
    columns = {field: str(section[field]) for field in FIELDS if field in section}
    if missing := [field for field in NEEDED if field not in columns]:
        raise ConfigError(f"columns: missing {', '.join(missing)}")
    if "status" not in columns and not all(step in columns for step in STEPS):
        raise ConfigError(f"columns: either status, or all of {', '.join(STEPS)}")
    if "birth_date" in columns and "age" in columns:
        raise ConfigError("columns: birth_date or age, not both")
    return columns


def _values(section: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Give the office's words for each field, as given; each must lead to a code."""
    for field, words in section.items():
        if not isinstance(words, dict) or not all(isinstance(code, str) for code in words.values()):
            raise ConfigError(f'values.{field}: write "word" = "code"')
    return {field: dict(words) for field, words in section.items()}


def _listed(section: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> tuple[Any, ...]:
    """Give a list of words, each of a closed set; empty where it is left out."""
    words = section.get(key, [])
    if not isinstance(words, list) or any(word not in allowed for word in words):
        raise ConfigError(f"register.{key}: a list of {', '.join(allowed)}")
    return tuple(words)


def _accepted(section: Mapping[str, Any]) -> tuple[str, ...]:
    accepted = tuple(section.get("accepted", ()))
    if unknown := [rule for rule in accepted if rule not in ACCEPTABLE]:
        raise ConfigError(f"checks.accepted: {', '.join(unknown)}: only {', '.join(ACCEPTABLE)} can be accepted")
    return accepted


def _batch_names(batches: tuple[Mapping[str, Any], ...]) -> dict[str, tuple[str, ...]]:
    """Give what the register calls each batch; a batch without register_names goes by its id."""
    if not batches:
        raise ConfigError("batches: at least one [[batches]] is needed")
    for row in batches:
        _need(row, "batch_id", "batches: ")
    return {str(row["batch_id"]): tuple(map(str, row.get("register_names", [row["batch_id"]]))) for row in batches}


def _tables(document: Mapping[str, Any]) -> tuple[TablePlan, ...] | None:
    """Give the officer's own table plan, checked as the policy's is."""
    if "plan" not in document:
        return None
    _only(document["plan"], {"tables"}, "plan")
    try:
        return parse_tables(document["plan"].get("tables"))
    except PolicyError as error:
        raise ConfigError(str(error)) from None


def _corrections(document: Mapping[str, Any]) -> tuple[Correction, ...]:
    found = []
    for row in _rows(document, "corrections"):
        _only(row, {"batch_id", "reason_id", "reason_en"}, "corrections")
        found.append(
            Correction(
                batch_id=str(_need(row, "batch_id", "corrections: ")),
                reason_id=str(_need(row, "reason_id", "corrections: ")),
                reason_en=str(_need(row, "reason_en", "corrections: ")),
            )
        )
    return tuple(found)


def _rows(document: Mapping[str, Any], name: str) -> tuple[Mapping[str, Any], ...]:
    rows = document.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(f"{name}: write [[{name}]], once a row")
    return tuple(rows)


def _part(document: Mapping[str, Any], name: str, keys: set[str]) -> Mapping[str, Any]:
    """Give one section, empty where it is left out."""
    section = document.get(name, {})
    if not isinstance(section, dict):
        raise ConfigError(f"{name}: a table is needed")
    _only(section, keys, name)
    return section


def _only(found: Mapping[str, Any], known: set[str], place: str) -> None:
    if unknown := sorted(set(found) - known):
        raise ConfigError(f"{place}: unknown key {', '.join(unknown)}; known are {', '.join(sorted(known))}")


def _need(found: Mapping[str, Any], key: str, place: str = "") -> Any:
    if key not in found:
        raise ConfigError(f"{place}{key}: is missing")
    return found[key]


def _one_of(value: Any, allowed: tuple[Any, ...], place: str) -> Any:
    if value not in allowed:
        raise ConfigError(f"{place}: one of {', '.join(str(word) for word in allowed if word)}")
    return value
