"""A site is what our program makes of the packages it is made of; anything else is found by its path."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import openpyxl
import pyarrow.parquet as pq
import pytest

from kompeten.audit import REPORT, Breach, audit_directory
from kompeten.audit.reading import DRAWN as ENDINGS
from kompeten.audit.reading import NAMES, READERS
from kompeten.ground.tree import CHECKSUMS
from kompeten.ground.workshop import Workshop
from kompeten.site.redrawn import Redrawing, Written

Files = dict[str, bytes]

CARD, OTHER, PROSE = "share/wilayah.id.png", "share/beranda.id.png", "share/metode.id.png"
CHART, DRAWN = "charts/peta-wilayah.svg", "charts/peta-wilayah.png"
TABLE, TYPED, BOOK = "downloads/batches.csv", "downloads/batches.parquet", "downloads/kaltim-kompeten.xlsx"
ZIP, PACKAGES = "downloads/kaltim-kompeten.zip", "downloads/packages.zip"
DOCUMENT, STAT, SCHEMA = "api/v1/batches.json", "api/v1/jsonstat/progress.json", "api/v1/schemas/get-batch.json"
PAGE, LIST = "tahap/kaltim-2025-1/index.html", "api/v1/files.json"


@pytest.fixture(scope="module")
def redraw(tmp_path_factory: pytest.TempPathFactory) -> Redrawing:
    """Give what makes a site again, and remembers what it made."""
    return Redrawing(workshop=Workshop(folder=tmp_path_factory.mktemp("cache"), program="test"))


@pytest.fixture(scope="module")
def files(real_site: Path) -> Files:
    """Give every file of the real site."""
    return {p.relative_to(real_site).as_posix(): p.read_bytes() for p in real_site.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def kept(files: Files) -> str:
    """Give a document that an earlier release left."""
    return next(path for path in sorted(files) if path.startswith("api/v1/releases/2026.11/batches/"))


def test_a_site_is_what_its_packages_make(files: Files, redraw: Redrawing) -> None:
    named = {CARD, OTHER, PROSE, CHART, DRAWN, TABLE, TYPED, BOOK, ZIP, PACKAGES, DOCUMENT, STAT, SCHEMA, PAGE, LIST}
    assert named <= set(files)
    assert list(redraw(files)) == []


def packed(files: Files, *, comment: bytes = b"", extra: str = "", tail: bytes = b"") -> bytes:
    """Give the archive of a site with something more in it."""
    stream = io.BytesIO(files[ZIP])
    with zipfile.ZipFile(stream, "a") as opened:
        opened.comment = comment
        if extra:
            opened.writestr(extra, b"x")
    return stream.getvalue() + tail


def with_metadata(content: bytes) -> bytes:
    """Give a Parquet file that says one thing more of itself."""
    table, stream = pq.read_table(io.BytesIO(content)), io.BytesIO()
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), "hint": "x"}), stream)
    return stream.getvalue()


def with_cell(content: bytes, *, sheet: str = "") -> bytes:
    """Give a workbook with another cell, or with another sheet that nobody sees."""
    workbook, stream = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    if sheet:
        workbook.create_sheet(sheet).sheet_state = "veryHidden"
    else:
        workbook.worksheets[0].cell(1, 40, "x")
    workbook.save(stream)
    return stream.getvalue()


def swapped(path: str, old: bytes, new: bytes) -> tuple[str, Callable[[Files], bytes]]:
    """Give a file with one place of it written otherwise."""

    def change(files: Files) -> bytes:
        assert old in files[path], path
        return files[path].replace(old, new, 1)

    return path, change


PLANTED: dict[str, tuple[str, Callable[[Files], bytes]]] = {
    "a swapped card": (CARD, lambda files: files[OTHER]),
    "a swapped card of a page of prose": (PROSE, lambda files: files[CARD]),
    "pixels of a chart": (DRAWN, lambda files: files[CARD]),
    "an attribute of a chart": swapped(CHART, b"<svg ", b'<svg data-x="x" '),
    "a chart that nobody drew": ("charts/baru.svg", lambda files: files[CHART]),
    "a blank at the end of a table": (TABLE, lambda files: files[TABLE] + b"\n"),
    "metadata of a typed table": (TYPED, lambda files: with_metadata(files[TYPED])),
    "a cell of a workbook": (BOOK, lambda files: with_cell(files[BOOK])),
    "a sheet of a workbook": (BOOK, lambda files: with_cell(files[BOOK], sheet="x")),
    "a workbook saved again": ("downloads/observations.xlsx", lambda files: files[BOOK]),
    "a comment of the archive": (ZIP, lambda files: packed(files, comment=b"x")),
    "a member of the archive": (ZIP, lambda files: packed(files, extra="kaltim-kompeten/x.txt")),
    "bytes after the archive": (ZIP, lambda files: packed(files, tail=b"x")),
    "a key of a document": swapped(DOCUMENT, b'"total"', b'"x": 1, "total"'),
    "a blank in a document": (DOCUMENT, lambda files: files[DOCUMENT] + b" "),
    "a document that nobody writes": ("api/v1/baru.json", lambda _: b"{}\n"),
    "a note of a JSON-stat table": swapped(STAT, b'"note": [', b'"note": ["x", '),
    "a word of a schema": swapped(SCHEMA, b'"description": "', b'"description": "x '),
    "a word of the description of the API": swapped("api/v1/openapi.json", b'"summary": "', b'"summary": "x '),
    "an element of a page": swapped(PAGE, b"</main>", b"<p>x</p></main>"),
    "an attribute of a page": swapped(PAGE, b"<main", b'<main data-x="3"'),
    "a comment of a page": swapped(PAGE, b"</body>", b"<!-- x --></body>"),
    "a style of a page": swapped(PAGE, b"<p>", b'<p style="width:3px">'),
    "a script": swapped("static/kompeten.js", b"\n", b"\n// x\n"),
    "the style sheet": ("static/kompeten.css", lambda files: files["static/kompeten.css"] + b"/* x */"),
    "a word of a feed": swapped("feed.xml", b"</title>", b" x</title>"),
    "a date of the calendar": swapped("kalender.ics", b"SUMMARY:", b"SUMMARY:x "),
    "a page that nobody made": ("wilayah/baru/index.html", lambda files: files[PAGE]),
    "a picture that nobody drew": ("share/baru.png", lambda files: files[CARD]),
    "the list of all files": (LIST, lambda files: files[LIST] + b"\n"),
    "the checksums": (CHECKSUMS, lambda files: files[CHECKSUMS] + b"\n"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_our_program_does_not_write_is_refused_whatever_it_holds(
    files: Files, redraw: Redrawing, name: str
) -> None:
    path, change = PLANTED[name]
    found = list(redraw({**files, path: change(files)}))
    assert ("not_as_drawn", path) in {(breach.reason, breach.subject) for breach in found}
    assert {breach.subject for breach in found} <= {path, CHECKSUMS}


def test_what_an_earlier_release_left_is_as_it_was(files: Files, redraw: Redrawing, kept: str) -> None:
    changed = {**files, kept: files[kept].replace(b'"total"', b'"x": 1, "total"', 1)}
    assert [breach.subject for breach in redraw(changed)] == [kept]
    gone = {path: own for path, own in files.items() if path != kept}
    assert [breach.subject for breach in redraw(gone)] == [kept]


def test_a_file_that_is_gone_is_missed(files: Files, redraw: Redrawing) -> None:
    found = redraw({path: own for path, own in files.items() if path != CHART})
    assert {breach.subject for breach in found} == {CHART, CHECKSUMS}


def test_a_site_that_does_not_say_what_it_is_made_of_is_refused(files: Files, redraw: Redrawing) -> None:
    gone = {path: own for path, own in files.items() if path != PACKAGES}
    broken = {**files, PACKAGES: b"PK"}
    assert [[breach.subject for breach in redraw(each)] for each in (gone, broken)] == [[PACKAGES], [PACKAGES]]


def test_packages_that_could_not_be_published_are_named(files: Files, redraw: Redrawing) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(files[PACKAGES])) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b",537,released", b",-537,released"))
    found = [breach.subject for breach in redraw({**files, PACKAGES: stream.getvalue()})]
    assert found
    assert all(each.startswith(f"{PACKAGES}!") for each in found)


def test_every_kind_of_file_that_is_claimed_is_published(files: Files) -> None:
    packed = [
        name for path in files if path.endswith(".zip") for name in zipfile.ZipFile(io.BytesIO(files[path])).namelist()
    ]
    assert {PurePosixPath(path).suffix for path in (*files, *packed)} == {*READERS, *ENDINGS, ""}
    assert {path for path in files if "." not in PurePosixPath(path).name} == NAMES


def test_the_audit_asks_for_the_redrawing_of_a_site_and_reads_its_report(real_site: Path, redraw: Redrawing) -> None:
    asked: list[int] = []

    def counted(own: Mapping[str, bytes]) -> Iterator[Breach]:
        asked.append(len(own))
        return redraw(own)

    assert audit_directory(real_site, redraw=counted).breaches == ()
    assert asked == [sum(path.is_file() for path in real_site.rglob("*"))]
    report = json.loads((real_site / REPORT).read_bytes())
    assert report["files_read"] == asked[0] - 1


def test_what_a_build_has_just_made_is_compared_and_not_made_again(files: Files) -> None:
    written = Written(files={path: content for path, content in files.items() if path != CHECKSUMS})
    assert list(written(files)) == []
    for name, (path, change) in PLANTED.items():
        expected = [] if path == CHECKSUMS else [path]
        assert [breach.subject for breach in written({**files, path: change(files)})] == expected, name
    gone = {path: content for path, content in files.items() if path != CARD}
    assert list(written(gone)) == [Breach(reason="not_as_drawn", subject=CARD)]
