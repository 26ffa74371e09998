"""Observations cut ready to use: for each batch, region of residence and year, with all their columns.

Each is a comma file and, for spreadsheets set to Indonesian, a semicolon file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kompeten.forms.downloads.columns import Cell
from kompeten.forms.downloads.tables import FOLDER, Table
from kompeten.forms.downloads.written import comma_file, semicolon_file
from kompeten.ground.vocabulary import ALL, UNKNOWN

SLICES = f"{FOLDER}slices/"
CUTS: Mapping[str, str] = {"batches": "batch_id", "regions": "region_code", "years": "year"}
"""Folder of each cut to the column that it is made by."""


def slices(table: Table) -> Mapping[str, bytes]:
    """Give the rows of each value of each cut, by path; table: the observations. All and unknown are no slice."""
    return {
        f"{SLICES}{folder}/{value}{ending}": write(replace(table, rows=tuple(rows)))
        for folder, column in CUTS.items()
        for value, rows in _by(table, column).items()
        if value not in (ALL, UNKNOWN)
        for ending, write in ((".csv", comma_file), (".id.csv", semicolon_file))
    }


def _by(table: Table, column: str) -> Mapping[str, list[tuple[Cell, ...]]]:
    place = [each.name for each in table.columns].index(column)
    found: dict[str, list[tuple[Cell, ...]]] = {}
    for row in table.rows:
        found.setdefault(str(row[place]), []).append(row)
    return found
