"""A descriptor says what it may and nothing else; its schemas are the repository's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kompeten.intake.packages import check, read, tables
from kompeten.intake.packages.descriptors import check_descriptors
from kompeten.intake.rules import judge_by_rules, open_book
from kompeten.intake.validation import examine
from tests.some import some
from tests.unit.data_folders import REPOSITORY_DATA, tiny

DESCRIPTOR = "outcomes/datapackage.json"
Change = Callable[[dict[str, Any]], object]


def describe(folder: Path, change: Change, file: str = DESCRIPTOR) -> None:
    """Change a descriptor in place."""
    descriptor = json.loads((folder / file).read_text(encoding="utf-8"))
    change(descriptor)
    (folder / file).write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def observations(descriptor: dict[str, Any]) -> dict[str, Any]:
    """Give the first resource."""
    return dict.__getitem__(descriptor, "resources")[0]


def field(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    """Give one field of the first resource."""
    return next(each for each in observations(descriptor)["schema"]["fields"] if each["name"] == name)


ELSEWHERE = [
    "../outcomes/observations.csv",
    "/etc/passwd",
    "https://example.org/observations.csv",
    "file:///etc/passwd",
    "sub/observations.csv",
    "observations.csv.gz",
    "Observations.csv",
    "C:\\observations.csv",
    ".csv",
    ["observations.csv"],
    None,
    7,
]


@pytest.mark.parametrize("path", ELSEWHERE, ids=str)
def test_a_path_is_the_plain_name_of_a_file_beside_the_descriptor(tmp_path: Path, path: object) -> None:
    folder = tiny(tmp_path)
    describe(folder, lambda d: observations(d).update(path=path))
    found = check(read(folder), read(REPOSITORY_DATA))
    assert ("path-not-plain", DESCRIPTOR) in {(each.rule, each.file) for each in found}
    assert {each.rule for each in found} <= {"path-not-plain", "stranger"}  # the table itself is now named by nobody


@pytest.mark.parametrize("name", ["schema", "dialect", "profile", "$schema"])
@pytest.mark.parametrize("address", ["https://example.org/x.json", "x.json", "../x.json"])
def test_nothing_in_a_resource_is_kept_elsewhere(tmp_path: Path, name: str, address: str) -> None:
    folder = tiny(tmp_path)
    describe(folder, lambda d: observations(d).update({name: address}))
    found = examine(folder, REPOSITORY_DATA).findings
    assert [each.line("en") for each in found] == [
        f"{DESCRIPTOR}: observations.{name}: write its content into the descriptor itself, as in the repository"
        f" ← points to another file or an internet address: “{address}”"
    ]
    assert [each.line("id") for each in found] == [
        f"{DESCRIPTOR}: observations.{name}: tulis isinya langsung di berkas ini, seperti di repositori"
        f" ← menunjuk ke berkas lain atau alamat internet: “{address}”"
    ]


MISSPELT = [
    pytest.param(lambda d: d.update(licence=[]), None, "the property “licence” is not known", id="package"),
    pytest.param(lambda d: d.update(profile="x"), None, "the property “profile” is not known", id="profile"),
    pytest.param(
        lambda d: observations(d).update(data=[]), "observations", "the property “data” is not known", id="resource"
    ),
    pytest.param(
        lambda d: observations(d)["schema"].update(primarykey=["x"]),
        "observations.schema",
        "the property “primarykey” is not known",
        id="schema",
    ),
    pytest.param(
        lambda d: observations(d)["schema"].update(uniqueKeys=[["x"]]),
        "observations.schema",
        "the property “uniqueKeys” is not known",
        id="a_property_that_the_judge_ignores",
    ),
    pytest.param(
        lambda d: field(d, "value").update(format="any"),
        "observations.value",
        "the property “format” is not known",
        id="field",
    ),
    pytest.param(
        lambda d: field(d, "value")["constraints"].update(minimun=0),
        "observations.value.constraints",
        "the property “minimun” is not known",
        id="constraint",
    ),
]


@pytest.mark.parametrize(("change", "place", "message"), MISSPELT)
def test_a_property_that_nobody_knows_is_told(tmp_path: Path, change: Change, place: str | None, message: str) -> None:
    folder = tiny(tmp_path)
    describe(folder, change)
    (found,) = examine(folder, REPOSITORY_DATA).findings
    assert (found.file, found.column, found.rule, found.what.en) == (DESCRIPTOR, place, "property-unknown", message)
    assert found.mend.en.startswith("check the spelling; known are: ")


PACKAGE = [
    pytest.param(lambda d: d.pop("licenses"), "property-missing", id="no_licence"),
    pytest.param(lambda d: d.pop("synthetic"), "property-missing", id="not_said_whether_synthetic"),
    pytest.param(lambda d: d.update(licenses=[]), "property-wrong", id="an_empty_list_of_licences"),
    pytest.param(lambda d: d.update(synthetic="false"), "property-wrong", id="synthetic_as_text"),
    pytest.param(lambda d: d.update(name="Hasil 2025"), "property-wrong", id="a_name_with_blanks"),
    pytest.param(lambda d: d.update(version="1"), "property-wrong", id="a_version_of_one_number"),
    pytest.param(
        lambda d: d.update({"$schema": "https://example.org/profile.json"}), "property-wrong", id="another_profile"
    ),
    pytest.param(lambda d: d.update(resources={}), "property-wrong", id="resources_as_object"),
    pytest.param(lambda d: d.update(resources=[1, 2]), "property-wrong", id="resources_as_numbers"),
    pytest.param(lambda d: observations(d).pop("name"), "property-missing", id="a_resource_without_name"),
    pytest.param(lambda d: d["resources"].pop(2), "resource-missing", id="a_table_left_out"),
    pytest.param(lambda d: d.update(contributors="x"), "descriptor-invalid", id="contributors_as_text"),
    pytest.param(lambda d: d.update(sources=[{"path": 7}]), "descriptor-invalid", id="a_source_of_a_number"),
]


@pytest.mark.parametrize(("change", "rule"), PACKAGE)
def test_a_package_says_what_it_must(tmp_path: Path, change: Change, rule: str) -> None:
    folder = tiny(tmp_path)
    describe(folder, change)
    found = check(read(folder), read(REPOSITORY_DATA))
    assert {each.rule for each in found} - {"stranger"} == {rule}
    assert all(each.file == DESCRIPTOR for each in found if each.rule == rule)


SCHEMAS = [
    pytest.param(lambda d: field(d, "value").update(type="string"), "observations.value", id="another_type"),
    pytest.param(lambda d: field(d, "value").pop("constraints"), "observations.value", id="a_constraint_dropped"),
    pytest.param(
        lambda d: field(d, "value")["constraints"].update(minimum=-5), "observations.value", id="a_limit_moved"
    ),
    pytest.param(
        lambda d: field(d, "status")["constraints"]["enum"].append("lain"), "observations.status", id="a_choice_added"
    ),
    pytest.param(
        lambda d: field(d, "region_code")["constraints"].update(pattern="(a+)+"),
        "observations.region_code",
        id="another_pattern",
    ),
    pytest.param(
        lambda d: observations(d)["schema"].pop("foreignKeysAcross"), "observations.schema", id="no_foreign_keys"
    ),
    pytest.param(lambda d: observations(d)["schema"].pop("primaryKey"), "observations.schema", id="no_primary_key"),
    pytest.param(
        lambda d: observations(d)["schema"].update(missingValues=["", "-"]), "observations.schema", id="a_dash_is_empty"
    ),
    pytest.param(
        lambda d: observations(d)["schema"]["fields"].remove(field(d, "note_en")),
        "observations.schema.fields",
        id="a_field_left_out",
    ),
    pytest.param(lambda d: observations(d)["dialect"].update(header=1), "observations.dialect", id="a_one_for_a_truth"),
    pytest.param(lambda d: observations(d).update(encoding="latin-1"), "observations.encoding", id="another_encoding"),
    pytest.param(
        lambda d: observations(d)["dialect"].update(delimiter=";"), "observations.dialect", id="another_delimiter"
    ),
    pytest.param(
        lambda d: observations(d).update(mediatype="text/tsv"), "observations.mediatype", id="another_type_name"
    ),
]


@pytest.mark.parametrize(("change", "place"), SCHEMAS)
def test_the_schema_is_the_repository_s_own(tmp_path: Path, change: Change, place: str) -> None:
    folder = tiny(tmp_path)
    describe(folder, change)
    found = [each.line("en") for each in check(read(folder), read(REPOSITORY_DATA))]
    assert (
        f"{DESCRIPTOR}: {place}: copy that part from data/outcomes/datapackage.json in the repository"
        " ← differs from the repository's schema"
    ) in found


BROKEN = [
    pytest.param(lambda d: observations(d).pop("schema"), id="no_schema_at_all"),
    pytest.param(lambda d: observations(d)["schema"].update(fields=[]), id="no_fields"),
    pytest.param(lambda d: observations(d)["schema"].update(fields={"value": "integer"}), id="fields_as_object"),
    pytest.param(lambda d: observations(d)["schema"].update(primaryKey="value"), id="a_key_as_text"),
    pytest.param(lambda d: observations(d)["schema"].update(primaryKey=["nilai"]), id="a_key_of_no_field"),
    pytest.param(
        lambda d: observations(d)["schema"]["fields"].remove(field(d, "mark")), id="a_field_of_a_key_left_out"
    ),
    pytest.param(lambda d: observations(d)["schema"].update(foreignKeysAcross=[{}]), id="an_empty_foreign_key"),
    pytest.param(lambda d: observations(d)["schema"].update(missingValues=""), id="missing_values_as_text"),
    pytest.param(lambda d: field(d, "value").update(type="banyak"), id="a_type_that_does_not_exist"),
    pytest.param(lambda d: field(d, "value").update(constraints=[]), id="constraints_as_list"),
    pytest.param(lambda d: field(d, "value")["constraints"].update(minimum=False), id="a_limit_of_false"),
    pytest.param(lambda d: field(d, "batch_id")["constraints"].update(pattern="("), id="a_pattern_that_is_none"),
    pytest.param(lambda d: field(d, "note_id")["constraints"].update(maxLength="400"), id="a_length_as_text"),
    pytest.param(lambda d: field(d, "preferred").update(trueValues="true"), id="truths_as_text"),
]


@pytest.mark.parametrize("change", BROKEN)
def test_a_schema_that_cannot_be_judged_by_is_told_even_where_it_is_the_one_of_record(
    tmp_path: Path, change: Change
) -> None:
    folder = tiny(tmp_path)
    describe(folder, change)
    (found,) = examine(folder, folder).findings
    assert found.line("id") == (
        f"{DESCRIPTOR}: observations: kembalikan skemanya seperti dalam datapackage.json di repositori"
        " ← skemanya tidak lengkap, atau ada bagian yang salah bentuk"
    )
    assert found.line("en") == (
        f"{DESCRIPTOR}: observations: copy its schema from the repository's descriptor"
        " ← its schema is not complete, or a part of it has the wrong form"
    )


def test_a_weakened_schema_does_not_weaken_the_judge(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    describe(folder, lambda d: field(d, "value").update(type="string", constraints={}))
    table = folder / "outcomes/observations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",80,released", ",-80,released"), encoding="utf-8")
    found = check(read(folder), read(REPOSITORY_DATA))
    assert [(each.file, each.rule) for each in found] == [
        (DESCRIPTOR, "schema-differs"),
        ("outcomes/observations.csv", "minimum"),
    ]


def test_titles_descriptions_versions_and_licences_are_the_contributor_s(tmp_path: Path) -> None:
    folder = tiny(tmp_path)

    def reword(descriptor: dict[str, Any]) -> None:
        descriptor |= {"title": "Lain", "description_en": "Other", "version": "2.0.1", "name": "uji-outcomes"}
        descriptor["licenses"] = [{"name": "CC0-1.0", "title": "CC0"}]
        observations(descriptor)["title_en"] = "Counts"
        field(descriptor, "value")["description"] = "Hitungan."

    describe(folder, reword)
    assert examine(folder, REPOSITORY_DATA).findings == ()


def test_invented_and_real_packages_are_never_mixed(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    describe(folder, lambda d: d.update(synthetic=True))
    assert [each.line("en") for each in examine(folder, REPOSITORY_DATA).findings] == [
        "outcomes/datapackage.json: never mix invented data with real data; make “synthetic” the same in all three "
        "packages ← this package and another differ: one is invented (synthetic), the other is real data"
    ]


def test_a_column_about_persons_is_named_in_the_descriptor_too(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    describe(folder, lambda d: observations(d)["schema"]["fields"].append({"name": "nik", "type": "string"}))
    found = check(read(folder), read(REPOSITORY_DATA))
    assert ("person-column", "observations.nik") in {(each.rule, each.column) for each in found}


def test_a_repository_whose_own_schema_is_broken_is_told(tmp_path: Path) -> None:
    folder, record = tiny(tmp_path), tiny(tmp_path / "record")
    (record / DESCRIPTOR).write_text("{", encoding="utf-8")
    found = check(read(folder), read(record))
    assert [(each.file, each.rule) for each in found] == [(DESCRIPTOR, "schema-of-record")]


VALUES: list[object] = [None, 1, "x", [], {}, [[]], {"a": []}]


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_no_kind_of_value_anywhere_brings_intake_down(tmp_path: Path, value: object) -> None:
    original = json.loads((REPOSITORY_DATA / DESCRIPTOR).read_text(encoding="utf-8"))
    insides: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
        lambda d: d,
        observations,
        lambda d: observations(d)["schema"],
        lambda d: field(d, "value"),
    ]
    folder, record = tiny(tmp_path), read(REPOSITORY_DATA)
    for inside in some(insides):
        for name in some(inside(original)):
            changed = json.loads(json.dumps(original))
            inside(changed)[name] = value
            (folder / DESCRIPTOR).write_text(json.dumps(changed), encoding="utf-8")
            packages = read(folder)
            found = list(check_descriptors(packages, record))
            assert tables(packages)
            assert [*judge_by_rules(open_book(packages, record)), *found] or name in (
                "keywords",
                "contributors",
                "sources",
                *TEXTS,
            )


TEXTS = ("title", "title_en", "description", "description_en", "licenses", "name", "version")


def test_nothing_is_ever_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    folder, address = tiny(tmp_path), "http://127.0.0.1:9/x.json"

    def lure(descriptor: dict[str, Any]) -> None:
        descriptor |= {"profile": address, "image": address, "$schema": address}
        observations(descriptor).update(path=address, schema=address, dialect=address, profile=address)
        descriptor["resources"][1]["path"] = [address]
        descriptor["resources"][2]["schema"]["$ref"] = address

    describe(folder, lure)
    rules = {each.rule for each in examine(folder, REPOSITORY_DATA).findings}
    assert {"path-not-plain", "remote", "property-unknown", "property-wrong"} <= rules
