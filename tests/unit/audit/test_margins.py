"""What any reader knows of a table: its sums, its groups, its funnel, its unprinted margins."""

from __future__ import annotations

import pytest

from kompeten.audit.reasoning.margins import (
    Coordinates,
    Dimension,
    all_failed,
    crossed_beside,
    cyclic_core,
    failed_changes,
    funnel,
    people_changed,
    sums,
    tried_at,
    unprinted_margins,
)

LEVEL = Dimension(name="level", parents={"7": "ahli", "8": "ahli", "9": "ahli", "6": "teknisi"})
SEX = Dimension(name="sex")


def said(cells: list[Coordinates], *dimensions: Dimension) -> set[str]:
    """Give the sums as text: ``_T = L + P`` or, for a line printed in part, ``_T >= L``."""

    def name(index: int) -> str:
        return "/".join(cells[index])

    return {
        f"{name(found.total)} {'=' if found.exact else '>='} {' + '.join(map(name, found.parts))}"
        for found in sums(cells, dimensions)
    }


def test_a_total_is_the_sum_of_its_parts() -> None:
    assert said([("_T",), ("L",), ("P",)], SEX) == {"_T = L + P"}


def test_the_unknown_are_a_part() -> None:
    assert said([("_T",), ("L",), ("P",), ("_U",)], SEX) == {"_T = L + P + _U"}


def test_a_group_is_the_sum_of_the_codes_nearest_below() -> None:
    cells: list[Coordinates] = [("_T",), ("ahli",), ("7",), ("8",), ("9",), ("6",)]
    assert said(cells, LEVEL) == {"_T = ahli + 6", "ahli = 7 + 8 + 9"}


def test_codes_without_their_group_are_summed_to_the_total() -> None:
    assert said([("_T",), ("7",), ("8",)], LEVEL) == {"_T = 7 + 8"}


def test_a_line_printed_in_part_is_at_most_its_total() -> None:
    cells: list[Coordinates] = [("_T", "_T"), ("7", "_T"), ("8", "_T"), ("_T", "L"), ("7", "L")]
    assert said(cells, LEVEL, SEX) >= {"_T/_T = 7/_T + 8/_T", "_T/L >= 7/L"}


def test_a_group_stands_for_the_codes_below_it() -> None:
    """One table prints levels, another their groups: the groups cover the levels, so their sum is exact."""
    cells: list[Coordinates] = [("_T", "_T"), ("7", "_T"), ("8", "_T"), ("_T", "L"), ("ahli", "L")]
    assert "_T/L = ahli/L" in said(cells, LEVEL, SEX)


def test_every_crossed_line_has_its_sum() -> None:
    cells: list[Coordinates] = [(a, b) for a in ("_T", "7", "8") for b in ("_T", "L", "P")]
    assert len(said(cells, LEVEL, SEX)) == 6


def test_unprinted_margins_are_added_once() -> None:
    cells: list[Coordinates] = [("7", "L"), ("7", "P"), ("_T", "_T")]
    assert list(unprinted_margins(cells, (LEVEL, SEX))) == [
        ("7", "_T"),
        ("ahli", "L"),
        ("ahli", "_T"),
        ("_T", "L"),
        ("ahli", "P"),
        ("_T", "P"),
    ]


def test_the_funnel_narrows_between_the_stages_that_are_printed() -> None:
    cells = [(stage, ("_T",)) for stage in ("peserta", "asesi", "kompeten", "skk_terbit")]
    assert [(cells[s.total][0], [cells[p][0] for p in s.parts]) for s in funnel(cells)] == [
        ("peserta", ["asesi"]),
        ("asesi", ["kompeten"]),
        ("kompeten", ["skk_terbit"]),
    ]


def test_the_decided_are_among_the_assessed_or_the_nearest_stage_before() -> None:
    cells = [(stage, ("_T",)) for stage in ("peserta", "kompeten", "belum_kompeten")]
    assert ("peserta", ["kompeten", "belum_kompeten"]) in [
        (cells[s.total][0], [cells[p][0] for p in s.parts]) for s in funnel(cells)
    ]


def test_three_two_way_tables_close_a_cycle_and_a_common_dimension_does_not() -> None:
    triangle = [frozenset("AB"), frozenset("BC"), frozenset("AC")]
    assert cyclic_core(triangle) == set(triangle)
    assert cyclic_core([frozenset("AB"), frozenset("AC"), frozenset("AD")]) == frozenset()
    assert cyclic_core([*triangle, frozenset("ABC")]) == frozenset()
    assert cyclic_core([frozenset("AB")]) == frozenset()
    assert cyclic_core([]) == frozenset()


