"""Columns that came after packages had been made without them: such a package is read as if it had them, empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kompeten.ground.coded import Coded
from kompeten.intake.packages.values import Package, Packages, Table, fields_of

LATER: Mapping[str, tuple[str, ...]] = {"observations": ("unit",)}
"""Resource to the columns, last in its schema of record, that a package may lack."""


def brought_up(packages: Packages, record: Packages) -> Packages:
    """Give a data folder with the later columns of the schemas of record; whatever else it lacks stays lacking."""
    wanted = {str(own["name"]): own for package in record.packages for own in package.resources()}
    return replace(packages, packages=tuple(_package(package, wanted) for package in packages.packages))


def _package(package: Package, wanted: Mapping[str, Any]) -> Package:
    resources = package.descriptor.get("resources")
    if not isinstance(resources, list) or not any(own["name"] in LATER.keys() & wanted for own in package.resources()):
        return package
    described = [_described(own, wanted) if own in package.resources() else own for own in resources]
    tables = tuple(_filled(table, wanted) for table in package.tables)
    return replace(package, tables=tables, descriptor={**package.descriptor, "resources": described})


def _lacks(name: str, columns: tuple[str, ...], wanted: Mapping[str, Any]) -> bool:
    """Tell whether columns are those of record but for the later ones."""
    return name in LATER.keys() & wanted and (*columns, *LATER[name]) == _columns(wanted[name])


def _columns(resource: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(own["name"]) for own in fields_of(resource))


def _filled(table: Table, wanted: Mapping[str, Any]) -> Table:
    if not _lacks(table.name, table.header, wanted):
        return table
    later, width = LATER[table.name], len(table.header)
    if isinstance(table.rows, Coded):
        return replace(table, header=(*table.header, *later), rows=table.rows.widened("", len(later)))
    rows = tuple((*row, *("" for _ in later)) if len(row) == width else row for row in table.rows)
    return replace(table, header=(*table.header, *later), rows=rows)


def _described(resource: dict[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Give a resource with the later fields and their keys, as they are of record."""
    name = resource["name"]
    if not _lacks(name, _columns(resource), wanted):
        return resource
    schema, record, later = resource["schema"], wanted[name]["schema"], set(LATER[name])
    fields = [own for own in record["fields"] if own["name"] in later]
    keys = [key for key in record.get("foreignKeysAcross", ()) if later.issuperset(key["fields"])]
    across = [*schema.get("foreignKeysAcross", ()), *keys]
    return {**resource, "schema": {**schema, "fields": [*schema["fields"], *fields], "foreignKeysAcross": across}}
