"""Target against achieved: what is known is added, what nobody counted keeps the total open; nothing is filled in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kompeten.ground.model import Compilation
from kompeten.intake.validation import examine
from kompeten.statistics.funnel import all_batches
from kompeten.statistics.progress import Progress, all_progress
from kompeten.statistics.sentences import progress_sentence
from tests.spec.drawn import ROOT, compiled

TARGET = """
target_id  value
t          1000
"""


def of(compilation: Compilation) -> Progress:
    """Give the progress of the one target."""
    (found,) = all_progress(compilation, all_batches(compilation))
    return found


def test_batches_that_all_have_a_figure_add_up_exactly() -> None:
    progress = of(
        compiled(
            targets=TARGET,
            batches="""
            batch_id  number
            b1        1
            b2        2
            """,
            observations="""
            batch_id  value
            b1        400
            b2        350
            """,
        )
    )
    reached = progress.achieved
    assert (reached.value, reached.bound, reached.low, reached.high) == (400 + 350, "exact", 750, 750)
    assert (reached.known, reached.unknown, reached.is_open) == (("b1", "b2"), (), False)
    assert (progress.rate.value, progress.rate.numerator, progress.rate.denominator) == (Decimal("75.0"), 750, 1000)


def test_a_batch_nobody_counted_makes_the_total_at_least() -> None:
    reached = of(
        compiled(
            targets=TARGET,
            batches="""
            batch_id  number
            b1        1
            b2        2
            b3        3
            """,
            observations="""
            batch_id  value  status
            b1        400    released
            b3        -      unknown
            """,
        )
    ).achieved
    assert (reached.value, reached.bound, reached.is_open) == (400, "at_least", True)
    assert (reached.known, reached.unknown) == (("b1",), ("b2", "b3"))


def test_a_hidden_batch_makes_the_total_at_least_and_is_no_zero() -> None:
    reached = of(
        compiled(
            targets=TARGET,
            batches="""
            batch_id  number
            b1        1
            b2        2
            """,
            observations="""
            batch_id  value  status
            b1        400    released
            b2        -      hidden
            """,
        )
    ).achieved
    assert (reached.value, reached.bound, reached.unknown) == (400, "at_least", ("b2",))


def test_a_total_of_hidden_batches_alone_is_hidden_and_of_unknown_ones_unknown() -> None:
    def alone(status: str) -> tuple[int | None, str, str]:
        reached = of(
            compiled(
                targets=TARGET,
                batches="batch_id number\nb1 1",
                observations=f"batch_id value status\nb1 - {status}",
            )
        ).achieved
        return reached.value, reached.status, reached.bound

    assert alone("hidden") == (None, "hidden", "unknown")
    assert alone("unknown") == (None, "unknown", "unknown")


def test_a_programme_without_batches_has_reached_nothing_known() -> None:
    progress = of(compiled(targets=TARGET, batches="batch_id year\nearlier 2024"))
    assert (progress.achieved.value, progress.achieved.status, progress.achieved.bound) == (None, "unknown", "unknown")
    assert (progress.rate.value, progress.rate.status, progress.rate.denominator) == (None, "unknown", 1000)


def test_a_cumulative_batch_never_adds() -> None:
    reached = of(
        compiled(
            targets=TARGET,
            batches="""
            batch_id  number  kind
            b1        1       tahap
            sofar     -       cumulative
            """,
            observations="""
            batch_id  value
            b1        400
            sofar     9000
            """,
        )
    ).achieved
    assert (reached.value, reached.bound, reached.known) == (400, "at_least", ("b1",))


@pytest.mark.parametrize(
    ("span", "value", "known"),
    [
        ("399 released", 400, ("b1",)),
        ("400 released", 400, ("b1",)),
        ("401 released", 401, ("whole",)),
        ("- unknown", 400, ("b1",)),
    ],
)
def test_a_span_within_the_year_takes_the_place_of_its_batches_where_it_counts_more(
    span: str, value: int, known: tuple[str, ...]
) -> None:
    reached = of(
        compiled(
            targets=TARGET,
            batches="""
            batch_id  number  kind        start_on  end_on
            b1        1       tahap       -         -
            whole     -       cumulative  2025      2025
            """,
            observations=f"batch_id value status\nb1 400 released\nwhole {span}",
        )
    ).achieved
    assert (reached.value, reached.known) == (value, known)


@pytest.mark.parametrize(("start", "end"), [("2025-11", "2026"), ("2024", "2025-02"), ("2025", "-"), ("-", "2025")])
def test_a_span_that_reaches_beyond_its_year_takes_no_place_whatever_it_counts(start: str, end: str) -> None:
    reached = of(
        compiled(
            targets=TARGET,
            batches=f"batch_id number kind start_on end_on\nb1 1 tahap - -\nspan - cumulative {start} {end}",
            observations="batch_id value\nb1 400\nspan 9000",
        )
    ).achieved
    assert (reached.value, reached.known) == (400, ("b1",))


@pytest.mark.parametrize(
    ("precision", "expected"), [("about", "about"), ("rounded", "about"), ("at_least", "at_least"), ("exact", "exact")]
)
def test_a_total_is_no_more_exact_than_the_counts_that_are_added(precision: str, expected: str) -> None:
    reached = of(
        compiled(
            targets=TARGET,
            batches="batch_id number\nb1 1\nb2 2",
            observations=f"batch_id value precision\nb1 400 {precision}\nb2 350 exact",
        )
    ).achieved
    assert (reached.value, reached.precision) == (750, expected)


def test_events_are_never_provably_complete() -> None:
    reached = of(
        compiled(
            targets=TARGET,
            batches="""
            batch_id  kind
            e1        event
            e2        event
            """,
            observations="""
            batch_id  value
            e1        60
            e2        111
            """,
        )
    ).achieved
    assert (reached.value, reached.bound, reached.is_open) == (60 + 111, "at_least", True)


def test_a_gap_in_the_numbers_of_batches_makes_the_total_at_least() -> None:
    reached = of(
        compiled(
            targets=TARGET,
            batches="""
            batch_id  number
            b1        1
            b3        3
            """,
            observations="""
            batch_id  value
            b1        400
            b3        100
            """,
        )
    ).achieved
    assert (reached.value, reached.bound) == (500, "at_least")


def test_a_batch_stated_as_at_least_makes_the_total_at_least() -> None:
    reached = of(
        compiled(
            targets=TARGET,
            batches="batch_id number\nb1 1",
            observations="batch_id value precision\nb1 400 at_least",
        )
    ).achieved
    assert (reached.value, reached.bound) == (400, "at_least")


def test_ranges_of_batches_add_up_to_the_range_of_the_total() -> None:
    reached = of(
        compiled(
            targets=TARGET,
            batches="""
            batch_id  number
            b1        1
            b2        2
            """,
            observations="""
            batch_id  source_id  value  precision  preferred
            b1        a          827    exact      yes
            b1        b          860    exact      no
            b1        c          800    rounded    no
            b2        a          537    exact      yes
            """,
        )
    ).achieved
    assert (reached.low, reached.value, reached.high) == (827 + 537, 827 + 537, 860 + 537)


def test_a_target_counts_its_own_stage_year_and_programme() -> None:
    progress = of(
        compiled(
            programmes=("p", "q"),
            targets="""
            target_id  value  unit        stage
            t          100    sertifikat  skk_terbit
            """,
            batches="""
            batch_id  programme_id  year  number
            b1        p             2025  1
            earlier   p             2024  1
            other     q             2025  1
            """,
            observations="""
            batch_id  stage       value
            b1        peserta     90
            b1        skk_terbit  80
            earlier   skk_terbit  7
            other     skk_terbit  5
            """,
        )
    )
    assert (progress.achieved.value, progress.rate.value) == (80, Decimal("80.0"))


def test_a_target_for_one_group_of_levels_is_not_met_by_batch_totals() -> None:
    progress = of(
        compiled(
            targets="""
            target_id  value  qualification_level
            t          100    ahli
            """,
            batches="batch_id number\nb1 1",
            observations="batch_id value\nb1 90",
        )
    )
    assert (progress.achieved.value, progress.achieved.bound) == (None, "unknown")


def test_places_given_by_somebody_else_are_no_target() -> None:
    compilation = compiled(
        targets="""
        target_id  value  kind
        quota      475    quota
        prize      500    allocation
        """,
        batches="batch_id number\nb1 1",
    )
    assert [p.target.target_id for p in all_progress(compilation, all_batches(compilation))] == ["quota"]


def test_2025_of_the_repository_reads_as_its_sources_allow() -> None:
    examined = examine(ROOT / "data", ROOT / "data")
    compilation = examined.compiled()
    found = {p.target.target_id: p for p in all_progress(compilation, all_batches(compilation))}
    progress = found["kaltim-2025-peserta"]
    reached = progress.achieved
    assert (progress.target.value, progress.target.unit) == (1000, "peserta")
    assert reached.known == ("kaltim-2025-1", "kaltim-2025-2", "kaltim-2025-4")
    assert reached.unknown == ("kaltim-2025-3",)
    assert (reached.value, reached.bound) == (827 + 537 + 222, "at_least")
    assert (reached.low, reached.high, reached.precision) == (801 + 537 + 222, 860 + 540 + 222, "at_least")
    assert (progress.rate.numerator, progress.rate.denominator, progress.rate.value) == (1560, 1000, Decimal("156.0"))
    assert progress_sentence("id", compilation, progress) == (
        "Satu sumber menyebut target 2025 sebagai 1.000 peserta."
        " Tercatat sekurang-kurangnya 1.560 peserta pada Tahap I, II, dan IV."
        " Menurut sumber yang berbeda, jumlahnya antara 1.560 dan 1.622."
        " Angka Tahap III belum kami temukan."
    )
    assert progress_sentence("en", compilation, progress) == (
        "One source states the target for 2025 as 1,000 participants."
        " On record: at least 1,560 participants in Tahap I, II and IV."
        " Sources differ: for these batches the total lies between 1,560 and 1,622."
        " We found no figure for Tahap III."
    )
    year = found["ppu-2024"]
    assert (year.achieved.known, year.achieved.value, year.achieved.bound) == (("ppu-2024-setahun",), 476, "exact")
    draft = progress_sentence("id", compilation, found["kaltim-2024-ahli"])
    assert draft == "Rancangan untuk 2024: 1.500 sertifikat. Bukan target yang ditetapkan."
    certificates = found["kaltim-2025-sertifikat"]
    assert (certificates.achieved.value, certificates.achieved.status) == (None, "unknown")
    assert (certificates.rate.value, certificates.rate.status) == (None, "unknown")


CERTIFIED = """
target_id  value  unit        stage
t          1000   sertifikat  skk_terbit
"""


@pytest.mark.parametrize(
    ("units", "aim", "value", "bound", "unit", "share"),
    [
        (("sertifikat", "sertifikat"), CERTIFIED, 750, "exact", "sertifikat", "75.0"),
        (("orang", "orang"), CERTIFIED.replace("sertifikat", "orang     "), 750, "exact", "orang", "75.0"),
        (("orang", "orang"), CERTIFIED, 750, "exact", "orang", None),
        (("orang", "sertifikat"), CERTIFIED, 750, "at_least", "sertifikat", "75.0"),
    ],
    ids=["certificates", "people", "people beside a target in certificates", "both"],
)
def test_people_and_certificates_are_told_apart(
    units: tuple[str, str], aim: str, value: int, bound: str, unit: str, share: str | None
) -> None:
    progress = of(
        compiled(
            targets=aim,
            batches="""
            batch_id  number
            b1        1
            b2        2
            """,
            observations=f"""
            batch_id  stage       value  unit
            b1        skk_terbit  400    {units[0]}
            b2        skk_terbit  350    {units[1]}
            """,
        )
    )
    reached = progress.achieved
    assert (reached.value, reached.bound, reached.unit) == (value, bound, unit)
    assert progress.rate.value == (share and Decimal(share))


def test_at_least_nobody_is_no_statement() -> None:
    reached = of(
        compiled(
            targets=TARGET,
            batches="""
            batch_id  number
            b1        1
            b2        2
            """,
            observations="""
            batch_id  value  status
            b1        0      released
            b2        -      hidden
            """,
        )
    ).achieved
    assert (reached.value, reached.status, reached.bound, reached.low) == (None, "hidden", "unknown", None)
    assert (reached.known, reached.unknown) == ((), ("b1", "b2"))


def test_nobody_at_the_only_event_of_a_year_is_no_statement_while_others_may_have_been() -> None:
    reached = of(
        compiled(targets=TARGET, batches="batch_id kind\nb1 event", observations="batch_id value\nb1 0"),
    ).achieved
    assert (reached.value, reached.status, reached.known, reached.unknown) == (None, "unknown", (), ("b1",))
