"""Open a register, CSV or XLSX, as offices keep them, and give its rows as text. Nothing is written, nothing logged.

Title rows above the header, blank lines, totals and signatures below are left out. Whatever goes wrong is told
without a value: the error names a file, a step and a kind, and drops the error it came from, whose text or frames
could hold a person.
"""

from __future__ import annotations

import codecs
import csv
import marshal
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar, overload

import openpyxl

from kompeten.ground.findings import Label
from kompeten.ground.refusal import Refused, unreadable
from kompeten.ground.wording import worded
from kompeten.intake.messages import shown, shown_file
from kompeten.intake.packages.kinds import other_kind
from kompeten.register.reading.config import NEEDED, SHEET, Config, Field

Result = TypeVar("Result")

HEADER_WITHIN = 40
"""The header is looked for in so many first rows."""

TOTAL_WORDS = ("jumlah", "total", "sub total", "subtotal", "rekap", "grand total")
WORKBOOKS = (".xlsx", ".xlsm")
WORKBOOK = "xl/workbook.xml"
"""The file that every XLSX holds."""
LARGEST_FIELD = 1_000_000
LARGEST_EXPANSION = 2_000_000_000
"""An XLSX that unpacks to more bytes is refused: no register of people is so large."""

NUMBER_MARK = "\x00number"
"""Follows the text of a long number that a spreadsheet kept as a number: its last digits may be gone."""


class RegisterError(Refused):
    """The register cannot be read. Names the file, the step and what to do; never a value."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Row:
    """One row of the register: its number in its file (from 1) and the text of each mapped field.

    Holds identifiers, so it has no repr of its own content.
    """

    file: str
    number: int
    fields: Mapping[Field, str]

    def __repr__(self) -> str:
        """Give the place alone."""
        return f"Row(number={self.number})"


class Rows(Sequence[Row]):
    """Rows of people, packed: ten million of them fit where as many objects would not. Grows at its end alone.

    marshal, not pickle: the bytes never leave this process, and what they hold is text and numbers.
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        """Hold no row yet. fields: those that every row has, in this order."""
        self._fields = tuple(fields)
        self._packed: list[bytes] = []
        self._open: list[tuple[str, ...]] = []

    def append(self, row: Row) -> None:
        """Add a row."""
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
        """Give the number of rows."""
        return len(self._packed) * PACK + len(self._open)

    def __iter__(self) -> Iterator[Row]:
        """Give every row, in order."""
        for packed in self._packed:
            yield from map(self._row, marshal.loads(packed))
        yield from map(self._row, self._open)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        whole, rest = divmod(range(len(self))[place], PACK)
        return self._row((marshal.loads(self._packed[whole]) if whole < len(self._packed) else self._open)[rest])

    def _row(self, packed: tuple[str, ...]) -> Row:
        file, number, *texts = packed
        return Row(file=file, number=int(number), fields=dict(zip(self._fields, texts, strict=True)))

    def __repr__(self) -> str:
        """Give the size alone."""
        return f"Rows({len(self)})"


PACK = 256
"""So many rows are packed together; to look one up is to unpack as many."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
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

    def __repr__(self) -> str:
        """Give the size alone."""
        return f"Register(rows={len(self.rows)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a file is to be opened; headers: those that are looked for, folded, none where nobody knows them yet."""

    sheet: str | None = None
    encoding: str = "auto"
    delimiter: str = "auto"
    headers: frozenset[str] = frozenset()


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
        hidden += quietly(name, partial(_hidden_rows, part)) if part.suffix.lower() in WORKBOOKS else 0
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
    names = sheets_of(part)
    if config.sheets or len(names) < 2:
        return config.sheets if config.sheets and names != [None] else names
    fitting = [place for place, name in enumerate(names, start=1) if _has_columns(part, name, config)]
    if len(fitting) > 1:
        raise RegisterError(worded("several-sheets", file=shown_file(part.name), places=", ".join(map(str, fitting))))
    return [names[fitting[0] - 1] if fitting else names[0]]


