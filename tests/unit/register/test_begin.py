"""A configuration is proposed from headers and values: known layouts, questions for every doubt, no value shown."""

from __future__ import annotations

import csv
import re
import tomllib
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kompeten.ground.wording import load_officer
from kompeten.register.anonymize import anonymize
from kompeten.register.begin import begin
from kompeten.register.publishing.folder import FolderError, read_code_lists, read_rows
from kompeten.register.reading.begin import FROM_NIK, headers, plain
from kompeten.register.reading.check import check
from kompeten.register.reading.config import FIELDS, ConfigError, load_config, parse_config
from kompeten.register.reading.files import RegisterError
from kompeten.register.reading.read import read_register
from kompeten.register.reading.words import STATUS_LADDER, batch_number, day, level, region_name, yes_or_no
from tests.unit.register.tables import ROOT

EXAMPLE = ROOT / "examples" / "register-contoh.csv"
LPJK = (
    "nomor_sertifikasi,nik,nama,id_propinsi,propinsi,id_kabupaten,kabupaten,kualifikasi,id_subklasifikasi,"
    "subklasifikasi,jabatan_kerja,jenjang,nomor_sertifikat_lengkap,nomor_registrasi_lpjk,tanggal_ditetapkan,npwp,telepon"
)
BNSP = "jadwal_id,tuk_id,is_fg,nik,nama,tanggal_lahir,jenis_kelamin,kota_id,jenjang_id"
ANSWERS = (
    ('as_of = ""', 'as_of = "2026-11-01"'),
    ('id = ""', 'id = "2026.12"'),
    ('released_on = ""', "released_on = 2026-12-01"),
    ('data_through = ""', "data_through = 2026-11-01"),
    ('title_id = ""', 'title_id = "Rilis"'),
    ('title_en = ""', 'title_en = "Release"'),
    ('publisher = ""', 'publisher = "Dinas"'),
    ('published_on = ""', 'published_on = "2026-11-01"'),
    ('start_on = ""', 'start_on = "2026-03-02"'),
    ('end_on = ""', 'end_on = "2026-03-06"'),
    ('training_mode = ""', 'training_mode = "luring"'),
    ('region_codes = ""', 'region_codes = "kemendagri"'),
    ("0000", "2026"),
)


def table(folder: Path, *rows: str, name: str = "register.csv") -> Path:
    """Write a table of a few rows."""
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def proposed(register: Path, folder: Path, language: str = "id") -> str:
    """Give the proposed configuration."""
    begin(register, folder / "c.toml", language)  # type: ignore[arg-type]
    return (folder / "c.toml").read_text(encoding="utf-8")


def answered(text: str) -> str:
    """Answer the questions of a proposal."""
    for old, new in ANSWERS:
        text = text.replace(old, new)
    return "\n".join(line for line in text.splitlines() if not line.startswith("# PERTANYAAN"))


def asked(text: str) -> list[str]:
    """Give the questions of a proposal."""
    return [line.removeprefix("# PERTANYAAN: ") for line in text.splitlines() if line.startswith("# PERTANYAAN")]


def test_every_field_has_headers_and_none_stands_for_two() -> None:
    listed = headers()["fields"]
    assert set(listed) == set(FIELDS)
    names = [name for each in listed.values() for name in each]
    assert len(names) == len(set(names))
    assert [name for name in (*names, *headers()["mixed"]) if plain(name) != name] == []


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_answered_proposal_reads_the_example(tmp_path: Path, ending: str) -> None:
    register = EXAMPLE.with_suffix(f".{ending}")
    text = answered(proposed(register, tmp_path))
    config = parse_config(
        text + '\n[values.funding]\n"DAK" = "apbn_bjkw"\n[values.decision]\n"remidi" = "belum_kompeten"\n'
    )
    assert list(config.batch_names) == ["kaltim-2026-1", "kaltim-2026-2"]
    lists, _ = read_code_lists(ROOT / "data/reference")
    checked = check(read_register(register, config), config, lists)
    assert (checked.findings, checked.people is not None) == ((), True)


def test_nothing_of_a_row_is_shown(tmp_path: Path) -> None:
    rows = list(csv.reader(EXAMPLE.read_text(encoding="utf-8-sig").splitlines()[4:400], delimiter=";"))
    values = {cell.strip() for row in rows for cell in row[1:] if len(cell.strip()) > 4}
    shown = {"Tahap I", "Tahap 1", "Tahap II", "Tahap 2"}  # made from the number of the batch, in its usual spellings
    for language in ("id", "en"):
        text = proposed(EXAMPLE, tmp_path, language)
        assert [value for value in sorted(values - shown) if f'"{value}"' in text or f"“{value}”" in text] == []
        (tmp_path / "c.toml").unlink()


