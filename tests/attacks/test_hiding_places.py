"""Leaks in places where nobody looks: attributes, styles, comments, metadata, unlinked files.

Nobody has to understand them: whatever the program did not draw of the packages is refused, whatever it holds. What is
written in the packages by hand is read in every place where a number can hide.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.workbook.defined_name import DefinedName

from kompeten.audit.reading.package import judge_packages
from tests.attacks.planting import reasons
from tests.attacks.sample import packages, sample_site, told
from tests.attacks.sites import Tree, altered, archive, audited_site, page

FIRST = "tahap/contoh-2026-1/index.html"
CELL = "contoh-2026-1/kompeten/region_code=64.01"
HIDDEN_ROW = "<tr><th>Kabupaten Paser</th><td>20</td><td>disembunyikan</td></tr>"
TOLD = "Tahap I 2026 Paser kompeten 3"


def drawn() -> Tree:
    """Give the sample site with a page that hides a cell."""
    return {**sample_site(), FIRST: page(extra=f"<table>{HIDDEN_ROW}</table>").encode()}


def refused(path: str, planted: bytes, folder: Path) -> bool:
    """Tell whether a file that is not as it was drawn is named."""
    found = audited_site({**drawn(), path: planted}, folder, drawn=drawn()).breaches
    return ("not_as_drawn", path) in {(breach.reason, breach.subject) for breach in found}


def row(attributes: str = "", *, cell: str = "", inside: str = "") -> str:
    """Give the row with attributes on it, on its hidden cell, or with something inside that cell."""
    return f"<tr {attributes}><th>Kabupaten Paser</th><td>20</td><td {cell}>disembunyikan{inside}</td></tr>"


@pytest.mark.parametrize(
    "planted",
    [
        row('data-n="3"'),
        row('style="--n:3"'),
        row(cell='data-n="3"'),
        row(cell='title="3"'),
        row(cell='aria-label="tiga"'),
        row(cell='aria-valuenow="3"'),
        row(cell='style="width: 3%"'),
        row(cell='class="n-3"'),
        row(cell='class="n3"'),
        row(cell='id="n-3"'),
        row(cell=f'data-h="{"4e07" * 16}"'),
        row(inside="<!-- 3 -->"),
        row(inside='<meter value="3" max="20"></meter>'),
        row(inside='<img alt="3" src="x.png">'),
        row(inside='<a href="?n=3">i</a>'),
        row(cell='class="angka" class="n-3"'),
    ],
)
def test_a_hidden_cell_of_a_page_carries_nothing(tmp_path: Path, planted: str) -> None:
    assert refused(FIRST, drawn()[FIRST].replace(HIDDEN_ROW.encode(), planted.encode()), tmp_path)


@pytest.mark.parametrize(
    "planted",
    [
        '<p>Paser, kompeten <meter value="3"></meter></p>',
        '<p>Paser, kompeten <progress value="3"></progress></p>',
        '<div>Paser <b role="meter" aria-valuenow="3"></b></div>',
        "<dl><dt>Paser, kompeten</dt><dd>3</dd></dl>",
        "<h3>Paser</h3><p>Kompeten: 3</p>",
        "<table><tr><td>Paser</td><td>kompeten</td><td>3</td></tr></table>",
        "<template>Paser: 3 kompeten</template>",
        "<noscript>Paser: 3 kompeten</noscript>",
        '<style>i::after{content:"Paser kompeten 3"}</style>',
        "<style>:root{--paser-kompeten: 3}</style>",
        '<a href="#paser-kompeten=3">x</a>',
        '<a href="?q=Paser%20kompeten%3A%203">x</a>',
        '<img alt="" src="data:,Paser%20kompeten%203">',
        f'<i data-x="{base64.b64encode(TOLD.encode()).decode()}"></i>',
        '<script type="application/ld+json">{"measured": [{"name": "Paser, kompeten", "value": 3}]}</script>',
        '<script>var d = {"64.01": {"kompeten": 3}}</script>',
    ],
)
def test_nothing_on_a_page_is_there_unseen_and_the_same_words_in_a_note_are_read(tmp_path: Path, planted: str) -> None:
    assert refused(FIRST, drawn()[FIRST].replace(b"</body>", f"{planted}</body>".encode()), tmp_path)
    assert told("note", planted)


def beside(**fields: Any) -> Callable[[Any], None]:
    """Give a change that puts fields beside the hidden count of Paser."""

    def change(data: Any) -> None:
        for own in data:
            if own["batch_id"] == "contoh-2026-1" and own["stage"] == "kompeten" and own["region_code"] == "64.01":
                own.update(fields)

    return change


def with_cell_ids(tree: Tree) -> Tree:
    """Give a site whose observations name their cells, as those of a real one do."""

    def change(data: Any) -> None:
        for own in data:
            codes = [f"{name}={own[name]}" for name in ("region_code", "qualification_level", "sex", "age_band")]
            own["cell_id"] = "/".join([own["batch_id"], own["stage"], *(code for code in codes if code[-2:] != "_T")])

    return altered(tree, "api/v1/observations.json", change)


@pytest.mark.parametrize(
    "fields",
    [
        {"approx": 3}, {"range": [1, 3]}, {"share": 0.125}, {"hint": "3"}, {"hint": "tiga"}, {"total": 3}, {"order": 3},
        {"statements": 3}, {"denominator": 3}, {"marks": ["x", "x", "x"]}, {"etag": "4e07408562bedb8b"},
        {"estimate": {"value": 3}},
    ],
)  # fmt: skip
def test_nothing_stands_beside_a_hidden_count_alone(tmp_path: Path, fields: dict[str, Any]) -> None:
    path, tree = "api/v1/observations.json", with_cell_ids(sample_site())
    assert audited_site(tree, tmp_path / "clean").breaches == ()
    found = reasons(audited_site(altered(tree, path, beside(**fields)), tmp_path / "planted"))
    assert "value_beside_hidden" in found
    near = altered(tree, path, beside(**dict.fromkeys(fields)))
    assert audited_site(near, tmp_path / "near").breaches == ()


@pytest.mark.parametrize(
    ("path", "planted"),
    [
        ("x.json", {CELL: 3}),
        ("x.json", {"contoh-2026-1": {"kompeten": {"64.01": 3}}}),
        ("x.json", [{"batch": "contoh-2026-1", "region": "64.01", "n": 3}]),
        ("x.json", {"batch": ["contoh-2026-1"], "wilayah": ["64.01"], "n": [3]}),
        ("x.json", [["contoh-2026-1", "64.01", "kompeten", 3]]),
        ("x.json", ["contoh-2026-1, Paser, kompeten: 3"]),
        ("feed.json", {"items": [{"_2026-1_paser_kompeten": 3}]}),
    ],
)
def test_a_document_that_nobody_writes_is_refused(tmp_path: Path, path: str, planted: Any) -> None:
    assert refused(path, json.dumps(planted).encode(), tmp_path)


@pytest.mark.parametrize(
    ("path", "planted"),
    [
        ("x.csv", "tahap,wilayah,jumlah\nTahap I 2026,Paser,3"),
        ("x.csv", "batch_id,region_code,n\ncontoh-2026-1,64.01,3"),
        ("x.csv", "wilayah,Tahap I 2026\nPaser,3"),
        ("x.csv", "batch_id,64.01\ncontoh-2026-1,3"),
        ("x.csv", f"a,b\n1,2\n# {TOLD}"),
        ("app.js", f'window.d={{"{CELL}":3}};'),
        ("app.js", 'd={"contoh-2026-1":{"64.01":3}}'),
        ("x.css", f'a::after{{content:"{TOLD}"}}'),
        ("robots.txt", f"User-agent: *\n# {TOLD}"),
        ("humans.txt", f"{TOLD}"),
        ("x.ics", f"SUMMARY:{TOLD}"),
        ("feed.xml", f"<feed><!-- {TOLD} --></feed>"),
        ("feed.xml", f"<feed><?note {TOLD}?></feed>"),
        ("sitemap.xml", "<a><loc>/contoh-2026-1/paser/3/</loc></a>"),
        ("x.svg", f"<svg><!-- {TOLD} --></svg>"),
        ("x.svg", f"<svg><metadata>{TOLD}</metadata></svg>"),
        ("x.svg", '<svg><g id="contoh-2026-1-paser-3"/></svg>'),
        ("contoh-2026-1.svg", '<svg><g style="--n:3"><text>Paser</text></g></svg>'),
        ("contoh-2026-1-paser-kompeten-3.txt", ""),
    ],
)
def test_a_text_file_that_nobody_writes_is_refused(tmp_path: Path, path: str, planted: str) -> None:
    assert refused(path, planted.encode(), tmp_path)


def workbook(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """Give a workbook of one empty sheet, changed."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    change(book)
    book.save(stream)
    return stream.getvalue()


