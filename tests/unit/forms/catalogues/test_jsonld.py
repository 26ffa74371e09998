"""schema.org Dataset for data pages."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from kompeten.forms.catalogues import DatasetPage, Variable, dataset_jsonld
from tests.published import published

PAGE = DatasetPage(
    language="en",
    path="wilayah/64.02/",
    title="Kutai Kartanegara Regency",
    description="People of the regency in training and certification.",
    distribution=("api/v1/regions/64.02.json", "downloads/regions.csv"),
    variables=(Variable(name="Participants", description="Participants living there.", unit="people"),),
    region_code="64.02",
)


def made(page: DatasetPage, kind: Any = "real") -> dict[str, Any]:
    site = published(kind)
    found: dict[str, Any] = json.loads(dataset_jsonld(page, site.edition))
    return found


def test_everything_that_dataset_search_wants_is_there() -> None:
    body = made(PAGE)
    assert body["@type"] == "Dataset"
    assert body["url"] == "https://host.example/repo/en/wilayah/64.02/"
    assert body["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert body["isAccessibleForFree"] is True
    assert body["version"] == "2026.12"
    assert body["temporalCoverage"] == "2015/2026"
    assert body["spatialCoverage"]["identifier"] == "64.02"
    assert body["spatialCoverage"]["containedInPlace"]["name"] == "East Kalimantan"
    assert body["variableMeasured"][0] == {
        "@type": "PropertyValue",
        "name": "Participants",
        "description": "Participants living there.",
        "unitText": "people",
    }
    assert [(d["contentUrl"], d["encodingFormat"]) for d in body["distribution"]] == [
        ("https://host.example/repo/api/v1/regions/64.02.json", "application/json"),
        ("https://host.example/repo/downloads/regions.csv", "text/csv"),
    ]


@pytest.mark.parametrize("description", ["", "Short.", "word " * 3000])
def test_the_description_has_50_to_5000_characters(description: str) -> None:
    assert 50 <= len(made(replace(PAGE, description=description))["description"]) <= 5000


def test_a_page_without_a_place_is_about_the_whole() -> None:
    body = made(replace(PAGE, region_code=None, language="id", path=""))
    assert body["spatialCoverage"] == {"@type": "Place", "name": "Kalimantan Timur", "identifier": "64"}
    assert body["temporalCoverage"] == "2015/2026"
    assert body["url"] == "https://host.example/repo/"


def test_no_text_can_end_the_script_it_stands_in() -> None:
    site = published("real")
    text = dataset_jsonld(replace(PAGE, title="</script><b>"), site.edition)
    assert "<" not in text
    assert json.loads(text)["name"] == "</script><b>"


def test_invented_data_say_so() -> None:
    assert "SYNTHETIC DATA" in made(PAGE, "demo")["description"]
