"""A table as bytes: comma file, semicolon file for Indonesian spreadsheets, Parquet. Every form says the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from kompeten.forms.downloads.columns import SEPARATOR, Cell, Column, Kind
from kompeten.forms.downloads.tables import Table
from kompeten.ground import inert
from kompeten.ground.vocabulary import of_system

BOM = b"\xef\xbb\xbf"
"""Without it a spreadsheet reads UTF-8 as its own code page."""


def comma_file(table: Table) -> bytes:
    """Write a comma file: UTF-8, LF, dot decimals, an absent value is an empty cell."""
    return _separated(table, ",", as_text)


def semicolon_file(table: Table) -> bytes:
    """Write a semicolon file with a byte-order mark and decimal commas."""
    return BOM + _separated(table, ";", with_decimal_comma)


def _separated(table: Table, delimiter: str, write: Callable[[Cell], str]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow([inert.cell(column.name) for column in table.columns])
    for row in table.rows:
        writer.writerow([write(with_system(value, c)) for value, c in zip(row, table.columns, strict=True)])
    return stream.getvalue().encode()


def with_system(value: Cell, column: Column) -> Cell:
    """Say whose code it is where a cell holds codes of regions, which a reader would take for numbers."""
    if not column.system or not isinstance(value, str):
        return value
    return SEPARATOR.join(of_system(code, column.system) for code in value.split(SEPARATOR))


def as_text(value: Cell) -> str:
    """Write a cell as text, the way the data packages do."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return inert.cell(value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def with_decimal_comma(value: Cell) -> str:
    """Write a cell as text with a decimal comma; text keeps its dots."""
    text = as_text(value)
    return text.replace(".", ",") if isinstance(value, Decimal) else text


def parquet_file(table: Table, about: Mapping[str, str]) -> bytes:
    """Write a Parquet file: codes as text, whole numbers as int64. about: what the file says of itself."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow: Mapping[Kind, Any] = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
    }
    schema = pa.schema(
        [pa.field(c.name, arrow[c.kind], nullable=not c.required) for c in table.columns],
        metadata=dict(sorted(about.items())),
    )
    columns = ([row[place] for row in table.rows] for place in range(len(table.columns)))
    cells = [[float(value) if isinstance(value, Decimal) else value for value in column] for column in columns]
    arrays = [pa.array(values, type=field.type) for values, field in zip(cells, schema, strict=True)]
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), stream, compression="snappy")
    return stream.getvalue()
