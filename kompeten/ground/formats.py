"""Numbers, dates and batch numbers as each language writes them. Pure; no locale of the machine is asked.

Separators, months and lists are Babel's (CLDR). Ours are the minus sign, spans, rupiah in words and Roman numerals.

Indonesian: 1.080, 59,85%, Rp8,9 miliar, 30 Juni–4 Juli 2025.
English: 1,080, 59.85%, Rp8.9 billion, 30 June–4 July 2025.
Source: Ejaan Bahasa Indonesia yang Disempurnakan, edition V, for Indonesian separators and Rp without a space.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import parse_pattern

from kompeten.ground.findings import Language

UNTIL: dict[Language, str] = {"id": "sampai", "en": "until"}
SINCE: dict[Language, str] = {"id": "mulai", "en": "from"}
LOCALES: dict[Language, Locale] = {"id": Locale("id"), "en": Locale("en", "GB")}
DATES = {4: "y", 7: "MMMM y", 10: "d MMMM y"}
"""How a date is written, by the length of its ISO form."""
MINUS = "\N{MINUS SIGN}"
SCALES: dict[Language, tuple[tuple[int, str], ...]] = {
    "id": ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta")),
    "en": ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")),
}


def number(value: int | Decimal, language: Language, *, decimals: int = 0, signed: bool = False) -> str:
    """Write a number with the language's separators. Ties round away from zero. signed: a plus before a rise."""
    exact = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = _written(abs(exact), decimals, language)
    return (MINUS if exact < 0 else "+" if signed and exact > 0 else "") + text


@cache
def _written(value: Decimal, decimals: int, language: Language) -> str:
    """Write a number without its sign; remembered, since pages repeat their numbers."""
    return str(parse_pattern("#,##0" + "." * bool(decimals) + "0" * decimals).apply(value, LOCALES[language]))


def percent(value: Decimal, language: Language, *, decimals: int) -> str:
    """Write a percentage: ``59,85%`` or ``59.85%``. value: 59.85 for 59.85 per cent."""
    return number(value, language, decimals=decimals) + "%"


def money(rupiah: int, language: Language) -> str:
    """Write rupiah in words of scale where that loses nothing: ``Rp8,913 miliar``, otherwise in full."""
    for scale, word in SCALES[language]:
        # Three decimals at the most: beyond them the words would lose something.
        if abs(rupiah) >= scale and (rupiah * 1000) % scale == 0:
            short = (Decimal(rupiah) / scale).normalize()
            exponent = short.as_tuple().exponent
            places = max(0, -exponent) if isinstance(exponent, int) else 0
            return f"Rp{number(short, language, decimals=places)} {word}"
    return f"Rp{number(rupiah, language)}"


def in_short(value: int, precision: str | None) -> int:
    """Give three figures that count of a hedged number, ties away from zero, and all of one that is exact."""
    digits = max(0, len(str(abs(value))) - 3)
    rounded = Decimal(value).quantize(Decimal(1).scaleb(digits), rounding=ROUND_HALF_UP)
    return value if precision == "exact" else int(rounded)


ORDINALS: Mapping[str, str] = {
    word: str(number)
    for number, words in enumerate(
        (
            "i 1 satu one pertama kesatu first 1st", "ii 2 dua two kedua second 2nd",
            "iii 3 tiga three ketiga third 3rd", "iv 4 empat four keempat fourth 4th",
            "v 5 lima five kelima fifth 5th", "vi 6 enam six keenam sixth 6th",
            "vii 7 tujuh seven ketujuh seventh 7th", "viii 8 delapan eight kedelapan eighth 8th",
            "ix 9 sembilan nine kesembilan ninth 9th", "x 10 sepuluh ten kesepuluh tenth 10th",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
"""Words that number a batch, in both languages, and the number of each in digits."""


def roman(value: int) -> str:
    """Write a batch number from 1 to 39 in Roman numerals, as the agency numbers its batches."""
    if not 1 <= value <= 39:
        raise ValueError(f"no batch number: {value}")
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (value // 10) + ones[value % 10]


def date(iso: str, language: Language) -> str:
    """Write an ISO date of full or reduced precision: ``3 September 2025``, ``September 2025``, ``2025``."""
    # 2025 takes all of -01-01, 2025-09 its end, a whole day nothing.
    day = datetime.date.fromisoformat(iso + "-01-01"[len(iso) - 4 :])
    return format_date(day, DATES[len(iso)], LOCALES[language])


def date_range(start: str, end: str, language: Language) -> str:
    """Write a span once: ``8–12 September 2025``, ``30 Juni–4 Juli 2025``, ``2015–2025``.

    A start that is only the year of the end says no more than the end, ``sampai September 2023``; an end that is only
    the month of the start no more than the start, ``mulai 6 Oktober 2022``.
    """
    if start == end:
        return date(start, language)
    if start.startswith(f"{end}-"):
        return f"{SINCE[language]} {date(start, language)}"
    if end.startswith(f"{start}-"):
        return f"{UNTIL[language]} {date(end, language)}"
    first, last = start.split("-"), end.split("-")
    if len(first) == len(last) == 3 and first[:2] == last[:2]:
        return f"{int(first[2])}–{date(end, language)}"
    if len(first) == len(last) and len(first) > 1 and first[0] == last[0]:
        return f"{date(start, language).rsplit(' ', 1)[0]}–{date(end, language)}"
    if len(first) == len(last) == 1:
        return f"{start}–{end}"
    return f"{date(start, language)} – {date(end, language)}"


def file_size(size: int, language: Language) -> str:
    """Write a number of bytes in kB or MB (powers of ten)."""
    if size < 1000:
        return f"{size} B"
    scale, unit = (10**6, "MB") if size >= 10**6 else (10**3, "kB")
    return f"{number(Decimal(size) / scale, language, decimals=1)} {unit}"


def capital(text: str) -> str:
    """Begin a text with a capital letter, as a sentence does."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Begin a name with a small letter, unless it begins with an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def listing(items: list[str], language: Language) -> str:
    """Join words: ``I, II, dan IV``; ``I, II and IV``."""
    return format_list(items, locale=LOCALES[language])
