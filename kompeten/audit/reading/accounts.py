"""Numbers in the texts that people write: each is accounted for, or it is refused.

Nobody here understands a sentence. What the program itself writes comes from counts, which are attacked as counts; what
is left to read are texts written by hand: notes, names, titles, reasons, descriptors, files beside the packages, the
pages of the repository. Where a text stands says which batches of a register it may be about; what those batches print
and the reasons listed in ``accounted.toml`` account for numbers. A number that is left over may be that of a hidden
count. A text that stands elsewhere is about a batch of a register only where it names it.
"""

from __future__ import annotations

import base64
import json
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from babel.dates import get_month_names

from kompeten import RECORD, REPOSITORY, WORDING
from kompeten.audit.reading.before import ALONE, PAIRED, Told, by_whom, nothing
from kompeten.audit.reading.numerals import ANY_NUMBER, ORDINAL, Number, numbers, plain
from kompeten.audit.reasoning.cells import Published
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.doormark import PROPERTY
from kompeten.ground.formats import ORDINALS
from kompeten.ground.vocabulary import ALL, DIMENSION, DIMENSIONS, PRINTED, STAGES, UNKNOWN

if TYPE_CHECKING:
    from kompeten.audit.reading.package import Table

Batches = frozenset[str]
Row = Mapping[str, str]

GROUPS = frozenset(("stages", "positions", *(dimension.codes.name for dimension in DIMENSION.values())))
"""Tables whose words are names of groups of people; what other lists of codes say defines a word."""
KEYS = tuple(f"{name}_id" for name in (
    "batch", "programme", "source", "target", "budget", "plan", "comparison", "context", "fact", "search", "reply",
    "measure",
))  # fmt: skip
CODE = re.compile(r"(?=[\w.-]{4}|[\w.-]*[A-Za-z])[\w.-]*\d[\w.-]*")
"""An id or a code with digits, that is no plain small number."""
FAR = 10
"""A number more than so many times as large as all counts that batches print counts nobody of theirs."""
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

_LISTED = tomllib.loads((Path(__file__).parent / "accounted.toml").read_text(encoding="utf-8"))
_MONTHS = {name.casefold() for own in ("id", "en") for width in ("wide", "abbreviated")
           for name in get_month_names(width, locale=own).values()}  # fmt: skip
_WORDS = {name: "|".join(words.split()).replace("~", " ") for name, words in _LISTED["words"].items()}
_WORDS |= {"number": ANY_NUMBER, "months": "|".join(sorted(map(re.escape, _MONTHS))), "ordinal": ORDINAL}
LISTED = re.compile(
    "|".join(
        re.sub(r"\{([a-z]+)\}", lambda name: f"(?:{_WORDS[name[1]]})", pattern)
        for listed in _LISTED["listed"]
        for pattern in listed["patterns"]
    )
)
"""What a number may be besides a count of people."""
COUNTED = re.compile(
    rf"(?: (?:yang |who (?:are|were) )?(?:{_WORDS['result']}))? (?:orang|jiwa|people|persons?)\b"
    rf"| (?:(?:dari|of)(?: the)? (?:peserta|participants)|peserta (?:yang )?(?:{_WORDS['result']}))\b"
)
"""What makes a number one of people, whatever stands before it."""
COVERT = re.compile(
    rf"(?P<result>\b(?:{_WORDS['result']})(?: (?:dari|asal|di|from|of|in)(?: \w+){{1,3}}?)?[ :,]+)"
    rf"(?:(?:(?:pada|at|dengan|with) )?(?:angka|jumlah|bilangan|hitungan|number|figure) )?(?:[a-z]+[ -]?)?"
    rf"(?P<number>{ANY_NUMBER})(?: (?:{_WORDS['things']}))?(?=\s*(?:[.;\n]|$))"
    rf"|(?:^|[,:] ?)k-?(?P<worker>[35])(?=l? (?:{_WORDS['result']})\b)"
)
"""A number that is all that is said of a result, whatever is said to be counted: "passed from Paser: table 3"."""