def test_a_question_that_stands_is_refused_with_its_line(tmp_path: Path) -> None:
    text = proposed(EXAMPLE, tmp_path)
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "c.toml")
    lines = [n for n, line in enumerate(text.splitlines(), start=1) if line.startswith("# PERTANYAAN")]
    assert len(lines) == 7
    assert [reason.id.split(":")[:2] for reason in caught.value.reasons] == [["c.toml", str(n)] for n in lines]
    assert caught.value.reasons[1].id == (
        f"c.toml:{lines[1]}: pertanyaan belum dijawab: kantor mana yang memegang register ini? "
        "Isi atau perbaiki baris di bawahnya, lalu hapus baris pertanyaan ini."
    )
    with pytest.raises(ConfigError, match=r"^config\.toml:1: a question is not answered: why"):
        parse_config("  #question why?\n")


def test_a_record_of_certificates_tells_of_certificates_alone(tmp_path: Path) -> None:
    row = "1,6403990701830001,Nama Orang,64,Kaltim,6403,Berau,Ahli,1,GEDUNG,Ahli Muda,7,SKK-1,R-1,2023-01-01,1,0812"
    text = proposed(table(tmp_path, LPJK, row), tmp_path)
    assert "# Memuat data orang, tidak dipakai: nomor_sertifikasi, nomor_registrasi_lpjk, npwp, telepon" in text
    assert "Nama Orang" not in text
    assert '\nstages = ["skk_terbit"]\n' in text
    assert [each for each in asked(text) if "skk_terbit" in each] == [
        "benarkah SETIAP baris sudah sampai “skk_terbit”? Jadwal, misalnya, belum berarti hadir."
    ]
    config = parse_config(answered(text).replace("[values.classification]", ""))
    assert config.every_row == "skk_terbit"
    wider = answered(text).replace('stages = ["skk_terbit"]', 'stages = ["peserta"]')
    with pytest.raises(
        ConfigError, match=r"^config\.toml: plan\.tables\.stages: take peserta out ← this register does not tell of it"
    ):
        parse_config(wider)


def test_a_record_of_certificates_goes_through_the_door(tmp_path: Path) -> None:
    regions = ["64.03", "64.72", "64.71", "64.02"]
    rows = [
        f"{n},640399070183{n:04d},Orang {n},64,Kaltim,x,{regions[n % 4]},Ahli,1,_U,Ahli,7,SKK,R,2023-01-01,1,0"
        for n in range(1, 61)
    ]
    register = table(tmp_path, LPJK, *rows)
    text = answered(proposed(register, tmp_path)).replace("[checks]", "")
    (tmp_path / "c.toml").write_text(text + '\n[checks]\naccepted = ["nik-region"]\n', encoding="utf-8")
    outcome = anonymize(register, tmp_path / "c.toml", tmp_path / "out")
    assert (outcome.lines("id"), outcome.exit_status) == ((), 0)
    kept = read_rows(tmp_path / "out/outcomes/observations.csv")
    assert {(row["stage"], row["value"]) for row in kept} == {("skk_terbit", value) for value in ("60", "15", "0")}


def test_a_schedule_is_asked_about_and_numbers_are_not_guessed(tmp_path: Path) -> None:
    rows = ("12,3,1,6403990701830001,A,1983-01-07,1,6403,7", "12,3,0,6403995701830001,B,1983-01-17,2,6472,7")
    text = proposed(table(tmp_path, BNSP, *rows), tmp_path)
    assert asked(text)[:5] == [
        "tidak ada kolom tahap. Benarkah seluruh baris satu tahap? Bila tidak, tulis batch = judul kolomnya di "
        "[columns] dan satu [[batches]] untuk tiap tahap.",
        "benarkah SETIAP baris sudah sampai “menunggu_keputusan”? Jadwal, misalnya, belum berarti hadir.",
        'kode wilayah di kolom “kota_id” tanpa titik. Sistem yang mana: "kemendagri" atau "bps"? Keduanya bertabrakan.',
        "kolom “is_fg” berisi 1 dan 0. Benarkah 1 lulusan baru dan 0 jalur ahli?",
        "kolom “jenis_kelamin” berisi 1 dan 2. Benarkah 1 laki-laki dan 2 perempuan?",
    ]
    assert tomllib.loads(answered(text))["values"] == {
        "track": {"1": "fresh_graduate", "0": "ahli"},
        "sex": {"1": "L", "2": "P"},
    }


def test_a_column_that_mixes_stages_is_asked_about_and_never_mapped(tmp_path: Path) -> None:
    register = table(tmp_path, "NIK,Kabupaten,Tahap,Lulus", "6403990701830001,Berau,I,ya")
    text = proposed(register, tmp_path)
    assert (
        "kolom “Lulus” dapat berarti lolos_verifikasi, selesai, kompeten, skk_terbit. Kolom ini tidak dipakai; tulis "
        "ia di [columns] bila artinya satu tahapan saja."
    ) in asked(text)
    assert '"Lulus"' not in text


