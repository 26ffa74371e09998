"""releases.toml, key by key: each case breaks one rule and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.intake.validation import check_all
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
            "releases.toml: hanya boleh berisi [[release]], sekurang-kurangnya satu"
            " → tulis satu [[release]] untuk setiap rilis"
        ),
        ("releases.toml: it may hold [[release]] alone, and at least one → write one [[release]] for each release"),
        id="nothing_was_released",
    ),
    pytest.param(
        lambda f: replace(
            f, "releases.toml", '[[release]]\nid = "2026.01"', 'judul = "Rilis"\n[[release]]\nid = "2026.01"'
        ),
        "release-list",
        (
            "releases.toml:2: hanya boleh berisi [[release]], sekurang-kurangnya satu"
            " → tulis satu [[release]] untuk setiap rilis"
        ),
        ("releases.toml:2: it may hold [[release]] alone, and at least one → write one [[release]] for each release"),
        id="something_else_stands_in_the_file",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", "next_expected", "next_expeced"),
        "release-key-unknown",
        (
            "releases.toml:1: next_expeced: kunci ini tidak dikenal"
            " → periksa ejaannya; yang dikenal: id, released_on, data_through, title_id, title_en, "
            "next_expected, note_id, note_en, correction, removal, rename, redefinition"
        ),
        (
            "releases.toml:1: next_expeced: this key is not known"
            " → check the spelling; known are: id, released_on, data_through, title_id, title_en, "
            "next_expected, note_id, note_en, correction, removal, rename, redefinition"
        ),
        id="a_key_is_misspelt",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'title_en = "First release"\n', ""),
        "release-key",
        ("releases.toml:1: title_en: kunci ini tidak ada → tambahkan kunci ini"),
        ("releases.toml:1: title_en: this key is missing → add the key"),
        id="a_key_is_missing",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", "released_on = 2026-11-30", "released_on = 2026-11-30T10:00:00"),
        "release-date",
        ("releases.toml:9: released_on: bukan tanggal → tulis tanpa tanda petik: 2026-11-24"),
        ("releases.toml:9: released_on: not a date → write it without quotes: 2026-11-24"),
        id="a_day_has_an_hour",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", "data_through = 2025-09-30", 'data_through = "2025-09-30"'),
        "release-date",
        ("releases.toml:1: data_through: bukan tanggal → tulis tanpa tanda petik: 2026-11-24"),
        ("releases.toml:1: data_through: not a date → write it without quotes: 2026-11-24"),
        id="a_day_is_a_text",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'title_id = "Rilis kedua"', 'title_id = ""'),
        "release-text",
        ("releases.toml:9: title_id: bukan teks → tulis teksnya di antara tanda petik"),
        ("releases.toml:9: title_id: not a text → write the text between quotes"),
        id="a_title_is_empty",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'note_en = "One correction."\n', ""),
        "release-note",
        ("releases.toml:9: note_en: catatan hanya dalam satu bahasa → tulis dalam dua bahasa"),
        ("releases.toml:9: note_en: the note is in one language only → write it in both"),
        id="a_note_is_in_one_language",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"2026.11"', '"2026-11"'),
        "release-id",
        ("releases.toml:9: id: id bukan tahun.bulan → tulis misalnya 2026.11 atau 2026.11.2"),
        ("releases.toml:9: id: the id is not year.month → write for example 2026.11 or 2026.11.2"),
        id="an_id_is_not_year_and_month",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"2026.11"', '"2026.01"'),
        "release-id-unique",
        ("releases.toml:9: id: id ini sudah dipakai rilis lain → beri id yang baru"),
        ("releases.toml:9: id: another release has this id already → give it an id of its own"),
        id="two_releases_have_one_id",
    ),
    pytest.param(
        lambda f: (
            replace(f, "releases.toml", "released_on = 2026-01-31", "released_on = 2026-11-30"),
            replace(f, "releases.toml", '"2026-06"', '"2027"'),
        ),
        "release-order",
        ("releases.toml:9: released_on: tidak sesudah rilis di atasnya → tambahkan rilis baru di akhir berkas"),
        ("releases.toml:9: released_on: not after the release above it → add a new release at the end of the file"),
        id="a_release_is_not_after_the_one_above_it",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", "data_through = 2025-09-30", "data_through = 2026-02-01"),
        "release-data-through",
        ("releases.toml:1: data_through: sesudah hari rilisnya sendiri → tulis hari terakhir yang dicakup datanya"),
        ("releases.toml:1: data_through: after the day of its own release → write the last day that the data cover"),
        id="data_go_further_than_the_release",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"2026-06"', '"2025-12"'),
        "release-next",
        ('releases.toml:1: next_expected: bukan tanggal sesudah rilis ini → tulis misalnya "2027-02"'),
        ('releases.toml:1: next_expected: not a date after this release → write for example "2027-02"'),
        id="the_next_release_is_expected_before_this_one",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"2026-06"', '"sebentar"'),
        "release-next",
        ('releases.toml:1: next_expected: bukan tanggal sesudah rilis ini → tulis misalnya "2027-02"'),
        ('releases.toml:1: next_expected: not a date after this release → write for example "2027-02"'),
        id="the_next_release_is_expected_on_no_day",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'reason_en = "A slip of the pen."\n', ""),
        "declaration-key",
        (
            "releases.toml:9: correction: pernyataan ini tidak lengkap atau berkunci lain"
            " → tulis tepat: cell, kind, reason_id, reason_en, asked_by, source_id (from, to)"
        ),
        (
            "releases.toml:9: correction: this declaration lacks keys or has others"
            " → write exactly: cell, kind, reason_id, reason_en, asked_by, source_id (from, to)"
        ),
        id="a_correction_has_no_reason_in_english",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'asked_by = "reader"\n', ""),
        "declaration-key",
        (
            "releases.toml:9: correction: pernyataan ini tidak lengkap atau berkunci lain"
            " → tulis tepat: cell, kind, reason_id, reason_en, asked_by, source_id (from, to)"
        ),
        (
            "releases.toml:9: correction: this declaration lacks keys or has others"
            " → write exactly: cell, kind, reason_id, reason_en, asked_by, source_id (from, to)"
        ),
        id="nobody_asked_for_a_correction",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"A slip of the pen."', '" "'),
        "declaration-text",
        ("releases.toml:9: correction: pernyataan ini berisi teks kosong → isi semua bagiannya"),
        ("releases.toml:9: correction: this declaration holds an empty text → fill in all its parts"),
        id="a_correction_has_an_empty_reason",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'asked_by = "reader"', 'asked_by = "Budi"'),
        "declaration-choice",
        ("releases.toml:9: correction: asked_by tidak dikenal → pilih: editors, source, office, reader, auditor"),
        ("releases.toml:9: correction: this asked_by is not known → choose: editors, source, office, reader, auditor"),
        id="a_correction_names_a_person",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'kind = "correction"', 'kind = "koreksi"'),
        "declaration-choice",
        ("releases.toml:9: correction: kind tidak dikenal → pilih: correction, revision, preference"),
        ("releases.toml:9: correction: this kind is not known → choose: correction, revision, preference"),
        id="a_correction_is_of_no_known_kind",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'source_id = "koran-a"', 'source_id = "koran-c"'),
        "declaration-source",
        ("releases.toml:9: correction: sumber pernyataan ini tidak dikenal → tambahkan di batches/sources.csv"),
        ("releases.toml:9: correction: the source of this declaration is not known → add it to batches/sources.csv"),
        id="a_correction_names_a_source_that_does_not_exist",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'cell = "uji-2025-1/peserta"', 'cell = "Tahap I!"'),
        "declaration-address",
        (
            "releases.toml:9: correction: alamatnya tidak sah"
            " → tulis sel seperti di outcomes/preferences.csv, atau tabel/kode, misalnya batches/kaltim-2025-2"
        ),
        (
            "releases.toml:9: correction: the address is not valid"
            " → write a cell as in outcomes/preferences.csv, or table/id, such as batches/kaltim-2025-2"
        ),
        id="a_correction_names_no_cell",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", 'asked_by = "reader"', 'asked_by = "reader"\nfrom = "100"'),
        "declaration-figure",
        ("releases.toml:9: correction: from atau to bukan bilangan bulat → tulis angkanya saja, atau hapus"),
        ("releases.toml:9: correction: from or to is not a whole number → write the digits alone, or leave it out"),
        id="a_correction_quotes_a_text",
    ),
    pytest.param(
        lambda f: declare(f, REMOVAL.replace("reason_en", "reason")),
        "declaration-key",
        (
            "releases.toml:9: removal: pernyataan ini tidak lengkap atau berkunci lain"
            " → tulis tepat: address, reason_id, reason_en, asked_by (successor, source_id)"
        ),
        (
            "releases.toml:9: removal: this declaration lacks keys or has others"
            " → write exactly: address, reason_id, reason_en, asked_by (successor, source_id)"
        ),
        id="a_withdrawal_lacks_a_reason",
    ),
    pytest.param(
        lambda f: declare(f, REMOVAL.replace("Misread.", "")),
        "declaration-text",
        ("releases.toml:9: removal: pernyataan ini berisi teks kosong → isi semua bagiannya"),
        ("releases.toml:9: removal: this declaration holds an empty text → fill in all its parts"),
        id="the_reason_of_a_withdrawal_is_empty",
    ),
    pytest.param(
        lambda f: declare(f, REMOVAL.replace("batches/uji-2024", "../luar\u0020")),
        "declaration-address",
        (
            "releases.toml:9: removal: alamatnya tidak sah"
            " → tulis sel seperti di outcomes/preferences.csv, atau tabel/kode, misalnya batches/kaltim-2025-2"
        ),
        (
            "releases.toml:9: removal: the address is not valid"
            " → write a cell as in outcomes/preferences.csv, or table/id, such as batches/kaltim-2025-2"
        ),
        id="the_successor_is_no_address",
    ),
    pytest.param(
        lambda f: declare(f, REMOVAL.replace('"batches/uji-2023"', "[]")),
        "declaration-text",
        ("releases.toml:9: removal: pernyataan ini berisi teks kosong → isi semua bagiannya"),
        ("releases.toml:9: removal: this declaration holds an empty text → fill in all its parts"),
        id="a_withdrawal_names_nothing",
    ),
]


@pytest.mark.parametrize(("break_it", "rule", "indonesian", "english"), BREAKS)
def test_the_rule_names_the_place_and_says_what_to_do(
    tmp_path: Path, break_it: Callable[[Path], object], rule: str, indonesian: str, english: str
) -> None:
    folder = tiny(tmp_path)
    break_it(folder)
    found = check_all(folder, REPOSITORY_DATA)
    assert [each.rule for each in found] == [rule]
    assert [each.line("id") for each in found] == [indonesian]
    assert [each.line("en") for each in found] == [english]


@pytest.mark.parametrize("text", [REMOVAL, REMOVAL.replace('successor = "batches/uji-2024"\n', "")])
def test_a_withdrawal_may_have_a_successor_or_none(tmp_path: Path, text: str) -> None:
    folder = tiny(tmp_path)
    declare(folder, text)
    assert check_all(folder, REPOSITORY_DATA) == ()


def test_a_declaration_may_name_several_addresses(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    declare(folder, REMOVAL.replace('"batches/uji-2023"', '["batches/uji-2023", "uji-2023/*"]'))
    assert check_all(folder, REPOSITORY_DATA) == ()
