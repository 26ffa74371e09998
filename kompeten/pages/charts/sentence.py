"""A chart in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

from kompeten.ground.findings import Language
from kompeten.pages.charts.values import (
    BarChart,
    Chart,
    Claim,
    DotRangeChart,
    FunnelChart,
    LineChart,
    Series,
    SmallMultiples,
    TargetChart,
    TileMap,
)

SAY: dict[Language, dict[str, str]] = {
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
    what is missing, and the source where there is one."""
    words = chart.words
    say = SAY[words.language]
    kind, figures = _spoken_figures(chart, say)
    title = f"{words.title}, {words.subtitle}" if words.subtitle else words.title
    source = f" {say['source']}: {words.source.rstrip('.')}." if words.source else ""
    return f"{kind}: {title.rstrip('.')}. {figures}.{source}"


def _spoken_figures(chart: Chart, say: dict[str, str]) -> tuple[str, str]:
    match chart:
        case BarChart():
            return say["bars"], "; ".join(mark.spoken for mark in chart.marks)
        case TargetChart():
            totals = [chart.target, *chart.parts, chart.low, *([chart.high] if chart.high else [])]
            open_end = f". {say['low'].format(low=chart.low.text)}" if chart.is_open else ""
            return say["target"], "; ".join(mark.spoken for mark in totals) + open_end
        case FunnelChart():
            return say["funnel"], "; ".join(stage.spoken for stage in chart.stages)
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
    ordered = sorted(claims, key=lambda claim: claim.mark.published)
    span = say["range"].format(low=ordered[0].mark.text, high=ordered[-1].mark.text)
    return "; ".join(each) + ". " + span


def _spoken_series(series: Series) -> str:
    figures = "; ".join(mark.spoken for mark in series.marks)
    return f"{series.label}: {figures}" if series.label else figures
