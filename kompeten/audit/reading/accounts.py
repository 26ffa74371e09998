"""Numbers in the texts that people write: each is accounted for, or it is refused.

Nobody here understands a sentence. What the program itself writes comes from counts, which are attacked as counts; what
is left to read are texts written by hand (``written.py``). Where a text stands says which batches of a register it may
be about; what those batches print and the reasons listed in ``accounted.toml`` account for numbers. A number that is
left over may be that of a hidden count. A text that stands elsewhere is about a batch of a register only where it names
it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from babel.dates import get_month_names

from kompeten.audit.reading.before import Told, nothing
from kompeten.audit.reading.numerals import ANY_NUMBER, ORDINAL, Number, numbers, plain
from kompeten.audit.reading.written import NONE, SMALL, WHOLE, Batches, Said, of_files, of_tables, unwrapped
from kompeten.audit.reasoning.cells import Published
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.formats import ORDINALS
from kompeten.ground.rows import Row
from kompeten.ground.vocabulary import ALL, DIMENSION, PRINTED, STAGES, UNKNOWN

if TYPE_CHECKING:
    from kompeten.audit.reading.data_tables import Table

KEYS = tuple(f"{name}_id" for name in (
    "batch", "programme", "source", "target", "budget", "plan", "comparison", "context", "fact", "search", "reply",
    "measure",
))  # fmt: skip
CODE = re.compile(r"(?=[\w.-]{4}|[\w.-]*[A-Za-z])[\w.-]*\d[\w.-]*")
"""An id or a code with digits, that is no plain small number."""
FAR = 10
"""A number more than so many times as large as all counts that batches print counts nobody of theirs."""


class Patterns(NamedTuple):
    """listed: what a number may be besides a count of people. counted: what makes a number one of people, whatever
    stands before it. covert: a number that is all that is said of a result, whatever is said to be counted: "passed
    from Paser: table 3".
    """

    listed: re.Pattern[str]
    counted: re.Pattern[str]
    covert: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Compile them, once and only where a register is read: they are a tenth of what a check of other data loads."""
    said = tomllib.loads((Path(__file__).parent / "accounted.toml").read_text(encoding="utf-8"))
    months = {name.casefold() for own in ("id", "en") for width in ("wide", "abbreviated")
              for name in get_month_names(width, locale=own).values()}  # fmt: skip
    words = {name: "|".join(own.split()).replace("~", " ") for name, own in said["words"].items()}
    words |= {"number": ANY_NUMBER, "months": "|".join(sorted(map(re.escape, months))), "ordinal": ORDINAL}
    every = [pattern for listed in said["listed"] for pattern in listed["patterns"]]
    counted = (
        rf"(?: (?:yang |who (?:are|were) )?(?:{words['result']}))? (?:orang|jiwa|people|persons?)\b"
        rf"| (?:(?:dari|of)(?: the)? (?:peserta|participants)|peserta (?:yang )?(?:{words['result']}))\b"
    )
    covert = (
        rf"(?P<result>\b(?:{words['result']})(?: (?:dari|asal|di|from|of|in)(?: \w+){{1,3}}?)?[ :,]+)"
        rf"(?:(?:(?:pada|at|dengan|with) )?(?:angka|jumlah|bilangan|hitungan|number|figure) )?(?:[a-z]+[ -]?)?"
        rf"(?P<number>{ANY_NUMBER})(?: (?:{words['things']}))?(?=\s*(?:[.;\n]|$))"
        rf"|(?:^|[,:] ?)k-?(?P<worker>[35])(?=l? (?:{words['result']})\b)"
    )
    listed = "|".join(re.sub(r"\{([a-z]+)\}", lambda name: f"(?:{words[name[1]]})", own) for own in every)
    return Patterns(re.compile(listed), re.compile(counted), re.compile(covert))


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
    for each in (*of_tables(tables, rows, published, register), *of_files(texts, register), *more):
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
        bare = patterns().covert.sub(
            lambda own: f"{own['result'] or ' '}{own['number'] or own['worker']}", self.ids.sub(" ", text)
        )
        return tuple(numbers(patterns().listed.sub(_unlisted, BATCH.sub(" ", bare))))


def _unlisted(own: re.Match[str]) -> str:
    """Give what is left of a number with a listed reason: all of it where it counts people: "level 3 people"."""
    return own.group() if own.group()[-1].isdecimal() and patterns().counted.match(own.string, own.end()) else " "


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
