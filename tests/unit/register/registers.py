"""Invented registers to try the door on."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from examples.register_berantakan import HEADERS, messy_csv, register_rows
from kompeten.invented.synthetic import PlannedBatch, synthesise
from kompeten.register.hiding.count import Parents
from kompeten.register.publishing.folder import read_code_lists, read_rows
from kompeten.register.reading.check import CodeLists
from kompeten.register.reading.config import Config, parse_config
from kompeten.register.reading.people import People
from tests.unit.register.tables import ROOT

BATCHES = (
    PlannedBatch(batch_id="contoh-2026-1", year=2026, number=1, participants=340),
    PlannedBatch(batch_id="contoh-2026-2", year=2026, number=2, participants=300),
)
STARTS = {"contoh-2026-1": date(2026, 4, 6), "contoh-2026-2": date(2026, 8, 3)}
BATCH_WORDS = {
    "contoh-2026-1": ("Tahap I", "I", "tahap 1"),
    "contoh-2026-2": ("Tahap II", "II", "tahap 2"),
}
COLUMNS = {
    "nik": "NIK",
    "name": "Nama Lengkap",
    "birth_date": "Tanggal Lahir",
    "batch": "Tahap",
    "residence": "Kab/Kota KTP",
    "level": "Jenjang",
    "classification": "Subklasifikasi",
    "position": "Kode Jabatan",
    "track": "Jalur",
    "sex": "L/P",
    "funding": "Sumber Dana",
    "verified": "Lolos Verifikasi",
    "admitted": "Peserta",
    "attended": "Hadir",
    "completed": "Selesai",
    "assessed": "Asesmen",
    "decision": "Hasil",
    "issued": "SKK",
}


@cache
def lists_and_parents() -> tuple[CodeLists, Parents]:
    """Read the repository's code lists once."""
    return read_code_lists(ROOT / "data" / "reference")


@cache
def invented_people(seed: int = 1, batches: tuple[PlannedBatch, ...] = BATCHES) -> People:
    """Invent batches, two of ordinary size where none are named."""
    rows = [row for row in read_rows(ROOT / "data/reference/population.csv") if "." in row["region_code"]]
    total = sum(int(row["population_total"]) for row in rows)
    shares = {row["region_code"]: int(row["population_total"]) / total for row in rows}
    return synthesise(batches, shares, seed=seed)


@cache
def invented_rows(seed: int = 1) -> tuple[tuple[str, ...], ...]:
    """Spell the two batches as an office would."""
    positions = {
        (row["classification"], row["track"]): row["position_code"]
        for row in read_rows(ROOT / "data/reference/positions.csv")
    }
    names = {row["region_code"]: row["name_id"] for row in read_rows(ROOT / "data/reference/regions.csv")}
    return tuple(
        register_rows(
            invented_people(seed),
            batch_words=BATCH_WORDS,
            starts=STARTS,
            region_words={code: (code, name, name.upper(), name.split(" ", 1)[-1]) for code, name in names.items()},
            positions=positions,
            seed=seed,
        )
    )


def row_of(**cells: str) -> tuple[str, ...]:
    """Give one good row, with some cells changed; cells are named by field."""
    good = {
        "nik": "6472990405900001",
        "name": "Peserta Contoh 0001",
        "birth_date": "4/5/1990",
        "batch": "Tahap I",
        "residence": "64.72",
        "level": "7",
        "classification": "SI04",
        "position": "SI041025",
        "track": "Ahli",
        "sex": "L",
        "funding": "APBD",
        "verified": "ya",
        "admitted": "ya",
        "attended": "ya",
        "completed": "ya",
        "assessed": "ya",
        "decision": "K",
        "issued": "ya",
    }
    by_header = {COLUMNS[field]: text for field, text in {**good, **cells}.items()}
    return tuple(by_header.get(header, "1") for header in HEADERS)


def config_text(*, accepted: str = "[]", extra: str = "") -> str:
    """Give the smallest config that reads these registers."""
    lines = ["[columns]", *(f'{field} = "{header}"' for field, header in COLUMNS.items())]
    lines += [
        "[checks]",
        f"accepted = {accepted}",
        "[outcomes]",
        'as_of = "2026-11-01"',
        'source_id = "register-contoh"',
    ]
    lines += ["[release]", 'id = "2026.11"', "released_on = 2026-11-24", "data_through = 2026-11-01"]
    lines += ['title_id = "Rilis uji"', 'title_en = "Test release"']
    for batch_id, names in BATCH_WORDS.items():
        words = ", ".join(f'"{name}"' for name in names)
        lines += ["[[batches]]", f'batch_id = "{batch_id}"', f"register_names = [{words}]"]
        lines += [f'start_on = "{STARTS[batch_id].isoformat()}"']
    return "\n".join([*lines, extra, ""])


def plain_config(*, accepted: str = "[]", extra: str = "") -> Config:
    """Read the smallest config."""
    return parse_config(config_text(accepted=accepted, extra=extra))


def write_csv(folder: Path, rows: object = None) -> Path:
    """Write a messy CSV and give its path; rows None means the whole invented register."""
    path = folder / "register.csv"
    path.write_bytes(messy_csv(invented_rows() if rows is None else rows))  # type: ignore[arg-type]
    return path
