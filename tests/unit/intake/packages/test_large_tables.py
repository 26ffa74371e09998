"""A large table is kept as codes and judged by its distinct texts; it is told of in the very words of a small one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from kompeten.ground import coded
from kompeten.ground.findings import Finding
from kompeten.intake.packages import Packages, check, read
from kompeten.intake.packages.judging import Verdict, judge
from kompeten.intake.packages.text import parse_csv
from kompeten.intake.packages.typed import rows_of
from kompeten.intake.packages.values import Table
from kompeten.intake.rules import judge_by_rules, open_book
from tests.unit.data_folders import REPOSITORY_DATA, copy_of_repository, tiny
from tests.unit.intake.rules import test_cells, test_codes, test_counts, test_dates, test_plausible, test_texts

from .breaks import break_everything

RECORD = read(REPOSITORY_DATA)
TABLES = RECORD.tables()


def verdicts(tables: list[Table]) -> tuple[Verdict, ...]:
    return judge(tables, tables, RECORD)


def as_large(packages: Packages) -> Packages:
    """Give a data folder of which every table is kept as codes."""

    def own(table: Table) -> Table:
        gathering = coded.Gathering(len(table.header))
        for number, cells in zip(table.row_numbers, table.rows, strict=True):
            gathering.add(number, cells)
        return replace(table, rows=gathering.rows()) if table.rows else table

    return replace(
        packages,
        packages=tuple(replace(each, tables=tuple(map(own, each.tables))) for each in packages.packages),
    )


def ruled(packages: Packages, schemas: tuple[Finding, ...]) -> set[Finding]:
    """Give what the rules say of a folder in which the schemas found something."""
    return set(judge_by_rules(open_book(packages, RECORD, schemas)))


def test_sound_tables_are_sound_either_way(is_large: Callable[[], None], tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    is_large()
    packages = read(folder)
    assert {type(table.rows) for table in packages.tables() if table.rows} == {coded.Coded}
    assert check(packages, RECORD) == ()
    assert ruled(packages, ()) == set()


def test_everything_broken_at_once_is_told_alike(is_large: Callable[[], None], tmp_path: Path) -> None:
    folder = copy_of_repository(tmp_path)
    assert len(break_everything(folder)) > 100
    small = check(read(folder), RECORD)
    is_large()
    assert check(read(folder), RECORD) == small != ()


CASES = (test_cells, test_codes, test_counts, test_dates, test_plausible, test_texts)


@pytest.mark.parametrize("cases", CASES, ids=lambda each: each.__name__.rpartition(".")[2])
def test_what_breaks_rules_is_told_alike(cases: ModuleType, tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    for case in cases.BREAKS:
        with suppress(Exception):  # an earlier case of the same folder took the row that this one wants
            case.values[0](folder)
    packages = read(folder)
    schemas = check(packages, RECORD)
    told = ruled(packages, schemas)
    assert len({each.rule for each in told}) > 3
    assert ruled(as_large(packages), schemas) == told


@pytest.fixture(scope="module")
def misdated(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """Observations of a day that there is not."""
    folder = tiny(tmp_path_factory.mktemp("misdated"))
    path = folder / "outcomes/observations.csv"
    path.write_bytes(path.read_bytes().replace(b",2025-03-03,", b",2025-02-30,"))
    return read(folder)


def test_of_many_rows_at_fault_the_first_are_told_and_that_the_rest_is_left(
    misdated: Packages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kompeten.intake.packages.checking.MOST_ROWS", 4)
    monkeypatch.setattr("kompeten.intake.rules.sieve.MOST_ROWS", 4)
    table = misdated.table("observations")
    assert table is not None
    bad = replace(table, rows=[(*row[:10], "", *row[11:]) for row in table.rows])
    unsaid = check(as_large(misdated.with_table(bad)), RECORD)
    assert [(each.rule, each.row) for each in unsaid] == [
        *(("required", row) for row in (2, 3, 4, 5)),
        ("rows-not-judged", 6),
    ]
    told = judge_by_rules(open_book(as_large(misdated), RECORD))
    assert [(each.rule, each.row) for each in told] == [
        ("rows-not-judged", 7),
        *(("date-exists", row) for row in (2, 4, 5, 6)),
    ]


HEADER = "a,b,c\n"
ROWS = (
    "1,2,3\n",
    '"1,5",2,3\n',
    "1,2\n",
    "1,2,3,4\n",
    "\n",
    ",,\n",
    '"two\nlines",2,3\n',
    '1,"2",3\n',
    'a"b,2,3\n',
    '1,"2,3\n',
    "\ufeff1,é,–\n",
    f"{'x' * 6000},2,3\n",
    "1,2,3",
)
"""Lines of a table, sound and not."""


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("place", [0, 1, 40, 80])
def test_a_line_is_read_alike_wherever_it_stands(row: str, place: int, is_large: Callable[[], None]) -> None:
    lines = [f"{number},zwei,\n" for number in range(80)]
    text = "".join([HEADER, *lines[:place], row, *lines[place:]])
    small = parse_csv("a.csv", text)
    is_large()
    large = parse_csv("a.csv", text)
    assert (large.header, tuple(large.rows), large.findings) == (small.header, tuple(small.rows), small.findings)
    assert tuple(large.row_numbers) == tuple(small.row_numbers)


def test_rows_of_codes_are_taken_like_any_others(is_large: Callable[[], None]) -> None:
    text = "".join([HEADER, *(f"{number % 7},{number},\n" for number in range(300)), "1,2\n"])
    small = parse_csv("a.csv", text).rows
    is_large()
    large = parse_csv("a.csv", text).rows
    assert isinstance(large, coded.Coded)
    assert (len(large), large[3], large[-1], large[10:14]) == (len(small), small[3], small[-1], small[10:14])
    assert repr(large) != repr(replace(large, odd={}))
    table = Table(package="p", name="t", file="t.csv", header=("a", "b", "c"), rows=small, row_numbers=range(2, 303))
    (package,) = [each for each in RECORD.packages if each.name == "outcomes"]
    typed = rows_of(package, replace(table, rows=large))
    assert (tuple(typed), typed[1:3]) == (rows_of(package, table), rows_of(package, table)[1:3])


def test_no_finding_goes_unsaid_however_many_there_are() -> None:
    many, others = badly_placed(1100)
    assert len({each.row for each in verdicts([many, *others]) if each.table == "venues"}) == len(many.rows)


def badly_placed(count: int) -> tuple[Table, list[Table]]:
    """Give venues of so many batches that there are not, and the other tables."""
    table = RECORD.table("venues")
    assert table is not None
    bad = tuple((f"no-batch-{n}", *table.rows[0][1:]) for n in range(count))
    many = replace(table, rows=bad, row_numbers=tuple(range(2, len(bad) + 2)))
    return many, [each for each in TABLES if each.name != table.name]


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge ten rows at once, and stop a table after fifteen verdicts."""
    monkeypatch.setattr("kompeten.intake.packages.judging.PORTION", 10)
    monkeypatch.setattr("kompeten.intake.packages.judging.MOST", 15)


