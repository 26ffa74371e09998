"""One Data Package (version 2) of all tables, with keys between them that any reader can check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kompeten.api.catalogue import Imprint
from kompeten.api.openapi import LICENCES
from kompeten.downloads.columns import Column
from kompeten.downloads.tables import CODELIST, FOLDER, Table
from kompeten.downloads.texts import Descriptors, Field, column_texts
from kompeten.model import CODE_LISTS, Compilation

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NAME = "kaltim-kompeten"
LICENCE_TITLES: Mapping[str, str] = {"CC-BY-4.0": "Creative Commons Attribution 4.0 International"}

FOREIGN: Mapping[str, tuple[str, str]] = {
    "programme_id": ("programmes", "programme_id"),
    "batch_id": ("batches", "batch_id"),
    "target_id": ("targets", "target_id"),
    "source_id": ("sources", "source_id"),
    "preferred_source_id": ("sources", "source_id"),
    "measure_id": ("measures", "measure_id"),
    **{
        column: (CODELIST + name, "code")
        for column, name in {
            **CODE_LISTS,
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
    **{
        f"{CODELIST}{name}.parent_code": ("", "code")
        for name in ("regions", "qualification_levels", "classifications", "age_bands")
    },
}
"""Keys that hold in one table only; "" is the table itself, in the form that old and new readers take."""


def descriptor(
    tables: Sequence[Table],
    files: Mapping[str, bytes],
    compilation: Compilation,
    imprint: Imprint,
    descriptors: Descriptors,
) -> dict[str, Any]:
    """Describe every table and its twins in other forms, with bytes and hash of each file.

    files: path below the root of the site to content; the twins of a table are those with its path but for the ending.
    """
    release = next(row for row in compilation.releases if row.id == imprint.release)
    main = descriptors["outcomes"]
    return {
        "$schema": PROFILE,
        "name": NAME,
        "id": f"{imprint.base_url}{FOLDER}datapackage.json",
        "title": f"Kaltim Kompeten, rilis {release.id}" + (" (DATA SINTETIS)" if imprint.synthetic else ""),
        "title_en": f"Kaltim Kompeten, release {release.id}" + (" (SYNTHETIC DATA)" if imprint.synthetic else ""),
        "description": main["description"],
        "description_en": main["description_en"],
        "homepage": imprint.base_url,
        "version": release.id,
        "created": f"{release.released_on}T00:00:00Z",
        "synthetic": imprint.synthetic,
        "keywords": list(main["keywords"]),
        "licenses": [_licence(imprint)],
        "contributors": [dict(one) for one in main["contributors"]],
        "sources": [_source(source) for source in compilation.sources.values()],
        "resources": [resource for table in tables for resource in _resources(table, files, imprint, descriptors)],
    }


def _licence(imprint: Imprint) -> dict[str, str]:
    return {
        "name": imprint.licence,
        "path": LICENCES[imprint.licence],
        "title": LICENCE_TITLES[imprint.licence],
    }


def _source(source: Any) -> dict[str, str]:
    return {"title": source.title.id, **({"path": source.url} if source.url else {})}


def _resources(
    table: Table, files: Mapping[str, bytes], imprint: Imprint, descriptors: Descriptors
) -> Iterator[dict[str, Any]]:
    """Describe one table: its comma file, and the same in other forms, which need readers of their own."""
    plan, texts = table.plan, column_texts(table, descriptors)
    yield {
        **_file(plan.name, plan.path, files[plan.path], "csv", "text/csv"),
        **_titles(table, ""),
        "type": "table",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "licenses": [_licence(imprint)],
        "schema": schema(table, texts, keys=True),
    }


def _titles(table: Table, addition: str) -> dict[str, str]:
    plan = table.plan
    return {
        "title": plan.title.id + addition,
        "title_en": plan.title.en + addition,
        "description": plan.description.id,
        "description_en": plan.description.en,
    }


def _file(name: str, path: str, content: bytes, form: str, media_type: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": path.removeprefix(FOLDER),
        "format": form,
        "mediatype": media_type,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def schema(table: Table, texts: Mapping[str, Field], *, keys: bool) -> dict[str, Any]:
    """Give the Table Schema of a table. keys: with its primary and foreign keys."""
    fields = [_field(column, texts[column.name]) for column in table.columns]
    body: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if keys:
        body["primaryKey"] = list(table.plan.key)
        body["foreignKeys"] = [
            {"fields": [column.name], "reference": {"resource": resource, "fields": [field]}}
            for column in table.columns
            for resource, field in _foreign(table, column)
        ]
    return body


def _field(column: Column, texts: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    field: dict[str, Any] = {"name": column.name, "type": column.kind, **texts}
    if column.kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    return {**field, **({"constraints": constraints} if constraints else {})}


def _foreign(table: Table, column: Column) -> Iterator[tuple[str, str]]:
    name = table.plan.name
    found = OWN_TREES.get(f"{name}.{column.name}") or FOREIGN.get(column.base)
    if found and found != (name, column.base) and not column.is_list:
        yield found
