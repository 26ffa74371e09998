"""A site that stands already as it would be made: it is attacked again, and not made a second time.

What a build remembers of a site is the list of the digests of its files, under all that the site follows from. A site
is taken for standing only where every file has its digest in that list, no other file is there, and the attack on it
finds nothing; otherwise it is made as if nothing stood there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kompeten import REPOSITORY
from kompeten.api.publication import Publication
from kompeten.audit import AuditSummary, Breach, audit_directory
from kompeten.forms.downloads.origin import packed
from kompeten.ground.policy import Policy
from kompeten.ground.tree import CHECKSUMS, checksums, listed_at, workroom
from kompeten.ground.workshop import Workshop, digest_of_program

DOCS, SNIPPETS = REPOSITORY / "docs", REPOSITORY / "examples" / "snippets"
WRITTEN_BY_HAND = (DOCS, SNIPPETS)
"""What of a site is neither program nor data: pages, glossary and examples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a site follows from, beside the program: digests of its packages with what was chosen for it, of what it
    says of privacy, and of what is written by hand.
    """

    origin: str
    privacy: str
    prose: str


def plan(chosen: Publication, policy: Policy, summary: AuditSummary) -> Plan:
    """Give what the site of a publication follows from. summary: of the audit of its data under the policy."""
    return Plan(
        origin=hashlib.sha256(packed(chosen)).hexdigest(),
        privacy=hashlib.sha256(repr((policy, summary)).encode()).hexdigest(),
        prose=digest_of_program(*WRITTEN_BY_HAND),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a build left. sums: its SHA256SUMS. pages: how many. near: limits of hosts that it came near to."""

    sums: str
    pages: int
    near: tuple[tuple[str, int, int], ...]

    @property
    def files(self) -> int:
        """Give how many files the build made: those of the list, but the report of the audit."""
        return self.sums.count("\n") - 1

    def packed(self) -> bytes:
        """Give it as a build remembers it: JSON."""
        return json.dumps(asdict(self)).encode()

    def __call__(self, files: Mapping[str, bytes]) -> Iterator[Breach]:
        """Give what a site holds otherwise than the build left it. files: all of them."""
        own = {path: content for path, content in files.items() if path != CHECKSUMS}
        if checksums(own) != self.sums.encode() or files.get(CHECKSUMS) != self.sums.encode():
            yield Breach(reason="not_as_drawn", subject=CHECKSUMS)


def standing_at(out: Path, made_from: Plan, workshop: Workshop) -> Standing | None:
    """Give the site that stands at a place as the plan would make it; None where none does, or one that tells."""
    kept = workshop.recall(Standing, made_from)
    if kept is None:
        return None
    said = json.loads(kept)
    known = Standing(sums=said["sums"], pages=said["pages"], near=tuple(map(tuple, said["near"])))
    if listed_at(out) != known.sums.encode():
        return None
    with workroom(out):
        verdict = audit_directory(out, redraw=known, workshop=workshop)
    return None if verdict.breaches else known
