"""The benchmarks run: what they measure is looked at by hand, that they still measure is looked at here."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from bench import history

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("build", "  peak memory"),
        ("judge", "  peak memory"),
        ("door", "  peak memory"),
        ("audit", "  peak memory"),
        ("inversion", "  narrower than 4"),
    ],
)
def test_every_benchmark_runs_on_its_smallest_case(name: str, last: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", name], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == f"== {name}"
    assert done.stdout.splitlines()[-1].startswith(last)


def test_a_benchmark_that_is_none_is_wrong_usage() -> None:
    done = subprocess.run([sys.executable, "-m", "bench", "x"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "no benchmark: x; there are: build, judge, door, audit, inversion\n")


def test_the_history_holds_ratios_of_every_kind() -> None:
    with history.HISTORY.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert set(history.NAMES) == set(rows[0])
    assert {
        "whole build / raw write",
        "rebuild after one changed observation / raw write",
        "theme / MkDocs alone",
        "growth exponent in bytes",
        "growth exponent in rows",
        "frictionless alone / by distinct texts",
        "first view on a phone in KiB",
        "peak memory in GB",
    } <= {row["measure"] for row in rows}
    assert all(float(row["value"]) >= 0 for row in rows)


def test_the_page_of_the_method_shows_the_history() -> None:
    assert history.PAGE.read_text(encoding="utf-8") == history.page(), "run python -m bench page"


def test_what_is_kept_again_takes_the_place_of_what_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "HISTORY", tmp_path / "history.csv")
    monkeypatch.setattr(history, "PAGE", tmp_path / "page.md")
    (tmp_path / "history.csv").write_text("version,case,measure,value\n1,a,x / y,1.00\n1,a,z,3.00\n", encoding="utf-8")
    history.record("1", {"a": {"x / y": 2.004}})
    history.record("2", {"a": {"z": 5}, "b": {"x / y": 0.5}})
    assert (tmp_path / "history.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "1,a,x / y,2.00",
        "1,a,z,3.00",
        "2,a,z,5.00",
        "2,b,x / y,0.50",
    ]
    assert (tmp_path / "page.md").read_text(encoding="utf-8").removeprefix(history.HEAD).split("\n") == [
        *("", "## 2", "", "| measure | a | b |", "| --- | ---: | ---: |", "| z | 5.00 |  |", "| x / y |  | 0.50 |"),
        *("", "## 1", "", "| measure | a |", "| --- | ---: |", "| x / y | 2.00 |", "| z | 3.00 |", ""),
    ]
