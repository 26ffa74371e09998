"""One base for all that is refused: words in both languages, and an exit status."""

from __future__ import annotations

import ast
import errno
import importlib

import pytest

from kompeten.ground.findings import Label
from kompeten.ground.refusal import DISCLOSURE, USAGE, Refused, at, failed, unreadable
from kompeten.ground.wording import load_checks
from tests.house.reading_code import modules

OWN_MISTAKES = {"_DoubleKeyError", "_Rejected", "_StopError", "_ToldError"}
"""Errors that never leave their module."""


def test_every_error_of_the_house_is_a_refusal() -> None:
    found = {}
    for module, tree in modules().items():
        for node in ast.walk(tree):
            bases = [ast.unparse(base) for base in node.bases] if isinstance(node, ast.ClassDef) else []
            if any(base.endswith(("Error", "Exception", "Refused", "Failed")) for base in bases):
                found[node.name] = getattr(importlib.import_module(module), node.name)  # type: ignore
    loose = {name for name, kind in found.items() if not issubclass(kind, Refused)}
    assert loose == OWN_MISTAKES
    assert len(found) >= 17
    assert {kind.status for name, kind in found.items() if name not in loose} == {USAGE, DISCLOSURE}


def test_every_refusal_has_its_code_in_the_catalogue_and_no_other_stands_there() -> None:
    for module in (each for each in modules() if not each.endswith("__main__")):
        importlib.import_module(module)
    found = {Refused}
    while more := {kind for each in found for kind in each.__subclasses__()} - found:
        found |= more
    house = {kind.code for kind in found if kind.__module__.startswith("kompeten.")}
    assert house | {"disk", "usage"} == set(load_checks()["refusal"])
    assert Refused(Label("satu", "one"), "a.toml").told("id") == "satu [refused]\na.toml [refused]"


def test_all_reasons_are_said_each_on_a_line_of_the_language() -> None:
    refused = Refused(Label("satu", "one"), "a.toml", Label("dua", "two"))
    assert (refused.text("id"), refused.text("en")) == ("satu\na.toml\ndua", "one\na.toml\ntwo")
    assert str(refused) == refused.text("en")
    assert at("f", refused)[2] == Label("f: dua", "f: two")


def test_a_file_that_cannot_be_opened_is_said_with_the_mend() -> None:
    assert unreadable("a.toml", FileNotFoundError(2, "x")) == Label(
        "a.toml: periksa nama dan letaknya ← tidak ada", "a.toml: check its name and place ← is not there"
    )
    assert unreadable("a", UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x")) == Label(
        "a: simpan sebagai UTF-8 ← bukan teks UTF-8", "a: save it as UTF-8 ← is not UTF-8 text"
    )


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (errno.ENOENT, "periksa nama dan letaknya ← tidak ada", "check its name and place ← is not there"),
        *(
            (
                number,
                "periksa izinnya ← tidak boleh dibuka atau ditulisi",
                "check its permissions ← may not be opened or written",
            )
            for number in (errno.EACCES, errno.EPERM)
        ),
        (errno.EISDIR, "sebut sebuah berkas ← ini folder", "name a file ← this is a folder"),
        (
            errno.ENOTDIR,
            "periksa letaknya ← ada berkas di tempat folder",
            "check its place ← a file for a folder",
        ),
        (errno.ENOSPC, "kosongkan ruang, lalu ulangi ← disk penuh", "make room, then try again ← the disk is full"),
        (
            errno.EDQUOT,
            "kosongkan ruang, lalu ulangi ← jatah habis",
            "make room, then try again ← the quota is full",
        ),
        (errno.EFBIG, "sebut tempat lain ← berkas terlalu besar di sini", "name another place ← too large a file here"),
        (errno.EROFS, "sebut tempat lain ← tidak dapat ditulisi", "name another place ← nothing can be written here"),
        (errno.EIO, "periksa disk, lalu ulangi ← disk gagal", "check the disk, then try again ← the disk failed"),
        (errno.ELOOP, "sebut tempat lain ← tautan berputar", "name another place ← links lead round in a circle"),
        (errno.ENAMETOOLONG, "sebut nama lain ← nama terlalu panjang", "name it otherwise ← the name is too long"),
        (errno.EBADF, "x", "x"),
    ],
)
def test_what_a_system_has_against_a_file_is_said_in_words(number: int, indonesian: str, english: str) -> None:
    assert failed(OSError(number, "x", "/a/b")) == Label(f"b: {indonesian}", f"b: {english}")
    assert failed(OSError(number, "x")) == Label(indonesian, english)


def test_an_error_without_a_number_is_said_in_its_own_words() -> None:
    assert failed(FileExistsError("site: exists")).en == "site: exists"


def test_a_flood_of_reasons_is_told_by_its_first_few_and_a_count() -> None:
    refused = Refused(*(Label(f"baris {each}", f"row {each}") for each in range(30)))
    assert refused.told("id").splitlines() == [
        *(f"baris {n} [refused]" for n in range(5)),
        "… dan 25 lagi; perbaiki yang di atas, lalu ulangi",
    ]
    assert refused.text("en").count("\n") == 29
