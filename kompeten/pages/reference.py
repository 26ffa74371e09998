"""The API for readers: every address with its parameters, a request to copy, its real answer, and its fields.

Everything comes from the OpenAPI document that machines read; titles in both languages from the list of endpoints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

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
    envelope = next(schema for name, schema in schemas.items() if name.endswith("List"))
    count = book.number(len(operations))
    return page_of(
        book.at(PATH),
        "reference",
        title=book.t("api.title"),
        description=book.t("api.description", count=count),
        lead=book.t("api.lead"),
        endpoints=[endpoint(book, shelf, path, operation) for path, operation in operations.items()],
        envelope=fields(book, shelf, envelope, "amplop", book.t("api.envelope")),
        shapes=[
            (name, said(shelf, book, schema.get("description", "")), fields(book, shelf, schema, anchor(name), name))
            for name, schema in schemas.items()
            if not name.endswith(ENVELOPES) and schema.get("properties")
        ],
        crumbs=(Crumb(label=book.t("nav.data"), path="data/"),),
        alternates={f"{ROOT}openapi.json": "OpenAPI (JSON)"},
        share=share_of(book, figure=count, unit=book.t("api.share.unit")),
    )


def anchor(name: str) -> str:
    return f"bentuk-{name}"


def said(shelf: Shelf, book: Book, text: str) -> Markup:
    """Give a description in the language of the book; one that nobody has translated stays English and says so."""
    if book.language == "en" or not text:
        return escape(text)
    if text in shelf.translations:
        return escape(shelf.translations[text])
    return Markup('<span lang="en">{}</span>').format(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One address, or a family of them. parameters: name, meaning and values of each; media: types of what it gives.

    shape: of the data in the document, None where it is none of ours; example: lines of an answer, None without one.
    """

    id: str
    path: str
    title: Markup
    request: str
    parameters: tuple[tuple[str, Markup, Sequence[str]], ...]
    media: str
    shape: str | None
    example: list[str] | None
    is_shortened: bool


def endpoint(book: Book, shelf: Shelf, path: str, operation: Mapping[str, Any]) -> Described:
    content = operation["responses"]["200"]["content"]
    body = next(iter(content.values()))
    example = body.get("examples", {}).get("built")
    parameters = operation.get("parameters", [])
    family = next((f for f in shelf.endpoints if f.operation_id == operation["operationId"]), None)
    # Standard forms are named as the description does, all others as the list of endpoints does.
    own = family.parameter.description.text(book.language) if family and family.parameter else None
    return Described(
        id=operation["operationId"],
        path=path,
        title=escape(family.title.text(book.language)) if family else said(shelf, book, operation["summary"]),
        request=request(book, path, parameters),
        parameters=tuple(
            (p["name"], escape(own) if own else said(shelf, book, p["description"]), p["schema"].get("examples", []))
            for p in parameters
        ),
        media=", ".join(content),
        shape=shape_of(shelf, body.get("schema", {})),
        example=to_json(example["value"]).decode().splitlines() if example else None,
        is_shortened=bool(example) and "shown" in example["summary"],
    )


def request(book: Book, path: str, parameters: list[Mapping[str, Any]]) -> str:
    """Write a request that can be copied, with a valid value for each parameter; its name where there is none yet."""
    values = {p["name"]: p.get("example", f"{{{p['name']}}}") for p in parameters}
    return f"curl {book.settings.base_url}{path.removeprefix('/').format(**values)}"


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


def fields(book: Book, shelf: Shelf, schema: Schema, slug: str, title: str) -> Table:
    heads = (f"api.column.{column}" for column in ("field", "type", "meaning"))
    rows = (
        row(name, kind(book, field), said(shelf, book, field.get("description", "")) + _choices(book, field))
        for name, field in schema["properties"].items()
    )
    return book.titled(f"{slug}-isi", book.t("api.fields", name=title), heads, rows)


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
    else:
        types = schema.get("type", "any")
        yield from (escape(book.t(f"api.type.{each}")) for each in (types if isinstance(types, list) else [types]))


def _choices(book: Book, schema: Schema) -> Markup:
    found = next((part["enum"] for part in schema.get("anyOf", [schema]) if "enum" in part), None)
    if not found:
        return Markup("")
    codes = Markup(", ").join(Markup("<code>{}</code>").format(value) for value in found)
    return Markup(" ") + book.phrase("api.choices", values=codes)
