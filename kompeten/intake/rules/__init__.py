"""The rules that no schema can state, each a generator whose docstring is the rule.

A rule reads typed rows and says what breaks it; it never touches the disk. Rules about counts, codes and dates run
only on tables in which the schemas found nothing, so that one cause does not echo through many rules; rules about
texts run on every cell, come what may. ``kompeten.intake.rules.book`` holds the value they all read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kompeten.ground.findings import Finding
from kompeten.intake.packages import Packages
from kompeten.intake.rules import cells, codes, counts, dates, releases, texts
from kompeten.intake.rules.book import Book, Rule, open_book

RULES: tuple[Rule, ...] = (*counts.RULES, *cells.RULES, *codes.RULES, *dates.RULES, *releases.RULES, *texts.RULES)

__all__ = ["RULES", "Book", "Rule", "judge_by_rules", "open_book"]


def judge_by_rules(packages: Packages, unsound: Collection[str] = ()) -> Iterator[Finding]:
    """Say what the rules have against a data folder. unsound: files in which the schemas found something."""
    book = open_book(packages, unsound)
    for rule in RULES:
        if all(book.is_sound(name) for name in rule.needs):
            yield from rule.judge(book)
