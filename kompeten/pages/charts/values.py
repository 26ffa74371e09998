"""What comes into a chart: frozen values, nothing else.

Only a released or provisional mark has a value, and the geometry comes from that value alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kompeten.ground.findings import Language
from kompeten.ground.vocabulary import PRINTED, Precision, Status
from kompeten.pages.charts.scales import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One figure of a chart.

    value: None unless status is released or provisional. text: the figure as printed ("1.586"), or the words that
    stand for it ("tidak diketahui"). short: the label where an axis has little room. Raises ValueError where value
    and status disagree: a hidden value must not even reach a chart.
    """

    label: str
    text: str
    value: Number | None = None
    status: Status = "released"
    short: str = ""

    def __post_init__(self) -> None:
        has_value = self.status in PRINTED
        if has_value != (self.value is not None):
            raise ValueError(f"{self.label!r}: a mark that is {self.status} cannot have the value {self.value!r}")
        if self.value is not None and self.value < 0:
            raise ValueError(f"{self.label!r}: a count cannot be {self.value}")
        if not self.text or (not has_value and not any(letter.isalpha() for letter in self.text)):
            raise ValueError(f"{self.label!r}: a mark that is {self.status} needs words, not {self.text!r}")

    @property
    def tick(self) -> str:
        """Give the label for an axis."""
        return self.short or self.label

    @property
    def spoken(self) -> str:
        """Give the mark as said aloud and shown on hover: ``Tahap I: 827``."""
        return f"{self.label}: {self.text}"

    @property
    def published(self) -> Number:
        """Give the value where the chart cannot do without one; raises ValueError where it is not published."""
        if self.value is None:
            raise ValueError(f"{self.label!r} is {self.status}: this place of the chart needs a published figure")
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is written around a chart; slug is its file name and the root of its ids."""

    slug: str
    language: Language
    title: str
    source: str
    subtitle: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.slug):
            raise ValueError(f"a chart's slug is small letters, digits and hyphens, not {self.slug!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Horizontal bars, in the order given."""

    words: Words
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChart:
    """What was achieved against a target.

    parts: what the achieved figure is made of; a part that is unknown makes the end of the bar open.
    low, high: the range the sources allow; high is None where they agree. target: the figure to reach.
    """

    words: Words
    parts: tuple[Mark, ...]
    low: Mark
    target: Mark
    high: Mark | None = None

    @property
    def is_open(self) -> bool:
        """Say whether a part without a figure could still make the total larger."""
        return any(part.status in ("unknown", "hidden") for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """One stage of a funnel: its total and, where published, the parts that add up to it."""

    total: Mark
    parts: tuple[Mark, ...] = ()

    @property
    def spoken(self) -> str:
        """Give the stage as said aloud: its total, and the parts in brackets."""
        if not self.parts:
            return self.total.spoken
        return f"{self.total.spoken} ({'; '.join(f'{part.label} {part.text}' for part in self.parts)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelChart:
    """Stages one under the other, each a bar stacked by the same parts.

    part_labels: the key, in order. whole_label: the key of a bar that is not split; it then has a colour of its own.
    """

    words: Words
    stages: tuple[Stack, ...]
    part_labels: tuple[str, ...] = ()
    whole_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says. detail: date and precision in words; preferred: the one the site uses."""

    mark: Mark
    detail: str
    preferred: bool = False
    precision: Precision = "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class DotRangeChart:
    """Sources that disagree, as dots on one axis. format_tick prints a tick in the chart's language."""

    words: Words
    claims: tuple[Claim, ...]
    format_tick: Callable[[int], str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A line, or one panel of small multiples: a name and its figures in order of time."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Lines over time; every series has the same labels. A point without a figure breaks the line."""

    words: Words
    series: tuple[Series, ...]
    format_tick: Callable[[int], str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallMultiples:
    """Many small column charts on one scale, two beside each other."""

    words: Words
    panels: tuple[Series, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One regency of the tile map; name is short enough for a tile. row and column count from 1."""

    name: str
    mark: Mark
    row: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMap:
    """The regencies as tiles, shaded by value."""

    words: Words
    tiles: tuple[Tile, ...]


Chart = BarChart | TargetChart | FunnelChart | DotRangeChart | LineChart | SmallMultiples | TileMap
