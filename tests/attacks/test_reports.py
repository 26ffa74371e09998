"""The report on a finished site says what was attacked, in plain words too, and gives nothing away itself."""

from __future__ import annotations

import json
from pathlib import Path

from kompeten.audit import REPORT, site_report
from tests.attacks.planting import rows
from tests.attacks.sites import Tree, audited_site, document, site, typed


def words(tree: Tree, folder: Path) -> str:
    """Give the English words of the report on a site; the site with its report is attacked again and passes."""
    first = audited_site(tree, folder / "first")
    report = site_report(first.summary, synthetic=True)
    again = audited_site({**tree, REPORT: report}, folder / "again")
    assert again.breaches == ()
    assert again.summary.files_read == first.summary.files_read + 1
    found = json.loads(report)
    numbers = {key: value for key, value in found.items() if key not in {"words", "synthetic"}}
    assert numbers == first.summary.as_json()
    assert found["synthetic"] is True
    return str(found["words"]["en"])


def test_the_report_says_how_much_was_attacked(tmp_path: Path) -> None:
    assert words(site(), tmp_path) == (
        "Counts from registers: 7. "
        "Hidden figures attacked: 3; worked out, or narrowed to less than 4: 0. Files read: 23."
    )


def test_a_site_that_hides_nothing_says_so(tmp_path: Path) -> None:
    open_counts = rows("stage _T\npeserta 120")
    tree = {
        name: own for name, own in site(open_counts).items() if name.startswith("api/v1/") and "jsonstat" not in name
    }
    assert words(tree, tmp_path) == (
        "Counts from registers: 1. Nothing is hidden, so there was no hidden figure to attack. Files read: 10."
    )


def test_a_site_without_a_register_says_that_there_was_nothing_to_attack(tmp_path: Path) -> None:
    press = rows("stage _T\npeserta 120", source="koran")
    tree = {
        "api/v1/observations.json": document([typed(row) for row in press]),
        "api/v1/sources.json": document([{"source_id": "koran", "kind": "press"}]),
        "api/v1/index.json": document([]),
    }
    assert words(tree, tmp_path) == (
        "No count here comes from a register, so there is no hidden figure to attack. Files read: 3."
    )


def test_the_words_of_the_interface_name_no_number_of_files(tmp_path: Path) -> None:
    """A site that is made again has its packages alone to read."""
    summary = audited_site(site(), tmp_path).summary
    assert summary.sentence().en == (
        "Counts from registers: 7. Hidden figures attacked: 3; worked out, or narrowed to less than 4: 0."
    )
    assert summary.words().en == f"{summary.sentence().en} Files read: 23."