def test_words_that_lead_to_no_code_are_told_by_row(tmp_path: Path) -> None:
    rows = (
        "6403990701830001,Bumi Rahasia,I",
        "6403990701830002,Bumi Rahasia,Kelas Merpati",
        "6403990701830003,Berau,I",
    )
    text = proposed(table(tmp_path, "NIK,Kabupaten,Tahap", *rows), tmp_path)
    assert any(each.startswith("1 kata di kolom “Kabupaten” tidak dikenal (baris 2).") for each in asked(text))
    assert any(each.startswith("1 sebutan tahap tidak dikenali (baris 3).") for each in asked(text))
    assert "Rahasia" not in text
    assert "Merpati" not in text


def test_the_sheet_of_people_is_found_below_titles_in_two_rows_of_headers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Kabupaten", "Peserta"])
    book.active.append(["Berau", 12])
    sheet = book.create_sheet("Daftar Peserta")
    for row in (
        ["DAFTAR PESERTA TAHUN ANGGARAN 2026"],
        [],
        ["No.", "NIK KTP", "Kab./Kota", "Angkatan", "Tahapan", "", ""],
        ["", "", "", "", "Hadir", "Ikut Asesmen", "Hasil (K/BK)"],
        ["1", "2", "3", "4", "5", "6", "7"],
        [1, "6403990701830001", "Berau", "Angkatan I", "ya", "ya", "K"],
        ["", "JUMLAH", 1],
    ):
        sheet.append(row)
    book.save(tmp_path / "register.xlsx")
    text = proposed(tmp_path / "register.xlsx", tmp_path)
    assert 'sheet = ["Daftar Peserta"]\n' in text
    assert 'decision = "Hasil (K/BK)"  # ditebak dari judulnya\n' in text
    assert text.count("[[batches]]") == 1
    assert [each for each in asked(text) if "completed" in each or "SETIAP" in each] == [
        "register ini tampaknya hanya memuat peserta. Benarkah SETIAP baris sudah ditetapkan sebagai peserta? Bila "
        "tidak, hapus baris ini; pendaftar dan peserta lalu tidak dihitung.",
        "tidak ada kolom yang dikenali untuk verified (lolos_verifikasi), admitted (peserta), completed (selesai), "
        "issued (skk_terbit). Isi judul kolomnya bila ada; tahapan yang dibiarkan kosong tidak dihitung.",
    ]
    config = parse_config(answered(text))
    checked = check(
        read_register(tmp_path / "register.xlsx", config), config, read_code_lists(ROOT / "data/reference")[0]
    )
    assert [finding.line("en") for finding in checked.findings] == []
    assert checked.people is not None
    assert checked.people.size == 1


def workbook(folder: Path, sheets: dict[str, list[list[object]]], *, hidden: str = "") -> Path:
    """Write a workbook, one of its sheets hidden."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    book.save(folder / "register 2026.xlsx")
    return folder / "register 2026.xlsx"


def read_as(register: Path, text: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Give what every row of a register is read as by an answered proposal: its batch and its region."""
    for old, new in more:
        text = text.replace(old, new)
    config = parse_config(answered(text))
    checked = check(read_register(register, config), config, read_code_lists(ROOT / "data/reference")[0])
    assert [finding.line("en") for finding in checked.findings] == []
    assert checked.people is not None
    people = checked.people
    regions = people.codes["region_code"]
    places = zip(people.batch.tolist(), people.columns["region_code"].tolist(), strict=True)
    return [(people.batches[batch][-1], regions[region]) for batch, region in places]


PEOPLE = [["NIK", "Nama", "Hadir"], ["6403990701830001", "A", "ya"], [None, "Jumlah", 1]]
OTHERS = [["NIK", "Nama", "Hadir"], ["6472990701830002", "B", "belum"], ["6472990701830003", "C", "Ikut"]]


