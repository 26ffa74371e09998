"""Charts as accessible SVG text; pure, byte-stable, and blind to anything that is not published.

A chart is a frozen value; three functions read it:

    inline(chart)       SVG for a page: width 100 %, coloured by the page's style sheet
    standalone(chart)   the same drawing as a file of its own, with title, source and colours inside
    alt(chart)          the sentence a screen reader says, in the chart's language

Rule 1: geometry comes from ``Mark.value`` alone, and only a released or provisional mark has a value. What is hidden,
unknown or not applicable is drawn as a sign of fixed size and named in words.
Rule 2: numbers arrive formatted (``Mark.text``); nothing is formatted here except ticks, by the function given.
Horizontal places are percentages and vertical ones pixels, so one drawing serves a phone and a desk with text of
constant size, and its height is known before it loads.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import Literal

from kompeten.findings import Language
from kompeten.scales import Number, Scale, fixed, percent, round_scale, step

MarkStatus = Literal["released", "provisional", "hidden", "unknown", "not_applicable"]
Precision = Literal["exact", "about", "at_least", "rounded"]

# ---------------------------------------------------------------------------------------------------------------------
# What comes in


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One figure of a chart.

    value: None unless status is released or provisional. text: the figure as printed ("1.586"), or the words that
    stand for it ("tidak diketahui"). Raises ValueError where value and status disagree: a hidden value must not
    even reach a chart.
    """

    label: str
    text: str
    value: Number | None = None
    status: MarkStatus = "released"

    def __post_init__(self) -> None:
        has_value = self.status in ("released", "provisional")
        if has_value != (self.value is not None):
            raise ValueError(f"{self.label!r}: a mark that is {self.status} cannot have the value {self.value!r}")
        if self.value is not None and self.value < 0:
            raise ValueError(f"{self.label!r}: a count cannot be {self.value}")
        if not self.text or (not has_value and not any(letter.isalpha() for letter in self.text)):
            raise ValueError(f"{self.label!r}: a mark that is {self.status} needs words, not {self.text!r}")

    @property
    def spoken(self) -> str:
        """Give the mark as said aloud and shown on hover: ``Tahap I: 827``."""
        return f"{self.label}: {self.text}"


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
    """Horizontal bars, in the order given. maximum: for a scale shared with other charts."""

    words: Words
    marks: tuple[Mark, ...]
    maximum: Number | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelChart:
    """Stages one under the other, each a bar stacked by the same parts. part_labels: the key, in order."""

    words: Words
    stages: tuple[Stack, ...]
    part_labels: tuple[str, ...] = ()


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
    """One regency of the tile map; code is Kemendagri's, name is short enough for a tile."""

    code: str
    name: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMap:
    """The ten regencies as tiles, shaded by value."""

    words: Words
    tiles: tuple[Tile, ...]


Chart = BarChart | TargetChart | FunnelChart | DotRangeChart | LineChart | SmallMultiples | TileMap

# Row and column of each regency, by hand: Berau and Kutai Timur north-east, Mahakam Ulu and Kutai Barat west, Kutai
# Kartanegara in the middle, Bontang, Samarinda and Balikpapan down the coast, Penajam Paser Utara and Paser south.
TILES: dict[str, tuple[int, int]] = {
    "64.03": (1, 3),
    "64.11": (2, 1),
    "64.08": (2, 3),
    "64.07": (3, 1),
    "64.02": (3, 2),
    "64.74": (3, 3),
    "64.09": (4, 2),
    "64.72": (4, 3),
    "64.01": (5, 2),
    "64.71": (5, 3),
}

# ---------------------------------------------------------------------------------------------------------------------
# Colours. The page's style sheet holds the same tokens for light (equal to these, by test) and others for dark.

LIGHT: dict[str, str] = {
    "--colour-paper": "#f7f8f5",
    "--colour-ink": "#15211c",
    "--colour-muted": "#4e5b54",
    "--colour-line": "#d3d8d0",
    "--colour-s1": "#11655c",
    "--colour-s2": "#b4492a",
    "--colour-s3": "#8d6f14",
    "--colour-s4": "#4a6380",
    "--colour-s5": "#7b4a6a",
    "--colour-s6": "#6b756f",
    "--colour-part-2": "#56948a",
    "--colour-track": "#e3e7e0",
    "--colour-axis": "#717c75",
    "--colour-gap": "#717c75",
    "--colour-target": "#15211c",
    "--colour-range": "#cfe0da",
    "--colour-q1": "#d9e8e3",
    "--colour-q2": "#a5cbc1",
    "--colour-q3": "#5f9d92",
    "--colour-q4": "#11655c",
    "--colour-on-q12": "#15211c",
    "--colour-on-q3": "#0b1511",
    "--colour-on-q4": "#ffffff",
}

