"""What clients, linters and testers of APIs make of the description, and what they get from the served site."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.published import ROOT

CLIENTS = ROOT / ".venv-clients" / "bin"
NODE = ROOT / "oracles" / "node"
OPENAPI = "api/v1/openapi.json"
FIRST = "api/v1/releases/2026.11/openapi.json"
PYJSTAT = """
import json, sys
from pyjstat import pyjstat
for path in sys.argv[1:]:
    frame = pyjstat.Dataset.read(open(path, encoding="utf-8").read()).write("dataframe")
    values = [None if value != value else value for value in frame["value"]]
    print(json.dumps({"path": path, "values": values, "labels": list(frame.columns[:-1])}))
"""


def run(*command: str | Path, cwd: Path = NODE) -> str:
    """Run a program and give what it prints; a failure shows it."""
    path = f"{CLIENTS}{os.pathsep}{NODE / 'node_modules/.bin'}{os.pathsep}{os.environ['PATH']}"
    settings = {**os.environ, "PATH": path, "REDOCLY_TELEMETRY": "off", "NO_COLOR": "1"}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


def test_redocly_and_spectral_find_nothing(site: Path, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text('extends: ["spectral:oas"]\n', encoding="utf-8")
    run("redocly", "lint", site / OPENAPI)
    run("spectral", "lint", "--fail-severity=warn", "--ruleset", tmp_path / "rules.yaml", site / OPENAPI)


def test_schemathesis_finds_no_answer_that_the_description_does_not_allow(
    site: Path, served: str, tmp_path: Path
) -> None:
    limits = ("--phases", "examples,coverage,fuzzing", "--max-examples", "15", "--seed", "1", "--checks", "all")
    # Of a served description it would leave out the operation that serves it.
    said = run("schemathesis", "run", site / OPENAPI, "--url", served, *limits, cwd=tmp_path)
    tested = re.search(r"Selected: (\d+)/\1\n *Tested: \1\n", said)
    assert tested is not None, said
    assert int(tested[1]) == len(json.loads((site / OPENAPI).read_text(encoding="utf-8"))["paths"])
    assert "No issues found" in said


@pytest.mark.parametrize(
    ("description", "moved"),
    [(OPENAPI, ""), (FIRST, ""), (FIRST, "/releases/2026.11/")],
    ids=["today", "2026.11 as kept", "2026.11 at the addresses of today"],
)
def test_a_generated_client_reads_every_answer(
    site: Path, served: str, tmp_path: Path, description: str, moved: str
) -> None:
    text = (site / description).read_text(encoding="utf-8")
    (tmp_path / "openapi.json").write_text(text.replace(moved, "/") if moved else text, encoding="utf-8")
    run(
        "openapi-python-client",
        "generate",
        "--path",
        "openapi.json",
        "--output-path",
        "client",
        "--meta",
        "none",
        cwd=tmp_path,
    )
    program = ROOT / "oracles/generated_client.py"
    *said, count = run(
        CLIENTS / "python", program, tmp_path, tmp_path / "openapi.json", site / OPENAPI, served
    ).splitlines()
    assert said == []
    assert int(count) > 150


def test_a_typed_client_passes_on_the_ids_that_it_gets(site: Path, served: str, tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(NODE / "node_modules")
    for name in ("package.json", "use.ts"):
        (tmp_path / name).write_text((NODE / name).read_text(encoding="utf-8"), encoding="utf-8")
    run("openapi-typescript", site / OPENAPI, "-o", "schema.ts", cwd=tmp_path)
    strict = (
        "--strict",
        "--target",
        "es2022",
        "--module",
        "nodenext",
        "--moduleResolution",
        "nodenext",
        "--skipLibCheck",
    )
    run("tsc", *strict, "--types", "node", "use.ts", cwd=tmp_path)
    lines = run("node", "use.js", served, cwd=tmp_path).splitlines()
    assert "kaltim-2025-1 827 5" in lines
    assert "kaltim-2025-3 null 1" in lines


def test_readers_of_json_stat_find_the_values_and_what_contains_what(site: Path) -> None:
    paths = sorted((site / "api/v1/jsonstat").glob("*.json"))
    assert len(paths) > 15
    for said in (run("node", "jsonstat.mjs", *paths), run(CLIENTS / "python", "-c", PYJSTAT, *paths)):
        read = [json.loads(line) for line in said.splitlines()]
        assert [one["path"] for one in read] == [str(path) for path in paths]
        for path, one in zip(paths, read, strict=True):
            stat: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            value, size = stat["value"], len(one["values"])
            assert one["values"] == (value if isinstance(value, list) else [value.get(str(n)) for n in range(size)])
            assert one["labels"] == [stat["dimension"][name]["label"] for name in stat["id"]]
            nested = [name for name in stat["id"] if "child" in stat["dimension"][name]["category"]]
            assert one.get("nested", nested) == nested


def test_csvw_and_frictionless_accept_every_table(site: Path) -> None:
    assert run("csvwvalidate", site / "downloads/csv-metadata.json").strip() == "OK"
    run(ROOT / ".venv-forms/bin/frictionless", "validate", "datapackage.json", cwd=site / "downloads")
