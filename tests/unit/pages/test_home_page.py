"""The home page: the newest target with a figure, said in one sentence, with what nobody has published."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from markupsafe import Markup

from kompeten.ground.findings import Language
from kompeten.pages import home, releases
from kompeten.pages.book import Book
from kompeten.pages.charts import BarChart
from kompeten.pages.page import Page
from kompeten.pages.parts import Headline
from kompeten.pages.pictures import target_finding
from tests.some import some
from tests.unit.pages.opened import published, with_documents, words, wrong_figures

Books = Mapping[Language, Book]
PROGRESS, PROGRAMMES, BATCHES = "api/v1/progress.json", "api/v1/programmes.json", "api/v1/batches.json"


def made(book: Book) -> Page:
    """Give the home page."""
    return home.page(book)


def with_achieved(book: Book, **change: object) -> Book:
    """Give a book in which the target of the home page was reached otherwise."""
    rows = published(book, PROGRESS)["data"]
    for row in rows:
        if row["target"]["target_id"] == home.newest(book).target.target_id:
            row["achieved"].update(change)
    return with_documents(book, {PROGRESS: rows})


def test_every_figure_agrees_with_the_document_it_names(both_books: Books) -> None:
    for book in some(both_books.values()):
        assert wrong_figures(book, [made(book)]) == []


def test_the_newest_target_in_participants_with_a_figure_is_taken(real_books: Books) -> None:
    target = home.newest(real_books["id"]).target
    assert (target.unit, target.year, target.programme_id) == ("peserta", 2025, real_books["id"].api.main.programme_id)
    rows = published(real_books["id"], PROGRESS)["data"]
    assert any(row["target"]["year"] > target.year and row["achieved"]["value"] is None for row in rows)


@pytest.mark.parametrize(
    ("high", "base"),
    [
        (1619, "1.619 bila dipakai angka tertinggi tiap tahap; tanpa Tahap III"),
        (1586, "tanpa Tahap III"),
    ],
    ids=["a range", "one figure"],
)
def test_the_least_stands_large_and_the_most_beside_it(real_books: Books, high: int, base: str) -> None:
    book = with_achieved(real_books["id"], value=1586, low=1586, high_of_known=high)
    progress = home.newest(book)
    year = next(y for y in book.api.main.years if y.year == progress.target.year)
    headline = home.figures(book.at(""), progress, year)[0]
    assert headline.value.striptags() == "sekurang-kurangnya 1.586"
    against = "terhadap target 1.000 peserta menurut satu sumber (sumber lain: 1.000 sertifikat)"
    assert headline.base == f"{base}; {against}"


@pytest.mark.parametrize("status", ["hidden", "unknown"])
def test_where_nobody_gives_a_figure_its_words_stand(real_books: Books, status: str) -> None:
    nothing = {"value": None, "low": None, "high": None, "high_of_known": None, "status": status, "bound": "unknown"}
    book = with_achieved(real_books["id"], **nothing)
    progress = next(p for p in book.api.progress if p.target == home.newest(real_books["id"]).target)
    year = next(y for y in book.api.main.years if y.year == progress.target.year)
    headline = home.figures(book.at(""), progress, year)[0]
    assert headline.value.striptags() == book.words_for(status)


@pytest.mark.parametrize(
    ("reached", "key"),
    [(999, "short"), (1000, "passed"), (1001, "passed")],
    ids=["one below", "exactly the target", "one above"],
)
def test_the_title_says_whether_an_undisputed_target_was_passed(demo_books: Books, reached: int, key: str) -> None:
    book = demo_books["id"]
    found = home.newest(book)
    changed = found.model_copy(
        update={
            "target": found.target.model_copy(update={"value": 1000}),
            "achieved": found.achieved.model_copy(update={"value": reached, "low": reached}),
        }
    )
    year = next(y for y in book.api.main.years if y.year == found.target.year)
    for status, state in (("unknown", "unknown"), ("hidden", "hidden"), ("released", "known")):
        results = year.model_copy(update={"competent": year.competent.model_copy(update={"status": status})})
        numbers = {"kind": "Target", "target": "1.000 peserta", "year": year.year, "value": book.number(reached)}
        assert target_finding(book, changed, results) == book.t(f"home.title.{key}.{state}", **numbers)


def test_the_headline_follows_the_better_sources_of_the_target(real_books: Books) -> None:
    sayings = {
        "id": "Target 2025: 1.000 sertifikat. Berapa yang terbit belum kami temukan; pesertanya sedikitnya 1.560.",
        "en": "Target 2025: 1,000 certificates. We found no number issued; participants: at least 1,560.",
    }
    for language, book in real_books.items():
        progress = home.newest(book)
        year = next(y for y in book.api.main.years if y.year == progress.target.year)
        assert target_finding(book, progress, year) == sayings[language]
    assert home.lead(real_books["id"], home.newest(real_books["id"])).startswith(
        "Gubernur Kalimantan Timur dan Kepala Dinas PUPR-Pera Kaltim menyebut target 1.000 sertifikat."
        " Satu sumber menyebut target 2025 sebagai 1.000 peserta."
    )


def test_about_as_many_as_the_target_does_not_reach_it(demo_books: Books) -> None:
    found = home.newest(demo_books["id"])
    aim = found.target.value
    about = found.model_copy(
        update={"achieved": found.achieved.model_copy(update={"value": aim, "low": aim, "precision": "about"})}
    )
    year = next(y for y in demo_books["id"].api.main.years if y.year == found.target.year)
    said = target_finding(demo_books["id"], about, year)
    assert f"Tercatat sekitar {demo_books['id'].number(aim)}" in said


def test_a_target_of_two_units_stands_beside_itself(real_books: Books) -> None:
    """The governor said certificates, the agency's advertorial participants."""
    picture = made(real_books["id"]).pictures[0]
    assert isinstance(picture.chart, BarChart)
    assert [bar.mark.label for bar in picture.chart.bars] == ["SKK terbit", "Peserta"]
    assert [bar.targets[0].text.partition(" (")[0] for bar in picture.chart.bars] == [
        "1.000 sertifikat",
        "1.000 peserta",
    ]
    assert "Gubernur Kalimantan Timur" in picture.chart.bars[0].targets[0].text


