"""What others say of the workflows: their schema, and actionlint; zizmor is asked in every test run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.published import ROOT

NODE = ROOT / "oracles" / "node"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
NEWER = ('undefined variable "vars"', 'unknown permission scope "attestations"')
"""What GitHub has added since actionlint was last built for Node."""


def actionlint(*workflows: Path) -> list[str]:
    """Give what actionlint finds, but for what is newer than it."""
    command = ["node", str(NODE / "actionlint.mjs"), *map(str, workflows)]
    said = subprocess.run(command, cwd=NODE, capture_output=True, text=True, check=True).stdout
    return [line for line in said.splitlines() if not line.endswith(NEWER)]


def test_actionlint_finds_nothing_in_any_workflow_and_is_not_blind(tmp_path: Path) -> None:
    assert len(WORKFLOWS) >= 3
    assert actionlint(*WORKFLOWS) == []
    spoilt = tmp_path / "publish.yml"
    text = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    spoilt.write_text(text.replace("needs: [test, host]", "needs: [test, hosts]"), encoding="utf-8")
    assert any('job "build" needs job "hosts" which does not exist' in line for line in actionlint(spoilt))


def test_workflows_and_the_update_file_obey_their_schemas() -> None:
    for schema, files in (
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.dependabot", [ROOT / ".github/dependabot.yml"]),
    ):
        program = Path(sys.executable).parent / "check-jsonschema"
        command = [str(program), "--builtin-schema", schema, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