# Equal, word for word, to the part of the page's style sheet that colours charts (by test).
STYLE = """\
.k-text { font-family: var(--font-text); font-size: 14px; fill: var(--colour-ink); font-variant-numeric: tabular-nums; }
.k-strong { font-weight: 700; }
.k-small { font-size: 12.5px; fill: var(--colour-muted); }
.k-track { fill: var(--colour-track); }
.k-range { fill: var(--colour-range); }
.k-axis { stroke: var(--colour-axis); stroke-width: 1; }
.k-grid { stroke: var(--colour-line); stroke-width: 1; }
.k-gap { fill: none; stroke: var(--colour-gap); stroke-width: 1.5; stroke-dasharray: 4 3; }
.k-box { fill: none; stroke: var(--colour-gap); stroke-width: 1.5; }
.k-target { stroke: var(--colour-target); stroke-width: 2; }
.k-line { fill: none; stroke-width: 2.25; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.k-open { fill: var(--colour-paper); stroke-width: 2.25; }
.k-cut { stroke: var(--colour-paper); stroke-width: 2; }
.k-s1 { fill: var(--colour-s1); } .k-s2 { fill: var(--colour-s2); } .k-s3 { fill: var(--colour-s3); }
.k-s4 { fill: var(--colour-s4); } .k-s5 { fill: var(--colour-s5); } .k-s6 { fill: var(--colour-s6); }
.k-p2 { fill: var(--colour-part-2); }
.k-l1 { stroke: var(--colour-s1); } .k-l2 { stroke: var(--colour-s2); } .k-l3 { stroke: var(--colour-s3); }
.k-l4 { stroke: var(--colour-s4); } .k-l5 { stroke: var(--colour-s5); } .k-l6 { stroke: var(--colour-s6); }
.k-q1 { fill: var(--colour-q1); } .k-q2 { fill: var(--colour-q2); }
.k-q3 { fill: var(--colour-q3); } .k-q4 { fill: var(--colour-q4); }
.k-on12 { fill: var(--colour-on-q12); } .k-on3 { fill: var(--colour-on-q3); }
.k-on4 { fill: var(--colour-on-q4); }
"""

FILE_FONT = '"Public Sans", "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif'
FILE_WIDTH = 640
SERIES_COLOURS = 6
# Parts of one bar lie side by side: one hue and its neighbours, so that the bar still reads as one thing.
_PART_COLOURS = ("k-s1", "k-p2", "k-s4", "k-s3", "k-s5", "k-s6")

