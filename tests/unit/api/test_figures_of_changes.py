"""A figure in the record of changes is written as the figure itself is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import TypeAdapter

from kompeten.api.shapes import Figure


@pytest.mark.parametrize(("value", "written"), [("31", b"31"), ("-2", b"-2"), ("59.85", b"59.85"), ("100.00", b"100")])
def test_a_whole_figure_has_no_fraction_and_another_keeps_its_own(value: str, written: bytes) -> None:
    assert TypeAdapter(Figure).dump_json(Decimal(value)) == written
