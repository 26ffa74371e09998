"""The door's mark: what a package says about its own rows, so that no one word of them can be edited unseen.

``anonymize`` writes one entry for each batch and source into the descriptor of the outcomes: which source, under which
policy, and a digest of the rows as it left them. The entries travel with the rows into the repository's own data, and
the audit reads them there again. The digest is of published rows only; it says nothing about the register.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kompeten.ground.policy import Policy

PROPERTY = "protected"
"""The property of the descriptor that holds the marks: a list of objects with the four fields of Mark."""

LEFT_OUT = "preferred"
"""The one column that the digest does not cover: which of several sources is used may change when others speak."""

RULES = ("threshold", "width", "complements", "all_failed")
"""The rules of the policy under which a count was protected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The mark of the rows that one source has of one batch; digests are hexadecimal SHA-256."""

    batch_id: str
    source_id: str
    policy_sha256: str
    rows_sha256: str

    def as_json(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in FIELDS}


FIELDS = tuple(Mark.__dataclass_fields__)


def marks_of(descriptor: Mapping[str, Any]) -> tuple[Mark, ...]:
    """Read the marks of a descriptor; what is no mark is left out, so that its rows count as unmarked."""
    entries = descriptor.get(PROPERTY)
    return tuple(Mark(**entry) for entry in (entries if isinstance(entries, list) else ()) if is_mark(entry))


def is_mark(entry: object) -> bool:
    """Tell whether an entry has exactly the fields of a mark, all of them texts."""
    return isinstance(entry, Mapping) and set(entry) == set(FIELDS) and all(isinstance(v, str) for v in entry.values())


def marks_for(rows: Iterable[Mapping[str, str]], source_id: str, policy: Policy) -> tuple[Mark, ...]:
    """Give the marks of the rows of one source, every cell as the text that its file holds, by batch."""
    batches: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        if row["source_id"] == source_id:
            batches.setdefault(row["batch_id"], []).append(row)
    own = policy_digest(policy)
    return tuple(
        Mark(batch_id=batch_id, source_id=source_id, policy_sha256=own, rows_sha256=rows_digest(found))
        for batch_id, found in sorted(batches.items())
    )


def rows_digest(rows: Sequence[Mapping[str, str]]) -> str:
    """Give the digest of rows, whatever their order and that of their columns; an empty cell is no cell."""
    filled = [sorted((name, text) for name, text in row.items() if text and name != LEFT_OUT) for row in rows]
    lines = sorted(json.dumps(cells, ensure_ascii=False) for cells in filled)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def policy_digest(policy: Policy) -> str:
    """Give the digest of the rules under which counts are protected."""
    rules = {name: getattr(policy, name) for name in RULES}
    return hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()
