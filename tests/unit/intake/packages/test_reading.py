"""Whatever stands in a data folder, reading it gives findings and never an exception."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.ground.findings import Finding
from kompeten.intake.packages import check, checking, read
from kompeten.intake.packages.descriptors import check_descriptors
from kompeten.intake.packages.judging import Verdict
from kompeten.intake.packages.text import parse_csv
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, copy_of_repository, replace, tiny

OBSERVATIONS = "outcomes/observations.csv"
DESCRIPTOR = "outcomes/datapackage.json"


def found_in(folder: Path) -> list[tuple[str, int | None, str | None, str]]:
    """Give every finding as file, row, column and rule."""
    return [(each.file, each.row, each.column, each.rule) for each in examine(folder, REPOSITORY_DATA).findings]


def rewrite(folder: Path, file: str, change: Callable[[bytes], bytes]) -> None:
    """Rewrite the bytes of a file."""
    (folder / file).write_bytes(change((folder / file).read_bytes()))


def test_the_repository_itself_is_in_order() -> None:
    assert examine(REPOSITORY_DATA, REPOSITORY_DATA).findings == ()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert found_in(tmp_path / "nowhere") == [(".", None, None, "folder-missing")]


def test_an_empty_folder(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    assert found_in(folder) == [
        ("batches/datapackage.json", None, None, "file-missing"),
        ("outcomes/datapackage.json", None, None, "file-missing"),
        ("reference/datapackage.json", None, None, "file-missing"),
        ("releases.toml", None, None, "file-missing"),
    ]


BYTES = [
    pytest.param(lambda _: b"", [(None, None, "empty-file")], id="empty"),
    pytest.param(lambda _: b"\n\n\n", [(None, None, "empty-file")], id="line_breaks_alone"),
    pytest.param(lambda _: b"\x00\x01\xff" * 99, [(1, None, "nul")], id="binary_junk"),
    pytest.param(lambda b: b.replace(b"Terbit.", b"Terb\xefit."), [(16, None, "not-utf8")], id="latin_1"),
    pytest.param(lambda b: b"\xef\xbb\xbf" + b, [(1, None, "bom")], id="byte_order_mark"),
    pytest.param(lambda b: b.replace(b"\n", b"\r\n"), [(1, None, "carriage-return")], id="windows_line_endings"),
    pytest.param(lambda b: b.replace(b"\n", b"\r"), [(1, None, "carriage-return")], id="old_mac_line_endings"),
    pytest.param(lambda b: b.removesuffix(b"\n"), [(17, None, "no-final-newline")], id="no_final_line_break"),
    pytest.param(lambda b: b + b"\n", [(18, None, "blank-row")], id="an_empty_line_at_the_end"),
    pytest.param(lambda b: b + b"," * 20 + b"\n", [(18, None, "blank-row")], id="a_line_of_commas"),
    pytest.param(lambda b: b.replace(b"Terbit.", b'"Terbit.'), [(16, None, "quotes")], id="an_open_quote"),
    pytest.param(lambda b: b.replace(b"Terbit.", b'"Terbit".'), [(16, None, "quotes")], id="a_quote_closed_early"),
    pytest.param(lambda b: b.replace(b"Terbit.", b'"Terbit."'), [(16, None, "needless-quotes")], id="needless_quotes"),
    pytest.param(lambda b: b.replace(b"Terbit.", b"Ter\x00bit."), [(16, None, "nul")], id="nul"),
    pytest.param(lambda b: b.replace(b"Terbit.", b"x" * 5_001), [(16, None, "cell-too-long")], id="a_long_cell"),
    pytest.param(lambda b: b.replace(b"Terbit.", b"x" * 200_000), [(16, None, "cell-too-long")], id="a_huge_cell"),
    pytest.param(lambda b: b.replace(b",Terbit.", b""), [(16, None, "row-length")], id="a_cell_too_few"),
    pytest.param(lambda b: b.replace(b"Terbit.", b"Terbit,."), [(16, None, "row-length")], id="a_cell_too_many"),
    pytest.param(lambda b: b.replace(b"Terbit.", b" Terbit."), [(16, "note_id", "blanks")], id="a_leading_blank"),
    pytest.param(lambda b: b.replace(b"Terbit.", b"Terbit.\xc2\xa0"), [(16, "note_id", "blanks")], id="a_hard_blank"),
    pytest.param(lambda b: b.replace(b"Terbit.", b"\tTerbit."), [(16, "note_id", "blanks")], id="a_leading_tab"),
    pytest.param(lambda b: b.replace(b"Terbit.", b'"Terbit.\n"'), [(16, "note_id", "blanks")], id="a_last_line_break"),
    pytest.param(
        lambda b: b.replace(b"as_of", b"as-of"),
        [(1, "as-of", "column-unknown"), (1, "as_of", "column-missing")],
        id="a_misspelt_column",
    ),
    pytest.param(
        lambda b: b.replace(b"note_id", b"Nama Lengkap"),
        [(1, "Nama Lengkap", "person-column"), (1, "note_id", "column-missing")],
        id="a_column_of_names",
    ),
    pytest.param(
        lambda b: b.replace(b"note_id,note_en", b"note_en,note_en"),
        [(1, "note_en", "column-twice"), (1, "note_id", "column-missing")],
        id="a_column_twice",
    ),
    pytest.param(
        lambda b: b.replace(b"note_id,note_en", b"note_id,note_en,"),
        [(1, None, "column-unnamed")],
        id="a_column_without_a_name",
    ),
    pytest.param(
        lambda b: b.replace(b"note_id,note_en", b"note_en,note_id"), [(1, None, "column-order")], id="columns_swapped"
    ),
]


@pytest.mark.parametrize(("change", "expected"), BYTES)
def test_a_damaged_table_is_told_once(
    tmp_path: Path, change: Callable[[bytes], bytes], expected: list[tuple[int | None, str | None, str]]
) -> None:
    folder = tiny(tmp_path)
    rewrite(folder, OBSERVATIONS, change)
    assert found_in(folder) == [(OBSERVATIONS, *each) for each in expected]


def test_a_table_of_a_header_alone_is_in_order(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    for file in (OBSERVATIONS, "outcomes/preferences.csv", "outcomes/context.csv"):
        rewrite(folder, file, lambda content: content.split(b"\n")[0] + b"\n")
    assert found_in(folder) == []


def test_rows_are_lines_of_the_file_even_after_a_cell_of_several_lines(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    rewrite(folder, OBSERVATIONS, lambda content: content.replace(b"Terbit.", b'"Terbit\nsemua."'))
    rewrite(folder, OBSERVATIONS, lambda content: content.replace(b",unknown,,2025-06,", b",lain,,2025-06,"))
    assert [each[1:] for each in found_in(folder)] == [(16, "note_id", "hidden-character"), (18, "status", "enum")]


NUMBERS = [
    (" 80 ", "blanks"),
    ("080", "not-canonical"),
    ("+80", "not-canonical"),
    ("8_0", "not-canonical"),
    ("８０", "lookalike"),
    ("٨٠", "lookalike"),
    ("80.0", "two-readings"),
    ("8e1", "type-error"),
    ("80,5", "two-readings"),
    ("NaN", "not-said"),
    ("-0", "not-canonical"),
    ("9007199254740993", "number-too-large"),
    ("9" * 40, "number-too-large"),
    ("9" * 4_400, "number-too-large"),
]


@pytest.mark.parametrize(("text", "rule"), NUMBERS)
def test_a_count_is_written_in_one_way(tmp_path: Path, text: str, rule: str) -> None:
    folder = tiny(tmp_path)
    quoted = f'"{text}"' if "," in text else text
    replace(folder, OBSERVATIONS, "64.71,_T,_T,_T,_T,_T,_T,80,", f"64.71,_T,_T,_T,_T,_T,_T,{quoted},")
    assert found_in(folder) == [(OBSERVATIONS, 11, "value", rule)]


@pytest.mark.parametrize(
    "text", ["NaN", "sNaN", "Infinity", "-INF", "1e3", "509.450", "0509.45", "5_09.45", ".5", "5."]
)
def test_a_measured_number_is_written_in_one_way(tmp_path: Path, text: str) -> None:
    folder = tiny(tmp_path)
    replace(folder, "reference/population.csv", ",509.45,", f",{text},")
    assert found_in(folder) == [("reference/population.csv", 10, "area_km2", "not-canonical")]


@pytest.mark.parametrize("text", ["True", "TRUE", "1", "yes", "ya"])
def test_a_truth_is_written_in_one_way(tmp_path: Path, text: str) -> None:
    folder = tiny(tmp_path)
    replace(
        folder, OBSERVATIONS, "98,released,exact,2025-03,koran-b,false", f"98,released,exact,2025-03,koran-b,{text}"
    )
    rule = "not-canonical" if text.lower() == "true" else "type-error"
    assert found_in(folder) == [(OBSERVATIONS, 3, "preferred", rule)]


JSON = [
    pytest.param(b"", "json-broken", 1, id="empty"),
    pytest.param(b"[]", "json-not-object", None, id="a_list"),
    pytest.param(b'{"name": "a",\n "name": "b"}', "json-double-key", None, id="a_key_twice"),
    pytest.param(b'{"version": NaN}', "json-number", 1, id="not_a_number"),
    pytest.param(b'{"version": ' + b"9" * 5_000 + b"}", "json-number", 1, id="a_number_of_5000_digits"),
    pytest.param(b"[" * 100_000, "json-too-deep", None, id="brackets_without_end"),
    pytest.param(b"[" * 50 + b"]" * 50, "json-too-deep", None, id="fifty_levels"),
    pytest.param(b"\xff\xfe{\x00}\x00", "utf16", None, id="utf_16"),
    pytest.param(b'{"name": "Terb\xefit"}', "not-utf8", 1, id="latin_1"),
]


@pytest.mark.parametrize(("content", "rule", "row"), JSON)
def test_a_damaged_descriptor_is_told_once(tmp_path: Path, content: bytes, rule: str, row: int | None) -> None:
    folder = tiny(tmp_path)
    (folder / DESCRIPTOR).write_bytes(content)
    assert found_in(folder) == [(DESCRIPTOR, row, None, rule)]


@pytest.mark.parametrize(
    ("text", "rule", "row"),
    [
        ("[[release]\n", "toml-broken", 1),
        ("[[release]]\nx = " + "9" * 4400 + "\n", "toml-broken", 2),
        (f"[{'.'.join('a' * 500)}]\n", "toml-too-deep", None),
        ("x = " + "[ " * 1200 + "]" * 1200, "toml-too-deep", None),
    ],
    ids=["bracket", "number", "tables", "lists"],
)
def test_a_damaged_release_list_is_told_once(tmp_path: Path, text: str, rule: str, row: int | None) -> None:
    folder = tiny(tmp_path)
    (folder / "releases.toml").write_text(text, encoding="utf-8")
    assert found_in(folder) == [("releases.toml", row, None, rule)]


def test_a_folder_in_place_of_a_table(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / OBSERVATIONS).unlink()
    (folder / OBSERVATIONS).mkdir()
    assert found_in(folder) == [(OBSERVATIONS, None, None, "file-not-ordinary")]


def test_a_pipe_in_place_of_a_table_does_not_make_it_wait(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / OBSERVATIONS).unlink()
    os.mkfifo(folder / OBSERVATIONS)
    assert found_in(folder) == [(OBSERVATIONS, None, None, "file-not-ordinary")]


def test_a_table_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, really = tiny(tmp_path), os.open

    def refuse(path: Path, flags: int) -> int:
        if path.name == "observations.csv" and path.parent.parent == folder:
            raise PermissionError(13, "Permission denied")
        return really(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    assert found_in(folder) == [(OBSERVATIONS, None, None, "file-unreadable")]


def test_a_table_that_is_missing_brings_no_findings_on_what_points_to_it(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / "reference/regions.csv").unlink()
    assert found_in(folder) == [("reference/regions.csv", None, None, "file-missing")]


def test_links_are_never_followed(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    elsewhere = tmp_path / "rahasia.csv"
    (folder / OBSERVATIONS).rename(elsewhere)
    (folder / OBSERVATIONS).symlink_to(elsewhere)
    assert found_in(folder) == [(OBSERVATIONS, None, None, "link")]


def test_a_link_that_comes_after_it_was_looked_for_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny(tmp_path)
    (folder / OBSERVATIONS).rename(tmp_path / "rahasia.csv")
    (folder / OBSERVATIONS).symlink_to(tmp_path / "rahasia.csv")
    monkeypatch.setattr("os.path.islink", lambda _: False)
    assert {rule for *_, rule in found_in(folder)} == {"link", "file-unreadable"}


def test_a_file_named_by_a_number_of_a_person_is_told_where_no_list_of_files_is_known(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / DESCRIPTOR).write_text("{", encoding="utf-8")
    (folder / "outcomes/6472014107900001.csv").touch()
    assert ("outcomes/***", None, None, "personal-file-name") in found_in(folder)


def test_a_linked_folder_is_never_entered(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / "outcomes").rename(tmp_path / "elsewhere")
    (folder / "outcomes").symlink_to(tmp_path / "elsewhere")
    assert found_in(folder) == [("outcomes", None, None, "link")]


def test_a_linked_descriptor_is_never_read(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / DESCRIPTOR).rename(tmp_path / "elsewhere.json")
    (folder / DESCRIPTOR).symlink_to(tmp_path / "elsewhere.json")
    assert found_in(folder) == [(DESCRIPTOR, None, None, "link")]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("outcomes/register.csv", "stranger"),
        ("outcomes/Daftar Peserta.xlsx", "stranger"),
        ("mentah", "stranger"),
        ("outcomes/6472014107900001.csv", "personal-file-name"),
    ],
)
def test_a_file_that_no_package_names_is_told(tmp_path: Path, name: str, rule: str) -> None:
    folder = tiny(tmp_path)
    (folder / name).write_text("nik,nama\n", encoding="utf-8")
    place = "outcomes/***" if rule == "personal-file-name" else name
    assert found_in(folder) == [(place, None, None, rule)]


def test_hidden_files_are_let_be(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (folder / "outcomes/.gitkeep").touch()
    assert found_in(folder) == []


def test_a_file_larger_than_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tiny(tmp_path)
    monkeypatch.setattr("kompeten.intake.packages.reading.TABLE_LIMIT", 1024 * 1024)
    with (folder / OBSERVATIONS).open("ab") as stream:
        stream.truncate(1024 * 1024 + 1)
    assert found_in(folder) == [(OBSERVATIONS, None, None, "file-too-large")]


def test_every_finding_is_said_at_once(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    replace(folder, OBSERVATIONS, "Terbit.", "<b>Terbit</b>")
    replace(folder, "batches/venues.csv", "64.71", "99.99")
    replace(folder, "releases.toml", 'title_en = "First release"\n', "")
    (folder / "reference/units.csv").unlink()
    assert found_in(folder) == [
        ("batches/venues.csv", 2, "region_code", "foreign-key"),
        (OBSERVATIONS, 16, "note_id", "markup"),
        ("reference/units.csv", None, None, "file-missing"),
        ("releases.toml", 1, "title_en", "release-key"),
    ]


def test_reading_gives_rows_with_their_lines() -> None:
    table = read(REPOSITORY_DATA).table("sexes")
    assert table is not None
    assert (table.package, table.file) == ("reference", "reference/sexes.csv")
    assert table.header[:3] == ("code", "name_id", "name_en")
    assert table.rows[1][:3] == ("L", "Laki-laki", "Male")
    assert table.row_numbers == (2, 3, 4, 5)


def test_a_value_of_the_data_never_turns_a_message_round(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    replace(folder, "batches/venues.csv", "64.71", "\u202e17.46")
    found: tuple[Finding, ...] = check(read(folder), read(REPOSITORY_DATA))
    assert found[0].what.en == "“\\u202e17.46” does not have the right form"


def test_a_descriptor_with_half_a_letter_pair_can_be_told(tmp_path: Path) -> None:
    folder = copy_of_repository(tmp_path)
    descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    descriptor["\ud800"] = "\udfff"
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    lines = [each.line("en") for each in examine(folder, REPOSITORY_DATA).findings]
    assert lines
    assert all(line.encode("utf-8") for line in lines)


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tiny(tmp_path)

    def fail(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", fail)
    found = {(each.file, each.rule) for each in read(folder).findings}
    assert found == {(name, "file-unreadable") for name in (".", "reference", "batches", "outcomes")}


def test_a_table_named_twice_in_its_package_differs_from_the_schema(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    descriptor["resources"].append(descriptor["resources"][0])
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    found = check_descriptors(read(folder), read(REPOSITORY_DATA))
    assert [(each.column, each.rule) for each in found] == [("resources", "schema-differs")]


def test_commas_alone_are_an_empty_table() -> None:
    assert [(each.row, each.rule) for each in parse_csv("a.csv", ",\n,\n").findings] == [
        (1, "blank-row"), (2, "blank-row"), (None, "empty-file"),
    ]  # fmt: skip


def test_what_the_judge_says_of_no_table_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "judge", lambda *_: [Verdict(table="", kind="warning", note="rows left unread")])
    found = check(read(tiny(tmp_path)), read(REPOSITORY_DATA))
    assert [(each.file, each.rule) for each in found] == [(".", "judge-other")]


def told_of(verdicts: list[Verdict], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """Give what is told where the judge says this and nothing else."""
    monkeypatch.setattr(checking, "judge", lambda *_: verdicts)
    return [*check(read(tiny(tmp_path)), read(REPOSITORY_DATA))]


@pytest.mark.parametrize(("wrong", "rules"), [(4, ["enum"] * 4), (5, ["row-shifted"])])
def test_a_row_is_told_in_place_of_its_cells_where_five_of_them_are_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: int, rules: list[str]
) -> None:
    columns = ("stage", "region_code", "sex", "track", "age_band")[:wrong]
    verdicts = [Verdict(table="observations", kind="enum", row=0, columns=(own,), value="x") for own in columns]
    assert [each.rule for each in told_of(verdicts, tmp_path, monkeypatch)] == rules


def test_of_all_that_is_wrong_with_a_cell_the_cause_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = ("foreign-key", "enum", "required", "pattern")
    verdicts = [Verdict(table="observations", kind=own, row=0, columns=("stage",), value="x") for own in kinds]
    assert [each.rule for each in told_of(verdicts, tmp_path, monkeypatch)] == ["required"]


@pytest.mark.parametrize(("codes", "helped"), [(300, [True, True, False]), (3, [False, False, False])])
def test_the_nearest_code_is_told_of_the_first_cells_alone_and_of_a_short_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, codes: int, helped: list[bool]
) -> None:
    monkeypatch.setattr(checking, "HELPED", 2)
    monkeypatch.setattr(checking, "MOST_CODES", codes)
    slip = {"kind": "foreign-key", "columns": ("stage",), "value": "pesertaa", "reference": ("stages", "code")}
    verdicts = [Verdict(table="observations", row=row, **slip) for row in range(3)]  # type: ignore[arg-type]
    found = told_of(verdicts, tmp_path, monkeypatch)
    assert ["do you mean peserta?" in each.line("en") for each in found] == helped
