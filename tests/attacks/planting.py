"""A small data folder to plant attacks in: one batch of a register, tables drawn as text.

A drawn table has one line a stage and one column a code; ``-`` is a hidden cell, ``.`` a row left out.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kompeten.audit import AuditResult, audit_directory
from kompeten.ground.doormark import PROPERTY, marks_for
from kompeten.ground.policy import Policy, load_policy
from kompeten.ground.vocabulary import DIMENSIONS

REPOSITORY = Path(__file__).resolve().parents[2]
POLICY: Policy = load_policy(REPOSITORY / "data" / "policy.toml")

OBSERVATIONS = (
    "batch_id", "stage", *DIMENSIONS, "value", "status", "precision", "as_of", "source_id", "preferred",
    "note_id", "note_en",
)  # fmt: skip

LEVELS = {"ahli": "_T", "9": "ahli", "8": "ahli", "7": "ahli", "teknisi_operator": "_T", "6": "teknisi_operator"}

Row = dict[str, str]


def rows(drawing: str, *dimensions: str, batch: str = "t1", source: str = "register-2025") -> list[Row]:
    """Give the observations of a drawn table: the header names codes, joined by ``/`` where two are crossed."""
    lines = [line.split() for line in drawing.strip().splitlines()]
    header = lines[0]
    found = []
    for stage, *values in lines[1:]:
        for codes, value in zip(header[1:], values, strict=True):
            if value != ".":
                found.append(row(batch, stage, dict(zip(dimensions, codes.split("/"), strict=False)), value, source))
    return found


def row(batch: str, stage: str, place: Mapping[str, str], value: str, source: str = "register-2025") -> Row:
    """Give one observation; ``-`` hides it."""
    hidden = value == "-"
    return {
        "batch_id": batch,
        "stage": stage,
        **{name: place.get(name, "_T") for name in DIMENSIONS},
        "value": "" if hidden else value,
        "status": "hidden" if hidden else "released",
        "precision": "" if hidden else "exact",
        "as_of": "2025-11",
        "source_id": source,
        "preferred": "true",
        "note_id": "",
        "note_en": "",
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A data folder in the making; its rows carry the door's marks under ``policy``."""

    observations: Sequence[Row]
    batches: Sequence[Row] = ({"batch_id": "t1", "programme_id": "p", "kind": "batch", "year": "2025"},)
    context: Sequence[Row] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    descriptor: Mapping[str, object] = field(default_factory=dict)
    is_unmarked: bool = False
    policy: Policy = POLICY

    def write(self, folder: Path) -> Path:
        """Write the folder; give it."""
        tables: dict[str, Sequence[Row]] = {
            "outcomes/observations": self.observations,
            "outcomes/context": self.context,
            "batches/batches": self.batches,
            "batches/sources": (
                {"source_id": "register-2025", "kind": "register", "url": ""},
                {"source_id": "koran", "kind": "press", "url": "https://koran.invalid/berita"},
                {"source_id": "kabar", "kind": "press", "url": "https://kabar.invalid/berita"},
                {"source_id": "dinas", "kind": "government", "url": ""},
            ),
            "reference/qualification_levels": [{"code": c, "parent_code": p} for c, p in LEVELS.items()],
        }
        for name, content in tables.items():
            path = folder / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            columns = OBSERVATIONS if name.endswith("observations") else tuple(content[0]) if content else ("value",)
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, columns, lineterminator="\n", extrasaction="raise")
                writer.writeheader()
                writer.writerows(content)
        marks = [] if self.is_unmarked else marks_for(self.observations, "register-2025", self.policy)
        for package in ("reference", "batches", "outcomes"):
            own = {PROPERTY: [mark.as_json() for mark in marks]} if package == "outcomes" else {}
            text = json.dumps({"name": package, "synthetic": True, **own, **self.descriptor})
            (folder / package / "datapackage.json").write_text(text, encoding="utf-8")
        for name, text in self.extra.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        return folder


def audited(folder: Folder, place: Path, *, previous: Sequence[Folder] = ()) -> AuditResult:
    """Write a folder, and those of earlier releases (newest first), and audit it."""
    earlier = [old.write(place / f"release-{number}") for number, old in enumerate(previous)]
    return audit_directory(folder.write(place / "data"), policy=POLICY, previous=earlier)


def reasons(result: AuditResult) -> set[str]:
    """Give the reasons for which a result fails."""
    return {breach.reason for breach in result.breaches}


HEADLINE = """
stage       _T
peserta     100
asesi        90
kompeten     70
belum_kompeten 20
"""


def safe_table(extra: Sequence[Row] = ()) -> Folder:
    """Give a folder with headline totals and a table by sex that hides nothing and gives nothing away."""
    by_sex = rows(
        """
        stage     L   P
        peserta  80  20
        kompeten 60  10
        """,
        "sex",
    )
    return Folder(observations=[*rows(HEADLINE), *by_sex, *extra])
