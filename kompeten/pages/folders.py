"""A page where the address of a folder is handed out: the API, and what each release keeps of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinja2 import Environment
from markupsafe import Markup

from kompeten.api.catalogue import ROOT
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Crumb, Page, render
from kompeten.pages.shelf import Shelf


def pages(book: Book, env: Environment, shelf: Shelf) -> Iterator[Page]:
    """Make the page of the API's folder, and of each folder of a release that this site holds."""
    copies = {release.id: f"{ROOT}releases/{release.id}/" for release in book.api.releases}
    held = {release: path for release, path in copies.items() if f"{path}index.json" in shelf.listed}
    yield _page(book, env, shelf, ROOT, tuple(held))
    for path in held.values():
        yield _page(book, env, shelf, path, ())


def _page(book: Book, env: Environment, shelf: Shelf, path: str, releases: Sequence[str]) -> Page:
    sheet = Sheet(book=book, path=path)
    documents = [
        Markup('<a href="{}" type="application/json">{}</a>').format(sheet.file(path + name), name)
        for name in ("index.json", "openapi.json")
        if path == ROOT or path + name in shelf.listed
    ]
    title = book.t("folder.title")
    lead = book.t("folder.lead")
    if path != ROOT:
        title = book.t("folder.release.title", release=path.split("/")[-2])
        lead = book.t("folder.release.lead")
    return Page(
        language=book.language,
        path=path,
        title=title,
        description=lead,
        body=render(
            env,
            "folders",
            title=title,
            lead=lead,
            documents=documents,
            reference=sheet.href("data/api/"),
            releases=[(release, sheet.href(f"{ROOT}releases/{release}/")) for release in releases],
        ),
        crumbs=(Crumb(label=book.t("nav.data"), path="data/"),),
    )
