"""Withdrawn ids keep a stone, and the data hash moves only with data."""

from __future__ import annotations

from dataclasses import replace

from kompeten.api import about
from kompeten.api.data_hash import data_hash
from kompeten.ground.findings import Label
from kompeten.ground.model import Declaration
from tests.published import published

COMPILATION = published("real").edition.compilation


def test_a_withdrawn_id_keeps_its_reason_and_its_successor() -> None:
    gone = Declaration(
        kind="removal",
        address="batches/kaltim-2025-9",
        reason=Label("Salah sebut.", "Misread."),
        asked_by="editors",
        successor="batches/kaltim-2025-4",
    )
    renamed = replace(gone, kind="rename", address="sources/koran", successor="sources/koran-a")
    cell = replace(gone, address="kaltim-2025-9/peserta", successor=None)
    release = replace(COMPILATION.releases[-1], declarations=(gone, renamed, cell))
    stones = about.tombstones(replace(COMPILATION, releases=(release,)))
    assert [stone.model_dump() for stone in stones] == [
        {
            "path": path,
            "id": name,
            "withdrawn_on": release.released_on,
            "reason": {"id": "Salah sebut.", "en": "Misread."},
            "successor": successor,
        }
        for path, name, successor in (
            ("api/v1/batches/kaltim-2025-9.json", "kaltim-2025-9", "kaltim-2025-4"),
            ("api/v1/sources.json", "koran", "koran-a"),
        )
    ]


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
