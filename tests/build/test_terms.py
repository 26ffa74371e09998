"""On every page each glossary term is explained where it first stands; nothing is explained twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from tests.site_reader import VOID, SitePage, pages

DOCS = Path(__file__).parents[2] / "docs"
SILENT = {"a", "button", "code", "data", "details", "dfn", "figcaption", "h1", "nav", "pre", "script", "style", "svg"}
SILENT |= {"td", "th"}
SILENT_CLASSES = {"chip", "copy"}


@dataclass(slots=True)
class Reader(HTMLParser):
    """Reads the main part of a page in order. read: each piece of text, with the term it links to, or None."""

    read: list[tuple[str, str | None]] = field(default_factory=list)
    open: list[tuple[str, bool, str | None]] = field(default_factory=list)
    own: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        term = given["id"].removeprefix("kata-") if "term" in classes else None
        silent = term is None and (tag in SILENT or bool(classes & {*SILENT_CLASSES, "terms"}))
        if tag not in VOID:
            self.open.append((tag, silent, term))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        names = [name for name, _, _ in self.open]
        if "dfn" in names:
            self.own.add(data.lower())
        if "main" in names and not any(silent for _, silent, _ in self.open):
            self.read.append((data, next((term for _, _, term in self.open if term), None)))


@cache
def words(language: str) -> dict[str, str]:
    """Give the term of each word that the glossary page lists."""
    front = (DOCS / language / "istilah.md").read_text(encoding="utf-8").split("---\n")[1]
    return {word: term for term, found in yaml.safe_load(front)["words"].items() for word in found}


def met(text: str, language: str) -> Iterator[str]:
    """Give the terms of a piece of text in order; a longer word goes before one inside it."""
    text = re.sub(r"Kaltim Kompeten|level AA", "", text)
    found: list[tuple[int, int, str]] = []
    for word, term in sorted(words(language).items(), key=lambda entry: -len(entry[0])):
        flags = 0 if word[:3].isupper() else re.IGNORECASE
        for match in re.finditer(rf"(?<![\w/.-]){word}(-?nya)?(?!\w|-\w|\.\w)", text, flags):
            if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                found.append((match.start(), match.end(), term))
    return (term for _, _, term in sorted(found))


def faults(page: SitePage) -> list[str]:
    """Name the terms of a page that are not explained where they first stand, or explained twice."""
    reader = Reader()
    reader.feed(page.html)
    listed = re.findall(r'<div id="istilah-([\w-]+)" tabindex="-1"><dt>.+?</dt><dd>.+?</dd></div>', page.html)
    explained = {words(page.language)[w] for w in words(page.language) if w.lower() in reader.own}
    wrong, order = [], []
    for text, linked in reader.read:
        for term in met(text, page.language):
            if linked is None and term not in {*order, *explained}:
                wrong.append(f"{term}: stands first without a link: {text.strip()[:60]}")
            if linked == term and term in {*order, *explained}:
                wrong.append(f"{term}: linked again")
            if linked == term:
                order.append(term)
    if listed != order or len(set(listed)) != len(listed):
        wrong.append(f"listed {listed}, linked {order}")
    return wrong


def explaining(site: Path) -> list[SitePage]:
    """Give the pages that explain terms: not the glossary itself, frames, and the page for lost addresses."""
    left_out = ("istilah/", "embed/", "404.html")
    return [page for page in pages(site) if not page.path.removeprefix("en/").startswith(left_out)]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_term_is_explained_where_it_first_stands(both_sites: tuple[Path, Path], language: str) -> None:
    for site in both_sites:
        found = [page for page in explaining(site) if page.language == language]
        assert len(found) > 50
        assert {page.path: wrong for page in found if (wrong := faults(page))} == {}


def test_terms_are_explained_on_most_pages(real_site: Path) -> None:
    found = explaining(real_site)
    assert sum('class="section terms"' in page.html for page in found) > 0.9 * len(found)
