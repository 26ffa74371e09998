"""Every internal link of every page leads to a file, and every fragment to an id on it."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.site_reader import SitePage, pages
from tests.some import some


def target(page: SitePage, link: str) -> tuple[str, str] | None:
    """Give file and fragment of an internal link; None for one that leads out of the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return page.path, unquote(parts.fragment)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(parts.path)))
    is_folder = parts.path.endswith(("/", ".")) or joined == "."
    path = posixpath.normpath(posixpath.join(joined, "index.html")) if is_folder else joined
    return path, unquote(parts.fragment)


def broken(site: Path) -> list[str]:
    """List the links that lead nowhere, each with its page."""
    ids = {page.path: {e.attributes["id"] for e in page.elements if "id" in e.attributes} for page in pages(site)}
    found = []
    for page in some(pages(site)):
        if page.path == "404.html":  # its links start at the root of the host; tests/build follows them
            continue
        for path, fragment in filter(None, (target(page, link) for link in page.links)):
            if not (site / path).is_file() or (fragment and fragment not in ids.get(path, {fragment})):
                found.append(f"{page.path}: {path}{'#' if fragment else ''}{fragment}")
    return found


def test_every_link_and_fragment_of_the_real_site_resolves(real_site: Path) -> None:
    assert broken(real_site) == []


def test_every_link_and_fragment_of_the_demo_resolves(demo_site: Path) -> None:
    assert broken(demo_site) == []


def test_every_table_that_stands_beside_no_picture_leads_to_itself_as_csv(real_site: Path) -> None:
    found = 0
    for page in some(pages(real_site)):
        alone = re.sub(r"<figure.*?</figure>", "", page.html, flags=re.DOTALL)
        for name, rows in re.findall(
            r'<table class="stat-table[^"]*" id="([^"]+)">.*?<tbody>(.*?)</table>', alone, re.S
        ):
            lines = (real_site / page.path).with_name(f"{name}.csv").read_text(encoding="utf-8").splitlines()
            assert f'href="{name}.csv"' in alone, page.path
            assert len(lines) >= 1 + rows.count("<tr"), (page.path, name)
            found += 1
        bare = re.findall(r"<table(?! class=\"stat-table)[^>]*>", alone)
        assert not bare or page.path.removeprefix("en/") in WORDS_ONLY, page.path
        for drawn in re.findall(r"<figure class=\"chart\".*?</figure>", page.html, re.DOTALL):
            has_figure = re.search(r"<data value=\"\d", drawn) is not None
            assert 'type="text/csv"' in drawn or not has_figure or "embed/" in page.path, page.path
            found += has_figure
    assert found > 300


def test_every_figure_of_a_table_as_csv_has_its_value_its_source_and_what_it_is_about(real_site: Path) -> None:
    found = 0
    for path in some(sorted(real_site.rglob("*.csv"))):
        where = path.relative_to(real_site)
        if where.parts[0] in ("downloads", "api"):
            continue
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
            figures = [name.removesuffix(" (status)") for name in row if name.endswith(" (status)")]
            for name in figures:
                is_stated = row[f"{name} (status)"] in ("released", "provisional")
                assert bool(row[name]) or not is_stated, (where, name)
                of_ours = where.name in COUNTED_HERE or where.stem.removesuffix(".en") in COUNTED_HERE
                assert bool(row[f"{name} (source_id)"]) or not row[name] or of_ours, (where, name)
                assert (row["code"] and row["year"]) or of_ours, where
                found += is_stated
    assert found > 500


COUNTED_HERE = (
    *("berkas-tabel.csv", "standar-data-tabel.csv", "semua-wilayah-tabel.csv"),
    *("ketersediaan-program", "ketersediaan-tahap", "klaim-selisih"),
)
"""Tables with figures that no source states: how many of something this site holds, how far its sources differ."""

WORDS_ONLY = ("metode/index.html", "petugas/index.html")
"""Pages written by hand whose tables say what a word, a column or a step means: no figure stands in them."""


def test_ids_are_given_once_a_page(both_sites: tuple[Path, Path]) -> None:
    for site in both_sites:
        for page in some(pages(site)):
            ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
            assert sorted(ids) == sorted(set(ids)), page.path


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("64.02/", ("wilayah/64.02/index.html", "")),
        ("./", ("wilayah/index.html", "")),
        ("../", ("index.html", "")),
        ("../static/kompeten.css", ("static/kompeten.css", "")),
        ("#x", ("wilayah/index.html", "x")),
        ("https://x.invalid/", None),
    ],
)
def test_links_are_read_as_a_browser_reads_them(link: str, wanted: tuple[str, str] | None) -> None:
    page = SitePage(path="wilayah/index.html", html="", elements=())
    assert target(page, link) == wanted
