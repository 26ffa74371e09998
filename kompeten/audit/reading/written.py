"""What people write by hand, with its place: notes, names, titles, reasons, descriptors, files beside the packages, the
words and pages of the repository. ``accounts.py`` asks of each of their numbers what it counts.
"""

from __future__ import annotations

import base64
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kompeten import RECORD, REPOSITORY, WORDING
from kompeten.audit.reading.before import ALONE, PAIRED, by_whom, figures_of
from kompeten.audit.reading.numerals import numbers, plain
from kompeten.audit.reasoning.cells import Published
from kompeten.ground.doormark import PROPERTY
from kompeten.ground.rows import Row
from kompeten.ground.vocabulary import DIMENSION, DIMENSIONS

if TYPE_CHECKING:
    from kompeten.audit.reading.data_tables import Table

Batches = frozenset[str]
GROUPS = frozenset(("stages", "positions", *(dimension.codes.name for dimension in DIMENSION.values())))
"""Tables whose words are names of groups of people; what other lists of codes say defines a word."""
WHOLE = re.compile(r"[0-9]{1,18}")
SMALL = 10
"""A number below this is nobody else's by chance: only a printed count of the batch itself accounts for it."""
NONE: Batches = frozenset()
PRINTED_WORDS = ("id", "en", "data.id", "data.en", "api.id")
"""Catalogues of which the words are on a site; the others are for the command line."""
TYPED = re.compile(r"[\w.:/,=+-]*")
"""What stands in a column of numbers, dates and codes, which the check of the packages judges."""
CONSTRAINTS = ("constraints", "dialect", "foreignKeys", "primaryKey", "missingValues", "fieldsMatch", PROPERTY)
"""Parts of a descriptor that the check of the packages holds against the schemas of record, and the door's marks."""
CODED = re.compile(r"(?<![\w/+])(?=[\w/+]*[a-z])(?=[\w/+]*[A-Z])[A-Za-z0-9+/]{16,4000}={0,2}(?![\w/+])")
TAG = re.compile(r"</?[A-Za-z!?][^>]*>|<!--.*?-->", re.DOTALL)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
COMMENT = re.compile(r'^(?:[^"#]|"(?:[^"\\]|\\.)*")*#(?P<said>.*)$', re.MULTILINE)
EMPHASIS = re.compile(r"(\*{1,3}|`+)([^\s*`](?:[^*`]*[^\s*`])?)\1")
MARKER = re.compile(
    r"^ *(?P<item>\d{1,4})[.)] +|^#{1,6} +(?P<head>\d{1,4})[.)] +|\[\^(?P<note>\d{1,4})\]", re.MULTILINE
)
"""The number of an item, a heading or a footnote; it counts nobody where they are numbered from 1 without a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A text that people write, with its place.

    batches: of a register, that it is about by where it stands, unless it names others. own: numbers that its own row
    prints or is called by. is_wide: it is about more than single batches, so that what other records print
    accounts for its numbers too. is_standing: it is the program's own, or defines a word: it is about the batches that
    it names, and about all where it names a group of which a count is hidden. is_hidden: it stands beside a hidden
    count, where nothing printed accounts for a number. by: of words in a row that is not of a register, the
    batch or source that it is about; of words of a release, the batches whose figures they name.
    """

    address: str
    text: str
    batches: Batches = NONE
    own: frozenset[int] = frozenset()
    is_wide: bool = True
    is_standing: bool = False
    is_hidden: bool = False
    by: Batches = NONE


def unwrapped(text: str) -> Iterator[str]:
    """Give a text with ``%20`` and the like read and without its tags, and what these and base64 in it hold."""
    text = unquote(text) if "%" in text else text
    for coded in CODED.findall(text):
        with suppress(ValueError):
            own = base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True).decode("utf-8")
            if own.isprintable():
                text = text.replace(coded, " ")
                yield own
    yield from (tag.strip("<>!-/ ") for tag in TAG.findall(text))
    yield TAG.sub("", text)


