"""A register beside the press: sums over batches hold both, and what the press says of other batches is no leak."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.attacks.planting import Row, reasons, rows
from tests.attacks.sample import ELSEWHERE, OF_REGISTER, counts, sample_site, told
from tests.attacks.sites import Tree, audited_site, document, table, typed

REGION = "api/v1/regions/64.02.json"


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
    "Jatah 2025: 3 orang lulus dari Paser, 2 orang lulus dari Mahakam Ulu.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_text_about_another_programme_is_told_apart_by_where_it_stands(sentence: str) -> None:
    assert [place for place in ("press", "other") if told(place, sentence)] == []
    assert [place for place in ELSEWHERE if not told(place, f"Tahap I 2026: {sentence}")] == []
    assert [place for place in OF_REGISTER if not told(place, sentence)] == []


def test_a_page_of_the_repository_is_about_a_register_where_it_names_a_group_that_is_hidden() -> None:
    assert told("page", "Hanya 3 orang dari Paser lulus.")
    assert not told("page", "Hanya 3 orang dari Samarinda lulus.")
    assert not told("page", "Dari 3 orang, 2 lulus.")


def test_a_total_of_its_own_programme_may_be_said_and_one_of_another_may_not() -> None:
    """Paser's participants of the register, 20, 25 and 23, are 68; nothing printed is 69."""
    assert not told("programme", "Peserta dari Paser: sekurang-kurangnya 68 orang.")
    assert told("programme", "Peserta dari Paser: sekurang-kurangnya 69 orang.")
