"""Pages that others put in a frame: one picture each."""

from __future__ import annotations

from dataclasses import replace

from jinja2 import Environment

from kompeten import charts
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Page
from kompeten.pages.parts import Picture
from kompeten.tables import Table


def embed(picture: Picture, book: Book, env: Environment, page_path: str) -> Page:
    """Make the page that others put in a frame: one picture, its table, its source; no script."""
    path = f"embed/{picture.slug}/"
    sheet = Sheet(book=book, path=path)
    alone = replace(picture, table=without_links(picture.table))
    return Page(
        language=book.language,
        path=path,
        title=picture.chart.words.title,
        description=charts.alt(picture.chart),
        body=env.get_template("pages/embed.html").render(picture=alone, sheet=sheet),
        template="embed.html",
        page_path=page_path,
    )


def without_links(table: Table) -> Table:
    """Give a table whose rows lead nowhere: in a frame, links would open inside it."""
    return replace(table, rows=tuple(replace(row, href=None) for row in table.rows))
