"""releases.toml, key by key: each case breaks one rule and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.ground.workshop import Workshop
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, replace, tiny


def declare(folder: Path, text: str) -> None:
    """Add a declaration to the last release."""
    with (folder / "releases.toml").open("a", encoding="utf-8") as listed:
        listed.write(f"\n{text}")


REMOVAL = """\
[[release.removal]]
address = "batches/uji-2023"
reason_id = "Salah baca."
reason_en = "Misread."
asked_by = "editors"
successor = "batches/uji-2024"
"""

BREAKS = [
    pytest.param(
        lambda f: (f / "releases.toml").write_text("# kosong\n", encoding="utf-8"),
        "release-list",
        (
            "releases.toml: tulis satu [[release]] untuk setiap rilis ← hanya boleh berisi [[release]], "
            "sekurang-kurangnya satu"
        ),
        ("releases.toml: write one [[release]] for each release ← it may hold [[release]] alone, and at least one"),
        id="nothing_was_released",
    ),
    pytest.param(
        lambda f: replace(
            f, "releases.toml", '[[release]]\nid = "2026.01"', 'judul = "Rilis"\n[[release]]\nid = "2026.01"'
        ),
        "release-list",
        (
            "releases.toml:2: tulis satu [[release]] untuk setiap rilis ← hanya boleh berisi [[release]], "
            "sekurang-kurangnya satu"
        ),
        ("releases.toml:2: write one [[release]] for each release ← it may hold [[release]] alone, and at least one"),
        id="something_else_stands_in_the_file",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", "next_expected", "next_expeced"),
        "release-key-unknown",
        (
            "releases.toml:1: next_expeced: periksa ejaannya; yang dikenal: id, released_on, data_through, "
            "title_id, title_en, next_expected, note_id, note_en, correction, removal, rename, redefinition ← "
            "kunci ini tidak dikenal"
        ),
        (
            "releases.toml:1: next_expeced: check the spelling; known are: id, released_on, data_through, "
            "title_id, title_en, next_expected, note_id, note_en, correction, removal, rename, redefinition ← this "
            "key is not known"
        ),
        id="a_key_is_misspelt",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'title_en = "First release"\n', ""),
        "release-key",
        ("releases.toml:1: title_en: tambahkan kunci ini ← kunci ini tidak ada"),
        ("releases.toml:1: title_en: add the key ← this key is missing"),
        id="a_key_is_missing",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", "released_on = 2026-11-30", "released_on = 2026-11-30T10:00:00"),
        "release-date",
        ("releases.toml:9: released_on: tulis tanpa tanda petik: 2026-11-24 ← bukan tanggal"),
        ("releases.toml:9: released_on: write it without quotes: 2026-11-24 ← not a date"),
        id="a_day_has_an_hour",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", "data_through = 2025-09-30", 'data_through = "2025-09-30"'),
        "release-date",
        ("releases.toml:1: data_through: tulis tanpa tanda petik: 2026-11-24 ← bukan tanggal"),
        ("releases.toml:1: data_through: write it without quotes: 2026-11-24 ← not a date"),
        id="a_day_is_a_text",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'title_id = "Rilis kedua"', 'title_id = ""'),
        "release-text",
        ("releases.toml:9: title_id: tulis teksnya di antara tanda petik ← bukan teks"),
        ("releases.toml:9: title_id: write the text between quotes ← not a text"),
        id="a_title_is_empty",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'note_en = "One correction."\n', ""),
        "release-note",
        ("releases.toml:9: note_en: tulis dalam dua bahasa ← catatan hanya dalam satu bahasa"),
        ("releases.toml:9: note_en: write it in both ← the note is in one language only"),
        id="a_note_is_in_one_language",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"2026.11"', '"2026-11"'),
        "release-id",
        ("releases.toml:9: id: tulis misalnya 2026.11 atau 2026.11.2 ← id bukan tahun.bulan"),
        ("releases.toml:9: id: write for example 2026.11 or 2026.11.2 ← the id is not year.month"),
        id="an_id_is_not_year_and_month",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"2026.11"', '"2026.01"'),
        "release-id-unique",
        ("releases.toml:9: id: beri id yang baru ← id ini sudah dipakai rilis lain"),
        ("releases.toml:9: id: give it an id of its own ← another release has this id already"),
        id="two_releases_have_one_id",
    ),
    pytest.param(
        lambda f: (
            replace(f, "releases.toml", "released_on = 2026-01-31", "released_on = 2026-11-30"),
            replace(f, "releases.toml", '"2026-06"', '"2027"'),
        ),
        "release-order",
        ("releases.toml:9: released_on: tambahkan rilis baru di akhir berkas ← tidak sesudah rilis di atasnya"),
        ("releases.toml:9: released_on: add a new release at the end of the file ← not after the release above it"),
        id="a_release_is_not_after_the_one_above_it",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'id = "2026.01"', 'id = "2026.12"'),
        "release-order",
        ("releases.toml:9: id: tambahkan rilis baru di akhir berkas ← tidak sesudah rilis di atasnya"),
        ("releases.toml:9: id: add a new release at the end of the file ← not after the release above it"),
        id="a_release_has_an_earlier_id_than_the_one_above_it",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", "data_through = 2025-09-30", "data_through = 2026-02-01"),
        "release-data-through",
        ("releases.toml:1: data_through: tulis hari terakhir yang dicakup datanya ← sesudah hari rilisnya sendiri"),
        ("releases.toml:1: data_through: write the last day that the data cover ← after the day of its own release"),
        id="data_go_further_than_the_release",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"2026-06"', '"2025-12"'),
        "release-next",
        ('releases.toml:1: next_expected: tulis misalnya "2027-02" ← bukan tanggal sesudah rilis ini'),
        ('releases.toml:1: next_expected: write for example "2027-02" ← not a date after this release'),
        id="the_next_release_is_expected_before_this_one",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"2026-06"', '"sebentar"'),
        "release-next",
        ('releases.toml:1: next_expected: tulis misalnya "2027-02" ← bukan tanggal sesudah rilis ini'),
        ('releases.toml:1: next_expected: write for example "2027-02" ← not a date after this release'),
        id="the_next_release_is_expected_on_no_day",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'reason_en = "A slip of the pen."\n', ""),
        "declaration-key",
        (
            "releases.toml:9: correction: tulis tepat: cell, kind, reason_id, reason_en, asked_by, source_id "
            "(from, to) ← pernyataan ini tidak lengkap atau berkunci lain"
        ),
        (
            "releases.toml:9: correction: write exactly: cell, kind, reason_id, reason_en, asked_by, source_id "
            "(from, to) ← this declaration lacks keys or has others"
        ),
        id="a_correction_has_no_reason_in_english",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'asked_by = "reader"\n', ""),
        "declaration-key",
        (
            "releases.toml:9: correction: tulis tepat: cell, kind, reason_id, reason_en, asked_by, source_id "
            "(from, to) ← pernyataan ini tidak lengkap atau berkunci lain"
        ),
        (
            "releases.toml:9: correction: write exactly: cell, kind, reason_id, reason_en, asked_by, source_id "
            "(from, to) ← this declaration lacks keys or has others"
        ),
        id="nobody_asked_for_a_correction",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"A slip of the pen."', '" "'),
        "declaration-text",
        ("releases.toml:9: correction: isi semua bagiannya ← pernyataan ini berisi teks kosong"),
        ("releases.toml:9: correction: fill in all its parts ← this declaration holds an empty text"),
        id="a_correction_has_an_empty_reason",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'asked_by = "reader"', 'asked_by = "Budi"'),
        "declaration-choice",
        ("releases.toml:9: correction: pilih: editors, source, office, reader, auditor ← asked_by tidak dikenal"),
        ("releases.toml:9: correction: choose: editors, source, office, reader, auditor ← this asked_by is not known"),
        id="a_correction_names_a_person",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'kind = "correction"', 'kind = "koreksi"'),
        "declaration-choice",
        ("releases.toml:9: correction: pilih: correction, revision, preference ← kind tidak dikenal"),
        ("releases.toml:9: correction: choose: correction, revision, preference ← this kind is not known"),
        id="a_correction_is_of_no_known_kind",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'source_id = "koran-a"', 'source_id = "koran-c"'),
        "declaration-source",
        (
            "releases.toml:9: correction: tambahkan di batches/sources.csv, atau nyatakan penggantian atau "
            "penghapusannya ← sumber pernyataan ini tidak dikenal"
        ),
        (
            "releases.toml:9: correction: add it to batches/sources.csv, or declare its rename or removal"
            " ← the source of this declaration is not known"
        ),
        id="a_correction_names_a_source_that_does_not_exist",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'cell = "uji-2025-1/peserta"', 'cell = "Tahap I!"'),
        "declaration-address",
        (
            "releases.toml:9: correction: tulis sel seperti di outcomes/preferences.csv, atau tabel/kode, misalnya "
            "batches/kaltim-2025-2 ← alamatnya tidak sah"
        ),
        (
            "releases.toml:9: correction: write a cell as in outcomes/preferences.csv, or table/id, such as "
            "batches/kaltim-2025-2 ← the address is not valid"
        ),
        id="a_correction_names_no_cell",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'asked_by = "reader"', 'asked_by = "reader"\nfrom = "100"'),
        "declaration-figure",
        ("releases.toml:9: correction: tulis angkanya saja, atau hapus ← from atau to bukan bilangan bulat"),
        ("releases.toml:9: correction: write the digits alone, or leave it out ← from or to is not a whole number"),
        id="a_correction_quotes_a_text",
    ),
    pytest.param(
        lambda f: declare(f, REMOVAL.replace("reason_en", "reason")),
        "declaration-key",
        (
            "releases.toml:9: removal: tulis tepat: address, reason_id, reason_en, asked_by (successor, source_id) "
            "← pernyataan ini tidak lengkap atau berkunci lain"
        ),
        (
            "releases.toml:9: removal: write exactly: address, reason_id, reason_en, asked_by (successor, "
            "source_id) ← this declaration lacks keys or has others"
        ),
        id="a_withdrawal_lacks_a_reason",
    ),
    pytest.param(
        lambda f: declare(f, REMOVAL.replace("Misread.", "")),
        "declaration-text",
        ("releases.toml:9: removal: isi semua bagiannya ← pernyataan ini berisi teks kosong"),
        ("releases.toml:9: removal: fill in all its parts ← this declaration holds an empty text"),
        id="the_reason_of_a_withdrawal_is_empty",
    ),
    pytest.param(
        lambda f: declare(f, REMOVAL.replace("batches/uji-2024", "../luar\u0020")),
        "declaration-address",
        (
            "releases.toml:9: removal: tulis sel seperti di outcomes/preferences.csv, atau tabel/kode, misalnya "
            "batches/kaltim-2025-2 ← alamatnya tidak sah"
        ),
        (
            "releases.toml:9: removal: write a cell as in outcomes/preferences.csv, or table/id, such as "
            "batches/kaltim-2025-2 ← the address is not valid"
        ),
        id="the_successor_is_no_address",
    ),
    pytest.param(
        lambda f: declare(f, REMOVAL.replace('"batches/uji-2023"', "[]")),
        "declaration-text",
        ("releases.toml:9: removal: isi semua bagiannya ← pernyataan ini berisi teks kosong"),
        ("releases.toml:9: removal: fill in all its parts ← this declaration holds an empty text"),
        id="a_withdrawal_names_nothing",
    ),
]


@pytest.mark.parametrize(("break_it", "rule", "indonesian", "english"), BREAKS)
def test_the_rule_names_the_place_and_says_what_to_do(
    tmp_path: Path, shop: Workshop, break_it: Callable[[Path], object], rule: str, indonesian: str, english: str
) -> None:
    folder = tiny(tmp_path)
    break_it(folder)
    found = examine(folder, REPOSITORY_DATA, shop).findings
    assert [each.rule for each in found] == [rule]
    assert [each.line("id") for each in found] == [indonesian]
    assert [each.line("en") for each in found] == [english]


@pytest.mark.parametrize("text", [REMOVAL, REMOVAL.replace('successor = "batches/uji-2024"\n', "")])
def test_a_withdrawal_may_have_a_successor_or_none(tmp_path: Path, text: str) -> None:
    folder = tiny(tmp_path)
    declare(folder, text)
    assert examine(folder, REPOSITORY_DATA).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        REMOVAL.replace('"batches/uji-2023"', '"sources/koran-c"'),
        REMOVAL.replace('"batches/uji-2023"', '["sources/koran-c", "uji-2023/*"]'),
        REMOVAL.replace("removal", "rename")
        .replace('address = "batches/uji-2023"', 'from = "sources/koran-c"')
        .replace('successor = "batches/uji-2024"', 'to = "sources/koran-a"'),
    ],
    ids=["removed", "removed with others", "renamed"],
)
def test_a_declaration_may_cite_a_source_that_is_no_more(tmp_path: Path, text: str) -> None:
    folder = tiny(tmp_path)
    replace(folder, "releases.toml", 'source_id = "koran-a"', 'source_id = "koran-c"')
    declare(folder, text)
    assert examine(folder, REPOSITORY_DATA).findings == ()


def test_a_declaration_may_name_several_addresses(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    declare(folder, REMOVAL.replace('"batches/uji-2023"', '["batches/uji-2023", "uji-2023/*"]'))
    assert examine(folder, REPOSITORY_DATA).findings == ()


@pytest.mark.parametrize("written", ['["2026.01"]', "{ a = 1 }"])
def test_an_id_that_is_no_text_is_told_and_brings_nothing_down(written: str, tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    replace(folder, "releases.toml", 'id = "2026.01"', f"id = {written}")
    said = {(each.file, each.column, each.rule) for each in examine(folder, REPOSITORY_DATA).findings}
    assert ("releases.toml", "id", "release-text") in said
