"""Every page of the site, in order. The list of rooms is the list of kinds of pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kompeten.api.about import stones_of
from kompeten.api.edition import Edition
from kompeten.api.history import published_documents
from kompeten.api.publication import Shell
from kompeten.forms.catalogues import CATALOGUE, DataPage, datasets_jsonld, page_jsonld
from kompeten.forms.downloads.inventory import STAT
from kompeten.forms.downloads.slices import SLICES
from kompeten.ground import formats
from kompeten.ground.findings import LANGUAGES, MARK_OF, Language
from kompeten.ground.wording import load_places, load_wording
from kompeten.pages import (
    batches,
    citizens,
    claims,
    data,
    elsewhere,
    folders,
    gone,
    home,
    index,
    past,
    programmes,
    qualifications,
    regions,
    releases,
    searches,
    workforce,
)
from kompeten.pages.book import Book, names_of
from kompeten.pages.frames import embeds
from kompeten.pages.library import open_library
from kompeten.pages.page import Page, environment, share_of
from kompeten.pages.parts import CSV, JSON
from kompeten.pages.shelf import Shelf
from kompeten.pages.tables import to_csv


def books(edition: Edition, templates: Path) -> dict[Language, Book]:
    wording, places = load_wording(templates / "wording"), load_places(templates / "tiles.toml")
    api = open_library(edition.documents)
    earlier = {
        row.id: found
        for row in edition.compilation.releases
        if row.id != edition.release.id and (found := published_documents(edition.kept, row.id, past.DOCUMENTS))
    }
    return {
        language: Book(
            language=language,
            t=wording[language],
            env=environment(templates, wording[language]),
            api=api,
            imprint=edition.imprint,
            settings=edition.settings,
            released_on=formats.date(edition.release.released_on, language),
            names=names_of(api, language),
            places=places,
            gone=stones_of(edition),
            kept=tuple(edition.kept),
            past=earlier,
        )
        for language in LANGUAGES
    }


def told_pages(book: Book) -> tuple[Page, ...]:
    """Give every page of one language that follows from the documents alone."""
    return (
        home.page(book),
        *programmes.pages(book),
        *batches.pages(book),
        *claims.pages(book),
        *releases.pages(book),
        *past.pages(book),
        *regions.pages(book),
        qualifications.page(book),
        workforce.page(book),
        elsewhere.page(book),
        citizens.page(book),
        searches.page(book),
    )


def data_pages(book: Book, shelf: Shelf) -> tuple[Page, ...]:
    """Give every page of one language that is made from data, with the embeds of its pictures."""
    pages = (*told_pages(book), *data.pages(book, shelf), *folders.pages(book, shelf))
    pages = (*pages, *gone.pages(book, frozenset(page.path for page in pages)))
    frames = framed(book, pages)
    pages = tuple(replace(page, alternates=(*page.alternates, *_forms(page, book, shelf))) for page in pages)
    return (*pages, *frames)


def framed(book: Book, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Give the embeds of the pictures of some pages, and those that lead on from pictures drawn no more."""
    first = {picture.slug: (picture, page.path) for page in reversed(pages) for picture in page.kept_pictures}
    live = tuple(page for picture, path in first.values() for page in embeds(picture, book, path))
    return (*live, *gone.frames(book, frozenset(page.path for page in live)))


STAT_TABLES = {
    "tahap/": "batches-by-stage",
    "wilayah/": "batches-by-regions",
    "program/": "achieved-by-programme-year",
    "kualifikasi/": "batches-by-qualification-level",
}
"""Beginning of a page's path to the JSON-stat table of what it shows; every other page shows targets and progress."""


def _forms(page: Page, book: Book, shelf: Shelf) -> Iterator[tuple[str, str, str]]:
    """Give the standard forms of what a page with data shows: its observations, a JSON-stat table, the catalogue."""
    if not page.alternates:
        return
    start, _, rest = page.path.partition("/")
    cut = {"tahap": "batches", "wilayah": "regions"}.get(start, "")
    if (path := f"{SLICES}{cut}/{rest.strip('/')}.csv") in shelf.slices:
        yield CSV, path, book.t("alternate.slice")
    table = STAT_TABLES.get(f"{start}/", "progress")
    stat = f"{STAT}{table}{MARK_OF[book.language]}.json"
    yield JSON, stat, book.t("alternate.stat", title=shelf.stat[stat][1].text(book.language))
    yield "application/ld+json", CATALOGUE, book.t("alternate.catalogue")


def all_pages(both: Mapping[Language, Book], shelf: Shelf, written: Iterable[Page]) -> tuple[Page, ...]:
    """Give every page, in both languages: those made from data, those written by hand, and the index of them all."""
    made = (page for book in both.values() for page in data_pages(book, shelf))
    pages = (*made, *written)
    pages = (*pages, *(index.page(book, pages) for book in both.values()))
    return tuple(with_share(page, both[page.language]) for page in pages)


def with_share(page: Page, book: Book) -> Page:
    """Give a page without a key figure the picture of its title; frames and pages of a release have none."""
    if page.share or page.page_path is not None:
        return page
    return replace(page, share=share_of(book, title=page.title, caveat=book.t("unofficial")))


def with_datasets(pages: Iterable[Page], edition: Edition, written: Collection[str]) -> tuple[Page, ...]:
    """Tell search engines (schema.org) of the datasets on their page, and of every other page with data what it is.

    written: paths of documents and forms.
    """
    datasets = datasets_jsonld(edition, written)
    return tuple(
        replace(page, jsonld=datasets if page.path == data.PATH else _described(page, edition)) for page in pages
    )


def _described(page: Page, edition: Edition) -> str | None:
    if not page.alternates:
        return None
    code = page.path.removeprefix("wilayah/").strip("/")
    about = DataPage(
        language=page.language,
        path=page.path,
        title=page.title,
        description=page.description,
        documents=[href for _, href, _ in page.alternates],
        region_code=code if code in edition.statistics.places else None,
    )
    return page_jsonld(about, edition)


def picture_files(pages: Iterable[Page], both: Mapping[Language, Book]) -> dict[str, bytes]:
    """Give the files of every picture, SVG and CSV, and of every other table, by path below the root."""
    found: dict[str, bytes] = {}
    for page in pages:
        book = both[page.language]
        found |= {f"{page.address}{table.id}.csv": to_csv(table, book.imprint.release) for table in page.tables}
        for picture in page.kept_pictures:
            found |= picture.files(book)
    return found


def listed(pages: Iterable[Page]) -> tuple[str, ...]:
    """Give the paths that a sitemap lists: every page, once for both languages; pages made for frames are left out."""
    return tuple(sorted({page.path for page in pages if page.page_path is None}))


def shell(edition: Edition) -> Shell:
    release = edition.release
    return Shell(
        base_url=edition.settings.base_url,
        contact=edition.settings.contact_email,
        release=release.id,
        released_on={language: formats.date(release.released_on, language) for language in LANGUAGES},
        data_through={language: formats.date(release.data_through, language) for language in LANGUAGES},
        synthetic=edition.compilation.synthetic,
        preview=edition.is_preview,
    )
