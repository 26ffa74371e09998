"""Data packages as the attacker reads them: counts, context, code lists, notes, and every text for identifiers."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from kompeten import RECORD
from kompeten.audit.reading.accounts import unaccounted
from kompeten.audit.reading.before import Told, figures_of, nothing, told_before
from kompeten.audit.reading.data_tables import Table, read_table
from kompeten.audit.reading.marks import MANY_DIMENSIONS, mark_breaches
from kompeten.audit.reading.written import Said
from kompeten.audit.reasoning.cells import NOWHERE, Cell, Key, Limit, Published
from kompeten.audit.reasoning.printed import order_by_value
from kompeten.audit.reasoning.verdict import AuditError, Breach
from kompeten.ground import coded
from kompeten.ground.doormark import Mark, marks_of
from kompeten.ground.identifiers import identifiers
from kompeten.ground.rows import Row
from kompeten.ground.store import FOLDER
from kompeten.ground.vocabulary import ALL, CODE_LISTS, DIMENSION, DIMENSIONS, PRINTED
from kompeten.ground.workshop import ALONE, Workshop

CERTIFIED: frozenset[str] = frozenset(("tercatat_lpjk", "bersertifikat"))
"""Context measures that count certified workers: a programme's certificates in a place are among them."""

DIGEST = re.compile(r"(?:[0-9A-Fa-f]{4}){4,}")
DIGEST_WORDS = ("hash", "sha256", "checksum", "digest", "md5")
INPUT_WORDS = ("register", "input")

KEYS: Mapping[str, set[str]] = {
    "observations": {"batch_id", "stage"},
    "batches": {"batch_id"},
    "sources": {"source_id"},
    **{each.name: {each.key} for each in CODE_LISTS},
}
"""The columns without which a table is none of the packages': a file in its place cannot be read."""

MOST_TOLD = 20
"""So many rows of a large table that hold personal identifiers are told; there is no need to look at the rest."""


def read_packages(
    folder: Path, more: Iterable[Said] = (), workshop: Workshop = ALONE
) -> tuple[Published, tuple[Breach, ...], int]:
    """Read every package under a data folder: what is published, breaches found while reading, files read.

    folder: the data folder, or one package. more: what will be published around them. workshop: searches the texts of
    each file once. Files that no rule reads are breaches; what earlier releases published is not read here, it is no
    part of the packages.
    """
    tables: dict[str, Table] = {}
    texts: list[tuple[str, str]] = []
    breaches: list[Breach] = []
    kept = folder / FOLDER
    files = sorted(path for path in folder.rglob("*") if path.is_file() and kept not in path.parents)
    for path in files:
        name = path.relative_to(folder).as_posix()
        texts.append((name, name))
        try:
            if path.suffix == ".csv":
                table = read_table(path, name)
                if not KEYS.get(path.stem, set()) <= {*table.header}:
                    raise AuditError(name)
                tables[path.stem] = table
                texts += _texts(table)
            elif path.suffix in (".json", ".toml", ".md", ".txt"):
                texts.append((name, path.read_text(encoding="utf-8")))
            else:
                breaches.append(Breach(reason="unclaimed_file", subject=name))
        except (AuditError, OSError, UnicodeDecodeError):
            breaches.append(Breach(reason="unreadable_file", subject=name))
    published, found = judge_packages(tables, texts, more, workshop, told_before(folder, RECORD))
    return published, (*breaches, *found), len(files)


