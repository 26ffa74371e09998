"""Work done once per content: remembered, bounded, and never the worse for a cache that was lost or tampered with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from kompeten.ground.workshop import FEW, Workshop, digest_of_program


@dataclass(frozen=True, slots=True, kw_only=True)
class Shout:
    """A step that notes what it was asked for."""

    mark: str = "!"
    asked: Path | None = field(default=None, repr=False)

    def __call__(self, item: str) -> bytes:
        """Give the item with its mark."""
        if self.asked:
            with self.asked.open("a", encoding="utf-8") as file:
                file.write(f"{item}\n")
        return f"{item}{self.mark}".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A workshop with a cache, and a step whose work is counted."""

    workshop: Workshop
    step: Shout

    def work(self, *items: str) -> list[str]:
        """Do the items; give those that were not remembered."""
        assert self.step.asked
        self.step.asked.write_text("", encoding="utf-8")
        made = self.workshop.each(self.step, {f"{item}.txt": item for item in items})
        assert made == {f"{item}.txt": f"{item}{self.step.mark}".encode() for item in items}
        return sorted(self.step.asked.read_text(encoding="utf-8").split())

    def entries(self) -> list[Path]:
        """Give the files of the cache."""
        assert self.workshop.folder
        return sorted(path for path in self.workshop.folder.rglob("*") if path.is_file())


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(workshop=Workshop(folder=tmp_path / "cache", program="one"), step=Shout(asked=tmp_path / "asked"))


def test_a_content_is_made_once_whatever_its_names(bench: Bench) -> None:
    made = bench.workshop.each(bench.step, {"a": "satu", "b": "satu", "c": "dua"})
    assert made == {"a": b"satu!", "b": b"satu!", "c": b"dua!"}
    assert bench.step.asked
    assert bench.step.asked.read_text(encoding="utf-8") == "satu\ndua\n"
    assert bench.work("dua", "tiga", "satu") == ["tiga"]


def test_without_a_folder_nothing_is_remembered(bench: Bench, tmp_path: Path) -> None:
    forgetful = replace(bench, workshop=Workshop())
    assert forgetful.work("satu") == forgetful.work("satu") == ["satu"]
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    "changed",
    [
        lambda bench: replace(bench, step=replace(bench.step, mark="?")),
        lambda bench: replace(bench, workshop=replace(bench.workshop, program="two")),
    ],
    ids=["the step", "the program"],
)
def test_what_a_step_follows_from_is_part_of_the_key(bench: Bench, changed: Callable[[Bench], Bench]) -> None:
    assert bench.work("satu") == ["satu"]
    assert changed(bench).work("satu") == ["satu"]
    assert bench.work("satu") == []


DAMAGES: dict[str, Callable[[Path], object]] = {
    "one bit": lambda path: path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1])),
    "its digest": lambda path: path.write_bytes(b"\0" * 32 + path.read_bytes()[32:]),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-3]),
    "empty": lambda path: path.write_bytes(b""),
    "gone": lambda path: path.unlink(),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "unreadable": lambda path: (path.unlink(), path.symlink_to(path)),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_entry_is_made_anew(bench: Bench, damage: Callable[[Path], object]) -> None:
    bench.work("satu", "dua")
    damage(bench.entries()[0])
    assert len(bench.work("satu", "dua")) == 1


def test_an_entry_under_the_key_of_another_is_not_taken_for_it(bench: Bench) -> None:
    bench.work("satu", "dua")
    one, other = bench.entries()
    shutil.copyfile(one, other)
    assert len(bench.work("satu", "dua")) == 1
    assert bench.work("satu", "dua") == []


def test_what_was_not_asked_for_longest_is_forgotten_first(bench: Bench) -> None:
    bench.work("satu")
    size = bench.entries()[0].stat().st_size
    small = replace(bench, workshop=replace(bench.workshop, bound=2 * size))
    small.work("dua!")
    for age, path in enumerate(small.entries()):
        os.utime(path, (age, age))
    assert small.work("satu") == []
    small.work("tiga")
    small.workshop.tidy()
    assert sum(path.stat().st_size for path in small.entries()) <= 2 * size
    assert small.work("satu") == []
    assert small.work("dua!") == ["dua!"]


def test_nothing_is_forgotten_that_was_not_kept_here(bench: Bench, tmp_path: Path) -> None:
    bench.work("satu")
    others = [tmp_path / "cache" / name for name in ("a.txt", "go/a.iso", "ab/notes.md", "0a1/" + "0" * 62)]
    for path in others:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x" * 100)
    replace(bench.workshop, bound=0).tidy()
    assert bench.entries() == sorted(others)


@pytest.mark.parametrize("place", ["missing", "file", "link", "loop"])
def test_a_cache_that_is_no_folder_has_nothing_to_forget(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere" / "at all")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    shop = Workshop(folder=tmp_path / place, bound=0)
    shop.tidy()
    shop.keep("a", "b", b"c")
    assert shop.recall("a", "b") == (b"c" if place == "missing" else None)


@pytest.mark.parametrize("when", [0, 2**31])
def test_a_clock_that_was_moved_changes_nothing(bench: Bench, when: int) -> None:
    bench.work("satu", "dua")
    for path in bench.entries():
        os.utime(path, (when, when))
    assert bench.work("satu", "tiga", "dua") == ["tiga"]


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")
    assert bench.work("satu") == bench.work("satu") == ["satu"]


def test_many_cores_and_many_builds_at_once_give_what_one_gives(bench: Bench) -> None:
    items = {str(number): f"isi {number % 40}" for number in range(60)}
    assert len(items) > FEW
    alone = Workshop().each(Shout(), items)
    assert list(alone) == list(items)

    def build(jobs: int) -> dict[str, bytes]:
        return replace(bench.workshop, jobs=jobs).each(Shout(), items)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(build, [1, 1, 1, 1])) == [alone] * 4
    shutil.rmtree(bench.workshop.folder or "")
    assert build(2) == alone
    assert build(2) == alone


def test_the_program_is_its_files_by_name_and_content(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "a.py").write_text("x", encoding="utf-8")
    first = digest_of_program(tmp_path)
    (tmp_path / "__pycache__" / "a.pyc").write_text("compiled", encoding="utf-8")
    assert digest_of_program(tmp_path) == first
    (tmp_path / "a.py").write_text("y", encoding="utf-8")
    second = digest_of_program(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, second, digest_of_program(tmp_path)}) == 3
