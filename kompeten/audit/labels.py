"""Words about a hidden count: a sentence, a table cell or a label that names it and brings a number along."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kompeten.audit.cells import PRINTED, Cell, Key
from kompeten.audit.margins import ALL
from kompeten.audit.readers.drawings import HIDDEN_WORDS
from kompeten.audit.readers.sightings import Words
from kompeten.audit.verdict import Breach
from kompeten.policy import DIMENSIONS, STAGES

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "nol zero nobody",
            "satu one seorang",
            "dua two",
            "tiga three",
            "empat four",
            "lima five",
            "enam six",
        )
    )
    for word in words.split()
}
NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?\b")
MONTHS = (
    "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
    "|january|february|march|may|june|july|august|october|december"
)
DATE = re.compile(rf"\b\d{{1,2}}(?:\s*[–-]\s*\d{{1,2}})?\s+(?:{MONTHS})\b")
CLAUSE = re.compile(r"[;|\n·•]|\.(?=\s)")
PHRASE = re.compile(r",(?=\s)")
HIDDEN = re.compile("|".join(HIDDEN_WORDS), re.IGNORECASE)

Tag = tuple[str, str]
"""A kind ("sex", "batch", "stage") and a code."""


@dataclass(slots=True)
class Names:
    """What codes are called on the site, both languages, in small letters."""

    by_name: dict[str, set[Tag]] = field(default_factory=lambda: defaultdict(set))
    known: dict[str, frozenset[Tag]] = field(default_factory=dict)

    def learn(self, kind: str, code: str, texts: Sequence[object]) -> None:
        """Remember the names of a code; names of fewer than three letters say nothing in a sentence."""
        if code.startswith("_"):
            return
        for text in texts:
            if isinstance(text, str) and len(text.strip()) >= 3:
                self.by_name[text.strip().lower()].add((kind, code))

    def pattern(self) -> re.Pattern[str]:
        """Give a pattern that finds any of the names, longest first."""
        names = sorted(self.by_name, key=lambda name: (-len(name), name))
        return (
            re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)") if names else re.compile(r"(?!)")
        )


CODE_LISTS: Mapping[str, str] = {
    "regions": "region_code",
    "qualification_levels": "qualification_level",
    "classifications": "classification",
    "tracks": "track",
    "sexes": "sex",
    "age_bands": "age_band",
    "funding_sources": "funding_source",
    "stages": "stage",
}


def names_of(documents: Mapping[str, Any]) -> Names:
    """Learn names from the code lists and batches of the API."""
    names = Names()
    for path, document in documents.items():
        stem = path.rsplit("/", 1)[-1].removesuffix(".json")
        kind = "batch" if stem == "batches" else CODE_LISTS.get(stem)
        rows = document.get("data") if isinstance(document, Mapping) else None
        for row in rows if kind and isinstance(rows, list) else ():
            if isinstance(row, Mapping) and kind:
                code = row.get("batch_id") if kind == "batch" else row.get("code", row.get("region_code"))
                label = row.get("name", row.get("label"))
                texts = list(label.values()) if isinstance(label, Mapping) else [label]
                own = [
                    row.get("name_id"),
                    row.get("name_en"),
                    *([code] if kind in ("batch", "region_code") else []),
                ]
                names.learn(kind, str(code), [*texts, *own])
    for stage in STAGES:
        names.learn("stage", stage, [stage.replace("_", " ")])
    return names


def telling_words(words: Sequence[Words], cells: Sequence[Cell], names: Names) -> Iterator[Breach]:
    """Give the words that name a hidden count of a register and bring a number that nothing printed explains.

    A number is explained where it is a year, a part of a name, or a printed count of the same batch that carries all
    the codes of the hidden one.
    """
    hidden = [cell.key for cell in cells if cell.is_register and cell.status == "hidden"]
    if not hidden:
        return
    finder, by_tag = names.pattern(), _by_tag(hidden)
    printed = _printed(cells)
    seen: set[tuple[str, Key]] = set()
    for said in words:
        if not (NUMBER.search(said.text) or NUMBER_WORD.search(said.text)):
            continue
        counted = [(clause, own) for clause in _clauses(said.text) if (own := _numbers(finder, clause))]
        around = _tags(finder, names, said.scope) | _batches(finder, names, said.text) if counted else frozenset()
        for clause, numbers in counted:
            found = _nearest(_tags(finder, names, clause), around)
            for key in sorted({key for tag in found for key in by_tag.get(tag, ()) if _names(key, found)}):
                if (said.address, key) not in seen and numbers - printed(key):
                    seen.add((said.address, key))
                    yield Breach(reason="note_tells", subject=key.text(), chain=(said.address,))


def _by_tag(keys: Sequence[Key]) -> dict[Tag, list[Key]]:
    """Index hidden counts by their codes; a batch total by its stage."""
    index: dict[Tag, list[Key]] = defaultdict(list)
    for key in keys:
        tags = {(str(name), code) for name, code in zip(DIMENSIONS, key.place, strict=True) if code != ALL}
        for tag in sorted(tags) or [("stage", key.stage)]:
            index[tag].append(key)
    return index


def _names(key: Key, found: frozenset[Tag]) -> bool:
    """Tell whether tags name a count: its batch and every code; its stage, unless only another stage is named.

    A batch total is named by batch and stage.
    """
    own = {(name, code) for name, code in zip(DIMENSIONS, key.place, strict=True) if code != ALL}
    stages = {code for kind, code in found if kind == "stage"}
    is_stage = key.stage in stages or (bool(own) and not stages)
    return ("batch", key.batch_id) in found and own <= found and is_stage


def _printed(cells: Sequence[Cell]) -> Any:
    """Give a function from a key to the printed counts of its batch that carry all its codes."""
    by_batch: dict[str, list[tuple[frozenset[Tag], int]]] = defaultdict(list)
    for cell in cells:
        if cell.status in PRINTED and cell.value is not None:
            tags = frozenset(pair for pair in zip(DIMENSIONS, cell.key.place, strict=True) if pair[1] != ALL)
            by_batch[cell.key.batch_id].append((tags, cell.value))
    known: dict[Key, set[int]] = {}

    def printed(key: Key) -> set[int]:
        if key not in known:
            own = {pair for pair in zip(DIMENSIONS, key.place, strict=True) if pair[1] != ALL}
            known[key] = {value for tags, value in by_batch[key.batch_id] if own <= tags}
        return known[key]

    return printed


def _tags(finder: re.Pattern[str], names: Names, text: str) -> frozenset[Tag]:
    """Give what the lines of a text name; each line is looked at once in an audit."""
    return frozenset().union(*(_tags_of_line(finder, names, line) for line in text.split("\n")))


def _tags_of_line(finder: re.Pattern[str], names: Names, line: str) -> frozenset[Tag]:
    found = names.known.get(line)
    if found is None:
        found = frozenset(tag for match in finder.finditer(line.lower()) for tag in names.by_name[match.group()])
        names.known[line] = found
    return found


def _batches(finder: re.Pattern[str], names: Names, text: str) -> set[Tag]:
    return {tag for tag in _tags(finder, names, text) if tag[0] == "batch"}


def _nearest(own: frozenset[Tag], around: frozenset[Tag]) -> frozenset[Tag]:
    """Give what a clause is about: its own names, and for kinds that it does not name those that stand around it."""
    kinds = {kind for kind, _ in own}
    return own | {tag for tag in around if tag[0] not in kinds}


def _clauses(text: str) -> Iterator[str]:
    """Give the parts of a text that each speak of one thing; a clause that hides one thing may go on to another."""
    for clause in CLAUSE.split(text):
        yield from PHRASE.split(clause) if HIDDEN.search(clause) else (clause,)


def _numbers(finder: re.Pattern[str], clause: str) -> set[int]:
    """Give the whole numbers that a clause states, outside names and years."""
    text = YEAR.sub(" ", DATE.sub(" ", finder.sub(" ", clause.lower())))
    found = {int(re.sub(r"[.,]", "", match)) for match in NUMBER.findall(text)}
    return found | {NUMBER_WORDS[match.lower()] for match in NUMBER_WORD.findall(text)}
