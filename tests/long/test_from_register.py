"""From a register to a site: what the door lets out is published without a false alarm, and a sentence too much is not.

Unlike the demo, these programmes are small: few batches, whole totals hidden, numbers like 2 on every page.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.audit import audit_directory
from tests.conftest import ROOT, command
from tests.site_reader import document

Once = Callable[[str, Callable[[Path], None]], Path]
REGISTER, CONFIG = ROOT / "examples/register-contoh.csv", ROOT / "examples/config-contoh.toml"
STAGES = (
    '["pendaftar", "lolos_verifikasi", "peserta", "hadir", "selesai", "asesi", "kompeten", "belum_kompeten", '
    '"skk_terbit"]'
)
SMALL_PLAN = f"""
[[plan.tables]]
name = "tahap"
dimensions = []
stages = {STAGES}
headline = true
weight = 1000

[[plan.tables]]
name = "jenis_kelamin"
dimensions = ["sex"]
stages = ["peserta"]
weight = 20
"""


def few_people(folder: Path) -> Path:
    """Give a register of every 22nd row of the example: about forty people in two batches."""
    text = REGISTER.read_text(encoding="utf-8-sig").splitlines()
    head = next(number for number, line in enumerate(text) if "NIK" in line and "Tahap" in line)
    (folder / "register.csv").write_text("\n".join([*text[: head + 1], *text[head + 1 :: 22]]) + "\n", encoding="utf-8")
    return folder / "register.csv"


def published(register: Path, config: Path, out: Path) -> None:
    """Send a register through the door and build the site of what comes out."""
    data = out.parent / f"{out.name}-data"
    report = out.parent / f"{out.name}.md"
    command("-m", "kompeten", "anonymize", register, "--config", config, "--out", data, "--report", report)
    command("build.py", "--data", data, "--out", out)


@pytest.fixture(scope="session")
def example_site(once: Once) -> Path:
    """Give the site of the example register."""
    return once("site-example", lambda out: published(REGISTER, CONFIG, out))


@pytest.fixture(scope="session")
def small_site(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the site of a few people of the example register; some totals of their batches are hidden."""
    folder = tmp_path_factory.mktemp("few")
    config = folder / "config.toml"
    config.write_text(CONFIG.read_text(encoding="utf-8") + SMALL_PLAN, encoding="utf-8")
    return once("site-few", lambda out: published(few_people(folder), config, out))


def test_the_example_register_becomes_a_site_with_hidden_counts(example_site: Path) -> None:
    statuses = [row["status"] for row in document(example_site, "api/v1/observations.json")["data"]]
    assert 0 < statuses.count("hidden") < len(statuses) / 3


def test_a_small_register_becomes_a_site_with_hidden_totals(small_site: Path) -> None:
    funnel = document(small_site, "api/v1/batches/contoh-2026-1.json")["data"]["funnel"]
    funnel += document(small_site, "api/v1/batches/contoh-2026-2.json")["data"]["funnel"]
    assert [stage["stage"] for stage in funnel if stage["status"] == "hidden"]


def reasons(site: Path, folder: Path, sentence: str) -> set[str]:
    """Give the reasons of refusal of a copy of the packages of a site with a sentence beside them."""
    copy = folder / "data"
    shutil.copytree(site.parent / f"{site.name}-data", copy)
    (copy / "README.md").write_text(f"# Data\n\n{sentence}\n", encoding="utf-8")
    return {breach.reason for breach in audit_directory(copy).breaches}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tahap I 2026: 3 orang kompeten dari Kabupaten Paser.", {"note_tells"}),
        ("Three people from Paser Regency passed in batch 1 of 2026.", {"note_tells"}),
        ("Dari Kabupaten Paser, yang kompeten pada Tahap I hanya tiga orang.", {"note_tells"}),
        ("Peserta Tahap I 2026 dari Kabupaten Paser dilatih 3 hari di 2 tempat.", set()),
        ("Dua dari dua tahap menyebut semua peserta dari Paser.", set()),
    ],
)
def test_a_sentence_about_a_hidden_part(example_site: Path, tmp_path: Path, sentence: str, expected: set[str]) -> None:
    assert reasons(example_site, tmp_path, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Pada Tahap I 2026 terbit 14 SKK.", {"note_tells"}),
        ("Four people did not pass in batch 1 of 2026.", {"note_tells"}),
        ("Belum kompeten pada tahap pertama: 4", {"note_tells"}),
        ("Pada Tahap II 2026 terbit 11 SKK.", set()),
        ("SKK terbit dalam 14 hari.", set()),
    ],
)
def test_a_sentence_about_a_hidden_total(small_site: Path, tmp_path: Path, sentence: str, expected: set[str]) -> None:
    assert reasons(small_site, tmp_path, sentence) == expected