def judge_packages(
    tables: Mapping[str, Table],
    texts: Sequence[tuple[str, str]],
    more: Iterable[Said] = (),
    workshop: Workshop = ALONE,
    before: Told = nothing,
) -> tuple[Published, tuple[Breach, ...]]:
    """Give what packages publish, and the breaches that can be read off them; pure.

    tables: by resource name. texts: place and text of everything that is written in them. more: what will be published
    around them. before: what was published already.
    """
    published, documents = published_of(tables, texts), _documents(texts)
    marks = [mark for document in documents.values() if isinstance(document, Mapping) for mark in marks_of(document)]
    published = replace(published, sealed=tuple((mark.batch_id, mark.policy_sha256) for mark in marks))
    kinds = {row["source_id"]: row.get("kind", "") for row in _rows(tables, "sources")}
    breaches = [*text_breaches(texts, workshop), *digests(documents)]
    breaches += mark_breaches(_of_registers(tables, kinds, marks), kinds, marks)
    # A table of one row a person is told as that; identifiers in it would only repeat it.
    breaches += [breach for table in tables.values() for breach in [*row_data(table)] or row_breaches(table)]
    breaches += order_by_value(published.register, published.parents)
    breaches += unaccounted(published, tables, texts, more, before)
    return published, tuple(breaches)


def published_of(tables: Mapping[str, Table], texts: Sequence[tuple[str, str]]) -> Published:
    """Give what the tables of the packages say, by resource name; a table that is not there says nothing."""
    sources = {row["source_id"]: row for row in _rows(tables, "sources")}
    hiding = {row.get("source_id", "") for row in _hidden(tables) if row.get("status") == "hidden"}
    # A source that hides is guarded as a register is, whatever it calls itself.
    guarded = hiding | {name for name, row in sources.items() if row.get("kind", "") == "register"}
    cells = [
        observation(row, f"{tables['observations'].path}:{number + 2}", sources, guarded, order=number)
        for number, row in _of_interest(tables, sources, guarded)
    ]
    register = {cell.key for cell in cells if cell.is_register}
    limits = outside(cells, register)
    return Published(
        cells=tuple(cells),
        corrected=corrected(texts),
        parents=hierarchies(tables),
        limits=(*limits, *_context(tables, cells)),
        sums=running_totals(_rows(tables, "batches")),
        texts=tuple(texts),
    )


def _hidden(tables: Mapping[str, Table]) -> Iterable[Row]:
    """Give the rows of observations; of a large table one of each status and source."""
    table = tables.get("observations")
    if table is None or table.coded is None:
        return _rows(tables, "observations")
    flags = coded.first_of(table.columns("status", "source_id"))
    return [row for _, row in table.at(flags)]


def _of_interest(
    tables: Mapping[str, Table], sources: Mapping[str, Row], guarded: Container[str]
) -> Iterable[tuple[int, Row]]:
    """Give the rows of observations with their places. Of a large table of which nothing comes from a register only
    what cannot be looked up, and one row a batch: nobody can be harmed by the others.
    """
    table = tables.get("observations")
    if table is None or table.coded is None:
        return enumerate(_rows(tables, "observations"))
    source, batch = table.columns("source_id", "batch_id")
    if source.told(lambda name: name in guarded or name not in sources).any():
        return enumerate(table.rows)
    return table.at(coded.first_of([batch]) | source.told(lambda name: not sources[name].get("url")))


def _of_registers(tables: Mapping[str, Table], kinds: Mapping[str, str], marks: Sequence[Mark]) -> Iterable[Row]:
    """Give the rows of observations; of a large table those of batches that are counted from a register, or as if."""
    table = tables.get("observations")
    if table is None or table.coded is None:
        return _rows(tables, "observations")
    pairs = table.columns("batch_id", "source_id")
    broken_down = [column.told(lambda code: code not in (ALL, "")) for column in table.columns(*DIMENSIONS)]
    marked = {mark.source_id for mark in marks}
    is_named = pairs[1].told(lambda name: kinds.get(name) == "register" or name in marked)
    flags = is_named | coded.any_of(coded.keys(pairs), broken_down, MANY_DIMENSIONS)
    return [row for _, row in table.at(flags)]


