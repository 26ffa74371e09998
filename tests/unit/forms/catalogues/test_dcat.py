"""The catalogue as harvesters read it: triples, shapes, files that are there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import RDF, SKOS, Graph, Namespace, URIRef

from tests.published import SETTINGS, Kind, Published, published
from tests.some import some

pytestmark = pytest.mark.filterwarnings(
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"  # rdflib's own parser of JSON-LD makes one
)
CASES: tuple[Kind, ...] = ("real", "demo")
SHAPES = Path(__file__).parent / "dcat-ap-3.0.1"
"""The publisher's own: what must be there, and of which class it must be."""
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCT = Namespace("http://purl.org/dc/terms/")
SPDX = Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture(params=CASES)
def site(request: pytest.FixtureRequest) -> Published:
    return published(request.param)


def graph(site: Published) -> Graph:
    return Graph().parse(data=site.tree["catalog.jsonld"].decode(), format="json-ld")


def conforms(data: Graph) -> tuple[bool, str]:
    shapes = Graph()
    for name in ("shapes.ttl", "range.ttl"):
        shapes.parse(SHAPES / name)
    found, _, text = validate(data, shacl_graph=shapes, inference="none")
    return bool(found), str(text)


def test_the_catalogue_conforms_to_the_shapes_of_dcat_ap_3_0_1(site: Published) -> None:
    found, text = conforms(graph(site))
    assert found, text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda g: g.remove((None, DCT.title, None)),
        lambda g: g.remove((None, DCAT.accessURL, None)),
        lambda g: g.remove((None, RDF.type, DCT.LicenseDocument)),
        lambda g: g.remove((None, DCAT.endpointURL, None)),
        lambda g: g.remove((None, SPDX.checksumValue, None)),
    ],
)
def test_the_shapes_are_not_blind(spoil: Callable[[Graph], Any]) -> None:
    spoiled = graph(published("real"))
    spoil(spoiled)
    assert not conforms(spoiled)[0]


def test_every_distribution_is_a_file_with_its_bytes_and_checksum(site: Published) -> None:
    data = graph(site)
    files = {str(url).removeprefix(SETTINGS.base_url): node for node, url in data.subject_objects(DCAT.downloadURL)}
    assert set(files) <= set(site.tree)
    for path, node in some(files.items()):
        if path.endswith(".zip"):
            assert data.value(node, DCAT.byteSize) is None
            continue
        content = site.tree[path]
        assert int(data.value(node, DCAT.byteSize)) == len(content)
        digest = data.value(data.value(node, SPDX.checksum), SPDX.checksumValue)
        assert str(digest).lower() == hashlib.sha256(content).hexdigest()


def test_every_table_is_listed_in_each_of_its_forms(site: Published) -> None:
    files = {str(url).removeprefix(SETTINGS.base_url) for url in graph(site).objects(None, DCAT.downloadURL)}
    tables = {
        path
        for path in site.tree
        if path.startswith("downloads/") and path.endswith((".csv", ".xlsx", ".parquet"))
        if "/releases/" not in path and "/slices/" not in path
    }
    assert tables <= files
    assert {"api/v1/observations.json", "api/v1/jsonstat/batches-by-stage.json"} <= files


def test_titles_stand_in_both_languages(site: Published) -> None:
    data = graph(site)
    for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.DataService):
        for node in some(data.subjects(RDF.type, kind)):
            assert {title.language for title in data.objects(node, DCT.title)} == {"id", "en"}
            assert {text.language for text in data.objects(node, DCT.description)} == {"id", "en"}


def test_every_theme_says_its_name_and_its_scheme(site: Published) -> None:
    data = graph(site)
    scheme = data.value(next(data.subjects(RDF.type, DCAT.Catalog)), DCAT.themeTaxonomy)
    assert {title.language for title in data.objects(scheme, DCT.title)} == {"id", "en"}
    themes = set(data.objects(None, DCAT.theme))
    assert len(themes) == 2
    for theme in themes:
        assert {name.language for name in data.objects(theme, SKOS.prefLabel)} == {"id", "en"}


def test_nothing_has_to_be_fetched_to_read_it(site: Published) -> None:
    assert all(isinstance(value, str) for value in site.json("catalog.jsonld")["@context"].values())
    service = next(graph(site).subjects(RDF.type, DCAT.DataService))
    assert graph(site).value(service, DCAT.endpointURL) == URIRef(f"{SETTINGS.base_url}api/v1/")


def test_invented_data_say_so_in_every_dataset() -> None:
    data = graph(published("demo"))
    for node in some(data.subjects(RDF.type, DCAT.Dataset)):
        texts = {text.language: str(text) for text in data.objects(node, DCT.description)}
        assert texts["id"].startswith("DATA SINTETIS")
        assert texts["en"].startswith("SYNTHETIC DATA")
