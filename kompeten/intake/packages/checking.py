"""The schema's side of validation: descriptors, headers, rows, cells. Pure; everything wrong is said at once.

One cause gives one finding: a table whose header is wrong is not judged row by row, a row of the wrong length is not
judged cell by cell, and a cell that breaks several constraints is named once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, partial

from kompeten.ground.coded import Coded
from kompeten.ground.findings import MANY, Finding, in_order
from kompeten.ground.inert import nearly
from kompeten.ground.workshop import ALONE, Workshop
from kompeten.intake.messages import finding, finding_with, is_person_column, joined, pattern_words, quoted, shown, word
from kompeten.intake.packages.descriptors import check_descriptors
from kompeten.intake.packages.judging import Verdict, concerned, judge, judge_descriptor, pack, record_resource
from kompeten.intake.packages.kinds import odd_header
from kompeten.intake.packages.readings import bps_codes, readings
from kompeten.intake.packages.schemas import CONSTRAINTS, is_well_formed
from kompeten.intake.packages.typed import CANONICAL, LARGEST, reads
from kompeten.intake.packages.values import Packages, Table, fields_of, narrowed, types_in

TOLD = frozenset((
    *CONSTRAINTS, "blank-row", "type-error", "primary-key", "foreign-key", "two-readings", "not-said",
    "rows-not-judged",
))  # fmt: skip
"""What the judge may say that the catalogue has words for."""

RANK: tuple[str, ...] = ("blank-row", "type-error", "required", "pattern", "enum", "unique", "primary-key")
"""Where one cell breaks several rules, the first of these is said; whatever is not named comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the schema of record says about one table: columns with their types, constraints and the primary key."""

    types: Mapping[str, str]
    constraints: Mapping[str, Mapping[str, object]]
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.types)


def check(packages: Packages, record: Packages, workshop: Workshop = ALONE) -> tuple[Finding, ...]:
    """Say everything the schemas have against a data folder, in order of place; ``record`` gives the schemas.

    Includes what reading found. Where this gives nothing, ``tables`` is sound. workshop: what it remembers as sound is
    not judged again.
    """
    descriptors = tuple(check_descriptors(packages, record))
    findings = [*packages.findings, *descriptors, *_check_profiles(packages, descriptors, workshop)]
    sound: list[Table] = []
    for table in packages.tables():
        shape = shape_of(record, table.name)
        found = tuple(_check_header(table, shape)) if shape else ()
        findings += found
        if shape and not found:
            sound.append(table)
    return in_order((*findings, *_one_a_row(_check_rows(sound, record, workshop))))


SHIFTED = 5
"""From so many cells of one row on that are wrong, the row is told and not its cells: it has most likely slipped."""


def _one_a_row(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Say a row with many wrong cells once, with their columns."""
    rows: dict[tuple[str, int | None], list[Finding]] = {}
    for each in findings:
        rows.setdefault((each.file, each.row), []).append(each)
    for (file, row), found in rows.items():
        columns = ", ".join(dict.fromkeys(each.column for each in found if each.column))
        if row is None or len(found) < SHIFTED:
            yield from found
        else:
            yield finding("row-shifted", file=file, row=row, count=len(found), columns=columns)


def shape_of(record: Packages, name: str) -> Shape | None:
    """Give the shape of a table by the schema of record, or None where there is none that can be worked with."""
    package, resource = record_resource(record, name)
    if package is None or not is_well_formed(resource):
        return None
    fields = fields_of(resource)
    constraints = {str(field["name"]): field.get("constraints") for field in fields}
    schema = resource.get("schema")
    key = schema.get("primaryKey", []) if isinstance(schema, dict) else []
    return Shape(
        types=types_in(resource),
        constraints={name: found if isinstance(found, dict) else {} for name, found in constraints.items()},
        key=tuple(key) if isinstance(key, list) else (str(key),),
    )


def _check_profiles(packages: Packages, earlier: Sequence[Finding], workshop: Workshop) -> Iterator[Finding]:
    """Judge descriptors by the standard's own profile, where nothing else is wrong with them."""
    wrong = {each.file for each in earlier}
    for package in packages.packages:
        if package.file not in wrong:
            for note in judge_descriptor(package.descriptor, workshop):
                yield finding("descriptor-invalid", file=package.file, note=shown(note))


