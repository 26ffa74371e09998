"""A table comes back in its canonical form, every change is listed, and what reads in two ways is asked."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kompeten import cli
from kompeten.intake.packages import read
from kompeten.intake.packages.readings import readings
from kompeten.intake.packages.values import fields_of
from kompeten.intake.tidy import Tidied, TidyError, columns_of, tidied, tidy_file
from tests.unit.data_folders import REPOSITORY_DATA

RECORD = read(REPOSITORY_DATA)
CONTENT = (REPOSITORY_DATA / "batches/venues.csv").read_bytes()
TEXT = CONTENT.decode("utf-8")
ROWS = list(csv.reader(io.StringIO(TEXT, newline="")))


def written(rows: list[list[str]], sign: str = ",") -> str:
    """Write rows as another program would."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, lineterminator="\n").writerows(rows)
    return text.getvalue()


def tidy(content: bytes, file: str = "venues.csv") -> Tidied:
    """Tidy the bytes of a file of this name."""
    return tidied(file, content, columns_of(RECORD, file, content))


def titles() -> list[str]:
    """Give the Indonesian titles of the columns."""
    package = RECORD.package("batches")
    assert package is not None
    (own,) = [each for each in package.resources() if each["name"] == "venues"]
    return [str(field["title"]) for field in fields_of(own)]


DRESSED = [
    pytest.param(CONTENT, [], id="the_canonical_form"),
    pytest.param(b"\xef\xbb\xbf" + CONTENT, ["the byte order mark removed"], id="a_byte_order_mark"),
    pytest.param(CONTENT.replace(b"\n", b"\r\n"), ["line ends of Windows to LF"], id="windows"),
    pytest.param(TEXT.encode("utf-16"), ["the encoding UTF-16 to UTF-8"], id="utf_16"),
    pytest.param(TEXT.encode("utf-16-be"), ["the encoding UTF-16 to UTF-8"], id="utf_16_without_its_mark"),
    pytest.param(written(ROWS, ";").encode(), ["the separator semicolons (;) to commas"], id="semicolons"),
    pytest.param(written(ROWS, "\t").encode(), ["the separator tabs to commas"], id="tabs"),
    pytest.param(b"Daftar tempat\n\n" + CONTENT, ["lines above the column names left out: 2"], id="a_title"),
    pytest.param(CONTENT + b",,\n\n", ["empty rows left out: 2"], id="empty_rows"),
    pytest.param(
        written([[f" {cell}\u00a0" for cell in ROWS[0]], *ROWS[1:]]).encode(),
        ["column names made standard: batch_id, region_code, source_id"],
        id="blanks_around_names",
    ),
    pytest.param(
        written([titles(), *ROWS[1:]]).encode(),
        ["column names made standard: batch_id, region_code, source_id"],
        id="indonesian_titles",
    ),
    pytest.param(
        written([ROWS[0], [f"{cell} " for cell in ROWS[1]], *ROWS[2:]]).encode(),
        ["cells in which blanks were tidied: 3"],
        id="trailing_blanks",
    ),
    pytest.param(written([row[::-1] for row in ROWS]).encode(), ["columns put in the order of the schema"], id="order"),
    pytest.param(written([[*row, ""] for row in ROWS]).encode(), ["empty columns left out: 1"], id="an_empty_column"),
    pytest.param(TEXT.replace("64.71", '"64.71"').encode(), ["quotation marks made standard"], id="needless_quotes"),
]


@pytest.mark.parametrize(("content", "changes"), DRESSED)
def test_every_dress_comes_back_to_the_same_bytes(content: bytes, changes: list[str]) -> None:
    result = tidy(content)
    assert result.text == TEXT
    assert [each.en for each in result.changes] == changes
    assert result.questions == ()


def test_windows_1252_is_read_as_such() -> None:
    content = (REPOSITORY_DATA / "batches/sources.csv").read_bytes()
    result = tidy(content.decode("utf-8").encode("cp1252", errors="replace"), "sources.csv")
    assert [each.en for each in result.changes] == ["the encoding Windows-1252 to UTF-8"]


READ = [
    ("value", "integer", "1.080", ("1080", "1.08")),
    ("value", "integer", "59,85", ("5985", "59.85")),
    ("value", "integer", "1080", ("", "")),
    ("as_of", "string", "30/6/2025", ("2025-06-30", "2025-06")),
    ("as_of", "string", "3/6/2025", ("2025-06-03", "2025-03-06")),
    ("as_of", "string", "30/6/85", ("2085-06-30", "1985-06-30")),
    ("as_of", "string", "2025-06", ("", "")),
    ("region_code", "string", "64.2", ("64.02", "64.20")),
    ("region_code", "string", "6402", ("64.07", "64.02")),
    ("region_code", "string", "64.02", ("", "")),
    ("note_id", "string", "1.080", ("", "")),
]


