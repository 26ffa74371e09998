"""The disclosure policy as a frozen value: what may be printed, and the rules it rests on.

``load_policy`` opens the file, ``parse_policy`` thinks. Both the private wing, which obeys the policy, and the
public build, which checks it, read the same value. A key nobody knows is an error: a misspelt rule must not pass
for an absent one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic.dataclasses import dataclass as strict_dataclass

from kompeten.ground import strict
from kompeten.ground.findings import Label
from kompeten.ground.refusal import Refused
from kompeten.ground.strict import EXACT, Flag, Natural, Positive, Strict, Text, reject
from kompeten.ground.vocabulary import DIMENSION, DIMENSIONS, STAGES, Grain, Stage
from kompeten.ground.wording import worded

ComplementRule = Literal["detail", "none"]
AllFailedRule = Literal["any_size", "none"]


class PolicyError(Refused):
    """The policy file cannot be obeyed: an unknown key, a missing one, or a value outside its range."""


def _in_order_of(allowed: tuple[str, ...]) -> AfterValidator:
    """Refuse codes that are unknown, come twice, or stand out of the contract's order."""

    def judged(values: tuple[str, ...]) -> tuple[str, ...]:
        if set(values) - set(allowed):
            reject(worded("only-these", value=", ".join(allowed)))
        ordered = tuple(code for code in allowed if code in values)
        if ordered != values:
            reject(worded("codes-in-order", listed=", ".join(ordered)))
        return values

    return AfterValidator(judged)


@strict_dataclass(frozen=True, slots=True, kw_only=True, config=EXACT)
class Rule:
    """One rule in words, for readers, with the source it rests on."""

    id: Text
    text_id: Text
    text_en: Text
    source: Text

    @property
    def text(self) -> Label:
        """Give the rule in both languages."""
        return Label(self.text_id, self.text_en)


@strict_dataclass(frozen=True, slots=True, kw_only=True, config=EXACT)
class TablePlan:
    """One published table of every batch: its dimensions (none for the batch total) and its stages, in order.

    ``weight`` says how much readers miss one of its cells; ``is_headline`` (in the file ``headline``, no where it is
    left out) exempts it from the complement rule. ``optional`` names the stages that the door leaves out where the
    whole plan would hide more than the policy aims at.
    """

    name: Text
    dimensions: Annotated[tuple[str, ...], _in_order_of(DIMENSIONS)]
    stages: Annotated[tuple[Stage, ...], Field(min_length=1), _in_order_of(STAGES)]
    is_headline: Flag = Field(default=False, validation_alias="headline")
    weight: Positive
    optional: Annotated[tuple[Stage, ...], _in_order_of(STAGES)] = ()


def _planned(tables: tuple[TablePlan, ...]) -> tuple[TablePlan, ...]:
    """Refuse a plan whose tables cannot stand side by side; the first is the batch total."""
    if tables[0].dimensions or not tables[0].is_headline or tables[0].optional:
        reject(worded("first-table"))
    if len({table.name for table in tables}) < len(tables):
        reject(worded("tables-same-name"))
    if len({table.dimensions for table in tables}) < len(tables):
        reject(worded("tables-same-dimensions"))
    for table in tables[1:]:
        if missing := ", ".join(sorted(set(table.stages) - set(tables[0].stages))):
            reject(worded("total-lacks-stage", table=table.name, missing=missing))
    return tables


Tables = Annotated[tuple[TablePlan, ...], Field(min_length=1), AfterValidator(_planned)]
"""A table plan, of the policy or of an officer: a detail table shows only stages whose total the first one prints."""


class _Protection(Strict):
    threshold: Annotated[int, Field(ge=2)]
    width: Positive
    complements: ComplementRule
    all_failed: AllFailedRule


class _Limits(Strict):
    hidden_share_pct: Annotated[Natural, Field(le=100)]
    hidden_aim_pct: Annotated[Natural, Field(le=100)]
    component_unknowns: Positive


class _Releases(Strict):
    small_change_below: Positive
    people_changed_at_least: Natural


class _Plan(Strict):
    grain: dict[Literal[DIMENSIONS], Grain]  # type: ignore[valid-type]
    tables: Tables


