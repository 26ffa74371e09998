"""Text that does nothing: whatever stands in it, no spreadsheet runs it and no browser does.

Outputs are inert by how they are written, and not only because a check refused the text.
"""

from __future__ import annotations

import re
import unicodedata

RUNS = frozenset("=+-@\t\r\n")
"""How a cell begins that some spreadsheet takes for a formula, a command or a continuation."""

WEB = re.compile(r"https?://[^\s/?#@\\\"'<>]+(?:[/?#][^\s\"'<>\\]*)?", re.IGNORECASE)
"""An address that a browser fetches and does not run, without a user's name."""


def cell(text: str) -> str:
    """Give a text for a cell of a CSV file: one that would run has an apostrophe before it, which makes it text.

    Source: OWASP, CSV Injection. Numbers are told by their type and never come here.
    """
    # Some programs skip blanks, and run a full-width sign like its plain one.
    begins = unicodedata.normalize("NFKC", text.lstrip(" \u00a0\u200b\ufeff"))[:1]
    return f"'{text}" if begins in RUNS and begins else text


def line(text: str) -> str:
    """Give a text for a message: on one line, with what cannot be seen written out (``\\u202e``)."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)


def web(address: str | None) -> str | None:
    """Give an address of the web as it is; None for any other, which no page links."""
    return address if address is not None and WEB.fullmatch(address) else None
