"""Invented data folders: complete, plausible, of any size, and loudly synthetic. For the demo, tests and benchmarks.

Everything that a register would give is drawn by chance, counted and protected like the real thing; programmes,
targets and budgets are made up beside it. Every descriptor says ``"synthetic": true`` and every name says SINTETIS.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from kompeten import RECORD
from kompeten.ground.formats import roman
from kompeten.ground.policy import Policy, load_policy
from kompeten.ground.refusal import Refused
from kompeten.ground.vocabulary import ALL
from kompeten.invented.synthetic import PlannedBatch, Size, planned_batches, synthesise
from kompeten.register.hiding.count import Cube, Parents, count
from kompeten.register.hiding.optional import leave_out
from kompeten.register.hiding.protect import PlanRefused, ProtectedRelease
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


class SampleRefused(Refused):
    """The invented tables cannot be published under the policy; says which to merge."""


def write_sample(size: Size, seed: int, out: Path, *, data: Path = RECORD) -> int:
    """Write an invented data folder; give the number of observations in it.

    size: kaltim (ten regencies, about 2,000 participants in a full year) or province (twelve times as many). The same
    size and seed give the same bytes.
    Raises SampleRefused where the policy refuses the tables, FolderError where out cannot be replaced.
    """
    refuse_own_data(out, data)
    policy = load_policy(data / "policy.toml")
    files, observations = sample_files(size, seed, policy, data=data)
    write_folder(out, files)
    return observations


def sample_files(size: Size, seed: int, policy: Policy, *, data: Path = RECORD) -> tuple[dict[str, bytes], int]:
    """Give every file of an invented data folder, and the number of observations. Reads the repository's code lists."""
    batches = planned_batches(size)
    shares = _shares(data)
    _, parents = read_code_lists(data / "reference")
    release, _ = leave_out(policy, lambda own: _cubes(batches, shares, own, parents, seed))
    if isinstance(release, PlanRefused):
        raise SampleRefused(*release.reasons, *release.proposals)
    around = replace(surroundings(_rows(batches, release, seed)), context=list(_context()))
    return assemble(data, release.cells, around, policy), len(release.cells)


def surroundings(rows: Mapping[str, Sequence[Row]]) -> Surroundings:
    """Give what stands around invented counts. rows: of the batches package, by table."""
    return Surroundings(
        rows=rows,
        as_of=AS_OF,
        source_id=SOURCE,
        note_id="",
        note_en="",
        releases=release_text(RELEASE),
        is_synthetic=True,
    )


def _cubes(
    batches: Sequence[PlannedBatch], shares: Mapping[str, float], policy: Policy, parents: Parents, seed: int
) -> list[Cube]:
    """Invent and count batch after batch, so that no size needs all its people in memory at once."""
    cubes: list[Cube] = []
    for number, batch in enumerate(batches):
        people = synthesise((batch,), shares, seed=seed * 1000 + number, is_open=batch is batches[-1])
        cubes.extend(count(people, policy, parents))
    return cubes


def _shares(data: Path) -> dict[str, float]:
    """Give each regency's share of the people of Kaltim."""
    rows = [row for row in read_rows(data / "reference" / "population.csv") if "." in row["region_code"]]
    people = {row["region_code"]: int(row["population_total"]) for row in rows}
    return {code: number / sum(people.values()) for code, number in people.items()}


def _rows(batches: Sequence[PlannedBatch], release: ProtectedRelease, seed: int) -> dict[str, list[Row]]:
    """Give the invented rows of the batches package."""
    admitted = {
        cell.batch_id: cell.people for cell in release.cells if cell.table == "tahap" and cell.stage == "peserta"
    }
    draw = np.random.default_rng(seed)
    planned = []
    for year in sorted({batch.year for batch in batches}):
        people = sum(admitted[batch.batch_id] for batch in batches if batch.year == year)
        # Some years pass their target, others fall short.
        tens = round(people / SHARE_OF_TARGET * float(draw.uniform(0.85, 1.2)) / 10)
        planned.append(_target_and_budget(year, max(1, tens) * 10))
    return {
        "programmes": [_programme()],
        "batches": [batch_row(batch.batch_id, PROGRAMME, batch.year, batch.number) for batch in batches],
        "venues": [
            {"batch_id": batch.batch_id, "region_code": code, "source_id": SOURCE}
            for batch in batches
            for code in sorted(VENUES[: 2 + batch.number % 4])
        ],
        "targets": [target for target, _ in planned],
        "budgets": [budget for _, budget in planned],
        "sources": [source_row("register", "Register rekaan", "Invented register")],
    }


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


def source_row(kind: str, title_id: str, title_en: str, url: str = "") -> Row:
    """Give the one source of an invented folder. url: of anything but a register."""
    return {
        "source_id": SOURCE,
        "kind": kind,
        "publisher": "Dinas Contoh (SINTETIS)",
        "title_id": f"{title_id}, data SINTETIS",
        "title_en": f"{title_en}, SYNTHETIC data",
        "url": url,
        "published_on": AS_OF,
    }


def batch_row(batch_id: str, programme_id: str, year: int, number: int) -> Row:
    """Give the row of an invented batch. number: within the year."""
    month = (number - 1) % len(STARTS)
    return {
        "batch_id": batch_id,
        "programme_id": programme_id,
        "year": year,
        "number": number,
        "kind": "tahap",
        "name_id": f"Tahap {roman(number)} {year} (SINTETIS)",
        "name_en": f"Tahap {roman(number)} of {year} (SYNTHETIC)",
        "start_on": f"{year}-{STARTS[month]}",
        "end_on": f"{year}-{ENDS[month]}",
        "training_mode": MODES[month],
        "qualification_level": ALL,
        "source_id": SOURCE,
        "note_id": "Tahap rekaan.",
        "note_en": "An invented batch.",
    }


def _target_and_budget(year: int, target: int) -> tuple[Row, Row]:
    """Give the rows of what was to be reached in a year, and of what it was to cost."""
    both = {
        "target_id": f"{PROGRAMME}-{year}",
        "programme_id": PROGRAMME,
        "year": year,
        "region_code": "64",
        "funding_source": ALL,
        "precision": "exact",
        "as_of": str(year),
        "source_id": SOURCE,
        "preferred": True,
    }
    notes = {"note_id": "Target rekaan.", "note_en": "An invented target.", "standing": "announced"}
    people = {"kind": "target", "value": target, "unit": "peserta", "stage": "peserta", "qualification_level": ALL}
    money = {"budget_id": f"{PROGRAMME}-{year}", "kind": "planned", "value": target * COST_A_PLACE, "unit": "idr"}
    of_budget = {"note_id": "Anggaran rekaan.", "note_en": "An invented budget."}
    return {**both, **people, **notes}, {**both, **money, **of_budget}


def _context() -> Iterator[Row]:
    """Give two invented counts about the workforce at large."""
    for measure, value in (("pekerja_konstruksi", 123_456), ("bersertifikat", 45_678)):
        yield {
            "context_id": f"contoh-{measure.replace('_', '-')}-2025",
            "measure": measure,
            "region_code": "64",
            "batch_id": "",
            "period": "2025",
            "qualification_level": ALL,
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
