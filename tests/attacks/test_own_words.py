"""The repository's own words and data beside a register that hides a count of every group: nothing is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kompeten import REPOSITORY
from kompeten.audit.reading.accounts import own_texts, unaccounted
from kompeten.audit.reading.package import Table, published_of, read_table
from kompeten.ground.vocabulary import DIMENSION
from tests.attacks.planting import Row, row, rows

BATCH, SOURCE = "kaltim-2026-1", "register-2026"


def with_register(tables: dict[str, Table]) -> dict[str, Table]:
    """Give the tables of the repository with a batch of a register, of which one count of each code is hidden."""
    hidden = [
        row(BATCH, "peserta", {name: own[dimension.codes.key]}, "-", SOURCE)
        for name, dimension in DIMENSION.items()
        for own in tables[dimension.codes.name].rows
        if own[dimension.codes.key] not in ("_T", "_U")
    ]
    batch = {"batch_id": BATCH, "programme_id": "kaltim", "year": "2026", "number": "1", "name_id": "Tahap I 2026"}
    more: dict[str, Sequence[Row]] = {
        "observations": [*rows("stage _T\npeserta 120", batch=BATCH, source=SOURCE), *hidden],
        "batches": [batch],
        "sources": [{"source_id": SOURCE, "kind": "register", "title_id": "Register peserta"}],
    }
    return {
        name: replace(table, rows=(*table.rows, *(dict.fromkeys(table.header, "") | own for own in more.get(name, ()))))
        for name, table in tables.items()
    }


def test_nothing_of_the_repository_is_refused_whatever_group_is_hidden() -> None:
    data = REPOSITORY / "data"
    paths = [
        path for package in ("reference", "batches", "outcomes") for path in sorted((data / package).glob("*.csv"))
    ]
    tables = with_register({path.stem: read_table(path, path.relative_to(data).as_posix()) for path in paths})
    files = [*data.glob("*/datapackage.json"), *data.glob("*.toml"), *data.glob("*.md")]
    texts = [(path.relative_to(data).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(files)]
    published = published_of(tables, texts)
    assert sum(cell.status == "hidden" for cell in published.register) > 100
    own = list(own_texts())
    assert len(own) > 100
    assert list(unaccounted(published, tables, texts, own)) == []
    docs = [replace(each, text=f"{each.text} Dari Kabupaten Paser lulus 3 orang.") for each in own[:3]]
    assert {breach.chain[0] for breach in unaccounted(published, tables, texts, docs)} == {
        each.address for each in docs
    }
