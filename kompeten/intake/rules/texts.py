"""Rules about texts, on every cell and descriptor whatever else is wrong: no person, no formula, no markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from kompeten.ground.findings import Finding
from kompeten.ground.identifiers import UNSEEN, identifiers, is_nik
from kompeten.ground.inert import nearly
from kompeten.intake.messages import finding, finding_with, joined, shown, word
from kompeten.intake.names import PROSE, declared, holds_name, known_words
from kompeten.intake.packages import Table
from kompeten.intake.packages.descriptors import PROPERTIES
from kompeten.intake.packages.text import CELL_LIMIT, parse_toml
from kompeten.intake.packages.values import types_in
from kompeten.intake.rules.book import Book, Rule
from kompeten.intake.rules.sieve import Alike, Held, half_numbers

MIRRORS: tuple[str, ...] = ("atriumwin.pro", "pendidikan.malangkab.go.id")
"""Copies of other publishers' pages that are never linked: the address of the original is cited, or the title alone."""

FORMULA = "=+-@＝＋－＠"
BROKEN = re.compile(r"#(?:REF|VALUE|NAME|NUM|NULL|DIV/0|SPILL|CALC)[!?]|#N/A\b|\bErr:5\d\d\b|#{4,}")
MOJIBAKE = re.compile(
    "\ufffd|[\u00c2\u00c3][\u0080-\u00bf\u2018-\u203a\u20ac]|\u00e2\u20ac|\u00ef\u00bb\u00bf"
    r"|\+(?:A[A-P]|I[A-F])[A-Za-z0-9+/]-"
)
ADDRESS = re.compile(r"(?i:\b(?:javascript|vbscript|livescript)\s*:|\bdata:[a-z]+/|\bfile:/|\bblob:|://[^\s/?#]*@)")
CONTROL = re.compile(r"%(?:[01][0-9A-Fa-f]|7[Ff])")
MARKUP = re.compile(r"<[A-Za-z/!?%]|\$\{|\[\[|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);|\]\(|\{[{%#:]")
FIGURE = re.compile(r"[-+]?(?:[\d.,\s]*|inf(?:inity)?)", re.IGNORECASE)
"""What may stand in a column of numbers without being a formula, however it is written."""
HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that cannot be seen: controls, direction overrides, private use, line separators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One text with its place. is_cell: a spreadsheet may run it. is_prose: anything may be written there."""

    file: str
    text: str
    row: int | None = None
    column: str | None = None
    is_cell: bool = False
    is_prose: bool = False

    def wrong(self, rule: str, **details: object) -> Finding:
        """Say that this text breaks a rule."""
        return finding_with(details, rule, file=self.file, row=self.row, column=self.column)


Known = set[tuple[str, bool, bool]]
"""Texts in which nothing was found, with what their places are: there is no need to look at them again."""


def passages(book: Book, clean: Known) -> Iterator[Passage]:
    """Give every text of a data folder that is not clean: headers, cells, descriptors, lines of the files beside."""
    for package in book.packages.packages:
        for place, text in _strings(package.descriptor):
            if (text, False, True) not in clean:
                yield Passage(file=package.file, text=text, column=place, is_prose=True)
        for table in package.tables:
            yield from _cells(table, types_in(package.resource(table.name)), clean)
    for file, content in book.packages.texts.items():
        for number, line in enumerate(content.split("\n"), start=1):
            yield Passage(file=file, text=line, row=number, is_prose=True)
        if "\\" in content and file.endswith(".toml"):
            for place, text in _strings(parse_toml(file, content)[0]):
                if text not in content:  # written with escapes: what it says stands in no line
                    yield Passage(file=file, text=text, column=place, is_prose=True)


def _cells(table: Table, types: Mapping[str, str], clean: Known) -> Iterator[Passage]:
    """Give the header and every filled cell of a table; cells beyond the header have no column."""
    for name in table.header:
        yield Passage(file=table.file, text=name, row=1, is_cell=True)
    columns = [
        (nearly(name, types), types.get(name, "string") == "string", PROSE.fullmatch(name) is not None)
        for name in table.header
    ]
    for number, cells in zip(table.row_numbers, table.rows, strict=True):
        for index, text in enumerate(cells):
            column, is_text, is_prose = columns[index] if index < len(columns) else (None, True, False)
            # A minus begins a number as well as a formula: in a column of numbers the form tells.
            is_cell = is_text or not FIGURE.fullmatch(text)
            if text and (text, is_cell, is_prose) not in clean:
                yield Passage(file=table.file, text=text, row=number, column=column, is_cell=is_cell, is_prose=is_prose)


def _strings(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of a JSON value, keys included, with its place in dots."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _strings(each, f"{place}[{number}]")
    elif isinstance(value, dict):
        for key, each in value.items():
            inner = f"{place}.{_property(key)}".lstrip(".")
            yield inner, key
            yield from _strings(each, inner)


@lru_cache(maxsize=2**10)
def _property(key: str) -> str:
    return nearly(key, PROPERTIES)


def texts(book: Book) -> Iterator[Finding]:
    """Every text passes the rules below; a text that breaks several is named once, by the first."""
    clean: Known = set()
    judges: tuple[Callable[[Passage], Finding | None], ...] = (
        *JUDGES,
        partial(person_name, known=_words_of(book.whole or book)),
    )
    for passage in passages(book, clean):
        found = next((each for judge in judges if (each := judge(passage))), None)
        if found:
            yield found
        else:
            clean.add((passage.text, passage.is_cell, passage.is_prose))


NAMES = re.compile(r"(?:name|organiser|abbreviation)_?(?:id|en)?|publisher")
"""Columns whose words are nobody's name: code lists, regions, programmes, publishers."""


