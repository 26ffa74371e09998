"""The page of the workforce: every answer with whose count it is, people apart from certificates."""

from __future__ import annotations

from collections.abc import Mapping

from kompeten.ground.findings import Language
from kompeten.pages import workforce
from kompeten.pages.book import Book
from kompeten.pages.page import Page
from tests.some import some
from tests.unit.pages.opened import figures, words, wrong_figures

Books = Mapping[Language, Book]


def made(book: Book) -> Page:
    """Give the page."""
    return workforce.page(book)


def test_every_figure_agrees_with_the_document_it_names(both_books: Books) -> None:
    for book in some(both_books.values()):
        assert wrong_figures(book, [made(book)]) == []


def test_the_title_says_how_many_answers_and_from_which_to_which(real_books: Books) -> None:
    for book in some(real_books.values()):
        found = [row.value for row in workforce.answers(book) if row.value]
        title = workforce.heading(book, workforce.answers(book)).striptags()
        assert str(len(found)) in title
        assert book.number(min(found)) in title
        assert book.number(max(found)) in title
        assert (min(found), max(found)) == (9687, 42321)
        assert len(title.split()) <= 15


def test_people_and_certificates_stand_apart(real_books: Books) -> None:
    book = real_books["id"]
    assert {row.unit for row in workforce.answers(book)} == {"orang"}
    cards = workforce.claims(book.at(workforce.PATH), workforce.CERTIFICATES)
    assert {unit for _, unit, _ in cards} == {"sertifikat"}


def test_each_line_is_one_count(real_books: Books) -> None:
    book = real_books["en"]
    lines = {
        counter: {y: c.value for y, c in workforce.by_year(workforce.stated(book, names, counter)).items()}
        for counter, names in workforce.LINES
    }
    assert lines["bps"] == {2019: 99938, 2020: 108493, 2021: 99963, 2023: 118658, 2024: 147736}
    assert lines["dinas"] == {2021: 34575, 2022: 37167, 2023: 42321, 2025: 27071}
    assert lines["lpjk"] == {2023: 9687, 2025: 17000}


def test_the_one_like_for_like_comparison_stands_beside_its_caveat(real_books: Books) -> None:
    text = words(made(real_books["id"]))
    assert "9.687 pemegang SKK dari 118.658 pekerja, atau 8,2%; paling banyak 9,6%" in text
    assert "ditulis 4,27%" in text
    assert "ditulis 4,34%" in text
    assert "bulan hitungan Kalimantan Timur tidak disebut" in text


def test_a_misprint_is_listed_and_named_but_never_drawn(real_books: Books) -> None:
    book = real_books["id"]
    assert 99993 not in {row.value for row in workforce.stated(book, workforce.WORKERS)}
    assert "99993" in {figure.value for figure in figures(made(book))}
    assert "salah cetak" in words(made(book))


def test_data_without_a_workforce_make_a_page_without_pictures(real_books: Books) -> None:
    book = real_books["en"]
    assert workforce.answer_picture(book.at(workforce.PATH), []) is None
    assert workforce.heading(book, []) == book.t("workforce.title")


def test_a_picture_links_nowhere_since_it_stands_in_frames_too(real_books: Books) -> None:
    for book in some(real_books.values()):
        for picture in some(made(book).pictures):
            assert not any("<a " in str(cell.text) for row in some(picture.table.rows) for cell in some(row.cells))


def test_the_answers_stand_by_year_and_the_one_that_is_used_before_its_rivals(real_books: Books) -> None:
    found = workforce.answers(real_books["id"])
    assert [(c.period, c.value, c.source_id) for c in found] == [
        ("2021", 34575, "pojoknegeri"),
        ("2021", 34257, "antara-3086701"),
        ("2021", 31257, "kaltimprov-2022"),
        ("2022", 37167, "pojoknegeri"),
        ("2022-07-05", 35000, "presisi"),
        ("2023", 9687, "beritaborneo"),
        ("2023-09", 42321, "antara-194742"),
        ("2025-06-30", 34000, "tempo-info-nasional"),
        ("2025-06-30", 17000, "tempo-info-nasional"),
        ("2025-09-03", 27071, "kaltimprov-2025"),
        ("2025-09-03", 35000, "niaga-2025"),
    ]
    assert [c.value for c in workforce.ends(found)] == [9687, 42321]


def test_two_answers_are_a_finding_and_one_is_none(real_books: Books) -> None:
    book = real_books["id"]
    found = workforce.answers(book)
    assert workforce.heading(book, found[:2]).striptags() == (
        "Berapa yang bersertifikat? Sumber memberi 2 jawaban, dari 34.257 sampai 34.575."
    )
    assert workforce.heading(book, found[:1]) == "Tenaga kerja konstruksi: berapa yang bersertifikat?"


def test_every_statement_says_measure_time_place_level_and_counter_in_that_order(real_books: Books) -> None:
    book = real_books["id"]
    said = [scope for scope, _, _ in workforce.claims(book.at(workforce.PATH), workforce.GROUPS["people"])]
    assert said[6:9] == [
        "Pekerja konstruksi bersertifikat, 2021, Kalimantan Timur, Ahli (jenjang 7–9) (Dinas PUPR-Pera Kaltim)",
        "Pekerja konstruksi bersertifikat, 2021, Kalimantan Timur, Teknisi dan operator (jenjang 1–6)"
        " (Dinas PUPR-Pera Kaltim)",
        "Pekerja konstruksi bersertifikat, 2022, Kalimantan Timur (Dinas PUPR-Pera Kaltim)",
    ]
    cards = [scope for scope, _, _ in workforce.claims(book.at(workforce.PATH), workforce.CERTIFICATES)]
    assert [text.partition(",")[0] for text in cards] == [
        *("Sertifikat SKK", "Sertifikat SKA dan SKT", "Sertifikat SKA", "Sertifikat SKT"),
    ]
