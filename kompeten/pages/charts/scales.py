"""Small scale functions for charts: values in, fixed-point text out.

Every coordinate is a decimal rounded half to even and printed without exponent or trailing zeros, so that the same
values give the same bytes on every machine. Horizontal places are percentages of the drawing's width: a chart then
fits a phone and a desk without its text growing or shrinking.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

Number = int | Decimal

_NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def fixed(value: Number, *, places: int = 2) -> str:
    """Give a coordinate as text: ``82.7``, ``0``, ``33.33``; never ``-0`` or ``1E+2``."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def step(value: Number, maximum: Number, *, steps: int = 4) -> int:
    """Give the shade of a value, 1 to ``steps``: equal steps of the scale from 0 to the maximum, each open below."""
    if maximum <= 0:
        return 1
    share = Decimal(value) * steps / Decimal(maximum)
    return min(steps, max(1, int(share.to_integral_value(rounding=ROUND_CEILING))))


def step_bounds(maximum: int, *, steps: int = 4) -> tuple[tuple[int, int], ...]:
    """Give the whole numbers that each shade of ``step`` stands for, lowest and highest; shades of none are left out.

    Zero has no shade of its own: the page says "0" on a bare tile.
    """
    shades: dict[int, list[int]] = {}
    edges = [-(-maximum * edge // steps) for edge in range(steps + 1)]
    for value in sorted({1, *(v + d for v in edges for d in (-1, 0, 1)), maximum}):
        if 1 <= value <= maximum:
            shades.setdefault(step(value, maximum, steps=steps), []).append(value)
    return tuple((min(values), max(values)) for _, values in sorted(shades.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A linear scale from low to high, drawn over the percentages ``start`` to ``end`` of the width."""

    low: Decimal
    high: Decimal
    start: Decimal = Decimal(0)
    end: Decimal = Decimal(100)

    def at(self, value: Number) -> Decimal:
        """Give the place of a value as a percentage of the width."""
        return self.start + (Decimal(value) - self.low) * (self.end - self.start) / (self.high - self.low)

    def place(self, value: Number) -> str:
        """Give the place of a value as an attribute: ``82.7%``."""
        return fixed(self.at(value)) + "%"


def tick_step(span: Number, *, count: int) -> Decimal:
    """Give the round distance between ticks (1, 2, 2.5 or 5 times a power of ten) for about ``count`` of them."""
    rough = Decimal(span) / count
    if rough <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(rough.adjusted())
    return next(nice * power for nice in _NICE if nice * power >= rough)


def round_scale(
    values: Iterable[Number], *, count: int = 4, start: Number = 0, end: Number = 100
) -> tuple[Scale, tuple[Decimal, ...]]:
    """Give a scale from zero to a round end beyond the values, and its ticks.

    From zero, so that a small dispute looks small beside a large one. Whole numbers only: counts of people have no
    halves, so ticks are never closer than 1.
    """
    high = max((Decimal(value) for value in values), default=Decimal(1))
    distance = max(Decimal(1), tick_step(high, count=count))
    last = max(distance, (high / distance).to_integral_value(rounding=ROUND_CEILING) * distance)
    ticks = tuple(distance * number for number in range(int(last / distance) + 1))
    return Scale(low=Decimal(0), high=last, start=Decimal(start), end=Decimal(end)), ticks
