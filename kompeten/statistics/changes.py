"""Differences between two data folders, cell by cell. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kompeten.ground.findings import Label, Language
from kompeten.ground.vocabulary import DIMENSIONS

Tables = Mapping[str, Sequence[Mapping[str, Any]]]

KEYS: Mapping[str, tuple[str, ...]] = {
    "observations": ("batch_id", "stage", *DIMENSIONS, "source_id"),
    "context": ("context_id",),
    "targets": ("target_id",),
    "budgets": ("budget_id",),
}
"""The tables that hold figures, and what names one figure in each."""

KINDS: Mapping[str, Label] = {
    "added": Label("baru", "added"),
    "removed": Label("dihapus", "removed"),
    "revised": Label("diubah", "revised"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure that was added, removed or revised. old and new are None where there is no value."""

    table: str
    key: str
    kind: Literal["added", "removed", "revised"]
    old: int | None
    new: int | None
    old_status: str | None
    new_status: str | None

    @property
    def difference(self) -> int | None:
        """Give new minus old, or None where one of them has no value."""
        return None if self.old is None or self.new is None else self.new - self.old

    def line(self, language: Language) -> str:
        """Give the change as one line of text; tables by their names in the packages."""
        before, after = _shown(self.old, self.old_status), _shown(self.new, self.new_status)
        moved = "" if self.difference is None else f" ({self.difference:+d})"
        return f"{KINDS[self.kind].text(language)}: {self.table}: {self.key}: {before} → {after}{moved}"


def changes(old: Tables, new: Tables) -> Iterator[Change]:
    """Give every figure that differs, by table and key."""
    for table, key in KEYS.items():
        before = {_name(row, key): row for row in old[table]}
        after = {_name(row, key): row for row in new[table]}
        for name in sorted({*before, *after}):
            one, other = before.get(name), after.get(name)
            if _said(one) != _said(other):
                yield _change(table, name, one, other)


def _change(table: str, name: str, one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> Change:
    kind: Literal["added", "removed", "revised"] = "added" if one is None else "removed" if other is None else "revised"
    (old, old_status), (new, new_status) = _said(one), _said(other)
    return Change(table=table, key=name, kind=kind, old=old, new=new, old_status=old_status, new_status=new_status)


def _said(row: Mapping[str, Any] | None) -> tuple[int | None, str | None]:
    return (None, None) if row is None else (row["value"], row.get("status", "released"))


def _name(row: Mapping[str, Any], key: Sequence[str]) -> str:
    return "/".join(str(row[name]) for name in key)


def _shown(value: int | None, status: str | None) -> str:
    """Show a value, or the status that stands for it, or a dash where there was no row."""
    return status or "-" if value is None else str(value)