def _words_of(book: Book) -> frozenset[str]:
    """Give the words that a note may write with a capital: those declared, and those of the data's own names."""
    names = {
        row.text(column)
        for rows in book.rows.values()
        if any(map(NAMES.fullmatch, rows[0].values if rows else ()))
        for row in rows
        for column in row.values
        if NAMES.fullmatch(column)
    }
    return declared() | known_words(names)


def person_name(passage: Passage, known: Collection[str]) -> Finding | None:
    """No note, reason or description names a person: offices and roles speak. Publications are cited as they are."""
    return passage.wrong("person-name") if passage.is_prose and holds_name(passage.text, known) else None


def split_numbers(book: Book) -> Iterator[Finding]:
    """No identity number stands in two cells of a row, half in each, nor in several texts, a part in each."""
    for table in book.packages.tables():
        prose = frozenset(place for place, name in enumerate(table.header) if PROSE.fullmatch(name))
        for number, cells in zip(table.row_numbers, table.rows, strict=True):
            halves = [(place, cell) for place, cell in enumerate(cells) if HALF.fullmatch(cell)]
            found = {place for (place, one), (_, other) in pairwise(halves) if is_nik(one + other)}
            notes = [(place, cell) for place, cell in enumerate(cells) if place in prose and cell]
            found |= {start for start, digits in _joined(notes) if is_nik(digits)}
            if found:
                column, kinds = shown((*table.header, "")[min(min(found), len(table.header))]), word("personal.nik")
                yield finding("personal-data", file=table.file, row=number, column=column, kinds=kinds)


HALF = re.compile(r"\d{2,14}")
TAIL, HEAD = re.compile(r"(?<![\d.,])\d{2,14}$"), re.compile(r"\d{2,14}(?![\d.,])")


