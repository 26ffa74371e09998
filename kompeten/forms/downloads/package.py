"""One Data Package (version 2) of all tables, with keys between them that any reader can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kompeten.api.edition import Edition
from kompeten.api.openapi import LICENCES
from kompeten.forms.downloads.columns import Column
from kompeten.forms.downloads.inventory import media_type
from kompeten.forms.downloads.tables import CODELIST, FOLDER, Table
from kompeten.forms.downloads.texts import Field
from kompeten.ground.tree import sha256_of
from kompeten.ground.vocabulary import CODE_LISTS, DIMENSION, PROFILE, table_forms

NAME = "kaltim-kompeten"
DIALECT: Mapping[str, Any] = {"lineTerminator": "\n", "header": True}
LICENCE_TITLES: Mapping[str, str] = {"CC-BY-4.0": "Creative Commons Attribution 4.0 International"}

FOREIGN: Mapping[str, tuple[str, str]] = {
    "programme_id": ("programmes", "programme_id"),
    "batch_id": ("batches", "batch_id"),
    "target_id": ("targets", "target_id"),
    "source_id": ("sources", "source_id"),
    "preferred_source_id": ("sources", "source_id"),
    "population_source_id": ("sources", "source_id"),
    "measure_id": ("measures", "measure_id"),
    **{
        column: (CODELIST + name, "code")
        for column, name in {
            **{each.name: each.codes.name for each in DIMENSION.values()},
            "stage": "stages",
            "status": "statuses",
            "precision": "precisions",
            "unit": "units",
            "measure": "context_measures",
            "training_mode": "training_modes",
        }.items()
    },
}
"""Column to the table and column that hold its codes, wherever the column stands."""

OWN_TREES: Mapping[str, tuple[str, str]] = {
    "codelist-positions.parent_code": ("codelist-classifications", "code"),
    "codelist-stages.bounded_by": ("", "code"),
    "regions.parent_code": ("codelist-regions", "code"),
    **{f"{CODELIST}{each.name}.parent_code": ("", "code") for each in CODE_LISTS if each.is_nested},
}
"""Keys that hold in one table only; "" is the table itself, in the form that old and new readers take."""


def descriptor(
    tables: Sequence[Table], files: Mapping[str, bytes], edition: Edition, texts: Mapping[str, Mapping[str, Field]]
) -> dict[str, Any]:
    """Describe every table and its twins in other forms, with bytes and hash of each file.

    files: path below the root of the site to content; the twins of a table are those with its path but for the ending.
    texts: what each column is called and means, by table and column.
    """
    release, imprint, main = edition.release, edition.imprint, edition.descriptors["outcomes"]
    return {
        "$schema": PROFILE,
        "name": NAME,
        "id": f"{imprint.base_url}{FOLDER}datapackage.json",
        "title": f"Kaltim Kompeten, rilis {release.id}" + (" (DATA SINTETIS)" if imprint.synthetic else ""),
        "title_en": f"Kaltim Kompeten, release {release.id}" + (" (SYNTHETIC DATA)" if imprint.synthetic else ""),
        "description": main["description"],
        "description_en": main.get("description_en", main["description"]),
        "homepage": imprint.base_url,
        "version": release.id,
        "created": f"{release.released_on}T00:00:00Z",
        "synthetic": imprint.synthetic,
        "keywords": list(main.get("keywords", [])),
        "licenses": [_licence(imprint.licence)],
        "contributors": [dict(one) for one in main.get("contributors", [])],
        "sources": [
            {"title": source.title.id, **({"path": source.url} if source.url else {})}
            for source in edition.compilation.sources.values()
        ],
        "resources": [_resource(table, files, edition, texts[table.plan.name]) for table in tables],
    }


def _licence(code: str) -> dict[str, str]:
    return {"name": code, "path": LICENCES[code], "title": LICENCE_TITLES[code]}


def _resource(table: Table, files: Mapping[str, bytes], edition: Edition, texts: Mapping[str, Field]) -> dict[str, Any]:
    """Describe one table.

    Its twins stand in the custom property ``alternates``, not among the resources: a reader without Excel or Parquet
    would fail on the whole package, and the profile of version 2 knows no type of resource but the table.
    """
    plan = table.plan
    twins = [path for path in table_forms(plan.path)[1:] if path in files]
    return {
        "name": plan.name,
        "type": "table",
        **_file(plan.path, files[plan.path]),
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", **DIALECT},
        "title": plan.title.id,
        "title_en": plan.title.en,
        "description": plan.description.id,
        "description_en": plan.description.en,
        "licenses": [_licence(edition.imprint.licence)],
        "schema": schema(table, texts),
        "alternates": [_file(path, files[path]) for path in twins],
    }


def _file(path: str, content: bytes) -> dict[str, Any]:
    return {
        "path": path.removeprefix(FOLDER),
        "format": path.rsplit(".", 1)[-1],
        "mediatype": media_type(path),
        "bytes": len(content),
        "hash": f"sha256:{sha256_of(content)}",
    }


def schema(table: Table, texts: Mapping[str, Field]) -> dict[str, Any]:
    """Give the Table Schema of a table; its profile allows no empty list of keys."""
    keys = [
        {"fields": [column], "reference": {"resource": resource, "fields": [field]}}
        for column, resource, field in foreign_keys(table)
    ]
    return {
        "fields": [_field(column, texts[column.name]) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.plan.key),
        **({"foreignKeys": keys} if keys else {}),
    }


def foreign_keys(table: Table) -> tuple[tuple[str, str, str], ...]:
    """Give the keys of a table into others: column, table ("" for itself) and the column there."""
    name, keys = table.plan.name, []
    for column in table.columns:
        held = OWN_TREES.get(f"{name}.{column.name}") or FOREIGN.get(column.base)
        if held and not column.is_list and held != (name, column.base):
            keys.append((column.name, *held))
    return tuple(keys)


def _field(column: Column, texts: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    field: dict[str, Any] = {"name": column.name, "type": column.kind, **texts}
    if column.system:
        field["prefix"] = column.system
    if column.kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    return {**field, **({"constraints": constraints} if constraints else {})}
