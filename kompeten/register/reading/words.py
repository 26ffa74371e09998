"""What offices write, read as codes: yes and no, dates, levels, sexes, regions, decisions. Pure.

Every reader gives None where it cannot tell; the caller makes a finding of the place, never of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import get_month_names

from kompeten.ground.formats import ORDINALS, roman
from kompeten.ground.vocabulary import RUNGS
from kompeten.register.reading.people import OUTCOMES

YES = frozenset((
    "ya", "y", "yes", "1", "true", "v", "✓", "√", "ok", "ada", "hadir", "lulus", "lolos", "sudah", "ikut", "mengikuti",
    "selesai", "memenuhi", "memenuhi syarat", "diterima", "ditetapkan", "terbit",
))  # fmt: skip
"""What says yes. A lone x does not: it ticks a box as often as it crosses one out."""
NO = frozenset(("", "t", "0", "false", "-", "–", "—", "n", "no", "th", "tms", "absen", "gagal", "ditolak"))
NEGATIONS = ("tidak", "tdk", "tak", "belum", "blm", "bukan", "not")
"""What begins with one of these words says no."""
DECISIONS: Mapping[str, str] = {
    "k": "kompeten",
    "kompeten": "kompeten",
    "lulus": "kompeten",
    "bk": "belum_kompeten",
    "belum kompeten": "belum_kompeten",
    "tidak kompeten": "belum_kompeten",
    "tidak lulus": "belum_kompeten",
    "tk": "belum_kompeten",
    "gagal": "belum_kompeten",
    **dict.fromkeys(("competent", "c", "pass", "passed"), "kompeten"),
    **dict.fromkeys(("not yet competent", "nyc", "not competent", "fail", "failed"), "belum_kompeten"),
    **dict.fromkeys(("pending", "awaiting decision"), "menunggu"),
    "menunggu": "menunggu",
    "menunggu keputusan": "menunggu",
    "banding": "menunggu",
    **dict.fromkeys(("", "-", "–", "—"), ""),
}
SEXES: Mapping[str, str] = {
    **dict.fromkeys(("l", "laki-laki", "laki laki", "laki", "lk", "pria", "male", "m"), "L"),
    **dict.fromkeys(("p", "perempuan", "pr", "wanita", "female", "f"), "P"),
}
TRACKS: Mapping[str, str] = {
    **dict.fromkeys(("ahli", "tenaga ahli", "umum", "expert"), "ahli"),
    **dict.fromkeys(("fresh graduate", "freshgraduate", "fresh_graduate", "fg", "lulusan baru"), "fresh_graduate"),
    **dict.fromkeys(("asesor", "asesor kompetensi", "asesor kompeten"), "asesor"),
    **dict.fromkeys(("instruktur", "instruktur kompeten"), "instruktur"),
}
FUNDING: Mapping[str, str] = {
    **dict.fromkeys(
        ("apbd", "apbd prov", "apbd prov.", "apbd provinsi", "apbd_provinsi", "apbd kaltim"), "apbd_provinsi"
    ),
    **dict.fromkeys(("apbn", "bjkw", "apbn bjkw", "apbn_bjkw", "bjkw v", "bjkw v banjarmasin"), "apbn_bjkw"),
    **dict.fromkeys(("bankeu", "bantuan keuangan", "bankeu spesifik", "bankeu_spesifik"), "bankeu_spesifik"),
    **dict.fromkeys(("apbd kabupaten", "apbd kota", "apbd kab/kota", "apbd_kabkota"), "apbd_kabkota"),
}
SPELLINGS: Mapping[str, Mapping[str, str]] = {"sex": SEXES, "track": TRACKS, "funding_source": FUNDING}
"""Dimension to the spellings of its codes that every office uses, beside their names."""

GRADES: Mapping[str, str] = {"muda": "7", "madya": "8", "utama": "9"}
LEVEL_GROUPS: Mapping[str, str] = {
    "ahli": "ahli",
    **dict.fromkeys(("teknisi", "analis", "teknisi/analis", "teknisi / analis"), "teknisi_analis"),
    "operator": "operator",
}
"""Groups of levels by the words of the qualification; the codes are those of the code list."""

REGION_NICKNAMES: Mapping[str, str] = {
    "kukar": "kutai kartanegara",
    "kubar": "kutai barat",
    "kutim": "kutai timur",
    "ppu": "penajam paser utara",
    "mahulu": "mahakam ulu",
    "mahakam hulu": "mahakam ulu",
}
# Not 31 December: spreadsheets count a 29 February 1900, which there never was.
SPREADSHEET_DAY_ZERO = date(1899, 12, 30)
UNKNOWN_WORDS = frozenset({"", "-", "–", "—", "tidak diketahui", "tidak tahu", "n/a", "na", "_u"})
MONTHS: Mapping[str, int] = {
    name.casefold().rstrip("."): month
    for language in ("en", "id")
    for width in ("wide", "abbreviated")
    for month, name in get_month_names(width, locale=language).items()
} | {"agt": 8, "ags": 8, "nop": 11, "pebruari": 2, "peb": 2, "sept": 9}
"""Months by name, long and short, in both languages."""

STATUS_LADDER: Mapping[str, tuple[str, str, bool]] = {
    **dict.fromkeys(("terdaftar", "berkas_kurang", "tidak_memenuhi_syarat"), ("pendaftar", "", False)),
    **dict.fromkeys(("memenuhi_syarat", "cadangan"), ("lolos_verifikasi", "", False)),
    **dict.fromkeys(("ditetapkan", "mengundurkan_diri", "tidak_hadir"), ("peserta", "", False)),
    "gugur": ("hadir", "", False),
    **dict.fromkeys(("selesai_pelatihan", "tidak_ikut_asesmen"), ("selesai", "", False)),
    **dict.fromkeys(("menunggu_keputusan", "banding"), ("asesi", "menunggu", False)),
    "kompeten": ("asesi", "kompeten", False),
    **dict.fromkeys(("belum_kompeten", "uji_ulang"), ("asesi", "belum_kompeten", False)),
    **dict.fromkeys(("skk_terbit", "skk_kedaluwarsa", "skk_dicabut"), ("asesi", "kompeten", True)),
}
"""For each status of the code list outcome_statuses: the last rung, the outcome, whether a certificate was issued."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an enrolment came: positions in RUNGS and OUTCOMES, and whether a certificate was issued."""

    rung: int
    outcome: int
    issued: bool


