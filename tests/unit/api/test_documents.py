"""What documents say beside the figures: who published them, and which shares follow from the rows of one source."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kompeten.api.documents import contexts, observations
from kompeten.api.history import history
from kompeten.api.shaping import compute
from tests.spec.drawn import compiled

BATCH = "batch_id number\nb1 1"


def test_every_release_stands_beside_the_one_before_it() -> None:
    compilation = compiled(batches=BATCH)
    ids = ("2026.10", "2026.11", "2026.12")
    releases = tuple(replace(compilation.releases[0], id=name) for name in ids)
    found = history(replace(compilation, releases=releases), {})
    assert [(step.release.id, step.before) for step in found.steps] == list(zip(ids, (None, *ids), strict=False))
    assert found.missing == ids[:2]
    assert [step.version for step in found.steps] == ["1.0.0", None, None]


@pytest.mark.parametrize(
    ("cell", "publisher"), [("12 released", "Koran"), ("- hidden", "Koran"), ("- unknown", None)], ids=str
)
def test_nobody_publishes_a_figure_that_is_not_there(cell: str, publisher: str | None) -> None:
    compilation = compiled(batches=BATCH, observations=f"batch_id value status\nb1 {cell}")
    (row,) = observations(compute(compilation))
    assert (row.publisher, row.source_id) == (publisher, "a")


@pytest.mark.parametrize(
    ("certified", "share"),
    [
        ("a 2025 _T 64 -", "60.00"),
        ("b 2025 _T 64 -", None),
        ("a 2024 _T 64 -", None),
        ("a 2025 ahli 64 -", None),
        ("a 2025 _T 64.72 -", None),
        ("a 2025 _T 64 misprint", None),
    ],
    ids=["of_one_source", "of_another_source", "of_another_day", "of_a_level", "of_another_place", "a_misprint"],
)
def test_the_share_not_certified_comes_from_one_source_one_day_and_one_place(certified: str, share: str | None) -> None:
    table = "context_id value measure source_id as_of qualification_level region_code mark"
    rows = f"{table}\nw 100 pekerja_konstruksi a 2025 _T 64 -\nc 40 bersertifikat {certified}"
    workers, row = contexts(compute(compiled(batches=BATCH, context=rows)))
    assert workers.rate is None
    assert (row.rate.value if row.rate else None) == (share and Decimal(share))
