"""Releases as Atom (RFC 4287) and JSON Feed 1.1: one entry a release, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from kompeten.api.edition import Edition
from kompeten.api.text import to_json
from kompeten.forms import subject
from kompeten.forms.catalogues.crawlers import as_xml
from kompeten.ground import formats
from kompeten.ground.findings import LANGUAGES, Language
from kompeten.ground.model import Release
from kompeten.ground.settings import Settings

ATOM = "http://www.w3.org/2005/Atom"
AUTHORITY = "kaltim-kompeten,2026"
"""Names the feeds, whatever host serves them; never changes."""
WITA = "+08:00"
"""The province's time zone; a release has a day, not an hour."""

WORDS: Mapping[Language, Mapping[str, str]] = {
    "id": {"through": "Data sampai {date}.", "correction": "Koreksi {cell}: {reason}"},
    "en": {"through": "Data through {date}.", "correction": "Correction of {cell}: {reason}"},
}


def atom(edition: Edition) -> bytes:
    """Write the feed as Atom."""
    compilation, imprint, settings = edition.compilation, edition.imprint, edition.settings
    base = settings.base_url
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "id"})
    _text(feed, "id", tag("rilis"))
    _text(feed, "title", subject.TITLE.id)
    _text(feed, "subtitle", subject.summary(synthetic=imprint.synthetic).id)
    _text(feed, "updated", _moment(compilation.releases[-1]))
    ElementTree.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{base}feed.xml"})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}rilis/"})
    author = ElementTree.SubElement(feed, "author")
    _text(author, "name", settings.publisher)
    _text(feed, "rights", imprint.licence)
    for release in reversed(compilation.releases):
        entry = ElementTree.SubElement(feed, "entry")
        _text(entry, "id", tag(f"rilis/{release.id}"))
        _text(entry, "title", _title(release))
        _text(entry, "updated", _moment(release))
        _text(entry, "published", _moment(release))
        page = {"rel": "alternate", "type": "text/html", "href": _url(release, settings)}
        ElementTree.SubElement(entry, "link", page)
        _text(entry, "summary", _summary(release))
    return as_xml(feed)


def json_feed(edition: Edition) -> bytes:
    """Write the feed as JSON Feed 1.1."""
    compilation, settings = edition.compilation, edition.settings
    base = settings.base_url
    items: list[dict[str, Any]] = [
        {
            "id": tag(f"rilis/{release.id}"),
            "url": _url(release, settings),
            "title": _title(release),
            "content_text": _summary(release),
            "date_published": _moment(release),
            "date_modified": _moment(release),
        }
        for release in reversed(compilation.releases)
    ]
    return to_json(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": subject.TITLE.id,
            "description": subject.summary(synthetic=compilation.synthetic).id,
            "home_page_url": base,
            "feed_url": f"{base}feed.json",
            "language": "id",
            "authors": [{"name": settings.publisher}],
            "items": items,
        }
    )


def tag(name: str) -> str:
    """Give a tag URI (RFC 4151) of an authority of its own: it stays when the site moves to another host."""
    return f"tag:{AUTHORITY}:{name}"


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _moment(release: Release) -> str:
    return f"{release.released_on}T00:00:00{WITA}"


def _url(release: Release, settings: Settings) -> str:
    return f"{settings.base_url}rilis/{release.id}/"


def _title(release: Release) -> str:
    return f"{release.id}: {release.title.id} / {release.title.en}"


def _summary(release: Release) -> str:
    """Say what is new, first in Indonesian, then in English, corrections with their reasons."""
    parts = []
    for language in LANGUAGES:
        words = WORDS[language]
        parts += [release.note.text(language)] if release.note.text(language) else []
        parts.append(words["through"].format(date=formats.date(release.data_through, language)))
        for correction in release.corrections:
            parts.append(words["correction"].format(cell=correction.address, reason=correction.reason.text(language)))
    return " ".join(parts)
