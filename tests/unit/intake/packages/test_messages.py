"""The catalogue: every sentence in both languages, every error of the judge in plain words."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from kompeten import WORDING
from kompeten.ground.findings import LANGUAGES, Label
from kompeten.ground.wording import load_checks
from kompeten.intake.messages import finding, is_person_column, shown
from kompeten.intake.packages import check, read
from kompeten.intake.packages.schemas import CONSTRAINTS
from kompeten.intake.packages.values import fields_of
from tests.some import some
from tests.unit.data_folders import REPOSITORY_DATA, change, copy_of_repository

from .breaks import resources


def names_in(text: str) -> set[str]:
    """Give the details that a sentence asks for."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


SAID = [
    pytest.param(label, id=f"{part}.{slug}.{name}")
    for part, entries in load_checks().items()
    for slug, entry in entries.items()
    for name, label in entry.items()
]
PATTERNS = load_checks()["pattern"]
SOURCES = {
    path: path.read_text(encoding="utf-8") for path in sorted((REPOSITORY_DATA.parent / "kompeten").rglob("*.py"))
}


@pytest.mark.parametrize("label", SAID)
def test_every_sentence_stands_in_both_languages_and_asks_for_the_same_details(label: Label) -> None:
    assert label.id
    assert label.en
    assert names_in(label.id) == names_in(label.en)
    assert label.id.endswith(".") == label.en.endswith(".")


def test_what_a_finding_says_goes_on_in_its_line_and_has_no_full_stop() -> None:
    parts = ("data", "register", "refusal", "word", "pattern", "breach", "verdict", "setting")
    labels = [label for part in parts for entry in load_checks()[part].values() for label in entry.values()]
    assert len(labels) > 300
    assert [label for label in labels if label.id.endswith(".")] == []


def test_every_text_of_a_refusal_is_said_somewhere() -> None:
    written = "\n".join(SOURCES.values())
    said = set(re.findall(r"""worded\(\s*"([a-z-]+)\"""", written))
    assert said == set(load_checks()["worded"])


def test_every_finding_says_what_is_wrong_and_how_to_mend_it() -> None:
    entries = [entry for part in ("data", "register", "refusal") for entry in load_checks()[part].values()]
    assert len(entries) > 130
    assert all({"what", "mend", "guards"} == set(entry) for entry in entries)


def test_every_sentence_of_the_catalogue_is_said_by_some_check() -> None:
    written = "\n".join(SOURCES.values())
    said = {*re.findall(r"""["']([a-z0-9-]+(?:\.[a-z]+)?)["']""", written), *CONSTRAINTS}
    slugs = {slug for part in ("data", "register") for slug in some(load_checks()[part])}
    assert slugs <= said


def test_both_languages_say_the_same_things_in_the_same_order() -> None:
    first, second = (
        re.findall(r"^\[.+\]$|^[^\n=#]+ =", (WORDING / f"checks.{each}.toml").read_text(encoding="utf-8"), re.MULTILINE)
        for each in LANGUAGES
    )
    assert len(first) > 300
    assert first == second


def test_every_pattern_of_the_schemas_has_words() -> None:
    patterns = {
        field["constraints"]["pattern"]
        for _, resource in resources()
        for field in resource["schema"]["fields"]
        if "pattern" in field.get("constraints", {})
    }
    assert patterns == set(PATTERNS)


def test_every_pattern_is_one_group_so_that_the_judge_anchors_all_of_it() -> None:
    assert all(re.fullmatch(r"\(\?:.*\)", pattern) for pattern in PATTERNS)


def test_every_type_and_constraint_of_the_schemas_has_words() -> None:
    fields = some(field for _, resource in resources() for field in resource["schema"]["fields"])
    words = load_checks()["word"]
    assert {f"{what}.{field['type']}" for field in fields for what in ("kind", "form")} <= words.keys()
    assert {name for field in fields for name in field.get("constraints", {})} <= load_checks()["data"].keys()


