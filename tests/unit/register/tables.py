"""Small tables to protect and attack: made by hand or by chance, never from people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from kompeten.ground.policy import Policy, TablePlan, load_policy
from kompeten.ground.vocabulary import DIMENSIONS, RUNGS, UNKNOWN
from kompeten.register.reading.people import OUTCOMES, Booleans, People

ROOT = Path(__file__).parents[3]
POLICY = load_policy(ROOT / "data" / "policy.toml")

CODES = {
    "region_code": ("64.01", "64.02", "64.71", "64.72", UNKNOWN),
    "qualification_level": ("9", "8", "7", "4", UNKNOWN),
    "classification": ("SI01", "SI04", "MP01", UNKNOWN),
    "track": ("ahli", "fresh_graduate", UNKNOWN),
    "sex": ("L", "P", UNKNOWN),
    "age_band": ("Y15T24", "Y25T34", "Y_GE55", UNKNOWN),
    "funding_source": ("apbd_provinsi", "apbn_bjkw", UNKNOWN),
}
PARENTS = {
    "qualification_level": {"9": "ahli", "8": "ahli", "7": "ahli", "4": "teknisi_operator"},
    "classification": {"SI01": "SI", "SI04": "SI", "MP01": "MP"},
    "age_band": {"Y15T24": "Y_LT35", "Y25T34": "Y_LT35", "Y_GE55": "Y_GE35"},
}


def random_people(size: int, seed: int, *, batches: int = 1) -> People:
    """Draw enrolments with uneven codes, so that small groups are common."""
    draw = np.random.default_rng(seed)
    columns = {}
    for dimension in DIMENSIONS:
        weights = draw.dirichlet(np.full(len(CODES[dimension]), 0.6))
        columns[dimension] = draw.choice(len(CODES[dimension]), size=size, p=weights).astype(np.int64)
    rung = draw.choice(len(RUNGS), size=size, p=[0.08, 0.06, 0.04, 0.03, 0.03, 0.76]).astype(np.int64)
    assessed = rung == len(RUNGS) - 1
    outcome = np.where(assessed, draw.choice([1, 2, 3], size=size, p=[0.8, 0.15, 0.05]), 0).astype(np.int64)
    return People(
        batches=tuple(f"uji-{number}" for number in range(1, batches + 1)),
        batch=np.sort(draw.integers(0, batches, size=size)),
        codes=CODES,
        columns=columns,
        rung=rung,
        outcome=outcome,
        issued=(outcome == OUTCOMES.index("kompeten")) & (draw.random(size) < 0.9),
    )


def selected(people: People, rows: Booleans) -> People:
    """Give some of the enrolments, in order; batches and codes stay."""
    return replace(
        people,
        batch=people.batch[rows],
        columns={dimension: places[rows] for dimension, places in people.columns.items()},
        rung=people.rung[rows],
        outcome=people.outcome[rows],
        issued=people.issued[rows],
    )


def with_tables(policy: Policy, *tables: TablePlan) -> Policy:
    """Give the policy with another plan, and no limit on how much a test may hide."""
    return replace(policy, tables=tables, hidden_share_pct=100)


def table(name: str, *dimensions: str, stages: tuple[str, ...] = ("peserta", "kompeten")) -> TablePlan:
    """Plan one table."""
    return TablePlan(
        name=name,
        dimensions=tuple(dimension for dimension in DIMENSIONS if dimension in dimensions),
        stages=stages,  # type: ignore[arg-type]
        is_headline=not dimensions,
        weight=1000 if not dimensions else 10,
    )
