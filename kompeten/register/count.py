"""Count enrolments into the tables that the policy plans; the counts are exact and private."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kompeten.policy import Dimension, Policy, Stage, TablePlan
from kompeten.register.people import ALL, RUNGS, UNKNOWN, Integers, People, selected

Parents = Mapping[Dimension, Mapping[str, str]]
"""For each dimension, the group right above each code; a code that is not named stands below ``_T``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cube:
    """One planned table of one batch, counted in full.

    codes: the printed codes of each dimension of the table, ``_U`` last; never ``_T``. counts: int64 people, shape
    (stages, codes of the first dimension, codes of the second ...), zeros included.
    """

    batch_id: str
    table: TablePlan
    codes: tuple[tuple[str, ...], ...]
    counts: Integers


def count(people: People, policy: Policy, parents: Parents) -> tuple[Cube, ...]:
    """Count every planned table of every batch; by batch, then in the order of the plan.

    A batch that nobody has been assessed in, or decided on, has no such stages yet: they are left out of its tables,
    for a zero would say that everybody failed.
    """
    printed = {
        dimension: printed_codes(people.codes[dimension], parents.get(dimension, {}), policy.grain(dimension))
        for dimension in people.codes
    }
    tables = {table.name: _count_table(people, table, printed, parents, policy) for table in policy.tables}
    cubes = []
    for position, batch_id in enumerate(people.batches):
        in_force = stages_in_force(selected(people, people.batch == position))
        for table in policy.tables:
            stages = tuple(stage for stage in table.stages if stage in in_force)
            if stages:
                cubes.append(
                    Cube(
                        batch_id=batch_id,
                        table=replace(table, stages=stages),
                        codes=tuple(printed[dimension] for dimension in table.dimensions),
                        counts=tables[table.name][[table.stages.index(stage) for stage in stages], position],
                    )
                )
    return tuple(cubes)


def stages_in_force(people: People) -> tuple[Stage, ...]:
    """Give the stages that the enrolments of one batch have come to: assessment and decision only once begun."""
    is_assessed = bool(people.reached("asesi").any())
    is_decided = bool(people.reached("kompeten").any() or people.reached("belum_kompeten").any())
    return (
        *RUNGS[:-1],
        *(("asesi",) if is_assessed else ()),
        *(("kompeten", "belum_kompeten", "skk_terbit") if is_decided else ()),
    )


def printed_codes(codes: Sequence[str], parents: Mapping[str, str], grain: str) -> tuple[str, ...]:
    """Give the codes that a table prints: the finest ones or the groups just below ``_T``; ``_U`` last."""
    if grain == "leaf":
        return (*(code for code in codes if code != UNKNOWN), UNKNOWN)
    groups = dict.fromkeys(top_group(code, parents) for code in codes if code != UNKNOWN)
    return (*groups, UNKNOWN)


def top_group(code: str, parents: Mapping[str, str]) -> str:
    """Give the group of a code just below ``_T``; a code without a group is its own."""
    while parents.get(code, ALL) not in (ALL, ""):
        code = parents[code]
    return code


def _count_table(
    people: People,
    table: TablePlan,
    printed: Mapping[Dimension, tuple[str, ...]],
    parents: Parents,
    policy: Policy,
) -> Integers:
    """Count one table of all batches: int64, shape (stages, batches, codes of each dimension)."""
    shape = [len(people.batches), *(len(printed[dimension]) for dimension in table.dimensions)]
    key = people.batch
    for dimension in table.dimensions:
        key = (
            key * len(printed[dimension])
            + _places(people, dimension, printed, parents, policy)[people.columns[dimension]]
        )
    size = int(np.prod(shape))
    counts = [np.bincount(key[people.reached(stage)], minlength=size).reshape(shape) for stage in table.stages]
    return np.stack(counts).astype(np.int64)


def _places(
    people: People,
    dimension: Dimension,
    printed: Mapping[Dimension, tuple[str, ...]],
    parents: Parents,
    policy: Policy,
) -> Integers:
    """Give, for each fine code of a dimension, the position of its printed code."""
    is_leaf = policy.grain(dimension) == "leaf"
    above = parents.get(dimension, {})
    place = {code: position for position, code in enumerate(printed[dimension])}
    return np.array(
        [place[code if is_leaf or code == UNKNOWN else top_group(code, above)] for code in people.codes[dimension]],
        dtype=np.int64,
    )