SPOKEN = [
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"value": "delapan ratus"},
        "value: tulis angkanya saja, misalnya 1080; tanpa titik, koma, spasi, tanda plus, atau nol di depan ← "
        "“delapan ratus” bukan bilangan bulat",
        "value: write digits alone, such as 1080; no dot, comma, blank, plus sign or leading zero ← “delapan "
        "ratus” is not a whole number",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"region_code": "64.99"},
        "region_code: pakai kode yang ada di kolom region_code tabel regions, atau tambahkan kode itu di sana ← "
        "kode “64.99” tidak ada di tabel regions",
        "region_code: use a code from the column region_code of the table regions, or add the code there ← the "
        "code “64.99” is not in the table regions",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"region_code": "6402"},
        "region_code: mana yang dimaksud sumbernya? Tulis yang itu ← “6402” dapat berarti 64.07 atau 64.02",
        "region_code: which does the source mean? Write that one ← “6402” may mean 64.07 or 64.02",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"region_code": "6472"},
        "region_code: maksudnya 64.72? tulis kode wilayah Kemendagri dengan titik, misalnya 64.02, atau _T, atau _U; "
        "bukan kode BPS ← bentuk “6472” tidak sesuai",
        "region_code: do you mean 64.72? write a Kemendagri region code with its dot, such as 64.02, or _T, or _U; "
        "not a BPS code ← “6472” does not have the right form",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"value": "1.080"},
        "value: mana yang dimaksud sumbernya? Tulis yang itu ← “1.080” dapat berarti 1080 atau 1.08",
        "value: which does the source mean? Write that one ← “1.080” may mean 1080 or 1.08",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"value": "n/a"},
        "value: kosongkan sel ini; jika barisnya punya status, tulis unknown (tidak disebut) atau hidden ← “n/a” "
        "ditulis di tempat angka yang tidak disebut sumber",
        "value: leave the cell empty; where the row has a status, write unknown (the source does not say) or hidden "
        "← “n/a” stands where the source gives no number",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"value": "99999999999999999999"},
        "value: periksa angkanya; paling besar 9007199254740991 ← angka ini terlalu besar",
        "value: check the number; the largest is 9007199254740991 ← this number is too large",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"stage": "Peserta"},
        "stage: maksudnya peserta? pakai kode yang ada di kolom code tabel stages, atau tambahkan kode itu di sana ← "
        "kode “Peserta” tidak ada di tabel stages",
        "stage: do you mean peserta? use a code from the column code of the table stages, or add the code there ← "
        "the code “Peserta” is not in the table stages",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"status": "hiden"},
        "status: maksudnya hidden? pilih salah satu: released, hidden, unknown, provisional ← “hiden” tidak termasuk "
        "pilihan kolom ini",
        "status: do you mean hidden? choose one of: released, hidden, unknown, provisional ← “hiden” is not one of "
        "the choices of this column",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"as_of": "03-06-2025"},
        "as_of: mana yang dimaksud sumbernya? Tulis yang itu ← “03-06-2025” dapat berarti 2025-06-03 atau 2025-03-06",
        "as_of: which does the source mean? Write that one ← “03-06-2025” may mean 2025-06-03 or 2025-03-06",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"as_of": "Juni 2025"},
        "as_of: tulis tanggal ISO: 2025, 2025-09, atau 2025-09-03 ← bentuk “Juni 2025” tidak sesuai",
        "as_of: write an ISO date: 2025, 2025-09 or 2025-09-03 ← “Juni 2025” does not have the right form",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"status": "terbit"},
        "status: pilih salah satu: released, hidden, unknown, provisional ← “terbit” tidak termasuk pilihan kolom ini",
        "status: choose one of: released, hidden, unknown, provisional ← “terbit” is not one of the choices of "
        "this column",
    ),
    (
        "outcomes/observations.csv",
        {"value": "829"},
        {"source_id": "kaltimprov-tahap-1"},
        "batch_id, stage, region_code, qualification_level, classification, track, sex, age_band, funding_source, "
        "source_id: lihat mana yang salah tulis, lalu bedakan salah satu kolom kuncinya; atau gabungkan keduanya ← "
        "baris ini dan baris 30 berkunci sama",
        "batch_id, stage, region_code, qualification_level, classification, track, sex, age_band, funding_source, "
        "source_id: see which of them is miswritten, and make one of its key columns differ; or merge the two ← "
        "this row and row 30 have the same key",
    ),
    (
        "batches/targets.csv",
        {"target_id": "ppu-2025"},
        {"value": "0"},
        "value: tulis angka 1 atau lebih ← 0 kurang dari 1",
        "value: write a number of 1 or more ← 0 is less than 1",
    ),
    (
        "batches/batches.csv",
        {"batch_id": "kaltim-2025-4"},
        {"number": "40"},
        "number: tulis angka 20 atau kurang ← 40 lebih dari 20",
        "number: write a number of 20 or less ← 40 is more than 20",
    ),
    (
        "reference/population.csv",
        {"region_code": "64.74"},
        {"area_km2": "0"},
        "area_km2: tulis angka yang lebih besar dari 0 ← 0 tidak lebih besar dari 0",
        "area_km2: write a number greater than 0 ← 0 is not greater than 0",
    ),
    (
        "batches/sources.csv",
        {"source_id": "korsa"},
        {"publisher": ""},
        "publisher: isi sel ini; jika sumber tidak menyebutnya, pakai kode _U atau hapus barisnya ← sel ini wajib "
        "diisi",
        "publisher: fill it in; where the source does not say, use the code _U or remove the row ← this cell must "
        "be filled in",
    ),
    (
        "batches/batches.csv",
        {"batch_id": "kaltim-2025-4"},
        {"note_en": "x" * 401},
        "note_en: ringkas menjadi paling banyak 400 huruf ← teks ini lebih panjang dari 400 huruf",
        "note_en: shorten it to at most 400 letters ← this text is longer than 400 letters",
    ),
    (
        "reference/sexes.csv",
        {"code": "P"},
        {"code": "L"},
        "code: pakai nilai yang berbeda, atau hapus baris yang kembar ← “L” sudah dipakai di baris 3",
        "code: use a different value, or remove the row that comes twice ← “L” is already used in row 3",
    ),
]


