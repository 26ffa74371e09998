"""A reading as bytes: what was read of a file on another core, or in an earlier build, without reading it again.

What is read of a file follows from its ending and its bytes alone: where it stands is said of it afterwards, so that
the same bytes are read once wherever they stand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any, TypeVar

from kompeten.audit.reading import digest_of, is_read, opened, read_file
from kompeten.audit.reading.package import digests
from kompeten.audit.reading.sightings import Documents, Figure, Member, Reading, Sighting, document_of
from kompeten.audit.reasoning.cells import Key
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.tree import sha256_of
from kompeten.ground.workshop import Workshop

Hashed = TypeVar("Hashed")
_of_sighting = attrgetter("value", "status", "precision", "source_id", "address", "old")
_of_figure = attrgetter("value", "text", "pointer", "address")
_of_breach = attrgetter("reason", "subject", "chain", "proof")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file of a site. It is told from others by its ending, its bytes, and whether a document says what it says."""

    name: str
    content: bytes

    @property
    def stand_in(self) -> str:
        """Give the name under which it is read: no file has a null character in its name."""
        return "\0" + PurePosixPath(self.name.rsplit("!", 1)[-1]).suffix

    def __repr__(self) -> str:
        return f"Held({self.stand_in!r}, {document_of(self.name) is not None}, {sha256_of(self.content)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads one file, and looks for digests of registers in it."""

    def __call__(self, held: Held) -> bytes:
        name = held.stand_in
        reading = read_file(name, held.content)
        try:
            reading.breaches += digests(reading.documents)
            reading.tables = reading.tables if document_of(held.name) else {}
            return _packed(reading, name)
        except RecursionError:
            return _packed(Reading(breaches=[Breach(reason="unreadable_file", subject=name)]), name)


def _packed(reading: Reading, name: str) -> bytes:
    """Give a reading as JSON, which nothing can hide in. name: of the file, of which a document may be the whole."""
    documents = ((each, None if each == name else json.dumps(own)) for each, own in reading.documents.items())
    own = {
        "sightings": [(*seen.key, *_of_sighting(seen)) for seen in reading.sightings],
        "figures": [_of_figure(figure) for figure in reading.figures],
        "breaches": [_of_breach(breach) for breach in reading.breaches],
        "members": [(member.name, member.number, member.digest.hex()) for member in reading.members],
        "documents": dict(documents),
        "tables": reading.tables,
    }
    return json.dumps(own, default=str).encode()


def _unpacked(content: bytes, held: Held, known: dict[Any, Any]) -> tuple[Reading, dict[str, bytes]]:
    """Give a reading back, and its documents apart, unparsed. known: what earlier ones hold, for the same count stands
    in many files.
    """
    own, stand_in = json.loads(content), held.stand_in

    def at(address: Any) -> Any:
        return held.name + address.removeprefix(stand_in) if address.startswith(stand_in) else address

    texts = {at(name): held.content if text is None else text.encode() for name, text in own["documents"].items()}
    reading = Reading(
        sightings=[
            Sighting(
                key=_once(Key(batch, stage, _once(tuple(place), known)), known),
                value=value,
                status=_once(status, known),
                precision=_once(precision, known),
                source_id=_once(source, known),
                address=at(address),
                old=old,
            )
            for batch, stage, place, value, status, precision, source, address, old in own["sightings"]
        ],
        figures=[
            Figure(value=value, text=text, pointer=to, address=at(where)) for value, text, to, where in own["figures"]
        ],
        breaches=[
            Breach(reason=reason, subject=at(subject), chain=tuple(map(at, chain)), proof=proof)
            for reason, subject, chain, proof in own["breaches"]
        ],
        tables={at(name): rows for name, rows in own["tables"].items()},
        members=[Member(name=at(name), number=n, digest=bytes.fromhex(digest)) for name, n, digest in own["members"]],
    )
    return reading, texts


def _once(value: Hashed, known: dict[Any, Any]) -> Hashed:
    """Give a value as the one object that is known of it."""
    same: Hashed = known.setdefault(value, value)
    return same


STRETCH = 2**25
"""Bytes of files that are read at once: what is read of them takes more room than they do, until it is taken in."""


def readings(files: Iterable[tuple[str, bytes]], workshop: Workshop) -> Reading:
    """Read files of a site, path and content, and the files of archives that do not stand beside them."""
    waiting = [Held(name=name, content=content) for name, content in files]
    names, same, documents = {held.name for held in waiting}, dict[Any, Any](), Documents()
    total, known = Reading(documents=documents), {digest_of(held.name, held.content) for held in waiting}
    while waiting:
        inside = []
        for held, packed in _read(waiting, workshop):
            reading, texts = _unpacked(packed, held, same) if packed else (read_file(held.name, held.content), {})
            reading.tables = {name: rows for name, rows in reading.tables.items() if document_of(name) in names}
            documents.add(texts)
            total.add(reading)
            strange = [member for member in reading.members if member.digest not in known]
            inside += [Held(name=own.name, content=content) for own, content in opened(strange, held.content)]
            known |= {member.digest for member in strange}
        waiting = inside
    return total


def _read(files: Sequence[Held], workshop: Workshop) -> Iterator[tuple[Held, bytes | None]]:
    """Give each file with what was read of it; None for what no reader claims: to say that again is less work than to
    remember it.
    """
    waiting = [*files]
    while waiting:
        sizes = accumulate(len(held.content) for held in waiting)
        count = max(1, sum(size <= STRETCH for size in sizes))
        stretch, waiting = waiting[:count], waiting[count:]
        made = workshop.each(Reader(), {str(n): held for n, held in enumerate(stretch) if is_read(held.name)})
        # pop: what was read of a file takes room until it is taken in.
        yield from ((held, made.pop(str(n), None)) for n, held in enumerate(stretch))
