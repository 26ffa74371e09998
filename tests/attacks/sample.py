"""Packages of the shape of the sample ones, to plant sentences in: three named batches, regions, ages and levels.

Hidden in the first batch of 2026: who passed from Paser and from Mahakam Ulu, two age bands, two levels, and the
certificates of women and men. The other batches hide nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from kompeten.audit.reading.data_tables import Table
from kompeten.audit.reading.package import judge_packages
from kompeten.audit.reading.written import Said
from kompeten.ground.rows import Row as Cells
from tests.attacks.planting import Row, rows
from tests.attacks.sites import Tree, document, table, typed

BATCHES = {
    "contoh-2025-1": ("Tahap I 2025 (SINTETIS)", "Tahap I of 2025 (SYNTHETIC)", 2025, 1),
    "contoh-2026-1": ("Tahap I 2026 (SINTETIS)", "Tahap I of 2026 (SYNTHETIC)", 2026, 1),
    "contoh-2026-2": ("Tahap II 2026 (SINTETIS)", "Tahap II of 2026 (SYNTHETIC)", 2026, 2),
}
CODES: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "regions": {
        "64.01": ("_T", "Kabupaten Paser", "Paser Regency"),
        "64.02": ("_T", "Kabupaten Kutai Kartanegara", "Kutai Kartanegara Regency"),
        "64.11": ("_T", "Kabupaten Mahakam Ulu", "Mahakam Ulu Regency"),
        "64.72": ("_T", "Kota Samarinda", "Samarinda City"),
    },
    "sexes": {"L": ("_T", "Laki-laki", "Male"), "P": ("_T", "Perempuan", "Female")},
    "age_bands": {
        "Y15T24": ("_T", "15–24 tahun", "15–24 years"),
        "Y25T34": ("_T", "25–34 tahun", "25–34 years"),
        "Y_GE35": ("_T", "35 tahun ke atas", "35 and over"),
    },
    "qualification_levels": {
        "7": ("_T", "Ahli Muda (jenjang 7)", "Junior expert, level 7"),
        "3": ("_T", "Operator jenjang 3", "Operator, level 3"),
        "2": ("_T", "Operator jenjang 2", "Operator, level 2"),
    },
    "stages": {
        "peserta": ("_T", "Peserta", "Participants"),
        "kompeten": ("_T", "Kompeten", "Competent"),
        "belum_kompeten": ("_T", "Belum kompeten", "Not yet competent"),
    },
}


def counts() -> list[Row]:
    """Give the counts of the three batches."""
    first, second, before = "contoh-2026-1", "contoh-2026-2", "contoh-2025-1"
    regions = "stage 64.01 64.02 64.11 64.72\n"
    return [
        *rows("stage _T\npeserta 120\nasesi 110\nkompeten 90\nbelum_kompeten 20\nskk_terbit 80", batch=first),
        *rows(f"{regions}peserta 20 40 10 50\nkompeten - 30 - 40", "region_code", batch=first),
        *rows("stage 7 3 2\npeserta 90 - -", "qualification_level", batch=first),
        *rows("stage L P\npeserta 80 40\nskk_terbit - -", "sex", batch=first),
        *rows("stage Y15T24 Y25T34 Y_GE35\npeserta - - 60", "age_band", batch=first),
        *rows("stage _T\npeserta 140\nasesi 130\nkompeten 100\nbelum_kompeten 30\nskk_terbit 95", batch=second),
        *rows(f"{regions}peserta 25 45 12 58\nkompeten 18 37 7 38", "region_code", batch=second),
        *rows("stage _T\npeserta 131\nasesi 125\nkompeten 99\nbelum_kompeten 26\nskk_terbit 91", batch=before),
        *rows(f"{regions}peserta 23 43 11 54\nkompeten 16 35 6 42", "region_code", batch=before),
    ]


def sample_site() -> Tree:
    """Give a built site of the same counts: its documents, and no page."""
    own = counts()
    batches = [
        {"batch_id": code, "name": {"id": named, "en": english}, "year": year, "number": number}
        for code, (named, english, year, number) in BATCHES.items()
    ]
    tree: Tree = {
        "api/v1/observations.json": document([typed(row) for row in own]),
        "api/v1/sources.json": document([{"source_id": "register-2025", "kind": "register"}]),
        "api/v1/batches.json": document(batches),
        **{f"api/v1/codelists/{name}.json": document(_codes(codes)) for name, codes in CODES.items()},
        **{f"api/v1/batches/{code}.json": document({"batch_id": code}) for code in BATCHES},
        **{f"api/v1/regions/{code}.json": document({"region_code": code}) for code in CODES["regions"]},
        "downloads/observations.csv": table(own, ","),
    }
    tree["api/v1/index.json"] = document([{"path": path} for path in sorted(tree)])
    return tree


def _codes(codes: Mapping[str, tuple[str, str, str]]) -> Sequence[dict[str, Any]]:
    return [
        {"code": code, "parent_code": parent, "name": {"id": named, "en": english}}
        for code, (parent, named, english) in codes.items()
    ]


SPOTS = {
    "note": ("batches", 1, "note_id"),
    "second": ("batches", 2, "note_id"),
    "programme": ("programmes", 0, "description_id"),
    "target": ("targets", 0, "note_id"),
    "other": ("targets", 1, "note_id"),
    "source": ("sources", 0, "title_id"),
    "press": ("sources", 1, "title_id"),
    "region": ("regions", 0, "name_id"),
}
"""Places in tables: which table, which of its rows, which column."""
OF_REGISTER = (
    "note", "second", "programme", "target", "source", "release", "reason", "descriptor", "readme", "region",
)  # fmt: skip
ELSEWHERE = ("page", "press", "other")
PLACES = (*OF_REGISTER, *ELSEWHERE)
"""Where a sentence may stand: see `told`."""


def _table(path: str, own: Sequence[Cells]) -> Table:
    return Table(path=path, header=tuple(own[0]), rows=tuple(own))


@lru_cache(maxsize=1)
def _observations() -> Table:
    return _table("outcomes/observations.csv", counts())


def packages() -> tuple[dict[str, Table], list[tuple[str, str]]]:
    """Give the tables and the other texts of the packages."""
    words = {"note_id": "", "note_en": ""}
    batches = [
        {"batch_id": code, "programme_id": "contoh", "year": str(year), "number": str(number), "name_id": named,
         "name_en": english, "source_id": "register-2025", **words}
        for code, (named, english, year, number) in BATCHES.items()
    ]  # fmt: skip
    sources = [
        {"source_id": "register-2025", "kind": "register", "url": "", "title_id": "", "title_en": ""},
        {"source_id": "koran", "kind": "press", "url": "https://koran.invalid", "title_id": "", "title_en": ""},
    ]
    programme = {"programme_id": "contoh", "source_id": "koran", "description_id": "", "description_en": ""}
    targets = [
        {"target_id": "contoh-2026", "programme_id": "contoh", "value": "650", "source_id": "register-2025", **words},
        {"target_id": "ppu-2025", "programme_id": "ppu", "value": "70", "source_id": "koran", **words},
    ]
    regions = [
        {"region_code": code, "parent_code": "_T", "name_id": named, "name_en": english, "source_id": "kepmendagri"}
        for code, (_, named, english) in CODES["regions"].items()
    ]
    tables = {
        "observations": _observations(),
        "batches": _table("batches/batches.csv", batches),
        "sources": _table("batches/sources.csv", sources),
        "programmes": _table("batches/programmes.csv", [programme]),
        "targets": _table("batches/targets.csv", targets),
        "regions": _table("reference/regions.csv", regions),
        **{name: _table(f"reference/{name}.csv", _listed(own)) for name, own in CODES.items() if name != "regions"},
    }
    return tables, [("releases.toml", '[[release]]\nid = "2026.11"\n')]


def _listed(codes: Mapping[str, tuple[str, str, str]]) -> Sequence[Cells]:
    return [
        {"code": code, "parent_code": parent, "name_id": named, "name_en": english, "source_id": "perpres"}
        for code, (parent, named, english) in codes.items()
    ]


def refused(place: str, sentences: Sequence[str]) -> list[str]:
    """Give those of some sentences that are refused where they stand, each in a row or paragraph of its own.

    note, second: beside the first and the second batch of 2026. programme, target, source, descriptor, release, reason,
    readme: about the register's programme. region: the name of a region. page: on a page of the repository. press,
    other: the title of a paper, a target of another programme.
    """
    tables, texts = packages()
    where: dict[str, str] = {}
    own: list[Said] = []
    if place in SPOTS:
        name, number, column = SPOTS[place]
        table = tables[name]
        row = table.rows[number]
        tables[name] = replace(
            table, rows=(*table.rows, *({**row, column: f"{row[column]} {own}"} for own in sentences))
        )
        where = {f"{table.path}:{len(table.rows) + 2 + n}": each for n, each in enumerate(sentences)}
    elif place == "page":
        own = [Said(address=str(n), text=each, is_standing=True) for n, each in enumerate(sentences)]
        where = {said.address: said.text for said in own}
    else:
        address, text, where = _beside(place, sentences)
        texts = [*(each for each in texts if each[0] != address), (address, text)]
    _, found = judge_packages(tables, texts, own)
    assert {breach.reason for breach in found} <= {"note_tells", "no_mark"}
    told = {where[breach.chain[0]] for breach in found if breach.reason == "note_tells"}
    return [each for each in sentences if each in told]


def _beside(place: str, sentences: Sequence[str]) -> tuple[str, str, dict[str, str]]:
    """Give a file that holds sentences: its name, its text, and the address of each sentence."""
    if place == "readme":
        lines = [sum(2 + each.count("\n") for each in sentences[:n]) + 1 for n in range(len(sentences))]
        where = {f"README.md:{line}": each for line, each in zip(lines, sentences, strict=True)}
        return "README.md", "\n\n".join(sentences), where
    if place == "descriptor":
        where = {f"outcomes/datapackage.json#/keywords/{n}": each for n, each in enumerate(sentences)}
        return "outcomes/datapackage.json", json.dumps({"keywords": list(sentences)}), where
    if place == "release":
        text = "".join(f"[[release]]\nnote_id = {json.dumps(each, ensure_ascii=False)}\n" for each in sentences)
        return "releases.toml", text, {f"releases.toml#/release/{n}/note_id": s for n, s in enumerate(sentences)}
    entry = '[[release.correction]]\ncell = "contoh-2026-1/peserta"\nreason_id = {}\n'
    text = "[[release]]\n" + "".join(entry.format(json.dumps(each, ensure_ascii=False)) for each in sentences)
    start = "releases.toml#/release/0/correction"
    return "releases.toml", text, {f"{start}/{n}/reason_id": each for n, each in enumerate(sentences)}


def told(place: str, sentence: str) -> bool:
    """Tell whether one sentence is refused where it stands."""
    return bool(refused(place, [sentence]))
