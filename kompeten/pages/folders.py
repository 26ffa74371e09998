"""A page where the address of a folder is handed out: the API, its releases, and what each of them keeps of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from kompeten.api import ROOT
from kompeten.pages.book import Book
from kompeten.pages.page import Crumb, Page, page_of
from kompeten.pages.shelf import Shelf

KEPT = f"{ROOT}releases/"


def pages(book: Book, shelf: Shelf) -> Iterator[Page]:
    """Make the page of the API's folder, of that of its releases, and of each release that this site holds."""
    copies = {release.id: f"{KEPT}{release.id}/" for release in book.api.releases}
    held = {release: path for release, path in copies.items() if f"{path}index.json" in shelf.listed}
    yield _page(book, shelf, ROOT, tuple(held))
    yield _page(book, shelf, KEPT, tuple(held))
    for path in held.values():
        yield _page(book, shelf, path, ())


def _page(book: Book, shelf: Shelf, path: str, releases: Sequence[str]) -> Page:
    sheet = book.at(path)
    start = ROOT if releases else path
    documents = [
        Markup('<a href="{}" type="application/json">{}</a>').format(sheet.file(start + name), name)
        for name in ("index.json", "openapi.json")
        if start == ROOT or path + name in shelf.listed
    ]
    kind = {ROOT: "newest", KEPT: "kept"}.get(path, "release")
    return page_of(
        sheet,
        "folders",
        title=book.t(f"folder.{kind}.title", release=path.split("/")[-2]),
        lead=book.t(f"folder.{kind}.lead"),
        documents=documents,
        reference=sheet.href("data/api/"),
        releases=[(release, sheet.href(f"{KEPT}{release}/")) for release in releases],
        crumbs=(Crumb(label=book.t("nav.data"), path="data/"),),
    )
