"""schema.org on pages: each dataset of the catalogue once, under the same name; other pages are parts of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from rdflib import RDF, Graph, Namespace

from kompeten.forms.catalogues import DataPage, datasets_jsonld, page_jsonld
from tests.published import Kind, published
from tests.some import some

CASES: tuple[Kind, ...] = ("real", "demo")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
PAGE = DataPage(
    language="en",
    path="wilayah/64.02/",
    title="Kutai Kartanegara Regency",
    description="People of the regency in training and certification.",
    documents=("api/v1/regions/64.02.json", "downloads/regions.csv"),
    region_code="64.02",
)
pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"  # rdflib's own parser of JSON-LD makes one
)


def made(page: DataPage) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page_jsonld(page, published("real").edition))
    return found


def datasets(kind: Kind) -> list[dict[str, Any]]:
    site = published(kind)
    whole = json.loads(datasets_jsonld(site.edition, site.tree))
    return [whole, *whole["hasPart"]]


@pytest.mark.parametrize("kind", CASES)
def test_each_dataset_of_the_catalogue_is_one_dataset_under_the_same_name(kind: Kind) -> None:
    catalogue = Graph().parse(data=published(kind).tree["catalog.jsonld"].decode(), format="json-ld")
    named = sorted(str(node) for node in catalogue.subjects(RDF.type, DCAT.Dataset))
    assert sorted(each["@id"] for each in datasets(kind)) == named
    assert len(named) > 15


@pytest.mark.parametrize("kind", CASES)
def test_every_dataset_has_what_dataset_search_wants_in_both_languages(kind: Kind) -> None:
    site = published(kind)
    for each in some(datasets(kind)):
        assert each["@type"] == "Dataset"
        for key in ("name", "description"):
            assert [text["@language"] for text in each[key]] == ["id", "en"]
        assert all(50 <= len(text["@value"]) <= 5000 for text in each["description"])
        assert ("SYNTHETIC DATA" in each["description"][1]["@value"]) is (kind == "demo")
        assert each["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert each["isAccessibleForFree"] is True
        assert each["version"] == site.edition.release.id
        assert each["distribution"]
        for file in some(each["distribution"]):
            assert file["contentUrl"].removeprefix("https://host.example/repo/") in site.tree
        assert "#dataset" not in each["@id"]


def test_the_whole_holds_all_others_and_names_what_is_measured() -> None:
    whole, *parts = datasets("real")
    assert whole["@context"] == "https://schema.org/"
    assert whole["temporalCoverage"] == "2015/2026"
    assert whole["spatialCoverage"]["identifier"] == "64"
    assert {each["isPartOf"]["@id"] for each in parts} == {whole["@id"]}
    assert whole["variableMeasured"][0] == {
        "@type": "PropertyValue",
        "name": [{"@value": "Peserta", "@language": "id"}, {"@value": "Participants", "@language": "en"}],
        "unitText": "orang",
    }


def test_a_page_is_no_dataset_but_a_part_of_one_with_its_twin_and_its_files() -> None:
    body = made(PAGE)
    assert "Dataset" not in json.dumps(body)
    assert (body["@context"], body["@type"]) == ("https://schema.org/", "WebPage")
    assert (body["name"], body["description"], body["inLanguage"]) == (PAGE.title, PAGE.description, "en")
    assert body["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert body["dateModified"] == published("real").edition.release.released_on
    assert body["@id"] == body["url"] == "https://host.example/repo/en/wilayah/64.02/"
    assert body["translationOfWork"] == {"@id": "https://host.example/repo/wilayah/64.02/"}
    assert body["isPartOf"] == {"@id": "https://host.example/repo/catalog.jsonld#package"}
    assert body["spatialCoverage"]["identifier"] == "64.02"
    assert body["spatialCoverage"]["containedInPlace"]["name"][1]["@value"] == "East Kalimantan"
    assert [(d["contentUrl"], d["encodingFormat"]) for d in body["encoding"]] == [
        ("https://host.example/repo/api/v1/regions/64.02.json", "application/json"),
        ("https://host.example/repo/downloads/regions.csv", "text/csv"),
    ]


def test_a_page_without_a_place_is_about_the_province() -> None:
    body = made(replace(PAGE, region_code=None, language="id", path=""))
    assert body["spatialCoverage"]["identifier"] == "64"
    assert body["url"] == "https://host.example/repo/"


def test_no_text_can_end_the_script_it_stands_in() -> None:
    text = page_jsonld(replace(PAGE, title="</script><b>"), published("real").edition)
    assert "<" not in text
    assert json.loads(text)["name"] == "</script><b>"
