"""A chart in words, for those who do not see it."""

from __future__ import annotations

from kompeten.ground.wording import Wording, spoken
from kompeten.pages.charts.values import BarChart, Chart, DotRangeChart, LineChart, Series, StripChart, TileMap


def alt(chart: Chart) -> str:
    """Give the sentences that say everything the drawing shows, in the chart's language: kind, title, every figure,
    what is missing, and the source where there is one."""
    words = chart.words
    say = spoken("chart", words.language)
    kind, figures = _spoken_figures(chart, say)
    titles = ". ".join(text.rstrip(".") for text in (words.title, words.subtitle) if text)
    source = f" {say('source')}: {words.source.rstrip('.')}." if words.source else ""
    return f"{kind}: {titles}. {figures}.{source}"


def _spoken_figures(chart: Chart, say: Wording) -> tuple[str, str]:
    match chart:
        case BarChart():
            open_ends = "; ".join(bar.mark.text for bar in chart.bars if bar.is_open)
            lower = [say("low", low=open_ends)] if open_ends else []
            return say("bars"), ". ".join(["; ".join(bar.spoken for bar in chart.bars), *lower])
        case DotRangeChart():
            return say("dots"), _spoken_claims(chart, say)
        case LineChart():
            return say("lines"), ". ".join(_spoken_series(series) for series in chart.series)
        case StripChart():
            return say("strip"), ". ".join(_spoken_series(row) for row in chart.rows)
        case TileMap():
            return say("tiles"), "; ".join(tile.mark.spoken for tile in chart.tiles)


def _spoken_claims(chart: DotRangeChart, say: Wording) -> str:
    each = [
        f"{claim.mark.spoken} ({claim.detail}{', ' + say('preferred') if claim.preferred else ''})"
        for claim in chart.claims
    ]
    ends = {"low": chart.format_tick(chart.low), "high": chart.format_tick(chart.high)}
    span = [say("range", **ends)] if chart.low < chart.high else []
    return ". ".join(["; ".join(each), *span])


def _spoken_series(series: Series) -> str:
    figures = "; ".join(mark.spoken for mark in series.marks)
    return f"{series.label}: {figures}" if series.label else figures
