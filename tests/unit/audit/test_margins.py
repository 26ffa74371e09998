"""What any reader knows of a table: its sums, its groups, its funnel, its unprinted margins."""

from __future__ import annotations

from kompeten.audit.reasoning.margins import Coordinates, Dimension, cyclic_core, funnel, sums, unprinted_margins

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
