"""Every form of a table says the same, cell for cell."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from kompeten.forms.downloads.columns import Cell, Column
from kompeten.forms.downloads.tables import PLANS, Table, tables_of
from kompeten.ground.vocabulary import table_forms
from tests.published import Kind, Published, published

CASES: tuple[Kind, ...] = ("real", "demo")
Rows = list[tuple[Cell, ...]]


@pytest.fixture(params=CASES)
def site(request: pytest.FixtureRequest) -> Published:
    return published(request.param)


def typed(text: str, column: Column, comma: str = ".") -> Cell:
    """Read a cell of a text file by the type of its column."""
    if text == "":
        return None
    if column.kind == "integer":
        return int(text)
    if column.kind == "number":
        return Decimal(text.replace(comma, "."))
    return text == "true" if column.kind == "boolean" else text


def read_text(content: bytes, table: Table, delimiter: str, comma: str) -> Rows:
    header, *lines = csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter, strict=True)
    assert header == [column.name for column in table.columns]
    return [tuple(typed(t, c, comma) for t, c in zip(line, table.columns, strict=True)) for line in lines]


def flat(item: dict[str, Any], column: Column) -> Cell:
    """Follow a column's steps through a plain JSON object."""
    node: Any = item
    for step in column.steps:
        node = None if node is None else node[step]
    if isinstance(node, list):
        return " ".join(node) or None
    return Decimal(str(node)) if column.kind == "number" and node is not None else node


@pytest.mark.parametrize("name", [plan.name for plan in PLANS])
def test_the_comma_file_and_the_semicolon_file_hold_the_same_cells(site: Published, name: str) -> None:
    table = next(table for table in tables_of(site.edition.documents) if table.plan.name == name)
    comma = read_text(site.tree[table.plan.path], table, ",", ".")
    semicolon = site.tree[table_forms(table.plan.path)[1]]
    assert semicolon.startswith(b"\xef\xbb\xbf")
    assert comma == list(table.rows)
    assert read_text(semicolon.removeprefix(b"\xef\xbb\xbf"), table, ";", ",") == comma


@pytest.mark.parametrize(
    "name", [p.name for p in PLANS if "{" not in p.document and not p.expand and p.name != "venues"]
)
def test_a_comma_file_holds_the_same_cells_as_its_document(site: Published, name: str) -> None:
    table = next(table for table in tables_of(site.edition.documents) if table.plan.name == name)
    rows = [tuple(flat(item, column) for column in table.columns) for item in site.rows(table.plan.document)]
    assert read_text(site.tree[table.plan.path], table, ",", ".") == rows


def test_the_workbook_holds_the_same_cells_as_the_document_with_types(site: Published) -> None:
    table = tables_of(site.edition.documents)[0]
    book = openpyxl.load_workbook(io.BytesIO(site.tree["downloads/observations.xlsx"]))
    sheet = book.worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    assert list(header) == [column.name for column in table.columns]
    assert [tuple(row) for row in rows] == list(table.rows)
    kinds = {c.name: {type(row[place]) for row in rows} - {type(None)} for place, c in enumerate(table.columns)}
    assert kinds["region_code"] == {str}
    assert kinds["value"] == {int}
    assert kinds["preferred"] == {bool}


@pytest.mark.parametrize("name", [plan.name for plan in PLANS if not plan.name.startswith("codelist-")])
def test_the_parquet_file_holds_the_same_cells_with_codes_as_text(site: Published, name: str) -> None:
    table = next(table for table in tables_of(site.edition.documents) if table.plan.name == name)
    read = pq.read_table(io.BytesIO(site.tree[f"downloads/{name}.parquet"]))
    columns = read.to_pydict()
    assert list(columns) == [column.name for column in table.columns]
    rows = [tuple(float(v) if isinstance(v, Decimal) else v for v in row) for row in table.rows]
    assert list(zip(*columns.values(), strict=True)) == rows
    types = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool"}
    assert [str(field.type) for field in read.schema] == [types[column.kind] for column in table.columns]
    assert all(column.kind == "string" for column in table.columns if column.name.endswith(("_code", "_id", "_on")))
    assert read.schema.metadata[b"licence"] == b"CC-BY-4.0"


def test_region_codes_keep_their_dot_in_every_form(site: Published) -> None:
    codes = {row["region_code"] for row in site.rows("observations.json")}
    dotted = {code for code in codes if not code.startswith("_")} - {"64", "65"}
    assert dotted
    assert all(code[2] == "." for code in dotted)
    for path in ("downloads/observations.csv", "downloads/observations.id.csv"):
        lines = csv.DictReader(
            io.StringIO(site.tree[path].decode("utf-8-sig"), newline=""), delimiter=";" if ".id." in path else ","
        )
        assert {line["region_code"] for line in lines} == codes


def test_a_hidden_or_unknown_value_is_an_empty_cell_in_every_form(site: Published) -> None:
    table = tables_of(site.edition.documents)[0]
    names = [column.name for column in table.columns]
    value, status = names.index("value"), names.index("status")
    assert any(row[status] in ("hidden", "unknown") for row in table.rows)
    for row in table.rows:
        assert (row[value] is None) == (row[status] in ("hidden", "unknown"))