_ORDINAL = "|".join(sorted(ORDINALS, key=lambda word: (-len(word), word)))
_BEFORE = "|".join(word for word in sorted(ORDINALS) if word[-2:] in ("st", "nd", "rd", "th", "ma") or word[:2] == "ke")
_BATCH = r"(?:tahap(?:an)?|gelombang|angkatan|batch(?:es)?|phases?|rounds?|waves?)"
_PEOPLE = r"(?! (?:orang|people|persons?|peserta|participants?|warga|kompeten|lulus|passed)\b)"
BATCH = re.compile(
    rf"\b{_BATCH}\s*(?:ke-?\s*|no\.?\s*|-)?(?P<after>(?:{_ORDINAL})\b{_PEOPLE}"
    rf"(?:(?:\s*,\s*(?:{_ORDINAL})\b)*(?:\s*,?\s*(?:dan|and|&|sampai|to)\s*|[-/])(?:{_ORDINAL})\b{_PEOPLE})?)"
    rf"(?: (?:of|dari) (?:{_ORDINAL})\b{_PEOPLE})?|\b(?P<before>(?:{_BEFORE})) {_BATCH}\b"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


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


def unaccounted(
    published: Published,
    tables: Mapping[str, Table],
    texts: Sequence[tuple[str, str]],
    more: Iterable[Said] = (),
    before: Told = nothing,
) -> Iterator[Breach]:
    """Give the texts about a register's batches with a number for which nothing accounts; each address once.

    tables: by resource name. texts: place and text of every other file. more: texts that stand elsewhere.
    before: what was told of the batch or source of a row, which is no news.
    """
    register = frozenset(cell.key.batch_id for cell in published.register)
    if not register:
        return
    rows = {name: table.rows for name, table in tables.items()}
    names, ledger = Names.of(rows, published, register), Ledger.of(published, rows)
    told: set[str] = set()
    for each in (*_cells(tables, rows, published, register), *_prose(texts, register), *more):
        if each.address in told:
            continue
        pieces = [plain(text) for text in unwrapped(each.text)]
        named = frozenset(batch for own in pieces for batch in names.named(own))
        is_of_group = each.is_standing and any(names.groups.search(own) for own in pieces)
        batches = named or each.batches or (register if is_of_group else NONE)
        where = replace(each, is_wide=False) if named else each
        left = (number for own in pieces for number in names.left(own)) if batches else ()
        is_left = not all(ledger.explains(number, batches, where) for number in left)
        if is_left and not (each.by and {(own, each.text) for own in each.by} <= before()):
            told.add(each.address)
            yield Breach(reason="note_tells", subject=", ".join(sorted(batches)), chain=(each.address,))


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


@dataclass(slots=True, kw_only=True)
class Names:
    """What batches are called, and which ids and codes stand for something else than a count.

    groups: what the groups are called of which a count is hidden; a text that stands elsewhere tells of them too.
    """

    register: Batches
    by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_number: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    groups: re.Pattern[str] = re.compile(r"(?!)")
    ids: re.Pattern[str] = re.compile(r"(?!)")
    names: re.Pattern[str] = re.compile(r"(?!)")

    @staticmethod
    def of(rows: Mapping[str, Sequence[Row]], published: Published, register: Batches) -> Names:
        """Learn them from the tables."""
        found = Names(register=register)
        for row in rows.get("batches", ()):
            batch = row["batch_id"]
            for name in (batch, row.get("name_id", ""), row.get("name_en", "")):
                for own in (plain(name).strip(), re.sub(r"\s*\([^)]*\)$", "", plain(name).strip())):
                    found.by_name[own].add(batch)
            found.by_number[row.get("number", ""), row.get("year", "")].add(batch)
        for batch in register:
            found.by_name[plain(batch)].add(batch)
        found.groups = _any(_called(rows, published))
        found.names = _any(name for name in found.by_name if len(name) >= 4 and not name.isdecimal())
        every = [row for own in rows.values() for row in own]
        known = {row[name] for row in every for name in KEYS if row.get(name)}
        codes = {row.get(name, "") for row in every for name in ("region_code", "bps_code", "code")}
        codes |= {form for code in codes for form in (code.replace(".", ""), code.replace(".", "-"))}
        ids = {plain(own) for own in (known | codes) if CODE.fullmatch(own)}
        found.ids = _any(own for own in ids if not re.fullmatch(r"(?:19|20)\d\d", own))
        return found

    def named(self, text: str) -> Batches:
        """Give the batches of a register that a text in plain form names: by name or id, or by number and year."""
        found = {batch for match in self.names.finditer(text) for batch in self.by_name[match.group()]}
        said = {ORDINALS[word] for match in BATCH.finditer(text)
                for word in re.findall(r"\w+", match["after"] or match["before"]) if word in ORDINALS}  # fmt: skip
        years = YEAR.findall(text) if said else ()
        found |= {batch for number in said for year in years for batch in self.by_number.get((number, year), ())}
        return self.register & found

    def left(self, text: str) -> tuple[Number, ...]:
        """Give the numbers of a text in plain form for which neither an id nor a listed reason accounts."""
        if not re.search(r"\d|[a-z]{3}", text):
            return ()
        bare = COVERT.sub(
            lambda own: f"{own['result'] or ' '}{own['number'] or own['worker']}", self.ids.sub(" ", text)
        )
        return tuple(numbers(LISTED.sub(_unlisted, BATCH.sub(" ", bare))))


def _unlisted(own: re.Match[str]) -> str:
    """Give what is left of a number with a listed reason: all of it where it counts people: "level 3 people"."""
    return own.group() if own.group()[-1].isdecimal() and COUNTED.match(own.string, own.end()) else " "


def _called(rows: Mapping[str, Sequence[Row]], published: Published) -> Iterator[str]:
    """Give what the codes of hidden counts are called, in plain form, with a place's name by itself."""
    places = {cell.key.place for cell in published.register if cell.status not in PRINTED}
    hidden = {code for place in places for code in place} - {ALL, UNKNOWN}
    for codes in (dimension.codes for dimension in DIMENSION.values()):
        for row in rows.get(codes.name, ()):
            for name in (row.get("name_id", ""), row.get("name_en", "")) if row.get(codes.key) in hidden else ():
                own = re.sub(r"\s*\([^)]*\)$", "", plain(name).strip())
                yield from (own, re.sub(r"^(?:kabupaten|kota) | (?:regency|city)$", "", own))


def _any(words: Iterable[str]) -> re.Pattern[str]:
    """Give the pattern that finds any of some words, the longest where several begin alike."""
    own = sorted(filter(None, set(words)), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, own))})(?!\w)" if own else "(?!)")


