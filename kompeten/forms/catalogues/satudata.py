"""Satu Data Indonesia: the data standard and the metadata of variables and indicators, from the data packages.

Sources: Perpres 39/2019 (konsep, definisi, klasifikasi, ukuran, satuan); Peraturan BPS 5/2020 (MS-Var, MS-Ind). Values
are in Indonesian, as the standard wants them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kompeten.forms.downloads.texts import Descriptors
from kompeten.ground.findings import Label
from kompeten.ground.model import Compilation, Measure
from kompeten.ground.wording import said

Row = Mapping[str, str]

VARIABLE_COLUMNS, INDICATOR_COLUMNS = said("variable"), said("indicator")
STANDARD = said("standard")
"""The five parts of the data standard."""

TYPES: Mapping[str, str] = {
    "integer": "Bilangan bulat",
    "number": "Bilangan desimal",
    "string": "Teks",
    "boolean": "Benar/salah",
}
REFERENCE_TIMES: Mapping[str, str] = {
    "observations": "Kolom as_of; tahun tahap",
    "context": "Kolom period",
    "targets": "Kolom year",
    "budgets": "Kolom year",
    "population": "Kolom reference_period",
}
CONCEPT = "Peserta Pelatihan Tenaga Kerja Konstruksi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One part of the standard, and how many variables and indicators have it."""

    part: str
    label: Label
    filled: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The checklist: variables (MS-Var), indicators (MS-Ind), and the five parts of the standard counted over both."""

    checks: tuple[Check, ...]
    variables: tuple[Row, ...]
    indicators: tuple[Row, ...]


def satu_data(descriptors: Descriptors, compilation: Compilation) -> Checklist:
    """Give the checklist. Variables are the fields that carry a konsep; indicators are the formula registry."""
    variables = tuple(_variables(descriptors))
    indicators = tuple(_indicator(compilation, measure) for measure in compilation.measures.values())
    rows = (*variables, *indicators)
    checks = tuple(
        Check(part=part, label=label, filled=sum(bool(row[part]) for row in rows), total=len(rows))
        for part, label in STANDARD.items()
    )
    return Checklist(checks=checks, variables=variables, indicators=indicators)


def _variables(descriptors: Descriptors) -> Iterator[Row]:
    for descriptor in descriptors.values():
        for resource in descriptor["resources"]:
            for field in resource["schema"]["fields"]:
                if "konsep" in field:
                    yield _variable(resource, field)


def _variable(resource: Mapping[str, Any], field: Mapping[str, Any]) -> Row:
    return {
        "nama": f"{field.get('title', field['name'])} ({resource['name']}.{field['name']})",
        "alias": field.get("title_en", ""),
        "konsep": field["konsep"],
        "definisi": field.get("description", ""),
        "klasifikasi": _classification(resource, field["name"]),
        "ukuran": field.get("ukuran", ""),
        "satuan": field.get("satuan", ""),
        "tipe_data": TYPES[field["type"]],
        "referensi_waktu": REFERENCE_TIMES.get(resource["name"], "Tidak bergantung waktu"),
        "aturan_validasi": _rule(field.get("constraints", {})),
        "akses_publik": "Ya",
    }


def _classification(resource: Mapping[str, Any], name: str) -> str:
    """Name the code lists by which a variable is broken down: those that the other columns of its table point to."""
    schema = resource["schema"]
    keys = [*schema.get("foreignKeys", []), *schema.get("foreignKeysAcross", [])]
    found = [f"{key['fields'][0]} ({key['reference']['resource']})" for key in keys if key["fields"] != [name]]
    return ", ".join(key for key in found if not key.startswith(("source_id", "status", "precision", "parent_code")))


def _rule(constraints: Mapping[str, Any]) -> str:
    words = {
        "required": "wajib diisi",
        "minimum": "sekurang-kurangnya {}",
        "maximum": "setinggi-tingginya {}",
        "exclusiveMinimum": "lebih dari {}",
        "pattern": "berpola {}",
        "enum": "salah satu dari {}",
        "unique": "tidak berulang",
    }
    return "; ".join(words[name].format(_listed(limit)) for name, limit in constraints.items() if name in words)


def _listed(limit: object) -> str:
    return ", ".join(map(str, limit)) if isinstance(limit, list) else str(limit)


def _indicator(compilation: Compilation, measure: Measure) -> Row:
    times = "" if measure.multiplier == 1 else f" × {Decimal(measure.multiplier)}"
    return {
        "nama": measure.name.id,
        "konsep": CONCEPT,
        "definisi": measure.definition.id,
        "interpretasi": measure.caution.id,
        "rumus": f"({measure.numerator}) / ({measure.denominator}){times}; {measure.exclusions.id}",
        "ukuran": "Persentase" if measure.unit == "persen" else "Rasio",
        "satuan": compilation.codes["units"][measure.unit].name.id,
        "klasifikasi": "Program, tahap, wilayah",
        "komposit": "Tidak",
        "variabel_pembangun": ", ".join(measure.names),
        "level_estimasi": "Provinsi, kabupaten/kota" if "penduduk" in measure.denominator else "Program, tahap",
        "akses_publik": "Ya",
    }
