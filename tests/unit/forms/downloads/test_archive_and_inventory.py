"""One archive of everything, and the list of what was written."""

from __future__ import annotations

import gzip
import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kompeten.forms.downloads import everything_zip, lists, media_type
from tests.published import ROOT, Kind, Published, published

CASES: tuple[Kind, ...] = ("real", "demo")


@pytest.fixture(params=CASES)
def site(request: pytest.FixtureRequest) -> Published:
    return published(request.param)


def inside(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def test_the_archive_holds_every_file_in_one_folder_with_one_date() -> None:
    tree = {"b.json": b"{}", "a/x.csv": b"a\n", "index.html": b"<p>"}
    content = everything_zip(tree, "2026-11-24")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name.removeprefix("kaltim-kompeten/") for name in archive.namelist()]
        assert names == ["SHA256SUMS", "a/x.csv", "b.json", "index.html"]
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 24, 0, 0, 0)}
    assert content == everything_zip(dict(reversed(tree.items())), "2026-11-24")


def test_the_archive_lists_checksums_of_what_it_holds() -> None:
    files = inside(
        everything_zip({"b.json": b"{}", "index.html": b'<a href="a/">', "SHA256SUMS": b"old"}, "2026-11-24")
    )
    sums = files.pop("kaltim-kompeten/SHA256SUMS").decode().splitlines()
    assert sums == [
        f"{hashlib.sha256(content).hexdigest()}  {path.removeprefix('kaltim-kompeten/')}"
        for path, content in files.items()
    ]


@pytest.mark.parametrize(
    ("link", "on_disk"),
    [
        ('<a href="../tahap/">', '<a href="../tahap/index.html">'),
        ('<a href="./">', '<a href="./index.html">'),
        ('<a href="..">', '<a href="../index.html">'),
        ('<a href="../..">', '<a href="../../index.html">'),
        ('<a href="../a.b">', '<a href="../a.b">'),
        ('<a href=".">', '<a href="./index.html">'),
        ('<a class="x" href="en/klaim/#sumber">', '<a class="x" href="en/klaim/index.html#sumber">'),
        ('<a href="#isi">', '<a href="#isi">'),
        ('<a href="">', '<a href="">'),
        ('<a href="../api/v1/index.json">', '<a href="../api/v1/index.json">'),
        ('<a href="https://host.example/tahap/">', '<a href="https://host.example/tahap/">'),
        ('<a href="//host.example/tahap/">', '<a href="//host.example/tahap/">'),
        ('<a href="/tahap/">', '<a href="/tahap/">'),
        ('<a href="mailto:a@host.example">', '<a href="mailto:a@host.example">'),
        ('<img src="a/b.svg" data-href="x/">', '<img src="a/b.svg" data-href="x/">'),
    ],
)
def test_links_between_pages_open_from_disk(link: str, on_disk: str) -> None:
    pages = inside(everything_zip({"a/index.html": link.encode()}, "2026-11-24"))
    assert pages["kaltim-kompeten/a/index.html"].decode() == on_disk


def test_the_list_names_every_file_but_itself_with_bytes_and_hash(site: Published) -> None:
    entries = {entry["path"]: entry for entry in site.rows("files.json")}
    assert set(entries) == set(site.tree) - {"api/v1/index.json", "api/v1/files.json"}
    assert list(entries) == sorted(entries)
    for path, entry in entries.items():
        assert entry["bytes"] == len(site.tree[path])
        assert entry["sha256"] == hashlib.sha256(site.tree[path]).hexdigest()
        assert entry["media_type"] == media_type(path)
        assert entry["url"] == f"https://host.example/repo/{path}"


def test_the_documents_are_listed_by_title_and_whole_address_and_nothing_else(site: Published) -> None:
    entries = {entry["path"]: entry for entry in site.rows("index.json")}
    assert site.edition.documents.keys() < entries.keys()
    others = {"api/v1/openapi.json", "catalog.jsonld", "downloads/datapackage.json"}
    others |= {"downloads/kaltim-kompeten.zip", "downloads/packages.zip"}
    about = {f"api/v1/{name}.json" for name in ("files", "latest", "tombstones")}
    tables = {path for path in site.tree if path.startswith("api/v1/jsonstat/")}
    assert set(entries) == {*site.edition.documents, *others, *about, *tables}
    for path, entry in entries.items():
        assert entry["sha256"] == hashlib.sha256(site.tree[path]).hexdigest()
        assert entry["url"] == f"https://host.example/repo/{path}"
        assert all(entry["title"].values())
    assert len({entry["title"]["en"] for entry in entries.values()}) == len(entries)
    region = entries["api/v1/regions/64.02.json"]["title"]
    assert region == {"id": "Satu wilayah: Kabupaten Kutai Kartanegara", "en": "One region: Kutai Kartanegara Regency"}


def test_the_archive_holds_the_whole_site_and_its_own_list(site: Published) -> None:
    files = {path.removeprefix("kaltim-kompeten/") for path in inside(site.tree["downloads/kaltim-kompeten.zip"])}
    left_out = {path for path in site.tree if path.startswith("share/") or path.endswith("kaltim-kompeten.zip")}
    assert files == ({*site.tree} - left_out) | {"SHA256SUMS"}


def test_the_lists_leave_out_themselves_and_the_checksums(site: Published) -> None:
    tree = {"SHA256SUMS": b"", "api/v1/index.json": b"", "robots.txt": b""}
    found = lists(tree, site.edition)
    assert b'"total": 1' in found["api/v1/files.json"]
    assert b'"path": "api/v1/files.json"' in found["api/v1/index.json"]


def test_every_published_file_has_a_media_type_of_its_own(site: Published) -> None:
    assert not [path for path in site.tree if media_type(path) == "application/octet-stream"]
    assert media_type("a/b.pf_index") == "application/octet-stream"
    assert media_type("feed.xml") == "application/atom+xml"


def test_no_document_is_larger_than_250_kb_compressed_but_the_bulk_files(site: Published) -> None:
    sizes = {path: len(gzip.compress(content)) for path, content in site.tree.items() if path.endswith(".json")}
    assert max(sizes.values()) <= 250_000, max(sizes, key=lambda path: sizes[path])


SCRIPT = """
import hashlib, sys
sys.path.insert(0, "")
from tests.published import published
tree = published("real").tree
print(hashlib.sha256(b"".join(path.encode() + tree[path] for path in sorted(tree))).hexdigest())
"""


def test_two_builds_give_the_same_bytes_whatever_the_hash_seed_and_the_zone(tmp_path: Path) -> None:
    said = set()
    for seed, zone in (("0", "UTC"), ("4711", "Asia/Makassar")):
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        said.add(done.stdout)
    assert len(said) == 1
