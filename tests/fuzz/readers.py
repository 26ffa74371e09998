"""The readers of the house, each as a function from bytes to what it says; nothing but answers may come out.

An answer is a finding, a refusal, or a value. Anything else that rises, a line that breaks the terminal, or a message
that repeats an identity number is a fault.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import traceback
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from kompeten.api.comparing import compared, side
from kompeten.audit.reading import READERS, read_file
from kompeten.audit.reading.numerals import numbers, plain
from kompeten.audit.reading.written import paragraphs, unwrapped
from kompeten.ground.findings import LANGUAGES, Finding
from kompeten.ground.identifiers import identifiers
from kompeten.ground.policy import parse_policy
from kompeten.ground.refusal import Refused
from kompeten.ground.settings import load_settings
from kompeten.intake.packages import Packages, Table, checking, read
from kompeten.intake.packages.descriptors import check_descriptors
from kompeten.intake.packages.text import parse_csv, parse_json, parse_toml, parse_utf8
from kompeten.intake.permanent import keep, read_kept
from kompeten.intake.rules import judge_by_rules, open_book
from kompeten.intake.tidy import columns_of, tidied
from kompeten.register.begin import begin
from kompeten.register.publishing.folder import read_code_lists
from kompeten.register.reading.check import check
from kompeten.register.reading.config import load_config, parse_config
from kompeten.register.reading.read import read_register
from tests.attacks.sample import sample_site
from tests.attacks.sites import site, write
from tests.unit.data_folders import REPOSITORY_DATA

ROOT = REPOSITORY_DATA.parent
EXAMPLES = ROOT / "examples"
TABLE = "outcomes/observations.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One reader. seeds: inputs to begin with. read: reads bytes, in an empty folder where it needs one."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    read: Callable[[bytes, Path], Iterable[str]]


def fault_of(reader: Reader, content: bytes, place: Path) -> str | None:
    """Give what is wrong with how a reader answers, in one line; None where it answers well."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    try:
        said = list(reader.read(content, place))
    except Refused as refused:
        said = [refused.text(language) for language in LANGUAGES]
        if same := [one.en for one in refused.reasons if one.id == one.en]:
            return f"said in one language: {same[0]}"
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        frames = [each for each in frames if "/kompeten/" in each.filename] or frames
        return f"{type(error).__name__} in {Path(frames[-1].filename).name}:{frames[-1].lineno}: {error}"[:300]
    if any(not line.isprintable() for text in said for line in text.split("\n")):
        return "a line that cannot be printed"
    return "a message with an identity number" if any("nik" in identifiers(text) for text in said) else None


def _words(content: bytes, _: Path) -> Iterable[str]:
    said = [own for _, text in paragraphs(content.decode("utf-8", "replace")) for own in unwrapped(text)]
    return [str(number.count) for own in said for number in numbers(plain(own))]


def _told(findings: Iterable[Finding]) -> list[str]:
    return [each.line(language) for each in findings for language in LANGUAGES]


@cache
def record() -> Packages:
    """Read the repository's packages once, and keep a few rows of each table: each input is judged beside them."""
    whole = read(REPOSITORY_DATA)
    packages = [replace(each, tables=tuple(map(_short, each.tables))) for each in whole.packages]
    return replace(whole, packages=tuple(packages), texts={})


def _short(table: Table) -> Table:
    return replace(table, rows=table.rows[:ROWS], row_numbers=table.row_numbers[:ROWS])


ROWS = 6


@cache
def _tables_alone() -> Packages:
    return replace(record(), packages=tuple(replace(each, descriptor={}) for each in record().packages))


def _with_table(table: Table) -> Packages:
    packages = [
        replace(each, tables=tuple(table if own.name == table.name else own for own in each.tables))
        for each in _tables_alone().packages
    ]
    return replace(record(), packages=tuple(packages))


def _table(content: bytes, _: Path) -> list[str]:
    """A table of the data: bytes, text, cells, rules; all but the judge, who is not ours."""
    text, findings = parse_utf8(TABLE, content)
    parsed = parse_csv(TABLE, text or "", _own_table().header)
    said = _told([*findings, *parsed.findings])
    if parsed.header is None:
        return said
    table = replace(_own_table(), header=parsed.header, rows=parsed.rows, row_numbers=parsed.row_numbers)
    shape = checking.shape_of(record(), table.name)
    found = () if shape is None else (*checking._check_header(table, shape),)
    found += () if shape is None or found else (*checking._check_writing(table, shape),)
    return said + _told([*found, *judge_by_rules(open_book(_with_table(table), record(), found))])


@cache
def _own_table() -> Table:
    table = record().table("observations")
    if table is None:
        raise LookupError(TABLE)
    return table