def _check_header(table: Table, shape: Shape) -> Iterator[Finding]:
    """Judge the column names: each of the schema's, once, in its order; most of them wrong is one finding."""
    columns = ", ".join(shape.columns)
    if odd := tuple(odd_header(table.file, table.header, shape.columns)):
        yield from odd
        return
    seen: set[str] = set()
    for place, name in enumerate(table.header, start=1):
        if not name.strip():
            yield finding("column-unnamed", file=table.file, row=1, place=place)
        elif name in seen:
            yield finding("column-twice", file=table.file, row=1, column=nearly(name, shape.columns))
        elif name not in shape.types and is_person_column(name):
            yield finding("person-column", file=table.file, row=1, column=name)
        elif name not in shape.types:
            told = nearly(name, shape.columns)
            yield finding("column-unknown", file=table.file, row=1, column=told, place=place, columns=columns)
        seen.add(name)
    for name in (name for name in shape.columns if name not in seen):
        yield finding("column-missing", file=table.file, row=1, column=name, columns=columns)
    # Only where every column is there: with one missing or unknown, the order follows from that.
    if sorted(table.header) == sorted(shape.columns) and table.header != shape.columns:
        yield finding("column-order", file=table.file, row=1, columns=columns)


MOST_ROWS = 5_000
"""Rows at fault of a large table that are told; the judge stops earlier where each has several faults."""


def _check_rows(whole: Sequence[Table], record: Packages, workshop: Workshop) -> Iterator[Finding]:
    """Judge the rows of tables with a sound header: length and writing first, then every cell by the judge.

    Of large tables only the rows that are at fault are judged.
    """
    shapes = {table.name: shape for table in whole if (shape := shape_of(record, table.name))}
    known = [table if isinstance(table.rows, Coded) else _for_judge(table, shapes[table.name]) for table in whole]
    cut: dict[str, int] = {}
    tables = [_at_fault(table, shapes[table.name], known, record, cut, workshop) for table in whole]
    own = {table.name: tuple(_check_writing(table, shapes[table.name])) for table in tables}
    verdicts: dict[str, list[Verdict]] = {table.name: [] for table in tables}
    judged = [_for_judge(table, shapes[table.name]) if own[table.name] else table for table in tables]
    for verdict in judge(judged, known, record, workshop):
        if verdict.table in verdicts:
            verdicts[verdict.table].append(verdict)
        else:
            yield finding("judge-other", file=".", type=verdict.kind, note=shown(verdict.note))
    missing, codes, bps = _missing_codes(tables, verdicts), _codes_of(whole), bps_codes(whole)
    for ((name, column), value), users in missing.items():
        places = joined(word("used").filled(place=place, count=count) for place, count in users.items())
        file = next((each.file for each in tables if each.name == name), name)
        details = {"value": quoted(value), "count": users.total(), "places": places}
        yield finding_with(details, "code-missing", file=file, row=None, column=column)
    for table in tables:
        yield from own[table.name]
        if table.name in cut and all(each.kind != "rows-not-judged" for each in verdicts[table.name]):
            yield finding("rows-not-judged", file=table.file, row=cut[table.name])
        if not verdicts[table.name]:
            continue
        verdicts[table.name] = [each for each in verdicts[table.name] if (each.reference, each.value) not in missing]
        named = {(each.row, each.column) for each in own[table.name]}
        around = Around(first=_first_rows(table, shapes[table.name]), codes=codes, bps=bps)
        yield from _check_verdicts(table, shapes[table.name], verdicts[table.name], named, around)


def _at_fault(
    table: Table,
    shape: Shape,
    known: Sequence[Table],
    record: Packages,
    cut: MutableMapping[str, int],
    workshop: Workshop,
) -> Table:
    """Give of a large table the rows that are at fault, the first of them; a small one as it is.

    cut: where the line is noted from which on a table is left.
    """
    rows = table.rows
    if not isinstance(rows, Coded):
        return table
    flags = concerned(table, rows, _for_judge(pack(table, rows), shape), known, record, workshop)
    for name, column in zip(table.header, rows.columns, strict=True):
        flags |= column.told(partial(_fault, shape.types[name]))
    # Rows of another length are padded or cut among the codes: they are judged as they are written.
    flags[[*rows.odd]] = True
    places = flags.nonzero()[0].tolist()
    if len(places) > MOST_ROWS:
        cut[table.name] = table.row_numbers[places[MOST_ROWS]]
    return narrowed(table, places[:MOST_ROWS])


def _missing_codes(
    tables: Sequence[Table], verdicts: Mapping[str, Sequence[Verdict]]
) -> dict[tuple[tuple[str, str], str], Counter[str]]:
    """Give the codes that columns of several tables name and the table they point to lacks, with how often each does.

    What many tables agree on is not wrong in each of them: the one row that they name has gone or changed. A cell
    that is at fault in itself, by its form or its list of choices, is not one of them.
    """
    users: dict[tuple[tuple[str, str], str], Counter[str]] = {}
    for table in tables:
        at_fault = {(each.row, each.columns) for each in verdicts[table.name] if each.kind != "foreign-key"}
        for each in verdicts[table.name]:
            if each.kind == "foreign-key" and each.reference[0] and (each.row, each.columns) not in at_fault:
                counter = users.setdefault((each.reference, each.value), Counter())
                counter[f"{table.file} {', '.join(each.columns)}"] += 1
    return {code: counter for code, counter in users.items() if len(counter) > 1 and counter.total() >= MANY}


