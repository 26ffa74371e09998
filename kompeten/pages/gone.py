"""Old addresses: something stands where a page, a picture or a table was that is published no more.

It says what that was, why it went, and where to; never a bare 404. What stood there is known from what earlier releases
left: their embeds name the pictures, their copies of downloads the tables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kompeten.api.about import COPIED, PAGES, Tombstone
from kompeten.forms.downloads.written import BOM
from kompeten.ground.findings import FOLDER_OF, LANGUAGES, MARK_OF, Language
from kompeten.ground.rows import rows_text
from kompeten.ground.store import age
from kompeten.pages.book import Book, Sheet
from kompeten.pages.charts import Words, notice
from kompeten.pages.frames import PINNED
from kompeten.pages.page import Page, page_of, share_of

FOLDERS = {document.partition("{")[0]: page for page, document in PAGES.values()}
COPY = re.compile(rf"(?P<root>{'|'.join(COPIED)})releases/(?P<release>[^/]+)/(?P<rest>.+)")
COLUMNS = ("id", "name_id", "name_en", "withdrawn_on", "reason_id", "reason_en", "successors", "kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """Something that was drawn or cut once. name: its slug or path; release: the last that left it; stone: of the id
    that it was made of, None where that stands."""

    name: str
    release: str
    stone: Tombstone | None


def pages(book: Book, taken: frozenset[str]) -> Iterator[Page]:
    """Make a page at the old address of every withdrawn batch, programme and region. taken: paths that have a page."""
    for stone in book.gone:
        folder = next((page for start, page in FOLDERS.items() if stone.path.startswith(f"api/v1/{start}")), None)
        path = folder.format(stone.id) if folder else ""
        if folder and path not in taken:
            yield _page(book, stone, book.at(path), folder)


def _page(book: Book, stone: Tombstone, sheet: Sheet, folder: str) -> Page:
    name, reason = book.say(stone.name), book.say(stone.reason)
    return page_of(
        sheet,
        "gone",
        title=book.t("gone.title", id=f"{name} ({stone.id})" if name else stone.id),
        description=reason,
        page_path=sheet.path,
        share=share_of(book, caveat=book.t("unofficial")),
        lead=book.t("gone.lead", date=book.date(stone.withdrawn_on)),
        reason=reason,
        heirs=[(heir, sheet.href(folder.format(heir))) for heir in stone.successors],
        kept=sheet.file(stone.kept) if stone.kept else None,
        tombstones=sheet.file(stone.path),
        releases=sheet.href("rilis/"),
    )


def frames(book: Book, taken: frozenset[str]) -> Iterator[Page]:
    """Make a page at the address of every live picture that no release draws any more, leading to the last one kept.

    taken: paths that have a page.
    """
    for old in old_pictures(book, {path.split("/")[1] for path in taken}):
        sheet, title = book.at(f"embed/{old.name}/"), book.t("gone.title", id=old.name)
        heirs = [(name, sheet.href(f"embed/{name}/")) for name in heirs_of(old) if f"embed/{name}/" in taken]
        context: dict[str, Any] = {"reason": _reason(book, old), "heirs": heirs, "release": old.release}
        page = page_of(sheet, "gone_frame", title=title, description=title, **context)
        yield replace(page, template="embed.html", page_path="rilis/")


def _reason(book: Book, old: Old) -> str:
    return book.say(old.stone.reason) if old.stone else book.t("gone.empty")


def old_pictures(book: Book, drawn: Collection[str]) -> tuple[Old, ...]:
    """Give every picture that earlier releases drew and this one does not, by slug. drawn: those it does."""
    found = [match for path in sorted(book.kept) if (match := PINNED.fullmatch(path)) and not match["language"]]
    last = {match["slug"]: match["release"] for match in sorted(found, key=lambda match: age(match["release"]))}
    return tuple(_old(book.gone, slug, release) for slug, release in last.items() if slug not in drawn)


def _old(gone: Iterable[Tombstone], name: str, release: str) -> Old:
    """Give what was made of a withdrawn id: of the longest that its name holds."""
    named = [stone for stone in gone if re.search(rf"(?:^|[-/]){_in_names(stone.id)}(?:$|[-./])", name)]
    return Old(name=name, release=release, stone=max(named, key=lambda each: len(each.id), default=None))


def _in_names(code: str) -> str:
    """Give the pattern of an id in the name of a file; in that of a picture it has no dot."""
    return re.escape(code).replace(r"\.", "[.-]")


def heirs_of(old: Old) -> tuple[str, ...]:
    """Give the names that it would have under the ids that took its place."""
    if old.stone is None:
        return ()
    own = _in_names(old.stone.id)
    shown = (heir if "/" in old.name else heir.replace(".", "-") for heir in old.stone.successors)
    return tuple(re.sub(own, heir, old.name) for heir in shown)


def files(books: Mapping[Language, Book], have: Collection[str]) -> dict[str, bytes]:
    """Give drawings and tables at every old address of those: a notice to look at, a row that says the same.

    have: paths of what is published.
    """
    drawn = {path.removeprefix("charts/").split(".")[0] for path in have if path.startswith("charts/")}
    made: dict[str, bytes] = {}
    for language, book in books.items():
        start, ending = FOLDER_OF[language], MARK_OF[language]
        for old in old_pictures(book, drawn):
            kept = f"{start}embed/{old.name}/{old.release}/"
            made[f"charts/{old.name}{ending}.svg"] = notice(_words(book, old, kept)).encode()
            made[f"charts/{old.name}{ending}.csv"] = _row(old, kept, books)
        copies = [match for path in sorted(book.kept) if (match := COPY.fullmatch(path))]
        copies.sort(key=lambda match: age(match["release"]))
        last = {f"{match['root']}{match['rest']}": match for match in copies}
        for path in sorted({*last} - {*have}):
            old = _old(book.gone, path, last[path]["release"])
            made |= {path: _row(old, last[path][0], books)} if path.endswith(".csv") else {}
    return made


def _words(book: Book, old: Old, kept: str) -> Words:
    heirs = ", ".join(heirs_of(old))
    return Words(
        language=book.language,
        slug=old.name,
        title=book.t("gone.title", id=old.name),
        subtitle=_reason(book, old),
        note=f"{book.t('gone.successor')} {heirs}" if heirs else "",
        source=f"{book.imprint.base_url}{kept}",
    )


def _row(old: Old, kept: str, books: Mapping[Language, Book]) -> bytes:
    """Say in a table of one row what tombstones.json says."""
    stone, row = old.stone, {"id": old.name, "kept": kept}
    row |= {f"reason_{each}": book.t("gone.empty") for each, book in books.items()}
    if stone is not None:
        row |= {"id": stone.id, "withdrawn_on": stone.withdrawn_on, "successors": " ".join(stone.successors)}
        texts = {"name": stone.name, "reason": stone.reason}
        row |= {f"{name}_{each}": getattr(text, each) for name, text in texts.items() if text for each in LANGUAGES}
    mark, delimiter = (BOM, ";") if old.name.endswith(".id.csv") else (b"", ",")
    return mark + rows_text(COLUMNS, [row], delimiter=delimiter).encode()
