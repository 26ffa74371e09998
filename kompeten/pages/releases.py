"""Releases: what was published when, what was corrected and why, when the next one comes, how to cite one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from kompeten.api import shapes
from kompeten.ground import formats
from kompeten.ground.vocabulary import DIMENSION
from kompeten.intake.rules.dates import last_day
from kompeten.pages import past
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Crumb, Page, page_of, share_of
from kompeten.pages.parts import Entry, Pair, batch_row, joined
from kompeten.pages.pictures import named
from kompeten.pages.tables import Table, row
from kompeten.statistics.declared import ACTS


def pages(book: Book) -> Iterator[Page]:
    sheet = book.at("rilis/")
    releases, latest = book.api.releases, book.api.latest
    yield page_of(
        sheet,
        "releases",
        title=book.t("release.title"),
        lead=book.t("release.lead", release=latest.id, date=book.date(latest.released_on)),
        latest=facts(sheet, latest),
        releases=[entry(book, r) for r in releases],
        corrections=corrections_table(sheet, releases),
        calendar=calendar(book, releases),
        due=last_day(latest.next_expected) if latest.next_expected else None,
        coverage=coverage(sheet),
        citation=citation(book, latest),
        pdf=book.settings.pdf(latest.id, book.language),
        how=Markup(book.t("release.how", method=sheet.href("metode/") + "#rilis")),
        alternates={"api/v1/releases.json": book.t("alternate.releases"), "feed.json": book.t("feed.title")},
        share=share_of(book, title=book.t("release.share"), figure=latest.id, base=book.date(latest.released_on)),
    )
    yield from (release_page(book, release) for release in releases)


def release_page(book: Book, release: shapes.Release) -> Page:
    """Make the page of one release: what it changed, why and who asked, and where it stands as it was published."""
    sheet = book.at(f"rilis/{release.id}/")
    found = book.api.changes.get(release.id, ())
    document = f"api/v1/changes/{release.id}.json"
    return page_of(
        sheet,
        "release",
        title=book.t("release.one.title", release=release.id),
        crumbs=(Crumb(label=book.t("release.title"), path="rilis/"),),
        alternates={document: book.t("alternate.changes")},
        release=release.id,
        lead=book.t("release.one.lead", release=release.id, date=book.date(release.released_on)),
        note=book.say(release.note),
        facts=facts(sheet, release),
        changes=changes_table(sheet, found),
        counts=counts(book, found),
        has_earlier=release != book.api.releases[-1],
        document=sheet.file(document),
        past=sheet.href(past.path_of(release.id)) if release.id in book.past else None,
    )


def counts(book: Book, found: tuple[shapes.Change, ...]) -> list[str]:
    """Say how many rows were added and reworded: those are counted, not listed."""
    numbers = {kind: sum(change.kind == kind for change in found) for kind in ("added", "reworded")}
    return [book.t(f"release.one.{kind}", count=book.number(count)) for kind, count in numbers.items() if count]


def changes_table(sheet: Sheet, found: Iterable[shapes.Change]) -> Table | None:
    """Lay out what moved and needs a reason, one row a reason; None where nothing but additions and wording did."""
    told: dict[tuple[str, str], list[str]] = {}
    for change in found:
        if change.kind in ACTS:
            asked = sheet.t(f"asked_by.{change.asked_by}" if change.asked_by else "column.none")
            reason = sheet.say(change.reason) or sheet.t("column.none")
            told.setdefault((reason, asked), []).append(sheet.say(change.sentence))
    if not told:
        return None
    heads = (f"release.column.{name}" for name in ("change", "reason", "asked_by"))
    rows = (row(listed(moved), reason, asked) for (reason, asked), moved in told.items())
    return sheet.table("perubahan", "release.one", heads, rows)


def listed(sentences: Iterable[str]) -> Markup:
    """Set sentences under one another; a space stays between them where the markup goes."""
    return Markup(" <br>").join(sentences)


def history_table(sheet: Sheet, found: tuple[tuple[str, shapes.Change], ...]) -> Table | None:
    """Lay out the history of the figures of a page: at which release each moved, from what to what, and why."""
    if not found:
        return None
    heads = (f"release.column.{name}" for name in ("release", "change", "reason"))
    rows = (
        row(
            release,
            sheet.say(change.sentence),
            sheet.say(change.reason) or sheet.t("column.none"),
            href=sheet.href(f"rilis/{release}/"),
            code=change.address,
        )
        for release, change in found
    )
    return sheet.table("riwayat", "history", heads, rows)


def facts(sheet: Sheet, release: shapes.Release) -> list[Pair]:
    """Describe the release that is shown: dates, hash, the next one, and its documents that stay as they are."""
    following = release.next_expected
    index = f"api/v1/releases/{release.id}/index.json"
    figures = {
        "id": release.id,
        "date": sheet.date(release.released_on),
        "through": sheet.date(release.data_through),
        "next": sheet.date(following) if following else None,
        "version": release.data_version,
        "hash": Markup("<code>{}</code>").format(release.data_hash) if release.data_hash else None,
        "permanent": f"/{index}",
    }
    links = {"permanent": sheet.file(index)}
    return [Pair(label=sheet.t(f"release.fact.{n}"), text=text, href=links.get(n)) for n, text in figures.items()]


def entry(book: Book, release: shapes.Release) -> Entry:
    count = len(release.corrections)
    return Entry(
        href=f"{release.id}/",
        id=release.id,
        date=book.date(release.released_on),
        date_iso=release.released_on,
        kind="corrected" if release.corrections else "added",
        text=f"{release.id}. {book.say(release.title)}",
        note=book.say(release.note),
        figures=book.t("release.corrections.count", count=count) if count else None,
    )


def corrections_table(sheet: Sheet, releases: Iterable[shapes.Release]) -> Table | None:
    """Lay out every figure that a release changed on purpose, one row a reason; None where there is none."""
    told: dict[tuple[str, str], list[shapes.Correction]] = {}
    for release in releases:
        for correction in release.corrections:
            told.setdefault((release.id, sheet.say(correction.reason)), []).append(correction)
    if not told:
        return None
    heads = ("release.column.release", "release.column.cell", "release.column.reason", "column.source")
    rows = (
        row(
            release,
            listed(dict.fromkeys(cell_name(sheet, c.cell) for c in moved)),
            reason,
            joined(sheet, map(sheet.source_link, named(c.source_id for c in moved))) or sheet.t("column.none"),
        )
        for (release, reason), moved in told.items()
    )
    return sheet.table("koreksi", "release.corrections", heads, rows)


def cell_name(book: Book, cell: str) -> str:
    """Name a corrected cell in words: a count of a batch, of the workforce, or a target; otherwise its address."""
    head, second, *rest = cell.split("/")
    target = next((p.target for p in book.api.progress if cell == f"targets/{p.target.target_id}"), None)
    if target:
        kind, unit = book.t(f"target.kind.{target.kind}"), book.aimed(target)
        return f"{kind} {target.year}, {unit}, {book.programme_name(target.programme_id)}"
    if second in book.names["context_measures"] and len(rest) > 1:
        return ", ".join([book.name("context_measures", second), book.region(rest[0]), book.date(rest[1]), *rest[2:]])
    if head not in book.api.batches or second not in book.names["stages"]:
        return cell
    parts = [book.name("stages", second), book.batch_name(head)]
    for part in rest:
        dimension, _, code = part.partition("=")
        names = book.names[DIMENSION[dimension].codes.name] if dimension in DIMENSION else {}
        parts.append(names.get(code, part))  # a code may be no more
    return ", ".join(parts)


def calendar(book: Book, releases: Sequence[shapes.Release]) -> Table:
    """Lay out past releases and the next expected one, by date."""
    following = releases[0].next_expected
    planned = (book.t("release.calendar.next"), book.t("release.calendar.planned"))
    rows = [row(book.day(following), *planned)] if following else []
    rows += [
        row(book.day(r.released_on), r.id, book.t("release.calendar.out", through=book.date(r.data_through)))
        for r in releases
    ]
    heads = (f"release.column.{name}" for name in ("date", "release", "state"))
    return book.table("kalender", "release.calendar", heads, rows)


AWAITED = ("peserta", "asesi", "kompeten", "skk_terbit")
"""Stages of which every batch should publish a figure in the end."""


def coverage(sheet: Sheet) -> Table:
    """Lay out what each batch of the main programme has published of the funnel, and what is still due."""
    batches = [sheet.api.batch[name] for year in sheet.api.main.years for name in year.batch_ids]

    def stages(batch: shapes.BatchDetail, *, told: bool) -> str:
        named = (row.stage for row in batch.funnel if told or row.stage in AWAITED)
        has = {row.stage for row in batch.funnel if row.status != "unknown" or row.at_least is not None}
        names = [sheet.name("stages", stage) for stage in named if (stage in has) == told]
        return formats.listing(names, sheet.language) or sheet.t("column.none")

    heads = (f"coverage.{name}" for name in ("batch", "told", "due"))
    rows = (batch_row(sheet, b.batch_id, stages(b, told=True), stages(b, told=False)) for b in batches)
    return sheet.table("cakupan", "coverage", heads, rows)


def citation(book: Book, release: shapes.Release) -> str:
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
