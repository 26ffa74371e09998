"""Verdict on one release: what the system of all its printed counts gives away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from kompeten.audit.reasoning.cells import Cell, Key, Limit, Published, is_headline
from kompeten.audit.reasoning.insider import Insiders
from kompeten.audit.reasoning.knowledge import Known, families, know
from kompeten.audit.reasoning.margins import all_failed, stage_pairs
from kompeten.audit.reasoning.solve import Interval, explain, intervals
from kompeten.audit.reasoning.verdict import Attack, AuditError, Breach, Contradiction, Proof, Reason
from kompeten.ground.policy import Policy
from kompeten.ground.vocabulary import PRINTED

EXPLAINED = 25
"""So many breaches get their full chain of addresses; beyond that the data need another table plan, not a list."""


def attack(published: Published, policy: Policy, previous: Sequence[tuple[str, Published]] = ()) -> Attack:
    """Solve every system of the release, with the earlier releases (name and content, newest first) beside it.

    A solver that does not reach an optimum, or numbers that cannot all be true, are breaches too.
    """
    breaches: list[Breach] = []
    widths: list[int] = []
    proofs: Counter[Proof] = Counter()
    insiders = Insiders(policy=policy)
    for cells in families(published, published.register):
        batches = sorted({cell.key.batch_id for cell in cells})
        earlier = [
            (name, old, [cell for cell in old.register if cell.key.batch_id in batches]) for name, old in previous
        ]
        tightest: dict[str, Interval] = {}
        try:
            for facts, known, found in _readings(published, cells, earlier, policy):
                hidden = [
                    index for index in known.hidden if not _is_public(known.system.names[index], found[index], facts)
                ]
                for index in hidden:
                    name = known.system.names[index]
                    # Of several readings of the press the one that gives most away counts.
                    tightest[name] = min(tightest.get(name, found[index]), found[index], key=lambda own: own.width)
                breaches += _system_breaches(published, known, hidden, found, policy)
                breaches += insiders.breaches(known, hidden, found)
        except Contradiction as error:
            breaches.append(Breach(reason="contradiction", subject=f"{', '.join(batches)}: {error}"))
        except AuditError as error:
            breaches.append(Breach(reason="not_solved", subject=f"{', '.join(batches)}: {error}"))
        widths += [own.width for own in tightest.values()]
        proofs.update(own.proof for own in tightest.values())
    return Attack(
        breaches=tuple(breaches),
        targets=len(widths),
        tightest=min(widths, default=None),
        proofs=dict(proofs),
        insiders=insiders.tried,
    )


Earlier = Sequence[tuple[str, Published, Sequence[Cell]]]
Solved = tuple[Sequence[Limit], Known, Mapping[int, Interval]]
"""One way to read what is published: the outside facts that are believed, the system, and what it says of each cell."""


def _readings(published: Published, cells: Sequence[Cell], earlier: Earlier, policy: Policy) -> Iterator[Solved]:
    """Solve one system with all outside facts; where they contradict it, with each largest set of them that does not.

    A fact that cannot be true together with the register is not believed; it takes no other fact with it. Raises
    Contradiction where the register contradicts itself.
    """
    own = {cell.key for cell in cells}
    facts = [limit for limit in published.limits if limit.key in own]
    try:
        yield _solved(published, cells, facts, earlier, policy)
        return
    except Contradiction:
        if not facts:
            raise

    def is_possible(some: Sequence[int]) -> bool:
        try:
            _solved(published, cells, [facts[index] for index in some], earlier, policy)
        except Contradiction:
            return False
        return True

    units: dict[str, list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        # What one source says is believed together.
        units[fact.source or fact.address].append(index)
    believed = {
        frozenset(index for unit in chosen for index in unit)
        for chosen in _consistent([tuple(unit) for unit in units.values()], is_possible)
    }
    for chosen in sorted(believed, key=sorted) or [frozenset()]:
        yield _solved(published, cells, [facts[index] for index in sorted(chosen)], earlier, policy)


def _consistent(
    units: Sequence[tuple[int, ...]], is_possible: Callable[[Sequence[int]], bool]
) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Give for each unit a largest set of units around it that can be true; a unit that cannot is taken apart."""
    alone: list[tuple[int, ...]] = []
    for unit in units:
        if is_possible(unit):
            alone.append(unit)
        elif len(unit) > 1:
            alone += [(index,) for index in unit if is_possible((index,))]
    for first in alone:
        chosen = [first]
        for other in alone:
            if other != first and is_possible([index for unit in (*chosen, other) for index in unit]):
                chosen.append(other)
        yield tuple(chosen)


def _solved(
    published: Published, cells: Sequence[Cell], facts: Sequence[Limit], earlier: Earlier, policy: Policy
) -> Solved:
    known = know(published, cells, facts=facts, previous=earlier)
    wanted = [*known.hidden, *known.unprinted, *known.left_over, *known.changes]
    return facts, known, dict(zip(wanted, intervals(known.system, wanted, width=policy.width), strict=True))


