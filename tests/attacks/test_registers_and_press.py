"""A register beside the press: sums over batches hold both, and what the press says of other batches is no leak."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.planting import Row, reasons, rows
from tests.attacks.sample import counts, fragment, sample_site
from tests.attacks.sites import Tree, audited_site, document, table, typed

REGION = "api/v1/regions/64.02.json"
PAGE, HOME = "program/bantuan/index.html", "index.html"


def with_press(value: str = "17", source: str = "koran") -> Tree:
    """Give the sample site with a batch of the press, whose participants from one region a paper states."""
    press: list[Row] = rows(f"stage 64.02\npeserta {value}", "region_code", batch="lain-2025", source=source)
    own = [*counts(), *press]
    return {
        **sample_site(),
        "api/v1/observations.json": document([typed(row) for row in own]),
        "downloads/observations.csv": table(own, ","),
        "api/v1/sources.json": document(
            [{"source_id": "register-2025", "kind": "register"}, {"source_id": "koran", "kind": "press"}]
        ),
        "api/v1/batches/lain-2025.json": document({"batch_id": "lain-2025"}),
        "api/v1/measures.json": document(
            [{"measure_id": "per", "numerator": "peserta", "denominator": "penduduk", "multiplier": 10_000}]
        ),
    }


def region(value: int, **more: Any) -> bytes:
    """Give the document of a region with a total over all batches and a figure per 10,000 residents of it."""
    total = {"stage": "peserta", "value": value, "status": "released", "precision": "exact", **more}
    rate = {"measure_id": "per", "numerator": value, "denominator": 806_964, "value": round(value * 1e4 / 806_964, 2)}
    return document({"region_code": "64.02", "participants": {**total, "rate": {**rate, "decimals": 2}}})


def test_a_total_over_batches_holds_what_the_press_says_too(tmp_path: Path) -> None:
    """40, 45 and 43 of the register and 17 of a paper: 145 in all, and no contradiction."""
    assert audited_site({**with_press(), REGION: region(145)}, tmp_path).breaches == ()


def test_what_is_left_of_a_total_after_the_press_is_the_register(tmp_path: Path) -> None:
    """Paser's competent people: 18 and 16 printed, one count hidden; a paper's 17 are in the total too."""
    own = [*counts(), *rows("stage 64.01\nkompeten 17", "region_code", batch="lain-2025", source="koran")]
    tree = {**with_press(), "downloads/observations.csv": table(own, ",")}
    tree["api/v1/observations.json"] = document([typed(row) for row in own])
    for value, expected in ((18 + 16 + 17 + 13, {"recovered"}), (None, set())):
        whole = {"stage": "kompeten", "value": value, "status": "released" if value else "hidden", "precision": "exact"}
        tree["api/v1/regions/64.01.json"] = document({"region_code": "64.01", "competent": whole})
        found = reasons(audited_site(tree, tmp_path / str(value)))
        assert found & {"recovered", "contradiction"} == expected


SENTENCES = [
    "Bantuan 2023 untuk Samarinda, Paser dan Mahakam Ulu: 1.775 peserta, 475 orang tenaga ahli dan 35 orang asesor.",
    "Grants of 2023 for Paser Regency and Mahakam Ulu Regency: 1,775 participants, 100 people certified.",
]


def page_of(sentence: str) -> bytes:
    """Give the page of another programme; its figures stand apart from the places that it names."""
    places, _, figures = sentence.partition(":")
    return (
        "<!doctype html><html><head><title>Bantuan keuangan</title></head><body><h1>Bantuan keuangan</h1>"
        f"<p>{places}</p><p>{figures.strip()}</p></body></html>"
    ).encode()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_index_of_another_programmes_page_is_read_on_the_page(tmp_path: Path, sentence: str) -> None:
    content = f"Bantuan keuangan {sentence.replace(':', '.')}"
    index = {"pagefind/fragment/id_1.pf_fragment": fragment(f"/{PAGE[:-10]}", content)}
    tree = {**sample_site(), PAGE: page_of(sentence), **index}
    assert audited_site(tree, tmp_path).breaches == ()


def test_what_the_index_says_and_its_page_does_not_is_read(tmp_path: Path) -> None:
    told = "Bantuan keuangan. Tahap I 2026: 3 orang kompeten dari Paser"
    tree = {**sample_site(), PAGE: page_of(SENTENCES[0])}
    tree["pagefind/fragment/id_1.pf_fragment"] = fragment(f"/{PAGE[:-10]}", told)
    assert reasons(audited_site(tree, tmp_path)) == {"note_tells"}
    nowhere = json.loads(tree["pagefind/fragment/id_1.pf_fragment"]) | {"url": "/tidak/ada/"}
    tree["pagefind/fragment/id_1.pf_fragment"] = json.dumps(nowhere).encode()
    assert reasons(audited_site(tree, tmp_path / "nowhere")) == {"note_tells"}


def test_a_leak_on_a_page_is_told_once_and_there(tmp_path: Path) -> None:
    sentence = "Tahap I 2026: 3 orang kompeten dari Paser"
    tree = {**sample_site({HOME: sentence}), "pagefind/fragment/id_1.pf_fragment": fragment("/", sentence)}
    found = [breach for breach in audited_site(tree, tmp_path).breaches if breach.reason == "note_tells"]
    assert {breach.chain for breach in found} == {("index.html (p)",)}


def with_another_programme(sentence: str, path: str) -> Tree:
    """Give the sample site beside a programme without a register, one of whose texts or pages says a sentence."""
    tree = sample_site()
    batches = json.loads(tree["api/v1/batches.json"])["data"]
    told = [{**row, "programme_id": "contoh"} for row in batches]
    target = {"target_id": "ppu-2025", "programme_id": "ppu", "note": {"id": sentence, "en": sentence}}
    own = {
        "api/v1/batches.json": document(told),
        "api/v1/programmes.json": document([{"programme_id": "contoh"}, {"programme_id": "ppu"}]),
        "api/v1/progress.json": document([{"target": target if path == "note" else {**target, "note": None}}]),
    }
    page = f"<html><head><title>PPU</title></head><body><p>{sentence}</p></body></html>".encode()
    return {**tree, **own, **({} if path == "note" else {path: page})}


@pytest.mark.parametrize(
    "path", ["note", "program/ppu/index.html", "en/program/ppu/index.html", "charts/tahun-ppu.en.svg"]
)
def test_a_text_about_another_programme_is_told_apart_by_where_it_stands(tmp_path: Path, path: str) -> None:
    sentence = "Jatah 2025: 3 orang lulus dari Paser, 2 orang lulus dari Mahakam Ulu."
    assert audited_site(with_another_programme(sentence, path), tmp_path / "near").breaches == ()
    named = f"Tahap I 2026: {sentence}"
    assert reasons(audited_site(with_another_programme(named, path), tmp_path / "named")) == {"note_tells"}
    assert reasons(audited_site(sample_site({HOME: sentence}), tmp_path / "home")) == {"note_tells"}


def test_a_picture_is_about_the_longest_id_that_its_name_holds(tmp_path: Path) -> None:
    sentence = "Jatah 2025: 3 orang lulus dari Paser, 2 orang lulus dari Mahakam Ulu."
    of_register = with_another_programme(sentence, "embed/tahun-ppu-contoh-2026-1/index.html")
    assert reasons(audited_site(of_register, tmp_path)) == {"note_tells"}


def test_a_total_of_one_programme_may_be_said_beside_the_counts_of_another(tmp_path: Path) -> None:
    """Paser's participants of the register, 20, 25 and 23, are 68; a paper's 17 are of another programme."""
    press = rows("stage 64.01\npeserta 17", "region_code", batch="lain-2025", source="koran")
    documents = {
        "api/v1/observations.json": document([typed(row) for row in [*press, *counts()]]),
        "downloads/observations.csv": table([*press, *counts()], ","),
        "api/v1/programmes/contoh.json": document(
            [{"batch_id": name, "programme_id": "contoh"} for name in sorted({row["batch_id"] for row in counts()})]
        ),
        "api/v1/programmes/lain.json": document({"batch_id": "lain-2025", "programme_id": "lain"}),
    }
    tree = {**with_press(), **sample_site({HOME: "Peserta dari Paser: sekurang-kurangnya 68 orang."}), **documents}
    assert audited_site(tree, tmp_path).breaches == ()
