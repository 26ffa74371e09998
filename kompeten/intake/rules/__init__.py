"""The rules that no schema can state, each a generator whose docstring is the rule.

A rule reads typed rows and says what breaks it; it never touches the disk. Rules about counts, codes and dates run on
the rows in which the schemas found nothing, so that one cause does not echo through many rules and yet nothing waits
that can be judged; rules about texts run on every cell, come what may. ``kompeten.intake.rules.book`` holds the value
they all read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from kompeten.ground.findings import Finding
from kompeten.ground.vocabulary import CODE_LISTS
from kompeten.intake.messages import finding
from kompeten.intake.packages.values import PACKAGES
from kompeten.intake.rules import cells, codes, counts, dates, plausible, releases, texts
from kompeten.intake.rules.book import Book, Rows, Rule, open_book
from kompeten.intake.rules.sieve import Columns

if TYPE_CHECKING:
    from kompeten.ground.coded import Coded

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
    large = {name: _columns(book, rows) for name, rows in book.rows.items() if isinstance(rows, Rows)}
    for rule in RULES:
        if not rule.lacks(book):
            yield from _judged(rule, book, large)


def _judged(rule: Rule, book: Book, large: Mapping[str, Columns]) -> Iterator[Finding]:
    """Say what a rule has against a data folder; of large tables it looks at the rows that its sieves let through.

    Where it finds fault with some, it is asked again about all that may share it, so that a fault is told whole.
    """
    sieves = {name: sieve for name in large if (sieve := rule.sieve(name)) is not None}
    places = {name: sieve.rows(large[name]) for name, sieve in sieves.items()}
    found = tuple(rule.judge(book.narrowed(places)))
    if found and sieves:
        for name, sieve in sieves.items():
            table = book.packages.table(name)
            if table is not None:
                numbers = {table.row_numbers[place]: place for place in places[name].nonzero()[0].tolist()}
                own = (each for each in found if each.file == table.file and each.row in numbers)
                faults = [(numbers[each.row], each.column) for each in own if each.row is not None]
                places[name], left = sieve.again(large[name], faults)
                if left is not None:
                    yield finding("rows-not-judged", file=table.file, row=table.row_numbers[left])
        found = tuple(rule.judge(book.narrowed(places)))
    yield from found


def _columns(book: Book, rows: Rows) -> Columns:
    """Give a large table as sieves see it."""
    import numpy as np

    sound = np.zeros(len(rows.table.rows), dtype=bool)
    sound[rows.places] = True
    parents = {each.name: book.parents(each.name, code=each.key) for each in CODE_LISTS if each.is_nested}
    parents["stages"] = book.parents("stages", parent="bounded_by")
    coded = rows.table.rows
    return Columns(header=rows.table.header, rows=cast("Coded[str]", coded), sound=sound, parents=parents)


def waiting(book: Book) -> tuple[int, tuple[str, ...]]:
    """Give how many rules could not be judged, and the tables and files that kept them from it; nothing where there is
    no data folder at all. Of tables whose descriptor could not be read, the descriptor.
    """
    packages = book.packages.packages
    if not packages:
        return 0, ()
    lacking = [lacks for rule in RULES if (lacks := rule.lacks(book))]
    lost = [f"{name}/datapackage.json" for name in PACKAGES if all(each.name != name for each in packages)]
    told = {each["name"] for package in packages for each in package.resources()}
    names = {name for lacks in lacking for name in lacks}
    found = [[name] if not lost or name in told or "." in name else lost for name in names]
    return len(lacking), tuple(sorted({name for each in found for name in each}))
