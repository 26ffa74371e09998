"""The disclosure policy and what this build's attack on its own figures found, as a document of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kompeten.api import shaping
from kompeten.api.catalogue import Endpoint, one
from kompeten.api.shapes import Shape, Text
from kompeten.ground.policy import Policy
from kompeten.ground.vocabulary import Stage

if TYPE_CHECKING:
    from kompeten.audit.reasoning.verdict import AuditSummary


class PrivacyRule(Shape):
    """One rule of the policy in words."""

    id: str
    """Name of the rule."""
    text: Text
    """The rule."""
    source: str
    """What it rests on."""


class PlannedTable(Shape):
    """One table that is published of every batch counted from a register."""

    name: str
    """Name of the table."""
    dimensions: tuple[str, ...]
    """Its dimensions; none for the total of a batch."""
    stages: tuple[Stage, ...]
    """Its stages."""
    is_headline: bool
    """true where totals are printed exactly and complements are not protected."""


class Proof(Shape):
    """How many hidden cells one kind of proof settled."""

    kind: str
    """Kind of proof."""
    cells: int
    """Hidden cells."""


class Audit(Shape):
    """What the attack found. It has no times: the same input gives the same text."""

    cells_audited: int
    """Published counts that come from registers. Figures of the press are public already and are no targets."""
    targets: int
    """Hidden cells that were attacked."""
    tightest_width: int | None
    """Narrowest interval that an attacker is left with, largest minus smallest; null where nothing is hidden."""
    proofs: tuple[Proof, ...]
    """Kinds of proof used."""
    insiders: int
    """Ways of being counted that were tried as the knowledge of one insider: somebody who knows to be counted."""
    breaches: int
    """Always 0: a build with a breach is not published."""
    sentence: Text
    """The same in words."""


class Privacy(Shape):
    """The policy and the result of the attack."""

    threshold: int
    """Counts of 1 to threshold - 1 people are never printed."""
    width: int
    """A hidden count keeps at least this much room between its largest and smallest possible value."""
    method: Literal["suppression"]
    """How counts are protected: some are not printed; none is altered."""
    hidden_share_pct: int
    """A table plan that hides more of its cells than this is refused, in per cent."""
    small_change_below: int
    """No printed cell moves by less than this between releases, unless declared a correction."""
    rules: tuple[PrivacyRule, ...]
    """The rules in words, each with its source."""
    tables: tuple[PlannedTable, ...]
    """What is published of each batch."""
    audit: Audit
    """This build's attack on its own figures."""


def privacy_endpoint(policy: Policy, summary: AuditSummary) -> Endpoint:
    """Give the endpoint of privacy.json."""
    proofs = tuple(Proof(kind=kind, cells=cells) for kind, cells in summary.proofs)
    data = shaping.filled(
        Privacy,
        policy,
        method="suppression",
        rules=tuple(shaping.filled(PrivacyRule, rule) for rule in policy.rules),
        tables=tuple(shaping.filled(PlannedTable, table) for table in policy.tables),
        audit=shaping.filled(Audit, summary, proofs=proofs, sentence=shaping.text(summary.sentence())),
    )
    return one("privacy", "getPrivacy", Privacy, lambda _: data)
