"""The page of releases: what is new, what was corrected, when the next one comes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kompeten.ground.findings import Language
from kompeten.pages import past, releases
from kompeten.pages.book import Book
from kompeten.pages.page import Page
from tests.site_reader import at_pointer
from tests.some import some
from tests.unit.pages.opened import published, with_documents, words

Books = Mapping[Language, Book]
PATH = "api/v1/releases.json"


def made(book: Book) -> Page:
    """Give the page of all releases; one page of each follows it."""
    page, *own = releases.pages(book)
    assert [each.path for each in own] == [f"rilis/{release.id}/" for release in book.api.releases]
    return page


def with_releases(book: Book, *rows: dict[str, Any]) -> Book:
    """Give the book with other releases."""
    return with_documents(book, {PATH: list(rows)})


def test_the_page_names_the_release_its_hash_and_the_next_one(real_books: Books) -> None:
    book = real_books["id"]
    row = {**published(book, PATH)["data"][0], "corrections": []}
    text = words(made(with_releases(book, row)))
    assert row["id"] in text
    assert row["data_hash"] in text
    assert "Februari 2027" in text
    assert "Belum ada angka yang dikoreksi." in text


def test_both_languages_have_the_page(real_books: Books) -> None:
    assert "Corrected figures, with the reason" in words(made(real_books["en"]))
    assert "February 2027" in words(made(real_books["en"]))


def test_a_correction_stands_with_its_figure_reason_and_source(real_books: Books) -> None:
    book = real_books["en"]
    first = {**published(book, PATH)["data"][-1], "is_latest": True}
    reason = {"id": "Salah salin.", "en": "A slip in copying."}
    correction = {"cell": "kaltim-2025-2/peserta", "reason": reason, "source_id": "kutairaya"}
    correction |= {"kind": "correction", "asked_by": "reader"}
    second = {**first, "id": "2027.02", "released_on": "2027-02-01", "next_expected": None, "corrections": [correction]}
    page = made(with_releases(book, second, {**first, "is_latest": False, "data_hash": None}))
    text = words(page)
    assert "2027.02 Participants, Tahap II of 2025 A slip in copying. kutairaya.com" in text
    assert "Corrected" in text
    assert "Next release not known" in text
    assert text.index("1 February 2027") < text.index("24 November 2026")


def test_a_reason_is_said_once_for_all_that_it_moved(real_books: Books) -> None:
    for book in some(real_books.values()):
        sheet = book.at("rilis/")
        found = [releases.corrections_table(sheet, list(book.api.releases))]
        found += [releases.changes_table(sheet, moved) for moved in book.api.changes.values()]
        for table in some([each for each in found if each]):
            reasons = [(row.header if table.id == "koreksi" else "", row.cells[-2].text) for row in table.rows]
            assert len(set(zip(reasons, (row.cells[-1].text for row in table.rows), strict=True))) == len(table.rows)


def test_the_page_of_a_release_says_what_moved_why_and_who_asked(real_books: Books) -> None:
    book = real_books["en"]
    first = {**published(book, PATH)["data"][-1], "is_latest": True}
    moved = {
        "table": "observations",
        "address": "kaltim-2025-2/peserta",
        "kind": "revised",
        "successor": None,
        "cell_id": "kaltim-2025-2/peserta",
        "source_id": "kutairaya",
        "fields": [],
        "reason_source_id": None,
        "coordinates": [{"name": "batch_id", "code": "kaltim-2025-2"}],
        "declared_as": "correction",
        "old": 537,
        "old_status": "released",
        "new": 547,
        "new_status": "released",
        "difference": 10,
        "reason": {"id": "Salah salin.", "en": "A slip in copying."},
        "asked_by": "reader",
        "sentence": {"id": "-", "en": "Participants, Tahap II of 2025: was 537, is now 547 (+10)."},
        **dict.fromkeys(("old_exact", "new_exact", "difference_exact")),
    }
    book = with_documents(book, {PATH: [first], f"api/v1/changes/{first['id']}.json": [moved]})
    _, page = releases.pages(book)
    said = "Participants, Tahap II of 2025: was 537, is now 547 (+10). A slip in copying. a reader"
    assert said in words(page)
    assert [(release, change.new) for release, change in book.api.changed("batch_id", "kaltim-2025-2")] == [
        (first["id"], 547)
    ]


def test_what_each_batch_has_published_stands_beside_what_is_awaited(real_books: Books) -> None:
    table = releases.coverage(real_books["en"].at("rilis/"))
    told = {row.header: [cell.text for cell in row.cells] for row in table.rows}
    assert told["Tahap II of 2025"] == [
        "Participants",
        "Assessed, Competent and Certificates issued",
    ]
    assert len(told) == len(table.rows) > 3


def test_a_late_release_is_told_by_the_browser_alone(real_books: Books) -> None:
    body = made(real_books["en"]).body
    assert '<p data-due="2027-02-28" hidden><strong>This release is late: the planned date has passed.' in body


def test_a_corrected_figure_is_named_in_words_and_anything_else_by_its_address(real_books: Books) -> None:
    assert releases.cell_name(real_books["id"], "population/64.02") == "population/64.02"
    assert releases.cell_name(real_books["id"], "konteks/bersertifikat/64/2021") == (
        "Pekerja konstruksi bersertifikat, Kalimantan Timur, 2021"
    )
    assert releases.cell_name(real_books["id"], "targets/kaltim-2025-sertifikat") == (
        "Target 2025, sertifikat, Pelatihan dan sertifikasi Provinsi Kalimantan Timur"
    )
    assert releases.cell_name(real_books["id"], "kaltim-2025-1/peserta/sex=P") == "Peserta, Tahap I 2025, Perempuan"


def test_the_page_of_releases_links_the_release_as_pdf_where_the_settings_say_it_lies(
    real_books: Books,
) -> None:
    for language, book in some(real_books.items()):
        assert "application/pdf" not in made(book).body
        told = replace(book, settings=replace(book.settings, pdf_url="https://x.example/{release}.{language}.pdf"))
        body = made(told).body
        assert f'href="https://x.example/{book.api.latest.id}.{language}.pdf" type="application/pdf"' in body


def test_an_earlier_release_says_of_each_figure_whether_it_moved_since(real_books: Books) -> None:
    """A figure moved where the same source states it otherwise; another source of the same count moves nothing."""
    book = real_books["en"]
    (page,) = past.pages(book)
    moved = {(c.address, c.source_id) for c in book.api.changes["2026.12"] if c.kind in past.MOVED}
    found = {}
    for name, place, rest in re.findall(r"2026\.11/(\w+\.json)#(/data/\d+)(.*?)</tr>", page.body, re.DOTALL):
        row = at_pointer(book.past["2026.11"][name], place)
        target = row.get("target", {})
        key = (row.get("cell_id") or f"targets/{target['target_id']}", row.get("source_id") or target["source_id"])
        found[key] = "rilis/2026.12/" in rest
    assert {True, False} == set(found.values())
    assert found == {key: key in moved for key in found}
