"""Sums and rates over several counts, as documents print them: totals over batches, numerators, per-10,000 figures.

A total that is just the sum of the counts printed under it says nothing new; one that covers a hidden count does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from kompeten.audit.reading.sightings import STAGE_NAMES, context_of, pointer_step
from kompeten.audit.reasoning.cells import NOWHERE, Cell, Key, Ratio, Total
from kompeten.audit.reasoning.margins import Coordinates
from kompeten.ground.formulas import cell_of
from kompeten.ground.vocabulary import DIMENSIONS, PRINTED

Term = tuple[int, str, tuple[tuple[str, str], ...]]
"""A part of a formula: sign, stage, and codes of its own."""


Formulas = Mapping[str, tuple[tuple[Term, ...], tuple[Term, ...] | None, int]]
"""For each measure its numerator, denominator (None where it is not a count) and multiplier."""


def aggregates(
    documents: Iterable[tuple[str, Any]], cells: Sequence[Cell], *, formulas: Formulas
) -> tuple[tuple[Total, ...], tuple[Ratio, ...]]:
    """Give the totals and rates over register counts that say more than the printed counts under them.

    documents: path and parsed JSON, of the release that the cells are of. A rate counts where its formula is known.
    """
    if not any(cell.is_register for cell in cells):
        return (), ()
    found = _Aggregates(
        cells={cell.key: cell for cell in cells if cell.is_register},
        formulas=formulas,
        others=[cell for cell in cells if not cell.is_register],
    )
    for path, document in documents:
        found.walk(document, path + "#", {})
    return tuple(found.totals), tuple(found.ratios)


@dataclass(slots=True)
class _Aggregates:
    cells: Mapping[Key, Cell]
    formulas: Formulas
    others: Sequence[Cell] = ()
    totals: list[Total] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)
    by_place: dict[tuple[str, Coordinates], list[str]] = field(default_factory=lambda: defaultdict(list))

    said: dict[tuple[str, Coordinates], dict[str, list[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    """What others than registers print, by stage and place and batch: a sum over batches holds that too."""

    def __post_init__(self) -> None:
        for cell in self.others:
            if cell.value is not None and cell.key not in self.cells:
                self.said[cell.key.stage, cell.key.place][cell.key.batch_id].append(cell.value)
        for key in self.cells:
            self.by_place[key.stage, key.place].append(key.batch_id)

    def walk(self, node: Any, address: str, context: Mapping[str, Any]) -> None:
        """Take every total and rate out of a document."""
        if isinstance(node, Mapping):
            within = context_of(node, context)
            if isinstance(node.get("measure_id"), str) and "numerator" in node:
                self._take_rate(node, within, address)
            elif "batch_id" not in within and isinstance(within.get("stage"), str):
                self._take_total(node, within, address)
            for key, child in node.items():
                below = {**within, **_named_stage(key, node)}
                self.walk(child, f"{address}/{pointer_step(key)}", below)
        elif isinstance(node, list):
            for number, child in enumerate(node):
                self.walk(child, f"{address}/{number}", context)

    def _take_total(self, node: Mapping[str, Any], within: Mapping[str, Any], address: str) -> None:
        if node.get("status") not in PRINTED:
            return
        is_exact = node.get("bound", "exact") == "exact" and node.get("precision") in (None, "", "exact")
        value = node.get("value")
        # What is at least so much leaves the hidden out: its printed parts say as much of the least.
        low, high = (value, value) if is_exact else (None, node.get("high"))
        batches = [*node.get("batches_with_figure", ()), *node.get("batches_without_figure", ())] if isinstance(
            node.get("batches_with_figure"), list
        ) else None  # fmt: skip
        term: Term = (1, str(within["stage"]), ())
        keys = self._keys(term, within, batches)
        self._state([(key, 1) for key in keys], low, high, address, self._by_others([term], within, batches))

    def _take_rate(self, node: Mapping[str, Any], within: Mapping[str, Any], address: str) -> None:
        if node["measure_id"] not in self.formulas:
            return
        above, below, multiplier = self.formulas[node["measure_id"]]
        top = self._terms(above, within)
        bottom = [] if below is None else self._terms(below, within)
        by_others = self._by_others(above, within, None), self._by_others(below or (), within, None)
        self._state(top, node["numerator"], node["numerator"], f"{address}/numerator", by_others[0])
        self._state(bottom, node.get("denominator"), node.get("denominator"), f"{address}/denominator", by_others[1])
        value = node.get("value")
        is_plain = all(size == 1 for _, size in (*top, *bottom)) and bool(top) and by_others == ((0, 0), (0, 0))
        if isinstance(value, bool) or not isinstance(value, int | float) or not is_plain:
            return
        base = node.get("denominator") if below is None else 0
        if below is None and not isinstance(base, int):
            return
        self.ratios.append(
            Ratio(
                above=tuple(key for key, _ in top),
                below=tuple(key for key, _ in bottom),
                base=int(base or 0),
                multiplier=multiplier,
                shown=Fraction(str(value)),
                decimals=int(node.get("decimals", len(str(value).partition(".")[2]))),
                address=address,
            )
        )

    def _terms(self, terms: Sequence[Term], within: Mapping[str, Any]) -> list[tuple[Key, int]]:
        return [(key, term[0]) for term in terms for key in self._keys(term, within, None)]

    def _keys(self, term: Term, within: Mapping[str, Any], batches: Sequence[str] | None) -> list[Key]:
        """Give the counts that a term stands for: of the batch at hand, of the batches named, or of all of them."""
        _, stage, own = term
        place = tuple(str({**within, **dict(own)}.get(name) or "_T") for name in DIMENSIONS)
        if "batch_id" in within:
            key = Key(str(within["batch_id"]), stage, place)
            return [key] if key in self.cells else []
        if batches is not None:
            place = NOWHERE
        return [
            Key(batch, stage, place) for batch in self.by_place[stage, place] if batches is None or batch in batches
        ]

    def _by_others(
        self, terms: Sequence[Term], within: Mapping[str, Any], batches: Sequence[str] | None
    ) -> tuple[int, int]:
        """Give how many people of a sum others than registers print, least and most, where they differ."""
        low = high = 0
        for sign, stage, own in terms:
            place = tuple(str({**within, **dict(own)}.get(name) or "_T") for name in DIMENSIONS)
            for batch_id, values in self.said[stage, NOWHERE if batches is not None else place].items():
                if (batch_id == within.get("batch_id", batch_id)) and (batches is None or batch_id in batches):
                    # Of what is subtracted the most people make the least of the sum.
                    ends = sorted((sign * min(values), sign * max(values)))
                    low, high = low + ends[0], high + ends[1]
        return low, high

    def _state(
        self, terms: Sequence[tuple[Key, int]], low: Any, high: Any, address: str, by_others: tuple[int, int]
    ) -> None:
        """Keep a total that covers a hidden count and is not just the sum of the printed ones.

        by_others: the part of it that others than registers print, least and most.
        """
        hidden = [key for key, _ in terms if self.cells[key].value is None]
        if not hidden or not (_is_count(low) or _is_count(high)):
            return
        shown = sum(size * (self.cells[key].value or 0) for key, size in terms)
        # Least where others count most: what is left is the register's own part.
        low = low - by_others[1] if _is_count(low) else None
        high = high - by_others[0] if _is_count(high) else None
        if low == high == shown:
            return
        self.totals.append(Total(terms=tuple(terms), low=low, high=high, address=address))


def formulas_of(documents: Mapping[str, Any]) -> Formulas:
    """Read measures.json; known counts only."""
    document: Any = next((documents[path] for path in documents if path.endswith("api/v1/measures.json")), {})
    rows = document.get("data") if isinstance(document, Mapping) else None
    found = {}
    for row in rows if isinstance(rows, list) else ():
        above, below = _terms_of(str(row.get("numerator"))), _terms_of(str(row.get("denominator")))
        if above is not None:
            found[str(row.get("measure_id"))] = (above, below, int(row.get("multiplier") or 1))
    return found


def _terms_of(formula: str) -> tuple[Term, ...] | None:
    """Read a formula such as ``peserta - asesi``; None where it names something that is no count of the funnel."""
    terms: list[Term] = []
    sign = 1
    for word in formula.split():
        if word in ("+", "-"):
            sign = 1 if word == "+" else -1
        elif cell := cell_of(word):
            stage, at = cell
            terms.append((sign, stage, (at,) if at else ()))
            sign = 1
        else:
            return None
    return tuple(terms) or None


def _named_stage(key: str, node: Mapping[str, Any]) -> dict[str, str]:
    """Give the stage that a name stands for; an achieved figure is of the stage of the target beside it."""
    target = node.get("target")
    if key == "achieved" and isinstance(target, Mapping) and isinstance(target.get("stage"), str):
        return {"stage": target["stage"]}
    return {"stage": STAGE_NAMES[key]} if key in STAGE_NAMES else {}


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
