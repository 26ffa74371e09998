"""What is written is listed, what is listed is written, and everything says whose word it is and whether it is real."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from tests.site_reader import SitePage, document, documents, every_file, pages
from tests.some import some

DESCRIPTIONS = ("api/v1/schemas/", "api/v1/openapi.json", "pagefind/")
FOREIGN = ("downloads/croissant.json", "downloads/csv-metadata.json", "feed.json")
"""Documents of vocabularies that have no word for it: there the titles say it."""
INDEPENDENT = {
    "id": "Kompilasi independen dari sumber terbuka, bukan situs resmi pemerintah.",
    "en": "An independent compilation of public sources, not an official government site.",
}
REHEARSED = {
    "id": "Semua angka di situs ini rekaan, dibuat untuk mencoba sistem. Jangan dikutip.",
    "en": "Every figure on this site is invented, made to try the system out. Do not quote it.",
}


def keys(value: Any, name: str) -> Iterator[Any]:
    """Give every value that stands under a key, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from keys(item, name)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == name:
                yield item
            yield from keys(item, name)


def test_sha256sums_lists_every_file_and_only_those(both_sites: tuple[Path, Path]) -> None:
    for site in both_sites:
        files = every_file(site)
        lines = files.pop("SHA256SUMS").decode().splitlines()
        assert lines == [f"{hashlib.sha256(files[path]).hexdigest()}  {path}" for path in sorted(files)]


def test_the_lists_name_every_file_with_its_bytes_and_hash(both_sites: tuple[Path, Path]) -> None:
    for site in both_sites:
        files = every_file(site)
        listed = {item["path"]: item for item in document(site, "api/v1/files.json")["data"]}
        documents_listed = {item["path"]: item for item in document(site, "api/v1/index.json")["data"]}
        for path, item in [*listed.items(), *documents_listed.items()]:
            content = files[path.removeprefix("/")]
            assert (item["bytes"], item["sha256"]) == (len(content), hashlib.sha256(content).hexdigest()), path
        own = {path for path in files if path.startswith(("api/v1/", "downloads/"))}
        assert {path.removeprefix("/") for path in listed} >= own - {"api/v1/index.json", "api/v1/files.json"}


def test_every_document_says_whether_it_is_synthetic(real_site: Path, demo_site: Path) -> None:
    for site, expected in ((real_site, False), (demo_site, True)):
        for path in some(documents(site)):
            original = re.sub(r"^(api/v1|downloads)/releases/[^/]+/", r"\1/", path)
            if not original.startswith((*DESCRIPTIONS, "feeds/")) and original not in FOREIGN:
                said = list(keys(document(site, path), "synthetic"))
                assert said, path
                assert all(value is expected for value in some(said)), path


def test_documents_of_other_vocabularies_say_it_in_words(real_site: Path, demo_site: Path) -> None:
    for site, expected in ((real_site, False), (demo_site, True)):
        for path in FOREIGN:
            assert ("SYNTHETIC" in (site / path).read_text(encoding="utf-8")) is expected, path
        for feed in some((site / "feeds").glob("*")):
            assert ("SINTETIS" in feed.read_text(encoding="utf-8")) is expected, feed.name


def test_the_banner_of_synthetic_data_stands_on_every_demo_page_and_on_no_real_one(
    real_site: Path, demo_site: Path
) -> None:
    def with_banner(site: Path) -> set[str]:
        return {
            p.path for p in pages(site) if any("synthetic" in e.attributes.get("class", "") for e in p.all("aside"))
        }

    assert with_banner(demo_site) == {page.path for page in pages(demo_site)}
    assert with_banner(real_site) == set()


def test_the_banner_says_in_words_that_nothing_is_real(demo_site: Path) -> None:
    for page in some(pages(demo_site)):
        (banner,) = (e for e in page.all("aside") if "synthetic" in e.attributes.get("class", ""))
        assert banner.text.strip() == REHEARSED[page.language]


def test_every_page_says_that_this_is_an_independent_compilation(both_sites: tuple[Path, Path]) -> None:
    for site in both_sites:
        odd = [p.path for p in some(pages(site)) if not is_embed(p) and INDEPENDENT[p.language] not in p.text]
        assert odd == []


def is_embed(page: SitePage) -> bool:
    """Tell whether a page stands in a frame of somebody else's page, with its own short foot."""
    return "embed/" in page.path


def test_every_link_inside_the_site_leads_to_a_file_and_every_fragment_to_an_element(
    both_sites: tuple[Path, Path],
) -> None:
    for site in both_sites:
        files = every_file(site)
        ids = {p.path: {e.attributes.get("id") for e in p.elements} for p in pages(site)}
        broken = set()
        for page in some(pages(site)):
            for link in page.links:
                path, fragment = resolved(site, page, link)
                if path is None:
                    continue
                if path not in files or (fragment and path in ids and fragment not in ids[path]):
                    broken.add((page.path, link))
        assert broken == set()


def resolved(site: Path, page: SitePage, link: str) -> tuple[str | None, str]:
    """Give the file below the root of the site that a link means, and its fragment; None for another host."""
    base = urlsplit(document(site, "api/v1/progress.json")["self"].removesuffix("api/v1/progress.json"))
    here = urljoin(base.geturl(), page.path.removesuffix("index.html"))
    found = urlsplit(urljoin(here, link))
    if found.scheme not in ("http", "https") or found.netloc != base.netloc:
        return None, ""
    path = unquote(found.path).removeprefix(base.path)
    return (path + "index.html" if path.endswith("/") or not path else path), found.fragment


def test_every_page_of_one_language_has_its_twin_and_both_say_so(both_sites: tuple[Path, Path]) -> None:
    for site in both_sites:
        paths = {p.path for p in pages(site)} - {"404.html"}
        assert {p for p in paths if p.startswith("en/")} == {f"en/{p}" for p in paths if not p.startswith("en/")}
        for page in pages(site):
            assert page.language == ("en" if page.path.startswith("en/") else "id")
            if page.path != "404.html" and not is_embed(page):
                found = [e.attributes["hreflang"] for e in page.all("link") if "hreflang" in e.attributes]
                assert sorted(found) == ["en", "id", "x-default"], page.path


def test_no_page_asks_another_host_for_anything(both_sites: tuple[Path, Path]) -> None:
    for site in both_sites:
        for page in some(pages(site)):
            fetched = [
                e.attributes.get("src", "") for e in page.all("script", "img", "iframe", "source", "audio", "video")
            ]
            fetched += [
                e.attributes["href"]
                for e in page.all("link")
                if not {"canonical", "alternate", "license"} & set(e.attributes["rel"].split())
            ]
            assert [address for address in some(fetched) if urlsplit(address).netloc] == [], page.path
