"""Everything else: plain text, feeds, style sheets, scripts, pictures, fonts, the search index, archives."""

from __future__ import annotations

import gzip
import json
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from kompeten.audit.reading.sightings import Reading, Words
from kompeten.audit.reasoning.verdict import AuditError

READABLE = re.compile(rb"[\x20-\x7e\xc2-\xf4\x80-\xbf]{6,}")

PICTURE = frozenset(
    (
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"sBIT", b"bKGD", b"hIST",
        b"cICP",
    )
)  # fmt: skip
"""Chunks that hold nothing but the picture; every other one is read."""


def read_text(name: str, content: bytes) -> Reading:
    """Read a text file line by line. Raises where it is not UTF-8."""
    lines = content.decode("utf-8").splitlines()
    return Reading(
        words=[Words(text=line, address=f"{name}:{n}") for n, line in enumerate(lines, start=1) if line.strip()]
    )


def read_code(name: str, content: bytes) -> Reading:
    """Read a style sheet or a script as text; they hold no counts, but may hold an identifier."""
    return read_text(name, content)


def read_xml(name: str, content: bytes) -> Reading:
    """Read a feed, a sitemap or another XML file: every text and attribute. Raises where it is not XML."""
    root = ElementTree.fromstring(content)
    reading = Reading(words=list(xml_asides(name, content)))
    for element in root.iter():
        tag = str(element.tag).rsplit("}", 1)[-1]
        for text in (element.text, element.tail, *element.attrib.values()):
            if text and text.strip():
                reading.words.append(Words(text=text.strip(), address=f"{name} ({tag})"))
    return reading


def xml_asides(name: str, content: bytes) -> Iterator[Words]:
    """Give the comments and instructions of an XML file, which its elements do not hold."""
    for found in re.findall(rb"<!--(.*?)-->|<\?(?!xml\b)(.*?)\?>", content, re.DOTALL):
        yield Words(text=b" ".join(found).decode("utf-8", "replace"), address=f"{name} (comment)", scope=name)


def read_png(name: str, content: bytes) -> Reading:
    """Read the text chunks of a picture, and whatever stands after its end. Raises AuditError where it is no PNG."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise AuditError(f"{name}: not a PNG")
    reading = Reading()
    for kind, data in _chunks(name, content):
        if kind not in PICTURE:
            text = b" ".join(READABLE.findall(data + b" " + _inflated(data))).decode("utf-8", "replace")
            reading.words.append(Words(text=text, address=f"{name}#{kind.decode('latin-1')}"))
    return reading


def _inflated(data: bytes) -> bytes:
    """Give what is compressed inside a text chunk, nothing where nothing is."""
    start = data.find(b"\x78")
    while start >= 0:
        try:
            return zlib.decompress(data[start:])
        except zlib.error:
            start = data.find(b"\x78", start + 1)
    return b""


def _chunks(name: str, content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 12 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        yield kind, content[at + 8 : at + 8 + size]
        at += size + 12
        if kind == b"IEND":
            if at < len(content):
                yield b"tail", content[at:]
            return
    raise AuditError(f"{name}: the picture is cut short")


def read_binary(name: str, content: bytes) -> Reading:
    """Read the readable runs of a font, an icon or a program: nothing else of them is words."""
    text = b"\n".join(READABLE.findall(content)).decode("utf-8", "replace")
    return Reading(words=[Words(text=line, address=name) for line in text.splitlines()])


def read_search(name: str, content: bytes) -> Reading:
    """Read a part of the search index, gzip or plain: the texts of pages as the index keeps them."""
    plain = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    whole = b"\n".join(READABLE.findall(plain)).decode("utf-8", "replace")
    page, texts = _fragment(plain)
    return Reading(
        words=[Words(text=text, address=name, scope=whole[:300], page=page) for text in texts or [whole] if text]
    )


def _fragment(plain: bytes) -> tuple[str, list[str]]:
    """Give the page that a fragment is taken from, and every text it holds; places of words are no counts.

    Nothing where it is no fragment: then it is read as it stands.
    """
    try:
        fragment = json.loads(plain.removeprefix(b"pagefind_dcd"))
    except ValueError:
        return "", []
    address = str(fragment.get("url", "")) if isinstance(fragment, Mapping) else ""
    page = address.lstrip("/") + ("index.html" if address.endswith("/") else "")
    return page, [v for key, v in _leaves(fragment) if isinstance(v, str) and key not in ("id", "element", "url")]


def _leaves(value: object, key: str = "") -> Iterator[tuple[str, object]]:
    """Give every value that holds no others, with the key it stands under."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, key)
    else:
        yield key, value
