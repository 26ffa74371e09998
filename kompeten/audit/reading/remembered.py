"""A reading as bytes: what was read of a file on another core, or in an earlier build, without reading it again.

What is read of a file follows from its name and its bytes alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, TypeVar

from kompeten.audit.reading import digest_of, is_read, opened, read_file
from kompeten.audit.reading.package import digests
from kompeten.audit.reading.sightings import Figure, Member, Reading, Sighting, document_of
from kompeten.audit.reasoning.cells import Key
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.workshop import Workshop

Hashed = TypeVar("Hashed")
_SIGHTING = tuple(each.name for each in fields(Sighting) if each.name != "key")
_of_sighting, _of_figure = attrgetter(*_SIGHTING), attrgetter("value", "text", "pointer", "address")
_of_breach = attrgetter("reason", "subject", "chain", "proof")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file of a site."""

    name: str
    content: bytes

    def __repr__(self) -> str:
        return f"Held({self.name!r}, {hashlib.sha256(self.content).hexdigest()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads one file, and looks for digests of registers in it."""

    def __call__(self, held: Held) -> bytes:
        reading = read_file(held.name, held.content)
        try:
            reading.breaches += digests(reading.documents)
            return _packed(reading)
        except RecursionError:
            return _packed(Reading(breaches=[Breach(reason="unreadable_file", subject=held.name)]))


def _packed(reading: Reading) -> bytes:
    """Give a reading as JSON, which nothing can hide in."""
    own = {
        "sightings": [(*seen.key, *_of_sighting(seen)) for seen in reading.sightings],
        "figures": [_of_figure(figure) for figure in reading.figures],
        "breaches": [_of_breach(breach) for breach in reading.breaches],
        "members": [(member.name, member.number, member.digest.hex()) for member in reading.members],
        "documents": reading.documents,
        "tables": reading.tables,
    }
    return json.dumps(own, default=str).encode()


def _unpacked(content: bytes, known: dict[Any, Any]) -> Reading:
    """Give a reading back. known: what earlier ones hold, for the same count stands in many files."""
    own = json.loads(content)
    return Reading(
        sightings=[
            Sighting(
                key=_once(Key(batch, stage, _once(tuple(place), known)), known),
                **{
                    name: _once(each, known) if name in _FEW else each
                    for name, each in zip(_SIGHTING, rest, strict=True)
                },
            )
            for batch, stage, place, *rest in own["sightings"]
        ],
        figures=[Figure(value=value, text=text, pointer=to, address=at) for value, text, to, at in own["figures"]],
        breaches=[
            Breach(reason=reason, subject=subject, chain=tuple(chain), proof=proof)
            for reason, subject, chain, proof in own["breaches"]
        ],
        documents=own["documents"],
        tables=own["tables"],
        members=[Member(name=name, number=at, digest=bytes.fromhex(digest)) for name, at, digest in own["members"]],
    )


_FEW = frozenset(("status", "precision", "source_id"))
"""What of a sighting has few values."""


def _once(value: Hashed, known: dict[Any, Any]) -> Hashed:
    """Give a value as the one object that is known of it."""
    same: Hashed = known.setdefault(value, value)
    return same


def readings(files: Iterable[tuple[str, bytes]], workshop: Workshop) -> Reading:
    """Read files of a site, path and content, and the files of archives that do not stand beside them."""
    waiting = [Held(name=name, content=content) for name, content in files]
    names, same = {held.name for held in waiting}, dict[Any, Any]()
    total, known = Reading(), {digest_of(held.name, held.content) for held in waiting}
    while waiting:
        read = {str(number): held for number, held in enumerate(waiting) if is_read(held.name)}
        made = workshop.each(Reader(), read)
        inside = []
        for number, held in enumerate(waiting):
            # What no reader claims says nothing but that: to remember it would be more work than to say it again.
            packed = made.pop(str(number), None)
            reading = read_file(held.name, held.content) if packed is None else _unpacked(packed, same)
            reading.tables = {name: rows for name, rows in reading.tables.items() if document_of(name) in names}
            total.add(reading)
            strange = [member for member in reading.members if member.digest not in known]
            inside += [Held(name=own.name, content=content) for own, content in opened(strange, held.content)]
            known |= {member.digest for member in strange}
        waiting = inside
    return total
