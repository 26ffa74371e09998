"""Which rows of a large table a rule must look at: all that it could find fault with, and what it holds them against.

A sieve asks the columns, never the rows; it may let a sound row through, never hold a faulty one back. The rule itself
then says what is wrong, so that a large table is told of in the words of a small one, and there is one rule, not two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kompeten.ground.coded import TOP, Coded, Column, firsts, keys, twice
from kompeten.ground.rows import ancestors
from kompeten.ground.vocabulary import ALL, ASSESSED, DECIDED, DIMENSION, DIMENSIONS, UNKNOWN
from kompeten.intake.names import PROSE

if TYPE_CHECKING:
    from kompeten.ground.coded import Flags, Numbers

Fault = tuple[int, str | None]
"""The place of a row in its table, and the column at fault."""

COUNT = re.compile(r"[0-9]{1,16}")
NO_COUNT = -1
NO_LIMIT = 2**62
NIK_DIGITS = 16
TOTAL = (ASSESSED, *DECIDED)
"""A whole and its parts that are known."""

MOST_ROWS = 50_000
"""Rows at fault of a large table that a rule is asked about; the rest is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A large table as a sieve sees it: texts by column. sound: the rows in which the schemas found nothing.

    parents: of each code list and of the stages, code to what stands above it.
    """

    header: tuple[str, ...]
    rows: Coded[str]
    sound: Flags
    parents: Mapping[str, Mapping[str, str]]

    def __getitem__(self, name: str) -> Column[str]:
        return self.rows.columns[self.header.index(name)]

    def several(self, names: Iterable[str], *, is_filled: bool = False) -> list[Column[Any]]:
        """Give those of some columns that the table has; of a value, or where asked, only whether there is one."""
        own = [name for name in names if name in self.header]
        return [filled(self[name]) if is_filled or name == "value" else self[name] for name in own]

    def counts(self, *precisions: str) -> Numbers:
        """Give the count of each row with such a precision; below zero where there is none."""
        import numpy as np

        known = self["precision"].told(precisions.__contains__)
        counts = self["value"].mapped(lambda text: int(text) if COUNT.fullmatch(text) else NO_COUNT)
        return np.where(known, counts, NO_COUNT)


def filled(column: Column[str]) -> Column[bool]:
    """Give a column that says only which cells are filled."""
    return Column(codes=column.told(bool).astype("uint8"), values=(False, True))


Check = Callable[[Columns, Sequence[str]], "Flags"]
"""Tells of each row whether something may be wrong with it; the names are those of the columns of a cell."""


class Sieve(Protocol):
    """Gives the rows that a rule must look at; ``again`` where it found fault with some of those."""

    def rows(self, columns: Columns) -> Flags:
        """Tell of each row whether the rule must look at it."""

    def again(self, columns: Columns, faults: Sequence[Fault], /) -> tuple[Flags, int | None]:
        """Tell the same, knowing what was found; and the first place that is left, where there are too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Rows are judged one by one, and those that agree in some columns alike: one of each is looked at first.

    sets: of columns; what the rule says of a row's cell follows from any of them that has its column. has_all: each
    column alone, and every row, sound or not. has_pairs: the two languages of each text, of which it only matters
    whether they are filled.
    """

    sets: tuple[tuple[str, ...], ...] = ()
    has_all: bool = False
    has_pairs: bool = False

    def _keys(self, columns: Columns) -> Iterator[tuple[tuple[str, ...], Numbers]]:
        sets = self.sets
        if self.has_all:
            sets = tuple((name,) for name in columns.header)
        if self.has_pairs:
            english = [name for name in columns.header if name.endswith("_en")]
            sets = tuple((name.removesuffix("_en") + "_id", name) for name in english)
        for names in sets:
            if self.has_all:
                yield names, columns[names[0]].codes
            elif own := columns.several(names, is_filled=self.has_pairs):
                yield names, keys(own)

    def rows(self, columns: Columns) -> Flags:
        """Tell which rows are the first of those that agree; rows that are odd are like none."""
        import numpy as np

        found: Flags = np.zeros(len(columns.rows), dtype=bool)
        chosen = np.arange(len(found)) if self.has_all else columns.sound.nonzero()[0]
        for _, numbers in self._keys(columns):
            found[chosen[firsts(numbers[chosen])]] = True
        if self.has_all:
            found[[*columns.rows.odd]] = True
        return found

    def again(self, columns: Columns, faults: Sequence[Fault], /) -> tuple[Flags, int | None]:
        """Tell which rows agree with those at fault."""
        import numpy as np

        found: Flags = np.zeros(len(columns.rows), dtype=bool)
        for names, numbers in self._keys(columns):
            wrong = [place for place, column in faults if column in names]
            found |= np.isin(numbers, numbers[wrong])
        found[[place for place, _ in faults]] = True
        places = found.nonzero()[0]
        left = int(places[MOST_ROWS]) if len(places) > MOST_ROWS else None
        # A slice to None is all of it, and stays; from a place on, nothing does.
        found[left:] = found[left:] & (left is None)
        return found, left


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Rows are held against each other: what may be wrong is worked out of all rows at once.

    by: what lets a row through. cell: the columns that make one cell.
    """

    by: tuple[Check, ...]
    cell: tuple[str, ...] = ()

    def rows(self, columns: Columns) -> Flags:
        """Tell which rows one of the checks lets through."""
        return self.again(columns, ())[0]

    def again(self, columns: Columns, _faults: Sequence[Fault], /) -> tuple[Flags, int | None]:
        """Tell the same, for it was all that the rule needs; of too many rows, those of the first batches."""
        import numpy as np

        found: Flags = np.logical_or.reduce([check(columns, self.cell) for check in self.by])
        if "batch_id" not in self.cell or np.count_nonzero(found) <= MOST_ROWS:
            return found, None
        batches = columns["batch_id"].codes
        last = np.sort(batches[found])[MOST_ROWS]
        left = found & (batches > last)
        return found & ~left, int(left.nonzero()[0][0]) if left.any() else None


