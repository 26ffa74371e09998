"""What is copied or made beside the pages: style sheet, scripts, marks, and the pictures of shared pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import resvg_py

from kompeten.pages import charts
from kompeten.pages.page import Page
from kompeten.site.binding import share_path

STYLE = "kompeten.css"
COMMENT = re.compile(rb"[ \t]*/\*.*?\*/[ \t]*\n?", re.DOTALL)
FONTS = ("PublicSans-Regular.ttf", "PublicSans-Bold.ttf")


def static(templates: Path, release: str) -> Mapping[str, bytes]:
    """Give the files of ``site_templates/static`` by path below the root of the site.

    The style sheet is published without its comments, a tenth of its weight. It stands there a second time under the
    release, for embeds that stay when the next release comes.
    """
    folder = templates / "static"
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    files[STYLE] = COMMENT.sub(b"", files[STYLE])
    files[f"{release}/{STYLE}"] = files[STYLE]
    return {f"static/{name}": content for name, content in files.items()}


def share_pictures(pages: Iterable[Page], templates: Path, site_name: str) -> Mapping[str, bytes]:
    """Draw the picture of every page that has one: PNG, 1200 × 630, with the bundled font and no other."""
    fonts = [str(templates / "fonts" / name) for name in FONTS]
    return {share_path(page): _png(page, fonts, site_name) for page in pages if page.share}


def _png(page: Page, fonts: list[str], site_name: str) -> bytes:
    if page.share is None:
        raise ValueError(f"{page.path}: no picture")
    share = page.share
    svg = charts.share_image(
        title=share.title,
        figure=share.figure,
        unit=share.unit,
        base=share.base,
        source=share.source,
        site=site_name,
    )
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts, font_family="Public Sans")
    )
