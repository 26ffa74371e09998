"""What cannot well be so: each case breaks one rule of plausibility and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten.ground.workshop import Workshop
from kompeten.intake.packages import read
from kompeten.intake.rules import open_book
from kompeten.intake.rules.plausible import doubts
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, add, change, tiny


def lone_batch(folder: Path, value: str) -> None:
    """Give the second batch a figure that one source alone states."""
    where = {"batch_id": "uji-2025-2"}
    change(folder, "outcomes/observations.csv", where, value=value, status="released", precision="exact")


BREAKS = [
    pytest.param(
        lambda f: add(
            f,
            "outcomes/preferences.csv",
            {"cell_id": "uji-2025-1/peserta/sex=L"},
            like={"cell_id": "uji-2025-1/peserta"},
        ),
        "preference-unneeded",
        (
            "outcomes/preferences.csv:4: cell_id: periksa ejaan alamatnya, atau hapus baris ini ← tidak ada sel "
            "beralamat ini yang disebut lebih dari satu sumber atau jauh dari yang wajar"
        ),
        (
            "outcomes/preferences.csv:4: cell_id: check the spelling of the address, or remove the row ← no cell "
            "of this address is stated by more than one source, or far from what one would expect"
        ),
        id="a_reason_is_given_for_a_cell_of_one_source",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"value": "98"}, value="1000"),
        "ten-times",
        (
            "outcomes/observations.csv:3: value: lihat lagi sumbernya; biasanya ada nol yang berlebih, kurang, "
            "atau titik ribuan yang salah baca ← 1000, padahal sumber lain menyebut 100: beda sepuluh kali atau "
            "lebih"
        ),
        (
            "outcomes/observations.csv:3: value: look at the source again; mostly a zero is too many or too few, "
            "or a thousands dot was misread ← 1000, while other sources say 100: at least ten times as much, or a "
            "tenth at most"
        ),
        id="a_source_says_ten_times_as_many",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"stage": "asesi"}, as_of="2025-03-02"),
        "before-batch",
        (
            "outcomes/observations.csv:13: as_of: periksa tanggal ini terhadap sumber, dan tanggal mulai tahapnya "
            "← keadaan 2025-03-02 lebih dahulu daripada mulainya uji-2025-1"
        ),
        (
            "outcomes/observations.csv:13: as_of: check this date against the source, and the first day of the "
            "batch ← as of 2025-03-02, before uji-2025-1 had begun"
        ),
        id="people_are_assessed_before_the_batch_began",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/observations.csv", {"value": "98"}, as_of="2023-12"),
        "before-batch",
        (
            "outcomes/observations.csv:3: as_of: periksa tanggal ini terhadap sumber, dan tanggal mulai tahapnya ← "
            "keadaan 2023-12 lebih dahulu daripada mulainya uji-2025-1"
        ),
        (
            "outcomes/observations.csv:3: as_of: check this date against the source, and the first day of the "
            "batch ← as of 2023-12, before uji-2025-1 had begun"
        ),
        id="a_count_is_from_two_years_before",
    ),
    pytest.param(
        lambda f: change(f, "batches/sources.csv", {"source_id": "koran-b"}, published_on="2025-08"),
        "source-older",
        (
            "outcomes/observations.csv:16: as_of: periksa tanggal ini, atau tanggal terbit sumber di "
            "batches/sources.csv ← keadaan 2025-09, padahal sumbernya terbit 2025-08, sebelum itu"
        ),
        (
            "outcomes/observations.csv:16: as_of: check this date, or the day of publication in "
            "batches/sources.csv ← as of 2025-09, but its source was published 2025-08, before that"
        ),
        id="a_source_reports_what_had_not_been",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/context.csv", {"context_id": "pekerja-a"}, unit="idr"),
        "context-unit",
        ("outcomes/context.csv:2: unit: tulis orang ← satuan idr tidak cocok dengan ukuran pekerja_konstruksi"),
        ("outcomes/context.csv:2: unit: write orang ← the unit idr does not go with the measure pekerja_konstruksi"),
        id="people_are_counted_in_rupiah",
    ),
    pytest.param(
        lambda f: add(
            f,
            "outcomes/context.csv",
            {"context_id": "sertifikat-a", "measure": "bersertifikat", "value": "1501"},
            like={"context_id": "pekerja-a"},
        ),
        "certified-above-workers",
        (
            "outcomes/context.csv:4: value: periksa kedua angka dan cakupannya ← 1501 bersertifikat lebih banyak "
            "dari 1500 pekerja di wilayah yang sama"
        ),
        (
            "outcomes/context.csv:4: value: check both figures and what they cover ← 1501 certified are more than "
            "the 1500 workers of the same region"
        ),
        id="more_are_certified_than_work",
    ),
    pytest.param(
        lambda f: change(f, "batches/venues.csv", {"batch_id": "uji-2025-1"}, region_code="_T"),
        "venue-everywhere",
        (
            "batches/venues.csv:2: region_code: tulis satu baris untuk setiap kabupaten/kota; _U bila tidak "
            "diketahui ← tempat pelatihan tidak mungkin “semua wilayah”"
        ),
        (
            "batches/venues.csv:2: region_code: write one row for each regency or city; _U where it is not known ← "
            "a venue cannot be “all regions”"
        ),
        id="a_venue_is_everywhere",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/context.csv", {"context_id": "pekerja-b"}, context_id="con"),
        "id-reserved",
        (
            "outcomes/context.csv:3: context_id: pilih id lain, misalnya kaltim-2025-1 ← “con” adalah nama yang "
            "dipakai sistem berkas atau situs ini sendiri"
        ),
        (
            "outcomes/context.csv:3: context_id: choose another id, such as kaltim-2025-1 ← “con” is a name that "
            "file systems or this site keep for themselves"
        ),
        id="an_id_is_a_name_of_the_system",
    ),
    pytest.param(
        lambda f: change(f, "outcomes/context.csv", {"context_id": "pekerja-b"}, context_id="x" * 61),
        "id-too-long",
        (
            "outcomes/context.csv:3: context_id: singkat id ini, di sini dan di setiap tabel yang menyebutnya ← id "
            "ini sepanjang 61 huruf; paling banyak 60"
        ),
        (
            "outcomes/context.csv:3: context_id: shorten the id, here and in every table that names it ← this id "
            "has 61 letters; the most is 60"
        ),
        id="an_id_is_too_long",
    ),
    pytest.param(
        lambda f: lone_batch(f, "1000"),
        "unlike-others",
        (
            "outcomes/observations.csv:17: value: lihat lagi sumbernya; bila angkanya benar, tulis alasannya satu kali "
            "sebagai uji-2025-2/peserta di outcomes/preferences.csv ← 1000, padahal tahap lain program ini 100: jauh "
            "dari yang wajar"
        ),
        (
            "outcomes/observations.csv:17: value: look at the source again; if the figure is right, give the reason "
            "once, as uji-2025-2/peserta in outcomes/preferences.csv ← 1000, beside which: other batches of this "
            "programme 100; far from what one would expect"
        ),
        id="a_batch_is_ten_times_as_large_as_the_others",
    ),
    pytest.param(
        lambda f: change(f, "batches/budgets.csv", {"budget_id": "uji-2025"}, value="900000"),
        "unlike-others",
        (
            "batches/budgets.csv:2: value: lihat lagi sumbernya; bila angkanya benar, tulis alasannya satu kali "
            "sebagai budgets/uji-2025 di outcomes/preferences.csv ← 900000, padahal berarti 4500 rupiah untuk satu "
            "orang: jauh dari yang wajar"
        ),
        (
            "batches/budgets.csv:2: value: look at the source again; if the figure is right, give the reason once, as "
            "budgets/uji-2025 in outcomes/preferences.csv ← 900000, beside which: that is 4500 rupiah for one person; "
            "far from what one would expect"
        ),
        id="a_budget_is_too_small_for_its_people",
    ),
    pytest.param(
        lambda f: (
            add(f, "batches/programmes.csv", {"programme_id": "lain", "role": "related"}, like={"programme_id": "uji"}),
            change(f, "batches/budgets.csv", {"budget_id": "uji-2025"}, programme_id="lain"),
        ),
        "budget-programme",
        (
            "batches/budgets.csv:2: target_id: samakan programnya, atau sebut target program ini ← target uji-2025 "
            "milik program uji, bukan program anggaran ini"
        ),
        (
            "batches/budgets.csv:2: target_id: make the programmes agree, or name a target of this programme ← the "
            "target uji-2025 belongs to the programme uji, not to that of this budget"
        ),
        id="a_budget_pays_for_another_programme",
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


def doubted(folder: Path) -> list[tuple[str, str]]:
    """Give the address of each figure that is asked about, and what is beside it."""
    return [(address, beside.en) for _, address, beside in doubts(open_book(read(folder), read(REPOSITORY_DATA)))]


TARGET = {"target_id": "uji-2025"}
DOUBTS = [
    (lambda f: lone_batch(f, "1000"), "uji-2025-2/peserta", "other batches of this programme 100"),
    (lambda f: lone_batch(f, "10"), "uji-2025-2/peserta", "other batches of this programme 100"),
    (
        lambda f: change(f, "outcomes/observations.csv", {"stage": "asesi"}, value="2000"),
        "uji-2025-1/asesi",
        "the target of that year 200",
    ),
    (
        lambda f: change(f, "outcomes/observations.csv", {"stage": "asesi"}, value="1500"),
        "uji-2025-1/asesi",
        "the construction workers of that region 1500",
    ),
    (lambda f: change(f, "batches/targets.csv", TARGET, value="20000"), "budgets/uji-2025", "45000 rupiah"),
    (
        lambda f: change(f, "batches/budgets.csv", {"budget_id": "uji-2025"}, value="30000000000"),
        "budgets/uji-2025",
        "150000000 rupiah",
    ),
    (
        lambda f: add(
            f, "batches/targets.csv", {"target_id": "uji-2024", "year": "2024", "value": "2000"}, like=TARGET
        ),
        "targets/uji-2024",
        "other years 200",
    ),
    (
        lambda f: add(
            f,
            "outcomes/context.csv",
            {"context_id": "pekerja-c", "period": "2023", "value": "15000"},
            like={"context_id": "pekerja-a"},
        ),
        "konteks/pekerja_konstruksi/64/2023",
        "other years 1500",
    ),
    (
        lambda f: change(f, "outcomes/context.csv", {"context_id": "pekerja-a"}, value="9000000"),
        "konteks/pekerja_konstruksi/64/2024",
        "the people of that region 4123303",
    ),
]


@pytest.mark.parametrize(("alter", "address", "beside"), DOUBTS)
def test_a_figure_far_from_those_beside_it_is_asked_about(
    tmp_path: Path, alter: Callable[[Path], object], address: str, beside: str
) -> None:
    folder = tiny(tmp_path)
    assert doubted(folder) == []
    alter(folder)
    ((found, words),) = doubted(folder)
    assert (found, beside in words) == (address, True)


def test_one_declared_reason_ends_the_question_and_none_stays_without_its_figure(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    lone_batch(folder, "1000")
    reasons = folder / "outcomes/preferences.csv"
    reasons.write_text(
        reasons.read_text(encoding="utf-8") + "uji-2025-2/peserta,koran-b,Kelas besar.,A large class.\n",
        encoding="utf-8",
    )
    assert examine(folder, REPOSITORY_DATA).findings == ()
    lone_batch(folder, "150")
    assert [each.rule for each in examine(folder, REPOSITORY_DATA).findings] == ["preference-unneeded"]
