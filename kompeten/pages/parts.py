"""Parts that several pages share: pictures with their table twin, sources, reuse kits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from kompeten import charts
from kompeten.charts import Chart
from kompeten.node import Node
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Page
from kompeten.tables import Table, to_csv

JSON, CSV, SVG = "application/json", "text/csv", "image/svg+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a figure: where to, what it is called, and its media type."""

    href: str
    label: str
    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart with its table twin. data: the document both come from."""

    chart: Chart
    table: Table
    data: Node

    @property
    def slug(self) -> str:
        """Name the picture; its files and its embed carry this name."""
        return self.chart.words.slug

    @property
    def svg(self) -> Markup:
        """Draw the picture for a page; the drawing escapes its own texts."""
        return Markup(charts.inline(self.chart))

    def links(self, sheet: Sheet) -> tuple[Link, ...]:
        """Link to the files of the picture from a page."""
        t = sheet.book.t
        return (
            Link(href=sheet.file(self._file(sheet.book, "svg")), label="SVG", type=SVG),
            Link(href=sheet.file(self._file(sheet.book, "csv")), label="CSV", type=CSV),
            Link(href=sheet.api(self.data), label="JSON", type=JSON),
            Link(href=sheet.href(f"embed/{self.slug}/"), label=t("picture.embed")),
        )

    def files(self, book: Book) -> Mapping[str, bytes]:
        """Give the picture as SVG and its figures as CSV, by path below the root."""
        return {
            self._file(book, "svg"): charts.standalone(self.chart).encode(),
            self._file(book, "csv"): to_csv(self.table),
        }

    def _file(self, book: Book, ending: str) -> str:
        return f"charts/{self.slug}{'' if book.language == 'id' else '.en'}.{ending}"


def embed(picture: Picture, book: Book, env: Environment, page_path: str) -> Page:
    """Make the page that others put in a frame: one picture, its table, its source; no script."""
    path = f"embed/{picture.slug}/"
    sheet = Sheet(book=book, path=path)
    return Page(
        language=book.language,
        path=path,
        title=picture.chart.words.title,
        description=charts.alt(picture.chart),
        body=env.get_template("pages/embed.html").render(picture=picture, sheet=sheet),
        template="embed.html",
        page_path=page_path,
    )


def joined(book: Book, items: Iterable[Markup]) -> Markup:
    """Join links with commas and the language's word for and."""
    found = list(items)
    if len(found) < 2:
        return Markup("").join(found)
    return Markup(", ").join(found[:-1]) + Markup(" {} ").format(book.t("and")) + found[-1]
