"""A register of many rows or in many parts is read like a small one in one file, and its mistakes are told once."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pyarrow
import pytest
from pyarrow import parquet

from examples.register_berantakan import HEADERS
from kompeten.register.hiding.count import count
from kompeten.register.reading.check import TOLD_APART, Checked, check
from kompeten.register.reading.files import RegisterError
from kompeten.register.reading.identities import named_in
from kompeten.register.reading.read import PACK, Row, Rows, read_register
from tests.unit.register.registers import COLUMNS, invented_rows, lists_and_parents, plain_config, row_of, write_csv
from tests.unit.register.tables import POLICY


def checked(path: Path) -> Checked:
    lists, _ = lists_and_parents()
    return check(read_register(path, plain_config()), plain_config(), lists)


def parts(folder: Path) -> Path:
    """Write the invented register in three parts, each in a form of its own."""
    rows = [list(row) for row in invented_rows()]
    folder.mkdir()
    (folder / "1.csv").write_bytes(write_csv(folder.parent, rows[:200]).read_bytes())
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (HEADERS, *rows[200:400]):
        book.active.append(list(row))
    book.save(folder / "2.xlsx")
    columns = dict(zip(HEADERS, zip(*rows[400:], strict=True), strict=True))
    parquet.write_table(pyarrow.table({name: list(values) for name, values in columns.items()}), folder / "3.parquet")
    return folder


def test_a_register_in_parts_of_three_forms_counts_as_the_whole_does(tmp_path: Path) -> None:
    _, parents = lists_and_parents()
    whole, in_parts = checked(write_csv(tmp_path)), checked(parts(tmp_path / "parts"))
    assert whole.findings == in_parts.findings == ()
    assert whole.people is not None
    assert in_parts.people is not None
    assert whole.people.secrets == in_parts.people.secrets
    first, second = count(whole.people, POLICY, parents), count(in_parts.people, POLICY, parents)
    assert [(cube.codes, cube.counts.tolist()) for cube in first] == [
        (cube.codes, cube.counts.tolist()) for cube in second
    ]


def test_a_finding_names_the_part_and_a_person_twice_the_part_of_the_other_row(tmp_path: Path) -> None:
    folder = parts(tmp_path / "parts")
    (folder / "4.csv").write_bytes(write_csv(tmp_path, invented_rows()[:1]).read_bytes())
    (finding,) = checked(folder).findings
    assert (finding.file, finding.row, finding.rule) == ("4.csv", 5, "person-twice-in-batch")
    assert "row 5 (1.csv)" in finding.what.en


def test_a_folder_without_parts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    with pytest.raises(RegisterError, match=r"put the parts of the register into it ← this folder is empty"):
        read_register(tmp_path / "kosong", plain_config())


def test_one_mistake_in_every_row_is_told_once_with_all_its_rows(tmp_path: Path) -> None:
    many = TOLD_APART + 500
    rows = [row_of(name=f"Peserta {number}", nik="647299040590") for number in range(many)]
    told = {finding.rule: finding for finding in checked(write_csv(tmp_path, rows)).findings}
    assert (told["nik-form"].row, told["nik-form"].count) == (5, many)
    assert str(told["nik-form"].rows).startswith("5-104, ")
    assert told["person-twice-in-batch"].count == many - 1


@pytest.mark.parametrize("size", [0, 1, PACK - 1, PACK, PACK + 1, 2 * PACK, 2 * PACK + 1])
def test_packed_rows_are_the_rows_that_were_added_up_to_where_they_are_cut(size: int) -> None:
    rows = Rows(("nik", "name"))
    for number in range(2 * PACK + 2):
        rows.append(Row(file="a.csv", number=number, fields={"nik": str(number), "name": "x"}))
    rows.cut(size)
    assert len(rows) == size
    assert [row.number for row in rows] == list(range(size))
    assert [rows[place].fields["nik"] for place in range(size)] == [str(number) for number in range(size)]
    rows.append(Row(file="b.csv", number=7, fields={"nik": "7", "name": "y"}))
    assert (rows[size].file, len(rows)) == ("b.csv", size + 1)
    with pytest.raises(IndexError):
        rows[size + 1]


def test_texts_that_name_somebody_are_found_by_name_and_by_number_and_no_others() -> None:
    people = [Row(file="a", number=1, fields={"nik": "6472990405900001", "name": "Siti  AMINAH"})]
    texts = (
        "Dibuka oleh siti aminah, ketua.",
        "Nomor 6472.9904.0590.0001 lulus",
        "Aminah Siti",
        "6472990405900002",
        "",
    )
    assert named_in(texts, people) == {0, 1}


def test_every_field_of_the_plain_register_is_kept(tmp_path: Path) -> None:
    (row,) = read_register(write_csv(tmp_path, [row_of()]), plain_config()).rows
    assert row.fields.keys() == COLUMNS.keys()
