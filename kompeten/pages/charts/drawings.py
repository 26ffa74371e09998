"""The drawings themselves, one function for each kind of chart.

Horizontal places are percentages and vertical ones pixels; what has no published figure takes a sign of fixed size.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from kompeten.ground.wording import spoken
from kompeten.pages.charts.bars import draw_bars
from kompeten.pages.charts.elements import (
    HEAD_LETTERS,
    LINE,
    Drawing,
    anchor_inside,
    group_mark,
    place_at,
    point,
    row_head,
    scale_end,
    set_lines,
    set_text,
    small_lines,
    stack,
)
from kompeten.pages.charts.scales import Number, Scale, fixed, round_scale, step
from kompeten.pages.charts.style import SERIES_COLOURS
from kompeten.pages.charts.values import (
    BarChart,
    Chart,
    DotRangeChart,
    LineChart,
    Mark,
    Series,
    StripChart,
    Tile,
    TileMap,
)


@lru_cache(maxsize=2**9)
def draw(chart: Chart) -> Drawing:
    """Draw a chart of any kind: once for its page, its frames and its file."""
    match chart:
        case BarChart():
            return draw_bars(chart)
        case DotRangeChart():
            return _draw_dots(chart)
        case LineChart():
            return _draw_lines(chart)
        case StripChart():
            return _draw_strips(chart)
        case TileMap():
            return _draw_tiles(chart)


def _draw_dots(chart: DotRangeChart) -> Drawing:
    """Draw one row a claim on one axis from zero, on which its range lies, and the ticks at the foot."""
    values = [claim.mark.published for claim in chart.claims]
    scale, ticks = round_scale(values, start=2, end=97)
    rows = []
    for claim in chart.claims:
        chosen = f" · {spoken('chart', chart.words.language)('used')}" if claim.preferred else ""
        head = row_head(claim.mark.label + chosen, claim.mark.text)
        arrow = '<path class="k-target" fill="none" d="M8 0h14m-5-5l5 5-5 5"/>' if claim.precision == "at_least" else ""
        dot = place_at(scale.place(claim.mark.published), 8, point(1, is_open=not claim.preferred) + arrow)
        line = Drawing(height=18, body=f'<line class="k-grid" x1="0" x2="100%" y1="8" y2="8"/>{dot}')
        drawn = stack([head, line])
        rows.append(replace(drawn, body=group_mark(claim.mark, drawn.body)))
    left, right = scale.at(chart.low), scale.at(chart.high)
    span = f'<rect class="k-p2" x="{fixed(left)}%" width="{fixed(right - left)}%" y="-6" height="6"/>'
    foot = span * (right > left) + _axis(scale, ticks, format_tick=chart.format_tick)
    return stack([*rows, Drawing(height=24, body=foot)])


def _axis(scale: Scale, ticks: Sequence[Decimal], *, format_tick: Callable[[int], str]) -> str:
    out = ['<line class="k-axis" x1="0" x2="100%" y1="0" y2="0"/>']
    for tick in ticks:
        place = scale.at(tick)
        x = fixed(place) + "%"
        out.append(f'<line class="k-axis" x1="{x}" x2="{x}" y1="0" y2="5"/>')
        out.append(set_text(format_tick(int(tick)), x=x, y=19, anchor=anchor_inside(place), css="k-text k-small"))
    return "".join(out)


_PLOT = 190  # height of a line chart's plot, in pixels


def _draw_lines(chart: LineChart) -> Drawing:
    """Draw lines over shared times, each named where it ends, with a dash and a point of its own."""
    marks = [mark for series in chart.series for mark in series.marks]
    scale, ticks = round_scale(mark.value for mark in marks if mark.value is not None)
    ends = _set_apart([end for series in chart.series if (end := _line_end(series))], scale=scale)
    top = max([22, *(22 + 17 * (len(end.lines) - 1) for _, end in ends), *(int(12 - y) for y, _ in ends)])
    out = []
    for tick in ticks:
        y = top + _PLOT - scale.at(tick) * _PLOT / 100
        css = "k-axis" if tick == 0 else "k-grid"
        out.append(f'<line class="{css}" x1="0" x2="100%" y1="{fixed(y)}" y2="{fixed(y)}"/>')
        out.append(set_text(chart.format_tick(int(tick)), y=y - 4, css="k-text k-small"))
    out.append(_gaps(chart.series, top=top))
    values = [tuple(mark.value for mark in series.marks) for series in chart.series]
    for number, series in enumerate(chart.series, start=1):
        is_under = any(_coincide(values[number - 1], other) for other in values[number:])
        out.append(_line(series, number=number, scale=scale, top=top, is_under=is_under))
    out.append(_line_ends(ends, top=top))
    out.append(_times(chart.series[0].marks, y=top + _PLOT + 18))
    drawn = stack([Drawing(height=top + _PLOT + 28, body="".join(out)), _missing(chart.series)])
    return replace(drawn, height=drawn.height + 4)


def _coincide(one: Sequence[Number | None], other: Sequence[Number | None]) -> bool:
    """Say whether two lines run over one another between two times."""
    same = [a is not None and a == b for a, b in zip(one, other, strict=True)]
    return any(both == (True, True) for both in pairwise(same))


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """Where a line ends: its name on as many lines as fit, the place, the last figure, and the largest beside it."""

    lines: Sequence[str]
    place: Decimal
    value: Decimal
    peak: Decimal


def _line_end(series: Series) -> _End | None:
    known = [(_time_place(at, len(series.marks)), m) for at, m in enumerate(series.marks) if m.value is not None]
    if not known:
        return None
    place, mark = known[-1]
    letters = int(HEAD_LETTERS * max(place, 100 - place) / 100)
    beside = (Decimal(m.published) for at, m in known if abs(at - place) < max(place, 100 - place))
    lines = textwrap.wrap(f"{series.label} {mark.text}".strip(), letters)
    return _End(lines=lines, place=place, value=Decimal(mark.published), peak=max(beside))


def _set_apart(ends: Sequence[_End], *, scale: Scale) -> list[tuple[Decimal, _End]]:
    """Give where each name begins, in pixels below the top of the plot, the lowest first: above its last point.

    Names that would meet stand on one another, above what their lines hold beside them.
    """

    def above(value: Decimal) -> Decimal:
        return _PLOT - scale.at(value) * _PLOT / 100 - 10

    placed: list[tuple[Decimal, _End]] = []
    free = Decimal(_PLOT)
    for end in sorted(ends, key=lambda end: end.value):
        met = [e for e in ends if e.place == end.place and abs(above(e.value) - above(end.value)) < 17 * len(e.lines)]
        own = above(end.value) if len(met) == 1 else min(above(e.peak) for e in met)
        y = min(own, free) - 17 * (len(end.lines) - 1)
        free = y - 17
        placed.append((y, end))
    return placed


def _line_ends(ends: Sequence[tuple[Decimal, _End]], *, top: int) -> str:
    """Write the names of lines; where two end at one time, beside their points, which a name above would hide."""
    out = []
    for y, end in ends:
        anchor, away = ("end", "-9") if end.place > 50 else ("start", "9")
        aside = away if [other.place for _, other in ends].count(end.place) > 1 else "0"
        for number, line in enumerate(end.lines):
            text = set_text(line, x=aside, y=13, anchor=anchor, css="k-text k-strong k-halo")
            out.append(place_at(f"{fixed(end.place)}%", top + y + 17 * number - 13, text))
    return "".join(out)


def _time_place(index: int, count: int) -> Decimal:
    """Give the place of the index-th of ``count`` times; room is kept at the left for the ticks."""
    return Decimal(50) if count == 1 else Decimal(14) + Decimal(index) * 82 / (count - 1)


def _gaps(series: Sequence[Series], *, top: int) -> str:
    """Draw a time at which no series has a figure as a gap: a band from top to bottom, whatever the figure may be."""
    out = []
    for index, marks in enumerate(zip(*(each.marks for each in series), strict=True)):
        if all(mark.value is None for mark in marks):
            x = fixed(_time_place(index, len(series[0].marks))) + "%"
            sign = f'<path class="k-gap" d="M-9 0h18v{_PLOT}h-18z"/>'
            out.append(group_mark(marks[0], place_at(x, top, sign)))
    return "".join(out)


def _line(series: Series, *, number: int, scale: Scale, top: int, is_under: bool) -> str:
    """Draw one line, broken where a figure is missing, and its points over it; broad where another runs over it."""
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
        dot = place_at(fixed(x) + "%", top + y * _PLOT / 100, point(number, is_open=mark.status == "provisional"))
        points.append(group_mark(mark, dot, spoken=_in_series(series, mark)))
    dash = ("", ' stroke-dasharray="7 4"', ' stroke-dasharray="2 3"', ' stroke-dasharray="9 3 2 3"')[(number - 1) % 4]
    css = f"k-line k-l{(number - 1) % SERIES_COLOURS + 1}{' k-broad' if is_under else ''}"
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
    out = []
    for at in (index for index in range(count) if (count - 1 - index) % every == 0):
        place = _time_place(at, count)
        x, anchor = ("100%", "end") if place > 90 else (fixed(place) + "%", "middle")
        out.append(set_text(marks[at].tick, x=x, y=y, anchor=anchor, css="k-text k-small"))
    return "".join(out)


def _missing(series: Sequence[Series]) -> Drawing:
    """Name in words, under a drawing, what has no figure: ``2021, 2023: tidak diketahui``."""
    by_words: dict[tuple[str, str], list[str]] = {}
    for each in series:
        for mark in each.marks:
            if mark.value is None:
                by_words.setdefault((each.label if len(series) > 1 else "", mark.text), []).append(mark.tick)
    said = [f"{label + ' ' if label else ''}{', '.join(times)}: {text}" for (label, text), times in by_words.items()]
    return small_lines(said)


_LETTER = {"hidden": "×", "unknown": "?", "not_applicable": "–"}
_SPOKEN = 12  # rows up to which a cell says what it is when pointed at; of more, the table below is the quicker way
_CALLED = 3  # filled cells of a row up to which each is named above the row


def _draw_strips(chart: StripChart) -> Drawing:
    """Draw rows of cells over one another, on one scale; few filled cells are named, of many the last one."""
    high = scale_end(mark.value for row in chart.rows for mark in row.marks)
    has_any = any(mark.value is not None for row in chart.rows for mark in row.marks)
    tall = (64 if len(chart.rows) == 1 else 34) if chart.is_scaled and has_any else 20
    say = spoken("chart", chart.words.language)("last")
    drawn = []
    for row in chart.rows:
        known = [(index, mark) for index, mark in enumerate(row.marks) if mark.value is not None]
        called = [f"{mark.tick}: {mark.text}" for _, mark in known] if len(known) <= _CALLED else []
        last = f"{say}, {known[-1][1].tick}: {known[-1][1].text}" if known and not called and chart.is_scaled else ""
        head = _callouts(known if called else known[-1:], len(row.marks))
        if len(chart.rows) > 1:
            head = row_head(row.label, last or "; ".join(called))
        cells = ""
        for index, mark in enumerate(row.marks):
            cell = _cell(mark, index, len(row.marks), high=high, tall=tall)
            cells += group_mark(mark, cell, spoken=_in_series(row, mark)) if len(chart.rows) <= _SPOKEN else cell
        drawn += [replace(head, height=head.height + 2), Drawing(height=tall + 10, body=cells)]
    drawn[-1] = replace(drawn[-1], height=tall + 2)
    return stack([*drawn, *_strip_ends(chart.rows[0].marks), *_missing_signs(chart.rows), Drawing(height=6, body="")])


def _callouts(known: Sequence[tuple[int, Mark]], count: int) -> Drawing:
    """Name filled cells above their row, the last one nearest to it, each with a stroke down to its cell."""
    rows: list[Drawing] = []
    for index, mark in reversed(known):
        middle, text = Decimal(100) * (2 * index + 1) / (2 * count), f"{mark.tick}: {mark.text}"
        anchor, edge = ("start", "0") if middle < 40 else ("end", "100%") if middle > 60 else ("middle", "50%")
        lines, place, below = textwrap.wrap(text, HEAD_LETTERS), fixed(middle) + "%", sum(row.height for row in rows)
        x = edge if len(lines[0]) > HEAD_LETTERS * max(middle, 100 - middle) / 100 else place
        said = set_lines(lines, [text], x=x, css="k-text k-strong k-halo", anchor=anchor)
        low, high = said.height + below + 4, LINE * (len(rows) + 1) + 4
        ends = [("", low)] if low == high else [(" k-narrow", low), (" k-wide", high)]
        across = f'x1="{place}" x2="{place}" y1="{LINE}"'
        strokes = "".join(f'<line class="k-axis{css}" {across} y2="{end}"/>' for css, end in ends)
        rows.insert(0, replace(said, body=strokes + said.body))
    return stack([*rows, Drawing(height=2, body="")])


def _cell(mark: Mark, index: int, count: int, *, high: Number, tall: int) -> str:
    """Draw one cell: filled, as high as its figure; a zero as a stroke on the ground; else the sign of its status."""
    left, width = Decimal(index) * 100 / count, Decimal(100) / count - Decimal("0.8")
    place = f'x="{fixed(left)}%" width="{fixed(width)}%"'
    ground = f'<line class="k-axis" x1="{fixed(left)}%" x2="{fixed(left + width)}%" y1="{tall}" y2="{tall}"/>'
    if mark.value is None:
        css = "k-box" if mark.status == "hidden" else "k-gap"
        middle = fixed(left + width / 2) + "%"
        sign = set_text(_LETTER[mark.status], x=middle, y=tall - 5, anchor="middle", css="k-text k-small")
        return f'<rect class="{css}" {place} y="{tall - 20}" height="20"/>{sign}'
    high_px = Decimal(mark.value) * tall / Decimal(high) if tall > 20 else Decimal(tall)
    css = "k-range" if mark.status == "provisional" else "k-s1"
    return f'<rect class="{css}" {place} y="{fixed(tall - high_px)}" height="{fixed(high_px)}"/>{ground}'


def _strip_ends(marks: Sequence[Mark]) -> list[Drawing]:
    if len(marks) < 2:
        return []
    last = set_text(marks[-1].tick, x="100%", y=13, anchor="end", css="k-text k-small")
    return [Drawing(height=LINE, body=set_text(marks[0].tick, y=13, css="k-text k-small") + last)]


def _missing_signs(rows: Sequence[Series]) -> list[Drawing]:
    """Explain the signs that stand in place of figures, those that occur only."""
    meaning = {_LETTER[m.status]: m.text for row in rows for m in row.marks if m.value is None}
    return [small_lines([f"{sign}  {text}" for sign, text in meaning.items()])]


_TILE_HEIGHT = 64


def _draw_tiles(chart: TileMap) -> Drawing:
    maximum = scale_end(tile.mark.value for tile in chart.tiles)
    out = [_tile(tile, maximum=maximum) for tile in sorted(chart.tiles, key=lambda tile: (tile.row, tile.column))]
    return Drawing(height=max(tile.row for tile in chart.tiles) * (_TILE_HEIGHT + 4), body="".join(out))


def _tile(tile: Tile, *, maximum: Number) -> str:
    x = fixed(Decimal(tile.column - 1) * Decimal("33.5")) + "%"
    y = (tile.row - 1) * (_TILE_HEIGHT + 4)
    size = f'width="100%" height="{_TILE_HEIGHT}"'
    if tile.mark.value is None:
        css, on = ("k-box" if tile.mark.status == "hidden" else "k-gap"), ""
        ground = f'<rect class="{css}" {size}/>'
        if tile.mark.status == "hidden":
            ground += place_at("100%", _TILE_HEIGHT, '<path class="k-box" d="M-30 0l30-30M-20 0l20-20M-10 0l10-10"/>')
        lines = enumerate(textwrap.wrap(tile.mark.text, 14))
        figure = "".join(set_text(line, x="8", y=38 + 15 * at, css="k-text k-small") for at, line in lines)
    else:
        shade = step(tile.mark.value, maximum)
        on = f" k-on{12 if shade < 3 else shade}"
        ground = f'<rect class="k-q{shade}" {size}/>'
        figure = set_text(tile.mark.text, x="8", y=50, css=f"k-text k-strong{on}")
    name = set_text(tile.name, x="8", y=20, css=f"k-text{on}")
    body = f'<svg x="{x}" y="{y}" width="33%" height="{_TILE_HEIGHT}">{ground}{name}{figure}</svg>'
    return group_mark(tile.mark, body, spoken=f"{tile.mark.label}: {tile.mark.text}")
