"""Data folders for tests: the repository's own, and a tiny one that can be added up in one's head."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from pathlib import Path

REPOSITORY_DATA = Path(__file__).parents[2] / "data"

TINY: Mapping[str, str] = {
    "batches/programmes.csv": """\
programme_id,role,region_code,name_id,name_en,organiser_id,organiser_en,description_id,description_en,source_id
uji,main,64,Program Uji,Test Programme,Dinas Uji,Test Agency,Pelatihan.,Training.,koran-a
""",
    "batches/batches.csv": """\
batch_id,programme_id,year,number,kind,name_id,name_en,start_on,end_on,training_mode,qualification_level,source_id,note_id,note_en
uji-2024,uji,2024,,cumulative,2020–2024,2020–2024,2020,2024,,_U,koran-a,,
uji-2025-1,uji,2025,1,tahap,Tahap I,Tahap I,2025-03-03,2025-03-07,luring,_U,koran-a,,
uji-2025-2,uji,2025,2,tahap,Tahap II,Tahap II,2025-06,2025-06,,_U,koran-b,Akhir.,Last.
""",
    "batches/venues.csv": """\
batch_id,region_code,source_id
uji-2025-1,64.71,koran-a
""",
    "batches/targets.csv": """\
target_id,programme_id,year,region_code,qualification_level,kind,value,unit,stage,funding_source,precision,as_of,source_id,preferred,note_id,note_en,speaker,voice,occasion,mark,standing,rival_of
uji-2025,uji,2025,64,_T,target,200,peserta,peserta,_T,exact,2025,koran-a,true,,,,,,,announced,
""",
    "batches/budgets.csv": """\
budget_id,programme_id,year,region_code,target_id,kind,value,unit,funding_source,precision,as_of,source_id,preferred,note_id,note_en,speaker,voice,occasion,mark
uji-2025,uji,2025,64,uji-2025,planned,900000000,idr,_U,rounded,2025,koran-a,true,,,,,,
""",
    "outcomes/observations.csv": """\
batch_id,stage,region_code,qualification_level,classification,track,sex,age_band,funding_source,value,status,precision,as_of,source_id,preferred,note_id,note_en,speaker,voice,occasion,mark,unit
uji-2025-1,peserta,_T,_T,_T,_T,_T,_T,_T,100,released,exact,2025-03-03,koran-a,true,,,,,,,
uji-2025-1,peserta,_T,_T,_T,_T,_T,_T,_T,98,released,exact,2025-03,koran-b,false,,,,,,,
uji-2025-1,peserta,_T,_T,_T,_T,L,_T,_T,60,released,exact,2025-03-03,koran-a,true,,,,,,,
uji-2025-1,peserta,_T,_T,_T,_T,P,_T,_T,40,released,exact,2025-03-03,koran-a,true,,,,,,,
uji-2025-1,peserta,_T,ahli,_T,_T,_T,_T,_T,70,released,exact,2025-03-03,koran-a,true,,,,,,,
uji-2025-1,peserta,_T,7,_T,_T,_T,_T,_T,50,released,exact,2025-03-03,koran-a,true,,,,,,,
uji-2025-1,peserta,_T,8,_T,_T,_T,_T,_T,15,released,exact,2025-03-03,koran-a,true,,,,,,,
uji-2025-1,peserta,_T,9,_T,_T,_T,_T,_T,5,released,exact,2025-03-03,koran-a,true,,,,,,,
uji-2025-1,peserta,_T,teknisi_operator,_T,_T,_T,_T,_T,30,released,exact,2025-03-03,koran-a,true,,,,,,,
uji-2025-1,peserta,64.71,_T,_T,_T,_T,_T,_T,80,released,exact,2025-03-03,koran-a,true,,,,,,,
uji-2025-1,peserta,_U,_T,_T,_T,_T,_T,_T,,unknown,,2025-03-03,koran-a,true,,,,,,,
uji-2025-1,asesi,_T,_T,_T,_T,_T,_T,_T,90,released,exact,2025-03-07,koran-a,true,,,,,,,
uji-2025-1,kompeten,_T,_T,_T,_T,_T,_T,_T,70,released,exact,2025-03-07,koran-a,true,,,,,,,
uji-2025-1,belum_kompeten,_T,_T,_T,_T,_T,_T,_T,15,released,exact,2025-03-07,koran-a,true,,,,,,,
uji-2025-1,skk_terbit,_T,_T,_T,_T,_T,_T,_T,65,released,exact,2025-09,koran-b,true,Terbit.,Issued.,,,,,
uji-2025-2,peserta,_T,_T,_T,_T,_T,_T,_T,,unknown,,2025-06,koran-b,true,,,,,,,
""",
    "outcomes/context.csv": """\
