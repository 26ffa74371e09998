"""JSON-stat documents: valid, whole, and equal to the documents they restate."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Any

import pytest
from jsonstat_validator import validate_jsonstat

from tests.published import Kind, Published, published
from tests.some import some

CASES: tuple[Kind, ...] = ("real", "demo")
FOLDER = "api/v1/jsonstat/"


@pytest.fixture(params=CASES)
def site(request: pytest.FixtureRequest) -> Published:
    return published(request.param)


def datasets(site: Published) -> dict[str, Any]:
    return {path.removeprefix(FOLDER): site.json(path) for path in site.tree if path.startswith(FOLDER)}


def cells(dataset: dict[str, Any]) -> dict[tuple[str, ...], tuple[Any, str]]:
    """Give value and status of each cell by its codes."""
    axes = [dataset["dimension"][name]["category"]["index"] for name in dataset["id"]]
    return dict(zip(product(*axes), zip(dataset["value"], dataset["status"], strict=True), strict=True))


def test_every_dataset_is_valid_by_a_foreign_validator(site: Published) -> None:
    for dataset in some(datasets(site).values()):
        assert validate_jsonstat(dataset)


def test_every_dataset_has_as_many_cells_as_its_size_says(site: Published) -> None:
    for name, dataset in some(datasets(site).items()):
        assert len(dataset["value"]) == len(dataset["status"]) == prod(dataset["size"]), name
        for axis, size in some(zip(dataset["id"], dataset["size"], strict=True)):
            category = dataset["dimension"][axis]["category"]
            assert len(category["index"]) == len(set(category["index"])) == len(category["label"]) == size
            assert list(dataset["dimension"][axis]["extension"]["en"]["label"]) == category["index"]


def test_a_value_is_null_exactly_where_its_status_says_so_and_each_status_is_explained(site: Published) -> None:
    for dataset in some(datasets(site).values()):
        for value, status in some(zip(dataset["value"], dataset["status"], strict=True)):
            assert (value is None) == (status in ("hidden", "unknown", "not_applicable"))
        assert set(dataset["extension"]["status"]) == set(dataset["status"])


def test_stages_by_batch_are_those_of_the_batch_documents(site: Published) -> None:
    found = cells(datasets(site)["batches-by-stage.json"])
    for row in some(site.rows("batches.json")):
        document = site.json(f"api/v1/batches/{row['batch_id']}.json")["data"]
        for count in some(document["funnel"]):
            assert found[row["batch_id"], count["stage"]] == (count["value"], count["status"])


def test_residence_by_batch_is_that_of_the_observations(site: Published) -> None:
    found = cells(datasets(site)["batches-by-regions.json"])
    seen = 0
    for row in site.rows("observations.json"):
        dimensions = ("qualification_level", "classification", "track", "sex", "age_band", "funding_source")
        if row["preferred"] and row["stage"] in ("peserta", "kompeten") and all(row[d] == "_T" for d in dimensions):
            assert found[row["region_code"], row["batch_id"], row["stage"]] == (row["value"], row["status"])
            seen += row["region_code"] != "_T"
    assert seen


def test_rates_by_batch_are_those_of_the_batch_documents(site: Published) -> None:
    found = cells(datasets(site)["rates-by-batch.json"])
    told = {
        (row["batch_id"], rate["measure_id"]): (rate["value"], rate["status"])
        for row in site.rows("batches.json")
        for rate in site.json(f"api/v1/batches/{row['batch_id']}.json")["data"]["rates"]
    }
    assert told
    assert found == {key: told.get(key, (None, "unknown")) for key in found}
    assert told.keys() <= found.keys()


def test_progress_is_that_of_the_progress_document(site: Published) -> None:
    found = cells(datasets(site)["progress.json"])
    for row in some(site.rows("progress.json")):
        key = row["target"]["target_id"]
        assert found[key, "target"] == (row["target"]["value"], "released")
        assert found[key, "achieved"] == (row["achieved"]["value"], row["achieved"]["status"])
        assert found[key, "rate"] == (row["rate"]["value"], row["rate"]["status"])


def test_what_a_programme_reached_in_a_year_is_that_of_the_programme_document(site: Published) -> None:
    found = cells(datasets(site)["achieved-by-programme-year.json"])
    names = {"participants": "peserta", "competent": "kompeten", "certificates": "skk_terbit"}
    for programme in some(site.rows("programmes.json")):
        for year in some(programme["years"]):
            for name, stage in names.items():
                key = (programme["programme_id"], str(year["year"]), stage)
                assert found[key] == (year[name]["value"], year[name]["status"])


def test_roles_name_time_place_and_measure(site: Published) -> None:
    roles = {name: dataset["role"] for name, dataset in datasets(site).items()}
    assert roles["batches-by-regions.json"] == {"geo": ["region_code"], "metric": ["stage"]}
    assert roles["achieved-by-programme-year.json"] == {"time": ["year"], "metric": ["stage"]}


def test_a_total_and_a_group_name_what_they_hold_and_each_code_is_held_once(site: Published) -> None:
    tables = {name: table for name, table in datasets(site).items() if name.startswith("batches-by-")}
    seen = 0
    for name, table in tables.items():
        for axis in set(table["id"]) - {"batch_id", "stage"}:
            category = table["dimension"][axis]["category"]
            held = [code for codes in category.get("child", {}).values() for code in codes]
            assert sorted(held) == sorted(set(category["index"]) - {"_T"}), (name, axis)
            seen += 1
    assert seen >= 2 * 7
    regions = tables["batches-by-regions.json"]["dimension"]["region_code"]["category"]["child"]
    assert "64" in regions["_T"]
    assert "64.02" in regions["64"]
    assert "64.02" not in regions["_T"]


def test_what_the_children_of_a_total_add_up_to_is_no_more_than_the_total() -> None:
    table = datasets(published("demo"))["batches-by-sex.json"]
    found, child = cells(table), table["dimension"]["sex"]["category"]["child"]["_T"]
    batches = table["dimension"]["batch_id"]["category"]["index"]
    sums = 0
    for batch in batches:
        parts = [found[code, batch, "peserta"][0] for code in child]
        if None not in (whole := [found["_T", batch, "peserta"][0], *parts]):
            assert sum(parts) == whole[0]
            sums += 1
    assert sums


def test_the_english_twin_differs_in_its_labels_alone(site: Published) -> None:
    tables = datasets(site)
    for name, table in some(tables.items()):
        if not name.endswith(".en.json"):
            twin = tables[name.replace(".json", ".en.json")]
            assert [twin[key] for key in ("id", "size", "value", "status")] == [
                table[key] for key in ("id", "size", "value", "status")
            ]
            assert twin["label"] == table["extension"]["label"]["en"]
            assert twin["href"] == table["href"].replace(".json", ".en.json")
            for axis in some(table["id"]):
                assert (
                    twin["dimension"][axis]["category"]["label"] == table["dimension"][axis]["extension"]["en"]["label"]
                )


def test_every_region_of_the_list_is_there_with_a_figure_or_without(site: Published) -> None:
    axis = datasets(site)["batches-by-regions.json"]["dimension"]["region_code"]["category"]["index"]
    regions = [row["region_code"] for row in site.rows("regions.json")]
    assert sum(code.startswith("64.") for code in regions) == 10
    assert axis == ["_T", *regions, "_U"]
