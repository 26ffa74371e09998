"""All of a site in memory, in order: documents, forms, pages, pictures, search, catalogues, and the lists of it all.

A function of an edition: a build writes what it gives, and an audit compares it with what a site holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from kompeten import TEMPLATES
from kompeten.api import about, openapi, text
from kompeten.api.edition import Edition
from kompeten.audit import REPORT
from kompeten.forms import catalogues, downloads
from kompeten.ground import tree
from kompeten.ground.wording import load_translations
from kompeten.ground.workshop import AT_HAND, Workshop
from kompeten.pages import contents, frames, gone
from kompeten.pages.book import Book
from kompeten.pages.page import Page
from kompeten.pages.shelf import stock
from kompeten.site import assets, binding, search
from kompeten.site.glossary import load_glossaries
from kompeten.site.prose import load_prose, load_snippets
from kompeten.site.standing import DOCS, SNIPPETS

Stage = Callable[[str], AbstractContextManager[None]]
"""Is told which stage begins; what it gives is open while the stage runs."""


Report = Callable[[int], bytes]
"""Gives the report of the audit, by how many files it read beside the report."""


def silent(_: str) -> AbstractContextManager[None]:
    """Tell nobody of a stage."""
    return nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A site before it is written. files: path below its root to content; pages: how many, for they stand in files."""

    files: tree.Tree
    pages: int


def composed(edition: Edition, workshop: Workshop, report: Report, stage: Stage = silent) -> Composed:
    """Give everything that is published of an edition. report: of the audit."""
    AT_HAND.workshop = workshop
    files = figures(edition, stage)
    with stage("pages"):
        pages, drawings, books = laid_out(edition, files)
        files.add(drawings)
    with stage("site"):
        files.add(binding.themed(pages, contents.shell(edition), TEMPLATES, load_glossaries(DOCS), workshop))
        files.add(assets.static(TEMPLATES, edition.release.id))
        painter = assets.Painter(templates=TEMPLATES, site_name=edition.settings.publisher)
        files.add(workshop.each(painter, assets.shares(pages)))
        files.add(workshop.each(assets.Printer(templates=TEMPLATES), assets.printed(drawings)))
        files.restore(frames.with_notices(edition.kept, files, books))
    with stage("search"):
        files.add(search.bundle(files, workshop))
    seal(edition, files, contents.listed(pages), stage, report)
    return Composed(files=files, pages=len(pages))


def figures(edition: Edition, stage: Stage = silent) -> tree.Tree:
    """Give every document, and the figures in every other form: all that pages are made from."""
    files = tree.Tree()
    with stage("api"):
        files.add(text.files(edition.documents))
        files.add(about.standing(edition))
        files.add(openapi.schemas(edition))
    with stage("downloads"):
        files.add(downloads.files(edition))
        files.add(openapi.files(edition, [*files, downloads.ZIP]))
        files.add({**downloads.frozen(files, edition), **openapi.promised(files, edition.kept)})
    return files


def laid_out(edition: Edition, files: tree.Tree) -> tuple[tuple[Page, ...], dict[str, bytes], list[Book]]:
    """Give every page, the files of every picture, and the books of both languages. files: all figures."""
    snippets, translations = load_snippets(SNIPPETS), load_translations()
    shelf = stock(edition, files, snippets, translations)
    books = contents.books(edition, TEMPLATES)
    pages = contents.all_pages(books, shelf, load_prose(DOCS, edition.settings))
    pages = contents.with_datasets(pages, edition, files)
    drawings = contents.picture_files(pages, books)
    return pages, {**drawings, **gone.files(books, {*files, *drawings})}, list(books.values())


def seal(
    edition: Edition, files: tree.Tree, pages: Sequence[str], stage: Stage = silent, report: Report | None = None
) -> None:
    """Add what speaks of all other files: catalogues, feeds, report, archive and lists. pages: in both languages."""
    with stage("metadata"):
        files.add(catalogues.files(edition, files, pages))
    with stage("seal"):
        files.add({REPORT: report(len(files) + SEALS)} if report else {})
        files.add(downloads.sealed(files, edition))


SEALS = 4
"""The archive, both lists and the checksums: files that are read beside those that are there when the report is."""


def with_report(edition: Edition, files: Mapping[str, bytes], report: bytes) -> dict[str, bytes]:
    """Give the report of the audit, and what names every file, anew: the lists and the archive. files: all others."""
    return {REPORT: report, **downloads.sealed({**files, REPORT: report}, edition)}
