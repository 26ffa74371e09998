"""One reader a kind of file. A file that no reader claims is a breach: it cannot be checked."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from kompeten.audit.reading.documents import read_json
from kompeten.audit.reading.pages import read_page
from kompeten.audit.reading.sightings import Member, Reading
from kompeten.audit.reading.tables import read_csv, read_parquet, read_xlsx
from kompeten.audit.reasoning.verdict import AuditError, Breach
from kompeten.ground.tree import sha256_of

LARGEST = 2**31
"""An archive that unpacks to more bytes than this is refused: nobody could check it."""

Reader = Callable[[str, bytes], Reading]


def read_zip(name: str, content: bytes) -> Reading:
    """List the files of an archive: they are read as if they stood beside it, where the same bytes do not. Raises where
    it cannot be opened, as each reader.
    """
    reading = Reading()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            raise AuditError(f"{name}: too large")
        for number, entry in enumerate(archive.infolist()):
            if not entry.is_dir():
                member = f"{name}!{entry.filename}"
                reading.members.append(
                    Member(name=member, number=number, digest=digest_of(member, archive.read(entry)))
                )
    return reading


def opened(members: Sequence[Member], content: bytes) -> Iterator[tuple[Member, bytes]]:
    """Give some of the files of an archive with their bytes."""
    if members:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            yield from ((own, archive.read(entries[own.number])) for own in members)


READERS: dict[str, Reader] = {
    ".json": read_json,
    ".jsonld": read_json,
    ".csv": read_csv,
    ".xlsx": read_xlsx,
    ".parquet": read_parquet,
    ".html": read_page,
    ".zip": read_zip,
}
"""Which reader claims which ending: the forms in which counts are published."""

DRAWN = frozenset(
    (
        ".svg", ".png", ".css", ".js", ".xml", ".txt", ".md", ".toml", ".ics",
        ".pf_fragment", ".pf_index", ".pf_meta", ".pagefind",
    )
)  # fmt: skip
"""Endings of what the program draws or writes of pages and documents: it is compared with what is drawn anew."""

NAMES = frozenset(("SHA256SUMS",))
"""Files without an ending, the same."""


def digest_of(name: str, content: bytes) -> bytes:
    """Give what tells a file from another for its reader: its ending and its bytes.

    An archive that opens from disk completes the links between pages; a page that differs in nothing else says nothing
    new. Of a file that nobody reads the name says all.
    """
    path = PurePosixPath(name)
    if not is_read(name):
        told = path.name
    elif path.suffix == ".html":
        told = hashlib.sha256(content.replace(b"index.html", b"").replace(b'/"', b'"')).hexdigest()
    else:
        told = sha256_of(content)
    return hashlib.sha256(f"{path.suffix}\0{told}".encode()).digest()


def is_read(name: str) -> bool:
    return PurePosixPath(name.rsplit("!", 1)[-1]).suffix in READERS


def read_file(name: str, content: bytes) -> Reading:
    """Read one file; a file that nobody claims, or that its reader cannot read, is a breach in the reading."""
    path = PurePosixPath(name.rsplit("!", 1)[-1])
    reader = READERS.get(path.suffix)
    if reader is None:
        is_claimed = path.suffix in DRAWN or path.name in NAMES
        return Reading(breaches=[] if is_claimed else [Breach(reason="unclaimed_file", subject=name)])
    try:
        return reader(name, content)
    except Exception:  # whatever rises, and from whichever library: nobody could check this file
        return Reading(breaches=[Breach(reason="unreadable_file", subject=name)])
