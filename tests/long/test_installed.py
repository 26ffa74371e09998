"""What an officer installs: a package with an entry point that carries what its commands read."""

from __future__ import annotations

import os
import runpy
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.reading_code import ROOT

COMMANDS = runpy.run_path(str(ROOT / "scripts" / "officer.py"))["commands"]
"""Gives the commands of a page, as the walk on Windows, macOS and Linux runs them."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Give the package, built without a network."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return zipfile.ZipFile(next(out.glob("*.whl")))


def test_the_package_has_the_command(wheel: zipfile.ZipFile) -> None:
    name = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert wheel.read(name).decode() == "[console_scripts]\nkompeten = kompeten.__main__:run\n"


def test_an_officer_walks_through_the_page_without_the_repository(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "installed")
    office = tmp_path / "office"
    office.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}

    page = (tmp_path / "installed/kompeten/repository/docs/id/petugas.md").read_text(encoding="utf-8")
    for line in COMMANDS(page):
        arguments = shlex.split(line)[1:]
        done = subprocess.run(
            [sys.executable, "-m", "kompeten", *arguments],
            cwd=office,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (line, done.stdout[-2000:] + done.stderr[-2000:])
    assert sorted(path.name for path in office.iterdir()) == [
        "config-contoh.toml",
        "config.toml",
        "data-latihan",
        "paket-2026",
        "paket-2026-laporan-petugas.html",
        "register-contoh.csv",
        "register-contoh.xlsx",
        "situs-latihan",
    ]


def test_both_pages_print_the_same_commands_and_every_one_that_officers_have() -> None:
    printed = [COMMANDS((ROOT / f"docs/{each}/petugas.md").read_text(encoding="utf-8")) for each in ("id", "en")]
    assert printed[0] == printed[1]
    assert [line.split()[1] for line in printed[0]] == ["example", "begin", "anonymize", "audit", "join", "build"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_officer_is_told_of_make_or_of_a_hidden_folder(language: str) -> None:
    page = (ROOT / f"docs/{language}/petugas.md").read_text(encoding="utf-8")
    assert [word for word in ("`make", ".venv", "python -m", "build.py", "\nmake ") if word in page] == []


def test_the_package_carries_what_commands_read_and_no_test(wheel: zipfile.ZipFile) -> None:
    carried = {name.split("/")[2] for name in wheel.namelist() if name.startswith("kompeten/repository/")}
    assert carried == {"build.py", "data", "docs", "examples", "kompeten.toml", "site_templates"}
