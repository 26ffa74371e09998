"""A program written against the first release reads the newest one: its schemas are replayed on today's documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kompeten.ground.findings import LANGUAGES
from tests.published import Kind, Published, published

FIRST = "api/v1/releases/2026.11/"
CASES: tuple[Kind, ...] = ("real", "demo")


@pytest.fixture(scope="module")
def first() -> dict[str, Any]:
    """Give the description that the first release published, its objects opened.

    It closed them, although it promised additions: that much of it cannot be kept, and everything else is.
    """
    found: dict[str, Any] = opened(json.loads(published("real").edition.kept[f"{FIRST}openapi.json"]))
    return found


def opened(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: opened(value) for key, value in node.items() if (key, value) != ("additionalProperties", False)}
    return [opened(item) for item in node] if isinstance(node, list) else node


def families(described: dict[str, Any], site: Published) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Give the schema of each family that the first release had, and today's documents at its addresses."""
    for path, item in described["paths"].items():
        schema = item["get"]["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
        address = path.lstrip("/").replace(FIRST, "api/v1/")
        if "$ref" in schema and "/releases/" not in address:
            form = re.compile(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(address)))
            yield schema, [each for each in site.tree if form.fullmatch(each)]


@pytest.mark.parametrize("kind", CASES)
def test_every_document_of_today_obeys_the_schemas_of_the_first_release(first: dict[str, Any], kind: Kind) -> None:
    site, seen = published(kind), 0
    for schema, addresses in families(first, site):
        validator = Draft202012Validator({**schema, "components": first["components"]})
        assert addresses, schema
        for address in addresses:
            validator.validate(site.json(address))
            seen += 1
    assert seen > len(site.edition.documents)


def test_the_replay_is_not_blind(first: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/ObservationList", "components": first["components"]}
    whole = published("real").json("api/v1/observations.json")
    assert Draft202012Validator(schema).is_valid(whole)
    for spoilt in ({"value": "1"}, {"stage": "wisuda"}, {"as_of": "kemarin"}):
        assert not Draft202012Validator(schema).is_valid({**whole, "data": [{**whole["data"][0], **spoilt}]})


def test_no_closed_set_of_the_first_release_has_grown(first: dict[str, Any]) -> None:
    today = published("real").json("api/v1/openapi.json")["components"]["schemas"]
    sets = dict(closed_sets(first["components"]["schemas"]))
    grown = {place: codes for place, codes in closed_sets(today) if place in sets and not codes <= sets[place]}
    assert len(sets) > 40
    assert grown == {}


def closed_sets(node: Any, place: str = "") -> Iterator[tuple[str, set[str]]]:
    if isinstance(node, dict):
        if isinstance(node.get("enum"), list):
            yield place, set(node["enum"])
        for key, child in node.items():
            yield from closed_sets(child, f"{place}/{key}")
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield from closed_sets(child, f"{place}/{number}")


def test_the_columns_of_the_first_release_stand_first_in_every_table() -> None:
    site, seen = published("real"), 0
    for path, content in site.edition.kept.items():
        if path.startswith("downloads/releases/2026.11/") and path.endswith(".csv"):
            old, new = (header(each) for each in (content, site.tree[path.replace("releases/2026.11/", "")]))
            assert new[: len(old)] == old, path
            seen += 1
    assert seen >= 2 * len(LANGUAGES) * 19


def header(content: bytes) -> list[str]:
    line = content.decode("utf-8-sig").split("\n", 1)[0]
    return line.split(";" if ";" in line else ",")


def test_every_address_of_the_first_release_answers_at_its_old_place() -> None:
    site = published("real")
    kept = [path for path in site.edition.kept if "releases/2026.11/" in path and not path.endswith("/index.html")]
    live = {path.replace("releases/2026.11/", "") for path in kept}
    assert len(live) > 200
    assert sorted(live - {*site.tree}) == []


def test_what_the_first_release_described_and_kept_no_copy_of_gives_what_stands_today() -> None:
    site = published("real")
    here = {**site.tree, **site.edition.kept}
    stands = {"latest.json": "api/v1/latest.json", "tombstones.json": "api/v1/tombstones.json"}
    stands["releases/2026.11/index.json"] = f"{FIRST}index.json"
    assert {name: here[FIRST + name] for name in stands} == {name: here[path] for name, path in stands.items()}
