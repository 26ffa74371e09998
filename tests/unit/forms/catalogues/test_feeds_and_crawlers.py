"""Feeds, sitemap and robots as their readers take them."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import feedparser
import pytest

from kompeten.api import shapes
from kompeten.api.about import Tombstone
from kompeten.forms.catalogues.feeds import atom, feeds, is_told, urn
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
    assert [entry.id for entry in feed.entries] == [urn(f"rilis/{row.id}") for row in reversed(releases)]
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


def test_ids_stay_when_a_release_is_added_and_when_the_site_moves_to_another_host() -> None:
    edition = published("real").edition
    compilation, whole = edition.compilation, feeds(edition)[0]
    newer = replace(compilation.releases[0], id="2027.02", released_on="2027-02-20")
    later = replace(compilation, releases=(*compilation.releases, newer))
    first = re.findall(rb"<id>(.*)</id>", atom(edition, whole))
    second = re.findall(rb"<id>(.*)</id>", atom(replace(edition, compilation=later, release=newer), whole))
    moved = replace(edition, settings=edition.settings.at("https://elsewhere.example/"))
    assert set(first) < set(second)
    assert re.findall(rb"<id>(.*)</id>", atom(moved, whole)) == first
    assert urn("rilis/2026.11").encode() in first
    assert urn("rilis/2026.11") == "urn:uuid:06ed65d9-838a-5608-aea5-5dab41badefa"


def test_no_two_feeds_and_no_two_entries_share_an_id(site: Published) -> None:
    paths = [path for path in site.tree if path.startswith("feed") and path.endswith(".xml")]
    ids = [found for path in paths for found in re.findall(rb"<id>(.*)</id>", site.tree[path])]
    assert len(paths) > 10
    assert len(ids) == len(set(ids)) > len(paths)


def test_a_change_stands_in_the_feeds_of_its_subjects_with_both_figures_and_its_reason() -> None:
    edition = published("real").edition
    told = {feed.path: feedparser.parse(atom(edition, feed)).entries for feed in feeds(edition)}
    removed = (
        "Participants, East Kutai 2015–2025, Technicians and operators (levels 1–6) (korsa.id): "
        "withdrawn; it was 1,228. Reason: The cited source writes 1,228 applicants, not participants;"
    )
    for path in ("feed", "feeds/koreksi", "feeds/program-kutim"):
        assert removed in told[path][0].summary, path
    assert removed not in told["feeds/program-ppu"][0].summary
    assert "Rows added: " in told["feed"][0].summary
    assert "Rows added: " not in told["feeds/koreksi"][0].summary
    changes = edition.documents["api/v1/changes/2026.12.json"].envelope.data
    assert {change.kind for change in changes if not is_told(change)} == {"added", "reworded"}


def test_beside_a_subject_an_entry_names_no_batch_in_its_title() -> None:
    edition = published("real").edition
    whole, *others = feeds(edition)
    titles = {entry.title for feed in others for entry in feedparser.parse(atom(edition, feed)).entries}
    assert titles == {"Rilis / Release 2026.12"}
    newest = feedparser.parse(atom(edition, whole)).entries[0].title
    assert newest.startswith("2026.12: Rilis kedua: apa yang sungguh dikatakan sumber / Second release:")


def gone(path: str, *, is_named: bool = True) -> Tombstone:
    """Give the stone of an id that was withdrawn without a successor."""
    own, name = shapes.Text(id="Alasan.", en="Reason."), shapes.Text(id="Dulu", en="Once") if is_named else None
    return Tombstone(
        path=f"api/v1/{path}.json", id=path.rpartition("/")[2], withdrawn_on="2026-12-20", reason=own, successor=None,
        name=name, successors=(), kept=None,
    )  # fmt: skip


def test_a_region_and_a_programme_that_are_withdrawn_keep_their_feeds(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = published("real").edition
    before = {feed.path for feed in feeds(edition)}
    stones = [
        gone("regions/64.99"),
        gone("programmes/lama"),
        gone("batches/lama-1"),
        gone("regions/64.98", is_named=False),
    ]
    monkeypatch.setattr("kompeten.forms.catalogues.feeds.stones_of", lambda _: stones)
    after = {feed.path: feed.title.en for feed in feeds(edition) if feed.path not in before}
    assert {path: "Once" in title for path, title in after.items()} == {
        "feeds/wilayah-64.99": True,
        "feeds/program-lama": True,
    }


def test_feeds_by_subject_are_valid_and_known_as_feeds(site: Published) -> None:
    listed = {row["path"]: row["media_type"] for row in site.rows("files.json")}
    assert len(feeds(site.edition)) > 10
    for feed in feeds(site.edition):
        assert not feedparser.parse(site.tree[f"{feed.path}.xml"]).bozo, feed.path
        assert listed[f"{feed.path}.xml"] == "application/atom+xml"
        assert listed[f"{feed.path}.json"] == "application/feed+json"


def test_the_calendar_has_every_release_and_the_next_one() -> None:
    text = published("real").tree["kalender.ics"].decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events = text.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]
    assert [event.split("SUMMARY:")[1].split("\r\n")[0].split(":")[0] for event in events] == [
        *("2026.11", "2026.12"),
        "Rilis berikutnya direncanakan / Next release planned",
    ]
    assert "DTSTART;VALUE=DATE:20270201\r\nDTEND;VALUE=DATE:20270301\r\n" in events[-1]
    assert len({event.split("\r\n")[0] for event in events}) == len(events)


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
