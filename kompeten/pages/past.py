"""A light page of each earlier release: its figures as it published them, and which of them moved since then.

Made from the documents that the release left, in the form that it wrote them; every figure names its own copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from markupsafe import Markup

from kompeten.api import ROOT, shapes
from kompeten.api.about import release_copy
from kompeten.ground.vocabulary import ALL, DIMENSIONS, PRINTED
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Crumb, Page, page_of
from kompeten.pages.parts import Pair
from kompeten.pages.tables import Cell, Row, Table, row

Item = Mapping[str, Any]
DOCUMENTS = (
    *(f"{name}.json" for name in ("observations", "context", "batches", "progress", "programmes")),
    *(f"codelists/{name}.json" for name in ("stages", "context_measures", "regions")),
)
"""What the page is made from, below the folder of the release."""
FILES = ("observations.csv", "observations.xlsx", "datapackage.json", "kaltim-kompeten.zip")
MOVED = ("revised", "removed", "preferred", "redefined")


def path_of(release: str) -> str:
    return f"rilis/{release}/angka/"


def pages(book: Book) -> Iterator[Page]:
    changes = (change for row in reversed(book.api.releases) for change in book.api.changes.get(row.id, ()))
    renames = _later_names([(c.address, c.successor) for c in changes if c.kind == "renamed" and c.successor])
    for release in book.api.releases:
        if release.id in book.past:
            documents = book.past[release.id]
            yield _page(_Past(book=book, release=release, documents=documents, renames=renames))


def _later_names(renames: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Give every address that was renamed with all that it was called later. renames: oldest first."""
    found: dict[str, tuple[str, ...]] = {}
    for before, after in renames:
        found = {first: (*names, after) if names[-1] == before else names for first, names in found.items()}
        found.setdefault(before, (after,))
    return found


