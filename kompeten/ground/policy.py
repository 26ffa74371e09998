"""The disclosure policy as a frozen value: what may be printed, and the rules it rests on.

``load_policy`` opens the file, ``parse_policy`` thinks. Both the private wing, which obeys the policy, and the
public build, which checks it, read the same value. A key nobody knows is an error: a misspelt rule must not pass
for an absent one.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from kompeten.ground.findings import Label
from kompeten.ground.refusal import Refused
from kompeten.ground.vocabulary import DIMENSIONS, STAGES, Grain, Stage

ComplementRule = Literal["detail", "none"]
AllFailedRule = Literal["any_size", "none"]
AllPassedRule = Literal["below_threshold", "none"]


class PolicyError(Refused):
    """The policy file cannot be obeyed: an unknown key, a missing one, or a value outside its range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule in words, for readers, with the source it rests on."""

    id: str
    text: Label
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """One published table of every batch: its dimensions (none for the batch total) and its stages, in order.

    ``weight`` says how much readers miss one of its cells; ``is_headline`` exempts it from the complement rule.
    """

    name: str
    dimensions: tuple[str, ...]
    stages: tuple[Stage, ...]
    is_headline: bool
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The whole policy. Counts are people; shares are whole per cents.

    ``threshold`` T: counts of 1..T-1 are hidden. ``width`` W: a hidden count keeps max - min >= W.
    ``grains`` and ``stage_weights`` hold one pair for each dimension and each stage, in the contract's order.
    """

    threshold: int
    width: int
    complements: ComplementRule
    all_failed: AllFailedRule
    all_passed: AllPassedRule
    hidden_share_pct: int
    component_unknowns: int
    gauss_unknowns: int
    small_change_below: int
    people_changed_at_least: int
    tables: tuple[TablePlan, ...]
    grains: tuple[tuple[str, Grain], ...]
    stage_weights: tuple[tuple[Stage, int], ...]
    rules: tuple[Rule, ...]

    def grain(self, dimension: str) -> Grain:
        """Give the grain at which a dimension is printed."""
        return dict(self.grains)[dimension]

    def weight(self, table: TablePlan, stage: Stage) -> int:
        """Give how much readers miss one cell of a table at a stage; always 1 or more."""
        return table.weight * dict(self.stage_weights)[stage]


def load_policy(path: Path) -> Policy:
    """Read the policy from a TOML file. Raises PolicyError with the file's name and what to mend."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PolicyError(f"{path.name}: cannot be read: {error.strerror}") from None
    try:
        return parse_policy(text)
    except PolicyError as error:
        raise PolicyError(f"{path.name}: {error}") from None


def parse_policy(text: str) -> Policy:
    """Read the policy from TOML text. Raises PolicyError; nothing has a silent default."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"not TOML: {error}") from None
    _expect_keys(document, {"protection", "limits", "releases", "plan", "weights", "rules"}, "the file")
    protection = _section(
        document,
        "protection",
        {"threshold", "width", "complements", "all_failed", "all_passed"},
    )
    limits = _section(document, "limits", {"hidden_share_pct", "component_unknowns", "gauss_unknowns"})
    releases = _section(document, "releases", {"small_change_below", "people_changed_at_least"})
    plan = _section(document, "plan", {"grain", "tables"})
    return Policy(
        threshold=_whole(protection, "threshold", least=2),
        width=_whole(protection, "width", least=1),
        complements=_choice(protection, "complements", get_args(ComplementRule)),
        all_failed=_choice(protection, "all_failed", get_args(AllFailedRule)),
        all_passed=_choice(protection, "all_passed", get_args(AllPassedRule)),
        hidden_share_pct=_whole(limits, "hidden_share_pct", least=0),
        component_unknowns=_whole(limits, "component_unknowns", least=1),
        gauss_unknowns=_whole(limits, "gauss_unknowns", least=0),
        small_change_below=_whole(releases, "small_change_below", least=1),
        people_changed_at_least=_whole(releases, "people_changed_at_least", least=0),
        tables=parse_tables(plan["tables"]),
        grains=_grains(_section(plan, "grain", set(DIMENSIONS))),
        stage_weights=_stage_weights(_section(document, "weights", set(STAGES))),
        rules=tuple(_rule(entry, place=f"rules[{index}]") for index, entry in enumerate(document["rules"], start=1)),
    )


def parse_tables(entries: object) -> tuple[TablePlan, ...]:
    """Read a table plan, from the policy or from an officer's config; the first table is the batch total.

    Raises PolicyError where a name or a set of dimensions comes twice, where stages or dimensions are unknown or out
    of the contract's order, and where a detail table shows a stage whose total no headline table prints.
    """
    if not isinstance(entries, list) or not entries:
        raise PolicyError("plan.tables: at least one table is needed")
    tables = tuple(_table(entry, place=f"plan.tables[{index}]") for index, entry in enumerate(entries, start=1))
    if tables[0].dimensions or not tables[0].is_headline:
        raise PolicyError("plan.tables[1]: the first table must be the headline total of each batch (no dimensions)")
    for what in ("name", "dimensions"):
        seen = [getattr(table, what) for table in tables]
        if len(set(seen)) != len(seen):
            raise PolicyError(f"plan.tables: two tables have the same {what}")
    for table in tables[1:]:
        if missing := sorted(set(table.stages) - set(tables[0].stages)):
            raise PolicyError(f"plan.tables: {table.name}: the batch total does not print {', '.join(missing)}")
    return tables


