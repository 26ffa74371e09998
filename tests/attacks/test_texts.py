"""Personal data and stray files in packages; every attack beside a near miss that passes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.attacks.planting import HEADLINE, Folder, audited, reasons, rows, safe_table

NIK = "6472054507900003"


def press_table() -> Folder:
    """Give a folder without a register, where a number in a text is read as nothing but an identifier."""
    return Folder(observations=rows(HEADLINE, source="koran"), is_unmarked=True)


@pytest.mark.parametrize(
    ("planted", "near"),
    [
        (f"NIK {NIK}", "NIK 6472054597900003"),
        ("6472 0545 0790 0003", "6472 0545 0790 0000"),
        ("64.72.05.450790.0003", "64.72.05.451390.0003"),
        ("hubungi 0812-3456-7890", "nomor 0812-34"),
        ("+62 813 4567 8901", "+62 541 4567"),
        ("siti.aminah@gmail.com", "@pupr_kaltim"),
        ("budi@example.go.id", "redaksi at kaltim"),
        ("NPWP 09.254.294.3-407.000", "kode 09.254.294"),
        ("nomor registrasi 12345 2142 7 0012345 2025", "nomor urut 12"),
    ],
)
@pytest.mark.parametrize("where", ["note", "descriptor", "readme"])
def test_an_identifier_in_any_text_is_found(tmp_path: Path, planted: str, near: str, where: str) -> None:
    for name, text, expected in (("planted", planted, {"identifier"}), ("near", near, set())):
        folder = press_table()
        if where == "note":
            first = {**folder.observations[0], "note_id": text}
            folder = replace(folder, observations=[first, *folder.observations[1:]])
        elif where == "descriptor":
            folder = replace(folder, descriptor={"description": text})
        else:
            folder = replace(folder, extra={"README.md": text})
        assert reasons(audited(folder, tmp_path / name)) == expected


def test_an_identifier_in_a_file_name_is_found(tmp_path: Path) -> None:
    assert reasons(audited(replace(press_table(), extra={f"{NIK}.txt": "x"}), tmp_path)) == {"identifier"}


def test_an_identifier_is_never_repeated_in_the_message(tmp_path: Path) -> None:
    result = audited(replace(press_table(), extra={"README.md": NIK}), tmp_path)
    assert NIK not in " ".join(result.lines("id"))
    assert result.breaches[0].subject == "README.md (nik)"


def test_a_file_digest_is_no_identity_number(tmp_path: Path) -> None:
    digest = "64" * 31 + "05"
    assert audited(replace(safe_table(), extra={"SUMS.txt": digest}), tmp_path).breaches == ()


def test_a_digest_of_the_register_is_refused(tmp_path: Path) -> None:
    planted = replace(safe_table(), descriptor={"register_sha256": "ab" * 32})
    assert reasons(audited(planted, tmp_path)) == {"digest_of_input"}
    near = replace(safe_table(), descriptor={"policy_sha256": "ab" * 32})
    assert audited(near, tmp_path / "near").breaches == ()


def test_one_row_a_person_is_refused(tmp_path: Path) -> None:
    people = "".join(f"{number:032x},P\n" for number in range(1, 12))
    planted = replace(press_table(), extra={"outcomes/people.csv": "person,sex\n" + people})
    assert reasons(audited(planted, tmp_path)) == {"row_data"}
    counts = "".join(f"64.{number:02d},{number}\n" for number in range(1, 12))
    near = replace(press_table(), extra={"outcomes/other.csv": "region_code,count\n" + counts})
    assert audited(near, tmp_path / "near").breaches == ()


def test_a_table_or_column_that_nobody_knows_is_read_as_words(tmp_path: Path) -> None:
    """Counts by codes in a column of no table of ours are numbers like any other."""
    for name, text, found in (
        ("outcomes/other.csv", "region_code,count\n64.01,3\n", {"note_tells"}),
        ("outcomes/other.csv", "region_code,remark\n64.01,diperiksa\n", set()),
        ("outcomes/other.csv", "paser,tiga\nx,y\n", {"note_tells"}),
        ("outcomes/paser-3.txt", "x\n", {"note_tells"}),
    ):
        folder = replace(safe_table(), extra={name: text})
        assert reasons(audited(folder, tmp_path / str(len(text)))) == found, text


@pytest.mark.parametrize("name", ["outcomes/register.xlsx", "outcomes/.swp", "notes.bak", "people.sqlite"])
def test_a_file_that_no_parser_claims_fails(tmp_path: Path, name: str) -> None:
    assert reasons(audited(replace(safe_table(), extra={name: "x"}), tmp_path)) == {"unclaimed_file"}
