"""What the reader gives: packages with their tables as text, and typed rows. Frozen values, nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain
from typing import Any

from pydantic import TypeAdapter

from kompeten.ground.coded import Coded
from kompeten.ground.findings import Finding

PACKAGES: tuple[str, ...] = ("reference", "batches", "outcomes")
"""The folders of a data folder; each is one data package."""

Cell = str | int | bool | Decimal | None
TypedRow = dict[str, Cell]
Tables = Mapping[str, Sequence[TypedRow]]
"""Resource name to typed rows, in the order of the file; an empty cell is None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One CSV file as text.

    file: path within the data folder. rows: cells as written, header left out; a row may be too short or too long;
    those of a large table are kept as codes (``ground.coded``). row_numbers: for each row the line of the file at which
    it begins, the header being line 1.
    """

    package: str
    name: str
    file: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    row_numbers: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One data package: its descriptor as JSON gave it, and the tables that could be read."""

    name: str
    file: str
    descriptor: Mapping[str, object]
    tables: tuple[Table, ...] = ()

    def resources(self) -> tuple[Mapping[str, object], ...]:
        """Give the resources that are JSON objects with a name; anything else is left out."""
        found = self.descriptor.get("resources")
        entries = found if isinstance(found, list) else []
        return tuple(entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("name"), str))

    def resource(self, name: str) -> Mapping[str, Any]:
        """Give one resource by its name; an empty one where there is none."""
        return next((each for each in self.resources() if each["name"] == name), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """A whole data folder: the packages that could be read, releases.toml, and what is wrong with the rest.

    releases: the TOML document, empty where it could not be read. texts: other text files, path to content.
    findings: what reading found; none of it stopped the reading of other parts.
    """

    packages: tuple[Package, ...]
    releases: Mapping[str, object] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def package(self, name: str) -> Package | None:
        return next((package for package in self.packages if package.name == name), None)

    @property
    def released(self) -> tuple[Mapping[str, Any], ...]:
        """Give the releases of releases.toml that are tables, oldest first; none where it lists none."""
        found = self.releases.get("release")
        return tuple(each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()

    def files(self) -> dict[str, bytes]:
        """Give the data folder as bytes that are read back to the same values, by path; sound packages alone."""
        files = {package.file: _ANYTHING.dump_json(package.descriptor, indent=1) + b"\n" for package in self.packages}
        files |= {table.file: _csv(table) for table in self.tables()}
        return files | {name: text.encode() for name, text in self.texts.items()}

    def tables(self) -> tuple[Table, ...]:
        """Give every table that could be read, package by package."""
        return tuple(table for package in self.packages for table in package.tables)

    def with_table(self, table: Table) -> Packages:
        """Give the data folder with a table in the place of the one of its name."""
        packages = [
            replace(package, tables=tuple(table if each.name == table.name else each for each in package.tables))
            if package.name == table.package
            else package
            for package in self.packages
        ]
        return replace(self, packages=tuple(packages))

    def table(self, name: str) -> Table | None:
        return next((table for table in self.tables() if table.name == name), None)


def narrowed(table: Table, places: Sequence[int]) -> Table:
    """Give a table of some of its rows, which is small, in their order; each keeps the line that it begins at."""
    numbers = tuple(table.row_numbers[place] for place in places)
    rows = table.rows.at(places) if isinstance(table.rows, Coded) else tuple(table.rows[place] for place in places)
    return replace(table, rows=rows, row_numbers=numbers)


_ANYTHING: TypeAdapter[Mapping[str, object]] = TypeAdapter(Mapping[str, object])


def _csv(table: Table) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(chain((table.header,), table.rows))
    return stream.getvalue().encode()


def fields_of(resource: Mapping[str, object]) -> tuple[Mapping[str, object], ...]:
    """Give the fields of a resource's schema; what is not an object with a name is left out."""
    schema = resource.get("schema")
    found = schema.get("fields") if isinstance(schema, dict) else None
    entries = found if isinstance(found, list) else []
    return tuple(entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("name"), str))


def types_in(resource: Mapping[str, object]) -> dict[str, str]:
    """Give column name to type, as the schema of a resource says, in its order."""
    return {str(field["name"]): str(field.get("type", "string")) for field in fields_of(resource)}
