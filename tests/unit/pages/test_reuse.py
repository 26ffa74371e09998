"""The reuse kit: a sentence that says what the JSON says, citations with release and hash, a frame without script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

import pytest

from kompeten.ground.findings import Language
from kompeten.pages import batches, home, programmes
from kompeten.pages.book import Book
from kompeten.pages.page import Page
from kompeten.statistics.sentences import Fact, credited, quotable
from tests.site_reader import at_pointer
from tests.some import some
from tests.unit.pages.opened import elements, published

Books = Mapping[Language, Book]
COPIED = r'<p\b[^>]*class="copy"[^>]*>(.*?)</p>|<pre\b[^>]*class="copy"[^>]*><code>(.*?)</code>'
FRAME = r'<iframe src="[^"]*/embed/(?P<slug>[a-z0-9-]+)/(?:(?P<release>[0-9.]+)/)?" title=".+></iframe>'


def pages_with_a_kit(book: Book) -> list[Page]:
    """Give the home page, and the pages of batches and programmes, without their indexes."""
    made = [home.page(book), *batches.pages(book), *programmes.pages(book)]
    return [page for page in made if page.path not in ("tahap/", "program/")]


@pytest.fixture(scope="module")
def kit_pages(both_books: Books) -> list[tuple[Book, Page]]:
    """Give every page with a kit, in both languages, with its book."""
    return [(book, page) for book in both_books.values() for page in pages_with_a_kit(book)]


def kits(page: Page) -> list[list[str]]:
    """Give the texts that a reader can copy, kit by kit: of figures, of pictures, and of the page's key figure."""
    blocks = re.findall(r'<details class="reuse".*?</details>', page.body, re.DOTALL)
    return [[unescape("".join(text)).strip() for text in re.findall(COPIED, block, re.DOTALL)] for block in blocks]


def key_kit(page: Page) -> list[str]:
    """Give the sentence, both citations and the address of the key figure of a page."""
    (found,) = (kit for kit in kits(page) if len(kit) == 4)
    return found


def test_the_sentence_says_the_value_that_stands_at_the_address(kit_pages: list[tuple[Book, Page]]) -> None:
    for book, page in some(kit_pages):
        sentence, _, _, address = key_kit(page)
        path, _, pointer = address.removeprefix(book.settings.base_url).partition("#")
        value = at_pointer(published(book, path), pointer)
        words = {book.words_for(status) for status in ("unknown", "hidden", "not_applicable")}
        if value is None:
            assert any(f": {word}." in sentence for word in words), sentence
        else:
            assert re.search(rf"(?<![\d.,]){re.escape(book.number(value))}(?![\d])", sentence), (sentence, value)


def test_a_citation_names_release_hash_and_page(kit_pages: list[tuple[Book, Page]]) -> None:
    for book, page in some(kit_pages):
        mark = str(book.api.latest.data_hash)[:12]
        _, short, long, _ = key_kit(page)
        for citation in (short, long):
            assert book.imprint.release in citation
            assert mark in citation
            assert citation.endswith(book.settings.base_url + page.address)


def test_every_picture_has_a_kit_with_its_frame_live_and_pinned_and_no_script(
    kit_pages: list[tuple[Book, Page]],
) -> None:
    for book, page in some(kit_pages):
        found = []
        for kit in kits(page):
            if len(kit) != 3:
                continue
            shown, *codes = kit
            frames = [re.fullmatch(FRAME, text) for text in codes]
            assert [frame["release"] for frame in frames if frame] == [None, book.imprint.release]
            (slug,) = {frame["slug"] for frame in frames if frame}
            assert shown.endswith(f"{book.settings.base_url}{page.address}#{slug}")
            assert book.imprint.release in shown
            assert not any("script" in text for text in kit)
            found.append(slug)
        drawn = {e.attributes["id"] for e in elements(page) if e.name == "figure"}
        assert sorted(found) == sorted(drawn & {picture.slug for picture in page.kept_pictures}), page.path


def test_every_known_figure_beside_the_key_figure_has_a_sentence_and_an_address(demo_books: Books) -> None:
    book = demo_books["id"]
    found = [(kit, page) for page in pages_with_a_kit(book) for kit in kits(page) if len(kit) == 2]
    for (sentence, address), page in some(found):
        path, _, pointer = address.removeprefix(book.settings.base_url).partition("#")
        value = at_pointer(published(book, path), pointer)
        assert re.search(rf"(?<![\d.,]){re.escape(book.number(value))}(?![\d])", sentence), (page.path, sentence)


def test_sentences_of_synthetic_data_warn_of_themselves(demo_books: Books) -> None:
    for language, warning in (("id", "Angka rekaan, jangan dikutip."), ("en", "Invented figures: do not quote them.")):
        page = home.page(demo_books[language])
        assert all(warning in kit[0] for kit in some(kits(page)))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "id",
            "Peserta, Tahap I 2025, Pelatihan dan sertifikasi Provinsi Kalimantan Timur, 30 Juni–4 Juli 2025: 827 "
            "orang, terhadap target 1.000 peserta menurut satu sumber (sumber lain: 1.000 sertifikat) untuk semua "
            "tahap 2025. Angka antarsumber berbeda: antara 801 dan 860. Peserta belum tentu kompeten atau "
            "bersertifikat. Sumber: portal.kaltimprov.go.id; dihimpun Kaltim "
            "Kompeten, rilis 2026.12.",
        ),
        (
            "en",
            "Participants, Tahap I of 2025, Training and certification by East Kalimantan Province, "
            "30 June–4 July 2025: 827 people, against a target of 1,000 participants by one source (other "
            "sources: 1,000 certificates) for all batches of 2025. Sources differ: between 801 and 860. "
            "Taking part does not mean having qualified or being certified. Source: "
            "portal.kaltimprov.go.id; compiled by Kaltim Kompeten, release 2026.12.",
        ),
    ],
)
def test_a_sentence_has_value_unit_place_period_base_and_caveat(
    real_books: Books, language: Language, expected: str
) -> None:
    book = real_books[language]
    pages = {page.path: page for page in pages_with_a_kit(book)}
    assert key_kit(pages["tahap/kaltim-2025-1/"])[0] == expected


def test_what_a_fact_does_not_have_leaves_no_gap() -> None:
    fact = Fact(what="Peserta", where="Paser", when="", figure="tidak diketahui")
    text = credited(
        "id", quotable(fact), source=fact.source, publisher="Kaltim Kompeten", release="2026.11", synthetic=False
    )
    assert text == "Peserta, Paser: tidak diketahui. Dihimpun Kaltim Kompeten, rilis 2026.11."
