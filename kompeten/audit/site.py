"""A built site as the attacker reads it: every file, by a parser that claims it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kompeten.audit.verdict import AuditResult
from kompeten.policy import Policy


def audit_site(path: Path, *, policy: Policy, previous: Sequence[Path] = ()) -> AuditResult:
    """Audit a built site."""
    raise NotImplementedError
