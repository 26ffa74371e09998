"""The checklist of Satu Data Indonesia is whole, and written from the packages."""

from __future__ import annotations

from kompeten.forms.catalogues import Checklist, satu_data
from kompeten.forms.catalogues.satudata import INDICATOR_COLUMNS, VARIABLE_COLUMNS
from tests.published import published
from tests.some import some


def checklist() -> Checklist:
    site = published("real")
    return satu_data(site.edition.descriptors, site.edition.compilation)


def test_every_variable_and_indicator_has_all_five_parts_of_the_standard() -> None:
    found = checklist()
    assert [check.part for check in found.checks] == ["konsep", "definisi", "klasifikasi", "ukuran", "satuan"]
    assert all(check.filled == check.total for check in found.checks)
    assert found.checks[0].total == len(found.variables) + len(found.indicators)


def test_rows_have_every_column_and_no_other() -> None:
    found = checklist()
    assert all(row.keys() == VARIABLE_COLUMNS.keys() for row in some(found.variables))
    assert all(row.keys() == INDICATOR_COLUMNS.keys() for row in some(found.indicators))


def test_the_variables_are_the_fields_that_carry_a_concept() -> None:
    names = [row["nama"] for row in checklist().variables]
    assert "Nilai (observations.value)" in names
    value = checklist().variables[names.index("Nilai (observations.value)")]
    assert value["konsep"] == "Peserta Pelatihan Tenaga Kerja Konstruksi"
    assert value["aturan_validasi"] == "sekurang-kurangnya 0"
    assert value["tipe_data"] == "Bilangan bulat"
    assert "region_code (regions)" in value["klasifikasi"]


def test_every_constraint_of_a_schema_is_said_in_words() -> None:
    asked = {"required": True, "minimum": 1, "maximum": 9, "exclusiveMinimum": 0, "pattern": "[a-z]+", "unique": True}
    field = {"name": "a", "type": "integer", "konsep": "K", "constraints": {**asked, "enum": ["x", "y"], "own": 1}}
    resource = {"name": "targets", "schema": {"fields": [field, {"name": "b", "type": "string"}]}}
    (row,) = satu_data({"p": {"resources": [resource]}}, published("real").edition.compilation).variables
    assert row["aturan_validasi"] == (
        "wajib diisi; sekurang-kurangnya 1; setinggi-tingginya 9; lebih dari 0; berpola [a-z]+; tidak berulang; "
        "salah satu dari x, y"
    )
    assert (row["nama"], row["referensi_waktu"]) == ("a (targets.a)", "Kolom year")


def test_the_indicators_are_the_formula_registry() -> None:
    found = checklist().indicators
    assert [row["nama"] for row in found] == [row["name"]["id"] for row in published("real").rows("measures.json")]
    rate = next(row for row in found if row["nama"] == "Tingkat kompeten")
    assert rate["rumus"].startswith("(kompeten) / (kompeten + belum_kompeten) × 100")
    assert rate["variabel_pembangun"] == "kompeten, belum_kompeten"


def test_a_concept_begins_with_no_measure_and_names_no_place_and_no_period() -> None:
    """The naming rule of the registry of data standards."""
    concepts = {row["konsep"] for row in (*checklist().variables, *checklist().indicators)}
    for concept in some(concepts):
        assert concept[0].isupper()
        assert not concept.startswith(("Jumlah", "Persentase", "Rasio", "Rata-rata"))
        assert "Kalimantan" not in concept
        assert not any(letter.isdigit() for letter in concept)
