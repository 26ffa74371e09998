"""What changed between two releases: figures, meanings, ids, sources and preferences. Pure.

Both sides are read as ``Told``: table to key to fields, from a compilation or from the documents that a release
published. Only fields that both sides know are compared, so that a field added to a shape is no change of the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, repeat
from typing import Any, Literal

from kompeten.ground.findings import Language
from kompeten.ground.vocabulary import ALL, DIMENSIONS
from kompeten.ground.wording import spoken
from kompeten.statistics.parts import FIGURES, PART, PARTS, REFERENCES, Fields, Key, Part, Told, keyed

Kind = Literal["added", "removed", "renamed", "revised", "preferred", "redefined", "reworded"]
COORDINATES = (*DIMENSIONS, "programme_id", "year", "target_id", "measure", "period", "code")
"""Further columns that say what a row is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One field of a row before and after."""

    field: str
    old: Any
    new: Any

    def line(self, language: Language) -> str:
        """Give the field with both values; of a label in the other language where only that one moved."""
        labels = [each for each in (self.old, self.new) if isinstance(each, dict)]
        if len(labels) == 2 and labels[0][language] == labels[1][language]:
            language = "en" if language == "id" else "id"
        return f"{self.field}: {_text(self.old, language)} → {_text(self.new, language)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that a release added, removed or changed.

    address: what a declaration names: the cell of a count, or table and key. before: fields of the earlier release,
    its ids as the later one calls them, of the source used then where another is preferred; after: those of the later
    one; None where there is no row. moves: the fields
    that differ, in the order of the table; empty where the row came or went.
    """

    table: str
    address: str
    kind: Kind
    before: Fields | None
    after: Fields | None
    moves: tuple[Move, ...] = ()
    successor: str | None = None

    @property
    def row(self) -> Fields:
        """Give the row, the later one where there is one."""
        return self.after or self.before or {}

    @property
    def names(self) -> frozenset[str]:
        """Give the addresses of the ids that the row names: its batch, its source, its codes."""
        named = ((name, value) for name, value in self.row.items() if name in REFERENCES and value is not None)
        return frozenset(f"{REFERENCES[name]}/{value}" for name, value in named) - {self.address}

    @property
    def coordinates(self) -> tuple[tuple[str, str], ...]:
        """Give what the row is about, column and code; what counts everybody or says nothing is left out."""
        named = ((name, self.row.get(name)) for name in ("batch_id", "stage", *COORDINATES))
        return tuple((name, str(value)) for name, value in named if value is not None and value != ALL)

    @property
    def has_figure(self) -> bool:
        """Tell whether rows of this table hold a figure."""
        return bool(PART[self.table].figures)

    @property
    def old(self) -> int | Decimal | None:
        """Give the figure of the earlier release; None where it had none."""
        return figure_of(self.table, self.before)

    @property
    def new(self) -> int | Decimal | None:
        """Give the figure of the later release; None where it has none."""
        return figure_of(self.table, self.after)

    @property
    def difference(self) -> int | Decimal | None:
        """Give new minus old, or None where one of them has no value."""
        return None if self.old is None or self.new is None else self.new - self.old

    def line(self, language: Language) -> str:
        """Give the change as one line of text: kind, address, both figures; tables by their names in the packages."""
        return f"{spoken('kind', language)(self.kind)}: {self.said(language)}"

    def said(self, language: Language) -> str:
        """Give what changed as one line of text, without its kind."""
        if self.kind == "renamed":
            return f"{self.address} → {self.successor}"
        if self.kind in ("redefined", "reworded"):
            return f"{self.address}: " + "; ".join(move.line(language) for move in self.moves)
        if not self.has_figure:
            return self.address
        source = f" ({self.row['source_id']})" if self.table in ("observations", "context") else ""
        moved = f" ({self.difference:+})" if self.difference else ""
        others = "".join(f"; {move.line(language)}" for move in self.moves if move.field not in FIGURES)
        both = " → ".join(_shown(self.table, row) for row in (self.before, self.after))
        return f"{self.address}{source}: {both}{moved}{others}"