@dataclass(slots=True, kw_only=True)
class Ledger:
    """The numbers that account for others: printed counts by batch, and what other records print.

    printed: stage, place and value. kinship: programme and year of each batch, over which pages add up.
    """

    printed: dict[str, list[tuple[str, tuple[str, ...], int]]] = field(default_factory=lambda: defaultdict(list))
    kinship: dict[str, tuple[str, str]] = field(default_factory=dict)
    elsewhere: frozenset[int] = frozenset()
    known: dict[Batches, Mapping[int, set[str]]] = field(default_factory=dict)
    shares: dict[str, Sequence[float]] = field(default_factory=dict)

    @staticmethod
    def of(published: Published, rows: Mapping[str, Sequence[Row]]) -> Ledger:
        """Write down what is printed."""
        found = Ledger()
        for cell in published.cells:
            if cell.status in PRINTED and cell.value is not None and cell.value > 0:
                found.printed[cell.key.batch_id].append((cell.key.stage, cell.key.place, cell.value))
        for row in rows.get("batches", ()):
            found.kinship[row["batch_id"]] = (row.get("programme_id", ""), row.get("year", ""))
        values = (row.get("value", "") for name, own in rows.items() if name != "observations" for row in own)
        of_register = {cell.key.batch_id for cell in published.register}
        others = {value for batch, own in found.printed.items() if batch not in of_register for _, _, value in own}
        found.elsewhere = frozenset(
            number for number in {*others, *map(int, filter(WHOLE.fullmatch, values))} if number >= SMALL
        )
        return found

    def explains(self, number: Number, batches: Batches, said: Said) -> bool:
        """Tell whether something printed accounts for a number in a text about batches."""
        if said.is_hidden:
            return False
        if number.share is not None:
            half = 0.5 / 10**number.decimals + 1e-9
            least, most = number.share - half, number.share + half
            return any(bisect_left(own, least) < bisect_right(own, most) for own in map(self._shares, sorted(batches)))
        if not number.count:
            return False
        if number.count in said.own or (said.is_wide and number.count in self.elsewhere):
            return True
        most = max((value for batch in batches for _, _, value in self.printed[batch]), default=number.count)
        if number.count > FAR * most:
            return True
        stages = self._counts(batches).get(number.count)
        return stages is not None and (not number.stages or bool(stages & number.stages))

    def _counts(self, batches: Batches) -> Mapping[int, set[str]]:
        """Give the counts that batches print and their sums, each with the stages that have it."""
        if batches not in self.known:
            found: dict[int, set[str]] = defaultdict(set)
            for group, is_of_totals in self._groups(batches):
                sums: dict[tuple[str, tuple[str, ...]], int] = defaultdict(int)
                for stage, place, value in (own for batch in group for own in self.printed[batch]):
                    sums[stage, place] += value
                for (stage, place), value in sums.items():
                    if not is_of_totals or set(place) == {ALL}:
                        found[value].add(stage)
            self.known[batches] = found
        return self.known[batches]

    def _groups(self, batches: Batches) -> Iterator[tuple[Sequence[str], bool]]:
        """Give the batches that are added up: each alone, all, and those of one programme, or of one year of it; of
        batches that are not all at hand only the totals.
        """
        yield from (([batch], False) for batch in sorted(batches))
        yield sorted(batches), False
        for part in (1, 2):
            kin = {batch: own[:part] for batch, own in self.kinship.items()}
            for one in sorted({kin[batch] for batch in batches if batch in kin}):
                group = [batch for batch in sorted(kin) if kin[batch] == one]
                yield [batch for batch in group if batch in batches], False
                yield group, True

    def _shares(self, batch: str) -> Sequence[float]:
        """Give the shares, in per cents, that printed counts of a batch are of one another: of a group, of a stage."""
        if batch not in self.shares:
            counts = {(STAGES.index(stage), place, value) for stage, place, value in self.printed[batch]}
            self.shares[batch] = sorted(
                {
                    100 * part / whole
                    for stage, place, part in counts
                    for before, around, whole in counts
                    if before <= stage and all(each in (ALL, code) for code, each in zip(place, around, strict=True))
                }
            )
        return self.shares[batch]


def _cells(
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
            figure = row.get("value", "") if name != "observations" and _is_small(row.get("value", "")) else ""
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


def _is_small(value: str) -> bool:
    """Tell whether a figure of a table that counts nobody of a register is so small that it could be one of its own."""
    return bool(WHOLE.fullmatch(value)) and 0 < int(value) < SMALL


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


def _prose(texts: Sequence[tuple[str, str]], register: Batches) -> Iterator[Said]:
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
        named = node.get("cell", node.get("address", node.get("from")))
        cells = [named] if isinstance(named, str) else named if isinstance(named, list) else []
        about = register & {str(cell).partition("/")[0] for cell in cells} if cells else batches
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
