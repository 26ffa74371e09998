"""Rates from the formula registry: numerator, denominator, and what happens where a count is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kompeten.ground.formulas import terms
from kompeten.ground.model import Measure
from kompeten.ground.vocabulary import PRINTED, Precision, Status
from kompeten.statistics.cells import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate with the two counts it comes from.

    value: rounded half up to the measure's decimals; None where status is not released or provisional: hidden where
    a part is hidden, unknown where a part is unknown, not_applicable where the denominator is 0, and where a share of
    100 comes out below 0 or above 100 because top and bottom are different counts. precision: about where a count is,
    at_least where the numerator is a lower bound; None where there is no value.
    """

    measure_id: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    status: Status
    unit: str
    decimals: int
    precision: Precision | None


SHARES = ("tingkat_kompeten", "tingkat_terbit", "angka_gugur", "porsi_", "belum_bersertifikat")
"""Beginnings of the ids of measures that are a part of a whole: between 0 and 100."""


def rate(measure: Measure, counts: Mapping[str, Count]) -> Rate:
    """Compute one rate. counts: by the names that the formula uses; a name that is absent counts as unknown."""
    numerator, top = total(measure.numerator, counts)
    denominator, bottom = total(measure.denominator, counts)
    status = weakest(top, bottom)
    value = None
    if numerator is not None and denominator is not None:
        is_share = measure.multiplier == 100 and measure.measure_id.startswith(SHARES)
        if denominator == 0 or (is_share and not 0 <= numerator <= denominator):
            status = "not_applicable"
        else:
            value = rounded(Decimal(numerator * measure.multiplier) / denominator, measure.decimals)
    return Rate(
        measure_id=measure.measure_id,
        numerator=numerator,
        denominator=denominator,
        value=value,
        status=status,
        unit=measure.unit,
        decimals=measure.decimals,
        precision=None if value is None else _precision(measure, counts),
    )


def _precision(measure: Measure, counts: Mapping[str, Count]) -> Precision:
    """Say how exact a rate is: no more than the counts it is made of."""
    tops = {name for sign, name in terms(measure.numerator) if sign > 0}
    found = {(counts[name].precision, name in tops) for name in measure.names if name in counts}
    if found <= {("exact", True), ("exact", False)}:
        return "exact"
    return "at_least" if found <= {("exact", True), ("exact", False), ("at_least", True)} else "about"


def total(formula: str, counts: Mapping[str, Count]) -> tuple[int | None, Status]:
    """Evaluate ``a + b - c`` over counts; None where one of them has no value, with the weakest status of all."""
    value = 0
    statuses: list[Status] = []
    for sign, name in terms(formula):
        count = counts.get(name)
        statuses.append(count.status if count else "unknown")
        part = count.value if count and count.value is not None else 0
        value += sign * part
    status = weakest(*statuses)
    return (value if status in PRINTED else None), status


def weakest(*statuses: Status) -> Status:
    """Give the status of a figure made of parts: hidden before unknown before provisional before released."""
    order: tuple[Status, ...] = ("hidden", "unknown", "not_applicable", "provisional", "released")
    return min(statuses, key=order.index)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half away from zero, as the registry says (``half_up``)."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def plain(value: int, precision: Precision = "exact") -> Count:
    """Give a number that is not a count of a batch (a population, a target, a budget) the shape of a count."""
    return Count(cell_id="", value=value, status="released", precision=precision, low=value, high=value, statements=1)
