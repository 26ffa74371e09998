"""Pages of programmes: targets beside results, money beside places, spans apart, gaps in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from kompeten.ground.findings import Language
from kompeten.pages import aims, programmes
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


def test_the_newest_result_stands_for_a_programme_and_a_plan_where_there_is_none(real_books: Books) -> None:
    book = real_books["id"]
    found = {name: programmes.key_figure(book, own)[1] for name, own in book.api.programme.items()}
    assert {name: f"{fact.when}: {fact.figure}" for name, fact in found.items()} == {
        "kaltim": "2025: sekurang-kurangnya 1.560 orang",
        "ikn": "2023: sekurang-kurangnya 2.615 orang",
        "bankeu": ": 1.775 peserta",
        "ppu": "2025: sekurang-kurangnya 95 orang",
        "kutim": ": 200 orang bersertifikat",
        "kaltara": "2025: sekurang-kurangnya 77 orang",
        "kementerian": "2023: sekurang-kurangnya 60 orang",
        "balikpapan": "2024: sekurang-kurangnya 370 orang",
        "bontang": "2025: sekurang-kurangnya 163 orang",
        "berau": ": sekitar 70 peserta",
    }


def test_the_index_shows_the_newest_figure_of_each_programme(real_books: Books) -> None:
    book = real_books["id"]
    found = {name: programmes.newest_figure(book, own) for name, own in book.api.programmes.items()}
    assert {name: figure and figure.striptags() for name, figure in found.items()} == {
        "kaltim": "sekurang-kurangnya 1.560 peserta (2025)",
        "ikn": "sekurang-kurangnya 2.497 peserta (2024)",
        "bankeu": None,
        "ppu": "sekurang-kurangnya 95 peserta (2025)",
        "kutim": "sekurang-kurangnya 1.234 orang bersertifikat (2015–2025)",
        "kaltara": "sekurang-kurangnya 77 orang kompeten (2025)",
        "kementerian": "sekurang-kurangnya 60 peserta (2023)",
        "balikpapan": "sekurang-kurangnya 370 peserta (2024)",
        "bontang": "sekurang-kurangnya 163 peserta (2025)",
        "berau": None,
    }


def test_certificates_that_nobody_counted_as_people_are_certificates(real_books: Books) -> None:
    book = real_books["id"]
    total = book.api.main.years[0].certificates
    said = [
        programmes.story_unit(book, total.model_copy(update={"unit": unit}), "certificates")
        for unit in ("orang", "sertifikat")
    ]
    assert said == ["orang bersertifikat", "sertifikat"]


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        (
            "kaltim",
            [
                *("kaltim-2025-1", "kaltim-2025-2", "kaltim-2025-3", "kaltim-2025-4", "kaltim-2024-1"),
                *("kaltim-2023-ppu-mei", "kaltim-2023-ppu", "kaltim-2022-samarinda"),
            ],
        ),
        ("ikn", ["ikn-2024-08", "ikn-2022-sepaku", "ikn-2022-1"]),
        ("ppu", ["ppu-2025-08", "ppu-2024-06", "ppu-2024"]),
    ],
)
def test_batches_stand_newest_year_first_and_within_it_by_number_and_day(
    real_books: Books, name: str, ids: list[str]
) -> None:
    book = real_books["id"]
    table = programmes.batches_table(book.at("program/"), book.api.programme[name])
    assert table is not None
    assert [row.code for row in table.rows] == ids


def test_a_year_without_batches_lacks_them_and_not_its_totals(real_books: Books) -> None:
    book = real_books["id"]
    assert programmes.missing(book, book.api.programme["bankeu"]) == ["Tahap apa pun pada 2024."]
    assert programmes.missing(book, book.api.programme["bontang"]) == [
        "Untuk 2025: jumlah yang kompeten dan jumlah sertifikat yang terbit.",
        "Tahap apa pun pada 2023.",
        "Untuk 2018: jumlah yang kompeten dan jumlah sertifikat yang terbit.",
        "Anggaran program ini.",
    ]


def test_the_years_of_a_programme_stand_the_newest_first(real_books: Books) -> None:
    book = real_books["en"]
    rows = programmes.years_table(book, book.api.programme["kaltim"], "tahun").rows
    assert [row.header for row in rows] == ["2026", "2025", "2024", "2023", "2022"]


def test_a_rival_reading_of_a_target_stands_behind_the_one_that_is_used(real_books: Books) -> None:
    book = real_books["id"]
    main = book.api.programme["kaltim"]
    cells = {year.year: programmes.target_cell(book, main, year).text for year in main.years}
    assert {year: re.sub("<(?!br)[^>]*>", "", text) for year, text in cells.items()} == {
        2022: "tidak diketahui",
        2023: "tidak diketahui",
        2024: "1.500 sertifikat<br>2.000 sertifikat",
        2025: "1.000 sertifikat<br>1.000 peserta (satu sumber)",
        2026: "1.000 sertifikat",
    }


def test_one_batch_is_not_drawn_stage_by_stage_with_itself(real: dict[Language, dict[str, Page]]) -> None:
    drawn = {name: [p.slug for p in real["id"][f"program/{name}/"].pictures] for name in ("balikpapan", "kementerian")}
    assert drawn == {
        "balikpapan": ["tahun-balikpapan"],
        "kementerian": ["tahun-kementerian", "tahapan-kementerian"],
    }


def test_places_are_the_ministrys_only_where_it_pays(real_books: Books) -> None:
    book = real_books["id"]
    places = next(t for t in book.api.programme["kaltim"].targets if t.target_id == "kaltim-2025-hibah")
    assert aims.target_name(book, places) == "Jatah dari kementerian 2025 (peserta)"
    own = places.model_copy(update={"funding_source": "apbd_provinsi"})
    assert aims.target_name(book, own) == "Jatah dari pihak lain 2025 (peserta)"


def test_notes_are_numbered_from_one(real_books: Books) -> None:
    book = real_books["id"]
    table = aims.targets_table(book.at("program/"), book.api.programme["ppu"])
    assert table is not None
    assert [row.cells[0].note for row in table.rows] == [1, 2, 3]


def test_money_without_places_is_divided_by_nothing(real_books: Books) -> None:
    book = real_books["id"]
    budget = book.api.programme["ppu"].budgets[0].model_copy(update={"rate": None})
    assert [cell.status for cell in aims.each_cells(book, budget)] == ["not_applicable", "not_applicable"]


def test_a_year_of_which_nothing_is_known_says_that_this_is_no_zero(real_books: Books) -> None:
    book = real_books["id"]
    main = book.api.programme["kaltim"]
    _, fact = programmes.total_fact(book, main, main.years[-1], "participants")
    assert (fact.figure, fact.caveat) == ("tidak diketahui", "Tidak diketahui bukan berarti nol.")
