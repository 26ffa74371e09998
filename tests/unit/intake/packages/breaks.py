"""Every constraint, key and type of the three descriptors, broken one by one, each in a row of its own."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.unit.data_folders import REPOSITORY_DATA, header, rows, write

PACKAGES = ("reference", "batches", "outcomes")

NUMBER_LIMITS = {"minimum": -1, "maximum": 1, "exclusiveMinimum": 0, "exclusiveMaximum": 0}
"""What is added to a limit to break it."""

FRESH: Mapping[str, str] = {
    r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)": "uji-{n}",
    r"(?:_T|_U|[0-9]{2}(?:\.[0-9]{2})?)": "{c:02d}.{r:02d}",
    r"(?:[0-9]{2}|[0-9]{4})": "{n:04d}",
    r"(?:[0-9]{2})": "{r:02d}",
    r"(?:[0-9]{4}-S[12])": "{n:04d}-S1",
    r"(?:[A-Za-z0-9_]+)": "Uji_{n}",
    r"(?:[A-Z]{2}[0-9]{2}[1-3][0-9]{3})": "UJ011{n:03d}",
    r"(?:[a-z0-9_]+)": "uji_{n}",
    r"(?:[A-Za-z0-9_.=/-]+)": "uji/{n}",
    r"(?:_U|[a-z0-9]+(?:[_-][a-z0-9]+)*)": "uji_{n}",
    r"(?:[A-Z0-9]+(?:\.[0-9]+)?)": "UJI{n}",
}
"""A pattern, and values that fit it and that no row has yet."""

FIRST: Mapping[str, dict[str, str]] = {
    "replies": {
        "reply_id": "jawaban-uji",
        "cell_id": "kaltim-2025-1/peserta",
        "replied_on": "2026-12-01",
        "speaker": "dinas",
        "text_id": "Angka itu benar.",
        "text_en": "The figure is right.",
        "source_id": "kaltim-kompeten",
    }
}
"""A sound row for a table of the repository that has none yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One break: its place, and the rule that must speak."""

    file: str
    row: int
    column: str
    rule: str

    @property
    def name(self) -> str:
        return f"{self.file.split('/')[1]}-{self.column.replace(', ', '+')}-{self.rule}"


def resources() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every resource of the repository's packages with its file."""
    for package in PACKAGES:
        descriptor = json.loads((REPOSITORY_DATA / package / "datapackage.json").read_text(encoding="utf-8"))
        for resource in descriptor["resources"]:
            yield f"{package}/{resource['path']}", resource


def keys_of(schema: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Give each foreign key, within the package or across: column, table (empty for its own), column there."""
    keys = [*schema.get("foreignKeys", []), *schema.get("foreignKeysAcross", [])]
    assert all(len(key["fields"]) == 1 for key in keys)
    return [(key["fields"][0], key["reference"]["resource"], key["reference"]["fields"][0]) for key in keys]


def fresh(pattern: str, number: int) -> str:
    """Give the text of a number that fits a pattern; another number gives another text."""
    return FRESH[pattern].format(n=number, c=99 - number // 100, r=number % 100)


def codes(files: Mapping[str, str], own: str, table: str, column: str) -> list[str]:
    """Give the codes of a column of a table."""
    return [row[column] for row in rows(REPOSITORY_DATA / files[table or own])]


class Breaker:
    """Adds broken rows to one table; every row is like the first one, but for a fresh key and the break."""

    def __init__(
        self, folder: Path, file: str, resource: dict[str, Any], files: Mapping[str, str], strangers: Iterator[int]
    ) -> None:
        self.path, self.file, self.files, self.name = folder / file, file, files, resource["name"]
        self.schema = resource["schema"]
        self.fields = {field["name"]: field for field in self.schema["fields"]}
        self.rows = rows(self.path) or [FIRST[resource["name"]]]
        self.key = self.schema["primaryKey"]
        self.references = {column: (table, there) for column, table, there in keys_of(self.schema)}
        self.fresh_keys = self._fresh_keys()
        self.cases: list[Case] = []
        self.strangers = strangers

    def _fresh_keys(self) -> Iterator[dict[str, str]]:
        """Give keys that no row has: codes of the tables they point to, or values that fit the pattern."""
        taken = {tuple(row[name] for name in self.key) for row in self.rows}
        choices = [self._choices(name) for name in self.key]
        singles = [name for name, field in self.fields.items() if field.get("constraints", {}).get("unique")]
        for number, found in enumerate((key for key in itertools.product(*choices) if key not in taken), start=1):
            others = {name: self._fresh(name, number) for name in singles if name not in self.key}
            yield {**dict(zip(self.key, found, strict=True)), **others}

    def _choices(self, name: str) -> list[str]:
        if name in self.references:
            return [code for code in codes(self.files, self.name, *self.references[name]) if code]
        return [self._fresh(name, number) for number in range(1, 90)]

    def _fresh(self, name: str, number: int) -> str:
        return fresh(self.fields[name]["constraints"]["pattern"], number)

    def add(self, column: str, rule: str, text: str, *, key: Mapping[str, str] | None = None) -> None:
        """Add one row with the text in the column, and the case that it makes."""
        row = {**self.rows[0], **next(self.fresh_keys), **(key or {}), **({column: text} if key is None else {})}
        self.rows.append(row)
        self.cases.append(Case(file=self.file, row=len(self.rows) + 1, column=column, rule=rule))

    def break_all(self) -> None:
        """Break every type, constraint and key of the table."""
        for name, field in self.fields.items():
            for constraint, limit in field.get("constraints", {}).items():
                self.add(name, constraint, self._breaking(name, constraint, limit))
            if field["type"] != "string":
                self.add(name, "type-error", "banyak")
        for name in self.references:
            if "enum" not in self.fields[name].get("constraints", {}):
                self.add(name, "foreign-key", self._stranger(name))
        if not any(self.fields[name]["constraints"].get("unique") for name in self.key):
            self.add(", ".join(self.key), "primary-key", "", key={name: self.rows[0][name] for name in self.key})

    def _breaking(self, name: str, constraint: str, limit: Any) -> str:
        """Give a text that breaks a constraint and, as far as it can be, no other."""
        if constraint in NUMBER_LIMITS:
            return str(int(limit) + NUMBER_LIMITS[constraint])
        if constraint == "maxLength":
            return "x" * (int(limit) + 1)
        if constraint == "unique":
            return next(row[name] for row in self.rows if row[name])
        return {"required": "", "pattern": "!", "enum": "lain"}[constraint]

    def _stranger(self, name: str) -> str:
        """Give a code that fits the pattern of a column, that no table has and that no other cell names."""
        pattern, number = self.fields[name].get("constraints", {}).get("pattern"), next(self.strangers)
        return fresh(pattern, number) if pattern else f"tidak_ada_{number}"

    def save(self) -> None:
        """Write the table with its broken rows."""
        write(self.path, header(self.path), self.rows)


def break_everything(folder: Path) -> list[Case]:
    """Break every constraint of every table of a copy of the repository's data; gives what must be found."""
    files = {resource["name"]: file for file, resource in resources()}
    cases: list[Case] = []
    strangers = itertools.count(100)
    for file, resource in resources():
        breaker = Breaker(folder, file, resource, files, strangers)
        breaker.break_all()
        breaker.save()
        cases += breaker.cases
    return cases
