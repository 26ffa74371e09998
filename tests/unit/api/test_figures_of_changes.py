"""A figure in the record of changes is whole where both are, and exact beside it where one has a fraction."""

from __future__ import annotations

from tests.published import published

NAMES = ("old", "new", "difference", "old_exact", "new_exact", "difference_exact")


def test_each_figure_stands_in_one_place_by_whether_it_is_whole() -> None:
    rows = published("real").rows("changes/2026.12.json")
    found = {row["address"]: tuple(row[name] for name in NAMES) for row in rows}
    for whole in (figures[:3] for figures in found.values()):
        assert all(value is None or type(value) is int for value in whole)
    exact = {address: figures for address, figures in found.items() if figures[3:] != (None, None, None)}
    assert exact
    for figures in exact.values():
        assert figures[:3] == (None, None, None)
        assert any(value is not None and value != int(value) for value in figures[3:])
