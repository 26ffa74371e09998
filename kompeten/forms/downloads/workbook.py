"""Tables as a workbook: data first, a sheet a table, then the dictionary of columns, then notes; codes as text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from kompeten.forms.downloads.columns import Cell, Column
from kompeten.forms.downloads.package import foreign_keys
from kompeten.forms.downloads.tables import FOLDER, Table
from kompeten.forms.downloads.texts import Field
from kompeten.forms.downloads.written import with_system

DICTIONARY_HEADER = ("kolom / column", "judul", "title", "penjelasan", "description", "tipe / type")
SAID = ("title", "title_en", "description", "description_en")
"""What stands in the dictionary of each column, between its name and its type."""
WIDEST = 48
WORKBOOK = f"{FOLDER}kaltim-kompeten.xlsx"
NAMES = ("name_id", "name_en")
"""Columns of a table that name what its code stands for."""


def with_names(table: Table, tables: Sequence[Table]) -> Table:
    """Set the names of codes beside them, in both languages, for those who read a sheet without its code lists.

    tables: all of them; a code that no table names, such as one of a list in one cell, stays alone. Codes of regions
    say whose they are, as in CSV files: pandas takes a sheet of texts such as 64.02 for numbers.
    """
    keys = {column: (other or table.plan.name, field) for column, other, field in foreign_keys(table)}
    others = {each.plan.name: each for each in tables}
    columns: list[Column] = []
    found: list[list[Cell]] = []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        columns.append(column)
        found.append([with_system(cell, column) for cell in cells])
        for name, names in _names(others, *keys.get(column.name, ("", ""))).items():
            columns.append(replace(column, name=f"{column.name}_{name}", required=False, system=""))
            found.append([names.get(cell) for cell in cells])
    return replace(table, columns=tuple(columns), rows=tuple(zip(*found, strict=True)))


def _names(tables: Mapping[str, Table], name: str, key: str) -> Mapping[str, Mapping[Cell, Cell]]:
    """Give the names of one table's codes, by column; nothing where it has no names."""
    if name not in tables:
        return {}
    columns = [column.name for column in tables[name].columns]
    place = columns.index(key)
    return {
        each: {row[place]: row[columns.index(each)] for row in tables[name].rows} for each in NAMES if each in columns
    }


def workbook(
    tables: Sequence[Table],
    texts: Mapping[str, Mapping[str, Field]],
    notes: Sequence[tuple[str, str, str]],
    *,
    title: str,
    publisher: str,
    created: str,
) -> bytes:
    """Write the workbook. texts: by table and column. notes: rows of key, Indonesian, English.

    created: ISO date, the only date in the file.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": title, "author": publisher, "created": datetime.fromisoformat(created)})
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    for table in tables:
        _data_sheet(book.add_worksheet(table.plan.name), table, formats)
    rows = [(c.name, *(text[name] for name in SAID), c.kind) for c, text in _described(tables, texts)]
    _text_sheet(book.add_worksheet("kamus_dictionary"), DICTIONARY_HEADER, rows, formats)
    _text_sheet(book.add_worksheet("catatan_notes"), ("", "Indonesia", "English"), notes, formats)
    book.close()
    for sheet in book.worksheets():
        sheet.table.clear()  # sheets and book hold each other, so that their cells would stay until the build is done
    return stream.getvalue()


def _described(tables: Sequence[Table], texts: Mapping[str, Mapping[str, Field]]) -> Iterator[tuple[Column, Field]]:
    """Give each column once with its words, those of the first table that has it; names beside codes need none."""
    seen: set[str] = set()
    for table in tables:
        own = texts[table.plan.name]
        yield from ((c, own[c.name]) for c in table.columns if c.name in own and c.name not in seen)
        seen |= {c.name for c in table.columns}


def _data_sheet(sheet: Any, table: Table, formats: Mapping[str, Any]) -> None:
    """Write the header and the rows; a reader that takes the first sheet and the first row gets the data."""
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        longest = max((len(str(row[place])) for row in table.rows if row[place] is not None), default=0)
        width = min(WIDEST, max(len(column.name), longest) + 2)
        sheet.set_column(place, place, width, formats["text"] if column.kind == "string" else None)
        sheet.write_string(0, place, column.name, formats["head"])
    for line, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, line, place, value, formats["text"])
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write(sheet: Any, line: int, place: int, value: Cell, text: Any) -> None:
    """Write one cell by the type of its value; an absent value stays an empty cell."""
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | Decimal):
        sheet.write_number(line, place, value)
    elif value is not None:
        sheet.write_string(line, place, value, text)


def _text_sheet(sheet: Any, header: Sequence[str], rows: Sequence[Sequence[str]], formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, len(header) - 1, WIDEST)
    for place, text in enumerate(header):
        sheet.write_string(0, place, text, formats["head"])
    for line, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            sheet.write_string(line, place, text, formats["wrapped"])
