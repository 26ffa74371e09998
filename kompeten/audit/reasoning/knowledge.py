"""Published cells become the attacker's system: printed counts, margins, funnel, rates, outside facts, releases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from kompeten.audit.reasoning.cells import Cell, Key, Limit, Published, Ratio, Total, scheme_of
from kompeten.audit.reasoning.margins import (
    Coordinates,
    Dimension,
    crossed_beside,
    cyclic_core,
    funnel,
    sums,
    unprinted_margins,
)
from kompeten.audit.reasoning.system import CEILING, INFINITE, Builder, System
from kompeten.ground.vocabulary import ALL, DIMENSIONS

JOINT_CELLS = 20_000
"""A joint table of more cells than this is not added: the two attackers have agreed wherever both could run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A system and what its cells are: the printed and hidden counts by key, and the unprinted ones.

    hidden: targets, published cells without a number, whatever their status. unprinted: cells that nobody prints and
    that may be small all the same: margins, joint cells. left_over: people between two stages, with the keys of the
    stages. changes: how a cell moved between two releases, with the key, whether neither hides it, and whether the
    later one declares a correction.
    """

    system: System
    place: Mapping[Key, int]
    hidden: tuple[int, ...]
    unprinted: tuple[int, ...]
    left_over: Mapping[int, tuple[Key, ...]]
    changes: Mapping[int, tuple[Key, bool, bool]]


def know(
    published: Published,
    cells: Sequence[Cell],
    *,
    facts: Sequence[Limit] = (),
    previous: Sequence[tuple[str, Published, Sequence[Cell]]] = (),
) -> Known:
    """Write the cells of some batches as one system; every cell is from a register.

    previous: earlier releases that a reader kept, newest first: name, all of it, and its cells of these batches.
    facts: what the press and the context tables say, as far as a reader believes it.
    """
    writer = _Writer(dimensions=published.dimensions)
    _add_release(writer, published, cells)
    for fact in facts:
        writer.add_limit(fact)
    later, declared = writer, published.corrected
    for name, earlier, own in previous:
        writer_then = _Writer(dimensions=earlier.dimensions, builder=writer.builder, prefix=f"{name}: ")
        _add_release(writer_then, earlier, own)
        writer.changes.update(later.add_changes(writer_then, {cell.key: cell for cell in own}, declared))
        # What an earlier release hides must stay hidden beside this one.
        writer.hidden.extend(writer_then.hidden)
        later, declared = writer_then, earlier.corrected
    return writer.known()


def _add_release(writer: _Writer, published: Published, cells: Sequence[Cell]) -> None:
    """Add the counts of one release and everything stated about them."""
    writer.add_counts(cells, is_whole=published.is_whole)
    batches = {cell.key.batch_id for cell in cells}
    for total, parts in published.sums:
        writer.add_running_total(total, [part for part in parts if part in batches], complete=batches >= set(parts))
    for ratio in published.ratios:
        writer.add_ratio(ratio)
    for published_total in published.totals:
        writer.add_total(published_total)


def families(published: Published, cells: Iterable[Cell]) -> list[list[Cell]]:
    """Group register cells by the batches that totals and rates tie together; in order of first batch."""
    tied = [{total, *parts} for total, parts in published.sums]
    tied += [{key.batch_id for key, _ in total.terms} for total in published.totals]
    tied += [{key.batch_id for key in (*ratio.above, *ratio.below)} for ratio in published.ratios]
    leader: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    for group in tied:
        joined = set(group).union(*(members[leader[batch]] for batch in group if batch in leader))
        first = min(joined, default="")
        members[first] = joined
        leader.update(dict.fromkeys(joined, first))
    groups: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[leader.get(cell.key.batch_id, cell.key.batch_id)].append(cell)
    return [groups[name] for name in sorted(groups)]


@dataclass(slots=True)
class _Writer:
    """Adds cells and statements to a builder, and remembers which is which."""

    dimensions: tuple[Dimension, ...]
    builder: Builder = field(default_factory=Builder)
    place: dict[Key, int] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    unprinted: list[int] = field(default_factory=list)
    left_over: dict[int, tuple[Key, ...]] = field(default_factory=dict)
    changes: dict[int, tuple[Key, bool, bool]] = field(default_factory=dict)
    prefix: str = ""
    printed: dict[Key, Cell] = field(default_factory=dict)

    def known(self) -> Known:
        return Known(
            system=self.builder.build(),
            place=self.place,
            hidden=tuple(self.hidden),
            unprinted=tuple(self.unprinted),
            left_over=self.left_over,
            changes=self.changes,
        )

    def add_counts(self, cells: Sequence[Cell], *, is_whole: bool) -> None:
        """Add printed and hidden counts, the margins behind them, and what the funnel says of them."""
        before = len(self.place)
        for cell in cells:
            if cell.key not in self.place:
                self._add_cell(cell)
            elif (bounds := cell.bounds) is not None:
                self.add_limit(Limit(key=cell.key, low=bounds[0], high=bounds[1], address=cell.address))
        tables: dict[tuple[str, str], list[Coordinates]] = defaultdict(list)
        for key in list(self.place)[before:]:
            tables[key.batch_id, key.stage].append(key.place)
        beside = _beside(tables)
        for (batch_id, stage), places in tables.items() if is_whole else ():
            self._add_margins(batch_id, stage, places, beside[batch_id, stage])
        batches: dict[str, list[Key]] = defaultdict(list)
        for key in list(self.place)[before:]:
            batches[key.batch_id].append(key)
        for keys in batches.values():
            self._add_funnel(keys)

    def _add_cell(self, cell: Cell) -> None:
        bounds = cell.bounds
        low, high = (0, None) if bounds is None else bounds
        index = self.builder.cell(
            self.prefix + cell.key.text(), low=low, high=CEILING if high is None else high, said=cell.address
        )
        self.place[cell.key] = index
        self.printed[cell.key] = cell
        if cell.value is None:
            self.hidden.append(index)

    def _add_margins(self, batch_id: str, stage: str, places: list[Coordinates], beside: Sequence[Coordinates]) -> None:
        """Add the unprinted margins and joint cells of one stage, and every sum among them.

        beside: places of tables that other stages print, at which this one narrows too.
        """
        fresh = [*beside, *_joint_cells([*places, *beside], self.dimensions)]
        fresh += unprinted_margins([*places, *fresh], self.dimensions)
        for place in fresh:
            key = Key(batch_id, stage, place)
            self.place[key] = self.builder.cell(self.prefix + key.text())
            self.unprinted.append(self.place[key])
        everywhere = [*places, *fresh]
        index = [self.place[Key(batch_id, stage, place)] for place in everywhere]
        for statement in sums(everywhere, self.dimensions):
            parts = [index[part] for part in statement.parts]
            add = self.builder.equal if statement.exact else self.builder.at_least
            add(index[statement.total], parts, why=statement.rule)

    def _add_funnel(self, keys: Sequence[Key]) -> None:
        """Add the people left over between printed stages: at least 0 of them."""
        for statement in funnel([(key.stage, key.place) for key in keys]):
            parts = [keys[part] for part in statement.parts]
            total = keys[statement.total]
            name = f"{total.stage}>{'+'.join(part.stage for part in parts)}"
            left = self.builder.cell(self.prefix + total._replace(stage=name).text())
            self.left_over[left] = (total, *parts)
            self.builder.equal(self.place[total], [*(self.place[part] for part in parts), left], why=statement.rule)

    def add_changes(
        self, before: _Writer, old: Mapping[Key, Cell], declared: frozenset[str]
    ) -> dict[int, tuple[Key, bool, bool]]:
        """State new = old + change for every cell of both releases; give the changes.

        declared: batches of which the later release declares a correction.

        A stage of a batch of which no printed count moved is taken to be the same: a reader would. Where counts only
        grew, people were only added, and where they only fell, only taken away; else a change may have either sign.
        A stage without a count in both goes by the others, unless one is hidden that was printed.
        """
        moved: dict[tuple[str, str], set[int]] = defaultdict(set)
        gone: dict[tuple[str, str], set[int]] = defaultdict(set)
        for key, cell in old.items():
            now = self.printed.get(key)
            if now is not None and now.value is None and cell.value is not None:
                gone[key.batch_id, key.stage] |= {-1, 1}
            if now is not None and now.value is not None and cell.value is not None:
                for stage in (key.stage, ""):
                    moved[key.batch_id, stage].add(now.value - cell.value)
        changes = {}
        for key in [key for key in before.place if key in self.place]:
            others = moved[key.batch_id, ""]
            steps = moved[key.batch_id, key.stage] or (others and gone[key.batch_id, key.stage]) or others
            # Nothing that both print moved, or they print nothing alike: a reader takes it to be the same.
            if steps <= {0}:
                self.builder.equal(self.place[key], [before.place[key]], why="same stage")
                continue
            low, high = 0 if min(steps) >= 0 else -CEILING, 0 if max(steps) <= 0 else CEILING
            change = self.builder.cell(f"{before.prefix}{key.text()}", low=low, high=high)
            self.builder.equal(self.place[key], [before.place[key], change], why="same batch")
            own = [w.printed[key] for w in (self, before) if key in w.printed]
            is_printed = all(cell.value is not None for cell in own)
            changes[change] = (key, is_printed, key.batch_id in declared)
        return changes

    def add_running_total(self, total: str, parts: Sequence[str], *, complete: bool) -> None:
        """State that a running total is, cell by cell, the sum of its batches, or covers them where one is missing."""
        for key, index in list(self.place.items()):
            if key.batch_id != total:
                continue
            own = [self.place[found] for part in parts if (found := key._replace(batch_id=part)) in self.place]
            add = self.builder.equal if complete and len(own) == len(parts) else self.builder.at_least
            if own:
                add(index, own, why="running total")

    def add_ratio(self, ratio: Ratio) -> None:
        """State a rate: rounding leaves half a unit of its last decimal either way (the ends belong to it)."""
        above = [self.place.get(key) for key in ratio.above]
        below = [self.place.get(key) for key in ratio.below]
        if None in above or None in below:
            return
        unit = 10**ratio.decimals
        # In halves of the last decimal, so that the ends of the rounding are whole numbers too.
        middle = round(2 * unit * ratio.shown)
        scaled = [(index, 2 * unit * ratio.multiplier) for index in above if index is not None]
        for side, end in ((1, middle + 1), (-1, middle - 1)):
            terms = [(index, side * size) for index, size in scaled]
            terms += [(index, -side * end) for index in below if index is not None]
            self.builder.row(terms, high=side * end * ratio.base, why=ratio.address)

    def add_total(self, total: Total) -> None:
        """State a published sum, where every count of it is in the system."""
        terms = [(self.place[key], size) for key, size in total.terms if key in self.place]
        if len(terms) == len(total.terms):
            low, high = (end if own is None else own for own, end in ((total.low, -INFINITE), (total.high, INFINITE)))
            self.builder.row(terms, low=low, high=high, why=total.address)

    def add_limit(self, limit: Limit) -> None:
        """State an outside fact about a cell that is in the system."""
        index = self.place.get(limit.key)
        if index is not None:
            high = CEILING if limit.high is None else limit.high
            self.builder.row([(index, 1)], low=limit.low, high=high, why=limit.address)


def _beside(tables: Mapping[tuple[str, str], Sequence[Coordinates]]) -> dict[tuple[str, str], list[Coordinates]]:
    """Give for each batch and stage the places of finer tables that only other stages of the batch print."""
    found: dict[tuple[str, str], list[Coordinates]] = {}
    batches: dict[str, dict[str, Sequence[Coordinates]]] = defaultdict(dict)
    for (batch_id, stage), places in tables.items():
        batches[batch_id][stage] = places
    for batch_id, stages in batches.items():
        wanted = crossed_beside({stage: {scheme_of(place) for place in places} for stage, places in stages.items()})
        for stage, places in stages.items():
            others = dict.fromkeys(place for other in stages.values() for place in other if wanted[stage])
            own = set(places)
            found[batch_id, stage] = [
                place for place in others if scheme_of(place) in wanted[stage] and place not in own
            ]
    return found


def _joint_cells(places: Sequence[Coordinates], dimensions: Sequence[Dimension]) -> list[Coordinates]:
    """Give the unpublished joint cells that close a cycle of tables; none where there is no cycle.

    Only finest codes: their groups follow as margins.
    """
    schemes = {frozenset(d for d, code in enumerate(place) if code != ALL) for place in places}
    crossed = {frozenset(DIMENSIONS[d] for d in scheme) for scheme in schemes if len(scheme) > 1}
    joint = frozenset().union(*cyclic_core(crossed))
    if not joint:
        return []
    axes = [_joint_axis(places, position, joint, dimensions[position]) for position in range(len(dimensions))]
    if prod(len(axis) for axis in axes) > JOINT_CELLS:
        return []
    printed = set(places)
    return [place for place in product(*axes) if place not in printed]


def _joint_axis(
    places: Sequence[Coordinates], position: int, joint: frozenset[str], dimension: Dimension
) -> tuple[str, ...]:
    if DIMENSIONS[position] not in joint:
        return (ALL,)
    codes = sorted({place[position] for place in places} - {ALL})
    groups = {group for code in codes for group in dimension.ancestors(code)}
    return tuple(code for code in codes if code not in groups)