def _has_columns(part: Path, sheet: str | None, config: Config) -> bool:
    """Tell whether a sheet has the columns of the configuration."""
    try:
        _find_header("", enumerate(lines_of(part, Form(sheet=sheet)), start=1), config)
    except RegisterError:
        return False
    return True


def parts_of(path: Path) -> list[Path]:
    """Give the files of a register: itself, or those of the folder that it is. Raises RegisterError on an empty one."""
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.iterdir() if not each.name.startswith((".", "~$")))
    if not found:
        raise RegisterError(worded("no-part", file=shown_file(path.name)))
    return found


def lines_of(path: Path, form: Form) -> Iterator[Sequence[str]]:
    """Give the rows of a file as text, by its ending. Raises RegisterError."""
    readers: Mapping[str, Callable[[Path, Form], Iterator[Sequence[str]]]] = {
        **dict.fromkeys(TEXTS, _csv_rows),
        **dict.fromkeys(WORKBOOKS, _xlsx_rows),
        ".parquet": _parquet_rows,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise RegisterError(worded("neither-csv-nor-xlsx", value=shown_file(path.name)))
    if path.exists() and not path.is_file():
        raise RegisterError(worded("register-no-file", name=shown_file(path.name)))
    refuse_by_first_bytes(path, is_workbook=reader is _xlsx_rows)
    return reader(path, form)


TEXTS = (".csv", ".txt", ".tsv")
OLD_OFFICE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
"""How files of old Office programs, and locked ones of new programs, begin; how workbooks of today do."""


def refuse_by_first_bytes(path: Path, *, is_workbook: bool) -> None:
    """Refuse a file that cannot be opened or is of another kind than its name says. Raises RegisterError."""
    try:
        with path.open("rb") as file:
            content = file.read(400)
    except OSError as error:
        raise RegisterError(unreadable(shown_file(path.name), error)) from None
    kind, start, other = None, content[:4], other_kind(path.name, content)
    if start == OLD_OFFICE:
        kind = worded("workbook-locked")
    elif is_workbook and start != ZIP:
        kind = worded("holds-no-xlsx")
    elif not is_workbook and start == ZIP:
        kind = worded("workbook-called-csv")
    elif not content.strip(b"\xef\xbb\xbf \t\r\n"):
        kind = worded("register-empty")
    elif path.suffix.lower() in TEXTS and other is not None and other.rule != "utf16":
        kind = worded("register-other-kind")
    if kind is not None:
        raise RegisterError(kind.at(shown_file(path.name)))


def quietly(step: str, work: Callable[[], Result]) -> Result:
    """Do the work; whatever it raises becomes a RegisterError that holds neither the value nor the frames."""
    try:
        return work()
    except RegisterError as error:
        reasons = error.reasons
    except Exception as error:  # whatever it says, its text or frames may hold a person
        reasons = (broken(step, type(error).__name__),)
    # Out here, not in the handler: there the first error would hang on to it, with frames that hold rows.
    raise RegisterError(*reasons)


def broken(place: str, why: str) -> Label:
    """Say that a register cannot be read to its end; why holds no value of it."""
    return worded("register-unreadable", place=place, why=why)


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
        self.has_nik = self.has_nik or _has_nik(row)
        self.rows.append(row)

    def end(self) -> None:
        length = len(self.rows) - self.begins
        if length > 1 and not self.has_nik and not self.is_first and self.other is None:
            self.other = self.begins
        self.is_first = self.is_first and not length
        self.begins, self.has_nik = len(self.rows), False


def _has_nik(row: Row) -> bool:
    """Tell whether a row has a number in the place of its NIK, be it right or wrong."""
    return sum(letter.isdigit() for letter in row.fields["nik"]) >= LEAST_OF_NIK


LEAST_OF_NIK = 10
"""Digits that even a damaged NIK still has; a table of counts has fewer in any cell."""


def _find_header(file: str, numbered: Iterator[tuple[int, Sequence[str]]], config: Config) -> dict[Field, int]:
    """Give the column of each field, reading on to the end of the header."""
    wanted = {field: folded(header) for field, header in config.columns.items() if header != SHEET}
    fewest = [config.columns[field] for field in wanted]
    before: list[str] = []
    for number, cells in numbered:
        own = [folded(cell) for cell in cells]
        longest = max(len(own), len(before))
        padded, above = own + [""] * (longest - len(own)), before + [""] * (longest - len(before))
        for headers in (own, [one or other for one, other in zip(padded, above, strict=True)]):
            missing = [config.columns[field] for field in wanted if wanted[field] not in headers]
            if not missing:
                return _places(file, headers, wanted)
            fewest = min(fewest, missing, key=len)
        before = own
        if number >= HEADER_WITHIN:
            break
    columns = ", ".join(fewest)
    raise RegisterError(worded("no-header-row", file=file, columns=columns))


def is_numbering(cells: Sequence[str]) -> bool:
    """Tell the row of column numbers that official tables have below the header: 1, 2, 3 … or (1), (2), (3) …"""
    marks = [tidy(cell).strip("()") for cell in cells if tidy(cell)]
    return len(marks) > 2 and marks == [str(number) for number in range(1, len(marks) + 1)]


def folded(text: str) -> str:
    """Give a text for comparing: case, spaces and line breaks do not count."""
    return " ".join(tidy(text).casefold().split())


def tidy(text: str) -> str:
    """Give a cell without the blanks, non-breaking spaces and leading apostrophe that spreadsheets leave."""
    return text.replace("\u00a0", " ").replace("\ufeff", "").strip().lstrip("'`’").strip()


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


def _csv_rows(path: Path, form: Form) -> Iterator[Sequence[str]]:
    """Give the rows of a CSV in whatever encoding and with whatever delimiter the office's program chose."""
    encoding, before = _encoding(path, form.encoding), 0
    csv.field_size_limit(LARGEST_FIELD)
    # Guessed, five bytes of the code page mean nothing; told, whatever cannot be read is a mistake.
    errors = "replace" if encoding == WINDOWS and form.encoding == "auto" else "strict"
    try:
        with path.open(encoding=encoding, errors=errors, newline="") as file:
            delimiter = form.delimiter if form.delimiter != "auto" else _delimiter([*islice(file, HEADER_WITHIN)], form)
        with path.open(encoding=encoding, errors=errors, newline="") as file:
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            for cells in reader:
                # A cell with line breaks takes several lines; empty rows keep the numbers of rows those of the file.
                for _ in range(reader.line_num - before - 1):
                    yield ()
                before = reader.line_num
                yield cells
    except csv.Error:  # a quote that nobody closes would swallow the people after it
        raise RegisterError(worded("register-quotes", name=shown_file(path.name), row=before + 1)) from None


WINDOWS = "cp1252"
"""The Windows code page of Indonesian offices."""
PIECE = 1 << 20


def _encoding(path: Path, told: str) -> str:
    """Name the encoding: as told, else by byte order mark, else UTF-8 where the whole file is, else that of Windows."""
    if told != "auto":
        return told
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        try:
            # In pieces: a register of millions is looked at, not held.
            while piece := file.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return WINDOWS
    return "utf-8-sig"


def _parquet_rows(path: Path, _: Form) -> Iterator[Sequence[str]]:
    """Give the names of the columns of a Parquet file, then its rows."""
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        yield file.schema_arrow.names
        for batch in file.iter_batches():
            columns = [column.to_pylist() for column in batch.columns]
            for values in zip(*columns, strict=True):
                yield tuple(map(_cell_text, values))


def _delimiter(lines: Sequence[str], form: Form) -> str:
    """Give the delimiter that splits some early line into most of the wanted headers, or cells where none are known."""
    wanted = form.headers

    def found(delimiter: str) -> int:
        return max(
            (
                len(wanted & {folded(cell) for cell in row}) if wanted else len(row)
                for row in csv.reader(lines, delimiter=delimiter)
            ),
            default=0,
        )

    return max((";", ",", "\t", "|"), key=found)


def _xlsx_rows(path: Path, form: Form) -> Iterator[Sequence[str]]:
    """Give the rows of one sheet: the named one, or the first that is visible."""
    name = shown_file(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = {entry.filename: entry.file_size for entry in archive.infolist()}
    except zipfile.BadZipFile:
        entries = {}
    if WORKBOOK not in entries:
        raise RegisterError(worded("workbook-not-whole", name=name))
    if sum(entries.values()) > LARGEST_EXPANSION:
        raise RegisterError(worded("unpacks-too-far", value=shown_file(path.name)))
    with _opened(path, data_only=True) as book:
        if form.sheet is not None and form.sheet not in book.sheetnames:
            raise RegisterError(worded("no-such-sheet", value=shown_file(path.name)))
        sheet = book[form.sheet or visible_sheets(book)[0]]
        # What a workbook says of its own size is often wrong, and rows beyond it would be left out.
        sheet.reset_dimensions()
        _refuse_formulas(path, sheet.title)
        for cells in sheet.iter_rows(values_only=True):
            yield tuple(_cell_text(value) for value in cells)


@contextmanager
def _opened(path: Path, *, data_only: bool = False) -> Iterator[openpyxl.Workbook]:
    """Open a workbook to be read row by row; its file is closed whatever the workbook holds."""
    with path.open("rb") as file, closing(openpyxl.load_workbook(file, read_only=True, data_only=data_only)) as book:
        yield book


def visible_sheets(book: openpyxl.Workbook) -> list[str]:
    """Name the sheets that are not hidden."""
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def hidden_sheets(path: Path) -> int:
    """Count the sheets of a workbook that are hidden; none of any other file."""
    if path.suffix.lower() not in WORKBOOKS:
        return 0
    with _opened(path) as book:
        return len(book.worksheets) - len(visible_sheets(book))


def sheets_of(path: Path) -> list[str | None]:
    """Name the visible sheets of a workbook; None stands for the one table of any other file."""
    if path.suffix.lower() not in WORKBOOKS or not zipfile.is_zipfile(path):
        return [None]
    with _opened(path) as book:
        return [*visible_sheets(book)]


ROW_HIDDEN = re.compile(rb"<row\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")


def _hidden_rows(path: Path) -> int:
    """Count the hidden rows of a workbook's sheets that hold cells."""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(len(ROW_HIDDEN.findall(archive.read(name))) for name in sheets)


def _refuse_formulas(path: Path, title: str) -> None:
    """Refuse a sheet with formulas that no program has worked out, for they read as empty. Raises RegisterError.

    Such files come from programs that write workbooks without opening them. One line names the columns.
    """
    empty: Counter[str] = Counter()
    with ExitStack() as stack:
        books = [stack.enter_context(_opened(path, data_only=values)) for values in (True, False)]
        sheets = [book[title] for book in books]
        for sheet in sheets:
            sheet.reset_dimensions()
        for values, written in zip(*(sheet.iter_rows() for sheet in sheets), strict=True):
            for value, cell in zip(values, written, strict=False):
                if value.value is None and isinstance(cell.value, str) and cell.value.startswith("="):
                    empty[cell.column_letter] += 1
    if empty:
        columns = ", ".join(sorted(empty, key=lambda letters: (len(letters), letters)))
        count = empty.total()
        raise RegisterError(
            worded("formulas-never-worked-out", value=shown_file(path.name), count=count, columns=columns)
        )


def _cell_text(value: object) -> str:
    """Give a spreadsheet value as the text a person would type; dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and value == int(value):
        text = str(int(value))
        # Spreadsheets keep 15 digits of a number; those after them are made up.
        return text + NUMBER_MARK if len(text) > 15 else text
    return str(value)
