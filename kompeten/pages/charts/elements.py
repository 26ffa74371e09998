"""The small parts that drawings are made of: texts, bars, points, and the signs where a figure is missing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import accumulate

from kompeten.ground.vocabulary import Status
from kompeten.pages.charts.scales import Number, fixed
from kompeten.pages.charts.style import SERIES_COLOURS
from kompeten.pages.charts.values import Mark

LINE = 17
"""The height of a line of text, in pixels, labels and remarks alike; the style sheet's ``k-up`` is as high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing as wide as its place, from y = 0. height: where it is narrow; spare: how many lines it is lower where
    it is wide, because longer lines are set there."""

    height: int
    body: str
    spare: int = 0


def stack(parts: Sequence[Drawing], *, gap: int = 0) -> Drawing:
    """Set drawings under one another; where one of them is lower on a wide screen, what stands under it rises."""
    tops = list(accumulate((part.height + gap for part in parts), initial=0))
    body = ""
    for part, top in reversed(list(zip(parts, tops, strict=False))):
        risen = '<g class="k-up">' * part.spare + body + "</g>" * part.spare if body else ""
        body = (f'<g transform="translate(0 {top})">{part.body}</g>' if top and part.body else part.body) + risen
    return Drawing(height=max(tops[-1] - gap, 0), body=body, spare=sum(part.spare for part in parts))


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


def missing_sign(status: Status) -> str:
    """Draw the small sign that stands where a bar would: of one size, whatever the value may be."""
    if status == "not_applicable":
        return '<path class="k-box" d="M0 7h14"/>'
    if status == "unknown":
        return '<rect class="k-gap" width="14" height="14"/>'
    return '<path class="k-box" d="M0 0h14v14h-14zM0 14l14-14M0 8l8-8M6 14l8-8"/>'


HEAD_LETTERS = 31
"""What fits beside each other on the narrowest phone, at 14 px, in the widest of the usual fonts."""
SMALL_LETTERS = 34
"""The same at 12.5 px."""
WIDER = Decimal("2.4")
"""How much more fits where a drawing is wide, as the style sheet says; texts that need it are set for both."""
LETTER = Decimal("3.9")
"""The width of a bold letter on the narrowest phone, in per cents of the drawing."""


def row_head(label: str, text: str, *, x: int = 0) -> Drawing:
    """Set a label on the left and its figure on the right, on more lines where one is too narrow."""
    letters = HEAD_LETTERS - x // 8
    lines = textwrap.wrap(label, letters) or [""]
    if len(lines[-1]) + len(text) + 2 > letters and len(text) > 8:
        lines.append("")
    wide = textwrap.wrap(label, int(letters * WIDER) - len(text) - 2) or [""]
    figures = [[""] * (len(some) - 1) + [text] for some in (lines, wide)]
    head = set_lines(lines, wide, x=str(x))
    figure = set_lines(*figures, x="100%", css="k-text k-strong", anchor="end")
    return Drawing(height=head.height, body=head.body + figure.body, spare=head.spare)


def set_lines(
    lines: Sequence[str], wide: Sequence[str], *, x: str = "0", css: str = "k-text", anchor: str = "start"
) -> Drawing:
    """Set lines under one another, and the longer ones of a wide drawing in their place where they differ."""
    both = [(css, lines)] if lines == wide else [(f"{css} k-narrow", lines), (f"{css} k-wide", wide)]
    body = "".join(
        set_text(line, x=x, y=LINE * index + 14, css=where, anchor=anchor)
        for where, some in both
        for index, line in enumerate(some)
        if line
    )
    return Drawing(height=LINE * len(lines), body=body, spare=len(lines) - len(wide))


def small_lines(texts: Iterable[str], *, letters: int = SMALL_LETTERS) -> Drawing:
    """Set remarks in small letters under one another, on as many lines as each needs."""
    said = list(texts)
    lines, wide = ([line for text in said for line in textwrap.wrap(text, n)] for n in (letters, int(letters * WIDER)))
    return set_lines(lines, wide, css="k-text k-small k-halo")


def scale_end(values: Iterable[Number | None]) -> Number:
    """Give the end of a scale from 0: the largest published value, and at least 1."""
    return max([1, *(value for value in values if value is not None)])


def anchor_inside(place: Decimal) -> str:
    """Say how a text at this percentage is anchored so that it stays inside the drawing."""
    return "start" if place < 15 else "end" if place > 85 else "middle"
