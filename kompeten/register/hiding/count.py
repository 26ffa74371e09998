"""Count enrolments into the tables that the policy plans; the counts are exact and private."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np

from kompeten.audit.reasoning.knowledge import JOINT_CELLS
from kompeten.audit.reasoning.margins import crossed_beside, cyclic_core
from kompeten.ground.policy import Policy, TablePlan
from kompeten.ground.vocabulary import ALL, DECIDED, DIMENSIONS, STAGES, UNKNOWN, Stage
from kompeten.register.reading.people import Booleans, Integers, People

Parents = Mapping[str, Mapping[str, str]]
"""For each dimension, the group right above each code; a code that is not named stands below ``_T``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cube:
    """One planned table of one batch, counted in full.

    secret: that of the batch (People.secrets). codes: the printed codes of each dimension of the table, ``_U`` last;
    never ``_T``. counts: int64 people, shape (stages, codes of the first dimension, codes of the second ...), zeros
    included. is_printed: False for a joint table that nobody prints but that printed tables may pin down together.
    """

    batch_id: str
    secret: bytes
    table: TablePlan
    codes: tuple[tuple[str, ...], ...]
    counts: Integers
    is_printed: bool = True


def count(people: People, policy: Policy, parents: Parents, *, dropped: Sequence[TablePlan] = ()) -> tuple[Cube, ...]:
    """Count every planned table of every batch; by batch, then in the order of the plan.

    dropped: tables that an earlier release prints and the plan lacks: nobody prints them now, everybody has them.
    A stage that nobody of a batch has reached is not there yet: it is left out of its tables, for a zero would say that
    nobody came, or that everybody failed.
    """
    printed = {
        dimension: printed_codes(people.codes[dimension], parents.get(dimension, {}), policy.grain(dimension))
        for dimension in people.codes
    }
    joint = joint_tables(policy, printed)
    planned = (*policy.tables, *dropped, *joint)
    tables = {table.name: _count_table(people, table, printed, parents, policy) for table in planned}
    cubes = []
    for position, batch_id in enumerate(people.batches):
        in_force = stages_in_force(people, people.batch == position)
        for table in planned:
            stages = tuple(stage for stage in table.stages if stage in in_force)
            if stages:
                cubes.append(
                    Cube(
                        batch_id=batch_id,
                        secret=people.secrets.get(batch_id, b""),
                        table=replace(table, stages=stages),
                        codes=tuple(printed[dimension] for dimension in table.dimensions),
                        counts=tables[table.name][[table.stages.index(stage) for stage in stages], position],
                        is_printed=table in policy.tables,
                    )
                )
    return tuple(cubes)


def joint_tables(policy: Policy, printed: Mapping[str, tuple[str, ...]]) -> tuple[TablePlan, ...]:
    """Give the tables that no reader sees and every reader can reason with, each with the stages that need it.

    A crossed table of another stage that shares a dimension with one of this stage; and where tables close a cycle
    (three two-way tables of a three-way table), the table of all their dimensions. A cycle's table of more than
    JOINT_CELLS cells is left out, as the attacker leaves it out.
    Source: Vorob'ev 1962; Beeri, Fagin, Maier, Yannakakis 1983 (acyclic schemes).
    """
    schemes = {
        stage: {frozenset[str](table.dimensions) for table in policy.tables if stage in table.stages}
        for stage in policy.tables[0].stages
    }
    found: dict[tuple[str, ...], list[Stage]] = {}
    for stage, beside in crossed_beside(schemes).items():
        wanted = set(beside)
        core = cyclic_core(scheme for scheme in (*schemes[stage], *beside) if len(scheme) > 1)
        joint = frozenset[str]().union(*core)
        if joint and prod(len(printed[dimension]) for dimension in joint) <= JOINT_CELLS:
            wanted.add(joint)
        for scheme in sorted(wanted - schemes[stage], key=sorted):
            dimensions = tuple(dimension for dimension in DIMENSIONS if dimension in scheme)
            found.setdefault(dimensions, []).append(stage)
    return tuple(
        TablePlan(
            name="+".join(("joint", *dimensions)),
            dimensions=dimensions,
            stages=tuple(stages),
            is_headline=False,
            weight=1,
        )
        for dimensions, stages in found.items()
    )


def stages_in_force(people: People, of_batch: Booleans) -> frozenset[Stage]:
    """Give the stages that one batch has come to: those that somebody reached, and both results once one is known."""
    reached = frozenset(stage for stage in STAGES if (people.reached(stage) & of_batch).any())
    return reached.union(DECIDED) if reached.intersection(DECIDED) else reached


def printed_codes(codes: Sequence[str], parents: Mapping[str, str], grain: str) -> tuple[str, ...]:
    """Give the codes that a table prints: the finest ones or the groups just below ``_T``; ``_U`` last."""
    if grain == "leaf":
        above = {parents.get(code, ALL) for code in codes}
        return (*(code for code in codes if code != UNKNOWN and code not in above), UNKNOWN)
    return (*dict.fromkeys(top_group(code, parents) for code in codes if code != UNKNOWN), UNKNOWN)


def top_group(code: str, parents: Mapping[str, str]) -> str:
    """Give the group of a code just below ``_T``; a code without a group is its own."""
    while parents.get(code, ALL) not in (ALL, ""):
        code = parents[code]
    return code


def _count_table(
    people: People, table: TablePlan, printed: Mapping[str, tuple[str, ...]], parents: Parents, policy: Policy
) -> Integers:
    """Count one table of all batches: int64, shape (stages, batches, codes of each dimension)."""
    shape = [len(people.batches), *(len(printed[dimension]) for dimension in table.dimensions)]
    # One number a combination of codes, as digits of a mixed base, the batch in front.
    key = people.batch
    for dimension in table.dimensions:
        key = (
            key * len(printed[dimension])
            + _places(people, dimension, printed, parents, policy)[people.columns[dimension]]
        )
    size = prod(shape)
    counts = [np.bincount(key[people.reached(stage)], minlength=size).reshape(shape) for stage in table.stages]
    return np.stack(counts).astype(np.int64)


def _places(
    people: People, dimension: str, printed: Mapping[str, tuple[str, ...]], parents: Parents, policy: Policy
) -> Integers:
    """Give, for each code of a dimension, the position of its printed code.

    A group is not known where the finest codes are printed.
    """
    is_leaf = policy.grain(dimension) == "leaf"
    above = parents.get(dimension, {})
    place = {code: position for position, code in enumerate(printed[dimension])}
    own = [code if is_leaf or code == UNKNOWN else top_group(code, above) for code in people.codes[dimension]]
    return np.array([place.get(code, place[UNKNOWN]) for code in own], dtype=np.int64)
