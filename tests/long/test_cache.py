"""What a build remembers never shows: cold, warm, on one core or on two, after any change, damage or kill."""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import build
from kompeten import PACKAGE, TEMPLATES
from kompeten.audit import AuditResult, Breach, audit_directory, verdict
from kompeten.audit.reading.site import site_files
from kompeten.audit.reasoning.cells import Published
from kompeten.ground.policy import load_policy
from kompeten.ground.workshop import Workshop
from kompeten.site import assets, composing, standing
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

    def make(*options: str, out: Path | None = None) -> dict[str, bytes]:
        out = out or place / str(len(list(place.iterdir())))
        address = () if "--base-url" in options else ("--base-url", "https://kecil.invalid/")
        assert build.main(["--data", str(data), "--out", str(out), *address, *options]) == 0
        return every_file(out)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOMPETEN_CACHE", str(cache))
        patch.setattr(assets.resvg_py, "svg_to_bytes", drawn)
        yield make


@pytest.fixture(scope="module")
def opened() -> list[Path]:
    """Give the files that were opened while the site was composed without any memory."""
    return []


@pytest.fixture(scope="module")
def cold(made: Build, opened: list[Path]) -> dict[str, bytes]:
    """Give the site as it is made without any memory, on one core."""
    compose, listening = composing.composed, []

    def listened(*given: Any) -> composing.Composed:
        listening.append(True)
        try:
            return compose(*given)
        finally:
            listening.clear()

    def hear(event: str, given: tuple[Any, ...]) -> None:
        if listening and event == "open" and isinstance(given[0], str | bytes):
            opened.append(Path(os.fsdecode(given[0])).absolute())

    sys.addaudithook(hear)  # stays, and hears nothing any more
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(composing, "composed", listened)
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
    made: Build, cold: dict[str, bytes], data: Path, cache: Path, stood: Path, change: str
) -> None:
    before = entries(cache)
    file, old, new = CHANGES[change]
    text = (data / file).read_text(encoding="utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        warm, anew = made(out=stood), made("--no-cache")
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
        "import sys, build; from kompeten.site import assets; from tests.long.test_cache import drawn; "
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


def times(site: Path) -> dict[str, int]:
    """Give when each file was written."""
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def stood(made: Build, cold: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a site that was made and stands."""
    out = tmp_path_factory.mktemp("standing") / "site"
    assert differing(made(out=out), cold) == []
    return out


def test_a_site_that_stands_is_attacked_again_and_not_made_again(
    made: Build,
    cold: dict[str, bytes],
    stood: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert differing(made(out=stood), cold) == []  # a test before may have left another site there
    before, asked, attack = times(stood), [], audit_directory
    capsys.readouterr()

    def attacked(folder: Path, **more: Any) -> AuditResult:
        asked.append(folder)
        return attack(folder, **more)

    monkeypatch.setattr(standing, "audit_directory", attacked)
    monkeypatch.setattr(composing, "composed", None)
    assert differing(made(out=stood), cold) == []
    assert times(stood) == before
    assert asked == [stood]
    said = capsys.readouterr().out.splitlines()
    pages = sum(path.endswith("index.html") for path in cold)
    assert said[0].startswith("observations ")
    assert said[0].endswith(f"  pages {pages}  files {len(cold) - 2:,}")
    assert said[-1] == f"Selesai: {stood}"


def flipped(path: Path) -> None:
    """Change one bit of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _other_report(site: Path) -> None:
    """Let the report of the audit say something else, and the list of digests agree with it."""
    report = (site / "audit.json").read_bytes()
    (site / "audit.json").write_bytes(report.replace(b'"breaches": 0', b'"breaches": 00'))
    sums = (site / "SHA256SUMS").read_text(encoding="utf-8")
    old, new = (hashlib.sha256(own).hexdigest() for own in (report, (site / "audit.json").read_bytes()))
    assert old != new
    assert old in sums
    (site / "SHA256SUMS").write_text(sums.replace(old, new), encoding="utf-8")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a bit of a page": lambda site: flipped(site / "index.html"),
    "a bit of an archive": lambda site: flipped(site / "downloads/kaltim-kompeten.zip"),
    "a bit of the list": lambda site: flipped(site / "SHA256SUMS"),
    "no list": lambda site: (site / "SHA256SUMS").unlink(),
    "a file less": lambda site: (site / "robots.txt").unlink(),
    "a file more": lambda site: (site / "lain.html").write_text("<p>Lain</p>", encoding="utf-8"),
    "two files exchanged": lambda site: (
        (site / "index.html").rename(site / "x"),
        (site / "404.html").rename(site / "index.html"),
        (site / "x").rename(site / "404.html"),
    ),
    "a link in the place of a file": lambda site: (
        (site / "index.html").rename(site.parent / "outside.html"),
        (site / "index.html").symlink_to(site.parent / "outside.html"),
    ),
    "another report": _other_report,
    "no site": shutil.rmtree,
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_site_that_was_touched_does_not_stand(
    stood: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    site, shop = tmp_path / "site", Workshop(folder=tmp_path / "cache", program="test")
    shutil.copytree(stood, site)
    plan = standing.Plan(origin="a", privacy="b", prose="c")
    left = standing.Standing(sums=(site / "SHA256SUMS").read_text(encoding="utf-8"), pages=1, near=())
    shop.keep(standing.Standing, plan, left.packed())
    monkeypatch.setattr(standing, "audit_directory", partial(told_apart, left))
    assert standing.standing_at(site, plan, shop) == left
    assert standing.standing_at(site, replace(plan, origin="other"), shop) is None
    DAMAGE[kind](site)
    assert standing.standing_at(site, plan, shop) is None


def told_apart(left: standing.Standing, site: Path, *, redraw: standing.Standing, **_: object) -> AuditResult:
    """Take the place of the attack, which has its own tests: what is compared of a site matters here."""
    assert redraw == left
    files = tuple(site_files(site))
    plain = {path: content for path, content in files if content is not None}
    found = [*redraw(plain), *(Breach(reason="unreadable_file", subject=path) for path, own in files if own is None)]
    return verdict(Published(cells=(), parents={}), load_policy(ROOT / "data/policy.toml"), found=found)


def test_a_site_that_was_touched_is_made_as_if_nothing_stood(made: Build, cold: dict[str, bytes], stood: Path) -> None:
    flipped(stood / "index.html")
    (stood / "lain.html").write_text("<p>Lain</p>", encoding="utf-8")
    assert differing(made(out=stood), cold) == []


def test_all_that_is_opened_to_make_a_site_is_part_of_what_it_follows_from(
    cold: dict[str, bytes], opened: list[Path]
) -> None:
    assert cold
    ours = {path for path in opened if path.is_relative_to(ROOT) and ".venv" not in path.parts and path.is_file()}
    assert {path.parent.relative_to(ROOT).as_posix() for path in ours} >= {"docs/id", "docs/en", "examples/snippets"}
    known = (PACKAGE, TEMPLATES, *standing.WRITTEN_BY_HAND)
    assert {path for path in ours if not any(path.is_relative_to(folder) for folder in known)} == set()
