"""The names and numbers of a register, in memory, to look for exactly those in what is about to be published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kompeten.register.reading import nik
from kompeten.register.reading.config import Config
from kompeten.register.reading.read import Row

NAME_LETTERS_AT_LEAST = 4
"""A shorter name of one word is a word of the language as often as a name: looking for it would stop honest texts."""
NAME_WORDS_AT_MOST, NUMBER_AT_MOST = 12, 24
"""No name has more words, and no number in a register's column of NIKs, right or wrong, more digits."""


def named_in(texts: Sequence[str], rows: Iterable[Row]) -> frozenset[int]:
    """Give the positions of the texts that hold a name or an identity number of somebody, however spaced or cased.

    What the texts could name is listed first, so that no list of persons is made beside the register.
    """
    said: dict[str | tuple[str, ...], set[int]] = {}
    for place, text in enumerate(texts):
        stretches: list[str | tuple[str, ...]] = [*_runs(_words(text)), *_digits(text)]
        for each in stretches:
            said.setdefault(each, set()).add(place)
    found: set[int] = set()
    for row in rows:
        name, number = _words(row.fields.get("name", "")), nik.digits(row.fields["nik"])
        if name in said and len("".join(name)) >= NAME_LETTERS_AT_LEAST:
            found |= said[name]
        if number in said and len(number) >= NAME_LETTERS_AT_LEAST:
            found |= said[number]
    return frozenset(found)


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give every stretch of words that could be a name."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + NAME_WORDS_AT_MOST, len(words)) + 1):
            yield words[start:end]


def _digits(text: str) -> Iterator[str]:
    """Give every stretch of digits that could be an identity number, across what people put between digits."""
    for run in re.findall(r"\d(?:[^0-9A-Za-z]{0,2}\d)*", text):
        digits = re.sub(r"\D", "", run)
        for start in range(len(digits)):
            for end in range(start + NAME_LETTERS_AT_LEAST, min(start + NUMBER_AT_MOST, len(digits)) + 1):
                yield digits[start:end]


def published_texts(config: Config) -> Iterator[tuple[str, str]]:
    """Give every text of a configuration that is published, with its place in it."""
    for table, rows in config.rows.items():
        for number, row in enumerate(rows, start=1):
            yield from ((f"{table}[{number}].{key}", str(value)) for key, value in row.items())
    yield from ((f"release.{key}", str(value)) for key, value in config.release.items())
    yield from (("outcomes.note_id", config.note_id), ("outcomes.note_en", config.note_en))
    for number, correction in enumerate(config.corrections, start=1):
        yield f"corrections[{number}].reason_id", correction.reason_id
        yield f"corrections[{number}].reason_en", correction.reason_en


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))