@pytest.mark.parametrize(("column", "kind", "text", "both"), READ)
def test_what_reads_in_two_ways_has_two_readings(column: str, kind: str, text: str, both: tuple[str, str]) -> None:
    assert readings(column, kind, text, {"6402": "64.07"}) == both


def test_nothing_is_guessed_and_the_question_shows_both_readings() -> None:
    result = tidy(TEXT.replace("64.71", "64.7").encode())
    assert result.text == TEXT.replace("64.71", "64.7")
    assert result.questions[0].line("id") == (
        "venues.csv:7: region_code: mana yang dimaksud sumbernya? Tulis yang itu ← “64.7” dapat berarti 64.07 atau "
        "64.70 (baris 7, 11, 17, 26, 4 kali)"
    )


def test_rows_and_columns_that_do_not_fit_are_asked_about_and_nothing_is_called_made_standard() -> None:
    _, *others = ([*row, "", ""] for row in ROWS)
    rows = [[*ROWS[0], "Nama", "kolom"], others[0], ROWS[1][:1], [*others[1], "7"], *others[2:]]
    result = tidy(written(rows).encode())
    assert [each.line("en").partition(" ← ")[2] for each in result.questions] == [
        "a column of data about single persons",
        "the schema has no such column (number 5)",
        "cells in this row: 1; it should have 5",
        "cells in this row: 6; it should have 5",
    ]
    assert result.changes == ()


def test_a_file_like_no_table_is_refused_and_a_page_is_named() -> None:
    with pytest.raises(TidyError, match=r"^l….csv: check the file ← is like no table of the data$"):
        columns_of(RECORD, "lagu.csv", b"a,b\n1,2\n")
    assert [each.rule for each in tidy(b"<html><p>").questions] == ["kind-page"]
    assert tidy(b"<html><p>").text is None


def test_the_file_is_written_in_its_place_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "venues.csv"
    file.write_bytes(written(ROWS, ";").encode())
    assert cli.main(["tidy", str(file)]) == 0
    assert file.read_bytes() == CONTENT
    assert [path.name for path in tmp_path.iterdir()] == ["venues.csv"]
    assert capsys.readouterr().out.splitlines() == [
        "venues.csv: pemisah titik koma (;) menjadi koma",
        "venues.csv: ditulis dalam bentuk baku; 0 hal perlu Anda putuskan",
    ]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (CONTENT.replace(b"\n", b"\n<<<<<<< HEAD\n", 1), "merge-conflict"),
        (CONTENT.replace(b"\n", b'\n"', 1) + CONTENT * 20, "cell-too-long"),
    ],
    ids=["a_conflict_of_git", "a_quote_that_nobody_closes"],
)
def test_a_file_that_two_people_or_a_quote_broke_is_not_written(content: bytes, rule: str) -> None:
    found = tidy(content)
    assert (found.text, [each.rule for each in found.questions]) == (None, [rule])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TidyError, match=r"^venues.csv: check its name and place ← is not there$"):
        tidy_file(tmp_path / "venues.csv", tmp_path / "out.csv", REPOSITORY_DATA)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "venues.csv").symlink_to(REPOSITORY_DATA / "batches/venues.csv")
    with pytest.raises(
        TidyError, match=r"^venues.csv: name a CSV file, 128 MB at most ← no ordinary file, or too large$"
    ):
        tidy_file(tmp_path / "venues.csv", tmp_path / "out.csv", REPOSITORY_DATA)


def test_a_column_that_is_missing_is_asked_about_and_a_table_without_its_header_is_not_written() -> None:
    narrow = tidy(written([row[:-1] for row in ROWS]).encode())
    assert [(each.rule, each.column) for each in narrow.questions] == [("column-missing", ROWS[0][-1])]
    headless = tidy(written(ROWS[1:]).encode())
    assert (headless.text, [each.rule for each in headless.questions]) == (None, ["header-wrong"])


@pytest.mark.parametrize(
    ("call", "told"), [("pathlib.Path.read_bytes", "venues.csv"), ("kompeten.intake.tidy.write_whole", "lama.csv")]
)
def test_a_disk_that_fails_is_told_by_the_file(
    call: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "venues.csv").write_bytes(CONTENT)
    monkeypatch.setattr("kompeten.intake.tidy.read", lambda _: RECORD)
    monkeypatch.setattr(call, fail)
    with pytest.raises(TidyError) as caught:
        tidy_file(tmp_path / "venues.csv", tmp_path / "lama.csv", REPOSITORY_DATA)
    assert caught.value.text("en") == f"{told}: check its permissions ← may not be opened or written"
