"""The officer's report, a page of its own: what the public will see, what is hidden and why, what merging would win.

It tells small counts from those hidden with them, so it must not leave the office; it names no person and no single
hidden count.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jinja2

from kompeten import REPOSITORY
from kompeten.ground.findings import LANGUAGES, Finding, Label
from kompeten.ground.policy import Policy
from kompeten.ground.vocabulary import ALL, DIMENSIONS
from kompeten.ground.wording import officered
from kompeten.intake.messages import joined
from kompeten.register.hiding.optional import LeftOut
from kompeten.register.hiding.protect import PlanRefused, ProtectedCell, ProtectedRelease

Names = Mapping[str, Mapping[str, Label]]
"""Names of codes in both languages: by dimension, ``stage`` and ``batch_id``, then by code."""

TEMPLATES = REPOSITORY / "site_templates" / "officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read of the register: rows of people, other rows, and how often each accepted check struck.

    unseen: batches whose declared correction moves no count that readers see.
    notes: which tables are left out, and why.
    """

    people: int
    left_out: int
    accepted: Mapping[str, int]
    unseen: Collection[str] = ()
    notes: Collection[Label] = ()


def release_report(
    release: ProtectedRelease, policy: Policy, names: Names, read: Read, merges: Sequence[tuple[Label, int | None]]
) -> str:
    """Write the report of a release. merges: what to merge, and how many counts fewer that hides where it was tried."""
    lines = [
        officered("report_merge_alone" if won is None else "report_merge_wins", proposal=proposal, count=won)
        for proposal, won in merges
    ]
    return _page(
        "release",
        summary=list(_summary(release, policy, read)),
        threshold=policy.threshold,
        merges=lines or [officered("report_merge_none")],
        batches=list(_batches(release.cells, names)),
    )


def untold_lines(untold: Collection[str], names: Names) -> tuple[Label, ...]:
    """Say which tables are left out because the register tells nothing of their dimensions."""
    return tuple(officered("report_untold", dimension=names["dimension"][name]) for name in untold)


def left_out_lines(gone: Collection[LeftOut], policy: Policy, names: Names) -> tuple[Label, ...]:
    """Say which stages of tables are left out because too much would be hidden, and how an officer keeps them."""
    return tuple(
        officered(
            "report_optional",
            batch=names["batch_id"].get(each.batch_id, Label(each.batch_id, each.batch_id)),
            dimension=joined(names["dimension"][name] for name in each.table.dimensions),
            stage=names["stage"][each.stage],
            before=math.ceil(each.before * 100),
            after=math.ceil(each.after * 100),
            most=policy.hidden_aim_pct,
        )
        for each in gone
    )


def refusal_report(refused: PlanRefused) -> str:
    return _page("refused", reasons=refused.reasons, proposals=refused.proposals)


def findings_report(findings: Sequence[Finding]) -> str:
    """Write what to mend in the register: place and rule, never a value."""
    return _page("findings", findings=[Label(*(each.line(language) for language in LANGUAGES)) for each in findings])


def _page(kind: str, **values: object) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    template = environment.get_template("report.html")
    return template.render(kind=kind, title=officered(f"report_title_{kind}"), say=officered, **values) + "\n"


def _summary(release: ProtectedRelease, policy: Policy, read: Read) -> Iterator[Label]:
    hidden = sum(cell.status == "hidden" for cell in release.cells)
    yield officered("report_people", count=read.people)
    yield officered("report_left_out", count=read.left_out)
    for rule, count in read.accepted.items():
        yield officered("report_accepted", rule=rule, count=count)
    for batch in sorted(read.unseen):
        yield officered("report_unseen", batch=batch)
    yield from read.notes
    yield officered(
        "report_shown",
        shown=len(release.cells) - hidden,
        all=len(release.cells),
        hidden=hidden,
        pct=release.hidden_share_pct,
        most=policy.hidden_share_pct,
    )
    yield officered("report_attack")


def _batches(cells: Sequence[ProtectedCell], names: Names) -> Iterator[Mapping[str, Any]]:
    """Give every table of every batch as the site will print it, in the plan's order."""
    batches: dict[str, dict[str, list[ProtectedCell]]] = {}
    for cell in cells:
        batches.setdefault(cell.batch_id, {}).setdefault(cell.table, []).append(cell)
    for batch_id, tables in batches.items():
        name = names["batch_id"].get(batch_id, Label(batch_id, batch_id))
        yield {"name": name, "tables": [_table(own, names) for own in tables.values()]}


def _table(cells: Sequence[ProtectedCell], names: Names) -> Mapping[str, Any]:
    stages = [*dict.fromkeys(cell.stage for cell in cells)]
    rows: dict[tuple[str, ...], dict[str, ProtectedCell]] = {}
    for cell in cells:
        rows.setdefault(cell.coordinates, {})[cell.stage] = cell
    parts = [dimension for place, dimension in enumerate(DIMENSIONS) if any(row[place] != ALL for row in rows)]
    return {
        "name": joined(names["dimension"][part] for part in parts) if parts else officered("report_total"),
        "stages": [names["stage"][stage] for stage in stages],
        "rows": [
            {"name": _group(coordinates, names), "cells": [own.get(stage) for stage in stages]}
            for coordinates, own in rows.items()
        ],
    }


def _group(coordinates: Sequence[str], names: Names) -> Label:
    codes = [(part, code) for part, code in zip(DIMENSIONS, coordinates, strict=True) if code != ALL]
    return (
        joined(names[part].get(code, Label(code, code)) for part, code in codes) if codes else officered("report_total")
    )
