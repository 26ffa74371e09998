"""Sentences made from figures: each names value, unit, period and what is missing, in both languages."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kompeten.ground.compiling import compile_model
from kompeten.ground.model import Compilation
from kompeten.intake.validation import examine
from kompeten.statistics.funnel import all_batches
from kompeten.statistics.progress import Progress, all_progress
from kompeten.statistics.sentences import listed, progress_sentence, short_name
from tests.unit.data_folders import REPOSITORY_DATA


@pytest.fixture(scope="module")
def compilation() -> Compilation:
    """Give the repository's compilation."""
    examined = examine(REPOSITORY_DATA, REPOSITORY_DATA)
    return compile_model(examined.tables, examined.releases, synthetic=False)


@pytest.fixture(scope="module")
def progress(compilation: Compilation) -> Progress:
    """Give the progress towards the participants of 2025."""
    found = all_progress(compilation, all_batches(compilation))
    return next(p for p in found if p.target.target_id == "kaltim-2025-peserta")


def said(compilation: Compilation, progress: Progress, **achieved: Any) -> tuple[str, str]:
    """Give the sentence in both languages with some of what was achieved changed."""
    changed = replace(progress, achieved=replace(progress.achieved, **achieved))
    return progress_sentence("id", compilation, changed), progress_sentence("en", compilation, changed)


def test_a_complete_count_carries_no_hedge(compilation: Compilation, progress: Progress) -> None:
    known = ("kaltim-2025-1", "kaltim-2025-2")
    whole = {"value": 1364, "low": 1364, "high": 1364, "bound": "exact", "precision": "exact", "unknown": ()}
    assert said(compilation, progress, known=known, **whole) == (
        "Satu sumber menyebut target 2025 sebagai 1.000 peserta. Tercatat 1.364 peserta pada Tahap I dan II.",
        "One source states the target for 2025 as 1,000 participants. On record: 1,364 participants in Tahap I and II.",
    )


def test_nothing_known_is_said_as_such(compilation: Compilation, progress: Progress) -> None:
    nothing = {"value": None, "low": None, "high": None, "bound": "unknown", "known": (), "unknown": ("kaltim-2025-3",)}
    assert said(compilation, progress, status="unknown", **nothing) == (
        "Satu sumber menyebut target 2025 sebagai 1.000 peserta. Berapa yang tercapai belum kami temukan.",
        "One source states the target for 2025 as 1,000 participants. What was achieved is not in any source we found.",
    )


def test_what_is_hidden_is_not_called_unknown(compilation: Compilation, progress: Progress) -> None:
    nothing = {"value": None, "low": None, "high": None, "bound": "unknown", "known": (), "unknown": ("kaltim-2025-3",)}
    assert said(compilation, progress, status="hidden", **nothing) == (
        "Satu sumber menyebut target 2025 sebagai 1.000 peserta."
        " Berapa yang tercapai disembunyikan agar orang tidak dikenali.",
        "One source states the target for 2025 as 1,000 participants."
        " What was achieved is hidden so that nobody can be recognised.",
    )


def test_a_quota_is_not_called_a_target(compilation: Compilation) -> None:
    found = all_progress(compilation, all_batches(compilation))
    quota = next(p for p in found if p.target.target_id == "berau-2023")
    assert (
        progress_sentence("id", compilation, quota)
        == "Jatah 2023: sekitar 70 peserta. Berapa yang tercapai belum kami temukan."
    )
    assert progress_sentence("en", compilation, quota).startswith("Quota for 2023: about 70 participants.")


def test_batches_are_named_by_roman_numeral_and_events_by_name(compilation: Compilation) -> None:
    batches = list(compilation.batches.values())
    fourth = compilation.batches["kaltim-2025-4"]
    event = compilation.batches["kaltim-2022-samarinda"]
    assert short_name("id", fourth) == "Tahap IV"
    assert short_name("en", event) == "Samarinda training, November 2022"
    numbered = [b for b in batches if b.programme_id == "kaltim" and b.number and b.year == 2025]
    assert listed("id", numbered) == "Tahap I, II, III, dan IV"
    assert listed("en", [event, fourth]) == "Samarinda training, November 2022 and Tahap IV"


def test_the_rate_beside_the_sentence_is_of_the_same_counts(progress: Progress) -> None:
    assert progress.rate.value == Decimal(progress.achieved.low or 0) / progress.target.value * 100


@pytest.mark.parametrize(
    ("bound", "precision", "value"),
    [
        ("exact", "exact", ("1.364 peserta", "1,364 participants")),
        ("exact", "about", ("sekitar 1.364 peserta", "about 1,364 participants")),
        ("at_least", "at_least", ("sekurang-kurangnya 1.364 peserta", "at least 1,364 participants")),
        ("at_least", "about", ("sekurang-kurangnya sekitar 1.364 peserta", "at least about 1,364 participants")),
    ],
)
def test_a_rounded_count_beside_an_uncounted_batch_is_at_least_about(
    compilation: Compilation, progress: Progress, bound: str, precision: str, value: tuple[str, str]
) -> None:
    some = {"value": 1364, "low": 1364, "high": 1364, "known": ("kaltim-2025-1", "kaltim-2025-2"), "unknown": ()}
    assert said(compilation, progress, bound=bound, precision=precision, **some) == (
        f"Satu sumber menyebut target 2025 sebagai 1.000 peserta. Tercatat {value[0]} pada Tahap I dan II.",
        f"One source states the target for 2025 as 1,000 participants. On record: {value[1]} in Tahap I and II.",
    )
