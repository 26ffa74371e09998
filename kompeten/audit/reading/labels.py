"""Words about a hidden count: a sentence, a table cell or a label that names it and brings a number along."""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import permutations
from typing import Any
from urllib.parse import unquote

from kompeten.audit.reading.elsewhere import Elsewhere
from kompeten.audit.reading.sightings import Words
from kompeten.audit.reading.vocabulary import HIDDEN, SPOKEN, Clause, Names, Number, Tag, plain
from kompeten.audit.reasoning.cells import Cell, Key
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.vocabulary import ALL, DIMENSION_OF, DIMENSIONS, PRINTED, STAGES

SENTENCE = re.compile(r"[;|\n·•]|[.!?](?=\s)")
CODED = re.compile(r"(?<![\w/+])(?=[\w/+]*[a-z])(?=[\w/+]*[A-Z])[A-Za-z0-9+/]{16,4000}={0,2}(?![\w/+])")
FILE = re.compile(r"[#: (]")
PHRASE = re.compile(r",(?=\s)")


def names_of(documents: Mapping[str, Any]) -> Names:
    """Learn names from the code lists and batches of the API."""
    names = Names()
    for path, document in documents.items():
        stem = path.rsplit("/", 1)[-1].removesuffix(".json")
        kind = "batch" if stem == "batches" else {**DIMENSION_OF, "stages": "stage"}.get(stem)
        rows = document.get("data") if isinstance(document, Mapping) else None
        for row in rows if kind and isinstance(rows, list) else ():
            if isinstance(row, Mapping) and kind:
                _learn(names, kind, row)
    for stage in STAGES:
        names.learn("stage", stage, [stage, stage.replace("_", " ")])
    return names.ready()


def _learn(names: Names, kind: str, row: Mapping[str, Any]) -> None:
    label = row.get("name", row.get("label"))
    texts = [*label.values()] if isinstance(label, Mapping) else [label]
    texts += [row.get("name_id"), row.get("name_en")]
    if kind == "batch":
        names.learn_batch(str(row.get("batch_id")), texts, row.get("number"), row.get("year"))
        return
    code = str(row.get("code", row.get("region_code")))
    names.learn(
        kind, code, [*texts, *([code, code.replace(".", "-"), code.replace(".", "")] if kind == "region_code" else [])]
    )


def telling_words(
    words: Sequence[Words], cells: Sequence[Cell], names: Names, others: Elsewhere, *, small: int
) -> Iterator[Breach]:
    """Give the words that name a hidden count of a register and bring a number that nothing printed explains.

    What a clause does not name is taken from the sentences before it and from where it stands (heading, title, file).
    A clause that names no batch, on a page that is about none, may mean any; where it stands in a file or record about
    something else (others), it means none. A number is explained where it counts other things than people, or is a
    printed count, or a share of two, of what the clause names. small: a count of fewer people is never somebody else's
    number by chance.
    """
    figures = _Figures.of(cells, small, others.programmes)
    if not figures.hidden:
        return
    told: set[tuple[str, Key]] = set()
    heard: set[tuple[str, str, str]] = set()
    scopes: dict[str, frozenset[Tag]] = {}
    for said in words:
        texts = () if said.is_record else [text for text in unwrapped(said.text) if SPOKEN.search(plain(text))]
        if not texts:
            continue
        file = FILE.split(said.address, maxsplit=1)[0]
        if (said.text, said.scope, file) in heard:
            continue
        heard.add((said.text, said.scope, file))
        scope = f"{said.scope}\n{file}"
        if scope not in scopes:
            scopes[scope] = _read_lines(names, scope)
        keys = [key for text in texts for key in _told(figures, names, text, scopes[scope])]
        if keys and others.holds(said):
            keys = [key for text in texts for key in _told(figures, names, text, frozenset(), is_elsewhere=True)]
        elif keys:
            keys = [key for text in texts for key in _told(figures, names, others.without(text), scopes[scope])]
        for key in keys:
            if (said.address, key) not in told:
                told.add((said.address, key))
                yield Breach(reason="note_tells", subject=key.text(), chain=(said.address,))


