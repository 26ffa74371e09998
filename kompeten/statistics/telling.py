"""Changes between releases as sentences, in both languages: what it was, what it is now. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from kompeten.ground import formats
from kompeten.ground.findings import Label, Language
from kompeten.ground.model import Compilation
from kompeten.ground.vocabulary import ALL, DIMENSION
from kompeten.ground.wording import spoken
from kompeten.statistics.changes import Change, Move, figure_of, own_list
from kompeten.statistics.parts import FIGURES, PART, REFERENCES

NAMES = ("name", "title", "subject")
"""Fields that name a row in words."""

CALLED: Mapping[str, str] = {
    **dict.fromkeys(("level", "phase", "track"), "kind"),
    "classification": "parent_code",
    "successor": "successors",
    "population_total": "population",
    "reference_period": "population_period",
    "source_id": "population_source_id",
}
"""Column to what documents call it, where it differs."""
ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """How tables and their columns are called, as the data packages say it. fields: by table, then column.

    gone: rows that a release withdrew, by table and id; back: addresses that it brought back, with the release that
    had withdrawn each.
    """

    tables: Mapping[str, Label]
    fields: Mapping[str, Mapping[str, Label]]
    gone: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict, repr=False)
    back: Mapping[str, str] = field(default_factory=dict, repr=False)

    def at(self, moved: Sequence[Change], every: Sequence[Change], withdrawn: Mapping[str, str]) -> Titles:
        """Give the titles for the changes of one release. every: those of all; withdrawn: by address, the release that
        withdrew each."""
        lost = [each for each in every if each.kind in ("removed", "renamed") and each.before is not None]
        added = [each.address for each in moved if each.kind == "added" and each.address in withdrawn]
        gone = {(each.table, each.address.partition("/")[2]): each.before or {} for each in lost}
        return replace(self, gone=gone, back={address: withdrawn[address] for address in added})


def titles(descriptors: Mapping[str, Mapping[str, Any]]) -> Titles:
    """Read the titles of tables and columns from the descriptors of the packages, by name."""
    resources = [each for descriptor in descriptors.values() for each in descriptor["resources"]]
    return Titles(
        tables={each["name"]: Label(each["title"], each["title_en"]) for each in resources},
        fields={each["name"]: dict(_columns(each["schema"]["fields"])) for each in resources},
    )


def _columns(fields: Any) -> Iterator[tuple[str, Label]]:
    """Give the title of each column; what stands in two languages has one title."""
    for each in fields:
        name, label = each["name"], Label(each["title"], each.get("title_en", each["title"]))
        yield name, label
        if name in CALLED:
            yield CALLED[name], label
        if name.endswith("_id") and label.id.endswith(" (Indonesia)"):
            yield name.removesuffix("_id"), Label(*(text.partition(" (")[0] for text in label))


def sentence(change: Change, compilation: Compilation, called: Titles, language: Language) -> str:
    """Say one change. A code that is no more is said as it was written."""
    return _Teller(compilation=compilation, called=called, language=language).sentence(change)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """One language of the changes of one release."""

    compilation: Compilation
    called: Titles
    language: Language

    def say(self, key: str, **values: str) -> str:
        return spoken("change", self.language)(key, **values)

    def sentence(self, change: Change) -> str:
        what = self.what(change)
        old, new = self.figure(change, change.before), self.figure(change, change.after)
        told = FIGURES if old == new else (*FIGURES, "status")  # a figure that is none says its status itself
        others = "; ".join(self.move(change, each) for each in change.moves if each.field not in told)
        match change.kind:
            case "added" if change.address in self.called.back and not new:
                return self.say("back", what=what, release=self.called.back[change.address])
            case "added":
                return self.say("new_figure", what=what, new=new) if new else self.say("new", what=what)
            case "removed":
                return self.say("gone_figure", what=what, old=old) if old else self.say("gone", what=what)
            case "renamed":
                ids = (change.address.partition("/")[2], (change.successor or "").partition("/")[2])
                return self.say("renamed", what=what, old=ids[0], new=ids[1])
            case "preferred":
                both = (str((row or {}).get("source_id")) for row in (change.before, change.after))
                former, source = (self.code("sources", source_id) for source_id in both)
                others = self.say("before", source=former, old=old) if former != source else ""
                return self.say("preferred", what=self.what(change, named=False), source=source, new=new, others=others)
            case "reworded":
                return self.say("reworded", what=what)
        if old == new:
            return self.say("differs", what=what, others=others)
        difference = f" ({formats.number(change.difference, self.language, signed=True)})" if change.difference else ""
        return self.say("moved", what=what, old=old, new=f"{new}{difference}", others=f"; {others}" if others else "")

    def what(self, change: Change, *, named: bool = True) -> str:
        """Name what changed: a cell in words with its source, or a table and the name of the row."""
        row = change.row
        if change.table == "observations":
            parts = [self.code("stages", row["stage"]), self.code("batches", row["batch_id"])]
            parts += [self.code(d.codes.name, row[name]) for name, d in DIMENSION.items() if row[name] != ALL]
        elif change.table == "context":
            parts = [self.code("context_measures", row["measure"]), self.code("regions", row["region_code"])]
            parts.append(formats.date(row["period"], self.language))
        elif "programme_id" in row and "unit" in row:
            parts = [f"{self.table(change.table)} {row['year']}", self.code("units", row["unit"])]
            parts.append(self.code("programmes", row["programme_id"]))
        else:
            return f"{self.table(change.table)}, {self.row_name(change)}"
        source = f" ({self.code('sources', row['source_id'])})" if named and row.get("source_id") else ""
        return ", ".join(parts) + source

    def row_name(self, change: Change) -> str:
        """Name a row by its own words, or by what its key names."""
        label = next((change.row[name] for name in NAMES if isinstance(change.row.get(name), dict)), None)
        if label is not None:
            return str(label[self.language])
        key = [(name, str(change.row[name])) for name in PART[change.table].key]
        return ", ".join(self.code(REFERENCES.get(name, change.table), value) for name, value in key)

    def table(self, name: str) -> str:
        label = self.called.tables.get(name)
        return label.text(self.language) if label else name

    def code(self, table: str, code: str) -> str:
        """Name an id or a code in words; as it is written where nothing has it any more."""
        found: Any = self.compilation.codes.get(table) or getattr(self.compilation, table, None)
        row = found.get(code) if isinstance(found, Mapping) else None
        name = getattr(row, "publisher", None) or getattr(row, "name", None)
        if row is None:
            past = self.called.gone.get((table, code), {})
            name = past.get("publisher") or (past.get("name") or {}).get(self.language)
        return name.text(self.language) if isinstance(name, Label) else name or code

    def figure(self, change: Change, row: Mapping[str, Any] | None) -> str:
        """Write a figure, or the status that stands for it; nothing where rows of the table hold none."""
        if row is None or not change.has_figure:
            return ""
        value = figure_of(change.table, row)
        if value is None:
            status = self.code("statuses", str(row.get("status", "unknown")))
            return status[:1].lower() + status[1:]
        return _number(value, self.language)

    def move(self, change: Change, move: Move) -> str:
        """Say what one field was, and is."""
        label = self.called.fields.get(change.table, {}).get(move.field)
        column = label.text(self.language) if label else move.field
        old, new = (self.value(change.table, move.field, value) for value in (move.old, move.new))
        if old == new and isinstance(move.old, dict):
            column, other = self.say("elsewhere", field=column), "en" if self.language == "id" else "id"
            old, new = (f"“{value[other].rstrip('.')}”" for value in (move.old, move.new))
        return self.say("field", field=column, old=old, new=new)

    def value(self, table: str, name: str, value: Any) -> str:
        if value is None or value == "":
            return self.say("nothing")
        if isinstance(value, dict):
            return f"“{value[self.language].rstrip('.')}”"
        if isinstance(value, str) and ISO.fullmatch(value):
            return formats.date(value, self.language)
        if (table, name) == ("sources", "kind"):
            return spoken("source_kind", self.language)(value)
        if isinstance(value, str) and (own := own_list(table, name)):
            return formats.listing([f"{self.code(own, code)} ({code})" for code in value.split()], self.language)
        if isinstance(value, str):
            return self.code(REFERENCES.get(name, ""), value)
        return str(value).lower() if isinstance(value, bool) else _number(value, self.language)


def _number(value: float | Decimal, language: Language) -> str:
    exact = Decimal(str(value)).normalize()
    exponent = exact.as_tuple().exponent
    return formats.number(exact, language, decimals=max(0, -exponent) if isinstance(exponent, int) else 0)
