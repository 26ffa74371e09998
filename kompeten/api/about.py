"""Documents about the publication itself: what was written, what is newest, what was withdrawn.

They are made after the statistics, from what was written and from the list of releases; ``catalogue`` knows nothing of
them. Their shapes obey the same rules as all others (see ``shapes``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath

from kompeten.api import ROOT, shapes, shaping
from kompeten.api.catalogue import Document, many, one, wrap
from kompeten.api.data_hash import data_hash
from kompeten.api.edition import Edition
from kompeten.api.publication import Imprint
from kompeten.api.text import written
from kompeten.ground.findings import Label
from kompeten.ground.model import Compilation
from kompeten.ground.tree import sha256_of
from kompeten.statistics.changes import Change, address_of
from kompeten.statistics.declared import History, followed, withdrawn
from kompeten.statistics.parts import PART, told
from kompeten.statistics.telling import NAMES


class Latest(shapes.Shape):
    """The newest release, and where its documents stand for good."""

    release: str
    """Release, see releases.json."""
    released_on: shapes.IsoDate
    """Day of publication."""
    data_through: shapes.IsoDate
    """Last day the data speak of."""
    next_expected: shapes.IsoDate | None
    """When the next release is expected; null where not known."""
    data_hash: str
    """SHA-256 over the published rows; moves only when data do."""
    documents: str
    """Folder of documents that the next release replaces."""
    permanent: str
    """Folder of the same documents, kept unchanged for as long as the site stands."""
    deprecated_on: shapes.IsoDate | None
    """Day from which this version of the API should no longer be built upon; null while it is the current one."""
    ends_on: shapes.IsoDate | None
    """Last day on which it is published, at least a year after deprecated_on; null while it is the current one."""
    successor: str | None
    """Folder of the version that takes its place; null while there is none."""


class Tombstone(shapes.Shape):
    """An id that was published once and is no longer."""

    path: str
    """Address that held it, below the root of the site."""
    id: str
    """The withdrawn id."""
    withdrawn_on: shapes.IsoDate
    """Day of withdrawal."""
    reason: shapes.Text
    """Why."""
    successor: str | None
    """Id that took its place then; null where none did."""
    name: shapes.Text | None
    """What it was called; null where its table has no names."""
    successors: tuple[str, ...]
    """Ids that hold it today, followed through later changes; empty where none does."""
    kept: str | None
    """Address of the last copy of path that still held it, below the root of the site; null where none is kept."""


def latest(edition: Edition) -> Latest:
    row, base_url = edition.release, edition.settings.base_url
    return shaping.filled(
        Latest,
        row,
        release=row.id,
        data_hash=data_hash(edition.compilation),
        documents=base_url + ROOT,
        permanent=base_url + release_copy(ROOT, row.id),
        **{name: getattr(shapes.DEPRECATION, name, None) for name in shapes.Deprecation.model_fields},
    )


PAGES: Mapping[str, tuple[str, str]] = {
    "batches": ("tahap/{}/", "batches/{}.json"),
    "programmes": ("program/{}/", "programmes/{}.json"),
    "regions": ("wilayah/{}/", "regions/{}.json"),
}
"""Table to the page and to the document, below ``/api/v1/``, that each of its ids has."""


def tombstones(past: History, compilation: Compilation, kept: Collection[str] = ()) -> tuple[Tombstone, ...]:
    """Give every id that a release withdrew or renamed and that has not come back, in the order of releases.

    kept: paths of what earlier releases left.
    """
    standing = {address_of(table, row) for table, rows in told(compilation).items() for row in rows.values()}
    gone = {
        change.address: (step, change, declared)
        for step in past.steps
        for change, declared in withdrawn(step)
        if change.address not in standing
    }
    heirs = {address: declared.successors for address, (_, _, declared) in gone.items()}
    return tuple(
        Tombstone(
            path=(path := ROOT + _document_of(*address.split("/", 1))),
            id=_id_of(address),
            withdrawn_on=step.release.released_on,
            reason=shaping.text(declared.reason),
            successor=next(map(_id_of, declared.successors), None),
            name=_name_of(change),
            successors=tuple(_id_of(each) for each in followed(address, heirs) if each in standing),
            kept=last if step.before and (last := release_copy(path, step.before)) in kept else None,
        )
        for address, (step, change, declared) in gone.items()
    )


def _id_of(address: str) -> str:
    return address.split("/", 1)[1]


def _name_of(change: Change) -> shapes.Text | None:
    found = next((change.before[name] for name in NAMES if change.before and change.before.get(name)), None)
    return shapes.Text(**found) if isinstance(found, dict) else None


def _document_of(table: str, key: str) -> str:
    """Give the document that held an id: its own, or the one of its table."""
    return PAGES[table][1].format(key) if table in PAGES else PART[table].document


INDEX = many("index", "listFiles", shapes.PublishedFile, tuple)
FILES = many("files", "listAllFiles", shapes.PublishedFile, tuple)
LATEST = one("latest", "getLatest", Latest, latest)
TOMBSTONES = many("tombstones", "listTombstones", Tombstone, tombstones)
ENDPOINTS = (INDEX, LATEST, TOMBSTONES, FILES)
"""Documents that every site has beside the families of the catalogue."""


def standing(edition: Edition) -> Mapping[str, bytes]:
    """Give latest.json, tombstones.json, and the stones of each withdrawn document at its own address, by path."""
    document = wrap(LATEST, ROOT + LATEST.path, latest(edition), edition.imprint)
    return {document.path: written(document), **stones(stones_of(edition), edition.documents, edition.imprint)}


def stones_of(edition: Edition) -> tuple[Tombstone, ...]:
    return tombstones(edition.history, edition.compilation, edition.kept)


def stones(found: Sequence[Tombstone], standing: Collection[str], imprint: Imprint) -> Mapping[str, bytes]:
    """Give the list of what was withdrawn, and at each address that no document has any more its own part of it."""
    made = {ROOT + TOMBSTONES.path: tuple(found)}
    for path in dict.fromkeys(stone.path for stone in found if stone.path not in standing):
        made[path] = tuple(stone for stone in found if stone.path == path)
    wrapped = (wrap(TOMBSTONES, path, data, imprint) for path, data in made.items())
    return {document.path: written(document) for document in wrapped}


def release_copy(path: str, release: str) -> str:
    """Give the address of the copy of a document or download that a release keeps. path: below the root of the site."""
    root = next(root for root in COPIED if path.startswith(root))
    return f"{root}releases/{release}/{path.removeprefix(root)}"


COPIED = (ROOT, "downloads/")
"""Folders of which a release keeps everything, under ``releases/<release>/`` at the same names."""


def titles(made: Mapping[str, Document]) -> Mapping[str, Label]:
    """Name every document, by its path below the root of the site: its family, and of what it is."""
    own = {ROOT + endpoint.path: endpoint.title for endpoint in ENDPOINTS}
    return own | {path: _title(document) for path, document in made.items()}


def _title(document: Document) -> Label:
    family, parameter = document.endpoint.title, document.endpoint.parameter
    if parameter is None:
        return family
    value = PurePosixPath(document.path).stem
    named = getattr(document.envelope.data, "name", shapes.Text(id=value, en=value))
    return Label(f"{family.id}: {named.id}", f"{family.en}: {named.en}")


def file_entry(path: str, content: bytes, media_type: str, base_url: str, title: Label | None) -> shapes.PublishedFile:
    """Describe one file. title: what it holds, where it is a document."""
    return shapes.PublishedFile(
        path=path,
        media_type=media_type,
        bytes=len(content),
        sha256=sha256_of(content),
        url=base_url + path,
        title=shaping.text(title) if title else None,
    )
