"""The statement that a cluster would count with gives the same sums in three engines that nobody here wrote."""

from __future__ import annotations

import random

import duckdb
import polars

from tests.unit.register.test_counting_sql import STATEMENT, by_sqlite

COLUMNS = ("batch_id", "region_code", "sex", "rung", "outcome", "issued")


def rows(number: int) -> list[tuple[str, str, str, int, str, int]]:
    """Give invented enrolments: any batch, place, rung and outcome."""
    draw = random.Random(1)
    return [
        (
            f"contoh-{draw.randrange(5)}",
            draw.choice(("64.71", "64.72", "_U")),
            draw.choice("LP"),
            draw.randrange(6),
            draw.choice(("", "kompeten", "belum_kompeten", "menunggu")),
            draw.randrange(2),
        )
        for _ in range(number)
    ]


def test_duckdb_polars_and_sqlite_count_alike() -> None:
    found = rows(10_000)
    statement = STATEMENT.read_text(encoding="utf-8")
    enrolments = polars.DataFrame(found, schema=COLUMNS, orient="row")
    by_polars = polars.SQLContext(enrolments=enrolments, eager=True).execute(statement).rows()
    engine = duckdb.connect()
    engine.execute(
        "CREATE TABLE enrolments (batch_id TEXT, region_code TEXT, sex TEXT, rung INT, outcome TEXT, issued INT)"
    )
    engine.executemany("INSERT INTO enrolments VALUES (?, ?, ?, ?, ?, ?)", found[:2_000])
    assert len(by_sqlite(found)) == 30
    assert by_polars == by_sqlite(found)
    assert engine.execute(statement).fetchall() == by_sqlite(found[:2_000])
