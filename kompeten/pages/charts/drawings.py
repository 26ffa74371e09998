"""The drawings themselves, one function for each kind of chart.

Horizontal places are percentages and vertical ones pixels; what has no published figure takes a sign of fixed size.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from decimal import Decimal

from kompeten.pages.charts.elements import (
    HEAD_LETTERS,
    Drawing,
    anchor_inside,
    bar,
    group_mark,
    place_at,
    point,
    row_head,
    scale_end,
    set_text,
)
from kompeten.pages.charts.scales import Number, Scale, fixed, percent, round_scale, step
from kompeten.pages.charts.sentence import SAY
from kompeten.pages.charts.style import SERIES_COLOURS, part_colour
from kompeten.pages.charts.values import (
    BarChart,
    Chart,
    DotRangeChart,
    FunnelChart,
    LineChart,
    Mark,
    Series,
    SmallMultiples,
    Stack,
    TargetChart,
    Tile,
    TileMap,
)


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
    maximum = scale_end(chart.marks)
    out = []
    y = 0
    for mark in chart.marks:
        head, below = row_head(mark.label, mark.text, y=y)
        out.append(group_mark(mark, head + bar(mark, y=below + 4, maximum=maximum)))
        y = below + 30
    return Drawing(height=max(y - 10, 1), body="".join(out))


def _draw_funnel(chart: FunnelChart) -> Drawing:
    maximum = scale_end(stage.total for stage in chart.stages)
    out = []
    y = 0
    key = [chart.whole_label] * bool(chart.whole_label) + list(chart.part_labels)
    first = 1 + bool(chart.whole_label)
    for number, label in enumerate(key, start=1):
        swatch = f'<rect class="{part_colour(number)}" y="{y + 2}" width="14" height="14"/>'
        out.append(swatch + set_text(label, x="22", y=y + 14))
        y += 24
    for stage in chart.stages:
        head, below = row_head(stage.total.label, stage.total.text, y=y)
        out.append(
            group_mark(
                stage.total, head + _stacked(stage, y=below + 4, maximum=maximum, first=first), spoken=stage.spoken
            )
        )
        y = below + 30
    return Drawing(height=max(y - 10, 1), body="".join(out))


def _stacked(stage: Stack, *, y: int, maximum: Number, first: int) -> str:
    """Stack the parts of a stage where every one is published and they add up; else draw its total alone.

    first: number of the colour of the first part.
    """
    values = [part.value for part in stage.parts if part.value is not None]
    if len(values) != len(stage.parts) or not values or sum(values) != stage.total.value:
        return bar(stage.total, y=y, maximum=maximum)
    out = [f'<rect class="k-track" y="{y}" width="100%" height="14"/>']
    begin: Number = 0
    for number, value in enumerate(values, start=first):
        x = percent(begin, maximum)
        out.append(
            f'<rect class="{part_colour(number)}" x="{x}%" y="{y}" width="{percent(value, maximum)}%" height="14"/>'
        )
        if begin:
            out.append(_cut(x, y=y, height=14))
        begin += value
    return "".join(out)


def _cut(x: str, *, y: int, height: int) -> str:
    """Part two neighbouring segments by a line of the ground's colour."""
    return f'<line class="k-cut" x1="{x}%" x2="{x}%" y1="{y}" y2="{y + height}"/>'


