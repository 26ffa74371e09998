"""Invented data folders: complete, plausible, of any size, and loudly synthetic. For the demo, tests and benchmarks.

Everything that a register would give is drawn by chance, counted and protected like the real thing; programmes,
targets and budgets are made up beside it. Every descriptor says ``"synthetic": true`` and every name says SINTETIS.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from kompeten import REPOSITORY
from kompeten.ground.policy import Policy, load_policy
from kompeten.ground.refusal import Refused
from kompeten.invented.synthetic import PlannedBatch, Size, planned_batches, synthesise
from kompeten.register.hiding.count import Cube, Parents, count
from kompeten.register.hiding.protect import PlanRefused, ProtectedRelease, protect
from kompeten.register.publishing.folder import read_code_lists, read_rows, refuse_own_data, write_folder
from kompeten.register.publishing.package import Surroundings, assemble
from kompeten.register.publishing.releases import release_text

Row = Mapping[str, Any]


PROGRAMME = "contoh"
SOURCE = "register-contoh"
AS_OF = "2026-11-01"
RELEASE: Mapping[str, object] = {
    "id": "2026.11",
    "released_on": date(2026, 11, 24),
    "data_through": date(2026, 11, 1),
    "next_expected": "2027-02",
    "title_id": "Rilis contoh (DATA SINTETIS)",
    "title_en": "Sample release (SYNTHETIC DATA)",
    "note_id": "Semua angka rekaan, untuk memperlihatkan situs.",
    "note_en": "All figures are invented, to show the site.",
}
SHARE_OF_TARGET = 1.08
"""People admitted came to about so much of the target; some years fall short, others pass it."""

COST_A_PLACE = 6_500_000
STARTS = ("03-02", "06-08", "08-24", "10-05")
ENDS = ("03-06", "06-12", "08-28", "10-09")
MODES = ("luring", "hibrida", "luring", "daring")
VENUES = ("64.72", "64.71", "64.02", "64.09", "64.03")

NATIONAL_REGIONS, NATIONAL_PROVINCES = 514, 38


class SampleRefused(Refused):
    """The invented tables cannot be published under the policy; says which to merge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Regions of residence: share of people by code, and the reference rows that take the place of the real ones."""

    shares: Mapping[str, float]
    replaced: Mapping[str, Sequence[Row]]


def write_sample(size: Size, seed: int, out: Path, *, data: Path = REPOSITORY / "data") -> int:
    """Write an invented data folder; give the number of observations in it.

    size: kaltim (ten regencies, about 2,000 participants in a full year), province (twelve times as many) or national
    (514 invented regencies, two million participants and more). The same size and seed give the same bytes.
    Raises SampleRefused where the policy refuses the tables, FolderError where out cannot be replaced.
    """
    refuse_own_data(out, data)
    policy = load_policy(data / "policy.toml")
    files, observations = sample_files(size, seed, policy, data=data)
    write_folder(out, files)
    return observations


def sample_files(
    size: Size, seed: int, policy: Policy, *, data: Path = REPOSITORY / "data"
) -> tuple[dict[str, bytes], int]:
    """Give every file of an invented data folder, and the number of observations. Reads the repository's code lists."""
    batches = planned_batches(size)
    places = _places(size, seed, data)
    _, parents = read_code_lists(data / "reference")
    cubes = _cubes(batches, places, policy, parents, seed)
    release = protect(cubes, policy)
    if isinstance(release, PlanRefused):
        raise SampleRefused(*release.reasons, *release.proposals)
    around = Surroundings(
        rows=_rows(batches, release, seed),
        as_of=AS_OF,
        source_id=SOURCE,
        note_id="",
        note_en="",
        releases=release_text(RELEASE),
        is_synthetic=True,
        context=list(_context()),
        replaced=places.replaced,
    )
    return assemble(data, release.cells, around, policy), len(release.cells)


