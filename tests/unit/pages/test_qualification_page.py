"""The page of levels and classifications: all of them, who trains whom, and nothing but published counts."""

from __future__ import annotations

from collections.abc import Mapping

from kompeten.ground.findings import Language
from kompeten.pages import qualifications
from kompeten.pages.book import Book
from kompeten.pages.page import Page
from tests.some import some
from tests.unit.pages.opened import figures, wrong_figures

Books = Mapping[Language, Book]


def made(book: Book) -> Page:
    """Give the page."""
    return qualifications.page(book)


def test_every_figure_agrees_with_the_document_it_names(both_books: Books) -> None:
    for book in some(both_books.values()):
        assert wrong_figures(book, [made(book)]) == []


def test_every_published_count_is_shown_in_both_languages(both_books: Books) -> None:
    rows = len(both_books["id"].api.qualifications)
    for book in some(both_books.values()):
        found = [f for f in figures(made(book)) if f.path.endswith("qualifications.json")]
        assert len({f.pointer for f in found}) == rows


def test_the_picture_counts_batches_by_level_and_says_which_level_none_has(
    both_books: Books, real_books: Books
) -> None:
    for book in some(both_books.values()):
        (picture,) = made(book).pictures
        rows = [r for r in book.api.qualifications if r.dimension == "qualification_level" and r.status != "unknown"]
        for row in some(picture.table.rows):
            assert row.cells[0].value == len({r.batch_id for r in rows if r.code == row.code}), row.code
    titles = [made(real_books[language]).pictures[0].chart.words.title for language in ("id", "en")]
    assert titles == [
        "7 dari 28 tahap punya angka jenjang; jenjang 2, 8, dan 9 belum ada.",
        "7 of 28 batches have figures by level; none for levels 2, 8 and 9.",
    ]


def test_nine_levels_and_who_trains_them(real_books: Books) -> None:
    book = real_books["id"]
    table = qualifications.level_table(book.at("kualifikasi/"))
    trained = {row.header: str(row.cells[1].text) for row in table.rows}
    levels = [book.name("qualification_levels", str(level)) for level in range(9, 0, -1)]
    assert list(trained) == levels
    assert [level for level, who in trained.items() if who == "Provinsi"] == levels[:3]


def test_all_classifications_follow_their_own(real_books: Books) -> None:
    table = qualifications.class_table(real_books["en"].at("kualifikasi/"))
    codes = [row.header for row in table.rows]
    assert len(codes) == len(set(codes)) == 57
    assert [row.header for row in table.rows if row.is_total] == [c for c in codes if len(c) == 2]
    parents = [c for c in codes if len(c) == 2]
    assert [codes[codes.index(c) - 1][:2] for c in codes if len(c) == 4] == [c[:2] for c in codes if len(c) == 4]
    assert len(parents) == 8


def test_the_doubt_about_fresh_graduates_is_said(real_books: Books) -> None:
    body = made(real_books["en"]).body
    assert "perhaps only one year" in body
    assert "bears no date" in body


def test_a_field_that_is_stated_together_with_a_level_is_shown(real_books: Books) -> None:
    body = made(real_books["id"]).body
    assert "Peserta, Teknisi/Analis jenjang 4, Irigasi dan Rawa" in body
    assert "belum kami temukan angkanya" not in body


def test_a_count_of_a_disputed_stage_says_so(real_books: Books) -> None:
    body = made(real_books["id"]).body
    assert "Tahapan dipersoalkan. Sumber berbeda tentang apa yang dihitung, misalnya pendaftar atau peserta." in body
