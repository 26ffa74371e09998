"""Value beside status, one preferred source, a reason for it: each case breaks one rule and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.intake.validation import check_all
from tests.unit.data_folders import REPOSITORY_DATA, add, change, replace, tiny

BREAKS = [
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"sex": "L"}, status="hidden"),
        "value-and-status",
        (
            "outcomes/observations.csv:4: value: nilai berisi, padahal statusnya hidden"
            " → isi nilai hanya untuk released atau provisional; kosongkan untuk hidden atau unknown"
        ),
        (
            "outcomes/observations.csv:4: value: the value is filled in, but its status is hidden"
            " → give a value only with released or provisional; leave it empty with hidden or unknown"
        ),
        id="a_hidden_cell_has_a_value",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/context.csv", {"context_id": "pekerja-b"}, status="unknown"),
        "value-and-status",
        (
            "outcomes/context.csv:3: value: nilai berisi, padahal statusnya unknown"
            " → isi nilai hanya untuk released atau provisional; kosongkan untuk hidden atau unknown"
        ),
        (
            "outcomes/context.csv:3: value: the value is filled in, but its status is unknown"
            " → give a value only with released or provisional; leave it empty with hidden or unknown"
        ),
        id="an_unknown_context_has_a_value",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "asesi"}, value="", precision=""),
        "value-and-status",
        (
            "outcomes/observations.csv:13: value: nilai kosong, padahal statusnya released"
            " → isi nilai hanya untuk released atau provisional; kosongkan untuk hidden atau unknown"
        ),
        (
            "outcomes/observations.csv:13: value: the value is empty, but its status is released"
            " → give a value only with released or provisional; leave it empty with hidden or unknown"
        ),
        id="a_published_cell_has_no_value",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "belum_kompeten"}, precision=""),
        "value-and-precision",
        (
            "outcomes/observations.csv:15: precision: ketepatan kosong, padahal nilainya berisi"
            " → isi exact, about, at_least, atau rounded bila ada nilai; kosongkan bila tidak ada"
        ),
        (
            "outcomes/observations.csv:15: precision: the precision is empty, but the value is filled in"
            " → give exact, about, at_least or rounded with a value; leave it empty without one"
        ),
        id="a_value_has_no_precision",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"region_code": "_U"}, precision="exact"),
        "value-and-precision",
        (
            "outcomes/observations.csv:12: precision: ketepatan berisi, padahal nilainya kosong"
            " → isi exact, about, at_least, atau rounded bila ada nilai; kosongkan bila tidak ada"
        ),
        (
            "outcomes/observations.csv:12: precision: the precision is filled in, but the value is empty"
            " → give exact, about, at_least or rounded with a value; leave it empty without one"
        ),
        id="a_precision_has_no_value",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "asesi"}, preferred="false"),
        "none-preferred",
        (
            "outcomes/observations.csv:13: preferred: tidak ada sumber yang dipilih untuk sel ini (baris 13)"
            " → tulis true pada satu baris"
        ),
        (
            "outcomes/observations.csv:13: preferred: no source is preferred for this cell (row 13)"
            " → write true in one of the rows"
        ),
        id="no_source_of_a_cell_is_preferred",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"value": "98"}, preferred="true"),
        "one-preferred",
        (
            "outcomes/observations.csv:3: preferred: sel ini sudah dipilih di baris 2"
            " → sisakan true pada satu baris saja"
        ),
        (
            "outcomes/observations.csv:3: preferred: this cell is preferred in row 2 already"
            " → leave true in one row alone"
        ),
        id="two_sources_of_a_cell_are_preferred",
    ),
    pytest.param(
        lambda f: add(
            f,
            "batches/targets.csv",
            {"target_id": "uji-2025-b", "source_id": "koran-b"},
            like={"target_id": "uji-2025"},
        ),
        "one-preferred",
        ("batches/targets.csv:3: preferred: sel ini sudah dipilih di baris 2 → sisakan true pada satu baris saja"),
        ("batches/targets.csv:3: preferred: this cell is preferred in row 2 already → leave true in one row alone"),
        id="two_targets_of_one_kind_are_preferred",
    ),
    pytest.param(
        lambda f: replace(
            f,
            "outcomes/preferences.csv",
            "konteks/pekerja_konstruksi/64/2024,koran-a,Angka pasti.,An exact figure.\n",
            "",
        ),
        "preference-missing",
        (
            "outcomes/context.csv:2: preferred: 2 sumber menyebut sel ini, tetapi tidak ada alasan pilihannya"
            " → tambahkan baris konteks/pekerja_konstruksi/64/2024 di outcomes/preferences.csv"
        ),
        (
            "outcomes/context.csv:2: preferred: 2 sources state this cell, but no reason is given for the "
            "choice"
            " → add a row konteks/pekerja_konstruksi/64/2024 to outcomes/preferences.csv"
        ),
        id="no_reason_is_given_for_a_preference",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/preferences.csv", {"cell_id": "uji-2025-1/peserta"}, source_id="koran-b"),
        "preference-differs",
        (
            "outcomes/preferences.csv:2: source_id: di sini koran-b, tetapi outcomes/observations.csv baris 2"
            " memilih koran-a"
            " → samakan keduanya"
        ),
        (
            "outcomes/preferences.csv:2: source_id: it says koran-b here, but outcomes/observations.csv row 2"
            " prefers koran-a"
            " → make the two agree"
        ),
        id="a_reason_names_the_other_source",
    ),
    pytest.param(
        lambda f: add(
            f,
            "outcomes/preferences.csv",
            {"cell_id": "uji-2025-1/peserta/sex=L"},
            like={"cell_id": "uji-2025-1/peserta"},
        ),
        "preference-unneeded",
        (
            "outcomes/preferences.csv:4: cell_id: tidak ada sel beralamat ini yang disebut lebih dari satu "
            "sumber"
            " → periksa ejaan alamatnya, atau hapus baris ini"
        ),
        (
            "outcomes/preferences.csv:4: cell_id: no cell of this address is stated by more than one source"
            " → check the spelling of the address, or remove the row"
        ),
        id="a_reason_is_given_for_a_cell_of_one_source",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/context.csv", {"context_id": "pekerja-a"}, mark="misprint"),
        "marked-preferred",
        (
            "outcomes/context.csv:2: preferred: angka ini diberi tanda misprint dan tidak dihitung, tetapi dipilih"
            " padahal baris 3 tidak bertanda"
            " → pilih baris tanpa tanda, atau hapus tandanya"
        ),
        (
            "outcomes/context.csv:2: preferred: this figure is marked misprint and never calculated with, yet it is"
            " preferred to row 3, which has no mark"
            " → prefer a row without a mark, or remove the mark"
        ),
        id="a_misprint_is_preferred",
    ),
    pytest.param(
        lambda f: (
            add(
                f,
                "batches/targets.csv",
                {"target_id": "uji-2025-skk", "unit": "sertifikat", "stage": "skk_terbit", "source_id": "koran-b"},
                like={"target_id": "uji-2025"},
            ),
            change(f, "batches/targets.csv", {"target_id": "uji-2025"}, rival_of="uji-2025-skk"),
        ),
        "preference-missing",
        (
            "batches/targets.csv:3: preferred: 2 sumber menyebut sel ini, tetapi tidak ada alasan pilihannya"
            " → tambahkan baris targets/uji-2025-skk di outcomes/preferences.csv"
        ),
        (
            "batches/targets.csv:3: preferred: 2 sources state this cell, but no reason is given for the choice"
            " → add a row targets/uji-2025-skk to outcomes/preferences.csv"
        ),
        id="no_reason_is_given_for_the_unit_of_a_target",
    ),
    pytest.param(
        lambda f: change(f, "batches/targets.csv", {"target_id": "uji-2025"}, unit="sertifikat"),
        "target-unit",
        (
            "batches/targets.csv:2: unit: satuan sertifikat tidak cocok dengan tahapan peserta"
            " → pakai sertifikat untuk skk_terbit, dan peserta untuk tahapan lain"
        ),
        (
            "batches/targets.csv:2: unit: the unit sertifikat does not go with the stage peserta"
            " → use sertifikat with skk_terbit, and peserta with any other stage"
        ),
        id="a_target_in_certificates_is_about_participants",
    ),
]


@pytest.mark.parametrize(("break_it", "rule", "indonesian", "english"), BREAKS)
def test_the_rule_names_the_place_and_says_what_to_do(
    tmp_path: Path, break_it: Callable[[Path], object], rule: str, indonesian: str, english: str
) -> None:
    folder = tiny(tmp_path)
    break_it(folder)
    found = check_all(folder, REPOSITORY_DATA)
    assert [each.rule for each in found] == [rule]
    assert [each.line("id") for each in found] == [indonesian]
    assert [each.line("en") for each in found] == [english]
