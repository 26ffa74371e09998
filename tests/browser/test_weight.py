"""Weight: a first view fits a cheap phone, and the style sheet carries only what some page uses."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.site_reader import pages
from tests.some import some

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "site_templates"
FIRST_VIEW = 25_000
EMBED = 15_000
SCRIPTS = ("kompeten.js", "search.js", "tables.js", "compare.js")
STYLE, SCRIPT, MARK = "static/kompeten.css", "static/kompeten.js", "static/favicon.svg"
STATUSES = ("released", "provisional", "hidden", "unknown", "zero", "not_applicable")
MADE_BY_SCRIPT = re.compile(r"""(?:className = |classList\.add\()["']([\w-]+)["']""")


def packed(path: Path) -> int:
    """Give the bytes of a file as a server sends it."""
    return len(gzip.compress(path.read_bytes(), compresslevel=6, mtime=0))


def first_view(site: Path, page: str, *shared: str) -> int:
    """Give the bytes of a page with everything it loads by itself."""
    return packed(site / page) + sum(packed(site / name) for name in shared)


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_region_page_is_at_most_25_kb_on_a_first_view(both_sites: tuple[Path, Path], language: str) -> None:
    for site in both_sites:
        paths = [p.path for p in pages(site) if p.path.startswith(f"{language}wilayah/6")]
        assert paths
        sizes = {path: first_view(site, path, STYLE, SCRIPT, MARK) for path in paths}
        assert {path: size for path, size in sizes.items() if size > FIRST_VIEW} == {}


def test_an_embed_is_under_15_kb_with_its_style(both_sites: tuple[Path, Path]) -> None:
    for site in both_sites:
        embeds = [p.path for p in pages(site) if p.path.startswith(("embed/", "en/embed/"))]
        assert embeds
        assert {path for path in embeds if first_view(site, path, STYLE) >= EMBED} == set()


def test_a_page_loads_one_style_sheet_one_script_and_a_mark(real_site: Path) -> None:
    for page in some(pages(real_site)):
        if "embed/" in page.path:
            continue
        sheets = [e for e in page.all("link") if e.attributes["rel"] == "stylesheet"]
        scripts = [e for e in page.all("script") if e.attributes.get("type") != "application/ld+json"]
        assert (len(sheets), len(scripts)) == (1, 1), page.path
        assert all("src" in script.attributes for script in some(scripts)), page.path


def styled() -> set[str]:
    """Give every class that the style sheet has a rule for."""
    sheet = (TEMPLATES / STYLE).read_text(encoding="utf-8")
    bare = re.sub(r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", "", sheet, flags=re.DOTALL)
    return {
        name for selector in re.findall(r"[^{}]+(?=\{)", bare) for name in re.findall(r"\.(-?[a-zA-Z][\w-]*)", selector)
    }


def shown(sites: tuple[Path, Path]) -> set[str]:
    """Give every class that a page of either site has, or that a script gives to an element."""
    scripts = [(TEMPLATES / "static" / name).read_text(encoding="utf-8") for name in SCRIPTS]
    return {name for script in scripts for name in MADE_BY_SCRIPT.findall(script)} | {
        name
        for site in sites
        for page in pages(site)
        for element in page.elements
        for name in element.attributes.get("class", "").split()
    }


def test_every_class_of_the_style_sheet_is_used_somewhere(both_sites: tuple[Path, Path]) -> None:
    # Some marks show only what neither site has today, such as a provisional figure; their parts are in the templates.
    parts = [*TEMPLATES.rglob("*.html"), *(ROOT / "kompeten/pages/charts").glob("*.py")]
    written = "\n".join(path.read_text(encoding="utf-8") for path in parts)
    stems = set(re.findall(r"([a-z][\w-]*-)\{", written))
    may_come = {f"{stem}{status}" for stem in stems for status in STATUSES}
    seen = shown(both_sites) | may_come | set(re.findall(r"(?<![\w-])[a-zA-Z][\w-]*", written))
    assert [name for name in some(sorted(styled())) if name not in seen] == []