def unwrapped(text: str) -> Iterator[str]:
    """Give a text with ``%20`` and the like read, and what it holds in base64."""
    yield unquote(text) if "%" in text else text
    for coded in CODED.findall(text):
        with suppress(ValueError):
            own = base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True).decode("utf-8")
            if own.isprintable():
                yield own


def _told(
    figures: _Figures, names: Names, text: str, around: frozenset[Tag], *, is_elsewhere: bool = False
) -> Iterator[Key]:
    """Give the hidden counts of which a text tells; elsewhere only those of a batch that it names."""
    before: frozenset[Tag] = frozenset()
    for part in _clauses(plain(text)):
        clause = names.read(part)
        if clause.numbers:
            subject = _Subject.of(clause, before, around, names)
            if not (is_elsewhere and subject.batches is None):
                yield from figures.told(clause, subject)
        before = _nearest(clause.tags, before)


def _clauses(text: str) -> Iterator[str]:
    """Give the parts of a text that each speak of one thing; a clause that hides one thing may go on to another."""
    for clause in SENTENCE.split(text):
        yield from PHRASE.split(clause) if HIDDEN.search(clause) else (clause,)


def _read_lines(names: Names, text: str) -> frozenset[Tag]:
    """Give what the lines of a scope name, nearest first: the next line adds only what those before leave open."""
    found: frozenset[Tag] = frozenset()
    for line in text.split("\n"):
        if line:
            found = _nearest(found, names.read(plain(line)).tags)
    return found


