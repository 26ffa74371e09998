"""Hide what must be hidden, prove that it stays hidden, or refuse.

The chain, batch by batch (batches share no sum): the policy's own rules, other cells by Gauss order or line closure,
the attack, repair by programs, the attack again, until it finds nothing. The attacker is the public one: what it
cannot do here, it cannot do on the site.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from kompeten.audit.reasoning.insider import Insiders
from kompeten.audit.reasoning.solve import components, intervals
from kompeten.ground.findings import Label
from kompeten.ground.policy import Policy
from kompeten.ground.refusal import Refused
from kompeten.ground.vocabulary import Stage
from kompeten.register.hiding.count import Cube
from kompeten.register.hiding.insiders import insiders_of, told_to_insiders
from kompeten.register.hiding.joint import (
    EarlierCells,
    changed_since,
    joint_breaches,
    moves,
    objections,
    unchanged_since,
)
from kompeten.register.hiding.linkage import Coordinates, Linked, batch_totals, least_missed_beside, link
from kompeten.register.hiding.pattern import ORDERS, gauss_order, line_closure
from kompeten.register.hiding.repair import NoRoom, repair
from kompeten.register.hiding.trim import trim
from kompeten.register.reading.people import Booleans

Reason = Literal["", "primary", "complementary"]

ROUNDS = 12
"""Attack and repair so many times; more has not been needed, and a pattern that resists is refused."""

Effort = Literal["quick", "thorough"]

THOROUGH_BELOW = 20_000
"""Releases of fewer cells, all batches together, are searched for the pattern that hides least; larger ones take the
first that is safe, which at national size hides hardly more."""

STARTS_BELOW = 3_000
"""Systems of more cells start from line closure alone: programs for one cell at a time would take minutes."""

SEARCH_BELOW = 400
"""Systems of fewer cells are protected from several starts, and the cheapest end is kept."""

FEW = 16
"""Where more cells are hidden for others than this, the tables are dense, and searching further takes long."""

TRIES = 8
"""The search tries to do without so many cells of a batch; more has hardly found anything."""

DEAR = 1_000
"""A cell that the search tries to do without costs so many times more."""


class ProtectionFailed(Refused):
    """No safe pattern was found in ROUNDS rounds; nothing may be published. Names no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedCell:
    """One cell as it may be published, with a private reason.

    value: people, None exactly when status is hidden. reason: why it is hidden; for the officer's report alone.
    people: the true count behind it; private, never written.
    """

    batch_id: str
    table: str
    stage: Stage
    coordinates: Coordinates
    value: int | None
    status: Literal["released", "hidden"]
    precision: Literal["exact", ""]
    reason: Reason
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedRelease:
    """Every printed cell of a release, by batch and in the plan's order, and what the attack measured.

    unknowns: cells of the largest linked system left unknown to a reader. Every hidden cell keeps at least the
    policy's width: that is what makes it a release.
    """

    cells: tuple[ProtectedCell, ...]
    hidden_share_pct: int
    unknowns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRefused:
    """The plan cannot be published: reasons, and what to change. Words only, no counts of people."""

    reasons: tuple[Label, ...]
    proposals: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    """One batch: its linked cells, and which printed ones are hidden."""

    linked: Linked
    hidden: Booleans


