"""The private tables of one batch as one linked system: every cell that a reader could compute, and how they add up.

Besides the printed cells it holds the margins that are not printed and the people left between two printed stages
(drop-outs, the not yet competent, those awaiting a decision). A reader gets all of them by addition and subtraction,
so the door protects them as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import Any

import numpy as np
from scipy import sparse

from kompeten.audit.reasoning.margins import Coordinates, all_failed, stage_pairs, tried_at
from kompeten.audit.reasoning.solve import Interval
from kompeten.audit.reasoning.system import CEILING, System
from kompeten.ground.policy import Policy, TablePlan
from kompeten.ground.vocabulary import ALL, DIMENSIONS, FUNNEL, RESULTS, RUNGS
from kompeten.register.hiding.count import Cube
from kompeten.register.reading.people import Booleans, Integers

Key = tuple[Any, Coordinates]
"""A stage, or "a>b" for the people left between stages a and b, and its coordinates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The linked cells of one batch; every array has one position a cell, in the order of keys.

    secret: what chooses among equal patterns (People.secrets). truth: int64 people. printed: whether the plan prints
    the cell. primary: printed cells that the policy's own rules hide. implied: cells that nobody prints but that must
    be protected all the same; joint: cells of tables of which nobody prints anything. cost: int64, how much readers
    miss the cell (0 for cells that are not printed). tables: the name of the table that prints the cell, or "".
    public: whether an earlier release printed the cell, so that it is known whatever is hidden now. matrix: int64 CSR,
    one row a sum, each adding up to 0.
    """

    batch_id: str
    secret: bytes
    keys: tuple[Key, ...]
    truth: Integers
    printed: Booleans
    primary: Booleans
    implied: Booleans
    joint: Booleans
    cost: Integers
    tables: tuple[str, ...]
    public: Booleans
    matrix: Any

    @property
    def size(self) -> int:
        return len(self.keys)

    @property
    def least(self) -> Integers:
        """Give the least that whoever knows the rules thinks of a cell once it is hidden: 1 where it is not empty."""
        return np.minimum(self.truth, self.printed)

    def is_safe(self, cell: int, interval: Interval, policy: Policy) -> bool:
        """Tell whether what a reader can still think of a cell protects it.

        A hidden cell, a margin, people left between two stages: at least the policy's width. A joint cell, of which
        nobody sees anything: it does not prove to be 1 to T-1 people, or nobody where that tells that all failed.
        """
        if interval.width >= policy.width:
            return True
        is_few = interval.low > 0 and interval.high < policy.threshold
        return bool(self.joint[cell]) and not is_few and interval.high > 0

    def system(self, hidden: Booleans) -> System:
        """Give what a reader knows when these printed cells are hidden: the other printed cells, the sums, and, from
        the rules, that a hidden cell is not empty where it is not.
        """
        known = (self.printed & ~hidden) | self.public
        names = tuple("/".join((stage, *codes)) for stage, codes in self.keys)
        zeros = np.zeros(self.matrix.shape[0], dtype=np.int64)
        lower, upper = np.where(known, self.truth, self.least * hidden), np.where(known, self.truth, CEILING)
        return System.bare(names, lower, upper, self.matrix, (zeros, zeros))


def link(cubes: Sequence[Cube], policy: Policy) -> Linked:
    """Link all tables of one batch and mark what the policy hides by its own rules.

    Raises ValueError where tables of different batches are given.
    """
    if len({cube.batch_id for cube in cubes}) != 1:
        raise ValueError("the tables of one batch at a time")
    values: dict[Key, int] = {}
    owners: dict[Key, TablePlan] = {}
    headline: set[Coordinates] = set()
    # Printed tables first: what follows from them stands before what no reader sees anything of.
    for cube in (cube for cube in cubes if cube.is_printed):
        _take_cells(cube, values, owners)
        if cube.table.is_headline:
            headline.update(coordinates(cube.table, codes) for codes in product(*cube.codes))
    told = len(values)
    for cube in (cube for cube in cubes if not cube.is_printed):
        _take_cells(cube, values, owners)
    counted = len(values)
    rows = [*_sum_rows(cubes), *_funnel_rows(values), *_small_rows(values, owners, policy)]
    keys = tuple(values)
    place = {key: position for position, key in enumerate(keys)}
    printed = np.array([key in owners for key in keys], dtype=bool)
    truth = np.array(list(values.values()), dtype=np.int64)
    failed = _failed(values, told, printed, headline, policy)
    return Linked(
        batch_id=cubes[0].batch_id,
        secret=cubes[0].secret,
        keys=keys,
        truth=truth,
        printed=printed,
        primary=printed & (_small(truth, policy) | failed),
        joint=(np.arange(len(keys)) >= told) & (np.arange(len(keys)) < counted),
        implied=~printed & (_implied(keys, truth, place, printed, headline, policy) | failed),
        cost=np.array([policy.weight(owners[key], key[0]) if key in owners else 0 for key in keys], dtype=np.int64),
        tables=tuple(owners[key].name if key in owners else "" for key in keys),
        public=np.zeros(len(keys), dtype=bool),
        matrix=_matrix(rows, place),
    )


def least_missed_beside(linked: Linked, cell: int, hidden: Booleans) -> int:
    """Give the printed cell to hide so that a cell has more room: itself, else the least missed in a sum that names it.

    Gives the cell itself where nothing beside it is left to hide.
    """
    if linked.printed[cell] and not hidden[cell]:
        return cell
    columns = linked.matrix.tocsc()
    rows = columns.indices[columns.indptr[cell] : columns.indptr[cell + 1]]
    beside = {
        int(other)
        for row in rows
        for other in linked.matrix.indices[linked.matrix.indptr[row] : linked.matrix.indptr[row + 1]]
        if linked.printed[other] and not hidden[other]
    }
    return min(beside, key=lambda other: (int(linked.cost[other]), other), default=cell)


def batch_totals(linked: Linked) -> Booleans:
    """Tell the batch totals: every dimension summed over."""
    return np.array([all(code == ALL for code in place) for _, place in linked.keys], dtype=bool)


def coordinates(table: TablePlan, codes: Sequence[str]) -> Coordinates:
    """Give the coordinates of a cell of a table: its codes where the table has the dimension, ``_T`` elsewhere."""
    own: Mapping[str, str] = dict(zip(table.dimensions, codes, strict=True))
    return tuple(own.get(dimension, ALL) for dimension in DIMENSIONS)


def _take_cells(cube: Cube, values: dict[Key, int], owners: dict[Key, TablePlan]) -> None:
    """Add the printed cells of a table, and every margin of it, to values; the printed ones also to owners."""
    axes = range(len(cube.codes))
    for position, stage in enumerate(cube.table.stages):
        # The table before its margins, and those of more dimensions before those of fewer.
        for kept in (kept for size in reversed(range(len(cube.codes) + 1)) for kept in combinations(axes, size)):
            margin = cube.counts[position].sum(axis=tuple(axis for axis in axes if axis not in kept))
            is_table = len(kept) == len(cube.codes)
            own = [codes if axis in kept else (ALL,) for axis, codes in enumerate(cube.codes)]
            for codes, value in zip(product(*own), margin.ravel().tolist(), strict=True):
                key = (stage, coordinates(cube.table, codes))
                # The margin of one table is a cell of another, and counted the same.
                values.setdefault(key, value)
                if is_table and cube.is_printed:
                    owners[key] = cube.table


def _sum_rows(cubes: Sequence[Cube]) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Give every sum along one dimension, of every table and of its margins; each once."""
    seen: set[tuple[Key, int]] = set()
    for cube in cubes:
        for stage in cube.table.stages:
            for axis, along in enumerate(cube.codes):
                with_all = [(*codes, ALL) for codes in cube.codes]
                for before in product(*with_all[:axis]):
                    for after in product(*with_all[axis + 1 :]):
                        total = (stage, coordinates(cube.table, (*before, ALL, *after)))
                        mark = (total, DIMENSIONS.index(cube.table.dimensions[axis]))
                        if mark in seen:
                            continue
                        seen.add(mark)
                        parts = (coordinates(cube.table, (*before, code, *after)) for code in along)
                        yield total, tuple((stage, part) for part in parts)


