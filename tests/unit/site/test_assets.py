"""The style sheet as published: every rule of ours, none of our comments."""

from __future__ import annotations

from pathlib import Path

from kompeten.site.assets import static

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
