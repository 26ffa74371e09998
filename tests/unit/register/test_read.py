"""Registers as offices keep them are read, or refused with what to do, and never quoted."""

from __future__ import annotations

import codecs
import os
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from examples.register_berantakan import HEADERS, messy_csv
from kompeten.register.reading.files import RegisterError
from kompeten.register.reading.read import read_register
from tests.unit.register.registers import COLUMNS, invented_rows, plain_config, row_of, write_csv


def test_title_rows_blank_lines_totals_and_signatures_are_left_out(tmp_path: Path) -> None:
    register = read_register(write_csv(tmp_path), plain_config())
    assert len(register.rows) == len(invented_rows())
    assert register.rows[0].number == 5, "three rows of titles and the header stand above"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_delimiter_and_encoding_reads_the_same(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "register.csv"
    lines = [delimiter.join(HEADERS), delimiter.join(row_of(name="Peserta Contoh é"))]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    (row,) = read_register(path, plain_config()).rows
    assert row.fields["name"] == "Peserta Contoh é"
    assert row.fields["nik"] == "6472990405900001"


def test_a_spreadsheet_gives_the_rows_that_the_csv_gives(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DAFTAR PESERTA (CONTOH)"])
    sheet.merge_cells("A1:S1")
    for row in (HEADERS, *invented_rows()[:50]):
        sheet.append(list(row))
    book.save(tmp_path / "register.xlsx")
    from_book = read_register(tmp_path / "register.xlsx", plain_config())
    from_csv = read_register(write_csv(tmp_path, invented_rows()[:50]), plain_config())
    assert [row.fields for row in from_book.rows] == [row.fields for row in from_csv.rows]


def test_a_missing_column_is_named_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    content = messy_csv([row_of()]).replace(b"Kab/Kota KTP", b"Alamat")
    path.write_bytes(content)
    with pytest.raises(RegisterError) as caught:
        read_register(path, plain_config())
    assert (
        str(caught.value)
        == "register.csv: check the column headers Kab/Kota KTP in the configuration ← no row has them all"
    )


def test_two_columns_with_one_header_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(messy_csv([row_of()]).replace(b"No;", b"NIK;", 1))
    with pytest.raises(RegisterError, match="rename one of the columns ← two have the header of nik"):
        read_register(path, plain_config())


@pytest.mark.parametrize("name", ["register.xls", "register.pdf", "register"])
def test_other_kinds_of_file_are_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(RegisterError, match="save the sheet as CSV or XLSX ← is neither"):
        read_register(tmp_path / name, plain_config())


def test_a_broken_file_raises_without_its_content_or_its_cause(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(b"6472990405900001 is not a spreadsheet")
    with pytest.raises(RegisterError) as caught:
        read_register(path, plain_config())
    assert "6472990405900001" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


OLD = b"\xd0\xcf\x11\xe0" + b"\0" * 60


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("r.xlsx", None, "r.xlsx: check its name and place ← is not there"),
        (
            "r.xlsx",
            OLD,
            "r.xlsx: open it, take the password away, save it as XLSX ← a workbook locked by a password, or an old XLS",
        ),
        ("r.xlsx", b"a;b\n", "r.xlsx: save it as XLSX again ← holds no XLSX"),
        (
            "r.xlsx",
            b"PK\x03\x04 half of it",
            "r.xlsx: copy it or save it as XLSX again ← the workbook is not whole, or no XLSX (but an ODS)",
        ),
        ("r.csv", b"PK\x03\x04", "r.csv: name it .xlsx ← holds a workbook, no CSV"),
        ("r.csv", None, "r.csv: check its name and place ← is not there"),
        (
            "r.csv",
            b"\xef\xbb\xbf\r\n",
            "r.csv: choose the file that holds the list of participants ← this file is empty",
        ),
        (
            "r.csv",
            b"<html><body><table><tr><td>NIK",
            "r.csv: save the list of participants as CSV or XLSX ← it holds no table but a web page, a PDF, a picture "
            "or a pointer",
        ),
        (
            "r.csv",
            messy_csv([row_of(), row_of(), row_of()]).replace(b"Peserta Contoh", b'"Peserta Contoh', 1),
            "r.csv: look at row 5: close its quotation mark, or shorten the cell ← a quotation mark there is not "
            "closed, or the cell is too long",
        ),
    ],
)
def test_a_file_of_another_kind_than_its_name_says_is_named(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(RegisterError) as caught:
        read_register(tmp_path / name, plain_config())
    assert str(caught.value) == message
    assert caught.value.text("id") != message


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "r.csv")
    with pytest.raises(RegisterError, match=r"^r\.csv: name the file of the register itself ← this is no"):
        read_register(tmp_path / "r.csv", plain_config())


def test_neither_rows_nor_registers_show_what_they_hold(tmp_path: Path) -> None:
    register = read_register(write_csv(tmp_path, [row_of()]), plain_config())
    row = register.rows[0]
    assert all(row.fields.values())
    shown = f"{register!r} {register.rows!r} {row!r} {[row]!r}"
    assert not any(text in shown for text in row.fields.values() if len(text) > 2)


def test_a_byte_order_mark_is_not_part_of_the_first_header(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    lines = [";".join(COLUMNS.values()), ";".join("1" for _ in COLUMNS)]
    path.write_bytes(codecs.BOM_UTF8 + "\n".join(lines).encode())
    assert len(read_register(path, plain_config()).rows) == 1


def test_a_header_in_two_rows_as_merged_cells_leave_it(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    steps = HEADERS.index("Lolos Verifikasi")
    upper = [*HEADERS[:steps], "Tahapan", *[""] * (len(HEADERS) - steps - 1)]
    lower = [*[""] * steps, *HEADERS[steps:]]
    path.write_text("\n".join(";".join(row) for row in (upper, lower, row_of())), encoding="utf-8")
    assert len(read_register(path, plain_config()).rows) == 1


def test_numbered_columns_and_headers_repeated_on_each_page_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    numbers = [str(number) for number in range(1, len(HEADERS) + 1)]
    brackets = [f"({number})" for number in numbers]
    rows = (HEADERS, numbers, row_of(), HEADERS, brackets, row_of())
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    register = read_register(path, plain_config())
    assert [row.number for row in register.rows] == [3, 6]
    assert register.left_out == 3


def test_a_total_below_the_numbers_of_people_is_no_person(tmp_path: Path) -> None:
    total = ["JUMLAH" if header == "NIK" else "" for header in HEADERS]
    assert [row.number for row in read_register(write_csv(tmp_path, [row_of(), total]), plain_config()).rows] == [
        row.number for row in read_register(write_csv(tmp_path, [row_of()]), plain_config()).rows
    ]


def test_merged_cells_of_a_batch_are_filled_down_where_the_config_says_so(tmp_path: Path) -> None:
    rows = [row_of(batch="Tahap II"), row_of(batch=""), row_of(batch="Tahap I"), row_of(batch="")]
    config = replace(plain_config(), fill_down=("batch",))
    register = read_register(write_csv(tmp_path, rows), config)
    assert [row.fields["batch"] for row in register.rows] == ["Tahap II", "Tahap II", "Tahap I", "Tahap I"]


def test_formulas_that_were_never_worked_out_are_named_in_one_line(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADERS, *invented_rows()[:5]):
        sheet.append([f'=IF(1=1,"{cell}","")' if cell == "K" else cell for cell in row])
    sheet["B2"] = '=CONCATENATE("6472","990405900001")'
    book.save(tmp_path / "register.xlsx")
    with pytest.raises(RegisterError) as caught:
        read_register(tmp_path / "register.xlsx", plain_config())
    (line,) = str(caught.value).splitlines()
    assert line.startswith("register.xlsx: open it in a spreadsheet, paste the values alone, and save it again ← ")
    assert line.endswith(" ← cells with formulas that were never worked out: 2 (columns B, R)")


def test_hidden_rows_are_counted_and_a_second_table_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADERS, *invented_rows()[:6], [], HEADERS[::-1], *([["Samarinda"] * len(HEADERS)] * 3)):
        sheet.append(list(row))
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[5].hidden = True
    book.save(tmp_path / "register.xlsx")
    register = read_register(tmp_path / "register.xlsx", plain_config())
    assert (len(register.rows), register.hidden) == (6, 2)
    assert register.second is not None
    assert register.second.number == 9


def test_people_after_a_gap_are_people(tmp_path: Path) -> None:
    rows = invented_rows()[:4]
    register = read_register(write_csv(tmp_path, [*rows[:2], [""] * len(HEADERS), *rows[2:]]), plain_config())
    assert (len(register.rows), register.second) == (4, None)


def test_a_file_named_after_somebody_is_not_named(tmp_path: Path) -> None:
    path = tmp_path / "SITI AMINAH.csv"
    path.write_bytes(b"x\n")
    with pytest.raises(
        RegisterError, match=r"^S….csv: check the column headers NIK(, [^,]+){4}, … \(\+\d+\) in the configuration ← "
    ):
        read_register(path, plain_config())
