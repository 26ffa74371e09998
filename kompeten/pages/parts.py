"""Parts that several pages share: pictures with their table twin, sources, reuse kits."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from markupsafe import Markup, escape

from kompeten.api import shapes
from kompeten.ground.findings import FOLDER_OF, MARK_OF
from kompeten.ground.vocabulary import PRINTED, Status
from kompeten.pages import charts
from kompeten.pages.book import Book, Counted, Head, Sheet, printed
from kompeten.pages.charts import Chart
from kompeten.pages.charts.drawings import draw
from kompeten.pages.tables import Cell, Row, Table, row, to_csv
from kompeten.statistics import sentences

EMBED_FRAME = 190
"""Pixels that an embed needs around its drawing and its texts: margins, the fold of its table, links and foot."""

HEDGE = re.compile(r">([^<>\d]+) (?=\d)")
"""Words before a number, within its element."""

TITLE_WORDS = 15
"""What a reader takes in of the title of a picture at a glance."""

JSON, CSV, SVG, PNG = "application/json", "text/csv", "image/svg+xml", "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a figure: where to, what it is called, and its media type."""

    href: str
    label: str
    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A fact as name and value; without a text it is unknown."""

    label: str
    text: str | None
    href: str | None = None

    @property
    def status(self) -> str | None:
        return None if self.text else "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A figure at the top of a page, ready to be shown. value: for a status without a figure, the words instead."""

    label: str
    value: Markup
    unit: str
    base: str
    source: Markup | None
    status: Status
    kit: Reuse | None = None

    @property
    def shown(self) -> Markup:
        """Give the figure with the words before its number set small: the number is what is read from afar."""
        return Markup(HEDGE.sub(r"><small>\1</small> ", str(self.value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a list of changes: a release, with what it brought. date_iso: for machines."""

    date: str
    date_iso: str
    kind: str
    text: str
    note: str = ""
    id: str | None = None
    figures: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart with its table twin. data: path of the document both come from."""

    chart: Chart
    table: Table
    data: str

    @property
    def slug(self) -> str:
        return self.chart.words.slug

    @property
    def svg(self) -> Markup:
        """Draw the picture for a page; the drawing escapes its own texts."""
        return Markup(charts.inline(self.chart))

    @property
    def is_kept(self) -> bool:
        """Say whether there are files and an embed: a drawing of nothing has none."""
        return any(mark.value is not None for mark in charts.marks_of(self.chart))

    def links(self, sheet: Sheet) -> tuple[Link, ...]:
        """Link to the files of the picture and to its embed from a page; a drawing of nothing has none."""
        if not self.is_kept:
            return ()
        return (*self.file_links(sheet), Link(href=sheet.href(embed_path(self)), label=sheet.t("picture.embed")))

    def kit(self, sheet: Sheet) -> Reuse | None:
        """Make the kit of the picture: what it shows, both codes for another page, and a letter about it."""
        words = self.chart.words
        if not self.is_kept:
            return None
        address = f"{sheet.address}#{self.slug}"
        shown = " ".join(f"{text.rstrip('.')}." for text in (words.title, words.subtitle) if text)
        return Reuse(
            title=sheet.t("reuse.picture"),
            texts=((sheet.t("reuse.sentence"), f"{sheet.credited(shown, words.source)} {address}"),),
            links=(Link(href=report(sheet, address, words.name, words.name), label=sheet.t("report.picture")),),
            codes=embed_codes(sheet, self),
        )

    def file_links(self, sheet: Sheet) -> tuple[Link, ...]:
        return (
            Link(href=sheet.file(self._file(sheet, "svg")), label="SVG", type=SVG),
            Link(href=sheet.file(self._file(sheet, "png")), label="PNG", type=PNG),
            Link(href=sheet.file(self._file(sheet, "csv")), label="CSV", type=CSV),
            Link(href=sheet.file(self.data), label="JSON", type=JSON),
        )

    def files(self, book: Book) -> Mapping[str, bytes]:
        """Give the picture as SVG and its figures as CSV, by path below the root."""
        return {
            self._file(book, "svg"): charts.standalone(self.chart).encode(),
            self._file(book, "csv"): to_csv(self.table, book.imprint.release),
        }

    def _file(self, book: Book, ending: str) -> str:
        return f"charts/{self.slug}{MARK_OF[book.language]}.{ending}"


def picture_of(
    book: Book, chart: Chart, heads: Iterable[Head], rows: Iterable[Row], *, data: str, ending: str = "tabel"
) -> Picture:
    """Set beside a chart the table of the same figures. heads: see ``Book.column``."""
    words = chart.words
    table = book.titled(f"{words.slug}-{ending}", words.title, heads, rows, subtitle=words.subtitle or None)
    return Picture(chart=chart, table=table, data=data)


def batch_row(sheet: Sheet, batch_id: str, *cells: Cell | str, name: str = "") -> Row:
    """Lay out a row about a batch, which leads to its page. name: its name within its year where that is enough."""
    batch = sheet.api.batches[batch_id]
    return row(name or sheet.say(batch.name), *cells, href=sheet.batch_href(batch_id), code=batch_id, year=batch.year)


def context_row(count: shapes.Context, header: Cell | str, *cells: Cell | str) -> Row:
    """Lay out a row about a count of the workforce."""
    return row(header, *cells, code=count.cell_id, year=count.period[:4])


def joined(book: Book, items: Iterable[Markup]) -> Markup:
    """Join links with commas and the language's word for and."""
    links = list(items)
    if len(links) < 2:
        return Markup("").join(links)
    return Markup(", ").join(links[:-1]) + Markup(" {} ").format(book.t("and")) + links[-1]


def embed_path(picture: Picture, release: str | None = None) -> str:
    """Give the address of the page that others put in a frame: live, or as a release has it."""
    return f"embed/{picture.slug}/" + (f"{release}/" if release else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """How to quote a figure or a picture and take it along: texts and codes with their labels, ready to be copied.

    title: what the reader opens; id: "" where the page has no link to it.
    """

    title: str
    texts: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    codes: tuple[tuple[str, str], ...] = ()
    id: str = ""


def reuse_kit(sheet: Sheet, fact: sentences.Fact, owner: shapes.Shape, *, title: str) -> Reuse:
    """Make the reuse kit of the key figure of a page. owner: whose value it is; title: of what is cited."""
    words = {
        "publisher": sheet.settings.publisher,
        "release": sheet.imprint.release,
        "hash": str(sheet.api.latest.data_hash)[:12],  # it changes only when a figure does
        "title": title,
        "date": sheet.released_on,
        "through": sheet.date(sheet.imprint.data_through),
        "address": sheet.address,
    }
    short = figure_kit(sheet, fact, owner)
    citations = tuple(
        (sheet.t(f"reuse.citation.{n}"), sheet.t(f"kit.citation.{n}", **words)) for n in ("short", "long")
    )
    texts = (short.texts[0], *citations, *short.texts[1:])
    return replace(short, id="pakai-ulang", title=sheet.t("reuse.title"), texts=texts)


def figure_kit(sheet: Sheet, fact: sentences.Fact, owner: shapes.Shape) -> Reuse:
    """Make the kit of one of several figures: a sentence, its address, and a letter about it."""
    address = sheet.settings.base_url + sheet.api.address(owner, printed(owner)).removeprefix("/")
    return Reuse(
        title=sheet.t("reuse.figure"),
        texts=(
            (sheet.t("reuse.sentence"), sheet.credited(sentences.quotable(fact), fact.source)),
            (sheet.t("reuse.address"), address),
        ),
        links=(
            Link(href=sheet.file(sheet.api.path(owner)), label="JSON", type=JSON),
            Link(href=report(sheet, sheet.address, fact.what, sentences.named(fact)), label=sheet.t("report.figure")),
        ),
    )


def headline(
    sheet: Sheet,
    label: str,
    count: Counted,
    *,
    unit: str,
    base: str,
    source: Markup | None,
    fact: sentences.Fact | None,
) -> Headline:
    """Show a count at the top of a page. fact: what its kit says of it; it has one where there is a figure to quote."""
    status = sheet.shown_status(count)
    kit = figure_kit(sheet, fact, count) if fact and status in PRINTED else None
    return Headline(label=label, value=sheet.count(count), unit=unit, base=base, source=source, status=status, kit=kit)


def report(book: Book, page: str, what: str, figure: str) -> str:
    """Write the address of a letter about a figure or a picture: page, figure and release are filled in."""
    release = book.imprint.release
    subject = quote(book.t("report.subject", page=what, release=release))
    body = quote(book.t("report.body", address=page, release=release).replace(": \n", f": {figure}\n", 1))
    return f"mailto:{book.settings.contact_email}?subject={subject}&body={body}"


def embed_codes(book: Book, picture: Picture) -> tuple[tuple[str, str], ...]:
    """Give label and HTML of both frames: the newest figures, and those of this release for good."""
    release = book.imprint.release
    return (
        (book.t("reuse.embed.live"), embed_code(book, picture, None)),
        (book.t("reuse.embed.pinned", release=release), embed_code(book, picture, release)),
    )


def frame_height(book: Book, picture: Picture) -> int:
    """Give the pixels of a frame in which a picture with its texts fits from 280 px on, in any usual font."""
    words = picture.chart.words
    source = f"{book.t('source.before')} {words.source}" if words.source else ""
    texts = ((words.title, 25, 21), (words.subtitle, 32, 20), (words.note, 34, 22), (source, 34, 22))
    lines = sum(len(textwrap.wrap(text, letters)) * high for text, letters, high in texts)
    return draw(picture.chart).height + lines + EMBED_FRAME


def embed_code(book: Book, picture: Picture, release: str | None) -> str:
    """Write the HTML that puts a picture on another page: a frame, no script."""
    return (
        f'<iframe src="{book.settings.base_url}{FOLDER_OF[book.language]}{embed_path(picture, release)}" '
        f'title="{escape(picture.chart.words.name)}" width="100%" '
        f'height="{frame_height(book, picture)}" loading="lazy"></iframe>'
    )


def request(book: Book, missing: Iterable[str]) -> str:
    """Write a request for public information, ready to be copied; nothing where nothing is missing."""
    asked = "\n".join(f"{number}. {text}" for number, text in enumerate(missing, start=1))
    return book.t("citizen.request.text", asked=asked) if asked else ""