def _every_stage(weights: dict[Stage, int]) -> dict[Stage, int]:
    if missing := ", ".join(stage for stage in STAGES if stage not in weights):
        reject(worded("missing-keys", missing=missing))
    return weights


class _File(Strict):
    """The file as it is written."""

    protection: _Protection
    limits: _Limits
    releases: _Releases
    plan: _Plan
    weights: Annotated[dict[Stage, Positive], AfterValidator(_every_stage)]
    rules: tuple[Rule, ...]


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
    hidden_share_pct: int
    hidden_aim_pct: int
    component_unknowns: int
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
    return parse_policy(strict.text_of(path, PolicyError), path.name)


def parse_policy(text: str, name: str = "policy.toml") -> Policy:
    """Read the policy from TOML text. Raises PolicyError. A dimension without a grain has that of the vocabulary."""
    file = strict.parse(_File, text, name, PolicyError)
    grains: dict[str, Grain] = {name: file.plan.grain.get(name, DIMENSION[name].grain) for name in DIMENSIONS}
    return Policy(
        **dict(file.protection),
        **dict(file.limits),
        **dict(file.releases),
        tables=file.plan.tables,
        grains=tuple(grains.items()),
        stage_weights=tuple((stage, file.weights[stage]) for stage in STAGES),
        rules=file.rules,
    )


def policy_text(policy: Policy) -> str:
    """Give the policy as TOML text that ``parse_policy`` reads back to the same value."""
    lines: list[str] = []
    for name, section in (("protection", _Protection), ("limits", _Limits), ("releases", _Releases)):
        lines += [f"[{name}]", *(f"{key} = {_toml(getattr(policy, key))}" for key in section.model_fields), ""]
    lines += ["[plan.grain]", *(f"{dimension} = {_toml(grain)}" for dimension, grain in policy.grains)]
    for table in policy.tables:
        own = {each.name.removeprefix("is_"): getattr(table, each.name) for each in fields(table)}
        lines += ["", "[[plan.tables]]", *(f"{key} = {_toml(value)}" for key, value in own.items())]
    lines += ["", "[weights]", *(f"{stage} = {weight}" for stage, weight in policy.stage_weights)]
    for rule in policy.rules:
        lines += ["", "[[rules]]", *(f"{key} = {_toml(value)}" for key, value in asdict(rule).items())]
    return "\n".join(lines) + "\n"


FLOOR: Mapping[str, object] = {
    "threshold": 5,
    "width": 4,
    "complements": "detail",
    "all_failed": "any_size",
    "small_change_below": 5,
    "people_changed_at_least": 10,
}
"""The least that a policy may ask for, whatever its file says: who weakens the file must change this line too."""

AT_MOST = ("hidden_share_pct", "component_unknowns")
"""Limits that are weaker where they are larger."""


def weakened(own: Policy, standing: Policy) -> tuple[str, ...]:
    """Give the rules in which a policy asks for less than the one that stands, or than FLOOR; by name.

    A word ("none") is weaker than the other. A table is weaker where it is a headline that the standing plan has not.
    """
    # Against both: the standing policy may itself have been weakened in the same change.
    found = [name for name, least in FLOOR.items() if _is_less(getattr(own, name), least)]
    found += [name for name in FLOOR if _is_less(getattr(own, name), getattr(standing, name))]
    found += [name for name in AT_MOST if getattr(own, name) > getattr(standing, name)]
    headlines = {table.dimensions for table in standing.tables if table.is_headline}
    found += [f"plan.tables: {t.name}" for t in own.tables if t.is_headline and t.dimensions not in headlines]
    return tuple(dict.fromkeys(found))


def _is_less(own: object, other: object) -> bool:
    """Tell whether a rule asks for less than another: a smaller number, or "none" in place of a rule."""
    if isinstance(own, int) and isinstance(other, int):
        return own < other
    return own == "none" != other


def _toml(value: str | int | bool | tuple[str, ...]) -> str:
    """Give a text, a number, a truth or a list of texts as TOML; JSON's form of each is TOML's."""
    return json.dumps(value, ensure_ascii=False)
