"""The data packages: read from disk once, checked, and given as typed rows.

``read`` is the only part that touches the disk; ``check`` and ``tables`` think. The order of trust: our own reading
comes first (plain paths, no links, bounded sizes, unique keys), then the schemas of record, then frictionless as the
judge of every cell. Frictionless never sees a descriptor that somebody else wrote: it gets the rows and the
repository's own schemas.
"""

from __future__ import annotations

from kompeten.intake.packages.checking import check
from kompeten.intake.packages.later import brought_up
from kompeten.intake.packages.reading import read
from kompeten.intake.packages.typed import tables
from kompeten.intake.packages.values import PACKAGES, Cell, Package, Packages, Table, Tables, TypedRow

__all__ = [
    "PACKAGES", "Cell", "Package", "Packages", "Table", "Tables", "TypedRow", "brought_up", "check", "read", "tables",
]  # fmt: skip