def _cubes(batches: Sequence[PlannedBatch], places: _Places, policy: Policy, parents: Parents, seed: int) -> list[Cube]:
    """Invent and count batch after batch, so that no size needs all its people in memory at once."""
    cubes: list[Cube] = []
    for number, batch in enumerate(batches):
        people = synthesise((batch,), places.shares, seed=seed * 1000 + number, is_open=batch is batches[-1])
        cubes.extend(count(people, policy, parents))
    return cubes


def _places(size: Size, seed: int, data: Path) -> _Places:
    """Give the regions of a size: Kaltim's by population, or 514 invented ones."""
    population = [row for row in read_rows(data / "reference" / "population.csv") if "." in row["region_code"]]
    if size != "national":
        return _Places(
            shares=_shares({row["region_code"]: int(row["population_total"]) for row in population}), replaced={}
        )
    draw = np.random.default_rng(seed)
    sizes = (draw.lognormal(mean=12.9, sigma=0.8, size=NATIONAL_REGIONS)).astype(int)
    people = dict(zip(_national_codes(), sizes.tolist(), strict=True))
    return _Places(shares=_shares(people), replaced=_national_reference(people, data))


def _shares(people: Mapping[str, int]) -> dict[str, float]:
    """Give each region's share of people."""
    total = sum(people.values())
    return {code: number / total for code, number in people.items()}


def _national_codes() -> list[str]:
    """Give 514 invented regency codes in 38 provinces; 64 keeps Kaltim's ten, on which venues stand."""
    provinces = [f"{number}" for number in range(11, 11 + 64) if number != 64][: NATIONAL_PROVINCES - 1]
    real = ["64.01", "64.02", "64.03", "64.07", "64.08", "64.09", "64.11", "64.71", "64.72", "64.74"]
    others = NATIONAL_REGIONS - len(real)
    codes = [f"{provinces[place % len(provinces)]}.{place // len(provinces) + 1:02d}" for place in range(others)]
    return sorted([*codes, *real])


def _national_reference(people: Mapping[str, int], data: Path) -> dict[str, list[Row]]:
    """Give regions and population of the invented nation, in the columns of the real lists."""
    regions: list[Row] = [*read_rows(data / "reference" / "regions.csv")]
    population: list[Row] = [*read_rows(data / "reference" / "population.csv")]
    known = {row["region_code"] for row in regions}
    for code in sorted({code[:2] for code in people} - known):
        regions.append(_region(code, "", "provinsi", f"Provinsi Contoh {code}", f"Sample Province {code}"))
    for code, number in people.items():
        if code not in known:
            name = code.replace(".", "-")
            regions.append(_region(code, code[:2], "kabupaten", f"Kabupaten Contoh {name}", f"Sample Regency {name}"))
            population.append(
                {
                    **population[0],
                    "region_code": code,
                    "population_male": number // 2,
                    "population_female": number - number // 2,
                    "population_total": number,
                    "ikn_territory": "no",
                }
            )
    return {"regions": regions, "population": population}


def _region(code: str, parent: str, kind: str, name_id: str, name_en: str) -> Row:
    """Give one invented row of the region list; its BPS code is the Kemendagri one without the dot."""
    return {
        "region_code": code,
        "bps_code": code.replace(".", ""),
        "parent_code": parent,
        "kind": kind,
        "name_id": name_id,
        "name_en": name_en,
        "source_id": "kaltim-kompeten",
    }


def _rows(batches: Sequence[PlannedBatch], release: ProtectedRelease, seed: int) -> dict[str, list[Row]]:
    """Give the invented rows of the batches package."""
    admitted = {
        cell.batch_id: cell.people for cell in release.cells if cell.table == "tahap" and cell.stage == "peserta"
    }
    years = sorted({batch.year for batch in batches})
    draw = np.random.default_rng(seed)
    targets = {
        year: _round_to_ten(
            sum(admitted[batch.batch_id] for batch in batches if batch.year == year) / SHARE_OF_TARGET, draw
        )
        for year in years
    }
    return {
        "programmes": [_programme()],
        "batches": [_batch_row(batch) for batch in batches],
        "venues": [
            {"batch_id": batch.batch_id, "region_code": code, "source_id": SOURCE}
            for batch in batches
            for code in sorted(VENUES[: 2 + batch.number % 4])
        ],
        "targets": [_target_row(year, number) for year, number in targets.items()],
        "budgets": [_budget_row(year, number) for year, number in targets.items()],
        "sources": [_source()],
    }


