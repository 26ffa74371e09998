"""Pages of claims: every disagreement, every source, the workforce, and links that filter without script."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kompeten.api import shapes
from kompeten.ground.findings import Language
from kompeten.pages import claims, disputes
from kompeten.pages.book import Book
from kompeten.pages.page import Page
from tests.some import some
from tests.unit.pages.opened import elements, figures, words, wrong_figures

Books = Mapping[Language, Book]


def made(book: Book) -> dict[str, Page]:
    """Give the pages of claims by address."""
    return {page.path: page for page in claims.pages(book)}


@pytest.fixture(scope="module")
def real(real_books: Books) -> dict[Language, dict[str, Page]]:
    """Give the pages of claims of the real data, in both languages."""
    return {language: made(book) for language, book in real_books.items()}


def test_every_figure_agrees_with_the_document_it_names(both_books: Books) -> None:
    for book in some(both_books.values()):
        assert wrong_figures(book, made(book).values()) == []


def test_both_languages_show_the_same_figures(both_books: Books) -> None:
    indonesian, english = made(both_books["id"]), made(both_books["en"])
    assert list(indonesian) == list(english)
    for path, page in indonesian.items():
        assert [(f.path, f.pointer) for f in figures(page)] == [(f.path, f.pointer) for f in figures(english[path])]


def test_each_disagreement_is_drawn_once_with_its_reason(
    real_books: Books, real: dict[Language, dict[str, Page]]
) -> None:
    conflicts = list(real_books["id"].api.conflicts)
    page = real["id"]["klaim/"]
    drawn = {disputes.cell_slug(c.cell_id): f"klaim/{claims.subject(c)}/" for c in conflicts if c.table != "targets"}
    assert [p.slug for p in page.pictures] == ["klaim-selisih"]
    assert {p.slug: path for path in drawn.values() for p in real["id"][path].pictures} == drawn
    linked = {e.attributes["href"] for e in elements(page) if e.name == "a" and "#klaim-" in e.attributes["href"]}
    assert linked == {f"../{path}#{slug}" for slug, path in drawn.items()}
    text = words(page)
    assert all(conflict.reason.id in text for conflict in conflicts)


def test_each_disagreement_is_one_row_that_opens(real_books: Books, real: dict[Language, dict[str, Page]]) -> None:
    page = real["id"]["klaim/"]
    folds = [
        e.attributes["id"] for e in elements(page) if e.name == "details" and "dispute" in e.attributes.get("class", "")
    ]
    assert len(folds) == len(list(real_books["id"].api.conflicts))
    assert folds[0] == "klaim-targets-kaltim-2025-sertifikat-isi"
    assert "801–860 orang; dipakai 827 orang. Sumber: 5." in words(page)
    assert "sekitar 220 orang atau 222 orang; dipakai 222 orang." in words(page)
    assert "Hak jawab: belum ada jawaban lembaga yang kami catat." in words(page)


def test_the_answer_of_an_office_stands_beside_the_disputed_figure(real_books: Books) -> None:
    book = real_books["id"]
    text = shapes.Text(id="Jumlah resmi Tahap I adalah 827 orang.", en="The official number of Tahap I is 827.")
    reply = shapes.Reply(
        reply_id="jawaban",
        cell_id="kaltim-2025-1/peserta",
        replied_on="2026-11-24",
        speaker="kepala_dinas",
        text=text,
        source_id="dpupr-2024",
        source_url=None,
        publisher=None,
    )
    (claim,) = disputes.answers(book.at(""), [reply])
    assert (claim.value, claim.detail, claim.note) == (
        "Kepala Dinas PUPR-Pera Kaltim",
        "24 November 2026",
        "Jumlah resmi Tahap I adalah 827 orang.",
    )


def test_nothing_is_computed_from_a_figure_with_a_mark(real_books: Books) -> None:
    book = real_books["id"]
    cells = {c.cell_id: c for c in book.api.conflicts}
    workers = cells["konteks/pekerja_konstruksi/64/2021"]
    assert disputes.dispute_finding(book, workers) == "Pekerja konstruksi, 2021: 99.963 dan 99.993 (salah cetak)."
    assert disputes.dispute_subtitle(book, workers) == "Orang"
    certified = cells["konteks/bersertifikat/64/2021"]
    assert "yang pasti 31.257 sampai 34.575." in disputes.dispute_finding(book, certified)
    assert "selisih 3.318, 9,6% dari angka yang dipakai" in disputes.dispute_subtitle(book, certified)


def test_another_moment_of_the_same_year_is_no_disagreement(real_books: Books) -> None:
    cells = {c.cell_id for c in real_books["id"].api.conflicts}
    assert "konteks/pekerja_konstruksi/64/2021" in cells
    assert not any("pekerja_ikn" in cell for cell in cells)


def test_filters_are_pages_of_their_own(real: dict[Language, dict[str, Page]]) -> None:
    about = [f"klaim/{name}/" for name in ("kaltim", "ikn", "konteks")]
    years = [f"klaim/{year}/" for year in (2025, 2022, 2021)]
    assert list(real["id"]) == ["klaim/", *about, *years]
    assert [len(real["id"][path].pictures) for path in about] == [5, 2, 3]
    links = {e.attributes["href"] for e in elements(real["id"]["klaim/2025/"]) if e.name == "a"}
    assert {"../../klaim/", "../../klaim/kaltim/", "../../klaim/2021/"} <= links


def test_every_source_is_listed_and_linked_only_where_its_address_is_known(
    real_books: Books, real: dict[Language, dict[str, Page]]
) -> None:
    page = real["id"]["klaim/"]
    ids = {e.attributes.get("id") for e in elements(page)}
    hrefs = {e.attributes["href"] for e in elements(page) if e.name == "a"}
    for source in some(real_books["id"].api.sources.values()):
        assert f"sumber-{source.source_id}" in ids
        assert source.url is None or source.url in hrefs
    outside = some(href for href in hrefs if href.startswith("http"))
    assert set(outside) <= {source.url for source in real_books["id"].api.sources.values()}


def test_the_share_not_certified_comes_from_the_counts_and_not_from_print(
    real: dict[Language, dict[str, Page]],
) -> None:
    text = words(real["id"]["klaim/"])
    assert "September 2023 63.074 105.395 59,85% kaltim.antaranews.com" in text
    assert "Sumber menulis 58,90% belum bersertifikat; dari kedua angkanya hasilnya 59,85%." in text
    assert "jangan dibaca sebagai tren" in text


def test_one_target_in_two_units_is_told(real_books: Books, real: dict[Language, dict[str, Page]]) -> None:
    text = words(real["en"]["klaim/"])
    assert "1,000 certificates or 1,000 participants; used: 1,000 certificates. Sources: 4." in text
    assert "Why 1,000 certificates is used." in text
    (unit,) = [c for c in real_books["en"].api.conflicts if c.table == "targets"]
    assert [s.source_id for s in unit.statements if s.preferred] == ["katakaltim"]
    office = "Acting head of division, provincial public works agency, quoted"
    assert f"1,000 participants persepsinews.com ({office}, advertorial" in text
    assert "1,000 certificates katakaltim.com (Governor of East Kalimantan, quoted, news" in text


def test_without_disagreements_the_page_still_lists_its_sources(demo_books: Books) -> None:
    page = made(demo_books["en"])["klaim/"]
    assert "In this release there is no figure on which sources differ." in words(page)
    assert "register" in words(page)


def test_a_change_carries_its_sign(real: dict[Language, dict[str, Page]]) -> None:
    text = words(real["id"]["klaim/"])
    assert "+29.078 orang" in text
    assert "−11.512 orang" in text


@pytest.mark.parametrize(
    ("cell_id", "title", "subtitle"),
    [
        (
            "ikn-2022-1/peserta/region_code=64.09",
            "Sumber memberi angka yang berbeda: 500 dan 817 (dilekatkan pada hal lain).",
            "Peserta, Tahap I program IKN 2022, Kabupaten Penajam Paser Utara, orang",
        ),
        (
            "ikn-2022-seleksi/lolos_verifikasi/region_code=64.02",
            "Lolos verifikasi, Seleksi Kutai Kartanegara 2022, Kabupaten Kutai Kartanegara: sekitar 300 dan 500"
            " (dibulatkan).",
            "Orang; selisih sekitar 200, 40,0% dari angka yang dipakai",
        ),
        (
            "kaltim-2025-1/peserta",
            "Peserta, Tahap I 2025: 5 angka; yang pasti 801 sampai 860.",
            "Orang; selisih 59, 7,1% dari angka yang dipakai",
        ),
        (
            "kaltim-2025-1/peserta/funding_source=apbn_bjkw",
            "Sumber memberi 2 angka: 327 sampai 329.",
            "Peserta, Tahap I 2025, APBN (Balai Jasa Konstruksi Wilayah V Banjarmasin), orang; selisih 2, 0,6% dari"
            " angka yang dipakai",
        ),
        (
            "konteks/bersertifikat/64/2021",
            "Pekerja konstruksi bersertifikat, 2021: 4 angka; yang pasti 31.257 sampai 34.575.",
            "Orang; selisih 3.318, 9,6% dari angka yang dipakai",
        ),
        (
            "konteks/pekerja_konstruksi/64/2021",
            "Pekerja konstruksi, 2021: 99.963 dan 99.993 (salah cetak).",
            "Orang",
        ),
    ],
)
def test_a_disagreement_says_which_figures_how_sure_and_how_far_apart(
    real_books: Books, cell_id: str, title: str, subtitle: str
) -> None:
    book = real_books["id"]
    conflict = next(c for c in book.api.conflicts if c.cell_id == cell_id)
    assert (disputes.dispute_finding(book, conflict), disputes.dispute_subtitle(book, conflict)) == (title, subtitle)


def test_the_bar_between_figures_is_drawn_from_exact_ones_alone(real_books: Books) -> None:
    book = real_books["id"]
    drawn = {c.cell_id: disputes.dots(book, c).chart for c in book.api.conflicts if c.table != "targets"}
    ends = {cell_id: (chart.low, chart.high) for cell_id, chart in drawn.items()}  # type: ignore[union-attr]
    assert ends["ikn-2022-seleksi/lolos_verifikasi/region_code=64.02"] == (300, 300)
    assert ends["kaltim-2025-1/peserta"] == (801, 860)


def test_a_spread_that_a_hedged_figure_gives_is_no_exact_one(real_books: Books) -> None:
    book = real_books["id"]
    table = disputes.spread_picture(book, book.api.conflicts).table
    assert {row.code: row.cells[0].precision for row in table.rows if row.cells[0].value is not None} == {
        "ikn-2022-seleksi/lolos_verifikasi/region_code=64.02": "about",
        "konteks/bersertifikat/64/2025-09-03": "about",
        "konteks/bersertifikat/64/2021": "exact",
        "kaltim-2025-1/peserta": "exact",
        "kaltim-2025-1/peserta/funding_source=apbd_provinsi": "exact",
        "kaltim-2025-4/peserta": "about",
        "kaltim-2025-1/peserta/funding_source=apbn_bjkw": "exact",
        "kaltim-2025-2/peserta": "exact",
    }


def test_plans_say_their_years_and_one_year_once(real_books: Books) -> None:
    book = real_books["id"]
    said = {plan.plan_id: disputes.plan_scope(book, plan) for plan in book.api.plans}
    assert said["kebutuhan-ikn-2022"] == "Kebutuhan pekerja IKN, perkiraan 2022"
    assert said["kebutuhan-ikn-2022-2024"] == "Kebutuhan pekerja IKN, perkiraan 2022–2024"


def test_a_speaker_whom_nobody_knows_is_not_named(real_books: Books) -> None:
    book = real_books["id"]
    conflict = next(c for c in book.api.conflicts if c.cell_id == "kaltim-2025-1/peserta")
    unknown, known = (next(s for s in conflict.statements if s.value == value) for value in (801, 829))
    assert (unknown.speaker, disputes.said_by(book, unknown)) == ("_U", [])
    assert disputes.said_by(book, known)[0] == "Kepala Dinas PUPR-Pera Kaltim"
