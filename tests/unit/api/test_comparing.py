"""Two releases beside each other, whatever they are read from."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from kompeten import cli
from kompeten.api.comparing import ComparingRefused, compared, side
from kompeten.statistics.declared import chained
from tests.published import publish, write
from tests.unit.data_folders import REPOSITORY_DATA, change, tiny

CELL = {"batch_id": "uji-2025-1", "stage": "skk_terbit"}
SAID = ["revised: uji-2025-1/skk_terbit (koran-b): 65 → 66 (+1)"]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give the site of a data folder, and the folder with one figure that is another."""
    data = tiny(tmp_path_factory.mktemp("both"))
    site = write(publish(data).tree, data.parent / "site")
    change(data, "outcomes/observations.csv", CELL, value="66")
    return site, data


def lines(old: str, new: str, data: Path) -> list[str]:
    """Give the changes as text."""
    return [each.change.line("en") for each in compared(side(old, data), side(new, data))]


def test_a_site_and_a_data_folder_are_compared(both: tuple[Path, Path]) -> None:
    assert lines(str(both[0]), str(both[1]), both[1]) == SAID
    assert lines(str(both[0]), str(both[0]), both[1]) == []


def test_a_release_is_named_by_its_id(both: tuple[Path, Path]) -> None:
    assert lines(str(both[0]), "2026.11", both[1]) == SAID
    assert len(lines("2026.11", "2026.12", REPOSITORY_DATA)) > 100


def test_a_checkout_is_its_data_folder(both: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(both[1], tmp_path / "data")
    assert lines(str(both[0]), str(tmp_path), both[1]) == SAID


def test_what_is_no_side_is_refused_with_the_releases_there_are() -> None:
    with pytest.raises(ComparingRefused, match=r"absent: name a data folder, a built site, or a release that is kept "):
        side("absent", REPOSITORY_DATA)


def test_the_newest_reason_stands_with_a_change(both: tuple[Path, Path]) -> None:
    change(both[1], "outcomes/observations.csv", {**CELL, "stage": "peserta", "value": "98"}, value="97")
    (found,) = (r for r in compared(side(str(both[0]), both[1]), side(str(both[1]), both[1])) if r.declaration)
    assert found.change.address == "uji-2025-1/peserta"
    assert found.declaration is not None
    assert found.declaration.reason.en == "A slip of the pen."


def test_of_two_releases_that_declare_the_same_the_newer_one_comes_first(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    path = folder / "releases.toml"
    text = path.read_text(encoding="utf-8")
    block = text[text.rindex("[[release]]") :].replace("A slip of the pen.", "Later.")
    later = re.sub(r'id = "[^"]+"\nreleased_on = \S+', 'id = "2027.01"\nreleased_on = 2027-01-30', block, count=1)
    path.write_text(f"{text}\n{later}", encoding="utf-8")
    both = side(str(folder), folder).declarations
    assert [each.reason.en for each in both] == ["Later.", "A slip of the pen."]


def test_renames_follow_one_another() -> None:
    renames = [("batches/a", "batches/b"), ("batches/c", "batches/d"), ("batches/b", "batches/e")]
    assert chained(renames) == {"batches/a": "batches/e", "batches/b": "batches/e", "batches/c": "batches/d"}


def test_diff_prints_json_as_the_api_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["2026.11", "2026.12", "--data", str(REPOSITORY_DATA)]
    assert cli.main(["diff", *arguments, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert cli.main(["diff", *arguments]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(rows) > 100
    assert {"address", "kind", "old", "new", "difference", "reason", "asked_by"} <= set(rows[0])


def test_a_site_with_a_broken_document_is_refused(tmp_path: Path, both: tuple[Path, Path]) -> None:
    site = Path(shutil.copytree(both[0], tmp_path / "situs"))
    (site / "api/v1/latest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ComparingRefused) as caught:
        side(str(site), both[1])
    told = "build this site again, or fetch it again ← a JSON document in it is broken, or is not of a site like this"
    assert caught.value.text("en").endswith(f"situs: {told}")
