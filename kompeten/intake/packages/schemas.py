"""Whether a resource's schema has the form that the judge can work with.

The schemas of record are the repository's own, but a proposed change may break them too; then the change is told, and
nothing falls over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kompeten.intake.packages.values import fields_of

TYPES = ("string", "integer", "number", "boolean")


def is_well_formed(resource: Mapping[str, object]) -> bool:
    """Tell whether a resource has a schema of named fields with types, constraints and keys of the right kinds."""
    schema = resource.get("schema")
    if not isinstance(schema, dict) or not isinstance(schema.get("fields"), list):
        return False
    fields = fields_of(resource)
    names = [field["name"] for field in fields]
    return (
        0 < len(fields) == len(schema["fields"]) == len(set(names))
        and all(_is_field(field) for field in fields)
        and ("primaryKey" not in schema or _is_names(schema["primaryKey"], names))
        and _is_texts(schema.get("missingValues", [""]))
        and all(_is_key(key, names) for key in _listed(schema.get("foreignKeys", [])))
        and all(_is_key(key, names) for key in _listed(schema.get("foreignKeysAcross", [])))
    )


def _is_field(field: Mapping[str, object]) -> bool:
    """Tell whether a field has a known type and constraints with values of the right kinds."""
    constraints = field.get("constraints", {})
    return (
        field.get("type") in TYPES
        and all(_is_texts(field.get(name, [""])) for name in ("trueValues", "falseValues"))
        and isinstance(constraints, dict)
        and all(CONSTRAINTS[name](value) for name, value in constraints.items() if name in CONSTRAINTS)
    )


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_limit(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_pattern(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(re.compile(value))
    except (re.error, OverflowError, RecursionError):
        return False


CONSTRAINTS: Mapping[str, Callable[[object], bool]] = {
    "required": _is_truth,
    "unique": _is_truth,
    "pattern": _is_pattern,
    "enum": _is_texts,
    "minimum": _is_limit,
    "maximum": _is_limit,
    "exclusiveMinimum": _is_limit,
    "exclusiveMaximum": _is_limit,
    "minLength": _is_count,
    "maxLength": _is_count,
}
"""The constraints that our schemas may use, and what each may hold; others are told by the descriptor's own check."""


def _is_names(value: object, known: list[object]) -> bool:
    """Tell whether a value is a list of known names, at least one."""
    return isinstance(value, list) and bool(value) and all(each in known for each in value)


def _listed(value: object) -> list[object]:
    """Give a list as it is; anything else as a list of one thing that is no key."""
    return value if isinstance(value, list) else [None]


def _is_key(key: object, known: list[object]) -> bool:
    """Tell whether a foreign key names one field and one field of another table."""
    if not isinstance(key, dict) or not isinstance(key.get("reference"), dict):
        return False
    there = key["reference"].get("fields")
    return (
        _is_names(key.get("fields"), known)
        and isinstance(key["reference"].get("resource"), str)
        and _is_texts(there)
        and len(there) == len(key["fields"]) == 1
    )
