"""frictionless as the judge: rows and the schemas of record in, verdicts out.

The only module that knows frictionless. One package is composed in memory from all tables, so that a key into another
package is judged as an ordinary foreign key; rows are handed over as lists, and nothing is opened or fetched. It is
imported where it is called: a package that is remembered as sound needs no judge.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from operator import not_
from typing import TYPE_CHECKING, Any, Final

from kompeten.ground.coded import Coded, Column, firsts, keys, twice
from kompeten.ground.vocabulary import PROFILE
from kompeten.ground.workshop import ALONE, Workshop
from kompeten.intake.packages.schemas import CONSTRAINTS
from kompeten.intake.packages.values import Package, Packages, Table, fields_of

if TYPE_CHECKING:
    from kompeten.ground.coded import Flags

NO_LIMIT: Final = 10**9
"""frictionless stops at 1,000 errors unless told otherwise, and says so in a warning only."""

JUDGED: Final = ("name", "type", "trueValues", "falseValues")
"""Properties of a field that decide about a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One error of the judge. table: resource name, empty for the whole. row: index into the rows, None for the table.

    kind: frictionless' error type, or the constraint's name. note: the judge's own words, in English.
    reference: table and column that a foreign key points to.
    """

    table: str
    kind: str
    row: int | None = None
    columns: tuple[str, ...] = ()
    value: str = ""
    note: str = ""
    reference: tuple[str, str] = ("", "")


def judge(
    tables: Sequence[Table], known: Sequence[Table], record: Packages, workshop: Workshop = ALONE
) -> tuple[Verdict, ...]:
    """Judge the tables by the schemas of record; each row has as many cells as the header.

    known: where keys are looked up. Keys that point to a table that is not among them are left out: its own findings
    come first. workshop: a table that it remembers as sound, with the schema and the lists it was held to, is not
    judged again.
    """
    return tuple(each for verdicts in _portions(tables, known, record, workshop) for each in verdicts)


PORTION: Final = 2_000
"""Rows of a table that are judged at once."""

MOST: Final = 2_000
"""Verdicts on one table after which the rest of it is left: nobody reads more, and each takes its time."""


def _portions(
    tables: Sequence[Table], known: Sequence[Table], record: Packages, workshop: Workshop
) -> Iterator[tuple[Verdict, ...]]:
    """Judge small tables at once and large ones by portions of rows, until one of them has enough against it."""
    small = [table for table in tables if len(table.rows) <= PORTION]
    yield _judge(small, known, record, workshop=workshop)
    for table in tables:
        if len(table.rows) <= PORTION:
            continue
        said, unique = 0, _unique(table, record)
        for start in range(0, len(table.rows), PORTION):
            part = replace(table, rows=table.rows[start : start + PORTION])
            found = [replace(each, row=start + each.row) if each.row is not None else each
                     for each in _judge([part], known, record, workshop=workshop)]  # fmt: skip
            # frictionless knows the portion alone: what stood in an earlier one is compared here.
            found += [each for own in unique for each in own.twice(table, start)]
            yield tuple(found)
            said += len(found)
            if said >= MOST and start + PORTION < len(table.rows):
                yield (Verdict(table=table.name, kind="rows-not-judged", row=start + PORTION),)
                break


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique:
    """What may not agree in two rows of a table: its key, or a column without doubles. first: row where each stands."""

    kind: str
    columns: tuple[str, ...]
    keys: Sequence[tuple[str, ...]]
    first: Mapping[tuple[str, ...], int]

    def twice(self, table: Table, start: int) -> Iterator[Verdict]:
        """Give the rows of the portion from ``start`` on of which the same stands in an earlier portion."""
        for row, key in enumerate(self.keys[start : start + PORTION], start=start):
            if any(key) and self.first[key] < start:
                yield Verdict(table=table.name, kind=self.kind, row=row, columns=self.columns, value=key[0])


def _unique(table: Table, record: Packages) -> tuple[Unique, ...]:
    """Read the key and the columns without doubles of a table, once for all its portions."""
    _, resource = record_resource(record, table.name)
    schema = resource["schema"]
    singles = [field["name"] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    found = []
    for names, kind in ((schema.get("primaryKey", []), "primary-key"), *(([name], "unique") for name in singles)):
        places, first = [table.header.index(name) for name in names], dict[tuple[str, ...], int]()
        cells = [tuple(row[place] for place in places) for row in table.rows] if places else []
        for row, key in enumerate(cells):
            first.setdefault(key, row)
        columns = () if kind == "primary-key" else tuple(names)
        found.append(Unique(kind=kind, columns=columns, keys=cells, first=first))
    return tuple(found)


def _judge(
    tables: Sequence[Table],
    known: Sequence[Table],
    record: Packages,
    packed: Collection[str] = (),
    workshop: Workshop = ALONE,
) -> tuple[Verdict, ...]:
    """Judge the tables; foreign keys are looked up in ``known``; ``packed`` ones are not judged by their own keys."""
    asked = {table.name: compose([table], known, record, packed) for table in tables} if workshop.folder else {}
    tables = [table for table in tables if not asked or workshop.recall(Verdict, asked[table.name]) is None]
    if not tables:
        return ()
    from frictionless import FrictionlessException
    from frictionless import Package as JointPackage

    try:
        package = JointPackage.from_descriptor(compose(tables, known, record, packed))
        report = package.validate(limit_errors=NO_LIMIT)
    except FrictionlessException as error:
        return (Verdict(table="", kind=error.error.type, note=error.error.note),)
    found = tuple(_verdicts(report))
    at_fault = {each.table for each in found}
    # A fault of no table, or of a list, may be any table's: then none is remembered as sound.
    if asked and at_fault <= asked.keys():
        for name in sorted({table.name for table in tables} - at_fault):
            workshop.keep(Verdict, asked[name], b"")
    return found


def concerned(
    table: Table, rows: Coded[str], packed: Table, known: Sequence[Table], record: Packages, workshop: Workshop
) -> Flags:
    """Tell of each row of a large table whether judging all of them could find fault with it; no other is at fault.

    What is about single cells (type, constraint, foreign key) is at fault just where a cell's text is: packed holds
    each distinct text, and is judged. What is about rows and columns is compared: keys that come twice, what is empty.
    """
    import numpy as np

    column_of = dict(zip(table.header, rows.columns, strict=True))
    _, resource = record_resource(record, table.name)
    schema, fields = resource["schema"], fields_of(resource)
    empty = {name: column.told(not_) for name, column in column_of.items()}
    found: Flags = np.logical_and.reduce([*empty.values()])
    if key := schema.get("primaryKey"):
        found |= twice(keys([column_of[name] for name in key])) | np.logical_and.reduce([empty[name] for name in key])
    for field in fields:
        name, constraints = str(field["name"]), _constraints(field)
        if constraints.get("required"):
            found |= empty[name]
        if constraints.get("unique"):
            found |= twice(column_of[name].codes) & ~empty[name]
    for start in range(0, len(packed.rows), PORTION):
        part = replace(packed, rows=packed.rows[start : start + PORTION])
        for verdict in _judge([part], known, record, (table.name,), workshop):
            if verdict.row is None:
                return np.ones(len(rows), dtype=bool)
            for name in verdict.columns:
                filled = _filled(column_of[name])
                # pack() repeats short columns until the longest is told: the rest of the division is the place.
                found |= column_of[name].codes == filled[(start + verdict.row) % len(filled)]
    return found


def _filled(column: Column[str]) -> Sequence[int]:
    """Give the places of a column's texts that are not empty; where all are, of that one."""
    return [place for place, text in enumerate(column.values) if text] or [0]


