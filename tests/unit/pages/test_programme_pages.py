"""Pages of programmes: targets beside results, money beside places, spans apart, gaps in words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kompeten.ground.findings import Language
from kompeten.pages import programmes
from kompeten.pages.book import Book
from kompeten.pages.charts import BarChart
from kompeten.pages.page import Page
from tests.some import some
from tests.unit.pages.opened import elements, figures, words, wrong_figures

Books = Mapping[Language, Book]


def made(book: Book) -> dict[str, Page]:
    """Give the pages of programmes by address."""
    return {page.path: page for page in programmes.pages(book)}


@pytest.fixture(scope="module")
def real(real_books: Books) -> dict[Language, dict[str, Page]]:
    """Give the pages of programmes of the real data, in both languages."""
    return {language: made(book) for language, book in real_books.items()}


def test_every_figure_agrees_with_the_document_it_names(both_books: Books) -> None:
    for book in some(both_books.values()):
        assert wrong_figures(book, made(book).values()) == []


def test_both_languages_show_the_same_figures(both_books: Books) -> None:
    indonesian, english = made(both_books["id"]), made(both_books["en"])
    assert list(indonesian) == list(english)
    for path, page in indonesian.items():
        assert [(f.path, f.pointer) for f in figures(page)] == [(f.path, f.pointer) for f in figures(english[path])]


def test_the_index_puts_the_main_programme_first_and_the_comparison_last(
    real: dict[Language, dict[str, Page]],
) -> None:
    index = real["id"]["program/"]
    headings = [e.text for e in elements(index) if e.name == "h2"]
    assert headings == ["Program yang dipantau situs ini", "Program lain di Kalimantan Timur", "Pembanding"]
    assert "Jangan dibandingkan langsung" in words(index)


def test_a_target_in_certificates_is_never_met_by_participants(real: dict[Language, dict[str, Page]]) -> None:
    page = real["id"]["program/kaltim/"]
    assert [picture.slug for picture in page.pictures if picture.slug.startswith("target-")] == [
        "target-kaltim-2025-peserta"
    ]
    text = words(page)
    assert "Target 2025: 1.000 sertifikat. Berapa yang tercapai belum kami temukan." in text
    assert "Peserta dan sertifikat adalah satuan yang berbeda" in text


def test_money_for_each_planned_place_stands_beside_money_and_places(
    real: dict[Language, dict[str, Page]],
) -> None:
    text = words(real["en"]["program/ppu/"])
    assert "Planned 2024 Rp2.5 billion (rounded)1 475 about Rp5.26 million konstruksinews.com, 2024" in text
    assert "not from money spent" in text


def test_a_span_of_time_is_set_apart(real: dict[Language, dict[str, Page]]) -> None:
    text = words(real["en"]["program/kutim/"])
    assert "Do not add this to batches" in text
    assert "Experts (levels 7–9) 1881 1882 1183 1184" in text
    assert "Certificates issued per competent person" not in text


def test_what_nobody_published_is_listed_by_year(real: dict[Language, dict[str, Page]]) -> None:
    text = words(real["id"]["program/kaltim/"])
    assert "Tahap apa pun pada 2026." in text
    assert "Untuk 2025: jumlah yang kompeten dan jumlah sertifikat yang terbit." in text
    assert "Jumlah peserta Tahap III 2025." in text


def test_a_programme_with_a_target_alone_says_that_it_is_a_plan(real: dict[Language, dict[str, Page]]) -> None:
    page = real["id"]["program/bankeu/"]
    assert "Ini rencana, bukan hasil." in words(page)
    assert page.share is not None
    assert page.share.figure == "1.775 peserta"


def test_every_year_of_a_long_programme_has_its_picture_after_that_of_them_all(demo_books: Books) -> None:
    page = made(demo_books["en"])["program/contoh/"]
    targets = [f"target-contoh-{year}" for year in range(2026, 2020, -1)]
    assert [picture.slug for picture in page.pictures] == ["tahun-contoh", "tahapan-contoh", *targets]


def test_every_year_stands_with_its_targets_and_the_running_one_says_so(real: dict[Language, dict[str, Page]]) -> None:
    chart = real["id"]["program/kaltim/"].pictures[0].chart
    assert isinstance(chart, BarChart)
    assert [(bar.mark.label, bar.end) for bar in chart.bars] == [
        ("2022", "198+"),
        ("2023", "658+"),
        ("2024", "414+"),
        ("2025", "1.560+"),
        ("2026", ""),
    ]
    assert [[target.value for target in bar.targets] for bar in chart.bars] == [
        [],
        [],
        [1500, 2000],
        [1000, 1000],
        [1000],
    ]
    assert chart.bars[-1].aside == "tahun berjalan, sampai 27 Januari 2026"
    assert chart.words.title == "Peserta diketahui untuk 4 dari 5 tahun, kelulusan untuk 0, sertifikat untuk 0."
    assert [bar.is_open for bar in chart.bars] == [True, True, True, True, False]


@pytest.mark.parametrize(
    ("year", "through", "is_running"),
    [(2026, "2026-11-23", True), (2026, "2026-12-31", False), (2025, "2026-11-23", False)],
)
def test_a_year_runs_until_its_last_day(year: int, through: str, is_running: bool) -> None:
    assert programmes.is_running(year, through) == is_running
