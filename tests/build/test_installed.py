"""What an officer installs: a package with an entry point that carries what its commands read."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.reading_code import ROOT


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
    assert wheel.read(name).decode() == "[console_scripts]\nkompeten = kompeten.cli:run\n"


def test_the_package_needs_no_repository(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "installed")
    office = tmp_path / "office"
    office.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}

    def kompeten(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kompeten", *arguments],
            cwd=office,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    kompeten("example")
    kompeten("anonymize", "register-contoh.xlsx", "--config", "config-contoh.toml", "--out", "paket")
    assert "0 " in kompeten("audit", "paket")
    kompeten("build", "--data", "paket", "--check")
    assert sorted(path.name for path in office.iterdir()) == [
        "config-contoh.toml",
        "paket",
        "paket-laporan-petugas.html",
        "register-contoh.csv",
        "register-contoh.xlsx",
    ]


def test_the_package_carries_what_commands_read_and_no_test(wheel: zipfile.ZipFile) -> None:
    carried = {name.split("/")[2] for name in wheel.namelist() if name.startswith("kompeten/repository/")}
    assert carried == {"build.py", "data", "docs", "examples", "kompeten.toml", "site_templates"}
