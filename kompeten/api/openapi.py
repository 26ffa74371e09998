"""The API described for machines: one OpenAPI 3.1 document and one JSON Schema a family, from the same definitions.

Everything that a document's shape says comes from ``shapes``; what is written here is what no shape says: addresses,
names of operations, licence, contact, and the forms that are no documents of ours (JSON-stat, tables, packages).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from kompeten.api import ROOT, about
from kompeten.api.catalogue import IDS, RELEASE_IDS, Document, Endpoint
from kompeten.api.edition import Edition
from kompeten.api.shapes import SCHEMA_VERSION
from kompeten.api.shaping import Statistics
from kompeten.api.text import plain, schema, schema_name, to_json
from kompeten.ground.vocabulary import form_of

OPENAPI_VERSION = "3.1.0"
LICENCES: Mapping[str, str] = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}
EXAMPLE_BYTES = 4000
"""An example longer than this is shortened."""

TAGS: Mapping[str, str] = {
    "statistics": "Counts, rates and targets, each with its status and sources.",
    "reference": "Code lists, formulas, sources and releases.",
    "publication": "What was written, what is newest, what was withdrawn, what is protected, and the shape of it all.",
    "forms": "The same figures in standard forms: JSON-stat, CSV, XLSX, Parquet, Data Package.",
}
PUBLICATION = frozenset({"privacy.json"})
REFERENCE = frozenset({"sources.json", "measures.json", "codelists/{name}.json", "releases.json"})

JSONSTAT_KEYS = (
    *("version", "class", "label", "source", "updated", "href", "id", "size", "role", "dimension"),
    *("value", "status", "note", "extension"),
)
JSONSTAT_SCHEMA: Mapping[str, Any] = {
    "title": "JsonStatDataset",
    "description": "A JSON-stat 2.0 dataset. Cells in row-major order of id; a value is null exactly where its status "
    "is hidden, unknown or not_applicable.",
    "type": "object",
    "required": list(JSONSTAT_KEYS),
    "additionalProperties": True,
    "properties": {
        "version": {"const": "2.0", "type": "string"},
        "class": {"const": "dataset", "type": "string"},
        "label": {"type": "string", "description": "Title in the language of the file; both stand in extension."},
        "source": {"type": "string"},
        "updated": {"type": "string", "description": "Day of the release."},
        "href": {"type": "string", "description": "Address of this document."},
        "id": {"type": "array", "items": {"type": "string"}},
        "size": {"type": "array", "items": {"type": "integer"}},
        "role": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
        "dimension": {"type": "object", "additionalProperties": {"type": "object"}},
        "value": {"type": "array", "items": {"type": ["number", "null"]}},
        "status": {"type": "array", "items": {"type": "string"}, "description": "Codes of codelists/statuses.json."},
        "note": {"type": "array", "items": {"type": "string"}},
        "extension": {"type": "object", "description": "Envelope, texts in English, and what each status means."},
    },
}


def openapi(edition: Edition, forms: Collection[str]) -> dict[str, Any]:
    """Describe the whole API. forms: paths of the JSON-stat documents and of all files under ``downloads/``."""
    families, statistics, base_url = edition.families, edition.statistics, edition.settings.base_url
    described = {**{e: _example(e, edition.documents) for e in families}, **_about(edition)}
    paths = {f"/{ROOT}{e.path}": _document_path(e, statistics, example) for e, example in described.items()}
    paths |= {f"/{ROOT}releases/{{release_id}}/{name}": path for name, path in _frozen_paths(edition)}
    paths |= _forms(families, forms)
    return {
        "openapi": OPENAPI_VERSION,
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": _info(edition),
        "servers": [{"url": base_url.rstrip("/"), "description": "This site; static files, no key needed."}],
        "security": [],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": paths,
        "components": {"schemas": _components([*families, *about.ENDPOINTS]), "responses": {"NotFound": NOT_FOUND}},
        "externalDocs": {"url": f"{base_url}en/data/", "description": "Guide, downloads and dictionary"},
    }


def files(edition: Edition, forms: Collection[str]) -> Mapping[str, bytes]:
    return {f"{ROOT}openapi.json": to_json(openapi(edition, forms))}


def schemas(edition: Edition) -> Mapping[str, bytes]:
    """Give the JSON Schema of every family, by path below the root of the site."""
    return {
        f"{ROOT}schemas/{schema_name(endpoint)}.json": to_json(schema(endpoint, edition.settings.base_url))
        for endpoint in [*edition.families, *about.ENDPOINTS]
    }


def promised(tree: Mapping[str, bytes], kept: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Give what stands today for a document that an earlier release described and left no copy of, at its address.

    tree: every document of today; kept: what earlier releases left. By path below the root of the site.
    """
    found: dict[str, bytes] = {}
    here = {**tree, **kept}
    for place in (path for path in kept if path.endswith("/openapi.json")):
        folder = place.removesuffix("openapi.json")
        for path in _described(json.loads(kept[place]).get("paths", {})):
            today = path.replace(folder, ROOT, 1)
            if today != path and path not in kept and today in here:
                found[path] = here[today]
    return found


