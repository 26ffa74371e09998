"""The benchmarks run: what they measure is looked at by hand, that they still measure is looked at here."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("build", "  peak memory"),
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
    assert (done.returncode, done.stderr) == (2, "no benchmark: x; there are: build, door, audit, inversion\n")


def test_the_history_holds_ratios_of_every_kind() -> None:
    with (ROOT / "bench/history.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {"version", "case", "measure", "value"} == set(rows[0])
    assert {"whole build / raw write", "theme / MkDocs alone", "first view in KiB"} <= {row["measure"] for row in rows}
    assert all(float(row["value"]) >= 0 for row in rows)
