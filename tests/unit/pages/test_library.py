"""The documents opened for pages: typed, and each shape with the address a reader can follow to it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kompeten.api import shapes
from kompeten.ground.findings import Language
from kompeten.pages.book import Book
from kompeten.pages.library import open_library, stage_of, total_of
from tests.site_reader import at_pointer
from tests.unit.pages.opened import published

Books = Mapping[Language, Book]


def test_the_address_of_a_figure_leads_to_it(real_books: Books) -> None:
    book = real_books["id"]
    batch = book.api.batch["kaltim-2025-1"]
    count = stage_of(batch, "peserta")
    assert book.api.path(count) == "api/v1/batches/kaltim-2025-1.json"
    assert book.api.address(count, "value") == "/api/v1/batches/kaltim-2025-1.json#/data/funnel/2/value"
    path, _, pointer = book.api.address(count, "value").removeprefix("/").partition("#")
    assert at_pointer(published(book, path), pointer) == count.value == 827


def test_the_same_count_has_an_address_in_each_document_that_holds_it(real_books: Books) -> None:
    api = real_books["id"].api
    assert api.address(api.batches["kaltim-2025-1"].participants).startswith("/api/v1/batches.json#/data/")
    assert api.address(api.batch["kaltim-2025-1"].participants).startswith("/api/v1/batches/kaltim-2025-1.json#/data/")


def test_a_shape_that_no_document_holds_has_no_address(real_books: Books) -> None:
    with pytest.raises(KeyError):
        real_books["id"].api.address(shapes.Text(id="lain", en="other"))


def test_one_object_at_two_places_is_refused(real_books: Books) -> None:
    documents = dict(real_books["id"].api.documents)
    documents["api/v1/other.json"] = documents["api/v1/batches.json"]
    with pytest.raises(
        ValueError, match=r"^api/v1/other\.json#/data/0: the same object as api/v1/batches\.json#/data/0$"
    ):
        open_library(documents)


def test_a_year_has_three_totals(real_books: Books) -> None:
    year = real_books["id"].api.main.years[-1]
    assert total_of(year, "participants") is year.participants
    assert total_of(year, "competent") is year.competent
    assert total_of(year, "certificates") is year.certificates
