"""What earlier releases left, read one after the other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kompeten.audit import kept_sites
from kompeten.ground import store
from kompeten.ground.policy import load_policy
from tests.published import ROOT


def document(rows: list[dict[str, Any]]) -> bytes:
    return json.dumps({"release": "", "data": rows}).encode()


@pytest.mark.parametrize(("kind", "is_register"), [("press", False), ("register", True)])
def test_a_source_that_a_release_has_no_more_is_what_the_release_before_said(
    tmp_path: Path, kind: str, is_register: bool
) -> None:
    gone = {"cell_id": "uji-2025-1/peserta", "source_id": "koran-a", "kind": "removed", "table": "observations"}
    gone |= {"old": 50, "old_status": "released", "new": None, "new_status": None, "coordinates": [], "fields": []}
    gone["coordinates"] = [{"name": "batch_id", "code": "uji-2025-1"}, {"name": "stage", "code": "peserta"}]
    for release, files in (
        ("2026.11", {"sources.json": [{"source_id": "koran-a", "kind": kind}]}),
        ("2026.12", {"sources.json": [], "changes/2026.12.json": [gone]}),
    ):
        root = f"api/v1/releases/{release}/"
        store.put(tmp_path, release, {f"{root}{name}": document(rows) for name, rows in files.items()})
    newest, oldest = kept_sites(tmp_path, load_policy(ROOT / "data/policy.toml"))
    cells = [cell for _, release in newest.earlier for cell in release.cells]
    assert [(cell.key.batch_id, cell.value, cell.is_register) for cell in cells] == [("uji-2025-1", 50, is_register)]
    assert oldest.earlier == ()
