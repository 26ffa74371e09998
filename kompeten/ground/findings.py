"""What is wrong with data: the place, the rule, and what to do about it.

A finding never holds the value of a cell: a build log is a public place, and the file may be a private one.
The rules that read public packages put the offending text into ``what`` themselves, where that is safe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal, NamedTuple, TypeVar

T = TypeVar("T")

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
FOLDER_OF: Mapping[Language, str] = {"id": "", "en": "en/"}
"""Where the pages of a language stand below the root of the site."""
MARK_OF: Mapping[Language, str] = {"id": "", "en": ".en"}
"""What stands before the ending of a file that there is in each language."""


class Label(NamedTuple):
    """One text in both languages."""

    id: str
    en: str

    @classmethod
    def written(cls, write: Callable[[Language], str]) -> Label:
        """Give what is written in each language."""
        return cls(write("id"), write("en"))

    def text(self, language: Language) -> str:
        return self.id if language == "id" else self.en

    def then(self, other: Label) -> Label:
        """Give both texts with another after each; what is empty leaves no blank."""
        return Label(*(" ".join(filter(None, pair)) for pair in zip(self, other, strict=True)))

    def at(self, place: str) -> Label:
        """Give both texts with a place before each: a file, a key."""
        return Label(*(f"{place}: {text}" for text in self))

    def filled(self, **details: object) -> Label:
        """Fill the braces of both texts; of a detail that is itself a Label, each takes its own language."""
        return Label(*(_filled(text, details, language) for text, language in zip(self, LANGUAGES, strict=True)))


def _filled(text: str, details: Mapping[str, object], language: Language) -> str:
    said = {name: each.text(language) if isinstance(each, Label) else each for name, each in details.items()}
    return text.format(**said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong, in one place, or the same thing in many rows.

    file: path relative to the data folder. row: line of the CSV file, the header being row 1; None when the
    finding is about the file as a whole. column: the column's name, or None. rule: a slug, stable between versions.
    rows: where it was found more than once, the rows in words (``41-97, 103``), row being the first; count: how often.
    """

    file: str
    rule: str
    what: Label
    mend: Label
    row: int | None = None
    column: str | None = None
    rows: str | None = None
    count: int = 1

    def line(self, language: Language) -> str:
        """Give the finding as ``file:row: column: mend ← what``; parts that do not apply are left out.

        Of a mend of several lines, those after the first stand below.
        """
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        what = self.what.text(language)
        if self.rows is not None:
            rows, times = ("baris", "kali") if language == "id" else ("rows", "times")
            what += f" ({rows} {self.rows}, {self.count} {times})"
        mend, _, lines = self.mend.text(language).partition("\n")
        parts = [place, *([self.column] if self.column else []), f"{mend} ← {what}"]
        return "\n".join([": ".join(parts), *([lines] if lines else [])])

    def as_json(self) -> dict[str, object]:
        """Give the finding as a JSON object; labels become ``{"id": …, "en": …}``."""
        return {**asdict(self), "what": self.what._asdict(), "mend": self.mend._asdict()}

    def annotation(self, language: Language, *, root: str) -> str:
        """Give the finding as a workflow command that GitHub Actions shows beside the line of the file."""
        place = f"file={_escape(f'{root}/{self.file}', is_property=True)}"
        if self.row is not None:
            place += f",line={self.row}"
        message = self.line(language)
        return f"::error {place},title={_escape(self.rule, is_property=True)}::{_escape(message, is_property=False)}"


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by file, row, column and rule, and drop those said twice."""
    unique = {(f.file, f.row or 0, f.column or "", f.rule, f.what): f for f in findings}
    return tuple(unique[key] for key in sorted(unique))


MANY = 3
"""From so many rows on the same mistake in one column is one finding."""

SPANS = 6
"""So many stretches of rows are written out; of more, the last stretch alone."""


def folded(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Say the same mistake once: findings of one rule in one column of one file, in so many rows, become one.

    What it says is what the first of them says. The rest stays in order.
    """
    groups: dict[tuple[str, str | None, str], list[Finding]] = {}
    for each in in_order(findings):
        groups.setdefault((each.file, each.column, each.rule), []).append(each)
    kept: list[Finding] = []
    for group in groups.values():
        rows = sorted({each.row for each in group if each.row is not None})
        is_one = len(rows) >= MANY and len(rows) == len(group)
        kept += [told_once(group[0], rows)] if is_one else group
    return in_order(kept)


def told_once(first: Finding, rows: Sequence[int]) -> Finding:
    """Say the first finding for all rows where it was found, which are in order."""
    return replace(first, row=rows[0], rows=_spans(rows), count=len(rows))


def _spans(rows: Sequence[int]) -> str:
    """Give rows, in order, as stretches: ``12-448, 450``."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in spans]
    return ", ".join(texts if len(texts) <= SPANS else [*texts[: SPANS - 2], "…", texts[-1]])


FEW, FLOOD = 5, 20
"""Of more than FLOOD of one kind, a person is told the first FEW one by one and how many more there are."""


def few(items: Sequence[T], kind: Callable[[T], object]) -> Iterator[tuple[T, Sequence[T]]]:
    """Give items in their order, of a flood of one kind the first few; the last of these with all that follow it."""
    counts, seen = Counter(map(kind, items)), Counter[object]()
    for place, each in enumerate(items):
        own = kind(each)
        seen[own] += 1
        if counts[own] <= FLOOD or seen[own] < FEW:
            yield each, ()
        elif seen[own] == FEW:
            yield each, [other for other in items[place + 1 :] if kind(other) == own]


def rows_of(findings: Iterable[Finding]) -> str:
    """Give the rows of findings in words, each once; empty where they are about no row."""
    return _spans(sorted({each.row for each in findings if each.row is not None}))


def _escape(text: str, *, is_property: bool) -> str:
    """Escape a text for a workflow command (GitHub's own toolkit escapes the same characters)."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text
