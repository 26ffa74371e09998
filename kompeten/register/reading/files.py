"""A file of a register as rows of text, whatever program wrote it: CSV in any encoding, workbooks, Parquet.

Whatever goes wrong is told without a value: the error names a file, a step and a kind, and drops the error it came
from, whose text or frames could hold a person.
"""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TypeVar

import openpyxl

from kompeten.ground.findings import Label
from kompeten.ground.refusal import Refused, unreadable
from kompeten.ground.wording import worded
from kompeten.intake.messages import shown_file
from kompeten.intake.packages.kinds import HEADER_WITHIN, other_kind

Result = TypeVar("Result")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a file is to be opened; headers: those that are looked for, folded, none where nobody knows them yet."""

    sheet: str | None = None
    encoding: str = "auto"
    delimiter: str = "auto"
    headers: frozenset[str] = frozenset()


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


def folded(text: str) -> str:
    """Give a text for comparing: case, spaces and line breaks do not count."""
    return " ".join(tidy(text).casefold().split())


def tidy(text: str) -> str:
    """Give a cell without the blanks, non-breaking spaces and leading apostrophe that spreadsheets leave."""
    return text.replace("\u00a0", " ").replace("\ufeff", "").strip().lstrip("'`’").strip()


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

    def fits(delimiter: str) -> int:
        rows = csv.reader(lines, delimiter=delimiter)
        cells = (form.headers.intersection(map(folded, row)) if form.headers else row for row in rows)
        return max(map(len, cells), default=0)

    return max((";", ",", "\t", "|"), key=fits)


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
        raise RegisterError(worded("unpacks-too-far", value=name))
    with _opened(path, data_only=True) as book:
        if form.sheet is not None and form.sheet not in book.sheetnames:
            raise RegisterError(worded("no-such-sheet", value=name))
        sheet = book[form.sheet or _visible(book)[0]]
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


def _visible(book: openpyxl.Workbook) -> list[str]:
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def sheets_of(path: Path) -> tuple[list[str | None], int]:
    """Name the visible sheets of a workbook, and count those that are hidden; None is the one table of another file."""
    if path.suffix.lower() not in WORKBOOKS or not zipfile.is_zipfile(path):
        return [None], 0
    with _opened(path) as book:
        visible = _visible(book)
        return [*visible], len(book.worksheets) - len(visible)


ROW_HIDDEN = re.compile(rb"<row\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")


def hidden_rows(path: Path) -> int:
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
        name, columns = shown_file(path.name), ", ".join(sorted(empty, key=lambda letters: (len(letters), letters)))
        raise RegisterError(worded("formulas-never-worked-out", value=name, count=empty.total(), columns=columns))


def _cell_text(value: object) -> str:
    """Give a spreadsheet value as the text a person would type; dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, date):
        return value.isoformat()[: len("2026-11-24")]
    if isinstance(value, int | float) and value == int(value):
        text = str(int(value))
        # Spreadsheets keep 15 digits of a number; those after them are made up.
        return text + NUMBER_MARK if len(text) > 15 else text
    return str(value)
