"""What the policy's own rules protect, told cell by cell on batches small enough to count by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from kompeten.audit.reasoning.solve import Interval
from kompeten.ground.policy import Policy, TablePlan
from kompeten.ground.vocabulary import DIMENSIONS
from kompeten.register.hiding.count import Cube
from kompeten.register.hiding.joint import EarlierCells
from kompeten.register.hiding.linkage import Linked, least_missed_beside, link
from kompeten.register.hiding.protect import (
    PlanRefused,
    ProtectedCell,
    ProtectedRelease,
    hidden_by_table,
    merging_wins,
    protect,
    refuse,
)
from kompeten.register.reading.people import Booleans
from tests.unit.register.tables import POLICY, table, with_tables

STEPS = ("peserta", "selesai", "kompeten")
CODES = {"sex": ("L", "P"), "track": ("ahli", "_U")}


def cube(plan: TablePlan, counts: object, *, is_printed: bool = True, batch_id: str = "b") -> Cube:
    codes = tuple(CODES[dimension] for dimension in plan.dimensions)
    return Cube(batch_id=batch_id, secret=b"", table=plan, codes=codes, counts=np.array(counts), is_printed=is_printed)


def linked(*cubes: Cube, policy: Policy = POLICY) -> Linked:
    return link(cubes, policy)


def told(own: Linked, which: Booleans) -> list[str]:
    """Name some cells: the stage, and the codes that are not summed over."""
    return [
        " ".join((stage, *(code for code in codes if code != "_T")))
        for (stage, codes), is_one in zip(own.keys, which, strict=True)
        if is_one
    ]


def by_sex(men: tuple[int, ...], women: tuple[int, ...], stages: tuple[str, ...] = STEPS) -> tuple[Cube, Cube]:
    """Give the totals of some stages, and the same by sex."""
    total = [one + other for one, other in zip(men, women, strict=True)]
    pairs = [list(pair) for pair in zip(men, women, strict=True)]
    return cube(table("tahap", stages=stages), total), cube(table("jk", "sex", stages=stages), pairs)


def test_counts_of_one_to_four_are_small_and_nobody_and_five_are_not() -> None:
    plan = table("a", "sex", "track", stages=("peserta",))
    own = linked(cube(table("tahap", stages=("peserta",)), [10]), cube(plan, [[[1, 4], [5, 0]]]))
    assert told(own, own.primary) == ["peserta ahli L", "peserta ahli P"]
    assert own.least.tolist() == [1, 1, 1, 1, 0, 0, 0, 0, 0]
    assert told(own, own.implied) == ["peserta P"]


@pytest.mark.parametrize(
    ("low", "high", "is_safe", "is_safe_joint"),
    [(0, 4, True, True), (1, 4, False, False), (2, 5, False, True), (0, 3, False, True), (0, 0, False, False)],
)
def test_a_cell_nobody_sees_may_be_narrow_but_not_few_nor_empty(
    low: int, high: int, is_safe: bool, is_safe_joint: bool
) -> None:
    own = linked(
        cube(table("tahap", stages=("peserta",)), [8]),
        cube(table("joint", "sex", stages=("peserta",)), [[8, 0]], is_printed=False),
    )
    found = Interval(low=low, high=high, proof="program")
    assert told(own, own.joint) == ["peserta L", "peserta P"]
    assert [own.is_safe(cell, found, POLICY) for cell in (0, 1)] == [is_safe, is_safe_joint]


@pytest.mark.parametrize(
    ("women", "left"),
    [
        ((30, 28, 26), ["peserta>selesai P", "selesai>kompeten P", "peserta>kompeten P"]),
        ((30, 28, 27), ["peserta>selesai P", "selesai>kompeten P"]),
        ((30, 28, 25), ["peserta>selesai P", "selesai>kompeten P"]),
        ((30, 25, 25), []),
    ],
)
def test_few_people_left_between_printed_stages_are_protected(women: tuple[int, ...], left: list[str]) -> None:
    """Also across a stage, from the width of 4 on; the fifth is enough. Totals are exact, and so what is left there."""
    own = linked(*by_sex((30, 30, 30), women))
    assert told(own, own.implied) == left
    assert told(own, own.joint) == []
    everything = told(own, np.ones(own.size, dtype=bool))
    assert [name for name in everything if name.startswith("peserta>kompeten")] == left[2:]
    without = linked(*by_sex((30, 30, 30), women), policy=replace(POLICY, complements="none"))
    assert told(without, without.implied) == []


def test_few_people_left_across_a_stage_that_this_table_lacks_are_protected() -> None:
    totals, _ = by_sex((30, 30, 30), (30, 29, 27))
    ends = cube(table("jk", "sex", stages=("peserta", "kompeten")), [[30, 30], [30, 27]])
    between = cube(table("b", "sex", "track", stages=("selesai",)), [[[15, 15], [15, 14]]])
    own = linked(totals, ends, between)
    assert told(own, own.implied) == ["peserta>kompeten P"]


def test_both_results_are_taken_from_a_stage_in_one_sum() -> None:
    stages = ("asesi", "kompeten", "belum_kompeten", "skk_terbit")
    own = linked(*by_sex((30, 18, 9, 12), (30, 20, 8, 20), stages))
    assert [stage for stage, codes in own.keys if set(codes) == {"_T"}] == [
        *stages,
        "kompeten>skk_terbit",
        "asesi>kompeten+belum_kompeten",
    ]
    assert told(own, own.implied) == ["asesi>kompeten+belum_kompeten L", "asesi>kompeten+belum_kompeten P"]


def test_who_is_not_yet_competent_is_taken_from_a_stage_alone_where_no_result_is_beside() -> None:
    own = linked(*by_sex((30, 28), (30, 20), ("asesi", "belum_kompeten")))
    assert told(own, own.implied) == ["asesi>belum_kompeten L"]


def test_no_sum_stands_twice() -> None:
    """The margins of two crossed tables are the same sums, and what is left is found on two ways."""
    own = linked(
        *by_sex((30, 30), (30, 27), ("peserta", "kompeten")),
        cube(table("a", "sex", "track", stages=("peserta",)), [[[15, 15], [15, 15]]]),
    )
    rows = [tuple(row) for row in own.matrix.toarray().tolist()]
    assert len(rows) == len(set(rows)) == 10


@pytest.mark.parametrize(("women", "is_protected"), [(4, False), (5, True)])
def test_a_result_nobody_prints_tells_that_all_failed_of_a_group_that_may_be_printed(
    women: int, is_protected: bool
) -> None:
    own = linked(
        cube(table("tahap"), [30 + women, 20]),
        cube(table("jk", "sex", stages=("peserta",)), [[30, women]]),
        cube(table("b", "sex", "track", stages=("kompeten",)), [[[10, 0], [10, 0]]]),
    )
    assert ("kompeten P" in told(own, own.implied)) is is_protected


def test_the_cell_hidden_beside_another_is_the_one_that_readers_miss_least() -> None:
    own = linked(*by_sex((30, 30), (30, 30), ("peserta", "kompeten")))
    keys = told(own, np.ones(own.size, dtype=bool))
    hidden = np.zeros(own.size, dtype=bool)
    assert least_missed_beside(own, keys.index("peserta L"), hidden) == keys.index("peserta L")
    hidden[keys.index("peserta L")] = True
    assert keys[least_missed_beside(own, keys.index("peserta L"), hidden)] == "kompeten L"
    hidden[keys.index("kompeten L")] = True
    assert keys[least_missed_beside(own, keys.index("peserta L"), hidden)] == "peserta P"
    assert least_missed_beside(own, keys.index("peserta L"), own.printed) == keys.index("peserta L")


def test_what_an_earlier_release_printed_is_known_whatever_is_hidden_now() -> None:
    own = linked(*by_sex((30,), (7,), ("peserta",)))
    everything = np.ones(own.size, dtype=bool)
    public = replace(own, public=np.array([False, True, False]))
    assert own.system(everything).lower.tolist() == [1, 1, 1]
    assert public.system(everything).lower.tolist() == [1, 30, 1]
    assert public.system(everything).upper[1] == 30


def released(people: int, *, name: str = "a", is_hidden: bool = False) -> ProtectedCell:
    return ProtectedCell(
        batch_id="b",
        table=name,
        stage="peserta",
        coordinates=("_T",) * len(DIMENSIONS),
        value=None if is_hidden else people,
        status="hidden" if is_hidden else "released",
        precision="" if is_hidden else "exact",
        reason="primary" if is_hidden else "",
        people=people,
    )


def test_the_share_of_a_table_counts_hidden_cells_and_those_that_are_not_zero() -> None:
    cells = [released(0), released(7), released(3, is_hidden=True), released(0, is_hidden=True), released(9, name="c")]
    assert hidden_by_table(cells) == {"a": (2, 3), "c": (0, 1)}


@pytest.mark.parametrize(
    ("hidden", "largest", "reasons"),
    [
        (3, 50, []),
        (4, 50, ["Table too detailed: 40 per cent of its cells would be hidden; the limit is 30 per cent."]),
        (3, 51, ["Table too detailed: 51 unknown cells hang together; the limit is 50."]),
    ],
)
def test_a_plan_may_reach_each_limit_and_not_pass_it(hidden: int, largest: int, reasons: list[str]) -> None:
    policy = replace(with_tables(POLICY, table("a", "sex")), hidden_share_pct=30, component_unknowns=50)
    found = refuse({"a": (hidden, 10)}, largest, policy)
    assert [reason.en for reason in (found.reasons if found else ())] == reasons


def test_what_to_change_is_named_from_half_the_limit_on_the_table_that_hides_most_first() -> None:
    policy = with_tables(
        POLICY,
        table("tahap"),
        table("dua", "sex", "track"),
        table("jalur", "track", stages=("peserta", "kompeten")),
        table("wilayah", "region_code", stages=("peserta",)),
        table("jenjang", "qualification_level", stages=("peserta",)),
        table("umur", "age_band", stages=("peserta",)),
    )
    share: Mapping[str, tuple[int, int]] = {
        "tahap": (9, 9),
        "dua": (4, 20),
        "jalur": (6, 20),
        "wilayah": (8, 20),
        "jenjang": (4, 20),
        "umur": (3, 20),
    }
    found = refuse(share, 51, replace(policy, hidden_share_pct=30, component_unknowns=50))
    assert found is not None
    assert [label.en for label in found.proposals] == [
        'Table wilayah: merge the codes of region_code into groups (grain = "group"), or leave it out.',
        "Table jalur: print one stage only (peserta), or merge small groups.",
        "Table dua: leave it out, or split it into one-way tables.",
        "Table jenjang: leave it out, or merge batches.",
    ]


def test_groups_of_five_are_published_even_where_nothing_may_be_hidden() -> None:
    policy = replace(with_tables(POLICY), hidden_share_pct=0)
    found = protect(by_sex((5,), (5,), ("peserta",)), policy)
    assert isinstance(found, ProtectedRelease)
    assert [cell.value for cell in found.cells] == [10, 5, 5]
    assert found.hidden_share_pct == 0


def test_small_counts_that_nobody_prints_are_no_reason_to_refuse() -> None:
    unseen = cube(table("joint", "sex", stages=("peserta",)), [[4, 4]], is_printed=False)
    policy = replace(with_tables(POLICY), hidden_share_pct=0)
    found = protect([cube(table("tahap", stages=("peserta",)), [8]), unseen], policy)
    assert isinstance(found, ProtectedRelease)
    assert [(cell.table, cell.value) for cell in found.cells] == [("tahap", 8)]


def test_batches_are_published_in_the_order_of_their_ids() -> None:
    def batch(batch_id: str, women: int) -> list[Cube]:
        return [replace(own, batch_id=batch_id) for own in by_sex((30,), (women,), ("peserta",))]

    found = protect([*batch("b-2", 3), *batch("b-1", 30)], with_tables(POLICY))
    assert isinstance(found, ProtectedRelease)
    assert [(cell.batch_id, cell.value, cell.reason) for cell in found.cells] == [
        ("b-1", 60, ""),
        ("b-1", 30, ""),
        ("b-1", 30, ""),
        ("b-2", 33, ""),
        ("b-2", None, "complementary"),
        ("b-2", None, "primary"),
    ]


def test_the_largest_system_of_all_batches_is_told() -> None:
    small = by_sex((30,), (3,), ("peserta",))
    large = [replace(own, batch_id="c") for own in by_sex((30, 25), (3, 3), ("peserta", "kompeten"))]
    policy = replace(with_tables(POLICY), component_unknowns=5)
    assert isinstance(protect(small, policy), ProtectedRelease)
    alone, both = (protect(cubes, policy) for cubes in (large, [*small, *large]))
    assert isinstance(alone, PlanRefused)
    assert alone == both
    assert "6" in alone.reasons[0].en


def test_what_to_change_in_a_release_that_moved_stands_before_the_ways_of_its_batch() -> None:
    whole = ("_T",) * len(DIMENSIONS)
    men, women = (tuple(code if name == "sex" else "_T" for name in DIMENSIONS) for code in ("L", "P"))
    values = {("peserta", whole): 203, ("peserta", men): None, ("peserta", women): None}
    cubes = by_sex((300,), (3,), ("peserta",))
    policy = replace(with_tables(POLICY, *(own.table for own in cubes)), hidden_share_pct=50)
    found = protect(cubes, policy, [EarlierCells(batch_id="b", values=values)], corrected=("b",))
    assert isinstance(found, PlanRefused)
    assert [label.en for label in (*found.reasons, *found.proposals)] == [
        "Table too detailed: 67 per cent of its cells would be hidden; the limit is 50 per cent.",
        'Table jk: merge the codes of sex into groups (grain = "group"), or leave it out.',
        "b: holding is always open: take the batch out of the configuration, it stays as published; gather its changes "
        "until the yearly revision, 10 people or more in the same stage.",
        "b: declared as a revision under [[corrections]] it can be published: 67 per cent of its cells hidden, 67 per "
        "cent now; the limit of a whole release is 50 per cent.",
        "b: without the table jk in [plan] that revision hides 0 per cent of the cells left.",
    ]


def test_of_three_tables_that_hide_most_it_is_found_out_what_a_lighter_plan_wins() -> None:
    plans = [
        table("tahap"),
        table("dua", "sex", "track"),
        table("jalur", "track"),
        table("jk", "sex", stages=("peserta",)),
        table("umur", "age_band"),
    ]
    tried: list[list[tuple[str, tuple[str, ...]]]] = []
    few = by_sex((30,), (3,), ("peserta",))
    more = cube(table("jalur", "track", stages=("peserta",)), [[30, 3]])

    def counted(plan: Policy) -> list[Cube]:
        tried.append([(own.name, own.stages) for own in plan.tables])
        return [*few[:1], *([], [*few[1:], more], few[1:])[len(tried) - 1]]

    cells = tuple(released(3, name=plan.name, is_hidden=True) for plan in plans[1:])
    release = ProtectedRelease(cells=cells, hidden_share_pct=100)
    found = merging_wins(release, with_tables(POLICY, *plans), counted)
    assert [(label.en, won) for label, won in found] == [
        ("Table dua: leave it out, or split it into one-way tables.", 4),
        ("Table jalur: print one stage only (peserta), or merge small groups.", None),
        ('Table jk: merge the codes of sex into groups (grain = "group"), or leave it out.', 2),
    ]
    ends, one = ("peserta", "kompeten"), ("peserta",)
    assert tried == [
        [("tahap", ends), ("jalur", ends), ("jk", one), ("umur", ends)],
        [("tahap", ends), ("dua", ends), ("jalur", one), ("jk", one), ("umur", ends)],
        [("tahap", ends), ("dua", ends), ("jalur", ends), ("umur", ends)],
    ]
