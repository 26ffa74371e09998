"""A built site as a reader meets it: pages, links, figures. Standard library only; nothing of the project is used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "iframe": "src"}
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


@dataclass(slots=True)
class Element:
    """One element: its name, attributes and text."""

    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass(slots=True)
class PageReader(HTMLParser):
    """Collects the elements of one page, with the text inside each."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().name != tag:
            pass

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """One page of a site. path: its file below the root of the site."""

    path: str
    html: str
    elements: tuple[Element, ...]

    @property
    def language(self) -> str:
        """Give the language the page declares."""
        return self.all("html")[0].attributes["lang"]

    def all(self, *names: str) -> list[Element]:
        """Give the elements with one of these names."""
        return [element for element in self.elements if element.name in names]

    @property
    def text(self) -> str:
        """Give everything written on the page."""
        return re.sub(r"\s+", " ", self.all("body")[0].text)

    @property
    def links(self) -> list[str]:
        """Give every address the page points at, as written."""
        found = [(e.name, e.attributes.get(LINKS[e.name])) for e in self.elements if e.name in LINKS]
        return [address for _, address in found if address is not None]


@lru_cache(maxsize=16)
def pages(site: Path) -> tuple[SitePage, ...]:
    """Give every page of a built site, frozen copies of earlier releases left out."""
    return tuple(_page(site, path) for path in sorted(site.rglob("*.html")))


def _page(site: Path, path: Path) -> SitePage:
    html = path.read_text(encoding="utf-8")
    reader = PageReader()
    reader.feed(html)
    reader.close()
    return SitePage(path=path.relative_to(site).as_posix(), html=html, elements=tuple(reader.elements))


@lru_cache(maxsize=512)
def document(site: Path, path: str) -> Any:
    """Read one JSON document of a built site."""
    return json.loads((site / path).read_text(encoding="utf-8"))


def documents(site: Path) -> Iterator[str]:
    """Give the path of every JSON document of a built site."""
    return (path.relative_to(site).as_posix() for path in sorted(site.rglob("*.json")))


def at_pointer(body: Any, pointer: str) -> Any:
    """Follow a JSON pointer (RFC 6901). Raises LookupError where it leads nowhere."""
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        body = body[int(key)] if isinstance(body, list) else body[key]
    return body


def every_file(site: Path) -> dict[str, bytes]:
    """Give every file of a site with its bytes, by path below the root."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}