def stated_twice(columns: Columns, cell: Sequence[str]) -> Flags:
    """Several rows state a cell."""
    return twice(keys([columns[name] for name in cell]))


def not_preferred(columns: Columns, _cell: Sequence[str]) -> Flags:
    """A row is not the preferred one."""
    return columns["preferred"].told("true".__ne__)


def of_everybody(columns: Columns, _cell: Sequence[str]) -> Flags:
    """A count is not broken down."""
    import numpy as np

    found: Flags = np.logical_and.reduce([columns[name].told(ALL.__eq__) for name in DIMENSIONS])
    return found


def first_at_level(columns: Columns, _cell: Sequence[str]) -> Flags:
    """A row is the first of its batch at its level that does not say that nobody is there."""
    import numpy as np

    found: Flags = np.zeros(len(columns.rows), dtype=bool)
    places = columns["value"].told("0".__ne__).nonzero()[0]
    found[places[firsts(keys([columns["batch_id"], columns["qualification_level"]])[places])]] = True
    return found


def half_numbers(columns: Columns, _cell: Sequence[str]) -> Flags:
    """Digits in the cells of a row come to as many as an identity number has, or several of its texts hold some."""
    import numpy as np

    digits, texts = np.zeros(len(columns.rows), dtype=np.int64), np.zeros(len(columns.rows), dtype=np.int64)
    for name, column in zip(columns.header, columns.rows.columns, strict=True):
        digits += column.mapped(lambda text: len(text) if text.isdecimal() else 0)
        if PROSE.fullmatch(name):
            texts += column.told(lambda text: any(map(str.isdecimal, text)))
    found: Flags = (digits >= NIK_DIGITS) | (texts > 1)
    found[[*columns.rows.odd]] = True
    return found


def narrowing(columns: Columns, cell: Sequence[str]) -> Flags:
    """A stage counts more than one of those that bound it, in one place: all counts of that place."""
    import numpy as np

    _, place = np.unique(keys([columns[name] for name in cell]), return_inverse=True)
    stages = [stage for stage in columns["stage"].values if stage]
    least, most = (np.full((place.max() + 1, len(stages)), nothing, dtype=np.int64) for nothing in (NO_COUNT, NO_LIMIT))
    stage = columns["stage"].mapped(lambda text: stages.index(text) if text in stages else 0)
    # Of one source all its rows count; over sources, those that are used.
    chosen = columns.sound & columns["preferred"].told("true".__eq__) if "source_id" not in cell else columns.sound
    low, high = columns.counts("exact", "at_least"), columns.counts("exact")
    least[place[chosen], stage[chosen]] = low[chosen]
    most[place[chosen], stage[chosen]] = np.where(high < 0, NO_LIMIT, high)[chosen]
    found = np.zeros(len(least), dtype=bool)
    for number, name in enumerate(stages):
        for above in ancestors(name, columns.parents["stages"]):
            if above in stages:
                found |= least[:, number] > most[:, stages.index(above)]
    if set(TOTAL) <= set(stages):
        whole, *parts = (stages.index(name) for name in TOTAL)
        found |= np.maximum(least[:, parts], 0).sum(axis=1) > most[:, whole]
    return found[place]


