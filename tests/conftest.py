"""What many tests share: the real site and the demo site, built once a run, and one Chromium a worker."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
SYSTEM = ("chromium", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--allow-file-access-from-files"]


def command(*arguments: str | Path) -> None:
    """Run one of the project's commands in the repository; a failure shows what it said."""
    done = subprocess.run([sys.executable, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def _cache_of_this_run(shared: Path) -> Iterator[None]:
    """Let the builds of a run remember for each other, and nothing from or for another run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOMPETEN_CACHE", str(shared / "cache"))
        yield


@pytest.fixture(scope="session")
def once(shared: Path) -> Callable[[str, Callable[[Path], None]], Path]:
    """Give a function that makes a folder once for all workers of this run and gives its path."""

    def make_once(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                make(folder)
                done.touch()
        return folder

    return make_once


@pytest.fixture(scope="session")
def real_site(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Give the site of the repository's own data."""
    return once("site", lambda folder: command("build.py", "--out", folder))


@pytest.fixture(scope="session")
def demo_data(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Give the synthetic packages of ``make demo``."""
    return once(
        "demo-data", lambda folder: command("-m", "kompeten", "sample", "--size=kaltim", "--seed=1", "--out", folder)
    )


@pytest.fixture(scope="session")
def demo_site(once: Callable[[str, Callable[[Path], None]], Path], demo_data: Path) -> Path:
    """Give the site of the synthetic packages."""
    return once("site-demo", lambda folder: command("build.py", "--data", demo_data, "--out", folder))


@pytest.fixture(scope="session")
def both_sites(real_site: Path, demo_site: Path) -> tuple[Path, Path]:
    """Give the real site and the demo site."""
    return real_site, demo_site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the installed Chromium, or Playwright's own."""
    installed = next(filter(None, map(shutil.which, SYSTEM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed, args=FLAGS)
        yield browser
        browser.close()
