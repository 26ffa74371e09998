"""A small site of the shape of the sample one, to plant sentences in: three named batches, regions, ages and levels.

Hidden in the first batch of 2026: who passed from Paser and from Mahakam Ulu, two age bands, two levels, and the
certificates of women and men. The other batches hide nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

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


def sample_site(texts: Mapping[str, str] | None = None) -> Tree:
    """Give the whole tree; texts are paragraphs to add to pages, by path."""
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
    pages = {
        "index.html": ("Kaltim Kompeten", "Sertifikasi tenaga kerja konstruksi"),
        "en/index.html": ("Kaltim Kompeten", "Certification of construction workers"),
        "metode/index.html": ("Metode · Kaltim Kompeten", "Metode"),
        "tahap/contoh-2026-1/index.html": ("Tahap I 2026 (SINTETIS) · Kaltim Kompeten", "Tahap I 2026 (SINTETIS)"),
        "tahap/contoh-2026-2/index.html": ("Tahap II 2026 (SINTETIS) · Kaltim Kompeten", "Tahap II 2026 (SINTETIS)"),
        "wilayah/64.01/index.html": ("Kabupaten Paser · Kaltim Kompeten", "Kabupaten Paser"),
    }
    for path, (title, heading) in pages.items():
        tree[path] = page(title, heading, (texts or {}).get(path, "")).encode()
    tree["api/v1/index.json"] = document([{"path": path} for path in sorted(tree)])
    return tree


def page(title: str, heading: str, paragraph: str) -> str:
    """Give a page with a table that hides, and a paragraph."""
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><h1>{heading}</h1>"
        "<table><caption>Kompeten menurut tempat tinggal, Tahap I 2026 (SINTETIS)</caption>"
        "<tr><th>Tempat tinggal</th><th>Peserta</th><th>Kompeten</th></tr>"
        "<tr><th>Kabupaten Paser</th><td>20</td><td>disembunyikan</td></tr>"
        "<tr><th>Kota Samarinda</th><td>50</td><td>40</td></tr></table>"
        "<p>Banyaknya peserta disembunyikan agar orang tidak dapat dikenali: 8 angka.</p>"
        f"<p>{paragraph}</p></body></html>"
    )


def _codes(codes: Mapping[str, tuple[str, str, str]]) -> Sequence[dict[str, Any]]:
    return [
        {"code": code, "parent_code": parent, "name": {"id": named, "en": english}}
        for code, (parent, named, english) in codes.items()
    ]


def fragment(url: str, content: str) -> bytes:
    """Give a fragment of the search index."""
    return json.dumps({"url": url, "content": content, "meta": {"title": "Kaltim Kompeten"}}).encode()
