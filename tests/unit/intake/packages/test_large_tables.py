"""A large table is judged by its distinct values first; that finds fault exactly where judging every row does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kompeten.intake.packages import Packages, Table, read
from kompeten.intake.packages.judging import judge
from tests.unit.data_folders import REPOSITORY_DATA, copy_of_repository

from .breaks import Case, break_everything, keys_of, resources

RECORD = read(REPOSITORY_DATA)
TABLES = RECORD.tables()


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Case], Packages]:
    """Every constraint broken, each in a row of its own."""
    folder = copy_of_repository(Path(tmp_path_factory.mktemp("broken")))
    return break_everything(folder), read(folder)


def with_row(table: Table, row: tuple[str, ...]) -> list[Table]:
    """Give a table with one row more, and the tables that it points to."""
    (schema,) = [resource["schema"] for _, resource in resources() if resource["name"] == table.name]
    longer = replace(table, rows=(*table.rows, row), row_numbers=(*table.row_numbers, 0))
    targets = {target for _, target, _ in keys_of(schema)} - {table.name}
    return [longer, *(each for each in TABLES if each.name in targets)]


def test_sound_tables_are_sound_either_way() -> None:
    assert judge(TABLES, RECORD, large=0) == judge(TABLES, RECORD) == ()


@pytest.mark.parametrize("name", [resource["name"] for _, resource in resources()])
def test_each_broken_row_is_judged_alike(broken: tuple[list[Case], Packages], name: str) -> None:
    cases, packages = broken
    damaged, sound = packages.table(name), RECORD.table(name)
    assert damaged is not None
    assert sound is not None
    wanted = [case for case in cases if case.file == damaged.file]
    for case in wanted[:: max(1, len(wanted) // 3)]:  # every break is in test_constraints; here a few of each table
        tables = with_row(sound, damaged.rows[case.row - 2])
        verdicts = judge(tables, RECORD, large=0)
        assert verdicts
        assert verdicts == judge(tables, RECORD)


def test_everything_broken_at_once_is_judged_alike(broken: tuple[list[Case], Packages]) -> None:
    _, packages = broken
    assert judge(packages.tables(), RECORD, large=0) == judge(packages.tables(), RECORD)


def test_an_empty_row_and_a_row_twice_are_seen_in_a_large_table() -> None:
    table = RECORD.table("venues")
    assert table is not None
    for row in (("", "", ""), table.rows[0]):
        tables = with_row(table, row)
        assert judge(tables, RECORD, large=0) == judge(tables, RECORD) != ()


def test_no_finding_goes_unsaid_however_many_there_are() -> None:
    table = RECORD.table("venues")
    assert table is not None
    bad = tuple((f"no-batch-{n}", *table.rows[0][1:]) for n in range(1100))
    many = replace(table, rows=bad, row_numbers=tuple(range(2, len(bad) + 2)))
    others = [each for each in TABLES if each.name != table.name]
    assert len({verdict.row for verdict in judge([many, *others], RECORD) if verdict.table == "venues"}) == len(bad)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge ten rows at once, and stop a table after fifteen verdicts."""
    monkeypatch.setattr("kompeten.intake.packages.judging.PORTION", 10)
    monkeypatch.setattr("kompeten.intake.packages.judging.MOST", 15)


@pytest.mark.usefixtures("short")
def test_by_portions_the_same_is_found_and_a_key_that_comes_again_later() -> None:
    assert judge(TABLES, RECORD, large=0) == ()
    table = RECORD.table("venues")
    assert table is not None
    tables = with_row(table, table.rows[0])
    assert [(each.kind, each.row) for each in judge(tables, RECORD)] == [("primary-key", len(table.rows))]


@pytest.mark.usefixtures("short")
def test_after_enough_verdicts_the_rest_of_a_table_is_left_and_that_is_said() -> None:
    table = RECORD.table("venues")
    assert table is not None
    bad = tuple((f"no-batch-{n}", *table.rows[0][1:]) for n in range(100))
    many = replace(table, rows=bad, row_numbers=tuple(range(2, len(bad) + 2)))
    others = [each for each in TABLES if each.name != table.name]
    verdicts = [each for each in judge([many, *others], RECORD) if each.table == "venues"]
    assert [each.row for each in verdicts if each.kind == "foreign-key"] == [*range(20)]
    assert [(each.kind, each.row) for each in verdicts[20:]] == [("rows-not-judged", 20)]
