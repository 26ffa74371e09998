"""What a reader of files reports: counts seen, figures that name a document, and breaches met on the way."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kompeten.audit.reasoning.cells import Key
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.vocabulary import ALL, DIMENSIONS

CONTEXT = ("batch_id", "stage", "source_id", "dimension", "release", *DIMENSIONS)
"""Names whose value holds for everything below them in a document."""

_NAMES = frozenset(CONTEXT)

STAGE_NAMES: Mapping[str, str] = {
    "applicants": "pendaftar",
    "participants": "peserta",
    "assessed": "asesi",
    "competent": "kompeten",
    "certificates": "skk_terbit",
}
"""Names under which a document holds the count of a stage."""

HARMLESS = frozenset(
    ("statements", "year", "number", "order", "decimals", "denominator", "multiplier", "population", "batches", "total")
)
"""Numbers that may stand beside a hidden count: they are about the document, the source or the base."""

CONTRACT = frozenset(
    (
        "observation_id", "cell_id", "programme_id", "year", "batch_id", "stage", *DIMENSIONS, "value", "unit",
        "status", "precision", "as_of", "source_id", "source_url", "preferred",
    )
)  # fmt: skip
"""Names in a count that are read as what they are; what stands under other names beside it may tell of it."""

WRONG = -1
"""Stands for a value that is no count: text, a fraction, a letter."""


class Sighting(NamedTuple):  # a site has tens of thousands: a dataclass takes three times as long to make
    """A count seen in a file. source_id, status: "" where the file does not say. old: from an earlier release."""

    key: Key
    value: int | None
    status: str
    precision: str
    source_id: str
    address: str
    old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number on a page that names the document it comes from: for machines (value) and as shown (text)."""

    value: str
    text: str
    pointer: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of an archive: its name behind that of the archive, its number there, and what tells it from others."""

    name: str
    number: int
    digest: bytes


class Documents(Mapping[str, Any]):
    """The documents of many files by their addresses, as JSON: parsed, one takes ten times the room of its text.

    Each is parsed when somebody looks at it, and stays so until ``ROOM`` letters of others were looked at.
    """

    ROOM = 2**24

    def __init__(self) -> None:
        self._texts: dict[str, bytes] = {}
        self._parsed: dict[str, Any] = {}
        self._letters = 0

    def add(self, texts: Mapping[str, bytes]) -> None:
        """Add documents. texts: UTF-8, read before."""
        self._texts.update(texts)

    def __getitem__(self, name: str) -> Any:
        if name not in self._parsed:
            text = self._texts[name]
            self._letters += len(text)
            while self._parsed and self._letters > self.ROOM:
                oldest = next(iter(self._parsed))
                del self._parsed[oldest]
                self._letters -= len(self._texts[oldest])
            self._parsed[name] = json.loads(text.decode())
        return self._parsed[name]

    def naming(self, *words: bytes) -> Iterator[str]:
        """Give the addresses of those that may name all of some words: not one more is parsed to see that it does not.

        A text with letters written as numbers may name any.
        """
        return (name for name, text in self._texts.items() if b"\\u" in text or all(word in text for word in words))

    def __contains__(self, name: object) -> bool:
        return name in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


@dataclass(slots=True)
class Reading:
    """Everything one file gives; readers add to it. members: files of archives, still to be read."""

    sightings: list[Sighting] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    documents: Mapping[str, Any] = field(default_factory=dict)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)

    def add(self, other: Reading) -> None:
        """Take in what another file gave."""
        self.sightings += other.sightings
        self.figures += other.figures
        self.breaches += other.breaches
        if other.documents:
            self.documents = {**self.documents, **other.documents}
        self.tables.update(other.tables)
        self.members += other.members


def sighting(record: Mapping[str, Any], address: str) -> Iterator[Sighting]:
    """Give the count that a record states, where it names a batch and a stage (or a cell_id) and has a value.

    record: names as in observations.csv, values of any kind; None and "" are both empty.
    """
    if "value" not in record or not ("status" in record or record["value"] not in (None, "")):
        return
    key = _key(record)
    if key is None:
        return
    yield Sighting(
        key=key,
        value=count_of(record.get("value")),
        status=str(record.get("status") or ""),
        precision=str(record.get("precision") or ""),
        source_id=str(record.get("source_id") or ""),
        address=address,
    )


def context_of(node: Mapping[str, Any], context: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give what holds below a node: what held above it, and its own names.

    The codes by which an entity (a batch, a programme, a target) is described are not those of its counts.
    """
    if _NAMES.isdisjoint(node):
        return context
    is_entity = "value" not in node and bool({"batch_id", "programme_id", "target_id"} & set(node))
    names = [name for name in CONTEXT if not (is_entity and name in DIMENSIONS)]
    return {**context, **{name: node[name] for name in names if isinstance(node.get(name), str)}}


