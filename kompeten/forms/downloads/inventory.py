"""The list of everything that was written, made from what was written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from kompeten.api import about
from kompeten.api.catalogue import ROOT, wrap
from kompeten.api.edition import Edition
from kompeten.api.text import plain, to_json
from kompeten.forms.downloads.archive import ZIP, everything_zip

INDEX = ROOT + about.INDEX.path
NOT_LISTED = frozenset({INDEX, "SHA256SUMS"})
"""The list itself, and the checksums that hold its checksum."""

MEDIA_TYPES: Mapping[str, str] = {
    ".cff": "text/yaml",
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".map": "application/json",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".zip": "application/zip",
}
NAMED: Mapping[str, str] = {"feed.xml": "application/atom+xml", "feed.json": "application/feed+json"}
"""Files whose form says more than their ending."""

ANY = "application/octet-stream"


def media_type(path: str) -> str:
    """Give the media type of a file by its path; the general one for endings nobody knows."""
    name = PurePosixPath(path)
    return NAMED.get(path) or MEDIA_TYPES.get(name.suffix, ANY)


def index(tree: Mapping[str, bytes], edition: Edition) -> bytes:
    """List every file of the tree with media type, bytes and SHA-256, but for the list itself and SHA256SUMS."""
    entries = tuple(
        about.file_entry(path, tree[path], media_type(path)) for path in sorted(tree) if path not in NOT_LISTED
    )
    return to_json(plain(wrap(about.INDEX, INDEX, entries, edition.imprint)))


def sealed(tree: Mapping[str, bytes], edition: Edition) -> Mapping[str, bytes]:
    """Give the archive of everything and the list of everything, the last two files of a site.

    The archive holds a list of its own, which names all but the archive.
    """
    archive = everything_zip({**tree, INDEX: index(tree, edition)}, edition.release.released_on)
    return {ZIP: archive, INDEX: index({**tree, ZIP: archive}, edition)}
