"""The list of everything that was written, made from what was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from kompeten.api import about
from kompeten.api.catalogue import ROOT, wrap
from kompeten.api.edition import Edition
from kompeten.api.text import plain, to_json
from kompeten.forms.downloads.archive import ZIP, everything_zip
from kompeten.ground.vocabulary import FORMS

INDEX = ROOT + about.INDEX.path
NOT_LISTED = frozenset({INDEX, "SHA256SUMS"})
"""The list itself, and the checksums that hold its checksum."""

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


def index(tree: Mapping[str, bytes], edition: Edition) -> bytes:
    """List every file of the tree with media type, bytes and SHA-256, but for the list itself and SHA256SUMS."""
    entries = tuple(
        about.file_entry(path, tree[path], media_type(path)) for path in sorted(tree) if path not in NOT_LISTED
    )
    return to_json(plain(wrap(about.INDEX, INDEX, entries, edition.imprint)))


STANDING = frozenset(ROOT + endpoint.path for endpoint in about.ENDPOINTS)
"""Documents about the site, not about one release: no release keeps them."""
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
    names = re.compile("|".join(re.escape(name) for name in sorted(moved, key=len, reverse=True)).encode())

    def renamed(content: bytes) -> bytes:
        return names.sub(lambda found: moved[found[0].decode()].encode(), content)

    files = {
        about.release_copy(path, release): renamed(tree[path]) if path.endswith(WRITTEN) else tree[path] for path in own
    }
    files[about.release_copy(ZIP, release)] = everything_zip(files, edition.release.released_on)
    entries = tuple(about.file_entry(path, files[path], media_type(path)) for path in sorted(files))
    index_path = about.release_copy(INDEX, release)
    return {**files, index_path: to_json(plain(wrap(about.INDEX, index_path, entries, edition.imprint)))}


def sealed(tree: Mapping[str, bytes], edition: Edition) -> Mapping[str, bytes]:
    """Give the archive of everything and the list of everything, the last two files of a site.

    The archive holds this release alone, with a list of its own, and no archive within.
    """
    own = (path for path in tree if path not in edition.kept and not path.endswith(PurePosixPath(ZIP).name))
    packed = {path: tree[path] for path in own}
    archive = everything_zip({**packed, INDEX: index(packed, edition)}, edition.release.released_on)
    return {ZIP: archive, INDEX: index({**tree, ZIP: archive}, edition)}