def _page(past: _Past) -> Page:
    book, release = past.book, past.release
    return page_of(
        past.sheet,
        "past",
        title=book.t("past.title", release=release.id),
        crumbs=(
            Crumb(label=book.t("release.title"), path="rilis/"),
            Crumb(label=book.t("release.one.title", release=release.id), path=f"rilis/{release.id}/"),
        ),
        lead=book.t("past.lead", release=release.id, date=book.date(release.released_on)),
        tables=[table for table in (past.targets(), past.counts(), past.context()) if table.rows],
        files=past.files(),
        old=past.moved_from,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """One earlier release, opened in one language.

    documents: by name, parsed as they were published. renames: every id that was renamed, with those that it had later.
    """

    book: Book
    release: shapes.Release
    documents: Mapping[str, Any]
    renames: Mapping[str, tuple[str, ...]]

    @property
    def sheet(self) -> Sheet:
        return self.book.at(path_of(self.release.id))

    def rows(self, name: str) -> list[Item]:
        """Give the rows of a document; none where the release had no such document."""
        found: list[Item] = self.documents.get(f"{name}.json", {}).get("data", [])
        return found

    def said(self, text: Any) -> str:
        return str(text[self.book.language]) if isinstance(text, dict) else str(text or "")

    def named(self, name: str, code: str, key: str = "code") -> str:
        """Name a code as the release did; the code itself where it had no name."""
        return next((self.said(each["name"]) for each in self.rows(name) if each[key] == code), code)

    def figure(self, document: str, place: str, stated: Item) -> Cell:
        """Show a figure with its address in the release's own copy."""
        book, value, precision = self.book, stated["value"], stated["precision"]
        status = stated.get("status", "released")
        is_printed = status in PRINTED and value is not None
        text = book.hedged(book.number(value), precision) if is_printed else book.words_for(status)
        shown = Markup('<data value="{}" data-json="/{}#/data/{}">{}</data>').format(
            "" if value is None else value, release_copy(f"{ROOT}{document}.json", self.release.id), place, text
        )
        return Cell(
            text=shown,
            status=status if is_printed or status not in PRINTED else "unknown",
            value=value if is_printed else None,
            precision=precision if is_printed else None,
            source_ids=(stated["source_id"],) if is_printed else (),
        )

    def counts(self) -> Table:
        """Lay out the counts of people as a whole that the release used."""
        rows = (
            row(
                self.named("batches", count["batch_id"], "batch_id"),
                self.named("codelists/stages", count["stage"]),
                self.figure("observations", f"{n}/value", count),
                self.since(count["cell_id"], count["source_id"]),
                code=count["cell_id"],
                year=count["year"],
            )
            for n, count in enumerate(self.rows("observations"))
            if count["preferred"] and all(count.get(name, ALL) == ALL for name in DIMENSIONS)
        )
        return self.table("peserta", "batch", "stage", rows)

    def context(self) -> Table:
        """Lay out the counts about the workforce at large that the release used."""
        rows = (
            row(
                self.named("codelists/context_measures", count["measure"]),
                f"{self.named('codelists/regions', count['region_code'])}, {self.book.date(count['period'])}",
                self.figure("context", f"{n}/value", count),
                self.since(count["cell_id"], count["source_id"]),
                code=count["cell_id"],
                year=count["period"][:4],
            )
            for n, count in enumerate(self.rows("context"))
            if count["preferred"]
        )
        return self.table("tenaga-kerja", "measure", "period", rows)

    def targets(self) -> Table:
        rows = (
            row(
                self.named("programmes", aim["programme_id"], "programme_id"),
                f"{aim['year']}, {aim['target_id']}",
                self.figure("progress", f"{n}/target/value", aim),
                self.since(f"targets/{aim['target_id']}", aim["source_id"]),
                code=aim["target_id"],
                year=aim["year"],
            )
            for n, aim in enumerate(progress["target"] for progress in self.rows("progress"))
        )
        return self.table("target", "programme", "target", rows)

    def table(self, name: str, first: str, second: str, rows: Iterable[Row]) -> Table:
        heads = (f"past.column.{first}", f"past.column.{second}", ("past.column.figure",), "past.column.since")
        return self.book.titled(name, self.book.t(f"past.caption.{name}"), heads, rows)

    def since(self, address: str, source: str) -> str | Markup:
        """Say at which later release a figure moved last, with a link; that it did not, where it did not."""
        book, addresses = self.book, self.now(address)
        for release in takewhile(lambda later: later.id != self.release.id, book.api.releases):
            for change in book.api.changes.get(release.id, ()):
                is_same = change.address in addresses and change.source_id in (None, source)
                if is_same and change.kind in MOVED:
                    href = self.sheet.href(f"rilis/{release.id}/")
                    text = book.t(f"past.{change.kind}", release=release.id)
                    return Markup('<a href="{}">{}</a>').format(href, text)
        return book.t("past.same")

    def now(self, address: str) -> tuple[str, ...]:
        """Give an address as it was written then, and as it was written whenever ids were renamed."""
        batch, _, rest = address.partition("/")
        batches = (each.removeprefix("batches/") for each in self.renames.get(f"batches/{batch}", ()))
        return address, *self.renames.get(address, ()), *(f"{each}/{rest}" for each in batches)

    @property
    def moved_from(self) -> str | None:
        """Give the address of the site that published the release; None where it is the one of today."""
        document = release_copy(f"{ROOT}observations.json", self.release.id)
        base = str(self.documents.get("observations.json", {}).get("self", "")).removesuffix(document)
        return base if base not in ("", self.book.imprint.base_url) else None

    def files(self) -> list[Pair]:
        """Link to what the release left: its documents, and its downloads as far as they were kept."""
        release, kept = self.release.id, frozenset(self.book.kept)
        paths = [f"{ROOT}releases/{release}/index.json", *(f"downloads/releases/{release}/{name}" for name in FILES)]
        links = {path: self.sheet.file(path) for path in paths if path in kept}
        return [Pair(label=path.rsplit("/", 1)[-1], text=f"/{path}", href=href) for path, href in links.items()]