def in_footer(text: str) -> bytes:
    return workbook(lambda book: setattr(book.worksheets[0].oddFooter.center, "text", text))


def in_defined_name(text: str) -> bytes:
    name = text.replace(" ", "_")
    return workbook(lambda book: book.defined_names.add(DefinedName(name, attr_text="TRUE")))


def in_properties(text: str) -> bytes:
    return workbook(lambda book: setattr(book.properties, "keywords", text))


def in_hidden_sheet(text: str) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("z")
        sheet.sheet_state = "hidden"
        sheet.append(text.rsplit(" ", 1))

    return workbook(change)


def in_parquet_field(text: str) -> bytes:
    stream = io.BytesIO()
    schema = pa.schema([pa.field("a", pa.int64(), metadata={"note": text})])
    pq.write_table(pa.table({"a": [1]}, schema=schema), stream)
    return stream.getvalue()


def in_picture(kind: bytes, data: bytes) -> bytes:
    def chunk(name: bytes, own: bytes) -> bytes:
        return struct.pack(">I", len(own)) + name + own + struct.pack(">I", zlib.crc32(name + own))

    return b"\x89PNG\r\n\x1a\n" + chunk(kind, data) + chunk(b"IEND", b"")


def in_entry_comment(text: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        entry = zipfile.ZipInfo("a.txt")
        entry.comment = text.encode()
        opened.writestr(entry, "x")
    return stream.getvalue()


CONTAINERS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "footer": ("x.xlsx", in_footer),
    "defined name": ("x.xlsx", in_defined_name),
    "properties": ("x.xlsx", in_properties),
    "hidden sheet": ("x.xlsx", in_hidden_sheet),
    "parquet field": ("x.parquet", in_parquet_field),
    "tEXt": ("x.png", lambda text: in_picture(b"tEXt", b"Comment\0" + text.encode())),
    "zTXt": ("x.png", lambda text: in_picture(b"zTXt", b"Comment\0\0" + zlib.compress(text.encode()))),
    "iTXt": ("x.png", lambda text: in_picture(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(text.encode()))),
    "private chunk": ("x.png", lambda text: in_picture(b"prVt", text.encode())),
    "entry comment": ("x.zip", in_entry_comment),
    "before the archive": ("x.zip", lambda text: text.encode() + b"\n" + archive({"a.txt": b"x"})),
    "archive in an archive": ("x.zip", lambda text: archive({"b.zip": archive({"a.txt": text.encode()})})),
    "search index": (
        "pagefind/fragment/id_1.pf_fragment",
        lambda text: gzip.compress(b"pagefind_dcd" + json.dumps({"meta": {"n": text}}).encode(), mtime=0),
    ),
}


