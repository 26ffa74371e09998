"""The repository's own words and data beside a register that hides a count of every group: nothing is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kompeten import REPOSITORY
from kompeten.audit.reading.accounts import unaccounted
from kompeten.audit.reading.before import Told, nothing, told_before
from kompeten.audit.reading.data_tables import Table, read_table
from kompeten.audit.reading.package import published_of
from kompeten.audit.reading.written import own_texts
from kompeten.ground import store
from kompeten.ground.vocabulary import DIMENSION
from tests.attacks.planting import Row, row, rows

DATA = REPOSITORY / "data"
BATCH, SOURCE = "kaltim-2026-1", "register-2026"


def own_tables() -> dict[str, Table]:
    """Give the tables of the repository, by name."""
    paths = (
        path for package in ("reference", "batches", "outcomes") for path in sorted((DATA / package).glob("*.csv"))
    )
    return {path.stem: read_table(path, path.relative_to(DATA).as_posix()) for path in paths}


def with_register(tables: dict[str, Table], batch_id: str = BATCH) -> dict[str, Table]:
    """Give the tables of the repository with a batch of a register, of which one count of each code is hidden."""
    hidden = [
        row(batch_id, "peserta", {name: own[dimension.codes.key]}, "-", SOURCE)
        for name, dimension in DIMENSION.items()
        for own in tables[dimension.codes.name].rows
        if own[dimension.codes.key] not in ("_T", "_U")
    ]
    batch = {"batch_id": BATCH, "programme_id": "kaltim", "year": "2026", "number": "1", "name_id": "Tahap I 2026"}
    more: dict[str, Sequence[Row]] = {
        "observations": [*rows("stage _T\npeserta 120", batch=batch_id, source=SOURCE), *hidden],
        "batches": [batch] if batch_id == BATCH else [],
        "sources": [{"source_id": SOURCE, "kind": "register", "title_id": "Register peserta"}],
    }
    return {
        name: replace(table, rows=(*table.rows, *(dict.fromkeys(table.header, "") | own for own in more.get(name, ()))))
        for name, table in tables.items()
    }


def test_nothing_of_the_repository_is_refused_whatever_group_is_hidden() -> None:
    tables = with_register(own_tables())
    files = [*DATA.glob("*/datapackage.json"), *DATA.glob("*.toml"), *DATA.glob("*.md")]
    texts = [(path.relative_to(DATA).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(files)]
    published = published_of(tables, texts)
    assert sum(cell.status == "hidden" for cell in published.register) > 100
    own = list(own_texts())
    assert len(own) > 100
    assert list(unaccounted(published, tables, texts, own)) == []
    docs = [replace(each, text=f"{each.text} Dari Kabupaten Paser lulus 3 orang.") for each in own[:3]]
    assert {breach.chain[0] for breach in unaccounted(published, tables, texts, docs)} == {
        each.address for each in docs
    }


OF_PRESS = ("kaltim-2025-1", "kaltim-2025-2", "kaltim-2025-4", "kaltara-2025")
"""Batches that the press describes, with numbers of its own."""


def told(tables: dict[str, Table], before: Told) -> set[str]:
    """Give the places of the texts for which nothing accounts."""
    releases = ("releases.toml", (DATA / "releases.toml").read_text(encoding="utf-8"))
    found = unaccounted(published_of(tables, ()), tables, [releases], (), before)
    return {breach.chain[0] for breach in found}


@pytest.mark.parametrize("batch", OF_PRESS)
def test_what_the_press_said_before_the_register_is_no_news(batch: str) -> None:
    tables = with_register(own_tables(), batch)
    assert bool(told(tables, nothing)) == (batch != "kaltara-2025")
    assert told(tables, told_before(None, DATA)) == set()


@pytest.mark.parametrize(
    ("change", "beside"),
    [
        ({"note_id": "12 peserta dari Kabupaten Paser."}, ""),
        ({"note_id": "Bagian yang dibayar APBD provinsi; 12 dari Paser."}, ""),
        ({"note_en": "The part paid by the provincial budget, twelve from Paser."}, ""),
        ({"source_id": SOURCE, "note_id": "17 peserta berasal dari Kutai Kartanegara."}, ""),
        ({"note_id": "17 peserta berasal dari Kutai Kartanegara."}, "kaltim-2025-2"),
        ({"source_id": "tidak-ada", "note_id": "474 ditambah 327 peserta"}, ""),
    ],
)
def test_what_is_written_beside_the_press_now_is_news(change: dict[str, str], beside: str) -> None:
    """A note of a paper that is new, edited or of another batch, or of a source that nobody can look up."""
    tables = with_register(own_tables(), "kaltim-2025-1")
    own = tables["observations"]
    place = next(number for number, row in enumerate(own.rows) if row["source_id"] == "kaltimdaily")
    assert any(row["batch_id"] == beside and row["note_id"] == change.get("note_id") for row in own.rows) == bool(
        beside
    )
    before = told_before(None, DATA)
    for at in (place, len(own.rows)):
        planted = (*own.rows[:at], {**own.rows[place], **change}, *own.rows[max(at, place) + 1 :])
        new = {**tables, "observations": replace(own, rows=planted)}
        assert told(new, before) == {f"outcomes/observations.csv:{at + 2}"}


def test_the_record_goes_by_the_releases_that_it_keeps_and_no_other_folder_is_believed(tmp_path: Path) -> None:
    row = {"batch_id": "a-2025", "source_id": "koran", "note": {"id": "474 ditambah 327", "en": "474 plus 327"}}
    release = {"corrections": [{"cell": "b-2025/peserta", "reason": {"id": "801", "en": "801"}}], "publisher": "K 7"}
    files = {"observations": [row], "releases": [release]}
    kept = {f"api/v1/releases/2026.11/{name}.json": json.dumps({"data": own}).encode() for name, own in files.items()}
    store.put(tmp_path, "2026.11", {**kept, "api/v1/releases/2026.11/broken.json": b"["})
    expected = {("a-2025", "474 ditambah 327"), ("koran", "474 plus 327"), ("b-2025", "801")}
    expected |= {("a-2025", "474 plus 327"), ("koran", "474 ditambah 327")}
    assert told_before(tmp_path, tmp_path)() == expected
    believed = told_before(tmp_path, DATA)()
    assert believed == told_before(None, DATA)() > told_before(DATA, DATA)() > frozenset()
    assert not {("koran", "474 ditambah 327"), ("b-2025", "801")} & believed
    (tmp_path / "outcomes").mkdir()
    table = "batch_id,source_id,kind,note_id\n,reg,register,\na,reg,,satu\na,koran,,dua\nb,koran,,tiga\n"
    (tmp_path / "outcomes/all.csv").write_text(table, encoding="utf-8")
    assert told_before(None, tmp_path)() == expected | {("b", "b"), ("b", "koran"), ("b", "tiga")}
