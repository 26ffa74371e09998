"""Everything in one archive that opens from disk: the same bytes for the same tree, whatever the day."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date

from kompeten.downloads.tables import FOLDER

ZIP = f"{FOLDER}kaltim-kompeten.zip"
INSIDE = "kaltim-kompeten/"
"""Folder that holds everything, so that unpacking scatters nothing."""

FOLDER_LINK = re.compile(rb'(?P<before>\s(?:href|src)=")(?P<path>(?:[^"/?#:][^"?#:]*)/|\.{1,2})(?P<after>(?:#[^"]*)?")')
"""A relative link to a folder: a server answers it with the index.html inside, a disk does not."""


def everything_zip(tree: Mapping[str, bytes], release_date: str) -> bytes:
    """Pack a tree, sorted, every file dated as the release. release_date: ISO date.

    Links between pages are completed with ``index.html``; apart from that, files are as on the site.
    """
    day = date.fromisoformat(release_date)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(tree):
            entry = zipfile.ZipInfo(INSIDE + path, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whatever machine builds
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, _for_disk(path, tree[path]))
    return stream.getvalue()


def _for_disk(path: str, content: bytes) -> bytes:
    return FOLDER_LINK.sub(_completed, content) if path.endswith(".html") else content


def _completed(link: re.Match[bytes]) -> bytes:
    """Add index.html to a link to a folder."""
    path = link["path"]
    return link["before"] + path + (b"" if path.endswith(b"/") else b"/") + b"index.html" + link["after"]
