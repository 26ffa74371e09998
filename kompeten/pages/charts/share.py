"""The picture that is shown where a page is shared."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

SHARE_WIDTH, SHARE_HEIGHT = 1200, 630
FOOT = 552
"""Where the last line above the source may stand."""
ROOM = SHARE_WIDTH - 2 * 72
"""Pixels of a line between both margins."""
WIDTHS = {
    29: " \u00a0.:,;'`|i!j·’‘",
    34: "()[]lI",
    43: "/\\{}-frtJ1ª",
    50: '*"°“”^z',
    58: "csvy¢_?<>Leko×éaàáâãåèê÷",
    62: "+=x±−hnuñ–bdpq#FT~¤ä",
    69: "gß72E0£49P¥€36YZ58$B",
    75: "RSVCDKXÇAU",
    79: "&NGHOQ÷w",
    97: "@M%W…½¼",
    115: "—",
}
"""Hundredths of the size that each letter takes at most, in both weights of the bundled font; others 100."""
_LETTERS = {letter: wide for wide, letters in WIDTHS.items() for letter in letters}
_MARK_PATH = (
    "M16 0h7v7h-7zM0 8h7v7h-7zM16 8h7v7h-7zM0 16h7v7h-7zM8 16h7v7h-7zM16 16h7v7h-7zM8 24h7v7h-7zM16 24h7v7h-7z"
    "M8 32h7v7h-7zM16 32h7v7h-7z"
)
"""The mark of the site, as in ``static/mark.svg``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What the picture of a shared page says. title: "" is that of the page; figure: "" where a page has none.

    caveat: what must go along with it.
    """

    source: str
    title: str = ""
    figure: str = ""
    unit: str = ""
    base: str = ""
    caveat: str = ""

    @property
    def alt(self) -> str:
        """Say the picture in words, for those who do not see it."""
        figure = " ".join(part for part in (self.figure, self.unit, self.base) if part)
        return ". ".join(part.rstrip(".") for part in (self.title, figure, self.caveat, self.source) if part) + "."


def share_image(share: Share, *, site: str) -> str:
    """Give the share image of a page as SVG, 1200 × 630: the mark, a title, one large figure, what it is compared with,
    what must go along with it, and the source. A figure in words ("belum diketahui") is set smaller. The font is the
    one bundled under site_templates/fonts/, so that the picture is the same on every machine.
    """
    figure, caveat = share.figure, share.caveat
    is_words = any(letter.isalpha() for letter in figure)
    is_alone = not (figure or share.base or caveat)
    rows, tall = fitted(share.title, 56 if is_alone else 42, 4 if is_alone else 2)
    below = [
        (*fitted(text, most, 2), step, fill)
        for text, most, step, fill in (
            (f"{share.unit} {share.base}".strip(), 34, 20, "#8fd6c9"),
            (caveat, 26, 12, "#e6ede8"),
        )
    ]
    lead = 10 if is_words else 50
    spare = FOOT - 196 - len(rows) * (tall * 9 // 7) - sum(len(own) * (high + step) for own, high, step, _ in below)
    large = min(96 if is_words else 190 if len(figure) < 9 and not caveat else 130, spare + lead)
    size = next(s for s in range(large, 0, -2) if width(figure, s) <= ROOM)
    frame = f'width="{SHARE_WIDTH}" height="{SHARE_HEIGHT}" viewBox="0 0 {SHARE_WIDTH} {SHARE_HEIGHT}"'
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {frame} font-family="Public Sans">',
        f'<rect width="{SHARE_WIDTH}" height="{SHARE_HEIGHT}" fill="#10241f"/>',
        f'<rect width="{SHARE_WIDTH}" height="12" fill="#8fd6c9"/>',
        f'<path transform="translate(72 64) scale(1.6)" fill="#8fd6c9" d="{_MARK_PATH}"/>',
        _share_text(site, x=128, y=106, size=34, weight=700, fill="#e6ede8"),
    ]
    y = 196
    for line in rows:
        out.append(_share_text(line, x=72, y=y, size=tall, weight=400, fill="#e6ede8"))
        y += tall * 9 // 7
    if figure:
        y += size - lead
        out.append(_share_text(figure, x=66, y=y, size=size, weight=700, fill="#ffffff"))
    for own, high, step, fill in below:
        for line in own:
            y += high + step
            out.append(_share_text(line, x=72, y=y, size=high, weight=400, fill=fill))
    out.append(_share_text(share.source, x=72, y=604, size=fitted(share.source, 26, 1)[1], weight=400, fill="#a9bbb2"))
    return "".join(out) + "</svg>\n"


def width(text: str, size: int) -> float:
    """Give the room of a text in pixels, at most: by the letters of the bundled font, as wide as bold ones."""
    return sum(_LETTERS.get(letter, 100) for letter in text) * size / 100


def fitted(text: str, size: int, most: int) -> tuple[list[str], int]:
    """Break a text into lines of like length, set smaller until they are not more than ``most``; never cut."""
    for smaller in range(size, 12, -2):
        lines = _broken(text, smaller, ROOM)
        if len(lines) <= most:
            break
    even = width(text, smaller) / max(len(lines), 1)
    tries = (_broken(text, smaller, even * part / 20) for part in range(21, 60))
    return next((each for each in tries if len(each) == len(lines)), lines), smaller


def _broken(text: str, size: int, room: float) -> list[str]:
    """Break a text between words, as many on a line as it has room for."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _share_text(text: str, *, x: int, y: int, size: int, weight: int, fill: str) -> str:
    said = escape(text, quote=False)
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{said}</text>'
