"""Programmes: the index and one page for each."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from kompeten.pages.book import Book
from kompeten.pages.page import Page


def pages(book: Book, env: Environment) -> Iterator[Page]:
    """Make the pages of programmes."""
    yield from ()
