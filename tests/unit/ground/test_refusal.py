"""One base for all that is refused: words in both languages, and an exit status."""

from __future__ import annotations

import ast
import importlib

from kompeten.ground.findings import Label
from kompeten.ground.refusal import DISCLOSURE, USAGE, Refused, at, failed, unreadable
from kompeten.ground.wording import load_checks
from tests.house.reading_code import modules

OWN_MISTAKES = {"_DoubleKeyError", "_FaultyError", "_Rejected", "_ToldError"}
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
        "a.toml: tidak ada; periksa nama dan letaknya", "a.toml: is not there; check its name and place"
    )
    assert unreadable("a", IsADirectoryError(21, "x")).en == "a: is a folder, not a file"
    assert unreadable("a", PermissionError(13, "x")).en == "a: may not be opened; check its permissions"
    assert unreadable("a", OSError(5, "Input/output error")).en == "a: cannot be opened (Input/output error)"
    assert unreadable("a", UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x")).en == (
        "a: is not UTF-8 text; save it as UTF-8"
    )


def test_a_disk_that_fails_is_said_with_the_name_of_the_file_where_there_is_one() -> None:
    assert failed(OSError(28, "No space", "/a/b")).en == "b: cannot be read or written (No space)"
    assert failed(OSError(28, "No space")).id == "tidak dapat dibaca atau ditulis (No space)"
    assert failed(FileExistsError("site: exists")).en == "site: exists"
