"""What our own writers make of the documents of a site is what it holds; anything else is found by its path."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kompeten import REPOSITORY
from kompeten.audit import Breach, audit_directory
from kompeten.ground.settings import load_settings
from kompeten.ground.workshop import Workshop
from kompeten.site.redrawn import Redrawing, Written

Files = dict[str, bytes]

CARD, OTHER, CHART = "share/wilayah.id.png", "share/beranda.id.png", "charts/peta-wilayah.svg"
TABLE, TYPED, ZIP = "downloads/batches.csv", "downloads/batches.parquet", "downloads/kaltim-kompeten.zip"
DOCUMENT = "api/v1/batches.json"


@pytest.fixture(scope="module")
def redraw(tmp_path_factory: pytest.TempPathFactory) -> Redrawing:
    """Give what draws anew, and remembers each picture."""
    settings = load_settings(REPOSITORY / "kompeten.toml")
    workshop = Workshop(folder=tmp_path_factory.mktemp("cache"), program="test")
    return Redrawing(templates=REPOSITORY / "site_templates", settings=settings, workshop=workshop)


@pytest.fixture(scope="module")
def files(real_site: Path) -> Files:
    """Give every file of the real site."""
    return {p.relative_to(real_site).as_posix(): p.read_bytes() for p in real_site.rglob("*") if p.is_file()}


def test_a_site_is_what_its_documents_make(files: Files, redraw: Redrawing) -> None:
    assert {CARD, CHART, TABLE, TYPED, ZIP, DOCUMENT} <= set(files)
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


PLANTED: dict[str, tuple[str, Callable[[Files], bytes]]] = {
    "a swapped card": (CARD, lambda files: files[OTHER]),
    "an attribute of a chart": (CHART, lambda files: files[CHART].replace(b"<svg ", b'<svg data-x="x" ', 1)),
    "a chart that nobody drew": ("charts/baru.svg", lambda files: files[CHART]),
    "a blank at the end of a table": (TABLE, lambda files: files[TABLE] + b"\n"),
    "metadata of a typed table": (TYPED, lambda files: with_metadata(files[TYPED])),
    "a comment of the archive": (ZIP, lambda files: packed(files, comment=b"x")),
    "a member of the archive": (ZIP, lambda files: packed(files, extra="kaltim-kompeten/x.txt")),
    "bytes after the archive": (ZIP, lambda files: packed(files, tail=b"x")),
    "a key of a document": (DOCUMENT, lambda files: files[DOCUMENT].replace(b'"total"', b'"x": 1, "total"', 1)),
    "a blank in a document": (DOCUMENT, lambda files: files[DOCUMENT] + b" "),
    "a document that nobody writes": ("api/v1/baru.json", lambda _: b"{}\n"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_our_writers_do_not_write_is_refused_whatever_it_holds(files: Files, redraw: Redrawing, name: str) -> None:
    path, change = PLANTED[name]
    found = list(redraw({**files, path: change(files)}))
    assert ("not_as_drawn", path) in {(breach.reason, breach.subject) for breach in found}
    assert {breach.subject for breach in found} <= {path, ZIP}


def test_a_file_that_is_gone_is_missed(files: Files, redraw: Redrawing) -> None:
    found = redraw({path: own for path, own in files.items() if path != CHART})
    assert {breach.subject for breach in found} == {CHART, ZIP}


def test_the_attacker_asks_for_the_redrawing_of_a_site(real_site: Path, redraw: Redrawing) -> None:
    asked: list[int] = []

    def counted(own: Mapping[str, bytes]) -> Iterator[Breach]:
        asked.append(len(own))
        return redraw(own)

    assert audit_directory(real_site, redraw=counted).breaches == ()
    assert asked == [sum(path.is_file() for path in real_site.rglob("*"))]


def test_what_a_build_has_just_drawn_is_compared_and_not_drawn_again(files: Files) -> None:
    written = Written(files={path: content for path, content in files.items() if path != "SHA256SUMS"})
    assert list(written(files)) == []
    for name, (path, change) in PLANTED.items():
        assert [breach.subject for breach in written({**files, path: change(files)})] == [path], name
    gone = {path: content for path, content in files.items() if path != CARD}
    assert list(written(gone)) == [Breach(reason="not_as_drawn", subject=CARD)]


def test_a_build_is_refused_a_document_that_no_class_of_ours_closes(files: Files) -> None:
    strange = {**files, "api/v1/baru.json": b"{}\n"}
    assert list(Written(files=strange)(strange)) == [Breach(reason="not_as_drawn", subject="api/v1/baru.json")]