def progress_of_status(status: str) -> Progress | None:
    """Read one status code of the code list."""
    if status not in STATUS_LADDER:
        return None
    rung, outcome, issued = STATUS_LADDER[status]
    return Progress(rung=[*RUNGS].index(rung), outcome=OUTCOMES.index(outcome), issued=issued)  # type: ignore[arg-type]


def stage_of_status(status: str) -> str:
    """Give the one stage that a status tells of everybody who has it: the last that was reached."""
    rung, outcome, issued = STATUS_LADDER[status]
    return "skk_terbit" if issued else outcome if outcome in ("kompeten", "belum_kompeten") else rung


def yes_or_no(text: str) -> bool | None:
    """Read a yes or a no; an empty cell is a no, and so is what begins with a negation; nobody knows is neither."""
    is_no = text in NO or (text.split()[:1] or [""])[0] in NEGATIONS
    return True if text in YES else False if is_no and text not in ("tidak tahu", "tidak diketahui") else None


def certificate_issued(text: str) -> bool | None:
    """Read whether a certificate was issued; a number or a date stands for yes and is forgotten at once."""
    known = yes_or_no(text)
    return known if known is not None else any(character.isdigit() for character in text) or None


def day(text: str) -> date | None:
    """Read a date: 30/6/2025, 30-06-2025, 30.6.2025, 30 Juni 2025 or 2025-06-30; day before month, as here. A place
    may stand before it: Samarinda, 30 Jun 2025.

    Five digits alone are the day number that a spreadsheet shows for a date it was not told to format.
    """
    place, _, rest = text.rpartition(",")
    if place.strip() and not any(map(str.isdigit, place)):
        return day(rest.strip())
    words = re.sub(r"[,-]", " ", text.casefold().replace(".", " ")).split()
    if len(words) == 3 and words[1] in MONTHS:
        return _date(words[2], str(MONTHS[words[1]]), words[0])
    if re.fullmatch(r"[1-5]\d{4}", text):
        return SPREADSHEET_DAY_ZERO + timedelta(days=int(text))
    numbers = re.fullmatch(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ t].*)?", text.casefold())
    if numbers is None:
        return None
    first, middle, last = numbers.groups()
    return _date(first, middle, last) if len(first) == 4 else _date(last, middle, first)


def _date(year: str, month: str, day_of_month: str) -> date | None:
    if len(year) != 4 or not (year + month + day_of_month).isdecimal():
        return None
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None


