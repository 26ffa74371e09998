"""A reading as bytes: what was read of a file on another core, or in an earlier build, without reading it again.

What is read of a file follows from its name and its bytes alone. Words are kept apart and opened only where something
may be hidden: most of what a site says is words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

from kompeten.audit.reading import DRAWN, digest_of, opened, read_file
from kompeten.audit.reading.package import digests, text_breaches
from kompeten.audit.reading.sightings import Figure, Member, Reading, Sighting, Words
from kompeten.audit.reasoning.cells import Key
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.workshop import Workshop

_SIGHTING = tuple(each.name for each in fields(Sighting) if each.name != "key")
_of_sighting, _of_figure = attrgetter(*_SIGHTING), attrgetter("value", "text", "pointer", "address")
_of_breach, _of_words = (
    attrgetter("reason", "subject", "chain", "proof"),
    attrgetter("text", "address", "scope", "page"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file of a site."""

    name: str
    content: bytes

    def __repr__(self) -> str:
        return f"Held({self.name!r}, {hashlib.sha256(self.content).hexdigest()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a file says, its words still packed.

    digest: tells it from other files. is_suspect: there is an identifier in words that may only repeat a page.
    """

    digest: bytes
    is_suspect: bool
    reading: Reading
    words: bytes

    def open(self) -> tuple[list[Words], dict[str, str]]:
        """Give the words, and the words of each page without its figures."""
        said, pages = json.loads(self.words)
        return [Words(text=text, address=address, scope=scope, page=page) for text, address, scope, page in said], pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads one file, and looks for identifiers and for digests of registers in it.

    contacts: addresses of mail by which the publisher itself is reached, in order.
    """

    contacts: tuple[str, ...]

    def __call__(self, held: Held) -> bytes:
        reading, digest = read_file(held.name, held.content), digest_of(held.name, held.content)
        contacts = frozenset(self.contacts)
        own = [(said.address, said.text) for said in reading.words if not said.page]
        repeated = [(said.address, said.text) for said in reading.words if said.page]
        try:
            reading.breaches += [*text_breaches(own, contacts), *digests(reading.documents)]
            return _packed(reading, digest, is_suspect=any(text_breaches(repeated, contacts)))
        except RecursionError:
            nothing = Reading(breaches=[Breach(reason="unreadable_file", subject=held.name)])
            return _packed(nothing, digest, is_suspect=False)


def _packed(reading: Reading, digest: bytes, *, is_suspect: bool) -> bytes:
    """Give a reading as two lines of JSON, which nothing can hide in. Words of whole rows are left out: each of their
    cells is said by itself too.
    """
    own = {
        "digest": digest.hex(),
        "is_suspect": is_suspect,
        "sightings": [(*seen.key, *_of_sighting(seen)) for seen in reading.sightings],
        "figures": [_of_figure(figure) for figure in reading.figures],
        "breaches": [_of_breach(breach) for breach in reading.breaches],
        "members": [(member.name, member.number, member.digest.hex()) for member in reading.members],
        "documents": reading.documents,
        "tables": reading.tables,
    }
    words = [_of_words(each) for each in reading.words if not each.is_record]
    return b"\n".join(json.dumps(each, default=str).encode() for each in (own, (words, reading.pages)))


def _unpacked(content: bytes) -> Said:
    first, words = content.split(b"\n", 1)
    own = json.loads(first)
    reading = Reading(
        sightings=[
            Sighting(key=Key(batch, stage, tuple(place)), **dict(zip(_SIGHTING, rest, strict=True)))
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
    return Said(digest=bytes.fromhex(own["digest"]), is_suspect=own["is_suspect"], reading=reading, words=words)


def readings(files: Iterable[tuple[str, bytes]], contacts: Iterable[str], workshop: Workshop) -> list[Said]:
    """Read files of a site, path and content, and the files of archives that do not stand beside them."""
    reader = Reader(contacts=tuple(sorted(contacts)))
    waiting = [Held(name=name, content=content) for name, content in files]
    found: list[Said] = []
    known: set[bytes] = set()
    while waiting:
        quick = {str(number): held for number, held in enumerate(waiting) if held.name.endswith(DRAWN)}
        slow = {str(number): held for number, held in enumerate(waiting) if str(number) not in quick}
        made = {**Workshop().each(reader, quick), **workshop.each(reader, slow)}
        fresh = [_unpacked(made[str(number)]) for number in range(len(waiting))]
        found += fresh
        known |= {said.digest for said in fresh}
        inside = []
        for held, said in zip(waiting, fresh, strict=True):
            strange = [member for member in said.reading.members if member.digest not in known]
            inside += [Held(name=own.name, content=content) for own, content in opened(strange, held.content)]
            known |= {member.digest for member in strange}
        waiting = inside
    return found
