"""The funnel of a batch: nine stages in order, each a published count or a gap; and what a breakdown says."""

from __future__ import annotations

import pytest

from tests.spec.drawn import compiled, statistics_of

BATCH = """
batch_id  number
b1        1
"""


def test_a_stage_has_the_published_count_and_a_stage_nobody_states_is_unknown() -> None:
    funnel = statistics_of(
        compiled(
            batches=BATCH,
            observations="""
            batch_id  stage           value
            b1        peserta         100
            b1        asesi           90
            b1        kompeten        70
            b1        belum_kompeten  15
            """,
        ),
        "b1",
    ).funnel
    assert {stage: (count.value, count.status) for stage, count in funnel.items()} == {
        "pendaftar": (None, "unknown"),
        "lolos_verifikasi": (None, "unknown"),
        "peserta": (100, "released"),
        "hadir": (None, "unknown"),
        "selesai": (None, "unknown"),
        "asesi": (90, "released"),
        "kompeten": (70, "released"),
        "belum_kompeten": (15, "released"),
        "skk_terbit": (None, "unknown"),
    }


def test_stages_stand_in_the_order_of_the_funnel_whatever_the_order_of_rows() -> None:
    batch = statistics_of(
        compiled(
            batches=BATCH,
            observations="""
            batch_id  stage       value
            b1        skk_terbit  5
            b1        pendaftar   9
            """,
        ),
        "b1",
    )
    assert [stage for stage, count in batch.funnel.items() if count.value] == ["pendaftar", "skk_terbit"]


def test_zero_hidden_and_unknown_are_three_things() -> None:
    funnel = statistics_of(
        compiled(
            batches=BATCH,
            observations="""
            batch_id  stage     value  status
            b1        peserta   0      released
            b1        asesi     -      hidden
            b1        kompeten  -      unknown
            """,
        ),
        "b1",
    ).funnel
    assert [(funnel[s].value, funnel[s].status) for s in ("peserta", "asesi", "kompeten")] == [
        (0, "released"),
        (None, "hidden"),
        (None, "unknown"),
    ]


def test_the_headline_is_the_cell_of_everybody_and_no_sum_of_parts() -> None:
    funnel = statistics_of(
        compiled(
            batches=BATCH,
            observations="""
            batch_id  sex  value
            b1        L    60
            b1        P    40
            """,
        ),
        "b1",
    ).funnel
    assert funnel["peserta"].value is None


def test_parts_stand_by_dimension_and_in_the_order_of_the_code_list() -> None:
    batch = statistics_of(
        compiled(
            batches=BATCH,
            observations="""
            batch_id  sex  qualification_level  value
            b1        P    _T                   40
            b1        L    _T                   60
            b1        _T   9                    5
            b1        _T   7                    50
            b1        L    7                    30
            """,
        ),
        "b1",
    )
    assert [
        (breakdown.dimension, [(part.code, part.count.value) for part in breakdown.parts])
        for breakdown in batch.breakdowns
    ] == [
        ("qualification_level", [("9", 5), ("7", 50)]),
        ("sex", [("L", 60), ("P", 40)]),
    ]


def test_parts_add_up_to_the_least_that_the_whole_is_and_a_marked_part_adds_nothing() -> None:
    whole = statistics_of(
        compiled(
            batches=BATCH,
            observations="""
            batch_id  sex  value  mark
            b1        P    40     -
            b1        L    60     misprint
            """,
        ),
        "b1",
    ).funnel["peserta"]
    assert (whole.value, whole.at_least, whole.known) == (None, 40, 40)


@pytest.mark.parametrize(
    ("rows", "least"),
    [
        ("_T ahli 50\nb1 _T 7 30\nb1 _T teknisi_operator 20", 50 + 20),
        ("_T 7 30\nb1 _T 8 15", 30 + 15),
        ("P _T 40\nb1 _T 7 25", 40),
        ("P _T 25\nb1 _T 7 40", 40),
    ],
    ids=["a_level_is_in_its_group_already", "levels_alone_add_up", "most_by_sex", "most_by_level"],
)
def test_people_are_added_once_and_of_two_breakdowns_the_one_that_gives_most_counts(rows: str, least: int) -> None:
    observations = f"batch_id sex qualification_level value\nb1 {rows}"
    whole = statistics_of(compiled(batches=BATCH, observations=observations), "b1").funnel["peserta"]
    assert (whole.value, whole.status, whole.at_least) == (None, "unknown", least)


def test_what_is_hidden_is_not_told_by_what_its_parts_add_up_to() -> None:
    whole = statistics_of(
        compiled(
            batches=BATCH,
            observations="""
            batch_id  stage     sex  value  status
            b1        kompeten  _T   -      hidden
            b1        kompeten  P    40     released
            """,
        ),
        "b1",
    ).funnel["kompeten"]
    assert (whole.value, whole.status, whole.at_least, whole.known) == (None, "hidden", None, None)