def of_tables(
    tables: Mapping[str, Table], rows: Mapping[str, Sequence[Row]], published: Published, register: Batches
) -> Iterator[Said]:
    """Give the words of every table, each cell with what its row is about."""
    sources = frozenset(cell.source_id for cell in published.register)
    cited = {row["source_id"] for row in rows.get("sources", ()) if row.get("url") and row.get("kind") != "register"}
    programmes: dict[str, set[str]] = defaultdict(set)
    for row in rows.get("batches", ()):
        if row["batch_id"] in register:
            programmes[row.get("programme_id", "")].add(row["batch_id"])
    for name, table in sorted(tables.items()):
        yield from (Said(address=f"{table.path}:1", text=column, batches=register) for column in table.header)
        words = [column for column in table.header if _is_of_words(column, table.header)]
        typed = [column for column in table.header if column not in words and column in _columns()]
        for number, row in enumerate(table.rows):
            said = [(row[column], True) for column in words if row.get(column)]
            said += [(own, False) for own in _strange(row, words, typed)]
            value = row.get("value", "")
            # A figure of a table that counts nobody of a register, so small that it could be one of its own.
            is_small = name != "observations" and WHOLE.fullmatch(value) and 0 < int(value) < SMALL
            figure = value if is_small else ""
            if not (said or figure):
                continue
            about = _about(name, row, register, sources, programmes)
            own = _own(row)
            each = Said(
                address=f"{table.path}:{number + 2}",
                text=figure,
                batches=about,
                is_wide=not row.get("batch_id") and name not in ("observations", "batches"),
                is_standing=table.path.startswith("reference/") or row.get("source_id") not in cited,
                is_hidden=row.get("status") == "hidden",
            )
            known = replace(each, own=own, by=NONE if row.get("source_id") in sources else by_whom(row))
            yield from (replace(known if is_known else each, text=text, batches=about if is_known else register)
                        for text, is_known in said)  # fmt: skip
            yield each


def _strange(row: Row, words: Sequence[str], typed: Sequence[str]) -> list[str]:
    """Give the cells of a row that stand in a column of no table of ours, or that are not what their column holds."""
    found = [own for column, own in row.items() if own and column not in words and column not in typed]
    if not TYPED.fullmatch("".join(row.get(column, "") for column in typed if column != "value")):
        found += [row[column] for column in typed if column != "value" and not TYPED.fullmatch(row.get(column, ""))]
    return found


def _is_of_words(column: str, header: Sequence[str]) -> bool:
    twin = column[:-3] + ("_en" if column.endswith("_id") else "_id")
    return column in ALONE or (column.endswith(PAIRED) and (twin in header or column.startswith("name")))


@lru_cache(maxsize=1)
def _columns() -> frozenset[str]:
    """Give the columns of record: numbers, dates and codes in them are what the check of the packages says they are."""
    said = [json.loads(path.read_text("utf-8")) for path in sorted(RECORD.glob("*/datapackage.json"))]
    fields = (each for own in said for table in own["resources"] for each in table["schema"]["fields"])
    return frozenset((*DIMENSIONS, *(each["name"] for each in fields)))


def _about(
    name: str, row: Row, register: Batches, sources: Container[str], programmes: Mapping[str, set[str]]
) -> Batches:
    """Give the batches of a register that a row is about: its own, those of its programme or source; else all.

    A row about a batch, programme or figure without a register, or of another source, is about none.
    """
    batch = row.get("batch_id") or row.get("cell_id", "").partition("/")[0]
    if batch:
        return register & {batch}
    if name == "programmes" or (row.get("programme_id") and row.get("source_id") in sources):
        return frozenset(programmes.get(row["programme_id"], ()))
    if row.get("source_id") in sources or name in GROUPS:
        return register
    return NONE if row.get("source_id") or row.get("programme_id") else register


def _own(row: Row) -> frozenset[int]:
    """Give the numbers that a row prints as its figure, or is called by."""
    said = [row.get("value", "")] if row.get("status") != "hidden" else []
    said += re.findall(r"\d+", row.get("code", "") + " " + row.get("position_code", ""))
    return frozenset(int(own) for own in said if WHOLE.fullmatch(own))