# ---------------------------------------------------------------------------------------------------------------------
# What goes out


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing as wide as its place and of known height."""

    height: int
    body: str


def inline(chart: Chart) -> str:
    """Give the SVG for a page. Its colours come from the page; its height is fixed, so nothing moves on loading."""
    drawing = draw(chart)
    slug = chart.words.slug
    css = "k-chart k-map" if isinstance(chart, TileMap) else "k-chart"
    return (
        f'<svg class="{css}" role="img" aria-labelledby="{slug}-title" aria-describedby="{slug}-desc" width="100%" '
        f'height="{drawing.height}">{_names(chart)}{drawing.body}</svg>'
    )


def standalone(chart: Chart) -> str:
    """Give the SVG as a file that is whole by itself: title, drawing, source and note, in the light colours."""
    drawing = draw(chart)
    words = chart.words
    head, top = _paragraphs(
        [(words.title, "k-text k-strong k-title", 50, 24), (words.subtitle, "k-text k-small", 84, 18)], top=24
    )
    source = f"{_SAY[words.language]['source']}: {words.source}"
    foot, end = _paragraphs(
        [(words.note, "k-text k-small", 84, 17), (source, "k-text k-small", 84, 17)],
        top=top + drawing.height + 16,
    )
    height = end + 16
    style = _fill_tokens(STYLE + ".k-title { font-size: 20px; }\n.k-paper { fill: var(--colour-paper); }")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{words.language}" '
        f'aria-labelledby="{words.slug}-title" aria-describedby="{words.slug}-desc" '
        f'width="{FILE_WIDTH}" height="{height}" viewBox="0 0 {FILE_WIDTH} {height}">'
        f"{_names(chart)}<style>{style}</style>"
        f'<rect class="k-paper" width="{FILE_WIDTH}" height="{height}"/>'
        f"{head}"
        f'<svg x="24" y="{top}" width="{FILE_WIDTH - 48}" height="{drawing.height}" overflow="visible">'
        f"{drawing.body}</svg>{foot}</svg>\n"
    )


def _names(chart: Chart) -> str:
    slug = chart.words.slug
    return f'<title id="{slug}-title">{escape(chart.words.title)}</title><desc id="{slug}-desc">{escape(alt(chart))}</desc>'


def _fill_tokens(style: str) -> str:
    style = style.replace("var(--font-text)", FILE_FONT)
    return re.sub(r"var\((--[a-z0-9-]+)\)", lambda found: LIGHT[found.group(1)], style)


def _paragraphs(blocks: Sequence[tuple[str, str, int, int]], *, top: int) -> tuple[str, int]:
    """Set texts under one another: (text, class, letters a line, line height). Gives the SVG and the next free y."""
    out = []
    y = top
    for text, css, letters, line_height in blocks:
        for line in textwrap.wrap(text, letters):
            y += line_height
            out.append(_text(line, x="24", y=y - 4, css=css))
    return "".join(out), y + 8


def key_mark(number: int) -> str:
    """Give the swatch of a key for series ``number`` (from 1): its colour, and a shape of its own."""
    return (
        f'<svg aria-hidden="true" focusable="false" width="14" height="14" viewBox="-7 -7 14 14">{_dot(number)}</svg>'
    )


# ---------------------------------------------------------------------------------------------------------------------
# Small parts of drawings


def _text(text: str, *, y: Number, x: str = "0", css: str = "k-text", anchor: str = "start", dx: int = 0) -> str:
    at = "" if x == "0" else f' x="{x}"'
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    shift = f' dx="{dx}"' if dx else ""
    return f'<text class="{css}"{at}{shift} y="{fixed(y)}"{end}>{escape(text, quote=False)}</text>'


def _mark(mark: Mark, body: str, *, spoken: str | None = None) -> str:
    """Wrap the drawing of one figure with the words shown on hover and read out by the script."""
    return f'<g class="k-mark"><title>{escape(spoken or mark.spoken, quote=False)}</title>{body}</g>'


def _at(x: str, y: Number, body: str) -> str:
    """Draw ``body``, in pixels, around a place that is a percentage."""
    return f'<svg x="{x}" y="{fixed(y)}" overflow="visible">{body}</svg>'


def _dot(number: int, *, is_open: bool = False) -> str:
    """Draw the point of series ``number`` around 0,0: circle, square, triangle, diamond, then again."""
    shapes = (
        '<circle{} r="5"/>',
        '<path{} d="M-4.5-4.5h9v9h-9z"/>',
        '<path{} d="M0-6l5.5 10h-11z"/>',
        '<path{} d="M0-6l6 6-6 6-6-6z"/>',
    )
    colour = (number - 1) % SERIES_COLOURS + 1
    css = f' class="k-open k-l{colour}"' if is_open else f' class="k-s{colour}"'
    return shapes[(number - 1) % len(shapes)].format(css)


def _sign(status: MarkStatus, *, y: int, height: int) -> str:
    """Draw the sign that stands where a bar would: always the same size, whatever the value may be."""
    if status == "hidden":
        lines = "".join(f'<path class="k-box" d="M{x} {y + height}l{height}-{height}"/>' for x in (0, 7, 14, 21))
        return f'{lines}<path class="k-box" d="M0 {y}h{21 + height}v{height}h-{21 + height}z"/>'
    if status == "unknown":
        return f'<rect class="k-gap" y="{y}" width="100%" height="{height}" rx="2"/>'
    return f'<path class="k-box" d="M0 {fixed(Decimal(y) + Decimal(height) / 2)}h14"/>'


_HEAD_LETTERS = 38  # what fits beside each other on the narrowest phone, at 14 px


def _head(label: str, text: str, *, y: int, css: str = "k-text") -> tuple[str, int]:
    """Set a label on the left and its figure on the right, on more lines where one is too narrow.

    Gives the SVG and the y under it.
    """
    lines = textwrap.wrap(label, _HEAD_LETTERS) or [""]
    if len(lines[-1]) + len(text) + 2 > _HEAD_LETTERS and len(text) > 8:
        lines.append("")
    out = [_text(line, y=y + 15 + 18 * index, css=css) for index, line in enumerate(lines) if line]
    bottom = y + 18 * len(lines)
    out.append(_text(text, x="100%", y=bottom - 3, css=f"{css} k-strong", anchor="end"))
    return "".join(out), bottom


def _bar(mark: Mark, *, y: int, maximum: Number, height: int = 14, series: int = 1) -> str:
    """Draw a bar on its track, or the sign for a figure that is not there. A zero is a stroke on the base line."""
    if mark.value is None:
        return _sign(mark.status, y=y, height=height)
    track = f'<rect class="k-track" y="{y}" width="100%" height="{height}"/>'
    base = f'<path class="k-target" d="M0 {y - 2}v{height + 4}"/>'
    width = percent(mark.value, maximum)
    if mark.value == 0:
        return track + base
    if mark.status == "provisional":
        bar = (
            f'<rect class="k-range" y="{y}" width="{width}%" height="{height}"/>'
            f'<rect class="k-gap k-l{series}" y="{y}" width="{width}%" height="{height}"/>'
        )
    else:
        bar = f'<rect class="k-s{series}" y="{y}" width="{width}%" height="{height}"/>'
    return track + bar


def _largest(marks: Iterable[Mark], given: Number | None = None) -> Number:
    """Give the end of a scale from 0: the one given, or the largest published value, and at least 1."""
    return given if given is not None else max([1, *(mark.value for mark in marks if mark.value is not None)])


def _keep_inside(place: Decimal) -> str:
    """Say how a text at this percentage is anchored so that it stays inside the drawing."""
    return "start" if place < 15 else "end" if place > 85 else "middle"


# ---------------------------------------------------------------------------------------------------------------------
# The drawings


def draw(chart: Chart) -> Drawing:
    """Draw a chart of any kind."""
    match chart:
        case BarChart():
            return _draw_bars(chart)
        case TargetChart():
            return _draw_target(chart)
        case FunnelChart():
            return _draw_funnel(chart)
        case DotRangeChart():
            return _draw_dots(chart)
        case LineChart():
            return _draw_lines(chart)
        case SmallMultiples():
            return _draw_multiples(chart)
        case TileMap():
            return _draw_tiles(chart)


def _draw_bars(chart: BarChart) -> Drawing:
    maximum = _largest(chart.marks, chart.maximum)
    out = []
    y = 0
    for mark in chart.marks:
        head, below = _head(mark.label, mark.text, y=y)
        out.append(_mark(mark, head + _bar(mark, y=below + 4, maximum=maximum)))
        y = below + 30
    return Drawing(height=max(y - 10, 1), body="".join(out))


def _draw_funnel(chart: FunnelChart) -> Drawing:
    maximum = _largest(stage.total for stage in chart.stages)
    out = []
    y = 0
    for number, label in enumerate(chart.part_labels, start=1):
        swatch = f'<rect class="{_part(number)}" y="{y + 2}" width="14" height="14"/>'
        out.append(swatch + _text(label, x="22", y=y + 14))
        y += 24
    for stage in chart.stages:
        head, below = _head(stage.total.label, stage.total.text, y=y)
        out.append(_mark(stage.total, head + _stacked(stage, y=below + 4, maximum=maximum), spoken=_spoken(stage)))
        y = below + 30
    return Drawing(height=max(y - 10, 1), body="".join(out))


def _spoken(stage: Stack) -> str:
    if not stage.parts:
        return stage.total.spoken
    return f"{stage.total.spoken} ({'; '.join(f'{part.label} {part.text}' for part in stage.parts)})"


def _stacked(stage: Stack, *, y: int, maximum: Number) -> str:
    """Stack the parts of a stage where every one is published and they add up; else draw its total alone."""
    values = [part.value for part in stage.parts if part.value is not None]
    if len(values) != len(stage.parts) or not values or sum(values) != stage.total.value:
        return _bar(stage.total, y=y, maximum=maximum)
    out = [f'<rect class="k-track" y="{y}" width="100%" height="14"/>']
    begin: Number = 0
    for number, value in enumerate(values, start=1):
        x = percent(begin, maximum)
        out.append(f'<rect class="{_part(number)}" x="{x}%" y="{y}" width="{percent(value, maximum)}%" height="14"/>')
        if begin:
            out.append(_cut(x, y=y, height=14))
        begin += value
    return "".join(out)


def _part(number: int) -> str:
    return _PART_COLOURS[(number - 1) % len(_PART_COLOURS)]


def _cut(x: str, *, y: int, height: int) -> str:
    """Part two neighbouring segments by a line of the ground's colour."""
    return f'<line class="k-cut" x1="{x}%" x2="{x}%" y1="{y}" y2="{y + height}"/>'


