"""A release begun by one command: kept, compared, drafted; and begun again without harm."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kompeten.api.releasing import ReleasingRefused, begin
from kompeten.ground import store
from kompeten.ground.findings import Label
from kompeten.ground.tree import OutputError, checksums, workroom
from kompeten.intake.permanent import KeepError
from tests.published import publish
from tests.unit.api.test_history import FIRST, certify
from tests.unit.data_folders import tiny

TODAY = date(2026, 12, 20)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a data folder of one release, and the site that it published."""
    data = tiny(tmp_path_factory.mktemp("made"))
    (data / "releases.toml").write_text(FIRST, encoding="utf-8")
    site, tree = data.parent / "site", publish(data).tree
    for name, content in {**tree, "SHA256SUMS": checksums(tree)}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    return data, site


@pytest.fixture
def data(made: tuple[Path, Path], tmp_path: Path) -> Path:
    """Give a copy of that folder."""
    return Path(shutil.copytree(made[0], tmp_path / "data"))


def test_a_release_keeps_compares_and_drafts(data: Path, made: tuple[Path, Path]) -> None:
    certify(data)
    begun = begin("2026.12", data, site=made[1], today=TODAY)
    assert begun.findings == ()
    assert begun.step is not None
    assert (begun.step.before, begun.step.version, begun.drafted) == ("2026.11", "1.0.1", 1)
    assert list(store.lists(data)) == ["2026.11"]
    assert (data / "releases.toml").read_text(encoding="utf-8") == FIRST + (
        '\n[[release]]\nid = "2026.12"\nreleased_on = 2026-12-20\ndata_through = 2025-09-30\n'
        'title_id = "Rilis 2026.12"\ntitle_en = "Release 2026.12"\n'
        '\n[[release.correction]]\ncell = "uji-2025-1/skk_terbit"\nkind = "correction"\nfrom = 65\nto = 66\n'
        'reason_id = ""\nreason_en = ""\nasked_by = ""\nsource_id = "koran-b"\n'
    )


def test_a_release_can_be_begun_again(data: Path, made: tuple[Path, Path]) -> None:
    begin("2026.12", data, site=made[1], today=TODAY)
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    again = begin("2026.12", data, site=None, today=TODAY)
    assert (again.kept, again.drafted) == (None, 0)
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_what_changes_later_is_drafted_later(data: Path, made: tuple[Path, Path]) -> None:
    begin("2026.12", data, site=made[1], today=TODAY)
    certify(data)
    assert begin("2026.12", data, site=None, today=TODAY).drafted == 1


def test_a_site_of_another_release_is_not_kept_in_the_place_of_the_last(data: Path, made: tuple[Path, Path]) -> None:
    releases = data / "releases.toml"
    releases.write_text(FIRST.replace('id = "2026.11"', 'id = "2026.11.2"'), encoding="utf-8")
    before = releases.read_text(encoding="utf-8")
    with pytest.raises(KeepError, match=r"^2026\.11\.2: commit its data first.* what was found is release 2026\.11$"):
        begin("2026.12", data, site=made[1], today=TODAY)
    assert (releases.read_text(encoding="utf-8"), (data / "permanent").exists()) == (before, False)


@pytest.mark.parametrize("release", ["2026.10", "2026.11", "2026.13", "../../evil", "desember", ""])
def test_a_release_comes_after_the_last_one_or_is_refused(data: Path, release: str) -> None:
    with pytest.raises(ReleasingRefused, match=r"write a year\.month after the last release, such as 2026\.12"):
        begin(release, data, site=None, today=TODAY)
    assert not (data / "permanent").exists()


@pytest.mark.parametrize(
    "text",
    ["release = [1, 2]\n", "", FIRST.replace("data_through", "data_thru"), FIRST.replace("2026-11-", "2026-31-")],
)
def test_releases_that_are_wrong_are_found_before_anything_is_written(data: Path, text: str) -> None:
    (data / "releases.toml").write_text(text, encoding="utf-8")
    begun = begin("2026.12", data, site=None, today=TODAY)
    assert {each.file for each in begun.findings} == {"releases.toml"}
    assert (begun.kept, (data / "releases.toml").read_text(encoding="utf-8")) == (None, text)


def test_two_releases_are_not_begun_at_once(data: Path) -> None:
    before = (data / "releases.toml").read_text(encoding="utf-8")
    with workroom(data), pytest.raises(OutputError, match=r"^wait until it has ended, then try again ← another run"):
        begin("2026.12", data, site=None, today=TODAY)
    assert (data / "releases.toml").read_text(encoding="utf-8") == before


def test_a_release_without_data_blames_the_folder(tmp_path: Path) -> None:
    begun = begin("2026.12", tmp_path / "data", site=None, today=TODAY)
    assert [(each.file, each.rule) for each in begun.findings] == [(".", "folder-missing")]


def test_data_that_cannot_be_built_again_stop_the_next_release(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kompeten.api.releasing.rebuilt", lambda *_: Label("1 temuan", "1 finding"))
    with pytest.raises(ReleasingRefused) as caught:
        begin("2026.12", data, site=None, today=TODAY)
    assert caught.value.text("en") == "name its site with --site ← the last release cannot be built again:\n1 finding"
    assert not (data / "permanent").exists()