def test_sheets_of_the_same_columns_are_one_register_and_their_names_tell_what_no_column_does(tmp_path: Path) -> None:
    """One sheet a batch or a regency; a summary, a hidden list and people in other columns beside them."""
    batches = (
        [[*row, "Kab/Kota" if row[0] == "NIK" else "Berau"] for row in PEOPLE],
        [[*row, "Kab/Kota" if row[0] == "NIK" else "Samarinda"] for row in OTHERS],
    )
    summary = [["Tahap", "Peserta"], ["I", 12]]
    book = workbook(
        tmp_path, {"Rekap": summary, "Tahap I": batches[0], "Angkatan 2": batches[1], "lama": batches[0]}, hidden="lama"
    )
    text = proposed(book, tmp_path)
    assert 'sheet = ["Tahap I", "Angkatan 2"]\n# Lembar tersembunyi yang tidak dibaca: 1\n' in text
    assert 'batch = "(nama lembar)"  # dari nama lembar atau berkasnya\n' in text
    assert read_as(book, text) == [("1", "64.03"), ("2", "64.72"), ("2", "64.72")]
    unsaid = text.replace('sheet = ["Tahap I", "Angkatan 2"]\n', "")
    with pytest.raises(RegisterError, match=r"← sheets 2, 3 all have these columns$"):
        read_as(book, unsaid)
    (tmp_path / "c.toml").unlink()
    regions = workbook(
        tmp_path,
        {
            "Berau": PEOPLE,
            "Kota Samarinda": OTHERS,
            "Mutasi": [["No KTP", "Nama", "Kabupaten"], ["6403990701830009", "D", "Berau"]],
        },
    )
    text = proposed(regions, tmp_path)
    assert [each for each in asked(text) if "lembar" in each] == [
        "2 lembar (atau berkas) punya kolom yang sama dan dibaca sebagai satu register. Benarkah? Bila ada yang "
        "mengulang orang di lembar lain, hapus namanya.",
        "1 lembar lain tampaknya juga berisi orang, tetapi kolomnya berbeda, jadi tidak dibaca. Benarkah? Bila tidak, "
        "samakan dahulu judul kolomnya.",
    ]
    assert read_as(regions, text) == [("1", "64.03"), ("1", "64.72"), ("1", "64.72")]


def test_the_parts_of_a_folder_are_one_register(tmp_path: Path) -> None:
    folder = tmp_path / "register 2026"
    folder.mkdir()
    table(folder, "NIK,Kabupaten,Hadir", "6403990701830001,Berau,ya", name="tahap 2.csv")
    table(folder, "NIK,Kabupaten,Hadir", "6472990701830002,Samarinda,tidak", name="tahap 1.csv")
    text = proposed(folder, tmp_path)
    assert ("sheet" in text, 'batch = "(nama lembar)"' in text) == (False, True)
    assert read_as(folder, text) == [("1", "64.72"), ("2", "64.03")]


def test_headers_nobody_knows_are_told_by_what_stands_below_them(tmp_path: Path) -> None:
    rows = (
        "6403990701830001;;Kab. Berau;Gelombang ke-2;V",
        "6402990701830002;x;KUKAR;;x",
        "6403990701830003;;Berau;;V",
    )
    register = table(tmp_path, "N.I.K sesuai KTP;Nama;Alamat domisili kini;Gelombang;Hadir", *rows, name="r 2026.csv")
    text = proposed(register, tmp_path)
    assert 'nik = "N.I.K sesuai KTP"  # ditebak dari isinya\n' in text
    assert 'residence = "Alamat domisili kini"  # ditebak dari isinya\n' in text
    assert (
        "di sebagian besar baris kolom Gelombang kosong, seperti pada sel gabung. Benarkah sel kosong mengulang sel "
        "di atasnya?" in asked(text)
    )
    assert (
        '1 kata di kolom “Hadir” tidak dikenal (baris 3). Tulis kata itu dan kodenya, misalnya "…" = "ya". Kodenya: '
        "ya, tidak." in asked(text)
    )
    answer = "[values.attended]", '[values.attended]\n"x" = "tidak"'
    assert read_as(register, text, answer) == [("2", "64.03"), ("2", "64.02"), ("2", "64.03")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tahap ii", (2, "")),
        ("angkatan ke-3", (3, "")),
        ("gelombang iv (2026)", (4, "2026")),
        ("tahap 1 tahun 2025", (1, "2025")),
        ("tahap satu", (1, "")),
        ("angkatan kedua", (2, "")),
        ("batch two", (2, "")),
        ("tahap-ii", (2, "")),
        ("12", (12, "")),
        ("13", None),
        ("kelas merpati", None),
        ("tahap ic", None),
    ],
)
def test_a_batch_is_known_by_its_number(text: str, number: tuple[int, str] | None) -> None:
    assert batch_number(text) == number


OFFICES = {
    "National ID (NIK);Full name;Sex;Date of birth;Home regency;Batch;KKNI level;Verified;Admitted;Attended;Assessed;"
    "Result;Certificate no.": "nik name sex birth_date residence batch level verified admitted attended assessed "
    "decision issued",
    "NOMOR INDUK KEPENDUDUKAN;NAMA PESERTA;JK (L/P);TTL;KAB/KOTA DOMISILI;ANGKATAN KE;KUALIFIKASI;HADIR (Y/T);"
    "UJIKOM (Y/T);HASIL UJIKOM;TGL TERBIT SKK": "nik name sex birth_date residence batch level attended assessed "
    "decision issued",
    "NIK Peserta;Kelamin;Kabupaten;Tahap;Lolos? (1/0);Peserta? (1/0);Hadir? (1/0);Asesmen? (1/0);K/BK;SKK? (1/0)": (
        "nik sex residence batch verified admitted attended assessed decision issued"
    ),
    "No KTP;Nama sesuai ijazah;Tgl Lahir (dd/mm/yyyy);Kab/Kota;Gelombang;Jenjang Jabatan;Lolos Berkas;"
    "Ditetapkan sebagai Peserta;Hadir Pelatihan;Ikut Uji Kompetensi;Hasil Akhir;Sertifikat (Ya/Tidak)": (
        "nik name birth_date residence batch level verified admitted attended assessed decision issued"
    ),
    "nik;nama;gender;usia_saat_pelatihan;kota_asal;tahap;level;status_kelulusan": (
        "nik name sex age residence batch level status"
    ),
}
"""Headers as offices write them, and the field of each."""


