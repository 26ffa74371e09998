"""The shapes of the API as flat tables: a text becomes two columns, an object its fields, a list one cell.

``note`` becomes ``note_id`` and ``note_en``; ``participants.value`` becomes ``participants_value``. Types, nulls and
closed sets come from the shapes, so that a table cannot say anything else than the document it is taken from.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from kompeten.api import shapes

Kind = Literal["string", "integer", "number", "boolean"]
Cell = str | int | bool | Decimal | None
Steps = tuple[str, ...]

SEPARATOR = " "
"""Between the ids of a list in one cell; no id holds a blank."""
OF_NAMES = "; "
"""Between the names of a list in one cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. steps: the way to its value from the item of a document. group: the object it is part of, or "".

    base: the name without its group. choices: every value it may have, where the shape is closed. description: in
    English, from the shape. system: what CSV files write before its codes, "" where it holds none of regions.
    """

    name: str
    base: str
    group: str
    steps: Steps
    kind: Kind
    required: bool
    choices: tuple[str, ...]
    description: str
    is_list: bool = False
    system: str = ""


def columns_of(
    shape: type[shapes.Shape],
    *,
    leave_out: Sequence[str] = (),
    group: str = "",
    steps: Steps = (),
    required: bool = True,
) -> Iterator[Column]:
    """Give the columns of a shape, in its order. leave_out: fields of the outer shape that are tables of their own."""
    for name, field in shape.model_fields.items():
        if name in leave_out:
            continue
        annotation, is_needed = without_none(field.annotation)
        own = name if not group or name.startswith(f"{group}_") else f"{group}_{name}"
        needed = required and is_needed
        way = (*steps, name)
        if annotation is shapes.Text:
            for language, word in (("id", "in Indonesian"), ("en", "in English")):
                text = f"{field.description} ({word})"
                yield _column(f"{own}_{language}", f"{name}_{language}", group, (*way, language), str, False, text)
        elif isinstance(annotation, type) and issubclass(annotation, shapes.Shape):
            yield from columns_of(annotation, group=own, steps=way, required=needed)
        else:
            yield _column(own, name, group, way, annotation, needed, field.description or "")


def _column(
    name: str, base: str, group: str, steps: Steps, annotation: Any, required: bool, description: str
) -> Column:
    origin = typing.get_origin(annotation)
    return Column(
        name=name,
        base=base,
        group=group,
        steps=steps,
        kind="string" if origin is not None else KINDS[annotation],
        required=required and origin is not tuple,
        choices=typing.get_args(annotation) if origin is Literal else (),
        description=description,
        is_list=origin is tuple,
    )


KINDS: Mapping[Any, Kind] = {str: "string", int: "integer", Decimal: "number", bool: "boolean"}


def without_none(annotation: Any) -> tuple[Any, bool]:
    """Give a type without its None and its notes, and whether it had no None."""
    parts = typing.get_args(annotation) if typing.get_origin(annotation) in (typing.Union, types.UnionType) else ()
    kept = [part for part in parts if part is not types.NoneType] or [annotation]
    bare = kept[0]
    while typing.get_origin(bare) is typing.Annotated:
        bare = typing.get_args(bare)[0]
    return bare, types.NoneType not in parts


def cell(item: Any, column: Column) -> Cell:
    """Give the value of one column: None where it, or an object on the way to it, is absent."""
    node = item
    for step in column.steps:
        if node is None:
            return None
        node = getattr(node, step)
    if column.is_list:
        return (OF_NAMES if column.base == "publishers" else SEPARATOR).join(node) or None
    found: Cell = node if node != "" else None
    return found