def _descriptor(content: bytes, _: Path) -> list[str]:
    package = record().packages[2]
    text, findings = parse_utf8(package.file, content)
    found, broken = parse_json(package.file, text or "")
    if found is None:
        return _told([*findings, *broken])
    packages = replace(record(), packages=(*record().packages[:2], replace(package, descriptor=found)))
    return _told([*findings, *check_descriptors(packages, record()), *judge_by_rules(open_book(packages, packages))])


def _releases(content: bytes, _: Path) -> list[str]:
    text, findings = parse_utf8("releases.toml", content)
    releases, broken = parse_toml("releases.toml", text or "")
    packages = replace(_tables_alone(), releases=releases, texts={"releases.toml": text or ""})
    return _told([*findings, *broken, *judge_by_rules(open_book(packages, record(), [*findings, *broken]))])


def _policy(content: bytes, _: Path) -> list[str]:
    parse_policy(content.decode("utf-8", "replace"))
    return []


def _settings(content: bytes, place: Path) -> list[str]:
    (place / "kompeten.toml").write_bytes(content)
    load_settings(place / "kompeten.toml")
    return []


def _config(content: bytes, place: Path) -> list[str]:
    (place / "config.toml").write_bytes(content)
    load_config(place / "config.toml")
    return []


def _tidy(content: bytes, _: Path) -> list[str]:
    found = tidied("observations.csv", content, columns_of(record(), "observations.csv", content))
    again = found if found.text is None else tidied(found.file, found.text.encode(), _columns())
    if again.text != found.text or (found.text and again.changes):
        raise AssertionError("tidying what is tidy changes it")
    return [*_told(found.questions), *(change.text(language) for change in found.changes for language in LANGUAGES)]


@cache
def _columns() -> object:
    return columns_of(record(), "observations.csv", b"")


def _register(name: str) -> Callable[[bytes, Path], list[str]]:
    config = parse_config((EXAMPLES / "config-contoh.toml").read_text(encoding="utf-8"))
    lists, _ = read_code_lists(REPOSITORY_DATA / "reference")

    def read_one(content: bytes, place: Path) -> list[str]:
        (place / name).write_bytes(content)
        return _told(check(read_register(place / name, config), config, lists).findings)

    return read_one


def _begin(name: str) -> Callable[[bytes, Path], list[str]]:
    def begin_one(content: bytes, place: Path) -> list[str]:
        (place / name).write_bytes(content)
        return list(begin(place / name, place / "out.toml", "id").notes)

    return begin_one


def _kept(content: bytes, place: Path) -> list[str]:
    (place / "permanent").mkdir()
    (place / "permanent/2026.01.sums").write_bytes(content)
    return _told(read_kept(place, ["2026.01"]).findings)


def _keep(content: bytes, place: Path) -> list[str]:
    write({"api/v1/latest.json": content, "SHA256SUMS": content}, place / "site")
    keep(place / "site", place / "data")
    return []


def _diff(content: bytes, place: Path) -> list[str]:
    """A site of the documents that the lines hold: a path, a blank, and the JSON."""
    lines = [line.partition(b" ") for line in content.split(b"\n")]
    files = {f"api/v1/{name.decode()}": body for name, _, body in lines if re.fullmatch(rb"[a-z/]{1,40}\.json", name)}
    write({"api/v1/latest.json": b"{}", **files}, place)
    found = side(str(place), REPOSITORY_DATA)
    return [each.change.line(language) for each in compared(found, found) for language in LANGUAGES]


def _audited(suffix: str) -> Callable[[bytes, Path], list[str]]:
    def audit_one(content: bytes, _: Path) -> list[str]:
        read_file(f"downloads/x{suffix}", content)
        return []

    return audit_one


def _files(*paths: Path) -> Callable[[], Sequence[bytes]]:
    return lambda: [path.read_bytes() for path in paths]


def _head(path: Path, lines: int, encoding: str = "utf-8") -> Callable[[], Sequence[bytes]]:
    return lambda: ["\n".join(path.read_text(encoding=encoding).split("\n")[:lines]).encode(encoding) + b"\n"]


