"""A dimension and a measure more, in a copy of the tree: what has to be touched, and that every room then has them."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.site_reader import document

ROOT = Path(__file__).parents[2]
PRODUCT = ("kompeten", "data", "site_templates", "docs", "examples", "build.py", "kompeten.toml")
WORDS = ("site_templates/wording/id.toml", "site_templates/wording/en.toml", "site_templates/wording/api.id.toml")
FIGURES = "data/outcomes/observations.csv"
MEASURE_FILES = {"data/reference/measures.csv"}
DIMENSION_FILES = {
    "kompeten/ground/vocabulary.py",
    "data/reference/disabilitas.csv",
    "data/reference/datapackage.json",
    "data/outcomes/datapackage.json",
}

DECLARED = """    Dimension(
        name="disabilitas",
        codes=CodeList(name="disabilitas"),
        label=Label("Disabilitas", "Disability"),
        text="Whether people have a disability, _T all, _U not known.",
        field="disabilitas",
        since="1.1",
    ),
)

DIMENSION: Mapping"""
CODES = """code,name_id,name_en,source_id,valid_from,valid_to,successor
_T,Semua,All,kaltim-kompeten,,,
ya,Penyandang disabilitas,With a disability,kaltim-kompeten,,,
tidak,Bukan penyandang disabilitas,Without a disability,kaltim-kompeten,,,
_U,Tidak diketahui,Not known,kaltim-kompeten,,,
"""
MEASURE = {
    "measure_id": "porsi_apbd",
    "name_id": "Porsi APBD",
    "name_en": "Share paid by the province",
    "numerator": "peserta/funding_source=apbd_provinsi",
    "denominator": "peserta/funding_source=apbd_provinsi + peserta/funding_source=apbn_bjkw",
}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    files = (
        path
        for name in PRODUCT
        for path in ([folder / name] if (folder / name).is_file() else (folder / name).rglob("*"))
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.is_file()}


def touched(folder: Path, change: Callable[[Path], None]) -> set[str]:
    """Give the files that a change adds or alters."""
    before = contents(folder)
    change(folder)
    return {path for path, content in contents(folder).items() if before.get(path) != content}


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def change_descriptor(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(
        {resource["name"]: resource for resource in descriptor["resources"]} | {"resources": descriptor["resources"]}
    )
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def declare_dimension(folder: Path) -> None:
    """Declare the dimension, list its codes, and let the observations have a column for it."""
    vocabulary = folder / "kompeten/ground/vocabulary.py"
    text = vocabulary.read_text(encoding="utf-8")
    vocabulary.write_text(text.replace(")\n\nDIMENSION: Mapping", DECLARED, 1), encoding="utf-8")
    (folder / "data/reference/disabilitas.csv").write_text(CODES, encoding="utf-8")

    def list_codes(own: dict[str, Any]) -> None:
        own["resources"].append(
            {**own["sexes"], "name": "disabilitas", "path": "disabilitas.csv", "title": "Disabilitas"}
        )

    def add_column(own: dict[str, Any]) -> None:
        schema = own["observations"]["schema"]
        (sex,) = [field for field in schema["fields"] if field["name"] == "sex"]
        (key,) = [key for key in schema["foreignKeysAcross"] if key["fields"] == ["sex"]]
        schema["fields"].append({**sex, "name": "disabilitas", "title": "Disabilitas", "title_en": "Disability"})
        schema["primaryKey"].append("disabilitas")
        reference = {**key["reference"], "resource": "disabilitas"}
        schema["foreignKeysAcross"].append({"fields": ["disabilitas"], "reference": reference})

    change_descriptor(folder / "data/reference/datapackage.json", list_codes)
    change_descriptor(folder / "data/outcomes/datapackage.json", add_column)


def word_dimension(folder: Path) -> None:
    """Say the dimension in both languages."""
    for name, title, column in (("id", "Menurut disabilitas", "Disabilitas"), ("en", "By disability", "Disability")):
        with (folder / f"site_templates/wording/{name}.toml").open("a", encoding="utf-8") as file:
            file.write(f'"breakdown.title.disabilitas" = "{title}"\n"breakdown.column.disabilitas" = "{column}"\n')
            file.write(f'"breakdown.dimension.disabilitas" = "{column.lower()}"\n')
    with (folder / "site_templates/wording/api.id.toml").open("a", encoding="utf-8") as file:
        file.write(
            '"Whether people have a disability, _T all, _U not known." = '
            '"Penyandang disabilitas atau bukan, _T semua, _U tidak diketahui."\n'
        )


def add_figures(folder: Path) -> None:
    """State two counts by the dimension: 30 of the 827 participants of a batch have a disability."""
    rows = [{**row, "disabilitas": "_T"} for row in rows_of(folder / FIGURES)]
    (whole,) = [r for r in rows if r["batch_id"] == "kaltim-2025-1" and r["source_id"] == "kaltimprov-tahap-1"]
    place = rows.index(whole) + 1
    parts = [{**whole, "disabilitas": code, "value": value} for code, value in (("ya", "30"), ("tidak", "797"))]
    write_rows(folder / FIGURES, [*rows[:place], *parts, *rows[place:]])


def add_measure(folder: Path) -> None:
    """Add one row to the registry."""
    path = folder / "data/reference/measures.csv"
    rows = rows_of(path)
    (like,) = [row for row in rows if row["measure_id"] == "porsi_lulusan_baru"]
    write_rows(path, [*rows, {**like, **MEASURE}])


def add_region(folder: Path) -> None:
    """Add a regency that has no place on the map."""
    path = folder / "data/reference/regions.csv"
    rows = rows_of(path)
    names = {"name_id": "Kabupaten Uji", "name_en": "Test Regency"}
    write_rows(path, [*rows, {**rows[4], "region_code": "64.12", "bps_code": "6412", **names}])


def plant_register(folder: Path) -> None:
    """State three people with a disability from a register: what may never be printed."""
    rows = rows_of(folder / FIGURES)
    (part,) = [row for row in rows if row["disabilitas"] == "ya"]
    sources = rows_of(folder / "data/batches/sources.csv")
    write_rows(
        folder / "data/batches/sources.csv", [*sources, {**sources[0], "source_id": "daftar", "kind": "register"}]
    )
    write_rows(folder / FIGURES, [*rows, {**part, "batch_id": "kaltim-2025-2", "value": "3", "source_id": "daftar"}])


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, set[str]]]:
    """Give the copy, built, and what each change touched."""
    folder = tmp_path_factory.mktemp("tree")
    for name in PRODUCT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    changes = (declare_dimension, word_dimension, add_figures, add_measure, add_region)
    found = {change.__name__: touched(folder, change) for change in changes}
    done = run(folder, "build.py", "--out", "site")
    assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]
    return folder, found


def test_a_dimension_touches_four_files_its_words_and_its_figures(grown: tuple[Path, dict[str, set[str]]]) -> None:
    found = grown[1]
    assert found["declare_dimension"] == DIMENSION_FILES
    assert found["word_dimension"] == set(WORDS)
    assert found["add_figures"] == {FIGURES}


def test_a_measure_touches_the_registry_alone(grown: tuple[Path, dict[str, set[str]]]) -> None:
    assert grown[1]["add_measure"] == MEASURE_FILES


def test_a_region_touches_its_list_alone_and_appears_without_a_place_on_the_map(
    grown: tuple[Path, dict[str, set[str]]],
) -> None:
    folder, found = grown
    assert found["add_region"] == {"data/reference/regions.csv"}
    assert (folder / "site/wilayah/64.12/index.html").is_file()
    index = (folder / "site/wilayah/index.html").read_text(encoding="utf-8")
    assert '<span class="tile__name">Uji</span>' in index
    drawn = (folder / "site/embed/peta-wilayah/index.html").read_text(encoding="utf-8")
    assert ">Uji</text>" in drawn


def test_the_dimension_stands_in_documents_schemas_forms_and_pages(grown: tuple[Path, dict[str, set[str]]]) -> None:
    site = grown[0] / "site"
    rows = document(site, "api/v1/observations.json")["data"]
    assert sum(row["disabilitas"] != "_T" for row in rows) == 2
    assert list(rows[0])[-1] == "disabilitas"
    schema = document(site, "api/v1/schemas/list-observations.json")
    assert "disabilitas" in schema["$defs"]["Observation"]["required"]
    codes = [row["code"] for row in document(site, "api/v1/codelists/disabilitas.json")["data"]]
    assert codes == ["_T", "ya", "tidak", "_U"]
    cube = document(site, "api/v1/jsonstat/batches-by-disabilitas.json")
    assert cube["dimension"]["disabilitas"]["category"]["index"] == ["_T", "ya", "tidak"]
    assert {30, 797} <= set(cube["value"])
    header = (site / "downloads/observations.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert header.endswith(",disabilitas")
    batch = document(site, "api/v1/batches/kaltim-2025-1.json")["data"]
    (parts,) = [each["parts"] for each in batch["breakdowns"] if each["dimension"] == "disabilitas"]
    assert [(part["code"], part["value"]) for part in parts] == [("ya", 30), ("tidak", 797)]
    for path, title in (("tahap", "Menurut disabilitas"), ("en/tahap", "By disability")):
        assert title in (site / path / "kaltim-2025-1/index.html").read_text(encoding="utf-8")
    assert "disabilitas" in (site / "tahap/kaltim-2025-4/index.html").read_text(encoding="utf-8"), (
        "among what is missing"
    )


def test_the_measure_stands_in_documents_forms_and_pages(grown: tuple[Path, dict[str, set[str]]]) -> None:
    site = grown[0] / "site"
    batch = document(site, "api/v1/batches/kaltim-2025-1.json")["data"]
    (rate,) = [each for each in batch["rates"] if each["measure_id"] == "porsi_apbd"]
    assert (rate["numerator"], rate["denominator"], rate["value"], rate["status"]) == (500, 829, 60.3, "released")
    cube = document(site, "api/v1/jsonstat/rates-by-batch.json")
    assert cube["dimension"]["measure_id"]["category"]["label"]["porsi_apbd"] == "Porsi APBD"
    assert 60.3 in cube["value"]
    for path, shown in (("", "60,3"), ("en/", "60.3")):
        page = (site / f"{path}tahap/kaltim-2025-1/index.html").read_text(encoding="utf-8")
        assert f"{'Porsi APBD' if not path else 'Share paid by the province'}" in page
        assert shown in page
        assert 'id="rumus-porsi_apbd"' in (site / f"{path}data/rumus/index.html").read_text(encoding="utf-8")


def test_the_attacker_knows_the_dimension(grown: tuple[Path, dict[str, set[str]]]) -> None:
    folder = grown[0]
    plant_register(folder)
    done = run(folder, "-m", "kompeten", "audit", "data", "--lang", "en")
    assert done.returncode == 3, done.stderr
    assert "small_cell: kaltim-2025-2/peserta/disabilitas=ya" in done.stdout
