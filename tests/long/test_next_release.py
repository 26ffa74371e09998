"""The next release: what the one before published stays byte for byte, and is attacked together with the new one."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kompeten.audit import audit_directory
from kompeten.intake.permanent import keep
from tests.conftest import ROOT, command
from tests.golden import small
from tests.site_reader import document

SECOND = """
[[release]]
id = "2099.02"
released_on = 2099-02-10
data_through = 2099-01-31
title_id = "Rilis kedua"
title_en = "Second release"
note_id = "Tahap II menurut sumber yang lain."
note_en = "Batch II by another source."
"""
CORRECTION = """
[[release.correction]]
cell = "kaltim-2025-2/peserta"
kind = "correction"
from = 537
to = 539
reason_id = "Salah salin."
reason_en = "A slip in copying."
source_id = "kutairaya"
asked_by = "reader"
"""
NOTICE = re.compile(
    rb'. <strong><a href="[./]+(en/)?rilis/2099.02/" target="_top">[^<]*</a></strong>\n'.replace(b". <", "· <".encode())
)
"""The line at the foot of a picture whose figures moved since."""
CELL = "kaltim-2025-2,peserta,_T,_T,_T,_T,_T,_T,_T,"


def with_second_release(data: Path, *, changed: bool = True) -> None:
    """Add a release to a data folder; one figure of it is another."""
    with (data / "releases.toml").open("a", encoding="utf-8") as listed:
        listed.write(SECOND + CORRECTION if changed else SECOND)
    if changed:
        change(data)


def change(data: Path) -> None:
    """Let Tahap II have 539 participants."""
    observations = data / "outcomes/observations.csv"
    text = observations.read_text(encoding="utf-8")
    assert f"{CELL}537," in text
    observations.write_text(text.replace(f"{CELL}537,", f"{CELL}539,"), encoding="utf-8")


@pytest.fixture(scope="module")
def keeping(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the data that keeps the release of the real site."""
    data = tmp_path_factory.mktemp("keeping") / "data"
    shutil.copytree(ROOT / "data", data)
    keep(real_site, data)
    return data


@pytest.fixture(scope="module")
def both_releases(
    keeping: Path, once: Callable[[str, Callable[[Path], None]], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Give the site of the second release."""
    data = tmp_path_factory.mktemp("second") / "data"
    shutil.copytree(keeping, data)
    with_second_release(data)
    return once("site-second", lambda out: command("build.py", "--data", data, "--out", out))


@pytest.fixture(scope="module")
def first(real_site: Path) -> str:
    """Give the id of the release of the real site."""
    return str(document(real_site, "api/v1/latest.json")["data"]["release"])


def staying(site: Path, release: str) -> Mapping[str, bytes]:
    """Give the files under folders named after a release, but for its pages: those are laid out anew with the site."""
    found = {p.relative_to(site).as_posix(): p for p in site.rglob(f"{release}/**/*") if p.is_file()}
    pages = (f"rilis/{release}/", f"api/v1/releases/{release}/index.html")
    return {
        path: NOTICE.sub(b"", p.read_bytes()) for path, p in found.items() if not any(page in path for page in pages)
    }


def test_what_the_first_release_published_stays_byte_for_byte(real_site: Path, both_releases: Path, first: str) -> None:
    before = staying(real_site, first)
    assert len(before) > 50
    assert staying(both_releases, first) == before


def test_an_embed_pinned_to_the_first_release_shows_its_figures_and_the_live_one_the_new(
    both_releases: Path, first: str
) -> None:
    folder = both_releases / "embed/target-kaltim-2025-peserta"
    shown = {name: (folder / name / "index.html").read_text(encoding="utf-8") for name in ("", first, "2099.02")}
    assert ["1.560" in shown[name] for name in shown] == [False, True, False]
    assert ["1.562" in shown[name] for name in shown] == [True, False, True]
    assert f'data-json="/api/v1/releases/{first}/progress.json#' in shown[first]
    said = '<a href="../../../rilis/2099.02/" target="_top">Angka pada gambar ini direvisi pada rilis 2099.02</a>'
    assert [said in shown[name] for name in shown] == [False, True, False]
    assert "direvisi pada" not in (both_releases / f"embed/peta-wilayah/{first}/index.html").read_text(encoding="utf-8")


def test_a_page_shows_the_first_release_as_it_was_and_says_what_moved(both_releases: Path, first: str) -> None:
    text = (both_releases / f"en/rilis/{first}/angka/index.html").read_text(encoding="utf-8")
    row = next(each for each in text.split("<tr") if ">537</data>" in each)
    assert f'data-json="/api/v1/releases/{first}/observations.json#/data/' in row
    assert '<a href="../../../../en/rilis/2099.02/">Revised in release 2099.02</a>' in row
    assert text.count("Unchanged") > 20
    assert f'href="../../../../downloads/releases/{first}/kaltim-kompeten.zip"' in text


def test_a_release_with_a_hidden_count_and_its_rates_can_be_followed_by_another(tmp_path: Path) -> None:
    data, sites = small.data_folder(tmp_path), [tmp_path / "one", tmp_path / "two"]
    command("build.py", "--data", data, "--out", sites[0])
    keep(sites[0], data)
    with_second_release(data, changed=False)
    command("build.py", "--data", data, "--out", sites[1])
    assert document(sites[1], "api/v1/latest.json")["data"]["release"] == "2099.02"
    assert staying(sites[1], "2026.11") == staying(sites[0], "2026.11")
    kept = "api/v1/releases/2026.11/"
    assert "hidden" in {row["status"] for row in document(sites[1], f"{kept}observations.json")["data"]}
    rates = document(sites[1], f"{kept}jsonstat/rates-by-batch.json")
    assert "porsi_perempuan" in rates["dimension"]["measure_id"]["category"]["index"]
    assert 25 in rates["value"]


def test_a_published_release_cannot_be_published_again_with_other_figures(
    keeping: Path, tmp_path: Path, first: str
) -> None:
    data = tmp_path / "data"
    shutil.copytree(keeping, data)
    change(data)
    with pytest.raises(
        AssertionError, match=rf"releases\.toml: tambahkan rilis baru .* ← rilis {re.escape(first)} sudah terbit dengan"
    ):
        command("build.py", "--data", data, "--check")


@pytest.mark.parametrize(("late", "reasons"), [(0, set()), (3, {"small_change"})])
def test_the_attacker_subtracts_what_the_data_folder_keeps(
    demo_site: Path, demo_data: Path, tmp_path: Path, late: int, reasons: set[str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(demo_data, data)
    keep(demo_site, data)
    with (data / "outcomes/observations.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    value, stage = rows[0].index("value"), rows[0].index("stage")
    verified = (
        row for row in rows[1:] if row[value] and row[stage] == "lolos_verifikasi"
    )  # has no parts to contradict
    largest = max(verified, key=lambda row: int(row[value]))
    largest[value] = str(int(largest[value]) + late)
    with (data / "outcomes/observations.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    found = audit_directory(data)
    assert found.summary.releases_compared == 1
    assert {breach.reason for breach in found.breaches} >= reasons
    assert bool(found.breaches) is bool(reasons)
