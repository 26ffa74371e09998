"""What every rule reads: typed rows that know their place, and how to say that one of them is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING, overload

from kompeten.ground.coded import STRETCH, Coded
from kompeten.ground.findings import Finding
from kompeten.intake.messages import finding_with
from kompeten.intake.packages import Cell, Package, Packages, Table, TypedRow
from kompeten.intake.packages.typed import rows_of
from kompeten.intake.packages.values import narrowed, types_in

if TYPE_CHECKING:
    from kompeten.ground.coded import Flags, Numbers
    from kompeten.intake.rules.sieve import Sieve


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One typed row with its place."""

    file: str
    number: int
    values: TypedRow

    def __getitem__(self, column: str) -> Cell:
        """Give a cell; None where it is empty or the column is not there."""
        return self.values.get(column)

    def text(self, column: str) -> str:
        """Give a cell of text; empty where it is None."""
        value = self.values.get(column)
        return "" if value is None else str(value)

    def count(self, column: str = "value") -> int | None:
        """Give a whole number, or None where the cell is empty."""
        value = self.values.get(column)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def wrong(self, rule: str, column: str | None, **details: object) -> Finding:
        """Say that this row breaks a rule."""
        return finding_with(details, rule, file=self.file, row=self.number, column=column)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows(Sequence[Row]):
    """The sound rows of a large table, made while a rule goes through them. package: of record, for the types.

    places: of the rows in the table, in order.
    """

    package: Package
    table: Table
    places: Numbers

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        chosen = self.places[place] if isinstance(place, slice) else self.places[[place]]
        rows = tuple(_rows(self.package, narrowed(self.table, chosen.tolist())))
        return rows if isinstance(place, slice) else rows[0]

    def __iter__(self) -> Iterator[Row]:
        return (row for start in range(0, len(self), STRETCH) for row in self[start : start + STRETCH])


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A data folder as rules read it: the packages as text, and the sound rows of every table by resource name.

    A table that cannot be read, or whose header is wrong, is not among ``rows``. doubtful: rows in which the schemas
    found something, without the cells at fault. texts: files beside the packages in which nothing was found. whole:
    the book that this one is a part of.
    """

    packages: Packages
    rows: Mapping[str, Sequence[Row]]
    doubtful: Mapping[str, Sequence[Row]]
    texts: frozenset[str] = frozenset()
    whole: Book | None = None

    def table(self, name: str) -> Sequence[Row]:
        """Give the sound rows of a table; none where it could not be read."""
        return self.rows.get(name, ())

    def is_readable(self, name: str) -> bool:
        """Tell whether a table, or a file beside the packages (named with its dot), could be read as what it is."""
        return name in (self.texts if "." in name else self.rows)

    def is_whole(self, name: str) -> bool:
        """Tell whether a table could be read and every row of it is sound."""
        return name in self.rows and not self.doubtful[name]

    def may_lack(self, name: str, row: Row, columns: Iterable[str]) -> bool:
        """Tell whether a row that is in doubt may agree with a sound one in some columns: a group may lack it."""
        wanted = {column: row[column] for column in columns}
        return any(
            all(text == each.values.get(column, text) for column, text in wanted.items())
            for each in self.doubtful[name]
        )

    def narrowed(self, places: Mapping[str, Flags]) -> Book:
        """Give the book with only some rows of large tables, by name: sound ones, and all as they are written."""
        packages, rows = self.packages, dict(self.rows)
        for name, flags in places.items():
            own = rows[name]
            if isinstance(own, Rows):
                rows[name] = replace(own, places=own.places[flags[own.places]])[:]
                packages = packages.with_table(narrowed(own.table, flags.nonzero()[0].tolist()))
        return replace(self, packages=packages, rows=rows, whole=self.whole or self)

    def parents(self, name: str, code: str = "code", parent: str = "parent_code") -> dict[str, str]:
        """Give code to parent code of a hierarchy; a code without parent is left out."""
        return {row.text(code): row.text(parent) for row in self.table(name) if row[parent] is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. needs: tables (or files, with their dot) that must be readable; it is judged on their sound rows.

    whole: tables in which a row that is missing would be told as a mistake, and which must be sound throughout.
    sieves: table (``*``: any) to what tells which rows of it the rule must look at where the table is large.
    """

    judge: Callable[[Book], Iterator[Finding]]
    needs: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    sieves: Mapping[str, Sieve] = field(default_factory=dict)

    def sieve(self, name: str) -> Sieve | None:
        """Give what tells which rows of a large table the rule must look at; None where it reads the table whole."""
        return self.sieves.get("*") or (self.sieves.get(name) if name in (*self.needs, *self.whole) else None)

    def lacks(self, book: Book) -> tuple[str, ...]:
        """Give the tables and files that keep the rule from being judged."""
        unreadable = [name for name in (*self.needs, *self.whole) if not book.is_readable(name)]
        return (*unreadable, *(name for name in self.whole if book.is_readable(name) and not book.is_whole(name)))


