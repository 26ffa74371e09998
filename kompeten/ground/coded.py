"""A large table as codes: of each column its distinct texts once, and of each row a small number.

Two million rows take some 60 bytes each so, not 5,000. Whoever goes through the rows gets them as those of a small
table, one after another; whoever asks about all of them asks the distinct texts, and then which rows hold one. numpy
and pyarrow are opened only where a table is large.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]
    Flags = NDArray[np.bool_]

LARGE = 5_000
"""Rows above which a table is kept as codes."""

PIECE = 8 * 1024 * 1024
"""Letters of a table that are read at once."""

STRETCH = 10_000
"""Rows that are made at once for whoever goes through them."""

TOP = 2**62

Value = TypeVar("Value")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Value]):
    """One column: the place of each row's cell among the distinct values."""

    codes: Numbers
    values: tuple[Value, ...]

    def told(self, is_so: Callable[[Value], object]) -> Flags:
        """Tell of each row whether something holds of its cell; each value is asked once."""
        found: Flags = self.mapped(lambda value: bool(is_so(value)), "bool")
        return found

    def mapped(self, value_of: Callable[[Value], object], kind: str = "int64") -> Any:
        """Give what each row's cell comes to; each value is asked once."""
        import numpy as np

        return np.array([value_of(each) for each in self.values], dtype=kind)[self.codes]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coded(Sequence[tuple[Value, ...]]):
    """The rows of a large table. odd: those with more or fewer cells, as written; their codes are padded or cut."""

    columns: tuple[Column[Value], ...]
    odd: Mapping[int, tuple[Value, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.columns[0].codes)

    @overload
    def __getitem__(self, place: int) -> tuple[Value, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[tuple[Value, ...], ...]: ...
    def __getitem__(self, place: int | slice) -> tuple[Value, ...] | tuple[tuple[Value, ...], ...]:
        if isinstance(place, slice):
            return self.at(range(*place.indices(len(self))))
        return self.at([range(len(self))[place]])[0]

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        for start in range(0, len(self), STRETCH):
            yield from self.at(range(start, min(start + STRETCH, len(self))))

    def __repr__(self) -> str:
        """Say all that it holds, as a digest."""
        digest = hashlib.sha256(repr(sorted(self.odd.items())).encode())
        for column in self.columns:
            digest.update(f"\n{column.codes.dtype.str} {column.values!r}\n".encode())
            digest.update(column.codes.data)
        return f"Coded({len(self)}, {digest.hexdigest()})"

    def at(self, places: Iterable[int]) -> tuple[tuple[Value, ...], ...]:
        """Give the rows at some places."""
        import numpy as np

        chosen = np.fromiter(places, dtype=np.int64)
        cells = [map(column.values.__getitem__, column.codes[chosen].tolist()) for column in self.columns]
        rows = list(zip(*cells, strict=True))
        if self.odd:
            rows = [self.odd.get(place, row) for place, row in zip(chosen.tolist(), rows, strict=True)]
        return tuple(rows)

    def widened(self, value: Value, count: int) -> Coded[Value]:
        """Give the rows with some more columns that hold one value."""
        import numpy as np

        more = Column(codes=np.zeros(len(self), dtype=np.uint8), values=(value,))
        return replace(self, columns=(*self.columns, *[more] * count))

    def typed(self, readers: Sequence[Callable[[Value], Other]]) -> Coded[Other]:
        """Give the rows with their cells as values; each distinct text is read once. Rows that are odd are padded."""
        columns = zip(self.columns, readers, strict=True)
        return Coded(
            columns=tuple(Column(codes=own.codes, values=tuple(map(read, own.values))) for own, read in columns)
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Named(Sequence[dict[str, Value]]):
    """The rows of a large table by the names of columns, made while somebody goes through them."""

    names: tuple[str, ...]
    rows: Coded[Value]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> dict[str, Value]: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[dict[str, Value], ...]: ...
    def __getitem__(self, place: int | slice) -> dict[str, Value] | tuple[dict[str, Value], ...]:
        if isinstance(place, slice):
            return tuple(dict(zip(self.names, row, strict=True)) for row in self.rows[place])
        return dict(zip(self.names, self.rows[place], strict=True))

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (dict(zip(self.names, row, strict=True)) for row in self.rows)


def keys(columns: Sequence[Column[Any]]) -> Numbers:
    """Give a number for each row, the same exactly where the cells of the columns are."""
    import numpy as np

    found, among = np.zeros(len(columns[0].codes), dtype=np.int64), 1
    for column in columns:
        # Numbered anew before a product of so many texts leaves 64 bits.
        if among * len(column.values) > TOP:
            distinct, found = np.unique(found, return_inverse=True)
            among = len(distinct)
        found = found * len(column.values) + column.codes
        among *= len(column.values)
    return found


def twice(numbers: Numbers) -> Flags:
    """Tell of each row whether another one has its number."""
    import numpy as np

    ordered = np.sort(numbers)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.isin(numbers, again) if len(again) else np.zeros(len(numbers), dtype=bool)


def firsts(numbers: Numbers) -> Numbers:
    """Give the place of the first row of each number."""
    import numpy as np

    return np.unique(numbers, return_index=True)[1]


def first_of(columns: Sequence[Column[Any]]) -> Flags:
    """Tell of each row whether it is the first of those that agree in some columns."""
    import numpy as np

    found = np.zeros(len(columns[0].codes), dtype=bool)
    found[firsts(keys(columns))] = True
    return found


def any_of(numbers: Numbers, flags: Sequence[Flags], least: int) -> Flags:
    """Tell of each row whether the rows of its number have at least so many kinds of flags between them."""
    import numpy as np

    _, group = np.unique(numbers, return_inverse=True)
    kinds = sum((np.bincount(group, weights=own) > 0).astype(int) for own in flags)
    found: Flags = np.asarray(kinds >= least)[group]
    return found


def single(column: Column[str]) -> list[str]:
    """Give the texts of a column, where none of them stands in two rows; otherwise none."""
    texts = list(filter(None, column.values))
    return texts if column.told(bool).sum() == len(texts) else []


class Gathering:
    """A large table while it is read: rows one by one, or many that somebody else has taken apart."""

    def __init__(self, width: int) -> None:
        self.width, self.count = width, 0
        self.texts: list[dict[str, int]] = [{} for _ in range(width)]
        self.codes: list[list[Numbers]] = [[] for _ in range(width)]
        self.numbers: list[range] = []
        self.odd: dict[int, tuple[str, ...]] = {}
        self.waiting: list[tuple[str, ...]] = []

    def add(self, number: int, cells: tuple[str, ...]) -> None:
        """Add the row that begins at a line."""
        if len(cells) != self.width:
            self.odd[self.count] = cells
            cells = (*cells, *("",) * self.width)[: self.width]
        self.waiting.append(cells)
        self._numbered(range(number, number + 1))
        if len(self.waiting) >= STRETCH:
            self._settle()

    def extend(self, numbers: range, columns: Sequence[tuple[Numbers, Sequence[str]]]) -> None:
        """Add rows that begin at some lines. columns: of each, the place of each cell among its distinct texts."""
        import numpy as np

        self._settle()
        for own, codes, (places, texts) in zip(self.texts, self.codes, columns, strict=True):
            known = np.array([own.setdefault(text, len(own)) for text in texts], dtype=np.int64)
            codes.append(known[places].astype(_kind(len(own))))
        self._numbered(numbers)

    def _numbered(self, numbers: range) -> None:
        self.count += len(numbers)
        if self.numbers and self.numbers[-1].stop == numbers.start:
            self.numbers[-1] = range(self.numbers[-1].start, numbers.stop)
        else:
            self.numbers.append(numbers)

    def _settle(self) -> None:
        import numpy as np

        for own, codes, cells in zip(self.texts, self.codes, zip(*self.waiting, strict=True), strict=False):
            places = np.array([own.setdefault(text, len(own)) for text in cells], dtype=np.int64)
            codes.append(places.astype(_kind(len(own))))
        self.waiting.clear()

    def rows(self) -> Coded[str]:
        """Give what was gathered."""
        import numpy as np

        self._settle()
        columns = []
        for own, codes in zip(self.texts, self.codes, strict=True):
            whole = np.concatenate([each.astype(_kind(len(own)), copy=False) for each in codes])
            columns.append(Column(codes=whole, values=tuple(own)))
            codes.clear()
        return Coded(columns=tuple(columns), odd=self.odd)

    def row_numbers(self) -> Sequence[int]:
        """Give the line at which each row begins."""
        if len(self.numbers) == 1:
            return self.numbers[0]
        return tuple(number for stretch in self.numbers for number in stretch)


def _kind(count: int) -> str:
    return "uint8" if count <= 2**8 else "uint16" if count <= 2**16 else "uint32"


class Place:
    """Where the next record of a text begins: at which line, the first being 1, and at which letter."""

    def __init__(self) -> None:
        self.line, self.letter = 1, 0


Records = Callable[[str, Place], Iterator[tuple[int, tuple[str, ...]]]]
"""Gives the records of a text from a place on, each with the line it begins at, and moves the place behind each."""


def gathered(text: str, place: Place, width: int, longest: int, records: Records) -> Gathering:
    """Read a large table from a place on, in pieces; ``records`` reads those of which a line is not plain."""
    found = Gathering(width)
    while place.letter < len(text):
        end = text.find("\n", place.letter + PIECE) + 1 or len(text)
        plain = plain_columns(text[place.letter : end], width, longest)
        if plain is not None:
            count = len(plain[0][0])
            found.extend(range(place.line, place.line + count), plain)
            place.line, place.letter = place.line + count, end
            continue
        for number, cells in records(text, place):
            found.add(number, cells)
            if place.letter >= end:
                break
    return found


def lines(text: str, letter: int, taken: list[str]) -> Iterator[str]:
    """Give the lines of a text from a letter on, each with its end, and note those that were taken."""
    while letter < len(text):
        end = text.find("\n", letter)
        line = text[letter : end if end >= 0 else len(text)]
        taken.append(line)
        yield line + "\n"
        letter += len(line) + 1


def plain_columns(text: str, width: int, longest: int) -> list[tuple[Numbers, Sequence[str]]] | None:
    """Take a stretch of lines apart, column by column; None where a line is anything but plain: quoted, empty, of
    another length, with a cell of more letters than ``longest``.
    """
    import numpy as np
    import pyarrow as pa
    from pyarrow import csv

    # Left to the reader that knows at which line each record begins.
    if '"' in text or "\n\n" in text or text.startswith(("\n", "\ufeff")) or width < 2:
        return None
    names = [str(place) for place in range(width)]
    content = text.encode()
    try:
        table = csv.read_csv(
            pa.BufferReader(content),
            # One block and one thread: a column then has one dictionary, in the order of the file.
            read_options=csv.ReadOptions(column_names=names, block_size=len(content) + 1, use_threads=False),
            parse_options=csv.ParseOptions(quote_char=False, double_quote=False, ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())), null_values=[]
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows != text.count("\n") + (not text.endswith("\n")):
        return None
    found: list[tuple[Numbers, Sequence[str]]] = []
    is_empty = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        (chunk,) = column.chunks
        places, texts = chunk.indices.to_numpy(), chunk.dictionary.to_pylist()
        if max(map(len, texts)) > longest:
            return None
        is_empty &= places == texts.index("") if "" in texts else False
        found.append((places, texts))
    return None if is_empty.any() else found