def corrected(texts: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Give the batches of which the latest release of releases.toml declares a correction."""
    for address, text in texts:
        if address == "releases.toml" and text != address:
            with suppress(ValueError):
                releases = tomllib.loads(text).get("release", [])
                latest = releases[-1].get("correction", []) if releases else []
                return frozenset(batch for act in latest for batch in figures_of(act))
    return frozenset()


def outside(cells: Sequence[Cell], register: Container[Key]) -> list[Limit]:
    """Give what sources other than registers say of the counts of a register."""
    return [
        Limit(key=cell.key, low=bounds[0], high=bounds[1], address=cell.address, source=cell.source_id)
        for cell in cells
        if not cell.is_register and cell.key in register and (bounds := cell.bounds) is not None
    ]


def observation(row: Row, address: str, sources: Mapping[str, Row], guarded: Container[str], *, order: int) -> Cell:
    """Give one row of observations; a value that is not a whole number counts as -1, which no count can be.

    guarded: sources that are registers or hide something. A source that is not listed is taken for a register.
    """
    text = row.get("value", "")
    value = None if text == "" else int(text) if text.isascii() and text.isdigit() else -1
    source = row.get("source_id", "")
    own = sources.get(source, {"kind": "register"})
    return Cell(
        key=Key(row["batch_id"], row["stage"], tuple(row.get(name) or ALL for name in DIMENSIONS)),
        value=value,
        status=row.get("status", ""),
        precision=row.get("precision", ""),
        source_id=source,
        is_register=source in guarded or source not in sources,
        has_url=bool(own.get("url")) or own.get("kind") == "register",
        address=address,
        order=order,
    )


def hierarchies(tables: Mapping[str, Table]) -> dict[str, dict[str, str]]:
    """Give the group of each code of each dimension, in the order of the code lists; ``_T`` where none is named."""
    return {
        name: {
            row[codes.key]: row.get("parent_code") or ALL for row in _rows(tables, codes.name) if row[codes.key] != ALL
        }
        for name, codes in ((each.name, each.codes) for each in DIMENSION.values())
        if codes.name in tables
    }


def running_totals(batches: Sequence[Row]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the batches that stand for a span of years, each with the batches of its programme within the span."""
    found = []
    for total in (row for row in batches if row.get("kind") == "cumulative"):
        others = (row for row in batches if row.get("programme_id") == total.get("programme_id"))
        if parts := tuple(row["batch_id"] for row in others if _within(row, total)):
            found.append((total["batch_id"], parts))
    return tuple(found)


def text_breaches(texts: Sequence[tuple[str, str]], workshop: Workshop = ALONE) -> Iterator[Breach]:
    """Give the texts that hold personal identifiers, with their place and the kind, never the text."""
    files: dict[str, dict[str, list[str]]] = {}
    for address, text in texts:
        files.setdefault(address.partition(":")[0], {}).setdefault(address, []).append(text)
    items = {file: tuple(tuple(own) for own in places.values()) for file, places in files.items()}
    for file, found in workshop.each(Searcher(), items).items():
        for address, kinds in zip(files[file], json.loads(found), strict=True):
            yield from (Breach(reason="identifier", subject=f"{address} ({kind})") for kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searcher:
    """The step from the texts of a file, by place, to the kinds of identifier at each place: JSON, in their order."""

    def __call__(self, places: Sequence[Sequence[str]]) -> bytes:
        return json.dumps([sorted({kind for text in texts for kind in _kinds(text)}) for texts in places]).encode()


@lru_cache(maxsize=2**17)
def _kinds(text: str) -> tuple[str, ...]:
    """Give the kinds of identifier in a text; most texts stand in both languages or in many rows."""
    return tuple(identifiers(text))


def row_data(table: Table) -> Iterator[Breach]:
    """Give the columns that look like one pseudonymous row a person: a different digest on every row."""
    for column in table.header:
        if table.coded is not None:
            filled = coded.single(*table.columns(column))
        else:
            filled = [row[column] for row in table.rows if row.get(column)]
        # A handful of different digests is a list of files; a register has more people.
        if len(filled) >= 8 and len(set(filled)) == len(filled) and all(map(DIGEST.fullmatch, filled)):
            yield Breach(reason="row_data", subject=f"{table.path}: {column}")


def _within(row: Row, span: Row) -> bool:
    """Tell whether a batch lies in the time that a running total covers; not where either says no time.

    Dates may be of reduced precision: 2025 covers 2025-09.
    """
    (first, last), (begins, ends) = (
        [own.get(day) or own.get("year") or "" for day in ("start_on", "end_on")] for own in (span, row)
    )
    is_told = row.get("kind") != "cumulative" and all((first, last, begins, ends))
    return is_told and begins[: len(first)] >= first[: len(begins)] and ends[: len(last)] <= last[: len(ends)]


def _context(tables: Mapping[str, Table], cells: Sequence[Cell]) -> Iterator[Limit]:
    """Give what the context says: certificates of a batch in a place are at most all certified workers there."""
    issued = [cell.key for cell in cells if cell.is_register and cell.key.stage in ("skk_terbit", "kompeten")]
    for number, row in enumerate(_rows(tables, "context")):
        is_exact = row.get("status", "released") in PRINTED and row.get("precision", "exact") == "exact"
        place = tuple(row.get(name) or ALL for name in DIMENSIONS)
        if row.get("measure") in CERTIFIED and is_exact and row.get("value", "").isdigit() and place != NOWHERE:
            address = f"{tables['context'].path}:{number + 2}"
            high, source = int(row["value"]), row.get("source_id", "")
            for key in (key for key in issued if key.place == place):
                yield Limit(key=key, low=0, high=high, address=address, source=source)


def _rows(tables: Mapping[str, Table], name: str) -> Sequence[Row]:
    return tables[name].rows if name in tables else ()


def _texts(table: Table) -> Iterator[tuple[str, str]]:
    """Give every text of a table by row: the header, then each row as one text; of a large table the header alone."""
    yield f"{table.path}:1", " | ".join(table.header)
    if table.coded is None:
        for number, row in enumerate(table.rows):
            yield f"{table.path}:{number + 2}", " | ".join(row.values())


def row_breaches(table: Table) -> Iterator[Breach]:
    """Give the first rows of a large table that hold personal identifiers, each searched as one text and not kept."""
    rows = enumerate(table.coded or ())
    found = ((number, kind) for number, row in rows for kind in identifiers(" | ".join(row)))
    for number, kind in islice(found, MOST_TOLD):
        yield Breach(reason="identifier", subject=f"{table.path}:{number + 2} ({kind})")


def digests(documents: Mapping[str, object]) -> Iterator[Breach]:
    """Give the documents that publish a digest of a register: a small register can be guessed from it."""
    for address, document in documents.items():
        for path in _digests_in(document):
            yield Breach(reason="digest_of_input", subject=f"{address}#{path}")


def _documents(texts: Sequence[tuple[str, str]]) -> dict[str, object]:
    """Give the JSON documents among texts, parsed; one that cannot be parsed has no fields to look at."""
    found: dict[str, object] = {}
    for address, text in texts:
        if address.endswith(".json") and text.startswith(("{", "[")):
            with suppress(ValueError):
                found[address] = json.loads(text)
    return found


def _digests_in(document: object) -> Iterator[str]:
    """Give the places of texts whose names, with those around them, say that they are a digest of a register."""
    # Of the path so far, the names that say either, in small letters, go along.
    waiting: list[tuple[object, str, str]] = [(document, "", "")]
    while waiting:
        node, path, names = waiting.pop()
        inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in inside:
            own = names + _telling(key) if isinstance(key, str) else names
            if isinstance(value, dict | list):
                waiting.append((value, f"{path}/{key}", own))
            elif own and _tells(own) and (isinstance(value, str) or isinstance(node, list)):
                yield f"{path}/{key}"


@lru_cache(maxsize=2**12)
def _tells(names: str) -> bool:
    return any(word in names for word in DIGEST_WORDS) and any(word in names for word in INPUT_WORDS)


@lru_cache(maxsize=2**12)
def _telling(name: str) -> str:
    own = name.lower()
    return own if any(word in own for word in (*DIGEST_WORDS, *INPUT_WORDS)) else ""