def _joined(cells: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Give the last digits of each text with the first ones of the next, and on where that is digits alone."""
    for start, (place, text) in enumerate(cells):
        digits = found.group() if (found := TAIL.search(text)) else ""
        for _, other in cells[start + 1 :] if digits else ():
            head = found.group() if (found := HEAD.match(other)) else ""
            digits += head
            yield place, digits
            if head != other:
                break


def personal_data(passage: Passage) -> Finding | None:
    """No text holds an identity, family card, telephone, tax or certificate number or an e-mail address."""
    kinds = tuple(identifiers(passage.text))
    if not kinds:
        return None
    return passage.wrong("personal-data", kinds=joined(word(f"personal.{kind}") for kind in kinds))


def too_long(passage: Passage) -> Finding | None:
    """No text is longer than 5,000 letters: nobody reads it, and searching it is slow."""
    return passage.wrong("cell-too-long", limit=CELL_LIMIT) if len(passage.text) > CELL_LIMIT else None


def hidden_characters(passage: Passage) -> Finding | None:
    """No text holds characters that cannot be seen: control characters, direction overrides, zero widths.

    Blanks at either end of a cell are said by the schemas' side.
    """
    text = passage.text.strip()
    if text.isprintable() and not UNSEEN.search(text):  # most of them: no letter is of a hidden category
        return None
    found = next((each for each in text if unicodedata.category(each) in HIDDEN or UNSEEN.match(each)), None)
    return None if found is None else passage.wrong("hidden-character", code=f"U+{ord(found):04X}")


def broken_value(passage: Passage) -> Finding | None:
    """No text holds what a spreadsheet writes where it could not work out a formula: #REF!, #N/A, Err:502."""
    return passage.wrong("broken-value") if passage.is_cell and BROKEN.search(passage.text) else None


def broken_encoding(passage: Passage) -> Finding | None:
    """No text holds the traces of a wrong encoding: the replacement character, or two letters for one sign."""
    return passage.wrong("broken-encoding") if MOJIBAKE.search(passage.text) else None


def lookalike(passage: Passage) -> Finding | None:
    """No text holds letters or digits of another script, which look like ours and are not; nor odd blanks."""
    if passage.text.isascii():
        return None
    for letter in passage.text.strip():
        kind = unicodedata.category(letter)
        if _is_lookalike(letter, kind, is_prose=passage.is_prose):
            name = unicodedata.name(letter, "?")
            return passage.wrong("lookalike", letter=letter, code=f"U+{ord(letter):04X}", name=name)
        if kind == "Zs" and letter != " ":
            return passage.wrong("odd-blank", code=f"U+{ord(letter):04X}")
    return None


LATIN = re.compile("[\u00c0-\u0130\u0132-\u0137\u0139-\u017e\u0218-\u021b\u1e00-\u1eff]")
"""Letters beyond ASCII that names and loan words are written with; none of them looks like another."""
SIGNS = frozenset("²³¼½¾ªºµ™")
"""Signs that stand for letters or digits, and are read as themselves."""


def _is_lookalike(letter: str, kind: str, *, is_prose: bool) -> bool:
    """Tell whether a character is, or hides, a letter or digit that is not ours; in a code, a sign besides."""
    if letter.isascii() or letter in SIGNS or LATIN.match(letter):
        return False
    plain = unicodedata.normalize("NFKC", letter)
    means_ours = any(each.isascii() and each.isalnum() for each in plain)
    is_foreign = (kind[0] in "LMN" and kind != "Lm") or "\uff00" <= letter <= "\uffef"
    return means_ours or is_foreign or (plain.isascii() and kind[0] == "P" and not is_prose)


def address(passage: Passage) -> Finding | None:
    """No address runs a script, opens a file of the reader, or carries a user's name and password."""
    is_broken = passage.column == "url" and not _is_address(passage.text)
    return passage.wrong("address") if is_broken or ADDRESS.search(passage.text) else None


def _is_address(text: str) -> bool:
    """Tell whether a text can be taken apart as the address of a page; its form the schema judges."""
    try:
        host = urlsplit(text).hostname or ("" if text.startswith("http") else ".")
    except ValueError:
        return False
    return "." in host and "xn--" not in host and not CONTROL.search(text)


def formula(passage: Passage) -> Finding | None:
    """No text in a table begins like a formula that a spreadsheet would run; numbers are told by their type."""
    begins = passage.text.lstrip()[:1]
    return passage.wrong("formula", sign=begins) if passage.is_cell and begins and begins in FORMULA else None


def markup(passage: Passage) -> Finding | None:
    """No text holds markup: HTML, entities, Markdown links, template braces. Documents beside the data may.

    Of a line of TOML that is the value of a key; sections and remarks are written in brackets.
    """
    text = passage.text
    if passage.file.endswith(".toml") and passage.row is not None:
        text = "" if text.lstrip().startswith("#") else text.partition("=")[2]
    return passage.wrong("markup") if MARKUP.search(text) and not passage.file.endswith(".md") else None


def mirror(passage: Passage) -> Finding | None:
    """No text names a site that copies others: those are never linked."""
    found = next((name for name in MIRRORS if name in passage.text.lower()), None)
    return passage.wrong("mirror", found=found) if found and not passage.file.endswith((".md", ".toml")) else None


JUDGES: tuple[Callable[[Passage], Finding | None], ...] = (
    too_long,
    address,
    personal_data,
    hidden_characters,
    broken_encoding,
    lookalike,
    broken_value,
    formula,
    markup,
    mirror,
)


def both_languages(book: Book) -> Iterator[Finding]:
    """A text in Indonesian has its English beside it, and the other way round: both are filled in, or neither."""
    for name, rows in book.rows.items():
        table = book.packages.table(name)
        columns = [column for column in (table.header if table else ()) if column.endswith("_en")]
        pairs = [(column[:-3] + "_id", column) for column in columns]
        for row in rows:
            for indonesian, english in pairs:
                if indonesian in row.values and (row[indonesian] is None) is not (row[english] is None):
                    empty = indonesian if row[indonesian] is None else english
                    yield row.wrong("both-languages", empty)


def synthetic_names(book: Book) -> Iterator[Finding]:
    """Invented programmes say SINTETIS and SYNTHETIC in their names; real ones do not."""
    first = book.packages.packages[0].descriptor.get("synthetic") if book.packages.packages else None
    for row in book.table("programmes"):
        for column, mark in (("name_id", "SINTETIS"), ("name_en", "SYNTHETIC")):
            if isinstance(first, bool) and (mark in row.text(column).upper()) is not first:
                yield row.wrong("synthetic-name" if first else "synthetic-name-real", column, mark=mark)


RULES = (
    Rule(judge=texts, sieves={"*": Alike(has_all=True)}),
    Rule(judge=split_numbers, sieves={"*": Held(by=(half_numbers,))}),
    Rule(judge=both_languages, sieves={"*": Alike(has_pairs=True)}),
    Rule(judge=synthetic_names, needs=("programmes",)),
)
