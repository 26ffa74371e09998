"""What is copied or made beside the pages: style sheet, scripts, marks, and the pictures of shared pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import resvg_py

from kompeten.pages import charts
from kompeten.pages.charts import Share
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


def shares(pages: Iterable[Page]) -> dict[str, Share]:
    """Give what the pictures of shared pages say, by path."""
    return {share_path(page): page.share for page in pages if page.share}


@dataclass(frozen=True, slots=True, kw_only=True)
class Painter:
    """The step from words to a picture: PNG, 1200 × 630, with the bundled font and no other."""

    templates: Path = field(repr=False)
    site_name: str

    def __call__(self, share: Share) -> bytes:
        """Draw one picture."""
        return png(charts.share_image(share, site=self.site_name), self.templates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """The step from the drawing of a chart to a picture of twice its size, with the bundled font and no other."""

    templates: Path = field(repr=False)

    def __call__(self, svg: str) -> bytes:
        """Draw one picture."""
        return png(svg, self.templates, zoom=2)


def png(svg: str, templates: Path, *, zoom: int = 1) -> bytes:
    """Turn a drawing into a PNG, the same on every machine."""
    fonts = [str(templates / "fonts" / name) for name in FONTS]
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=fonts, font_family="Public Sans", zoom=zoom
    )
    return bytes(drawn)


def printed(drawings: Mapping[str, bytes]) -> dict[str, str]:
    """Give the drawings among the files of pictures, by the path of the PNG that is made of each."""
    return {path[:-3] + "png": content.decode() for path, content in drawings.items() if path.endswith(".svg")}
