"""What each column is called and means, in both languages: from the data packages, and here where those say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kompeten.forms.downloads.columns import Column
from kompeten.forms.downloads.tables import Table, TablePlan
from kompeten.ground.findings import Label
from kompeten.ground.vocabulary import BPS, KEMENDAGRI, of_system
from kompeten.ground.wording import load_translations, said

Descriptors = Mapping[str, Mapping[str, Any]]
"""Package name to its descriptor; the packages of record, so that every table of the site is among them."""

Field = Mapping[str, Any]

TITLED: Mapping[str, str] = {"target": "targets"}
"""Objects whose fields stand in columns of their own, and the resource that titles the same fields."""

EXAMPLES = {KEMENDAGRI: "64.02", BPS: "6403"}
"""The same place in both systems."""

KEPT = ("title", "title_en", "description", "description_en", "konsep", "ukuran", "satuan")
"""Properties of a field that a reader is shown; the last three after the data standard of Satu Data Indonesia."""

NEEDED = frozenset(KEPT[:4])
"""A field of a contributed package that lacks one of these is titled here, or at worst by its name."""


def record_fields(descriptors: Descriptors, resource: str) -> Mapping[str, Field]:
    """Give the fields of one resource of the data packages by name; none where there is no such resource."""
    for descriptor in descriptors.values():
        for found in descriptor["resources"]:
            if found["name"] == resource:
                return {field["name"]: field for field in found["schema"]["fields"]}
    return {}


def column_texts(table: Table, descriptors: Descriptors) -> Mapping[str, Field]:
    """Give title, title_en, description, description_en and the Satu Data properties of each column of a table."""
    return {column.name: _texts(table.plan, column, descriptors) for column in table.columns}


def _texts(plan: TablePlan, column: Column, descriptors: Descriptors) -> Field:
    titled = TITLED.get(column.group, "") if column.group else plan.record
    field = record_fields(descriptors, titled).get(column.base, {})
    if field.keys() >= NEEDED:
        own = {name: field[name] for name in KEPT if name in field}
    else:
        title = said("column").get(column.base, Label(column.name, column.name))
        own = {
            "title": title.id,
            "title_en": title.en,
            "description": _indonesian(column.description),
            "description_en": column.description,
        }
    if column.system:
        example = of_system(EXAMPLES[column.system], column.system)
        own["description"] = f"{own['description']} Dalam berkas CSV ditulis {example}."
        own["description_en"] = f"{own['description_en']} Written {example} in CSV files."
    if column.group:
        group = said("group")[column.group]
        own |= {"title": f"{group.id}: {own['title']}", "title_en": f"{group.en}: {own['title_en']}"}
    return own


def _indonesian(description: str) -> str:
    """Say in Indonesian what a shape says of a field; of one language of a text, what the text is."""
    known = load_translations()
    whole, _, language = description.rpartition(" (in ")
    return known.get(description) or f"{known[whole]} ({said('column')[f'in {language}'].id})"
