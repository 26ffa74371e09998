"""What no source says, and the one share that compares like with like: recomputed here."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kompeten.api.documents import all_gaps, register_share
from kompeten.api.shaping import Statistics, compute
from kompeten.ground.compiling import compile_model
from kompeten.intake.validation import examine
from kompeten.statistics.alike import register_shares
from tests.spec.drawn import compiled
from tests.unit.data_folders import REPOSITORY_DATA


@pytest.fixture(scope="module")
def statistics() -> Statistics:
    examined = examine(REPOSITORY_DATA, REPOSITORY_DATA)
    return compute(compile_model(examined.tables, examined.releases, synthetic=False))


def test_every_gap_has_an_address_of_its_own_and_the_day_of_the_search(statistics: Statistics) -> None:
    found = all_gaps(statistics)
    assert len({gap.gap_id for gap in found}) == len(found) > 300
    assert {gap.searched_on for gap in found} == {"2026-11-23"}


def test_a_stage_that_sources_state_in_parts_or_under_another_name_is_no_gap(statistics: Statistics) -> None:
    own = {gap.code for gap in all_gaps(statistics) if gap.batch_id == "kutim-2015-2025" and gap.kind == "stage"}
    assert own == {"lolos_verifikasi", "hadir", "selesai", "asesi", "belum_kompeten"}


@pytest.mark.parametrize(("level", "is_gap"), [("7", False), ("ahli", False), ("_T", True), ("_U", True)])
def test_a_batch_of_one_level_as_a_whole_lacks_no_level(level: str, is_gap: bool) -> None:
    found = all_gaps(compute(compiled(batches=f"batch_id qualification_level\nb1 {level}")))
    assert ("p/b1/breakdown/qualification_level" in {gap.gap_id for gap in found}) is is_gap
    assert "p/b1/breakdown/sex" in {gap.gap_id for gap in found}


def test_gaps_say_their_subject_and_what_is_missing(statistics: Statistics) -> None:
    said = {gap.gap_id: (gap.text.id, gap.text.en) for gap in all_gaps(statistics)}
    assert said["kaltim/kaltim-2025-3/stage/peserta"] == ("Tahap III 2025: peserta", "Tahap III of 2025: participants")
    assert said["kaltim/2026/batches"] == (
        "Pelatihan dan sertifikasi Provinsi Kalimantan Timur: 2026, tahap apa pun",
        "Training and certification by East Kalimantan Province: 2026, any batch",
    )
    assert said["64.01/residence"] == (
        "Kabupaten Paser: peserta yang tinggal di sana",
        "Paser Regency: participants who live there",
    )
    assert "64.02/residence" not in said


def test_the_register_over_surveyed_workers_is_computed_for_our_province_and_printed_for_others(
    statistics: Statistics,
) -> None:
    own, *others = register_share(statistics)
    assert (own.area_code, own.period, own.holders, own.more, own.workers) == ("64", "2023", 9687, 1650, 118658)
    assert (own.low, own.high) == (Decimal("8.2"), Decimal("9.6"))
    assert round(9687 / 118658 * 100, 1) == 8.2
    assert round((9687 + 1650) / 118658 * 100, 1) == 9.6
    assert {(o.area_code, o.low, o.is_printed) for o in others} == {
        ("ID", Decimal("4.27"), True),
        ("SUL", Decimal("4.34"), True),
    }


@pytest.mark.parametrize(
    ("rows", "holders"),
    [
        ("a 2023-01 10 exact yes\nb 2023-06 99 exact no", 10),
        ("a 2023-01 10 exact no\nb 2023-06 99 exact no", 99),
        ("a 2023-06 10 about yes\nb 2023-01 99 exact no", 99),
    ],
    ids=["the_preferred_one_before_a_later_one", "else_the_latest", "an_exact_one_before_a_preferred_one"],
)
def test_of_several_counts_of_a_year_one_stands_in_the_share(rows: str, holders: int) -> None:
    own = "\n".join(f"{number}{line} pemegang_skk lpjk" for number, line in enumerate(rows.splitlines()))
    others = "o 2023 5 exact yes pemegang_ska_skt lpjk\nw 2023 1000 exact yes pekerja_konstruksi bps"
    table = f"context_id period value precision preferred measure counted_by\n{own}\n{others}"
    share = register_shares(compiled(batches="batch_id number\nb1 1", context=table))[0]
    assert (share.holders, share.more, share.workers, share.low) == (holders, 5, 1000, Decimal(holders) / 10)


def test_the_share_is_of_our_own_province_and_of_the_newest_year_with_every_count() -> None:
    table = """
    context_id  period   region_code  value  measure             counted_by
    h22         2022     64           10     pemegang_skk        lpjk
    o22         2022     64           2      pemegang_ska_skt    lpjk
    w22         2022     64           100    pekerja_konstruksi  bps
    h23         2023     64           30     pemegang_skk        lpjk
    o23         2023     64           6      pemegang_ska_skt    lpjk
    w23         2023     64           200    pekerja_konstruksi  bps
    city        2023-12  64.71        5      pemegang_skk        lpjk
    h24         2024     64           90     pemegang_skk        lpjk
    """
    (own, *others) = register_shares(compiled(batches="batch_id number\nb1 1", context=table))
    assert (own.area_code, own.period, own.holders, own.more, own.workers) == ("64", "2023", 30, 6, 200)
    assert (own.low, own.high, own.precision) == (Decimal("15.0"), Decimal("18.0"), "exact")
    assert {other.area_code for other in others} == {"ID", "SUL"}
