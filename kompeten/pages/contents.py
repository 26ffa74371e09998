"""Every page of the site, in order. The list of rooms is the list of kinds of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kompeten.api.about import tombstones
from kompeten.api.edition import Edition
from kompeten.api.history import published_documents
from kompeten.api.publication import Shell
from kompeten.forms.catalogues import DatasetPage, Variable, dataset_jsonld
from kompeten.ground import formats
from kompeten.ground.findings import LANGUAGES, Language
from kompeten.ground.wording import load_places, load_wording
from kompeten.pages import (
    batches,
    citizens,
    claims,
    data,
    elsewhere,
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
from kompeten.pages.page import Page, environment
from kompeten.pages.shelf import Shelf


def books(edition: Edition, templates: Path) -> dict[Language, Book]:
    """Open the site in both languages."""
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
            api=api,
            imprint=edition.imprint,
            settings=edition.settings,
            released_on=formats.date(edition.release.released_on, language),
            names=names_of(api, language),
            places=places,
            gone=tombstones(edition.compilation),
            kept=tuple(edition.kept),
            past=earlier,
        )
        for language in LANGUAGES
    }


def data_pages(book: Book, templates: Path, shelf: Shelf) -> tuple[Page, ...]:
    """Give every page of one language that is made from data, with the embeds of its pictures."""
    env = environment(templates, book)
    pages: tuple[Page, ...] = (
        home.page(book, env),
        *programmes.pages(book, env),
        *batches.pages(book, env),
        *claims.pages(book, env),
        *releases.pages(book, env),
        *past.pages(book, env),
        *regions.pages(book, env),
        qualifications.page(book, env),
        workforce.page(book, env),
        elsewhere.page(book, env),
        citizens.page(book, env),
        searches.page(book, env),
        *data.pages(book, env, shelf),
    )
    pages = (*pages, *gone.pages(book, env, frozenset(page.path for page in pages)))
    first = {picture.slug: (picture, page.path) for page in reversed(pages) for picture in page.kept_pictures}
    framed = tuple(page for picture, path in first.values() for page in embeds(picture, book, env, path))
    return (*pages, *framed, *gone.frames(book, env, book.kept, frozenset(page.path for page in framed)))


def all_pages(
    both: Mapping[Language, Book], templates: Path, shelf: Shelf, written: Iterable[Page]
) -> tuple[Page, ...]:
    """Give every page, in both languages: those made from data, those written by hand, and the index of them all."""
    made = (page for book in both.values() for page in data_pages(book, templates, shelf))
    pages = (*made, *written)
    return (*pages, *(index.page(book, environment(templates, book), pages) for book in both.values()))


def with_datasets(pages: Iterable[Page], edition: Edition) -> tuple[Page, ...]:
    """Tell dataset search engines of every page that names the documents its figures stand in (schema.org Dataset)."""
    return tuple(replace(page, jsonld=_dataset(page, edition)) for page in pages)


def _dataset(page: Page, edition: Edition) -> str | None:
    if not page.alternates:
        return None
    stages = (edition.compilation.codes["stages"][name] for name in ("peserta", "kompeten", "skk_terbit"))
    code = page.path.removeprefix("wilayah/").strip("/")
    about = DatasetPage(
        language=page.language,
        path=page.path,
        title=page.title,
        description=page.description,
        distribution=[href for _, href, _ in page.alternates],
        variables=[
            Variable(
                name=stage.name.text(page.language),
                description=stage.definition.text(page.language) if stage.definition else "",
                unit=stage.unit or "",
            )
            for stage in stages
        ],
        region_code=code if code in edition.statistics.places else None,
    )
    return dataset_jsonld(about, edition)


def picture_files(pages: Iterable[Page], both: Mapping[Language, Book]) -> dict[str, bytes]:
    """Give the files of every picture: SVG and CSV, by path below the root."""
    return {
        path: content
        for page in pages
        for picture in page.kept_pictures
        for path, content in picture.files(both[page.language]).items()
    }


def listed(pages: Iterable[Page]) -> tuple[str, ...]:
    """Give the paths that a sitemap lists: every page, once for both languages; pages made for frames are left out."""
    return tuple(sorted({page.path for page in pages if page.page_path is None}))


def shell(edition: Edition) -> Shell:
    """Give what the theme needs to know about the edition."""
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
