"""Rates: from published counts only, with both counts beside them, rounded half up; and what a missing count does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kompeten.ground.model import Measure
from kompeten.statistics.cells import Count
from kompeten.statistics.places import all_places
from kompeten.statistics.rates import Rate, plain, rate
from tests.spec.drawn import compiled, statistics_of

BATCH = """
batch_id  number
b1        1
"""


@pytest.fixture
def measure() -> Measure:
    """Give the pass rate: K / (K + BK), per cent, one decimal."""
    return compiled(batches=BATCH).measures["tingkat_kompeten"]


def hidden() -> Count:
    """Give a hidden count."""
    return replace(Count(cell_id=""), status="hidden")


def rates_of(observations: str) -> dict[str, Rate]:
    """Give the rates of the one batch by measure."""
    batch = statistics_of(compiled(batches=BATCH, observations=observations), "b1")
    return {found.measure_id: found for found in batch.rates}


@pytest.mark.parametrize(
    ("passed", "failed", "expected"),
    [
        (2, 1, "66.7"),
        (1, 2, "33.3"),
        (25, 1975, "1.3"),  # 1.25: a tie goes up, where even-base rounding would give 1.2
        (35, 1965, "1.8"),  # 1.75
        (45, 1955, "2.3"),  # 2.25: even-base rounding would give 2.2
        (1, 1999, "0.1"),  # 0.05
        (0, 5, "0.0"),
        (5, 0, "100.0"),
    ],
)
def test_a_rate_is_rounded_half_up_to_the_decimals_of_the_registry(
    measure: Measure, passed: int, failed: int, expected: str
) -> None:
    found = rate(measure, {"kompeten": plain(passed), "belum_kompeten": plain(failed)})
    assert (found.value, found.status) == (Decimal(expected), "released")
    assert (found.numerator, found.denominator) == (passed, passed + failed)


def test_a_negative_tie_goes_away_from_zero(measure: Measure) -> None:
    change = replace(measure, measure_id="beda", numerator="kompeten - belum_kompeten", denominator="peserta")
    counts = {"kompeten": plain(0), "belum_kompeten": plain(25), "peserta": plain(2000)}
    assert rate(change, counts).value == Decimal("-1.3")


@pytest.mark.parametrize(("certified", "status"), [(147_736, "released"), (147_737, "not_applicable")])
def test_a_share_outside_nought_to_a_hundred_is_not_comparable(measure: Measure, certified: int, status: str) -> None:
    share = replace(measure, numerator="pekerja - bersertifikat", denominator="pekerja")
    found = rate(share, {"pekerja": plain(147_736), "bersertifikat": plain(certified)})
    assert (found.status, found.precision is None) == (status, status == "not_applicable")


@pytest.mark.parametrize(
    ("top", "bottom", "precision"),
    [
        ("exact", "exact", "exact"),
        ("at_least", "exact", "at_least"),
        ("exact", "at_least", "about"),
        ("about", "exact", "about"),
        ("rounded", "exact", "about"),
    ],
)
def test_a_rate_is_no_more_exact_than_its_counts(measure: Measure, top: str, bottom: str, precision: str) -> None:
    simple = replace(measure, numerator="kompeten", denominator="peserta")
    counts = {"kompeten": replace(plain(5), precision=top), "peserta": replace(plain(10), precision=bottom)}
    assert rate(simple, counts).precision == precision


@pytest.mark.parametrize(
    ("passed", "failed", "status"),
    [
        (hidden(), plain(5), "hidden"),
        (plain(5), hidden(), "hidden"),
        (Count(cell_id=""), plain(5), "unknown"),
        (plain(5), Count(cell_id=""), "unknown"),
        (hidden(), Count(cell_id=""), "hidden"),
        (Count(cell_id=""), hidden(), "hidden"),
    ],
)
def test_a_rate_with_a_missing_part_says_why_it_is_missing(
    measure: Measure, passed: Count, failed: Count, status: str
) -> None:
    found = rate(measure, {"kompeten": passed, "belum_kompeten": failed})
    assert (found.value, found.status) == (None, status)


def test_a_count_that_the_formula_names_and_nobody_gives_is_unknown(measure: Measure) -> None:
    assert rate(measure, {"kompeten": plain(5)}).status == "unknown"


def test_a_zero_denominator_has_no_rate_and_is_not_zero_per_cent(measure: Measure) -> None:
    found = rate(measure, {"kompeten": plain(0), "belum_kompeten": plain(0)})
    assert (found.value, found.status, found.numerator, found.denominator) == (None, "not_applicable", 0, 0)


def test_a_provisional_count_makes_a_provisional_rate(measure: Measure) -> None:
    counts = {"kompeten": replace(plain(3), status="provisional"), "belum_kompeten": plain(1)}
    found = rate(measure, counts)
    assert (found.value, found.status) == (Decimal("75.0"), "provisional")


def test_the_pass_rate_is_of_people_with_a_decision_not_of_participants() -> None:
    rates = rates_of(
        """
        batch_id  stage           value
        b1        peserta         100
        b1        asesi           90
        b1        kompeten        70
        b1        belum_kompeten  15
        b1        skk_terbit      63
        """
    )
    passed, issued, dropped = (rates[name] for name in ("tingkat_kompeten", "tingkat_terbit", "angka_gugur"))
    assert (passed.numerator, passed.denominator, passed.value) == (70, 70 + 15, Decimal("82.4"))
    assert (issued.numerator, issued.denominator, issued.value) == (63, 70, Decimal("90.0"))
    assert (dropped.numerator, dropped.denominator, dropped.value) == (100 - 90, 100, Decimal("10.0"))


def test_shares_leave_out_people_of_whom_the_source_does_not_know() -> None:
    rates = rates_of(
        """
        batch_id  sex  track           value
        b1        _T   _T              222
        b1        L    _T              90
        b1        P    _T              30
        b1        _U   _T              102
        b1        _T   fresh_graduate  137
        b1        _T   ahli            85
        """
    )
    women, fresh = rates["porsi_perempuan"], rates["porsi_lulusan_baru"]
    assert (women.numerator, women.denominator, women.value) == (30, 90 + 30, Decimal("25.0"))
    assert (fresh.numerator, fresh.denominator, fresh.value) == (137, 137 + 85, Decimal("61.7"))


def test_a_rate_nobody_can_know_is_left_out_and_a_hidden_one_is_shown_as_hidden() -> None:
    rates = rates_of(
        """
        batch_id  stage           value  status
        b1        kompeten        70     released
        b1        belum_kompeten  -      hidden
        """
    )
    assert {name: found.status for name, found in rates.items()} == {"tingkat_kompeten": "hidden"}


def test_per_10_000_residents_uses_residence_and_the_population_of_the_code_list() -> None:
    compilation = compiled(
        batches="""
        batch_id  number  kind
        b1        1       tahap
        b2        2       tahap
        sofar     -       cumulative
        """,
        observations="""
        batch_id  region_code  value
        b1        64.02        17
        b2        64.02        25
        sofar     64.02        900
        b1        64.71        5
        """,
        venues=[("b1", "64.02")],
    )
    place = all_places(compilation)["64.02"]
    (total,) = (t for t in place.totals if t.stage == "peserta")
    residents = compilation.population["64.02"].total
    assert (total.value, total.batches_known, total.batches_total) == (17 + 25, 2, 2)
    assert total.rate is not None
    assert (total.rate.numerator, total.rate.denominator) == (42, residents)
    assert total.rate.value == round(Decimal(42 * 10000) / residents, 2)
    assert place.venue_batches == ("b1",)


def test_a_region_no_batch_speaks_of_is_unknown_and_not_zero() -> None:
    compilation = compiled(batches=BATCH, observations="batch_id region_code value\nb1 64.02 17")
    (total,) = (t for t in all_places(compilation)["64.11"].totals if t.stage == "peserta")
    assert (total.value, total.status, total.batches_known, total.batches_total) == (None, "unknown", 0, 1)
    assert total.rate is not None
    assert (total.rate.value, total.rate.status) == (None, "unknown")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("17 released", "- hidden", (17, "released", "at_least", 1)),
        ("17 provisional", "- hidden", (17, "provisional", "at_least", 1)),
        ("- hidden", "25 released", (25, "released", "at_least", 1)),
        ("0 released", "- hidden", (None, "hidden", None, 1)),
        ("- hidden", "- hidden", (None, "hidden", None, 0)),
        ("- hidden", "- unknown", (None, "hidden", None, 0)),
        ("17 released", "25 released", (42, "released", "exact", 2)),
    ],
)
def test_a_region_that_a_batch_hides_has_at_least_what_the_others_print_and_no_rate(
    first: str, second: str, expected: tuple[int | None, str, str | None, int]
) -> None:
    compilation = compiled(
        batches="batch_id number\nb1 1\nb2 2",
        observations=f"batch_id region_code value status\nb1 64.02 {first}\nb2 64.02 {second}",
    )
    (total,) = (t for t in all_places(compilation)["64.02"].totals if t.stage == "peserta")
    assert (total.value, total.status, total.precision, total.batches_known) == expected
    assert total.rate is not None
    assert total.rate.status == ("released" if "hidden" not in first + second else "hidden")


@pytest.mark.parametrize(
    ("assessed", "measures"),
    [
        ("90 released", {"angka_gugur": "10.0"}),
        ("- hidden", {"angka_gugur": None}),
        ("- unknown", {"porsi_bersertifikat": "63.0"}),
    ],
)
def test_the_share_certified_of_all_participants_stands_only_where_nobody_counts_the_assessed(
    assessed: str, measures: dict[str, str | None]
) -> None:
    rates = rates_of(
        f"""
        batch_id  stage       value  status
        b1        peserta     100    released
        b1        asesi       {assessed}
        b1        skk_terbit  63     released
        """
    )
    assert {name: found.value and str(found.value) for name, found in rates.items()} == measures