def of_files(texts: Sequence[tuple[str, str]], register: Batches) -> Iterator[Said]:
    """Give the texts of the files that are no tables, and the names of all files."""
    for address, text in texts:
        suffix = address.rsplit(".", 1)[-1]
        if address == text:
            yield Said(address=address, text=text.replace("/", " "), batches=register)
        elif suffix == "json":
            with suppress(ValueError):
                for place, own in _leaves(json.loads(text), ""):
                    standing = "/resources/" in place
                    about = NONE if standing else register
                    yield Said(address=f"{address}#{place}", text=own, batches=about, is_standing=standing)
        elif suffix == "toml":
            yield from _of_toml(address, text, register)
        elif suffix in ("md", "txt"):
            yield from (Said(address=f"{address}:{line}", text=own, batches=register) for line, own in paragraphs(text))


def _leaves(node: Any, place: str) -> Iterator[tuple[str, str]]:
    """Give the keys, texts and numbers of a document, apart from what only restricts columns."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in CONSTRAINTS:
                yield f"{place}/{key}", key
                yield from _leaves(value, f"{place}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _leaves(value, f"{place}/{number}")
    elif node not in (None, True, False, ""):
        yield place, str(node)


def _of_toml(address: str, text: str, register: Batches) -> Iterator[Said]:
    """Give the comments and texts of a TOML file; an entry that names its figures is about their batches."""
    standing = address == "policy.toml"
    about = NONE if standing else register
    for said in COMMENT.finditer(text):
        yield Said(address=address, text=said["said"], batches=about, is_standing=standing)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        yield Said(address=address, text=text, batches=register)
        return
    for each in _entries(document, about, register):
        yield replace(each, address=address + each.address, is_standing=standing)


def _entries(node: Any, batches: Batches, register: Batches, place: str = "#", by: Batches = NONE) -> Iterator[Said]:
    if isinstance(node, Mapping):
        cells = figures_of(node)
        about = register & cells if cells else batches
        for key, value in node.items():
            yield Said(address=f"{place}/{key}", text=key, batches=about)
            yield from _entries(value, about, register, f"{place}/{key}", about if cells else by)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _entries(value, batches, register, f"{place}/{number}", by)
    elif isinstance(node, str):
        yield Said(address=place, text=node, batches=batches, by=by)


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Give the paragraphs of a Markdown text, and its tables, with the line where they begin, and without the numbers
    of its own parts.
    """
    seen = {"item": 0, "head": 0, "note": 0}

    def without(marker: re.Match[str]) -> str:
        kind = str(marker.lastgroup)
        own, before = int(marker[kind]), seen[kind]
        is_next = own == before + 1 or (kind == "item" and own == 1) or (kind == "note" and 1 <= own <= before)
        seen[kind] = max(own, before) if kind == "note" else own if is_next else before
        return " " if is_next else marker.group()

    line = 1
    for block in re.split(r"(\n\s*\n)", EMPHASIS.sub(r"\2", MARKER.sub(without, text))):
        rows = [own for own in block.splitlines() if own.lstrip().startswith("|")]
        lines = [re.sub(r"^[ >#*-]+", "", own) for own in block.splitlines() if own not in rows]
        cells = [cell for row in rows for cell in row.split("|") if not re.fullmatch(r"[ :-]*", cell)]
        if own := "; ".join(filter(None, (" ".join(lines), *cells))):
            yield line, own
        line += block.count("\n")


def own_texts() -> Iterator[Said]:
    """Give the words with a number that the repository puts on every site: catalogues, pages, the publisher's name.

    Nothing is read before the first is asked for.
    """
    yield from _own_texts()


@lru_cache(maxsize=1)
def _own_texts() -> tuple[Said, ...]:
    catalogues = [WORDING / f"{name}.toml" for name in PRINTED_WORDS]
    found: list[Said] = []
    for path in (*catalogues, REPOSITORY / "kompeten.toml"):
        address, text = path.relative_to(REPOSITORY).as_posix(), path.read_text("utf-8")
        said = _entries(tomllib.loads(text), NONE, NONE)
        found += [replace(each, address=address + each.address, is_standing=True) for each in said]
    pages = [*sorted((REPOSITORY / "docs").glob("??/*.md")), *sorted((REPOSITORY / "site_templates").rglob("*.html"))]
    for path in pages:
        address = path.relative_to(REPOSITORY).as_posix()
        found += [Said(address=f"{address}:{line}", text=own, is_standing=True)
                  for line, own in paragraphs(JINJA.sub(" ", path.read_text("utf-8")))]  # fmt: skip
    return tuple(each for each in found if any(any(numbers(plain(own))) for own in unwrapped(each.text)))
