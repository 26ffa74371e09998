"""The code on the data page does what the page says, against a served site, with the tools that are there."""

from __future__ import annotations

import csv
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.serving import serving
from tests.site_reader import document, pages

SNIPPETS = Path(__file__).parents[3] / "examples" / "snippets"
PLACEHOLDER = "https://kaltim-kompeten.invalid/"
TOTALS = ("total.py", "total.R", "total.mjs", "total.sh", "total.txt", "total.pq")
SNIPPET_NAMES = ("fetch.py", "fetch.R", "fetch.mjs", "spreadsheet.txt", "fetch.sh")
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


def right(site: Path) -> tuple[int, int]:
    """Give the participants of the provincial programme in 2025, and how many batches have no figure."""
    years = document(site, "api/v1/programmes/kaltim.json")["data"]["years"]
    year = next(year for year in years if year["year"] == 2025)["participants"]
    return year["value"], len(year["batches_without_figure"])


@pytest.mark.parametrize("name", ["total.py", "total.mjs", "total.R", "total.sh"])
def test_each_language_adds_up_to_the_total_of_the_programme(
    name: str, real_site: Path, address: str, tmp_path: Path
) -> None:
    total, missing = right(real_site)
    assert run(name, address, tmp_path) == f"{total}\t{missing}\n"


def added_up(site: Path, condition: str) -> int:
    """Add up the values of the published rows that a condition in SQL picks; columns are c1, c2, … and have names."""
    with (site / "downloads" / "observations.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    names = [f"c{number}" for number in range(1, len(head) + 1)]
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"create table rows ({', '.join(names)})")
        base.executemany(f"insert into rows values ({', '.join('?' * len(names))})", rows)
        named = ", ".join(f'{name} as "{column}"' for name, column in zip(names, head, strict=True))
        found = base.execute(
            f"select sum({names[head.index('value')]}) from (select *, {named} from rows) where {condition}"
        )
        return int(found.fetchone()[0])


def test_the_formula_of_google_sheets_adds_up_to_the_same(real_site: Path) -> None:
    formula = (SNIPPETS / "total.txt").read_text(encoding="utf-8")
    path, column, condition = re.findall(
        r'IMPORTDATA\("[^"]*/(downloads/[^"]+)".*select (Col\d+) where (.*?)"', formula
    )[0]
    head = (real_site / path).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
    assert head[int(column.removeprefix("Col")) - 1] == "value"
    as_text = re.sub(r"= (true|2025)\b", r"= '\1'", condition).replace("Col", "c")
    assert added_up(real_site, as_text) == right(real_site)[0]


def test_the_steps_of_power_query_add_up_to_the_same(real_site: Path) -> None:
    steps = (SNIPPETS / "total.pq").read_text(encoding="utf-8")
    assert f"{PLACEHOLDER}downloads/observations.csv" in steps
    condition = re.findall(r"Table\.SelectRows\(Rows, each (.*?)\),\n", steps, re.DOTALL)[0].replace('"', "'")
    assert added_up(real_site, re.sub(r"\[(\w+)\]", r'"\1"', condition)) == right(real_site)[0]


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
    for name in (*TOTALS, *SNIPPET_NAMES):
        text = (SNIPPETS / name).read_text(encoding="utf-8").strip()
        assert text in shown, name
