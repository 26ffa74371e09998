"""Region codes of two systems, position codes, population, formulas: each case breaks one rule and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.intake.validation import check_all
from tests.unit.data_folders import REPOSITORY_DATA, change, header, rows, tiny, write


def add(folder: Path, cells: dict[str, str]) -> None:
    """Add a programme like the first, but for some cells."""
    path = folder / "batches/programmes.csv"
    first = rows(path)[0]
    write(path, header(path), [first, {**first, **cells}])


BREAKS = [
    pytest.param(
        lambda f: change(f, "batches/programmes.csv", {"programme_id": "uji"}, role="related"),
        "programme-main",
        "batches/programmes.csv:2: role: tidak ada program berperan main"
        " → isi role = main pada program yang menjadi pokok situs",
        "batches/programmes.csv:2: role: no programme has the role main"
        " → write role = main for the programme that the site is about",
        id="no_programme_is_the_main_one",
    ),
    pytest.param(
        lambda f: add(f, {"programme_id": "lain", "role": "related"}),
        "programme-empty",
        "batches/programmes.csv:3: programme_id: program lain tidak memiliki tahap, target, atau anggaran"
        " → tambahkan salah satunya, atau hapus program ini",
        "batches/programmes.csv:3: programme_id: programme lain has neither batch, target nor budget"
        " → add one of them, or remove the programme",
        id="a_programme_of_which_there_is_nothing_to_say",
    ),
    pytest.param(
        lambda f: add(f, {"programme_id": "lain"}),
        "programme-without-batch",
        "batches/programmes.csv:3: programme_id: program utama lain tidak memiliki tahap"
        " → tambahkan tahapnya di batches.csv",
        "batches/programmes.csv:3: programme_id: the main programme lain has no batch → add its batch to batches.csv",
        id="a_main_programme_without_a_batch",
    ),
    pytest.param(
        lambda f: change(f, "reference/regions.csv", {"region_code": "64.01"}, bps_code="6400"),
        "region-codes",
        (
            "reference/regions.csv:6: bps_code: kode BPS untuk 64.01 (Paser) adalah 6401, bukan 6400"
            " → jangan membentuk kode BPS dengan membuang titik; pakai pasangannya"
        ),
        (
            "reference/regions.csv:6: bps_code: the BPS code of 64.01 (Paser) is 6401, not 6400"
            " → never make a BPS code by dropping the dot; use its own"
        ),
        id="a_regency_has_another_bps_code",
    ),
    pytest.param(
        lambda f: change(f, "reference/regions.csv", {"region_code": "64.02"}, name_id="Kabupaten Kutai Barat"),
        "region-names",
        (
            "reference/regions.csv:7: name_id: kode Kemendagri 64.02 adalah Kutai Kartanegara, bukan "
            "Kabupaten Kutai Barat"
            " → periksa apakah kode BPS dipakai di sini"
        ),
        (
            "reference/regions.csv:7: name_id: the Kemendagri code 64.02 is Kutai Kartanegara, not Kabupaten "
            "Kutai Barat"
            " → check whether a BPS code was used here"
        ),
        id="a_code_has_the_name_of_its_bps_twin",
    ),
    pytest.param(
        lambda f: change(f, "reference/regions.csv", {"region_code": "64.74"}, parent_code="65"),
        "region-parent",
        (
            "reference/regions.csv:15: parent_code: induk 64.74 (kota) seharusnya 64"
            " → tulis kode provinsinya; provinsi tidak berinduk"
        ),
        (
            "reference/regions.csv:15: parent_code: the parent of 64.74 (kota) should be 64"
            " → write the code of its province; a province has none"
        ),
        id="a_regency_stands_under_another_province",
    ),
    pytest.param(
        lambda f: change(f, "reference/regions.csv", {"region_code": "65"}, parent_code="64"),
        "region-parent",
        (
            "reference/regions.csv:5: parent_code: induk 65 (provinsi) seharusnya kosong"
            " → tulis kode provinsinya; provinsi tidak berinduk"
        ),
        (
            "reference/regions.csv:5: parent_code: the parent of 65 (provinsi) should be empty"
            " → write the code of its province; a province has none"
        ),
        id="a_province_stands_under_another",
    ),
    pytest.param(
        lambda f: change(f, "reference/positions.csv", {"position_code": "AR011005"}, qualification_level="6"),
        "position-level",
        (
            "reference/positions.csv:2: qualification_level: kode AR011005 berarti jenjang 7–9, bukan 6"
            " → periksa angka kelima kode jabatan dan jenjangnya"
        ),
        (
            "reference/positions.csv:2: qualification_level: the code AR011005 stands for levels 7–9, not 6"
            " → check the fifth character of the code and the level"
        ),
        id="an_expert_position_has_a_technician_level",
    ),
    pytest.param(
        lambda f: change(f, "reference/positions.csv", {"position_code": "AR011005"}, classification="SI01"),
        "position-classification",
        (
            "reference/positions.csv:2: classification: kode AR011005 termasuk AR01, bukan SI01"
            " → samakan dengan empat huruf pertama kode jabatan"
        ),
        (
            "reference/positions.csv:2: classification: the code AR011005 belongs to AR01, not SI01"
            " → use the first four characters of the position code"
        ),
        id="a_position_belongs_to_another_classification",
    ),
    pytest.param(
        lambda f: change(f, "reference/population.csv", {"region_code": "64.01"}, population_total="309668"),
        "population-sexes",
        (
            "reference/population.csv:3: population_total: 160276 + 149391 bukan 309668"
            " → periksa ketiga angka terhadap sumbernya"
        ),
        (
            "reference/population.csv:3: population_total: 160276 + 149391 is not 309668"
            " → check the three figures against their source"
        ),
        id="men_and_women_are_not_the_population",
    ),
    pytest.param(
        lambda f: change(
            f,
            "reference/population.csv",
            {"region_code": "64"},
            population_female="1984639",
            population_total="4123304",
        ),
        "population-regencies",
        (
            "reference/population.csv:2: population_female: jumlah kabupaten/kota 1984638, bukan 1984639"
            " → periksa angka provinsi dan kabupaten/kotanya"
        ),
        (
            "reference/population.csv:2: population_female: the regencies and cities add up to 1984638, not "
            "1984639"
            " → check the figures of the province and its regencies"
        ),
        id="the_regencies_are_not_the_province",
    ),
    pytest.param(
        lambda f: change(f, "reference/measures.csv", {"measure_id": "angka_gugur"}, numerator="peserta - lulus"),
        "formula-term",
        (
            "reference/measures.csv:5: numerator: tidak ada hitungan bernama lulus"
            " → pakai kode tahapan, ukuran konteks, atau achieved, anggaran, penduduk, peserta_ahli, "
            "peserta_laki_laki, peserta_lulusan_baru, peserta_perempuan, target"
        ),
        (
            "reference/measures.csv:5: numerator: there is no count named lulus"
            " → use the code of a stage or context measure, or achieved, anggaran, penduduk, peserta_ahli, "
            "peserta_laki_laki, peserta_lulusan_baru, peserta_perempuan, target"
        ),
        id="a_formula_names_a_count_that_does_not_exist",
    ),
    pytest.param(
        lambda f: change(f, "reference/measures.csv", {"measure_id": "angka_gugur"}, numerator="peserta/sex=X"),
        "formula-term",
        (
            "reference/measures.csv:5: numerator: tidak ada hitungan bernama peserta/sex=X"
            " → pakai kode tahapan, ukuran konteks, atau achieved, anggaran, penduduk, peserta_ahli, "
            "peserta_laki_laki, peserta_lulusan_baru, peserta_perempuan, target"
        ),
        (
            "reference/measures.csv:5: numerator: there is no count named peserta/sex=X"
            " → use the code of a stage or context measure, or achieved, anggaran, penduduk, peserta_ahli, "
            "peserta_laki_laki, peserta_lulusan_baru, peserta_perempuan, target"
        ),
        id="a_formula_names_a_part_at_a_code_that_does_not_exist",
    ),
    pytest.param(
        lambda f: change(f, "reference/measures.csv", {"measure_id": "angka_gugur"}, numerator="hadir - target"),
        "formula-scope",
        (
            "reference/measures.csv:5: numerator: tidak ada yang menghitung rumus atas hadir, target, peserta"
            " → pakai hitungan satu tahap saja, atau hitungan tenaga kerja saja; penduduk hanya dengan peserta, "
            "kompeten;"
            " achieved dan anggaran hanya dengan target"
        ),
        (
            "reference/measures.csv:5: numerator: nothing computes a formula over hadir, target, peserta"
            " → use counts of one batch alone, or counts of workers alone; penduduk only with peserta, kompeten;"
            " achieved and anggaran only with target"
        ),
        id="nothing_computes_a_measure",
    ),
    pytest.param(
        lambda f: change(f, "reference/measures.csv", {"measure_id": "kompeten_per_10000"}, numerator="peserta"),
        "formula-twice",
        (
            "reference/measures.csv:10: measure_id: rumus peserta_per_10000 (baris 9) sudah menghitung angka yang sama"
            " → hapus salah satunya; hanya satu yang ditampilkan"
        ),
        (
            "reference/measures.csv:10: measure_id: the formula peserta_per_10000 (row 9) computes the same figure "
            "already"
            " → remove one of them; only one is shown"
        ),
        id="two_measures_compute_one_figure",
    ),
    pytest.param(
        lambda f: change(
            f, "reference/measures.csv", {"measure_id": "biaya_per_jatah"}, numerator="peserta", denominator="asesi"
        ),
        "formula-none",
        (
            "reference/measures.csv: tidak ada rumus untuk anggaran"
            " → kembalikan barisnya; situs menghitungnya untuk setiap baris semacam itu"
        ),
        (
            "reference/measures.csv: there is no formula for budgets"
            " → put its row back; the site computes it for each such row"
        ),
        id="a_measure_that_the_site_needs_is_missing",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2025-2"}, number=""),
        "batch-number",
        (
            "batches/batches.csv:4: number: tahap ini tidak bernomor"
            " → tulis nomor untuk tahap; kosongkan untuk cumulative"
        ),
        (
            "batches/batches.csv:4: number: this tahap has no number"
            " → give a number to a tahap; leave it empty for cumulative"
        ),
        id="a_tahap_has_no_number",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2024"}, number="1"),
        "batch-number",
        (
            "batches/batches.csv:2: number: cumulative ini bernomor"
            " → tulis nomor untuk tahap; kosongkan untuk cumulative"
        ),
        (
            "batches/batches.csv:2: number: this cumulative has a number"
            " → give a number to a tahap; leave it empty for cumulative"
        ),
        id="a_cumulative_span_has_a_number",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2025-2"}, number="1"),
        "batch-number-unique",
        ("batches/batches.csv:4: number: tahap 1 tahun 2025 sudah ada di baris 3 → perbaiki nomor atau tahunnya"),
        ("batches/batches.csv:4: number: tahap 1 of 2025 is in row 3 already → mend the number or the year"),
        id="two_tahap_have_one_number",
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