# --- addresses --------------------------------------------------------------------------------------------------------


def address_of(table: str, row: Fields) -> str:
    """Give the address of a row as declarations write it: a cell as in preferences.csv, anything else table and key."""
    if table == "observations":
        parts = [f"{name}={row[name]}" for name in DIMENSIONS if row[name] != ALL]
        return "/".join([row["batch_id"], row["stage"], *parts])
    if table == "context":
        parts = [row["measure"], row["region_code"], row["period"]]
        level = [row["qualification_level"]] if row["qualification_level"] != ALL else []
        return "/".join(["konteks", *parts, *level, *([row["batch_id"]] if row["batch_id"] else [])])
    return "/".join([table, *(str(row[name]) for name in PART[table].key)])


def covers(declared: str, address: str) -> bool:
    """Tell whether a declared address names another; one that ends in ``/*`` names all below it."""
    return address == declared or (declared.endswith("/*") and address.startswith(declared[:-1]))


# --- comparing --------------------------------------------------------------------------------------------------------


def changes(old: Told, new: Told, renames: Sequence[tuple[str, str]] = ()) -> tuple[Change, ...]:
    """Give everything that differs, table by table in order of key.

    renames: addresses before and after, as declared; those that match nothing change nothing.
    """
    valid = tuple(pair for pair in renames if _is_rename(pair, old, new))
    before = renamed(old, valid)
    found = [_renamed(pair, old, new) for pair in valid]
    for part in PARTS:
        if part.name in new:
            found += _of_table(part, before.get(part.name, {}), new[part.name])
    return tuple(found)


def _of_table(part: Part, old: Mapping[Key, Fields], new: Mapping[Key, Fields]) -> Iterator[Change]:
    used = {address_of(part.name, row): row for row in old.values() if row.get("preferred")}
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        address = address_of(part.name, after or before or {})
        if before is None or after is None:
            kind: Kind = "added" if before is None else "removed"
            if not part.follows:
                yield Change(table=part.name, address=address, kind=kind, before=before, after=after)
            continue
        by_kind: dict[Kind, tuple[str, ...]] = {
            "revised": part.figures,
            "preferred": ("preferred",) if after.get("preferred") else (),
            "redefined": part.meanings,
            "reworded": part.wordings,
        }
        for kind, names in by_kind.items():
            earlier = used.get(address, before) if kind == "preferred" else before
            if moves := tuple(_moves(names, before, after)):
                yield Change(table=part.name, address=address, kind=kind, before=earlier, after=after, moves=moves)


def _moves(names: Sequence[str], before: Fields, after: Fields) -> Iterator[Move]:
    for name in names:
        if name in before and name in after and before[name] != after[name]:
            yield Move(field=name, old=before[name], new=after[name])


def split_address(address: str) -> tuple[str, Key]:
    """Give table and key of an address that names a row of a table: ``batches/kaltim-2025-1``."""
    table, *key = address.split("/")
    return table, tuple(key)


def _is_rename(pair: tuple[str, str], old: Told, new: Told) -> bool:
    (table, before), (other, after) = map(split_address, pair)
    rows, later = old.get(table, {}), new.get(table, {})
    return table == other and before in rows and before not in later and after in later and after not in rows


def _renamed(pair: tuple[str, str], old: Told, new: Told) -> Change:
    (table, key), (_, later) = map(split_address, pair)
    before, after = old[table][key], new[table][later]
    return Change(table=table, address=pair[0], kind="renamed", before=before, after=after, successor=pair[1])


def renamed(old: Told, renames: Sequence[tuple[str, str]]) -> Told:
    """Give what a release said, in the ids of the later one."""
    names: dict[str, dict[str, str]] = {}
    for before, after in renames:
        (table, key), (_, other) = split_address(before), split_address(after)
        names.setdefault(table, {})[key[0]] = other[0]
    if not names:
        return old
    return {
        table: keyed(PART[table], [{f: _new_name(table, f, v, names) for f, v in row.items()} for row in rows.values()])
        for table, rows in old.items()
    }