def uneven(columns: Columns, cell: Sequence[str]) -> Flags:
    """Parts along one dimension do not make up their whole: all rows of that line."""
    import numpy as np

    names = (*cell, "source_id")
    radix, step = {}, 1
    for name in names:
        radix[name], step = step, step * len(columns[name].values)
    # Too many combinations for a number of 64 bits: every sound row is looked at.
    if step > TOP:
        return columns.sound
    number: Numbers = np.zeros(len(columns.rows), dtype=np.int64)
    for name in names:
        number += columns[name].codes.astype(np.int64) * radix[name]
    places = columns.sound.nonzero()[0]
    places = places[np.argsort(number[places], kind="stable")]
    ordered, found = number[places], np.zeros(len(number), dtype=bool)
    least, most = columns.counts("exact", "at_least"), columns.counts("exact")
    for name in DIMENSIONS:
        line = _Line(
            column=columns[name],
            parents=columns.parents.get(DIMENSION[name].codes.name, {}),
            radix=radix[name],
            number=number,
            places=places,
            ordered=ordered,
        )
        wrong = line.wrong(least, most)
        if len(wrong):
            base = number - columns[name].codes.astype(np.int64) * radix[name]
            found |= np.isin(base, base[wrong])
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One dimension of a large table of counts. number: of each row, its cell and source; ordered, with the rows that
    have them at places. radix: by how much a number grows from one code to the next.
    """

    column: Column[str]
    parents: Mapping[str, str]
    radix: int
    number: Numbers
    places: Numbers
    ordered: Numbers

    def wrong(self, least: Numbers, most: Numbers) -> Numbers:
        """Give the places of totals that their largest stated parts do not make up."""
        import numpy as np

        parts, wholes, is_child = self.parts()
        together, kin, unsure = (np.zeros(len(self.number), dtype=np.int64) for _ in range(3))
        np.add.at(together, wholes, np.maximum(least[parts], 0))
        np.add.at(unsure, wholes, most[parts] < 0)
        np.add.at(kin, wholes, is_child)
        totals = np.unique(wholes)
        totals = totals[(most[totals] >= 0) & ~self.column.told(UNKNOWN.__eq__)[totals]]
        needed = self.column.mapped(lambda code: 0 if code == ALL else [*self.parents.values()].count(code))
        is_whole = (unsure[totals] == 0) & (kin[totals] >= needed[totals])
        result: Numbers = totals[(together[totals] > most[totals]) | is_whole & (together[totals] < most[totals])]
        return result

    def parts(self) -> tuple[Numbers, Numbers, Flags]:
        """Give the places of parts, of the nearest whole that is stated for each, and whether it is right above."""
        import numpy as np

        codes = {code: place for place, code in enumerate(self.column.values)}
        left = self.places[~self.column.told(lambda code: code in (ALL, ""))[self.places]]
        above = [
            [*(each for each in ancestors(code, self.parents) if each != ALL), ALL] if code else [ALL] for code in codes
        ]
        found: list[tuple[Numbers, Numbers, Flags]] = []
        for step in range(max(map(len, above))):
            target = np.array([codes.get(own[step], -1) if step < len(own) else -1 for own in above], dtype=np.int64)
            own = self.column.codes[left].astype(np.int64)
            wanted = self.number[left] + (target[own] - own) * self.radix
            spot = np.minimum(np.searchsorted(self.ordered, wanted), len(self.ordered) - 1)
            is_there = (target[own] >= 0) & (self.ordered[spot] == wanted)
            parents = np.array([codes.get(self.parents.get(code, ""), -1) for code in codes], dtype=np.int64)
            whole = self.places[spot[is_there]]
            is_child = parents[own[is_there]] == self.column.codes[whole]
            found.append((left[is_there], whole, is_child))
            left = left[~is_there]
        return tuple(np.concatenate(each) for each in zip(*found, strict=True))  # type: ignore[return-value]
