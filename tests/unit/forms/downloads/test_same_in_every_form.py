"""Every form of a table says the same, cell for cell."""

from __future__ import annotations

import csv
import io
import re
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
SYSTEM = r"(?<!\S)(kemendagri|bps):"
PLACE = re.compile(r"(^|_)(region_codes?|area_code|bps_code|parent_code|code)$")
"""Columns that may hold codes of places; in text files those say whose they are."""


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
    if column.kind == "boolean":
        return text == "true"
    return re.sub(SYSTEM, "", text) if PLACE.search(column.name) else text


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
    assert sheet.freeze_panes == "A2"
    assert list(header) == [column.name for column in table.columns]
    assert [tuple(row) for row in rows] == list(table.rows)
    kinds = {c.name: {type(row[place]) for row in rows} - {type(None)} for place, c in enumerate(table.columns)}
    assert kinds["region_code"] == {str}
    assert kinds["value"] == {int}
    assert kinds["preferred"] == {bool}


def test_the_workbook_of_all_tables_has_a_sheet_a_table_with_names_beside_codes_and_notes(site: Published) -> None:
    tables = [each for each in tables_of(site.edition.documents) if not each.plan.name.startswith("codelist-")]
    book = openpyxl.load_workbook(io.BytesIO(site.tree["downloads/kaltim-kompeten.xlsx"]))
    assert book.sheetnames == [*(each.plan.name for each in tables), "kamus_dictionary", "catatan_notes"]
    for table in tables:
        header, *rows = book[table.plan.name].iter_rows(values_only=True)
        places = [header.index(column.name) for column in table.columns]
        shown = [tuple(row[place] for place in places) for row in rows]
        bare = [tuple(re.sub(SYSTEM, "", v) if isinstance(v, str) else v for v in row) for row in shown]
        assert bare == [tuple(float(v) if isinstance(v, Decimal) else v for v in row) for row in table.rows]
    header, *rows = book["observations"].iter_rows(values_only=True)
    beside = {(row[header.index("stage")], row[header.index("stage_name_en")]) for row in rows}
    assert beside <= {(row["code"], row["name"]["en"]) for row in site.rows("codelists/stages.json")}
    notes = list(book["catatan_notes"].iter_rows(min_row=2, values_only=True))
    assert notes[0][0] in ("value", "SINTETIS / SYNTHETIC")
    explained = {row[0]: row[1:] for row in notes}
    for code in site.rows("codelists/statuses.json"):
        said = tuple(f"{code['name'][each]}. {code['definition'][each]}" for each in ("id", "en"))
        assert explained[f"status = {code['code']}"] == said


def test_slices_hold_the_rows_of_one_batch_region_or_year_and_all_columns(site: Published) -> None:
    head, *lines = csv.reader(io.StringIO(site.tree["downloads/observations.csv"].decode(), newline=""))
    seen: dict[str, int] = {}
    for path in [path for path in site.tree if re.match(r"downloads/slices/.*(?<!\.id)\.csv$", path)]:
        folder, name = path.removeprefix("downloads/slices/").removesuffix(".csv").split("/")
        column = {"batches": "batch_id", "regions": "region_code", "years": "year"}[folder]
        wanted = f"kemendagri:{name}" if folder == "regions" else name
        found = list(csv.reader(io.StringIO(site.tree[path].decode(), newline="")))
        assert found == [head, *(line for line in lines if line[head.index(column)] == wanted)], path
        twin = site.tree[path.removesuffix(".csv") + ".id.csv"].decode("utf-8-sig")
        assert list(csv.reader(io.StringIO(twin, newline=""), delimiter=";")) == found, path
        seen[folder] = seen.get(folder, 0) + len(found) - 1
    assert seen["batches"] == seen["years"] == len(lines)
    assert seen["regions"]


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


NUMBER = re.compile(r"[+-]?\d[\d., :/-]*")
"""What some reader, under some setting, takes for a number, a time or a date: Excel reads 64.02 as an hour."""


def files_of_text(site: Published) -> dict[str, list[dict[str, str]]]:
    """Give the rows of every comma and semicolon file of a site, kept releases apart."""
    return {
        path: list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))
        for path, content in site.tree.items()
        if path.endswith(".csv") and "/releases/" not in path and "/slices/" not in path
        for delimiter in [";" if path.endswith(".id.csv") else ","]
    }


def test_no_reader_takes_the_code_of_a_region_for_a_number(site: Published) -> None:
    places = {row["code"] for row in site.rows("codelists/regions.json") if row["code"][0].isdigit()}
    written = {f"kemendagri:{code}" for code in places}
    seen = set()
    for path, rows in files_of_text(site).items():
        for row in rows:
            for column, text in row.items():
                if column.endswith(("region_code", "region_codes", "area_code", "bps_code")) and text:
                    assert not NUMBER.fullmatch(text), (path, column, text)
                    seen |= set(text.split())
    assert written <= seen
    assert "bps:6403" in seen
    assert not seen & places


def test_typed_forms_and_documents_hold_the_bare_code(site: Published) -> None:
    read = pq.read_table(io.BytesIO(site.tree["downloads/regions.parquet"])).to_pydict()
    assert read["region_code"] == [row["region_code"] for row in site.rows("regions.json")]
    assert read["bps_code"] == [row["bps_code"] for row in site.rows("regions.json")]
    assert {"64.02", "64.74"} < set(read["region_code"])


def test_the_description_says_what_stands_before_a_code(site: Published) -> None:
    resources = {each["name"]: each for each in site.json("downloads/datapackage.json")["resources"]}
    prefixes = {field["name"]: field.get("prefix") for field in resources["regions"]["schema"]["fields"]}
    assert {name: text for name, text in prefixes.items() if text} == {
        "region_code": "kemendagri:",
        "bps_code": "bps:",
        "parent_code": "kemendagri:",
    }
    codes = {field["name"]: field for field in resources["codelist-regions"]["schema"]["fields"]}
    assert codes["code"]["description_en"].endswith("Written kemendagri:64.02 in CSV files.")


def test_a_hidden_or_unknown_value_is_an_empty_cell_in_every_form(site: Published) -> None:
    table = tables_of(site.edition.documents)[0]
    names = [column.name for column in table.columns]
    value, status = names.index("value"), names.index("status")
    assert any(row[status] in ("hidden", "unknown") for row in table.rows)
    for row in table.rows:
        assert (row[value] is None) == (row[status] in ("hidden", "unknown"))
