"""The door's marks beside their rows: what comes from a register came through the door, and stays as it left it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.doormark import Mark, rows_digest
from kompeten.ground.rows import Row
from kompeten.ground.vocabulary import ALL, DIMENSIONS

MANY_DIMENSIONS = 4
"""Nobody but who holds a register knows the people of one batch by so many of their traits: no report ever gave more
than two."""


def mark_breaches(rows: Iterable[Row], kinds: Mapping[str, str], marks: Sequence[Mark]) -> Iterator[Breach]:
    """Give the batches of a register, or of what is like one, without a mark, and the marks whose rows or source are
    not what they were, or that are not alone.

    kinds: kind by source_id; empty where no sources were read, which says nothing about what comes from a register.
    """
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row.get("batch_id", ""), row.get("source_id", "")].append(row)
    marked = {(mark.batch_id, mark.source_id): mark for mark in marks}
    named = Counter((mark.batch_id, mark.source_id) for mark in set(marks))
    for (batch_id, source_id), own in sorted(found.items()):
        mark = marked.get((batch_id, source_id))
        crossed = [name for name in DIMENSIONS if any(row.get(name, ALL) not in (ALL, "") for row in own)]
        # It counts the people of one batch as only a register can, whatever it calls itself.
        is_register = kinds.get(source_id) == "register" or len(crossed) >= MANY_DIMENSIONS
        if mark is None and kinds and is_register:
            yield Breach(reason="no_mark", subject=f"{batch_id} ({source_id})")
        # Of two marks of the same rows one is not the door's, and nobody can tell which.
        elif mark is not None and (named[batch_id, source_id] > 1 or rows_digest(own) != mark.rows_sha256):
            yield Breach(reason="rows_changed", subject=f"{batch_id} ({source_id})")
    for pair in sorted(marked):
        if pair not in found:
            yield Breach(reason="rows_changed", subject=f"{pair[0]} ({pair[1]})")
        if kinds and kinds.get(pair[1]) != "register":
            yield Breach(reason="kind_changed", subject=f"{pair[0]} ({pair[1]})")