def pointer_step(key: str) -> str:
    """Escape a key for a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def numbers_beside(record: Mapping[str, Any], known: Container[str] = ()) -> bool:
    """Tell whether a hidden count has a number beside it that could be about the people it hides.

    known: names of the record that are read as what they are.
    """
    numbers = (
        (name, value)
        for name, value in record.items()
        if isinstance(value, int | float) and not isinstance(value, bool) and name != "value" and name not in known
    )
    # No year of ours is before 1900: it is a count that hides under the name of a year.
    return any(
        not name.startswith("batches_") and (name not in HARMLESS or (name == "year" and value < 1900))
        for name, value in numbers
    )


WHOLE = re.compile(r"(?:^|[/!])observations[^/]*\.[a-z]+")


DOWNLOAD = re.compile(r"downloads/((?:releases/[^/]+/)?(?:codelists/)?[^./!]+)[.!]")
"""The path of a table among the downloads; what is cut out of one is no table."""


def document_of(name: str) -> str | None:
    """Give the document that a download must agree with row by row, in the same release; None for observations, which
    are compared count by count, in whatever order they stand.
    """
    found = DOWNLOAD.match(name)
    return f"api/v1/{found[1]}.json" if found and not WHOLE.search(name) else None


def count_of(value: object) -> int | None:
    """Give a value as a count: None for nothing, WRONG for what is no whole number of 0 or more."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return WRONG
    if isinstance(value, int):
        return value if value >= 0 else WRONG
    if isinstance(value, float):
        return int(value) if value.is_integer() and value >= 0 else WRONG
    text = str(value).strip()
    # Digits of other scripts are digits to Python, and to no writer of ours.
    return int(text) if text.isascii() and text.isdigit() else WRONG


def key_of(cell_id: str) -> Key | None:
    """Read a cell_id: batch/stage, then dimension=code for each dimension that is not ``_T``."""
    batch_id, _, rest = cell_id.partition("/")
    stage, *pairs = rest.split("/")
    own = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    if not batch_id or not stage or len(own) != len(pairs) or not set(own) <= set(DIMENSIONS):
        return None
    return Key(batch_id, stage, tuple(own.get(name, ALL) for name in DIMENSIONS))


def _key(record: Mapping[str, Any]) -> Key | None:
    if isinstance(record.get("cell_id"), str):
        return key_of(record["cell_id"])
    batch_id, stage = record.get("batch_id"), record.get("stage")
    if not isinstance(batch_id, str) or not isinstance(stage, str) or not batch_id or not stage:
        return None
    place = [str(record.get(name) or ALL) for name in DIMENSIONS]
    # Of a batch that is of one level as a whole, the count at that level is its total: nobody counted by level.
    # A truth in JSON, a word in CSV.
    is_whole = str(record.get("whole_batch")).lower() == "true"
    if record.get("code") and record.get("dimension") in DIMENSIONS and not is_whole:
        place[DIMENSIONS.index(record["dimension"])] = str(record["code"])
    return Key(batch_id, stage, tuple(place))
