"""The funnel narrows, parts make up their whole: each case breaks one rule and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.ground.workshop import Workshop
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, change, tiny

BREAKS = [
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "asesi"}, value="101"),
        "funnel-order",
        (
            "outcomes/observations.csv:13: value: periksa kedua angka; tahapan ini tidak mungkin lebih besar dari "
            "tahapan sebelumnya ← 101 asesi lebih banyak dari 100 peserta (baris 2)"
        ),
        (
            "outcomes/observations.csv:13: value: check both figures; this stage cannot be larger than the one "
            "before it ← 101 asesi are more than 100 peserta (row 2)"
        ),
        id="a_stage_counts_more_than_the_one_before_it",
    ),
    pytest.param(
        lambda f: (
            change(f, "outcomes/observations.csv", {"stage": "asesi"}, value="", precision="", status="hidden"),
            change(f, "outcomes/observations.csv", {"stage": "kompeten"}, value="101"),
        ),
        "funnel-order",
        (
            "outcomes/observations.csv:14: value: periksa kedua angka; tahapan ini tidak mungkin lebih besar dari "
            "tahapan sebelumnya ← 101 kompeten lebih banyak dari 100 peserta (baris 2)"
        ),
        (
            "outcomes/observations.csv:14: value: check both figures; this stage cannot be larger than the one "
            "before it ← 101 kompeten are more than 100 peserta (row 2)"
        ),
        id="a_stage_counts_more_than_an_earlier_one_that_is_not_next_to_it",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "asesi"}, value="101", precision="at_least"),
        "funnel-order",
        (
            "outcomes/observations.csv:13: value: periksa kedua angka; tahapan ini tidak mungkin lebih besar dari "
            "tahapan sebelumnya ← 101 asesi lebih banyak dari 100 peserta (baris 2)"
        ),
        (
            "outcomes/observations.csv:13: value: check both figures; this stage cannot be larger than the one "
            "before it ← 101 asesi are more than 100 peserta (row 2)"
        ),
        id="at_least_more_than_an_exact_count",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "skk_terbit"}, value="71"),
        "funnel-order-preferred",
        (
            "outcomes/observations.csv:16: value: periksa kedua angka; tahapan ini tidak mungkin lebih besar dari "
            "tahapan sebelumnya ← 71 skk_terbit lebih banyak dari 70 kompeten (baris 14)"
        ),
        (
            "outcomes/observations.csv:16: value: check both figures; this stage cannot be larger than the one "
            "before it ← 71 skk_terbit are more than 70 kompeten (row 14)"
        ),
        id="a_stage_from_another_source_counts_more",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "belum_kompeten"}, value="21"),
        "assessed-sum",
        (
            "outcomes/observations.csv:13: value: periksa ketiga angka; asesi = kompeten + belum kompeten + yang "
            "menunggu keputusan ← 90 asesi kurang dari 70 kompeten + 21 belum kompeten (baris 14 dan 15)"
        ),
        (
            "outcomes/observations.csv:13: value: check the three figures; assessed = competent + not yet "
            "competent + those awaiting a decision ← 90 assessed are fewer than 70 competent + 21 not yet "
            "competent (rows 14 and 15)"
        ),
        id="competent_and_not_yet_competent_are_more_than_assessed",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"sex": "L"}, value="61"),
        "breakdown",
        (
            "outcomes/observations.csv:2: value: periksa angkanya; bila sebagian tidak diketahui, tambahkan baris "
            "_U (kosong, unknown) ← rincian sex (L: 61, P: 40) berjumlah 101, lebih banyak dari totalnya 100"
        ),
        (
            "outcomes/observations.csv:2: value: check the figures; where a part is not known, add a row _U "
            "(empty, unknown) ← the breakdown by sex (L: 61, P: 40) adds up to 101, more than its total 100"
        ),
        id="parts_are_more_than_their_total",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"sex": "L"}, value="59"),
        "breakdown",
        (
            "outcomes/observations.csv:2: value: periksa angkanya; bila sebagian tidak diketahui, tambahkan baris "
            "_U (kosong, unknown) ← rincian sex (L: 59, P: 40) berjumlah 99, kurang dari totalnya 100"
        ),
        (
            "outcomes/observations.csv:2: value: check the figures; where a part is not known, add a row _U "
            "(empty, unknown) ← the breakdown by sex (L: 59, P: 40) adds up to 99, less than its total 100"
        ),
        id="parts_are_fewer_than_their_total",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"qualification_level": "7"}, value="51"),
        "breakdown",
        (
            "outcomes/observations.csv:6: value: periksa angkanya; bila sebagian tidak diketahui, tambahkan baris "
            "_U (kosong, unknown) ← rincian qualification_level (7: 51, 8: 15, 9: 5) berjumlah 71, lebih banyak "
            "dari totalnya 70"
        ),
        (
            "outcomes/observations.csv:6: value: check the figures; where a part is not known, add a row _U "
            "(empty, unknown) ← the breakdown by qualification_level (7: 51, 8: 15, 9: 5) adds up to 71, more than "
            "its total 70"
        ),
        id="levels_are_more_than_their_group",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"qualification_level": "7"}, value="49"),
        "breakdown",
        (
            "outcomes/observations.csv:6: value: periksa angkanya; bila sebagian tidak diketahui, tambahkan baris "
            "_U (kosong, unknown) ← rincian qualification_level (7: 49, 8: 15, 9: 5) berjumlah 69, kurang dari "
            "totalnya 70"
        ),
        (
            "outcomes/observations.csv:6: value: check the figures; where a part is not known, add a row _U "
            "(empty, unknown) ← the breakdown by qualification_level (7: 49, 8: 15, 9: 5) adds up to 69, less than "
            "its total 70"
        ),
        id="levels_are_fewer_than_their_group_although_all_are_there",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"region_code": "64.71"}, value="101"),
        "breakdown",
        (
            "outcomes/observations.csv:2: value: periksa angkanya; bila sebagian tidak diketahui, tambahkan baris "
            "_U (kosong, unknown) ← rincian region_code (64.71: 101) berjumlah 101, lebih banyak dari totalnya 100"
        ),
        (
            "outcomes/observations.csv:2: value: check the figures; where a part is not known, add a row _U "
            "(empty, unknown) ← the breakdown by region_code (64.71: 101) adds up to 101, more than its total 100"
        ),
        id="known_parts_are_more_than_the_total_beside_a_hidden_part",
    ),
    pytest.param(
        lambda f: change(f, "reference/age_bands.csv", {"code": "Y_LT35"}, parent_code="Y15T24"),
        "hierarchy-loop",
        (
            "reference/age_bands.csv:4: parent_code: perbaiki induknya; kode teratas tidak berinduk ← "
            "kode ini berada di atas dirinya sendiri: Y15T24 → Y_LT35 → Y15T24"
        ),
        (
            "reference/age_bands.csv:4: parent_code: mend the parent; the topmost code has none ← this "
            "code stands above itself: Y15T24 → Y_LT35 → Y15T24"
        ),
        id="an_age_band_stands_above_itself",
    ),
    pytest.param(
        lambda f: change(f, "reference/stages.csv", {"code": "pendaftar"}, bounded_by="hadir"),
        "hierarchy-loop",
        (
            "reference/stages.csv:5: bounded_by: perbaiki induknya; kode teratas tidak berinduk ← kode ini "
            "berada di atas dirinya sendiri: hadir → peserta → lolos_verifikasi → pendaftar → hadir"
        ),
        (
            "reference/stages.csv:5: bounded_by: mend the parent; the topmost code has none ← this code "
            "stands above itself: hadir → peserta → lolos_verifikasi → pendaftar → hadir"
        ),
        id="a_stage_bounds_itself",
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
