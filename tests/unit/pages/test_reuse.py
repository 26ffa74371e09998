"""The reuse kit: a sentence that says what the JSON says, citations with release and hash, a frame without script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

import pytest

from kompeten.ground.findings import Language
from kompeten.pages import batches, home, programmes
from kompeten.pages.book import Book
from kompeten.pages.page import Page, environment
from kompeten.statistics.sentences import Fact, quotable
from tests.site_reader import at_pointer
from tests.some import some
from tests.unit.pages.opened import TEMPLATES, elements, published

Books = Mapping[Language, Book]
FRAME = r'<iframe src="[^"]*/embed/(?P<slug>[a-z0-9-]+)/(?:(?P<release>[0-9.]+)/)?" title=".+></iframe>'


def pages_with_a_kit(book: Book) -> list[Page]:
    """Give the home page, and the pages of batches and programmes, without their indexes."""
    env = environment(TEMPLATES, book)
    made = [home.page(book, env), *batches.pages(book, env), *programmes.pages(book, env)]
    return [page for page in made if page.path not in ("tahap/", "program/")]


@pytest.fixture(scope="module")
def kit_pages(both_books: Books) -> list[tuple[Book, Page]]:
    """Give every page with a kit, in both languages, with its book."""
    return [(book, page) for book in both_books.values() for page in pages_with_a_kit(book)]


def copied(page: Page) -> list[str]:
    """Give the texts that a reader can copy: sentence, citations, address, and the frame where there is one."""
    return [unescape(e.text).strip() for e in elements(page) if e.attributes.get("class") == "copy"]


def test_the_sentence_says_the_value_that_stands_at_the_address(kit_pages: list[tuple[Book, Page]]) -> None:
    for book, page in some(kit_pages):
        sentence, _, _, address, *_ = copied(page)
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
        _, short, long, *_ = copied(page)
        for citation in (short, long):
            assert book.imprint.release in citation
            assert mark in citation
            assert citation.endswith(book.settings.base_url + page.address)


def test_frames_hold_a_picture_of_the_same_page_live_and_pinned_and_no_script(
    kit_pages: list[tuple[Book, Page]],
) -> None:
    for book, page in some(kit_pages):
        frames = [re.fullmatch(FRAME, text) for text in copied(page)[4:]]
        assert None not in frames
        found = [(frame["slug"], frame["release"]) for frame in frames if frame]
        assert [release for _, release in found] in ([], [None, book.imprint.release])
        assert {slug for slug, _ in found} <= {picture.slug for picture in page.pictures}
        assert not any("script" in text for text in copied(page)[4:])


def test_sentences_of_synthetic_data_warn_of_themselves(demo_books: Books) -> None:
    for language, warning in (("id", "Angka rekaan, jangan dikutip."), ("en", "Invented figures: do not quote them.")):
        page = home.page(demo_books[language], environment(TEMPLATES, demo_books[language]))
        assert warning in copied(page)[0]


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
    assert copied(pages["tahap/kaltim-2025-1/"])[0] == expected


def test_what_a_fact_does_not_have_leaves_no_gap() -> None:
    fact = Fact(what="Peserta", where="Paser", when="", figure="tidak diketahui")
    said = quotable("id", fact, publisher="Kaltim Kompeten", release="2026.11", synthetic=False)
    assert said == "Peserta, Paser: tidak diketahui. Dihimpun Kaltim Kompeten, rilis 2026.11."
