"""Releases: what was published when, what was corrected and why, when the next one comes, how to cite one."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment
from markupsafe import Markup

from kompeten.api import shapes
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Page, Share, render
from kompeten.pages.parts import JSON, Entry, Pair
from kompeten.pages.tables import Cell, Table, row


def pages(book: Book, env: Environment) -> Iterator[Page]:
    """Make the page of releases."""
    sheet = Sheet(book=book, path="rilis/")
    releases = list(book.api.releases)
    latest = next(r for r in releases if r.is_latest)
    lead = book.t("release.lead", release=latest.id, date=book.date(latest.released_on))
    context = {
        "sheet": sheet,
        "lead": lead,
        "latest": facts(sheet, latest),
        "releases": [entry(book, r) for r in releases],
        "corrections": corrections_table(sheet, releases),
        "calendar": calendar(book, releases),
        "citation": citation(book, latest),
        "how": Markup(book.t("release.how", method=sheet.href("metode/") + "#rilis")),
    }
    yield Page(
        language=book.language,
        path=sheet.path,
        title=book.t("release.title"),
        description=lead,
        body=render(env, "releases", **context),
        alternates=(
            (JSON, "api/v1/releases.json", book.t("alternate.releases")),
            ("application/feed+json", "feed.json", book.t("feed.title")),
        ),
        share=Share(
            title=book.t("release.share"),
            figure=latest.id,
            unit="",
            base=book.date(latest.released_on),
            source=book.t("share.source", release=latest.id),
        ),
    )


def facts(sheet: Sheet, release: shapes.Release) -> list[Pair]:
    """Describe the release that is shown: dates, hash, the next one, and its documents that stay as they are."""
    book, following = sheet.book, release.next_expected
    index = f"api/v1/releases/{release.id}/index.json"
    figures = {
        "id": release.id,
        "date": book.date(release.released_on),
        "through": book.date(release.data_through),
        "next": book.date(following) if following else None,
        "hash": Markup("<code>{}</code>").format(release.data_hash),
        "permanent": f"/{index}",
    }
    links = {"permanent": sheet.file(index)}
    return [Pair(label=book.t(f"release.fact.{n}"), text=text, href=links.get(n)) for n, text in figures.items()]


def entry(book: Book, release: shapes.Release) -> Entry:
    """Lay out one release as an entry of the list of changes."""
    count = len(release.corrections)
    return Entry(
        id=release.id,
        date=book.date(release.released_on),
        date_iso=release.released_on,
        kind="corrected" if count else "added",
        text=f"{release.id}. {book.say(release.title)}. {book.say(release.note)}",
        figures=book.t("release.corrections.count", count=count) if count else None,
    )


def corrections_table(sheet: Sheet, releases: list[shapes.Release]) -> Table | None:
    """Lay out every figure that a release changed on purpose, with the reason; None where there is none."""
    book = sheet.book
    rows = [(r.id, c) for r in releases for c in r.corrections]
    if not rows:
        return None
    return Table(
        id="koreksi",
        caption=book.t("release.corrections.caption"),
        columns=(
            book.column("release.column.release"),
            book.column("release.column.cell"),
            book.column("release.column.reason"),
            book.column("column.source"),
        ),
        rows=tuple(
            row(
                release,
                cell_name(book, c.cell),
                book.say(c.reason),
                sheet.source_link(c.source_id) or book.t("column.none"),
            )
            for release, c in rows
        ),
    )


def cell_name(book: Book, cell: str) -> str:
    """Name a corrected cell: batch and stage in words where it is a count of a batch; otherwise its address."""
    head, stage, *rest = cell.split("/")
    if head not in book.api.batches or stage not in book.names["stages"]:
        return cell
    return ", ".join([book.name("stages", stage), book.batch_name(head), *rest])


def calendar(book: Book, releases: list[shapes.Release]) -> Table:
    """Lay out past releases and the next expected one, by date."""
    following = releases[0].next_expected
    planned = []
    if following:
        cells = (Cell(text=book.t("release.calendar.next")), Cell(text=book.t("release.calendar.planned")))
        planned.append(row(book.date(following), *cells))
    return Table(
        id="kalender",
        caption=book.t("release.calendar.caption"),
        columns=(
            book.column("release.column.date"),
            book.column("release.column.release"),
            book.column("release.column.state"),
        ),
        rows=(
            *planned,
            *(
                row(book.date(r.released_on), r.id, book.t("release.calendar.out", through=book.date(r.data_through)))
                for r in releases
            ),
        ),
    )


def citation(book: Book, release: shapes.Release) -> str:
    """Say how to cite the whole release."""
    return book.t(
        "release.citation",
        publisher=book.settings.publisher,
        title=book.t("site.line"),
        release=release.id,
        date=book.date(release.released_on),
        through=book.date(release.data_through),
        hash=str(release.data_hash)[:12],
        address=book.settings.base_url,
    )
