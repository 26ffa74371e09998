"""The two reader packages install from their folders, without a network, and give what the Parquet tables hold."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.published import ROOT, published, write
from tests.serving import serving
from tests.some import some

PACKAGES = ROOT / "examples" / "packages"
TREE = published("real").tree
RELEASE = published("real").edition.release.id
RESOURCES = json.loads(TREE["downloads/datapackage.json"])["resources"]
PYTHON = """
import json, sys
from kaltim_kompeten_reader import read, tables
base, release = sys.argv[1:]
found = {name: read(name, base) for name in tables(base, language="en")}
kept = read("observations", base + "/", release)
named = {name: [read(name, base, language=language)[:1] for language in ("id", "en")] for name in found}
print(json.dumps({"tables": found, "kept": kept, "named": named, "titles": tables(base)}, default=float))
"""
R = """
library(kaltimkompeten)
arguments <- commandArgs(TRUE)
base <- arguments[1]
names <- names(list_tables(base, language = "en"))
found <- sapply(names, read_published, base, simplify = FALSE)
kept <- read_published("observations", paste0(base, "/"), arguments[2])
named <- lapply(sapply(names, read_published, base, language = "en", simplify = FALSE), function(rows) I(names(rows)))
answer <- list(tables = found, kept = kept, named = named, titles = as.list(list_tables(base)))
cat(jsonlite::toJSON(answer, na = "null", digits = NA, auto_unbox = TRUE))
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the downloads of the real data."""
    files = {path: content for path, content in TREE.items() if path.startswith("downloads/")}
    with serving(write(files, tmp_path_factory.mktemp("served"))) as served:
        yield served


def output(*command: str, **environment: str) -> str:
    """Run a program and give what it prints."""
    assert shutil.which(command[0]), f"{command[0]} is missing: scripts/browser.sh installs it, or says how to"
    settings = {**os.environ, "LC_ALL": "C.UTF-8", **environment}
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def python(address: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give what the installed Python package reads."""
    target = str(tmp_path_factory.mktemp("python"))
    options = ("--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--target", target)
    output(sys.executable, "-m", "pip", "install", *options, str(PACKAGES / "python"))
    read: dict[str, Any] = json.loads(output(sys.executable, "-c", PYTHON, address, RELEASE, PYTHONPATH=target))
    return read


@pytest.fixture(scope="module")
def r(address: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give what the installed R package reads."""
    library = str(tmp_path_factory.mktemp("r"))
    output("R", "CMD", "INSTALL", "--no-test-load", f"--library={library}", str(PACKAGES / "r"))
    read: dict[str, Any] = json.loads(output("Rscript", "-e", R, address, RELEASE, R_LIBS=library))
    return read


@pytest.fixture(params=["python", "r"])
def read(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.getfixturevalue(request.param)
    return found


def test_every_cell_is_that_of_the_parquet_table(read: dict[str, Any]) -> None:
    typed = [r["name"] for r in RESOURCES if any(a["format"] == "parquet" for a in r["alternates"])]
    for name in some(typed):
        table = pq.read_table(io.BytesIO(TREE[f"downloads/{name}.parquet"]))
        rows = [{column: row.get(column) for column in table.column_names} for row in read["tables"][name]]
        assert rows == json.loads(json.dumps(table.to_pylist(), default=str)), name


def test_both_read_every_table_alike(python: dict[str, Any], r: dict[str, Any]) -> None:
    assert list(python["tables"]) == list(r["tables"]) == [resource["name"] for resource in RESOURCES]
    for name, rows in some(python["tables"].items()):
        assert [{column: row.get(column) for column in (rows or [{}])[0]} for row in r["tables"][name]] == rows, name


def test_a_code_is_bare_text_and_what_no_source_states_is_no_zero(read: dict[str, Any]) -> None:
    assert {row["code"] for row in read["tables"]["codelist-regions"]} >= {"64.02", "64.72"}
    missing = [row for row in read["tables"]["observations"] if row.get("value") is None]
    assert {row["status"] for row in some(missing)} == {"unknown"}


def test_a_kept_release_and_the_titles_in_both_languages(python: dict[str, Any], r: dict[str, Any]) -> None:
    assert python["kept"] == python["tables"]["observations"]
    assert r["kept"] == r["tables"]["observations"]
    assert python["titles"] == r["titles"] == {resource["name"]: resource["title"] for resource in RESOURCES}
    for resource in RESOURCES:
        titles = [[field[key] for field in resource["schema"]["fields"]] for key in ("title", "title_en")]
        if read_rows := python["tables"][resource["name"]]:
            assert [list(row) for (row,) in python["named"][resource["name"]]] == titles
            assert len(read_rows[0]) == len(set(titles[0])) == len(set(titles[1]))
        assert r["named"][resource["name"]] == titles[1]


def test_the_packages_are_short_enough_to_read() -> None:
    for path in ("python/kaltim_kompeten_reader/__init__.py", "r/R/read.R"):
        lines = (PACKAGES / path).read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 45, path
