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


def test_a_stage_that_is_counted_by_level_is_not_said_again_of_the_batch_as_a_whole() -> None:
    compilation = compiled(
        batches="""
        batch_id  number  qualification_level
        b1        1       ahli
        """,
        observations="""
        batch_id  stage     qualification_level  value  status
        b1        peserta   _T                   100    released
        b1        peserta   ahli                 60     released
        b1        kompeten  _T                   50     released
        """,
    )
    found = by_level(compilation, all_batches(compilation))
    assert [(row.stage, row.code, row.count.value, row.whole) for row in found] == [
        ("peserta", "ahli", 60, False),
        ("kompeten", "ahli", 50, True),
    ]
