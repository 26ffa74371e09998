"""The invented country holds to every rule of real data, at any size, and says of everything that it is invented."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kompeten.audit import audit_directory
from kompeten.ground.vocabulary import DIMENSIONS, STAGES
from kompeten.intake.validation import examine
from kompeten.invented.nation import BY_REGION, PARTS, Nation, part_of, write_nation
from tests.unit.register.tables import ROOT

SMALL = Nation(provinces=3, regencies=24, years=2, batches=5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("nation") / "data"
    write_nation(SMALL, 1, out)
    return out


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rows_in(nation: Nation) -> int:
    """Give the counts of a country: one by one, region, sex, both, one more breakdown, and it crossed with one."""
    found = 0
    for number in range(1, nation.batches + 1):
        part, codes = part_of(number), len(PARTS[part_of(number)])
        for own in nation.codes().values():
            found += 3 + 3 * len(own) + codes + codes * (len(own) if part in BY_REGION else 2)
    return found * nation.years * len(STAGES)


def test_a_country_has_38_provinces_514_regencies_and_two_million_counts() -> None:
    codes = Nation().codes()
    assert (len(codes), len({code for own in codes.values() for code in own})) == (38, 514)
    assert 38 * Nation().years * Nation().batches == 3_040
    assert rows_in(Nation()) == 2_188_620


def test_it_passes_every_check_and_the_attack(folder: Path) -> None:
    assert examine(folder, ROOT / "data").findings == ()
    assert audit_directory(folder).breaches == ()


def test_every_stage_and_breakdown_is_there_and_region_crossed_with_sex(folder: Path) -> None:
    rows = rows_of(folder / "outcomes/observations.csv")
    assert len(rows) == rows_in(SMALL)
    assert {row["stage"] for row in rows} == set(STAGES)
    broken_down = {"region_code", "qualification_level", "classification", "track", "sex", "age_band", "funding_source"}
    assert broken_down <= set(DIMENSIONS)
    assert all(any(row[name] != "_T" for row in rows) for name in broken_down)
    assert any(row["region_code"] != "_T" and row["sex"] == "P" for row in rows)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(folder: Path, tmp_path: Path) -> None:
    said = (folder / "outcomes/observations.csv").read_bytes()
    for seed, is_same in ((1, True), (2, False)):
        write_nation(SMALL, seed, tmp_path / "data")
        assert ((tmp_path / "data/outcomes/observations.csv").read_bytes() == said) is is_same


def test_every_name_says_that_it_is_invented(folder: Path) -> None:
    for name in ("programmes", "batches"):
        rows = rows_of(folder / f"batches/{name}.csv")
        assert rows
        assert all("SINTETIS" in row["name_id"] and "SYNTHETIC" in row["name_en"] for row in rows)
    added = [row for row in rows_of(folder / "reference/regions.csv") if row["region_code"][:2] in ("11", "12")]
    assert len(added) == 16
    assert all("Contoh" in row["name_id"] and "Sample" in row["name_en"] for row in added)