@pytest.mark.usefixtures("short")
def test_by_portions_the_same_is_found_and_a_key_that_comes_again_later() -> None:
    table = RECORD.table("venues")
    assert table is not None
    longer = replace(table, rows=(*table.rows, table.rows[0]), row_numbers=(*table.row_numbers, 0))
    tables = [longer, *(each for each in TABLES if each.name in ("batches", "regions", "sources"))]
    assert [(each.kind, each.row) for each in verdicts(tables)] == [("primary-key", len(table.rows))]


@pytest.mark.usefixtures("short")
def test_after_enough_verdicts_the_rest_of_a_table_is_left_and_that_is_said() -> None:
    many, others = badly_placed(100)
    told = [each for each in verdicts([many, *others]) if each.table == "venues"]
    assert [each.row for each in told if each.kind == "foreign-key"] == [*range(20)]
    assert [(each.kind, each.row) for each in told[20:]] == [("rows-not-judged", 20)]


@pytest.mark.parametrize(("header", "rule"), [("nama,nik,hasil,a,b", "register"), ("a,b,c,d,e", "header-wrong")])
def test_a_large_table_of_another_kind_is_refused_before_it_is_read(header: str, rule: str) -> None:
    text = header + "\n" + '"x"y,1,2,3,4\n' * (coded.LARGE + 1)
    parsed = parse_csv("outcomes/observations.csv", text, ["batch_id", "stage", "value"])
    assert (parsed.header, [(each.rule, each.row) for each in parsed.findings]) == (None, [(rule, 1)])