@pytest.mark.parametrize("place", CONTAINERS)
def test_the_inside_of_a_container_is_compared(tmp_path: Path, place: str) -> None:
    path, make = CONTAINERS[place]
    clean = {**drawn(), path: make("Tahap I 2026")}
    found = audited_site({**clean, path: make(TOLD)}, tmp_path, drawn=clean).breaches
    assert [(breach.reason, breach.subject) for breach in found] == [("not_as_drawn", path)]


@pytest.mark.parametrize(
    "ending", ["geojson", "topojson", "ndjson", "jsonl", "tsv", "ods", "pdf", "db", "webp", "htm", "xhtml", "mjs", "gz"]
)
def test_a_kind_of_file_without_a_reader_is_refused(tmp_path: Path, ending: str) -> None:
    assert reasons(audited_site({**sample_site(), f"x.{ending}": b"3"}, tmp_path)) == {"unclaimed_file"}


@pytest.mark.parametrize(("note", "fails"), [("tiga orang", True), ("", False)])
def test_the_note_of_a_download_is_as_it_was_drawn(tmp_path: Path, note: str, fails: bool) -> None:
    tree = drawn()
    lines = tree["downloads/observations.csv"].decode().splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines) if line.startswith("contoh-2026-1,kompeten,64.01,"))
    lines[number] = lines[number].removesuffix(",\n") + f",{note}\n"
    planted = {**tree, "downloads/observations.csv": "".join(lines).encode()}
    assert reasons(audited_site(planted, tmp_path, drawn=tree)) == ({"not_as_drawn"} if fails else set())


