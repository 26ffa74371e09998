"""A large table is attacked column by column; what is found against it is what is found against a small one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.audit import audit_directory, read_data
from kompeten.audit.reading.package import MOST_TOLD
from kompeten.audit.reasoning.verdict import Breach
from tests.golden.small import data_folder
from tests.unit.data_folders import add, change, tiny

OBSERVATIONS = "outcomes/observations.csv"
TOTAL = {"batch_id": "uji-2025-1", "stage": "asesi"}


def changed(**cells: str) -> Callable[[Path], object]:
    return lambda folder: change(folder, OBSERVATIONS, TOTAL, **cells)


def digests(folder: Path) -> None:
    """Write another digest beside every count."""
    path = folder / OBSERVATIONS
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    own = [f"{line},{number:016x}" for number, line in enumerate(lines, start=2**60)]
    path.write_text("\n".join([f"{head},own", *own]) + "\n", encoding="utf-8")


def traits(folder: Path) -> None:
    """Break the people of a batch down as only a register could."""
    parts = ({"region_code": "64.72"}, {"sex": "P"}, {"track": "ahli"}, {"age_band": "Y15T24"})
    add(folder, OBSERVATIONS, *({**each, "value": "12"} for each in parts), like=TOTAL)


PLANTED: dict[str, tuple[Callable[[Path], object], str | None]] = {
    "nothing": (lambda folder: folder, None),
    "number": (changed(note_id="NIK 6472054507900003", note_en="A number"), "identifier"),
    "words in two cells": (changed(note_id="rekening", note_en="12345678"), "identifier"),
    "mail": (changed(note_id="a@contoh.id"), "identifier"),
    "hidden": (changed(value="", status="hidden", precision=""), None),
    "stranger": (changed(source_id="tidak-ada"), "note_tells"),
    "no address": (changed(source_id="koran-b", sex="P"), "no_address"),
    "no number": (changed(value="banyak", source_id="tidak-ada"), "not_a_count"),
    "digests": (digests, "row_data"),
    "traits": (traits, "no_mark"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found_alike(name: str, is_large: Callable[[], None], tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    plant, reason = PLANTED[name]
    plant(folder)
    small: tuple[Breach, ...] = audit_directory(folder).breaches
    assert reason is None or reason in {each.reason for each in small}
    is_large()
    assert audit_directory(folder).breaches == small


def test_counts_of_a_register_are_read_alike(is_large: Callable[[], None], tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    small, breaches, files = read_data(folder)
    is_large()
    large, same, as_many = read_data(folder)
    assert (large.cells, large.limits, large.sums, large.sealed, large.parents, same, as_many) == (
        *(small.cells, small.limits, small.sums, small.sealed, small.parents),
        *(breaches, files),
    )


def people(count: int) -> str:
    """Give a list of invented people as an office keeps it, a digest beside each."""
    rows = (f"{64720101019}{number:05},Peserta {number},{number + 2**60:016x}\n" for number in range(count))
    return "NIK,Nama,sidik\n" + "".join(rows)


@pytest.mark.parametrize("name", ["observations.csv", "batches.csv", "sexes.csv"])
def test_a_list_of_people_in_a_tables_place_is_not_read_as_that_table(name: str, tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    (place,) = folder.glob(f"*/{name}")
    place.write_text(people(30), encoding="utf-8")
    told = {(each.reason, each.subject) for each in audit_directory(folder).breaches}
    assert ("unreadable_file", place.relative_to(folder).as_posix()) in told


def test_a_large_list_of_people_beside_the_tables_is_told_once(is_large: Callable[[], None], tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    stray = folder / "outcomes" / "daftar.csv"
    stray.write_text(people(60), encoding="utf-8")
    is_large()
    own = [each for each in audit_directory(folder).breaches if each.subject.startswith("outcomes/daftar.csv")]
    assert [(each.reason, each.subject) for each in own] == [
        ("row_data", "outcomes/daftar.csv: NIK"),
        ("row_data", "outcomes/daftar.csv: sidik"),
    ]
    stray.write_text("Nama,telepon\n" + "".join(f"Peserta,0812{n:08}\n" for n in range(60)), encoding="utf-8")
    own = [each for each in audit_directory(folder).breaches if each.subject.startswith("outcomes/daftar.csv")]
    assert {each.reason for each in own} == {"identifier"}
    assert len(own) == MOST_TOLD
