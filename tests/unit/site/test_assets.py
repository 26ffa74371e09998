"""The style sheet as published, every rule of ours and none of our comments; drawings printed as pictures."""

from __future__ import annotations

import struct
from pathlib import Path

from kompeten.pages import charts
from kompeten.pages.charts.style import FILE_WIDTH
from kompeten.site.assets import Printer, printed, static

TEMPLATES = Path(__file__).parents[3] / "site_templates"


def published(folder: Path, style: str) -> str:
    """Publish a style sheet."""
    (folder / "static").mkdir()
    (folder / "static" / "kompeten.css").write_text(style, encoding="utf-8")
    return static(folder, "2026.11")["static/kompeten.css"].decode()


def test_comments_of_the_style_sheet_stay_at_home(tmp_path: Path) -> None:
    style = "/* one\n   two */\na { color: red; } /* three */\nb {\n  /* four */\n  margin: 0;\n}\n"
    assert published(tmp_path, style) == "a { color: red; }b {\n  margin: 0;\n}\n"


def test_every_rule_of_the_style_sheet_is_published_and_under_the_release_too() -> None:
    own = (TEMPLATES / "static" / "kompeten.css").read_text(encoding="utf-8")
    files = static(TEMPLATES, "2026.11")
    assert files["static/kompeten.css"].decode().count("{") == own.count("{")
    assert b"/*" not in files["static/kompeten.css"]
    assert files["static/2026.11/kompeten.css"] == files["static/kompeten.css"]


def test_a_chart_becomes_a_picture_of_twice_its_size() -> None:
    words = charts.Words(slug="peserta", language="id", title="Peserta terbanyak: Berau, 9 orang.", source="Berau")
    marks = (charts.Mark(label="Berau", text="9", value=9),)
    svg = charts.standalone(charts.BarChart(words=words, bars=charts.plain_bars(marks)))
    drawn = Printer(templates=TEMPLATES)(svg)
    width, height = struct.unpack(">II", drawn[16:24])
    assert drawn.startswith(b"\x89PNG")
    assert width == 2 * FILE_WIDTH
    assert f'height="{height // 2}"' in svg
    assert drawn == Printer(templates=TEMPLATES)(svg)


def test_every_drawing_and_nothing_else_is_printed() -> None:
    files = {"charts/a.svg": b"<svg/>", "charts/a.csv": b"x", "charts/b.en.svg": b"<svg></svg>"}
    assert printed(files) == {"charts/a.png": "<svg/>", "charts/b.en.png": "<svg></svg>"}