def _new_name(table: str, field: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> Any:
    if not isinstance(value, str):
        return value
    if field in ("numerator", "denominator"):
        return re.sub(r"\w+", lambda word: names.get("stages", {}).get(word[0], word[0]), value)
    if field == "cell_id":
        return _new_cell(value, names)
    found = names.get(own_list(table, field) or REFERENCES.get(field, ""), {})
    codes = value.split() if field == "successors" else [value]
    return " ".join(found.get(code, code) for code in codes)


def _new_cell(address: str, names: Mapping[str, Mapping[str, str]]) -> str:
    """Give the address of a cell, or of a row, in the ids of the later release."""
    parts = address.split("/")
    homes: list[tuple[str, ...]] = [("batches",), ("stages",)]
    homes += [(REFERENCES.get(part.partition("=")[0], ""),) for part in parts[2:]]
    if parts[0] == "konteks":
        # After the period stands a level, a batch, or one after the other: which, only the id itself tells.
        last = ("qualification_levels", "batches")
        homes = [(), ("context_measures",), ("regions",), (), last, last]
    elif parts[0] in PART:
        homes = [(), (parts[0],)]
    return "/".join(_new_part(part, own, names) for part, own in zip(parts, chain(homes, repeat(())), strict=False))


def _new_part(part: str, homes: tuple[str, ...], names: Mapping[str, Mapping[str, str]]) -> str:
    """Give one part of an address, ``sex=P`` or an id, as the later release calls it. homes: tables it may be of."""
    column, mark, code = part.rpartition("=")
    new = next((names[table][code] for table in homes if code in names.get(table, {})), code)
    return f"{column}{mark}{new}"


def own_list(table: str, field: str) -> str | None:
    """Give the list that a column of codes names within its own table; None for any other column."""
    if field not in ("code", "parent_code", "successors"):
        return None
    return "classifications" if (table, field) == ("positions", "parent_code") else table


def likely_rename(change: Change, found: Sequence[Change]) -> tuple[str, str] | None:
    """Give table and id before and after, where an added row differs from a removed one in its id alone."""
    table, key = change.table, PART[change.table].key
    if change.kind != "removed" or len(key) != 1 or change.before is None:
        return None
    twins = (each.after for each in found if each.kind == "added" and each.table == table)
    ids = (str(twin[key[0]]) for twin in twins if twin and _but(twin, key[0]) == _but(change.before, key[0]))
    return next(((f"{table}/{change.before[key[0]]}", f"{table}/{other}") for other in ids), None)


def _but(row: Fields, key: str) -> Fields:
    return {name: value for name, value in row.items() if name != key}


# --- words ------------------------------------------------------------------------------------------------------------


def figure_of(table: str, row: Fields | None) -> int | Decimal | None:
    """Give the figure of a row, exact; None where it has none."""
    value = None if row is None else row.get("population" if table == "population" else "value")
    return value if value is None or isinstance(value, int) else Decimal(str(value))


def _shown(table: str, row: Fields | None) -> str:
    """Show a value, or the status that stands for it, or a dash where there was no row."""
    if row is None:
        return "-"
    value = figure_of(table, row)
    return str(row.get("status", "-")) if value is None else str(value)


def _text(value: Any, language: Language) -> str:
    return str(value[language]) if isinstance(value, dict) else "-" if value is None else str(value)


# --- version ----------------------------------------------------------------------------------------------------------

MAJOR: frozenset[Kind] = frozenset(("removed", "renamed", "redefined"))


def next_version(version: str, found: Sequence[Change]) -> str:
    """Give the version of the data after a release: major where something was removed, renamed or redefined, minor
    where something was added, patch where figures, preferences or wording alone moved; the same where nothing did."""
    major, minor, patch = map(int, version.split("."))
    kinds = {change.kind for change in found}
    if kinds & MAJOR:
        return f"{major + 1}.0.0"
    if "added" in kinds:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}" if kinds else version
