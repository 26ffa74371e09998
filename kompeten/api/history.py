"""The history of the data: every release beside the one before it, from what each of them published."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from kompeten.api import ROOT
from kompeten.api.data_hash import data_hash
from kompeten.ground.findings import Finding, Label
from kompeten.ground.model import Compilation
from kompeten.intake.messages import finding, quoted
from kompeten.intake.rules.releases import FILE, heading_row
from kompeten.statistics.changes import Change, next_version
from kompeten.statistics.declared import History, Record, Step, drafts, record
from kompeten.statistics.parts import Told, told, told_by_documents

FIRST_VERSION = "1.0.0"


def published_documents(
    files: Mapping[str, bytes], release: str, names: Collection[str] | None = None
) -> Mapping[str, Any]:
    """Give the documents that a release published, by path below ``/api/v1/``; those named alone, where any are.

    files: what is kept, or a site's own.
    """
    folder = f"{ROOT}releases/{release}/"
    return {
        path.removeprefix(folder): json.loads(content)
        for path, content in files.items()
        if path.startswith(folder) and path.endswith(".json") and (names is None or path.removeprefix(folder) in names)
    }


def history(compilation: Compilation, kept: Mapping[str, bytes]) -> History:
    """Set every release beside the one before it; the last one is the compilation itself."""
    releases = compilation.releases
    said = {row.id: found for row in releases if (found := _said_by(published_documents(kept, row.id), row.id))}
    tables = {release: found for release, (found, _) in said.items()}
    hashes = {release: found for release, (_, found) in said.items()}
    tables[releases[-1].id], hashes[releases[-1].id] = told(compilation), data_hash(compilation)
    steps: list[Step] = []
    for number, row in enumerate(releases):
        before = releases[number - 1].id if number else None
        earlier = before or row.id  # the first release beside itself: nothing moved, and what it declares is judged too
        known = row.id in tables and earlier in tables
        moved = record(tables[earlier], tables[row.id], row.declarations) if known else None
        past = steps[-1].version if steps else None
        version = next_version(past, [each.change for each in moved.changes]) if moved and past else None
        steps.append(
            Step(
                release=row,
                before=before,
                record=moved,
                version=version if steps else FIRST_VERSION,
                data_hash=hashes.get(row.id),
            )
        )
    return History(steps=tuple(steps), missing=tuple(row.id for row in releases[:-1] if row.id not in tables))


def _said_by(documents: Mapping[str, Any], release: str) -> tuple[Told, str | None] | None:
    """Give what a release says, and its hash; None where nothing is kept of it, or what no site of ours writes."""
    try:
        return (told_by_documents(documents), _hash_of(documents, release)) if documents else None
    except (LookupError, TypeError, AttributeError, ValueError):
        return None


def _hash_of(documents: Mapping[str, Any], release: str) -> str | None:
    rows = documents.get("releases.json", {}).get("data", ())
    return next((row["data_hash"] for row in rows if row["id"] == release), None)


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
        for change, release in found.reused(step):
            yield finding("id-used-again", file=FILE, row=row, address=change.address, release=release)


def _of_step(step: Step, found: Record, row: int | None) -> Iterator[Finding]:
    here = partial(finding, file=FILE, row=row)
    lines, before = drafts(found.undeclared, found.changes), step.before or "-"
    for address in sorted(lines):
        said = _said([change for change in found.undeclared if change.address == address])
        yield here("change-undeclared", change=said, before=step.before, lines=lines[address])
    for each in found.unmatched:
        yield here("declaration-of-nothing", column=each.kind, address=quoted(each.address), before=before)
    for each in found.strayed:
        heirs = ", ".join(map(quoted, each.successors))
        yield here("declaration-successor", column=each.kind, address=quoted(each.address), successor=heirs)
    for each in found.twice:
        yield here("declaration-twice", column=each.kind, address=quoted(each.address))
    for each, change in found.misquoted:
        figures = " → ".join("-" if figure is None else str(figure) for figure in (change.old, change.new))
        yield here("declaration-misquotes", column=each.kind, address=each.address, change=figures)


def _said(found: Sequence[Change]) -> Label:
    """Say what happened at one address, each change with its kind."""
    return Label.written(lambda language: "; ".join(dict.fromkeys(change.line(language) for change in found)))
