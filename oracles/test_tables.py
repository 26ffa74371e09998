"""Every table in every reader with its own settings: the codes of regions come out whole, and rows are as many."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

import duckdb
import pandas
import polars
import pytest

CODES = ("region_code", "target_region_code", "area_code", "bps_code", "venue_region_codes", "region_codes")

R = r"""
arguments <- commandArgs(TRUE)
readers <- list(
  read.csv = function(f) read.csv(f, encoding = "UTF-8"),
  read.csv2 = function(f) read.csv2(f, fileEncoding = "UTF-8-BOM"),
  read_csv = function(f) readr::read_csv(f, show_col_types = FALSE, progress = FALSE),
  read_csv2 = function(f) suppressMessages(readr::read_csv2(f, show_col_types = FALSE, progress = FALSE))
)
for (file in arguments) {
  semicolon <- grepl("[.]id[.]csv$", file)
  for (name in if (semicolon) c("read.csv2", "read_csv2") else c("read.csv", "read_csv")) {
    table <- readers[[name]](file)
    for (column in intersect(names(table), strsplit(Sys.getenv("CODES"), " ")[[1]])) {
      values <- as.character(table[[column]])
      cat(name, file, column, paste(ifelse(is.na(values) , "", values), collapse = "|"), sep = "\t")
      cat("\n")
    }
  }
}
"""


def tables(site: Path) -> list[Path]:
    found = sorted(site.glob("downloads/*.csv")) + sorted(site.glob("downloads/slices/*/*.csv"))
    assert len(found) > 60
    return found


def written(path: Path) -> dict[str, list[str]]:
    """Give the columns with codes as they stand in a file, and every row by its number."""
    delimiter = ";" if path.name.endswith(".id.csv") else ","
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(True), delimiter=delimiter))
    return {column: [row[column] for row in rows] for column in (rows[0] if rows else ()) if column in CODES}


def texts(values: list[object]) -> list[str]:
    return ["" if value is None or value != value else str(value) for value in values]


def test_pandas(site: Path) -> None:
    seen = 0
    for path in tables(site):
        settings = [{"sep": ";", "decimal": ",", "thousands": "."}] if path.name.endswith(".id.csv") else [{}]
        settings += [{"decimal": ",", "thousands": "."}] if not path.name.endswith(".id.csv") else [{"sep": ";"}]
        for each in settings:
            read = pandas.read_csv(path, **each)
            for column, values in written(path).items():
                assert texts(read[column].tolist()) == values, (path.name, column, each)
                seen += 1
    assert seen > 100


def test_polars(site: Path) -> None:
    for path in tables(site):
        semicolon = path.name.endswith(".id.csv")
        read = polars.read_csv(path, separator=";" if semicolon else ",", decimal_comma=semicolon)
        for column, values in written(path).items():
            assert texts(read[column].to_list()) == values, (path.name, column)


def test_duckdb(site: Path) -> None:
    for path in tables(site):
        comma = "decimal_separator = ','" if path.name.endswith(".id.csv") else "delim = ','"
        for column, values in written(path).items():
            rows = duckdb.sql(f"select \"{column}\" from read_csv('{path}', {comma})").fetchall()
            assert texts([row[0] for row in rows]) == values, (path.name, column)


def test_r(site: Path, tmp_path: Path) -> None:
    files = tables(site)
    (tmp_path / "read.R").write_text(R, encoding="utf-8")
    done = subprocess.run(
        ["Rscript", str(tmp_path / "read.R"), *map(str, files)],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "CODES": " ".join(CODES)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert {line[0] for line in lines} == {"read.csv", "read.csv2", "read_csv", "read_csv2"}
    for reader, path, column, values in lines:
        assert values == "|".join(written(Path(path))[column]), (reader, path, column)


@pytest.mark.parametrize("ending", [".csv", ".id.csv"])
def test_libreoffice_in_indonesian(site: Path, ending: str, tmp_path: Path) -> None:
    separator = 59 if ending == ".id.csv" else 44
    files = [path for path in tables(site) if path.name.endswith(".id.csv") is (ending == ".id.csv")]
    files = [path for path in files if "slices" not in path.parts]
    # separator, quote, UTF-8, first line, no column formats, Indonesian, no quoted-as-text, detect special numbers
    reading = f"--infilter=CSV:{separator},34,76,1,,1057,false,true"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", reading]
    command += [
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, *map(str, files)], capture_output=True, check=True)
    for path in files:
        lines = (tmp_path / path.name).read_text(encoding="utf-8").splitlines(True)
        rows = list(csv.DictReader(lines, delimiter="\t"))
        for column, values in written(path).items():
            assert [row[column] for row in rows] == values, (path.name, column)


def test_typed_forms_hold_the_bare_code(site: Path) -> None:
    codes = [row["region_code"] for row in json.loads((site / "api/v1/regions.json").read_text())["data"]]
    assert pandas.read_parquet(site / "downloads/regions.parquet").region_code.tolist() == codes
    sheet = pandas.read_excel(site / "downloads/kaltim-kompeten.xlsx", sheet_name="regions")
    assert sheet.region_code.tolist() == [f"kemendagri:{code}" for code in codes]
