"""Withdrawn ids keep a stone, and the data hash moves only with data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kompeten.api import data_hash as data_hash_module
from kompeten.api import shaping
from kompeten.api.data_hash import data_hash
from kompeten.ground.findings import Label
from kompeten.ground.model import Reply
from kompeten.ground.vocabulary import DIMENSION
from tests.published import published

COMPILATION = published("real").edition.compilation


def test_a_reply_stands_beside_the_figure_that_it_answers_and_beside_no_other() -> None:
    own, other = COMPILATION.observations[0].cell_id, COMPILATION.observations[-1].cell_id
    source = COMPILATION.observations[0].source_id
    reply = Reply(
        reply_id="r1",
        cell_id=own,
        replied_on="2026-11-01",
        speaker="_U",
        text=Label("Benar.", "It is right."),
        source_id=source,
    )
    statistics = replace(published("real").edition.statistics, compilation=replace(COMPILATION, replies=(reply,)))
    assert [each.reply_id for each in shaping.replies_to(statistics, own)] == ["r1"]
    assert shaping.replies_to(statistics, other) == ()


def test_the_hash_stays_when_rows_are_reordered_or_notes_reworded() -> None:
    rows = COMPILATION.observations
    reworded = tuple(replace(row, note=Label("Lain.", "Other.")) for row in reversed(rows))
    assert data_hash(replace(COMPILATION, observations=reworded)) == data_hash(COMPILATION)


def test_the_hash_stays_when_a_later_dimension_breaks_nothing_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(data_hash_module.DIMENSION, "later", replace(DIMENSION["sex"], name="later", since="1.9"))
    first, *others = COMPILATION.observations
    hashes = [
        data_hash(replace(COMPILATION, observations=(replace(first, place={**first.place, "later": code}), *others)))
        for code in ("_T", "ya")
    ]
    assert hashes[0] == data_hash(COMPILATION)
    assert hashes[1] != hashes[0]


def test_the_hash_moves_with_every_figure_status_date_and_source() -> None:
    first, *others = COMPILATION.observations
    changes = [
        {"value": (first.value or 0) + 1},
        {"value": None, "status": "unknown", "precision": None},
        {"as_of": "2031"},
        {"source_id": "other"},
        {"preferred": not first.preferred},
    ]
    hashes = {data_hash(replace(COMPILATION, observations=(replace(first, **c), *others))) for c in changes}
    hashes |= {data_hash(COMPILATION), data_hash(replace(COMPILATION, targets=COMPILATION.targets[1:]))}
    assert len(hashes) == len(changes) + 2