def _funnel_rows(values: dict[Key, int]) -> list[tuple[Key, tuple[Key, ...]]]:
    """Add to values the people left between neighbouring stages, and give the sums that tie them."""
    groups: dict[Coordinates, set[str]] = defaultdict(set)
    for stage, place in list(values):
        groups[place].add(stage)
    rows = []
    for place, stages in groups.items():
        pairs = _nearest_pairs(stages)
        # Where both results follow a stage, their one sum says what each alone would.
        summed = {before for before, after in pairs if "belum_kompeten" in after}
        kept = (pair for pair in pairs if pair[0] not in summed or "belum_kompeten" in pair[1])
        rows += [_left_over(values, before, after, place) for before, after in kept]
    return rows


def _small_rows(
    values: dict[Key, int], owners: Mapping[Key, TablePlan], policy: Policy
) -> list[tuple[Key, tuple[Key, ...]]]:
    """Add to values the few people left between two printed stages that are no neighbours, and give their sums.

    A stage between the two that nobody prints, or that is hidden, does not keep a reader from taking one from the
    other. Detail tables alone: the totals of a headline table are exact, and so are their differences. Fewer than the
    width are left between stages far apart only where fewer are left between stages next to each other: those are
    protected already.
    """
    groups: dict[Coordinates, set[str]] = defaultdict(set)
    for (stage, place), table in owners.items():
        if not table.is_headline:
            groups[place].add(stage)
    rows = []
    for place, stages in groups.items() if policy.complements == "detail" else ():
        nearest = _nearest_pairs(stages)
        for before, after in stage_pairs(stages):
            left = values[before, place] - sum(values[part, place] for part in after)
            is_needed = left >= policy.width or (before, after) in nearest
            if 0 < left < policy.threshold and is_needed and _left_key(before, after, place) not in values:
                rows.append(_left_over(values, before, after, place))
    return rows


