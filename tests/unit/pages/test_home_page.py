"""The home page: the newest target with a figure, said in one sentence, with what nobody has published."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kompeten.ground.findings import Language
from kompeten.pages import home
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Page, environment
from tests.unit.pages.opened import TEMPLATES, published, with_documents, words, wrong_figures

Books = Mapping[Language, Book]
PROGRESS, PROGRAMMES, BATCHES = "api/v1/progress.json", "api/v1/programmes.json", "api/v1/batches.json"


def made(book: Book) -> Page:
    """Give the home page."""
    return home.page(book, environment(TEMPLATES, book))


def with_achieved(book: Book, **change: object) -> Book:
    """Give a book in which the target of the home page was reached otherwise."""
    rows = published(book, PROGRESS)["data"]
    for row in rows:
        if row["target"]["target_id"] == home.newest(book).target.target_id:
            row["achieved"].update(change)
    return with_documents(book, {PROGRESS: rows})


def test_every_figure_agrees_with_the_document_it_names(both_books: Books) -> None:
    for book in both_books.values():
        assert wrong_figures(book, [made(book)]) == []


def test_the_newest_target_in_participants_with_a_figure_is_taken(real_books: Books) -> None:
    target = home.newest(real_books["id"]).target
    assert (target.unit, target.year, target.programme_id) == ("peserta", 2025, real_books["id"].api.main.programme_id)
    rows = published(real_books["id"], PROGRESS)["data"]
    assert any(row["target"]["year"] > target.year and row["achieved"]["value"] is None for row in rows)


@pytest.mark.parametrize(
    ("low", "high", "printed"),
    [(1586, 1619, "1.586–1.619"), (1586, 1586, "sekurang-kurangnya 1.586")],
    ids=["a range", "one figure"],
)
def test_what_was_reached_is_a_range_only_where_sources_differ(
    real_books: Books, low: int, high: int, printed: str
) -> None:
    book = with_achieved(real_books["id"], value=1586, low=low, high_of_known=high)
    achieved = home.newest(book).achieved
    assert home.span(book, achieved).striptags() == home.span_text(book, achieved) == printed
    progress = home.newest(book)
    year = next(y for y in book.api.main.years if y.year == progress.target.year)
    headline = home.figures(Sheet(book=book, path=""), progress, year)[0]
    assert f"{headline.label} {headline.value.striptags()}".count("sekurang-kurangnya") == 1


@pytest.mark.parametrize("status", ["hidden", "unknown"])
def test_where_nobody_gives_a_figure_its_words_stand(real_books: Books, status: str) -> None:
    nothing = {"value": None, "low": None, "high": None, "high_of_known": None, "status": status, "bound": "unknown"}
    book = with_achieved(real_books["id"], **nothing)
    achieved = next(p for p in book.api.progress if p.target == home.newest(real_books["id"]).target).achieved
    assert home.span(book, achieved).striptags() == home.span_text(book, achieved) == book.words_for(status)


@pytest.mark.parametrize(
    ("reached", "key"),
    [(999, "short"), (1000, "passed"), (1001, "passed")],
    ids=["one below", "exactly the target", "one above"],
)
def test_the_title_says_whether_the_target_was_passed(real_books: Books, reached: int, key: str) -> None:
    book = with_achieved(real_books["id"], value=max(reached, 1001), low=reached)
    progress = home.newest(book)
    assert progress.target.value == 1000
    year = next(y for y in book.api.main.years if y.year == progress.target.year)
    numbers = {"target": book.number(1000), "year": year.year, "value": book.number(reached)}
    assert home.title(book, progress, year) == book.t(f"home.title.{key}.unknown", **numbers)


def test_three_figures_stand_at_the_top_known_or_not(real_books: Books) -> None:
    book = real_books["en"]
    progress = home.newest(book)
    year = next(y for y in book.api.main.years if y.year == progress.target.year)
    statuses = [headline.status for headline in home.figures(Sheet(book=book, path=""), progress, year)]
    assert statuses == ["released", "unknown", "unknown"]


def test_what_is_missing_names_results_and_batches_without_a_figure(real_books: Books) -> None:
    book, sheet = real_books["id"], Sheet(book=real_books["id"], path="")
    progress = home.newest(book)
    year = next(y for y in book.api.main.years if y.year == progress.target.year)
    silent = [book.t("missing.batch", batch=book.batch_name(b)) for b in year.participants.batches_without_figure]
    found = home.missing(sheet, year)
    assert found[:2] == [book.t(f"missing.{name}", year=2025) for name in ("competent", "certificates")]
    assert found[2 : 2 + len(silent)] == silent


def test_the_newest_release_is_told_with_its_day(real_books: Books) -> None:
    (change,) = home.changes(Sheet(book=real_books["en"], path=""))
    assert (change.date_iso, change.kind) == (real_books["en"].api.latest.released_on, "corrected")
    assert change.date in words(made(real_books["en"]))