def _round_to_ten(number: float, draw: np.random.Generator) -> int:
    """Give a made-up target near a number: some years pass it, others fall short."""
    return max(10, round(number * float(draw.uniform(0.85, 1.2)) / 10) * 10)


def _programme() -> Row:
    return {
        "programme_id": PROGRAMME,
        "role": "main",
        "region_code": "64",
        "name_id": "Program Contoh (DATA SINTETIS)",
        "name_en": "Sample Programme (SYNTHETIC DATA)",
        "organiser_id": "Dinas Contoh (rekaan)",
        "organiser_en": "Sample Agency (invented)",
        "description_id": "Seluruh angka program ini rekaan, dibuat untuk memperlihatkan situs. Bukan data nyata.",
        "description_en": "All figures of this programme are invented, to show the site. They are not real.",
        "source_id": SOURCE,
    }


def _source() -> Row:
    return {
        "source_id": SOURCE,
        "kind": "register",
        "publisher": "Dinas Contoh (SINTETIS)",
        "title_id": "Register rekaan, data SINTETIS",
        "title_en": "Invented register, SYNTHETIC data",
        "url": "",
        "published_on": AS_OF,
    }


def _batch_row(batch: PlannedBatch) -> Row:
    return {
        "batch_id": batch.batch_id,
        "programme_id": PROGRAMME,
        "year": batch.year,
        "number": batch.number,
        "kind": "tahap",
        "name_id": f"Tahap {batch.roman} {batch.year} (SINTETIS)",
        "name_en": f"Tahap {batch.roman} of {batch.year} (SYNTHETIC)",
        "start_on": f"{batch.year}-{STARTS[batch.number - 1]}",
        "end_on": f"{batch.year}-{ENDS[batch.number - 1]}",
        "training_mode": MODES[batch.number - 1],
        "qualification_level": "_T",
        "source_id": SOURCE,
        "note_id": "Tahap rekaan.",
        "note_en": "An invented batch.",
    }


def _target_row(year: int, number: int) -> Row:
    return {
        "target_id": f"{PROGRAMME}-{year}",
        "programme_id": PROGRAMME,
        "year": year,
        "region_code": "64",
        "qualification_level": "_T",
        "kind": "target",
        "value": number,
        "unit": "peserta",
        "stage": "peserta",
        "funding_source": "_T",
        "precision": "exact",
        "as_of": str(year),
        "source_id": SOURCE,
        "preferred": True,
        "note_id": "Target rekaan.",
        "note_en": "An invented target.",
        "standing": "announced",
    }


def _budget_row(year: int, target: int) -> Row:
    return {
        "budget_id": f"{PROGRAMME}-{year}",
        "programme_id": PROGRAMME,
        "year": year,
        "region_code": "64",
        "target_id": f"{PROGRAMME}-{year}",
        "kind": "planned",
        "value": target * COST_A_PLACE,
        "unit": "idr",
        "funding_source": "_T",
        "precision": "exact",
        "as_of": str(year),
        "source_id": SOURCE,
        "preferred": True,
        "note_id": "Anggaran rekaan.",
        "note_en": "An invented budget.",
    }


def _context() -> Iterator[Row]:
    """Give two invented counts about the workforce at large."""
    for measure, value in (("pekerja_konstruksi", 123_456), ("bersertifikat", 45_678)):
        yield {
            "context_id": f"contoh-{measure.replace('_', '-')}-2025",
            "measure": measure,
            "region_code": "64",
            "batch_id": "",
            "period": "2025",
            "qualification_level": "_T",
            "value": value,
            "unit": "orang",
            "status": "released",
            "precision": "exact",
            "as_of": "2025",
            "source_id": SOURCE,
            "preferred": True,
            "note_id": "Angka rekaan.",
            "note_en": "An invented figure.",
        }
