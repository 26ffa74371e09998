"""Whatever bytes a reader gets, it answers: those that once broke one, and some new ones, led by what they reach."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz import guided
from tests.fuzz.readers import Reader, fault_of, readers

READERS = {reader.name: reader for reader in readers()}
KEPT = sorted((Path(__file__).parent / "kept").iterdir())
TRIES = 20
"""Inputs of each reader here; ``python -m tests.fuzz`` goes on as long as it is told."""


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_once_broke_a_reader_is_answered(path: Path, tmp_path: Path) -> None:
    reader = READERS[path.name.rsplit("-", 1)[0]]
    assert fault_of(reader, path.read_bytes(), tmp_path / "x") is None


@pytest.mark.parametrize("name", READERS)
def test_changed_inputs_are_answered(name: str, tmp_path: Path) -> None:
    assert list(guided.faults(READERS[name], tmp_path / "x", seed=1, tries=TRIES)) == []


def test_every_reader_reads_what_it_begins_with(tmp_path: Path) -> None:
    assert len(READERS) > 20
    assert [(name, fault) for name, each in READERS.items() for content in each.seeds()
            if (fault := fault_of(each, content, tmp_path / "x"))] == []  # fmt: skip


def gated(content: bytes, _: Path) -> list[str]:
    """Break where three gates stand open one behind the other: blind changes hardly ever pass all of them."""
    if b"NaN" not in content:
        return []
    if b"hidden" not in content:
        return []
    if b"=1+1" not in content:
        return []
    raise ValueError("found")


def test_the_loop_keeps_what_reaches_new_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(name="gated", seeds=lambda: [b"...."], read=gated)
    monkeypatch.setattr("tests.fuzz.guided.PACKAGE", Path(__file__))
    found = list(guided.faults(reader, tmp_path / "x", seed=1, tries=4_000))
    assert [fault.split(" in ")[0] for fault, _, _ in found] == ["ValueError"]


def test_the_same_seed_gives_the_same_inputs() -> None:
    one, two = ([guided.changed(b"a,b\n1,2\n", [b"x"], random.Random(7)) for _ in range(5)] for _ in range(2))
    assert one == two
