"""Pages that others put in a frame: one picture each, live or as one release has it.

The live one is written anew with every release. The pinned one is permanent (see ``intake.permanent``): its figures
name the release's own copies of the documents, and its style sheet is the release's own. It is published as it was
kept, with one line at its foot once a later release says otherwise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from kompeten.api import ROOT
from kompeten.api.about import release_copy
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Page
from kompeten.pages.parts import JSON, Link, Picture, embed_path

PINNED = re.compile(r"(?P<language>en/)?embed/(?P<slug>[^/]+)/(?P<release>[^/]+)/index\.html")
ADDRESS = re.compile(r'<data [^>]*?data-json="/([^"]+)"')
COPY = re.compile(rf"({ROOT}releases/)[^/]+/")
NAMED_BY = (
    *("context_id", "cell_id", "target_id", "budget_id", "batch_id", "stage", "dimension", "code"),
    *("region_code", "year", "source_id", "programme_id"),
)
"""What tells a row from others of its list, the first that it has."""
Step = str | tuple[str, str, int]
FOOT = "</footer>"
NOTICE = re.compile(rb'\xc2\xb7 <strong><a href="[^"]*" target="_top">[^<]*</a></strong>\n(?=</footer>)')


def embeds(picture: Picture, book: Book, page_path: str) -> tuple[Page, Page]:
    """Make the two pages that others put in a frame: one picture, its table, its source; no script.

    The document is titled by what is drawn; what it shows stands over the picture.
    """
    # In a frame, links of rows would open inside it.
    rows = tuple(replace(row, href=None) for row in picture.table.rows)
    alone = replace(picture, table=replace(picture.table, rows=rows))
    template = book.env.get_template("pages/embed.html")

    def page(release: str | None) -> Page:
        path = embed_path(picture, release)
        body = template.render(picture=alone, links=frame_links(picture, book.at(path), release))
        return Page(
            language=book.language,
            path=path,
            title=picture.chart.words.name,
            # All that the picture shows is said once, in its own description: a frame weighs on the page that shows it.
            description=picture.chart.words.title,
            # Every figure of a pinned page names the copy of its document that the release keeps.
            body=body.replace(f'data-json="/{ROOT}', f'data-json="/{release_copy(ROOT, release)}') if release else body,
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


def with_notices(kept: Mapping[str, bytes], files: Mapping[str, bytes], books: Sequence[Book]) -> Mapping[str, bytes]:
    """Give what earlier releases left; a picture whose figures a later release has otherwise says so, with a link.

    files: what was built so far, with the documents of the release that is published. books: one a language.
    """
    reader = _Reader(files={**files, **kept})
    return {path: _noticed(path, content, reader, books) for path, content in kept.items()}


def _noticed(path: str, content: bytes, reader: _Reader, books: Sequence[Book]) -> bytes:
    found = PINNED.fullmatch(path)
    if found is None:
        return content
    book = next(each for each in books if (each.language == "en") == bool(found["language"]))
    text, releases = content.decode(), [row.id for row in reversed(book.api.releases)]
    later = releases[releases.index(found["release"]) + 1 :] if found["release"] in releases else []
    said: tuple[str, str] | None = None
    for before, release in pairwise([found["release"], *later]):
        moved, names, is_gone = reader.moved(text, before, release)
        if is_gone or (moved and names & _revised(book, release)):
            said = ("gone" if is_gone else "revised", release)
            break
        said = said or (("newer", release) if moved else None)  # a revision later on weighs more
    if said is None:
        return content
    key, release = said
    href = book.at(f"embed/{found['slug']}/{found['release']}/").href(f"rilis/{release}/")
    words = book.phrase(f"embed.{key}", release=release)
    notice = f'· <strong><a href="{href}" target="_top">{words}</a></strong>\n{FOOT}'  # see NOTICE
    return notice.join(text.rsplit(FOOT, 1)).encode()


def _revised(book: Book, release: str) -> frozenset[str]:
    """Give the ids and codes that figures are about which a release did not add but changed: their programmes and
    targets, too."""
    changes = (each for each in book.api.changes.get(release, ()) if each.kind in ("revised", "removed", "preferred"))
    names = {each.code for change in changes for each in change.coordinates}
    owners = {row.programme_id for row in book.api.batches.values() if row.batch_id in names}
    targets = {row.target.target_id for row in book.api.progress if row.target.programme_id in owners}
    return frozenset(names | owners | targets)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """The documents that releases left, each parsed once."""

    files: Mapping[str, bytes] = field(repr=False)
    parsed: dict[str, Any] = field(default_factory=dict, repr=False)

    def document(self, path: str) -> Any:
        if path not in self.parsed:
            self.parsed[path] = json.loads(self.files[path])["data"] if path in self.files else None
        return self.parsed[path]

    def moved(self, text: str, before: str, release: str) -> tuple[int, frozenset[str], bool]:
        """Say how many figures of a page a release has otherwise than the one before it, what those are about, and
        whether a document that they stood in is no more. A figure is found again by the ids of its rows."""
        moved, names = 0, set[str]()
        for address in ADDRESS.findall(text):
            path, _, pointer = address.partition("#/data/")
            own = self.document(path)
            old, new = (self.document(COPY.sub(rf"\g<1>{each}/", path, count=1)) for each in (before, release))
            if own is None:
                continue
            if new is None or type(new) is not type(own):
                return moved, frozenset(names), True
            steps = _steps(own, pointer.split("/"))
            if _followed(old, steps) != _followed(new, steps):
                moved += 1
                names |= {str(step[1]) for step in steps if isinstance(step, tuple)}
                names.add(PurePosixPath(path).stem)
        return moved, frozenset(names), False


def _steps(node: Any, parts: Sequence[str]) -> list[Step]:
    """Give the way to what stands at a pointer: a row of a list by its id and its number among its like."""
    steps: list[Step] = []
    for part in parts:
        if isinstance(node, list):
            own = _id_of(node[int(part)])
            before = sum(_id_of(each) == own for each in node[: int(part)])
            steps.append((*own, before) if own else part)
            node = node[int(part)]
        else:
            steps.append(part)
            node = node[part]
    return steps


def _followed(node: Any, steps: Sequence[Step]) -> Any:
    """Give what stands at the end of a way; None where it leads nowhere."""
    for step in steps:
        if isinstance(step, tuple):
            alike = [each for each in node if _id_of(each) == step[:2]] if isinstance(node, list) else []
            node = alike[step[2]] if step[2] < len(alike) else None
        elif isinstance(node, list):
            node = node[int(step)] if int(step) < len(node) else None
        else:
            node = node.get(step) if isinstance(node, dict) else None
    return node


def _id_of(row: Any) -> tuple[str, str] | None:
    """Give what a row of a list is named by: column and id; None where it has no name."""
    if not isinstance(row, dict):
        return None
    own: dict[str, Any] = {**row, **row["target"]} if isinstance(row.get("target"), dict) else row
    return next(((name, str(own[name])) for name in NAMED_BY if own.get(name) is not None), None)


def without_notice(path: str, content: bytes) -> bytes:
    """Give a file of an earlier release as it was published."""
    return NOTICE.sub(b"", content) if PINNED.fullmatch(path) else content
