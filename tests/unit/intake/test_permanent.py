"""What a release published stays: kept once, checked at every reading, never written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kompeten.intake.permanent import KeepError, is_permanent, keep, read_kept

FILES = {
    "api/v1/releases/2026.11/progress.json": b"{}",
    "embed/target/2026.11/index.html": b"<p>1.586</p>",
    "static/2026.11/kompeten.css": b"p{}",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a built site of one release, with files that stay and files that do not."""
    live = {"api/v1/latest.json": json.dumps({"data": {"release": "2026.11"}}).encode(), "index.html": b"<p>live</p>"}
    for name, content in {**FILES, **live}.items():
        target = tmp_path / "site" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tmp_path / "site"


@pytest.fixture
def data(site: Path, tmp_path: Path) -> Path:
    """Give a data folder that keeps that release."""
    keep(site, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("path", "stays"),
    [
        ("api/v1/releases/2026.11/progress.json", True),
        ("en/embed/target/2026.11/index.html", True),
        ("api/v1/progress.json", False),
        ("api/v1/releases/2026.12/progress.json", False),
        ("downloads/2026.11", False),
    ],
)
def test_a_file_stays_where_a_folder_is_named_after_its_release(path: str, stays: bool) -> None:
    assert is_permanent(path, "2026.11") is stays


def test_a_folder_that_keeps_nothing_has_nothing_to_say(tmp_path: Path) -> None:
    assert read_kept(tmp_path).files == {}
    assert read_kept(tmp_path).findings == ()


def test_what_is_kept_is_what_was_published(data: Path) -> None:
    kept = read_kept(data)
    assert kept.files == FILES
    assert kept.findings == ()


def test_keeping_the_same_site_again_changes_nothing(site: Path, data: Path) -> None:
    assert keep(site, data) == ("2026.11", len(FILES))
    assert read_kept(data).files == FILES


def test_a_new_file_of_a_kept_release_joins_the_others(site: Path, data: Path) -> None:
    (site / "embed/target/2026.11/more.html").write_bytes(b"more")
    keep(site, data)
    assert set(read_kept(data).files) == {*FILES, "embed/target/2026.11/more.html"}


def test_a_kept_file_is_never_written_over(site: Path, data: Path) -> None:
    (site / "embed/target/2026.11/index.html").write_bytes(b"<p>1.600</p>")
    with pytest.raises(KeepError, match=r"embed/target/2026\.11/index\.html is kept already"):
        keep(site, data)
    assert read_kept(data).files == FILES


def test_a_folder_that_is_no_site_cannot_be_kept(tmp_path: Path) -> None:
    with pytest.raises(KeepError, match="no built site"):
        keep(tmp_path, tmp_path / "data")


def rules(data: Path) -> set[tuple[str, str]]:
    """Give rule and file of every finding about what is kept."""
    return {(found.rule, found.file) for found in read_kept(data).findings}


CHANGED = "permanent/2026.11/embed/target/2026.11/index.html"


def test_a_changed_file_is_found(data: Path) -> None:
    (data / CHANGED).write_bytes(b"<p>1.600</p>")
    assert rules(data) == {("kept-changed", CHANGED)}


def test_a_file_that_is_gone_is_found(data: Path) -> None:
    (data / CHANGED).unlink()
    assert rules(data) == {("kept-changed", CHANGED)}


def test_a_link_in_the_place_of_a_file_is_not_followed(data: Path, site: Path) -> None:
    (data / CHANGED).unlink()
    (data / CHANGED).symlink_to(site / "embed/target/2026.11/index.html")
    assert rules(data) == {("kept-changed", CHANGED)}
    assert b"1.586" not in b"".join(read_kept(data).files.values())


@pytest.mark.parametrize("name", ["permanent/register.csv", "permanent/2026.11/register.csv", "permanent/notes/a.txt"])
def test_a_file_that_no_release_published_is_found(data: Path, name: str) -> None:
    (data / name).parent.mkdir(exist_ok=True)
    (data / name).write_text("x", encoding="utf-8")
    assert {rule for rule, _ in rules(data)} == {"kept-stranger"}


def test_a_release_without_its_list_is_found(data: Path) -> None:
    (data / "permanent/2026.11/SHA256SUMS").unlink()
    assert ("kept-without-list", "permanent/2026.11/SHA256SUMS") in rules(data)


def test_a_list_cannot_reach_out_of_its_release(data: Path) -> None:
    listed = data / "permanent/2026.11/SHA256SUMS"
    line = f"{'0' * 64}  2026.11/../../../outside.json\n{'0' * 64}  index.html\n"
    listed.write_text(listed.read_text(encoding="utf-8") + line, encoding="utf-8")
    assert set(read_kept(data).files) == set(FILES)
