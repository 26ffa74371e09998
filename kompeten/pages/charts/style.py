"""The colours of charts, for files that stand alone.

The page's style sheet holds the same tokens for light (equal to these, by test) and others for dark.
"""

import re

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
.k-halo { paint-order: stroke; stroke: var(--colour-paper); stroke-width: 3px; stroke-linejoin: round; }
.k-inside { fill: var(--colour-paper); }
.k-range { fill: var(--colour-range); }
.k-axis { stroke: var(--colour-axis); stroke-width: 1; }
.k-grid { stroke: var(--colour-line); stroke-width: 1; }
.k-gap { fill: none; stroke: var(--colour-gap); stroke-width: 1.5; stroke-dasharray: 4 3; }
.k-box { fill: none; stroke: var(--colour-gap); stroke-width: 1.5; }
.k-target { stroke: var(--colour-target); stroke-width: 2; }
.k-line { fill: none; stroke-width: 2.25; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.k-broad { stroke-width: 8; stroke-opacity: .45; }
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
PART_COLOURS = ("k-s1", "k-p2", "k-s4", "k-s3", "k-s5", "k-s6")


def fill_tokens(style: str) -> str:
    """Put the light colours and the font of files in the place of the page's custom properties."""
    style = style.replace("var(--font-text)", FILE_FONT)
    return re.sub(r"var\((--[a-z0-9-]+)\)", lambda found: LIGHT[found.group(1)], style)


def part_colour(number: int) -> str:
    return PART_COLOURS[(number - 1) % len(PART_COLOURS)]
