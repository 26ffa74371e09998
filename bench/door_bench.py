"""How long the door takes: count and protect a year of Kaltim size, and two million people in 514 regencies.

Run: python bench/door_bench.py [kaltim|national|funnel]. Prints CPU seconds by step, memory and the share hidden.
"funnel" prints every stage by regency and protects small drop-outs too: dearer than the policy would ever publish.
Read the times as ratios: they depend on the machine.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from kompeten.ground.policy import Policy, load_policy
from kompeten.ground.vocabulary import STAGES
from kompeten.invented.synthetic import PlannedBatch, planned_batches, synthesise
from kompeten.register.hiding.count import count
from kompeten.register.hiding.protect import ProtectedRelease, protect
from kompeten.register.publishing.folder import read_code_lists, read_rows

Result = TypeVar("Result")

ROOT = Path(__file__).parents[1]
REGIONS, PROVINCES, BATCHES, PEOPLE_A_BATCH = 514, 38, 50, 40_000


def kaltim() -> tuple[tuple[PlannedBatch, ...], dict[str, float]]:
    """Give one full year of Kaltim: four batches, about 2,000 participants, ten regencies by population."""
    rows = [row for row in read_rows(ROOT / "data/reference/population.csv") if "." in row["region_code"]]
    total = sum(int(row["population_total"]) for row in rows)
    shares = {row["region_code"]: int(row["population_total"]) / total for row in rows}
    return planned_batches("kaltim", years=(2025,)), shares


def national() -> tuple[tuple[PlannedBatch, ...], dict[str, float]]:
    """Give fifty batches of 40,000 people in 514 regencies of log-normal size (sigma 0.8, as real ones)."""
    draw = np.random.default_rng(514)
    sizes = draw.lognormal(mean=0.0, sigma=0.8, size=REGIONS)
    codes = [f"{11 + place * PROVINCES // REGIONS:02d}.{place % 99 + 1:02d}" for place in range(REGIONS)]
    batches = tuple(
        PlannedBatch(batch_id=f"nasional-{number:02d}", year=2025, number=1, participants=PEOPLE_A_BATCH)
        for number in range(1, BATCHES + 1)
    )
    return batches, dict(zip(codes, (sizes / sizes.sum()).tolist(), strict=True))


def timed(name: str, work: Callable[[], Result]) -> Result:
    """Do the work and print its CPU seconds."""
    start = time.process_time()
    result = work()
    print(f"  {name:<24} {time.process_time() - start:8.2f} s CPU")
    return result


def full_funnel(policy: Policy) -> Policy:
    """Give the policy with every stage by regency and no limit on what may be hidden."""
    tables = tuple(
        replace(table, stages=STAGES) if table.dimensions == ("region_code",) else table for table in policy.tables
    )
    return replace(policy, tables=tables, hidden_share_pct=100)


def run(name: str, batches: tuple[PlannedBatch, ...], shares: dict[str, float], policy: Policy) -> None:
    """Measure one size and print a summary."""
    print(name)
    _, parents = read_code_lists(ROOT / "data/reference")
    people = timed("invent people", lambda: synthesise(batches, shares, seed=1))
    cubes = timed("count", lambda: count(people, policy, parents))
    release = timed("protect and attack", lambda: protect(cubes, policy))
    if not isinstance(release, ProtectedRelease):
        raise SystemExit(f"refused: {[reason.en for reason in release.reasons]}")
    hidden = sum(cell.status == "hidden" for cell in release.cells)
    shown = sum(cell.people for cell in release.cells if cell.status == "released")
    everything = sum(cell.people for cell in release.cells)
    print(f"  enrolments {people.size:,}; cells {len(release.cells):,}; hidden {hidden:,}")
    print(
        f"  hidden {hidden / len(release.cells):.1%} of cells, at most {release.hidden_share_pct} % of non-zero cells"
    )
    print(f"  counted people still shown {shown / everything:.2%}")
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576:.2f} GB")


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["kaltim", "national"]
    lean = load_policy(ROOT / "data/policy.toml")
    for size, make, plan in (
        ("kaltim", kaltim, lean),
        ("national", national, lean),
        ("funnel", national, full_funnel(lean)),
    ):
        if size in wanted:
            run(size, *make(), plan)
