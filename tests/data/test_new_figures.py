"""Each of 217 further figures stands in ``data/`` as its source puts it, or is named among what is left out and why.

``new_figures.csv`` says where each is kept: table and row, and the unit our tables count it in.
"""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from kompeten.ground.vocabulary import DIMENSIONS
from kompeten.intake.packages import Tables, TypedRow, read, tables

HERE = Path(__file__).parent
with (HERE / "new_figures.csv").open(encoding="utf-8", newline="") as lines:
    FIGURES = list(csv.DictReader(lines))
STATED = [each for each in FIGURES if each["table"] not in ("left_out", "searches")]
LEFT_OUT = [each for each in FIGURES if each["table"] in ("left_out", "searches")]


@pytest.fixture(scope="module")
def typed() -> Tables:
    return tables(read(HERE.parents[1] / "data"))


def the_row(typed: Tables, figure: dict[str, str]) -> TypedRow:
    """Give the one row that a figure is kept in; dimensions that the address leaves out are ``_T``."""
    wanted = dict(part.split("=", 1) for part in figure["row"].split(";"))
    table = "observations" if figure["table"] == "left_out" else figure["table"]
    if table == "observations":
        wanted = {**dict.fromkeys(DIMENSIONS, "_T"), **wanted}
    (found,) = [row for row in typed[table] if all(row[name] == text for name, text in wanted.items())]
    return found


@pytest.mark.parametrize("figure", [pytest.param(each, id=each["id"]) for each in STATED])
def test_a_further_figure_is_recorded(typed: Tables, figure: dict[str, str]) -> None:
    row = the_row(typed, figure)
    (source,) = [each for each in typed["sources"] if each["source_id"] == row["source_id"]]
    stages = {each["code"]: each["unit"] for each in typed["stages"]}
    assert Decimal(str(row["value"])) == Decimal(figure["value"])
    assert (row.get("unit") or stages[row["stage"]]) == figure["recorded_unit"]
    assert source["url"] == figure["source_url"]
    assert row["precision"] == figure["precision"]
    assert source["text_kind"]
    assert row["speaker"]
    assert row["note_id"]
    assert row["note_en"]
    if figure["table"] == "observations":
        assert row["stage"] == figure["stage"]
    if row.get("stage") and figure["table"] == "comparisons":
        assert row["stage"] == figure["stage"]


def test_seven_figures_are_left_out_and_named(typed: Tables) -> None:
    assert [each["id"] for each in LEFT_OUT] == ["N022", "N023", "N024", "N025", "N084", "N085", "N086"]
    assert all(the_row(typed, each) for each in LEFT_OUT)
    districts = [int(each["value"]) for each in LEFT_OUT[:4]]
    assert the_row(typed, LEFT_OUT[0])["value"] == sum(districts) == 500


def test_each_of_217_figures_has_a_row_of_its_own() -> None:
    assert [each["id"] for each in FIGURES] == [f"N{number:03d}" for number in range(1, 218)]
    assert max(Counter((each["table"], each["row"]) for each in STATED).values()) == 1
