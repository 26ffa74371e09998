"""The API for readers: every address with its parameters, a request to copy, its real answer, and its fields.

Everything comes from the OpenAPI document that machines read; titles in both languages from the list of endpoints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from kompeten.api import ROOT
from kompeten.api.text import to_json
from kompeten.pages.book import Book
from kompeten.pages.page import Crumb, Page, page_of, share_of
from kompeten.pages.shelf import Shelf
from kompeten.pages.tables import Table, row

PATH = "data/api/"
COMPONENTS = "#/components/schemas/"
ENVELOPES = ("List", "Document")
Schema = Mapping[str, Any]


def page(book: Book, shelf: Shelf) -> Page:
    schemas: Mapping[str, Schema] = shelf.openapi["components"]["schemas"]
    operations = {path: item["get"] for path, item in shelf.openapi["paths"].items()}
    shapes = [name for name in schemas if not name.endswith(ENVELOPES) and schemas[name].get("properties")]
    envelope = next(name for name in schemas if name.endswith("List"))
    title, count = book.t("api.title"), book.number(len(operations))
    return page_of(
        book.at(PATH),
        "reference",
        title=title,
        description=book.t("api.description", count=count),
        lead=book.t("api.lead"),
        endpoints=[endpoint(book, shelf, path, operation) for path, operation in operations.items()],
        envelope=fields(book, shelf, envelope, "amplop"),
        shapes=[
            {
                "id": anchor(name),
                "name": name,
                "text": said(shelf, book, schemas[name].get("description", "")),
                "fields": fields(book, shelf, name, anchor(name)),
            }
            for name in shapes
        ],
        crumbs=(Crumb(label=book.t("nav.data"), path="data/"),),
        alternates={f"{ROOT}openapi.json": "OpenAPI (JSON)"},
        share=share_of(book, title=title, figure=count, unit=book.t("api.share.unit")),
    )


def anchor(name: str) -> str:
    return f"bentuk-{name}"


def said(shelf: Shelf, book: Book, text: str) -> Markup:
    """Give a description in the language of the book; one that nobody has translated stays English and says so."""
    if book.language == "en" or not text:
        return Markup("{}").format(text)
    if text in shelf.translations:
        return Markup("{}").format(shelf.translations[text])
    return Markup('<span lang="en">{}</span>').format(text)


def endpoint(book: Book, shelf: Shelf, path: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    content = operation["responses"]["200"]["content"]
    body = next(iter(content.values()))
    example = body.get("examples", {}).get("built")
    parameters = operation.get("parameters", [])
    return {
        "id": operation["operationId"],
        "path": path,
        "title": title(book, shelf, operation),
        "request": request(book, path, parameters),
        "parameters": [_parameter(book, shelf, operation, p) for p in parameters],
        "media": ", ".join(content),
        "shape": shape_of(shelf, body.get("schema", {})),
        "example": to_json(example["value"]).decode().splitlines() if example else None,
        "shortened": bool(example) and "shown" in example["summary"],
    }


def title(book: Book, shelf: Shelf, operation: Mapping[str, Any]) -> Markup:
    """Name an address: as the list of endpoints does, or, for standard forms, as the description does."""
    for family in shelf.endpoints:
        if family.operation_id == operation["operationId"]:
            return Markup("{}").format(family.title.text(book.language))
    return said(shelf, book, operation["summary"])


def request(book: Book, path: str, parameters: list[Mapping[str, Any]]) -> str:
    """Write a request that can be copied, with a valid value for each parameter; its name where there is none yet."""
    values = {p["name"]: p.get("example", f"{{{p['name']}}}") for p in parameters}
    return f"curl {book.settings.base_url}{path.removeprefix('/').format(**values)}"


def _parameter(book: Book, shelf: Shelf, operation: Mapping[str, Any], parameter: Mapping[str, Any]) -> dict[str, Any]:
    family = next((f for f in shelf.endpoints if f.operation_id == operation["operationId"]), None)
    own = family.parameter.description.text(book.language) if family and family.parameter else None
    return {
        "name": parameter["name"],
        "text": own or said(shelf, book, parameter["description"]),
        "values": parameter["schema"].get("examples", []),
    }


def shape_of(shelf: Shelf, schema: Schema) -> str | None:
    """Name the shape of the data in a document, or None where it is no document of ours."""
    name = str(schema.get("$ref", "")).removeprefix(COMPONENTS)
    if not name.endswith(ENVELOPES):
        return None
    data = shelf.openapi["components"]["schemas"][name]["properties"]["data"]
    return _name(data.get("items", data))


def _name(schema: Schema) -> str | None:
    reference = schema.get("$ref")
    return str(reference).removeprefix(COMPONENTS) if reference else None


def fields(book: Book, shelf: Shelf, name: str, slug: str) -> Table:
    return Table(
        id=f"{slug}-isi",
        caption=book.t("api.fields", name=name if slug != "amplop" else book.t("api.envelope")),
        columns=tuple(book.column(f"api.column.{c}") for c in ("field", "type", "meaning")),
        rows=tuple(
            row(field, kind(book, schema), said(shelf, book, schema.get("description", "")) + _choices(book, schema))
            for field, schema in shelf.openapi["components"]["schemas"][name]["properties"].items()
        ),
    )


def kind(book: Book, schema: Schema) -> Markup:
    """Name the type of a field; a shape is a link to its own fields."""
    kinds = [k for part in schema.get("anyOf", [schema]) for k in _kinds(book, part)]
    return Markup(" {} ").format(book.t("or")).join(dict.fromkeys(kinds))


def _kinds(book: Book, schema: Schema) -> Iterator[Markup]:
    name = _name(schema)
    if name:
        yield Markup('<a href="#{}">{}</a>').format(anchor(name), name)
    elif schema.get("type") == "array":
        inner = kind(book, schema["items"]) if schema.get("items") else book.t("api.type.any")
        yield book.phrase("api.type.array", items=inner)
    elif isinstance(schema.get("type"), list):
        for each in schema["type"]:
            yield Markup("{}").format(book.t(f"api.type.{each}"))
    else:
        yield Markup("{}").format(book.t(f"api.type.{schema.get('type', 'any')}"))


def _choices(book: Book, schema: Schema) -> Markup:
    found = next((part["enum"] for part in schema.get("anyOf", [schema]) if "enum" in part), None)
    if not found:
        return Markup("")
    codes = Markup(", ").join(Markup("<code>{}</code>").format(value) for value in found)
    return Markup(" ") + book.phrase("api.choices", values=codes)