def _site_files(suffix: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [own for tree in (site(), sample_site()) for name, own in tree.items() if name.endswith(suffix)][:4]


@cache
def _workbook() -> Sequence[bytes]:
    """Give the example's workbook with few rows, unpacked: what is changed is a part, not a compressed byte."""
    import openpyxl

    book = openpyxl.load_workbook(EXAMPLES / "register-contoh.xlsx")
    sheet = book.worksheets[0]
    sheet.delete_rows(20, sheet.max_row)
    stream = io.BytesIO()
    book.save(stream)
    plain = io.BytesIO()
    with zipfile.ZipFile(stream) as packed, zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as loose:
        for entry in packed.infolist():
            loose.writestr(entry.filename, packed.read(entry))
    return [plain.getvalue(), stream.getvalue()]


def _parquet() -> Sequence[bytes]:
    """Give the example's register with few rows as Parquet, packed and loose; all text, and with numbers and days."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    (first,) = _head(EXAMPLES / "register-contoh.csv", 12)()
    head, *rows = [row for row in csv.reader(io.StringIO(first.decode()), delimiter=";") if len(row) > 5]
    text = pa.table({name: [row[place] for row in rows] for place, name in enumerate(head)})
    days = pa.array([date(2026, 1, 2)] * len(rows))
    typed = text.append_column("Urut", pa.array(range(len(rows)))).append_column("Hari", days)
    found = []
    for table, packing in ((text, "none"), (typed, "snappy")):
        stream = io.BytesIO()
        pq.write_table(table, stream, compression=packing)
        found.append(stream.getvalue())
    return found


def _parts() -> Sequence[bytes]:
    """Give parts of the workbook, each below a line with its name: a change of them leaves the checksums right."""
    with zipfile.ZipFile(io.BytesIO(_workbook()[0])) as book:
        return [name.encode() + b"\n" + book.read(name) for name in book.namelist()]


def _repacked(read: Callable[[bytes, Path], list[str]]) -> Callable[[bytes, Path], list[str]]:
    """Give a reader of one part of the workbook: the other parts are the example's."""

    def read_part(content: bytes, place: Path) -> list[str]:
        line, _, part = content.partition(b"\n")
        name = line.decode("utf-8", "replace")
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(_workbook()[0])) as book, zipfile.ZipFile(stream, "w") as new:
            for entry in book.namelist():
                new.writestr(entry, part if entry == name else book.read(entry))
        return read(stream.getvalue(), place)

    return read_part


def readers() -> tuple[Reader, ...]:
    """Give every reader, in order of name."""
    table = REPOSITORY_DATA / TABLE
    found = [
        Reader(name="table", seeds=_head(table, 6), read=_table),
        Reader(name="descriptor", seeds=_files(REPOSITORY_DATA / "outcomes/datapackage.json"), read=_descriptor),
        Reader(name="releases", seeds=_files(REPOSITORY_DATA / "releases.toml"), read=_releases),
        Reader(name="policy", seeds=_files(REPOSITORY_DATA / "policy.toml"), read=_policy),
        Reader(name="settings", seeds=_files(ROOT / "kompeten.toml"), read=_settings),
        Reader(name="config", seeds=_files(EXAMPLES / "config-contoh.toml"), read=_config),
        Reader(name="tidy", seeds=_head(table, 6), read=_tidy),
        Reader(name="register.csv", seeds=_head(EXAMPLES / "register-contoh.csv", 12), read=_register("peserta.csv")),
        Reader(name="register.xlsx", seeds=_workbook, read=_register("peserta.xlsx")),
        Reader(name="register.parquet", seeds=_parquet, read=_register("peserta.parquet")),
        Reader(name="register.part", seeds=_parts, read=_repacked(_register("peserta.xlsx"))),
        Reader(name="begin.csv", seeds=_head(EXAMPLES / "register-contoh.csv", 12), read=_begin("peserta.csv")),
        Reader(name="begin.xlsx", seeds=_workbook, read=_begin("peserta.xlsx")),
        Reader(name="begin.parquet", seeds=_parquet, read=_begin("peserta.parquet")),
        Reader(name="begin.part", seeds=_parts, read=_repacked(_begin("peserta.xlsx"))),
        Reader(
            name="words",
            seeds=lambda: ["1. Tahap I 2026: ti-ga orang, ③ ⅓ <b>III</b> [^1]\n\n| ●● |".encode()],
            read=_words,
        ),
        Reader(name="kept", seeds=lambda: [b"a" * 64 + b"  static/2026.01/x.css\n"], read=_kept),
        Reader(name="keep", seeds=lambda: [b'{"data": {"release": "2026.01"}}'], read=_keep),
        Reader(name="diff", seeds=_documents, read=_diff),
        *(Reader(name=f"audit{suffix}", seeds=_site_files(suffix), read=_audited(suffix)) for suffix in AUDITED),
    ]
    return tuple(sorted(found, key=lambda each: each.name))


AUDITED = tuple(suffix for suffix in READERS if _site_files(suffix)())


def _documents() -> Sequence[bytes]:
    names = ("observations.json", "batches.json", "sources.json")
    changes = b'changes/x.json {"data": [{"address": "a/b", "successor": "c", "kind": "renamed"}]}\n'
    return [b"".join(f"{name} ".encode() + sample_site()[f"api/v1/{name}"] + b"\n" for name in names) + changes]
