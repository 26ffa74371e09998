"""CONTRIBUTING says which files a new measure, dimension, rule, page kind or form of download touches: so it is."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest

from kompeten.ground.vocabulary import FORMS
from tests.build import test_growing as growing
from tests.house.reading_code import ROOT, tracked

HOW = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## How to add a …")[2].partition("\n## ")[0]
PLACES = re.compile(r"`((?:kompeten|data|site_templates|tests)/[^`]+)`")
TYPED = "kompeten/forms/downloads/sidefiles.py"
"""Croissant describes the typed files, and those alone."""
REGISTERS = "kompeten/register/reading/files.py"
"""What offices hand in has forms of its own."""


def listed(title: str) -> set[str]:
    """Give the files that the list under a title names."""
    found = PLACES.findall(HOW.partition(f"### {title}\n")[2].partition("\n### ")[0])
    assert found, title
    return set(found)


def rooms_of_rules() -> list[str]:
    paths = (PurePosixPath(name) for name in tracked() if name.startswith("kompeten/intake/rules/"))
    return sorted(path.stem for path in paths if "\nRULES = (" in (ROOT / path).read_text(encoding="utf-8"))


def kinds_of_pages() -> list[str]:
    text = (ROOT / "kompeten/pages/contents.py").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"\b(\w+)\.pages?\(book", text)))


def test_the_lists_are_tried_on_rooms_and_kinds_that_are_there() -> None:
    assert {"codes", "counts"} <= set(rooms_of_rules())
    assert {"batches", "home"} <= set(kinds_of_pages())


def test_a_measure_touches_what_the_list_names() -> None:
    assert listed("Measure") == growing.MEASURE_FILES


def test_a_dimension_touches_what_the_list_names() -> None:
    named = {name.replace("<list>", "disabilitas") for name in listed("Dimension")}
    assert named == {*growing.DIMENSION_FILES, *growing.WORDS, growing.FIGURES}


@pytest.mark.parametrize("room", rooms_of_rules())
def test_every_room_of_rules_has_the_files_that_the_list_names(room: str) -> None:
    named = {name.replace("<room>", room) for name in listed("Rule")}
    assert len(named) == 4
    assert named <= set(tracked())


@pytest.mark.parametrize("kind", kinds_of_pages())
def test_every_kind_of_page_has_the_files_that_the_list_names(kind: str) -> None:
    named = {name.replace("<kind>", kind) for name in listed("Page kind")}
    assert len(named) == 5
    assert named <= set(tracked())


@pytest.mark.parametrize("form", [form.ending for form in FORMS if form.is_table and form.ending != ".id.csv"])
def test_no_file_but_the_listed_ones_names_a_form_of_tables_to_write_it(form: str) -> None:
    named = listed("Download form")
    assert named <= set(tracked())
    if form == ".parquet":  # the form that no other file of the house is written in
        product = [name for name in tracked() if name.startswith("kompeten/") and name.endswith(".py")]
        naming = {name for name in product if f'"{form}"' in (ROOT / name).read_text(encoding="utf-8")}
        assert naming - {TYPED, REGISTERS} <= named
        assert {name for name in named if "parquet" in (ROOT / name).read_text(encoding="utf-8")} == named
