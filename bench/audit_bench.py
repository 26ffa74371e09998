"""How long the attack takes, and beside what: a naive attacker solves two fresh programs for every hidden cell.

Run: python bench/audit_bench.py [kaltim] [dense] [national] [full]. Prints CPU seconds by step, programs solved, peak
memory. kaltim and national are the lean plan of data/policy.toml, protected, and judged whole (system, solution,
verdict); dense is Kaltim with crossed tables and the full funnel, national full the same idea at 514 regencies: there
only the pattern of line closure is attacked, which leaves much to find.
Read the times as ratios: they depend on the machine.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from door_bench import kaltim, national

from kompeten.audit import verdict
from kompeten.audit.reasoning.cells import Cell, Key, Parents, Published
from kompeten.audit.reasoning.programs import Program
from kompeten.audit.reasoning.propagate import propagate
from kompeten.audit.reasoning.solve import intervals, largest_part, parts
from kompeten.audit.reasoning.system import System
from kompeten.ground.policy import Policy, TablePlan, load_policy
from kompeten.ground.vocabulary import FUNNEL
from kompeten.invented.synthetic import synthesise
from kompeten.register.hiding.count import count
from kompeten.register.hiding.linkage import Linked, link
from kompeten.register.hiding.protect import ProtectedRelease, by_batch, protect
from kompeten.register.publishing.folder import read_code_lists
from kompeten.register.reading.people import Booleans, People

Result = TypeVar("Result")

ROOT = Path(__file__).parents[1]
NAIVE_SAMPLE = 40
"""So many cells are attacked the naive way; the rest is multiplied up."""

FULL_BATCHES = 13
"""Batches of the full case: with the whole funnel by region, sex and level, some 375,000 printed cells."""

CROSSED: Sequence[tuple[str, ...]] = (
    ("region_code",),
    ("region_code", "qualification_level", "sex"),
    ("region_code", "classification"),
    ("region_code", "sex", "age_band"),
)

FULL: Sequence[tuple[str, ...]] = (
    ("region_code",),
    ("region_code", "sex"),
    ("region_code", "qualification_level"),
)


def timed(name: str, work: Callable[[], Result]) -> tuple[Result, float]:
    """Do the work and print its CPU seconds; give both."""
    start = time.process_time()
    result = work()
    spent = time.process_time() - start
    print(f"  {name:<34} {spent:9.2f} s CPU")
    return result, spent


def line_closure(linked: Linked) -> Booleans:
    """Hide a second cell, the smallest, in each sum in which one hidden or implied cell stands alone; once a round."""
    hidden = linked.primary.copy()
    starts, cells = linked.matrix.indptr, linked.matrix.indices
    row_of = np.repeat(np.arange(linked.matrix.shape[0]), np.diff(starts))
    while True:
        unknown = (hidden | ~linked.printed)[cells]
        alone = unknown & (np.bincount(row_of[unknown], minlength=linked.matrix.shape[0]) == 1)[row_of]
        rows = np.unique(row_of[alone & (hidden | linked.implied)[cells]])
        lines = [cells[starts[row] : starts[row + 1]] for row in rows.tolist()]
        free = [line[linked.printed[line] & ~hidden[line]] for line in lines]
        more = [int(line[np.argmin(linked.truth[line])]) for line in free if line.size]
        if not more:
            return hidden
        hidden[more] = True


def crossed_plan(policy: Policy, crossed: Sequence[tuple[str, ...]]) -> Policy:
    """Give the policy with crossed tables and the whole funnel in each."""
    tables = [policy.tables[0]]
    for number, dimensions in enumerate(crossed):
        tables.append(TablePlan(name=f"t{number}", dimensions=dimensions, stages=FUNNEL, is_headline=False, weight=10))
    return replace(policy, tables=tuple(tables), complements="none")


def naive_seconds(system: System, targets: Sequence[int]) -> float:
    """Give the CPU seconds of two fresh programs, solver defaults, for each target that propagation leaves open."""
    bounds = propagate(system)
    waiting = [target for target in targets if bounds.lower[target] != bounds.upper[target]]
    sample = waiting[:: max(1, len(waiting) // NAIVE_SAMPLE)]
    start = time.process_time()
    for part in parts(system, bounds, sample):
        for cell in part.targets:
            for sign in (1.0, -1.0):
                objective = np.zeros(part.cells.size)
                objective[cell] = sign
                Program(part.component).minimum(objective)
    return (time.process_time() - start) * len(waiting) / max(1, len(sample))


def attack_pattern(people: People, policy: Policy) -> None:
    """Attack the pattern of line closure of every batch and print what was found."""
    _, parents = read_code_lists(ROOT / "data/reference")
    cubes, _ = timed("count", lambda: count(people, policy, parents))
    linked, _ = timed("link", lambda: [link(tables, policy) for tables in by_batch(cubes).values()])
    hidden, _ = timed("line closure", lambda: [line_closure(batch) for batch in linked])
    work = [(batch.system(own), np.flatnonzero(own).tolist()) for batch, own in zip(linked, hidden, strict=True)]
    found, spent = timed("attack", lambda: [intervals(system, targets, width=policy.width) for system, targets in work])
    proofs = Counter(interval.proof for own in found for interval in own)
    narrow = sum(interval.width < policy.width for own in found for interval in own)
    print(f"  printed cells {printed_cells(linked):,}; hidden {sum(len(own) for own in found):,}; unsafe {narrow:,}")
    print(f"  largest system {max(largest_part(system) for system, _ in work):,}")
    print(f"  proofs {dict(sorted(proofs.items()))}")
    naive = sum(naive_seconds(system, targets) for system, targets in work[:2]) * len(work) / len(work[:2])
    print(f"  {'naive: two programs a cell':<34} {naive:9.2f} s CPU, {naive / spent:.0f} times as long")


def printed_cells(linked: Sequence[Linked]) -> int:
    """Give how many cells the plan prints, over all batches."""
    return sum(int(batch.printed.sum()) for batch in linked)


def judge_release(people: People, policy: Policy) -> None:
    """Protect a release with the lean plan, then judge it as the build does."""
    _, parents = read_code_lists(ROOT / "data/reference")
    cubes, _ = timed("count", lambda: count(people, policy, parents))
    release, _ = timed("protect", lambda: protect(cubes, policy))
    if not isinstance(release, ProtectedRelease):
        raise SystemExit("refused")
    cells = tuple(
        Cell(
            key=Key(cell.batch_id, cell.stage, cell.coordinates),
            value=cell.value,
            status=cell.status,
            precision=cell.precision,
            source_id="register",
            is_register=True,
            address="",
        )
        for cell in release.cells
    )
    groups: Parents = {str(name): codes for name, codes in parents.items()}
    result, _ = timed(
        "audit: system, solution, verdict", lambda: verdict(Published(cells=cells, parents=groups), policy)
    )
    print(f"  {result.summary}")


def run(name: str) -> None:
    """Measure one case."""
    print(name)
    policy = load_policy(ROOT / "data/policy.toml")
    batches, shares = kaltim() if name in ("kaltim", "dense") else national()
    batches = batches[:FULL_BATCHES] if name == "full" else batches
    people = synthesise(batches, shares, seed=1)
    if name in ("kaltim", "national"):
        judge_release(people, policy)
    else:
        attack_pattern(people, crossed_plan(policy, FULL if name == "full" else CROSSED))
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_048_576:.2f} GB")


if __name__ == "__main__":
    for case in sys.argv[1:] or ["kaltim", "dense", "national"]:
        run(case)
