"""Findings from the catalogue of checks: what is wrong and how to mend it, in both languages.

The sentences stand in ``site_templates/wording/checks.*.toml``, for a data officer with a spreadsheet,
not for a programmer. Braces are filled with details; a detail that quotes the data goes through ``shown`` first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kompeten.ground.findings import Finding, Label
from kompeten.ground.identifiers import identifiers
from kompeten.ground.inert import line
from kompeten.ground.wording import everyday, load_checks, said
from kompeten.intake.names import declared, holds_name

SHOWN_LENGTH = 60


def finding(rule: str, *, file: str, row: int | None = None, column: str | None = None, **details: object) -> Finding:
    """Make a finding from the catalogue. A detail is a text or number, or a Label with one text for each language."""
    return finding_with(details, rule, file=file, row=row, column=column)


def finding_with(
    details: Mapping[str, object], rule: str, *, file: str, row: int | None, column: str | None, part: str = "data"
) -> Finding:
    """Make a finding from the catalogue with details at hand; those that the message does not name are ignored."""
    check = load_checks()[part][rule]
    details = {
        # A count of sixteen digits is somebody's number that slipped into a column of counts.
        name: "***" if isinstance(each, int) and any(identifiers(str(each))) else each
        for name, each in details.items()
    }
    return Finding(
        file=file,
        row=row,
        column=column,
        rule=rule,
        what=check["what"].filled(**details),
        mend=check["mend"].filled(**details),
    )


def word(name: str) -> Label:
    return said("word", "checks")[name]


def pattern_words(pattern: str) -> Label:
    """Give what a pattern of our schemas asks for; the pattern itself where nobody has put it in words."""
    return said("pattern", "checks").get(pattern) or word("pattern.other").filled(pattern=pattern)


def joined(labels: Iterable[Label]) -> Label:
    texts = tuple(labels)
    return Label(", ".join(each.id for each in texts), ", ".join(each.en for each in texts))


FILE_WORD = re.compile(r"[^\W\d_]{3,}")


def shown_file(name: str) -> str:
    """Give the name of a file so that a message may hold it: whole where every word of it is declared as a file's."""
    stem, dot, ending = name.rpartition(".")
    known = word("file.words").id.split()
    if any(identifiers(name)):
        return "***"
    if all(each.casefold() in known for each in FILE_WORD.findall(stem or name)):
        return shown(name)
    return f"{(stem or name)[:1]}…{dot}{shown(ending)}" if stem else f"{name[:1]}…"


def shown_place(name: str) -> str:
    """Give the name of a file or folder that a command was given: only its first letter where it may name a person."""
    if any(identifiers(name)):
        return "***"
    known = word("file.words").id.split()
    others = [each for each in re.split(r"[\W_]+", name.rpartition(".")[0] or name) if each.casefold() not in known]
    # One word in small letters is how most folders are called.
    is_plain = len(others) == 1 and others[0].islower()
    return f"{name[:1]}…" if quoted(" ".join(others)) == "***" and not is_plain else name


PERSON_COLUMN = re.compile(
    r"(?:no|nomor)?_?(?:nik|kk|ktp|npwp|hp|wa|telp|telepon|handphone|rekening|skk|sertifikat|registrasi)"
    r"|nama|nama_(?:lengkap|peserta|asesi|pemilik|ibu|orang)|(?:full_?|person_?|first_?|last_?)name|phone(?:_?number)?"
    r"|e_?mail|surel|alamat|address|(?:tempat|tanggal|tgl)_?lahir|ttl|birth_?(?:date|day|place)|date_of_birth"
)
"""Names of columns that registers have and data packages never may."""


def is_person_column(name: str) -> bool:
    """Tell whether a column is about single persons: ``NIK``, ``Nama Lengkap``, ``no_hp``."""
    return PERSON_COLUMN.fullmatch(re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")) is not None


@lru_cache(maxsize=1000)
def shown(text: str) -> str:
    """Give a text of the data so that a message may hold it: one line, short, never an identity number or a name.

    Invisible characters are written out (``\\u202e``): a message must not be turned round by what it quotes.
    """
    # More than is shown: a number that begins in what is shown may end behind it.
    beginning = text[: 4 * SHOWN_LENGTH]
    if any(identifiers(beginning)) or holds_name(beginning, declared()):
        return "***"
    return line(text) if len(text) <= SHOWN_LENGTH else line(text[:SHOWN_LENGTH]) + "…"


NAME_WORD = re.compile(r"[^\W\d_]{2,}(?:[’'][^\W\d_]+)?\.?")


def quoted(text: str) -> str:
    """Give a value of the data as ``shown`` does; also hide a name in whatever letters, wherever it stands.

    That is two words or more, or one alone, that nobody declared; a code in capitals is none.
    """
    words = [each for each in re.split(r"[\s,_/-]+", text[: 4 * SHOWN_LENGTH]) if NAME_WORD.fullmatch(each)]
    strange = [each for each in words if each.rstrip(".").casefold() not in declared()]
    is_alone = strange == [text.strip()] and not text.isupper() and text.strip() not in everyday()
    return "***" if len(strange) > 1 or is_alone else shown(text)
