"""The picture that is shown where a page is shared."""

from __future__ import annotations

import textwrap
from html import escape

SHARE_WIDTH, SHARE_HEIGHT = 1200, 630
_MARK_PATH = (
    "M16 0h7v7h-7zM0 8h7v7h-7zM16 8h7v7h-7zM0 16h7v7h-7zM8 16h7v7h-7zM16 16h7v7h-7zM8 24h7v7h-7zM16 24h7v7h-7z"
    "M8 32h7v7h-7zM16 32h7v7h-7z"
)
"""The mark of the site, as in ``static/mark.svg``."""


def share_image(*, title: str, figure: str, unit: str, base: str, source: str, site: str, caveat: str = "") -> str:
    """Give the share image of a page as SVG, 1200 × 630: the mark, a title, one large figure, what it is compared with,
    what must go along with it, and the source. figure may be empty, or words ("belum diketahui") and is then set
    smaller. The font is the one bundled under site_templates/fonts/, so that the picture is the same on every machine.
    """
    is_words = any(letter.isalpha() for letter in figure)
    size = min(96, 1900 // max(len(figure), 1)) if is_words else 190 if len(figure) < 9 and not caveat else 130
    frame = f'width="{SHARE_WIDTH}" height="{SHARE_HEIGHT}" viewBox="0 0 {SHARE_WIDTH} {SHARE_HEIGHT}"'
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame} font-family="Public Sans">',
        f'<rect width="{SHARE_WIDTH}" height="{SHARE_HEIGHT}" fill="#10241f"/>',
        f'<rect width="{SHARE_WIDTH}" height="12" fill="#8fd6c9"/>',
        f'<path transform="translate(72 64) scale(1.6)" fill="#8fd6c9" d="{_MARK_PATH}"/>',
        _share_text(site, x=128, y=106, size=34, weight=700, fill="#e6ede8"),
    ]
    y = 196
    for line in textwrap.wrap(title, 50 if len(title) <= 50 else max(len(title) // 2 + 6, 36))[: 2 if figure else 4]:
        out.append(_share_text(line, x=72, y=y, size=42 if figure else 56, weight=400, fill="#e6ede8"))
        y += 54 if figure else 72
    if figure:
        y += size - (50 if not is_words else 10)
        out.append(_share_text(figure, x=66, y=y, size=size, weight=700, fill="#ffffff"))
    for line in textwrap.wrap(f"{unit} {base}".strip(), 64)[:2]:
        y += 54
        out.append(_share_text(line, x=72, y=y, size=34, weight=400, fill="#8fd6c9"))
    for line in textwrap.wrap(caveat, 88)[:2]:
        y += 38
        out.append(_share_text(line, x=72, y=y, size=26, weight=400, fill="#e6ede8"))
    out.append(_share_text(source, x=72, y=604, size=26, weight=400, fill="#a9bbb2"))
    return "".join(out) + "</svg>\n"


def _share_text(text: str, *, x: int, y: int, size: int, weight: int, fill: str) -> str:
    said = escape(text, quote=False)
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{said}</text>'
