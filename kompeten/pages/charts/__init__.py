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

Rooms: values (what comes in), elements and drawings (the picture), sentence (the words), style (colours of files),
share (the picture shown where a page is shared).
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

from kompeten.ground.wording import spoken
from kompeten.pages.charts.drawings import draw
from kompeten.pages.charts.elements import LINE, set_text
from kompeten.pages.charts.sentence import alt
from kompeten.pages.charts.share import Share, share_image
from kompeten.pages.charts.style import FILE_WIDTH, LIGHT, STYLE, fill_tokens
from kompeten.pages.charts.values import (
    Bar,
    BarChart,
    Chart,
    Claim,
    DotRangeChart,
    LineChart,
    Mark,
    Series,
    StripChart,
    Tile,
    TileMap,
    Words,
    marks_of,
    plain_bars,
)

__all__ = [
    "LIGHT",
    "STYLE",
    "Bar",
    "BarChart",
    "Chart",
    "Claim",
    "DotRangeChart",
    "LineChart",
    "Mark",
    "Series",
    "Share",
    "StripChart",
    "Tile",
    "TileMap",
    "Words",
    "alt",
    "inline",
    "marks_of",
    "plain_bars",
    "share_image",
    "standalone",
]


def inline(chart: Chart) -> str:
    """Give the SVG for a page. Its colours come from the page; its height is known, so nothing moves on loading.

    It is that of a narrow screen; the style sheet takes the spare lines of a wide one off it, up to 15, named in powers
    of two.
    """
    drawing = draw(chart)
    slug = chart.words.slug
    css = "k-chart k-map" if isinstance(chart, TileMap) else "k-chart"
    css += "".join(f" k-b{bit}" for bit in (1, 2, 4, 8) if min(drawing.spare, 15) & bit)
    return (
        f'<svg class="{css}" role="img" aria-labelledby="{slug}-title" aria-describedby="{slug}-desc" width="100%" '
        f'height="{drawing.height}">{_names(chart.words, alt(chart))}{drawing.body}</svg>'
    )


def standalone(chart: Chart) -> str:
    """Give the SVG as a file that is whole by itself: title, drawing, source and note, in the light colours."""
    drawing = draw(chart)
    body, height = drawing.body.replace('class="k-up"', f'transform="translate(0 -{LINE})"'), drawing.height
    height -= LINE * drawing.spare
    words = chart.words
    head, top = _paragraphs(
        [(words.title, "k-text k-strong k-title", 50, 24), (words.subtitle, "k-text k-small", 84, 18)], top=24
    )
    source = f"{spoken('chart', words.language)('source')}: {words.source}" if words.source else ""
    foot, end = _paragraphs(
        [(words.note, "k-text k-small", 84, 17), (source, "k-text k-small", 84, 17)], top=top + height + 16
    )
    whole = (
        f'{head}<svg x="24" y="{top}" width="{FILE_WIDTH - 48}" height="{height}" overflow="visible">{body}</svg>{foot}'
    )
    return _file(words, alt(chart), whole, end)


def notice(words: Words) -> str:
    """Give a file that says in words alone what became of a picture: its title, why it went, and the rest."""
    body, end = _paragraphs(
        [
            (words.title, "k-text k-strong k-title", 50, 24),
            (words.subtitle, "k-text", 76, 20),
            (words.note, "k-text", 76, 20),
            (words.source, "k-text k-small", 84, 17),
        ],
        top=24,
    )
    return _file(words, words.subtitle, body, end)


def _file(words: Words, description: str, body: str, end: int) -> str:
    """Lay out a file that is whole by itself. end: where its texts end."""
    height = end + 16
    style = fill_tokens(
        STYLE + ".k-narrow { display: none; }\n.k-title { font-size: 20px; }\n.k-paper { fill: var(--colour-paper); }"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{words.language}" '
        f'aria-labelledby="{words.slug}-title" aria-describedby="{words.slug}-desc" '
        f'width="{FILE_WIDTH}" height="{height}" viewBox="0 0 {FILE_WIDTH} {height}">'
        f"{_names(words, description)}<style>{style}</style>"
        f'<rect class="k-paper" width="{FILE_WIDTH}" height="{height}"/>{body}</svg>\n'
    )


def _names(words: Words, description: str) -> str:
    title = f'<title id="{words.slug}-title">{escape(words.title)}</title>'
    return f'{title}<desc id="{words.slug}-desc">{escape(description)}</desc>'


def _paragraphs(blocks: Sequence[tuple[str, str, int, int]], *, top: int) -> tuple[str, int]:
    """Set texts under one another: (text, class, letters a line, line height). Gives the SVG and the next free y."""
    out = []
    y = top
    for text, css, letters, line_height in blocks:
        for line in textwrap.wrap(text, letters):
            y += line_height
            out.append(set_text(line, x="24", y=y - 4, css=css))
    return "".join(out), y + 8
