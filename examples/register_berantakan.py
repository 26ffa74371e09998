"""An invented register as an office would keep it: for the examples, and to try the door on. Nobody in it exists.

Names are numbers ("Peserta Contoh 0007"); the district part of every NIK is 99, which no regency has.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from kompeten.ground.vocabulary import UNKNOWN
from kompeten.register.reading.people import OUTCOMES, People
from kompeten.register.reading.words import age, band_limits

HEADERS = (
    "No",
    "Nama Lengkap",
    "NIK",
    "L/P",
    "Tanggal Lahir",
    "Kab/Kota KTP",
    "Tahap",
    "Kode Jabatan",
    "Jenjang",
    "Subklasifikasi",
    "Jalur",
    "Sumber Dana",
    "Lolos Verifikasi",
    "Peserta",
    "Hadir",
    "Selesai",
    "Asesmen",
    "Hasil",
    "SKK",
)

TITLE_ROWS: tuple[tuple[str, ...], ...] = (
    ("DAFTAR PESERTA PELATIHAN DAN SERTIFIKASI (CONTOH, DATA SINTETIS)",),
    ("Semua nama, NIK, dan hasil di berkas ini rekaan",),
    (),
)

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "L": ("L", "Laki-laki", "l", "LK", "Pria"),
    "P": ("P", "Perempuan", "p", "PR", "Wanita"),
    "yes": ("Ya", "ya", "V", "1", "YA "),
    "no": ("Tidak", "-", "", "0", "tdk"),
    "kompeten": ("K", "Kompeten", "lulus", "k "),
    "belum_kompeten": ("BK", "Belum Kompeten", "tidak lulus"),
    "menunggu": ("menunggu", "Menunggu Keputusan"),
    "": ("", "-"),
    "ahli": ("Ahli", "Tenaga Ahli", "ahli "),
    "fresh_graduate": ("Fresh Graduate", "FG", "Lulusan Baru"),
    "asesor": ("Asesor",),
    "instruktur": ("Instruktur",),
    UNKNOWN: ("-", ""),
    "apbd_provinsi": ("APBD Provinsi", "APBD", "apbd provinsi"),
    "apbn_bjkw": ("APBN BJKW", "BJKW V Banjarmasin"),
    "bankeu_spesifik": ("Bankeu", "Bantuan Keuangan"),
    "apbd_kabkota": ("APBD Kab/Kota",),
}
LEVEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "7": ("7", "Jenjang 7", "Ahli Muda", "jenjang 7"),
    "8": ("8", "Jenjang 8", "Ahli Madya"),
    "9": ("9", "Jenjang 9", "Ahli Utama"),
}


def register_rows(
    people: People,
    *,
    batch_words: Mapping[str, Sequence[str]],
    starts: Mapping[str, date],
    region_words: Mapping[str, Sequence[str]],
    positions: Mapping[tuple[str, str], str],
    seed: int,
) -> list[tuple[str, ...]]:
    """Give one row an enrolment, in the order of HEADERS, spelt as a dozen hands would.

    batch_words: what each batch may be called. starts: first day of each batch. region_words: names and codes of each
    region. positions: position code of a subclassification and "fresh_graduate", where there is one of its own.
    """
    draw = np.random.default_rng(seed)
    serial: dict[str, int] = {}
    rows = []
    for number in range(people.size):
        batch_id = people.batches[int(people.batch[number])]
        codes = {
            dimension: people.codes[dimension][int(people.columns[dimension][number])] for dimension in people.codes
        }
        born = _birth_date(draw, codes["age_band"], starts[batch_id])
        rows.append(
            (
                str(number + 1),
                f"Peserta Contoh {number + 1:04d}",
                _nik_as_typed(draw, _nik(codes, born, serial)),
                _one(draw, SPELLINGS[codes["sex"]]),
                _date_as_typed(draw, born),
                _one(draw, region_words[codes["region_code"]]),
                _one(draw, batch_words[batch_id]),
                _position(draw, codes, positions),
                _one(draw, LEVEL_WORDS.get(codes["qualification_level"], _level_words(codes["qualification_level"]))),
                codes["classification"],
                _one(draw, SPELLINGS[codes["track"]]),
                _one(draw, SPELLINGS[codes["funding_source"]]),
                *_steps(draw, people, number),
            )
        )
    return rows


def messy_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Lay out rows as a spreadsheet program here would: semicolons, byte order mark, titles above, totals below."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([*TITLE_ROWS, HEADERS, *with_blank_lines(rows), *total_rows(len(rows))])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def with_blank_lines(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Put an empty line after every hundredth row, as pages break."""
    return [line for place, row in enumerate(rows, start=1) for line in ((row, ()) if place % 100 == 0 else (row,))]