def pack(table: Table, rows: Coded[str]) -> Table:
    """Give a small table that holds each distinct text of each column, again and again until the longest is told."""
    columns = [[column.values[place] for place in _filled(column)] for column in rows.columns]
    depth = max(map(len, columns))
    filled = [islice(cycle(column), depth) for column in columns]
    return replace(table, rows=tuple(zip(*filled, strict=True)), row_numbers=range(2, depth + 2))


def judge_descriptor(descriptor: Mapping[str, object], workshop: Workshop = ALONE) -> tuple[str, ...]:
    """Give what the standard's own profile says against a descriptor, in English; nothing where it is in order.

    Call it only with a descriptor in which ``check_descriptors`` found nothing: that one names nothing remote.
    """
    if workshop.recall(judge_descriptor.__name__, descriptor) is not None:
        return ()
    from frictionless import Package as JointPackage

    found = tuple(str(error.note) for error in JointPackage.validate_descriptor(dict(descriptor)).errors)
    if not found:
        workshop.keep(judge_descriptor.__name__, descriptor, b"")
    return found


def compose(
    tables: Iterable[Table], known: Iterable[Table], record: Packages, packed: Collection[str] = ()
) -> dict[str, Any]:
    """Give one descriptor with the rows of all tables, the schemas of record, and real foreign keys throughout.

    A key points to a list of its own, the one column it is looked up in: frictionless opens the table again for each
    key, and a list opens in a third of the time.
    """
    judged, targets = ({table.name: table for table in each} for each in (tables, known))
    resources: list[dict[str, Any]] = []
    lists: dict[str, dict[str, Any]] = {}
    for package in record.packages:
        for resource in package.resources():
            table = judged.get(str(resource["name"]))
            if table:
                links = tuple(_keys(table.name, resource["schema"], targets))
                rows = [list(table.header), *(list(row) for row in table.rows)]
                schema = {**_schema(resource["schema"], table.name in packed), "foreignKeys": [key for key, _ in links]}
                resources.append({"name": table.name, "type": "table", "data": rows, "schema": schema})
                lists |= {each["name"]: each for _, each in links}
    return {"$schema": PROFILE, "name": "kaltim-kompeten", "resources": [*resources, *lists.values()]}


