"""Sums, rates and per-10,000 figures of a site that pin a hidden count; every attack beside a near miss that passes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kompeten.audit.reasoning.aggregates import aggregates, formulas_of
from kompeten.audit.reasoning.cells import NOWHERE, Cell, Key
from tests.attacks.planting import Row, reasons, rows
from tests.attacks.sites import Tree, audited_site, document, site

MEASURES = [
    {"measure_id": "tingkat_kompeten", "numerator": "kompeten", "denominator": "asesi", "multiplier": 100},
    {"measure_id": "porsi_perempuan", "numerator": "peserta_perempuan", "denominator": "peserta", "multiplier": 100},
    {"measure_id": "porsi_p", "numerator": "peserta/sex=P", "denominator": "peserta", "multiplier": 100},
    {"measure_id": "peserta_per_10000", "numerator": "peserta", "denominator": "penduduk", "multiplier": 10000},
    {"measure_id": "angka_gugur", "numerator": "peserta - asesi", "denominator": "peserta", "multiplier": 100},
]


def counts() -> list[Row]:
    """Give two batches; in each the region 64.01 and the sexes hide a pair."""
    found = []
    for batch in ("t1", "t2"):
        found += rows("stage _T\npeserta 120\nasesi 100\nkompeten 70", batch=batch)
        found += rows("stage 64.01 64.02 64.03\npeserta - - 40", "region_code", batch=batch)
        found += rows("stage L P _U\npeserta - - 0", "sex", batch=batch)
    return found


def tree(path: str, data: Any) -> Tree:
    """Give the clean site of two batches with one document put in or replaced."""
    whole = {name: own for name, own in site(counts()).items() if "square" not in name and "tahap/" not in name}
    whole = {name: own for name, own in whole.items() if not name.endswith((".xlsx", ".svg"))}
    batches = [{"batch_id": batch, "programme_id": "p", "year": 2025} for batch in ("t1", "t2")]
    whole["api/v1/batches.json"] = document(batches)
    whole["api/v1/batches/t2.json"] = document({"batch_id": "t2"})
    whole["api/v1/regions/64.03.json"] = document({"region_code": "64.03"})
    whole["api/v1/measures.json"] = document(MEASURES)
    whole[path] = document(data)
    return whole


def rate(measure: str, value: float, *, numerator: int | None, denominator: int, decimals: int = 1) -> dict[str, Any]:
    return {
        "measure_id": measure, "numerator": numerator, "denominator": denominator, "value": value,
        "status": "released", "decimals": decimals,
    }  # fmt: skip


def test_the_clean_site_passes(tmp_path: Path) -> None:
    assert audited_site(tree("api/v1/regions/64.01.json", {"region_code": "64.01"}), tmp_path).breaches == ()


def region(value: int | None, **more: Any) -> Mapping[str, Any]:
    status = "hidden" if value is None else "released"
    return {"region_code": "64.01", "totals": [{"stage": "peserta", "value": value, "status": status, **more}]}


def test_a_total_over_batches_bounds_the_hidden_ones(tmp_path: Path) -> None:
    """Region 64.01 hides both batches; its total of 3 leaves 0 to 3 in each."""
    path = "api/v1/regions/64.01.json"
    assert reasons(audited_site(tree(path, region(3)), tmp_path / "three")) == {"too_tight"}
    assert audited_site(tree(path, region(150)), tmp_path / "many").breaches == ()
    assert audited_site(tree(path, region(None)), tmp_path / "none").breaches == ()


def test_the_total_of_an_earlier_release_is_about_its_own_batches(tmp_path: Path) -> None:
    """Before t1 and t2 were counted from registers, 3 people were all that anybody knew of in this region."""
    kept = "api/v1/releases/2024.01/regions/64.01.json"
    base = tree("api/v1/regions/64.01.json", region(150)) | {kept: document(region(3))}
    assert audited_site(base, tmp_path).breaches == ()


def test_a_total_over_batches_less_the_printed_ones_gives_the_hidden_one(tmp_path: Path) -> None:
    own = [row for row in counts() if row["batch_id"] == "t1"]
    own += rows("stage _T\npeserta 120\nasesi 100\nkompeten 70", batch="t2")
    own += rows("stage 64.01 64.02 64.03\npeserta 50 30 40", "region_code", batch="t2")
    own += rows("stage L P _U\npeserta - - 0", "sex", batch="t2")
    base = tree("api/v1/regions/64.01.json", region(57))
    for name, content in site(own).items():
        if "observations" in name and name in base:
            base[name] = content
    base["downloads/all.zip"] = site(own)["downloads/all.zip"]
    result = audited_site(base, tmp_path)
    assert "recovered" in reasons(result)
    assert "api/v1/regions/64.01.json#/data/totals/0" in result.breaches[0].chain
    base["api/v1/regions/64.01.json"] = document(region(50))
    assert audited_site(base, tmp_path / "printed-sum").breaches == ()


def test_the_upper_end_of_a_range_bounds_a_hidden_count(tmp_path: Path) -> None:
    for name, high, expected in (("planted", 3, {"too_tight"}), ("near", 200, set())):
        total = {"stage": "peserta", "value": 0, "status": "released", "bound": "at_least", "low": 0, "high": high}
        data = {"region_code": "64.01", "totals": [total]}
        assert reasons(audited_site(tree("api/v1/regions/64.01.json", data), tmp_path / name)) == expected


@pytest.mark.parametrize("measure", ["porsi_perempuan", "porsi_p"])
@pytest.mark.parametrize(("value", "decimals"), [(2.5, 1), (2.5, 3), (33.3, 1), (35, 0)])
def test_a_percentage_with_a_known_base_pins_its_numerator(
    tmp_path: Path, measure: str, value: float, decimals: int
) -> None:
    own = rate(measure, value, numerator=None, denominator=120, decimals=decimals)
    planted = tree("api/v1/batches/t1.json", {"batch_id": "t1", "rates": [own]})
    assert reasons(audited_site(planted, tmp_path)) == {"recovered", "rate_of_hidden"}


def test_a_coarse_share_of_a_large_base_pins_nothing_and_is_refused_all_the_same(tmp_path: Path) -> None:
    """No rate where a part is hidden: the rule does not wait for the arithmetic."""
    data = {"batch_id": "t1", "rates": [rate("porsi_perempuan", 40, numerator=None, denominator=120, decimals=-1)]}
    assert reasons(audited_site(tree("api/v1/batches/t1.json", data), tmp_path)) == {"rate_of_hidden"}


def test_a_numerator_printed_beside_a_rate_is_the_hidden_count_itself(tmp_path: Path) -> None:
    data = {"batch_id": "t1", "rates": [rate("porsi_perempuan", 25.8, numerator=31, denominator=120)]}
    assert "recovered" in reasons(audited_site(tree("api/v1/batches/t1.json", data), tmp_path))
    data = {"batch_id": "t1", "rates": [rate("tingkat_kompeten", 70, numerator=70, denominator=100)]}
    assert audited_site(tree("api/v1/batches/t1.json", data), tmp_path / "near").breaches == ()


def test_a_figure_per_ten_thousand_gives_the_count_back(tmp_path: Path) -> None:
    own = rate("peserta_per_10000", 0.36, numerator=None, denominator=309667, decimals=2)
    cell = {"batch_id": "t1", "stage": "peserta", "value": None, "status": "hidden", "rate": own}
    planted = tree("api/v1/regions/64.01.json", {"region_code": "64.01", "by_batch": [cell]})
    assert reasons(audited_site(planted, tmp_path)) == {"recovered", "rate_of_hidden"}


def test_target_and_gap_give_what_was_achieved(tmp_path: Path) -> None:
    own = [row for row in counts() if row["batch_id"] == "t1" and row["sex"] == "_T"]
    own = [
        {**row, "value": "", "status": "hidden", "precision": ""} if row["stage"] == "kompeten" else row for row in own
    ]
    data = [
        {
            "target": {"target_id": "x", "stage": "kompeten", "value": 100},
            "achieved": {
                "value": 96,
                "status": "released",
                "batches_with_figure": ["t1"],
                "batches_without_figure": [],
            },
        }
    ]
    base = tree("api/v1/progress.json", data)
    for name, content in site(own).items():
        if "observations" in name and name in base:
            base[name] = content
    base["downloads/all.zip"] = site(own)["downloads/all.zip"]
    base["api/v1/batches/t1.json"] = document({"batch_id": "t1"})
    assert "recovered" in reasons(audited_site(base, tmp_path))
    data[0]["achieved"] = {
        "value": None,
        "status": "hidden",
        "batches_with_figure": [],
        "batches_without_figure": ["t1"],
    }
    base["api/v1/progress.json"] = document(data)
    assert audited_site(base, tmp_path / "near").breaches == ()


@pytest.mark.parametrize("name", ["low", "high", "people", "index", "size"])
def test_a_number_beside_a_hidden_count_is_found(tmp_path: Path, name: str) -> None:
    cell = {"stage": "peserta", "sex": "P", "value": None, "status": "hidden", "statements": 1, name: 3}
    planted = {"batch_id": "t1", "cells": [cell]}
    assert reasons(audited_site(tree("api/v1/batches/t1.json", planted), tmp_path)) == {"value_beside_hidden"}
    del cell[name]
    near = json.loads(json.dumps(planted))
    assert audited_site(tree("api/v1/batches/t1.json", near), tmp_path / "near").breaches == ()


def test_what_others_print_of_a_subtracted_stage_raises_the_sum_that_is_left() -> None:
    """20 dropped out of both batches; the press says 3 or 5 assessed of t2, so that 23 to 25 are left to t1."""
    stated = (("t1", "peserta", None), ("t1", "asesi", 10), ("t2", "asesi", 3), ("t2", "asesi", 5))
    cells = [
        Cell(
            key=Key(batch, stage, NOWHERE),
            value=value,
            status="hidden" if value is None else "released",
            precision="exact",
            source_id=batch,
            is_register=batch == "t1",
            address="",
        )
        for batch, stage, value in stated
    ]
    dropped = {"measure_id": "angka_gugur", "numerator": 20, "denominator": None, "value": None}
    formulas = formulas_of({"api/v1/measures.json": {"data": MEASURES}})
    totals, ratios = aggregates([("api/v1/x.json", dropped)], cells, formulas=formulas)
    assert [(total.low, total.high, [size for _, size in total.terms]) for total in totals] == [(23, 25, [1, -1])]
    assert ratios == ()
