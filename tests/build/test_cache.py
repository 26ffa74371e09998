"""What a build remembers never shows: cold, warm, on one core or on two, after any change, damage or kill."""

from __future__ import annotations

import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import build
from kompeten.site import assets
from tests.golden.small import ROOT, data_folder
from tests.site_reader import every_file

Build = Callable[..., dict[str, bytes]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the small data folder."""
    return data_folder(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder where the builds of these tests remember."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def made(data: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """Give a function that builds the site of the small data."""
    place = tmp_path_factory.mktemp("sites")

    def make(*options: str) -> dict[str, bytes]:
        out = place / str(len(list(place.iterdir())))
        address = () if "--base-url" in options else ("--base-url", "https://kecil.invalid/")
        assert build.main(["--data", str(data), "--out", str(out), *address, *options]) == 0
        return every_file(out)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOMPETEN_CACHE", str(cache))
        patch.setattr(assets.resvg_py, "svg_to_bytes", drawn)
        yield make


@pytest.fixture(scope="module")
def cold(made: Build) -> dict[str, bytes]:
    """Give the site as it is made without any memory, on one core."""
    return made("--no-cache", "--jobs", "1")


def drawn(svg_string: str, **_options: object) -> bytes:
    """Take the place of the picture's printer: what it is given matters here, and not how long it takes."""
    whole = ((b"IDAT", svg_string.encode()), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(own)) + kind + own + bytes(4) for kind, own in whole)


def entries(cache: Path) -> set[Path]:
    """Give what is remembered."""
    return {path for path in cache.rglob("*") if path.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Give the paths of the files that are not the same in two sites."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def test_cold_and_warm_on_one_core_and_on_two(made: Build, cold: dict[str, bytes], cache: Path) -> None:
    assert entries(cache) == set()
    assert differing(made("--jobs", "2"), cold) == []
    remembered = entries(cache)
    assert len(remembered) > 100
    assert differing(made("--jobs", "1"), cold) == []
    assert entries(cache) == remembered


CHANGES: dict[str, tuple[str, str, str]] = {
    "a count": ("outcomes/observations.csv", ",90,released,exact,", ",91,released,exact,"),
    "a source": ("batches/sources.csv", "Paper A", "Paper AA"),
    "a name": ("reference/regions.csv", "Balikpapan", "Balikpapan Baru"),
    "a title": ("releases.toml", 'title_id = "', 'title_id = "Baru: '),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_nothing_old_is_given(
    made: Build, cold: dict[str, bytes], data: Path, cache: Path, change: str
) -> None:
    before = entries(cache)
    file, old, new = CHANGES[change]
    text = (data / file).read_text(encoding="utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        warm, anew = made(), made("--no-cache")
    finally:
        (data / file).write_text(text, encoding="utf-8")
    assert differing(warm, anew) == []
    assert differing(anew, cold) != []
    assert before < entries(cache)


def test_another_address_shows_on_every_page(made: Build, cold: dict[str, bytes]) -> None:
    moved = made("--base-url", "https://pindah.invalid/")
    assert differing(moved, made("--base-url", "https://pindah.invalid/", "--no-cache")) == []
    assert {path for path in cold if path.endswith(".html")} <= {*differing(moved, cold), "404.html"}


def test_every_entry_damaged(made: Build, cold: dict[str, bytes], cache: Path) -> None:
    made()
    for number, path in enumerate(sorted(entries(cache))):
        content = bytearray(path.read_bytes())
        content[number % len(content)] ^= 1
        path.write_bytes(content if number % 3 else content[: len(content) // 2])
    assert differing(made(), cold) == []
    assert differing(made(), cold) == []


def test_a_build_that_was_killed_leaves_nothing_that_is_taken_for_whole(
    made: Build, cold: dict[str, bytes], data: Path, cache: Path, tmp_path: Path
) -> None:
    for path in entries(cache):
        path.unlink()
    program = (
        "import sys, build; from kompeten.site import assets; from tests.build.test_cache import drawn; "
        "assets.resvg_py.svg_to_bytes = drawn; build.main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", program, "--data", data, "--out", tmp_path / "site"]
    killed = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    while killed.poll() is None and not entries(cache):
        time.sleep(0.05)
    killed.kill()
    killed.wait()
    assert entries(cache) != set()
    assert differing(made(), cold) == []
