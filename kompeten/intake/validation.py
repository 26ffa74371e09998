"""Validation as a whole: read, judge by the schemas, judge by the rules. What the build and the commands call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kompeten.ground.compiling import compile_model
from kompeten.ground.findings import Finding, folded
from kompeten.ground.model import Compilation
from kompeten.ground.workshop import ALONE, Workshop
from kompeten.intake.packages import Packages, Tables, brought_up, check, read, tables
from kompeten.intake.permanent import Kept, read_kept
from kompeten.intake.rules import judge_by_rules, open_book, waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A data folder with everything that is wrong with it; ``tables`` is sound where ``findings`` is empty.

    kept: files of earlier releases, which stay as they were published. waiting: how many rules could not be judged,
    and the tables and files that must be mended before they can.
    """

    packages: Packages
    tables: Tables
    kept: Kept
    findings: tuple[Finding, ...]
    waiting: tuple[int, tuple[str, ...]]

    @property
    def releases(self) -> tuple[Mapping[str, Any], ...]:
        """Give the releases of releases.toml, oldest first."""
        return self.packages.released

    @property
    def synthetic(self) -> bool:
        """Say whether the packages call themselves synthetic; the rules see to it that they agree."""
        return any(package.descriptor.get("synthetic") is True for package in self.packages.packages)

    @property
    def descriptors(self) -> Mapping[str, Mapping[str, Any]]:
        return {package.name: package.descriptor for package in self.packages.packages}

    def compiled(self) -> Compilation:
        """Give the data as one value; only where there are no findings."""
        return compile_model(self.tables, self.releases, synthetic=self.synthetic)


CAUSES = frozenset((
    "hidden-character", "personal-data", "lookalike", "odd-blank", "formula", "broken-value", "broken-encoding",
    "address", "markup",
))  # fmt: skip
"""Rules about texts that say why the schemas find fault with the same cell."""


def examine(data_dir: Path, record_dir: Path, workshop: Workshop = ALONE) -> Examined:
    """Read a data folder and judge all of it. record_dir: the repository's own data folder, for the schemas.

    workshop: what it remembers as sound is not judged by the schemas again.
    """
    packages = read(data_dir)
    record = packages if data_dir == record_dir else read(record_dir)
    packages = brought_up(packages, record)
    listed = tuple(str(row.get("id")) for row in packages.released) or None
    found, kept = check(packages, record, workshop), read_kept(data_dir, listed)
    book = open_book(packages, record, found)
    ruled = tuple(judge_by_rules(book))
    said = {(each.file, each.row, each.column) for each in ruled if each.rule in CAUSES}
    # Of one cell the cause is said, not what the schemas make of it.
    caused = (each for each in found if (each.file, each.row, each.column) not in said)
    findings = folded((*caused, *ruled, *kept.findings))
    return Examined(packages=packages, tables=tables(packages), kept=kept, findings=findings, waiting=waiting(book))
