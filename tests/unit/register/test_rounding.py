"""Keyed random rounding: unbiased, repeatable by the office alone, and attacked like everything else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kompeten.register.hiding.count import count
from kompeten.register.hiding.linkage import link
from kompeten.register.hiding.protect import ProtectedRelease, by_batch, protect
from kompeten.register.hiding.rounding import SaltError, draw, load_salt, rounded
from tests.unit.register.registers import invented_people, lists_and_parents
from tests.unit.register.tables import POLICY

ROUNDING = replace(POLICY, method="rounding")
SALT = b"garam rekaan untuk uji saja"


def released(salt: bytes = SALT, seed: int = 1) -> ProtectedRelease:
    release = protect(count(invented_people(seed), ROUNDING, lists_and_parents()[1]), ROUNDING, salt=salt)
    assert isinstance(release, ProtectedRelease)
    return release


def test_every_count_is_a_multiple_of_five_within_four() -> None:
    for cell in released().cells:
        assert cell.status == "hidden" or cell.precision == "rounded"
        assert cell.value is None or (cell.value % 5 == 0 and abs(cell.value - cell.people) <= 4)


def test_zero_stays_zero() -> None:
    assert {cell.value for cell in released().cells if cell.people == 0} <= {0, None}


def test_the_same_salt_gives_the_same_draw_and_another_salt_another() -> None:
    assert released() == released()
    assert released() != released(salt=SALT + b"!")


def test_a_cell_whose_count_did_not_move_prints_the_same_in_every_release() -> None:
    place = ("64.72", *["_T"] * 6)
    assert draw(SALT, "contoh-2026-1", place, base=5) == draw(SALT, "contoh-2026-1", place, base=5)


def test_the_funnel_keeps_its_order() -> None:
    for tables in by_batch(count(invented_people(), ROUNDING, lists_and_parents()[1])).values():
        linked = link(tables, ROUNDING)
        printed = dict(zip(linked.keys, rounded(linked, SALT, base=5).tolist(), strict=True))
        for (stage, place), value in printed.items():
            if stage == "kompeten" and ("peserta", place) in printed:
                assert value <= printed["peserta", place]


def test_rounding_neither_adds_nor_takes_away_on_average() -> None:
    draws = [draw(SALT, "tahap", (str(number),), base=5) for number in range(5000)]
    counts = np.bincount(draws, minlength=5)
    assert counts.min() > 900
    assert counts.max() < 1100


def test_a_salt_in_a_repository_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "garam.bin").write_bytes(SALT)
    with pytest.raises(SaltError, match="keep it outside"):
        load_salt(tmp_path / "garam.bin")


def test_a_short_salt_is_refused_without_showing_it(tmp_path: Path) -> None:
    (tmp_path / "garam.bin").write_bytes(b"pendek")
    with pytest.raises(SaltError) as caught:
        load_salt(tmp_path / "garam.bin")
    assert "pendek" not in str(caught.value)
