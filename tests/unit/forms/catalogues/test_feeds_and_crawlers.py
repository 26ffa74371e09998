"""Feeds, sitemap and robots as their readers take them."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import pytest

from kompeten.forms.catalogues.feeds import atom, json_feed
from kompeten.ground.findings import Label
from kompeten.ground.model import Declaration
from tests.published import PAGES, SETTINGS, Kind, Published, published

CASES: tuple[Kind, ...] = ("real", "demo")
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
BASE = SETTINGS.base_url


@pytest.fixture(params=CASES)
def site(request: pytest.FixtureRequest) -> Published:
    return published(request.param)


def test_a_feed_reader_takes_the_atom_feed_without_complaint(site: Published) -> None:
    feed = feedparser.parse(site.tree["feed.xml"])
    assert not feed.bozo
    assert feed.version == "atom10"
    releases = site.edition.compilation.releases
    assert [entry.id.rsplit("/", 1)[-1] for entry in feed.entries] == [row.id for row in reversed(releases)]
    assert feed.entries[0].updated == f"{releases[-1].released_on}T00:00:00+08:00"
    assert feed.feed.updated == feed.entries[0].updated


def test_every_atom_element_that_the_standard_wants_is_there(site: Published) -> None:
    root = ElementTree.fromstring(site.tree["feed.xml"])
    for node in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert node.findtext(f"{ATOM}{name}")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == SETTINGS.publisher
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": f"{BASE}feed.xml", "alternate": f"{BASE}rilis/"}


def test_ids_are_tags_that_stay_when_a_release_is_added() -> None:
    edition = published("real").edition
    compilation = edition.compilation
    newer = replace(compilation.releases[0], id="2027.02", released_on="2027-02-20")
    later = replace(compilation, releases=(*compilation.releases, newer))
    first = re.findall(rb"<id>(.*)</id>", atom(edition))
    second = re.findall(rb"<id>(.*)</id>", atom(replace(edition, compilation=later, release=newer)))
    assert set(first) < set(second)
    assert b"tag:kaltim-kompeten,2026:rilis/2026.11" in first


def test_corrections_stand_in_the_feed_with_their_reason() -> None:
    edition = published("real").edition
    compilation = edition.compilation
    reason = Label("Salah ketik.", "A slip.")
    correction = Declaration(kind="correction", address="kaltim-2025-1/peserta", reason=reason, asked_by="reader")
    release = replace(compilation.releases[-1], declarations=(correction,))
    corrected = replace(compilation, releases=(*compilation.releases[:-1], release))
    entry = feedparser.parse(atom(replace(edition, compilation=corrected))).entries[0]
    assert "Koreksi kaltim-2025-1/peserta: Salah ketik." in entry.summary
    assert "Correction of kaltim-2025-1/peserta: A slip." in entry.summary
    assert entry.summary.encode() in json_feed(replace(edition, compilation=corrected))


def test_the_json_feed_says_the_same_as_the_atom_feed(site: Published) -> None:
    feed, entries = site.json("feed.json"), feedparser.parse(site.tree["feed.xml"]).entries
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{BASE}feed.json"
    said = [
        (item["id"], item["url"], item["title"], item["date_modified"], item["content_text"]) for item in feed["items"]
    ]
    assert said == [(entry.id, entry.link, entry.title, entry.updated, entry.summary) for entry in entries]


def test_every_page_stands_in_the_sitemap_with_its_twin(site: Published) -> None:
    root = ElementTree.fromstring(site.tree["sitemap.xml"])
    urls = {
        str(url.findtext(f"{SITEMAP}loc")): {x.get("hreflang"): x.get("href") for x in url.findall(f"{XHTML}link")}
        for url in root.findall(f"{SITEMAP}url")
    }
    assert set(urls) == {f"{BASE}{language}{page}" for page in PAGES for language in ("", "en/")}
    for page in PAGES:
        twins = {"id": BASE + page, "en": f"{BASE}en/{page}", "x-default": BASE + page}
        assert urls[BASE + page] == urls[f"{BASE}en/{page}"] == twins
    dates = {url.findtext(f"{SITEMAP}lastmod") for url in root.findall(f"{SITEMAP}url")}
    assert dates == {site.edition.compilation.releases[-1].released_on}


def test_real_data_may_be_listed_and_invented_data_may_not() -> None:
    real, demo = (published(kind).tree["robots.txt"].decode() for kind in CASES)
    assert real == f"User-agent: *\nAllow: /\n\nSitemap: {BASE}sitemap.xml\n"
    assert "Disallow: /\n" in demo
