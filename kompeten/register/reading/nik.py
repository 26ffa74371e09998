"""The structure of a NIK, the population number on every identity card: for checks in memory, nothing else.

Sixteen digits: region (province, regency, district), birth day (plus 40 for women), month, year of two digits, and a
serial. The first four are the Kemendagri code of the regency in which the number was first given.
``ground/identifiers.py`` knows the structure. Never used to tell who somebody is.
"""

from __future__ import annotations

import re
from datetime import date

from kompeten.ground.identifiers import is_nik


def digits(text: str) -> str:
    """Give the digits of a NIK as typed, without the spaces, dots, dashes and apostrophes people put between."""
    return re.sub(r"[\s.'`’\-]", "", text)


def is_well_formed(nik: str) -> bool:
    """Tell whether a text is sixteen digits with the structure of a NIK."""
    return nik.isdecimal() and is_nik(nik)


def region(nik: str) -> str:
    """Give the Kemendagri code of the regency, with its dot."""
    return f"{nik[:2]}.{nik[2:4]}"


def sex(nik: str) -> str:
    """Give L or P, from the day of birth."""
    return "P" if int(nik[6:8]) > 40 else "L"


def birth(nik: str) -> tuple[int, int, int]:
    """Give day, month and the last two digits of the year of birth."""
    return int(nik[6:8]) % 40, int(nik[8:10]), int(nik[10:12])


def birth_date(nik: str, *, before: date) -> date | None:
    """Give the birth date of somebody who was at least fifteen on a day; None where the digits are no date.

    A NIK holds two digits of the year: the later century counts unless it makes the person younger than that.
    """
    day, month, short = birth(nik)
    century = 2000 if 2000 + short <= before.year - 15 else 1900
    try:
        return date(century + short, month, day)
    except ValueError:
        return None
