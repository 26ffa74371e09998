"""What stands elsewhere: texts about other programmes, batches and targets, and the titles of public sources.

A sentence there may be full of numbers and places, for another programme trained people in the same regencies. It is
told apart by where it stands, not by how it sounds: it is about a batch of a register only where it names the batch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kompeten.audit.reading.sightings import Words

IDS = ("batch_id", "programme_id", "target_id", "source_id")
STEP = re.compile(r"[/#!:?()= ]+")
ENDING = re.compile(r"(?:\.(?:en|id))?\.(?:json|html|csv|svg|png|txt)$")
LEAST = 12
"""A text of fewer letters than this is a word or a date, and stands anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """ids: of programmes, batches, targets and sources without a register. registers: the ids of those that have one.
    texts: of records without one, longest first. programmes: batch to programme, of all.
    """

    ids: frozenset[str]
    registers: frozenset[str]
    texts: tuple[str, ...]
    programmes: Mapping[str, str]

    def holds(self, said: Words) -> bool:
        """Tell whether words stand in a file or a record about something else, or are a text of such a record.

        A picture or a feed is about the longest id that its name holds.
        """
        steps = {ENDING.sub("", step) for step in STEP.split(said.address)}
        return any(self._named(step) in self.ids for step in steps) or said.text.strip() in self.texts

    def _named(self, step: str) -> str:
        """Give the longest id in a step of an address; nothing where it holds none."""
        parts = step.split("-")
        stretches = {
            "-".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1)
        }
        return max(stretches & (self.ids | self.registers), key=len, default="")

    def without(self, text: str) -> str:
        """Give a text without what it quotes of such records."""
        for own in self.texts:
            text = text.replace(own, " ")
        return text


def elsewhere(documents: Mapping[str, Any], batches: frozenset[str]) -> Elsewhere:
    """Learn from the documents of the API what is not about some batches, which are those of registers."""
    rows = [row for path, own in documents.items() if path.startswith("api/v1/") for row in _records(own, {})]
    programmes = {row["programme_id"] for row, _ in rows if row.get("batch_id") in batches and "programme_id" in row}
    named = [(name, str(row[name]), row) for row, _ in rows for name in IDS if name in row]
    ids = frozenset(code for name, code, row in named if _is_other(name, row, batches, programmes))
    texts = {
        text.strip()
        for row, texts in rows
        if row.get("batch_id") not in batches and any(row.get(name) in ids for name in IDS)
        for text in texts
        if len(text.strip()) >= LEAST
    }
    return Elsewhere(
        ids=ids,
        registers=frozenset(code for _, code, _ in named) - ids,
        texts=tuple(sorted(texts, key=lambda text: (-len(text), text))),
        programmes={
            row["batch_id"]: row["programme_id"] for row, _ in rows if {"batch_id", "programme_id"} <= row.keys()
        },
    )


def _is_other(name: str, row: Mapping[str, Any], batches: frozenset[str], programmes: set[str]) -> bool:
    """Tell whether the record that an id names is about something else; a source counts where it can be opened."""
    if name == "source_id":
        return bool(row.get("url")) and row.get("kind") not in (None, "register")
    if row.get("batch_id") in batches:
        return False
    return name == "batch_id" or row.get("programme_id") not in {*programmes, None}


def _records(node: Any, around: Mapping[str, str]) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Give every record of a document: its own fields with the ids that hold around it, and the texts in it."""
    if isinstance(node, Mapping):
        ids = {**around, **{name: node[name] for name in IDS if isinstance(node.get(name), str)}}
        own = {key: value for key, value in node.items() if isinstance(value, str)}
        yield {**own, **ids}, list(_texts(node))
        for child in node.values():
            yield from _records(child, ids)
    elif isinstance(node, list):
        for child in node:
            yield from _records(child, around)


def _texts(node: Mapping[str, Any]) -> Iterator[str]:
    """Give the texts of a record: its own, and those of its labels in both languages."""
    for value in node.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping) and set(value) <= {"id", "en"}:
            yield from (text for text in value.values() if isinstance(text, str))