DESCRIPTOR = "outcomes/datapackage.json"
WRITTEN: Sequence[tuple[str, str, str]] = [
    ("releases.toml", 'id = "2026.12"  # Paser: 3', 'id = "2026.12"  # diperiksa 3 Maret 2026'),
    ("releases.toml", '# tiga\nid = "2026.12"', '# tiga sumber\nid = "2026.12"'),
    ("releases.toml", 'paser_tiga = true\nid = "2026.12"', 'is_final = true\nid = "2026.12"'),
    ("releases.toml", 'id = "2026.12"\n[[x.y]]\nsaid = ["dua"]', 'id = "2026.12"\n[[x.y]]\nsaid = ["dua halaman"]'),
    ("releases.toml", "id = 2026.12\nx = tiga", ""),
    (DESCRIPTOR, '{"paser": 3}', '{"paser": null}'),
    (DESCRIPTOR, '{"paser": {"kompeten": [1, 2]}}', '{"paser": {"kompeten": []}}'),
    (DESCRIPTOR, '{"tiga kompeten": true}', '{"kompeten": true}'),
    (
        "outcomes/datapackage.json",
        '{"keywords": ["Tahap I 2026: 3 lulus"]}',
        '{"keywords": ["Tahap I 2026: 90 lulus"]}',
    ),
    (
        "outcomes/datapackage.json",
        '{"resources": [{"description": "Paser: 3"}]}',
        '{"resources": [{"description": "1–9"}]}',
    ),
    ("README.md", "3. Paser\n", "1. Paser\n2. Berau\n3. Kutai Barat\n"),
    ("README.md", "Paser[^3]\n\n[^3]: kompeten\n", "Paser[^1], Berau[^2]\n\n[^1]: kompeten\n[^2]: peserta\n"),
    ("README.md", "## 3. Paser\n", "## 1. Paser\n\n## 2. Berau\n"),
    ("README.md", "| Paser | 3 |\n|---|---|\n", "| Paser | 20 |\n|---|---|\n"),
    ("README.md", "Paser\n<!-- 3 -->\n", "Paser\n<!-- kompeten -->\n"),
    ("README.md", "[Paser](https://contoh.id/?n=3)\n", "[Paser](https://contoh.id/paser/)\n"),
    ("README.md", "![tiga orang](paser.png)\n", "![peserta](paser.png)\n"),
    ("README.md", "Kompeten dari Paser: ***\n", "**Kompeten** dari *Paser*\n"),
    ("README.md", "Paser: ti\nga\n\ntiga\n", "Paser: ti\nba\n"),
    ("outcomes/tiga.txt", "x\n", ""),
    ("catatan.txt", "Paser:\n3\n", "Paser:\n3 Maret 2026\n"),
]


@pytest.mark.parametrize(("path", "planted", "near"), WRITTEN)
def test_what_people_write_is_read_wherever_it_stands(path: str, planted: str, near: str) -> None:
    for text, expected in ((planted, True), (near, False)):
        tables, texts = packages()
        texts = [own for own in texts if own[0] != path] + ([(path, text), (path, path)] if text else [])
        _, found = judge_packages(tables, texts)
        assert ("note_tells" in {breach.reason for breach in found}) is expected, text


@pytest.mark.parametrize(
    ("table", "change", "expected"),
    [
        ("batches", {"jumlah": "3"}, True),
        ("batches", {"paser": "tiga"}, True),
        ("batches", {"tiga": "x"}, True),
        ("batches", {"start_on": "3 orang"}, True),
        ("batches", {"start_on": "2026-03-03", "training_mode": "luring"}, False),
        ("batches", {"name_id": "Tahap I 2026 (3 lulus)"}, True),
        ("batches", {"name_id": "Tahap I 2026 (SINTETIS)"}, False),
        ("regions", {"name_en": "Paser Regency, three"}, True),
        ("sexes", {"name_id": "Perempuan (7 SKK)"}, True),
        ("sources", {"publisher": "Dinas 3 lulus"}, True),
        ("targets", {"value": "3"}, True),
        ("targets", {"value": "651"}, False),
        ("sources", {"url": "https://contoh.id/?paser=3"}, True),
        ("sources", {"url": "https://contoh.id/berita/12345"}, False),
    ],
)
def test_every_cell_of_the_packages_is_read(table: str, change: dict[str, str], expected: bool) -> None:
    tables, texts = packages()
    own = tables[table]
    header = (*own.header, *(name for name in change if name not in own.header))
    rows = ({**own.rows[0], **change}, *own.rows[1:])
    _, found = judge_packages({**tables, table: replace(own, header=header, rows=rows)}, texts)
    assert ("note_tells" in {breach.reason for breach in found}) is expected
