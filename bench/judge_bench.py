"""How long the schemas of record take on large tables, beside frictionless on every row.

Run: python bench/judge_bench.py [quick] [--record VERSION]. Three invented countries; of each the observations are
judged as the build judges them, by their distinct texts, and by frictionless alone: the first rows of them, multiplied
up. Prints the ratio of CPU seconds, the growth exponent in rows, and the peak memory after each.
"""

from __future__ import annotations

import math
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import history
from kompeten.ground import coded
from kompeten.ground.coded import Coded
from kompeten.intake.packages import check, read
from kompeten.intake.packages.judging import judge
from kompeten.intake.packages.values import narrowed
from kompeten.invented.nation import Nation, write_nation

Result = TypeVar("Result")

ROOT = Path(__file__).parents[1]
NATIONS = {
    "one": Nation(provinces=8, regencies=60, years=2, batches=4),
    "two": Nation(provinces=20, regencies=200, years=4, batches=5),
    "three": Nation(provinces=38, regencies=514, years=5, batches=6),
}
QUICK = {"one": Nation(provinces=2, regencies=12, years=1, batches=1)}
SAMPLE = 10_000
"""So many rows frictionless judges; the rest is multiplied up."""
RATIO = "frictionless alone / by distinct texts"
KIB = 1024


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Do the work; give its result and its CPU seconds."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def measured(nation: Nation, sample: int) -> dict[str, float]:
    """Judge one country both ways; give the ratios by name."""
    with tempfile.TemporaryDirectory() as place:
        count = write_nation(nation, 1, Path(place) / "data")
        record = read(ROOT / "data")
        packages = read(Path(place) / "data")
        found, own = timed(lambda: check(packages, record))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB**2
        table = packages.table("observations")
        if found or table is None or not isinstance(table.rows, Coded):
            raise SystemExit(f"{len(found)} findings in an invented country, or its observations are no large table")
        known = packages.tables()
        some = narrowed(table, range(min(sample, count)))
        _, alone = timed(lambda: judge([some], known, record))
    return {
        "rows": count,
        RATIO: alone * count / len(some.rows) / own,
        "peak memory in GB, rows read and judged": peak,
        "seconds": own,
    }


def main(arguments: list[str]) -> None:
    """Measure each country; print, and keep where asked to."""
    is_quick = "quick" in arguments
    if is_quick:
        coded.LARGE = 100
    found = {}
    for name, nation in (QUICK if is_quick else NATIONS).items():
        found[name] = own = measured(nation, 200 if is_quick else SAMPLE)
        print(f"  rows {own['rows']:,.0f}")
        print(f"  {RATIO} {own[RATIO]:.1f}")
    first, *_, last = (found[name] for name in (*found, *found))
    if not is_quick:
        grown = math.log(last["seconds"] / first["seconds"]) / math.log(last["rows"] / first["rows"])
        last["growth exponent in rows"] = grown
        print(f"  growth exponent in rows {grown:.2f}")
    if "--record" in arguments:
        cases = {f"{own['rows']:,.0f} rows": own for own in found.values()}
        kept = {case: {name: value for name, value in own.items() if name != "seconds"} for case, own in cases.items()}
        history.record(arguments[arguments.index("--record") + 1], kept)
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB**2:.2f} GB")


if __name__ == "__main__":
    main(sys.argv[1:])
