"""The rows of people in a register, CSV or XLSX, as offices keep them. Nothing is written, nothing logged.

Title rows above the header, blank lines, totals and signatures below are left out.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path

from kompeten.ground.findings import FEW
from kompeten.ground.wording import worded
from kompeten.intake.messages import shown, shown_file
from kompeten.intake.packages.kinds import HEADER_WITHIN
from kompeten.register.reading.config import NEEDED, SHEET, Config, Field
from kompeten.register.reading.files import (
    WORKBOOKS,
    Form,
    RegisterError,
    folded,
    hidden_rows,
    lines_of,
    parts_of,
    quietly,
    sheets_of,
    tidy,
)

TOTAL_WORDS = ("jumlah", "total", "sub total", "subtotal", "rekap", "grand total")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Row:
    """One row of the register: its number in its file (from 1) and the text of each mapped field.

    Holds identifiers, so it has no repr.
    """

    file: str
    number: int
    fields: Mapping[Field, str]


class Rows:
    """Rows of people, packed: ten million of them fit where as many objects would not. Grows at its end alone.

    marshal, not pickle: the bytes never leave this process, and what they hold is text and numbers.
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        """Hold no row yet. fields: those that every row has, in this order."""
        self._fields = tuple(fields)
        self._packed: list[bytes] = []
        self._open: list[tuple[str, ...]] = []

    def append(self, row: Row) -> None:
        self._open.append((row.file, str(row.number), *(row.fields[field] for field in self._fields)))
        if len(self._open) == PACK:
            self._packed.append(marshal.dumps(self._open))
            self._open = []

    def cut(self, length: int) -> None:
        """Forget every row from a position on."""
        whole, rest = divmod(length, PACK)
        self._open = [*(self._open if whole == len(self._packed) else marshal.loads(self._packed[whole]))][:rest]
        del self._packed[whole:]

    def __len__(self) -> int:
        return len(self._packed) * PACK + len(self._open)

    def __iter__(self) -> Iterator[Row]:
        for packed in self._packed:
            yield from map(self._row, marshal.loads(packed))
        yield from map(self._row, self._open)

    def __getitem__(self, place: int) -> Row:
        whole, rest = divmod(range(len(self))[place], PACK)
        return self._row((marshal.loads(self._packed[whole]) if whole < len(self._packed) else self._open)[rest])

    def _row(self, packed: tuple[str, ...]) -> Row:
        file, number, *texts = packed
        return Row(file=file, number=int(number), fields=dict(zip(self._fields, texts, strict=True)))


PACK = 256
"""So many rows are packed together; to look one up is to unpack as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The rows of people, and how many other rows were left out (totals, blank lines, signatures).

    file: the register, or the folder of its parts. second: the first row of a table of something else below, after a
    gap; it and what follows of its part are left out. hidden: rows that a filter or a person has hidden in a workbook;
    they are read like any other.
    """

    file: str
    rows: Rows
    left_out: int
    second: Row | None = None
    hidden: int = 0


def read_register(path: Path, config: Config) -> Register:
    """Read a register by its ending (.csv, .txt, .tsv, .xlsx, .parquet), or a folder of parts. Raises RegisterError.

    Every part has its own header; parts are read in the order of their names, one after another.
    """
    headers = frozenset(folded(header) for header in config.columns.values())
    rows, left_out, hidden, second = Rows(tuple(config.columns)), 0, 0, None
    for part in parts_of(path):
        name = shown_file(part.name)
        sheets = quietly(name, partial(_sheets, part, config))
        for sheet in sheets:
            form = Form(sheet=sheet, encoding=config.encoding, delimiter=config.delimiter, headers=headers)
            own = Part(file=name if len(sheets) == 1 else f"{name} [{shown(sheet or '')}]", called=sheet or part.stem)
            register = quietly(own.file, partial(parse_rows, own, lines_of(part, form), config, rows))
            left_out, second = left_out + register.left_out, second or register.second
        hidden += quietly(name, partial(hidden_rows, part)) if part.suffix.lower() in WORKBOOKS else 0
    return Register(file=shown_file(path.name), rows=rows, left_out=left_out, second=second, hidden=hidden)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table of a register. file: how its rows are named in messages. called: the name of its sheet, or its file's."""

    file: str
    called: str


def _sheets(part: Path, config: Config) -> Sequence[str | None]:
    """Give the sheets to read: those told, else the only one with the columns that are looked for.

    Raises RegisterError where several have them: which of them are people once, only the office knows.
    """
    names, _ = sheets_of(part)
    if config.sheets or len(names) < 2:
        return config.sheets if config.sheets and names != [None] else names
    fitting = [place for place, name in enumerate(names, start=1) if _has_columns(part, name, config)]
    if len(fitting) > 1:
        raise RegisterError(worded("several-sheets", file=shown_file(part.name), places=", ".join(map(str, fitting))))
    return [names[fitting[0] - 1] if fitting else names[0]]