def _draw_target(chart: TargetChart) -> Drawing:
    """Draw the parts as one bar, the target as a line through it, the range as a whisker, the unknown as an open end."""
    published = [mark for mark in (chart.low, chart.high, chart.target) if mark is not None]
    scale = Scale(low=Decimal(0), high=Decimal(_largest(published)), end=Decimal(86))
    top, height = 34, 34
    at_target = scale.at(_published(chart.target))
    out = [
        f'<path class="k-axis" d="M0 {top - 4}v{height + 8}"/>',
        _target_segments(chart, scale=scale, y=top, height=height),
    ]
    end = scale.at(_published(chart.low))
    if chart.is_open:
        shape = f'<path class="k-gap" d="M1 0h22l13 {height // 2}-13 {height // 2}h-22"/>{_text("?", x="12", y=22)}'
        out.append(_at(f"{fixed(end if chart.high is None else scale.at(_published(chart.high)))}%", top, shape))
    if chart.high is not None:
        out.append(_whisker(scale, chart.low, chart.high, y=top + height // 2))
    x = fixed(at_target) + "%"
    out.append(f'<line class="k-target" x1="{x}" x2="{x}" y1="{top - 10}" y2="{top + height + 6}"/>')
    out.append(_text(chart.target.spoken, x=x, y=15, anchor=_keep_inside(at_target), css="k-text k-strong"))
    y = top + height + 14
    number = 0
    for part in chart.parts:
        number += part.value is not None
        out.append(_key_row(part, number=number, y=y))
        y += 26
    out.append(f'<line class="k-axis" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
    for total in (chart.low, chart.high):
        if total is not None:
            head, y = _head(total.label, total.text, y=y + 4)
            out.append(_mark(total, head))
    return Drawing(height=y + 6, body="".join(out))


def _published(mark: Mark) -> Number:
    """Give the value of a mark that must have one; raises ValueError where it has none."""
    if mark.value is None:
        raise ValueError(f"{mark.label!r} is {mark.status}: this place of the chart needs a published figure")
    return mark.value


def _target_segments(chart: TargetChart, *, scale: Scale, y: int, height: int) -> str:
    """Draw the published parts after one another; the whole bar alone where they do not add up to the low figure."""
    published = [(part, part.value) for part in chart.parts if part.value is not None]
    if sum(value for _, value in published) != chart.low.value:
        return f'<rect class="k-s1" y="{y}" width="{fixed(scale.at(_published(chart.low)))}%" height="{height}"/>'
    out = []
    begin: Number = 0
    for number, (part, value) in enumerate(published, start=1):
        x, width = scale.at(begin), scale.at(begin + value) - scale.at(begin)
        place = f'x="{fixed(x)}%" y="{y}" width="{fixed(width)}%" height="{height}"'
        out.append(_mark(part, f'<rect class="{_part(number)}" {place}/>'))
        if begin:
            out.append(_cut(fixed(x), y=y, height=height))
        begin += value
    return "".join(out)


def _whisker(scale: Scale, low: Mark, high: Mark, *, y: int) -> str:
    x1, x2 = scale.place(_published(low)), scale.place(_published(high))
    caps = "".join(f'<line class="k-target" x1="{x}" x2="{x}" y1="{y - 7}" y2="{y + 7}"/>' for x in (x1, x2))
    return f'<line class="k-target" x1="{x1}" x2="{x2}" y1="{y}" y2="{y}"/>{caps}'


def _key_row(mark: Mark, *, number: int, y: int) -> str:
    """Set one part of a bar as a row: its swatch, or the sign of a missing figure, its name and its figure."""
    if mark.value is not None:
        swatch = f'<rect class="{_part(number)}" y="{y + 4}" width="14" height="14"/>'
    elif mark.status == "not_applicable":
        swatch = f'<path class="k-box" d="M0 {y + 11}h14"/>'
    else:
        slash = f'<path class="k-box" d="M0 {y + 18}l14-14"/>' if mark.status == "hidden" else ""
        swatch = f'<rect class="k-gap" y="{y + 4}" width="14" height="14"/>{slash}'
    label = _text(mark.label, x="22", y=y + 16)
    return _mark(mark, swatch + label + _text(mark.text, x="100%", y=y + 16, anchor="end"))


def _draw_dots(chart: DotRangeChart) -> Drawing:
    """Draw one row a claim on a shared axis, the range of all of them behind, and the ticks at the foot."""
    values = [_published(claim.mark) for claim in chart.claims]
    scale, ticks = round_scale(values, from_zero=False, start=5, end=93)
    rows = []
    y = 0
    for claim in chart.claims:
        head, below = _head(claim.mark.label, claim.mark.text, y=y)
        chosen = f" · {_SAY[chart.words.language]['preferred']}" if claim.preferred else ""
        detail = _text(claim.detail + chosen, y=below + 13, css="k-text k-small")
        rows.append((claim, head + detail, below + 30))
        y = below + 46
    left, right = scale.at(min(values)), scale.at(max(values))
    out = []
    for claim, head, at in rows:
        x = scale.place(_published(claim.mark))
        band = f'<rect class="k-range" x="{fixed(left)}%" y="{at - 6}" width="{fixed(right - left)}%" height="12"/>'
        line = f'<line class="k-grid" x1="0" x2="100%" y1="{at}" y2="{at}"/>'
        arrow = '<path class="k-target" fill="none" d="M8 0h14m-5-5l5 5-5 5"/>' if claim.precision == "at_least" else ""
        dot = _at(x, at, _dot(1, is_open=not claim.preferred) + arrow)
        out.append(_mark(claim.mark, head + line + (band if right > left else "") + dot))
    return Drawing(height=y + 26, body="".join(out) + _axis(scale, ticks, y=y, format_tick=chart.format_tick))


def _axis(scale: Scale, ticks: Sequence[Decimal], *, y: int, format_tick: Callable[[int], str]) -> str:
    out = [f'<line class="k-axis" x1="0" x2="100%" y1="{y}" y2="{y}"/>']
    for tick in ticks:
        place = scale.at(tick)
        x = fixed(place) + "%"
        out.append(f'<line class="k-axis" x1="{x}" x2="{x}" y1="{y}" y2="{y + 5}"/>')
        out.append(_text(format_tick(int(tick)), x=x, y=y + 19, anchor="middle", css="k-text k-small"))
    return "".join(out)


_PLOT = 200  # height of a line chart's plot, in pixels


def _draw_lines(chart: LineChart) -> Drawing:
    """Draw lines over shared times; each series has a dash and a point of its own, named in the key."""
    marks = [mark for series in chart.series for mark in series.marks]
    scale, ticks = round_scale((mark.value for mark in marks if mark.value is not None), from_zero=True)
    top = 24 * (len(chart.series) if len(chart.series) > 1 else 0) + 16
    out = []
    if len(chart.series) > 1:
        for number, series in enumerate(chart.series, start=1):
            out.append(_at("7", 24 * number - 13, _dot(number)) + _text(series.label, x="20", y=24 * number - 8))
    for tick in ticks:
        y = top + _PLOT - scale.at(tick) * _PLOT / 100
        css = "k-axis" if tick == 0 else "k-grid"
        out.append(f'<line class="{css}" x1="0" x2="100%" y1="{fixed(y)}" y2="{fixed(y)}"/>')
        out.append(_text(chart.format_tick(int(tick)), y=y - 4, css="k-text k-small"))
    out.append(_gaps(chart.series, top=top))
    out += [_line(series, number=number, scale=scale, top=top) for number, series in enumerate(chart.series, start=1)]
    out.append(_times(chart.series[0].marks, y=top + _PLOT + 18))
    foot, bottom = _missing(chart.series, y=top + _PLOT + 26)
    return Drawing(height=bottom + 4, body="".join(out) + foot)


def _time_place(index: int, count: int) -> Decimal:
    """Give the place of the index-th of ``count`` times; room is kept at the left for the ticks."""
    return Decimal(50) if count == 1 else Decimal(20) + Decimal(index) * 76 / (count - 1)


def _gaps(series: Sequence[Series], *, top: int) -> str:
    """Draw a time at which no series has a figure as a gap: a band from top to bottom, whatever the figure may be."""
    out = []
    for index, marks in enumerate(zip(*(each.marks for each in series), strict=True)):
        if all(mark.value is None for mark in marks):
            x = fixed(_time_place(index, len(series[0].marks))) + "%"
            sign = f'<path class="k-gap" d="M-9 0h18v{_PLOT}h-18z"/>'
            out.append(_mark(marks[0], _at(x, top, sign)))
    return "".join(out)


def _line(series: Series, *, number: int, scale: Scale, top: int) -> str:
    """Draw one line, broken where a figure is missing, and its points over it."""
    count = len(series.marks)
    runs: list[list[str]] = [[]]
    points = []
    for index, mark in enumerate(series.marks):
        x = _time_place(index, count)
        if mark.value is None:
            runs.append([])
            continue
        y = 100 - scale.at(mark.value)
        runs[-1].append(f"{fixed(x)},{fixed(y)}")
        dot = _dot(number, is_open=mark.status == "provisional")
        points.append(_mark(mark, _at(fixed(x) + "%", top + y * _PLOT / 100, dot), spoken=_in_series(series, mark)))
    dash = ("", ' stroke-dasharray="7 4"', ' stroke-dasharray="2 3"', ' stroke-dasharray="9 3 2 3"')[(number - 1) % 4]
    css = f"k-line k-l{(number - 1) % SERIES_COLOURS + 1}"
    lines = "".join(f'<polyline class="{css}"{dash} points="{" ".join(run)}"/>' for run in runs if len(run) > 1)
    plot = (
        f'<svg y="{top}" width="100%" height="{_PLOT}" viewBox="0 0 100 100" preserveAspectRatio="none" '
        f'overflow="visible">{lines}</svg>'
    )
    return (plot if lines else "") + "".join(points)


def _in_series(series: Series, mark: Mark) -> str:
    return f"{series.label}, {mark.spoken}" if series.label else mark.spoken


def _times(marks: Sequence[Mark], *, y: int) -> str:
    """Set the times under a plot: all of them up to six, else as many as fit, first and last included."""
    count = len(marks)
    every = max(1, -(-(count - 1) // 5))
    shown = [index for index in range(count) if (count - 1 - index) % every == 0]
    return "".join(
        _text(marks[i].label, x=fixed(_time_place(i, count)) + "%", y=y, anchor="middle", css="k-text k-small")
        for i in shown
    )


def _missing(series: Sequence[Series], *, y: int) -> tuple[str, int]:
    """Name in words, under a drawing, what has no figure: ``2021, 2023: tidak diketahui``."""
    by_words: dict[tuple[str, str], list[str]] = {}
    for each in series:
        for mark in each.marks:
            if mark.value is None:
                by_words.setdefault((each.label if len(series) > 1 else "", mark.text), []).append(mark.label)
    out = []
    for (label, text), times in by_words.items():
        sentence = f"{label + ' ' if label else ''}{', '.join(times)}: {text}"
        for line in textwrap.wrap(sentence, _HEAD_LETTERS + 6):
            y += 18
            out.append(_text(line, y=y - 4, css="k-text k-small"))
    return "".join(out), y


_COLUMNS = 90  # height of the tallest column of a small multiple


def _draw_multiples(chart: SmallMultiples) -> Drawing:
    """Draw the panels two beside each other, all on one scale, so that heights compare across panels."""
    maximum = _largest(mark for panel in chart.panels for mark in panel.marks)
    height = _COLUMNS + 72
    out = []
    for index, panel in enumerate(chart.panels):
        x = "0" if index % 2 == 0 else "53%"
        y = index // 2 * (height + 12)
        out.append(
            f'<svg x="{x}" y="{y}" width="47%" height="{height}" overflow="visible">'
            f"{_panel(panel, maximum=maximum)}</svg>"
        )
    rows = -(-len(chart.panels) // 2)
    foot, bottom = _missing_signs(chart.panels, y=rows * (height + 12) - 6)
    return Drawing(height=bottom, body="".join(out) + foot)


_LETTER = {"hidden": "×", "unknown": "?", "not_applicable": "–"}


def _panel(panel: Series, *, maximum: Number) -> str:
    count = len(panel.marks)
    base = 48 + _COLUMNS
    last = max((index for index, mark in enumerate(panel.marks) if mark.value is not None), default=None)
    out = [_text(panel.label, y=15, css="k-text k-strong")]
    for index, mark in enumerate(panel.marks):
        left, width = Decimal(index) * 100 / count, Decimal(80) / count
        middle = fixed(left + width / 2) + "%"
        if mark.value is None:
            body = _text(_LETTER[mark.status], x=middle, y=base - 4, anchor="middle")
        else:
            tall = Decimal(mark.value) * _COLUMNS / Decimal(maximum)
            css = "k-range" if mark.status == "provisional" else "k-s1"
            body = (
                f'<rect class="{css}" x="{fixed(left)}%" y="{fixed(base - tall)}" width="{fixed(width)}%" '
                f'height="{fixed(tall)}"/>'
            )
            if index == last:
                body += _text(mark.text, x=middle, y=base - tall - 5, anchor="middle", css="k-text k-small")
        out.append(_mark(mark, body, spoken=_in_series(panel, mark)))
        if index in (0, count - 1):
            out.append(_text(mark.label, x=middle, y=base + 17, anchor="middle", css="k-text k-small"))
    out.append(f'<line class="k-axis" x1="0" x2="100%" y1="{base}" y2="{base}"/>')
    return "".join(out)


def _missing_signs(panels: Sequence[Series], *, y: int) -> tuple[str, int]:
    """Explain the signs that stand in place of columns, those that occur only."""
    meaning = {_LETTER[m.status]: m.text for panel in panels for m in panel.marks if m.value is None}
    out = []
    for sign, text in meaning.items():
        y += 18
        out.append(_text(f"{sign}  {text}", y=y - 4, css="k-text k-small"))
    return "".join(out), y


_TILE_HEIGHT = 64


def _draw_tiles(chart: TileMap) -> Drawing:
    """Draw the regencies where TILES puts them; raises KeyError for a code that has no place there."""
    maximum = _largest(tile.mark for tile in chart.tiles)
    out = [_tile(tile, maximum=maximum) for tile in sorted(chart.tiles, key=lambda tile: TILES[tile.code])]
    return Drawing(height=max(row for row, _ in TILES.values()) * (_TILE_HEIGHT + 4), body="".join(out))


def _tile(tile: Tile, *, maximum: Number) -> str:
    row, column = TILES[tile.code]
    x = fixed(Decimal(column - 1) * Decimal("33.5")) + "%"
    y = (row - 1) * (_TILE_HEIGHT + 4)
    size = f'width="100%" height="{_TILE_HEIGHT}"'
    if tile.mark.value is None:
        css, on = ("k-box" if tile.mark.status == "hidden" else "k-gap"), ""
        ground = f'<rect class="{css}" {size}/>'
        if tile.mark.status == "hidden":
            ground += _at("100%", _TILE_HEIGHT, '<path class="k-box" d="M-30 0l30-30M-20 0l20-20M-10 0l10-10"/>')
        figure = "".join(
            _text(line, x="8", y=38 + 15 * index, css="k-text k-small")
            for index, line in enumerate(textwrap.wrap(tile.mark.text, 14))
        )
    else:
        shade = step(tile.mark.value, maximum)
        on = f" k-on{12 if shade < 3 else shade}"
        ground = f'<rect class="k-q{shade}" {size}/>'
        figure = _text(tile.mark.text, x="8", y=50, css=f"k-text k-strong{on}")
    name = _text(tile.name, x="8", y=20, css=f"k-text{on}")
    body = f'<svg x="{x}" y="{y}" width="33%" height="{_TILE_HEIGHT}">{ground}{name}{figure}</svg>'
    return _mark(tile.mark, body, spoken=f"{tile.mark.label}: {tile.mark.text}")


# ---------------------------------------------------------------------------------------------------------------------
# Said in words

_SAY: dict[Language, dict[str, str]] = {
    "id": {
        "source": "Sumber",
        "bars": "Diagram batang",
        "target": "Capaian terhadap target",
        "funnel": "Corong tahapan",
        "dots": "Diagram titik: angka yang disebut tiap sumber",
        "lines": "Diagram garis",
        "multiples": "Deret diagram kecil",
        "tiles": "Peta petak sepuluh kabupaten dan kota",
        "preferred": "dipakai situs ini",
        "range": "Rentang: {low} sampai {high}",
        "low": "{low} adalah batas bawah karena ada bagian tanpa angka",
    },
    "en": {
        "source": "Source",
        "bars": "Bar chart",
        "target": "Achieved against the target",
        "funnel": "Funnel of stages",
        "dots": "Dot chart: the figure each source gives",
        "lines": "Line chart",
        "multiples": "Small multiples",
        "tiles": "Tile map of the ten regencies and cities",
        "preferred": "used on this site",
        "range": "Range: {low} to {high}",
        "low": "{low} is a lower bound because a part has no figure",
    },
}


def alt(chart: Chart) -> str:
    """Give the sentences that say everything the drawing shows, in the chart's language: kind, title, every figure,
    what is missing, source."""
    words = chart.words
    say = _SAY[words.language]
    kind, figures = _spoken_figures(chart, say)
    title = f"{words.title}, {words.subtitle}" if words.subtitle else words.title
    return f"{kind}: {title.rstrip('.')}. {figures}. {say['source']}: {words.source.rstrip('.')}."


def _spoken_figures(chart: Chart, say: dict[str, str]) -> tuple[str, str]:
    match chart:
        case BarChart():
            return say["bars"], "; ".join(mark.spoken for mark in chart.marks)
        case TargetChart():
            totals = [chart.target, *chart.parts, chart.low, *([chart.high] if chart.high else [])]
            open_end = f". {say['low'].format(low=chart.low.text)}" if chart.is_open else ""
            return say["target"], "; ".join(mark.spoken for mark in totals) + open_end
        case FunnelChart():
            return say["funnel"], "; ".join(_spoken(stage) for stage in chart.stages)
        case DotRangeChart():
            return say["dots"], _spoken_claims(chart.claims, say)
        case LineChart():
            return say["lines"], ". ".join(_spoken_series(series) for series in chart.series)
        case SmallMultiples():
            return say["multiples"], ". ".join(_spoken_series(panel) for panel in chart.panels)
        case TileMap():
            return say["tiles"], "; ".join(tile.mark.spoken for tile in chart.tiles)


def _spoken_claims(claims: Sequence[Claim], say: dict[str, str]) -> str:
    each = [
        f"{claim.mark.spoken} ({claim.detail}{', ' + say['preferred'] if claim.preferred else ''})" for claim in claims
    ]
    ordered = sorted(claims, key=lambda claim: _published(claim.mark))
    span = say["range"].format(low=ordered[0].mark.text, high=ordered[-1].mark.text)
    return "; ".join(each) + ". " + span


def _spoken_series(series: Series) -> str:
    figures = "; ".join(mark.spoken for mark in series.marks)
    return f"{series.label}: {figures}" if series.label else figures


# ---------------------------------------------------------------------------------------------------------------------
# The picture that is shown where a page is shared

SHARE_WIDTH, SHARE_HEIGHT = 1200, 630
_MARK_PATH = "".join(f"M{(column - 1) * 8} {(row - 1) * 8}h7v7h-7z" for row, column in sorted(TILES.values()))


def share_image(*, title: str, figure: str, unit: str, base: str, source: str, site: str) -> str:
    """Give the share image of a page as SVG, 1200 × 630: the mark, a title, one large figure, what it is compared with,
    and the source. figure may be words ("belum diketahui") and is then set smaller. The font is the one bundled under
    site_templates/fonts/, so that the picture is the same on every machine.
    """
    is_words = any(letter.isalpha() for letter in figure)
    size = 96 if is_words else 190 if len(figure) < 9 else 150
    frame = f'width="{SHARE_WIDTH}" height="{SHARE_HEIGHT}" viewBox="0 0 {SHARE_WIDTH} {SHARE_HEIGHT}"'
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame} font-family="Public Sans">',
        f'<rect width="{SHARE_WIDTH}" height="{SHARE_HEIGHT}" fill="#10241f"/>',
        f'<rect width="{SHARE_WIDTH}" height="12" fill="#8fd6c9"/>',
        f'<path transform="translate(72 64) scale(1.6)" fill="#8fd6c9" d="{_MARK_PATH}"/>',
        _share_text(site, x=128, y=106, size=34, weight=700, fill="#e6ede8"),
    ]
    y = 196
    for line in textwrap.wrap(title, 50 if len(title) <= 50 else max(len(title) // 2 + 6, 36))[:2]:
        out.append(_share_text(line, x=72, y=y, size=42, weight=400, fill="#e6ede8"))
        y += 54
    y += size - (50 if not is_words else 10)
    out.append(_share_text(figure, x=66, y=y, size=size, weight=700, fill="#ffffff"))
    out.append(_share_text(f"{unit} {base}".strip(), x=72, y=y + 66, size=36, weight=400, fill="#8fd6c9"))
    out.append(_share_text(source, x=72, y=586, size=26, weight=400, fill="#a9bbb2"))
    return "".join(out) + "</svg>\n"


def _share_text(text: str, *, x: int, y: int, size: int, weight: int, fill: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{escape(text, quote=False)}</text>'