WRITING = frozenset({"bom", "carriage-return", "no-final-newline", "needless-quotes"})
"""What the schemas' side says of a file's writing alone: its rows are sound."""

FREE_TEXT = re.compile(r"(?:note|title|name|reason|description|organiser)_(?:id|en)|publisher|url")
"""Columns that no rule but those about texts reads: a row with a mistake there is sound."""


def open_book(packages: Packages, record: Packages, findings: Sequence[Finding] = ()) -> Book:
    """Give the rows of a data folder with their places, typed by the schemas of record.

    findings: what the schemas have against it, one by one; rows in which they found something are set apart.
    """
    wrong: dict[tuple[str, int], set[str]] = {}
    unjudged = {each.file for each in findings if each.rule == "rows-not-judged"}
    files = set()
    for each in findings:
        files.add(each.file)
        is_free = each.column is not None and FREE_TEXT.fullmatch(each.column)
        if each.row is not None and each.rule not in WRITING and not is_free:
            # A finding about a whole row leaves no cell of it to go by.
            columns = each.column.split(", ") if each.column else ["*"]
            wrong.setdefault((each.file, each.row), set()).update(
                # That a row stands twice says nothing against its cells.
                () if each.rule in ("primary-key", "unique") else columns
            )
    rows: dict[str, Sequence[Row]] = {}
    doubtful: dict[str, Sequence[Row]] = {}
    for table in packages.tables():
        own = record.package(table.package)
        if own is not None and table.file not in unjudged and tuple(types_in(own.resource(table.name))) == table.header:
            at_fault = {row: columns for (file, row), columns in wrong.items() if file == table.file}
            if isinstance(table.rows, Coded):
                sound = _sound(table, at_fault)
                rows[table.name] = Rows(package=own, table=table, places=sound.nonzero()[0])
                read = tuple(_rows(own, narrowed(table, (~sound).nonzero()[0].tolist())))
            else:
                read = tuple(_rows(own, table))
                rows[table.name] = tuple(row for row in read if row.number not in at_fault)
            doubtful[table.name] = tuple(_without(row, at_fault[row.number]) for row in read if row.number in at_fault)
    return Book(packages=packages, rows=rows, doubtful=doubtful, texts=frozenset(packages.texts) - files)


def _sound(table: Table, at_fault: Collection[int]) -> Flags:
    """Tell of each row of a large table whether its line is not among those at fault."""
    import numpy as np

    return ~np.isin(np.fromiter(table.row_numbers, dtype=np.int64), [*at_fault])


def _rows(package: Package, table: Table) -> Iterator[Row]:
    for number, values in zip(table.row_numbers, rows_of(package, table), strict=True):
        yield Row(file=table.file, number=number, values=values)


def _without(row: Row, columns: Collection[str]) -> Row:
    """Give a row without the cells of some columns; ``*`` stands for all of them."""
    values = {} if "*" in columns else {name: cell for name, cell in row.values.items() if name not in columns}
    return replace(row, values=values)


def grouped(rows: Iterable[Row], columns: Iterable[str]) -> dict[tuple[Cell, ...], list[Row]]:
    """Give rows by the cells of two columns or more, groups and rows in the order of the file."""
    key = itemgetter(*columns)
    found: dict[tuple[Cell, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(key(row.values), []).append(row)
    return found
