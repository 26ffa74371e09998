"""One reader a kind of file. A file that no reader claims is a breach: it cannot be checked."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from kompeten.audit.reading.documents import read_json
from kompeten.audit.reading.drawings import read_svg
from kompeten.audit.reading.pages import read_page
from kompeten.audit.reading.sightings import Member, Reading, Words
from kompeten.audit.reading.tables import read_csv, read_parquet, read_xlsx
from kompeten.audit.reading.texts import read_binary, read_code, read_png, read_search, read_text, read_xml
from kompeten.audit.reasoning.verdict import AuditError, Breach

LARGEST = 2**31
"""An archive that unpacks to more bytes than this is refused: nobody could check it."""

DRAWN = (".png", ".ico", ".woff2", ".woff", ".ttf")
"""Endings of the files of which only the metadata are read."""

Reader = Callable[[str, bytes], Reading]


def read_zip(name: str, content: bytes) -> Reading:
    """Read what an archive says of itself, and list its files: they are read as if they stood beside it, where the same
    bytes do not. Raises where it cannot be opened, as each reader.
    """
    reading = Reading()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            raise AuditError(f"{name}: too large")
        first = min((entry.header_offset for entry in archive.infolist()), default=0)
        reading.words += _readable(name, archive.comment + b"\n" + content[:first])
        for number, entry in enumerate(archive.infolist()):
            member = f"{name}!{entry.filename}"
            reading.words.append(Words(text=member, address=member))
            reading.words += _readable(member, entry.comment + b"\n" + entry.extra)
            if not entry.is_dir():
                digest = digest_of(member, archive.read(entry))
                reading.members.append(Member(name=member, number=number, digest=digest))
    return reading


def opened(members: Sequence[Member], content: bytes) -> Iterator[tuple[Member, bytes]]:
    """Give some of the files of an archive with their bytes."""
    if members:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            yield from ((own, archive.read(entries[own.number])) for own in members)


def _readable(name: str, content: bytes) -> Iterator[Words]:
    """Give the words of an archive that stand outside its files: comments, and whatever goes before the first."""
    return iter(read_binary(name, content).words)


READERS: dict[str, Reader] = {
    ".json": read_json,
    ".jsonld": read_json,
    ".webmanifest": read_json,
    ".csv": read_csv,
    ".xlsx": read_xlsx,
    ".parquet": read_parquet,
    ".html": read_page,
    ".svg": read_svg,
    ".xml": read_xml,
    ".zip": read_zip,
    ".png": read_png,
    ".ico": read_binary,
    ".woff2": read_binary,
    ".woff": read_binary,
    ".ttf": read_binary,
    ".css": read_code,
    ".js": read_code,
    ".map": read_json,
    ".txt": read_text,
    ".md": read_text,
    ".toml": read_text,
    ".yml": read_text,
    ".yaml": read_text,
    ".bib": read_text,
    ".ics": read_text,
    ".cff": read_text,
}
"""Which reader claims which ending."""

NAMES: dict[str, Reader] = {
    "SHA256SUMS": read_text,
    "CNAME": read_text,
    ".nojekyll": read_text,
    "LICENSE": read_text,
    "README": read_text,
    "_headers": read_text,
}
"""Files without an ending."""

SEARCH = re.compile(r"(?:^|/)pagefind/(?:[^/]+/)*[^/]+\.(?:pf_fragment|pf_index|pf_meta|pf_filter|pf_sort|pagefind)$")


def reader_of(name: str) -> Reader | None:
    """Give the reader that claims a file, by its name; None where none does."""
    path = PurePosixPath(name.rsplit("!", 1)[-1])
    if SEARCH.search(path.as_posix()):
        return read_search
    return NAMES.get(path.name) or READERS.get(path.suffix)


def digest_of(name: str, content: bytes) -> bytes:
    """Give what tells a file from another for its reader: its ending and its bytes.

    An archive that opens from disk completes the links between pages; a page that differs in nothing else says nothing
    new.
    """
    suffix = PurePosixPath(name).suffix
    told = content.replace(b"index.html", b"").replace(b'/"', b'"') if suffix == ".html" else content
    return hashlib.sha256(suffix.encode() + b"\0" + told).digest()


def read_file(name: str, content: bytes) -> Reading:
    """Read one file; a file that nobody claims, or that its reader cannot read, is a breach in the reading."""
    reader = reader_of(name)
    if reader is None:
        return Reading(breaches=[Breach(reason="unclaimed_file", subject=name)])
    try:
        reading = reader(name, content)
    except Exception:  # whatever rises, and from whichever library: nobody could check this file
        return Reading(breaches=[Breach(reason="unreadable_file", subject=name)])
    reading.words.append(Words(text=name, address=name))
    return reading