def protect(
    cubes: Sequence[Cube],
    policy: Policy,
    previous: Sequence[EarlierCells] = (),
    *,
    corrected: Collection[str] = (),
) -> ProtectedRelease | PlanRefused:
    """Hide small counts and enough others that none can be worked out from everything published.

    cubes: every table of every batch, counted in full. previous: what earlier releases printed of these batches.
    corrected: batches whose change is a declared correction.
    Gives the cells; or the refusal where a batch moved by a few people since an earlier release, where more than the
    policy's share would be hidden, or where a linked system grows too large.
    Raises ProtectionFailed where no safe pattern is found, AuditError where the solver fails. Deterministic.
    Source: Handbook on Statistical Disclosure Control, chapter 4; Fischetti and Salazar-González 1999.
    """
    too_detailed = _refused_by_counts(cubes, policy)
    if too_detailed is not None:
        return too_detailed
    linked = [link(tables, policy) for tables in by_batch(cubes).values()]
    effort: Effort = "thorough" if sum(batch.size for batch in linked) < THOROUGH_BELOW else "quick"
    insiders = insiders_of(policy)
    earlier = {item.batch_id: item for item in previous}
    reasons: list[Label] = [*_vanished(earlier, linked)]
    patterns: list[_Pattern] = []
    linked.sort(key=lambda batch: batch.batch_id)
    for number, batch in enumerate(linked):
        too_detailed = _refused_so_far(patterns, linked[number:], policy)
        if too_detailed is not None:
            return too_detailed
        if batch.batch_id not in earlier:
            patterns.append(_Pattern(linked=batch, hidden=choose(batch, policy, effort, insiders)))
            continue
        outcome = _protect_again(batch, earlier[batch.batch_id], policy, effort, declared=batch.batch_id in corrected)
        if isinstance(outcome, _Pattern):
            patterns.append(outcome)
        else:
            reasons.extend(outcome)
    if reasons:
        return PlanRefused(reasons=tuple(reasons), proposals=())
    return _release(patterns, policy)


def _release(patterns: Sequence[_Pattern], policy: Policy) -> ProtectedRelease | PlanRefused:
    """Give the release of safe patterns, or the refusal where they pass a limit of the policy."""
    largest = max((part for pattern in patterns for part in _unknowns(pattern)), default=0)
    cells = tuple(cell for pattern in patterns for cell in _cells(pattern))
    refusal = refuse(hidden_by_table(cells), largest, policy)
    if refusal is not None:
        return refusal
    return ProtectedRelease(cells=cells, hidden_share_pct=_share_pct(cells), unknowns=largest)


def _refused_by_counts(cubes: Sequence[Cube], policy: Policy) -> PlanRefused | None:
    """Give the refusal of a plan whose small counts alone pass the limit: nothing need be linked to know."""
    share: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cube in (cube for cube in cubes if cube.is_printed):
        hidden, counted = share[cube.table.name]
        small = np.count_nonzero((cube.counts > 0) & (cube.counts < policy.threshold))
        share[cube.table.name] = (hidden + int(small), counted + int(np.count_nonzero(cube.counts)))
    return refuse(share, 0, policy)


def _refused_so_far(done: Sequence[_Pattern], left: Sequence[Linked], policy: Policy) -> PlanRefused | None:
    """Give the refusal that is certain before the batches left are protected: they hide their small cells at least.

    The next of them is also refused where it is so large, and closed by lines alone hangs together so widely, that no
    attack on it would end.
    """
    known = [(pattern.linked, pattern.hidden) for pattern in done] + [(batch, batch.primary) for batch in left]
    hidden = sum(int((batch.printed & hidden).sum()) for batch, hidden in known)
    counted = sum(int((batch.printed & ((batch.truth > 0) | hidden)).sum()) for batch, hidden in known)
    largest = 0
    if left[0].size > policy.component_unknowns:
        largest = max(_unknowns(_Pattern(linked=left[0], hidden=first_pattern(left[0], policy))), default=0)
    if hidden * 100 <= policy.hidden_share_pct * counted and largest <= policy.component_unknowns:
        return None
    patterns = [*done, *(_primary_only(batch) for batch in left)]
    return refuse(hidden_by_table(cell for pattern in patterns for cell in _cells(pattern)), largest, policy)


def _primary_only(batch: Linked) -> _Pattern:
    return _Pattern(linked=batch, hidden=batch.primary)


