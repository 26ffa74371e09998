"""What any reader knows of a table without being told: totals are sums, and the funnel narrows.

Pure functions from the coordinates of cells to linear statements over their indices. They serve two readers: the
attacker, over what is published, and the door, over the private tables that it is about to protect.

A dimension of a cell is a code, ``_T`` (all) or ``_U`` (not known). ``_U`` is a part like any other. Codes may
form a hierarchy: levels 7, 8 and 9 are parts of ``ahli``, which is a part of ``_T``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product
from typing import TypeVar

from kompeten.ground.vocabulary import ALL, DECIDED, FUNNEL, RESULTS, RUNGS, UNKNOWN

Coordinates = tuple[str, ...]
"""One code a dimension, in the contract's order; ``_T`` where a dimension is summed over."""

Name = TypeVar("Name", bound=str)
"""A stage, as whoever asks names it."""


def tried_at(stage: str, counts: Mapping[str, int], *, is_headline: bool) -> str | None:
    """Give the stage whose people might have come to a result; None where nothing is said of them.

    counts: what is said of one group, by stage. Those assessed in a headline table, elsewhere the nearest stage there;
    for the certificate those who passed, or the others where nobody did.
    """
    if stage == "skk_terbit" and counts.get("kompeten"):
        return "kompeten"
    stages = ("asesi",) if is_headline else tuple(reversed(RUNGS))
    return next((own for own in stages if own in counts), None)


def all_failed(stage: str, counts: Mapping[str, int], *, is_headline: bool) -> bool:
    """Tell whether a result says that nobody of a group passed, or that nobody has the certificate."""
    base = tried_at(stage, counts, is_headline=is_headline)
    people = 0 if base is None else counts[base]
    return people > 0 and counts[stage] == (people if stage == "belum_kompeten" else 0)


def failed_changes(by: Mapping[tuple[str, Coordinates], int]) -> Iterator[tuple[str, Coordinates]]:
    """Give the results that say that nobody of those who changed at a place passed, or nobody of them is certified.

    by: how each count of a batch moved, by stage and place. Where no result of the whole batch moved nothing was
    decided, and nothing is said.
    """
    places: dict[Coordinates, dict[str, int]] = defaultdict(dict)
    for (stage, place), people in by.items():
        places[place][stage] = people
    totals = next((own for place, own in places.items() if set(place) == {ALL}), {})
    if any(totals.get(stage) for stage in RESULTS):
        for place, own in places.items():
            yield from ((stage, place) for stage in RESULTS if stage in own and _says_failed(stage, own, totals))


def _says_failed(stage: str, by: Mapping[str, int], totals: Mapping[str, int]) -> bool:
    base = next((by[rung] for rung in reversed(RUNGS) if rung in by), 0)
    passed, failed = by.get("kompeten"), by.get("belum_kompeten")
    if stage == "skk_terbit":
        return bool(totals.get(stage)) and not by[stage] and bool(passed or base)
    if stage == "belum_kompeten":
        return bool(failed) and (failed == base or passed == 0)
    return not passed and bool(base or failed)


