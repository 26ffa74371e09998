"""The Data Package of all tables: foreign readers accept it, and its keys hold."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path

import pytest
from frictionless import Package, validate
from jsonschema import Draft7Validator

from tests.published import Kind, Published, published, write
from tests.some import some

CASES: tuple[Kind, ...] = ("real", "demo")
DESCRIPTOR = "downloads/datapackage.json"
PROFILES = Path(__file__).parent / "data-package-2.0"


@pytest.fixture(params=CASES)
def site(request: pytest.FixtureRequest) -> Published:
    return published(request.param)


@pytest.fixture
def folder(site: Published, tmp_path: Path) -> Path:
    tree = {path: content for path, content in site.tree.items() if path.startswith("downloads/")}
    return write(tree, tmp_path) / "downloads"


def test_frictionless_validates_the_package_with_every_row_and_hash(folder: Path) -> None:
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert not report.warnings
    assert len(report.tasks) == 40


def test_a_code_that_no_list_knows_breaks_a_foreign_key(folder: Path) -> None:
    descriptor = json.loads((folder / "datapackage.json").read_text())
    path = folder / "observations.csv"
    path.write_text(path.read_text().replace(",peserta,", ",pesreta,", 1))
    for resource in descriptor["resources"]:
        del resource["hash"], resource["bytes"]
        resource["schema"]["fields"] = [{**field, "constraints": {}} for field in resource["schema"]["fields"]]
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    report = validate(str(folder / "datapackage.json"))
    assert "foreign-key" in {error.type for task in report.tasks for error in task.errors}


def test_the_descriptor_obeys_the_profile_of_version_2(site: Published) -> None:
    descriptor = site.json(DESCRIPTOR)
    report = Package.validate_descriptor(copy.deepcopy(descriptor))
    assert report.valid, report.errors
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptor["version"] == site.edition.imprint.release
    assert descriptor["synthetic"] is site.edition.imprint.synthetic
    assert all(resource["type"] == "table" for resource in descriptor["resources"])


def test_the_descriptor_obeys_the_profile_that_it_names_as_published_and_the_profile_is_not_blind(
    site: Published,
) -> None:
    descriptor = site.json(DESCRIPTOR)
    validator = Draft7Validator(json.loads((PROFILES / "datapackage.json").read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(descriptor)] == []
    descriptor["resources"][-1]["schema"]["foreignKeys"] = []
    assert not validator.is_valid(descriptor)


def test_every_table_and_every_twin_is_listed_with_its_bytes_and_hash(site: Published) -> None:
    listed = {
        entry["path"]: entry
        for resource in site.json(DESCRIPTOR)["resources"]
        for entry in (resource, *resource["alternates"])
    }
    own = {
        "kaltim-kompeten.xlsx",
        "datapackage.json",
        "csv-metadata.json",
        "croissant.json",
        "README.md",
        "kaltim-kompeten.zip",
        "packages.zip",
    }
    there = {path.removeprefix("downloads/") for path in site.tree if path.startswith("downloads/")}
    there = {path for path in there if not path.startswith(("releases/", "slices/"))}
    assert set(listed) == there - own
    for path, entry in listed.items():
        content = site.tree[f"downloads/{path}"]
        assert entry["bytes"] == len(content)
        assert entry["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_every_column_is_titled_and_explained_in_both_languages(site: Published) -> None:
    for resource in some(site.json(DESCRIPTOR)["resources"]):
        for field in some(resource["schema"]["fields"]):
            texts = [field[name] for name in ("title", "title_en", "description", "description_en")]
            assert all(texts), (resource["name"], field["name"])
            assert field["title"] != field["name"], (resource["name"], field["name"])
            assert field["description"] != field["description_en"], (resource["name"], field["name"])


def test_satu_data_properties_travel_with_the_columns(site: Published) -> None:
    observations = site.json(DESCRIPTOR)["resources"][0]
    value = next(field for field in observations["schema"]["fields"] if field["name"] == "value")
    assert value["konsep"] == "Peserta Pelatihan Tenaga Kerja Konstruksi"
    assert value["ukuran"] == "Jumlah"


def test_the_readme_cites_explains_and_lists_every_column_in_both_languages(site: Published) -> None:
    text = site.tree["downloads/README.md"].decode()
    assert site.edition.imprint.attribution.id in text
    assert site.edition.imprint.attribution.en in text
    assert "An empty value is not zero" in text
    assert "Nilai kosong bukan nol" in text
    assert ("SYNTHETIC" in text) is site.edition.imprint.synthetic
    for resource in site.json(DESCRIPTOR)["resources"]:
        for field in resource["schema"]["fields"]:
            assert text.count(f"| `{field['name']}` | {field['title']} |")
            assert text.count(f"| `{field['name']}` | {field['title_en']} |")


def test_the_side_files_name_every_column_and_hash(site: Published) -> None:
    resources = {resource["path"]: resource for resource in site.json(DESCRIPTOR)["resources"]}
    for table in site.json("downloads/csv-metadata.json")["tables"]:
        columns = [column["name"] for column in table["tableSchema"]["columns"]]
        assert columns == [field["name"] for field in resources[table["url"]]["schema"]["fields"]]
    twins = {twin["path"]: twin["hash"] for resource in resources.values() for twin in resource["alternates"]}
    described = site.json("downloads/croissant.json")["distribution"]
    assert {file["name"].rsplit(".", 1)[-1] for file in described} == {"parquet"}
    assert all(twins[file["name"]] == f"sha256:{file['sha256']}" for file in described)


def test_a_table_without_keys_into_others_says_nothing_of_keys(site: Published) -> None:
    schemas = {resource["name"]: resource["schema"] for resource in site.json(DESCRIPTOR)["resources"]}
    assert "foreignKeys" not in schemas["sources"]
    assert all(schema.get("foreignKeys", [None]) for schema in schemas.values())


def test_the_group_of_tables_has_a_title_in_both_languages_and_its_rights_apart(site: Published) -> None:
    group = site.json("downloads/csv-metadata.json")
    assert [title["@language"] for title in group["dc:title"]] == ["id", "en"]
    assert group["dc:title"][0]["@value"].startswith("Kaltim Kompeten: data terbuka")
    assert group["dc:rights"][0]["@value"].startswith("Sumber: ")
