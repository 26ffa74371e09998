"""The two example clients answer their three questions from a served site, both alike."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.published import ROOT, Kind, Published, published, write
from tests.serving import serving

CASES: tuple[Kind, ...] = ("real", "demo")
CLIENTS = ROOT / "examples" / "clients"
COMMANDS = {
    "python": [sys.executable, str(CLIENTS / "python_client.py")],
    "javascript": ["node", str(CLIENTS / "javascript_client.mjs")],
}


@pytest.fixture(params=CASES)
def site(request: pytest.FixtureRequest) -> Published:
    return published(request.param)


def said(site: Published, folder: Path) -> dict[str, list[str]]:
    wanted = ("progress.json", "regions.json", "conflicts.json")
    with serving(write({f"api/v1/{name}": site.tree[f"api/v1/{name}"] for name in wanted}, folder)) as address:
        return {
            name: subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout.splitlines()
            for name, command in COMMANDS.items()
        }


def test_both_clients_answer_alike_and_from_the_documents(site: Published, tmp_path: Path) -> None:
    answers = said(site, tmp_path)
    assert answers["python"] == answers["javascript"]
    lines = answers["python"]
    assert len(lines) >= 2 + len(site.rows("conflicts.json"))
    sentences = [row["sentence"]["en"] for row in site.rows("progress.json")]
    assert any(sentence in lines[0] for sentence in sentences)


def test_the_answers_about_the_real_programme(tmp_path: Path) -> None:
    lines = said(published("real"), tmp_path)["python"]
    assert lines[0].startswith("kaltim-2025-peserta: met. One source states the target for 2025 as 1,000 participants.")
    assert lines[1] == "10 of 10 regencies and cities have no published rate."
    assert "Participants, Tahap I of 2025: 800 to 860 orang, preferred 827 (kaltimprov-tahap-1)." in lines


def test_the_clients_are_short_enough_to_read() -> None:
    for path in (CLIENTS / "python_client.py", CLIENTS / "javascript_client.mjs"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 40, path.name