def _has_columns(part: Path, sheet: str | None, config: Config) -> bool:
    try:
        _find_header("", enumerate(lines_of(part, Form(sheet=sheet)), start=1), config)
    except RegisterError:
        return False
    return True


def parse_rows(part: Part, lines: Iterator[Sequence[str]], config: Config, rows: Rows | None = None) -> Register:
    """Find the header, then give every row of a person. Raises RegisterError where a mapped column is missing.

    rows: those of the parts before, to which these are added.

    The header may stand in two rows, a group above its columns, as merged cells leave it. Between the rows of people,
    numbered columns (1, 2, 3 …), headers repeated on each page, totals and blank lines are left out.
    """
    numbered = enumerate(lines, start=1)
    places = _find_header(part.file, numbered, config)
    headers = {field: folded(config.columns[field]) for field in places}
    told = {field: part.called for field in config.columns if field not in places}
    above: dict[Field, str] = {}
    rows = Rows(tuple(config.columns)) if rows is None else rows
    left_out, blocks = 0, _Blocks(rows)
    for number, cells in numbered:
        if not any(map(tidy, cells)):
            blocks.end()
        fields = {field: tidy(cells[place]) if place < len(cells) else "" for field, place in places.items()}
        is_header = all(folded(fields[field]) == header for field, header in headers.items())
        if is_header or is_numbering(cells) or not _is_person(cells, fields, config):
            left_out += 1
            continue
        fields.update(told)
        fields.update({field: above.get(field, "") for field in config.fill_down if not fields.get(field)})
        above = fields
        blocks.add(Row(file=part.file, number=number, fields=fields))
    blocks.end()
    second = None if blocks.other is None else rows[blocks.other]
    if blocks.other is not None:
        rows.cut(blocks.other)
    return Register(file=part.file, rows=rows, left_out=left_out, second=second)


class _Blocks:
    """Rows of people as blank lines part them. other: where a block begins that is about something else.

    Such a block stands below the first, has more than one row, and no row of it has a number in the place of a NIK.
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.other: int | None = None
        self.is_first, self.begins, self.has_nik = True, len(rows), False

    def add(self, row: Row) -> None:
        self.has_nik |= sum(map(str.isdigit, row.fields["nik"])) >= LEAST_OF_NIK
        self.rows.append(row)

    def end(self) -> None:
        length = len(self.rows) - self.begins
        if length > 1 and not self.has_nik and not self.is_first and self.other is None:
            self.other = self.begins
        self.is_first = self.is_first and not length
        self.begins, self.has_nik = len(self.rows), False


LEAST_OF_NIK = 10
"""Digits that even a damaged NIK still has; a table of counts has fewer in any cell."""


def _find_header(file: str, numbered: Iterator[tuple[int, Sequence[str]]], config: Config) -> dict[Field, int]:
    """Give the column of each field, reading on to the end of the header."""
    wanted = {field: folded(header) for field, header in config.columns.items() if header != SHEET}
    fewest = [config.columns[field] for field in wanted]
    before: list[str] = []
    for number, cells in numbered:
        own = [folded(cell) for cell in cells]
        for headers in (own, [one or other for one, other in zip_longest(own, before, fillvalue="")]):
            missing = [config.columns[field] for field in wanted if wanted[field] not in headers]
            if not missing:
                return _places(file, headers, wanted)
            fewest = min(fewest, missing, key=len)
        before = own
        if number >= HEADER_WITHIN:
            break
    # A row of titles that lacks them all is the wrong file or sheet: the first few say so as well as all do.
    columns = ", ".join(fewest[:FEW]) + (f", … (+{len(fewest) - FEW})" if len(fewest) > FEW else "")
    raise RegisterError(worded("no-header-row", file=file, columns=columns))


def is_numbering(cells: Sequence[str]) -> bool:
    """Tell the row of column numbers that official tables have below the header: 1, 2, 3 … or (1), (2), (3) …"""
    marks = [tidy(cell).strip("()") for cell in cells if tidy(cell)]
    return len(marks) > 2 and marks == [str(number) for number in range(1, len(marks) + 1)]


def _places(file: str, headers: Sequence[str], wanted: Mapping[Field, str]) -> dict[Field, int]:
    """Give the column of each field; a header that comes twice cannot be told apart."""
    for field, header in wanted.items():
        if headers.count(header) > 1:
            raise RegisterError(worded("header-twice", file=file, field=field))
    return {field: headers.index(header) for field, header in wanted.items()}


def _is_person(cells: Sequence[str], fields: Mapping[Field, str], config: Config) -> bool:
    """Tell a person's row from a total, a signature or a blank line: it has a NIK, or most of what is needed."""
    first = next((folded(cell) for cell in cells if tidy(cell)), "")
    if any(first.startswith(word) for word in TOTAL_WORDS):
        return False
    if fields["nik"]:
        return True
    needed = [field for field in NEEDED if field in fields and field not in config.fill_down]
    return sum(bool(fields[field]) for field in needed) >= len(needed) - 1 > 0
