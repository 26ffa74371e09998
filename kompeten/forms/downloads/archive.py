"""Everything in one archive that opens from disk: the same bytes for the same tree, whatever the day."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kompeten.forms.downloads.tables import FOLDER
from kompeten.ground.tree import sha256_of
from kompeten.ground.workshop import AT_HAND

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
    packed = {path: PACKER(tree[path], path.endswith(".html")) for path in sorted(tree) if path != CHECKSUMS}
    sums = "".join(f"{each.digest}  {path}\n" for path, each in packed.items())
    packed[CHECKSUMS] = PACKER(sums.encode(), False)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in sorted(packed):
            entry = zipfile.ZipInfo(INSIDE + path, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system = 3  # Unix, whatever machine builds
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, packed[path].deflated)
            # What was written is compressed already: its header says so, and is the only thing written twice.
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.CRC, entry.file_size = packed[path].crc, packed[path].size
            end = stream.tell()
            stream.seek(entry.header_offset)
            stream.write(entry.FileHeader(zip64=False))
            stream.seek(end)
    return stream.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A file as an archive holds it. digest: SHA-256 of what it unpacks to, with its CRC and its size in bytes."""

    digest: str
    crc: int
    size: int
    deflated: bytes


class Packer:
    """Packs a content once, in however many archives it stands."""

    SMALL = 2**13
    """Bytes that are packed sooner than they are found again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, bool], Packed] = {}

    def __call__(self, content: bytes, is_page: bool) -> Packed:
        """Pack a content, links completed where it is a page."""
        own = sha256_of(content), is_page
        if own not in self._kept:
            found = AT_HAND.workshop.recall(Packer, own) if len(content) >= self.SMALL else None
            self._kept[own] = _packed(content, is_page) if found is None else _found(found)
            if found is None and len(content) >= self.SMALL:
                each = self._kept[own]
                AT_HAND.workshop.keep(Packer, own, f"{each.digest} {each.crc} {each.size}\n".encode() + each.deflated)
        return self._kept[own]


PACKER = Packer()


def _found(kept: bytes) -> Packed:
    head, _, deflated = kept.partition(b"\n")
    digest, crc, size = head.decode().split()
    return Packed(digest=digest, crc=int(crc), size=int(size), deflated=deflated)


def _packed(content: bytes, is_page: bool) -> Packed:
    plain = FOLDER_LINK.sub(_completed, content) if is_page else content
    work = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(
        digest=sha256_of(plain),
        crc=zlib.crc32(plain),
        size=len(plain),
        deflated=work.compress(plain) + work.flush(),
    )


def _completed(link: re.Match[bytes]) -> bytes:
    """Add index.html to a link to a folder."""
    path = link["path"]
    return link["before"] + path + (b"" if path.endswith(b"/") else b"/") + b"index.html" + link["after"]