def _nearest_pairs(stages: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Give every stage with the next one, in order, then the last one before the results with those."""
    present = [stage for stage in FUNNEL if stage in stages]
    pairs: list[tuple[str, tuple[str, ...]]] = [(before, (after,)) for before, after in pairwise(present)]
    bases = [stage for stage in present if stage in RUNGS]
    if bases and "belum_kompeten" in stages:
        pairs.append((bases[-1], (*present[len(bases) : len(bases) + 1], "belum_kompeten")))
    return pairs


def _left_key(before: str, after: Sequence[str], place: Coordinates) -> Key:
    return f"{before}>{'+'.join(after)}", place


def _left_over(
    values: dict[Key, int], before: str, after: tuple[str, ...], place: Coordinates
) -> tuple[Key, tuple[Key, ...]]:
    """Add the people left between a stage and the next ones; give the sum of the stage."""
    left = _left_key(before, after, place)
    parts = tuple((stage, place) for stage in after)
    values[left] = values[before, place] - sum(values[part] for part in parts)
    return (before, place), (*parts, left)


def _small(truth: Integers, policy: Policy) -> Booleans:
    """Tell the counts of 1 to T-1 people."""
    return (truth > 0) & (truth < policy.threshold)


def _failed(
    values: Mapping[Key, int], told: int, printed: Booleans, headline: set[Coordinates], policy: Policy
) -> Booleans:
    """Tell the results that say that nobody of a group passed, or nobody of it has the certificate.

    told: so many cells, the first, are printed or margins of printed ones. Beside a result that nobody prints the group
    counts where it is large enough to be printed.
    """
    keys = tuple(values)
    result = np.zeros(len(keys), dtype=bool)
    groups: dict[Coordinates, dict[str, int]] = defaultdict(dict)
    for stage, place in keys[:told] if policy.all_failed == "any_size" else ():
        groups[place][stage] = values[stage, place]
    for position, (stage, place) in enumerate(keys):
        if stage in RESULTS and place in groups:
            counts = {**groups[place], stage: values[stage, place]}
            is_headline = place in headline
            base = counts.get(tried_at(stage, counts, is_headline=is_headline) or "", 0)
            is_shown = printed[position] or base >= policy.threshold
            result[position] = is_shown and all_failed(stage, counts, is_headline=is_headline)
    return result


def _implied(
    keys: Sequence[Key],
    truth: Integers,
    place: Mapping[Key, int],
    printed: Booleans,
    headline: set[Coordinates],
    policy: Policy,
) -> Booleans:
    """Tell the cells of 1 to T-1 people that nobody prints: margins, joint cells, left-overs of detail tables."""
    result = _small(truth, policy)
    for position in np.flatnonzero(result).tolist():
        stage, coordinate = keys[position]
        if ">" in stage:
            before, after = stage.split(">")
            is_shown = all(printed[place[name, coordinate]] for name in (before, *after.split("+")))
            result[position] = is_shown and policy.complements == "detail" and coordinate not in headline
    return np.asarray(result)


def _matrix(rows: Sequence[tuple[Key, tuple[Key, ...]]], place: Mapping[Key, int]) -> Any:
    """Give the sums as a matrix: 1 at the total, -1 at each part."""
    indices = [place[key] for total, parts in rows for key in (total, *parts)]
    values = [value for _, parts in rows for value in (1, *([-1] * len(parts)))]
    starts = np.cumsum([0, *(1 + len(parts) for _, parts in rows)])
    return sparse.csr_array(
        (np.array(values, dtype=np.int64), np.array(indices, dtype=np.int64), starts), shape=(len(rows), len(place))
    )