@pytest.mark.parametrize(("header", "fields"), OFFICES.items())
def test_the_headers_of_many_offices_are_known(tmp_path: Path, header: str, fields: str) -> None:
    row = ";".join("6403990701830001" if number == 0 else "" for number in range(header.count(";") + 1))
    text = proposed(table(tmp_path, header, row, "Jumlah;1", name="r 2026.csv"), tmp_path)
    columns = tomllib.loads(answered(text))["columns"]
    assert {field: name for field, name in columns.items() if name} == dict(
        zip(fields.split(), header.split(";"), strict=True)
    )
    missing = [name for name, own in FROM_NIK.items() if not own & {*fields.split()}]
    assert ("from_nik" in text) == bool(missing)
    assert all(f'"{name}"' in text.split("from_nik", 1)[1].splitlines()[0] for name in missing)


def test_what_stands_in_rows_of_nobody_is_not_asked_about(tmp_path: Path) -> None:
    rows = ("Tahap I;Berau;6403990701830001", ";;6403990701830002", "JUMLAH;2;", "Samarinda, 3 Mei 2026;;")
    text = proposed(table(tmp_path, "TAHAP;KABUPATEN / KOTA;NIK", *rows, name="r 2026.csv"), tmp_path)
    assert [" ".join(each.split()[:3]) for each in asked(text)] == [
        *("tidak ada kolom", "rilis mana, terbit", "kantor mana yang", "tahun 2026 dibaca", "kapan “Tahap I”"),
        "cara pelatihan: luring,",
    ]


def test_sheets_may_have_their_columns_in_another_order(tmp_path: Path) -> None:
    names = {"NIK": "Kab/Kota", "6403": "Berau", "6472": "Samarinda"}
    one, two = ([[names[str(row[0])[:4]], *row] for row in part] for part in (PEOPLE[:2], OTHERS))
    book = workbook(tmp_path, {"Tahap Satu": one, "Tahap Dua": [row[::-1] for row in two]})
    text = proposed(book, tmp_path)
    assert 'sheet = ["Tahap Satu", "Tahap Dua"]' in text
    assert read_as(book, text) == [("1", "64.03"), ("2", "64.72"), ("2", "64.72")]


@pytest.mark.parametrize("text", ["12 Agt 1990", "Samarinda, 12 Agustus 1990", "12-Aug-1990", "12 Aug. 1990"])
def test_a_date_is_read_with_its_month_in_short_or_behind_a_place(text: str) -> None:
    assert day(text) == date(1990, 8, 12)


def test_levels_in_roman_and_regions_in_english_are_known() -> None:
    assert [level(text) for text in ("jenjang vii", "level ix", "kkni level 4", "j7")] == ["7", "9", "4", "7"]
    assert [region_name(text) for text in ("paser regency", "samarinda city", "kab. paser")] == [
        "paser",
        "samarinda",
        "paser",
    ]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((text, True) for text in ("ya", "sudah", "memenuhi", "ikut", "✓")),
        *((text, False) for text in ("", "–", "tidak memenuhi", "belum", "tdk hadir", "gagal")),
        *((text, None) for text in ("x", "tidak tahu", "menyusul", "proses")),
    ],
)
def test_a_yes_or_no_is_read_in_many_words_and_an_x_is_not_guessed(text: str, answer: bool | None) -> None:
    assert yes_or_no(text) is answer


QUOTA = "Kolom “kuota_peserta” bukan tahapan yang dikenal: tulis tahapannya menurut definisi pemilik tabel, atau hapus "
WHICH = "Tahap yang mana?"
CERTIFIED = "jumlah_tenaga_kerja_konstruksi_tersertifikasi"
TRAINED = "selesai, kompeten, skk_terbit"
SEPARATED = "dapat berarti ribuan atau desimal: periksa ke pemilik tabel, lalu tulis tanpa pemisah."


