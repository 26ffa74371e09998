"""The names and numbers of a register, in memory, to look for exactly those in what is about to be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kompeten.register.reading import nik
from kompeten.register.reading.config import Config
from kompeten.register.reading.read import Register

NAME_LETTERS_AT_LEAST = 4
"""A shorter name of one word is a word of the language as often as a name: looking for it would stop honest texts."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Identities:
    """Names as folded words, and identity numbers as digits. Has no repr of its own content."""

    names: frozenset[tuple[str, ...]]
    numbers: frozenset[str]

    def stand_in(self, text: str) -> bool:
        """Tell whether a text holds one of them, however it is spaced or cased."""
        words = _words(text)
        for length in {len(name) for name in self.names}:
            if any(words[start : start + length] in self.names for start in range(len(words) - length + 1)):
                return True
        for run in re.findall(r"\d(?:[^0-9A-Za-z]{0,2}\d)*", text):
            digits = re.sub(r"\D", "", run)
            for length in {len(number) for number in self.numbers}:
                if any(digits[start : start + length] in self.numbers for start in range(len(digits) - length + 1)):
                    return True
        return False


def identities_of(register: Register) -> Identities:
    """Give the names and numbers of everybody in a register."""
    names = {_words(row.fields.get("name", "")) for row in register.rows}
    numbers = {nik.digits(row.fields["nik"]) for row in register.rows}
    return Identities(
        names=frozenset(name for name in names if len("".join(name)) >= NAME_LETTERS_AT_LEAST),
        numbers=frozenset(number for number in numbers if len(number) >= NAME_LETTERS_AT_LEAST),
    )


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
