"""What a cell may mean that is not written as it should be: two readings, of which only a person can choose. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from kompeten.intake.packages.typed import CANONICAL
from kompeten.intake.packages.values import Table

NUMBER = re.compile(r"(-?\d{1,15})(?:([.,])(\d+))?")
DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
DATES = frozenset({"as_of", "start_on", "end_on", "published_on", "period"})


def readings(column: str, kind: str, text: str, bps: Mapping[str, str]) -> tuple[str, str]:
    """Give the two readings of a cell that is not canonical and may mean either; two empty texts for any other."""
    if column in DATES:
        return _days(text)
    if column in ("region_code", "parent_code"):
        short = re.fullmatch(r"(\d\d)\.(\d)", text)
        if short:
            return f"{short[1]}.0{short[2]}", f"{short[1]}.{short[2]}0"
        is_bps = re.fullmatch(r"\d{4}", text) and text in bps
        return (bps[text], f"{text[:2]}.{text[2:]}") if is_bps else ("", "")
    if kind not in ("integer", "number") or not text or CANONICAL[kind].fullmatch(text):
        return "", ""
    found = NUMBER.fullmatch(text)
    if found is None or not found[2]:
        return "", ""
    return found[1] + found[3], f"{found[1]}.{found[3]}".rstrip("0").rstrip(".")


def _days(text: str) -> tuple[str, str]:
    """Read a date written with its day first, or with its month first; where only one is a date, the month alone."""
    found = DAY.fullmatch(text)
    if found is None:
        return "", ""
    one, two, year = found.groups()
    years = (year, year) if len(year) == 4 else (f"20{year}", f"19{year}")
    if len(year) == 2:
        return _day(years[0], two, one), _day(years[1], two, one)
    first, second = _day(year, two, one), _day(year, one, two)
    known = first or second
    # Where only one reading is a day, the month is sure, and only the day is asked about.
    return (first, second) if first and second and first != second else (known, known[:7])


def _day(year: str, month: str, day: str) -> str:
    """Give an ISO date, or nothing where there is no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def bps_codes(tables: Iterable[Table]) -> dict[str, str]:
    """Give BPS code to Kemendagri code of each region; empty where the table of regions cannot be read."""
    regions = [table for table in tables if table.name == "regions" and table.header[:2] == ("region_code", "bps_code")]
    return {row[1]: row[0] for table in regions for row in table.rows if len(row) > 1}
