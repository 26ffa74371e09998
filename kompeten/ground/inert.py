"""Text that does nothing: whatever stands in it, no spreadsheet runs it and no browser does.

Outputs are inert by how they are written, and not only because a check refused the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from difflib import get_close_matches
from functools import cache

from kompeten.ground.wording import everyday, said

RUNS = frozenset("=+-@\t\r\n")
"""How a cell begins that some spreadsheet takes for a formula, a command or a continuation."""

WEB = re.compile(r"https?://[^\s/?#@\\\"'<>]+(?:[/?#][^\s\"'<>\\]*)?", re.IGNORECASE)
"""An address that a browser fetches and does not run, without a user's name."""


WORD = re.compile(r"[^\W\d_]{2,}|\d{5,}")
"""A word, or a number as long as those of persons are."""


def cell(text: str) -> str:
    """Give a text for a cell of a CSV file: one that would run has an apostrophe before it, which makes it text.

    Source: OWASP, CSV Injection. Numbers are told by their type and never come here.
    """
    # Some programs skip blanks, and run a full-width sign like its plain one.
    begins = unicodedata.normalize("NFKC", text.lstrip(" \u00a0\u200b\ufeff"))[:1]
    return f"'{text}" if begins in RUNS and begins else text


def line(text: str) -> str:
    """Give a text for a message: on one line, with what cannot be seen written out (``\\u202e``)."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)


def nearly(key: str, known: Collection[str]) -> str:
    """Give a key or name that somebody wrote for a message: whole where it is one that is known, or nearly.

    Of any other the first letter alone: it may be the name of a person. Words that the catalogue declares are nobody's.
    """
    if key in known:
        return line(key)
    near = get_close_matches(key, known, n=1, cutoff=0.8)
    if (near and abs(len(near[0]) - len(key)) < 3) or all(map(_nobody().__contains__, WORD.findall(key.lower()))):
        return line(key)
    return f"{line(key[:1])}…"


@cache
def _nobody() -> frozenset[str]:
    """Give the words, in small letters, that name nobody: our own, those the catalogue declares, and those of files."""
    texts = [text for text, _ in said("known", "checks").values()]
    return everyday() | frozenset(WORD.findall(" ".join([*texts, said("word", "checks")["file.words"].id]).lower()))


def web(address: str | None) -> str | None:
    """Give an address of the web as it is; None for any other, which no page links."""
    return address if address is not None and WEB.fullmatch(address) else None