def _table(entry: object, *, place: str) -> TablePlan:
    """Read one table of the plan; ``headline`` may be left out (false)."""
    if not isinstance(entry, dict):
        raise PolicyError(f"{place}: a table is needed")
    _expect_keys({"headline": False, **entry}, {"name", "dimensions", "stages", "headline", "weight"}, place)
    table = TablePlan(
        name=str(entry["name"]),
        dimensions=_codes(entry, "dimensions", DIMENSIONS, place),
        stages=_codes(entry, "stages", STAGES, place),
        is_headline=bool(entry.get("headline", False)),
        weight=_whole(entry, "weight", least=1),
    )
    if not table.stages:
        raise PolicyError(f"{place}: stages: at least one stage is needed")
    return table


def _codes(entry: Mapping[str, Any], key: str, allowed: tuple[Any, ...], place: str) -> tuple[Any, ...]:
    """Give a list of codes as a tuple in the contract's order; each at most once."""
    values = entry[key]
    if not isinstance(values, list) or any(value not in allowed for value in values):
        raise PolicyError(f"{place}: {key}: only {', '.join(allowed)}")
    ordered = tuple(code for code in allowed if code in values)
    if list(ordered) != values:
        raise PolicyError(f"{place}: {key}: each code once, in this order: {', '.join(ordered)}")
    return ordered


def _grains(section: Mapping[str, Any]) -> tuple[tuple[str, Grain], ...]:
    """Give the grain of each dimension, in the contract's order."""
    return tuple((dimension, _choice(section, dimension, get_args(Grain))) for dimension in DIMENSIONS)


def _stage_weights(section: Mapping[str, Any]) -> tuple[tuple[Stage, int], ...]:
    """Give the weight of each stage, in the funnel's order."""
    return tuple((stage, _whole(section, stage, least=1)) for stage in STAGES)


def _rule(entry: object, *, place: str) -> Rule:
    """Read one rule in words."""
    if not isinstance(entry, dict):
        raise PolicyError(f"{place}: a table is needed")
    _expect_keys(entry, {"id", "text_id", "text_en", "source"}, place)
    if not all(isinstance(value, str) and value for value in entry.values()):
        raise PolicyError(f"{place}: every text must be filled in")
    return Rule(id=entry["id"], text=Label(entry["text_id"], entry["text_en"]), source=entry["source"])


def _section(document: Mapping[str, Any], name: str, keys: set[str]) -> Mapping[str, Any]:
    """Give one section that holds exactly these keys."""
    section = document[name]
    if not isinstance(section, dict):
        raise PolicyError(f"{name}: a table is needed")
    _expect_keys(section, keys, name)
    return section


def _expect_keys(found: Mapping[str, Any], wanted: set[str], place: str) -> None:
    """Raise PolicyError unless exactly the wanted keys are there."""
    if unknown := sorted(set(found) - wanted):
        raise PolicyError(f"{place}: unknown key {', '.join(unknown)}; known are {', '.join(sorted(wanted))}")
    if missing := sorted(wanted - set(found)):
        raise PolicyError(f"{place}: missing key {', '.join(missing)}")


def _whole(section: Mapping[str, Any], key: str, *, least: int) -> int:
    """Give a whole number of at least ``least``."""
    value = section[key]
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise PolicyError(f"{key}: a whole number of {least} or more is needed")
    return value


def _choice(section: Mapping[str, Any], key: str, allowed: tuple[Any, ...]) -> Any:
    """Give one of a closed set of words."""
    if section[key] not in allowed:
        raise PolicyError(f"{key}: one of {', '.join(allowed)} is needed")
    return section[key]


def policy_text(policy: Policy) -> str:
    """Give the policy as TOML text that ``parse_policy`` reads back to the same value."""
    lines = ["[protection]"]
    for key in ("threshold", "width", "complements", "all_failed", "all_passed"):
        lines.append(f"{key} = {_toml(getattr(policy, key))}")
    lines += ["", "[limits]"]
    lines += [f"{key} = {getattr(policy, key)}" for key in ("hidden_share_pct", "component_unknowns", "gauss_unknowns")]
    lines += ["", "[releases]"]
    lines += [f"{key} = {getattr(policy, key)}" for key in ("small_change_below", "people_changed_at_least")]
    lines += ["", "[plan.grain]", *(f"{dimension} = {_toml(grain)}" for dimension, grain in policy.grains)]
    for table in policy.tables:
        lines += ["", "[[plan.tables]]", f"name = {_toml(table.name)}", f"dimensions = {_toml(table.dimensions)}"]
        lines += [
            f"stages = {_toml(table.stages)}",
            f"headline = {_toml(table.is_headline)}",
            f"weight = {table.weight}",
        ]
    lines += ["", "[weights]", *(f"{stage} = {weight}" for stage, weight in policy.stage_weights)]
    for rule in policy.rules:
        lines += ["", "[[rules]]", f"id = {_toml(rule.id)}", f"text_id = {_toml(rule.text.id)}"]
        lines += [f"text_en = {_toml(rule.text.en)}", f"source = {_toml(rule.source)}"]
    return "\n".join(lines) + "\n"


def _toml(value: str | int | bool | tuple[str, ...]) -> str:
    """Give a text, a number, a truth or a list of texts as TOML; JSON's form of each is TOML's."""
    return json.dumps(value, ensure_ascii=False)
