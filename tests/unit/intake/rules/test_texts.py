"""No person, no formula, no markup in any text: each case breaks one rule and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.ground.workshop import Workshop
from kompeten.intake.packages import read
from kompeten.intake.rules import open_book
from kompeten.intake.rules.texts import Passage, broken_encoding, hidden_characters, lookalike, split_numbers, texts
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, change, replace, tiny

BREAKS = [
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Milik 6472014107900001."),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: hapus dari data, dan dari riwayat git bila sudah tersimpan; "
            "data pribadi tidak pernah diterbitkan ← mungkin memuat nomor induk kependudukan atau kartu keluarga"
        ),
        (
            "outcomes/observations.csv:16: note_id: remove it from the data, and from git's history where it was "
            "saved; personal data are never published ← may hold an identity or family card number"
        ),
        id="a_note_holds_an_identity_number",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="KK 6471052503120004."),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: hapus dari data, dan dari riwayat git bila sudah tersimpan; "
            "data pribadi tidak pernah diterbitkan ← mungkin memuat nomor induk kependudukan atau kartu keluarga"
        ),
        (
            "outcomes/observations.csv:16: note_id: remove it from the data, and from git's history where it was "
            "saved; personal data are never published ← may hold an identity or family card number"
        ),
        id="a_note_holds_a_family_card_number",
    ),
    pytest.param(
        lambda f: change(f, "batches/sources.csv", {"source_id": "koran-a"}, title_en="Call 0812 3456 7890"),
        "personal-data",
        (
            "batches/sources.csv:7: title_en: hapus dari data, dan dari riwayat git bila sudah tersimpan; data "
            "pribadi tidak pernah diterbitkan ← mungkin memuat nomor telepon"
        ),
        (
            "batches/sources.csv:7: title_en: remove it from the data, and from git's history where it was saved; "
            "personal data are never published ← may hold a telephone number"
        ),
        id="a_title_holds_a_telephone_number",
    ),
    pytest.param(
        lambda f: replace(
            f,
            "outcomes/datapackage.json",
            '"title": "Hasil pelatihan dan sertifikasi"',
            '"title": "Hasil, dari siti@contoh.id"',
        ),
        "personal-data",
        (
            "outcomes/datapackage.json: title: hapus dari data, dan dari riwayat git bila sudah tersimpan; data "
            "pribadi tidak pernah diterbitkan ← mungkin memuat alamat surel"
        ),
        (
            "outcomes/datapackage.json: title: remove it from the data, and from git's history where it was saved; "
            "personal data are never published ← may hold an e-mail address"
        ),
        id="a_description_of_a_package_holds_a_mail_address",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"Rilis pertama"', '"Tanya siti@contoh.id"'),
        "personal-data",
        (
            "releases.toml:6: hapus dari data, dan dari riwayat git bila sudah tersimpan; data pribadi tidak "
            "pernah diterbitkan ← mungkin memuat alamat surel"
        ),
        (
            "releases.toml:6: remove it from the data, and from git's history where it was saved; personal data "
            "are never published ← may hold an e-mail address"
        ),
        id="a_release_holds_a_mail_address",
    ),
    pytest.param(
        lambda f: change(f, "batches/programmes.csv", {"programme_id": "uji"}, name_id="NPWP 01.234.567.8-901.000"),
        "personal-data",
        (
            "batches/programmes.csv:2: name_id: hapus dari data, dan dari riwayat git bila sudah tersimpan; data "
            "pribadi tidak pernah diterbitkan ← mungkin memuat nomor pokok wajib pajak"
        ),
        (
            "batches/programmes.csv:2: name_id: remove it from the data, and from git's history where it was "
            "saved; personal data are never published ← may hold a tax number"
        ),
        id="a_name_holds_a_tax_number",
    ),
    pytest.param(
        lambda f: change(
            f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Nomor registrasi: F 1234 5678"
        ),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: hapus dari data, dan dari riwayat git bila sudah tersimpan; "
            "data pribadi tidak pernah diterbitkan ← mungkin memuat nomor sertifikat"
        ),
        (
            "outcomes/observations.csv:16: note_id: remove it from the data, and from git's history where it was "
            "saved; personal data are never published ← may hold a certificate number"
        ),
        id="a_note_holds_a_certificate_number",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Terbit\u202e."),
        "hidden-character",
        (
            "outcomes/observations.csv:16: note_id: hapus karakter itu; ketik ulang teksnya bila perlu ← ada "
            "karakter yang tidak terlihat (U+202E)"
        ),
        (
            "outcomes/observations.csv:16: note_id: remove it; type the text again if need be ← there is a "
            "character that cannot be seen (U+202E)"
        ),
        id="a_note_turns_the_direction_of_reading",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Terbit\nsemua."),
        "hidden-character",
        (
            "outcomes/observations.csv:16: note_id: hapus karakter itu; ketik ulang teksnya bila perlu ← ada "
            "karakter yang tidak terlihat (U+000A)"
        ),
        (
            "outcomes/observations.csv:16: note_id: remove it; type the text again if need be ← there is a "
            "character that cannot be seen (U+000A)"
        ),
        id="a_note_holds_a_line_break",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="=HYPERLINK(1)"),
        "formula",
        (
            "outcomes/observations.csv:16: note_id: awali teks dengan huruf atau angka ← diawali “=”: spreadsheet "
            "akan menjalankannya sebagai rumus"
        ),
        (
            "outcomes/observations.csv:16: note_id: begin the text with a letter or a digit ← it begins with “=”: "
            "a spreadsheet would run it as a formula"
        ),
        id="a_note_begins_like_a_formula",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2025-1"}, name_en="@SUM(1)"),
        "formula",
        (
            "batches/batches.csv:3: name_en: awali teks dengan huruf atau angka ← diawali “@”: spreadsheet akan "
            "menjalankannya sebagai rumus"
        ),
        (
            "batches/batches.csv:3: name_en: begin the text with a letter or a digit ← it begins with “@”: a "
            "spreadsheet would run it as a formula"
        ),
        id="a_name_begins_with_an_at_sign",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_en="+1"),
        "formula",
        (
            "outcomes/observations.csv:16: note_en: awali teks dengan huruf atau angka ← diawali “+”: spreadsheet "
            "akan menjalankannya sebagai rumus"
        ),
        (
            "outcomes/observations.csv:16: note_en: begin the text with a letter or a digit ← it begins with “+”: "
            "a spreadsheet would run it as a formula"
        ),
        id="a_note_begins_with_a_plus_sign",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_en="-1"),
        "formula",
        (
            "outcomes/observations.csv:16: note_en: awali teks dengan huruf atau angka ← diawali “-”: spreadsheet "
            "akan menjalankannya sebagai rumus"
        ),
        (
            "outcomes/observations.csv:16: note_en: begin the text with a letter or a digit ← it begins with “-”: "
            "a spreadsheet would run it as a formula"
        ),
        id="a_note_begins_with_a_minus_sign",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_en="Issued<br>."),
        "markup",
        (
            "outcomes/observations.csv:16: note_en: tulis sebagai teks biasa ← ada kode HTML, Markdown, atau "
            "templat dalam teks"
        ),
        (
            "outcomes/observations.csv:16: note_en: write it as plain text ← there is HTML, Markdown or template "
            "code in the text"
        ),
        id="a_note_holds_html",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_en="Issued &amp; done"),
        "markup",
        (
            "outcomes/observations.csv:16: note_en: tulis sebagai teks biasa ← ada kode HTML, Markdown, atau "
            "templat dalam teks"
        ),
        (
            "outcomes/observations.csv:16: note_en: write it as plain text ← there is HTML, Markdown or template "
            "code in the text"
        ),
        id="a_note_holds_an_entity",
    ),
    pytest.param(
        lambda f: change(
            f,
            "outcomes/preferences.csv",
            {"cell_id": "uji-2025-1/peserta"},
            reason_en="See [it](https://koran-a.example)",
        ),
        "markup",
        (
            "outcomes/preferences.csv:2: reason_en: tulis sebagai teks biasa ← ada kode HTML, Markdown, atau "
            "templat dalam teks"
        ),
        (
            "outcomes/preferences.csv:2: reason_en: write it as plain text ← there is HTML, Markdown or template "
            "code in the text"
        ),
        id="a_reason_holds_a_markdown_link",
    ),
    pytest.param(
        lambda f: replace(
            f,
            "batches/datapackage.json",
            '"title_en": "Programmes and batches"',
            '"title_en": "<b>Programmes and batches</b>"',
        ),
        "markup",
        (
            "batches/datapackage.json: title_en: tulis sebagai teks biasa ← ada kode HTML, Markdown, atau templat "
            "dalam teks"
        ),
        (
            "batches/datapackage.json: title_en: write it as plain text ← there is HTML, Markdown or template code "
            "in the text"
        ),
        id="a_package_title_holds_html",
    ),
    pytest.param(
        lambda f: change(f, "batches/sources.csv", {"source_id": "koran-a"}, url="https://atriumwin.pro/tahap-1"),
        "mirror",
        (
            "batches/sources.csv:7: url: sebut alamat aslinya, atau judulnya saja tanpa alamat ← atriumwin.pro "
            "adalah salinan, bukan penerbit aslinya"
        ),
        (
            "batches/sources.csv:7: url: cite the original address, or the title alone ← atriumwin.pro is a copy, "
            "not the original publisher"
        ),
        id="a_source_is_a_mirror",
    ),
    pytest.param(
        lambda f: change(
            f, "batches/sources.csv", {"source_id": "koran-a"}, url="https://pendidikan.malangkab.go.id/tahap-1"
        ),
        "mirror",
        (
            "batches/sources.csv:7: url: sebut alamat aslinya, atau judulnya saja tanpa alamat ← "
            "pendidikan.malangkab.go.id adalah salinan, bukan penerbit aslinya"
        ),
        (
            "batches/sources.csv:7: url: cite the original address, or the title alone ← "
            "pendidikan.malangkab.go.id is a copy, not the original publisher"
        ),
        id="a_source_is_the_other_mirror",
    ),
    pytest.param(
        lambda f: replace(
            f,
            "outcomes/datapackage.json",
            '"title": "Hasil pelatihan dan sertifikasi"',
            '"title": "' + "x" * 5001 + '"',
        ),
        "cell-too-long",
        (
            "outcomes/datapackage.json: title: ringkas, atau periksa tanda petik yang tidak ditutup ← teks lebih "
            "panjang dari 5000 huruf"
        ),
        (
            "outcomes/datapackage.json: title: shorten it, or look for a quotation mark that is not closed ← a "
            "text longer than 5000 letters"
        ),
        id="a_text_of_a_descriptor_is_endless",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_en=""),
        "both-languages",
        (
            "outcomes/observations.csv:16: note_en: tulis dalam kedua bahasa, atau kosongkan keduanya ← kosong, "
            "padahal bahasa lainnya terisi"
        ),
        (
            "outcomes/observations.csv:16: note_en: write both languages, or leave both empty ← empty, although "
            "the other language is filled in"
        ),
        id="a_note_is_in_one_language",
    ),
    pytest.param(
        lambda f: change(f, "batches/programmes.csv", {"programme_id": "uji"}, name_id="Program Uji (SINTETIS)"),
        "synthetic-name-real",
        (
            "batches/programmes.csv:2: name_id: samakan nama program dengan sifat “synthetic” paketnya ← program "
            "sungguhan menyebut SINTETIS"
        ),
        (
            "batches/programmes.csv:2: name_id: make the name agree with the property “synthetic” of the packages "
            "← a real programme says SINTETIS"
        ),
        id="a_real_programme_says_it_is_invented",
    ),
    pytest.param(
        lambda f: (
            [
                replace(f, f"{name}/datapackage.json", '"synthetic": false', '"synthetic": true')
                for name in ("reference", "batches", "outcomes")
            ],
            change(f, "batches/programmes.csv", {"programme_id": "uji"}, name_en="Test programme (SYNTHETIC)"),
        ),
        "synthetic-name",
        (
            "batches/programmes.csv:2: name_id: samakan nama program dengan sifat “synthetic” paketnya ← program "
            "rekaan tidak menyebut SINTETIS"
        ),
        (
            "batches/programmes.csv:2: name_id: make the name agree with the property “synthetic” of the packages "
            "← an invented programme does not say SINTETIS"
        ),
        id="an_invented_programme_does_not_say_so",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Milik Budi Santoso."),
        "person-name",
        (
            "outcomes/observations.csv:16: note_id: tulis jabatan atau perannya, bukan namanya; bila ini nama "
            "lembaga atau tempat, daftarkan katanya pada [known] di site_templates/wording/checks.id.toml ← "
            "mungkin menyebut nama orang"
        ),
        (
            "outcomes/observations.csv:16: note_id: write the office or role, not the name; where this is a body "
            "or a place, declare its words under [known] in site_templates/wording/checks.en.toml ← it may name a "
            "person"
        ),
        id="a_note_names_a_person",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Lahir 12-03-1990."),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: hapus dari data, dan dari riwayat git bila sudah tersimpan; "
            "data pribadi tidak pernah diterbitkan ← mungkin memuat tanggal lahir"
        ),
        (
            "outcomes/observations.csv:16: note_id: remove it from the data, and from git's history where it was "
            "saved; personal data are never published ← may hold a birth date"
        ),
        id="a_note_holds_a_birth_date",
    ),
    pytest.param(
        lambda f: change(
            f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Rekening BRI 0123-01-004567-50-8."
        ),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: hapus dari data, dan dari riwayat git bila sudah tersimpan; "
            "data pribadi tidak pernah diterbitkan ← mungkin memuat nomor rekening, kartu, atau BPJS"
        ),
        (
            "outcomes/observations.csv:16: note_id: remove it from the data, and from git's history where it was "
            "saved; personal data are never published ← may hold the number of an account, a card or an insurance"
        ),
        id="a_note_holds_a_bank_account",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="NIP 19850312 201001 1 004"),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: hapus dari data, dan dari riwayat git bila sudah tersimpan; "
            "data pribadi tidak pernah diterbitkan ← mungkin memuat nomor induk pegawai"
        ),
        (
            "outcomes/observations.csv:16: note_id: remove it from the data, and from git's history where it was "
            "saved; personal data are never published ← may hold a civil servant's number"
        ),
        id="a_note_holds_a_civil_servants_number",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Jumlah #REF! orang"),
        "broken-value",
        (
            "outcomes/observations.csv:16: note_id: perbaiki rumusnya di spreadsheet, lalu salin nilainya saja ← "
            "ada tanda galat spreadsheet (#REF!, #N/A, Err:…)"
        ),
        (
            "outcomes/observations.csv:16: note_id: mend the formula in the spreadsheet, then copy its value alone "
            "← there is an error mark of a spreadsheet (#REF!, #N/A, Err:…)"
        ),
        id="a_note_holds_what_a_formula_left",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Juni â€“ Juli"),
        "broken-encoding",
        (
            "outcomes/observations.csv:16: note_id: ketik ulang teksnya dari sumber, lalu simpan sebagai UTF-8 ← "
            "hurufnya rusak karena salah pengodean (misalnya â€“ atau �)"
        ),
        (
            "outcomes/observations.csv:16: note_id: type the text again from the source, and save it as UTF-8 ← "
            "its letters are broken by a wrong encoding (such as â€“ or �)"
        ),
        id="a_note_was_read_in_another_encoding",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Реserta"),
        "lookalike",
        (
            "outcomes/observations.csv:16: note_id: ketik ulang dengan huruf Latin dan angka biasa ← ada huruf "
            "atau angka dari aksara lain: “Р” (U+0420, CYRILLIC CAPITAL LETTER ER)"
        ),
        (
            "outcomes/observations.csv:16: note_id: type it again with Latin letters and plain digits ← there is a "
            "letter or digit of another script: “Р” (U+0420, CYRILLIC CAPITAL LETTER ER)"
        ),
        id="a_note_holds_a_letter_of_another_script",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="827\xa0peserta"),
        "odd-blank",
        (
            "outcomes/observations.csv:16: note_id: ganti dengan spasi biasa, atau, untuk tabel CSV, jalankan python "
            "-m kompeten tidy pada berkas ini ← ada spasi yang bukan spasi biasa (U+00A0)"
        ),
        (
            "outcomes/observations.csv:16: note_id: put an ordinary blank in its place, or, for a CSV table, run "
            "python -m kompeten tidy on this file ← there is a blank that is no ordinary blank (U+00A0)"
        ),
        id="a_note_holds_a_blank_that_does_not_break",
    ),
    pytest.param(
        lambda f: change(
            f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="64720141", note_en="07900001"
        ),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: hapus dari data, dan dari riwayat git bila sudah tersimpan; "
            "data pribadi tidak pernah diterbitkan ← mungkin memuat nomor induk kependudukan atau kartu keluarga"
        ),
        (
            "outcomes/observations.csv:16: note_id: remove it from the data, and from git's history where it was "
            "saved; personal data are never published ← may hold an identity or family card number"
        ),
        id="an_identity_number_stands_in_two_cells",
    ),
    pytest.param(
        lambda f: change(
            f, "batches/sources.csv", {"source_id": "koran-a"}, url="https://nama:sandi@koran-a.example/x"
        ),
        "address",
        (
            "batches/sources.csv:7: url: tulis alamat halaman aslinya, diawali https://, tanpa nama pengguna dan "
            "sandi ← ada alamat yang menjalankan skrip, membuka berkas, atau memuat nama pengguna"
        ),
        (
            "batches/sources.csv:7: url: write the address of the page itself, beginning with https://, without "
            "user and password ← there is an address that runs a script, opens a file, or carries a user's name"
        ),
        id="an_address_holds_a_password",
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


@pytest.mark.parametrize(
    ("indonesian", "english"),
    [("64720141", "07900001"), ("NIK 64720141", "07900001 itu"), ("KTP: 6472014107", "900001")],
)
def test_a_number_in_two_texts_of_a_row_is_one(tmp_path: Path, indonesian: str, english: str) -> None:
    folder = tiny(tmp_path)
    change(folder, "outcomes/observations.csv", {"stage": "asesi"}, note_id=indonesian, note_en=english)
    found = split_numbers(open_book(read(folder), read(REPOSITORY_DATA)))
    assert [(each.rule, each.row, each.column) for each in found] == [("personal-data", 13, "note_id")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [("x\\u202ey", "hidden-character"), ("\\u003cb>", "markup"), ("6472014107\\u0039\\u00300001", "personal-data")],
)
def test_a_text_that_is_written_with_escapes_is_read_as_what_it_says(tmp_path: Path, text: str, rule: str) -> None:
    folder = tiny(tmp_path)
    replace(folder, "releases.toml", "Rilis pertama", text)
    found = texts(open_book(read(folder), read(REPOSITORY_DATA)))
    assert [(each.rule, each.column) for each in found] == [(rule, "release[0].title_id")]


@pytest.mark.parametrize("letter", "\ufe0f\u034f\u2800\u3164Ⅳﬁı①𝐀ａ＠ｶ\u0301٣а")
def test_a_character_that_hides_or_only_looks_like_ours_is_named(letter: str) -> None:
    passage = Passage(file="x.csv", text=f"kata {letter}kata", is_prose=True)
    found = hidden_characters(passage) or lookalike(passage)
    assert found is not None
    assert f"U+{ord(letter):04X}" in found.what.en


@pytest.mark.parametrize("text", ["Terb\ufffdt", "cafÃ©", "Juni â€“ Juli", "ï»¿Terbit", "Terb+AO0-t", "2020+IBM-2024"])
def test_traces_of_a_wrong_encoding_are_seen(text: str) -> None:
    found = broken_encoding(Passage(file="x.csv", text=text, is_prose=True))
    assert found is not None
    assert found.rule == "broken-encoding"
    assert broken_encoding(Passage(file="x.csv", text="C+A-B, +62-, Â, A+ALA, +IBM", is_prose=True)) is None


def test_signs_and_letters_that_are_written_here_pass() -> None:
    passage = Passage(file="x.csv", text="González: 12–14 m² · “é” → ½ … ’ µ ș ế", is_prose=True)
    assert (hidden_characters(passage), lookalike(passage)) == (None, None)
