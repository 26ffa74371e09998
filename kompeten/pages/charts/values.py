"""What comes into a chart: frozen values, nothing else.

Only a released or provisional mark has a value, and the geometry comes from that value alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
    """What is written around a chart; slug is its file name and the root of its ids.

    about: what is drawn, where the subtitle does not say it.
    """

    slug: str
    language: Language
    title: str
    source: str
    subtitle: str = ""
    note: str = ""
    about: str = ""

    @property
    def name(self) -> str:
        """Name what is drawn, without saying what it shows."""
        return self.about or self.subtitle or self.title

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.slug):
            raise ValueError(f"a chart's slug is small letters, digits and hyphens, not {self.slug!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar. high: how far it reaches where sources differ; is_open: something without a figure would lengthen it.

    parts: the published parts that add up to it; targets: what it was to reach; aside: a remark in small letters.
    end: a shorter form of the figure for the end of the bar ("1.560+"), where there is one.
    """

    mark: Mark
    high: Number | None = None
    is_open: bool = False
    parts: tuple[Mark, ...] = ()
    targets: tuple[Mark, ...] = ()
    aside: str = ""
    end: str = ""

    @property
    def spoken(self) -> str:
        """Give the bar as said aloud: its figure, and in brackets its parts, what it was to reach, and its remark."""
        asides = [f"{part.label} {part.text}" for part in self.parts] + [target.spoken for target in self.targets]
        asides += [self.aside] * bool(self.aside)
        return self.mark.spoken + (f" ({'; '.join(asides)})" if asides else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Horizontal bars on one scale from zero, in the order given: counts, stages of a funnel, results and targets.

    part_labels: the key, in order. whole_label: the key of a bar that is not split; it then has a colour of its own.
    all: the whole that each bar is a part of, where it is the same for all; the scale then ends there.
    """

    words: Words
    bars: tuple[Bar, ...]
    part_labels: tuple[str, ...] = ()
    whole_label: str = ""
    all: Number | None = None


def plain_bars(marks: Iterable[Mark]) -> tuple[Bar, ...]:
    """Give a bar for each figure, and nothing about it."""
    return tuple(Bar(mark=mark) for mark in marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says. detail: date and precision in words; preferred: the one the site uses."""

    mark: Mark
    detail: str
    preferred: bool = False
    precision: Precision = "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class DotRangeChart:
    """Sources that disagree, as dots on one axis. format_tick prints a tick in the chart's language.

    low, high: the range that the page speaks of, equal where there is none; a dot may lie outside.
    """

    words: Words
    claims: tuple[Claim, ...]
    low: int
    high: int
    format_tick: Callable[[int], str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A line, or one row of a strip: a name and its figures in order."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Lines over time; every series has the same labels. A point without a figure breaks the line."""

    words: Words
    series: tuple[Series, ...]
    format_tick: Callable[[int], str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StripChart:
    """Rows of cells, a cell for each stage or batch: filled where a figure is published, else the sign of its status.

    is_scaled: the height of a filled cell is its figure, on one scale for all rows; else all are as tall.
    """

    words: Words
    rows: tuple[Series, ...]
    is_scaled: bool = False


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


Chart = BarChart | DotRangeChart | LineChart | StripChart | TileMap


def marks_of(chart: Chart) -> tuple[Mark, ...]:
    match chart:
        case BarChart():
            return tuple(mark for bar in chart.bars for mark in (bar.mark, *bar.parts, *bar.targets))
        case LineChart(series=lines) | StripChart(rows=lines):
            return tuple(mark for line in lines for mark in line.marks)
        case DotRangeChart(claims=points) | TileMap(tiles=points):
            return tuple(point.mark for point in points)
