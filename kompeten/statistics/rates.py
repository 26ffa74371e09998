"""Rates from the formula registry: numerator, denominator, and what happens where a count is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kompeten.ground.formulas import terms
from kompeten.ground.model import Measure
from kompeten.ground.vocabulary import PRINTED, Status
from kompeten.statistics.cells import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate with the two counts it comes from.

    value: rounded half up to the measure's decimals; None where status is not released or provisional: hidden where
    a part is hidden, unknown where a part is unknown, not_applicable where the denominator is 0.
    """

    measure_id: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    status: Status
    unit: str
    decimals: int


def rate(measure: Measure, counts: Mapping[str, Count]) -> Rate:
    """Compute one rate. counts: by the names that the formula uses; a name that is absent counts as unknown."""
    numerator, top = total(measure.numerator, counts)
    denominator, bottom = total(measure.denominator, counts)
    status = weakest(top, bottom)
    value = None
    if numerator is not None and denominator is not None:
        if denominator == 0:
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
    )


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


def plain(value: int, cell_id: str = "") -> Count:
    """Give a number that is not a count of a batch (a population, a target, a budget) the shape of a count."""
    return Count(
        value=value,
        status="released",
        precision="exact",
        low=value,
        high=value,
        source_id=None,
        statements=1,
        cell_id=cell_id,
    )