def _protect_again(
    batch: Linked, earlier: EarlierCells, policy: Policy, effort: Effort, *, declared: bool
) -> _Pattern | list[Label]:
    """Choose the hidden cells of a batch that is public already, or say why it may not be released again."""
    moved = moves(batch, earlier)
    found = objections(batch, earlier, moved, policy, declared=declared)
    if found:
        return found
    if not moved.is_changed:
        batch = _given_up(unchanged_since(batch, earlier, moved), policy)
        before = _hidden_before(batch, earlier)
        hidden = before & ~batch.public
        if (batch.primary & ~hidden).any() or unsafe_cells(batch, hidden, policy):
            hidden = choose(batch, policy, effort) & ~batch.public
        return _Pattern(linked=batch, hidden=hidden | (before & batch.public))
    batch = changed_since(batch, earlier, moved, policy)
    hidden = choose(batch, policy, effort)
    for _ in range(ROUNDS):
        guilty = joint_breaches(batch, hidden, earlier, moved, policy)
        if not guilty:
            return _Pattern(linked=batch, hidden=hidden)
        more = hidden.copy()
        for cell in guilty:
            more[least_missed_beside(batch, cell, more)] = True
        if (more == hidden).all():
            break
        hidden = _finished(batch, more, policy)
    return [
        Label(
            f"{batch.batch_id}: dibaca bersama rilis sebelumnya, ada orang yang dapat dikenali; tunda perubahannya.",
            f"{batch.batch_id}: read together with the earlier release it gives people away; hold the change back.",
        )
    ]


def _given_up(batch: Linked, policy: Policy) -> Linked:
    """Give up cells that earlier releases give away whatever is hidden now: they are known, and protect nothing.

    One that the earlier release hid stays hidden all the same.
    """
    while True:
        lost = unsafe_cells(batch, batch.printed & ~batch.public, policy)
        if not lost:
            return batch
        public, implied = batch.public.copy(), batch.implied.copy()
        public[lost], implied[lost] = True, False
        batch = replace(batch, public=public, implied=implied, primary=batch.primary & ~public)


def _hidden_before(batch: Linked, earlier: EarlierCells) -> Booleans:
    """Tell the printed cells that the earlier release hid."""
    before = [key in earlier.values and earlier.values[key] is None for key in batch.keys]
    return np.asarray(batch.printed & np.array(before, dtype=bool))


def _vanished(earlier: Mapping[str, EarlierCells], linked: Sequence[Linked]) -> Iterator[Label]:
    """Say which public batches the register lacks: batches are released whole and stay."""
    for batch_id in sorted(set(earlier) - {batch.batch_id for batch in linked}):
        yield Label(
            f"{batch_id}: ada di rilis sebelumnya tetapi tidak di register ini; sertakan semua tahap yang terbit.",
            f"{batch_id}: is in the earlier release but not in this register; include every published batch.",
        )


def by_batch(cubes: Iterable[Cube]) -> dict[str, list[Cube]]:
    """Group tables by batch, keeping their order."""
    groups: dict[str, list[Cube]] = defaultdict(list)
    for cube in cubes:
        groups[cube.batch_id].append(cube)
    return dict(groups)


def unsafe_cells(linked: Linked, hidden: Booleans, policy: Policy, *, among: Booleans | None = None) -> list[int]:
    """Attack: give the hidden and implied cells (among those given) that a reader can bound too tightly."""
    wanted = hidden | linked.implied
    targets = np.flatnonzero(wanted if among is None else wanted & among).tolist()
    if not targets:
        return []
    found = intervals(linked.system(hidden), targets, width=policy.width)
    return [cell for cell, interval in zip(targets, found, strict=True) if not linked.is_safe(cell, interval, policy)]


def choose(linked: Linked, policy: Policy, effort: Effort = "thorough", insiders: Insiders | None = None) -> Booleans:
    """Choose the hidden cells of one linked system; safe, or ProtectionFailed.

    Where a batch total would have to go, another pattern is looked for that keeps every total as it is: readers compare
    them with targets. It is taken wherever there is one, whatever else it hides.
    """
    insiders = insiders or insiders_of(policy)
    hidden = _kept_from_insiders(linked, _fewest(linked, policy, effort), policy, insiders)
    totals = batch_totals(linked) & linked.printed & ~linked.primary
    if not (hidden & totals & ~linked.public).any():
        return hidden
    try:
        exact = replace(linked, public=linked.public | totals)
        return _kept_from_insiders(exact, _fewest(exact, policy, effort), policy, insiders)
    except ProtectionFailed:
        return hidden


