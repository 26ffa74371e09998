"""The history of the data: every release beside the one before it, from what each of them published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kompeten.api.catalogue import ROOT
from kompeten.ground.findings import LANGUAGES, Finding, Label
from kompeten.ground.model import Compilation, Release
from kompeten.intake.messages import finding
from kompeten.intake.rules.releases import FILE, heading_row
from kompeten.statistics.changes import Change, Told, next_version, told, told_by_documents
from kompeten.statistics.declared import Record, drafts, record

FIRST_VERSION = "1.0.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One release beside the one before it.

    before: id of that one; None for the first. record: what moved; None where nothing is kept of one of the two.
    version: of the data, by rule (``statistics.changes.next_version``); None where it cannot be known.
    """

    release: Release
    before: str | None
    record: Record | None
    version: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Every release, oldest first. missing: earlier releases of which nothing is kept."""

    steps: tuple[Step, ...]
    missing: tuple[str, ...] = ()
    tables: Mapping[str, Told] = field(default_factory=dict, repr=False)

    def step(self, release: str) -> Step:
        """Give the step to a release."""
        return next(step for step in self.steps if step.release.id == release)


def published_documents(files: Mapping[str, bytes], release: str) -> Mapping[str, Any]:
    """Give the documents that a release published, by path below ``/api/v1/``. files: what is kept, or a site's own."""
    folder = f"{ROOT}releases/{release}/"
    return {
        path.removeprefix(folder): json.loads(content)
        for path, content in files.items()
        if path.startswith(folder) and path.endswith(".json")
    }


def history(compilation: Compilation, kept: Mapping[str, bytes]) -> History:
    """Set every release beside the one before it; the last one is the compilation itself."""
    releases = compilation.releases
    tables = {
        row.id: told_by_documents(documents) for row in releases if (documents := published_documents(kept, row.id))
    }
    missing = tuple(row.id for row in releases[:-1] if row.id not in tables)
    tables[releases[-1].id] = told(compilation)
    first = record({}, {}, releases[0].declarations)
    steps = [Step(release=releases[0], before=None, record=first, version=FIRST_VERSION)]
    for before, row in pairwise(releases):
        known = before.id in tables and row.id in tables
        found = record(tables[before.id], tables[row.id], row.declarations) if known else None
        past = steps[-1].version
        version = next_version(past, [each.change for each in found.changes]) if found and past else None
        steps.append(Step(release=row, before=before.id, record=found, version=version))
    return History(steps=tuple(steps), missing=missing, tables=tables)


def history_findings(found: History, text: str) -> Iterator[Finding]:
    """Say what moved without its reason, what is declared and did not move, and what was not kept.

    text: releases.toml, whose lines the findings name.
    """
    for number, step in enumerate(found.steps):
        row = heading_row(text, number)
        if step.release.id in found.missing:
            yield finding("release-not-kept", file=FILE, row=row, release=step.release.id)
        if step.record is not None:
            yield from _of_step(step, step.record, row)


def _of_step(step: Step, found: Record, row: int | None) -> Iterator[Finding]:
    lines = drafts(found.undeclared, found.changes)
    for address in sorted(lines):
        said = _said([change for change in found.undeclared if change.address == address])
        yield finding("change-undeclared", file=FILE, row=row, change=said, before=step.before, lines=lines[address])
    for each in found.unmatched:
        yield finding(
            "declaration-of-nothing",
            file=FILE,
            row=row,
            column=each.kind,
            address=each.address,
            before=step.before or "-",
        )
    for each in found.twice:
        yield finding("declaration-twice", file=FILE, row=row, column=each.kind, address=each.address)
    for each, change in found.misquoted:
        shown = f"{'-' if change.old is None else change.old} → {'-' if change.new is None else change.new}"
        yield finding("declaration-misquotes", file=FILE, row=row, column=each.kind, address=each.address, change=shown)


def _said(found: Sequence[Change]) -> Label:
    """Say what happened at one address, each change with its kind."""
    return Label(*("; ".join(dict.fromkeys(change.line(language) for change in found)) for language in LANGUAGES))
