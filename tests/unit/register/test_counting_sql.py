"""The statement that a cluster would count with gives what our own counting gives."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kompeten.ground.vocabulary import STAGES
from kompeten.invented.synthetic import planned_batches, synthesise
from kompeten.register.reading.people import OUTCOMES, People
from tests.unit.register.tables import ROOT

STATEMENT = ROOT / "oracles" / "counting.sql"
SHARES = {"64.71": 0.4, "64.72": 0.5, "64.02": 0.1}


def enrolments(people: People) -> list[tuple[str, str, str, int, str, int]]:
    """Give the columns that the statement reads, row by row."""
    columns = [(people.codes[name], people.columns[name].tolist()) for name in ("region_code", "sex")]
    (regions, region), (sexes, sex) = columns
    ladder = zip(people.rung.tolist(), people.outcome.tolist(), people.issued.tolist(), strict=True)
    return [
        (people.batches[batch], regions[region[row]], sexes[sex[row]], rung, OUTCOMES[outcome], int(issued))
        for row, (batch, (rung, outcome, issued)) in enumerate(zip(people.batch.tolist(), ladder, strict=True))
    ]


def by_sqlite(rows: list[tuple[str, str, str, int, str, int]], statement: Path = STATEMENT) -> list[tuple[object, ...]]:
    engine = sqlite3.connect(":memory:")
    engine.execute("CREATE TABLE enrolments (batch_id, region_code, sex, rung, outcome, issued)")
    engine.executemany("INSERT INTO enrolments VALUES (?, ?, ?, ?, ?, ?)", rows)
    return engine.execute(statement.read_text(encoding="utf-8")).fetchall()


def test_the_statement_of_a_cluster_counts_what_we_count() -> None:
    people = synthesise(planned_batches("kaltim", years=(2025, 2026)), SHARES, seed=7)
    counted = by_sqlite(enrolments(people))
    assert len(counted) == len(people.batches) * len(SHARES) * 2
    for batch_id, region, sex, *counts in counted:
        ours = (
            (people.batch == people.batches.index(str(batch_id)))
            & (people.columns["region_code"] == people.codes["region_code"].index(str(region)))
            & (people.columns["sex"] == people.codes["sex"].index(str(sex)))
        )
        assert counts == [int((ours & people.reached(stage)).sum()) for stage in STAGES]
