"""Tables drawn in a test, made into a compilation: what a test does not draw is the repository's code lists or empty.

A drawn table has a header and one row a line; cells are separated by spaces, ``-`` is an empty cell. Columns that are
not drawn take the value that says least: ``_T`` for a dimension, ``exact`` for a precision, source ``a``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from kompeten.ground.compiling import compile_model
from kompeten.ground.model import Compilation, Tables
from kompeten.ground.vocabulary import DIMENSIONS
from kompeten.intake.packages import read, tables
from kompeten.statistics.funnel import BatchStatistics, all_batches

ROOT = Path(__file__).parents[2]
NOTE = {"note_id": None, "note_en": None}
STATED = {"precision": "exact", "as_of": "2025", "source_id": "a", "preferred": True, **NOTE}
OBSERVATION = {**dict.fromkeys(DIMENSIONS, "_T"), "stage": "peserta", "value": None, "status": "released", **STATED}
BATCH = {
    "programme_id": "p",
    "year": 2025,
    "number": None,
    "kind": "tahap",
    "start_on": None,
    "end_on": None,
    "training_mode": None,
    "qualification_level": "_U",
    "source_id": "a",
    **NOTE,
}
TARGET = {
    "programme_id": "p",
    "year": 2025,
    "region_code": "64",
    "qualification_level": "_T",
    "kind": "target",
    "unit": "peserta",
    "stage": "peserta",
    "funding_source": "_T",
    **STATED,
}
CONTEXT = {
    "measure": "pekerja_konstruksi",
    "region_code": "64",
    "batch_id": None,
    "period": "2024",
    "qualification_level": "_T",
    "unit": "orang",
    "status": "released",
    **STATED,
}
PROGRAMME = {
    "programme_id": "p",
    "role": "main",
    "region_code": "64",
    "name_id": "Program",
    "name_en": "Programme",
    "organiser_id": "Dinas",
    "organiser_en": "Agency",
    "description_id": "",
    "description_en": "",
    "source_id": "a",
}
SOURCE = {
    "kind": "press",
    "publisher": "Koran",
    "title_id": "Judul",
    "title_en": "Title",
    "url": None,
    "published_on": None,
    "text_kind": None,
}
RELEASE = {
    "id": "2026.11",
    "released_on": "2026-11-30",
    "data_through": "2026-11-24",
    "title_id": "Rilis",
    "title_en": "Release",
}
WHOLE_NUMBERS = frozenset({"value", "year", "number"})


def drawn(text: str, defaults: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Read a drawn table."""
    lines = [line.split() for line in text.strip().splitlines()]
    if not lines:
        return []
    head, *rows = lines
    return [{**defaults, **{name: cell(name, text) for name, text in zip(head, row, strict=True)}} for row in rows]


def cell(name: str, text: str) -> Any:
    """Give the value of one drawn cell."""
    if text == "-":
        return None
    if name in WHOLE_NUMBERS:
        return int(text)
    return text == "yes" if name == "preferred" else text


@lru_cache(maxsize=1)
def code_lists() -> Tables:
    """Give the repository's own tables; only the code lists are used."""
    return tables(read(ROOT / "data"))


def compiled(
    *,
    batches: str,
    observations: str = "",
    targets: str = "",
    context: str = "",
    preferences: Sequence[tuple[str, str]] = (),
    venues: Sequence[tuple[str, str]] = (),
    programmes: Sequence[str] = ("p",),
) -> Compilation:
    """Make a compilation from drawn tables. preferences: cell and source; venues: batch and region."""
    rows = [{**row, "name_id": row["batch_id"], "name_en": row["batch_id"]} for row in drawn(batches, BATCH)]
    observed = [_without_precision(row) for row in drawn(observations, OBSERVATION)]
    own: Tables = {
        "programmes": [{**PROGRAMME, "programme_id": name} for name in programmes],
        "batches": rows,
        "venues": [{"batch_id": batch, "region_code": region} for batch, region in venues],
        "targets": drawn(targets, TARGET),
        "budgets": [],
        "observations": observed,
        "context": drawn(context, CONTEXT),
        "preferences": [
            {"cell_id": cell_id, "source_id": source, "reason_id": "Sebab.", "reason_en": "Because."}
            for cell_id, source in preferences
        ],
        "sources": [{**SOURCE, "source_id": name} for name in "abcd"],
    }
    return compile_model({**code_lists(), **own}, [RELEASE], synthetic=False)


def _without_precision(row: dict[str, Any]) -> dict[str, Any]:
    return row if row["value"] is not None else {**row, "precision": None}


def statistics_of(compilation: Compilation, batch_id: str) -> BatchStatistics:
    """Give the statistics of one batch."""
    return all_batches(compilation)[batch_id]