ROMAN = tuple(roman(number).lower() for number in range(1, 13))
BATCH_NAME = re.compile(
    r"(?:(?:tahap|tahapan|thp|angkatan|angk|gelombang|gel|batch|phase|cohort)\s*)?(?:ke\s*)?(?:no\s*)?(\d{1,2}|[a-z]+)"
    r"(?:\s+(?:tahun\s+)?(20\d\d))?"
)


PROGRESS = re.compile(
    r"\b(?:lulus|kompeten|b?k|skk|sertifikat|uji|asesmen|mundur|mangkir|hadir|gugur|cadangan|berkas|menunggu|lolos|terbit"
    r"|passed|failed|certificate|absent|withdrawn|waiting)\b"
)
"""Signs that a text says how far somebody came."""
NAMED_BATCH = re.compile(r"(?:tahap|thp|angk|gel|batch|phase|cohort)")


def batch_number(text: str) -> tuple[int, str] | None:
    """Give the number and the year, "" where there is none, of a batch: Tahap II, angkatan ke-2, 2 (2026).

    What stands in brackets counts where it has a digit: "Angk. ke-1 (Samarinda)" is the first. None for any other text.
    """
    own = re.sub(r"\(\D*\)", " ", text) if any(map(str.isdigit, text)) else text
    found = BATCH_NAME.fullmatch(" ".join(re.sub(r"[-–./,():]", " ", own).split()))
    if found is None:
        return None
    number = int(ORDINALS.get(found[1], found[1] if found[1].isdigit() else 0))
    return (number, found[2] or "") if 1 <= number <= len(ROMAN) else None


def level(text: str) -> str | None:
    """Read a level: 7, Jenjang 7, KKNI 7, Ahli Muda; or a group of levels where no more is written: Ahli, Teknisi."""
    own = re.fullmatch(r"(?:(?:jenjang|jenj|jjg|jnj|level|lvl|kkni|tingkat|j)\.?\s*)*\.?\s*([1-9]|[ivx]+)", text)
    if own is not None and (own[1].isdigit() or own[1] in ROMAN[:9]):
        return own[1] if own[1].isdigit() else str(ROMAN.index(own[1]) + 1)
    if text in LEVEL_GROUPS:
        return LEVEL_GROUPS[text]
    words = text.replace("(", " ").split()
    if "ahli" in words:
        return next((GRADES[word] for word in words if word in GRADES), None)
    inner = re.search(r"jenjang\s*([1-9])\b", text)
    return inner.group(1) if inner is not None else GRADES.get(text)


REGION = re.compile(r"(?:^|[,;/(–-]\s*|\s(?=kab))(?:kabupaten|kab\b\.?|kota(?:madya)?)\s*(?<=[\s.])([^,;/()–]+)")
"""A region by its kind, alone or in an address: Kec. Waru, Kab. Penajam Paser Utara."""


def region_name(text: str) -> str:
    """Give a region's name without its kind, nicknames spelt out; a text that names two stays as it is."""
    found = [*dict.fromkeys(name.strip() for name in REGION.findall(text))]
    name = re.sub(r"\s+(regency|city)$", "", found[0] if len(found) == 1 else text).strip()
    return REGION_NICKNAMES.get(name, name)


def position_code(text: str) -> str | None:
    """Read a job-position code such as SI 04 1 025; None unless it has the form of one."""
    code = re.sub(r"[\s.\-]", "", text).upper()
    return code if re.fullmatch(r"[A-Z]{2}\d{2}[123]\d{3}", code) else None


LEVELS_OF_POSITION: Mapping[str, tuple[str, ...]] = {
    "1": ("ahli", *"789"),
    "2": ("teknisi_analis", *"456", "teknisi_operator"),
    "3": ("operator", *"123", "teknisi_operator"),
}
"""Fifth sign of a position code to the levels that it allows, the group that it tells first: expert, technician,
operator."""


def age(born: date, on: date) -> int:
    """Give the whole years of age on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_band(years: int, bands: Mapping[str, tuple[int, int]]) -> str | None:
    """Give the band that holds an age; bands: code to least and greatest age, both inclusive."""
    return next((code for code, (least, most) in bands.items() if least <= years <= most), None)


def band_limits(code: str) -> tuple[int, int] | None:
    """Read a band's limits from its code: Y15T24, Y_GE55, Y_LT35; None for other codes."""
    closed = re.fullmatch(r"Y(\d+)T(\d+)", code)
    if closed is not None:
        return int(closed.group(1)), int(closed.group(2))
    opened = re.fullmatch(r"Y_(GE|LT)(\d+)", code)
    if opened is None:
        return None
    edge = int(opened.group(2))
    return (edge, 120) if opened.group(1) == "GE" else (0, edge - 1)
