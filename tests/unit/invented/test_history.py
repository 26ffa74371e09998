"""Four invented releases: each is clean, nothing leaks, and what moved between two is what the later one declares."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kompeten.audit import audit_directory
from kompeten.ground.compiling import compile_model
from kompeten.ground.model import Compilation
from kompeten.ground.policy import load_policy
from kompeten.intake.validation import examine
from kompeten.invented.history import RELEASES, edited
from kompeten.invented.sample import sample_files
from kompeten.register.publishing.folder import write_folder
from kompeten.statistics.changes import next_version
from kompeten.statistics.declared import record
from kompeten.statistics.parts import told
from tests.unit.data_folders import REPOSITORY_DATA

NUMBERS = (1, 2, 3, 4)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Give the data folder of each release, without what is kept of earlier ones."""
    policy, home = load_policy(REPOSITORY_DATA / "policy.toml"), tmp_path_factory.mktemp("history")
    files, _ = sample_files("kaltim", 1, policy)
    blocks = [f"[[release]]{block}" for block in RELEASES.split("[[release]]")[1:]]
    assert len(blocks) == len(NUMBERS)
    for number in NUMBERS:
        text = "".join(blocks[:number]).encode()
        write_folder(home / str(number), {**edited(files, number, policy), "releases.toml": text})
    return {number: home / str(number) for number in NUMBERS}


@pytest.fixture(scope="module")
def compilations(folders: dict[int, Path]) -> dict[int, Compilation]:
    """Give each release compiled; each of them is clean."""
    found = {number: examine(folder, REPOSITORY_DATA) for number, folder in folders.items()}
    assert [(number, each.findings) for number, each in found.items()] == [(number, ()) for number in NUMBERS]
    return {n: compile_model(each.tables, each.releases, synthetic=True) for n, each in found.items()}


@pytest.mark.parametrize(
    ("number", "version", "kinds"),
    [
        (2, "1.1.0", {"added"}),
        (3, "2.0.0", {"added", "revised", "redefined"}),
        (4, "3.0.0", {"added", "removed", "renamed", "redefined"}),
    ],
)
def test_a_release_declares_what_it_moves_and_nothing_else(
    compilations: dict[int, Compilation], number: int, version: str, kinds: set[str]
) -> None:
    old, new = compilations[number - 1], compilations[number]
    found = record(told(old), told(new), new.releases[-1].declarations)
    assert (found.undeclared, found.unmatched, found.twice, found.misquoted) == ((), (), (), ())
    counted = Counter(each.change.kind for each in found.changes)
    assert set(counted) == kinds
    assert next_version(f"{int(version[0]) - (number > 2)}.0.0", [each.change for each in found.changes]) == version


def test_the_figures_of_the_split_regency_stay_under_its_old_code(compilations: dict[int, Compilation]) -> None:
    regions = compilations[4].codes["regions"]
    assert (regions["64.08"].successors, regions["64.12"].valid_from) == (("64.12",), "2026-10-15")
    named = Counter(row.place["region_code"] for row in compilations[4].observations)
    assert named["64.08"] > 10
    assert named["64.12"] == 0


@pytest.mark.parametrize("number", NUMBERS)
def test_nobody_can_be_recognised_in_any_of_them(folders: dict[int, Path], number: int) -> None:
    assert audit_directory(folders[number]).breaches == ()
