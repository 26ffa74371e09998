"""Every table in every reader with its own settings, cell by cell: codes come out whole, figures as they are."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pandas
import polars
import pytest

CODES = {"region_code", "target_region_code", "area_code", "bps_code", "venue_region_codes", "region_codes", "code"}
IN_WORDS = {"Per tanggal", "As of"}
"""Dates in words, of charts: a spreadsheet makes dates of them."""
DECIMAL = re.compile(r"-?\d+\.\d+")

R = r"""
readers <- list(
  read.csv = function(f) read.csv(f, encoding = "UTF-8"),
  read.csv2 = function(f) read.csv2(f, fileEncoding = "UTF-8-BOM"),
  read_csv = function(f) readr::read_csv(f, show_col_types = FALSE, progress = FALSE),
  read_csv2 = function(f) suppressMessages(readr::read_csv2(f, show_col_types = FALSE, progress = FALSE))
)
for (file in readLines(file("stdin"))) {
  for (name in if (grepl("^;", file)) c("read.csv2", "read_csv2") else c("read.csv", "read_csv")) {
    table <- suppressWarnings(readers[[name]](substring(file, 2)))
    for (place in seq_along(table)) {
      values <- as.character(table[[place]])
      cat(name, file, place, paste0(c("", ifelse(is.na(values), "", values)), collapse = "\x1f"), sep = "\t")
      cat("\n")
    }
  }
}
"""


def is_semicolon(path: Path) -> bool:
    return path.name.endswith(".id.csv") and path.parent.name != "charts"


def tables(site: Path) -> list[Path]:
    """Give every CSV file of the newest release: tables, code lists, cut observations, and those of charts."""
    folders = ("downloads/*.csv", "downloads/codelists/*.csv", "downloads/slices/*/*.csv", "charts/*.csv")
    found = [path for pattern in folders for path in sorted(site.glob(pattern))]
    assert {path.parent.name for path in found} >= {"downloads", "codelists", "batches", "regions", "years", "charts"}
    assert len(found) > 250
    return found


def written(path: Path, delimiter: str | None = None, encoding: str = "utf-8-sig") -> Iterator[tuple[str, list[str]]]:
    """Give the columns of a file as they are written, in order: name and cells."""
    delimiter = delimiter or (";" if is_semicolon(path) else ",")
    head, *rows = csv.reader(path.read_text(encoding=encoding).splitlines(True), delimiter=delimiter)
    return zip(head, zip(*rows, strict=True) if rows else [[] for _ in head], strict=True)


def is_same(want: str, got: object) -> bool:
    """Tell whether a reader's cell is the one that is written: text as it is, a number or date of the same value."""
    if got is None or pandas.isna(got) or got == "":
        return want == ""
    if isinstance(got, bool) or got in ("TRUE", "FALSE"):
        return want in (("true", "yes", "ya") if str(got).lower() == "true" else ("false", "no", "tidak"))
    if isinstance(got, date):
        return got.isoformat().startswith(want)
    try:
        return str(got) == want or float(got) == float(want.replace(",", "."))
    except (TypeError, ValueError):
        return False


def assert_same(
    path: Path, reader: object, columns: Iterable[Sequence[object]], *, only: set[str] | None = None
) -> None:
    """Compare each cell. only: the columns to look at, all of them without."""
    for (name, want), got in zip(written(path), columns, strict=True):
        assert len(want) == len(got), (path, reader)
        if only is None or name in only:
            wrong = [pair for pair in zip(want, got, strict=True) if not is_same(*pair)]
            assert wrong == [], (path, reader, name)
            assert name not in CODES or [str(cell) for cell in got if not pandas.isna(cell) and cell] == [
                *filter(None, want)
            ]


def test_pandas(site: Path) -> None:
    for path in tables(site):
        own = {"sep": ";", "decimal": ","} if is_semicolon(path) else {}
        indonesian = {**own, "decimal": ",", "thousands": "."}
        for settings, only in ((own, None), (indonesian, None if own else CODES), ({**own, "decimal": "."}, CODES)):
            read = pandas.read_csv(path, **settings)
            assert_same(path, settings, [read.iloc[:, at].tolist() for at in range(read.shape[1])], only=only)


def test_polars(site: Path) -> None:
    for path in tables(site):
        semicolon = is_semicolon(path)
        read = polars.read_csv(path, separator=";" if semicolon else ",", decimal_comma=semicolon)
        assert_same(path, "polars", [column.to_list() for column in read.iter_columns()])


