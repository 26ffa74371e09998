"""The verdict as lines to print: what tells in many places once, and one line of summary."""

from __future__ import annotations

import pytest

from kompeten.audit.reasoning.verdict import PLACES_TOLD, AuditResult, AuditSummary, Breach, Reason


def lines(*breaches: Breach, tightest: int | None = None) -> tuple[str, ...]:
    """Give the English lines of a verdict."""
    summary = AuditSummary(
        threshold=5, width=4, cells_audited=7, targets=3, tightest_width=tightest, proofs=(), files_read=2,
        releases_compared=0, breaches=len(breaches),
    )  # fmt: skip
    return AuditResult(breaches=breaches, summary=summary).lines("en")


@pytest.mark.parametrize(("tightest", "said"), [(None, "-"), (0, "0"), (4, "4")])
def test_the_last_line_says_how_near_a_hidden_count_was(tightest: int | None, said: str) -> None:
    assert lines(tightest=tightest) == (
        f"7 register cells audited, 3 hidden cells attacked, tightest interval {said}, 0 breaches.",
    )


@pytest.mark.parametrize(("reason", "more"), [("note_tells", 0), ("note_tells", 1), ("order_by_value", 5)])
def test_what_tells_in_many_places_is_told_once_with_the_first_of_them(reason: Reason, more: int) -> None:
    places = [f"{number}.json" for number in range(PLACES_TOLD + more)]
    told = lines(*(Breach(reason=reason, subject="t1", chain=(place,)) for place in places))
    named = ", ".join([*places[:20], *([f"+{more}"] if more else [])])
    assert len(told) == 2
    assert told[0].endswith(f" [{named}]")


def test_other_breaches_and_those_without_a_place_are_told_one_by_one() -> None:
    found = (
        Breach(reason="small_cell", subject="a", chain=("1.json", "2.json")),
        Breach(reason="small_cell", subject="a", chain=("3.json",)),
        Breach(reason="order_by_value", subject="b"),
        Breach(reason="order_by_value", subject="c", chain=("4.json",)),
    )
    first, second, bare, placed, _ = lines(*found)
    assert (first, second) == (found[0].line("en"), found[1].line("en"))
    assert first.endswith(" [1.json + 2.json]")
    assert (bare, placed) == (found[2].line("en"), found[3].line("en"))
    assert "[" not in bare
