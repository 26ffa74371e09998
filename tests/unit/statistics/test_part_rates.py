"""Rates of the parts of a batch: computed from published counts of the same code, or left out."""

from __future__ import annotations

from decimal import Decimal

from kompeten.ground.findings import Label
from kompeten.ground.model import Measure
from kompeten.ground.vocabulary import Status
from kompeten.statistics.cells import Count
from kompeten.statistics.funnel import Part, part_rates

EMPTY = Label("", "")


def measure(measure_id: str, numerator: str, denominator: str, unless: str | None = None) -> Measure:
    """Give a percentage formula."""
    return Measure(
        measure_id=measure_id,
        numerator=numerator,
        denominator=denominator,
        unless=unless,
        multiplier=100,
        decimals=1,
        rounding="half_up",
        unit="persen",
        name=EMPTY,
        definition=EMPTY,
        exclusions=EMPTY,
        caution=EMPTY,
    )


MEASURES = [
    measure("tingkat_kompeten", "kompeten", "kompeten + belum_kompeten"),
    measure("tingkat_terbit", "skk_terbit", "kompeten"),
    measure("porsi_bersertifikat", "skk_terbit", "peserta", unless="asesi"),
]


def part(stage: str, code: str, value: int | None, status: Status = "released") -> Part:
    """Give one count of one code."""
    count = Count(
        value=value, status=status, precision=None, low=value, high=value, source_id="s", statements=1, cell_id=""
    )
    return Part(stage=stage, code=code, count=count)


def test_the_share_certified_of_each_level_comes_from_its_own_counts() -> None:
    parts = [
        part("peserta", "ahli", 188),
        part("skk_terbit", "ahli", 118),
        part("peserta", "teknisi_operator", 1228),
        part("skk_terbit", "teknisi_operator", 1116),
    ]
    found = part_rates(MEASURES, parts)
    assert [(r.code, r.rate.numerator, r.rate.denominator, r.rate.value) for r in found] == [
        ("ahli", 118, 188, Decimal("62.8")),
        ("teknisi_operator", 1116, 1228, Decimal("90.9")),
    ]


def test_a_code_with_a_count_that_nobody_states_has_no_rate() -> None:
    assert part_rates(MEASURES, [part("peserta", "ahli", 188), part("kompeten", "ahli", 90)]) == ()


def test_a_hidden_count_makes_the_rate_hidden() -> None:
    parts = [part("peserta", "ahli", 188), part("skk_terbit", "ahli", None, "hidden")]
    (found,) = part_rates(MEASURES, parts)
    assert (found.rate.status, found.rate.value, found.rate.numerator) == ("hidden", None, None)


def test_the_share_certified_is_left_out_where_the_assessed_are_counted() -> None:
    parts = [part("peserta", "7", 10), part("asesi", "7", 9), part("skk_terbit", "7", 8)]
    assert part_rates(MEASURES, parts) == ()
