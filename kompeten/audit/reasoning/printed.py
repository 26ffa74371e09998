"""What anyone can read off the printed counts of a release, without working anything out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from kompeten.audit.reasoning.cells import Cell, Key, Published, is_headline
from kompeten.audit.reasoning.margins import all_failed, tried_at
from kompeten.audit.reasoning.verdict import Breach, Reason
from kompeten.ground.policy import Policy
from kompeten.ground.vocabulary import ALL, DIMENSIONS, PRINTED, RESULTS, STATUSES, UNKNOWN


def printed_breaches(published: Published, policy: Policy) -> Iterator[Breach]:
    """Give the breaches that anyone can read off the printed register counts, one rule after another."""
    cells = published.register
    for cell in cells:
        yield from _cell_breaches(cell, policy)
    if policy.all_failed == "any_size":
        yield from _all_failed(cells, policy)
    yield from _absent_rows(cells)
    for cell in published.cells:
        if not cell.has_url and cell.status in PRINTED and cell.key.scheme:
            yield Breach(reason="no_address", subject=cell.key.text(), chain=(cell.address,))


def _cell_breaches(cell: Cell, policy: Policy) -> Iterator[Breach]:
    """Give what one printed cell does wrong by itself."""

    def breach(reason: Reason) -> Breach:
        return Breach(reason=reason, subject=cell.key.text(), chain=(cell.address,))

    if cell.status not in STATUSES:
        yield breach("status_unknown")
    elif cell.status in PRINTED:
        if cell.value is None or cell.value < 0:
            yield breach("not_a_count")
        elif cell.precision != "exact":
            yield breach("not_exact")
        elif 1 <= cell.value < policy.threshold:
            yield breach("small_cell")
    elif cell.value is not None:
        yield breach("value_beside_hidden")


def _all_failed(cells: Sequence[Cell], policy: Policy) -> Iterator[Breach]:
    """Give the groups in which somebody was assessed and nobody was competent or certified, as printed."""
    groups: dict[Key, dict[str, Cell]] = defaultdict(dict)
    for cell in cells:
        if cell.status in PRINTED and cell.value is not None:
            groups[cell.key._replace(stage="")][cell.key.stage] = cell
    for group in groups.values():
        counts = {stage: cell.value or 0 for stage, cell in group.items()}
        for stage in RESULTS:
            headline = stage in group and is_headline(group[stage].key, policy)
            if stage in group and all_failed(stage, counts, is_headline=headline):
                base = group[tried_at(stage, counts, is_headline=headline) or stage]
                yield Breach(
                    reason="all_failed", subject=group[stage].key.text(), chain=(group[stage].address, base.address)
                )


def _absent_rows(cells: Sequence[Cell]) -> Iterator[Breach]:
    """Give the combinations of codes that a table of a register leaves out: absence would tell 0 from hidden.

    A table is a set of crossed dimensions of one source; its codes are those that any of its batches shows.
    """
    codes: dict[tuple[str, frozenset[str]], list[dict[str, None]]] = defaultdict(lambda: [{} for _ in DIMENSIONS])
    present: dict[tuple[str, frozenset[str], str, str], set[tuple[str, ...]]] = defaultdict(set)
    for cell in cells:
        for position, code in enumerate(cell.key.place):
            codes[cell.source_id, cell.key.scheme][position][code] = None
        present[cell.source_id, cell.key.scheme, cell.key.batch_id, cell.key.stage].add(cell.key.place)
    for (source, scheme, batch_id, stage), places in present.items():
        axes = codes[source, scheme]
        for place in product(*axes):
            if place not in places:
                yield Breach(reason="row_absent", subject=Key(batch_id, stage, place).text())


def order_by_value(cells: Sequence[Cell], parents: Mapping[str, Mapping[str, str]]) -> Iterator[Breach]:
    """Give the lines of tables whose rows follow neither the code list nor the alphabet: an order by value ranks
    hidden cells too.
    """
    lines: dict[tuple[str, int, Key], list[str]] = defaultdict(list)
    for cell in sorted(cells, key=lambda cell: cell.order):
        for position, code in enumerate(cell.key.place):
            if code not in (ALL, UNKNOWN):
                line = cell.key._replace(place=(*cell.key.place[:position], ALL, *cell.key.place[position + 1 :]))
                own = lines[cell.source_id, position, line]
                if code not in own:
                    own.append(code)
    ranks = {name: {code: rank for rank, code in enumerate(codes)} for name, codes in parents.items()}
    for (_, position, line), codes in lines.items():
        rank = ranks.get(DIMENSIONS[position], {})
        listed = sorted(codes, key=lambda code: (rank.get(code, len(rank)), code))
        if codes not in (sorted(codes), listed):
            yield Breach(reason="order_by_value", subject=f"{line.text()} ({DIMENSIONS[position]})")
