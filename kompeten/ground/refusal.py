"""Why a command stops: one base for all that is refused, with its words in both languages and its exit status."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import ClassVar

from kompeten.ground.findings import Label, Language

DONE, FINDINGS, USAGE, DISCLOSURE, CRASH, INTERRUPTED = 0, 1, 2, 3, 4, 130
"""Exit statuses: done; findings in the data; wrong usage or configuration; disclosure; our own mistake; Ctrl-C."""


class Refused(Exception):
    """A command cannot go on; whoever gave it can mend that. Holds every reason at once; ``str`` gives the English.

    A reason that is a plain text reads the same in both languages: a name, or another program's own words.
    code: what the catalogue of checks explains it under, the class's name: ``KeepError`` is ``keep``.
    """

    status: ClassVar[int] = USAGE
    code: ClassVar[str] = "refused"

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)([A-Z])", r"-\1", re.sub(r"(?:Error|Refused|Failed)$", "", cls.__name__)).lower()

    def __init__(self, *reasons: Label | str) -> None:
        self.reasons = tuple(one if isinstance(one, Label) else Label(one, one) for one in reasons)
        super().__init__(*reasons)

    def text(self, language: Language) -> str:
        """Give the reasons, one a line."""
        return "\n".join(reason.text(language) for reason in self.reasons)

    def told(self, language: Language) -> str:
        """Give the reasons with the code, for the terminal."""
        return "\n".join(f"{reason.text(language)} [{self.code}]" for reason in self.reasons)

    def __str__(self) -> str:
        return self.text("en")


def at(place: str, refused: Refused) -> tuple[Label, ...]:
    """Give the reasons of a refusal with the place before each: a file's name."""
    return tuple(Label(f"{place}: {one.id}", f"{place}: {one.en}") for one in refused.reasons)


def unreadable(name: str, error: OSError | UnicodeDecodeError) -> Label:
    """Say that a file cannot be opened, and why: it is not there, it is a folder, it is no text in UTF-8."""
    if isinstance(error, UnicodeDecodeError):
        return Label(f"{name}: bukan teks UTF-8; simpan sebagai UTF-8", f"{name}: is not UTF-8 text; save it as UTF-8")
    known = {
        FileNotFoundError: Label("tidak ada; periksa nama dan letaknya", "is not there; check its name and place"),
        IsADirectoryError: Label("adalah folder, bukan berkas", "is a folder, not a file"),
        PermissionError: Label("tidak boleh dibuka; periksa izinnya", "may not be opened; check its permissions"),
    }
    why = known.get(type(error), Label(f"tidak terbuka ({error.strerror})", f"cannot be opened ({error.strerror})"))
    return Label(f"{name}: {why.id}", f"{name}: {why.en}")


def unwritable(name: str, error: OSError) -> Label:
    """Say that a file or folder cannot be written, in the system's words."""
    return Label(f"{name}: tidak dapat ditulis ({error.strerror})", f"{name}: cannot be written ({error.strerror})")


def failed(error: OSError) -> Label:
    """Say that the disk failed, whatever was being done; without words of the system, the error's own."""
    place = f"{PurePath(str(error.filename)).name}: " if error.filename else ""
    why = error.strerror
    return (
        Label(f"{place}tidak dapat dibaca atau ditulis ({why})", f"{place}cannot be read or written ({why})")
        if why
        else Label(str(error), str(error))
    )


def one_language(place: str, names: list[str]) -> Label:
    """Say that texts stand in one language only."""
    listed = ", ".join(names)
    return Label(f"{place}: hanya ada dalam satu bahasa: {listed}", f"{place}: only in one language: {listed}")
