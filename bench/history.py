"""The history of the benchmarks: ratios by version and case, committed, and printed as a page of the method.

``python -m bench page`` writes docs/method/benchmarks.md anew; a test holds the page to the file.
"""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
HISTORY, PAGE = ROOT / "bench/history.csv", ROOT / "docs/method/benchmarks.md"
NAMES = ("version", "case", "measure", "value")
HEAD = """# Benchmarks: how much work a build is

Printed from `bench/history.csv` by `python -m bench page`; a test holds this page to it. `make bench` measures anew;
`python -m bench build --record VERSION` and the same with `judge` keep what they measured. A figure is a ratio of CPU
seconds to a baseline of the same run, helpers included, since seconds belong to one machine: *raw write* is the bytes
of the same site written to disk from memory, the middle one of nine; *frictionless alone* judges every row, of a large
table the first of them, multiplied up; *MkDocs alone* builds the same pages; *a plain group-by* counts the observations
with Python's csv. A growth exponent of 1 is linear, one of 2 quadratic.
"""


NOTES: Mapping[str, str] = {
    "2026.12": "The site of 40 regencies and the cases in rows were measured beside other work, the others on an idle "
    "machine; a raw write costs up to seven times as much beside other work. Compare within a column.",
}
"""What must be known of the machine at that time to read the figures."""


def record(version: str, found: Mapping[str, Mapping[str, float]]) -> None:
    """Keep what was measured, by case and measure, in the place of what the version said of them before."""
    new = {(version, case, name): f"{value:.2f}" for case, own in found.items() for name, value in own.items()}
    rows = [*({**_read(), **new}).items()]
    with HISTORY.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerows([NAMES, *((*key, value) for key, value in rows)])
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


def page() -> str:
    """Give the page: a table for each version, a row for each measure, a column for each case."""
    known = _read()
    versions = dict.fromkeys(version for version, _, _ in known)
    return "\n".join([HEAD, *(line for version in reversed(versions) for line in _table(version, known))])


def _table(version: str, known: Mapping[tuple[str, str, str], str]) -> Iterable[str]:
    own = {(case, name): value for (of, case, name), value in known.items() if of == version}
    cases, measures = (dict.fromkeys(key[place] for key in own) for place in (0, 1))
    yield f"## {version}\n"
    if version in NOTES:
        yield f"{textwrap.fill(NOTES[version], 118)}\n"
    yield f"| measure | {' | '.join(cases)} |"
    yield f"| --- |{' ---: |' * len(cases)}"
    for name in measures:
        yield f"| {name} | {' | '.join(own.get((case, name), '') for case in cases)} |"
    yield ""


def _read() -> dict[tuple[str, str, str], str]:
    with HISTORY.open(encoding="utf-8", newline="") as lines:
        return {(row["version"], row["case"], row["measure"]): row["value"] for row in csv.DictReader(lines)}
