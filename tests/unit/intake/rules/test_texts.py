"""No person, no formula, no markup in any text: each case breaks one rule and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.intake.validation import check_all
from tests.unit.data_folders import REPOSITORY_DATA, change, replace, tiny

BREAKS = [
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Milik 6472014107900001."),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: mungkin memuat nomor induk kependudukan atau kartu "
            "keluarga"
            " → hapus dari data, dan dari riwayat git bila sudah tersimpan; data pribadi tidak pernah "
            "diterbitkan"
        ),
        (
            "outcomes/observations.csv:16: note_id: may hold an identity or family card number"
            " → remove it from the data, and from git's history where it was saved; personal data are never "
            "published"
        ),
        id="a_note_holds_an_identity_number",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="KK 6471052503120004."),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: mungkin memuat nomor induk kependudukan atau kartu "
            "keluarga"
            " → hapus dari data, dan dari riwayat git bila sudah tersimpan; data pribadi tidak pernah "
            "diterbitkan"
        ),
        (
            "outcomes/observations.csv:16: note_id: may hold an identity or family card number"
            " → remove it from the data, and from git's history where it was saved; personal data are never "
            "published"
        ),
        id="a_note_holds_a_family_card_number",
    ),
    pytest.param(
        lambda f: change(f, "batches/sources.csv", {"source_id": "koran-a"}, title_en="Call 0812 3456 7890"),
        "personal-data",
        (
            "batches/sources.csv:7: title_en: mungkin memuat nomor telepon"
            " → hapus dari data, dan dari riwayat git bila sudah tersimpan; data pribadi tidak pernah "
            "diterbitkan"
        ),
        (
            "batches/sources.csv:7: title_en: may hold a telephone number"
            " → remove it from the data, and from git's history where it was saved; personal data are never "
            "published"
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
            "outcomes/datapackage.json: title: mungkin memuat alamat surel"
            " → hapus dari data, dan dari riwayat git bila sudah tersimpan; data pribadi tidak pernah "
            "diterbitkan"
        ),
        (
            "outcomes/datapackage.json: title: may hold an e-mail address"
            " → remove it from the data, and from git's history where it was saved; personal data are never "
            "published"
        ),
        id="a_description_of_a_package_holds_a_mail_address",
    ),
    pytest.param(
        lambda f: replace(f, "releases.toml", '"Rilis pertama"', '"Tanya siti@contoh.id"'),
        "personal-data",
        (
            "releases.toml:6: mungkin memuat alamat surel"
            " → hapus dari data, dan dari riwayat git bila sudah tersimpan; data pribadi tidak pernah "
            "diterbitkan"
        ),
        (
            "releases.toml:6: may hold an e-mail address"
            " → remove it from the data, and from git's history where it was saved; personal data are never "
            "published"
        ),
        id="a_release_holds_a_mail_address",
    ),
    pytest.param(
        lambda f: change(f, "batches/programmes.csv", {"programme_id": "uji"}, name_id="NPWP 01.234.567.8-901.000"),
        "personal-data",
        (
            "batches/programmes.csv:2: name_id: mungkin memuat nomor pokok wajib pajak"
            " → hapus dari data, dan dari riwayat git bila sudah tersimpan; data pribadi tidak pernah "
            "diterbitkan"
        ),
        (
            "batches/programmes.csv:2: name_id: may hold a tax number"
            " → remove it from the data, and from git's history where it was saved; personal data are never "
            "published"
        ),
        id="a_name_holds_a_tax_number",
    ),
    pytest.param(
        lambda f: change(
            f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Nomor registrasi: F 1234 5678"
        ),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: mungkin memuat nomor sertifikat"
            " → hapus dari data, dan dari riwayat git bila sudah tersimpan; data pribadi tidak pernah "
            "diterbitkan"
        ),
        (
            "outcomes/observations.csv:16: note_id: may hold a certificate number"
            " → remove it from the data, and from git's history where it was saved; personal data are never "
            "published"
        ),
        id="a_note_holds_a_certificate_number",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Terbit\u202e."),
        "hidden-character",
        (
            "outcomes/observations.csv:16: note_id: ada karakter yang tidak terlihat (U+202E)"
            " → hapus karakter itu; ketik ulang teksnya bila perlu"
        ),
        (
            "outcomes/observations.csv:16: note_id: there is a character that cannot be seen (U+202E)"
            " → remove it; type the text again if need be"
        ),
        id="a_note_turns_the_direction_of_reading",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Terbit\nsemua."),
        "hidden-character",
        (
            "outcomes/observations.csv:16: note_id: ada karakter yang tidak terlihat (U+000A)"
            " → hapus karakter itu; ketik ulang teksnya bila perlu"
        ),
        (
            "outcomes/observations.csv:16: note_id: there is a character that cannot be seen (U+000A)"
            " → remove it; type the text again if need be"
        ),
        id="a_note_holds_a_line_break",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="=HYPERLINK(1)"),
        "formula",
        (
            "outcomes/observations.csv:16: note_id: diawali “=”: spreadsheet akan menjalankannya sebagai "
            "rumus"
            " → awali teks dengan huruf atau angka"
        ),
        (
            "outcomes/observations.csv:16: note_id: it begins with “=”: a spreadsheet would run it as a "
            "formula"
            " → begin the text with a letter or a digit"
        ),
        id="a_note_begins_like_a_formula",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2025-1"}, name_en="@SUM(1)"),
        "formula",
        (
            "batches/batches.csv:3: name_en: diawali “@”: spreadsheet akan menjalankannya sebagai rumus"
            " → awali teks dengan huruf atau angka"
        ),
        (
            "batches/batches.csv:3: name_en: it begins with “@”: a spreadsheet would run it as a formula"
            " → begin the text with a letter or a digit"
        ),
        id="a_name_begins_with_an_at_sign",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_en="+1"),
        "formula",
        (
            "outcomes/observations.csv:16: note_en: diawali “+”: spreadsheet akan menjalankannya sebagai "
            "rumus"
            " → awali teks dengan huruf atau angka"
        ),
        (
            "outcomes/observations.csv:16: note_en: it begins with “+”: a spreadsheet would run it as a "
            "formula"
            " → begin the text with a letter or a digit"
        ),
        id="a_note_begins_with_a_plus_sign",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_en="-1"),
        "formula",
        (
            "outcomes/observations.csv:16: note_en: diawali “-”: spreadsheet akan menjalankannya sebagai "
            "rumus"
            " → awali teks dengan huruf atau angka"
        ),
        (
            "outcomes/observations.csv:16: note_en: it begins with “-”: a spreadsheet would run it as a "
            "formula"
            " → begin the text with a letter or a digit"
        ),
        id="a_note_begins_with_a_minus_sign",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_en="Issued<br>."),
        "markup",
        (
            "outcomes/observations.csv:16: note_en: ada kode HTML, Markdown, atau templat dalam teks"
            " → tulis sebagai teks biasa"
        ),
        (
            "outcomes/observations.csv:16: note_en: there is HTML, Markdown or template code in the text"
            " → write it as plain text"
        ),
        id="a_note_holds_html",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_en="Issued &amp; done"),
        "markup",
        (
            "outcomes/observations.csv:16: note_en: ada kode HTML, Markdown, atau templat dalam teks"
            " → tulis sebagai teks biasa"
        ),
        (
            "outcomes/observations.csv:16: note_en: there is HTML, Markdown or template code in the text"
            " → write it as plain text"
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
            "outcomes/preferences.csv:2: reason_en: ada kode HTML, Markdown, atau templat dalam teks"
            " → tulis sebagai teks biasa"
        ),
        (
            "outcomes/preferences.csv:2: reason_en: there is HTML, Markdown or template code in the text"
            " → write it as plain text"
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
            "batches/datapackage.json: title_en: ada kode HTML, Markdown, atau templat dalam teks"
            " → tulis sebagai teks biasa"
        ),
        (
            "batches/datapackage.json: title_en: there is HTML, Markdown or template code in the text"
            " → write it as plain text"
        ),
        id="a_package_title_holds_html",
    ),
    pytest.param(
        lambda f: change(f, "batches/sources.csv", {"source_id": "koran-a"}, url="https://atriumwin.pro/tahap-1"),
        "mirror",
        (
            "batches/sources.csv:7: url: atriumwin.pro adalah salinan, bukan penerbit aslinya"
            " → sebut alamat aslinya, atau judulnya saja tanpa alamat"
        ),
        (
            "batches/sources.csv:7: url: atriumwin.pro is a copy, not the original publisher"
            " → cite the original address, or the title alone"
        ),
        id="a_source_is_a_mirror",
    ),
    pytest.param(
        lambda f: change(
            f, "batches/sources.csv", {"source_id": "koran-a"}, url="https://pendidikan.malangkab.go.id/tahap-1"
        ),
        "mirror",
        (
            "batches/sources.csv:7: url: pendidikan.malangkab.go.id adalah salinan, bukan penerbit aslinya"
            " → sebut alamat aslinya, atau judulnya saja tanpa alamat"
        ),
        (
            "batches/sources.csv:7: url: pendidikan.malangkab.go.id is a copy, not the original publisher"
            " → cite the original address, or the title alone"
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
            "outcomes/datapackage.json: title: teks lebih panjang dari 5000 huruf"
            " → ringkas, atau periksa tanda petik yang tidak ditutup"
        ),
        (
            "outcomes/datapackage.json: title: a text longer than 5000 letters"
            " → shorten it, or look for a quotation mark that is not closed"
        ),
        id="a_text_of_a_descriptor_is_endless",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_en=""),
        "both-languages",
        (
            "outcomes/observations.csv:16: note_en: kosong, padahal bahasa lainnya terisi"
            " → tulis dalam kedua bahasa, atau kosongkan keduanya"
        ),
        (
            "outcomes/observations.csv:16: note_en: empty, although the other language is filled in"
            " → write both languages, or leave both empty"
        ),
        id="a_note_is_in_one_language",
    ),
    pytest.param(
        lambda f: change(f, "batches/programmes.csv", {"programme_id": "uji"}, name_id="Program Uji (SINTETIS)"),
        "synthetic-name-real",
        (
            "batches/programmes.csv:2: name_id: program sungguhan menyebut SINTETIS"
            " → samakan nama program dengan sifat “synthetic” paketnya"
        ),
        (
            "batches/programmes.csv:2: name_id: a real programme says SINTETIS"
            " → make the name agree with the property “synthetic” of the packages"
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
            "batches/programmes.csv:2: name_id: program contoh tidak menyebut SINTETIS"
            " → samakan nama program dengan sifat “synthetic” paketnya"
        ),
        (
            "batches/programmes.csv:2: name_id: an invented programme does not say SINTETIS"
            " → make the name agree with the property “synthetic” of the packages"
        ),
        id="an_invented_programme_does_not_say_so",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Milik Budi Santoso."),
        "person-name",
        (
            "outcomes/observations.csv:16: note_id: mungkin menyebut nama orang → tulis jabatan "
            "atau perannya, bukan namanya; bila ini nama lembaga atau tempat, daftarkan katanya "
            "pada [known] di site_templates/wording/checks.id.toml"
        ),
        (
            "outcomes/observations.csv:16: note_id: it may name a person → write the office or "
            "role, not the name; where this is a body or a place, declare its words under "
            "[known] in site_templates/wording/checks.en.toml"
        ),
        id="a_note_names_a_person",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Lahir 12-03-1990."),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: mungkin memuat tanggal lahir → hapus dari "
            "data, dan dari riwayat git bila sudah tersimpan; data pribadi tidak pernah "
            "diterbitkan"
        ),
        (
            "outcomes/observations.csv:16: note_id: may hold a birth date → remove it from the "
            "data, and from git's history where it was saved; personal data are never published"
        ),
        id="a_note_holds_a_birth_date",
    ),
    pytest.param(
        lambda f: change(
            f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Rekening BRI 0123-01-004567-50-8."
        ),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: mungkin memuat nomor rekening bank → hapus "
            "dari data, dan dari riwayat git bila sudah tersimpan; data pribadi tidak pernah "
            "diterbitkan"
        ),
        (
            "outcomes/observations.csv:16: note_id: may hold a bank account number → remove it "
            "from the data, and from git's history where it was saved; personal data are never "
            "published"
        ),
        id="a_note_holds_a_bank_account",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="NIP 19850312 201001 1 004"),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: mungkin memuat nomor induk pegawai → hapus "
            "dari data, dan dari riwayat git bila sudah tersimpan; data pribadi tidak pernah "
            "diterbitkan"
        ),
        (
            "outcomes/observations.csv:16: note_id: may hold a civil servant's number → remove "
            "it from the data, and from git's history where it was saved; personal data are "
            "never published"
        ),
        id="a_note_holds_a_civil_servants_number",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Jumlah #REF! orang"),
        "broken-value",
        (
            "outcomes/observations.csv:16: note_id: ada tanda galat spreadsheet (#REF!, #N/A, "
            "Err:…) → perbaiki rumusnya di spreadsheet, lalu salin nilainya saja"
        ),
        (
            "outcomes/observations.csv:16: note_id: there is an error mark of a spreadsheet "
            "(#REF!, #N/A, Err:…) → mend the formula in the spreadsheet, then copy its value "
            "alone"
        ),
        id="a_note_holds_what_a_formula_left",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Juni â€“ Juli"),
        "broken-encoding",
        (
            "outcomes/observations.csv:16: note_id: hurufnya rusak karena salah pengodean "
            "(misalnya â€“ atau �) → ketik ulang teksnya dari sumber, lalu simpan sebagai UTF-8"
        ),
        (
            "outcomes/observations.csv:16: note_id: its letters are broken by a wrong encoding "
            "(such as â€“ or �) → type the text again from the source, and save it as UTF-8"
        ),
        id="a_note_was_read_in_another_encoding",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="Реserta"),
        "lookalike",
        (
            "outcomes/observations.csv:16: note_id: ada huruf atau angka dari aksara lain: “Р” "
            "(U+0420, CYRILLIC CAPITAL LETTER ER) → ketik ulang dengan huruf Latin dan angka "
            "biasa"
        ),
        (
            "outcomes/observations.csv:16: note_id: there is a letter or digit of another "
            "script: “Р” (U+0420, CYRILLIC CAPITAL LETTER ER) → type it again with Latin letters "
            "and plain digits"
        ),
        id="a_note_holds_a_letter_of_another_script",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="827\xa0peserta"),
        "odd-blank",
        (
            "outcomes/observations.csv:16: note_id: ada spasi yang bukan spasi biasa (U+00A0) → "
            "ganti dengan spasi biasa, atau jalankan python -m kompeten tidy pada berkas ini"
        ),
        (
            "outcomes/observations.csv:16: note_id: there is a blank that is no ordinary blank "
            "(U+00A0) → put an ordinary blank in its place, or run python -m kompeten tidy on "
            "this file"
        ),
        id="a_note_holds_a_blank_that_does_not_break",
    ),
    pytest.param(
        lambda f: change(
            f, "outcomes/observations.csv", {"stage": "skk_terbit"}, note_id="64720141", note_en="07900001"
        ),
        "personal-data",
        (
            "outcomes/observations.csv:16: note_id: mungkin memuat nomor induk kependudukan atau "
            "kartu keluarga → hapus dari data, dan dari riwayat git bila sudah tersimpan; data "
            "pribadi tidak pernah diterbitkan"
        ),
        (
            "outcomes/observations.csv:16: note_id: may hold an identity or family card number → "
            "remove it from the data, and from git's history where it was saved; personal data "
            "are never published"
        ),
        id="an_identity_number_stands_in_two_cells",
    ),
    pytest.param(
        lambda f: change(
            f, "batches/sources.csv", {"source_id": "koran-a"}, url="https://nama:sandi@koran-a.example/x"
        ),
        "address",
        (
            "batches/sources.csv:7: url: ada alamat yang menjalankan skrip, membuka berkas, atau "
            "memuat nama pengguna → tulis alamat halaman aslinya, diawali https://, tanpa nama "
            "pengguna dan sandi"
        ),
        (
            "batches/sources.csv:7: url: there is an address that runs a script, opens a file, "
            "or carries a user's name → write the address of the page itself, beginning with "
            "https://, without user and password"
        ),
        id="an_address_holds_a_password",
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
