"""Counts by level: what sources print of a part, and batches that are of one level as a whole."""

from __future__ import annotations

from kompeten.statistics.funnel import all_batches
from kompeten.statistics.levels import by_level
from tests.spec.drawn import compiled


def test_a_batch_of_one_level_stands_there_whole_with_what_is_hidden_and_without_what_nobody_says() -> None:
    compilation = compiled(
        batches="""
        batch_id  number  qualification_level
        b1        1       ahli
        b2        2       _U
        """,
        observations="""
        batch_id  stage     value  status
        b1        peserta   100    released
        b1        kompeten  -      hidden
        b1        asesi     -      unknown
        b2        peserta   50     released
        """,
    )
    found = by_level(compilation, all_batches(compilation))
    assert [(row.batch_id, row.stage, row.code, row.count.value, row.count.status, row.whole) for row in found] == [
        ("b1", "peserta", "ahli", 100, "released", True),
        ("b1", "kompeten", "ahli", None, "hidden", True),
    ]
