"""The catalogue: every sentence in both languages, every error of the judge in plain words."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from kompeten.ground.findings import LANGUAGES, Label
from kompeten.ground.wording import CHECKS, load_checks
from kompeten.intake.messages import finding, is_person_column, shown
from kompeten.intake.packages import check, read
from kompeten.intake.packages.schemas import CONSTRAINTS
from kompeten.intake.packages.values import fields_of
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
    assert not label.id.endswith(".")
    assert not label.en.endswith(".")


def test_every_finding_says_what_is_wrong_and_how_to_mend_it() -> None:
    entries = [entry for part in ("data", "register") for entry in load_checks()[part].values()]
    assert len(entries) > 130
    assert all({"what", "mend"} <= set(entry) for entry in entries)


def test_every_sentence_of_the_catalogue_is_said_by_some_check() -> None:
    written = "\n".join(SOURCES.values())
    said = {*re.findall(r"""["']([a-z0-9-]+(?:\.[a-z]+)?)["']""", written), *CONSTRAINTS}
    slugs = {slug for part in ("data", "register") for slug in load_checks()[part]}
    assert slugs <= said


def test_both_languages_say_the_same_things_in_the_same_order() -> None:
    first, second = (
        re.findall(r"^\[.+\]$|^[^\n=#]+ =", (CHECKS / f"checks.{each}.toml").read_text(encoding="utf-8"), re.MULTILINE)
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
    fields = [field for _, resource in resources() for field in resource["schema"]["fields"]]
    words = load_checks()["word"]
    assert {f"{what}.{field['type']}" for field in fields for what in ("kind", "form")} <= words.keys()
    assert {name for field in fields for name in field.get("constraints", {})} <= load_checks()["data"].keys()


SPOKEN = [
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"value": "delapan ratus"},
        "value: “delapan ratus” bukan bilangan bulat → tulis angkanya saja, misalnya 1080; tanpa titik, koma, spasi,"
        " tanda plus, atau nol di depan",
        "value: “delapan ratus” is not a whole number → write digits alone, such as 1080; no dot, comma, blank, plus"
        " sign or leading zero",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"region_code": "64.99"},
        "region_code: kode “64.99” tidak ada di tabel regions → pakai kode yang ada di kolom region_code tabel regions,"
        " atau tambahkan kode itu di sana",
        "region_code: the code “64.99” is not in the table regions → use a code from the column region_code of the"
        " table regions, or add the code there",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"region_code": "6402"},
        "region_code: bentuk “6402” tidak sesuai → tulis kode wilayah Kemendagri dengan titik, misalnya 64.02, atau _T,"
        " atau _U; bukan kode BPS",
        "region_code: “6402” does not have the right form → write a Kemendagri region code with its dot, such as 64.02,"
        " or _T, or _U; not a BPS code",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"as_of": "30-06-2025"},
        "as_of: bentuk “30-06-2025” tidak sesuai → tulis tanggal ISO: 2025, 2025-09, atau 2025-09-03",
        "as_of: “30-06-2025” does not have the right form → write an ISO date: 2025, 2025-09 or 2025-09-03",
    ),
    (
        "outcomes/observations.csv",
        {"value": "827"},
        {"status": "terbit"},
        "status: “terbit” tidak termasuk pilihan kolom ini → pilih salah satu: released, hidden, unknown, provisional",
        "status: “terbit” is not one of the choices of this column → choose one of: released, hidden, unknown,"
        " provisional",
    ),
    (
        "outcomes/observations.csv",
        {"value": "829"},
        {"source_id": "kaltimprov-tahap-1"},
        "batch_id, stage, region_code, qualification_level, classification, track, sex, age_band, funding_source,"
        " source_id: baris ini dan baris 28 berkunci sama → lihat mana yang salah tulis, lalu bedakan salah satu"
        " kolom kuncinya; atau gabungkan keduanya",
        "batch_id, stage, region_code, qualification_level, classification, track, sex, age_band, funding_source,"
        " source_id: this row and row 28 have the same key → see which of them is miswritten, and make one of its key"
        " columns differ; or merge the two",
    ),
    (
        "batches/targets.csv",
        {"target_id": "ppu-2025"},
        {"value": "0"},
        "value: 0 kurang dari 1 → tulis angka 1 atau lebih",
        "value: 0 is less than 1 → write a number of 1 or more",
    ),
    (
        "batches/batches.csv",
        {"batch_id": "kaltim-2025-4"},
        {"number": "40"},
        "number: 40 lebih dari 20 → tulis angka 20 atau kurang",
        "number: 40 is more than 20 → write a number of 20 or less",
    ),
    (
        "reference/population.csv",
        {"region_code": "64.74"},
        {"area_km2": "0"},
        "area_km2: 0 tidak lebih besar dari 0 → tulis angka yang lebih besar dari 0",
        "area_km2: 0 is not greater than 0 → write a number greater than 0",
    ),
    (
        "batches/sources.csv",
        {"source_id": "korsa"},
        {"publisher": ""},
        "publisher: sel ini wajib diisi → isi sel ini; jika sumber tidak menyebutnya, pakai kode _U atau hapus"
        " barisnya",
        "publisher: this cell must be filled in → fill it in; where the source does not say, use the code _U or remove"
        " the row",
    ),
    (
        "batches/batches.csv",
        {"batch_id": "kaltim-2025-4"},
        {"note_en": "x" * 401},
        "note_en: teks ini lebih panjang dari 400 huruf → ringkas menjadi paling banyak 400 huruf",
        "note_en: this text is longer than 400 letters → shorten it to at most 400 letters",
    ),
    (
        "reference/sexes.csv",
        {"code": "P"},
        {"code": "L"},
        "code: “L” sudah dipakai di baris 3 → pakai nilai yang berbeda, atau hapus baris yang kembar",
        "code: “L” is already used in row 3 → use a different value, or remove the row that comes twice",
    ),
]


SPOKEN_IDS = [
    "a_word_for_a_number",
    "a_region_that_does_not_exist",
    "a_bps_code_for_a_region",
    "a_date_written_backwards",
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
        "a.csv:3: does not follow the standard for data tables (new-error: something new)"
        " → compare this row with one that is right"
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
    assert not [name for name in names if is_person_column(name)]


def test_a_label_fills_each_language_with_its_own_words() -> None:
    told = finding("property-wrong", file="x.json", place="p", name="version", wanted=Label("angka", "a number"))
    assert told.what == Label("p: “version” bukan angka", "p: “version” is not a number")


def test_a_warning_of_the_judge_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kompeten.intake.packages.judging.NO_LIMIT", 1)
    folder = copy_of_repository(tmp_path)
    for number in ("1", "2"):
        change(folder, "batches/batches.csv", {"batch_id": f"kaltim-2025-{number}"}, year="1999")
    told = [each.line("en") for each in check(read(folder), read(REPOSITORY_DATA)) if each.rule == "judge-other"]
    assert told == [
        "batches/batches.csv: does not follow the standard for data tables (warning: reached error limit: 1)"
        " → compare this row with one that is right"
    ]
