"""Nothing that version 1 promised is broken; and the check that says so is not blind."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.freeze import Contract, breaks, contract, frozen_file
from tests.published import published


@pytest.fixture(scope="module")
def promised() -> Contract:
    found: Contract = json.loads(frozen_file().read_text(encoding="utf-8"))
    return found


def test_this_build_keeps_every_promise_of_its_major_version(promised: Contract) -> None:
    site = published("real")
    withdrawn = [row["path"] for row in site.rows("tombstones.json")]
    assert list(breaks(promised, contract(site), withdrawn)) == []


def test_every_thing_this_build_publishes_is_promised(promised: Contract) -> None:
    assert promised == contract(published("real")), "run: python -m tests.contract.freeze"


def test_a_synthetic_programme_has_the_same_shapes(promised: Contract) -> None:
    demo = contract(published("demo"))
    parts = ("paths", "schemas", "columns", "jsonstat")
    assert {part: demo[part] for part in parts} == {part: promised[part] for part in parts}


def remove_property(new: Contract) -> None:
    del new["schemas"]["Observation"]["precision"]


def retype_property(new: Contract) -> None:
    new["schemas"]["Observation"]["value"] = "integer"


def reorder_properties(new: Contract) -> None:
    own = new["schemas"]["Observation"]
    new["schemas"]["Observation"] = {"value": own["value"], **{k: v for k, v in own.items() if k != "value"}}


def rename_column(new: Contract) -> None:
    new["columns"]["downloads/observations.csv"][3] = "tahun"


def insert_column(new: Contract) -> None:
    new["columns"]["downloads/observations.csv"].insert(0, "row")


def drop_path(new: Contract) -> None:
    del new["paths"]["/api/v1/regions.json"]


def rename_operation(new: Contract) -> None:
    new["paths"]["/api/v1/regions.json"] = "listPlaces"


def drop_dimension(new: Contract) -> None:
    new["jsonstat"]["api/v1/jsonstat/batches-by-stage.json"].pop()


def drop_address(new: Contract) -> None:
    new["addresses"].remove("api/v1/batches/kaltim-2025-1.json")


@pytest.mark.parametrize(
    "spoil",
    [
        remove_property,
        retype_property,
        reorder_properties,
        rename_column,
        insert_column,
        drop_path,
        rename_operation,
        drop_dimension,
        drop_address,
    ],
)
def test_a_break_is_found(promised: Contract, spoil: Callable[[Contract], Any]) -> None:
    new = copy.deepcopy(promised)
    spoil(new)
    assert len(list(breaks(promised, new, []))) == 1


def test_additions_at_the_end_and_withdrawn_addresses_are_no_break(promised: Contract) -> None:
    new = copy.deepcopy(promised)
    new["schemas"]["Observation"]["revised_in"] = "null|string"
    new["columns"]["downloads/observations.csv"].append("revised_in")
    new["paths"]["/api/v1/calendar.json"] = "listCalendar"
    drop_address(new)
    assert list(breaks(promised, new, ["api/v1/batches/kaltim-2025-1.json"])) == []
