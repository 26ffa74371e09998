"""Tables: CSV with comma or semicolon, XLSX with its hidden sheets, Parquet with its statistics."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kompeten.audit.reading.sightings import CONTRACT, Reading, numbers_beside, sighting
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.vocabulary import BPS, KEMENDAGRI

SYSTEM = re.compile(rf"(?<!\S)(?:{KEMENDAGRI}|{BPS})(?=[0-9])")
"""What stands before a code of a region in a CSV file."""


def read_csv(name: str, content: bytes) -> Reading:
    """Read a CSV file, comma or semicolon, with or without a byte-order mark; decimal commas are read as text."""
    text = content.decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    # strict: a quote that nobody closes would swallow the rows behind it.
    found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return _read_rows(name, [[SYSTEM.sub("", value) for value in line] for line in found])


def _read_rows(name: str, lines: Sequence[Sequence[Any]]) -> Reading:
    """Take the counts out of a table whose header is the first line that names a batch or a cell."""
    reading = Reading()
    header: Sequence[str] = ()
    names = [str(value or "") for value in lines[0]] if lines else []
    reading.tables[name] = [dict(zip(names, line, strict=False)) for line in lines[1:]]
    for number, line in enumerate(lines, start=1):
        address = f"{name}:{number}"
        if not header and {"batch_id", "cell_id"} & set(line):
            header = [str(value or "") for value in line]
            continue
        _read_record(reading, dict(zip(header, line, strict=False)), address)
        # A cell beyond the header stands under no name, and could say anything.
        if header and any(value not in (None, "") for value in line[len(header) :]):
            reading.breaches.append(Breach(reason="not_a_count", subject=address))
    return reading


def _read_record(reading: Reading, record: Mapping[str, Any], address: str) -> None:
    seen = list(sighting({key: value for key, value in record.items() if key}, address))
    reading.sightings += seen
    numbers = {name: int(text) for name, text in record.items() if isinstance(text, str) and text.isdecimal()}
    if seen and seen[0].status == "hidden" and numbers_beside({**record, **numbers}, CONTRACT):
        subject = seen[0].key.text()
        reading.breaches.append(Breach(reason="value_beside_hidden", subject=subject, chain=(address,)))


def read_xlsx(name: str, content: bytes) -> Reading:
    """Read the counts of a workbook: every sheet, hidden or not."""
    import openpyxl

    reading = Reading()
    workbook = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for sheet in workbook.worksheets:
        lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
        reading.add(_read_rows(f"{name}!{sheet.title}", lines))
        sheet._cells.clear()  # cells and sheet hold each other, so that they would stay until the site is read
    return reading


def read_parquet(name: str, content: bytes) -> Reading:
    """Read a Parquet file: rows, and row-group statistics, which must say no more than the rows."""
    import pyarrow.parquet as pq

    opened = pq.ParquetFile(io.BytesIO(content))
    table = opened.read()
    header = table.column_names
    columns = [table.column(column).to_pylist() for column in header]
    reading = _read_rows(name, [header, *map(list, zip(*columns, strict=True))])
    reading.breaches += _statistics(name, opened.metadata, dict(zip(header, columns, strict=True)))
    return reading


def _statistics(name: str, metadata: Any, columns: Mapping[str, list[Any]]) -> Iterator[Breach]:
    """Give the row groups whose least or greatest value is in none of their rows: they describe other data."""
    start = 0
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group)
        for number in range(rows.num_columns):
            column = rows.column(number)
            values = columns.get(column.path_in_schema, [])[start : start + rows.num_rows]
            statistics = column.statistics
            if statistics is None or not statistics.has_min_max:
                continue
            if not {statistics.min, statistics.max} <= {*values} - {None}:
                place = f"{name}#row_group={group}/{column.path_in_schema}"
                yield Breach(reason="formats_disagree", subject=place, chain=(name,))
        start += rows.num_rows
