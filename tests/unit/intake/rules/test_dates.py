"""Dates exist and are in order: each case breaks one rule and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.ground.workshop import Workshop
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, change, tiny


def undated(folder: Path, source: str) -> None:
    """Leave out when a source was published, so that no figure of it is from after that day."""
    change(folder, "batches/sources.csv", {"source_id": source}, published_on="")


BREAKS = [
    pytest.param(
        lambda f: change(f, "batches/sources.csv", {"source_id": "koran-a"}, published_on="2025-02-30"),
        "date-exists",
        (
            "batches/sources.csv:7: published_on: periksa tanggalnya pada sumber ← tanggal 2025-02-30 tidak ada "
            "dalam kalender"
        ),
        ("batches/sources.csv:7: published_on: check the date in the source ← 2025-02-30 is not a day of the calendar"),
        id="a_day_is_not_in_the_calendar",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2025-1"}, end_on="2025-02"),
        "date-order",
        (
            "batches/batches.csv:3: end_on: periksa kedua tanggal; mungkin tertukar ← berakhir 2025-02, sebelum "
            "mulai 2025-03-03"
        ),
        (
            "batches/batches.csv:3: end_on: check both dates; they may be swapped ← it ends on 2025-02, before it "
            "starts on 2025-03-03"
        ),
        id="a_batch_ends_before_it_starts",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2025-2"}, start_on="2024-12"),
        "batch-year",
        ("batches/batches.csv:4: year: perbaiki tahun atau tanggalnya ← tahun 2025 tidak cocok dengan tanggal 2024-12"),
        ("batches/batches.csv:4: year: mend the year or the date ← the year 2025 does not go with the date 2024-12"),
        id="a_batch_starts_in_another_year",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2024"}, end_on="2023"),
        "batch-year",
        ("batches/batches.csv:2: year: perbaiki tahun atau tanggalnya ← tahun 2024 tidak cocok dengan tanggal 2023"),
        ("batches/batches.csv:2: year: mend the year or the date ← the year 2024 does not go with the date 2023"),
        id="a_cumulative_span_ends_in_another_year",
    ),
    pytest.param(
        lambda f: change(f, "batches/sources.csv", {"source_id": "koran-a"}, published_on="2026-12"),
        "date-after-release",
        (
            "batches/sources.csv:7: published_on: periksa tanggalnya, atau tambahkan rilis baru di releases.toml ← "
            "2026-12 sesudah hari rilis, 2026-11-30"
        ),
        (
            "batches/sources.csv:7: published_on: check the date, or add a new release to releases.toml ← 2026-12 "
            "is after the day of the release, 2026-11-30"
        ),
        id="a_source_is_from_after_the_release",
    ),
    pytest.param(
        lambda f: (undated(f, "koran-a"), change(f, "batches/targets.csv", {"target_id": "uji-2025"}, as_of="2027")),
        "date-after-release",
        (
            "batches/targets.csv:2: as_of: periksa tanggalnya, atau tambahkan rilis baru di releases.toml ← 2027 "
            "sesudah hari rilis, 2026-11-30"
        ),
        (
            "batches/targets.csv:2: as_of: check the date, or add a new release to releases.toml ← 2027 is after "
            "the day of the release, 2026-11-30"
        ),
        id="a_target_is_from_after_the_release",
    ),
    pytest.param(
        lambda f: (
            undated(f, "koran-b"),
            change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, as_of="2026-01"),
        ),
        "data-through",
        (
            "outcomes/observations.csv:16: as_of: periksa tanggalnya, atau perbarui data_through di releases.toml "
            "← 2026-01 sesudah data_through rilis, 2025-12-31"
        ),
        (
            "outcomes/observations.csv:16: as_of: check the date, or update data_through in releases.toml ← "
            "2026-01 is after the release's data_through, 2025-12-31"
        ),
        id="a_count_is_from_after_what_the_data_cover",
    ),
]


@pytest.mark.parametrize(("break_it", "rule", "indonesian", "english"), BREAKS)
def test_the_rule_names_the_place_and_says_what_to_do(
    tmp_path: Path, shop: Workshop, break_it: Callable[[Path], object], rule: str, indonesian: str, english: str
) -> None:
    folder = tiny(tmp_path)
    break_it(folder)
    found = examine(folder, REPOSITORY_DATA, shop).findings
    assert [each.rule for each in found] == [rule]
    assert [each.line("id") for each in found] == [indonesian]
    assert [each.line("en") for each in found] == [english]
