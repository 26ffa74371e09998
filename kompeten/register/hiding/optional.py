"""Leave out optional stages of tables, the dearest first, where more would be hidden than the policy aims at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from kompeten.ground.policy import Policy, TablePlan
from kompeten.ground.vocabulary import Stage
from kompeten.register.hiding.count import Cube
from kompeten.register.hiding.joint import EarlierCells
from kompeten.register.hiding.protect import PlanRefused, ProtectedCell, ProtectedRelease, by_batch, protect

Cells = tuple[ProtectedCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One stage of a table of a batch that is left out; the share of counts hidden in the release, before and after."""

    batch_id: str
    table: TablePlan
    stage: Stage
    before: Fraction
    after: Fraction


def leave_out(
    policy: Policy,
    counted: Callable[[Policy], Sequence[Cube]],
    previous: Sequence[EarlierCells] = (),
    *,
    corrected: Collection[str] = (),
) -> tuple[ProtectedRelease | PlanRefused, tuple[LeftOut, ...]]:
    """Protect; while more than hidden_aim_pct of the counts are hidden, leave out an optional stage in one batch.

    counted: counts by a plan. previous, corrected: as protect has them; a stage that is public already stays. Of the
    stages that reach the aim the one that leaves most counts printed; where none does, the one that lowers the share
    most; the order of batches and of the plan decides among equals. Each is found out by doing it; what lowers nothing
    stays. Gives the release and what is left out, in this order. Deterministic.
    """
    counted = cache(counted)
    earlier = {item.batch_id: item for item in previous}

    @cache
    def alone(batch: str, plan: Policy) -> ProtectedRelease | PlanRefused:
        """Protect one batch; how much may be hidden is a limit of the release, not of one batch."""
        known = [earlier[batch]] if batch in earlier else []
        own = by_batch(counted(plan))[batch]
        return protect(own, replace(plan, hidden_share_pct=100), known, corrected=corrected)

    result, gone = protect(counted(policy), policy, previous, corrected=corrected), list[LeftOut]()
    if isinstance(result, PlanRefused):
        return result, ()
    cells = {batch: tuple(own) for batch, own in by_batch(result.cells).items()}
    plans = dict.fromkeys(cells, policy)
    while (before := hidden_share(cells)) * 100 > policy.hidden_aim_pct:
        ways = []
        for batch, plan in plans.items():
            for table, stage, leaner in _leaner(plan, cells[batch], earlier.get(batch)):
                other = alone(batch, leaner)
                if isinstance(other, ProtectedRelease):
                    without = {**cells, batch: other.cells}
                    after = hidden_share(without)
                    step = LeftOut(batch_id=batch, table=table, stage=stage, before=before, after=after)
                    missed = (0, -_shown(without)) if after * 100 <= policy.hidden_aim_pct else (1, after)
                    ways.append((missed, step, leaner, without))
        if not ways or (best := min(ways, key=lambda way: way[0]))[1].after >= before:
            break
        _, step, plans[step.batch_id], cells = best
        gone.append(step)
    own = [cube for batch, plan in plans.items() for cube in by_batch(counted(plan))[batch]]
    return (protect(own, policy, previous, corrected=corrected) if gone else result), tuple(gone)


def hidden_share(cells: Mapping[str, Cells]) -> Fraction:
    """Give the hidden counts as a share of all counts of the batches, zeros included: of what a reader looks at."""
    counts = sum(map(len, cells.values()))
    return Fraction(counts - _shown(cells), max(1, counts))


def _shown(cells: Mapping[str, Cells]) -> int:
    return sum(cell.status != "hidden" for own in cells.values() for cell in own)


def _leaner(policy: Policy, cells: Cells, known: EarlierCells | None) -> Iterator[tuple[TablePlan, Stage, Policy]]:
    """Give each plan without one optional stage that hides some of these cells and is not public, in the plan's order.

    A table without stages goes.
    """
    dear = {(cell.table, cell.stage) for cell in cells if cell.status == "hidden"}
    public = known.tables if known else ()
    for place, table in enumerate(policy.tables):
        for stage in table.optional:
            if stage in table.stages and (table.name, stage) in dear and (table.dimensions, stage) not in public:
                left = tuple(one for one in table.stages if one != stage)
                less = (replace(table, stages=left),) if left else ()
                yield table, stage, replace(policy, tables=(*policy.tables[:place], *less, *policy.tables[place + 1 :]))
