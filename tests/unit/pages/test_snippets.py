"""The code on the data page does what the page says, against a served site, with the tools that are there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import serving
from tests.site_reader import document, pages

SNIPPETS = Path(__file__).parents[3] / "examples" / "snippets"
PLACEHOLDER = "https://kaltim-kompeten.invalid/"
PROGRAMS = {"py": (sys.executable,), "mjs": ("node",), "R": ("Rscript",), "sh": ("sh",)}


@pytest.fixture
def address(real_site: Path) -> Iterator[str]:
    """Serve the real site."""
    with serving(real_site) as served:
        yield f"{served}/"


def run(name: str, address: str, folder: Path) -> str:
    """Run one snippet and give what it prints."""
    program = PROGRAMS[name.rsplit(".", 1)[-1]]
    assert shutil.which(program[0]), f"{program[0]} is missing: scripts/browser.sh installs it, or says how to"
    command = [*program, str(SNIPPETS / name)]
    environment = {**os.environ, "KALTIM_KOMPETEN": address, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def lines(site: Path) -> str:
    """Give the lines that the three languages print."""
    found = []
    for row in document(site, "api/v1/progress.json")["data"]:
        target, achieved = row["target"], row["achieved"]
        reached = achieved["status"] if achieved["value"] is None else achieved["value"]
        found.append(f"{target['target_id']}\t{target['value']}\t{target['unit']}\t{reached}\t{achieved['bound']}\n")
    return "".join(found)


@pytest.mark.parametrize("name", ["fetch.py", "fetch.mjs", "fetch.R"])
def test_each_language_prints_the_same_lines(name: str, real_site: Path, address: str, tmp_path: Path) -> None:
    assert run(name, address, tmp_path) == lines(real_site)


def test_curl_downloads_and_checks_the_bytes(real_site: Path, address: str, tmp_path: Path) -> None:
    assert "observations.csv: OK" in run("fetch.sh", address, tmp_path)
    published = (real_site / "downloads" / "observations.csv").read_bytes()
    assert (tmp_path / "observations.csv").read_bytes() == published


def test_the_spreadsheet_formula_names_a_published_file(real_site: Path) -> None:
    formula = (SNIPPETS / "spreadsheet.txt").read_text(encoding="utf-8")
    found = re.search(re.escape(PLACEHOLDER) + r"([^\"]+)", formula)
    assert found
    assert (real_site / found[1]).is_file()


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_page_shows_the_files_with_the_address_of_the_site(real_site: Path, language: str) -> None:
    page = next(p for p in pages(real_site) if p.path == f"{language}data/index.html")
    shown = [e.text.strip() for e in page.all("code")]
    for name in ("fetch.py", "fetch.R", "fetch.mjs", "spreadsheet.txt", "fetch.sh"):
        text = (SNIPPETS / name).read_text(encoding="utf-8").strip()
        assert text in shown, name