def _for_judge(table: Table, shape: Shape) -> Table:
    """Give a table as the judge may see it; what is changed here has a finding of its own already.

    Rows have as many cells as the header, and numbers in unusual writing are empty: the judge would read them, and
    fail on ``NaN``.
    """
    width = len(table.header)
    kinds = [shape.types[name] for name in table.header]
    rows = ((*row, *("",) * (width - len(row)))[:width] for row in table.rows)
    plain = (tuple("" if _is_odd(*cell) else cell[1] for cell in zip(kinds, row, strict=True)) for row in rows)
    return replace(table, rows=tuple(plain))


def _is_odd(kind: str, text: str) -> bool:
    """Tell whether a cell is a number or truth that is not written in the one canonical way."""
    return kind in CANONICAL and text != "" and not CANONICAL[kind].fullmatch(text) and reads(kind, text)


def _check_writing(table: Table, shape: Shape) -> Iterator[Finding]:
    """Judge how rows and cells are written: the length of rows, blanks, and ``01``, ``1_000``, ``NaN``.

    The judge would read all of these; we want one way of writing, so that equal values are equal texts.
    """
    wanted, kinds, fault = len(table.header), [shape.types[column] for column in table.header], cache(_fault)
    for row, cells in zip(table.row_numbers, table.rows, strict=True):
        if len(cells) != wanted:
            yield finding("row-length", file=table.file, row=row, found=len(cells), wanted=wanted)
            continue
        for column, kind, text in zip(table.header, kinds, cells, strict=True):
            if rule := fault(kind, text):
                details = {"value": quoted(text), "mend": word(f"form.{kind}")} if rule == "not-canonical" else {}
                yield finding_with(details, rule, file=table.file, row=row, column=column)


def _fault(kind: str, text: str) -> str:
    """Give the check that a cell fails by the way it is written; empty where it is well written."""
    if text != text.strip():
        return "blanks"
    # Python refuses to read numbers of some thousand digits; ours have sixteen.
    if kind == "integer" and WHOLE.fullmatch(text) and (len(text) > len(str(-LARGEST)) or abs(int(text)) > LARGEST):
        return "number-too-large"
    return "not-canonical" if _is_odd(kind, text) else ""


WHOLE = re.compile(r"-?[1-9][0-9]*")

NOT_SAID = frozenset({
    "-", "–", "—", "?", "*", ".", "…", "...", "n/a", "na", "n.a.", "nan", "null", "none", "nil", "tbd", "x",
    "tidak ada", "belum ada", "tidak diketahui", "kosong",
})  # fmt: skip
"""What people write where a source gives no number, in small letters."""


def _check_verdicts(
    table: Table, shape: Shape, verdicts: Sequence[Verdict], named: set[tuple[int | None, str | None]], around: Around
) -> Iterator[Finding]:
    """Tell the judge's verdicts, at most one a cell, and none where ``named`` says something already."""
    named, told = set(named), Counter[tuple[str, str | None]]()
    for verdict in sorted(verdicts, key=_rank):
        row = None if verdict.row is None else table.row_numbers[verdict.row]
        column = ", ".join(_columns(verdict, shape)) or None
        is_told = (row, column) in named or (row, None) in named
        if not is_told and (verdict.kind != "primary-key" or _earlier(table, shape, verdict, around.first)):
            named.add((row, column))
            told[verdict.kind, column] += 1
            is_many = told[verdict.kind, column] > HELPED
            yield _told(table, shape, verdict, row, column, replace(around, codes={}) if is_many else around)


def _rank(verdict: Verdict) -> tuple[int, int, int]:
    """Give the place of a verdict in the order of telling: by row, then what is the cause of the rest."""
    rank = RANK.index(verdict.kind) if verdict.kind in RANK else len(RANK)
    return (-1 if verdict.row is None else verdict.row, -1 if verdict.kind == "blank-row" else 0, rank)


def _columns(verdict: Verdict, shape: Shape) -> tuple[str, ...]:
    """Give the columns a verdict is about; for a primary key, those of the key."""
    return shape.key if verdict.kind == "primary-key" else verdict.columns


