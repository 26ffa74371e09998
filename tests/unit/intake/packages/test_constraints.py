"""Every type, constraint, primary key and foreign key of the three descriptors is judged, and told with its place."""

from __future__ import annotations

import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kompeten.ground.findings import Finding
from kompeten.intake.packages import check, read
from tests.unit.data_folders import REPOSITORY_DATA, copy_of_repository, rows, write

from .breaks import Case, break_everything, keys_of, resources


@cache
def broken() -> tuple[tuple[Case, ...], tuple[Finding, ...]]:
    """Break everything at once, each in a row of its own, and judge it."""
    with tempfile.TemporaryDirectory() as place:
        folder = copy_of_repository(Path(place))
        cases = tuple(break_everything(folder))
        return cases, check(read(folder), read(REPOSITORY_DATA))


CASES = [pytest.param(case, id=case.name) for case in broken()[0]]


@pytest.mark.parametrize("case", CASES)
def test_the_broken_cell_is_named_once_and_by_its_rule(case: Case) -> None:
    found = [each for each in broken()[1] if (each.file, each.row) == (case.file, case.row)]
    assert [(each.column, each.rule) for each in found] == [(case.column, case.rule)]
    assert all(each.what.id and each.what.en and each.mend.id and each.mend.en for each in found)


def test_nothing_else_is_found() -> None:
    cases, found = broken()
    assert Counter((each.file, each.row) for each in found) == Counter((case.file, case.row) for case in cases)


def test_every_constraint_of_every_field_has_a_case() -> None:
    wanted = {
        (file, field["name"], constraint)
        for file, resource in resources()
        for field in resource["schema"]["fields"]
        for constraint in field.get("constraints", {})
    }
    assert len(wanted) > 250
    assert wanted <= {(case.file, case.column, case.rule) for case in broken()[0]}


def test_every_type_and_every_key_has_a_case() -> None:
    said = {(case.file, case.column, case.rule) for case in broken()[0]}
    choices = {(file, field["name"]) for file, resource in resources() for field in resource["schema"]["fields"]
               if "enum" in field.get("constraints", {})}  # fmt: skip
    types = {(file, field["name"], "type-error") for file, resource in resources()
             for field in resource["schema"]["fields"] if field["type"] != "string"}  # fmt: skip
    keys = {(file, column, "foreign-key") for file, resource in resources()
            for column, *_ in keys_of(resource["schema"]) if (file, column) not in choices}  # fmt: skip
    firsts = {(file, tuple(resource["schema"]["primaryKey"])) for file, resource in resources()}
    unique = {(file, column) for file, column, rule in said if rule == "unique"}
    primary = {
        (file, ", ".join(key), "primary-key") for file, key in firsts if not {(file, own) for own in key} & unique
    }
    assert ("outcomes/observations.csv", "unit", "foreign-key") in keys
    assert (len(types), len(keys), len(primary)) >= (28, 100, 5)
    assert types | keys | primary <= said


def test_every_column_of_a_key_must_be_filled_in_so_that_an_empty_key_is_said_by_its_cells() -> None:
    keys = {
        (resource["name"], field["name"]): field.get("constraints", {}).get("required", False)
        for _, resource in resources()
        for field in resource["schema"]["fields"]
        if field["name"] in resource["schema"]["primaryKey"]
    }
    assert len(keys) > 40
    assert [place for place, required in keys.items() if not required] == []


ENUM_KEYS = [
    pytest.param(file, column, table, there, field["constraints"]["enum"], id=f"{resource['name']}-{column}")
    for file, resource in resources()
    for column, table, there in keys_of(resource["schema"])
    for field in resource["schema"]["fields"]
    if field["name"] == column and "enum" in field.get("constraints", {})
]


def users_of(folder: Path, table: str, code: str) -> Counter[tuple[str, str]]:
    """Give the columns of all tables that name a code of a table, with how many cells do."""
    return Counter(
        (file, column)
        for file, resource in resources()
        for column, target, _ in keys_of(resource["schema"])
        if target == table
        for row in rows(folder / file)
        if row[column] == code
    )


@pytest.mark.parametrize(("file", "column", "table", "there", "choices"), ENUM_KEYS)
def test_a_code_among_the_choices_that_its_table_has_lost_is_named(
    tmp_path: Path, file: str, column: str, table: str, there: str, choices: list[str]
) -> None:
    folder = copy_of_repository(tmp_path)
    path, codes = folder / file, folder / "reference" / f"{table}.csv"
    used = next(row[column] for row in rows(path) if row[column] in choices)
    columns = list(rows(codes)[0])
    write(codes, columns, [row for row in rows(codes) if row[there] != used])
    found, users = check(read(folder), read(REPOSITORY_DATA)), users_of(folder, table, used)
    if len(users) > 1:  # said once, at the table that lost it
        assert [(each.rule, each.file, each.column) for each in found] == [
            ("code-missing", f"reference/{table}.csv", there)
        ]
        assert f"{users.total()} cells name it" in found[0].what.en
    else:
        assert [(each.rule, each.file, each.column, each.row) for each in found] == [
            ("foreign-key", file, column, place) for place, row in enumerate(rows(path), start=2) if row[column] == used
        ]
