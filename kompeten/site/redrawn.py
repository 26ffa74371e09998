"""What our own writers make of the documents that a site publishes, beside what the site holds.

The documents of a site are opened again by the classes that close them; tables, drawings, share pictures and the
archive are made from them anew. What differs by one byte was not written by us, whatever it holds: a key, an attribute,
a member, a pixel. Nothing here knows what is hidden.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kompeten.api import about
from kompeten.api.catalogue import ROOT, Document, Endpoint, Imprint, endpoints
from kompeten.api.history import published_documents
from kompeten.api.privacy import privacy_endpoint
from kompeten.api.text import plain, to_json
from kompeten.audit import Breach, policy_for
from kompeten.audit.reasoning.verdict import AuditSummary
from kompeten.forms.downloads import SAID_INSIDE, ZIP, everything_zip, forms, lists
from kompeten.forms.downloads.archive import INSIDE
from kompeten.forms.downloads.inventory import NOT_LISTED
from kompeten.forms.downloads.slices import slices
from kompeten.forms.downloads.tables import tables_of
from kompeten.ground import formats
from kompeten.ground.findings import LANGUAGES, Label, Language
from kompeten.ground.settings import Settings
from kompeten.ground.store import is_permanent
from kompeten.ground.tree import CHECKSUMS
from kompeten.ground.vocabulary import CODE_LISTS, table_forms
from kompeten.ground.wording import load_places, load_wording
from kompeten.ground.workshop import Workshop
from kompeten.pages import contents, past
from kompeten.pages.book import Book, names_of
from kompeten.pages.library import Library, open_library
from kompeten.site import assets
from kompeten.statistics.declared import History
from kompeten.statistics.telling import titles

Files = Mapping[str, bytes]

PARQUET = b"PAR1"
"""How the typed form of a table begins, the one that says of itself what documents say."""
OTHER_DOCUMENTS = re.compile(rf"{ROOT}(?:(?:openapi|index|files)|schemas/[a-z-]+|jsonstat/[a-z-]+(?:\.en)?)\.json")
"""Documents that are made from more than the other documents say: a list of files, schemas, tables in JSON-stat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawing:
    """templates: of the site. settings: of the publisher. workshop: draws share pictures, each content once."""

    templates: Path
    settings: Settings
    workshop: Workshop

    def __call__(self, files: Files) -> Iterator[Breach]:
        """Give what a site holds that our writers do not make of its documents."""
        documents, strange = reopened(files)
        yield from strange
        if strange:
            return
        try:
            library = open_library(documents)
            expected = self._made(files, documents, library)
        except (KeyError, StopIteration, ValueError, LookupError) as error:
            yield Breach(reason="unreadable_file", subject=f"{ROOT} ({type(error).__name__})")
            return
        for path in sorted(files):
            if path in expected:
                if files[path] != expected[path]:
                    yield Breach(reason="not_as_drawn", subject=path)
            elif path.startswith("charts/"):
                yield Breach(reason="not_as_drawn", subject=path)
        for path in sorted(set(expected) - set(files)):
            yield Breach(reason="not_as_drawn", subject=path)

    def _made(self, files: Files, documents: Mapping[str, Document], library: Library) -> dict[str, bytes]:
        """Make everything anew that follows from the documents alone."""
        first = next(iter(documents.values())).envelope
        base = first.self_.removesuffix(next(iter(documents)))
        imprint = Imprint(
            release=first.release,
            data_through=first.data_through,
            synthetic=first.synthetic,
            base_url=base,
            attribution=Label(first.attribution.id, first.attribution.en),
            licence=first.licence,
        )
        gone = about.TOMBSTONES.envelope.model_validate_json(files[ROOT + about.TOMBSTONES.path]).data
        books = self._books(files, library, imprint, gone)
        pages = [page for book in books.values() for page in contents.told_pages(book, self.templates)]
        pages = [contents.with_share(page, books[page.language]) for page in pages]
        made = contents.picture_files(pages, books)
        made |= self.workshop.each(assets.Printer(templates=self.templates), assets.printed(made))
        painter = assets.Painter(templates=self.templates, site_name=self.settings.publisher)
        made |= self.workshop.each(painter, assets.shares(pages))
        made |= _tables(files, documents)
        made |= about.stones(gone, documents, imprint)
        return made | _archive(files, Reopened(documents=documents, imprint=imprint), library.latest.released_on)

    def _books(
        self, files: Files, library: Library, imprint: Imprint, gone: tuple[about.Tombstone, ...]
    ) -> dict[Language, Book]:
        wording, places = load_wording(self.templates / "wording"), load_places(self.templates / "tiles.toml")
        releases = [row for row in library.releases if not row.is_latest]
        kept = {path: own for path, own in files.items() if any(is_permanent(path, row.id) for row in releases)}
        earlier = {row.id: published_documents(kept, row.id, past.DOCUMENTS) for row in releases}
        return {
            language: Book(
                language=language,
                t=wording[language],
                api=library,
                imprint=imprint,
                settings=self.settings.at(imprint.base_url),
                released_on=formats.date(library.latest.released_on, language),
                names=names_of(library, language),
                places=places,
                gone=gone,
                kept=tuple(sorted(kept)),
                past={release: found for release, found in earlier.items() if found},
            )
            for language in LANGUAGES
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a build has just drawn from its own documents: it is compared, and not drawn a second time. files: of it."""

    files: Files

    def __call__(self, files: Files) -> Iterator[Breach]:
        """Give what a site holds that the build did not write so, and documents that no class of ours closes."""
        families = [pattern for pattern, _ in _families()]
        for path in sorted((files.keys() | self.files.keys()) - {CHECKSUMS}):
            is_known = not _is_document(path) or any(each.fullmatch(path.removeprefix(ROOT)) for each in families)
            if files.get(path) != self.files.get(path) or not is_known:
                yield Breach(reason="not_as_drawn", subject=path)


def _is_document(path: str) -> bool:
    """Tell whether a file is one document of this release, made from nothing but what it says."""
    is_other = OTHER_DOCUMENTS.fullmatch(path) or path.startswith(f"{ROOT}releases/")
    return path.startswith(ROOT) and path.endswith(".json") and not is_other


def reopened(files: Files) -> tuple[dict[str, Document], list[Breach]]:
    """Open the documents of a site again, by path, and give those that our classes would not write so."""
    families, stones = _families(), _stones(files)
    documents: dict[str, Document] = {}
    strange: list[Breach] = []
    for path in sorted(filter(_is_document, files)):
        endpoint = next((each for pattern, each in families if pattern.fullmatch(path.removeprefix(ROOT))), None)
        try:
            if endpoint is None:
                raise ValueError(path)
            said = json.loads(files[path], parse_float=_number, object_hook=_rate)
            if path in stones and said["data"] == stones[path]:
                continue
            document = Document(path=path, endpoint=endpoint, envelope=endpoint.envelope.model_validate(said))
            if to_json(plain(document)) != files[path]:
                raise ValueError(path)
        except (ValidationError, ValueError):
            strange.append(Breach(reason="not_as_drawn", subject=path))
        else:
            documents |= {path: document} if endpoint not in about.ENDPOINTS else {}
    return _in_order(documents, [each.path for _, each in families]), strange


def _stones(files: Files) -> Mapping[str, list[Any]]:
    """Give what stands at the address of each withdrawn document, as far as the list of them can be read."""
    found: dict[str, list[Any]] = {}
    with suppress(ValueError, KeyError, TypeError):
        for stone in json.loads(files[ROOT + about.TOMBSTONES.path])["data"]:
            found.setdefault(stone["path"], []).append(stone)
    return found


def _number(text: str) -> Decimal:
    """Read a number without the zeros that only JSON writes."""
    return Decimal(text.removesuffix(".0"))


def _rate(node: dict[str, Any]) -> dict[str, Any]:
    """Give a rate its decimals back, zeros too: tables print them."""
    if isinstance(node.get("value"), Decimal) and isinstance(node.get("decimals"), int):
        node["value"] = node["value"].quantize(Decimal(1).scaleb(-node["decimals"]))
    return node


def _in_order(documents: Mapping[str, Document], families: Sequence[str]) -> dict[str, Document]:
    """Give documents as they were made: by family, and within one as the list of what it is about names them."""
    ranks = {f"{ROOT}codelists/{each.name}.json": number for number, each in enumerate(CODE_LISTS)}
    for path, document in documents.items():
        rows = document.envelope.data if document.endpoint.parameter is None else ()
        for number, row in enumerate(rows if isinstance(rows, tuple) else ()):
            own = str(getattr(row, next(iter(type(row).model_fields))))
            ranks[f"{path.removesuffix('.json')}/{own}.json"] = number
            ranks[f"{ROOT}changes/{own}.json"] = -number  # the newest release is listed first

    def place(path: str) -> tuple[int, int, str]:
        return families.index(documents[path].endpoint.path), ranks.get(path, 0), path

    return {path: documents[path] for path in sorted(documents, key=place)}


def _families() -> list[tuple[re.Pattern[str], Endpoint]]:
    """Give the pattern of the address of every family of documents, with the family."""
    nothing = AuditSummary(
        **dict.fromkeys(("threshold", "width", "cells_audited", "targets", "files_read", "releases_compared"), 0),
        tightest_width=None,
        proofs=(),
        breaches=0,
    )
    own = (
        *endpoints("", History(steps=()), titles({})),
        privacy_endpoint(policy_for(Path()), nothing),
        *about.ENDPOINTS,
    )
    return [(re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(each.path))), each) for each in own]


def _tables(files: Files, documents: Mapping[str, Document]) -> dict[str, bytes]:
    """Write tables and slices of the downloads anew. What a Parquet file says of itself is taken from the first."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = tables_of(documents)
    main = (files[path] for path in table_forms(tables[0].plan.path) if path in files)
    try:
        metadata = pq.read_schema(io.BytesIO(next(own for own in main if own.startswith(PARQUET)))).metadata or {}
    except (pa.ArrowInvalid, OSError, StopIteration):
        metadata = {}
    said = {
        key.decode(): value.decode() for key, value in metadata.items() if key.decode() in (*SAID_INSIDE, "synthetic")
    }
    made = {path: content for table in tables for path, content in forms(table, said).items()}
    return {**made, **slices(tables[0])}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """The documents of a finished site, and what each says about itself: what its lists are made of."""

    documents: Mapping[str, Document]
    imprint: Imprint


def _archive(files: Files, reopened: Reopened, released_on: str) -> dict[str, bytes]:
    """Pack the archive anew, from the files of the site that it names; none where it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(files[ZIP])) as opened:
            names = [name.removeprefix(INSIDE) for name in opened.namelist()]
    except (KeyError, zipfile.BadZipFile):
        return {ZIP: b""}
    packed = {name: files[name] for name in names if name in files and name not in NOT_LISTED}
    return {ZIP: everything_zip({**packed, **lists(packed, reopened)}, released_on)}