def _fewest(linked: Linked, policy: Policy, effort: Effort) -> Booleans:
    """Choose the hidden cells of one linked system; safe, or ProtectionFailed.

    The pattern that hides the fewest cells is kept (then the least missed ones; then the first start).
    """
    if effort == "quick" or linked.size > STARTS_BELOW:
        return _finished(linked, first_pattern(linked, policy), policy)
    is_tiny = linked.size <= min(SEARCH_BELOW, policy.gauss_unknowns)
    starts = [gauss_order(linked, linked.primary, order=order) for order in ORDERS] if is_tiny else []
    ends = [trim(linked, _finished(linked, start, policy), policy) for start in _distinct(starts)]
    if not is_tiny:
        ends.append(trim(linked, _finished(linked, linked.primary, policy, one_by_one=True), policy))
    best = min(ends, key=lambda hidden: _price(linked, hidden))
    return _without_each(linked, best, policy) if is_tiny else best


def _kept_from_insiders(linked: Linked, hidden: Booleans, policy: Policy, insiders: Insiders) -> Booleans:
    """Hide more where one person in the tables could bound a cell too tightly; safe, or ProtectionFailed."""
    for extra in range(1, ROUNDS):
        told = told_to_insiders(linked, hidden, insiders)
        if not told:
            return hidden
        try:
            wider = repair(linked, hidden, told, width=policy.width + extra, reward=1000, one_by_one=True)
        except NoRoom:
            break
        hidden = _finished(linked, wider, policy)
    raise ProtectionFailed(
        Label(
            f"{linked.batch_id}: salah seorang yang dihitung dapat mengetahui hasil orang lain; "
            "terbitkan lebih sedikit tabel untuk tahap ini",
            f"{linked.batch_id}: one of those counted could work out others; publish fewer tables of it",
        )
    )


def _price(linked: Linked, hidden: Booleans) -> tuple[int, int]:
    """Give what a pattern costs: cells, then how much readers miss them."""
    return int(hidden.sum()), int(linked.cost[hidden].sum())


def _without_each(linked: Linked, hidden: Booleans, policy: Policy) -> Booleans:
    """Try to do without each cell hidden for others: make it dear, choose anew, keep what is cheaper; until none is."""
    best = hidden
    tried: set[int] = set()
    if (hidden & ~linked.primary).sum() > FEW:
        return best
    while True:
        spare = [cell for cell in np.flatnonzero(best & ~linked.primary).tolist() if cell not in tried]
        if not spare or len(tried) == TRIES:
            return best
        tried.add(spare[0])
        cost = linked.cost.copy()
        cost[spare[0]] *= DEAR
        dear = replace(linked, cost=cost)
        other = trim(dear, _finished(dear, gauss_order(dear, dear.primary), policy), policy)
        if _price(linked, other) < _price(linked, best):
            best = other


def first_pattern(linked: Linked, policy: Policy) -> Booleans:
    """Give the cells hidden before any attack: by Gauss order where the system is small, else by line closure."""
    close = gauss_order if linked.size <= policy.gauss_unknowns else line_closure
    return close(linked, linked.primary)


def _distinct(patterns: Sequence[Booleans]) -> list[Booleans]:
    """Give each pattern once, in order of first appearance."""
    return list({pattern.tobytes(): pattern for pattern in patterns}.values())


def _finished(linked: Linked, hidden: Booleans, policy: Policy, *, one_by_one: bool = False) -> Booleans:
    """Attack and repair until nothing is found."""
    for round_number in range(ROUNDS):
        unsafe = unsafe_cells(linked, hidden, policy)
        if not unsafe:
            return hidden
        try:
            hidden = repair(
                linked,
                hidden,
                unsafe,
                width=policy.width + round_number // 4,
                reward=1000 * 4**round_number,
                one_by_one=one_by_one or round_number >= ROUNDS // 2,
            )
        except NoRoom:
            break
    raise ProtectionFailed(
        Label(
            f"{linked.batch_id}: tidak ada pola yang aman setelah {ROUNDS} putaran; "
            "terbitkan lebih sedikit tabel untuk tahap ini",
            f"{linked.batch_id}: no safe pattern in {ROUNDS} rounds; publish fewer tables of this batch",
        )
    )


def _unknowns(pattern: _Pattern) -> tuple[int, ...]:
    """Give the size of the largest system of unknown cells; nothing where all is known."""
    return components(pattern.linked.system(pattern.hidden))[:1]


