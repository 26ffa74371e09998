"""Reading: on a narrow phone, enlarged, in the dark, on paper, without script; nothing moves and nobody is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Visit
from tests.browser.fonts import FONTS, bring, use
from tests.browser.kinds import in_both_languages
from tests.site_reader import pages
from tests.some import some

Open = Callable[..., Visit]
CODE = re.compile(r"iframe src=&#34;\w+://[^/]+/([^&]+/)&#34;.*?height=&#34;(\d+)&#34;")
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHIFT = """() => new Promise(done => {
  const [{domInteractive}] = performance.getEntriesByType("navigation");
  let early = 0, late = 0;
  new PerformanceObserver(list => {
    for (const e of list.getEntries()) e.startTime < domInteractive ? early += e.value : late += e.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(late + Math.max(0, early - .01)), 60);
})"""
"""Nothing moves once a page is there. While it arrives, which a slow machine lets one see, a table may find its
columns: a tenth of what Core Web Vitals call good.
"""
GLUED = """() => [...document.querySelectorAll("table tr")].flatMap(row => {
  const cells = [...row.children].map(cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return [...range.getClientRects()].filter(box => box.width > 0);
  }).filter(boxes => boxes.length);
  return cells.slice(1).filter((boxes, index) => boxes.some(b => cells[index].some(a =>
    a.bottom > b.top + 2 && b.bottom > a.top + 2 && b.left - a.right < 4))).map(() => row.innerText.slice(0, 60));
})"""
CUT = """() => [...document.querySelectorAll("figure.chart > svg")].flatMap(drawing => {
  const whole = drawing.getBoundingClientRect();
  return [...drawing.querySelectorAll("text")].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.right > whole.right + 2 || box.left < whole.left - 2);  // letters may lean out a little
  }).map(text => text.textContent);
})"""
BROKEN = """() => [...document.querySelectorAll(".tilemap :is(.tile__name, .tile__value, .chip)")].flatMap(e => {
  const text = document.createTreeWalker(e, NodeFilter.SHOW_TEXT).nextNode(), range = document.createRange();
  return [...text.data.matchAll(/\\S+/g)].filter(word => {
    range.setStart(text, word.index), range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map(word => word[0]);
})"""
A4 = 717  # pixels between the margins of a sheet
LIGHTNESS = """() => {
  const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
  return (r + g + b) / 3;
}"""


def moved(page: Page) -> float:
    """Give by how much a page that is there moves, each time that it is opened."""
    found = []
    # The last of what arrives may be laid out after the page says that it is there: now and then.
    while len(found) < 3 and (by := round(page.evaluate(SHIFT), 4)):
        found.append(by)
        page.reload(wait_until="load")
    return min(found) if len(found) == 3 else 0


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(320, 640, 2), (320, 256, 4), (1280, 900, 1)], ids=["320 px", "400 %", "desktop"]
)
def test_no_page_is_wider_than_its_window_asks_strangers_says_errors_or_moves(
    browser: Browser, address: str, real_site: Path, width: int, height: int, scale: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=scale)
    seen = Visit(context.new_page())
    wrong = {}
    for path in some(in_both_languages(real_site)):
        seen.asked.clear(), seen.said.clear()
        seen.page.goto(f"{address}/{path}", wait_until="load")
        strangers = [url for url in seen.asked if not url.startswith(f"{address}/")]
        found = (seen.page.evaluate(WIDER), strangers, list(seen.said), moved(seen.page))
        if found != (0, [], [], 0):
            wrong[path] = found
    context.close()
    assert wrong == {}


def test_in_the_fonts_of_phones_and_desks_no_page_is_wider_than_its_screen_and_no_text_of_a_drawing_is_cut(
    browser: Browser, address: str, real_site: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    wrong = {}
    for path in some(in_both_languages(real_site)):
        page.goto(f"{address}/{path}")
        bring(page)
        for font in FONTS:
            use(page, font)
            for width in (280, 1024):
                page.set_viewport_size({"width": width, "height": 800})
                if (found := (page.evaluate(WIDER), page.evaluate(CUT))) != (0, []):
                    wrong[path, font, width] = found
    context.close()
    assert wrong == {}


def test_an_embed_fits_the_frame_of_its_code(browser: Browser, address: str, real_site: Path) -> None:
    codes = {
        path: int(height)
        for page in pages(real_site)
        for path, height in CODE.findall(page.html)
        if not page.path.startswith(("embed/", "en/embed/"))
    }
    context = browser.new_context()
    page = context.new_page()
    wrong = {}
    for path, height in some(codes.items()):
        page.goto(f"{address}/{path}")
        bring(page)
        use(page, FONTS[-1])
        for width in (280, 800):
            page.set_viewport_size({"width": width, "height": height})
            found = (page.evaluate(WIDER), page.evaluate("() => document.body.getBoundingClientRect().height"))
            if not (found[0] == 0 and height - 300 < found[1] <= height):
                wrong[path, width] = (*found, height)
    context.close()
    assert wrong == {}


def test_without_script_every_page_says_what_it_says_with_it(browser: Browser, address: str, real_site: Path) -> None:
    with_script, without = browser.new_context(), browser.new_context(java_script_enabled=False)
    one, other = with_script.new_page(), without.new_page()
    odd = []
    for path in some(in_both_languages(real_site)):
        one.goto(f"{address}/{path}")
        other.goto(f"{address}/{path}")
        figures = [page.locator("main data").all_inner_texts() for page in (one, other)]
        headings = [page.locator("main :is(h1, h2, h3)").all_inner_texts() for page in (one, other)]
        if figures[0] != figures[1] or headings[0] != headings[1] or not headings[0]:
            odd.append(path)
    with_script.close(), without.close()
    assert odd == []


def test_the_dark_needs_no_script(visit: Open, address: str) -> None:
    dark = visit(f"{address}/", color_scheme="dark", java_script_enabled=False).page
    light = visit(f"{address}/", color_scheme="light", java_script_enabled=False).page
    assert dark.evaluate(LIGHTNESS) < 64
    assert light.evaluate(LIGHTNESS) > 192


def test_a_choice_of_theme_stays_on_the_next_page(visit: Open, address: str) -> None:
    page = visit(f"{address}/", color_scheme="light").page
    page.locator(".theme select").select_option("dark")
    assert page.evaluate(LIGHTNESS) < 64
    page.goto(f"{address}/metode/")
    assert page.evaluate(LIGHTNESS) < 64


def test_on_paper_menus_go_and_addresses_of_links_are_printed(visit: Open, address: str) -> None:
    page = visit(f"{address}/").page
    page.emulate_media(media="print")
    for part in (".menu", ".search", ".language", ".skip", ".colophon ul"):
        assert not page.locator(part).first.is_visible(), part
    assert page.locator("main h1").is_visible()
    assert page.locator(".colophon").is_visible()
    link = page.locator('main a[href^="http"]').first
    shown = link.evaluate("e => getComputedStyle(e, '::after').content")
    assert str(link.get_attribute("href")) in shown
    assert page.evaluate(LIGHTNESS) == 255


def test_on_a4_no_number_is_glued_to_its_neighbour_and_nothing_is_cut(
    browser: Browser, address: str, real_site: Path
) -> None:
    context = browser.new_context(viewport={"width": A4, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    wrong = {}
    for path in some(in_both_languages(real_site)):
        page.goto(f"{address}/{path}")
        bring(page)
        for font in (FONTS[0], FONTS[-1]):
            use(page, font)
            found = (page.evaluate(WIDER), page.evaluate(GLUED))
            if found != (0, []):
                wrong[path, font] = found
    context.close()
    assert wrong == {}


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize(
    "path", ["", "program/kaltim/", "tahap/kaltim-2025-1/", "wilayah/64.02/", "wilayah/", "tahap/", "klaim/"]
)
def test_a_picture_begins_in_the_first_screen_of_a_phone(visit: Open, address: str, language: str, path: str) -> None:
    page = visit(f"{address}/{language}{path}", width=360, height=640).page
    box = page.locator("figure.chart > :is(svg, .tilemap)").first.bounding_box()
    assert box is not None
    assert box["y"] < 500


def test_a_wish_for_less_motion_is_granted(visit: Open, address: str) -> None:
    page = visit(f"{address}/", reduced_motion="reduce").page
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(e => {
          const style = getComputedStyle(e);
          return parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01;
        }).length"""
    )
    assert moving == 0
    assert page.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_with_forced_colours_marks_are_still_drawn(visit: Open, address: str) -> None:
    page = visit(f"{address}/", forced_colors="active").page
    assert page.locator("main h1").is_visible()
    assert page.locator("figure.chart svg").first.is_visible()


def test_with_forced_colours_tiles_of_different_statuses_differ(visit: Open, demo_address: str) -> None:
    page = visit(f"{demo_address}/wilayah/", forced_colors="active").page
    look = "e => { const s = getComputedStyle(e); return s.backgroundImage + s.backgroundColor; }"
    # A place is hidden or unknown in one release and counted in the next: the looks are compared whatever the data are.
    page.evaluate(
        """() => ["hidden", "unknown"].forEach((status, i) =>
             document.querySelectorAll(".tile")[i].className = `tile tile--${status}`)"""
    )
    kinds = sorted({e.get_attribute("class").split()[-1] for e in page.locator(".tile").element_handles()})
    looks = [page.locator(f".{kind}").first.evaluate(look) for kind in kinds]
    assert {"tile--hidden", "tile--unknown"} < set(kinds)
    assert len(set(looks)) == len(kinds)


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("site", ["address", "demo_address"])
def test_no_word_of_the_map_breaks_on_phones_and_tablets(
    visit: Open, request: pytest.FixtureRequest, site: str, language: str
) -> None:
    page = visit(f"{request.getfixturevalue(site)}/{language}wilayah/").page
    bring(page)
    broken = {}
    for font, width in product(FONTS, (280, 320, 360, 768)):
        use(page, font)
        page.set_viewport_size({"width": width, "height": 800})
        broken[font, width] = page.evaluate(BROKEN)
    assert page.locator(".tilemap :is(.tile__value, .chip)").count() == page.locator(".tilemap .tile__name").count() > 0
    assert {key: words for key, words in broken.items() if words} == {}


def test_paper_is_white_whatever_theme_was_chosen_and_shows_whole_tables(visit: Open, demo_address: str) -> None:
    page = visit(f"{demo_address}/wilayah/", width=700, color_scheme="dark").page
    page.locator(".theme select").evaluate("e => { e.value = 'dark'; e.dispatchEvent(new Event('change')); }")
    assert page.evaluate(LIGHTNESS) < 64
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(LIGHTNESS) == 255
    assert page.locator("main h1").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert page.evaluate(WIDER) == 0
    hidden = page.evaluate("() => [...document.querySelectorAll('.scroller')].map(e => getComputedStyle(e).overflowX)")
    assert set(hidden) == {"visible"}


@pytest.mark.parametrize("path", ["wilayah/", "en/wilayah/64.09/"])
def test_drawn_glyphs_are_not_read_out(visit: Open, demo_address: str, path: str) -> None:
    page = visit(f"{demo_address}/{path}").page
    assert page.locator(".chip").count() > 0
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    spoken = {node["nodeId"]: node for node in tree if not node.get("ignored")}
    drawn = {child for node in tree if node.get("role", {}).get("value") == "image" for child in within(tree, node)}
    texts = {n["name"]["value"] for key, n in spoken.items() if key not in drawn and n["role"]["value"] == "StaticText"}
    assert (
        texts & {"?", "\N{MULTIPLICATION SIGN}", "~", "\N{EN DASH}", "\N{NOT EQUAL TO}", "\N{BLACK CIRCLE}", "/"}
        == set()
    )


def within(tree: list[dict[str, Any]], node: dict[str, Any]) -> Iterator[str]:
    """Give the ids of everything inside a node of an accessibility tree."""
    by_id = {one["nodeId"]: one for one in tree}
    for child in node.get("childIds", []):
        yield child
        yield from within(tree, by_id[child]) if child in by_id else ()


@pytest.mark.parametrize(
    ("today", "is_late"), [("2027-02-28T12:00:00+08:00", False), ("2027-03-01T00:30:00+08:00", True)]
)
def test_a_release_that_is_late_says_so_without_a_build(
    visit: Open, address: str, today: str, *, is_late: bool
) -> None:
    page = visit(f"{address}/en/").page
    page.clock.set_fixed_time(today)
    page.goto(f"{address}/en/rilis/")
    assert page.locator("[data-due]").is_visible() == is_late
