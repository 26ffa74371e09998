"""Everything in one archive that opens from disk: the same bytes for the same tree, whatever the day."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from kompeten.forms.downloads.tables import FOLDER

ZIP = f"{FOLDER}kaltim-kompeten.zip"
INSIDE = "kaltim-kompeten/"
"""Folder that holds everything, so that unpacking scatters nothing."""

CHECKSUMS = "SHA256SUMS"

FOLDER_LINK = re.compile(
    rb'(?P<before>\s(?:href|src)=")'
    rb'(?P<path>[^"/?#:][^"?#:]*/|(?:[^"/?#:][^"?#:]*/)?\.{1,2})'  # ends in a slash, or in a step of dots
    rb'(?P<after>(?:#[^"]*)?")'
)
"""A relative link to a folder: a server answers it with the index.html inside, a disk does not."""


def everything_zip(tree: Mapping[str, bytes], release_date: str) -> bytes:
    """Pack a tree, sorted, every file dated as the release, with checksums of what was packed. release_date: ISO date.

    Links between pages are completed with ``index.html``; apart from that, files are as on the site.
    """
    day = date.fromisoformat(release_date)
    packed = {path: _for_disk(path, tree[path]) for path in sorted(tree) if path != CHECKSUMS}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in packed.items())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in sorted({**packed, CHECKSUMS: sums.encode()}.items()):
            entry = zipfile.ZipInfo(INSIDE + path, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system = 3  # Unix, whatever machine builds
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, _deflated(content))
            # What was written is compressed already: its header says so, and is the only thing written twice.
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.CRC, entry.file_size = zlib.crc32(content), len(content)
            end = stream.tell()
            stream.seek(entry.header_offset)
            stream.write(entry.FileHeader(zip64=False))
            stream.seek(end)
    return stream.getvalue()


@lru_cache(maxsize=2**15)
def _deflated(content: bytes) -> bytes:
    """Compress a content once, in however many archives it stands: a build packs a site before and after its audit."""
    work = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return work.compress(content) + work.flush()


def _for_disk(path: str, content: bytes) -> bytes:
    return FOLDER_LINK.sub(_completed, content) if path.endswith(".html") else content


def _completed(link: re.Match[bytes]) -> bytes:
    """Add index.html to a link to a folder."""
    path = link["path"]
    return link["before"] + path + (b"" if path.endswith(b"/") else b"/") + b"index.html" + link["after"]