def _described(paths: Mapping[str, Any]) -> Iterator[str]:
    """Give every address that a description names, by the ids it knows; below the root of the site."""
    for path, item in paths.items():
        for parameter in item["get"].get("parameters", [None]):
            known = parameter and (parameter["schema"].get("enum") or parameter["schema"].get("examples", ()))
            yield from (path[1:].replace(f"{{{parameter['name']}}}", each) for each in known) if known else (path[1:],)


NOT_FOUND: Mapping[str, Any] = {
    "description": "Nothing stands at this address. The body is a page for people; every valid address is in "
    "index.json. A withdrawn id is no 404: its document says, in the form of tombstones.json, what it was, why it went "
    "and what took its place.",
    "content": {"text/html": {"schema": {"type": "string"}}},
}


def _info(edition: Edition) -> dict[str, Any]:
    imprint, settings = edition.imprint, edition.settings
    invented = " ALL FIGURES ARE INVENTED, for demonstration." if imprint.synthetic else ""
    return {
        "title": "Kaltim Kompeten",
        "summary": "Who gets trained and certified as a construction worker in East Kalimantan",
        "description": "Static JSON files, written anew with each release. Every documented key is always present; "
        "what is absent is null; a value stands beside its status, and null never means 0. Within v1 fields may be "
        "added at the end, never removed, retyped or reordered. To add observations up, take rows with preferred and "
        "whole_batch true and kind other than cumulative: several sources state one figure, _T holds the rest, and "
        "spans of time are never added. Copies of each release that never change stand under "
        f"`/{ROOT}releases/{{release_id}}/` at the same names.{invented}",
        "version": SCHEMA_VERSION,
        "contact": {"name": settings.publisher, "url": settings.repository_url, "email": settings.contact_email},
        "license": {"name": imprint.licence, "url": LICENCES[imprint.licence]},
    }


Example = tuple[str, dict[str, Any]]
"""The path and content of a document."""


def _about(edition: Edition) -> dict[Endpoint, Example | None]:
    newest = about.standing(edition)
    paths = {endpoint: ROOT + endpoint.path for endpoint in (about.LATEST, about.TOMBSTONES)}
    told = {endpoint: (path, json.loads(newest[path])) for endpoint, path in paths.items()}
    return {about.INDEX: None, about.FILES: None, **told}


def _example(endpoint: Endpoint, documents: Mapping[str, Document]) -> Example | None:
    """Give the first built document of a family; None where there is none."""
    found = next((d for d in documents.values() if d.endpoint.path == endpoint.path), None)
    return (found.path, plain(found)) if found else None


