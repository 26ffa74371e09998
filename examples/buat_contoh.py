"""Write the example registers again: python examples/buat_contoh.py. Nobody in them exists."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).parents[1]))

from examples.register_berantakan import HEADERS, TITLE_ROWS, messy_csv, register_rows, total_rows, with_blank_lines
from kompeten.invented.synthetic import PlannedBatch, synthesise
from kompeten.register.publishing.folder import read_rows
from kompeten.register.reading.words import day

ROOT = Path(__file__).parents[1]
SEED = 2026
BATCHES = (
    PlannedBatch(batch_id="contoh-2026-1", year=2026, number=1, participants=360),
    PlannedBatch(batch_id="contoh-2026-2", year=2026, number=2, participants=330),
)
STARTS = {"contoh-2026-1": date(2026, 3, 2), "contoh-2026-2": date(2026, 6, 8)}
BATCH_WORDS = {
    "contoh-2026-1": ("Tahap I", "Tahap 1", "I"),
    "contoh-2026-2": ("Tahap II", "Tahap 2", "II"),
}


def example_rows() -> list[tuple[str, ...]]:
    """Invent two batches and spell them as an office would."""
    reference = ROOT / "data" / "reference"
    population = {
        row["region_code"]: int(row["population_total"])
        for row in read_rows(reference / "population.csv")
        if "." in row["region_code"]
    }
    shares = {code: number / sum(population.values()) for code, number in population.items()}
    names = {row["region_code"]: row["name_id"] for row in read_rows(reference / "regions.csv")}
    return register_rows(
        synthesise(BATCHES, shares, seed=SEED),
        batch_words=BATCH_WORDS,
        starts=STARTS,
        region_words={code: (code, names[code], names[code].upper(), names[code].split(" ", 1)[1]) for code in shares},
        positions={
            (row["classification"], row["track"]): row["position_code"]
            for row in read_rows(reference / "positions.csv")
        },
        seed=SEED,
    )


def write_xlsx(rows: list[tuple[str, ...]], path: Path) -> None:
    """Write the rows as a spreadsheet: merged titles, real dates beside typed ones, levels as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("a new workbook has a sheet")
    sheet.title = "Peserta"
    for cells in (*TITLE_ROWS, HEADERS):
        sheet.append(list(cells))
    sheet.merge_cells("A1:S1")
    sheet.merge_cells("A2:S2")
    for cells in (*with_blank_lines(rows), *total_rows(len(rows))):
        sheet.append([typed(column, text) for column, text in zip(HEADERS, cells, strict=False)])
    book.create_sheet("Catatan").append(["Lembar ini tidak dibaca."])
    book.properties.creator = "kaltim-kompeten"
    book.properties.created = book.properties.modified = datetime(2026, 11, 1)
    book.save(path)


def typed(column: str, text: str) -> object:
    """Give a cell as a spreadsheet keeps it: some dates as dates, bare levels and row numbers as numbers."""
    if column == "Tanggal Lahir" and "/" in text:
        found = day(text)
        return text if found is None else datetime(found.year, found.month, found.day)
    return int(text) if column in ("No", "Jenjang") and text.isdecimal() else text


if __name__ == "__main__":
    written = example_rows()
    (ROOT / "examples" / "register-contoh.csv").write_bytes(messy_csv(written))
    write_xlsx(written, ROOT / "examples" / "register-contoh.xlsx")
