"""A small built site to plant attacks in: every kind of file that a real one has, made from one data folder."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from kompeten.audit import AuditResult, audit_directory
from kompeten.site.redrawn import Written
from tests.attacks.planting import LEVELS, OBSERVATIONS, POLICY, Row, rows

Tree = dict[str, bytes]

NAMES = {"ahli": "Ahli", "teknisi_operator": "Teknisi dan operator", "L": "Laki-laki", "P": "Perempuan"}


def observations() -> list[Row]:
    """Give the counts of the site: a batch total, its sexes, and a square of which three cells are hidden."""
    square = rows(
        """
        stage   ahli/L ahli/P teknisi_operator/L teknisi_operator/P
        peserta 60     -      -                  -
        """,
        "qualification_level",
        "sex",
    )
    return [*rows("stage _T\npeserta 120"), *rows("stage 64.01 64.02\npeserta 70 50", "region_code"), *square]


def site(counts: Sequence[Row] | None = None) -> Tree:
    """Give the whole tree of the site, path to content."""
    own = observations() if counts is None else counts
    tree: Tree = {
        "api/v1/observations.json": document([typed(row) for row in own]),
        "api/v1/sources.json": document([{"source_id": "register-2025", "kind": "register"}]),
        "api/v1/batches.json": document([{"batch_id": "t1", "name": {"id": "Tahap I", "en": "Batch I"}}]),
        "api/v1/batches/t1.json": document({"batch_id": "t1", "funnel": [typed(own[0])]}),
        "api/v1/regions/64.01.json": document({"region_code": "64.01"}),
        "api/v1/regions/64.02.json": document({"region_code": "64.02"}),
        "api/v1/codelists/qualification_levels.json": codelist(LEVELS),
        "api/v1/codelists/sexes.json": codelist({"L": "_T", "P": "_T"}),
        "api/v1/codelists/regions.json": codelist({"64.01": "_T", "64.02": "_T"}),
        "api/v1/jsonstat/square.json": json_stat(own[3:7]),
        "downloads/observations.csv": table(own, ","),
        "downloads/observations-id.csv": b"\xef\xbb\xbf" + table(own, ";"),
        "downloads/observations.xlsx": workbook(own),
        "downloads/observations.parquet": parquet(own),
        "charts/sexes.svg": drawing(HIDDEN_BAR).encode(),
        "tahap/t1/index.html": page().encode(),
        "feed.xml": b"<feed><title>Rilis pertama</title><entry><summary>Tahap I terbit.</summary></entry></feed>",
        "robots.txt": b"User-agent: *\n",
        "pagefind/fragment/id_1.pf_fragment": gzip.compress(b'pagefind_dcd{"content":"Tahap I"}', mtime=0),
        "assets/style.css": b"p { margin: 0 }\n",
        "SHA256SUMS": b"ab" * 32 + b"  index.html\n",
    }
    tree["downloads/all.zip"] = archive({"observations.csv": tree["downloads/observations.csv"]})
    tree["api/v1/index.json"] = document([{"path": path} for path in sorted(tree)])
    return tree


def audited_site(
    tree: Mapping[str, bytes], folder: Path, *, previous: Sequence[Path] = (), drawn: Tree | None = None
) -> AuditResult:
    """Write a tree and audit it as a black box. drawn: what the program would draw, to compare the tree with."""
    redraw = Written(files=drawn) if drawn is not None else None
    return audit_directory(write(tree, folder), policy=POLICY, previous=previous, redraw=redraw)


def write(tree: Mapping[str, bytes], folder: Path) -> Path:
    """Write a tree; give its folder."""
    for name, content in tree.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def typed(row: Row) -> dict[str, Any]:
    """Give an observation as the API says it."""
    return {**row, "value": int(row["value"]) if row["value"].isdigit() else row["value"] or None}


def document(data: Any) -> bytes:
    """Give an API document in its envelope."""
    return json.dumps({"schema_version": "1.0", "release": "2026.11", "data": data}, ensure_ascii=False).encode()


def altered(tree: Tree, path: str, change: Callable[[Any], None]) -> Tree:
    """Give a tree in which the data of one document is changed in place."""
    whole = json.loads(tree[path])
    change(whole.get("data", whole))
    return {**tree, path: json.dumps(whole).encode()}


def codelist(parents: Mapping[str, str]) -> bytes:
    """Give a code list document."""
    rows_ = [{"code": c, "parent_code": p, "name": {"id": NAMES.get(c, c), "en": c}} for c, p in parents.items()]
    return document(rows_)


def table(own: Sequence[Row], delimiter: str) -> bytes:
    """Give observations as CSV."""
    lines = [delimiter.join(OBSERVATIONS), *(delimiter.join(row[name] for name in OBSERVATIONS) for row in own)]
    return ("\n".join(lines) + "\n").encode()


def workbook(own: Sequence[Row], *, hidden_sheet: Sequence[Row] = (), comment: str = "") -> bytes:
    """Give observations as a workbook; a second sheet, hidden, where wanted."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for number, content in enumerate((own, hidden_sheet)):
        if not content:
            continue
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, OBSERVATIONS)
        for line, row in enumerate(content, start=1):
            for column, name in enumerate(OBSERVATIONS):
                value = row[name]
                if name == "value" and value.isdigit():
                    sheet.write_number(line, column, int(value))
                elif value:
                    sheet.write_string(line, column, value)
        if number:
            sheet.hide()
        if comment:
            sheet.write_comment(1, 1, comment)
    book.close()
    return stream.getvalue()


