"""The observations as a workbook: data first, then the dictionary of columns, then notes; typed, codes as text."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from kompeten.forms.downloads.columns import Cell
from kompeten.forms.downloads.tables import Table
from kompeten.forms.downloads.texts import Field

DICTIONARY_HEADER = ("kolom / column", "judul", "title", "penjelasan", "description", "tipe / type")
WIDEST = 48


def workbook(
    table: Table,
    texts: Mapping[str, Field],
    notes: Sequence[tuple[str, str, str]],
    *,
    title: str,
    publisher: str,
    created: str,
) -> bytes:
    """Write the workbook. notes: rows of key, Indonesian, English. created: ISO date, the only date in the file."""
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
    _data_sheet(book.add_worksheet(table.plan.name), table, formats)
    rows = [
        (c.name, t["title"], t["title_en"], t["description"], t["description_en"], c.kind)
        for c in table.columns
        for t in (texts[c.name],)
    ]
    _text_sheet(book.add_worksheet("kamus_dictionary"), DICTIONARY_HEADER, rows, formats)
    _text_sheet(book.add_worksheet("catatan_notes"), ("", "Indonesia", "English"), notes, formats)
    book.close()
    return stream.getvalue()


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
