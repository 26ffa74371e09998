"""What the audit says: breaches with the chain of addresses that gives a cell away, and a summary without times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal, get_args

from kompeten.ground.findings import Label, Language
from kompeten.ground.refusal import DISCLOSURE, USAGE, Refused
from kompeten.ground.wording import said


class AuditError(Refused):
    """The audit could not be carried out; a gate that meets it must fail, never pass."""

    status = DISCLOSURE


class NothingToAudit(AuditError):
    """What was named is no folder that can be audited, or a part of it cannot be read."""

    status = USAGE


class Contradiction(AuditError):
    """No whole numbers satisfy what is published: two statements disagree."""


Proof = Literal["stated", "equation", "propagation", "free", "rank", "witness", "program", "interior"]
"""What an interval rests on, see solve.py."""

PLACES_TOLD = 20
"""So many places of one kind are named; more are counted."""
FOLDED = ("note_tells", "order_by_value")
"""Reasons that strike one table or batch in many files; each is told once, with the places."""

Reason = Literal[
    "small_cell", "recovered", "too_tight", "small_complement", "unprinted_recovered", "insider", "all_failed",
    "small_change", "few_people_changed", "batch_withdrawn",
    "value_beside_hidden", "not_a_count", "not_exact", "status_unknown", "rate_of_hidden", "formats_disagree",
    "no_mark", "rows_changed", "kind_changed", "other_policy", "weaker_policy", "other_groups", "no_address",
    "row_absent", "order_by_value", "note_tells", "identifier", "row_data", "digest_of_input",
    "not_as_drawn", "unclaimed_file", "unreadable_file", "contradiction", "not_solved",
]  # fmt: skip
"""Why a release may not go out: what a count gives away, what is not printed as it should be, what is not as the door
left it, what a reader learns beside the counts, and what could not be checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One way in which what is published gives a person away.

    subject: the cell or the file. chain: published addresses that together give it away. proof: what the finding
    rests on, "" where it can be read off the page. Never a value: a build log is a public place.
    """

    reason: Reason
    subject: str
    chain: tuple[str, ...] = ()
    proof: Proof | Literal[""] = ""

    def line(self, language: Language) -> str:
        """Give the breach as ``reason: cell: what; mend [addresses]``."""
        text = f"{self.reason}: {self.subject}: {said('breach', 'checks')[self.reason].text(language)}"
        return f"{text} [{' + '.join(self.chain)}]" if self.chain else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """What the systems gave: breaches, how many hidden cells, their tightest width, proofs by kind, insiders tried."""

    breaches: tuple[Breach, ...]
    targets: int
    tightest: int | None
    proofs: Mapping[Proof, int]
    insiders: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSummary:
    """What privacy.json says of an audit; no time and no path, so that the same input gives the same bytes.

    cells_audited: published counts from registers. targets: hidden cells attacked, in this and earlier releases.
    tightest_width: no hidden cell has a narrower interval; None where nothing is hidden. proofs: how many targets
    each kind of proof settled. insiders: ways of being counted that were tried as the knowledge of one insider.
    files_read: files of the folder, every one claimed by a parser. releases_compared: earlier releases read together
    with this one.
    """

    threshold: int
    width: int
    cells_audited: int
    targets: int
    tightest_width: int | None
    proofs: tuple[tuple[Proof, int], ...]
    insiders: int = 0
    files_read: int
    releases_compared: int
    breaches: int

    def sentence(self) -> Label:
        """Say in plain words what was attacked, also where there was nothing to attack."""
        key = "attacked" if self.targets else "unhidden" if self.cells_audited else "nothing"
        return _sentence(key, **asdict(self))

    def words(self) -> Label:
        """Say the same, and how many files were read."""
        return self.sentence().then(_sentence("read", files_read=self.files_read))

    def as_json(self) -> dict[str, object]:
        """Give the summary as a JSON object; every kind of proof is there, with 0 where it was not needed."""
        counted = dict(self.proofs)
        return {**asdict(self), "proofs": {kind: counted.get(kind, 0) for kind in get_args(Proof)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """The verdict on a folder: breaches in order, none where it may be published, and the summary."""

    breaches: tuple[Breach, ...]
    summary: AuditSummary

    def lines(self, language: Language) -> tuple[str, ...]:
        """Give the verdict as lines to print: every breach, texts that tell in one, then one line of summary."""
        own = self.summary
        tightest = "-" if own.tightest_width is None else str(own.tightest_width)
        closing = _sentence("closing", **asdict(own), tightest=tightest)
        return (*(breach.line(language) for breach in _folded(self.breaches)), closing.text(language))


def _folded(breaches: Sequence[Breach]) -> Iterator[Breach]:
    """Give the breaches, those that say the same in many places as one with the places of all."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for breach in breaches:
        if breach.reason in FOLDED:
            places[breach.reason, breach.subject].extend(breach.chain)
    for breach in breaches:
        if breach.reason not in FOLDED or not breach.chain:
            yield breach
        elif own := places.pop((breach.reason, breach.subject), []):
            more = [f"+{len(own) - PLACES_TOLD}"] if len(own) > PLACES_TOLD else []
            yield replace(breach, chain=(", ".join((*own[:PLACES_TOLD], *more)),))


def _sentence(key: str, **details: object) -> Label:
    """Give one sentence of the verdict; the catalogue has them without their full stop."""
    return Label(*(f"{text}." for text in said("verdict", "checks")[key].filled(**details)))