def parquet(own: Sequence[Row]) -> bytes:
    """Give observations as Parquet."""
    columns = {name: [row[name] for row in own] for name in OBSERVATIONS if name != "value"}
    values = pa.array([int(row["value"]) if row["value"] else None for row in own], pa.int64())
    stream = io.BytesIO()
    pq.write_table(pa.table({**columns, "value": values}), stream)
    return stream.getvalue()


def json_stat(own: Sequence[Row]) -> bytes:
    """Give the square of levels and sexes as JSON-stat."""
    return json.dumps(
        {
            "version": "2.0",
            "class": "dataset",
            "id": ["qualification_level", "sex"],
            "size": [2, 2],
            "dimension": {
                "qualification_level": {"category": {"index": ["ahli", "teknisi_operator"]}},
                "sex": {"category": {"index": ["L", "P"]}},
            },
            "value": [int(row["value"]) if row["value"] else None for row in own],
            "status": {str(n): "hidden" for n, row in enumerate(own) if not row["value"]},
            "extension": {"batch_id": "t1", "stage": "peserta"},
        }
    ).encode()


def archive(files: Mapping[str, bytes]) -> bytes:
    """Give a zip of files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        for name, content in files.items():
            opened.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


HIDDEN_BAR = '<path class="k-box" d="M0 20h35v14h-35z"/>'


def drawing(hidden: str, *, hidden_title: str = "Ahli, perempuan: disembunyikan", alt: str = "Diagram batang.") -> str:
    """Give a chart of three bars, the last hidden."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>Peserta</title><desc>{alt}</desc>'
        '<g class="k-mark"><title>Semua: 120</title><rect class="k-s1" width="100%" height="14"/></g>'
        '<g class="k-mark"><title>Ahli, laki-laki: 60</title><rect class="k-s1" width="50%" height="14"/></g>'
        f'<g class="k-mark"><title>{hidden_title}</title>{hidden}</g></svg>'
    )


def page(*, cell: str = "disembunyikan", extra: str = "", head: str = "") -> str:
    """Give the page of the batch, with a table of levels and sexes."""
    figure = '<data value="120" data-json="/api/v1/observations.json#/data/0/value">120</data>'
    return (
        f"<!doctype html><html><head><title>Tahap I</title>{head}</head><body><h1>Tahap I</h1>"
        f"<p>{figure} peserta</p><table><caption>Peserta menurut jenjang</caption>"
        "<tr><th>Jenjang</th><th>Laki-laki</th><th>Perempuan</th></tr>"
        f"<tr><th>Ahli</th><td>60</td><td>{cell}</td></tr>"
        "<tr><th>Teknisi dan operator</th><td>disembunyikan</td><td>disembunyikan</td></tr></table>"
        f"{drawing(HIDDEN_BAR)}{extra}</body></html>"
    )
