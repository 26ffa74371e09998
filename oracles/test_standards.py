"""What validators, catalogues and generators of others say of the published forms."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import mlcroissant
import pytest

PROGRAMS = Path(sys.executable).parent
PROFILE = Path(__file__).parents[1] / "tests/unit/forms/downloads/data-package-2.0/datapackage.json"


def run(*command: str | Path) -> str:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_package_obeys_the_profile_that_it_names(site: Path) -> None:
    run(PROGRAMS / "check-jsonschema", "--schemafile", PROFILE, site / "downloads/datapackage.json")


def test_documents_obey_their_published_schemas(site: Path) -> None:
    for name in ("batches", "observations", "regions", "progress", "conflicts", "sources"):
        schema = site / f"api/v1/schemas/list-{name}.json"
        run(PROGRAMS / "check-jsonschema", "--schemafile", schema, site / f"api/v1/{name}.json")


@pytest.mark.parametrize("name", ["regions", "progress", "programmes"])
def test_croissant_gives_codes_as_text(site: Path, name: str, tmp_path: Path) -> None:
    described = json.loads((site / "downloads/croissant.json").read_text(encoding="utf-8"))
    for file in described["distribution"]:
        file["contentUrl"] = str(site / "downloads" / file["name"])
    (tmp_path / "croissant.json").write_text(json.dumps(described), encoding="utf-8")
    records = list(mlcroissant.Dataset(str(tmp_path / "croissant.json")).records(name))
    column = f"{name}/{'target_region_code' if name == 'progress' else 'region_code'}"
    document = json.loads((site / f"api/v1/{name}.json").read_text(encoding="utf-8"))["data"]
    rows = [row["target"] if name == "progress" else row for row in document]
    assert [record[column].decode() for record in records] == [row["region_code"] for row in rows]