def test_duckdb(site: Path) -> None:
    for path in tables(site):
        comma = "decimal_separator = ','" if is_semicolon(path) else "delim = ','"
        for source in (f"read_csv('{path}', {comma})", f"'{path}'"):
            rows = duckdb.sql(f"from {source}").fetchall()
            only = CODES if source.startswith("'") else None
            assert_same(path, source, [*zip(*rows, strict=True)] or [[] for _ in written(path)], only=only)


def test_r(site: Path, tmp_path: Path) -> None:
    files = {f"{';' if is_semicolon(path) else ','}{path}": path for path in tables(site)}
    (tmp_path / "read.R").write_text(R, encoding="utf-8")
    done = subprocess.run(
        ["Rscript", str(tmp_path / "read.R")],
        input="".join(f"{name}\n" for name in files),
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read: dict[tuple[str, str], list[list[str]]] = {}
    for line in done.stdout.split("\n")[:-1]:
        reader, name, _, values = line.split("\t", 3)
        read.setdefault((reader, name), []).append(values.split("\x1f")[1:])
    assert len(read) == 2 * len(files)
    for (reader, name), columns in read.items():
        assert_same(files[name], reader, columns)


def converted(files: Iterable[Path], folder: Path, *reading: str, sheets: str = "") -> None:
    """Let LibreOffice read files and write what it shows, with tabs, as UTF-8."""
    writing = f"csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false{sheets}"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", *reading]
    command += ["--convert-to", writing, "--outdir", str(folder)]
    names = [str(file) for file in files]
    for start in range(0, len(names), AT_ONCE):
        subprocess.run([*command, *names[start : start + AT_ONCE]], capture_output=True, check=True)


AT_ONCE = 200
"""LibreOffice opens so many files in one go; of some 250 it leaves the last out without a word."""


@pytest.mark.parametrize("separator", [",", ";"])
def test_libreoffice_in_indonesian(site: Path, separator: str, tmp_path: Path) -> None:
    files = {}
    for number, path in enumerate(path for path in tables(site) if is_semicolon(path) is (separator == ";")):
        files[tmp_path / "in" / f"{number}.csv"] = path
    (tmp_path / "in").mkdir()
    for copy, path in files.items():
        copy.write_bytes(path.read_bytes())
    # separator, quote, UTF-8, first line, no column formats, Indonesian, no quoted-as-text, detect special numbers
    converted(files, tmp_path, f"--infilter=CSV:{ord(separator)},34,76,1,,1057,false,true")
    for copy, path in files.items():
        for (name, want), (_, got) in zip(written(path), written(tmp_path / copy.name, "\t", "utf-8"), strict=True):
            # A comma file has dots for decimals, which are thousands here: the semicolon file is for such settings.
            seen = [(a, b) for a, b in zip(want, got, strict=True) if separator == ";" or not DECIMAL.fullmatch(a)]
            assert name in IN_WORDS or [pair for pair in seen if not is_same(*pair)] == [], (path, name)
            assert name not in CODES or [a for a, _ in seen] == [b for _, b in seen], (path, name)


def test_libreoffice_opens_every_sheet_of_the_workbooks(site: Path, tmp_path: Path) -> None:
    books = [site / "downloads/kaltim-kompeten.xlsx", site / "downloads/observations.xlsx"]
    converted(books, tmp_path, sheets=",false,false,-1")
    shown = dict(written(tmp_path / "kaltim-kompeten-regions.csv", "\t", "utf-8"))
    want = dict(written(site / "downloads/regions.csv"))
    assert shown["region_code"] == want["region_code"]
    assert shown["bps_code"] == want["bps_code"]
    assert len([*tmp_path.glob("kaltim-kompeten-*.csv")]) > 15


def test_typed_forms_hold_the_bare_code(site: Path) -> None:
    codes = [row["region_code"] for row in json.loads((site / "api/v1/regions.json").read_text())["data"]]
    assert pandas.read_parquet(site / "downloads/regions.parquet").region_code.tolist() == codes
    sheet = pandas.read_excel(site / "downloads/kaltim-kompeten.xlsx", sheet_name="regions")
    assert sheet.region_code.tolist() == [f"kemendagri:{code}" for code in codes]