context_id,measure,region_code,batch_id,period,qualification_level,value,unit,status,precision,as_of,source_id,preferred,note_id,note_en,speaker,voice,occasion,mark,counted_by
pekerja-a,pekerja_konstruksi,64,,2024,_T,1500,orang,released,exact,2024,koran-a,true,,,,,,,
pekerja-b,pekerja_konstruksi,64,,2024,_T,1400,orang,released,rounded,2024,koran-b,false,,,,,,,
""",
    "outcomes/preferences.csv": """\
cell_id,source_id,reason_id,reason_en
uji-2025-1/peserta,koran-a,Cocok dengan rinciannya.,It agrees with its parts.
konteks/pekerja_konstruksi/64/2024,koran-a,Angka pasti.,An exact figure.
""",
    "releases.toml": """\
[[release]]
id = "2026.01"
released_on = 2026-01-31
data_through = 2025-09-30
next_expected = "2026-06"
title_id = "Rilis pertama"
title_en = "First release"

[[release]]
id = "2026.11"
released_on = 2026-11-30
data_through = 2025-12-31
title_id = "Rilis kedua"
title_en = "Second release"
note_id = "Satu koreksi."
note_en = "One correction."

[[release.correction]]
cell = "uji-2025-1/peserta"
kind = "correction"
asked_by = "reader"
reason_id = "Salah ketik."
reason_en = "A slip of the pen."
source_id = "koran-a"
""",
}
"""The tables of programmes and outcomes; code lists are the repository's own."""

NEWSPAPERS = """\
koran-a,press,koran-a.example,Koran A,Paper A,https://koran-a.example/tahap-1,2025-03-08,
koran-b,press,koran-b.example,Koran B,Paper B,,2025-09,
"""


def copy_of_repository(parent: Path) -> Path:
    """Give a copy of the repository's data folder."""
    return Path(shutil.copytree(REPOSITORY_DATA, parent / "data", ignore=shutil.ignore_patterns("permanent")))


def tiny(parent: Path) -> Path:
    """Give a small valid data folder: the repository's code lists, one programme, three batches, two newspapers."""
    folder = copy_of_repository(parent)
    needed = {row["source_id"] for path in sorted(folder.glob("reference/*.csv")) for row in rows(path)}
    sources = folder / "batches/sources.csv"
    kept = [row for row in rows(sources) if row["source_id"] in needed]
    write(sources, header(sources), kept)
    sources.write_text(sources.read_text(encoding="utf-8") + NEWSPAPERS, encoding="utf-8", newline="\n")
    for path in sorted(folder.glob("batches/*.csv")):
        if path.name != "sources.csv":
            write(path, header(path), [])
    for file, text in TINY.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return folder


def header(path: Path) -> list[str]:
    """Give the column names of a CSV file."""
    return next(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def rows(path: Path) -> list[dict[str, str]]:
    """Give the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def write(path: Path, columns: list[str], found: list[dict[str, str]]) -> None:
    """Write a CSV file the canonical way."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    path.write_bytes(text.getvalue().encode("utf-8", errors="surrogateescape"))


def change(folder: Path, file: str, where: Mapping[str, str], **cells: str) -> int:
    """Change cells of the one row that agrees with ``where``; gives the line it stands on, the header being 1."""
    path = folder / file
    found = rows(path)
    places = [place for place, row in enumerate(found) if all(row[name] == text for name, text in where.items())]
    (place,) = places
    found[place] |= cells
    write(path, header(path), found)
    return place + 2


def add(folder: Path, file: str, *copies: Mapping[str, str], like: Mapping[str, str]) -> None:
    """Add rows that are like the one row that agrees with ``like``, but for the cells given."""
    path = folder / file
    found = rows(path)
    (model,) = [row for row in found if all(row[name] == text for name, text in like.items())]
    write(path, header(path), [*found, *({**model, **cells} for cells in copies)])


def replace(folder: Path, file: str, old: str, new: str) -> None:
    """Replace one passage of a text file, which stands there exactly once."""
    text = (folder / file).read_bytes().decode("utf-8")
    assert text.count(old) == 1
    (folder / file).write_bytes(text.replace(old, new).encode("utf-8"))
