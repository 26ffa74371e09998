"""Titles of pictures: sentences made from the figures they stand over, in both languages, short, and never too bold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from kompeten.ground.findings import Language
from kompeten.pages import batches, charts, claims, home, programmes, regions, workforce
from kompeten.pages.book import Book
from kompeten.pages.page import Page
from kompeten.pages.parts import Picture
from tests.some import some
from tests.unit.pages.opened import published, with_documents

Books = Mapping[Language, Book]
LONGEST = 15
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
HEDGES = ("sekurang-kurangnya", "sekitar", "at least", "about")


def every_page(book: Book) -> Iterator[Page]:
    """Give every page of one language that has a picture."""
    yield home.page(book)
    for kind in (programmes, batches, claims, regions):
        yield from kind.pages(book)
    yield workforce.page(book)


@pytest.fixture(scope="module", params=["real", "demo"])
def told(request: pytest.FixtureRequest, real_books: Books, demo_books: Books) -> dict[Language, list[Picture]]:
    """Give every picture of the real and of the synthetic data, each once, by language."""
    both = real_books if request.param == "real" else demo_books
    return {
        language: list({p.slug: p for page in every_page(book) for p in page.pictures}.values())
        for language, book in both.items()
    }


def numbers(text: str) -> set[str]:
    """Give the numbers of a text without the signs between their digits."""
    return {re.sub(r"[.,]", "", number) for number in NUMBER.findall(text)}


def may_say(picture: Picture) -> set[str]:
    """Give every number that a title may say: the figures of its picture, their sum, and how many of them there are."""
    marks, rows = charts.marks_of(picture.chart), picture.table.rows
    columns = zip(*(row.cells for row in rows), strict=True)
    values = [m.value for m in marks if m.value is not None]
    counted = {len(marks), len(rows), len(set(values)), len(values), sum(m.status == "hidden" for m in marks)}
    named = [m for m in marks if not re.search("tidak diketahui|not known", m.label, re.IGNORECASE)]
    counted |= {len(named), sum(m.value is not None for m in named)}
    counted |= {sum(cell.value is not None for cell in cells) for cells in columns} | {sum(values)}
    if isinstance(picture.chart, charts.StripChart):
        counted |= {len(row.marks) for row in picture.chart.rows}
    heads = [
        picture.table.subtitle or "",
        picture.chart.words.subtitle,
        picture.chart.words.about,
        *(row.header for row in rows),
    ]
    heads += [column.label for column in picture.table.columns]
    return numbers(" ".join([*heads, *(m.spoken for m in marks), *map(str, counted)]))


def test_a_title_is_a_sentence_of_few_words(told: dict[Language, list[Picture]]) -> None:
    titles = [p.chart.words.title for pictures in told.values() for p in pictures]
    assert len(titles) > 50
    assert [title for title in titles if len(title.split()) > LONGEST or not title.endswith((".", "?"))] == []


def test_a_title_says_no_number_that_its_picture_does_not_hold(told: dict[Language, list[Picture]]) -> None:
    wrong = {
        p.slug: (p.chart.words.title, strange)
        for pictures in some(told.values())
        for p in some(pictures)
        if (strange := numbers(p.chart.words.title) - may_say(p))
    }
    assert wrong == {}


def test_a_hedged_figure_keeps_its_hedge_in_the_title(real_books: Books) -> None:
    hedged = some(
        (title, NUMBER.split(mark.text)[0] + NUMBER.findall(mark.text)[0])
        for book in real_books.values()
        for page in every_page(book)
        for picture in page.pictures
        for title in (picture.chart.words.title.lower().replace("sedikitnya", "sekurang-kurangnya"),)
        for mark in charts.marks_of(picture.chart)
        if mark.text.startswith(HEDGES) and NUMBER.findall(mark.text)[0] in NUMBER.findall(title)
    )
    assert [(title, figure) for title, figure in hedged if figure not in title] == []


def test_lower_bounds_and_round_figures_are_said_as_such_in_titles(real_books: Books) -> None:
    titles = {p.slug: p.chart.words.title for page in every_page(real_books["id"]) for p in page.pictures}
    assert titles["target-kaltim-2025-peserta"].endswith("pesertanya sedikitnya 1.560.")
    assert titles["klaim-kaltim-2025-4-peserta"] == "Peserta, Tahap IV 2025: sekitar 220 dan 222."
    assert titles["klaim-kaltim-2025-1-peserta"] == "Peserta, Tahap I 2025: 5 angka; yang pasti 801 sampai 860."


def test_both_languages_tell_the_same_numbers(told: dict[Language, list[Picture]]) -> None:
    def digits(pictures: list[Picture]) -> dict[str, set[str]]:
        """Give the numbers of each title that do not stand in the line under it, which may repeat them."""
        return {p.slug: numbers(p.chart.words.title) - numbers(p.chart.words.name) for p in pictures}

    assert digits(told["id"]) == digits(told["en"])


def test_every_kind_of_page_with_figures_opens_with_a_picture(both_books: Books) -> None:
    for book in some(both_books.values()):
        whole = ("", "wilayah/", *(["klaim/"] * bool(book.api.conflicts)))
        opened = [
            p for p in every_page(book) if p.path in whole or p.path.startswith(("program/", "tahap/", "wilayah/64"))
        ]
        assert len(opened) > 20
        late = [p.path for p in opened if not -1 < p.body.find('<figure class="chart"') < p.body.find("<section")]
        assert late == []


def test_the_indexes_count_what_the_documents_say(both_books: Books) -> None:
    """Counted anew from the documents: of how many batches, and of how many programmes, a stage has a figure."""
    for book in some(both_books.values()):
        found: dict[str, set[str]] = {name: set() for name in book.names["stages"]}
        for batch in book.api.batch.values():
            for stage in batch.funnel:
                if stage.status in ("released", "provisional") or stage.at_least is not None:
                    found[stage.stage].add(batch.batch_id)
        owner = {b.batch_id: b.programme_id for b in book.api.batch.values()}
        slugs = {p.slug: p for page in every_page(book) for p in page.pictures}
        assert sum(map(len, found.values())) > 20
        for slug, sets in (
            ("ketersediaan-tahap", found),
            ("ketersediaan-program", {name: {owner[b] for b in ids} for name, ids in found.items()}),
        ):
            rows = slugs[slug].table.rows
            assert {row.code: row.cells[0].value for row in rows} == {name: len(ids) for name, ids in sets.items()}
            whole = book.api.batches if slug == "ketersediaan-tahap" else book.api.programmes
            assert slugs[slug].chart.all == len(whole)


def test_the_widest_dispute_stands_in_the_title_with_its_hedge(real_books: Books) -> None:
    by_page = {p.path: p for p in every_page(real_books["id"])}
    opening = by_page["klaim/"].pictures[0]
    assert opening.chart.words.title == (
        "11 hal berbeda antarsumber; selisih terbesar sekitar 40,0% dari angka yang dipakai."
    )
    shares = [m.value for m in charts.marks_of(opening.chart) if m.value is not None]
    assert shares == sorted(shares, reverse=True)
    assert [share.as_tuple().exponent for share in shares] == [-1] * len(shares)  # no more digits than are said
    assert [m.text for m in charts.marks_of(opening.chart)].count("tidak dihitung") == 3


def test_a_title_says_less_where_a_figure_is_hidden(real_books: Books) -> None:
    """A batch whose participants are hidden is counted among those that are not known, and no number is said."""
    book = real_books["id"]
    path = "api/v1/batches/kaltim-2025-4.json"
    batch = published(book, path)["data"]
    batch["conflicts"] = []
    next(s for s in batch["funnel"] if s["stage"] == "peserta").update(value=None, status="hidden", low=None, high=None)
    changed = with_documents(book, {path: batch})
    pages = {p.path: p for p in batches.pages(changed)}
    (picture,) = (p for p in pages["tahap/kaltim-2025-4/"].pictures if p.slug == "tahapan-kaltim-2025-4")
    assert picture.chart.words.title == "Dari 9 tahapan, tidak satu pun yang jumlah seluruhnya diketahui."
    assert not picture.is_kept
