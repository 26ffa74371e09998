"""A table of counts turned into rows of the data: what the table says is filled in, what its owner must say is asked.

Pure. No stage and no measure is guessed, and no number that can be read in two ways; columns about people are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kompeten.ground.identifiers import identifiers
from kompeten.ground.rows import rows_text
from kompeten.ground.vocabulary import ALL, DIMENSIONS
from kompeten.ground.wording import Wording
from kompeten.register.reading.begin import Sheet, headers, is_personal
from kompeten.register.reading.check import CodeLists
from kompeten.register.reading.files import folded, tidy
from kompeten.register.reading.read import TOTAL_WORDS
from kompeten.register.reading.words import region_name

MISSING = ("", "-", "–", "n/a", "na", "...", "…")
"""What tables write where there is no count: none of them is a zero."""
ASKED = ("asal", "keterangan", "pertanyaan")
"""Columns beside those of the data: where a count stands, what its row is called, what is to be answered."""
YEAR = re.compile(r"20[0-4]\d")
FEW = 12
"""A column of more different texts than these is no category and may hold names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """Rows to be finished by hand. into: the table that they are for. text: CSV; asked: rows with a question.

    dropped: headers of the columns that are not used. sums: rows left out that sum up others.
    """

    into: str
    text: str
    asked: int
    dropped: tuple[str, ...]
    sums: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Where a table says what, by place: what a row is called, its region, year and unit, its counts, and the few words
    that tell rows apart, such as the sex: they have no place of their own.
    """

    names: list[int]
    region: int | None
    year: int | None
    unit: int | None
    counts: list[int]
    apart: list[int]

    @staticmethod
    def of(sheet: Sheet) -> _Columns:
        """Find them. Counts are numbers and missing ones alone: no number of the row, no code, nothing of people."""

        def first(*names: str) -> int | None:
            return next((sheet.names.index(name) for name in names if name in sheet.names), None)

        names = [place for place, name in enumerate(sheet.names) if name in headers()["counted"]["names"]]
        region = first(*headers()["counted"]["regions"], "provinsi", "nama provinsi", "propinsi")
        year, unit = first("tahun", "periode"), first("satuan")
        counts, apart = list[int](), list[int]()
        for place, name in enumerate(sheet.names):
            texts = {tidy(cells[place]) for _, cells in sheet.rows if place < len(cells)}
            if place in (*names, region, year) or is_personal(name) or name.startswith(("kode ", "id ")):
                continue
            if texts - {""} and all(text.casefold() in MISSING or _digits(text) for text in texts):
                counts.append(place)
            elif place != unit and not YEAR.fullmatch(name) and 1 < len(texts) <= FEW:
                apart += [] if any(any(identifiers(text)) for text in texts) else [place]
        return _Columns(names=names, region=region, year=year, unit=unit, counts=counts, apart=apart)


def drafted(sheet: Sheet, columns: Mapping[str, Sequence[str]], lists: CodeLists, say: Wording) -> Drafted:
    """Give a row of the data for each count of the table. columns: those of observations and of context."""
    own = _Columns.of(sheet)
    is_batch = sheet.layout == "sipjaki" or (sheet.layout == "other" and own.year is None)
    into = "observations" if is_batch else "context"
    used = {*own.names, *own.counts, own.region, own.year, own.unit}
    kept = [(number, cells) for number, cells in sheet.rows if not _is_sum(own.region, cells)]
    rows = [row for number, cells in kept for row in _rows(sheet, own, into, number, cells, lists, say)]
    return Drafted(
        into=into,
        text=rows_text([*columns[into], *ASKED], rows, delimiter=";"),
        asked=sum(bool(row["pertanyaan"]) for row in rows),
        dropped=tuple(header for place, header in enumerate(sheet.headers) if header and place not in used),
        sums=len(sheet.rows) - len(kept),
    )


def _is_sum(region: int | None, cells: Sequence[str]) -> bool:
    """Tell whether a row sums up those above it: a total that is of no region of its own."""
    is_of_none = region is not None and not any(map(tidy, cells[region : region + 1]))
    return is_of_none and any(folded(cell) in TOTAL_WORDS for cell in cells)


def _digits(text: str) -> bool:
    return bool(re.fullmatch(r"\d+([.,]\d+)*", text)) and not any(identifiers(text))


def _rows(
    sheet: Sheet, own: _Columns, into: str, number: int, cells: Sequence[str], lists: CodeLists, say: Wording
) -> Iterator[dict[str, str]]:
    """Give the rows of one row of the table: one for each column of counts."""

    def cell(place: int | None) -> str:
        return tidy(cells[place]) if place is not None and place < len(cells) else ""

    named = [text for place in (*own.names, *own.apart) if (text := cell(place)) and not any(identifiers(text))]
    others = ", ".join(sheet.headers[place] for place in own.apart)
    unit = "orang" if cell(own.unit).casefold() in ("", "orang") else ""
    if not any(cell(place) for place in range(len(sheet.headers))):
        return
    for place in own.counts:
        header, text = sheet.headers[place], cell(place)
        value, status, odd = _value(text)
        region, strange = _region_code(cell(own.region), lists, none=ALL if into == "observations" else "")
        period = sheet.names[place] if YEAR.fullmatch(sheet.names[place]) else cell(own.year)
        stage = "" if into == "context" else headers()["stages"].get(sheet.names[place], "")
        questions = [
            *(() if stage else (_stage_asked(sheet.names[place], header, named, into, say),)),
            *((say("count_number", number=text),) if odd else ()),
            *((say("count_region"),) if strange else ()),
            *((say("count_batch"),) if into == "observations" else ()),
            *((say("count_apart", columns=others),) if others and into == "context" else ()),
        ]
        codes = dict.fromkeys(DIMENSIONS, ALL) if into == "observations" else {"qualification_level": ALL}
        yield {
            **codes,
            "region_code": region,
            **({"stage": stage} if into == "observations" else {"period": period, "unit": unit}),
            "value": value,
            "status": status,
            "precision": "exact" if value else "",
            "preferred": "true",
            "asal": f"{header}, {say('count_row', row=number)}",
            "keterangan": "; ".join(named),
            "pertanyaan": " ".join(questions),
        }


def _value(text: str) -> tuple[str, str, bool]:
    """Read a count: its digits, its status, and whether it can be read in two ways, when it has no value."""
    if text.casefold() in MISSING:
        return "", "unknown", False
    if text.isdigit():
        return str(int(text)), "released", False
    return "", "", True


def _region_code(text: str, lists: CodeLists, *, none: str) -> tuple[str, bool]:
    """Give the code of a region by name or dotted code, and whether it must be asked for; none: what no text means."""
    if not text:
        return none, not none
    code = text if text in lists.codes["region_code"] else lists.labels["region_code"].get(region_name(folded(text)))
    return (code or "", not code)


def _stage_asked(name: str, header: str, named: Sequence[str], into: str, say: Wording) -> str:
    """Ask for the stage or measure; where stages run together, with those that the column may mean."""
    said = " ".join((name, *map(folded, named)))
    mixed = next((stages for each, stages in headers()["mixed"].items() if each in said), ())
    key = "count_" + ("mixed_" if mixed else "") + ("measure" if into == "context" else "stage")
    return say(key, column=header, stages=", ".join(mixed))
