"""Tables: CSV with comma or semicolon, XLSX with its hidden parts, Parquet with its statistics."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from kompeten.audit.reading.sightings import CONTRACT, HARMLESS, Reading, Words, numbers_beside, sighting
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.store import RELEASE_ID
from kompeten.ground.vocabulary import BPS, KEMENDAGRI

QUIET = (
    *HARMLESS, "batch_id", "programme_id", "source_id", "target_id", "measure_id", "budget_id", "cell_id", "context_id",
    "observation_id", "_on", "_url", "_codes", "region_code", "period", "as_of",
)  # fmt: skip
"""Ends of the names of columns that never count people; a sentence in them is read all the same."""


SYSTEM = re.compile(rf"(?<!\S)(?:{KEMENDAGRI}|{BPS})(?=[0-9])")
"""What stands before a code of a region in a CSV file."""

RELEASE = re.compile(rf"release:{RELEASE_ID.pattern}")
"""How the last column of the CSV of a chart names its release."""


def read_csv(name: str, content: bytes) -> Reading:
    """Read a CSV file, comma or semicolon, with or without a byte-order mark; decimal commas are read as text."""
    text = content.decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    found = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines = [[SYSTEM.sub("", value) for value in line] for line in found]
    return _read_rows(name, _without_release(lines))


def _without_release(lines: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Leave the last column out where it names one and the same release in every row: it counts nobody."""
    names = {line[-1] for line in lines[1:] if line}
    is_release = bool(lines) and lines[0][-1:] == ["release"] and len(names) == 1
    return [line[:-1] for line in lines] if is_release and all(map(RELEASE.fullmatch, names)) else lines


def _read_rows(name: str, lines: Sequence[Sequence[Any]]) -> Reading:
    """Take counts and words out of a table whose header is the first line that names a batch or a cell."""
    reading = Reading()
    header: Sequence[str] = ()
    names = [str(value or "") for value in lines[0]] if lines else []
    reading.tables[name] = [dict(zip(names, line, strict=False)) for line in lines[1:]]
    for number, line in enumerate(lines, start=1):
        address = f"{name}:{number}"
        filled = [str(value) for value in line if value not in (None, "")]
        row = " | ".join(filled)
        if filled:
            reading.words.append(Words(text=row, address=address, is_record=True))
        if not header and {"batch_id", "cell_id"} & set(filled):
            header = [str(value or "") for value in line]
            continue
        seen = _read_record(reading, dict(zip(header, line, strict=False)), address)
        if header and any(value not in (None, "") for value in line[len(header) :]):
            reading.breaches.append(Breach(reason="not_a_count", subject=address))
        columns = header or names
        for column, value in zip(columns, line, strict=False):
            is_known = (seen and column in CONTRACT) or (column.lower().endswith(QUIET) and " " not in str(value))
            if value not in (None, "") and not is_known:
                reading.words.append(Words(text=str(value), address=address, scope=f"{column}\n{row}"))
    return reading


def _read_record(reading: Reading, record: Mapping[str, Any], address: str) -> bool:
    """Take the count of a row, where it states one; tell whether it does."""
    seen = list(sighting({key: value for key, value in record.items() if key}, address))
    reading.sightings += seen
    numbers = {name: int(text) for name, text in record.items() if isinstance(text, str) and text.isdecimal()}
    if seen and seen[0].status == "hidden" and numbers_beside({**record, **numbers}, CONTRACT):
        subject = seen[0].key.text()
        reading.breaches.append(Breach(reason="value_beside_hidden", subject=subject, chain=(address,)))
    return bool(seen)


def read_xlsx(name: str, content: bytes) -> Reading:
    """Read a workbook: every sheet, hidden or not, comments, and the texts of all parts (properties, names, charts)."""
    import openpyxl

    reading = Reading()
    workbook = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for sheet in workbook.worksheets:
        lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
        reading.add(_read_rows(f"{name}!{sheet.title}", lines))
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None:
                    place = f"{name}!{sheet.title}!{cell.coordinate}"
                    reading.words.append(Words(text=str(cell.comment.text), address=place))
    reading.words += _part_texts(name, content)
    return reading


def _part_texts(name: str, content: bytes) -> Iterator[Words]:
    """Give the texts of the parts of a workbook that are no sheet: properties, defined names, charts, caches."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for part in sorted(parts.namelist()):
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                yield from _headers(f"{name}!{part}", parts.read(part))
                continue
            if not part.endswith((".xml", ".rels")):
                continue
            root = ElementTree.fromstring(parts.read(part))
            pieces = [piece.strip() for piece in root.itertext() if piece.strip()]
            pieces += [value for element in root.iter() if (value := element.attrib.get("name"))]
            text = " | ".join(pieces)
            if text and part != "xl/sharedStrings.xml":
                yield Words(text=text, address=f"{name}!{part}")


def _headers(address: str, content: bytes) -> Iterator[Words]:
    """Give the printed headers and footers of a sheet."""
    for found in re.findall(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]*)<", content):
        yield Words(text=found.decode("utf-8", "replace"), address=address)


def read_parquet(name: str, content: bytes) -> Reading:
    """Read a Parquet file: rows, key-value metadata, and row-group statistics, which must say no more than the rows."""
    import pyarrow.parquet as pq

    opened = pq.ParquetFile(io.BytesIO(content))
    table = opened.read()
    header = table.column_names
    columns = [table.column(column).to_pylist() for column in header]
    reading = _read_rows(name, [header, *map(list, zip(*columns, strict=True))])
    metadata = [table.schema.metadata, opened.metadata.metadata, *(field.metadata for field in table.schema)]
    for key, value in (pair for own in metadata for pair in (own or {}).items()):
        if key != b"ARROW:schema":
            text = f"{key.decode('utf-8', 'replace')} {value.decode('utf-8', 'replace')}"
            reading.words.append(Words(text=text, address=f"{name}#metadata"))
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
            if not {statistics.min, statistics.max} <= set(_scalars(values)):
                place = f"{name}#row_group={group}/{column.path_in_schema}"
                yield Breach(reason="formats_disagree", subject=place, chain=(name,))
        start += rows.num_rows


def _scalars(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if value is not None:
            yield value