def total_rows(count: int) -> list[tuple[str, ...]]:
    """Give what stands below a list: a total and a signature."""
    return [(), ("Jumlah", f"{count} orang"), (), ("Mengetahui,",), ("Kepala Bidang (contoh)",)]


def _nik(codes: Mapping[str, str], born: date, serial: dict[str, int]) -> str:
    """Give a NIK of the right structure for nobody: district 99."""
    day = born.day + (40 if codes["sex"] == "P" else 0)
    start = f"{codes['region_code'].replace('.', '')}99{day:02d}{born:%m%y}"
    serial[start] = serial.get(start, 0) + 1
    return f"{start}{serial[start]:04d}"


def _nik_as_typed(draw: np.random.Generator, nik: str) -> str:
    """Give a NIK as people type it: plain, with an apostrophe, or in groups."""
    return (nik, nik, "'" + nik, f"{nik[:6]} {nik[6:12]} {nik[12:]}", nik + " ")[int(draw.integers(5))]


def _birth_date(draw: np.random.Generator, band: str, on: date) -> date:
    """Give a birth date whose age on a day lies in a band."""
    least, most = band_limits(band) or (25, 34)
    least, most = max(least, 21), min(most, 60)
    years = int(draw.integers(least, most + 1))
    born = on.replace(year=on.year - years) - timedelta(days=int(draw.integers(1, 300)))
    while age(born, on) > most:
        born += timedelta(days=30)
    return born


def _date_as_typed(draw: np.random.Generator, day: date) -> str:
    """Give a date in one of the ways that a list of people mixes."""
    return (f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%Y}", day.isoformat())[int(draw.integers(3))]


def _position(draw: np.random.Generator, codes: Mapping[str, str], positions: Mapping[tuple[str, str], str]) -> str:
    """Give a position code that agrees with level, subclassification and track; empty without a level."""
    level, subclass = codes["qualification_level"], codes["classification"]
    if level == UNKNOWN or subclass == UNKNOWN:
        return ""
    kind = "1" if level in "789" else "2" if level in "456" else "3"
    code = positions.get((subclass, codes["track"]), f"{subclass}{kind}9{int(draw.integers(10, 99))}")
    return code if draw.random() < 0.7 else f"{code[:2]} {code[2:4]} {code[4]} {code[5:]}"


def _level_words(level: str) -> tuple[str, ...]:
    return ("-", "") if level == UNKNOWN else (level, f"Jenjang {level}", f"jenjang {level} ")


def _steps(draw: np.random.Generator, people: People, number: int) -> tuple[str, ...]:
    """Give the yes-or-no columns, the result and the certificate of one enrolment."""
    rung = int(people.rung[number])
    answers = [_one(draw, SPELLINGS["yes" if rung >= step else "no"]) for step in range(1, 6)]
    result = _one(draw, SPELLINGS[OUTCOMES[int(people.outcome[number])]])
    return (*answers, result, _one(draw, SPELLINGS["yes" if people.issued[number] else "no"]))


def _one(draw: np.random.Generator, words: Sequence[str]) -> str:
    return str(words[int(draw.integers(len(words)))])
