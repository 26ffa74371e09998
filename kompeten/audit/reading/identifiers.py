"""Personal data in published text: identity numbers, telephone numbers, addresses of mail, tax and certificate numbers.

Each rule is narrow enough to leave counts, codes and dates alone. Hashes are cut out first: one in ten thousand
hexadecimal digests holds something that looks like an identity number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

Identifier = Literal["nik", "phone", "email", "npwp", "certificate"]

SUSPECT = re.compile(r"\d(?:[ .\-]?\d){8}|@|(?i:\bno(?:mor)?\b|number)")
"""What any identifier has; text without it needs no closer look."""

DIGEST = re.compile(r"(?<![0-9a-zA-Z])(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})(?![0-9a-zA-Z])")
BASE64_DIGEST = re.compile(r"sha(?:256|384|512)-[A-Za-z0-9+/]{43,88}={0,2}")
ADDRESS = re.compile(r"\bhttps?://[^\s\"'<>)\]]+")

NIK = re.compile(r"(?<![\d.,])\d(?:[ .\-]?\d){15}(?![\d])")
PHONE = re.compile(r"(?<![\d.,/\w-])(?:\+62|62|0)[ \-.]?8[1-9]\d(?:[ \-.]?\d){6,9}(?![\d])")
EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}")
NPWP = re.compile(r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?!\d)")
CERTIFICATE = re.compile(
    r"(?<![\w.])\d{5} ?\d{4} ?[1-9] ?\d{7} ?\d{4}(?![\w.])"
    r"|(?i:\b(?:no(?:mor)?\.?|number)\s*(?:registrasi|sertifikat|skk|reg|certificate)\b\.?\s*:?\s*[A-Z0-9./ -]*\d{4,})"
)

PROVINCES = frozenset(
    code
    for first, last in ((11, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for code in range(first, last + 1)
)
"""Province codes of Kemendagri, as the first two digits of an identity number."""


def identifiers(text: str, contacts: frozenset[str] = frozenset()) -> Iterator[Identifier]:
    """Give the kinds of personal identifier that a text holds, each once; never the identifier itself.

    contacts: addresses of mail by which the publisher itself is reached, in small letters; no others are let pass.
    """
    if not SUSPECT.search(text):
        return
    text = BASE64_DIGEST.sub(" ", DIGEST.sub(" ", text))
    if any(is_nik(match.group()) for match in NIK.finditer(text)):
        yield "nik"
    without_links = ADDRESS.sub(" ", text)
    for kind, pattern in _PATTERNS.items():
        if pattern.search(without_links):
            yield kind
    if any(match.group().lower() not in contacts for match in EMAIL.finditer(without_links)):
        yield "email"


def is_nik(text: str) -> bool:
    """Tell whether 16 digits, separators allowed, have the structure of a NIK.

    Province, regency and district are not 0; day 1-31 or 41-71 (women), month 1-12; serial not 0.
    Source: Permendagri 72/2022 on the structure of the NIK.
    """
    digits = re.sub(r"\D", "", text)
    if len(digits) != 16:
        return False
    day, month = int(digits[6:8]), int(digits[8:10])
    return (
        int(digits[:2]) in PROVINCES
        and int(digits[2:4]) > 0
        and int(digits[4:6]) > 0
        and (1 <= day <= 31 or 41 <= day <= 71)
        and 1 <= month <= 12
        and int(digits[12:]) > 0
    )


_PATTERNS: Mapping[Identifier, re.Pattern[str]] = {
    "phone": PHONE,
    "npwp": NPWP,
    "certificate": CERTIFICATE,
}
