"""Releases as Atom (RFC 4287) and JSON Feed 1.1, in both languages: all, and by subject. One entry a release.

Ids are UUIDs made from names (RFC 9562, version 5): they depend on no host, and stay when the site moves.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from kompeten.api import ROOT, shapes
from kompeten.api.about import stones_of
from kompeten.api.edition import Edition
from kompeten.api.text import to_json
from kompeten.forms import subject
from kompeten.forms.catalogues.crawlers import as_xml
from kompeten.ground import formats
from kompeten.ground.findings import LANGUAGES, Label, Language
from kompeten.ground.model import Release
from kompeten.ground.wording import said, spoken
from kompeten.statistics.declared import ACTS

ATOM = "http://www.w3.org/2005/Atom"
NAMES = uuid.UUID("d5d617c7-1c4d-5413-bb1a-9b9676088e8a")
"""The namespace of every id below; never changes."""
WITA = "+08:00"
"""The province's time zone; a release has a day, not an hour."""
FOLDER = "feeds/"
MOST = 40
"""So many changes of one release are told one by one; of more, how many, and where they stand."""

Filter = Callable[[shapes.Change], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed. path: below the root of the site, without its ending; page: what it is about, below the root.

    is_about: which changes it tells. is_whole: every release has an entry, also one in which nothing moved.
    """

    path: str
    name: str
    title: Label
    page: str
    is_about: Filter
    is_whole: bool = False


def feeds(edition: Edition) -> tuple[Feed, ...]:
    """List every feed: all releases, corrections and withdrawals, each programme, and each region; those that were
    withdrawn keep theirs."""
    compilation = edition.compilation
    regions = {code: compilation.codes["regions"][code].name for code in edition.statistics.places}
    programmes = {name: row.name for name, row in compilation.programmes.items()}
    for stone in stones_of(edition):
        own = {f"{ROOT}regions": regions, f"{ROOT}programmes": programmes}.get(stone.path.rpartition("/")[0])
        if own is not None and stone.name is not None:
            own.setdefault(stone.id, Label(stone.name.id, stone.name.en))
    owners = {name: row.programme_id for name, row in compilation.batches.items()}
    return (
        Feed(path="feed", name="rilis", title=subject.TITLE, page="rilis/", is_about=is_told, is_whole=True),
        Feed(
            path=f"{FOLDER}koreksi",
            name="koreksi",
            title=said("feed")["corrections"],
            page="rilis/",
            is_about=lambda change: change.kind in ("revised", "removed", "renamed"),
        ),
        *(_of_subject("program", c, name, _names("programmes", c, owners)) for c, name in programmes.items()),
        *(_of_subject("wilayah", c, name, _names("regions", c, {})) for c, name in regions.items()),
    )


def _of_subject(folder: str, code: str, title: Label, is_about: Filter) -> Feed:
    name = f"{folder}-{code}"
    called = said("feed")["subject"].filled(name=title)
    return Feed(path=FOLDER + name, name=name, title=called, page=f"{folder}/{code}/", is_about=is_about)


def _names(table: str, code: str, owners: Mapping[str, str]) -> Filter:
    """Tell whether a change names a programme or a region, or a batch of the programme: as what it is about, as what
    took its place, or as what was made of it.
    """

    def is_about(change: shapes.Change) -> bool:
        named = {each.code for each in change.coordinates if each.name in ("programme_id", "region_code", "batch_id")}
        if change.table == table:
            heirs = (each.new.id.split() for each in change.fields if each.field == "successors" and each.new)
            named.update(*heirs, (each.partition("/")[2] for each in (change.address, change.successor or "")))
        return code in named or code in {owners.get(each) for each in named}

    return is_about


def is_told(change: shapes.Change) -> bool:
    """Tell whether a change is told one by one in the feed of all releases; what was added or reworded is counted."""
    return change.kind in ACTS


def files(edition: Edition) -> Mapping[str, bytes]:
    """Give every feed in both forms, by path below the root of the site."""
    forms = {"xml": atom, "json": json_feed}
    return {f"{feed.path}.{ending}": write(edition, feed) for feed in feeds(edition) for ending, write in forms.items()}


def atom(edition: Edition, feed: Feed) -> bytes:
    imprint, base = edition.imprint, edition.settings.base_url
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "id"})
    _text(root, "id", urn(feed.name))
    _text(root, "title", _both(feed.title))
    _text(root, "subtitle", subject.summary(synthetic=imprint.synthetic).id)
    _text(root, "updated", _moment(edition.compilation.releases[-1]))
    self_link = {"rel": "self", "type": "application/atom+xml", "href": f"{base}{feed.path}.xml"}
    ElementTree.SubElement(root, "link", self_link)
    ElementTree.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": base + feed.page})
    _text(ElementTree.SubElement(root, "author"), "name", edition.settings.publisher)
    _text(root, "rights", imprint.licence)
    for item in items(edition, feed):
        entry = ElementTree.SubElement(root, "entry")
        _text(entry, "id", item["id"])
        _text(entry, "title", item["title"])
        _text(entry, "updated", item["date_modified"])
        _text(entry, "published", item["date_published"])
        ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item["url"]})
        _text(entry, "summary", item["content_text"])
    return as_xml(root)


def json_feed(edition: Edition, feed: Feed) -> bytes:
    base = edition.settings.base_url
    return to_json(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _both(feed.title),
            "description": subject.summary(synthetic=edition.compilation.synthetic).id,
            "home_page_url": base + feed.page,
            "feed_url": f"{base}{feed.path}.json",
            "language": "id",
            "authors": [{"name": edition.settings.publisher}],
            "items": list(items(edition, feed)),
        }
    )


def items(edition: Edition, feed: Feed) -> Iterator[dict[str, Any]]:
    """Give the entries of a feed, newest first: a release with those of its changes that the feed is about."""
    for release in reversed(edition.compilation.releases):
        document = edition.documents.get(f"{ROOT}changes/{release.id}.json")
        every: tuple[shapes.Change, ...] = document.envelope.data if document else ()
        found = tuple(change for change in every if feed.is_about(change))
        if not found and not feed.is_whole:
            continue
        name = f"{feed.name}/{release.id}"
        yield {
            "id": urn(name),
            "url": f"{edition.settings.base_url}rilis/{release.id}/",
            # Beside a subject the title of a release, which may name a batch, would read as a count of the subject.
            "title": f"{release.id}: {_both(Label(*release.title))}"
            if feed.is_whole
            else f"Rilis / Release {release.id}",
            "content_text": _summary(edition, feed, release, every, found),
            "date_published": _moment(release),
            "date_modified": _moment(release),
        }


def _summary(
    edition: Edition, feed: Feed, release: Release, every: tuple[shapes.Change, ...], found: tuple[shapes.Change, ...]
) -> str:
    """Say what is new, first in Indonesian, then in English: figures before and after, withdrawals, reasons."""
    address, parts = f"{edition.settings.base_url}rilis/{release.id}/", []
    added, more = sum(change.kind == "added" for change in every), len(found) - MOST
    for language in LANGUAGES:
        say = spoken("feed", language)
        if feed.is_whole:
            parts += [release.note.text(language), say("through", date=formats.date(release.data_through, language))]
            parts.append(say("added", count=str(added)) if added else "")
        parts += [_told(change, language) for change in found[:MOST]]
        parts.append(say("more", count=str(more), address=address) if more > 0 else "")
    return "\n".join(filter(None, parts))


def _told(change: shapes.Change, language: Language) -> str:
    told, reason = (getattr(text, language, "") for text in (change.sentence, change.reason))
    return told + spoken("feed", language)("reason", reason=reason) if change.reason else told


def urn(name: str) -> str:
    return uuid.uuid5(NAMES, name).urn


def _both(title: Label) -> str:
    return title.id if title.id == title.en else f"{title.id} / {title.en}"


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _moment(release: Release) -> str:
    return f"{release.released_on}T00:00:00{WITA}"