def test_three_figures_stand_at_the_top_known_or_not(real_books: Books) -> None:
    book = real_books["en"]
    progress = home.newest(book)
    year = next(y for y in book.api.main.years if y.year == progress.target.year)
    statuses = [headline.status for headline in home.figures(book.at(""), progress, year)]
    assert statuses == ["released", "unknown", "unknown"]


def test_what_is_missing_names_results_and_batches_without_a_figure(real_books: Books) -> None:
    book, sheet = real_books["id"], real_books["id"].at("")
    progress = home.newest(book)
    year = next(y for y in book.api.main.years if y.year == progress.target.year)
    silent = [book.t("missing.batch", batch=book.batch_name(b)) for b in year.participants.batches_without_figure]
    found = home.missing(sheet, year)
    assert found[:2] == [book.t(f"missing.{name}", year=2025) for name in ("competent", "certificates")]
    assert found[2 : 2 + len(silent)] == silent


def test_the_newest_release_is_told_with_its_day(real_books: Books) -> None:
    change = releases.entry(real_books["en"], real_books["en"].api.latest)
    assert (change.date_iso, change.kind) == (real_books["en"].api.latest.released_on, "corrected")
    assert change.date in words(made(real_books["en"]))


def test_what_readers_ask_leads_in_one_step_to_where_it_is_answered(both_books: Books) -> None:
    for book in some(both_books.values()):
        asked = home.questions(book.at(""))
        assert len(asked) == len({each.href for each in asked}) >= 10
        assert all(each.label.strip().endswith("?") for each in asked[:-1])


def test_words_before_a_number_stand_small_and_those_behind_it_stay() -> None:
    shown = [
        Headline(label="", value=Markup(value), unit="", base="", source=None, status="released").shown
        for value in ("<data>at least 1,560</data>", "<data>800 (rounded)</data>", "tidak diketahui")
    ]
    assert shown == ["<data><small>at least</small> 1,560</data>", "<data>800 (rounded)</data>", "tidak diketahui"]


def test_what_nobody_published_is_said_of_people_places_and_money(real_books: Books) -> None:
    book = real_books["id"]
    year = next(year for year in book.api.main.years if year.year == 2025)
    assert home.missing(book.at(""), year) == [
        "Berapa peserta 2025 yang dinyatakan kompeten.",
        "Berapa sertifikat yang terbit untuk tahap 2025.",
        "Jumlah peserta Tahap III 2025.",
        "Tempat tinggal peserta di hampir semua tahap.",
        "Berapa perempuan di antara peserta 2025.",
        "Anggaran program provinsi.",
    ]


def test_where_people_live_is_not_missing_where_one_place_has_counts_of_two_batches(real_books: Books) -> None:
    book, path = real_books["en"], "api/v1/regions.json"
    first, *others = published(book, path)["data"]
    changed = {**first, "participants": {**first["participants"], "batches_with_figure": 2}}
    year, lacking = book.api.main.years[0], book.t("missing.regions")
    assert lacking in home.missing(book.at(""), year)
    assert lacking not in home.missing(with_documents(book, {path: [changed, *others]}).at(""), year)


def test_offices_are_named_within_a_sentence(real_books: Books) -> None:
    book = real_books["en"]
    progress = home.newest(book)
    assert progress is not None
    assert home.lead(book, progress).startswith(
        "A target of 1,000 certificates is stated by the governor of East Kalimantan and the head of the provincial"
        " public works agency. One source states the target for 2025 as 1,000 participants."
    )


def test_questions_lead_to_the_newest_batch_by_track_and_to_money(real_books: Books) -> None:
    links = [link.href for link in home.questions(real_books["id"].at(""))]
    assert (links[4], links[6]) == ("tahap/kaltim-2025-4/", "program/bankeu/")


def test_a_figure_that_nobody_has_is_not_offered_to_be_quoted(real_books: Books) -> None:
    book = real_books["id"]
    progress, year = home.newest(book), book.api.main.years[3]
    assert progress is not None
    figures = home.figures(book.at(""), progress, year)
    assert [(year.year, figure.status, figure.kit) for figure in figures] == [
        *((2025, "released", None), (2025, "unknown", None), (2025, "unknown", None)),
    ]


def test_who_states_another_number_does_not_state_the_same_target(real_books: Books) -> None:
    book, path = real_books["en"], "api/v1/programmes/kaltim.json"
    programme = published(book, path)["data"]
    (head,) = [
        t
        for t in programme["targets"]
        if t["year"] == 2025 and t["speaker"] == "kepala_dinas" and t["preferred"] is False
    ]
    head["value"] = 900
    other = with_documents(book, {path: programme})
    progress = home.newest(other)
    assert progress is not None
    assert [
        ("head of the" in home.lead(each, progress), "governor" in home.lead(each, progress)) for each in (book, other)
    ] == [
        (True, True),
        (False, True),
    ]
