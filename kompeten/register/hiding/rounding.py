"""The other way to protect: every count rounded to base 5, up or down by a draw that only the office can repeat.

The draw of a cell comes from HMAC-SHA256 over its coordinates with a secret salt: the same in every release, so that
two releases never average it away, and the same for all stages at one place, so that the funnel keeps its order.
Zero stays zero. The expected value of a rounded count is the count.
Source: Fraser and Wooton 2005 and Statistics New Zealand's fixed random rounding (same cell, same draw).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kompeten.audit.reasoning.solve import intervals
from kompeten.audit.reasoning.system import CEILING, System
from kompeten.ground.policy import Policy
from kompeten.register.hiding.linkage import Coordinates, Linked, least_missed_beside
from kompeten.register.reading.people import Booleans, Integers

SALT_BYTES_AT_LEAST = 16
ROUNDS = 12


class SaltError(ValueError):
    """The salt cannot be used; the message never holds it."""


def load_salt(path: Path) -> bytes:
    """Read the salt: a file outside the repository with at least 16 bytes. Raises SaltError."""
    try:
        salt = path.read_bytes().strip()
    except OSError as error:
        raise SaltError(f"salt file {path.name}: cannot be read: {error.strerror}") from None
    if len(salt) < SALT_BYTES_AT_LEAST:
        raise SaltError(f"salt file {path.name}: at least {SALT_BYTES_AT_LEAST} bytes are needed")
    if any((folder / ".git").exists() for folder in path.resolve().parents):
        raise SaltError(f"salt file {path.name}: lies in a git repository; keep it outside")
    return salt


def draw(salt: bytes, batch_id: str, place: Coordinates, *, base: int) -> int:
    """Give 0 to base-1 for one place of one batch; anybody without the salt finds each equally likely."""
    digest = hmac.new(salt, "/".join((batch_id, *place)).encode("utf-8"), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") % base


def rounded(linked: Linked, salt: bytes, *, base: int) -> Integers:
    """Give every cell's rounded count; only those of printed cells may be published."""
    draws = np.array([draw(salt, linked.batch_id, place, base=base) for _, place in linked.keys], dtype=np.int64)
    return (linked.truth + draws) // base * base


def hide_after_rounding(linked: Linked, printed: Integers, policy: Policy) -> Booleans | None:
    """Give the cells that even rounded must be hidden, by the same attack; None where no safe choice is found."""
    hidden = np.zeros(linked.size, dtype=bool)
    targets = np.flatnonzero(linked.primary | linked.implied)
    for _ in range(ROUNDS):
        unsafe = _unsafe(linked, printed, hidden, np.union1d(targets, np.flatnonzero(hidden)).tolist(), policy)
        if not unsafe:
            return hidden
        before = hidden.copy()
        for cell in unsafe:
            hidden[least_missed_beside(linked, cell, hidden)] = True
        if (before == hidden).all():
            return None
    return None


def _unsafe(linked: Linked, printed: Integers, hidden: Booleans, targets: Sequence[int], policy: Policy) -> list[int]:
    """Attack: what is left of each target when every printed count is known to within base-1."""
    if not targets:
        return []
    exact = linked.system(np.ones(linked.size, dtype=bool))
    known = linked.printed & ~hidden
    slack = policy.rounding_base - 1
    system = System(
        names=exact.names,
        lower=np.where(known, np.maximum(printed - slack, 0), 0),
        upper=np.where(known, printed + slack, CEILING),
        matrix=exact.matrix,
        row_lower=exact.row_lower,
        row_upper=exact.row_upper,
        why=exact.why,
        said=exact.said,
        texts=exact.texts,
    )
    found = intervals(system, targets, width=policy.width)
    return [cell for cell, interval in zip(targets, found, strict=True) if not linked.is_safe(cell, interval, policy)]