SPOKEN_IDS = [
    "a_word_for_a_number",
    "a_region_that_does_not_exist",
    "a_bps_code_for_a_region",
    "a_code_of_bps_that_is_ours_with_a_dot",
    "a_thousands_dot",
    "a_mark_for_not_said",
    "a_number_too_long",
    "a_code_with_a_capital",
    "a_choice_misspelt",
    "a_date_written_backwards",
    "a_month_in_words",
    "a_status_that_does_not_exist",
    "a_row_twice",
    "a_target_of_nothing",
    "a_fortieth_batch",
    "no_area",
    "no_publisher",
    "a_long_note",
    "a_code_twice",
]


@pytest.mark.parametrize(("file", "where", "cells", "indonesian", "english"), SPOKEN, ids=SPOKEN_IDS)
def test_a_broken_constraint_is_told_in_plain_words(
    tmp_path: Path, file: str, where: dict[str, str], cells: dict[str, str], indonesian: str, english: str
) -> None:
    folder = copy_of_repository(tmp_path)
    row = change(folder, file, where, **cells)
    found = check(read(folder), read(REPOSITORY_DATA))
    assert f"{file}:{row}: {indonesian}" in [each.line("id") for each in found]
    assert f"{file}:{row}: {english}" in [each.line("en") for each in found]


def test_an_error_that_the_catalogue_does_not_know_is_still_told() -> None:
    told = finding("judge-other", file="a.csv", row=3, type="new-error", note="something new")
    assert told.line("en") == (
        "a.csv:3: compare this row with one that is right ← does not follow the standard for data tables "
        "(new-error: something new)"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("64.02", "64.02"),
        ("a\nb\u202e", "a\\u000ab\\u202e"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 60 + "…"),
        ("6472014107900001", "***"),
        ("siti@contoh.id", "***"),
    ],
)
def test_what_a_message_quotes_is_short_visible_and_nobody_s(text: str, told: str) -> None:
    assert shown(text) == told


@pytest.mark.parametrize(
    ("name", "is_person"),
    [
        ("NIK", True),
        ("no_hp", True),
        ("Nama Lengkap", True),
        ("tanggal lahir", True),
        ("e-mail", True),
        ("Nomor Sertifikat", True),
        ("name_id", False),
        ("note_id", False),
        ("position_code", False),
        ("skk_terbit", False),
    ],
)
def test_a_column_about_persons_is_known_by_its_name(name: str, is_person: bool) -> None:
    assert is_person_column(name) is is_person


def test_no_column_of_our_own_is_about_persons() -> None:
    packages = read(REPOSITORY_DATA)
    names = {
        str(field["name"]) for package in packages.packages for each in package.resources() for field in fields_of(each)
    }
    assert [name for name in some(names) if is_person_column(name)] == []


def test_a_label_fills_each_language_with_its_own_words() -> None:
    told = finding("property-wrong", file="x.json", name="version", wanted=Label("angka", "a number"))
    assert told.what == Label("“version” bukan angka", "“version” is not a number")


def test_a_warning_of_the_judge_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kompeten.intake.packages.judging.NO_LIMIT", 1)
    folder = copy_of_repository(tmp_path)
    for number in ("1", "2"):
        change(folder, "batches/batches.csv", {"batch_id": f"kaltim-2025-{number}"}, year="1999")
    told = [each.line("en") for each in check(read(folder), read(REPOSITORY_DATA)) if each.rule == "judge-other"]
    assert told == [
        "batches/batches.csv: compare this row with one that is right ← does not follow the standard for data "
        "tables (warning: reached error limit: 1)"
    ]
