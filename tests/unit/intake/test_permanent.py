"""What a release published stays: kept once, checked at every reading, never written over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from kompeten.ground import store
from kompeten.ground.tree import checksums
from kompeten.intake.permanent import KeepError, keep, read_kept

FILES = {
    "api/v1/releases/2026.11/progress.json": b"{}",
    "downloads/releases/2026.11/sources.csv": b"source_id\n",
    "embed/target/2026.11/index.html": b"<p>1.586</p>",
    "static/2026.11/kompeten.css": b"p{}",
}
LIVE = {"api/v1/latest.json": b'{"data": {"release": "2026.11"}}', "index.html": b"<p>live</p>"}


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write a site with its list of checksums."""
    for name, content in {**files, "SHA256SUMS": checksums(files)}.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a built site of one release, with files that stay and files that do not."""
    return written(tmp_path / "site", {**FILES, **LIVE})


@pytest.fixture
def data(site: Path, tmp_path: Path) -> Path:
    """Give a data folder that keeps that release."""
    keep(site, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("path", "stays"),
    [
        ("api/v1/releases/2026.11/progress.json", True),
        ("downloads/releases/2026.11/codelists/sexes.csv", True),
        ("en/embed/target/2026.11/index.html", True),
        ("static/2026.11/kompeten.css", True),
        ("releases/2026.11/index.html", True),
        ("api/v1/progress.json", False),
        ("api/v1/releases/2026.12/progress.json", False),
        ("downloads/2026.11", False),
        ("rilis/2026.11/index.html", False),
        ("api/v1/releases/2026.11/index.html", False),
        ("tahap/2026.11/index.html", False),
        ("releases/2026.11/../../../evil", False),
        ("/releases/2026.11/x", False),
        ("releases\\2026.11/x", False),
    ],
)
def test_a_file_stays_where_a_folder_of_its_release_has_its_place(path: str, stays: bool) -> None:
    assert store.is_permanent(path, "2026.11") is stays


def test_a_folder_that_keeps_nothing_has_nothing_to_say(tmp_path: Path) -> None:
    assert read_kept(tmp_path).files == {}
    assert read_kept(tmp_path).findings == ()


def test_a_folder_that_is_a_link_is_not_looked_into(tmp_path: Path) -> None:
    outside = written(tmp_path / "outside", {"2026.11.sha256/x": b"x", "evil.txt": b"x"})
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "permanent").symlink_to(outside)
    assert read_kept(tmp_path / "data").findings == (), "that it is a link, the readers of the packages say"


def test_a_row_without_a_digest_tells_nothing(tmp_path: Path) -> None:
    rows = [{"path": "static/2026.11/kompeten.css", "sha256": None}, {"path": "index.html", "sha256": "x"}]
    files = {**FILES, "api/v1/releases/2026.11/files.json": json.dumps({"data": rows}).encode()}
    fresh = tmp_path / "fresh"
    keep(written(tmp_path / "other", {**files, **LIVE}), fresh)
    assert read_kept(fresh).findings == ()


def test_a_list_that_is_a_link_makes_no_site(site: Path, tmp_path: Path) -> None:
    (site / "SHA256SUMS").rename(tmp_path / "sums")
    (site / "SHA256SUMS").symlink_to(tmp_path / "sums")
    with pytest.raises(KeepError, match="SHA256SUMS"):
        keep(site, tmp_path / "fresh")
    assert not (tmp_path / "fresh").exists()


def test_what_is_kept_is_what_was_published(data: Path) -> None:
    kept = read_kept(data, ["2026.11"])
    assert kept.files == FILES
    assert (kept.releases, kept.findings) == (("2026.11",), ())


def test_keeping_the_same_site_again_changes_nothing(site: Path, data: Path) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert keep(site, data) == ("2026.11", len(FILES))
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("content", [b"{", b"[]", b"[" * 100_000])
def test_a_kept_document_that_is_no_json_object_is_told(tmp_path: Path, content: bytes) -> None:
    store.put(tmp_path, "2026.11", {**FILES, "api/v1/releases/2026.11/progress.json": content})
    found = read_kept(tmp_path, ["2026.11"]).findings
    assert [(each.rule, each.file) for each in found] == [("kept-changed", "permanent/2026.11.sums")]


def test_what_two_releases_have_in_common_is_stored_once(data: Path, tmp_path: Path) -> None:
    second = {path.replace("2026.11", "2026.12"): content for path, content in FILES.items()}
    latest = {"api/v1/latest.json": b'{"data": {"release": "2026.12"}}'}
    keep(written(tmp_path / "second", {**second, "embed/target/2026.12/index.html": b"<p>1.600</p>", **latest}), data)
    assert len(read_kept(data).files) == 2 * len(FILES)
    assert len(list((data / "permanent/objects").iterdir())) == len(FILES) + 1


def test_releases_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for release in ("2026.11.10", "2027.01", "2026.11.2", "2026.11"):
        store.put(tmp_path, release, {f"static/{release}/kompeten.css": b"p{}"})
    assert read_kept(tmp_path).releases == ("2026.11", "2026.11.2", "2026.11.10", "2027.01")


def test_a_new_file_of_a_kept_release_joins_the_others(data: Path, tmp_path: Path) -> None:
    more = {"embed/target/2026.11/more.html": b"more"}
    keep(written(tmp_path / "again", {**FILES, **LIVE, **more}), data)
    assert read_kept(data).files == {**FILES, **more}


@pytest.mark.parametrize("content", [b"<p>1.600</p>", None])
def test_a_kept_file_is_never_written_over_nor_dropped(data: Path, tmp_path: Path, content: bytes | None) -> None:
    path = "embed/target/2026.11/index.html"
    other = {name: body for name, body in {**FILES, **LIVE, path: content}.items() if body is not None}
    with pytest.raises(
        KeepError,
        match=r"2026\.11: keep the site that was published ← embed/target/2026\.11/index\.html is kept already",
    ):
        keep(written(tmp_path / "other", other), data)
    assert read_kept(data).files == FILES


def test_a_folder_that_is_no_site_cannot_be_kept(tmp_path: Path) -> None:
    with pytest.raises(
        KeepError, match=r"name the folder of a built site ← api/v1/latest\.json is missing or unreadable"
    ):
        keep(tmp_path, tmp_path / "data")


@pytest.mark.parametrize("release", ["../../../evil", "2026.13", "evil", "", "2026.11/../.."])
def test_a_site_of_no_release_is_not_kept_and_nothing_is_written(tmp_path: Path, release: str) -> None:
    latest = {"api/v1/latest.json": json.dumps({"data": {"release": release}}).encode()}
    site = written(tmp_path / "site", {f"static/{release}/x".replace("../", ""): b"x", **latest})
    with pytest.raises(KeepError, match=r"name the site of a release called year\.month ← “.*” is no such id"):
        keep(site, tmp_path / "deep/er/data")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_that_is_not_what_its_list_says_is_not_kept(site: Path, tmp_path: Path) -> None:
    (site / "embed/target/2026.11/index.html").write_bytes(b"<p>1.600</p>")
    with pytest.raises(
        KeepError, match=r"site/embed/target/2026\.11/index\.html: build the site again ← not what SHA256SUMS says"
    ):
        keep(site, tmp_path / "data")


@pytest.mark.parametrize("place", ["permanent", "permanent/objects"])
def test_nothing_is_kept_through_a_link(tmp_path: Path, place: str) -> None:
    site, elsewhere = written(tmp_path / "site", FILES), tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / "data" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere)
    with pytest.raises(KeepError) as caught:
        keep(site, tmp_path / "data")
    assert caught.value.text("id") == (
        f"{place}: ganti tautan dengan folder yang sebenarnya ← tautan (symlink) ke tempat lain; tidak ada yang ditulis"
    )
    assert list(elsewhere.iterdir()) == []


def test_a_link_in_a_site_is_not_followed(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kompeten.css").write_bytes(b"p{}")
    (site / "static/2026.11/kompeten.css").unlink()
    (site / "static/2026.11").rmdir()
    (site / "static/2026.11").symlink_to(outside)
    with pytest.raises(
        KeepError, match=r"site/static/2026\.11/kompeten\.css: build the site again ← not what SHA256SUMS says"
    ):
        keep(site, tmp_path / "data")


def said(data: Path, listed: list[str] | None = None) -> list[str]:
    """Give the findings about what is kept, in English."""
    return [found.line("en") for found in read_kept(data, listed).findings]


STORED = hashlib.sha256(FILES["embed/target/2026.11/index.html"]).hexdigest()
CHANGED = (
    "permanent/2026.11.sums: take it back from the git history; a file of an earlier release never changes"
    f" ← embed/target/2026.11/index.html: differs from what was published, or is gone ({STORED})"
)


def test_one_changed_byte_is_found(data: Path) -> None:
    (data / "permanent/objects" / STORED).write_bytes(b"<p>1.587</p>")
    assert said(data) == [CHANGED]


def test_a_file_that_is_gone_is_found(data: Path) -> None:
    (data / "permanent/objects" / STORED).unlink()
    assert said(data) == [CHANGED]


def test_a_link_in_the_place_of_a_file_is_not_followed(data: Path, site: Path) -> None:
    (data / "permanent/objects" / STORED).unlink()
    (data / "permanent/objects" / STORED).symlink_to(site / "embed/target/2026.11/index.html")
    assert CHANGED in said(data)
    assert b"1.586" not in b"".join(read_kept(data).files.values())


@pytest.mark.parametrize("name", ["register.csv", "objects/register.csv", "notes/a.txt", "evil.sums", "2026.13.sums"])
def test_a_file_that_no_release_published_is_found(data: Path, name: str) -> None:
    (data / "permanent" / name).parent.mkdir(exist_ok=True)
    (data / "permanent" / name).write_text("x", encoding="utf-8")
    assert said(data) == [
        f"permanent/{name.split('/a')[0]}: move it; only python -m kompeten release fills this folder"
        " ← not a permanent file of any release"
    ]


def test_what_a_release_kept_that_never_was_is_refused_and_not_published(data: Path) -> None:
    assert said(data, ["2026.12"]) == [
        "permanent/2026.11.sums: bring the release back, or move this list ← kept, but there is no release 2026.11 "
        "in releases.toml"
    ]
    assert read_kept(data, ["2026.12"]).files == {}


LOOSE = (
    "permanent/objects: take a lost list back from the git history; where python -m kompeten release was cut off, run "
    "it again and delete what is left over ← stored files of no release: {count}, such as {first}"
)


@pytest.mark.parametrize("lost", [1, len(FILES)], ids=["a line", "the whole list"])
def test_stored_files_that_no_list_names_are_told_at_once(data: Path, lost: int) -> None:
    listed = data / "permanent/2026.11.sums"
    lines = listed.read_text(encoding="utf-8").splitlines(keepends=True)
    listed.write_text("".join(lines[lost:]), encoding="utf-8")
    if lost == len(lines):
        listed.unlink()
    assert said(data) == [LOOSE.format(count=lost, first=min(line.split()[0] for line in lines[:lost]))]


@pytest.mark.parametrize("list_of_files", ["index.json", "files.json"])
@pytest.mark.parametrize("other", [b"<p>1.587</p>", None], ids=["changed", "dropped"])
def test_what_a_release_says_of_its_own_files_is_held_against_its_list(
    tmp_path: Path, list_of_files: str, other: bytes | None
) -> None:
    path = "embed/target/2026.11/index.html"
    rows = [{"path": each, "sha256": hashlib.sha256(content).hexdigest()} for each, content in FILES.items()]
    assert STORED in json.dumps(rows)
    own = {f"api/v1/releases/2026.11/{list_of_files}": json.dumps({"data": rows}).encode()}
    store.put(tmp_path, "2026.11", {**FILES, **own})
    assert said(tmp_path) == []
    (tmp_path / "permanent/2026.11.sums").unlink()
    for each in (tmp_path / "permanent/objects").iterdir():
        each.unlink()
    left = {name: content for name, content in {**FILES, **own, path: other}.items() if content is not None}
    store.put(tmp_path, "2026.11", left)
    assert said(tmp_path) == [CHANGED]


def test_an_empty_list_is_found(data: Path) -> None:
    (data / "permanent/2026.11.sums").write_text("", encoding="utf-8")
    assert (
        "permanent/2026.11.sums: take the list of this release back from the git history ← the list is empty"
        in said(data)
    )


def test_a_list_cannot_reach_out_of_its_release(data: Path) -> None:
    listed = data / "permanent/2026.11.sums"
    line = f"{STORED}  releases/2026.11/../../../outside.json\n{STORED}  index.html\n"
    listed.write_text(listed.read_text(encoding="utf-8") + line, encoding="utf-8")
    assert set(read_kept(data).files) == set(FILES)
    assert said(data) == [
        "permanent/2026.11.sums: take the list of this release back from the git history ← a line names no "
        "permanent file of this release"
    ]


def test_a_file_in_the_place_of_what_is_kept_is_found(tmp_path: Path) -> None:
    (tmp_path / "permanent").write_text("x", encoding="utf-8")
    assert [(each.file, each.rule) for each in read_kept(tmp_path).findings] == [("permanent", "kept-stranger")]


def test_a_document_that_a_release_does_not_list_was_slipped_in(tmp_path: Path) -> None:
    told = [{"path": path, "sha256": hashlib.sha256(content).hexdigest()} for path, content in FILES.items()]
    files = {**FILES, "api/v1/releases/2026.11/index.json": json.dumps({"data": told}).encode()}
    store.put(tmp_path / "data", "2026.11", files)
    assert read_kept(tmp_path / "data", ["2026.11"]).findings == ()
    for path in ("api/v1/releases/2026.11/more.json", "downloads/releases/2026.11/more.csv"):
        store.put(tmp_path / path[:3], "2026.11", {**files, path: b"{}"})
        (found,) = read_kept(tmp_path / path[:3], ["2026.11"]).findings
        assert (found.rule, found.file) == ("kept-untold", "permanent/2026.11.sums")
        assert found.line("en").endswith(
            "remove its line, or restore the folder permanent from git; nothing is ever added to an earlier release"
            f" ← the file {path} is not in the list of what that release published"
        )
