"""Pages that others put in a frame: one picture each, live or as one release has it.

The live one is written anew with every release. The pinned one is permanent (see ``intake.permanent``): its figures
name the release's own copies of the documents, and its style sheet is the release's own. It is published as it was
kept, with one line at its foot once a later release says otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jinja2 import Environment

from kompeten.api.about import release_copy
from kompeten.api.catalogue import ROOT
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Page
from kompeten.pages.parts import JSON, Link, Picture, embed_path
from kompeten.pages.tables import Table

PINNED = re.compile(r"(?P<language>en/)?embed/(?P<slug>[^/]+)/(?P<release>[^/]+)/index\.html")
FIGURE = re.compile(r'<data value="([^"]*)"')
FOOT = "</footer>"
NOTICE = re.compile(rb'\xc2\xb7 <strong><a href="[^"]*" target="_top">[^<]*</a></strong>\n(?=</footer>)')


def embeds(picture: Picture, book: Book, env: Environment, page_path: str) -> tuple[Page, Page]:
    """Make the two pages that others put in a frame: one picture, its table, its source; no script.

    The document is titled by what is drawn; what it shows stands over the picture.
    """
    alone = replace(picture, table=without_links(picture.table))
    template = env.get_template("pages/embed.html")

    def page(release: str | None) -> Page:
        path = embed_path(picture, release)
        body = template.render(picture=alone, links=frame_links(picture, Sheet(book=book, path=path), release))
        return Page(
            language=book.language,
            path=path,
            title=picture.chart.words.name,
            # All that the picture shows is said once, in its own description: a frame weighs on the page that shows it.
            description=picture.chart.words.title,
            body=at_release(body, release) if release else body,
            template="embed.html",
            page_path=page_path,
            pinned_to=release,
        )

    return page(None), page(book.imprint.release)


def frame_links(picture: Picture, sheet: Sheet, release: str | None) -> tuple[Link, ...]:
    """Link to the files of the picture; a release keeps the document alone, drawings are made anew."""
    if release is None:
        return picture.file_links(sheet)
    return (Link(href=sheet.file(release_copy(picture.data, release)), label="JSON", type=JSON),)


def at_release(body: str, release: str) -> str:
    """Let every figure of a page name the copy of its document that the release keeps."""
    return body.replace(f'data-json="/{ROOT}', f'data-json="/{release_copy(ROOT, release)}')


def without_links(table: Table) -> Table:
    """Give a table whose rows lead nowhere: in a frame, links would open inside it."""
    return replace(table, rows=tuple(replace(row, href=None) for row in table.rows))


def with_notices(kept: Mapping[str, bytes], files: Mapping[str, bytes], books: Sequence[Book]) -> Mapping[str, bytes]:
    """Give what earlier releases left; a picture whose figures a later release changed says so, with a link.

    files: what was built so far, with the pictures of the release that is published. books: one a language.
    """
    return {path: _noticed(path, content, {**files, **kept}, books) for path, content in kept.items()}


def _noticed(path: str, content: bytes, files: Mapping[str, bytes], books: Sequence[Book]) -> bytes:
    found = PINNED.fullmatch(path)
    if found is None:
        return content
    book = next(each for each in books if (each.language == "en") == bool(found["language"]))
    text, releases = content.decode(), [row.id for row in reversed(book.api.releases)]
    later = releases[releases.index(found["release"]) + 1 :] if found["release"] in releases else []
    for release in later:
        there = files.get(f"{found['language'] or ''}embed/{found['slug']}/{release}/index.html")
        if there is None or _figures(text) - _figures(there.decode()):
            key = "embed.revised" if there else "embed.gone"
            href = Sheet(book=book, path=f"embed/{found['slug']}/{found['release']}/").href(f"rilis/{release}/")
            said = book.phrase(key, release=release)
            notice = f'· <strong><a href="{href}" target="_top">{said}</a></strong>\n{FOOT}'  # see NOTICE
            return notice.join(text.rsplit(FOOT, 1)).encode()
    return content


def without_notice(path: str, content: bytes) -> bytes:
    """Give a file of an earlier release as it was published."""
    return NOTICE.sub(b"", content) if PINNED.fullmatch(path) else content


def _figures(text: str) -> Counter[str]:
    """Give the figures that stand in a page."""
    return Counter(FIGURE.findall(text))
