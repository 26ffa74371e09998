"""What is published around protected cells: what stands of an earlier release, what is marked, what is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kompeten.ground.doormark import Mark, marks_for, marks_of
from kompeten.ground.rows import rows_of
from kompeten.ground.vocabulary import DIMENSIONS
from kompeten.register.hiding.joint import EarlierCells
from kompeten.register.hiding.protect import ProtectedCell
from kompeten.register.publishing import package
from kompeten.register.publishing.folder import FolderError, read_rows, write_folder
from kompeten.register.publishing.package import (
    EarlierFolder,
    Surroundings,
    assemble,
    read_earlier,
    refuse_untold,
    unmoved,
)
from tests.some import some
from tests.unit.register.registers import plain_config
from tests.unit.register.tables import POLICY, ROOT, table, with_tables

DATA = ROOT / "data"
WHOLE = ("_T",) * len(DIMENSIONS)
MEN, WOMEN = (tuple(code if name == "sex" else "_T" for name in DIMENSIONS) for code in ("L", "P"))


def cell(batch_id: str, stage: str, place: tuple[str, ...], value: int | None) -> ProtectedCell:
    return ProtectedCell(
        batch_id=batch_id,
        table="t",
        stage=stage,  # type: ignore[arg-type]
        coordinates=place,
        value=value,
        status="hidden" if value is None else "released",
        precision="" if value is None else "exact",
        reason="",
        people=3 if value is None else value,
    )


def row(batch_id: str, stage: str, place: tuple[str, ...], value: str, **changes: str) -> dict[str, str]:
    """Give one row of an earlier release."""
    return {
        "batch_id": batch_id,
        "stage": stage,
        **dict(zip(DIMENSIONS, place, strict=True)),
        "value": value,
        "status": "released" if value else "hidden",
        "precision": "exact" if value else "",
        "as_of": "2026-10-01",
        "source_id": "register-t",
        "preferred": "true",
        "note_id": "lama",
        "note_en": "old",
        **changes,
    }


def earlier_with(**changes: Any) -> EarlierFolder:
    empty: dict[str, Any] = {"cells": (), "rows": {}, "observations": (), "context": (), "preferences": ()}
    return EarlierFolder(**{**empty, "releases": "", "is_synthetic": True, **changes})


def around_with(**changes: Any) -> Surroundings:
    plain: dict[str, Any] = {"rows": {}, "as_of": "2026-11-01", "source_id": "register-t", "releases": ""}
    return Surroundings(**{**plain, "note_id": "baru", "note_en": "new", "is_synthetic": True, **changes})


def rows_in(files: dict[str, bytes], name: str) -> Sequence[dict[str, str]]:
    return rows_of(files[name].decode())


CELLS = (
    cell("b-1", "peserta", WHOLE, 33),
    cell("b-1", "peserta", WOMEN, None),
    cell("b-1", "selesai", WHOLE, 28),
    cell("b-1", "selesai", WOMEN, 9),
    cell("b-1", "kompeten", WOMEN, None),
)
BEFORE = (
    row("b-1", "peserta", WHOLE, "33"),
    row("b-1", "peserta", WOMEN, ""),
    row("b-1", "selesai", WHOLE, "18"),
    row("b-1", "selesai", WOMEN, "9"),
    row("b-1", "kompeten", WOMEN, "", status="unknown"),
    row("b-0", "peserta", WHOLE, "40", source_id="register-z"),
)


def test_a_stage_that_stands_keeps_its_date_and_one_that_moved_has_the_new_one_throughout() -> None:
    files = assemble(DATA, CELLS, around_with(earlier=earlier_with(observations=BEFORE)), POLICY)
    told = [
        (own["batch_id"], own["stage"], own["sex"], own["value"], own["status"], own["precision"], own["as_of"])
        for own in rows_in(files, "outcomes/observations.csv")
    ]
    assert told == [
        ("b-0", "peserta", "_T", "40", "released", "exact", "2026-10-01"),
        ("b-1", "kompeten", "P", "", "hidden", "", "2026-11-01"),
        ("b-1", "peserta", "P", "", "hidden", "", "2026-10-01"),
        ("b-1", "peserta", "_T", "33", "released", "exact", "2026-10-01"),
        ("b-1", "selesai", "P", "9", "released", "exact", "2026-11-01"),
        ("b-1", "selesai", "_T", "28", "released", "exact", "2026-11-01"),
    ]
    assert {(own["preferred"], own["note_en"]) for own in rows_in(files, "outcomes/observations.csv")[1:]} == {
        ("true", "new")
    }


def test_the_marks_of_batches_carried_over_stand_beside_the_new_ones_by_batch() -> None:
    old = [
        Mark(batch_id="b-1", source_id="register-t", policy_sha256="p", rows_sha256="of before"),
        Mark(batch_id="b-0", source_id="register-z", policy_sha256="p", rows_sha256="carried"),
    ]
    around = around_with(earlier=earlier_with(observations=BEFORE, marks=old))
    files = assemble(DATA, CELLS, around, POLICY)
    own = marks_for(rows_in(files, "outcomes/observations.csv"), "register-t", POLICY)
    assert [mark.batch_id for mark in own] == ["b-1"]
    assert marks_of(json.loads(files["outcomes/datapackage.json"])) == (old[1], *own)


def test_context_and_batches_of_the_earlier_release_stay_unless_written_anew() -> None:
    context, batch = read_rows(DATA / "outcomes/context.csv")[0], read_rows(DATA / "batches/batches.csv")[0]
    old = earlier_with(
        context=[{**context, "context_id": "old"}],
        rows={"batches": [{**batch, "batch_id": own, "name_en": "old"} for own in ("b-0", "b-1")]},
    )
    around = around_with(
        earlier=old,
        context=[{**context, "context_id": "new"}],
        rows={"batches": [{**batch, "batch_id": "b-1", "name_en": "new"}]},
        replaced={"population": [{**read_rows(DATA / "reference/population.csv")[0], "population_total": "7"}]},
    )
    files = assemble(DATA, CELLS, around, POLICY)
    assert [own["context_id"] for own in rows_in(files, "outcomes/context.csv")] == ["old", "new"]
    batches = [(own["batch_id"], own["name_en"]) for own in rows_in(files, "batches/batches.csv")]
    assert batches == [("b-0", "old"), ("b-1", "new")]
    assert [own["population_total"] for own in rows_in(files, "reference/population.csv")] == ["7"]
    assert rows_in(files, "reference/regions.csv") == read_rows(DATA / "reference/regions.csv")


def test_invented_data_are_marked_loudly_and_keep_only_the_sources_of_the_code_lists() -> None:
    files = assemble(DATA, CELLS, around_with(), POLICY)
    descriptor = json.loads(files["outcomes/datapackage.json"])
    assert [descriptor[name] for name in ("synthetic", "title", "title_en", "description", "description_en")] == [
        True,
        "DATA SINTETIS: Hasil pelatihan dan sertifikasi",
        "SYNTHETIC DATA: Outcomes of training and certification",
        "Rekaan, bukan data nyata. "
        "Hitungan peserta, asesi, dan SKK menurut sumbernya, beserta konteks ketenagakerjaan.",
        "Invented, not real data. "
        "Counts of participants, people assessed and certificates by source, with context on the workforce.",
    ]
    named = {
        own["source_id"]
        for path in sorted((DATA / "reference").glob("*.csv"))
        for own in read_rows(path)
        if own.get("source_id")
    }
    assert {own["source_id"] for own in rows_in(files, "batches/sources.csv")} == named
    assert rows_in(files, "batches/batches.csv") == ()


def test_real_output_keeps_the_reasons_of_targets_and_budgets_and_not_those_of_counts() -> None:
    files = assemble(DATA, CELLS, around_with(is_synthetic=False), POLICY)
    reasons = read_rows(DATA / "outcomes/preferences.csv")
    kept = some(own for own in reasons if own["cell_id"].split("/")[0] in ("targets", "budgets"))
    assert rows_in(files, "outcomes/preferences.csv") == kept
    assert len(kept) < len(reasons)


@pytest.mark.parametrize("is_synthetic", [True, False])
def test_invented_and_real_releases_never_mix(is_synthetic: bool) -> None:
    around = around_with(is_synthetic=is_synthetic, earlier=earlier_with(is_synthetic=not is_synthetic))
    with pytest.raises(FolderError) as refused:
        assemble(DATA, CELLS, around, POLICY)
    assert refused.value.args[0].en == (
        "name an earlier release of the same programme ← one is synthetic, the other real"
    )


def test_of_an_earlier_release_only_what_a_register_counted_is_read_as_such(tmp_path: Path) -> None:
    source = read_rows(DATA / "batches/sources.csv")[0]
    kinds = {"register-t": "register", "koran": "press"}
    rows = {"sources": [{**source, "source_id": own, "kind": kind} for own, kind in kinds.items()]}
    other = [row("b-9", "peserta", WHOLE, "50", source_id="koran")]
    files = assemble(DATA, CELLS[:2], around_with(rows=rows, earlier=earlier_with(observations=other)), POLICY)
    write_folder(tmp_path / "data", files)
    found = read_earlier(tmp_path / "data")
    values = {("peserta", WHOLE): 33, ("peserta", WOMEN): None}
    assert found.cells == (EarlierCells(batch_id="b-1", values=values),)
    assert found.is_synthetic
    assert [mark.batch_id for mark in found.marks] == ["b-1"]


def test_the_tables_that_a_plan_lacks_now_are_named_with_the_stages_it_lacks() -> None:
    values = {("peserta", WHOLE): 33, ("peserta", WOMEN): 9, ("kompeten", WOMEN): 8, ("selesai", MEN): 8}
    cells = (EarlierCells(batch_id="b-1", values=values),)
    policy = with_tables(POLICY, table("tahap"), table("jk", "sex", stages=("peserta",)))
    (dropped,) = earlier_with(cells=cells).dropped(policy)
    assert (dropped.name, dropped.dimensions, dropped.stages) == ("earlier+sex", ("sex",), ("selesai", "kompeten"))


def test_a_correction_that_moves_no_count_of_its_own_batch_is_not_announced() -> None:
    text = "".join(
        f'[[corrections]]\nbatch_id = "{own}"\nreason_id = "salah salin"\nreason_en = "copied wrongly"\n'
        for own in ("contoh-2026-1", "contoh-2026-2")
    )
    cells = [cell("contoh-2026-1", "peserta", WHOLE, 33), cell("contoh-2026-2", "peserta", WHOLE, 44)]
    before = [EarlierCells(batch_id=own.batch_id, values={("peserta", WHOLE): 33}) for own in cells]
    assert unmoved(plain_config(extra=text), earlier_with(cells=before), cells) == {"contoh-2026-1"}
    assert unmoved(plain_config(extra=text), None, cells) == frozenset()


def site_of(*batches: str) -> SimpleNamespace:
    register = [SimpleNamespace(key=SimpleNamespace(batch_id=own)) for own in batches]
    return SimpleNamespace(published=SimpleNamespace(register=register))


@pytest.mark.parametrize(
    ("standing", "sites", "told", "asked"),
    [
        (("b-1",), [], 0, ["1 at least ← b-1"]),
        (("b-1",), [], 1, []),
        (("b-1",), [("b-1",), ("b-1", "b-2"), ("b-9",)], 1, ["2 at least ← b-1, b-2"]),
        (("b-1",), [("b-1",), ("b-1", "b-2"), ("b-9",)], 2, []),
        (("b-9",), [("b-9",)], 0, []),
    ],
)
def test_as_many_earlier_releases_are_named_as_the_data_hold_of_these_batches(
    monkeypatch: pytest.MonkeyPatch,
    standing: tuple[str, ...],
    sites: list[tuple[str, ...]],
    told: int,
    asked: list[str],
) -> None:
    cells = tuple(EarlierCells(batch_id=own, values={}) for own in standing)
    monkeypatch.setattr(package, "read_earlier", lambda _: earlier_with(cells=cells))
    monkeypatch.setattr(package, "policy_for", lambda _: POLICY)
    monkeypatch.setattr(package, "kept_sites", lambda *_: iter([site_of(*own) for own in sites]))
    said = []
    try:
        refuse_untold(Path("data"), ["b-1", "b-2"], told)
    except FolderError as refused:
        said.append(refused.args[0].en)
    assert said == [
        f"name every release that holds it with --previous, newest first: {own}: published already, as data/ says"
        for own in asked
    ]
