"""The fonts of readers' phones and desks: tests bring them, so that those of a machine decide nothing.

Cut to the letters of the pages (``pyftsubset``); Arimo has the widths of Arial and Liberation Sans.
"""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Page

FONTS = ("roboto", "arimo", "noto-sans", "dejavu-sans")
"""From narrow to wide."""

FOLDER = Path(__file__).parent / "fonts"
LOAD = """fonts => Promise.all(fonts.map(([family, weight, data]) => {
  const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
  const face = new FontFace(family, bytes, {weight});
  document.fonts.add(face);
  return face.load();
})).then(() => undefined)"""
SET = """family => {
  for (const role of ["text", "display"]) document.documentElement.style.setProperty(`--font-${role}`, family);
}"""


def bring(page: Page) -> None:
    """Load every font into the page that is open."""
    files = [(f"test-{name}", weight, FOLDER / f"{name}-{weight}.woff2") for name in FONTS for weight in ("400", "700")]
    page.evaluate(LOAD, [[family, weight, b64encode(file.read_bytes()).decode()] for family, weight, file in files])


def use(page: Page, name: str) -> None:
    """Set every text of the page that is open in one of the fonts; ``bring`` comes first."""
    page.evaluate(SET, f"test-{name}")