def _draw_target(chart: TargetChart) -> Drawing:
    """Draw the parts as one bar, the target as a line across it, the range as a whisker, the unknown as an open end."""
    totals = [mark for mark in (chart.low, chart.high, chart.target) if mark is not None]
    scale = Scale(low=Decimal(0), high=Decimal(scale_end(totals)), end=Decimal(86))
    top, height = 34, 34
    at_target = scale.at(chart.target.published)
    out = [
        f'<rect class="k-track" y="{top}" width="{fixed(at_target)}%" height="{height}"/>',
        f'<path class="k-axis" d="M0 {top - 4}v{height + 8}"/>',
        _target_segments(chart, scale=scale, y=top, height=height),
    ]
    end = scale.at(chart.low.published)
    if chart.is_open:
        shape = f'<path class="k-gap" d="M1 0h22l13 {height // 2}-13 {height // 2}h-22"/>{set_text("?", x="12", y=22)}'
        out.append(place_at(f"{fixed(end if chart.high is None else scale.at(chart.high.published))}%", top, shape))
    if chart.high is not None:
        out.append(_whisker(scale, chart.low, chart.high, y=top + height // 2))
    x = fixed(at_target) + "%"
    out.append(f'<line class="k-target" x1="{x}" x2="{x}" y1="{top - 10}" y2="{top + height + 6}"/>')
    out.append(set_text(chart.target.spoken, x=x, y=15, anchor=anchor_inside(at_target), css="k-text k-strong"))
    y = top + height + 14
    number = 0
    for part in chart.parts:
        number += part.value is not None
        out.append(_key_row(part, number=number, y=y))
        y += 26
    out.append(f'<line class="k-axis" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
    for total in (chart.low, chart.high):
        if total is not None:
            head, y = row_head(total.label, total.text, y=y + 4)
            out.append(group_mark(total, head))
    return Drawing(height=y + 6, body="".join(out))


def _target_segments(chart: TargetChart, *, scale: Scale, y: int, height: int) -> str:
    """Draw the published parts after one another; the whole bar alone where they do not add up to the low figure."""
    published = [(part, part.value) for part in chart.parts if part.value is not None]
    if sum(value for _, value in published) != chart.low.value:
        return f'<rect class="k-s1" y="{y}" width="{fixed(scale.at(chart.low.published))}%" height="{height}"/>'
    out = []
    begin: Number = 0
    for number, (part, value) in enumerate(published, start=1):
        x, width = scale.at(begin), scale.at(begin + value) - scale.at(begin)
        place = f'x="{fixed(x)}%" y="{y}" width="{fixed(width)}%" height="{height}"'
        out.append(group_mark(part, f'<rect class="{part_colour(number)}" {place}/>'))
        if begin:
            out.append(_cut(fixed(x), y=y, height=height))
        begin += value
    return "".join(out)


def _whisker(scale: Scale, low: Mark, high: Mark, *, y: int) -> str:
    x1, x2 = scale.place(low.published), scale.place(high.published)
    caps = "".join(f'<line class="k-target" x1="{x}" x2="{x}" y1="{y - 7}" y2="{y + 7}"/>' for x in (x1, x2))
    return f'<line class="k-target" x1="{x1}" x2="{x2}" y1="{y}" y2="{y}"/>{caps}'


def _key_row(mark: Mark, *, number: int, y: int) -> str:
    """Set one part of a bar as a row: its swatch, or the sign of a missing figure, its name and its figure."""
    if mark.value is not None:
        swatch = f'<rect class="{part_colour(number)}" y="{y + 4}" width="14" height="14"/>'
    elif mark.status == "not_applicable":
        swatch = f'<path class="k-box" d="M0 {y + 11}h14"/>'
    else:
        slash = f'<path class="k-box" d="M0 {y + 18}l14-14"/>' if mark.status == "hidden" else ""
        swatch = f'<rect class="k-gap" y="{y + 4}" width="14" height="14"/>{slash}'
    label = set_text(mark.label, x="22", y=y + 16)
    return group_mark(mark, swatch + label + set_text(mark.text, x="100%", y=y + 16, anchor="end"))


def _draw_dots(chart: DotRangeChart) -> Drawing:
    """Draw one row a claim on a shared axis, the range of all of them behind, and the ticks at the foot."""
    values = [claim.mark.published for claim in chart.claims]
    scale, ticks = round_scale(values, from_zero=False, start=5, end=93)
    rows = []
    y = 0
    for claim in chart.claims:
        head, below = row_head(claim.mark.label, claim.mark.text, y=y)
        chosen = f" · {SAY[chart.words.language]['preferred']}" if claim.preferred else ""
        detail = set_text(claim.detail + chosen, y=below + 13, css="k-text k-small")
        rows.append((claim, head + detail, below + 30))
        y = below + 46
    left, right = scale.at(min(values)), scale.at(max(values))
    out = []
    for claim, head, at in rows:
        x = scale.place(claim.mark.published)
        band = f'<rect class="k-range" x="{fixed(left)}%" y="{at - 6}" width="{fixed(right - left)}%" height="12"/>'
        line = f'<line class="k-grid" x1="0" x2="100%" y1="{at}" y2="{at}"/>'
        arrow = '<path class="k-target" fill="none" d="M8 0h14m-5-5l5 5-5 5"/>' if claim.precision == "at_least" else ""
        dot = place_at(x, at, point(1, is_open=not claim.preferred) + arrow)
        out.append(group_mark(claim.mark, head + line + (band if right > left else "") + dot))
    return Drawing(height=y + 26, body="".join(out) + _axis(scale, ticks, y=y, format_tick=chart.format_tick))


def _axis(scale: Scale, ticks: Sequence[Decimal], *, y: int, format_tick: Callable[[int], str]) -> str:
    out = [f'<line class="k-axis" x1="0" x2="100%" y1="{y}" y2="{y}"/>']
    for tick in ticks:
        place = scale.at(tick)
        x = fixed(place) + "%"
        out.append(f'<line class="k-axis" x1="{x}" x2="{x}" y1="{y}" y2="{y + 5}"/>')
        out.append(set_text(format_tick(int(tick)), x=x, y=y + 19, anchor="middle", css="k-text k-small"))
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
            out.append(
                place_at("7", 24 * number - 13, point(number)) + set_text(series.label, x="20", y=24 * number - 8)
            )
    for tick in ticks:
        y = top + _PLOT - scale.at(tick) * _PLOT / 100
        css = "k-axis" if tick == 0 else "k-grid"
        out.append(f'<line class="{css}" x1="0" x2="100%" y1="{fixed(y)}" y2="{fixed(y)}"/>')
        out.append(set_text(chart.format_tick(int(tick)), y=y - 4, css="k-text k-small"))
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
            out.append(group_mark(marks[0], place_at(x, top, sign)))
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
        dot = point(number, is_open=mark.status == "provisional")
        points.append(
            group_mark(mark, place_at(fixed(x) + "%", top + y * _PLOT / 100, dot), spoken=_in_series(series, mark))
        )
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
        set_text(marks[i].tick, x=fixed(_time_place(i, count)) + "%", y=y, anchor="middle", css="k-text k-small")
        for i in shown
    )


def _missing(series: Sequence[Series], *, y: int) -> tuple[str, int]:
    """Name in words, under a drawing, what has no figure: ``2021, 2023: tidak diketahui``."""
    by_words: dict[tuple[str, str], list[str]] = {}
    for each in series:
        for mark in each.marks:
            if mark.value is None:
                by_words.setdefault((each.label if len(series) > 1 else "", mark.text), []).append(mark.tick)
    out = []
    for (label, text), times in by_words.items():
        sentence = f"{label + ' ' if label else ''}{', '.join(times)}: {text}"
        for line in textwrap.wrap(sentence, HEAD_LETTERS + 6):
            y += 18
            out.append(set_text(line, y=y - 4, css="k-text k-small"))
    return "".join(out), y


_COLUMNS = 90  # height of the tallest column of a small multiple


def _draw_multiples(chart: SmallMultiples) -> Drawing:
    """Draw the panels two beside each other, all on one scale, so that heights compare across panels."""
    maximum = scale_end(mark for panel in chart.panels for mark in panel.marks)
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
    out = [set_text(panel.label, y=15, css="k-text k-strong")]
    for index, mark in enumerate(panel.marks):
        left, width = Decimal(index) * 100 / count, Decimal(80) / count
        middle = fixed(left + width / 2) + "%"
        if mark.value is None:
            body = set_text(_LETTER[mark.status], x=middle, y=base - 4, anchor="middle")
        else:
            tall = Decimal(mark.value) * _COLUMNS / Decimal(maximum)
            css = "k-range" if mark.status == "provisional" else "k-s1"
            body = (
                f'<rect class="{css}" x="{fixed(left)}%" y="{fixed(base - tall)}" width="{fixed(width)}%" '
                f'height="{fixed(tall)}"/>'
            )
            if index == last:
                body += set_text(mark.text, x=middle, y=base - tall - 5, anchor="middle", css="k-text k-small")
        out.append(group_mark(mark, body, spoken=_in_series(panel, mark)))
        if index in (0, count - 1):
            out.append(set_text(mark.tick, x=middle, y=base + 17, anchor="middle", css="k-text k-small"))
    out.append(f'<line class="k-axis" x1="0" x2="100%" y1="{base}" y2="{base}"/>')
    return "".join(out)


def _missing_signs(panels: Sequence[Series], *, y: int) -> tuple[str, int]:
    """Explain the signs that stand in place of columns, those that occur only."""
    meaning = {_LETTER[m.status]: m.text for panel in panels for m in panel.marks if m.value is None}
    out = []
    for sign, text in meaning.items():
        y += 18
        out.append(set_text(f"{sign}  {text}", y=y - 4, css="k-text k-small"))
    return "".join(out), y


_TILE_HEIGHT = 64


def _draw_tiles(chart: TileMap) -> Drawing:
    """Draw the regencies row by row, as they lie."""
    maximum = scale_end(tile.mark for tile in chart.tiles)
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
        figure = "".join(
            set_text(line, x="8", y=38 + 15 * index, css="k-text k-small")
            for index, line in enumerate(textwrap.wrap(tile.mark.text, 14))
        )
    else:
        shade = step(tile.mark.value, maximum)
        on = f" k-on{12 if shade < 3 else shade}"
        ground = f'<rect class="k-q{shade}" {size}/>'
        figure = set_text(tile.mark.text, x="8", y=50, css=f"k-text k-strong{on}")
    name = set_text(tile.name, x="8", y=20, css=f"k-text{on}")
    body = f'<svg x="{x}" y="{y}" width="33%" height="{_TILE_HEIGHT}">{ground}{name}{figure}</svg>'
    return group_mark(tile.mark, body, spoken=f"{tile.mark.label}: {tile.mark.text}")