def _is_public(name: str, found: Interval, facts: Sequence[Limit]) -> bool:
    """Tell whether somebody outside states a cell as tightly as it can be worked out: nothing is given away."""
    stated = (fact for fact in facts if fact.key.text() == name and fact.high is not None)
    return any((fact.high or 0) - fact.low <= found.width for fact in stated)


def _system_breaches(
    published: Published, known: Known, hidden: Sequence[int], found: Mapping[int, Interval], policy: Policy
) -> Iterator[Breach]:
    """Give the breaches of one system: hidden cells first, then what nobody prints."""
    guilty: list[tuple[int, Reason]] = [
        (index, "recovered" if found[index].width == 0 else "too_tight")
        for index in hidden
        if found[index].width < policy.width
    ]
    # Where a hidden count is told already, what follows from it is no news.
    if not guilty:
        guilty += [(index, "unprinted_recovered") for index in known.unprinted if _is_small(found[index], policy)]
        guilty += [(index, "all_failed") for index in _nobody_unprinted(published, known, found, policy)]
    guilty += _small_left_overs(published, known, found, policy)
    guilty += _small_changes(known, found, policy)
    for position, (index, reason) in enumerate(guilty):
        chain = explain(known.system, index) if position < EXPLAINED else ()
        yield Breach(reason=reason, subject=known.system.names[index], chain=chain, proof=found[index].proof)
    if policy.complements == "detail":
        yield from _small_differences(published, known, policy)


def _small_differences(published: Published, known: Known, policy: Policy) -> Iterator[Breach]:
    """Give the people left between two printed stages of a detail table, 1 to T-1 of them, that are no neighbours.

    A stage between the two that is hidden or not printed does not keep a reader from taking one from the other.
    """
    told = {known.system.names[index] for index in known.left_over}
    places: dict[Key, dict[str, Cell]] = defaultdict(dict)
    for cell in published.register:
        is_exact = cell.status in PRINTED and cell.value is not None and cell.precision == "exact"
        if is_exact and cell.key in known.place and not is_headline(cell.key, policy):
            places[cell.key._replace(stage="")][cell.key.stage] = cell
    for key, stages in places.items():
        for before, after in stage_pairs(stages):
            left = (stages[before].value or 0) - sum(stages[part].value or 0 for part in after)
            name = key._replace(stage=f"{before}>{'+'.join(after)}").text()
            if 1 <= left < policy.threshold and name not in told:
                chain = tuple(stages[part].address for part in (before, *after))
                yield Breach(reason="small_complement", subject=name, chain=chain)


def _is_small(interval: Interval, policy: Policy) -> bool:
    """Tell whether an interval proves 1 to T-1 people."""
    return interval.low >= 1 and interval.high < policy.threshold


def _small_left_overs(
    published: Published, known: Known, found: Mapping[int, Interval], policy: Policy
) -> list[tuple[int, Reason]]:
    """Give the people left between two stages of a detail table, both shown there, that prove to be 1 to T-1."""
    if policy.complements != "detail":
        return []
    shown = {cell.key for cell in published.register}
    return [
        (index, "small_complement")
        for index, keys in known.left_over.items()
        if _is_small(found[index], policy) and not is_headline(keys[0], policy) and shown.issuperset(keys)
    ]


def _small_changes(known: Known, found: Mapping[int, Interval], policy: Policy) -> list[tuple[int, Reason]]:
    """Give the counts that prove to have moved by 1 to the limit since an earlier release, up or down.

    A declared correction may move printed counts a little; what is not printed in both must stay open all the same.
    """
    guilty: list[tuple[int, Reason]] = []
    for index, (key, is_printed, is_declared) in known.changes.items():
        interval = found[index]
        is_sure = interval.low > 0 or interval.high < 0
        is_small = max(abs(interval.low), abs(interval.high)) < policy.small_change_below
        is_allowed = is_declared and (is_printed or is_headline(key, policy))
        if is_sure and is_small and not is_allowed:
            guilty.append((index, "small_change"))
    return guilty


def _nobody_unprinted(published: Published, known: Known, found: Mapping[int, Interval], policy: Policy) -> list[int]:
    """Give the results that nobody prints and that prove to be nobody, of a group that is printed."""
    if policy.all_failed == "none":
        return []
    groups: dict[Key, dict[str, int]] = defaultdict(dict)
    for cell in published.register:
        if cell.status in PRINTED and cell.value is not None and cell.key in known.place:
            groups[cell.key._replace(stage="")][cell.key.stage] = cell.value
    keys = {index: key for key, index in known.place.items()}
    guilty = []
    for index in known.unprinted:
        key, interval = keys.get(index), found[index]
        if key is not None and key.stage in ("kompeten", "skk_terbit") and interval.high == 0:
            counts = {**groups.get(key._replace(stage=""), {}), key.stage: 0}
            if all_failed(key.stage, counts, is_headline=is_headline(key, policy)):
                guilty.append(index)
    return guilty