def counted(path: Path) -> list[dict[str, str]]:
    """Give the rows of a table of counts as it was drafted."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter=";"))


def header_of(into: str) -> list[str]:
    """Give the columns of a table of outcomes."""
    return (ROOT / f"data/outcomes/{into}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")


def may_mean(column: str, stages: str, *, measure: bool = False) -> str:
    """Give the question about a column in which stages run together."""
    what = "tulis ukurannya dari context_measures.csv." if measure else "tulis satu saja."
    return f"Kolom “{column}” dapat berarti {stages}: tanyakan kepada pemilik tabel, lalu {what}"


@pytest.mark.parametrize(
    ("header", "row", "layout", "expected"),
    [
        (
            "nama_kegiatan,jenjang_skk,kuota_peserta,peserta_terdaftar,peserta_lulus,status_pelatihan,telepon",
            'Pelatihan,7,50,48,"1,045",Selesai,0812345',
            "sipjaki",
            [
                ("", "50", "released", f"{QUOTA}barisnya. {WHICH}"),
                ("", "48", "released", f"{may_mean('peserta_terdaftar', 'pendaftar, peserta, hadir')} {WHICH}"),
                ("", "", "", f"{may_mean('peserta_lulus', 'kompeten, skk_terbit')} 1,045 {SEPARATED} {WHICH}"),
            ],
        ),
        (
            f"kode_kabupaten_kota,nama_kabupaten_kota,{CERTIFIED},satuan,tahun",
            "6472,KOTA SAMARINDA,50,ORANG,2024",
            "satudata",
            [
                (
                    "64.72 2024 orang",
                    "50",
                    "released",
                    may_mean(CERTIFIED, "selesai, kompeten, skk_terbit", measure=True),
                )
            ],
        ),
        (
            f"kode_kabupaten_kota,nama_kabupaten_kota,{CERTIFIED},satuan,tahun",
            "6499,Antah Berantah,3,SERTIFIKAT,2024",
            "satudata",
            [
                (
                    " 2024 ",
                    "3",
                    "released",
                    f"{may_mean(CERTIFIED, TRAINED, measure=True)} Wilayahnya tidak dikenal: tulis kodenya.",
                )
            ],
        ),
        (
            "No,uraian,kabupaten,satuan,2021,2022,sumber_data",
            "1,Asesor,Berau,Orang,n/a,-,PUPR",
            "wide",
            [
                (
                    f"64.03 {year} orang",
                    "",
                    "unknown",
                    f"Kolom “{year}” menghitung apa? Tulis satu ukuran dari context_measures.csv menurut definisi "
                    "pemilik tabel.",
                )
                for year in ("2021", "2022")
            ],
        ),
        ("Kabupaten,Peserta,Hadir", "Berau,40,", "other", [("peserta", "40", "released", WHICH)]),
    ],
)
def test_a_table_of_counts_becomes_rows_and_what_its_owner_must_say_is_asked(
    tmp_path: Path, header: str, row: str, layout: str, expected: list[tuple[str, str, str, str]]
) -> None:
    begun = begin(table(tmp_path, header, row), tmp_path / "c.csv", "id")
    found = counted(tmp_path / "c.csv")
    into = "context" if "measure" in found[0] else "observations"
    assert list(found[0]) == [*header_of(into), "asal", "keterangan", "pertanyaan"]
    names = ("region_code", "period", "unit") if into == "context" else ("stage",)
    assert [
        (" ".join(each[name] for name in names), each["value"], each["status"], each["pertanyaan"]) for each in found
    ] == expected
    assert begun.notes[:1] == (load_officer()["id"](f"counts_{layout}", file="register.csv"),)
    assert begun.questions == len(expected)
    assert "0812345" not in (tmp_path / "c.csv").read_text(encoding="utf-8")
    assert ("telepon" in begun.notes[-1]) is ("telepon" in header)


@pytest.mark.parametrize(
    ("header", "row", "region", "asked"),
    [
        ("Tahun,Data", "2024,-", "", " The region is not known: write its code."),
        ("Provinsi,Jumlah", "Kalimantan Timur,500", "64", ""),
        ("Provinsi,Jumlah", "Papua,500", "", " The region is not known: write its code."),
    ],
)
def test_a_card_and_a_table_by_province_are_asked_for_their_measure(
    tmp_path: Path, header: str, row: str, region: str, asked: str
) -> None:
    begin(table(tmp_path, header, row), tmp_path / "c.csv", "en")
    (found,) = counted(tmp_path / "c.csv")
    column = header.split(",")[1]
    assert found["region_code"] == region
    assert found["pertanyaan"] == (
        f"What does the column “{column}” count? Write one measure of context_measures.csv as its owner defines it."
        f"{asked}"
    )


def test_a_table_of_years_by_province_is_read_below_its_title(tmp_path: Path) -> None:
    rows = "\n".join(["Provinsi,Ahli Muda,", ",2019,2020", "KALIMANTAN TIMUR,1300,-"])
    begin(table(tmp_path, "Tenaga ahli konstruksi,,", rows), tmp_path / "c.csv", "id")
    found = [(row["region_code"], row["period"], row["value"], row["status"]) for row in counted(tmp_path / "c.csv")]
    assert found == [("64", "2019", "1300", "released"), ("64", "2020", "", "unknown")]


def test_a_column_that_tells_rows_apart_and_has_no_place_is_kept_and_asked_about(tmp_path: Path) -> None:
    header = f"nama_kabupaten_kota,jenis_kelamin,{CERTIFIED},satuan,tahun"
    rows = "\n".join(f"Kota Bontang,{sex},{count},ORANG,2024" for sex, count in (("Laki-laki", 50), ("Perempuan", 9)))
    begin(table(tmp_path, header, rows), tmp_path / "c.csv", "id")
    found = counted(tmp_path / "c.csv")
    assert [row["keterangan"] for row in found] == ["Laki-laki", "Perempuan"]
    assert all(
        row["pertanyaan"].endswith(
            "Baris ini dibedakan oleh jenis_kelamin, yang tidak punya kolom di tabel ini: jumlahkan barisnya, atau "
            "sebut di catatan."
        )
        for row in found
    )


def test_people_without_a_column_of_the_nik_are_no_table_of_counts(tmp_path: Path) -> None:
    register = table(tmp_path, "No Identitas,Nama,Kabupaten,Umur", "1,A,Berau,31")
    with pytest.raises(RegisterError) as caught:
        begin(register, None, "id")
    assert [reason.en for reason in caught.value.reasons] == [
        "register.csv: a row seems to be a person, but no column of the NIK was recognised; call its header NIK"
    ]


def test_a_year_of_the_file_s_name_and_a_batch_that_stands_are_asked_about(tmp_path: Path) -> None:
    rows = ("NIK,Kabupaten,Tahap", "6403990701830001,Berau,I", "6403990701830002,Berau,9")
    text = proposed(table(tmp_path, *rows, name="peserta_2025-final.csv"), tmp_path)
    assert "tahun 2025 dibaca dari nama berkas. Benarkah?" in asked(text)
    assert [each for each in asked(text) if "sudah ada di data" in each] == [
        "tahap kaltim-2025-1 sudah ada di data. Benarkah ini tahap yang sama? Bila bukan, ganti batch_id dan number."
    ]
    assert 'batch_id = "kaltim-2025-9"' in text
    said = text.split("[[batches]]")
    assert (
        'name_id = "Tahap I 2025"\nname_en = "Tahap I of 2025"\nstart_on = "2025-06-30"\nend_on = "2025-07-04"\n'
        'training_mode = "hibrida"\nqualification_level = "_T"\n'
    ) in said[1]
    assert 'name_en = "Batch 9 of 2025"\n# PERTANYAAN: kapan “Tahap IX” mulai' in said[2]
    (tmp_path / "c.toml").unlink()
    (question,) = (each for each in asked(proposed(table(tmp_path, *rows), tmp_path)) if "0000" in each)
    assert "Tahap yang sudah ada di data: kaltim-2025-1, kaltim-2025-2, " in question


def test_a_row_of_somebody_is_no_header(tmp_path: Path) -> None:
    """A register whose headers were cut away: the words of its first rows are those of people."""
    rows = ("6403990701830001;Peserta Rahasia;Berau;I;Lulus;Hadir;Selesai", "6403990701830002;B;Berau;I;Lulus;Hadir;-")
    with pytest.raises(RegisterError, match=r"^register\.csv: no row of headers was recognised within the first 40"):
        begin(table(tmp_path, *rows), tmp_path / "c.toml", "id")
    assert not (tmp_path / "c.toml").exists()


def test_a_table_without_headers_and_a_name_that_is_taken_are_refused(tmp_path: Path) -> None:
    with pytest.raises(
        RegisterError, match=r"^register\.csv: no row of headers was recognised within the first 40 rows"
    ):
        proposed(table(tmp_path, "a,b", "1,2"), tmp_path)
    table(tmp_path, "x", name="c.toml")
    with pytest.raises(FolderError, match=r"^c\.toml: give another name with --out ← is there already$"):
        proposed(EXAMPLE, tmp_path)


def test_an_agencys_own_words_are_read_by_what_they_abbreviate_and_by_what_stands_below_them(tmp_path: Path) -> None:
    head = ["N I K", "Jns Kelamin", "Domisili", "Biaya", "Kualif.", "Unsur", "Hadir"]
    rows = [
        ["6403990701830001", "Lk", "Berau", "APBD Prov", "Jenj. 7", "ASN", "V"],
        ["6402990701830002", "pr", "kukar", "apbn bjkw", "Jenjang 8", "swasta", ""],
    ]
    book = workbook(tmp_path, {"ANGK. KE-1 (Berau)": [head, rows[0]], "ANGK. KE-2 (Kukar)": [head, rows[1]]})
    text = proposed(book, tmp_path)
    for line in (
        'batch = "(nama lembar)"  # dari nama lembar atau berkasnya',
        'sex = "Jns Kelamin"  # ditebak dari judulnya',
        'funding = "Biaya"  # ditebak dari isinya',
        'level = "Kualif."  # ditebak dari isinya',
        "# Tidak dikenal, tidak dipakai: Unsur",
        '# Bila salah satunya berisi classification, track, tambahkan barisnya di sini, misalnya track = "Unsur".',
    ):
        assert f"\n{line}\n" in text, line
    assert [" ".join(each.split()[:3]) for each in asked(text)] == [
        *("2 lembar (atau", "register ini tampaknya", "tidak ada kolom", "rilis mana, terbit", "kantor mana yang"),
        *("tahun 2026 dibaca", "kapan “Tahap I”", "cara pelatihan: luring,", "kapan “Tahap II”"),
        "cara pelatihan: luring,",
    ]
    (tmp_path / "c.toml").unlink()
    other = workbook(tmp_path, {"Kelas pagi": [head, rows[0]], "Kelas sore": [head, rows[1]]})
    assert (
        "tidak ada kolom tahap, dan nama lembarnya tidak terbaca sebagai nomor tahap. Benarkah seluruh lembar satu "
        'tahap? Bila tiap lembar satu tahap, tulis batch = "(nama lembar)" di [columns], dan satu [[batches]] untuk '
        'tiap lembar dengan register_names = ["nama lembarnya"].'
    ) in asked(proposed(other, tmp_path))


def test_a_row_of_totals_is_no_count_of_its_own(tmp_path: Path) -> None:
    head = "Nama Kegiatan,Kabupaten/Kota,Kuota Peserta,Peserta Terdaftar,Peserta Lulus"
    rows = ("Bimtek Tukang,Kab. Paser,40,38,35", "Uji Mandor,Kab. Paser,25,24,20", "Jumlah,,65,62,55")
    begun = begin(table(tmp_path, head, *rows), tmp_path / "h.csv", "id")
    assert begun.notes[-1] == "Baris jumlah yang dilewati: 1"
    drafted = (tmp_path / "h.csv").read_text(encoding="utf-8")
    assert "Jumlah" not in drafted
    assert drafted.count("64.01") == 6


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kec. waru, kab. penajam paser utara", "penajam paser utara"),
        ("kec. samarinda kota, kota samarinda", "samarinda"),
        ("kel. a kec. b kab. kutai timur", "kutai timur"),
        ("kab.paser", "paser"),
        ("jl. a / kota bontang", "bontang"),
        ("kab. kukar, kec. kota bangun", "kutai kartanegara"),
        ("kotabaru", "kotabaru"),
        ("kab. paser / kota samarinda", "kab. paser / kota samarinda"),
    ],
)
def test_a_region_is_read_out_of_an_address_unless_it_names_two(text: str, name: str) -> None:
    assert region_name(text) == name


def test_columns_of_unknown_headers_are_known_by_their_words_and_signatures_of_other_sheets_are_nobody(
    tmp_path: Path,
) -> None:
    """Two sheets, the shorter one signed in a row in which the longer one has somebody."""
    book = openpyxl.Workbook()
    for name, size in (("Kelas A", 9), ("Kelas B", 4)):
        sheet = book.active if name == "Kelas A" else book.create_sheet()
        sheet.title = name
        sheet.append(["DAFTAR PESERTA 2026"])
        sheet.append(["No. KTP", "Nama Peserta", "Tgl Lahir", "Domisili", "Rombongan", "Ujung"])
        for number in range(size):
            words = ("mangkir", "lulus uji", "SKK di loket")[number % 3]
            place = "Kec. Waru, Kab. Penajam Paser Utara"
            sheet.append(
                [f"640901040590{number:04}", "Orang", "4 Mei 1990", place, f"Gel. {'I' * (1 + number % 2)}", words]
            )
        sheet.append([])
        sheet.append(["", "", "", "Tanah Grogot", "Mengetahui", "Kepala"])
    book.save(tmp_path / "register.xlsx")
    text = proposed(tmp_path / "register.xlsx", tmp_path)
    assert 'batch = "Rombongan"  # ditebak dari isinya' in text
    assert 'status = "Ujung"  # ditebak dari isinya' in text
    assert [line.partition(" tidak dikenal")[0] for line in asked(text) if "kata di kolom" in line] == [
        "3 kata di kolom “Ujung”"
    ]
    assert text.count("[[batches]]") == 2
    assert "every_row" not in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_officer_s_page_says_of_every_status_how_far_it_counts(language: str) -> None:
    page = (ROOT / "docs" / language / "petugas.md").read_text(encoding="utf-8")
    rows = [line.split(" | ")[0] for line in page.splitlines() if line.startswith("| `") and "`" in line]
    groups = [tuple(re.findall(r"`(\w+)`", row)) for row in rows if row.startswith("| `") and "[" not in row]
    told = [group for group in groups if set(group) <= set(STATUS_LADDER)]
    assert [code for group in told for code in group] == list(STATUS_LADDER)
    assert all(len({STATUS_LADDER[code] for code in group}) == 1 for group in told)
