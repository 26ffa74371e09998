"""A reader who runs the published rules: what they leave to him depends on a secret that he does not have."""

from __future__ import annotations

import pytest

from tests.attacks.inverting import ONE_WAY, fitting, pattern, widths_left
from tests.attacks.planting import POLICY

SECRETS = tuple(bytes([number]) for number in range(12))


@pytest.mark.parametrize("counts", [(4, 5, 15, 3, 8), (3, 30, 3, 1, 15), (3, 5, 14, 21)])
def test_who_runs_the_rules_is_left_with_the_width_that_is_promised(counts: tuple[int, ...]) -> None:
    left = widths_left(counts, SECRETS)
    assert len(left) >= 2
    assert min(left.values()) >= ONE_WAY.width


def test_it_is_the_secret_that_answers_him() -> None:
    """4 and 3 under a sum of 7: whoever held the secret would rule out most of what fits."""
    assert min(widths_left((4, 5, 15, 3, 8), SECRETS[:1]).values()) < ONE_WAY.width


def test_any_cell_may_be_hidden_for_the_small_one() -> None:
    """The count says nothing: under some secret each of the others is the one that is hidden beside it."""
    counts = (3, 14, 9, 40, 22)
    patterns = {pattern(counts, bytes([number])) for number in range(40)}
    assert patterns == {frozenset((0, other)) for other in (1, 2, 3, 4)}


@pytest.mark.parametrize("counts", [(4, 5, 15, 3, 8), (3, 30, 3, 1, 15)])
def test_that_a_table_was_left_out_rules_out_nothing_that_is_printed(counts: tuple[int, ...]) -> None:
    """Beside every table that fits, some table of which nobody sees anything hides more than the policy aims at."""
    hidden = pattern(counts, SECRETS[0])
    fits = [own for own in fitting(counts, sorted(hidden)) if pattern(own, SECRETS[0]) == hidden]
    assert len(fits) > 1
    for own in fits:
        unseen = (1, 2, 3, sum(own) - 6)
        less = len(pattern(unseen, SECRETS[0])) + len(hidden)
        assert less * 100 > POLICY.hidden_aim_pct * (1 + len(own) + len(unseen))


@pytest.mark.parametrize("counts", [(4, 1, 20, 30), (2, 2, 20, 30), (1, 1, 1, 20, 30)])
def test_nobody_is_left_with_too_little_room_by_knowing_that_hidden_cells_are_not_empty(
    counts: tuple[int, ...],
) -> None:
    """1 and 4 under a sum of 5 would leave 1 to 4 each: a third is hidden with them."""
    hidden = pattern(counts, b"")
    assert sum(counts[cell] for cell in hidden) - len(hidden) >= ONE_WAY.width
