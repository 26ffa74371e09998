"""Pages of batches: every figure leads to its document, gaps are named in words, both languages say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pytest

from kompeten.ground.findings import Language
from kompeten.pages import batches
from kompeten.pages.book import Book
from kompeten.pages.charts import Bar, BarChart, StripChart
from kompeten.pages.page import Page
from tests.some import some
from tests.unit.pages.opened import elements, figures, words, wrong_figures

Books = Mapping[Language, Book]


@pytest.fixture(scope="module")
def demo(demo_books: Books) -> dict[str, Page]:
    """Give the pages of batches of the synthetic data, in Indonesian."""
    return made(demo_books["id"])


def made(book: Book) -> dict[str, Page]:
    """Give the pages of batches by address."""
    return {page.path: page for page in batches.pages(book)}


@pytest.fixture(scope="module")
def real(real_books: Books) -> dict[Language, dict[str, Page]]:
    """Give the pages of batches of the real data, in both languages."""
    return {language: made(book) for language, book in real_books.items()}


def test_every_figure_agrees_with_the_document_it_names(both_books: Books) -> None:
    for book in some(both_books.values()):
        assert wrong_figures(book, made(book).values()) == []


def test_every_batch_has_a_page_in_both_languages_with_the_same_figures(both_books: Books) -> None:
    indonesian, english = made(both_books["id"]), made(both_books["en"])
    ids = [batch.batch_id for batch in both_books["id"].api.batches.values()]
    assert list(indonesian) == list(english) == ["tahap/", *(f"tahap/{batch_id}/" for batch_id in ids)]
    for path, page in indonesian.items():
        places = [(f.path, f.pointer, f.value) for f in figures(page)]
        assert places == [(f.path, f.pointer, f.value) for f in figures(english[path])]


def test_batches_stand_by_year_newest_first_and_by_number(real: dict[Language, dict[str, Page]]) -> None:
    index = real["id"]["tahap/"]
    assert [e.text for e in elements(index) if e.name == "h2"] == ["2025", "2024", "2023", "2022", "2018"]
    text = words(index)
    places = [text.index(f"Tahap {number} 2025") for number in ("I", "II", "III", "IV")]
    assert places == sorted(places)


def test_a_batch_nobody_counted_says_so_and_shows_no_zero(real: dict[Language, dict[str, Page]]) -> None:
    text = words(real["id"]["tahap/kaltim-2025-3/"])
    assert "Kami tidak menemukan sumber yang menyebut jumlah peserta Tahap III 2025." in text
    assert "Tidak diketahui bukan berarti nol." in text
    own = [f for f in figures(real["id"]["tahap/kaltim-2025-3/"]) if "kaltim-2025-3" in f.path]
    assert own
    assert {f.printed for f in own} == {"tidak diketahui"}


def test_sources_that_disagree_are_drawn_with_the_preferred_one_and_why(real: dict[Language, dict[str, Page]]) -> None:
    page = real["en"]["tahap/kaltim-2025-1/"]
    assert "klaim-kaltim-2025-1-peserta" in {picture.slug for picture in page.pictures}
    text = words(page)
    assert "Why 827 is used" in text
    assert "advertorial" in text
    assert {"800", "827", "829", "860"} <= {f.printed for f in figures(page)}


def test_rates_stand_beside_the_two_counts_they_come_from(real: dict[Language, dict[str, Page]]) -> None:
    assert "Tingkat kompeten 93,9%1 77 82" in words(real["id"]["tahap/kaltara-2025/"])


def test_a_count_whose_stage_is_disputed_is_no_base_of_a_rate(real: dict[Language, dict[str, Page]]) -> None:
    text = words(real["id"]["tahap/kutim-2015-2025/"])
    assert "Teknisi dan operator (jenjang 1–6) 1.2285 1.2286 tidak diketahui 1.1167" in text
    assert "Porsi peserta bersertifikat" not in text
    assert "Tingkat terbit SKK" not in text


def test_known_parts_lead_and_are_not_called_unknown(real: dict[Language, dict[str, Page]]) -> None:
    page = real["id"]["tahap/kutim-2015-2025/"]
    assert page.description == (
        "Sekurang-kurangnya 1.234 orang disebut bersertifikat: Kutai Timur 2015–2025."
        " Jumlah bagian yang disebut sumber; keseluruhannya belum kami temukan."
    )
    text = words(page)
    assert "Sumber berbeda tentang siapa yang dihitung; lihat rinciannya." in text
    assert (
        "Berapa orang pada tahapan berikut: lolos verifikasi, hadir pelatihan, selesai pelatihan, mengikuti asesmen,"
        " dan belum kompeten." in text
    )
    assert "Sumber: insightkaltim.com, korsa.id; dihimpun" in text


def test_parts_that_exceed_the_whole_are_explained(real: dict[Language, dict[str, Page]]) -> None:
    assert (
        "Bagian-bagian ini berjumlah 829, lebih besar daripada 827: bagian dan keseluruhannya berasal dari sumber yang"
        " berbeda." in words(real["id"]["tahap/kaltim-2025-1/"])
    )
    assert "Bagian-bagian ini berjumlah" not in words(real["id"]["tahap/kaltim-2025-4/"])


def test_a_span_of_time_is_set_apart_and_not_compared(real: dict[Language, dict[str, Page]]) -> None:
    text = words(real["id"]["tahap/kutim-2015-2025/"])
    assert "Jangan dijumlahkan dengan tahap" in text
    assert "Kami tidak menemukan tahap lain" in text


def test_a_level_stated_for_the_whole_batch_is_not_missing(real: dict[Language, dict[str, Page]]) -> None:
    for path in ("tahap/kaltim-2025-4/", "tahap/kaltara-2025/", "tahap/ppu-2024-06/"):
        assert not re.search(r"Rincian menurut [^.]*jenjang", words(real["id"][path]))
    assert "Rincian menurut tempat tinggal, jenjang, klasifikasi" in words(real["id"]["tahap/kaltim-2025-1/"])


def test_the_index_shows_what_is_known_where_participants_are_not(real: dict[Language, dict[str, Page]]) -> None:
    text = words(real["id"]["tahap/"])
    assert "tidak diketahui (SKK terbit sekurang-kurangnya 1.234)" in text
    assert "tidak diketahui (kompeten 338)" in text


def test_a_part_of_a_part_says_so_and_nothing_unknown_is_called_the_largest(
    real: dict[Language, dict[str, Page]],
) -> None:
    text = words(real["id"]["tahap/ikn-2022-1/"])
    assert "di antaranya Kabupaten Penajam Paser Utara" in text
    assert "Peserta: Kalimantan Timur, 817 orang." in text
    assert "terbanyak: Jalur tidak diketahui" not in words(real["id"]["tahap/ikn-2024-08/"])


def test_a_venue_is_not_called_a_residence(real: dict[Language, dict[str, Page]]) -> None:
    text = words(real["id"]["tahap/kaltim-2025-2/"])
    assert "Ini tempat pelatihan digelar, bukan tempat tinggal peserta." in text
    assert "Kota Bontang" in text


def test_hidden_counts_and_zeros_are_told_apart(demo: dict[str, Page]) -> None:
    printed = {path: {f.printed for f in figures(page)} for path, page in demo.items()}
    assert {"disembunyikan", "0"} <= set().union(*printed.values())
    hidden = [demo[path] for path, texts in printed.items() if "disembunyikan" in texts]
    assert all("disembunyikan agar orang tidak dapat dikenali" in words(page) for page in hidden)


def test_what_is_not_known_stands_last_in_a_breakdown(demo: dict[str, Page]) -> None:
    page = demo["tahap/contoh-2026-2/"]
    chart = next(p.chart for p in page.pictures if p.slug == "rincian-contoh-2026-2-region-code")
    assert isinstance(chart, BarChart)
    assert chart.bars[-1].mark.label == "Wilayah tidak diketahui"


def test_a_page_says_its_key_fact_when_shared(real: dict[Language, dict[str, Page]]) -> None:
    page = real["id"]["tahap/kaltim-2025-4/"]
    assert page.description == "222 orang disebut sebagai peserta Tahap IV 2025 (17–25 November 2025)."
    assert page.share is not None
    assert (page.share.figure, page.share.unit) == ("222", "orang")
    assert [address for _, address, _ in page.alternates] == [
        "api/v1/batches/kaltim-2025-4.json",
        "downloads/observations.csv",
    ]


def funnels(pages: Iterable[Page]) -> list[tuple[Page, tuple[Bar, ...]]]:
    """Give the bars of every funnel, with the page that it stands on."""
    return [
        (page, picture.chart.bars)
        for page in pages
        for picture in page.pictures
        if picture.slug.startswith("corong-") and isinstance(picture.chart, BarChart)
    ]


def test_a_funnel_is_drawn_from_three_known_stages_on(both_books: Books) -> None:
    book = both_books["id"]
    with_funnel = {page.path for page, _ in funnels(made(book).values())}
    known = {
        b.batch_id: sum(s.value is not None or s.at_least is not None for s in b.funnel)
        for b in book.api.batch.values()
    }
    assert with_funnel == {f"tahap/{batch_id}/" for batch_id, count in known.items() if count >= 3}
    assert with_funnel


def test_the_strip_of_stages_is_taken_along_only_where_there_is_a_figure(real: dict[Language, dict[str, Page]]) -> None:
    some, none = (real["en"][f"tahap/kaltim-2025-{number}/"] for number in (4, 3))
    strips = [next(p for p in page.pictures if isinstance(p.chart, StripChart)) for page in (some, none)]
    assert [len(strip.chart.rows[0].marks) for strip in strips if isinstance(strip.chart, StripChart)] == [9, 9]
    assert strips[0] in some.kept_pictures
    assert strips[1] not in none.kept_pictures
    assert 'href="../../../charts/tahapan-kaltim-2025-4.en.svg"' in some.body
    assert "tahapan-kaltim-2025-3.en.svg" not in none.body


def test_a_stage_is_split_by_sex_only_where_men_and_women_are_its_whole(demo: dict[str, Page]) -> None:
    split = [bar for _, bars in funnels(demo.values()) for bar in bars if bar.parts]
    assert split
    for bar in split:
        assert sum(part.published for part in bar.parts) == bar.mark.value


def test_those_who_wait_for_a_decision_stand_in_the_funnel(demo: dict[str, Page]) -> None:
    found = 0
    for _, bars in funnels(demo.values()):
        values = {bar.mark.label: bar.mark.value for bar in bars}
        wait = values.get("Menunggu keputusan")
        if wait:
            found += 1
            assert values["Mengikuti asesmen"] == values["Kompeten"] + values["Belum kompeten"] + wait
    assert found


def test_a_total_known_by_its_parts_alone_is_printed_as_a_figure(real_books: Books) -> None:
    found = 0
    for book in some(real_books.values()):
        sheet = book.at("tahap/")
        for batch in book.api.batch.values():
            for stage in (s for s in batch.funnel if s.at_least is not None):
                head = batches.headlines(sheet, batch, stage)[0]
                assert head.status == "released"
                assert f"</small> {book.number(stage.at_least)}<" in head.shown
                assert head.kit is not None
                found += 1
    assert found > 1


PARTS = "Jumlah bagian yang disebut sumber; keseluruhannya belum kami temukan."
SPAN = "Angka kumulatif: jangan dijumlahkan dengan tahap lain."
NOT_PASSED = "Peserta belum tentu kompeten atau bersertifikat."


@pytest.mark.parametrize(
    ("batch_id", "figure", "base", "caveat"),
    [
        (
            "ikn-2022-1",
            "1.535 orang",
            "terhadap target 9.300 peserta untuk semua tahap 2022",
            NOT_PASSED,
        ),
        (
            "kaltim-2025-1",
            "827 orang",
            "terhadap target 1.000 peserta menurut satu sumber (sumber lain: 1.000 sertifikat) untuk semua tahap 2025",
            f"Angka antarsumber berbeda: antara 801 dan 860. {NOT_PASSED}",
        ),
        ("kaltim-2025-3", "tidak diketahui", "", "Tidak diketahui bukan berarti nol."),
        ("kaltim-2023", "sekurang-kurangnya 658 orang", "", f"{PARTS} {NOT_PASSED} {SPAN}"),
        ("ikn-2022-seleksi", "sekurang-kurangnya 500 orang", "", f"{PARTS} {SPAN}"),
        ("ikn-2023", "2.615 orang", "", SPAN),
    ],
)
def test_the_key_figure_goes_with_its_target_and_its_caveats(
    real_books: Books, batch_id: str, figure: str, base: str, caveat: str
) -> None:
    book = real_books["id"]
    batch = book.api.batch[batch_id]
    fact = batches.fact_of(book, batch, batches.key_stage(batch))
    assert (fact.figure, fact.base, fact.caveat) == (figure, base, caveat)


def test_certificates_are_not_called_people_and_hidden_is_not_called_unknown(real_books: Books) -> None:
    book = real_books["id"]
    batch = book.api.batch["ikn-2023"]
    key = batches.key_stage(batch)
    cards = key.model_copy(update={"unit": "sertifikat"})
    assert batches.lead_of(book, batch, key).startswith("2.615 orang disebut bersertifikat: ")
    assert batches.lead_of(book, batch, cards) == ("2.615 sertifikat disebut terbit: Program IKN, Januari–Juni 2023.")
    hidden = key.model_copy(update={"value": None, "low": None, "high": None, "status": "hidden"})
    assert batches.caveat_of(book, batch, hidden) == SPAN


@pytest.mark.parametrize(
    ("batch_id", "beside"),
    [
        ("ikn-2022-1", ["Pelatihan Sepaku, Oktober 2022", "Tahap I"]),
        ("kaltim-2025-3", ["Tahap I", "Tahap II", "Tahap III", "Tahap IV"]),
        ("kaltim-2024-1", None),
        ("ikn-2022-seleksi", None),
    ],
)
def test_a_batch_stands_beside_those_of_its_programme_and_year(
    real_books: Books, batch_id: str, beside: list[str] | None
) -> None:
    book = real_books["id"]
    picture = batches.beside_picture(book.at("tahap/"), book.api.batch[batch_id])
    assert (picture and [bar.mark.label for bar in picture.chart.bars]) == beside  # type: ignore[union-attr]


def test_the_main_programme_stands_first_and_spans_of_time_last(real_books: Books) -> None:
    book = real_books["id"]
    ids = [batch.batch_id for batch in batches.ordered(book, book.api.batches.values())]
    assert ids[:9] == [
        *("kaltim-2022-samarinda", "kaltim-2023-ppu-mei", "kaltim-2023-ppu", "kaltim-2024-1"),
        *("kaltim-2025-1", "kaltim-2025-2", "kaltim-2025-3", "kaltim-2025-4", "kaltim-2023"),
    ]


def test_the_index_says_at_least_where_parts_are_known(real_books: Books) -> None:
    book = real_books["id"]
    said = {
        batch_id: re.sub("<[^>]*>", "", batches.participants_cell(book, book.api.batches[batch_id]).text)
        for batch_id in ("kaltim-2023", "ikn-2022-seleksi", "ppu-2024-setahun", "kaltim-2025-3")
    }
    assert said == {
        "kaltim-2023": "sekurang-kurangnya 658",
        "ikn-2022-seleksi": "tidak diketahui (lolos verifikasi sekurang-kurangnya 500)",
        "ppu-2024-setahun": "476",
        "kaltim-2025-3": "tidak diketahui",
    }


def test_what_sources_say_of_a_part_does_not_open_the_page(real_books: Books) -> None:
    book = real_books["id"]
    opened = {
        batch_id: re.search(r'id="((?:klaim|tahapan|corong)-[\w-]+)"', made(book)[f"tahap/{batch_id}/"].body)
        for batch_id in ("ikn-2022-1", "kaltim-2025-1")
    }
    assert {batch_id: found and found[1] for batch_id, found in opened.items()} == {
        "ikn-2022-1": "tahapan-ikn-2022-1",
        "kaltim-2025-1": "klaim-kaltim-2025-1-peserta",
    }


def test_crossings_of_a_register_are_too_many_for_a_page(demo_books: Books) -> None:
    book = demo_books["id"]
    batch = book.api.batch["contoh-2021-1"]
    table = batches.source_table(book.at("tahap/"), batch)
    assert table is not None
    crossed = some(row.observation_id for row in batch.observations if row.cell_id.count("/") > 2)
    assert {*crossed} & {row.code for row in table.rows} == set()


def test_a_shared_page_names_a_unit_only_beside_a_figure_and_says_that_parts_are_parts(
    real_books: Books, real: dict[Language, dict[str, Page]]
) -> None:
    shares = {name: real["id"][f"tahap/{name}/"].share for name in ("ikn-2022-1", "kaltim-2025-3", "ikn-2022-seleksi")}
    assert {name: share and share.unit for name, share in shares.items()} == {
        "ikn-2022-1": "orang",
        "kaltim-2025-3": "",
        "ikn-2022-seleksi": "",
    }
    batch = real_books["id"].api.batch["ikn-2022-seleksi"]
    first = batches.headlines(real_books["id"].at("tahap/"), batch, batches.key_stage(batch))[0]
    assert first.base == PARTS
