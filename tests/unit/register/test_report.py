"""The officer's page: what the public will see, why some is hidden in citizens' words, what merging would win."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from kompeten.ground.findings import Label
from kompeten.ground.vocabulary import DIMENSIONS
from kompeten.register.anonymize import anonymize, told_policy
from kompeten.register.hiding.joint import EarlierCells
from kompeten.register.hiding.protect import PlanRefused
from kompeten.register.publishing.folder import read_rows
from kompeten.register.publishing.package import EarlierFolder
from kompeten.register.publishing.report import refusal_report
from kompeten.register.reading.config import ConfigError
from kompeten.register.reading.held import LEFT_OVER
from tests.unit.register.registers import invented_people
from tests.unit.register.tables import POLICY, ROOT

REGISTER, CONFIG = ROOT / "examples/register-contoh.csv", ROOT / "examples/config-contoh.toml"
OFFICE_WORDS = ("primer", "pelengkap", "sistem terkait", "primary", "complementary", "suppress", "sel tak diketahui")


class Cells(HTMLParser):
    """Gathers the numbers and the hidden cells of all tables, and everything that a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[str] = []
        self.hidden = 0
        self.loaded: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = f"{tag}.{dict(attrs).get('class', '')}"
        self.hidden += self._open == "td.h"
        self.loaded += [value for name, value in attrs if name in ("src", "href", "action", "data") and value]

    def handle_data(self, data: str) -> None:
        if self._open == "td.n" and data.strip():
            self.numbers.append(data)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Give the package and the report of the example."""
    folder = tmp_path_factory.mktemp("report")
    outcome = anonymize(REGISTER, CONFIG, folder / "paket")
    assert outcome.report == folder / "paket-laporan-petugas.html"
    return folder / "paket", outcome.report.read_text(encoding="utf-8")


def test_the_page_shows_the_public_counts_and_no_other(example: tuple[Path, str]) -> None:
    package, page = example
    cells = Cells()
    cells.feed(page)
    rows = read_rows(package / "outcomes" / "observations.csv")
    assert sorted(cells.numbers) == sorted(row["value"] for row in rows if row["status"] == "released")
    assert cells.hidden == sum(row["status"] == "hidden" for row in rows) > 0
    assert f"Counts shown: {len(cells.numbers)} of {len(rows)}; hidden: {cells.hidden} (" in page


def test_the_page_loads_nothing_and_speaks_to_citizens(example: tuple[Path, str]) -> None:
    page = example[1]
    cells = Cells()
    cells.feed(page)
    assert (cells.loaded, "<script" in page, "url(" in page) == ([], False, False)
    assert [word for word in OFFICE_WORDS if word in re.sub(r"<[^>]*>", "", page).lower()] == []
    assert "disembunyikan: sedikit orang" in page
    assert '<p class="private"><span lang="id">Hanya untuk petugas.' in page
    assert "@media print" in page


def test_the_page_says_what_merging_would_win(example: tuple[Path, str]) -> None:
    assert (
        '<li><span lang="id">Tabel wilayah: tampilkan satu tahapan saja (peserta), atau gabungkan kelompok kecil. '
        "Angka yang disembunyikan berkurang 6." in example[1]
    )


def test_findings_are_a_page_as_well(tmp_path: Path) -> None:
    text = REGISTER.read_text(encoding="utf-8-sig").replace("Kabupaten Berau", "Kabupaten <b>Mars</b>")
    (tmp_path / "register.csv").write_text(text, encoding="utf-8")
    outcome = anonymize(tmp_path / "register.csv", CONFIG, tmp_path / "paket")
    page = outcome.report.read_text(encoding="utf-8")
    assert outcome.exit_status == 1
    assert "<title>Register belum dapat dipakai</title>" in page
    assert "register.csv" in page
    assert "Mars" not in page


def test_words_on_the_page_are_words_and_no_markup() -> None:
    page = refusal_report(PlanRefused(reasons=(Label("<b>satu</b>", "<b>one</b>"),), proposals=()))
    assert "&lt;b&gt;one&lt;/b&gt;" in page
    assert "<b>one" not in page


def test_what_the_register_has_no_column_for_is_no_table(tmp_path: Path) -> None:
    """Without the columns of subclassification, position and track nobody knows either: zeros would be counted by
    nobody.
    """
    text = re.sub(r"(?m)^(?:position|classification|track) = .*\n", "", CONFIG.read_text(encoding="utf-8"))
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    outcome = anonymize(REGISTER, tmp_path / "config.toml", tmp_path / "paket")
    rows = read_rows(tmp_path / "paket/outcomes/observations.csv")
    assert {name: {row[name] for row in rows} for name in ("classification", "track")} == {
        "classification": {"_T"},
        "track": {"_T"},
    }
    assert {row["sex"] for row in rows} == {"_T", "L", "P", "_U"}
    why = "register ini tidak memberi tahunya, dan nol akan berarti tidak ada orangnya"
    assert outcome.lines("id") == (f"Tabel “Klasifikasi” tidak dimuat: {why}", f"Tabel “Jalur” tidak dimuat: {why}")
    why = "this register does not tell it, and zeros would say that there is nobody"
    assert outcome.lines("en") == (f"Table “Classification” left out: {why}", f"Table “Track” left out: {why}")
    assert all(each in outcome.report.read_text(encoding="utf-8") for each in outcome.lines("en"))


def test_one_person_of_whom_it_is_told_keeps_a_table_and_so_does_an_earlier_release() -> None:
    people = invented_people()
    unknown = people.codes["track"].index("_U")
    blank = np.full_like(people.columns["track"], unknown)
    told = blank.copy()
    told[0] = 0
    for column, untold in ((blank, ("track",)), (told, ())):
        policy, said = told_policy(POLICY, replace(people, columns={**people.columns, "track": column}), None)
        names = {name for table in POLICY.tables for name in table.dimensions} - {*untold}
        assert (said, {name for table in policy.tables for name in table.dimensions}) == (untold, names)
    place = tuple("ahli" if name == "track" else "_T" for name in DIMENSIONS)
    cells = EarlierCells(batch_id="contoh-2026-1", values={("peserta", place): 7})
    earlier = EarlierFolder(
        cells=(cells,), rows={}, observations=(), context=(), preferences=(), releases="", is_synthetic=True
    )
    assert told_policy(POLICY, replace(people, columns={**people.columns, "track": blank}), earlier) == (POLICY, ())


def test_nothing_of_the_example_passes_into_a_real_package(tmp_path: Path) -> None:
    real = CONFIG.read_text(encoding="utf-8").replace("synthetic = true", "")
    (tmp_path / "config.toml").write_text(real, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        anonymize(REGISTER, tmp_path / "config.toml", tmp_path / "paket")
    said = [reason.en.split(": ") for reason in caught.value.reasons]
    assert {each[2] for each in said} == {"write what is true ← left from the example, or speaks of invented data"}
    places = {each[1] for each in said}
    assert {"release.title_id", "release.title_en", "sources[1].publisher", "programmes[1].organiser_en"} <= places
    assert {"batches[1].batch_id", "batches[2].name_en", "targets[1].note_id", "sources[1].source_id"} <= places
    assert not (tmp_path / "paket").exists()


@pytest.mark.parametrize("title", ["Percontohan rumah tahan gempa", "Contohnya ada di lampiran", "Rilis kedua"])
def test_honest_words_pass(title: str) -> None:
    assert LEFT_OVER.search(title) is None
