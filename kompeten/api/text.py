"""Documents as bytes, and their JSON Schemas. UTF-8, keys in documented order, one line feed at the end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter

from kompeten.api.catalogue import Document, Endpoint
from kompeten.ground.workshop import AT_HAND

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)
"""Writes whatever JSON knows as the models are written."""


def to_json(value: object) -> bytes:
    """Write a value as JSON, indented by one space so that a person can read it and gzip can forget it.

    Raises ValueError for what is no number, which JSON does not know.
    """
    json.dumps(value, allow_nan=False)  # the other writer puts null where a number is none
    return ANYTHING.dump_json(value, indent=1) + b"\n"


def written(document: Document) -> bytes:
    """Write a document as JSON; it reads as ``to_json`` would write it."""
    return f"{document.envelope.model_dump_json(by_alias=True, indent=1)}\n".encode()


def files(documents: Mapping[str, Document]) -> Mapping[str, bytes]:
    """Write every document as JSON, by path below the root of the site."""
    return {path: written(document) for path, document in documents.items()}


def plain(document: Document) -> dict[str, Any]:
    """Give a document as plain dicts and lists, the way a reader of the JSON sees it."""
    value: dict[str, Any] = json.loads(document.envelope.model_dump_json(by_alias=True))
    return value


def schema_name(endpoint: Endpoint) -> str:
    """Name the schema of an endpoint after its operation: ``listBatches`` gives ``list-batches``."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in endpoint.operation_id)


def schema(endpoint: Endpoint, base_url: str) -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of an endpoint's documents, open to the fields that later releases add."""
    title = endpoint.title.en
    body = {**_body(endpoint.envelope), "title": title, "description": f"{title}. {endpoint.shape.__doc__}"}
    address = f"{base_url}api/v1/schemas/{schema_name(endpoint)}.json"
    return {"$schema": SCHEMA_DIALECT, "$id": address, **_published(body)}


@cache
def _body(envelope: type[BaseModel]) -> Mapping[str, Any]:
    """Give what pydantic says of a class, once: the schemas of a site and the description of its API both ask."""
    kept = AT_HAND.workshop.recall("schema", envelope.__name__)
    if kept is None:
        kept = json.dumps(envelope.model_json_schema(mode="serialization", by_alias=True)).encode()
        AT_HAND.workshop.keep("schema", envelope.__name__, kept)
    said: Mapping[str, Any] = json.loads(kept)
    return said


def _published(node: Any) -> Any:
    """Drop the titles that only repeat a property's name, and say of each object that it is open to later fields.

    Some generators of clients take an object that says nothing for closed. Our own tests close them again.
    """
    if isinstance(node, list):
        return [_published(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _published(child) for key, child in node.items() if key not in ("additionalProperties", "properties")}
    if "properties" in node:
        named = node["properties"].items()
        bare = {name: {key: v for key, v in value.items() if key != "title"} for name, value in named}
        kept["properties"] = {name: _published(value) for name, value in bare.items()}
        kept["additionalProperties"] = True
    return kept
