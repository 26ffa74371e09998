"""Every document obeys its published schema, and what is described is what is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from kompeten.api import text
from tests.published import SETTINGS, Kind, Published, published
from tests.some import some

CASES: tuple[Kind, ...] = ("real", "demo")
OPENAPI = "api/v1/openapi.json"


@pytest.fixture(params=CASES)
def site(request: pytest.FixtureRequest) -> Published:
    return published(request.param)


def operations(site: Published) -> dict[str, Any]:
    return {path: item["get"] for path, item in site.json(OPENAPI)["paths"].items()}


def closed(schema: Any) -> Any:
    """Close every object of a schema: what is published is open to later fields, what is built may hold no other."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {"additionalProperties": False} if isinstance(schema.get("properties"), dict) and "type" in schema else {}
    return {**{key: closed(value) for key, value in schema.items()}, **shut}


def addresses(path: str, operation: dict[str, Any]) -> Iterator[str]:
    """Give every address that a described path stands for."""
    parameters = operation.get("parameters", [])
    if not parameters:
        yield path.lstrip("/")
    for parameter in parameters:
        for value in parameter["schema"]["examples"]:
            yield path.lstrip("/").replace("{" + parameter["name"] + "}", value)


def test_the_description_is_valid_openapi_3_1(site: Published) -> None:
    described = site.json(OPENAPI)
    assert described["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(described).validate()


def test_the_description_says_who_what_where_and_under_which_licence(site: Published) -> None:
    described = site.json(OPENAPI)
    assert described["servers"][0]["url"] == "https://host.example/repo"
    assert described["info"]["contact"] == {
        "name": SETTINGS.publisher,
        "url": SETTINGS.repository_url,
        "email": SETTINGS.contact_email,
    }
    assert described["info"]["license"]["url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert ("INVENTED" in described["info"]["description"]) is site.edition.imprint.synthetic


def test_every_operation_has_its_own_id_a_tag_and_a_documented_404(site: Published) -> None:
    found = operations(site)
    ids = [operation["operationId"] for operation in found.values()]
    assert len(ids) == len(set(ids))
    tags = {tag["name"] for tag in site.json(OPENAPI)["tags"]}
    for operation in found.values():
        assert set(operation["tags"]) <= tags
        assert operation["responses"]["404"] == {"$ref": "#/components/responses/NotFound"}


def test_everything_described_is_written_and_everything_written_is_described(site: Published) -> None:
    described = {address for path, operation in operations(site).items() for address in addresses(path, operation)}
    written = {path for path in site.tree if path.startswith(("api/", "downloads/"))}
    kept = re.compile(r"(api/v1|downloads)/releases/[^/]+/(?!index\.json|files\.json)")
    copies = {path for path in written if kept.match(path)}
    earlier = {path for path in site.edition.kept if re.fullmatch(r"api/v1/releases/[^/]+/(index|files)\.json", path)}
    assert described == (written - copies) | earlier
    originals = {kept.sub(r"\1/", path) for path in copies}
    assert set(site.edition.documents) < originals < written | earlier


def test_every_document_obeys_the_schema_that_its_operation_names(site: Published) -> None:
    described = site.json(OPENAPI)
    components = described["components"]
    checked = 0
    for path, operation in operations(site).items():
        content = operation["responses"]["200"]["content"].get("application/json", {})
        if content.get("schema", {}).keys().isdisjoint({"$ref", "properties"}):
            continue
        validator = Draft202012Validator({**content["schema"], "components": closed(components)})
        for address in addresses(path, operation):
            written = site.tree[address] if address in site.tree else site.edition.kept[address]
            validator.validate(json.loads(written))
            checked += 1
        for example in content.get("examples", {}).values():
            validator.validate(example["value"])
    assert checked > len(site.edition.documents)


def test_every_document_obeys_its_published_json_schema(site: Published) -> None:
    for path, document in site.edition.documents.items():
        name = re.sub(r"(?<=.)([A-Z])", r"-\1", document.endpoint.operation_id).lower()
        schema = closed(site.json(f"api/v1/schemas/{name}.json"))
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(site.json(path))
        Draft202012Validator(schema).validate(
            site.json(path.replace("api/v1/", f"api/v1/releases/{site.edition.imprint.release}/"))
        )


def test_every_schema_is_open_and_every_property_is_required_and_described(site: Published) -> None:
    for path in some([path for path in site.tree if path.startswith("api/v1/schemas/")]):
        for node in some(objects(site.json(path))):
            assert node["additionalProperties"] is True, path
            assert node["required"] == list(node["properties"]), path
            assert all(value.get("description") for value in some(node["properties"].values())), path


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Give every schema of an object inside a schema."""
    if isinstance(node, dict):
        if "properties" in node and isinstance(node.get("type"), str):
            yield node
        for child in node.values():
            yield from objects(child)
    elif isinstance(node, list):
        for child in node:
            yield from objects(child)


def test_a_document_with_a_missing_or_a_wrong_value_is_refused_and_an_addition_is_none(site: Published) -> None:
    schema = site.json("api/v1/schemas/list-observations.json")
    row = site.rows("observations.json")[0]
    whole = site.json("api/v1/observations.json")
    for wrong in ({**row, "value": "17"}, {k: v for k, v in row.items() if k != "status"}):
        assert not Draft202012Validator(schema).is_valid({**whole, "data": [wrong]})
    added = {**whole, "data": [{**row, "extra": 1}], "extra": 1}
    assert Draft202012Validator(schema).is_valid(added)
    assert not Draft202012Validator(closed(schema)).is_valid(added)


def test_the_part_of_an_address_that_varies_has_a_form_and_examples_and_no_closed_list(site: Published) -> None:
    parameters = [p for operation in operations(site).values() for p in operation.get("parameters", [])]
    assert len(parameters) > 8
    for parameter in parameters:
        schema = parameter["schema"]
        assert "enum" not in schema
        assert all(re.search(schema["pattern"], value) for value in schema["examples"]), parameter["name"]
        assert not re.search(schema["pattern"], "../x"), parameter["name"]
    batch = next(p for p in parameters if p["name"] == "batch_id")
    assert re.search(batch["schema"]["pattern"], "kaltim-2027-1")


def test_examples_are_taken_from_built_documents_and_are_short(site: Published) -> None:
    examples = [
        (path, operation, example)
        for path, operation in operations(site).items()
        for example in operation["responses"]["200"]["content"].get("application/json", {}).get("examples", {}).values()
    ]
    for path, operation, example in some(examples):
        address = example["summary"].split(",")[0]
        assert address in addresses(path, operation)
        built = site.json(address)
        assert {**example["value"], "data": None} == {**built, "data": None}
        assert len(json.dumps(example["value"])) <= max(4000, len(json.dumps(built)) // 2)


# --- the publication itself -------------------------------------------------------------------------------------------


def test_every_document_names_its_own_address(site: Published) -> None:
    about = [f"api/v1/{name}.json" for name in ("index", "files", "latest", "tombstones")]
    for path in [*site.edition.documents, *about]:
        assert site.json(path)["self"] == SETTINGS.base_url + path
        assert site.json(path)["deprecation"] is None


def test_copies_of_a_release_differ_from_the_originals_in_their_address_alone(site: Published) -> None:
    folder = f"api/v1/releases/{site.edition.imprint.release}/"
    for path in site.edition.documents:
        copy = folder + path.removeprefix("api/v1/")
        assert site.json(copy) == {**site.json(path), "self": SETTINGS.base_url + copy}
    listed = {entry["path"] for entry in site.rows(f"releases/{site.edition.imprint.release}/files.json")}
    inside = f"/releases/{site.edition.imprint.release}/"
    lists = {f"{folder}index.json", f"{folder}files.json"}
    assert listed == {path for path in site.tree if inside in path} - lists
    assert {path.replace(inside, "/") for path in listed} <= set(site.tree)
    assert {path.split("/")[0] for path in listed} == {"api", "downloads"}
    documents = {entry["path"]: entry for entry in site.rows(f"releases/{site.edition.imprint.release}/index.json")}
    assert {folder + path.removeprefix("api/v1/") for path in site.edition.documents} < documents.keys()
    for path, entry in documents.items():
        assert (entry["url"], entry["bytes"]) == (SETTINGS.base_url + path, len(site.tree[path]))
        assert all(entry["title"].values())


def test_the_description_that_a_release_keeps_names_only_what_stands(site: Published) -> None:
    release = site.edition.imprint.release
    described = site.json(f"api/v1/releases/{release}/openapi.json")["paths"]
    inside = {path for path in described if f"/releases/{release}/" in path}
    assert len(inside) > 20
    assert {path for path in described if path not in inside} == {
        "/api/v1/latest.json",
        "/api/v1/tombstones.json",
        "/api/v1/releases/{release_id}/index.json",
        "/api/v1/releases/{release_id}/files.json",
    }
    for path, item in described.items():
        for address in addresses(path, item["get"]):
            assert address in site.tree or address in site.edition.kept, address


def test_latest_points_to_the_newest_release_and_its_hash(site: Published) -> None:
    newest = site.json("api/v1/latest.json")["data"]
    row = next(row for row in site.rows("releases.json") if row["is_latest"])
    assert newest["release"] == row["id"] == site.edition.imprint.release
    assert newest["data_hash"] == row["data_hash"]
    assert newest["documents"] == f"{SETTINGS.base_url}api/v1/"
    assert newest["permanent"] == f"{SETTINGS.base_url}api/v1/releases/{row['id']}/"
    path = newest["permanent"].removeprefix(SETTINGS.base_url)
    assert f"{path}progress.json" in site.tree


def test_a_document_is_written_as_json_of_one_blank_a_level(site: Published) -> None:
    written = text.files(site.edition.documents)
    assert len(written) == len(site.edition.documents)
    for path, document in site.edition.documents.items():
        assert written[path] == text.to_json(text.plain(document)), path
