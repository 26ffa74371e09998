"""Horizontal bars on one scale from zero: labels, lengths, parts, targets, and the figure where it has room."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kompeten.pages.charts.elements import (
    HEAD_LETTERS,
    LETTER,
    SMALL_LETTERS,
    WIDER,
    Drawing,
    group_mark,
    missing_sign,
    place_at,
    row_head,
    scale_end,
    set_lines,
    set_text,
    small_lines,
    stack,
)
from kompeten.pages.charts.scales import Scale, fixed
from kompeten.pages.charts.style import part_colour
from kompeten.pages.charts.values import Bar, BarChart

_BAR = 16  # height of a bar, in pixels
_ARROW = 30  # width of the sign of what may be more, with the gap behind it
_INDENT = Decimal(16)  # per cents of the width that short labels stand in, beside their bars
_SHORT = 5  # letters of such a label
_LEAST = Decimal(45)  # per cents of the width that bars take at least, where signs and figures stand behind them


def draw_bars(chart: BarChart) -> Drawing:
    """Draw the key, then a row a bar: the label, the bar with its figure at its end, targets as strokes across it."""
    bars = chart.bars
    ends = [chart.all, *(end for bar in bars for end in (bar.mark.value, bar.high, *(t.value for t in bar.targets)))]
    is_beside = all(len(bar.mark.label) <= _SHORT for bar in bars)
    is_plain = not any(bar.is_open or bar.high or bar.parts or bar.mark.status == "provisional" for bar in bars)
    behind = max((_needed(bar, is_beside=is_beside) for bar in bars if bar.mark.value is not None), default=_LEAST)
    room = Decimal(100) if is_plain else max(100 - behind, _LEAST)
    scale = Scale(low=Decimal(0), high=Decimal(scale_end(ends)), end=room)
    key = _key([chart.whole_label] * bool(chart.whole_label) + list(chart.part_labels))
    rows = [_bar_row(bar, scale=scale, first=1 + bool(chart.whole_label), is_beside=is_beside) for bar in bars]
    drawn = stack([*key, *rows])
    return replace(drawn, height=max(drawn.height - 8, 1))


def _key(labels: Sequence[str]) -> list[Drawing]:
    return [
        Drawing(
            height=24,
            body=f'<rect class="{part_colour(number)}" y="2" width="14" height="14"/>{set_text(label, x="22", y=14)}',
        )
        for number, label in enumerate(labels, start=1)
    ]


def _bar_row(bar: Bar, *, scale: Scale, first: int, is_beside: bool) -> Drawing:
    """Draw a bar with its label, beside it where all labels of the chart are short, else over it."""
    mark, row = bar.mark, _bar(bar, scale=scale, first=first, is_beside=is_beside)
    x, width = (f"{_INDENT}%", f"{100 - _INDENT}%") if is_beside else ("0", "100%")
    frame = f'<svg x="{x}" width="{width}" height="{row.height}" overflow="visible">{row.body}</svg>'
    placed = replace(row, body=frame, height=row.height + 12)
    if is_beside:
        drawn = replace(placed, body=set_text(mark.label, y=13, css="k-text k-strong") + frame)
    elif mark.value is None:
        head = row_head(mark.label, mark.text, x=22)
        drawn = stack([replace(head, body=head.body + place_at("0", 2, missing_sign(mark.status))), placed])
    else:
        wide = textwrap.wrap(mark.label, int(HEAD_LETTERS * WIDER))
        label = set_lines(textwrap.wrap(mark.label, HEAD_LETTERS), wide)
        drawn = stack([replace(label, height=label.height + 2), placed])
    return replace(drawn, body=group_mark(mark, drawn.body, spoken=bar.spoken))


def _bar(bar: Bar, *, scale: Scale, first: int, is_beside: bool) -> Drawing:
    mark, remarks, text, high = bar.mark, [], "", _BAR
    if mark.value is not None:
        text = _end_text(bar, scale=scale, is_beside=is_beside)
        out = [_length(bar, scale=scale, first=first)]
        remarks += [] if text else [bar.end or mark.text]
    else:
        out = [missing_sign(mark.status)] if is_beside else []
        out += ['<line class="k-grid" x1="22" x2="100%" y1="8" y2="8"/>'] if bar.targets else []
        out += [set_text(mark.text, x="22", y=13)] if is_beside and not bar.targets else []
        remarks += [mark.text] if is_beside and bar.targets else []  # no stroke of a target runs through it
        high = _BAR if is_beside or bar.targets else 0
    for target in bar.targets:
        x = scale.place(target.published)
        out.append(f'<line class="k-target" x1="{x}" x2="{x}" y1="-4" y2="{_BAR + 4}"/>')
    out.append(text)  # over the strokes, which run beside it on a narrow phone
    labels = dict.fromkeys(target.label for target in bar.targets)
    remarks += [f"{label}: {'; '.join(t.text for t in bar.targets if t.label == label)}" for label in labels]
    remarks += [bar.aside] * bool(bar.aside)
    share = 100 - _INDENT if is_beside else Decimal(100)
    drawn = Drawing(height=high + 2 * bool(remarks), body="".join(out))
    return stack([drawn, small_lines(remarks, letters=int(SMALL_LETTERS * share / 100))])


def _length(bar: Bar, *, scale: Scale, first: int) -> str:
    """Draw the length of a figure: its parts where they add up to it, a zero as a stroke, what may be more dashed."""
    mark, value = bar.mark, bar.mark.published
    size = f'height="{_BAR}"'
    css = "k-range" if mark.status == "provisional" else "k-s1"
    out = [f'<rect class="{css}" width="{fixed(scale.at(value))}%" {size}/>'] if value else []
    values = [part.value for part in bar.parts if part.value is not None]
    if values and len(values) == len(bar.parts) and sum(values) == value:
        begins = [sum(values[:number]) for number in range(len(values))]
        out = [
            f'<rect class="{part_colour(first + number)}" x="{scale.place(begin)}" '
            f'width="{fixed(scale.at(part))}%" {size}/>' + (_cut(scale.place(begin)) if begin else "")
            for number, (begin, part) in enumerate(zip(begins, values, strict=True))
        ]
    if bar.high is not None:
        wide = fixed(scale.at(bar.high) - scale.at(value))
        out.append(f'<rect class="k-p2" x="{scale.place(value)}" width="{wide}%" {size}/>')
    if bar.is_open:
        shape = f'<path class="k-gap" d="M1 0h14l9 {_BAR // 2}-9 {_BAR // 2}h-14"/>'
        out.append(place_at(scale.place(bar.high or value), 0, shape))
    return f'{"".join(out)}<path class="k-axis" d="M0 -3v{_BAR + 6}"/>'


def _end_text(bar: Bar, *, scale: Scale, is_beside: bool) -> str:
    """Write a figure behind its bar where it fits, else within it; nothing where it fits neither."""
    text = bar.end or bar.mark.text
    end, needed = scale.at(bar.high or bar.mark.published), _needed(bar, is_beside=is_beside)
    if 100 - end >= needed:
        gap = _ARROW if bar.is_open else 6
        return place_at(f"{fixed(end)}%", 0, set_text(text, x=str(gap), y=13, css="k-text k-strong k-halo"))
    if end < needed or scale.end < 100:
        return ""
    return place_at(f"{fixed(end)}%", 0, set_text(text, x="-6", y=13, css="k-text k-strong k-inside", anchor="end"))


def _needed(bar: Bar, *, is_beside: bool) -> Decimal:
    """Give the per cents of the narrowest drawing that the figure of a bar takes, with the sign before it."""
    letters = len(bar.end or bar.mark.text) + (_ARROW if bar.is_open else 6) // 8
    return LETTER * letters * (100 / (100 - _INDENT) if is_beside else 1)


def _cut(x: str) -> str:
    """Part two neighbouring segments by a line of the ground's colour."""
    return f'<line class="k-cut" x1="{x}" x2="{x}" y1="0" y2="{_BAR}"/>'
