"""What every rule reads: typed rows that know their place, and how to say that one of them is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from kompeten.ground.findings import Finding
from kompeten.intake.messages import finding_with
from kompeten.intake.packages import Cell, Packages, TypedRow, tables


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A data folder as rules read it: the packages as text, and the rows of every table by resource name.

    unsound: files in which the schemas found something.
    """

    packages: Packages
    rows: Mapping[str, tuple[Row, ...]]
    unsound: frozenset[str] = frozenset()

    def table(self, name: str) -> tuple[Row, ...]:
        """Give the rows of a table; none where it could not be read."""
        return self.rows.get(name, ())

    def is_sound(self, name: str) -> bool:
        """Tell whether a table, or a file beside the packages (named with its dot), was read and nothing is wrong.

        The types of cells come from the package's descriptor, so that nothing may be wrong with that either.
        """
        if "." in name:
            return name in self.packages.texts and name not in self.unsound
        table = self.packages.table(name)
        return table is not None and not self.unsound & {table.file, f"{table.package}/datapackage.json"}

    def parents(self, name: str, code: str = "code", parent: str = "parent_code") -> dict[str, str]:
        """Give code to parent code of a hierarchy; a code without parent is left out."""
        return {row.text(code): row.text(parent) for row in self.table(name) if row[parent] is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. needs: the tables (or files, with their dot) that must be sound before it can be judged."""

    judge: Callable[[Book], Iterator[Finding]]
    needs: tuple[str, ...] = ()


def open_book(packages: Packages, unsound: Iterable[str] = ()) -> Book:
    """Give the rows of a data folder with their places. unsound: files in which the schemas found something."""
    typed = tables(packages)
    return Book(
        packages=packages,
        unsound=frozenset(unsound),
        rows={
            table.name: tuple(
                Row(file=table.file, number=number, values=values)
                for number, values in zip(table.row_numbers, typed[table.name], strict=True)
            )
            for table in packages.tables()
        },
    )


def grouped(rows: Iterable[Row], columns: Iterable[str]) -> dict[tuple[Cell, ...], list[Row]]:
    """Give rows by the cells of two columns or more, groups and rows in the order of the file."""
    key = itemgetter(*columns)
    found: dict[tuple[Cell, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(key(row.values), []).append(row)
    return found


def ancestors(code: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Give the codes above a code, nearest first; stops where a hierarchy loops."""
    seen = {code}
    while (code := parents.get(code, "")) and code not in seen:
        seen.add(code)
        yield code
