"""Books opened on the repository's data and on synthetic data, and figures read back from the pages made of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kompeten.api.edition import compute
from kompeten.api.publication import publication
from kompeten.api.text import plain
from kompeten.ground.findings import Language
from kompeten.ground.settings import load_settings
from kompeten.intake.validation import examine
from kompeten.pages.book import Book
from kompeten.pages.contents import books
from kompeten.pages.library import open_library
from kompeten.pages.page import Page
from tests.published import privacy
from tests.site_reader import Element, PageReader, at_pointer
from tests.some import some

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "site_templates"
STANDS_FOR = {
    "id": {"tidak diketahui", "disembunyikan", "tidak berlaku"},
    "en": {"not known", "hidden", "not applicable"},
}
"""The words that may stand where a figure would."""


def open_books(data: Path) -> Mapping[Language, Book]:
    """Open the site of a data folder in both languages, without building it."""
    chosen = publication(examine(data, ROOT / "data"), load_settings(ROOT / "kompeten.toml"), None)
    return books(compute(chosen, privacy()), TEMPLATES)


def published(book: Book, path: str) -> dict[str, Any]:
    """Give a document as its readers see it."""
    return plain(book.api.documents[path])


def with_documents(book: Book, changed: Mapping[str, Any]) -> Book:
    """Give the book with other data in some of its documents. changed: path to data as JSON has them."""
    documents = dict(book.api.documents)
    for path, data in changed.items():
        document = documents[path]
        body = {**plain(document), "data": data}
        documents[path] = replace(document, envelope=document.endpoint.envelope.model_validate_json(json.dumps(body)))
    return replace(book, api=open_library(documents))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a page: as printed, as written in the element, and the address it names."""

    printed: str
    value: str
    path: str
    pointer: str

    def found(self, book: Book) -> Any:
        """Follow the address. Raises LookupError where it leads nowhere."""
        return at_pointer(published(book, self.path), self.pointer)


def figures(page: Page) -> Iterator[Figure]:
    """Give every figure of a page."""
    for element in elements(page):
        if element.name == "data":
            path, _, pointer = element.attributes["data-json"].partition("#")
            yield Figure(
                printed=element.text.strip(),
                value=element.attributes["value"],
                path=path.removeprefix("/"),
                pointer=pointer,
            )


def elements(page: Page) -> list[Element]:
    """Give the elements of a page's body."""
    reader = PageReader()
    reader.feed(f"<body>{page.body}</body>")
    reader.close()
    return reader.elements


def words(page: Page) -> str:
    """Give the text of a page's body."""
    return re.sub(r"\s+", " ", elements(page)[0].text)


def wrong_figures(book: Book, made: Iterable[Page]) -> list[tuple[str, Figure]]:
    """Give the figures whose element or whose words do not agree with the document they name."""
    wrong = []
    for page, figure in some((own, figure) for own in made for figure in figures(own)):
        value = figure.found(book)
        is_right = (
            figure.value == "" and figure.printed in STANDS_FOR[book.language]
            if value is None
            else figure.value == str(value) and any(letter.isdigit() for letter in figure.printed)
        )
        if not is_right:
            wrong.append((page.path, figure))
    return wrong
