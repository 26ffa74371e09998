"""Whether a resource's schema has the form that the judge can work with.

The schemas of record are the repository's own, but a proposed change may break them too; then the change is told, and
nothing falls over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

Texts = Annotated[list[str], Field(min_length=1)]
One = Annotated[list[str], Field(min_length=1, max_length=1)]


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        raise ValueError("no pattern") from None
    return text


class _Form(BaseModel):
    """What is not named here is told by the descriptor's own check."""

    model_config = ConfigDict(strict=True)


class _Constraints(_Form):
    required: bool = False
    unique: bool = False
    pattern: Annotated[str, AfterValidator(_pattern)] = ""
    enum: Texts = [""]
    minimum: int = 0
    maximum: int = 0
    exclusiveMinimum: int = 0
    exclusiveMaximum: int = 0
    minLength: NonNegativeInt = 0
    maxLength: NonNegativeInt = 0


CONSTRAINTS = tuple(_Constraints.model_fields)
"""The constraints that our schemas may use."""


class _Field(_Form):
    name: str
    type: Literal["string", "integer", "number", "boolean"]
    trueValues: Texts = [""]
    falseValues: Texts = [""]
    constraints: _Constraints = _Constraints()


class _Reference(_Form):
    resource: str
    fields: One


class _Key(_Form):
    fields: One
    reference: _Reference


class _Schema(_Form):
    fields: Annotated[list[_Field], Field(min_length=1)]
    primaryKey: Texts = []
    missingValues: Texts = [""]
    foreignKeys: list[_Key] = []
    foreignKeysAcross: list[_Key] = []


def is_well_formed(resource: Mapping[str, object]) -> bool:
    """Tell whether a resource has a schema of named fields with types, constraints and keys of the right kinds."""
    try:
        schema = _Schema.model_validate(resource.get("schema"))
    except ValidationError:
        return False
    names = [field.name for field in schema.fields]
    keys = [*schema.primaryKey, *(key.fields[0] for key in (*schema.foreignKeys, *schema.foreignKeysAcross))]
    return len(set(names)) == len(names) and {*keys} <= {*names}
