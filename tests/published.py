"""Everything of a publication but its pages, built in memory: what tests of documents and forms look at."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from kompeten.api import catalogue
from kompeten.api.edition import Edition, compute
from kompeten.api.privacy import privacy_endpoint
from kompeten.api.publication import publication
from kompeten.audit.reasoning.verdict import AuditSummary
from kompeten.ground.policy import load_policy
from kompeten.ground.settings import Settings
from kompeten.intake.validation import examine
from kompeten.invented.sample import write_sample
from kompeten.site import composing

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
SETTINGS = Settings(
    base_url="https://host.example/repo/",
    repository_url="https://code.example/repo",
    contact_email="redaksi@host.example",
    publisher="Kaltim Kompeten",
)
PAGES = ("", "data/", "tahap/kaltim-2025-1/")

Kind = Literal["real", "demo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One publication. tree: path below the root of the site to content, everything but pages."""

    edition: Edition
    tree: Mapping[str, bytes]

    def json(self, path: str) -> Any:
        """Give a published JSON file, parsed."""
        return json.loads(self.tree[path])

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Give the data of a document; name below ``/api/v1/``."""
        found: list[dict[str, Any]] = self.json(f"api/v1/{name}")["data"]
        return found


@lru_cache
def published(kind: Kind) -> Published:
    """Build the repository's own data, or a synthetic programme of the size of the province's."""
    if kind == "real":
        return publish(DATA)
    with tempfile.TemporaryDirectory() as folder:
        write_sample("kaltim", 1, Path(folder, "data"))
        return publish(Path(folder, "data"))


def publish(data: Path) -> Published:
    """Build everything but the pages from a data folder."""
    edition = compute(publication(examine(data, DATA), SETTINGS, None), privacy())
    tree = composing.figures(edition)
    composing.seal(edition, tree, PAGES)
    return Published(edition=edition, tree=tree)


def privacy() -> catalogue.Endpoint:
    """Give privacy.json with an audit of nothing: what it holds is tested with the audit."""
    policy = load_policy(DATA / "policy.toml")
    summary = AuditSummary(
        threshold=policy.threshold,
        width=policy.width,
        cells_audited=0,
        targets=0,
        tightest_width=None,
        proofs=(),
        files_read=0,
        releases_compared=0,
        breaches=0,
    )
    return privacy_endpoint(policy, summary)


def write(tree: Mapping[str, bytes], folder: Path) -> Path:
    """Write a tree to disk; give its folder."""
    for path, content in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder
