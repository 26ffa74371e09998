"""What keeps the data honest, before and after a proposal: schemas, the policy, workflows, programs. Pure.

Everything that changed is named; what asks for less than before is marked.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kompeten.ground.policy import Policy, weakened

Texts = Mapping[str, str]
"""Path below the root of the checkout or of the data folder to the text of the file."""

SCHEMA, WORKFLOW = "datapackage.json", ".github/"
WEAKER_ADDED = re.compile(
    r":\s*write\b|write-all|pull_request_target|workflow_run|continue-on-error|\|\|\s*true|persist-credentials:\s*true"
    r"|secrets\.|^\s*if:\s*false"
)
"""What a workflow gains only by asking less of others, or more for itself."""
WEAKER_REMOVED = re.compile(r"^\s*-?\s*(?:run|uses|permissions|contents|persist-credentials|timeout-minutes|needs|if):")
RULE = re.compile(r"/(?:constraints|type|format|primaryKey|foreignKeys\w*|missingValues)(?:/|$)|/fields/[^/]+/name$")
"""Places of a descriptor that ask something of the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """One thing that changed. what: where it is, with what stood there and what does now; words of no language."""

    file: str
    what: str
    is_weaker: bool


def guards(old: Texts, new: Texts, policies: tuple[Policy, Policy] | None) -> tuple[Guard, ...]:
    """Give every change of a guard. policies: before and after; None where one of them cannot be read."""
    return tuple(_guards(old, new, policies))


def _guards(old: Texts, new: Texts, policies: tuple[Policy, Policy] | None) -> Iterator[Guard]:
    for name in weakened(policies[1], policies[0]) if policies else ():
        yield Guard(file="policy.toml", what=name, is_weaker=True)
    for path in sorted({*old, *new}):
        before, after = old.get(path), new.get(path)
        if before == after:
            continue
        if before is None or after is None:
            yield Guard(file=path, what="+" if before is None else "−", is_weaker=after is None)
        elif path.endswith(SCHEMA):
            yield from _of_schema(path, before, after)
        elif path.startswith(WORKFLOW) or path.endswith("policy.toml"):
            yield from _of_lines(path, before, after)
        else:
            yield Guard(file=path, what="±", is_weaker=False)


def _of_lines(path: str, before: str, after: str) -> Iterator[Guard]:
    """Name every line that came or went."""
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""):
        if line.startswith(("---", "+++", "@@")) or not line[1:].strip():
            continue
        pattern = WEAKER_ADDED if line[0] == "+" else WEAKER_REMOVED
        is_weaker = path.startswith(WORKFLOW) and pattern.search(line[1:]) is not None
        yield Guard(file=path, what=f"{'+' if line[0] == '+' else '−'} {line[1:].strip()}", is_weaker=is_weaker)


def _of_schema(path: str, before: str, after: str) -> Iterator[Guard]:
    """Name everything in a schema that differs; a rule that is gone or reads otherwise may ask for less."""
    both = [dict(_rules("", _named(_parsed(text)))) for text in (before, after)]
    for place in sorted({*both[0], *both[1]}):
        old, new = both[0].get(place), both[1].get(place)
        if old != new:
            shown = " → ".join("–" if each is None else each for each in (old, new))
            is_weaker = old is not None and RULE.search(place) is not None
            yield Guard(file=path, what=f"{place.lstrip('/')}: {shown}", is_weaker=is_weaker)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {}


def _named(value: Any) -> Any:
    """Let resources and fields be found by their name, not by their place."""
    if isinstance(value, dict):
        return {key: _named(each) for key, each in value.items()}
    if isinstance(value, list) and value and all(isinstance(each, dict) and "name" in each for each in value):
        return {str(each["name"]): _named(each) for each in value}
    return value


def _rules(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Give every leaf of a descriptor with its place; lists without names are leaves."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _rules(f"{place}/{key}", each)
    else:
        yield place, json.dumps(value, ensure_ascii=False)
