"""The site of a small invented programme is, part by part, what was reviewed last."""

from __future__ import annotations

import json

import pytest

from tests.golden.small import DOCUMENTS, EXPECTED, PAGES, parts
from tests.some import some

KEPT = sorted(path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the parts of the small site as they are built now."""
    return parts(tmp_path_factory.mktemp("small"))


def test_every_part_is_kept_and_no_other(built: dict[str, str]) -> None:
    assert sorted(built) == KEPT
    assert len(KEPT) == len(DOCUMENTS) + len(PAGES)


@pytest.mark.parametrize("path", KEPT)
def test_a_part_is_as_it_was_reviewed(built: dict[str, str], path: str) -> None:
    assert built[path] == (EXPECTED / path).read_text(encoding="utf-8"), "make golden, then look at the difference"


def test_the_golden_figures_add_up_in_the_head() -> None:
    progress = json.loads((EXPECTED / "api/v1/progress.json").read_text(encoding="utf-8"))["data"][0]
    assert (progress["target"]["value"], progress["achieved"]["value"], progress["achieved"]["bound"]) == (
        *(200, 100),
        "at_least",
    )
    assert (progress["achieved"]["low"], progress["achieved"]["high_of_known"]) == (100, 106)
    assert progress["rate"]["value"] == 50
    batch = json.loads((EXPECTED / "api/v1/batches/kecil-2025-1.json").read_text(encoding="utf-8"))["data"]
    rates = {rate["measure_id"]: rate["value"] for rate in batch["rates"]}
    assert rates["tingkat_kompeten"] == round(100 * 70 / (70 + 20), 1)
    assert rates["angka_gugur"] == 100 * (100 - 90) / 100
    assert rates["porsi_perempuan"] == 100 * 25 / (75 + 25)


def test_a_hidden_cell_is_no_number_anywhere_and_a_span_of_time_adds_to_nothing() -> None:
    batch = json.loads((EXPECTED / "api/v1/batches/kecil-2025-1.json").read_text(encoding="utf-8"))["data"]
    (sexes,) = [breakdown for breakdown in batch["breakdowns"] if breakdown["dimension"] == "sex"]
    hidden = [(p["code"], p["value"], p["low"], p["high"]) for p in sexes["parts"] if p["status"] == "hidden"]
    assert hidden == [("L", None, None, None), ("P", None, None, None)]
    page = (EXPECTED / "pages/tahap/kecil-2025-1.html").read_text(encoding="utf-8")
    assert page.count(">disembunyikan</data>") >= len(hidden)
    year = json.loads((EXPECTED / "api/v1/programmes/kecil.json").read_text(encoding="utf-8"))["data"]["years"][0]
    assert (year["participants"]["value"], "kecil-2025-gabungan" in year["participants"]["batches_with_figure"]) == (
        *(100, False),
    )


def test_the_newest_release_is_found_from_the_documents_and_both_feeds() -> None:
    newest = json.loads((EXPECTED / "api/v1/latest.json").read_text(encoding="utf-8"))["data"]
    assert newest["permanent"] == "https://kecil.invalid/api/v1/releases/2026.12/"
    assert newest["documents"] == "https://kecil.invalid/api/v1/"
    feed = json.loads((EXPECTED / "feed.json").read_text(encoding="utf-8"))
    assert [item["url"].split("/")[-2] for item in feed["items"]] == ["2026.12", "2026.11"]


def test_the_second_release_says_what_moved_and_the_address_of_the_figure_stays() -> None:
    changes = json.loads((EXPECTED / "api/v1/changes/2026.12.json").read_text(encoding="utf-8"))["data"]
    assert [(c["cell_id"], c["kind"], c["old"], c["new"], c["declared_as"]) for c in changes] == [
        ("kecil-2025-1/peserta", "revised", 104, 106, "revision"),
        ("kecil-2025-1/skk_terbit", "added", None, 68, None),
    ]
    versions = json.loads((EXPECTED / "api/v1/releases.json").read_text(encoding="utf-8"))["data"]
    assert {row["id"]: row["data_version"] for row in versions} == {"2026.12": "1.1.0", "2026.11": "1.0.0"}
    assert "semula 104, kini 106 (+2)" in (EXPECTED / "pages/rilis/2026.12.html").read_text(encoding="utf-8")


def test_golden_files_are_small_enough_to_review() -> None:
    sizes = {path: len((EXPECTED / path).read_text(encoding="utf-8").splitlines()) for path in some(KEPT)}
    assert max(sizes.values()) <= 900, sizes
