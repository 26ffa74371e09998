"""What was written, listed from what was written: the documents with their titles, and every file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from kompeten.api import ROOT, about, shapes
from kompeten.api.catalogue import Endpoint, wrap
from kompeten.api.edition import Edition
from kompeten.api.text import written
from kompeten.audit import REPORT
from kompeten.forms.downloads.archive import ZIP, everything_zip
from kompeten.forms.downloads.origin import ORIGIN
from kompeten.forms.downloads.tables import FOLDER
from kompeten.ground.findings import Label
from kompeten.ground.vocabulary import FORMS
from kompeten.ground.wording import said

INDEX = ROOT + about.INDEX.path
EVERY_FILE = ROOT + about.FILES.path
STAT = f"{ROOT}jsonstat/"
NOT_LISTED = frozenset({INDEX, EVERY_FILE, "SHA256SUMS"})
"""The lists themselves, and the checksums that hold their checksums."""

MEDIA_TYPES: Mapping[str, str] = {
    ".cff": "text/yaml",
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".jsonld": "application/ld+json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    **{form.ending: form.media_type for form in FORMS},
}
FEEDS: Mapping[str, str] = {".xml": "application/atom+xml", ".json": "application/feed+json"}
"""Files whose form says more than their ending: those of ``feeds/``, and the one of all releases."""

ANY = "application/octet-stream"


def media_type(path: str) -> str:
    """Give the media type of a file by its path; the general one for endings nobody knows."""
    ending = PurePosixPath(path).suffix
    return (FEEDS if path.startswith(("feed.", "feeds/")) else MEDIA_TYPES).get(ending, ANY)


NAMED: Mapping[str, str] = {
    f"{ROOT}openapi.json": "openapi",
    REPORT: "audit",
    "catalog.jsonld": "catalogue",
    f"{FOLDER}datapackage.json": "datapackage",
    ORIGIN: "packages",
    ZIP: "archive",
}
"""Descriptions of other vocabularies that the list of documents names too."""


def lists(tree: Mapping[str, bytes], edition: Edition, where: Callable[[str], str] = str) -> Mapping[str, bytes]:
    """Give the two lists of a tree: every file, and the documents with their titles. where: moves an address.

    Neither names itself, nor the checksums, which hold theirs; the documents name the list of files.
    """
    titles = {where(path): title for path, title in about.titles(edition.documents).items()}
    titles |= {where(path): said("file")[name] for path, name in NAMED.items()}
    titles |= {path: _stat_title(tree[path]) for path in tree if path.startswith(where(STAT))}
    base = edition.imprint.base_url
    entries = {path: _described(path, tree[path], base, titles.get(path)) for path in sorted({*tree} - NOT_LISTED)}
    every = where(EVERY_FILE)
    found = {every: _list(about.FILES, every, [*entries.values()], edition)}
    entries[every] = _described(every, found[every], base, titles.get(every))
    shown = [entries[path] for path in titles if path in entries]
    return {**found, where(INDEX): _list(about.INDEX, where(INDEX), shown, edition)}


@lru_cache(maxsize=2**15)  # more files than a site may have
def _described(path: str, content: bytes, base_url: str, title: Label | None) -> shapes.PublishedFile:
    """Describe a file once, in however many lists it stands."""
    return about.file_entry(path, content, media_type(path), base_url, title)


def _list(endpoint: Endpoint, path: str, entries: Sequence[shapes.PublishedFile], edition: Edition) -> bytes:
    return written(wrap(endpoint, path, tuple(entries), edition.imprint))


def _stat_title(content: bytes) -> Label:
    own = json.loads(content)["extension"]
    mark = "" if own["language"] == "id" else " (English)"
    return Label(f"JSON-stat{mark}: {own['label']['id']}", f"JSON-stat{mark}: {own['label']['en']}")


STANDING = frozenset(ROOT + endpoint.path for endpoint in about.ENDPOINTS)
"""Documents about the site, not about one release: no release keeps them."""
LIVING = "|".join(["releases/", *(re.escape(endpoint.path) for endpoint in (about.LATEST, about.TOMBSTONES))])
"""What stands below a root at one address for all releases: a copy names it where it stands."""
WRITTEN = (".json", ".jsonld", ".md")
"""Endings of files that name their own address; others are kept byte for byte."""


def frozen(tree: Mapping[str, bytes], edition: Edition) -> Mapping[str, bytes]:
    """Give copies of every document, schema and download under the release, at the same names, and the list of them.

    The archive holds those copies; pages are in the archive of the site alone. Where a file names an address of
    another, its copy names the copy: the next release replaces the originals. An earlier release's copies come from
    the site that published it (see ``kompeten.intake.permanent``).
    """
    release, base = edition.release.id, edition.settings.base_url
    own = [path for path in tree if path.startswith(about.COPIED) and path not in STANDING]
    moved = {
        start + root: start + about.release_copy(root, release) for root in about.COPIED for start in (base, '"/', '"')
    }
    roots = "|".join(re.escape(name) for name in sorted(moved, key=len, reverse=True))
    names = re.compile(f"(?:{roots})(?!{LIVING})".encode())

    def renamed(content: bytes) -> bytes:
        return names.sub(lambda found: moved[found[0].decode()].encode(), content)

    files = {
        about.release_copy(path, release): renamed(tree[path]) if path.endswith(WRITTEN) else tree[path] for path in own
    }
    files[about.release_copy(ZIP, release)] = everything_zip(files, edition.release.released_on)
    return {**files, **lists(files, edition, lambda path: _moved(path, release))}


def _moved(path: str, release: str) -> str:
    return about.release_copy(path, release) if path.startswith(about.COPIED) else path


def sealed(tree: Mapping[str, bytes], edition: Edition) -> Mapping[str, bytes]:
    """Give the archive of everything and the list of everything, the last two files of a site.

    The archive holds this release alone, with a list of its own, no archive within, and no pictures for shared links,
    which nothing opens there.
    """
    others = (path for path in tree if path.startswith("share/") or path.endswith(PurePosixPath(ZIP).name))
    own = tree.keys() - edition.kept.keys() - set(others)
    packed = {path: tree[path] for path in sorted(own)}
    archive = everything_zip({**packed, **lists(packed, edition)}, edition.release.released_on)
    return {ZIP: archive, **lists({**tree, ZIP: archive}, edition)}
