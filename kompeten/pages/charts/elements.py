"""The small parts that drawings are made of: texts, bars, points, and the signs where a figure is missing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from kompeten.ground.vocabulary import Status
from kompeten.pages.charts.scales import Number, fixed, percent
from kompeten.pages.charts.style import SERIES_COLOURS
from kompeten.pages.charts.values import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing as wide as its place and of known height."""

    height: int
    body: str


def set_text(text: str, *, y: Number, x: str = "0", css: str = "k-text", anchor: str = "start") -> str:
    at = "" if x == "0" else f' x="{x}"'
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{css}"{at} y="{fixed(y)}"{end}>{escape(text, quote=False)}</text>'


def group_mark(mark: Mark, body: str, *, spoken: str | None = None) -> str:
    """Wrap the drawing of one figure with the words shown on hover and read out by the script."""
    return f'<g class="k-mark"><title>{escape(spoken or mark.spoken, quote=False)}</title>{body}</g>'


def place_at(x: str, y: Number, body: str) -> str:
    """Draw ``body``, in pixels, around a place that is a percentage."""
    return f'<svg x="{x}" y="{fixed(y)}" overflow="visible">{body}</svg>'


def point(number: int, *, is_open: bool = False) -> str:
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


def missing_sign(status: Status, *, y: int, height: int) -> str:
    """Draw the sign that stands where a bar would: always the same size, whatever the value may be."""
    if status == "hidden":
        lines = "".join(f'<path class="k-box" d="M{x} {y + height}l{height}-{height}"/>' for x in (0, 7, 14, 21))
        return f'{lines}<path class="k-box" d="M0 {y}h{21 + height}v{height}h-{21 + height}z"/>'
    if status == "unknown":
        return f'<rect class="k-gap" y="{y}" width="100%" height="{height}" rx="2"/>'
    return f'<path class="k-box" d="M0 {fixed(Decimal(y) + Decimal(height) / 2)}h14"/>'


HEAD_LETTERS = 38  # what fits beside each other on the narrowest phone, at 14 px


def row_head(label: str, text: str, *, y: int, css: str = "k-text") -> tuple[str, int]:
    """Set a label on the left and its figure on the right, on more lines where one is too narrow.

    Gives the SVG and the y under it.
    """
    lines = textwrap.wrap(label, HEAD_LETTERS) or [""]
    if len(lines[-1]) + len(text) + 2 > HEAD_LETTERS and len(text) > 8:
        lines.append("")
    out = [set_text(line, y=y + 15 + 18 * index, css=css) for index, line in enumerate(lines) if line]
    bottom = y + 18 * len(lines)
    out.append(set_text(text, x="100%", y=bottom - 3, css=f"{css} k-strong", anchor="end"))
    return "".join(out), bottom


def bar(mark: Mark, *, y: int, maximum: Number, height: int = 14, series: int = 1) -> str:
    """Draw a bar on its track, or the sign for a figure that is not there. A zero is a stroke on the base line."""
    if mark.value is None:
        return missing_sign(mark.status, y=y, height=height)
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


def scale_end(marks: Iterable[Mark]) -> Number:
    """Give the end of a scale from 0: the largest published value, and at least 1."""
    return max([1, *(mark.value for mark in marks if mark.value is not None)])


def anchor_inside(place: Decimal) -> str:
    """Say how a text at this percentage is anchored so that it stays inside the drawing."""
    return "start" if place < 15 else "end" if place > 85 else "middle"