def hidden_by_table(cells: Iterable[ProtectedCell]) -> dict[str, tuple[int, int]]:
    """Give for each table of the plan its hidden cells and its cells that are hidden or not zero, over all batches."""
    counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cell in cells:
        hidden, counted = counts[cell.table]
        is_hidden = cell.status == "hidden"
        counts[cell.table] = (hidden + is_hidden, counted + (is_hidden or bool(cell.value)))
    return dict(counts)


def refuse(share: Mapping[str, tuple[int, int]], largest: int, policy: Policy) -> PlanRefused | None:
    """Give the refusal of a plan that hides too much or links too many unknown cells, or None."""
    hidden, printed = (sum(part[side] for part in share.values()) for side in (0, 1))
    reasons: list[Label] = []
    most, unknowns = policy.hidden_share_pct, policy.component_unknowns
    if hidden * 100 > policy.hidden_share_pct * printed:
        pct = -(-hidden * 100 // printed)
        reasons.append(
            Label(
                f"Tabel terlalu rinci: {pct} persen selnya harus disembunyikan; batasnya {most} persen.",
                f"Table too detailed: {pct} per cent of its cells would be hidden; the limit is {most} per cent.",
            )
        )
    if largest > policy.component_unknowns:
        reasons.append(
            Label(
                f"Tabel terlalu rinci: {largest} sel tak diketahui saling terkait; batasnya {unknowns}.",
                f"Table too detailed: {largest} unknown cells hang together; the limit is {unknowns}.",
            )
        )
    return PlanRefused(reasons=tuple(reasons), proposals=proposals(share, policy)) if reasons else None


def proposals(share: Mapping[str, tuple[int, int]], policy: Policy) -> tuple[Label, ...]:
    """Name the tables that hide most, with what to merge or leave out in each; most hidden first."""
    costly = [
        table
        for table in policy.tables
        if table.dimensions and share[table.name][0] * 200 > policy.hidden_share_pct * share[table.name][1]
    ]
    costly.sort(key=lambda table: (-share[table.name][0], table.name))
    return tuple(_proposal(table.name, policy) for table in costly)


def _proposal(name: str, policy: Policy) -> Label:
    """Say what to change in one table."""
    table = next(table for table in policy.tables if table.name == name)
    finest = [dimension for dimension in table.dimensions if policy.grain(dimension) == "leaf"]
    if len(table.dimensions) > 1:
        return Label(
            f"Tabel {name}: hapus, atau pecah menjadi tabel satu dimensi.",
            f"Table {name}: leave it out, or split it into one-way tables.",
        )
    if len(table.stages) > 1:
        return Label(
            f"Tabel {name}: tampilkan satu tahapan saja ({table.stages[0]}), atau gabungkan kelompok kecil.",
            f"Table {name}: print one stage only ({table.stages[0]}), or merge small groups.",
        )
    if finest:
        return Label(
            f'Tabel {name}: gabungkan kode {finest[0]} menjadi kelompok (grain = "group"), atau hapus.',
            f'Table {name}: merge the codes of {finest[0]} into groups (grain = "group"), or leave it out.',
        )
    return Label(
        f"Tabel {name}: hapus, atau gabungkan beberapa tahap.", f"Table {name}: leave it out, or merge batches."
    )


def _cells(pattern: _Pattern) -> Iterable[ProtectedCell]:
    """Give the printed cells of one batch, in the order of the linked system."""
    linked = pattern.linked
    for position in np.flatnonzero(linked.printed).tolist():
        stage, place = linked.keys[position]
        is_hidden = bool(pattern.hidden[position])
        people = int(linked.truth[position])
        yield ProtectedCell(
            batch_id=linked.batch_id,
            table=linked.tables[position],
            stage=stage,
            coordinates=place,
            value=None if is_hidden else people,
            status="hidden" if is_hidden else "released",
            precision="" if is_hidden else "exact",
            reason="" if not is_hidden else "primary" if linked.primary[position] else "complementary",
            people=people,
        )


def _share_pct(cells: Sequence[ProtectedCell]) -> int:
    """Give the share of non-zero or hidden cells that are hidden, in whole per cents, rounded up."""
    hidden = sum(cell.status == "hidden" for cell in cells)
    counted = sum(cell.status == "hidden" or bool(cell.value) for cell in cells)
    return -(-hidden * 100 // counted) if counted else 0
