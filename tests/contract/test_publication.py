"""Withdrawn ids keep a stone, and the data hash moves only with data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kompeten.api import about
from kompeten.api.data_hash import data_hash
from kompeten.ground.findings import Label
from tests.published import published

COMPILATION = published("real").edition.compilation


def test_a_withdrawn_id_keeps_its_reason_and_its_successor() -> None:
    row = {
        "path": "api/v1/batches/kaltim-2025-9.json",
        "id": "kaltim-2025-9",
        "withdrawn_on": date(2026, 12, 1),
        "reason_id": "Salah sebut.",
        "reason_en": "Misread.",
        "successor": "kaltim-2025-4",
    }
    (stone,) = about.tombstones([row])
    assert stone.model_dump() == {
        "path": "api/v1/batches/kaltim-2025-9.json",
        "id": "kaltim-2025-9",
        "withdrawn_on": "2026-12-01",
        "reason": {"id": "Salah sebut.", "en": "Misread."},
        "successor": "kaltim-2025-4",
    }
    (without,) = about.tombstones([{k: v for k, v in row.items() if k != "successor"}])
    assert without.successor is None


def test_the_hash_stays_when_rows_are_reordered_or_notes_reworded() -> None:
    rows = COMPILATION.observations
    reworded = tuple(replace(row, note=Label("Lain.", "Other.")) for row in reversed(rows))
    assert data_hash(replace(COMPILATION, observations=reworded)) == data_hash(COMPILATION)


def test_the_hash_moves_with_every_figure_status_date_and_source() -> None:
    first, *others = COMPILATION.observations
    changes = [
        {"value": (first.value or 0) + 1},
        {"value": None, "status": "unknown", "precision": None},
        {"as_of": "2031"},
        {"source_id": "other"},
        {"preferred": not first.preferred},
    ]
    hashes = {data_hash(replace(COMPILATION, observations=(replace(first, **c), *others))) for c in changes}
    hashes |= {data_hash(COMPILATION), data_hash(replace(COMPILATION, targets=COMPILATION.targets[1:]))}
    assert len(hashes) == len(changes) + 2