def _nearest(own: frozenset[Tag], around: frozenset[Tag]) -> frozenset[Tag]:
    """Give what a clause is about: its own names, and for kinds that it does not name those that stand around it."""
    kinds = {kind for kind, _ in own}
    if kinds & {"batch", "number"}:
        kinds |= {"batch", "number"}
    return own | {tag for tag in around if tag[0] not in kinds}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What a clause is about. tags: codes and stages. batches: those it may mean, None for any.

    is_loose: some of it is only said in the sentences before, or no batch is named at all; a number is then about it
    only where the words beside it say that it counts people, or there are no other words.
    """

    tags: frozenset[Tag]
    batches: frozenset[str] | None
    is_loose: bool

    def takes(self, number: Number, clause: Clause) -> bool:
        if self.batches is None:
            return number.is_of_people and not number.is_of_level
        return not self.is_loose or number.is_of_people or clause.is_number_alone

    @staticmethod
    def of(clause: Clause, before: frozenset[Tag], around: frozenset[Tag], names: Names) -> _Subject:
        strict, wide = _nearest(clause.tags, around), _nearest(_nearest(clause.tags, before), around)
        batches = _batches(wide, around, names)
        tags = strict if batches is None else wide
        return _Subject(tags=tags, batches=batches, is_loose=batches is None or strict != wide)


def _batches(tags: frozenset[Tag], around: frozenset[Tag], names: Names) -> frozenset[str] | None:
    """Give the batches that tags name: by name, else by number and year, else (a year alone) those of the year.

    A year that is not said is that of the page, where the page has one. None where nothing is said.
    """
    exact = frozenset(code for kind, code in tags if kind == "batch")
    if exact:
        return exact
    numbers = {code for kind, code in tags if kind == "number"}
    years = {code for kind, code in tags if kind == "year"}
    years = years or {names.batches[code][1] for kind, code in around if kind == "batch" and code in names.batches}
    known = names.batches.items()
    if numbers:
        of_number = [(code, year) for code, (number, year) in known if number in numbers]
        of_both = frozenset(code for code, year in of_number if year in years)
        return of_both or frozenset(code for code, _ in of_number) or None
    return None


_Figure = tuple[frozenset[Tag], str, int]
"""A printed count: its codes, its stage, its value."""


@dataclass(slots=True)
class _Figures:
    """Hidden and printed counts by the codes that they carry.

    by_codes: printed counts (batch, stage, value) of each set of codes. anywhere: all numbers printed, sums over
    the batches of a programme too.
    """

    small: int
    hidden: list[Key] = field(default_factory=list)
    by_tag: dict[Tag, list[Key]] = field(default_factory=lambda: defaultdict(list))
    by_codes: dict[frozenset[Tag], list[tuple[str, str, int]]] = field(default_factory=lambda: defaultdict(list))
    anywhere: set[int] = field(default_factory=set)

    @staticmethod
    def of(cells: Sequence[Cell], small: int, programmes: Mapping[str, str]) -> _Figures:
        found = _Figures(small=small)
        sums: dict[tuple[str, str, frozenset[Tag]], int] = defaultdict(int)
        for cell in cells:
            key, codes = cell.key, _codes(cell.key)
            if cell.is_register and cell.status == "hidden":
                found.hidden.append(key)
                for tag in sorted(codes) or [("stage", key.stage)]:
                    found.by_tag[tag].append(key)
            elif cell.status in PRINTED and cell.value is not None:
                found.by_codes[codes].append((key.batch_id, key.stage, cell.value))
                whole = (programmes.get(key.batch_id, ""), key.stage, codes)
                sums[whole] += cell.value
                found.anywhere |= {cell.value, sums[whole]}
        return found

    def told(self, clause: Clause, subject: _Subject) -> Iterator[Key]:
        """Give the hidden counts that a clause is about and has a number for that nothing explains."""
        numbers = [number for number in clause.numbers if subject.takes(number, clause)]
        if not numbers:
            return
        keys = sorted({key for tag in subject.tags for key in self.by_tag.get(tag, ()) if _is_about(subject, key)})
        if not keys:
            return
        known = self._known(subject)
        open_numbers = [number for number in numbers if not self._explains(number, known, subject)]
        for key in keys if open_numbers else ():
            if _codes(key) or _counts_stage(key.stage, open_numbers, clause):
                yield key

    def _known(self, subject: _Subject) -> list[_Figure]:
        """Give the printed counts of the batches and codes at hand, totals among them."""
        codes = frozenset(tag for tag in subject.tags if tag[0] in DIMENSIONS)
        return [
            (own, stage, value)
            for own, figures in self.by_codes.items()
            if own <= codes
            for batch_id, stage, value in figures
            if subject.batches is None or batch_id in subject.batches
        ]

    def _explains(self, number: Number, known: Sequence[_Figure], subject: _Subject) -> bool:
        if number.per_cent is not None:
            half = Fraction(1, 2 * 10**number.decimals)
            return any(abs(share - number.per_cent) <= half for share in _shares(known))
        if number.count is None:
            return subject.is_loose
        if subject.is_loose and number.count >= self.small and number.count in self.anywhere:
            return True
        own = {value for _, stage, value in known if not number.stages or stage in number.stages}
        return number.count in own


def _shares(known: Sequence[_Figure]) -> Iterator[Fraction]:
    """Give the shares, in per cents, that printed counts are of one another: of a group, or of a stage before."""
    for (codes, stage, part), (around, before, whole) in permutations(set(known), 2):
        if whole and around <= codes and STAGES.index(before) <= STAGES.index(stage):
            yield Fraction(100 * part, whole)


def _counts_stage(stage: str, numbers: Sequence[Number], clause: Clause) -> bool:
    """Tell whether a clause has a number of the people at a stage of a whole batch.

    A page about a batch is full of numbers: this one stands alone, or the words beside it say that it counts people.
    """
    if clause.is_number_alone or any(stage in number.stages for number in numbers):
        return True
    is_named = ("stage", stage) in clause.tags
    return is_named and any(number.is_of_people and not number.stages for number in numbers)


def _codes(key: Key) -> frozenset[Tag]:
    return frozenset((str(name), code) for name, code in zip(DIMENSIONS, key.place, strict=True) if code != ALL)


def _is_about(subject: _Subject, key: Key) -> bool:
    """Tell whether a clause is about a count: its batch and every code, whatever the stage.

    A batch total needs its stage named, and the batch.
    """
    own = _codes(key)
    if subject.batches is not None and key.batch_id not in subject.batches:
        return False
    if not own:
        return subject.batches is not None and ("stage", key.stage) in subject.tags
    return own <= subject.tags
