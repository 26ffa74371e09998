"""Changes beside what was declared about them: nothing moves undeclared, and nothing is declared that did not move."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kompeten.ground.findings import Label
from kompeten.ground.model import Declaration, Release
from kompeten.ground.vocabulary import Act
from kompeten.statistics.changes import Change, Kind, address_of, changes, covers, likely_rename
from kompeten.statistics.parts import PART, Told

ACTS: Mapping[Kind, tuple[Act, ...]] = {
    "revised": ("correction", "revision"),
    "preferred": ("preference",),
    "removed": ("removal",),
    "renamed": ("rename",),
    "redefined": ("redefinition",),
}
"""Kind of change to the declarations that it needs one of; what was added or worded anew needs none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One change with the declaration that gives its reason; None where it needs none, or has none."""

    change: Change
    declaration: Declaration | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything that moved between two releases, and what is wrong with the declarations.

    undeclared: changes without their reason; unmatched: declarations of what did not change that way; twice: those of
    which an earlier one says the same; misquoted: those whose figures are not the published ones; strayed: those
    whose successor there is not.
    """

    changes: tuple[Recorded, ...] = ()
    undeclared: tuple[Change, ...] = ()
    unmatched: tuple[Declaration, ...] = ()
    strayed: tuple[Declaration, ...] = ()
    twice: tuple[Declaration, ...] = ()
    misquoted: tuple[tuple[Declaration, Change], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One release beside the one before it.

    before: id of that one; None for the first. record: what moved; None where nothing is kept of one of the two.
    version: of the data, by rule (``changes.next_version``); None where it cannot be known. data_hash: of what it
    published; None where that is not kept.
    """

    release: Release
    before: str | None
    record: Record | None
    version: str | None
    data_hash: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Every release, oldest first. missing: earlier releases of which nothing is kept."""

    steps: tuple[Step, ...]
    missing: tuple[str, ...] = ()

    def step(self, release: str) -> Step:
        return next(step for step in self.steps if step.release.id == release)

    def reused(self, step: Step) -> Iterator[tuple[Change, str]]:
        """Give the rows that a release added under an id that an earlier one had renamed, with that release."""
        renamed = self.left_before(step.release.id, "renamed")
        for each in step.record.changes if step.record else ():
            if each.change.kind == "added" and each.change.address in renamed:
                yield each.change, renamed[each.change.address]

    def left_before(self, release: str, *kinds: Kind) -> Mapping[str, str]:
        """Give every address that releases before one left by a change of some kinds, with the last that did."""
        earlier = takewhile(lambda step: step.release.id != release, self.steps)
        moved = ((step, each.change) for step in earlier if step.record for each in step.record.changes)
        return {change.address: step.release.id for step, change in moved if change.kind in kinds}


def record(
    old: Told, new: Told, declarations: Sequence[Declaration], renames: Sequence[tuple[str, str]] | None = None
) -> Record:
    """Set what changed between two releases beside what was declared. renames: those declared, where None."""
    if renames is None:
        renames = [(each.address, each.successor or "") for each in declarations if each.kind == "rename"]
    found = changes(old, new, renames)
    gone = {change.address for change in found if change.kind == "removed"}
    recorded = tuple(Recorded(change=change, declaration=_reason(change, declarations, gone)) for change in found)
    needy = (each for each in recorded if each.change.kind in ACTS and each.declaration is None)
    return Record(
        changes=recorded,
        undeclared=tuple(each.change for each in needy if not each.change.names & gone),
        unmatched=tuple(each for each in declarations if not any(_is_about(each, change) for change in found)),
        strayed=tuple(_strayed(declarations, new)),
        twice=tuple(_twice(declarations)),
        misquoted=tuple(_misquoted(declarations, found)),
    )


def renames_of(releases: Iterable[Release]) -> tuple[tuple[str, str], ...]:
    """Give the addresses before and after of every rename that releases declared, in their order."""
    declared = (each for release in releases for each in release.declarations if each.kind == "rename")
    return tuple((each.address, each.successor or "") for each in declared)


def chained(renames: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Give every address that was renamed with the one it has at last. renames: oldest first."""
    found: dict[str, str] = {}
    for before, after in renames:
        # What led to the old address leads on to the new one.
        found = {first: after if last == before else last for first, last in found.items()} | {before: after}
    return found


def withdrawn(step: Step) -> Iterator[tuple[Change, Declaration]]:
    """Give every id that a release withdrew or renamed by name, with its declaration; cells and rows below are none."""
    for each in step.record.changes if step.record else ():
        declared, change = each.declaration, each.change
        if change.kind not in ("removed", "renamed") or change.table in ("observations", "context"):
            continue
        if declared is not None and covers(declared.address, change.address):
            yield change, declared


def followed(address: str, heirs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Give what took the place of an address at last, each once. heirs: by address, what took the place of each."""
    ends: dict[str, None] = {}
    seen, todo = {address}, list(heirs.get(address, ()))
    while todo:
        each = todo.pop(0)
        if each not in seen:
            seen.add(each)
            # What took the place of one stands where that one stood.
            todo[:0] = heirs.get(each, ())
            ends |= {} if each in heirs else {each: None}
    return tuple(ends)


def _is_about(declaration: Declaration, change: Change) -> bool:
    return declaration.kind in ACTS.get(change.kind, ()) and covers(declaration.address, change.address)


def _reason(change: Change, declarations: Sequence[Declaration], gone: set[str]) -> Declaration | None:
    """Give the declaration of a change; what stood under a withdrawn id shares that id's."""
    own = [each for each in declarations if _is_about(each, change)]
    exact = [each for each in own if each.address == change.address]
    if own or change.kind != "removed":
        return next(iter(exact or own), None)
    above = change.names & gone
    return next((each for each in declarations if each.kind == "removal" and each.address in above), None)


def _twice(declarations: Sequence[Declaration]) -> Iterator[Declaration]:
    """Give the declarations of a figure, an id or a meaning that another one is about already."""
    seen: set[tuple[str, str]] = set()
    for each in declarations:
        # Either says why one figure moved: both together say it twice.
        about = (each.address, "correction" if each.kind == "revision" else each.kind)
        if about in seen:
            yield each
        seen.add(about)


def _strayed(declarations: Sequence[Declaration], new: Told) -> Iterator[Declaration]:
    """Give the declarations of which something that took the place is not there."""
    tables = {declared_table(heir) for each in declarations for heir in each.successors}
    there = {address_of(table, row) for table in tables for row in new.get(table, {}).values()}
    for each in declarations:
        if not {*each.successors} <= there:
            yield each


def declared_table(address: str) -> str:
    """Give the table that an address is of: the one that it begins with, or that of the cells."""
    start = address.split("/")[0]
    return start if start in PART else "context" if start == "konteks" else "observations"


def _misquoted(declarations: Sequence[Declaration], found: Sequence[Change]) -> Iterator[tuple[Declaration, Change]]:
    """Give the declarations that quote a figure, and the change none of whose rows has it."""
    for each in declarations:
        about = [change for change in found if _is_about(each, change)]
        quoted = (each.old, each.new)
        if about and not any(_agrees(quoted, change) for change in about):
            yield each, about[0]


def _agrees(quoted: tuple[int | None, int | None], change: Change) -> bool:
    pairs = zip(quoted, (change.old, change.new), strict=True)
    return all(said is None or said == published for said, published in pairs)


# --- drafts -----------------------------------------------------------------------------------------------------------


def drafts(
    undeclared: Sequence[Change], found: Sequence[Recorded], reason: Callable[[Act], Label] | None = None
) -> Mapping[str, str]:
    """Give the lines to paste into releases.toml, by address. reason: what an office says of each act; left to fill in
    where there is none.
    """
    all_changes = [each.change for each in found]
    texts: dict[str, str] = {}
    for change in undeclared:
        text = _draft(change, likely_rename(change, all_changes), reason)
        if text not in texts.get(change.address, ""):
            texts[change.address] = "\n".join(filter(None, (texts.get(change.address), text)))
    return texts


def _draft(change: Change, names: tuple[str, str] | None, reason: Callable[[Act], Label] | None) -> str:
    act, address, said = ACTS[change.kind][0], json.dumps(change.address), Label("", "")
    asked = ['asked_by = ""']
    if reason:
        asked, said = ['asked_by = "office"'], reason(act)
    if names:
        head = ["[[release.rename]]", f'from = "{names[0]}"', f'to = "{names[1]}"']
    elif act in ("removal", "redefinition"):
        head = [f"[[release.{act}]]", f"address = {address}"]
    else:
        both = {"from": change.old, "to": change.new}
        figures = (f"{name} = {figure}" for name, figure in both.items() if isinstance(figure, int))
        head = ["[[release.correction]]", f"cell = {address}", f'kind = "{act}"', *figures]
        asked.append(f'source_id = "{change.row.get("source_id", "")}"')
    words = (f"reason_{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in said._asdict().items())
    return "\n".join([*head, *words, *asked, ""])
