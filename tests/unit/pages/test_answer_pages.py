"""Pages that answer: other areas, citizens, and what was searched for; each from its document and with its source."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from kompeten.ground.findings import Language
from kompeten.pages import batches, citizens, disputes, elsewhere, home, parts, programmes, regions, searches
from kompeten.pages.book import Book
from kompeten.pages.page import Page
from tests.some import some
from tests.unit.pages.opened import TEMPLATES, figures, with_documents, words, wrong_figures

Books = Mapping[Language, Book]
Maker = Callable[[Book], Page]
MAKERS: tuple[Maker, ...] = (elsewhere.page, citizens.page, searches.page)


def made(book: Book, maker: Maker) -> Page:
    """Make a page."""
    return maker(book)


def test_every_figure_of_other_areas_agrees_with_the_document_it_names(real_books: Books) -> None:
    for book in some(real_books.values()):
        assert wrong_figures(book, [made(book, elsewhere.page)]) == []


@pytest.mark.parametrize("maker", MAKERS)
def test_a_release_without_rows_makes_a_page_all_the_same(real_books: Books, maker: Maker) -> None:
    empty = {f"api/v1/{name}.json": [] for name in ("comparisons", "facts", "searches")}
    for book in some(real_books.values()):
        page = made(with_documents(book, empty), maker)
        assert page.title in words(page)


def test_every_comparison_stands_on_the_page_once(real_books: Books) -> None:
    for book in some(real_books.values()):
        found = [f.pointer for f in figures(made(book, elsewhere.page)) if f.path == "api/v1/comparisons.json"]
        assert len(found) == len(set(found)) == len(book.api.comparisons) > 100


def test_areas_of_one_source_and_date_stand_by_code_with_our_own_among_them(real_books: Books) -> None:
    book = real_books["id"]
    sheet = book.at(elsewhere.PATH)
    firms = elsewhere.theme(sheet, "firms", [c for c in book.api.comparisons if c.theme == "firms"])
    names = [[row.header for row in table.rows] for table in firms.tables]
    assert names[0] == [
        "Kalimantan Barat",
        "Kalimantan Tengah",
        "Kalimantan Selatan",
        "Kalimantan Timur",
        "Kalimantan Utara",
    ]
    assert len(names[1]) == 9
    assert "Kalimantan Timur" in names[1]


def test_the_places_given_to_our_own_programme_stand_first(real_books: Books) -> None:
    book = real_books["id"]
    sheet = book.at(elsewhere.PATH)
    prizes = elsewhere.theme(sheet, "prize", [c for c in book.api.comparisons if c.theme == "prize"])
    assert [(scope, unit) for scope, unit, _ in prizes.own_claims] == [("Kalimantan Timur, 2025", "peserta")] * 2
    assert len(prizes.claims) == 2


def test_a_ranking_known_to_be_shifted_is_named_and_left_out(real_books: Books) -> None:
    text = words(made(real_books["id"], elsewhere.page))
    assert "Peringkat ahli menurut provinsi 2020 (databoks)" in text
    assert "49.523" not in text


def test_every_fact_stands_with_its_source(real_books: Books) -> None:
    for book in some(real_books.values()):
        page = made(book, citizens.page)
        text = words(page)
        for fact in some(book.api.facts):
            assert book.say(fact.text) in text
            assert book.source_name(fact.source_id) in text


def test_conditions_are_told_for_all_nine_levels(real_books: Books) -> None:
    table = citizens.conditions(real_books["en"].at(citizens.PATH))
    assert table is not None
    names = [real_books["en"].name("qualification_levels", str(level)) for level in range(1, 10)]
    assert [row.header for row in table.rows] == names


def test_the_request_asks_for_what_the_main_programme_lacks(real_books: Books) -> None:
    for book in some(real_books.values()):
        asked = citizens.missing(book)
        assert len(asked) == 5
        assert "Tahap III" in asked[0]
        assert "Tahap I " not in asked[0]
        assert "2026" in asked[3]
        assert all(f"{number}. {text}" in parts.request(book, asked) for number, text in enumerate(asked, start=1))


def test_what_no_field_of_the_data_answers_is_asked_in_words(real_books: Books) -> None:
    text = words(made(real_books["id"], searches.page))
    assert "Pertanyaan yang belum dapat kami jawab" in text
    assert "Lembaga sertifikasi (LSP) mana yang menguji" in text


def test_every_search_is_listed(real_books: Books) -> None:
    for book in some(real_books.values()):
        text = words(made(book, searches.page))
        assert all(book.say(search.subject) in text for search in some(book.api.searches))
        assert book.date("2026-11-23") in text


def test_a_place_lists_what_concerns_it(real_books: Books) -> None:
    book = real_books["id"]
    found = {page.path: words(page) for page in regions.pages(book)}
    for code, region in book.api.region.items():
        text = found[f"wilayah/{code}/"]
        for item in (*region.targets, *region.budgets):
            assert f"{book.programme_name(item.programme_id)}, {item.year}, " in text
        for plan in region.plans:
            assert disputes.plan_scope(book, plan) in text
    assert "Program di Paser: kami mencarinya pada 23 November 2026 dan tidak menemukannya." in found["wilayah/64.01/"]


def test_plans_stand_apart_from_targets_and_once(real_books: Books) -> None:
    book = real_books["id"]
    found = {page.path: page for page in programmes.pages(book)}
    told = [f.pointer for page in found.values() for f in figures(page) if f.path == "api/v1/plans.json"]
    assert len(told) == len(set(told)) == len(book.api.plans) == 9
    assert "Bukan target tahunan" in words(found["program/kaltim/"])
    assert "Kebutuhan pekerja IKN" in words(found["program/ikn/"])
    assert "Kebutuhan pekerja IKN" not in words(found["program/kaltim/"])


def test_where_something_is_missing_the_page_leads_to_what_was_searched(real_books: Books) -> None:
    book = real_books["id"]
    found = [home.page(book), *batches.pages(book), *programmes.pages(book)]
    silent = [p for p in found if 'class="missing"' in p.body]
    assert len(silent) > 10
    assert [p.path for p in silent if 'tidak-ditemukan/"' not in p.body] == []


def test_the_header_says_in_both_languages_that_the_site_is_not_official(real_books: Books) -> None:
    header = (TEMPLATES / "overrides/partials/header.html").read_text(encoding="utf-8")
    assert header.index('t("unofficial")') < header.index('class="wordmark"')
    assert [book.t("unofficial") for book in real_books.values()] == [
        "Bukan situs resmi pemerintah.",
        "Not an official government site.",
    ]
