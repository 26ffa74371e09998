"""A finished page, and the template environment that makes its body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from kompeten.ground.findings import Language
from kompeten.pages import charts
from kompeten.pages.book import Book, Sheet
from kompeten.pages.charts import scales
from kompeten.pages.parts import Picture
from kompeten.pages.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One step of the way to a page."""

    label: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What the picture of a shared page says. figure: "" where a page has none. caveat: what must go along with it."""

    title: str
    figure: str
    unit: str
    base: str
    source: str
    caveat: str = ""

    @property
    def alt(self) -> str:
        """Say the picture in words, for those who do not see it."""
        figure = " ".join(part for part in (self.figure, self.unit, self.base) if part)
        return ". ".join(part.rstrip(".") for part in (self.title, figure, self.caveat, self.source) if part) + "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of one language. body: HTML; alternates: documents that hold the page's figures, from the root.

    jsonld: schema.org text or None. share: None where the page has no picture of its own. pictures: the charts on it;
    their files and embeds are made with the site. pinned_to: the release whose figures the page keeps.
    markdown: the body is Markdown, not final HTML.
    """

    language: Language
    path: str
    title: str
    description: str
    body: str
    crumbs: tuple[Crumb, ...] = ()
    alternates: tuple[tuple[str, str, str], ...] = ()
    jsonld: str | None = None
    share: Share | None = None
    template: str | None = None
    page_path: str | None = None
    pinned_to: str | None = None
    pictures: tuple[Picture, ...] = ()
    markdown: bool = False

    @property
    def kept_pictures(self) -> tuple[Picture, ...]:
        """Give the charts that have files and an embed."""
        return tuple(picture for picture in self.pictures if picture.is_kept)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Give the tables of the page that have a file of their own, beside the page."""
        return self.body.tables if isinstance(self.body, Body) else ()

    @property
    def address(self) -> str:
        """Give the path of the page below the root of the site, its language included."""
        return self.path if self.language == "id" else f"en/{self.path}"


def share_of(book: Book, *, title: str, figure: str = "", unit: str = "", base: str = "", caveat: str = "") -> Share:
    """Say what the picture of a page shows, with the source that all of them name, and that no office speaks."""
    source = book.t("share.source", release=book.imprint.release)
    return Share(title=title, figure=figure, unit=unit, base=base, source=source, caveat=caveat)


class _Compiled(jinja2.BytecodeCache):
    """Templates as compiled in this process: every language, and every redrawing, has an environment of its own."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from the same source; jinja2 looks at its checksum."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def environment(templates: Path, book: Book) -> Environment:
    """Give the template environment of one language: strict, escaping, with the words of the book."""
    env = jinja2.Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=_COMPILED,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(t=book.t, book=book, charts=charts, scales=scales)
    return env


class Body(str):
    """The HTML of a page, with the tables that stand on it; those beside pictures are files of the picture."""

    __slots__ = ("tables",)
    tables: tuple[Table, ...]


def render(env: Environment, name: str, **context: Any) -> Body:
    """Fill one page template."""
    body = Body(env.get_template(f"pages/{name}.html").render(**context))
    body.tables = tuple(_tables_in(context))
    return body


def _tables_in(value: object) -> Iterator[Table]:
    """Find the tables among what a template is given."""
    if isinstance(value, Table):
        yield value
    elif isinstance(value, Mapping):
        yield from _tables_in(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _tables_in(each)
    elif is_dataclass(value) and not isinstance(value, Sheet | Picture):
        yield from _tables_in(tuple(getattr(value, part.name) for part in fields(value)))