def _document_path(endpoint: Endpoint, statistics: Statistics, example: Example | None) -> dict[str, Any]:
    """Describe one family of documents."""
    content = _json({"$ref": f"#/components/schemas/{document_name(endpoint)}"})
    if example is not None:
        content["application/json"]["examples"] = {"built": _shown(*example)}
    is_about = endpoint in about.ENDPOINTS or endpoint.path in PUBLICATION
    tag = "publication" if is_about else "reference" if endpoint.path in REFERENCE else "statistics"
    own = endpoint.parameter
    parameter = _parameter(own.name, own.description.en, own.pattern, own.values(statistics)) if own else None
    said = f"{endpoint.title.id}. {endpoint.shape.__doc__}"
    return _operation(endpoint.operation_id, endpoint.title.en, tag, content, parameter, description=said)


def _json(schema: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {"application/json": {"schema": dict(schema)}}


def _parameter(name: str, description: str, pattern: str, values: Sequence[str]) -> dict[str, Any]:
    """Describe the part of an address that varies: its form, which later ids obey too, and every id there is today."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string", "pattern": pattern, **({"examples": list(values)} if values else {})},
        **({"example": values[0]} if values else {}),
    }


FILES_OF_A_RELEASE: Mapping[str, Any] = {
    "type": "object",
    "description": "A list in the shape of its own release; the openapi.json beside it describes that shape.",
    "required": ["release", "self", "total", "data"],
    "additionalProperties": True,
    "properties": {
        "release": {"type": "string", "description": "Release."},
        "self": {"type": "string", "format": "uri", "description": "Address of this list."},
        "total": {"type": "integer", "description": "Number of rows."},
        "data": {
            "type": "array",
            "description": "Its files.",
            "items": {
                "type": "object",
                "required": ["path", "media_type", "bytes", "sha256"],
                "additionalProperties": True,
                "properties": {
                    "path": {"type": "string", "description": "Path below the root of the site."},
                    "media_type": {"type": "string", "description": "Media type."},
                    "bytes": {"type": "integer", "description": "Size in bytes."},
                    "sha256": {"type": "string", "description": "SHA-256, hexadecimal."},
                },
            },
        },
    },
}
"""What the lists of all releases have: an earlier one lacks what was added to them since."""


def _frozen_paths(edition: Edition) -> Iterator[tuple[str, dict[str, Any]]]:
    """Describe the lists of a release, whose documents stand beside them under their own names."""
    newest, kept = edition.release.id, [r.id for r in reversed(edition.compilation.releases)]
    for endpoint, operation_id, summary in (
        (about.INDEX, "listReleaseFiles", "Every document of one release"),
        (about.FILES, "listAllReleaseFiles", "Every file of one release"),
    ):
        there = [i for i in kept if i == newest or about.release_copy(ROOT + endpoint.path, i) in edition.kept]
        parameter = _parameter("release_id", "Release, from releases.json.", RELEASE_IDS, there)
        yield endpoint.path, _operation(operation_id, summary, "publication", _json(FILES_OF_A_RELEASE), parameter)


def _shown(path: str, value: dict[str, Any]) -> dict[str, Any]:
    """Give an example; one that is long has only the first items of its lists, and says so."""
    if len(json.dumps(value)) <= EXAMPLE_BYTES:
        return {"summary": f"{path}, as built", "value": value}
    tried = {kept: _shortened(value, kept) for kept in (8, 4, 2, 1)}
    kept = next((kept for kept, short in tried.items() if len(json.dumps(short)) <= EXAMPLE_BYTES), 1)
    return {"summary": f"{path}, as built, at most {kept} items of each list shown", "value": tried[kept]}


def _shortened(node: Any, kept: int) -> Any:
    if isinstance(node, dict):
        return {key: _shortened(child, kept) for key, child in node.items()}
    if isinstance(node, list):
        return [_shortened(child, kept) for child in node[:kept]]
    return node


def document_name(endpoint: Endpoint) -> str:
    return f"{endpoint.shape.__name__}{'List' if endpoint.is_list else 'Document'}"


def _components(endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    """Give every schema under its own name: the documents, and all parts they are made of, each once."""
    found: dict[str, Any] = {"JsonStatDataset": dict(JSONSTAT_SCHEMA)}
    for endpoint in endpoints:
        body = schema(endpoint, "")
        parts = body.pop("$defs", {})
        del body["$schema"], body["$id"]
        whole = {**body, "title": document_name(endpoint), "description": endpoint.shape.__doc__}
        for name, part in [(document_name(endpoint), whole), *parts.items()]:
            pointed = _repointed(part)
            if found.setdefault(name, pointed) != pointed:
                raise ValueError(f"two shapes are named {name}")
    return dict(sorted(found.items()))


def _repointed(node: Any) -> Any:
    """Point references to the components instead of a document's own definitions."""
    if isinstance(node, dict):
        return {
            k: v.replace("#/$defs/", "#/components/schemas/") if k == "$ref" else _repointed(v) for k, v in node.items()
        }
    return [_repointed(item) for item in node] if isinstance(node, list) else node


def _forms(families: Sequence[Endpoint], forms: Collection[str]) -> dict[str, Any]:
    """Describe what stands beside the documents."""
    stat = f"/{ROOT}jsonstat/"
    tables = [p.removeprefix(stat[1:]).removesuffix(".json") for p in sorted(forms) if p.startswith(stat[1:])]
    downloads = [p for p in sorted(forms) if p.startswith("downloads/")]
    names = [schema_name(endpoint) for endpoint in [*families, *about.ENDPOINTS]]
    name = _parameter("name", "Name of the schema, from the name of the operation.", IDS, names)
    table = _parameter("table", "Name of the table.", IDS, tables)
    anything, dataset = _json({"type": "object"}), _json({"$ref": "#/components/schemas/JsonStatDataset"})
    of_family = "JSON Schema (2020-12) of one family of documents"
    return {
        f"/{ROOT}openapi.json": _operation("getOpenApi", "This description", "publication", anything),
        f"/{ROOT}schemas/{{name}}.json": _operation("getSchema", of_family, "publication", anything, name),
        f"{stat}{{table}}.json": _operation("getJsonStat", "One table as JSON-stat 2.0", "forms", dataset, table),
        **_download_paths(downloads),
    }


FILE_NAMES = r"^[A-Za-z0-9_][A-Za-z0-9._-]*$"


def _download_paths(downloads: Sequence[str]) -> dict[str, Any]:
    """Describe the files under ``downloads/``, one path a folder."""
    by_folder: dict[str, list[str]] = {}
    for path in downloads:
        folder, _, name = path.rpartition("/")
        by_folder.setdefault(folder, []).append(name)
    return {
        f"/{folder}/{{file}}": _operation(
            "".join(["download", *(word.capitalize() for word in folder.split("/")[1:]), "File"]),
            f"A file of {folder}/",
            "forms",
            {media: {} for media in _media_types(names)},
            _parameter("file", "Name of the file.", FILE_NAMES, names),
        )
        for folder, names in by_folder.items()
    }


def _media_types(names: Sequence[str]) -> Iterator[str]:
    forms = {form for name in names if (form := form_of(name))}
    for form in sorted(forms, key=lambda form: (form.ending.rpartition(".")[2], form.ending)):
        yield from (form.media_type, *form.served)


def _operation(
    operation_id: str,
    summary: str,
    tag: str,
    content: Mapping[str, Mapping[str, Any]],
    parameter: Mapping[str, Any] | None = None,
    *,
    description: str = "",
) -> dict[str, Any]:
    """Describe one address, or a family of them. content: schema and examples of what it gives, by media type."""
    return {
        "get": {
            "operationId": operation_id,
            "summary": summary,
            "description": description or f"{summary}.",
            "tags": [tag],
            **({"parameters": [dict(parameter)]} if parameter else {}),
            "responses": {
                "200": {"description": summary, "content": content},
                "404": {"$ref": "#/components/responses/NotFound"},
            },
        }
    }