@pytest.mark.parametrize(
    ("by", "totals", "told"),
    [
        ({"kompeten": 0, "belum_kompeten": 3}, {"belum_kompeten": 3}, ["kompeten", "belum_kompeten"]),
        ({"asesi": 4, "belum_kompeten": 4}, {"belum_kompeten": 4}, ["belum_kompeten"]),
        ({"asesi": 4, "kompeten": 0}, {"kompeten": 2}, ["kompeten"]),
        ({"asesi": 4, "kompeten": 4, "belum_kompeten": 0}, {"kompeten": 4}, []),
        ({"asesi": 4, "kompeten": 0}, {"kompeten": 0}, []),
        ({"asesi": 0, "kompeten": 0}, {"kompeten": 2}, []),
        ({"kompeten": 2, "skk_terbit": 0}, {"skk_terbit": 5}, ["skk_terbit"]),
        ({"asesi": 2, "skk_terbit": 0}, {"skk_terbit": 5}, ["skk_terbit"]),
        ({"skk_terbit": 0}, {"skk_terbit": 5}, []),
        ({"kompeten": 2, "skk_terbit": 0}, {"kompeten": 2, "skk_terbit": 0}, []),
        ({"selesai": 5, "asesi": 3, "belum_kompeten": 3}, {"belum_kompeten": 9}, ["belum_kompeten"]),
    ],
)
def test_a_change_tells_where_nobody_of_those_who_came_passed(
    by: dict[str, int], totals: dict[str, int], told: list[str]
) -> None:
    moved = {(stage, ("_T",)): people for stage, people in totals.items()}
    moved |= {(stage, ("L",)): people for stage, people in by.items()}
    assert sorted(stage for stage, place in failed_changes(moved) if place == ("L",)) == sorted(told)


@pytest.mark.parametrize(
    ("by", "people"),
    [
        ({}, 0),
        ({("peserta", ("_T",)): 2, ("peserta", ("P",)): 2}, 2),
        ({("peserta", ("P",)): 2, ("peserta", ("L",)): 3}, 5),
        ({("peserta", ("P",)): 2, ("peserta", ("L",)): -3}, 3),
        ({("kompeten", ("_T",)): 2, ("belum_kompeten", ("_T",)): 1}, 3),
        ({("asesi", ("_T",)): 2, ("belum_kompeten", ("_T",)): 1}, 2),
    ],
)
def test_one_person_who_moves_leaves_and_joins(by: dict[tuple[str, tuple[str, ...]], int], people: int) -> None:
    assert people_changed(by) == people


@pytest.mark.parametrize(
    ("stage", "counts", "is_headline", "base", "is_all"),
    [
        ("kompeten", {"peserta": 5, "asesi": 4, "kompeten": 0}, True, "asesi", True),
        ("kompeten", {"peserta": 5, "kompeten": 0}, True, None, False),
        ("kompeten", {"peserta": 5, "kompeten": 0}, False, "peserta", True),
        ("kompeten", {"peserta": 5, "asesi": 4, "kompeten": 0}, False, "asesi", True),
        ("kompeten", {"asesi": 0, "kompeten": 0}, True, "asesi", False),
        ("kompeten", {"asesi": 4, "kompeten": 1}, True, "asesi", False),
        ("belum_kompeten", {"asesi": 4, "belum_kompeten": 4}, True, "asesi", True),
        ("belum_kompeten", {"asesi": 4, "belum_kompeten": 3}, True, "asesi", False),
        ("skk_terbit", {"asesi": 4, "kompeten": 3, "skk_terbit": 0}, True, "kompeten", True),
        ("skk_terbit", {"asesi": 4, "kompeten": 0, "skk_terbit": 0}, True, "asesi", True),
        ("skk_terbit", {"kompeten": 0, "skk_terbit": 0}, True, None, False),
    ],
)
def test_a_result_tells_that_all_failed_of_those_who_might_have_passed(
    stage: str, counts: dict[str, int], is_headline: bool, base: str | None, is_all: bool
) -> None:
    assert tried_at(stage, counts, is_headline=is_headline) == base
    assert all_failed(stage, counts, is_headline=is_headline) is is_all


def test_results_are_at_most_the_last_stage_that_is_printed_before_them() -> None:
    cells = [(stage, ("_T",)) for stage in ("peserta", "asesi", "skk_terbit", "belum_kompeten")]
    told = [(cells[s.total][0], [cells[part][0] for part in s.parts]) for s in funnel(cells)]
    assert told == [
        ("peserta", ["asesi"]),
        ("asesi", ["skk_terbit"]),
        ("asesi", ["skk_terbit", "belum_kompeten"]),
    ]


def test_tables_that_share_a_dimension_are_thought_of_together_and_single_ones_are_not() -> None:
    one, two, other = frozenset({"sex"}), frozenset({"sex", "level"}), frozenset({"track", "age_group"})
    assert crossed_beside({"peserta": [two, other], "kompeten": [one], "asesi": [frozenset()]}) == {
        "peserta": frozenset(),
        "kompeten": frozenset({two}),
        "asesi": frozenset(),
    }


def test_one_table_alone_closes_no_cycle() -> None:
    assert cyclic_core([frozenset({"sex", "level"})]) == frozenset()


def test_a_line_without_the_unknown_has_nobody_unknown() -> None:
    cells = [("_T", "_T"), ("_T", "L"), ("_T", "P"), ("_T", "_U"), ("7", "_T"), ("7", "L"), ("7", "P")]
    assert "7/_T = 7/L + 7/P" in said(cells, LEVEL, SEX)