def _told(table: Table, shape: Shape, verdict: Verdict, row: int | None, column: str | None, around: Around) -> Finding:
    """Tell a verdict in plain words."""
    rule, details = verdict.kind, _details(table, shape, verdict, around)
    if rule in ("type-error", "pattern"):
        rule = _not_read(shape, verdict, details)
    if rule not in TOLD:
        rule, details = "judge-other", {"type": verdict.kind, "note": shown(verdict.note)}
    return finding_with(details, rule, file=table.file, row=row, column=column)


def _details(table: Table, shape: Shape, verdict: Verdict, around: Around) -> dict[str, object]:
    """Give every detail that a message may ask for."""
    column = verdict.columns[0] if verdict.columns else ""
    kind, constraints = shape.types.get(column, "string"), shape.constraints.get(column, {})
    pattern, choices = str(constraints.get("pattern", "")), constraints.get("enum", [])
    plain = shown(verdict.value) if verdict.value.casefold() in NOT_SAID else quoted(verdict.value)
    first, second = readings(column, kind, verdict.value, around.bps) if plain == verdict.value else ("", "")
    # The list that the key points to, else the choices of the column.
    codes = around.codes.get(verdict.reference, ()) or (choices if isinstance(choices, list) else ())
    near = first if first and first == second else _nearest(verdict.value, codes)
    if near and nearly(verdict.value, (near,)) == verdict.value:  # a slip of the pen, and nobody's name
        plain = shown(verdict.value)
    return {
        "first": first,
        "second": second,
        "near": word("near").filled(code=near) if near else "",
        "value": plain,
        "kind": word(f"kind.{kind}"),
        "mend": word(f"form.{kind}"),
        "form": pattern_words(pattern),
        "choices": ", ".join(map(str, choices)) if isinstance(choices, list) else "",
        "limit": constraints.get(verdict.kind, ""),
        "earlier": _earlier(table, shape, verdict, around.first),
        "table": verdict.reference[0],
        "key": verdict.reference[1],
    }


def _not_read(shape: Shape, verdict: Verdict, details: Mapping[str, object]) -> str:
    """Give the check that says why a cell cannot be read: it says nothing, it reads in two ways, or neither."""
    if shape.types.get(verdict.columns[0]) in ("integer", "number") and verdict.value.casefold() in NOT_SAID:
        return "not-said"
    return "two-readings" if details["first"] != details["second"] else verdict.kind


def _nearest(value: str, codes: Iterable[object]) -> str:
    """Give the code of letters that a miswritten one most likely is, or nothing; digits are not guessed."""
    if any(map(str.isdigit, value)):
        return ""
    return next(iter(get_close_matches(value[:LONGEST_CODE].casefold(), map(str, codes), n=1, cutoff=0.75)), "")


LONGEST_CODE = 60


def _codes_of(tables: Sequence[Table]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Give the codes of each short list by table and column."""
    return {
        (table.name, column): tuple(row[place] for row in table.rows if len(row) > place)
        for table in tables
        if len(table.rows) <= MOST_CODES
        for place, column in enumerate(table.header)
    }


HELPED = 20
"""Of so many cells with one mistake the nearest code is looked for: the first speaks for all of them."""

MOST_CODES = 300
"""Codes among which a miswritten one is looked for."""

FirstRows = Mapping[tuple[str, ...], Mapping[tuple[str, ...], int]]
"""Columns that must not agree in two rows to the cells that stand there, and the line where each stands first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a message asks about beside the cell: earlier rows, the codes of other tables, the codes of BPS."""

    first: FirstRows
    codes: Mapping[tuple[str, str], Sequence[str]]
    bps: Mapping[str, str]


def _first_rows(table: Table, shape: Shape) -> FirstRows:
    """Give where each key, and each value of a column without doubles, stands first."""
    singles = [(name,) for name, found in shape.constraints.items() if found.get("unique")]
    first: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {}
    for columns in (shape.key, *singles):
        places = [table.header.index(name) for name in columns]
        seen = first.setdefault(columns, {})
        for number, cells in zip(table.row_numbers, table.rows, strict=True):
            if len(cells) == len(table.header):
                seen.setdefault(tuple(cells[place] for place in places), number)
    return first


def _earlier(table: Table, shape: Shape, verdict: Verdict, first: FirstRows) -> int | None:
    """Give the line of the first row with the same key, or None where the key is empty or there is no such row."""
    columns = _columns(verdict, shape)
    if verdict.row is None or columns not in first:
        return None
    cells = table.rows[verdict.row]
    key = tuple(cells[table.header.index(name)] for name in columns) if len(cells) == len(table.header) else ()
    number = first[columns].get(key)
    return number if any(key) and number != table.row_numbers[verdict.row] else None
