"""Region codes of two systems, position codes, population, formulas: each case breaks one rule and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.ground.workshop import Workshop
from kompeten.intake.validation import examine
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
        "batches/programmes.csv:2: role: isi role = main pada program yang menjadi pokok situs ← tidak ada program "
        "berperan main",
        "batches/programmes.csv:2: role: write role = main for the programme that the site is about ← no programme "
        "has the role main",
        id="no_programme_is_the_main_one",
    ),
    pytest.param(
        lambda f: add(f, {"programme_id": "lain", "role": "related"}),
        "programme-empty",
        "batches/programmes.csv:3: programme_id: tambahkan salah satunya, atau hapus program ini ← program lain "
        "tidak memiliki tahap, target, atau anggaran",
        "batches/programmes.csv:3: programme_id: add one of them, or remove the programme ← programme lain has "
        "neither batch, target nor budget",
        id="a_programme_of_which_there_is_nothing_to_say",
    ),
    pytest.param(
        lambda f: add(f, {"programme_id": "lain"}),
        "programme-without-batch",
        "batches/programmes.csv:3: programme_id: tambahkan tahapnya di batches.csv ← program utama lain tidak "
        "memiliki tahap",
        "batches/programmes.csv:3: programme_id: add its batch to batches.csv ← the main programme lain has no batch",
        id="a_main_programme_without_a_batch",
    ),
    pytest.param(
        lambda f: change(
            f, "reference/regions.csv", {"region_code": "65"}, valid_from="2012", valid_to="2010", successor="64"
        ),
        "code-validity",
        "reference/regions.csv:5: valid_to: periksa kedua tanggalnya"
        " ← berlaku sampai 2010, sebelum mulai berlaku (2012)",
        "reference/regions.csv:5: valid_to: check both dates ← holds until 2010, before it begins to hold (2012)",
        id="a_code_that_ends_before_it_begins",
    ),
    pytest.param(
        lambda f: change(f, "reference/regions.csv", {"region_code": "65"}, valid_to="2024"),
        "code-without-successor",
        "reference/regions.csv:5: successor: tulis kode yang menggantikannya; beberapa dipisah spasi"
        " ← kode ini berlaku sampai 2024, tetapi penerusnya tidak disebut",
        "reference/regions.csv:5: successor: write the code that took its place; several with a space between"
        " ← the code holds until 2024, and nothing is said of what took its place",
        id="a_code_that_ended_without_a_successor",
    ),
    pytest.param(
        lambda f: change(f, "reference/regions.csv", {"region_code": "65"}, valid_to="2024", successor="64 64.99"),
        "code-successor",
        "reference/regions.csv:5: successor: tambahkan kode itu, atau perbaiki yang tertulis"
        " ← penerus 64.99 bukan kode lain dalam daftar ini",
        "reference/regions.csv:5: successor: add that code, or mend what is written"
        " ← the successor 64.99 is no other code of this list",
        id="a_successor_that_there_is_not",
    ),
    pytest.param(
        lambda f: (
            change(f, "reference/regions.csv", {"region_code": "64.71"}, valid_to="2025-02", successor="64.72"),
            write(f / "batches/venues.csv", header(f / "batches/venues.csv"), []),
        ),
        "code-not-in-force",
        "outcomes/observations.csv:11: region_code: pakai kode yang berlaku ketika tahap itu mulai"
        " ← kode 64.71 berlaku … sampai 2025-02, sedangkan tahapnya mulai 2025-03-03",
        "outcomes/observations.csv:11: region_code: use the code that held when the batch began"
        " ← the code 64.71 holds from … to 2025-02, and the batch began 2025-03-03",
        id="a_count_under_a_code_that_held_no_longer",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2025-1"}, qualification_level="ahli"),
        "level-outside-batch",
        "outcomes/observations.csv:10: qualification_level: periksa batch_id dan jenjangnya, atau betulkan"
        " qualification_level tahap itu di batches.csv"
        " ← tahap ini tercatat hanya untuk jenjang ahli, sedangkan hitungan ini untuk jenjang teknisi_operator",
        "outcomes/observations.csv:10: qualification_level: check the batch_id and the level, or mend the"
        " qualification_level of that batch in batches.csv"
        " ← this batch is recorded for level ahli alone, and this count is of level teknisi_operator",
        id="a_count_at_a_level_that_the_batch_has_not",
    ),
    pytest.param(
        lambda f: change(f, "reference/regions.csv", {"region_code": "64.01"}, bps_code="6400"),
        "region-codes",
        (
            "reference/regions.csv:6: bps_code: jangan membentuk kode BPS dengan membuang titik; pakai pasangannya "
            "← kode BPS untuk 64.01 (Paser) adalah 6401, bukan 6400"
        ),
        (
            "reference/regions.csv:6: bps_code: never make a BPS code by dropping the dot; use its own ← the BPS "
            "code of 64.01 (Paser) is 6401, not 6400"
        ),
        id="a_regency_has_another_bps_code",
    ),
    pytest.param(
        lambda f: change(f, "reference/regions.csv", {"region_code": "64.02"}, name_id="Kabupaten Kutai Barat"),
        "region-names",
        (
            "reference/regions.csv:7: name_id: periksa apakah kode BPS dipakai di sini ← kode Kemendagri 64.02 "
            "adalah Kutai Kartanegara, bukan Kabupaten Kutai Barat"
        ),
        (
            "reference/regions.csv:7: name_id: check whether a BPS code was used here ← the Kemendagri code 64.02 "
            "is Kutai Kartanegara, not Kabupaten Kutai Barat"
        ),
        id="a_code_has_the_name_of_its_bps_twin",
    ),
    pytest.param(
        lambda f: change(f, "reference/regions.csv", {"region_code": "64.74"}, parent_code="65"),
        "region-parent",
        (
            "reference/regions.csv:15: parent_code: tulis kode provinsinya; provinsi tidak berinduk ← induk 64.74 "
            "(kota) seharusnya 64"
        ),
        (
            "reference/regions.csv:15: parent_code: write the code of its province; a province has none ← the "
            "parent of 64.74 (kota) should be 64"
        ),
        id="a_regency_stands_under_another_province",
    ),
    pytest.param(
        lambda f: change(f, "reference/regions.csv", {"region_code": "65"}, parent_code="64"),
        "region-parent",
        (
            "reference/regions.csv:5: parent_code: tulis kode provinsinya; provinsi tidak berinduk ← induk 65 "
            "(provinsi) seharusnya kosong"
        ),
        (
            "reference/regions.csv:5: parent_code: write the code of its province; a province has none ← the "
            "parent of 65 (provinsi) should be empty"
        ),
        id="a_province_stands_under_another",
    ),
    pytest.param(
        lambda f: change(f, "reference/positions.csv", {"position_code": "AR011005"}, qualification_level="6"),
        "position-level",
        (
            "reference/positions.csv:2: qualification_level: periksa angka kelima kode jabatan dan jenjangnya ← "
            "kode AR011005 berarti jenjang 7–9, bukan 6"
        ),
        (
            "reference/positions.csv:2: qualification_level: check the fifth character of the code and the level ← "
            "the code AR011005 stands for levels 7–9, not 6"
        ),
        id="an_expert_position_has_a_technician_level",
    ),
    pytest.param(
        lambda f: change(f, "reference/positions.csv", {"position_code": "AR011005"}, classification="SI01"),
        "position-classification",
        (
            "reference/positions.csv:2: classification: pakai empat huruf dan angka pertama kode jabatan ← "
            "kode AR011005 termasuk AR01, bukan SI01"
        ),
        (
            "reference/positions.csv:2: classification: use the first four characters of the position code ← the "
            "code AR011005 belongs to AR01, not SI01"
        ),
        id="a_position_belongs_to_another_classification",
    ),
    pytest.param(
        lambda f: change(f, "reference/population.csv", {"region_code": "64.01"}, population_total="309668"),
        "population-sexes",
        (
            "reference/population.csv:3: population_total: periksa ketiga angka terhadap sumbernya ← 160276 + "
            "149391 bukan 309668"
        ),
        (
            "reference/population.csv:3: population_total: check the three figures against their source ← 160276 + "
            "149391 is not 309668"
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
            "reference/population.csv:2: population_female: periksa angka provinsi dan kabupaten/kotanya ← penduduk "
            "kabupaten/kota berjumlah 1984638, bukan 1984639"
        ),
        (
            "reference/population.csv:2: population_female: check the figures of the province and its regencies ← "
            "the regencies and cities add up to 1984638, not 1984639"
        ),
        id="the_regencies_are_not_the_province",
    ),
    pytest.param(
        lambda f: change(f, "reference/measures.csv", {"measure_id": "angka_gugur"}, numerator="peserta - lulus"),
        "formula-term",
        (
            "reference/measures.csv:5: numerator: pakai kode tahapan, ukuran konteks, atau achieved, anggaran, "
            "penduduk, peserta_ahli, peserta_laki_laki, peserta_lulusan_baru, peserta_perempuan, target ← tidak "
            "ada hitungan bernama lulus"
        ),
        (
            "reference/measures.csv:5: numerator: use the code of a stage or context measure, or achieved, "
            "anggaran, penduduk, peserta_ahli, peserta_laki_laki, peserta_lulusan_baru, peserta_perempuan, target "
            "← there is no count named lulus"
        ),
        id="a_formula_names_a_count_that_does_not_exist",
    ),
    pytest.param(
        lambda f: change(f, "reference/measures.csv", {"measure_id": "angka_gugur"}, numerator="peserta/sex=X"),
        "formula-term",
        (
            "reference/measures.csv:5: numerator: pakai kode tahapan, ukuran konteks, atau achieved, anggaran, "
            "penduduk, peserta_ahli, peserta_laki_laki, peserta_lulusan_baru, peserta_perempuan, target ← tidak "
            "ada hitungan bernama peserta/sex=X"
        ),
        (
            "reference/measures.csv:5: numerator: use the code of a stage or context measure, or achieved, "
            "anggaran, penduduk, peserta_ahli, peserta_laki_laki, peserta_lulusan_baru, peserta_perempuan, target "
            "← there is no count named peserta/sex=X"
        ),
        id="a_formula_names_a_part_at_a_code_that_does_not_exist",
    ),
    pytest.param(
        lambda f: change(f, "reference/measures.csv", {"measure_id": "angka_gugur"}, numerator="hadir - target"),
        "formula-scope",
        (
            "reference/measures.csv:5: numerator: pakai hitungan satu tahap saja, atau hitungan tenaga kerja saja; "
            "penduduk hanya dengan peserta, kompeten; achieved dan anggaran hanya dengan target ← tidak ada yang "
            "menghitung rumus atas hadir, target, peserta"
        ),
        (
            "reference/measures.csv:5: numerator: use counts of one batch alone, or counts of workers alone; "
            "penduduk only with peserta, kompeten; achieved and anggaran only with target ← nothing computes a "
            "formula over hadir, target, peserta"
        ),
        id="nothing_computes_a_measure",
    ),
    pytest.param(
        lambda f: change(f, "reference/measures.csv", {"measure_id": "kompeten_per_10000"}, numerator="peserta"),
        "formula-twice",
        (
            "reference/measures.csv:10: measure_id: hapus salah satunya; hanya satu yang ditampilkan ← rumus "
            "peserta_per_10000 (baris 9) sudah menghitung angka yang sama"
        ),
        (
            "reference/measures.csv:10: measure_id: remove one of them; only one is shown ← the formula "
            "peserta_per_10000 (row 9) computes the same figure already"
        ),
        id="two_measures_compute_one_figure",
    ),
    pytest.param(
        lambda f: change(
            f, "reference/measures.csv", {"measure_id": "biaya_per_jatah"}, numerator="peserta", denominator="asesi"
        ),
        "formula-none",
        (
            "reference/measures.csv: kembalikan barisnya; situs menghitungnya untuk setiap baris semacam itu ← "
            "tidak ada rumus untuk anggaran"
        ),
        (
            "reference/measures.csv: put its row back; the site computes it for each such row ← there is no "
            "formula for budgets"
        ),
        id="a_measure_that_the_site_needs_is_missing",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2025-2"}, number=""),
        "batch-number",
        (
            "batches/batches.csv:4: number: tulis nomor untuk tahap; kosongkan untuk cumulative ← tahap ini tidak "
            "bernomor"
        ),
        (
            "batches/batches.csv:4: number: give a number to a tahap; leave it empty for cumulative ← this tahap "
            "has no number"
        ),
        id="a_tahap_has_no_number",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2024"}, number="1"),
        "batch-number",
        (
            "batches/batches.csv:2: number: tulis nomor untuk tahap; kosongkan untuk cumulative ← cumulative ini "
            "bernomor"
        ),
        (
            "batches/batches.csv:2: number: give a number to a tahap; leave it empty for cumulative ← this "
            "cumulative has a number"
        ),
        id="a_cumulative_span_has_a_number",
    ),
    pytest.param(
        lambda f: change(f, "batches/batches.csv", {"batch_id": "uji-2025-2"}, number="1"),
        "batch-number-unique",
        ("batches/batches.csv:4: number: perbaiki nomor atau tahunnya ← tahap 1 tahun 2025 sudah ada di baris 3"),
        ("batches/batches.csv:4: number: mend the number or the year ← tahap 1 of 2025 is in row 3 already"),
        id="two_tahap_have_one_number",
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
