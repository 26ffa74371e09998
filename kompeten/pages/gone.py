"""Old addresses: a page where an id was that is published no more, saying what it was, why, and where it went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import Environment

from kompeten.api.about import PAGES, Tombstone
from kompeten.pages.book import Book, Sheet
from kompeten.pages.frames import PINNED
from kompeten.pages.page import Page, render

FOLDERS = {document.partition("{")[0]: page for page, document in PAGES.values()}


def frames(book: Book, env: Environment, kept: Iterable[str], taken: frozenset[str]) -> Iterator[Page]:
    """Make a page at the address of every live picture that no release draws any more, leading to the last one kept.

    kept: paths of what earlier releases left, oldest first; taken: paths that have a page.
    """
    found = (PINNED.fullmatch(path) for path in sorted(kept))
    last = {match["slug"]: match["release"] for match in found if match and not match["language"]}
    for slug, release in last.items():
        if (path := f"embed/{slug}/") not in taken:
            title = book.t("gone.title", id=slug)
            body = render(env, "gone_frame", title=title, release=release)
            yield Page(
                language=book.language,
                path=path,
                title=title,
                description=title,
                body=body,
                template="embed.html",
                page_path="rilis/",
            )


def pages(book: Book, env: Environment, taken: frozenset[str]) -> Iterator[Page]:
    """Make a page at the old address of every withdrawn batch, programme and region. taken: paths that have a page."""
    for stone in book.gone:
        folder = next((page for start, page in FOLDERS.items() if stone.path.startswith(f"api/v1/{start}")), None)
        path = folder.format(stone.id) if folder else ""
        if folder and path not in taken:
            yield _page(book, env, stone, Sheet(book=book, path=path), folder)


def _page(book: Book, env: Environment, stone: Tombstone, sheet: Sheet, folder: str) -> Page:
    title = book.t("gone.title", id=stone.id)
    return Page(
        language=book.language,
        path=sheet.path,
        title=title,
        description=book.say(stone.reason),
        page_path=sheet.path,
        body=render(
            env,
            "gone",
            title=title,
            lead=book.t("gone.lead", date=book.date(stone.withdrawn_on)),
            reason=book.say(stone.reason),
            successor=stone.successor,
            href=sheet.href(folder.format(stone.successor)) if stone.successor else None,
            tombstones=sheet.file("api/v1/tombstones.json"),
            releases=sheet.href("rilis/"),
        ),
    )
