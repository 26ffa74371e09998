"""The rules that no schema can state, each a generator whose docstring is the rule.

A rule reads typed rows and says what breaks it; it never touches the disk. Rules about counts, codes and dates run on
the rows in which the schemas found nothing, so that one cause does not echo through many rules and yet nothing waits
that can be judged; rules about texts run on every cell, come what may. ``kompeten.intake.rules.book`` holds the value
they all read.
"""

from __future__ import annotations

from collections.abc import Iterator

from kompeten.ground.findings import Finding
from kompeten.intake.rules import cells, codes, counts, dates, plausible, releases, texts
from kompeten.intake.rules.book import Book, Rule, open_book

RULES: tuple[Rule, ...] = (
    *counts.RULES,
    *cells.RULES,
    *codes.RULES,
    *dates.RULES,
    *plausible.RULES,
    *releases.RULES,
    *texts.RULES,
)

__all__ = ["RULES", "Book", "Rule", "judge_by_rules", "open_book", "waiting"]


def judge_by_rules(book: Book) -> Iterator[Finding]:
    """Say what the rules have against a data folder, each that can be judged."""
    for rule in RULES:
        if not rule.lacks(book):
            yield from rule.judge(book)


def waiting(book: Book) -> tuple[int, tuple[str, ...]]:
    """Give how many rules could not be judged, and the tables and files that kept them from it; nothing where there is
    no data folder at all.
    """
    if not book.packages.packages:
        return 0, ()
    lacking = [lacks for rule in RULES if (lacks := rule.lacks(book))]
    return len(lacking), tuple(sorted({name for lacks in lacking for name in lacks}))
