"""A large table is kept as codes and judged by its distinct texts; it is told of in the very words of a small one."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from kompeten.ground import coded
from kompeten.ground.findings import Finding
from kompeten.ground.workshop import ALONE, Workshop
from kompeten.intake.packages import Packages, check, read
from kompeten.intake.packages.judging import Verdict, concerned, judge, pack
from kompeten.intake.packages.text import parse_csv
from kompeten.intake.packages.typed import rows_of
from kompeten.intake.packages.values import Table, narrowed
from kompeten.intake.rules import judge_by_rules, open_book
from tests.unit.data_folders import REPOSITORY_DATA, copy_of_repository, tiny
from tests.unit.intake.rules import (
    test_cells,
    test_codes,
    test_counts,
    test_dates,
    test_plausible,
    test_releases,
    test_texts,
)

from .breaks import Case, break_everything

RECORD = read(REPOSITORY_DATA)
TABLES = RECORD.tables()


def verdicts(tables: list[Table]) -> tuple[Verdict, ...]:
    return judge(tables, tables, RECORD)


def as_large(packages: Packages) -> Packages:
    """Give a data folder of which every table is kept as codes."""

    return replace(
        packages,
        packages=tuple(replace(each, tables=tuple(map(large_table, each.tables))) for each in packages.packages),
    )


@lru_cache(maxsize=200)
def large_table(table: Table) -> Table:
    """Give a table as it is kept when it is large."""
    gathering = coded.Gathering(len(table.header))
    for number, cells in zip(table.row_numbers, table.rows, strict=True):
        gathering.add(number, cells)
    return replace(table, rows=gathering.rows()) if table.rows else table


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


CASES = (test_cells, test_codes, test_counts, test_dates, test_plausible, test_releases, test_texts)


def unlike(packages: Packages, shop: Workshop) -> set[Finding]:
    """Give what is told of a folder when its tables are small, or when they are large, and not both times."""
    large, schemas = as_large(packages), check(packages, RECORD, shop)
    told = {*schemas, *ruled(packages, schemas)}
    assert told, "nothing was found in it either way"
    return told ^ {*check(large, RECORD, shop), *ruled(large, schemas)}


BREAKS = [pytest.param(case.values[0], id=str(case.id)) for module in CASES for case in module.BREAKS]


@pytest.mark.parametrize("break_it", BREAKS)
def test_what_breaks_a_rule_is_told_alike(break_it: Callable[[Path], object], tmp_path: Path, shop: Workshop) -> None:
    folder = tiny(tmp_path)
    break_it(folder)
    assert unlike(read(folder), shop) == set()


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Packages, list[Case]]:
    folder = copy_of_repository(tmp_path_factory.mktemp("broken"))
    cases = break_everything(folder)
    return read(folder), cases


def at_fault(table: Table, known: list[Table]) -> tuple[Verdict, ...]:
    """Give what the judge says of a table that is kept as codes: of the rows that may be at fault alone."""
    large = large_table(table)
    assert isinstance(large.rows, coded.Coded)
    flags = concerned(large, large.rows, pack(large, large.rows), known, RECORD, ALONE)
    places = flags.nonzero()[0].tolist()
    told = judge([narrowed(large, places)], known, RECORD)
    return tuple(each if each.row is None else replace(each, row=places[each.row]) for each in told)


def test_a_wrong_cell_of_each_kind_alone_is_judged_alike(broken: tuple[Packages, list[Case]]) -> None:
    packages, cases = broken
    kinds = {
        (case.rule, case.column if case.rule == "foreign-key" else case.file.split("/")[0]): case for case in cases
    }
    assert len(kinds) > 40
    for case in kinds.values():
        own = next(table for table in packages.tables() if table.file == case.file)
        whole = RECORD.table(own.name)
        assert whole is not None
        first = (
            max(len(whole.rows), 1) + 1 if case.rule in ("unique", "primary-key") else 2
        )  # what they repeat stands anywhere
        alone = narrowed(
            own, [place for place, line in enumerate(own.row_numbers) if line in (*range(first + 1), case.row)]
        )
        known = [alone if table.name == own.name else table for table in TABLES]
        found = [plain(each) for each in judge([alone], known, RECORD)]
        assert found, case
        assert [plain(each) for each in at_fault(alone, known)] == found, case


def plain(verdict: Verdict) -> Verdict:
    """Give a verdict without the judge's own words, which count the rows that it was shown."""
    return replace(verdict, note="")


NASTY = (
    "", " ", "-", "0", "00", "-1", "1.0", "1e3", "NaN", "1,5", "007", "9" * 20, "_T", "_U", "64", "64.71", "true",
    "TRUE", "2025-02-30", "2025-13", "2030-01-01", "30/2/2025", "koran-z", "uji-2025-1", "peserta", "hidden", "=1+1",
    "<b>x</b>", "Budi Santoso", "6472014107900001", "0812 3456 7890", "a\u200bb", "ａ", "x" * 700, "koran-a ", "exact",
)  # fmt: skip


def spoiled(packages: Packages, draw: random.Random) -> Packages:
    """Give a folder with one change by chance: a cell, a row less, a row twice, or two cells exchanged."""
    table = draw.choice([each for each in packages.tables() if each.rows])
    rows, place = [list(row) for row in table.rows], draw.randrange(len(table.rows))
    column, other = draw.randrange(len(table.header)), draw.randrange(len(table.header))
    kind = draw.choice(("cell", "cell", "cell", "less", "twice", "exchanged", "borrowed"))
    if kind == "cell":
        rows[place][column] = draw.choice(NASTY)
    elif kind == "less":
        del rows[place]
    elif kind == "twice":
        rows.append([*rows[place]])
    elif kind == "exchanged":
        rows[place][column], rows[place][other] = rows[place][other], rows[place][column]
    else:
        rows[place][column] = draw.choice(rows)[column]
    numbers = tuple(range(2, len(rows) + 2))
    return packages.with_table(replace(table, rows=tuple(map(tuple, rows)), row_numbers=numbers))


@pytest.mark.parametrize("seed", range(2))
def test_what_is_changed_by_chance_is_told_alike(seed: int, tiny_packages: Packages, shop: Workshop) -> None:
    draw, packages = random.Random(seed), tiny_packages
    for number in range(25):
        packages = spoiled(packages, draw)
        if number % 5 == 4:
            assert unlike(packages, shop) == set()
            packages = tiny_packages


@pytest.fixture(scope="module")
def tiny_packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    return read(tiny(tmp_path_factory.mktemp("tiny")))


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
    bad = replace(table, rows=tuple((*row[:10], "", *row[11:]) for row in table.rows))
    unsaid = check(as_large(misdated.with_table(bad)), RECORD)
    assert [(each.rule, each.row) for each in unsaid] == [
        *(("required", row) for row in (2, 3, 4, 5)),
        ("rows-not-judged", 6),
    ]
    # Where the judge stops too, at an earlier row, that is said once.
    monkeypatch.setattr("kompeten.intake.packages.judging.PORTION", 2)
    monkeypatch.setattr("kompeten.intake.packages.judging.MOST", 2)
    sooner = check(as_large(misdated.with_table(bad)), RECORD)
    assert [(each.rule, each.row) for each in sooner] == [("required", 2), ("required", 3), ("rows-not-judged", 4)]
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
