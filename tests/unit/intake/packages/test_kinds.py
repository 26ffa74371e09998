"""One cause, one finding: what stands in a table's place is told, and not what its cells look like."""

from __future__ import annotations

import csv
import io

import pytest

from kompeten.intake.packages.kinds import odd_header, other_kind, other_shape
from kompeten.intake.packages.text import ROW_LIMIT, parse_csv

COLUMNS = ("batch_id", "region_code", "value", "source_id")
ROWS = [COLUMNS, ("kaltim-2025-1", "64.02", "17", "koran"), ("kaltim-2025-1", "64.71", "20", "koran")]


def text_of(rows: list[tuple[str, ...]], sign: str = ",") -> str:
    """Write rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, lineterminator="\n").writerows(rows)
    return text.getvalue()


KINDS = [
    pytest.param(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "kind-pointer", id="a_git_lfs_pointer"),
    pytest.param(b"PK\x03\x04rest", "kind-workbook", id="a_workbook"),
    pytest.param(b"\xd0\xcf\x11\xe0rest", "kind-workbook", id="an_old_workbook"),
    pytest.param(b"%PDF-1.7\n", "kind-other", id="a_pdf"),
    pytest.param(b"\x1f\x8b\x08\x00", "kind-other", id="a_packed_file"),
    pytest.param(b"\n <!DOCTYPE html><p>", "kind-page", id="a_web_page"),
    pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?>", "kind-page", id="xml_after_a_mark"),
    pytest.param(text_of(ROWS).encode("utf-16"), "utf16", id="utf_16_with_its_mark"),
    pytest.param(text_of(ROWS).encode("utf-16-be"), "utf16", id="utf_16_without_a_mark"),
]


@pytest.mark.parametrize(("content", "rule"), KINDS)
def test_a_file_of_another_kind_is_named(content: bytes, rule: str) -> None:
    found = other_kind("a.csv", content)
    assert found is not None
    assert (found.file, found.rule, found.row) == ("a.csv", rule, None)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", text_of(ROWS).encode(), b'{"name": "x"}', b"a\x00b,c\n"])
def test_a_text_is_no_other_kind(content: bytes) -> None:
    assert other_kind("a.csv", content) is None


SHAPES = [
    pytest.param(text_of(ROWS, ";"), "delimiter", 1, id="semicolons"),
    pytest.param(text_of(ROWS, "\t"), "delimiter", 1, id="tabs"),
    pytest.param("Rekap 2025\n\n" + text_of(ROWS, ";"), "delimiter", 3, id="semicolons_below_a_title"),
    pytest.param("Rekap 2025\n" + text_of(ROWS), "header-lower", 2, id="a_title"),
    pytest.param("# catatan\n,,,\n" + text_of(ROWS), "header-lower", 3, id="a_remark"),
    pytest.param("sep=,\n" + text_of(ROWS), "header-lower", 2, id="a_line_for_excel"),
    pytest.param('[{"batch_id": 1}]\n', "kind-json", 1, id="json"),
    pytest.param(text_of(ROWS[:2]) + "<<<<<<< HEAD\nx\n", "merge-conflict", 3, id="a_merge_left_undone"),
    pytest.param("batch_id" + "," * 500 + "\n", "too-wide", 1, id="five_hundred_columns"),
]


@pytest.mark.parametrize(("text", "rule", "row"), SHAPES)
def test_a_table_of_another_shape_is_one_finding_in_its_place(text: str, rule: str, row: int) -> None:
    found = other_shape("a.csv", text, COLUMNS)
    assert found is not None
    assert (found.rule, found.row) == (rule, row)
    parsed = parse_csv("a.csv", text, COLUMNS)
    assert (parsed.header, parsed.findings) == (None, (found,))


def test_a_sound_table_has_no_other_shape() -> None:
    assert other_shape("a.csv", text_of(ROWS), COLUMNS) is None
    assert other_shape("a.csv", text_of(ROWS, ";"), ()) is None
    assert other_shape("a.csv", "tahap,wilayah\n1,2\n", COLUMNS) is None, "a header of other names is told by itself"


def test_what_to_do_about_semicolons_is_said_whole() -> None:
    found = other_shape("outcomes/observations.csv", text_of(ROWS, ";"), COLUMNS)
    assert found is not None
    assert found.line("id") == (
        "outcomes/observations.csv:1: simpan ulang sebagai CSV yang dipisahkan koma, atau jalankan python -m "
        "kompeten tidy pada berkas ini ← sel dipisahkan dengan titik koma (;), bukan koma"
    )
    assert found.line("en") == (
        "outcomes/observations.csv:1: save it again as CSV separated by commas, or run python -m kompeten tidy on "
        "this file ← the cells are separated by semicolons (;), not by commas"
    )


HEADERS = [
    pytest.param(("BATCH_ID", " region code", "Value", "source_id "), ["header-spelling"], id="capitals_and_blanks"),
    pytest.param(("tahap", "wilayah", "jumlah", "sumber"), ["header-wrong"], id="names_in_indonesian"),
    pytest.param(("nama", "nik", "wilayah", "hasil"), ["register"], id="a_register"),
    pytest.param(("batch_id", "region_code", "value", "sumber"), [], id="one_name_is_told_by_itself"),
    pytest.param(COLUMNS, [], id="a_sound_header"),
]


@pytest.mark.parametrize(("header", "rules"), HEADERS)
def test_a_header_that_is_mostly_wrong_is_one_finding(header: tuple[str, ...], rules: list[str]) -> None:
    found = list(odd_header("a.csv", header, COLUMNS))
    assert [each.rule for each in found] == rules
    assert all("batch_id,region_code,value,source_id" in each.mend.en for each in found if each.rule != "register")


def test_more_rows_than_a_table_of_counts_has_are_refused_before_they_are_read() -> None:
    parsed = parse_csv("a.csv", ",".join(COLUMNS) + "\n" + "x,64,1,y\n" * (ROW_LIMIT + 1), COLUMNS)
    assert [each.line("en") for each in parsed.findings] == [
        "a.csv: make sure this is a table of counts, not a list of people; save no empty rows ← this table has "
        "2500002 rows; the most is 2500000"
    ]


def test_rows_of_commas_alone_are_empty_rows() -> None:
    parsed = parse_csv("a.csv", text_of(ROWS) + ",,,\n", COLUMNS)
    assert [(each.rule, each.row) for each in parsed.findings] == [("blank-row", 4)]
    assert len(parsed.rows) == 2
