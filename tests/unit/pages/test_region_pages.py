"""Pages of regions: residence and venue apart, nothing compared that must not be, both codes side by side."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any

import pytest

from kompeten.ground.findings import Language
from kompeten.pages import place, places, regions
from kompeten.pages.book import Book
from kompeten.pages.charts import StripChart
from kompeten.pages.page import Page
from kompeten.pages.parts import Picture
from tests.some import some
from tests.unit.pages.opened import ROOT, figures, published, with_documents, wrong_figures

Books = Mapping[Language, Book]
REGIONS = "api/v1/regions.json"


def made(book: Book) -> dict[str, Page]:
    """Give the pages of regions by address."""
    return {page.path: page for page in regions.pages(book)}


def with_participants(book: Book, counts: Mapping[str, Mapping[str, Any]]) -> Book:
    """Give a book in which regions have other counts; both documents of a region say the same."""
    rows = published(book, REGIONS)["data"]
    changed = {REGIONS: rows}
    for row in rows:
        if change := counts.get(row["region_code"]):
            row["participants"].update(change)
            path = f"api/v1/regions/{row['region_code']}.json"
            changed[path] = published(book, path)["data"]
            changed[path]["participants"].update(change)
    return with_documents(book, changed)


def complete(book: Book, rates: list[float]) -> Book:
    """Give a book in which every batch states every regency."""
    codes = [r.region_code for r in places.scope(book).regencies]
    counts = {}
    for code, rate in zip(codes, rates, strict=True):
        whole = {"measure_id": "peserta_per_10000", "numerator": 5, "denominator": 100, "value": rate}
        counts[code] = {
            "value": 5,
            "status": "released",
            "batches_with_figure": 6,
            "batches": 6,
            "precision": "exact",
            "rate": {**whole, "status": "released", "unit": "per_10000", "decimals": 2, "precision": "exact"},
        }
    return with_participants(book, counts)


def test_every_figure_agrees_with_the_document_it_names(both_books: Books) -> None:
    for book in some(both_books.values()):
        assert wrong_figures(book, made(book).values()) == []


def test_every_region_has_a_page_in_both_languages_with_the_same_figures(both_books: Books) -> None:
    indonesian, english = made(both_books["id"]), made(both_books["en"])
    codes = [r.region_code for r in both_books["id"].api.regions.values()]
    assert list(indonesian) == list(english) == ["wilayah/", *(f"wilayah/{code}/" for code in codes)]
    for path, page in indonesian.items():
        places_of = [(f.path, f.pointer, f.value) for f in figures(page)]
        assert places_of == [(f.path, f.pointer, f.value) for f in figures(english[path])]


def test_the_table_has_every_row_whatever_is_known(both_books: Books) -> None:
    for book in some(both_books.values()):
        body = made(book)["wilayah/"].body
        table = body[body.index('id="semua-wilayah-tabel"') : body.index("</table>", body.index("semua-wilayah-tabel"))]
        assert table.count('<th scope="row">') == 11  # ten, and the whole province


def test_the_province_stands_below_its_regencies_with_the_batches_held_in_any_of_them(both_books: Books) -> None:
    for book in some(both_books.values()):
        scope = places.scope(book)
        *_, last = regions.table(book.at("wilayah/"), scope).rows
        held = {b for r in scope.regencies for b in places.detail(book, r).venue_batch_ids}
        assert last.is_total
        assert book.say(book.api.regions[scope.home].name) in last.header
        assert last.cells[-1].text == book.number(len(held)) != "0"


def test_one_regency_with_a_figure_is_not_compared(real_books: Books) -> None:
    book = real_books["id"]
    pages = made(book)
    assert "Jangan dibandingkan" in pages["wilayah/"].body
    assert "Jangan dibandingkan" in pages["wilayah/64.02/"].body
    assert regions.ranking(book, places.scope(book)) is None


def strips(page: Page) -> list[tuple[Picture, StripChart]]:
    """Give the pictures of a page that are strips."""
    return [(p, p.chart) for p in page.pictures if isinstance(p.chart, StripChart)]


def test_the_newest_batches_stand_in_strips_on_one_scale(demo_books: Books) -> None:
    ((picture, chart),) = strips(made(demo_books["id"])["wilayah/"])
    assert chart.is_scaled
    assert [row.label for row in chart.rows][:3] == ["Paser", "Kutai Kartanegara", "Berau"]
    assert [mark.tick for mark in chart.rows[0].marks][-2:] == ["I 2026", "II 2026"]
    assert {len(row.marks) for row in chart.rows} == {places.TIMES}
    assert [len(row.cells) for row in picture.table.rows] == [places.TIMES] * len(chart.rows)


def test_one_regency_with_a_figure_has_no_strips(real_books: Books) -> None:
    assert strips(made(real_books["id"])["wilayah/"]) == []


def test_every_batch_has_a_cell_on_the_page_of_a_place_those_that_do_not_say_it_included(both_books: Books) -> None:
    book = both_books["en"]
    for code in some(r.region_code for r in places.scope(book).regencies):
        ((picture, chart),) = strips(made(book)[f"wilayah/{code}/"])
        count = book.api.regions[code].participants
        (row,) = chart.rows
        assert len(row.marks) == len(picture.table.rows) == count.batches
        assert sum(mark.value is not None for mark in row.marks) == count.batches_with_figure


def test_the_title_of_a_place_says_how_many_batches_name_it(real_books: Books) -> None:
    pages = made(real_books["id"])
    titles = [pages[f"wilayah/{code}/"].pictures[0].chart.words.title for code in ("64", "64.02", "64.72")]
    assert titles == [
        "Peserta dari Kalimantan Timur: sekurang-kurangnya 17, menurut 1 dari 8 tahap.",
        "1 dari 8 tahap menyebut peserta dari Kutai Kartanegara: sekurang-kurangnya 17 orang.",
        "Tidak satu pun dari 8 tahap menyebut berapa pesertanya yang tinggal di Samarinda.",
    ]
    ((picture, chart),) = strips(pages["wilayah/64/"])
    assert [(m.tick, m.text) for m in chart.rows[0].marks if m.value] == [("II 2025", "sekurang-kurangnya 17")]
    assert [row.cells[0].source_ids for row in picture.table.rows if row.cells[0].value == 17] == [("kutairaya",)]
    assert pages["wilayah/64/"].pictures[0].chart.words.source == pages["wilayah/64.02/"].pictures[0].chart.words.source


def test_hidden_cells_forbid_a_ranking(demo_books: Books) -> None:
    book = demo_books["en"]
    assert "Do not rank" in made(book)["wilayah/"].body
    assert regions.ranking(book, places.scope(book)) is None


def test_a_regency_that_some_batches_hide_shows_at_least_what_the_others_print(demo_books: Books) -> None:
    book = demo_books["id"]
    partly = [
        region
        for code, region in book.api.regions.items()
        if places.hides(book.api.region[code]) and region.participants.batches_with_figure
    ]
    assert len(partly) >= 3
    pages = made(book)
    for region in partly:
        count = region.participants
        printed = [c.value for c in book.api.region[region.region_code].by_batch if c.stage == "peserta" and c.value]
        assert (count.value, count.precision) == (sum(printed), "at_least")
        assert count.rate is not None
        assert count.rate.status == "hidden"
        own = pages[f"wilayah/{region.region_code}/"].body
        assert "Sebagian angka disembunyikan" in own
        assert "pada tahap lain disembunyikan atau tidak disebut" in own


def test_complete_coverage_allows_one(real_books: Books) -> None:
    book = complete(real_books["id"], [1.0, 9.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 2.0, 0.5])
    scope = places.scope(book)
    assert regions.warning(book, scope) is None
    ranking = regions.ranking(book, scope)
    assert ranking is not None
    assert "Kabupaten Kutai Kartanegara paling banyak" in ranking.striptags()
    assert "Kota Bontang paling sedikit" in ranking.striptags()


@pytest.mark.parametrize("rates", [[1.0] * 10, [9.0, 9.0, *[3.0] * 7, 1.0]])
def test_a_shared_first_or_last_place_is_no_ranking(real_books: Books, rates: list[float]) -> None:
    book = complete(real_books["id"], rates)
    assert regions.ranking(book, places.scope(book)) is None


def test_unequal_coverage_is_said(real_books: Books) -> None:
    book = with_participants(real_books["en"], {"64.03": {"value": 9, "status": "released", "batches_with_figure": 1}})
    warning = regions.warning(book, places.scope(book))
    assert warning is not None
    assert "The number of batches that state residence differs from region to region" in warning[1]


def test_no_figure_at_all_is_said(real_books: Books) -> None:
    book = with_participants(real_books["en"], {"64.02": {"value": None, "status": "unknown"}})
    warning = regions.warning(book, places.scope(book))
    assert warning is not None
    assert warning[0] == "Nothing to compare yet"


COLLISIONS = {
    "64.02": ("6402", "Kabupaten Kutai Barat"),
    "64.03": ("6403", "Kabupaten Kutai Kartanegara"),
}


@pytest.mark.parametrize(("code", "said"), COLLISIONS.items())
def test_a_code_that_collides_warns(real_books: Books, code: str, said: tuple[str, str]) -> None:
    book = real_books["id"]
    text = place.collision(book, book.api.region[code])
    assert text is not None
    assert all(word in text for word in (code, *said))


@pytest.mark.parametrize("code", ["64.07", "64.08"])
def test_a_code_whose_bare_form_is_free_warns_too(real_books: Books, code: str) -> None:
    book = real_books["en"]
    text = place.collision(book, book.api.region[code])
    assert text is not None
    assert "is not the BPS code" in text


def test_codes_that_agree_do_not_warn(real_books: Books) -> None:
    book = real_books["id"]
    agreeing = ["64", "65", "64.01", "64.09", "64.11", "64.71", "64.72", "64.74"]
    assert [c for c in agreeing if place.collision(book, book.api.region[c])] == []


def test_a_place_outside_the_programme_shows_no_figures_of_it(real_books: Books) -> None:
    body = made(real_books["id"])["wilayah/65/"].body
    assert "pembanding" in body
    assert 'id="angka"' not in body


def test_the_province_shows_its_workforce_and_the_computed_gap(real_books: Books) -> None:
    body = made(real_books["id"])["wilayah/64/"].body
    assert "59,85%" in body
    assert "58,90" not in body
    assert "105.395" in body


def test_the_figure_can_be_quoted_where_there_is_one(real_books: Books) -> None:
    pages = made(real_books["id"])
    assert "17 orang" in pages["wilayah/64.02/"].body
    assert 'id="pakai-ulang"' in pages["wilayah/64.02/"].body
    assert 'id="pakai-ulang"' not in pages["wilayah/64.11/"].body


def test_descriptions_are_one_plain_sentence_or_two(both_books: Books) -> None:
    for book in some(both_books.values()):
        for page in some(made(book).values()):
            assert 40 < len(page.description) < 260, page.path
            assert "<" not in page.description


def test_population_and_area_are_credited_to_the_source_that_the_data_name(real_books: Books) -> None:
    book = real_books["id"]
    named = {row.region_code: row.population_source_id for row in book.api.regions.values()}
    with (ROOT / "data/reference/population.csv").open(encoding="utf-8", newline="") as lines:
        stated = {row["region_code"]: row["source_id"] for row in csv.DictReader(lines)}
    assert {code: source for code, source in named.items() if source} == stated
    sheet = book.at("wilayah/64/")
    for code, source in stated.items():
        told = {pair.label: pair.text for pair in place.people(sheet, book.api.region[code])}
        labels = list(told)
        assert told["Sumber"] == sheet.source_link(source)
        assert labels.index("Luas") < labels.index("Sumber")
        for label in labels[labels.index("Sumber") + 1 :]:  # what the source does not state stands after it
            assert told[label].endswith("sumbernya belum kami catat")


def test_a_place_without_a_figure_says_what_is_known_there_and_offers_the_request(real_books: Books) -> None:
    pages = made(real_books["id"])
    silent, told = pages["wilayah/64.72/"].body, pages["wilayah/64.02/"].body
    assert '<a href="#pelatihan">Pelatihan yang digelar di sini</a>: 5.' in silent
    assert '<a href="#minta">surat siap pakai kepada PPID</a>' in silent
    assert (
        "1. Jumlah peserta Pelatihan dan sertifikasi Provinsi Kalimantan Timur yang tinggal di Kota Samarinda" in silent
    )
    assert 'id="minta"' not in told


def test_a_tile_has_the_name_without_the_kind_of_place(real_books: Books) -> None:
    named = {
        language: [places.short_name(book, book.api.regions[code]) for code in ("64.03", "64.71")]
        for language, book in real_books.items()
    }
    assert named == {"id": ["Berau", "Balikpapan"], "en": ["Berau", "Balikpapan"]}


def test_the_index_rests_on_the_counts_of_the_programme_and_on_the_residents(real_books: Books) -> None:
    assert places.scope(real_books["id"]).sources == ("kepmendagri-2430-2025", "kutairaya")


def test_a_code_that_holds_no_longer_has_no_place_on_the_map(real_books: Books) -> None:
    book = real_books["id"]
    codes = published(book, "api/v1/codelists/regions.json")["data"]
    next(row for row in codes if row["code"] == "64.11")["valid_to"] = "2026-06-30"
    later = with_documents(book, {"api/v1/codelists/regions.json": codes})
    own, then = ([r.region_code for r in places.scope(each).regencies] for each in (book, later))
    assert [code for code in own if code not in then] == ["64.11"]


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({"batches_with_figure": 8, "precision": "exact"}, True),
        ({"batches_with_figure": 8, "precision": "at_least"}, False),
        ({"batches_with_figure": 7, "precision": "exact"}, False),
    ],
)
def test_a_count_is_complete_where_every_batch_states_the_whole_of_it(
    real_books: Books, update: dict[str, Any], expected: bool
) -> None:
    count = real_books["id"].api.regions["64"].participants.model_copy(update=update)
    assert count.batches == 8
    assert places.is_complete(count) is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "64",
            [
                "Berapa orang dari Kalimantan Timur yang dinyatakan kompeten.",
                "Berapa sertifikat (SKK) yang terbit untuk orang dari Kalimantan Timur.",
                "Tempat tinggal peserta di sebagian besar kabupaten dan kota: lihat semua wilayah.",
            ],
        ),
        (
            "64.03",
            [
                "Berapa peserta yang tinggal di Kabupaten Berau: tidak satu tahap pun menyebutnya.",
                "Berapa orang dari Kabupaten Berau yang dinyatakan kompeten.",
                "Berapa sertifikat (SKK) yang terbit untuk orang dari Kabupaten Berau.",
            ],
        ),
        (
            "64.72",
            [
                "Berapa peserta yang tinggal di Kota Samarinda: tidak satu tahap pun menyebutnya.",
                "Berapa orang dari Kota Samarinda yang dinyatakan kompeten.",
                "Berapa sertifikat (SKK) yang terbit untuk orang dari Kota Samarinda.",
                "Kota Samarinda sesudah 2022: kami mencarinya pada 23 November 2026 dan tidak menemukannya.",
            ],
        ),
    ],
)
def test_what_nobody_published_of_a_place_is_said(real_books: Books, code: str, expected: list[str]) -> None:
    book = real_books["id"]
    found = place.missing(book.at("wilayah/"), places.scope(book), book.api.region[code])
    assert [text.striptags() for text in found] == expected


def test_what_is_offered_stands_by_year_with_its_unit_and_money_without_one(real_books: Books) -> None:
    book = real_books["id"]
    found = place.offers(book.at("wilayah/"), book.api.region["64.09"])
    assert [(what.partition(", ")[2], unit) for what, unit, _ in found] == [
        ("2024, anggaran yang direncanakan", ""),
        ("2024, anggaran yang direncanakan", ""),
        ("2024, jatah tempat", "peserta"),
        ("2024, target", "orang"),
        ("2025, anggaran yang direncanakan", ""),
        ("2025, jatah tempat", "peserta"),
    ]


def test_what_is_known_of_a_silent_place_is_counted(real_books: Books) -> None:
    book = real_books["id"]
    assert [text.striptags() for text in place.known(book.at("wilayah/"), book.api.region["64.09"])] == [
        "Pelatihan yang digelar di sini: 8.",
        "Program untuk wilayah ini: 1.",
        "Target, jatah, dan uang yang disebut sumber: 6.",
        "Angka tenaga kerja: 3.",
        "Angkanya dapat diminta: surat siap pakai kepada PPID. Ingin ikut? Syarat dan tempat bertanya.",
    ]


def test_the_workforce_of_a_place_stands_by_measure_then_time_with_its_level(real_books: Books) -> None:
    book = real_books["id"]
    own, whole = (place.context_table(book.at("wilayah/"), book.api.region[code]) for code in ("64.09", "64"))
    assert own is not None
    assert whole is not None
    assert [row.header for row in own.rows] == [
        "Pekerja konstruksi bersertifikat: Ahli (jenjang 7–9)",
        "Pekerja konstruksi bersertifikat: Teknisi dan operator (jenjang 1–6)",
        "Pekerja konstruksi",
    ]
    periods: dict[str, list[str]] = {}
    for row, entry in zip(whole.rows, sorted(book.api.region["64"].context, key=lambda c: c.measure), strict=True):
        periods.setdefault(entry.measure, []).append(row.code.split("/")[3])
    assert len(periods) > 5
    assert {name: sorted(own) for name, own in periods.items()} == periods


def test_a_province_of_which_nothing_is_known_is_not_set_beside_its_places(real_books: Books) -> None:
    book = complete(real_books["id"], [1.0] * 10)
    silent = with_participants(book, {"64": {"value": None, "status": "unknown", "precision": None, "rate": None}})
    rows = place.beside(silent.at("wilayah/"), places.scope(silent), silent.api.region["64.03"]).rows
    assert "64" not in [row.code for row in rows]
    assert len(rows) == 10
