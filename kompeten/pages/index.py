"""A–Z: every page of one language by its title. It serves as the search where no script runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from kompeten.pages.book import Book
from kompeten.pages.page import Page, page_of

PATH = "a-z/"
HOME = ""


def page(book: Book, pages: Iterable[Page]) -> Page:
    """Make the index of all pages of the language of the book; pages made for frames are left out."""
    own = [p for p in pages if p.language == book.language and p.page_path is None]
    titles = [(book.t("nav.home") if p.path == HOME else p.title, p.path) for p in own]
    return page_of(
        book.at(PATH),
        "index",
        title=book.t("index.title"),
        description=book.t("index.description", count=book.number(len(titles))),
        lead=book.t("index.lead"),
        groups=by_letter(titles),
    )


def by_letter(titles: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Group titles by their first letter, in alphabetical order; what begins with no letter comes first, as ``#``."""
    found: dict[str, list[tuple[str, str]]] = {}
    for title, path in sorted(titles, key=lambda entry: (sort_key(entry[0]), entry[1])):
        first = sort_key(title)[:1].upper()
        found.setdefault(first if "A" <= first <= "Z" else "#", []).append((title, path))
    return dict(sorted(found.items()))


def sort_key(title: str) -> str:
    """Give the letters of a title as sorted: no accents, no case, no signs in front."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", title) if not unicodedata.combining(c)).casefold()
    return plain.lstrip("\"'“‘( ")
