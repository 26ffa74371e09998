"""Value beside status, one preferred source, a reason for it: each case breaks one rule and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.ground.workshop import Workshop
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, add, change, header, replace, rows, tiny, write


def in_certificates(folder: Path, stage: str) -> None:
    """Count one stage in certificates."""
    path = folder / "outcomes/observations.csv"
    counted = [{**row, "unit": "sertifikat" if row["stage"] == stage else ""} for row in rows(path)]
    write(path, header(path), counted)


BREAKS = [
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"sex": "L"}, status="hidden"),
        "value-and-status",
        (
            "outcomes/observations.csv:4: value: isi nilai hanya untuk released atau provisional; kosongkan untuk "
            "hidden atau unknown ← nilai berisi, padahal statusnya hidden"
        ),
        (
            "outcomes/observations.csv:4: value: give a value only with released or provisional; leave it empty "
            "with hidden or unknown ← the value is filled in, but its status is hidden"
        ),
        id="a_hidden_cell_has_a_value",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/context.csv", {"context_id": "pekerja-b"}, status="unknown"),
        "value-and-status",
        (
            "outcomes/context.csv:3: value: isi nilai hanya untuk released atau provisional; kosongkan untuk "
            "hidden atau unknown ← nilai berisi, padahal statusnya unknown"
        ),
        (
            "outcomes/context.csv:3: value: give a value only with released or provisional; leave it empty with "
            "hidden or unknown ← the value is filled in, but its status is unknown"
        ),
        id="an_unknown_context_has_a_value",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "asesi"}, value="", precision=""),
        "value-and-status",
        (
            "outcomes/observations.csv:13: value: isi nilai hanya untuk released atau provisional; kosongkan untuk "
            "hidden atau unknown ← nilai kosong, padahal statusnya released"
        ),
        (
            "outcomes/observations.csv:13: value: give a value only with released or provisional; leave it empty "
            "with hidden or unknown ← the value is empty, but its status is released"
        ),
        id="a_published_cell_has_no_value",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "belum_kompeten"}, precision=""),
        "value-and-precision",
        (
            "outcomes/observations.csv:15: precision: isi exact, about, at_least, atau rounded bila ada nilai; "
            "kosongkan bila tidak ada ← ketepatan kosong, padahal nilainya berisi"
        ),
        (
            "outcomes/observations.csv:15: precision: give exact, about, at_least or rounded with a value; leave "
            "it empty without one ← the precision is empty, but the value is filled in"
        ),
        id="a_value_has_no_precision",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"region_code": "_U"}, precision="exact"),
        "value-and-precision",
        (
            "outcomes/observations.csv:12: precision: isi exact, about, at_least, atau rounded bila ada nilai; "
            "kosongkan bila tidak ada ← ketepatan berisi, padahal nilainya kosong"
        ),
        (
            "outcomes/observations.csv:12: precision: give exact, about, at_least or rounded with a value; leave "
            "it empty without one ← the precision is filled in, but the value is empty"
        ),
        id="a_precision_has_no_value",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "asesi"}, preferred="false"),
        "none-preferred",
        (
            "outcomes/observations.csv:13: preferred: tulis true pada satu baris ← tidak ada sumber yang dipilih "
            "untuk sel ini (baris 13)"
        ),
        (
            "outcomes/observations.csv:13: preferred: write true in one of the rows ← no source is preferred for "
            "this cell (row 13)"
        ),
        id="no_source_of_a_cell_is_preferred",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"value": "98"}, preferred="true"),
        "one-preferred",
        (
            "outcomes/observations.csv:3: preferred: sisakan true pada satu baris saja ← sel ini sudah dipilih di "
            "baris 2"
        ),
        (
            "outcomes/observations.csv:3: preferred: leave true in one row alone ← this cell is preferred in row 2 "
            "already"
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
        ("batches/targets.csv:3: preferred: sisakan true pada satu baris saja ← sel ini sudah dipilih di baris 2"),
        ("batches/targets.csv:3: preferred: leave true in one row alone ← this cell is preferred in row 2 already"),
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
            "outcomes/context.csv:2: preferred: tambahkan baris konteks/pekerja_konstruksi/64/2024 di "
            "outcomes/preferences.csv ← 2 sumber menyebut sel ini, tetapi tidak ada alasan pilihannya"
        ),
        (
            "outcomes/context.csv:2: preferred: add a row konteks/pekerja_konstruksi/64/2024 to "
            "outcomes/preferences.csv ← 2 sources state this cell, but no reason is given for the choice"
        ),
        id="no_reason_is_given_for_a_preference",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/preferences.csv", {"cell_id": "uji-2025-1/peserta"}, source_id="koran-b"),
        "preference-differs",
        (
            "outcomes/preferences.csv:2: source_id: samakan keduanya ← di sini koran-b, tetapi "
            "outcomes/observations.csv baris 2 memilih koran-a"
        ),
        (
            "outcomes/preferences.csv:2: source_id: make the two agree ← it says koran-b here, but "
            "outcomes/observations.csv row 2 prefers koran-a"
        ),
        id="a_reason_names_the_other_source",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/context.csv", {"context_id": "pekerja-a"}, mark="misprint"),
        "marked-preferred",
        (
            "outcomes/context.csv:2: preferred: pilih baris tanpa tanda, atau hapus tandanya ← angka ini diberi "
            "tanda misprint dan tidak dihitung, tetapi dipilih padahal baris 3 tidak bertanda"
        ),
        (
            "outcomes/context.csv:2: preferred: prefer a row without a mark, or remove the mark ← this figure is "
            "marked misprint and never calculated with, yet it is preferred to row 3, which has no mark"
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
            "batches/targets.csv:3: preferred: tambahkan baris targets/uji-2025-skk di outcomes/preferences.csv ← "
            "2 sumber menyebut sel ini, tetapi tidak ada alasan pilihannya"
        ),
        (
            "batches/targets.csv:3: preferred: add a row targets/uji-2025-skk to outcomes/preferences.csv ← 2 "
            "sources state this cell, but no reason is given for the choice"
        ),
        id="no_reason_is_given_for_the_unit_of_a_target",
    ),
    pytest.param(
        lambda f: change(f, "batches/targets.csv", {"target_id": "uji-2025"}, unit="sertifikat"),
        "target-unit",
        (
            "batches/targets.csv:2: unit: pakai sertifikat atau orang untuk skk_terbit, dan peserta untuk tahapan lain "
            "← satuan sertifikat tidak cocok dengan tahapan peserta"
        ),
        (
            "batches/targets.csv:2: unit: use sertifikat or orang with skk_terbit, and peserta with any other stage "
            "← the unit sertifikat does not go with the stage peserta"
        ),
        id="a_target_in_certificates_is_about_participants",
    ),
    pytest.param(
        lambda f: in_certificates(f, "asesi"),
        "count-unit",
        (
            "outcomes/observations.csv:13: unit: tulis orang, atau sertifikat pada skk_terbit; kosongkan bila sama "
            "dengan satuan tahapannya ← satuan sertifikat tidak cocok dengan tahapan asesi"
        ),
        (
            "outcomes/observations.csv:13: unit: write orang, or sertifikat at skk_terbit; leave it empty for the "
            "usual unit of the stage ← the unit sertifikat does not go with the stage asesi"
        ),
        id="a_count_of_participants_is_in_certificates",
    ),
]


@pytest.mark.parametrize(("break_it", "rule", "indonesian", "english"), BREAKS)
def test_the_rule_names_the_place_and_says_what_to_do(
    tmp_path: Path, shop: Workshop, break_it: Callable[[Path], object], rule: str, indonesian: str, english: str
) -> None:
    folder = tiny(tmp_path)
    break_it(folder)
    found = examine(folder, REPOSITORY_DATA, shop).findings
    assert [each.rule for each in found] == [rule]
    assert [each.line("id") for each in found] == [indonesian]
    assert [each.line("en") for each in found] == [english]
