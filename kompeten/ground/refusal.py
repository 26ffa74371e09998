"""Why a command stops: one base for all that is refused, with its words in both languages and its exit status."""

from __future__ import annotations

import errno
import re
from pathlib import PurePath
from typing import ClassVar

from kompeten.ground.findings import Label, Language, few

DONE, FINDINGS, USAGE, DISCLOSURE, CRASH, INTERRUPTED = 0, 1, 2, 3, 4, 130
"""Exit statuses: done; findings in the data; wrong usage or configuration; disclosure; our own mistake; Ctrl-C."""


MORE = Label(
    "… dan {count} lagi; perbaiki yang di atas, lalu ulangi", "… and {count} more; mend those above, then try again"
)


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
        """Give the reasons with the code, for the terminal: of a flood the first few, and how many more there are."""
        lines: list[str] = []
        for reason, others in few(self.reasons, lambda _: None):
            lines.append(f"{reason.text(language)} [{self.code}]")
            lines += [MORE.filled(count=len(others)).text(language)] if others else []
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text("en")


def at(place: str, refused: Refused) -> tuple[Label, ...]:
    """Give the reasons of a refusal with the place before each: a file's name."""
    return tuple(one.at(place) for one in refused.reasons)


WHY = {
    errno.ENOENT: Label("periksa nama dan letaknya ← tidak ada", "check its name and place ← is not there"),
    **dict.fromkeys(
        (errno.EACCES, errno.EPERM),
        Label(
            "periksa izinnya ← tidak boleh dibuka atau ditulisi", "check its permissions ← may not be opened or written"
        ),
    ),
    errno.EEXIST: Label(
        "sebut tempat lain ← ada berkas dengan nama itu", "name another place ← a file of that name is there"
    ),
    errno.EISDIR: Label("sebut sebuah berkas ← ini folder", "name a file ← this is a folder"),
    errno.ENOTDIR: Label("periksa letaknya ← ada berkas di tempat folder", "check its place ← a file for a folder"),
    errno.ENOSPC: Label("kosongkan ruang, lalu ulangi ← disk penuh", "make room, then try again ← the disk is full"),
    errno.EDQUOT: Label("kosongkan ruang, lalu ulangi ← jatah habis", "make room, then try again ← the quota is full"),
    errno.EFBIG: Label(
        "sebut tempat lain ← berkas terlalu besar di sini", "name another place ← too large a file here"
    ),
    errno.EROFS: Label("sebut tempat lain ← tidak dapat ditulisi", "name another place ← nothing can be written here"),
    errno.EIO: Label("periksa disk, lalu ulangi ← disk gagal", "check the disk, then try again ← the disk failed"),
    errno.ELOOP: Label("sebut tempat lain ← tautan berputar", "name another place ← links lead round in a circle"),
    errno.ENAMETOOLONG: Label("sebut nama lain ← nama terlalu panjang", "name it otherwise ← the name is too long"),
}
"""What a person can do about what a system has against a file, and what that is, by the number of the error."""


def unreadable(name: str, error: OSError | UnicodeDecodeError) -> Label:
    """Say that a file cannot be opened, and why: it is not there, it is a folder, it is no text in UTF-8."""
    if isinstance(error, UnicodeDecodeError):
        return Label("simpan sebagai UTF-8 ← bukan teks UTF-8", "save it as UTF-8 ← is not UTF-8 text").at(name)
    return failed(error, name)


def failed(error: OSError, name: str = "") -> Label:
    """Say what the system has against a file or folder, and what to do; without words for it, in the system's own.

    name: what it is called; that of the error where it is "".
    """
    name, own = name or PurePath(str(error.filename or "")).name, error.strerror or str(error)
    said = WHY.get(error.errno or 0, Label(own, own))
    return said.at(name) if name else said


def one_language(place: str, names: list[str]) -> Label:
    """Say that texts stand in one language only."""
    listed = ", ".join(names)
    return Label(f"hanya ada dalam satu bahasa: {listed}", f"only in one language: {listed}").at(place)