def _schema(schema: Any, is_packed: bool) -> dict[str, Any]:
    """Give what the judge needs of a schema; for a packed table without what makes rows unique."""
    judged = {name: schema[name] for name in ("missingValues", "primaryKey") if name in schema}
    if is_packed:
        judged.pop("primaryKey", None)
    return {**judged, "fields": [_field(field, is_packed) for field in schema["fields"]]}


def _field(field: Mapping[str, Any], is_packed: bool) -> dict[str, Any]:
    """Give what the judge needs of a field: titles and descriptions only make it slow."""
    judged = {name: value for name, value in field.items() if name in JUDGED}
    known = {name: value for name, value in _constraints(field).items() if name in CONSTRAINTS}
    if is_packed:
        known.pop("unique", None)
    return {**judged, "constraints": known} if known else judged


def _constraints(field: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = field.get("constraints", {})
    return found


def _keys(name: str, schema: Any, known: Mapping[str, Table]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Give each foreign key, within the package or across, with the list it is looked up in."""
    for key in (*schema.get("foreignKeys", []), *schema.get("foreignKeysAcross", [])):
        target = known.get(key["reference"]["resource"] or name)
        columns = tuple(key["reference"]["fields"])
        if target and set(columns) <= set(target.header):
            places = [target.header.index(column) for column in columns]
            rows = [list(columns), *map(list, dict.fromkeys(_cells(target, places)))]
            fields = [{"name": column, "type": "string"} for column in columns]
            found = {"name": f"{target.name}.{'.'.join(columns)}", "type": "table", "data": rows}
            reference = {"resource": found["name"], "fields": list(columns)}
            yield {"fields": key["fields"], "reference": reference}, {**found, "schema": {"fields": fields}}


def _cells(table: Table, places: Sequence[int]) -> Iterable[tuple[str, ...]]:
    """Give the cells at some places of each row, at least once each."""
    if not isinstance(table.rows, Coded):
        return (tuple(row[place] for place in places) for row in table.rows)
    columns = [table.rows.columns[place] for place in places]
    return Coded(columns=tuple(columns)).at(firsts(keys(columns)))


def _verdicts(report: Any) -> Iterator[Verdict]:
    """Give every error and every warning of a report; a warning is a failure: rows may have been left unread."""
    for error in report.errors:
        yield Verdict(table="", kind=error.type, note=error.note)
    for warning in report.warnings:
        yield Verdict(table="", kind="warning", note=str(warning))
    for task in report.tasks:
        for error in task.errors:
            if error.type != "blank-row" or "." not in task.name:  # an empty code is said where it stands
                yield _verdict(task.name, error)
        for warning in task.warnings:
            yield Verdict(table=task.name, kind="warning", note=str(warning))


def _verdict(table: str, error: Any) -> Verdict:
    """Give one error as a verdict; a constraint error is named after the constraint."""
    kind = str(error.type)
    found = re.match(r'constraint "(\w+)"', error.note) if kind == "constraint-error" else None
    if found:
        kind = found.group(1)
    row = getattr(error, "row_number", None)
    columns = getattr(error, "field_names", None) or [getattr(error, "field_name", "") or ""]
    cells = getattr(error, "field_cells", None)
    value = cells[0] if cells else getattr(error, "cell", "")
    names = getattr(error, "reference_field_names", None) or [""]
    return Verdict(
        table=table,
        kind="unique" if kind == "unique-error" else kind,
        # frictionless counts from 1, and the header as a row.
        row=None if row is None else int(row) - 2,
        columns=tuple(str(name) for name in columns if name),
        value="" if value is None else str(value),
        note=str(error.note),
        reference=(str(getattr(error, "reference_name", "")).split(".")[0], str(names[0])),
    )


def record_resource(record: Packages, table: str) -> tuple[Package | None, Mapping[str, Any]]:
    """Give the package and the resource of record of a table; an empty one where there is none."""
    return next(((own, found) for own in record.packages if (found := own.resource(table))), (None, {}))
