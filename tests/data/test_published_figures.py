"""Each of the 52 published figures stands in ``data/`` as its source puts it: value, unit, address, place and year.

``published_figures.csv`` was transcribed from the sources before ``data/`` was; ``table``, ``row`` and
``recorded_unit`` say where a figure is kept and in which unit our tables count it.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from kompeten.ground.vocabulary import DIMENSIONS
from kompeten.intake.packages import Packages, Tables, TypedRow, read, tables

DATA = Path(__file__).parents[2] / "data"

with (Path(__file__).parent / "published_figures.csv").open(encoding="utf-8", newline="") as lines:
    FIGURES = list(csv.DictReader(lines))

UNITS = {
    ("peserta", "peserta"),
    ("peserta", "orang"),  # participants are counted in people
    ("orang", "orang"),
    ("orang", "sertifikat"),  # "certified" people stand at the stage of certificates issued
    ("TKK", "peserta"),
    ("sertifikat", "sertifikat"),
    ("kelas", "kelas"),
    ("IDR", "idr"),
}
"""Unit as published, and the unit our tables may count it in; nothing else is the same thing."""


@pytest.fixture(scope="module")
def packages() -> Packages:
    return read(DATA)


@pytest.fixture(scope="module")
def typed(packages: Packages) -> Tables:
    return tables(packages)


def the_row(typed: Tables, figure: dict[str, str]) -> TypedRow:
    """Give the one row that a figure is kept in; dimensions that the address leaves out are ``_T``."""
    wanted = dict(part.split("=", 1) for part in figure["row"].split(";"))
    if figure["table"] == "observations":
        wanted = {**dict.fromkeys(DIMENSIONS, "_T"), **wanted}
    (found,) = [row for row in typed[figure["table"]] if all(row[name] == text for name, text in wanted.items())]
    return found


def by(typed: Tables, table: str, column: str) -> dict[object, TypedRow]:
    """Give the rows of a table by one column."""
    return {row[column]: row for row in typed[table]}


@pytest.mark.parametrize("figure", [pytest.param(each, id=each["id"]) for each in FIGURES])
def test_a_published_figure_is_recorded(typed: Tables, figure: dict[str, str]) -> None:
    row = the_row(typed, figure)
    source = by(typed, "sources", "source_id")[row["source_id"]]
    unit = row.get("unit") or by(typed, "stages", "code")[row["stage"]]["unit"]
    assert row["value"] == int(figure["value"])
    assert row.get("status", "released") == "released"
    assert unit == figure["recorded_unit"]
    assert (figure["unit"], unit) in UNITS
    assert (source["url"] or "") == figure["source_url"]
    assert source["title_id"]
    assert source["title_en"]
    assert row["as_of"]
    assert row["note_id"]
    assert row["note_en"]


@pytest.mark.parametrize("figure", [pytest.param(each, id=each["id"]) for each in FIGURES])
def test_a_published_figure_is_recorded_for_its_place_and_year(typed: Tables, figure: dict[str, str]) -> None:
    row = the_row(typed, figure)
    batch = by(typed, "batches", "batch_id").get(row.get("batch_id"), {})
    programme = by(typed, "programmes", "programme_id").get(batch.get("programme_id", row.get("programme_id")), {})
    venues = {each["region_code"] for each in typed["venues"] if each["batch_id"] == row.get("batch_id")}
    assert figure["geography"] in {row["region_code"], programme.get("region_code"), *venues}
    year = str(row.get("year") or batch.get("year") or row.get("period"))[:4]
    assert year == figure["year"][-4:]
    if figure["batch"]:
        assert batch["number"] == ["I", "II", "III", "IV"].index(figure["batch"]) + 1


def test_there_are_52_figures_each_in_a_row_of_its_own() -> None:
    assert [each["id"] for each in FIGURES] == [f"F{number:02d}" for number in range(1, 53)]
    assert max(Counter((each["table"], each["row"]) for each in FIGURES).values()) == 1


def test_two_figures_are_cited_by_title_without_a_link(typed: Tables) -> None:
    rows = [the_row(typed, each) for each in FIGURES if not each["source_url"]]
    assert {row["source_id"] for row in rows} == {"tempo-info-nasional"}
    assert len(rows) == 2


def test_what_no_source_states_is_unknown_and_never_zero(typed: Tables) -> None:
    (third,) = [row for row in typed["observations"] if row["batch_id"] == "kaltim-2025-3"]
    assert (third["value"], third["status"]) == (None, "unknown")
    assert not [row for row in typed["observations"] if row["value"] == 0]
