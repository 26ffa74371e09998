"""A finished page, and the template environment that makes its body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jinja2
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from kompeten.ground.findings import FOLDER_OF, Language
from kompeten.ground.vocabulary import form_of
from kompeten.ground.wording import Wording
from kompeten.ground.workshop import AT_HAND
from kompeten.pages.book import Book, Sheet
from kompeten.pages.charts import Share
from kompeten.pages.parts import Picture
from kompeten.pages.tables import Table, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """One step of the way to a page."""

    label: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of one language. body: HTML; alternates: documents that hold the page's figures, from the root.

    jsonld: schema.org text or None. share: None where the page has no picture of its own. pictures, tables: on it;
    their files are made with the site, and the embeds of pictures. pinned_to: the release whose figures the page keeps.
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
    tables: tuple[Table, ...] = ()
    markdown: bool = False

    @property
    def kept_pictures(self) -> tuple[Picture, ...]:
        """Give the charts that have files and an embed."""
        return tuple(picture for picture in self.pictures if picture.is_kept)

    @property
    def address(self) -> str:
        """Give the path of the page below the root of the site, its language included."""
        return FOLDER_OF[self.language] + self.path


def share_of(
    book: Book, *, title: str = "", figure: str = "", unit: str = "", base: str = "", caveat: str = ""
) -> Share:
    """Say what the picture of a page shows, with the source that all of them name."""
    source = book.t("share.source", release=book.imprint.release)
    return Share(source=source, title=title, figure=figure, unit=unit, base=base, caveat=caveat)


class Compiled(jinja2.BytecodeCache):
    """Templates as compiled: every language, and every redrawing, has an environment of its own."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from the same source; jinja2 looks at its checksum."""
        compiled = self._kept.get(bucket.key) or AT_HAND.workshop.recall(bucket.key, bucket.checksum)
        if compiled:
            self._kept[bucket.key] = compiled
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()
        AT_HAND.workshop.keep(bucket.key, bucket.checksum, self._kept[bucket.key])


COMPILED = Compiled()


def environment(templates: Path, words: Wording) -> Environment:
    """Give the template environment of one language: strict, escaping, with its words."""
    env = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=COMPILED,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["t"] = words
    return env


MEDIA_TYPES = {"feed.json": "application/feed+json"}
"""Documents whose type their ending does not tell."""


def page_of(
    sheet: Sheet,
    template: str,
    *,
    title: str,
    lead: str = "",
    description: str = "",
    crumbs: tuple[Crumb, ...] = (),
    alternates: Mapping[str, str] = MappingProxyType({}),
    share: Share | None = None,
    page_path: str | None = None,
    **context: Any,
) -> Page:
    """Fill a template for a sheet; every picture and table among what it is given stands on the page.

    lead: what stands under the title, and describes the page elsewhere where no description does. alternates: title by
    path of each document that holds the page's figures.
    """
    shown = list(_shown(context))
    return Page(
        language=sheet.language,
        path=sheet.path,
        title=title,
        description=description or plain(lead),
        body=sheet.env.get_template(f"pages/{template}.html").render(sheet=sheet, title=title, lead=lead, **context),
        crumbs=crumbs,
        alternates=tuple((media_type(path), path, name) for path, name in alternates.items()),
        share=share and replace(share, title=share.title or title),
        page_path=page_path,
        pictures=tuple({each.slug: each for each in shown if isinstance(each, Picture)}.values()),
        tables=tuple(each for each in shown if isinstance(each, Table)),
    )


def media_type(path: str) -> str:
    """Say what a document is. Raises ValueError for an ending that no form of ours has."""
    if (form := form_of(path)) is None:
        raise ValueError(f"{path}: no form of ours")
    return MEDIA_TYPES.get(path, form.media_type)


def _shown(value: object) -> Iterator[Picture | Table]:
    """Find pictures and tables among what a template is given; the table beside a picture belongs to the picture."""
    if value is None or isinstance(value, str | int):  # most of them
        return
    if isinstance(value, Picture | Table):
        yield value
    elif isinstance(value, Mapping):
        yield from _shown(tuple(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _shown(item)
    elif is_dataclass(value) and not isinstance(value, Sheet):
        yield from _shown(tuple(getattr(value, part.name) for part in fields(value)))