def people_changed(by: Mapping[tuple[str, Coordinates], int]) -> int:
    """Give the fewest people whose change explains how counts moved: the most that joined or left one table.

    by: how each count moved, by stage and place. A move between two places is one person who left and joined; nobody is
    both competent and not yet so.
    """
    joined: dict[tuple[object, ...], int] = defaultdict(int)
    for (stage, place), people in by.items():
        table = "decided" if stage in DECIDED else stage
        # Dimensions that are summed over tell one table from another.
        joined[table, people < 0, tuple(code == ALL for code in place)] += abs(people)
    return max(joined.values(), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One dimension: its name, and for each code the group that it belongs to (``_T`` where parents says nothing)."""

    name: str
    parents: Mapping[str, str] = field(default_factory=dict)

    def ancestors(self, code: str) -> Iterator[str]:
        """Give the groups that hold a code, nearest first; ``_T`` comes last and has none."""
        while code != ALL:
            code = self.parents.get(code, ALL)
            yield code


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """total = sum of parts, or (exact is False) total >= sum of parts; numbers are indices of cells."""

    total: int
    parts: tuple[int, ...]
    exact: bool
    rule: str


def sums(cells: Sequence[Coordinates], dimensions: Sequence[Dimension]) -> Iterator[Statement]:
    """Give every sum that the coordinates imply, one dimension at a time.

    cells: distinct coordinates, one code a dimension, in the order of dimensions. A line is all cells that differ
    in one dimension only; on it, each printed group is the sum of the printed codes nearest below it. The statement
    is exact where the line covers every finest code that any cell carries on that dimension, and "at least"
    otherwise: a line that was printed in part. A line without ``_U`` has nobody unknown, so ``_U`` need not be there.
    """
    for position, dimension in enumerate(dimensions):
        under = _finest_under(dimension, {cell[position] for cell in cells})
        for line in _lines(cells, position):
            yield from _line_sums(line, dimension, under)


def funnel(cells: Sequence[tuple[str, Coordinates]]) -> Iterator[Statement]:
    """Give the funnel's statements; cells are (stage, coordinates of everything else), distinct.

    Each printed stage is at most the nearest printed stage before it; kompeten (or skk_terbit, where it is not there)
    and belum_kompeten together are at most the nearest printed stage at or before asesi.
    """
    groups: dict[Coordinates, dict[str, int]] = defaultdict(dict)
    for index, (stage, rest) in enumerate(cells):
        groups[rest][stage] = index
    for stages in groups.values():
        printed = [stage for stage in FUNNEL if stage in stages]
        for before, after in pairwise(printed):
            yield Statement(total=stages[before], parts=(stages[after],), exact=False, rule="funnel")
        if "belum_kompeten" not in stages:
            continue
        base = [stage for stage in RUNGS if stage in stages]
        if base:
            competent = next((stage for stage in ("kompeten", "skk_terbit") if stage in stages), None)
            parts = tuple(stages[stage] for stage in (competent, "belum_kompeten") if stage is not None)
            yield Statement(total=stages[base[-1]], parts=parts, exact=False, rule="funnel")


def stage_pairs(stages: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give every stage with each later one that can be taken from it, and with the results that can."""
    present = [stage for stage in FUNNEL if stage in stages]
    for before, after in combinations(present, 2):
        yield before, (after,)
    for before in present if "belum_kompeten" in stages else ():
        if before in RUNGS:
            yield before, ("belum_kompeten",)
            yield from ((before, (stage, "belum_kompeten")) for stage in ("kompeten", "skk_terbit") if stage in stages)


def cyclic_core(schemes: Iterable[frozenset[str]]) -> frozenset[frozenset[str]]:
    """Give the table schemes (sets of crossed dimensions) that close a cycle; none where they are alpha-acyclic.

    Without a cycle the printed cells and their margins are the attacker's whole system; a cycle (the three two-way
    tables of a three-way table) needs the unpublished joint cells too.
    Source: Graham's reduction; Beeri, Fagin, Maier, Yannakakis 1983; Vorob'ev 1962.
    """
    edges = frozenset(scheme for scheme in schemes if scheme)
    while True:
        counts: dict[str, int] = defaultdict(int)
        for edge in edges:
            for name in edge:
                counts[name] += 1
        trimmed = {frozenset(name for name in edge if counts[name] > 1) for edge in edges} - {frozenset()}
        reduced = frozenset(edge for edge in trimmed if not any(edge < other for other in trimmed))
        if reduced == edges:
            return edges if len(edges) > 1 else frozenset()
        edges = reduced


def crossed_beside(schemes: Mapping[Name, Collection[frozenset[str]]]) -> dict[Name, frozenset[frozenset[str]]]:
    """Give for each stage the tables of two dimensions or more that it must be thought of in, though it prints none.

    schemes: for each stage of one batch, its printed tables as sets of crossed dimensions. A table of another stage
    that shares a dimension with one of its own counts: nobody can have passed where nobody took part, cell by cell,
    so that the finer table of one stage narrows the coarser ones of the next. The outcome is one more dimension of
    every table; stages that print nothing but the total add nothing.
    """
    found = {stage: frozenset(scheme for scheme in own if scheme) for stage, own in schemes.items()}
    crossed = frozenset(scheme for own in found.values() for scheme in own if len(scheme) > 1)
    while True:
        wider = {
            stage: own | {scheme for scheme in crossed if any(scheme & other for other in own)}
            for stage, own in found.items()
        }
        if wider == found:
            return {stage: own - frozenset(schemes[stage]) for stage, own in found.items()}
        found = wider


def unprinted_margins(cells: Sequence[Coordinates], dimensions: Sequence[Dimension]) -> Iterator[Coordinates]:
    """Give the margins of printed cells that are not printed themselves: a reader adds them up all the same.

    Each code is replaced by its groups and ``_T`` in every combination; each margin once, in order of first need.
    """
    seen = set(cells)
    chains: dict[tuple[int, str], tuple[str, ...]] = {}
    for cell in cells:
        ways = []
        for position, code in enumerate(cell):
            if (position, code) not in chains:
                chains[position, code] = (code, *dimensions[position].ancestors(code))
            ways.append(chains[position, code])
        for margin in product(*ways):
            if margin not in seen:
                seen.add(margin)
                yield margin


def _finest_under(dimension: Dimension, codes: set[str]) -> dict[str, frozenset[str]]:
    """Give for each group the finest codes below it: those given, without ``_U``, that have none below themselves."""
    groups = {ancestor for code in codes for ancestor in dimension.ancestors(code)}
    under: dict[str, set[str]] = defaultdict(set)
    for code in codes - groups - {ALL, UNKNOWN}:
        for group in dimension.ancestors(code):
            under[group].add(code)
    return {group: frozenset(found) for group, found in under.items()}


def _lines(cells: Sequence[Coordinates], position: int) -> Iterator[dict[str, int]]:
    """Give, for each line along one dimension that has more than one cell, its codes and their cells."""
    lines: dict[tuple[Coordinates, Coordinates], dict[str, int]] = defaultdict(dict)
    for index, cell in enumerate(cells):
        lines[cell[:position], cell[position + 1 :]][cell[position]] = index
    return (line for line in lines.values() if len(line) > 1)


def _line_sums(
    line: Mapping[str, int], dimension: Dimension, under: Mapping[str, frozenset[str]]
) -> Iterator[Statement]:
    """Give the sums of one line: each printed group and the printed codes nearest below it."""
    below: dict[str, list[str]] = defaultdict(list)
    for code in line:
        nearest = next((group for group in dimension.ancestors(code) if group in line), None)
        if nearest is not None:
            below[nearest].append(code)
    for group, codes in below.items():
        # A group counts as all that is below it, a finest code as itself.
        covered = frozenset().union(*(under.get(code, frozenset((code,))) for code in codes))
        yield Statement(
            total=line[group],
            parts=tuple(line[code] for code in codes),
            exact=under.get(group, frozenset()) <= covered,
            rule=f"sum:{dimension.name}",
        )
