"""Walking: by keyboard, between languages, to a lost address, into a frame, from a disk."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.serving import serving
from tests.site_reader import document

Open = Callable[..., Visit]
FOCUS = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
  return {
    name: (e.getAttribute("aria-label") || e.innerText || e.name || e.id || e.tagName).trim().slice(0, 40),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth,
    ring: ring,
    body: e === document.body,
  };
}"""


def walk(page: Page, *, most: int = 400) -> list[dict[str, object]]:
    """Press Tab until the focus leaves the page; give every stop."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["body"]:
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("path", ["", "wilayah/", "tahap/kaltim-2025-1/", "klaim/", "data/", "en/kualifikasi/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_stop_of_the_keyboard_is_seen_and_ringed(visit: Open, address: str, path: str, width: int) -> None:
    page = visit(f"{address}/{path}", width=width, reduced_motion="reduce").page  # scrolls at once, not by and by
    stops = walk(page)
    assert len(stops) > 10
    assert [stop for stop in stops if not (stop["seen"] and stop["ring"])] == []


def test_the_first_stop_skips_to_the_content(visit: Open, address: str) -> None:
    page = visit(f"{address}/").page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#isi")).to_be_focused()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_menu_of_a_phone_opens_by_keyboard(visit: Open, address: str, script: bool) -> None:
    page = visit(f"{address}/", width=360, java_script_enabled=script).page
    link = page.locator(".menu nav a").nth(2)
    expect(link).not_to_be_visible()
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".menu nav a").first).to_be_focused()


def test_the_menu_of_a_desk_lies_open(visit: Open, address: str) -> None:
    expect(visit(f"{address}/").page.locator(".menu nav a").first).to_be_visible()


def test_a_wide_table_scrolls_by_keyboard(visit: Open, address: str) -> None:
    page = visit(f"{address}/wilayah/", width=320).page
    regions = page.locator(".scroller")
    wide = [
        region
        for region in regions.all()
        if region.is_visible() and region.evaluate("e => e.scrollWidth > e.clientWidth")
    ]
    assert wide, "on a narrow phone the table of regions is wider than the window"
    wide[0].focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=wide[0].element_handle())


def test_every_tile_of_the_map_leads_to_its_region(visit: Open, address: str) -> None:
    page = visit(f"{address}/wilayah/").page
    tiles = page.locator(".tilemap a")
    assert tiles.count() == 10
    tiles.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/wilayah/64.*/")
    assert page.locator("main h1").inner_text()


@pytest.mark.parametrize("path", ["", "wilayah/64.02/", "tahap/kaltim-2025-4/", "metode/"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_switch_of_language_stays_on_the_page(visit: Open, address: str, path: str, script: bool) -> None:
    page = visit(f"{address}/{path}", java_script_enabled=script).page
    page.locator("a.language").click()
    page.wait_for_url(f"{address}/en/{path}")
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("a.language").click()
    page.wait_for_url(f"{address}/{path}")
    assert page.locator("html").get_attribute("lang") == "id"


def test_a_chart_is_read_out_by_pointer_and_by_keyboard(visit: Open, address: str) -> None:
    page = visit(f"{address}/").page
    chart = page.locator("figure.chart > svg").first
    readout = page.locator("figure.chart .chart__readout").first
    chart.focus()
    page.keyboard.press("ArrowRight")
    first = readout.inner_text()
    page.keyboard.press("ArrowRight")
    assert first
    assert readout.inner_text() != first


def test_a_lost_address_gets_a_page_that_leads_back(visit: Open, address: str) -> None:
    page = visit(f"{address}/").page
    answer = page.goto(f"{address}/tidak/ada/di/sini/")
    assert answer is not None
    assert answer.status == 404
    assert len(page.locator("main h1, main h2").all()) == 2
    page.locator("main a").first.click()
    page.wait_for_url(f"{address}/")


def test_an_embed_is_light_has_a_table_and_runs_no_script(visit: Open, address: str, real_site: Path) -> None:
    for frame in sorted((real_site / "embed").rglob("index.html")):
        assert len(gzip.compress(frame.read_bytes(), compresslevel=6, mtime=0)) < 7_500, frame
    newest = document(real_site, "api/v1/latest.json")["data"]["release"]
    for release in ("", f"{newest}/"):
        seen = visit(f"{address}/embed/target-kaltim-2025-peserta/{release}", width=480)
        page = seen.page
        assert page.locator("table").count() == 1
        assert page.locator("script").count() == 0
        assert not [url for url in seen.asked if ".js" in url]
        sheets = [url.partition("?v=")[0] for url in seen.asked if ".css" in url]
        assert sheets == [f"{address}/static/{release}kompeten.css"]
        assert page.locator(".embed__source a").get_attribute("target") == "_top"


def test_an_embed_stands_in_somebody_elses_page(visit: Open, address: str, tmp_path: Path) -> None:
    source = f"{address}/embed/target-kaltim-2025-peserta/"
    frame = f'<iframe title="x" width="480" height="600" src="{source}"></iframe>'
    (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{frame}", encoding="utf-8")
    with serving(tmp_path) as elsewhere:
        inside = visit(f"{elsewhere}/").page.frame_locator("iframe")
        expect(inside.locator("figure svg").first).to_be_visible()
        expect(inside.locator("main")).to_contain_text("1.560")


@pytest.fixture(scope="session")
def disk(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the archive of everything and give its folder."""
    folder = tmp_path_factory.mktemp("disk")
    with zipfile.ZipFile(real_site / "downloads/kaltim-kompeten.zip") as archive:
        archive.extractall(folder)
    return folder / "kaltim-kompeten"


def test_the_archive_opens_from_a_disk(visit: Open, disk: Path) -> None:
    seen = visit(f"{disk.as_uri()}/index.html")
    page = seen.page
    assert page.locator("main h1").inner_text()
    assert page.evaluate("() => getComputedStyle(document.body).fontFamily") != "Times New Roman"
    page.locator('.menu nav a[href*="wilayah"]').click()
    page.wait_for_url("**/wilayah/index.html")
    assert page.locator(".tilemap a").count() == 10
    page.locator("a.language").click()
    page.wait_for_url("**/en/wilayah/index.html")
    assert page.locator("html").get_attribute("lang") == "en"
    assert [url for url in seen.asked if not url.startswith("file://")] == []
    assert seen.said == []


@pytest.mark.parametrize(
    ("language", "words", "leads"),
    [("", "istilah", "istilah"), ("", "Kutai Kartanegara", "wilayah/64.02"), ("en/", "certificate", "en/")],
)
def test_search_finds_pages_of_its_own_language(
    visit: Open, address: str, language: str, words: str, leads: str
) -> None:
    seen = visit(f"{address}/{language}")
    page = seen.page
    assert not [url for url in seen.asked if "pagefind" in url or "search.js" in url], "loaded only when used"
    page.locator("#cari").click()
    page.keyboard.type(words)
    found = page.locator(".search__found a")
    expect(found.first).to_be_visible()
    addresses = [link.evaluate("e => e.href") for link in found.all()]
    assert all(url.startswith(f"{address}/en/") == bool(language) for url in addresses)
    assert any(f"/{leads}" in url for url in addresses)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != f"{address}/{language}")
    assert seen.said == []
    assert [url for url in seen.asked if not url.startswith(address)] == []


@pytest.mark.parametrize(
    ("path", "words", "first"),
    [
        ("", "wanita", "Yang kami cari dan tidak kami temukan"),
        ("", "Tahap III", "Tahap III 2025"),
        ("", "kutim", "Kutai Timur"),
        ("", "sertifkat", "ertifikat"),
        ("en/", "certifcate", "ertificat"),
        ("en/", "kutim", "East Kutai"),
    ],
)
def test_words_as_readers_write_them_are_found_with_an_excerpt(
    visit: Open, address: str, path: str, words: str, first: str
) -> None:
    # The address of a form that was sent before the script was there.
    page = visit(f"{address}/{path}a-z/?q={words.replace(' ', '+')}").page
    found = page.locator("[data-found-here] .search__found li").first
    expect(found).to_be_visible()
    assert first in found.locator("a").inner_text()
    assert len(found.locator("span").inner_text()) > 20


def test_a_table_is_chosen_from_ordered_and_taken_along(visit: Open, address: str) -> None:
    seen = visit(f"{address}/tahap/")
    page = seen.page
    assert not [url for url in seen.asked if "tables.js" in url], "loaded only when used"
    tools, table = page.locator("section .tools").first, page.locator("#tabel-2025")
    tools.locator("summary").click()
    tools.locator("select").select_option("1 -1")
    names = [row.split("\t")[0] for row in table.locator("tbody tr").all_inner_texts()]
    assert names[:3] == ["Tahap I 2025", "Tahap II 2025", "Tahap IV 2025"]
    tools.locator("input").fill("bontang")
    assert table.locator("tbody tr:visible").count() == 1
    with page.expect_download() as download:
        tools.locator("button").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[:2] == [
        "Tahap,Peserta orang,Waktu,Program",
        "Tahap I 2025,827,30 Juni–4 Juli 2025,Pelatihan dan sertifikasi Provinsi Kalimantan Timur",
    ]
    assert seen.said == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("wilayah=64.02&wilayah=64.72", ["Kabupaten Kutai Kartanegara", "Kota Samarinda"]),
        ("tahap=kaltim-2025-1&tahap=ppu-2024", ["Tahap I 2025", "Pelatihan Penajam Paser Utara, November 2024"]),
        ("tahun=2024&tahun=2025", ["2025", "2024"]),
    ],
)
def test_an_address_sets_its_choice_side_by_side(visit: Open, address: str, query: str, names: list[str]) -> None:
    page = visit(f"{address}/banding/?{query}").page
    table = page.locator(".compare + div table")
    expect(table).to_be_visible()
    assert table.locator("th[scope=col]").all_inner_texts()[1:] == names


def test_two_regions_stand_side_by_side_three_actions_from_home(visit: Open, address: str) -> None:
    page = visit(f"{address}/").page
    page.locator('.asked a[href="banding/#bandingkan"]').click()
    page.get_by_label("Kabupaten Berau").check()
    page.get_by_label("Kota Bontang").check()
    heads = page.locator(".compare + div th[scope=col]")
    expect(heads).to_have_text(["Wilayah", "Kabupaten Berau", "Kota Bontang"])
    assert page.url == f"{address}/banding/?wilayah=64.03&wilayah=64.74#bandingkan"
    page.get_by_label("Kota Bontang").uncheck()
    expect(heads).to_have_text(["Wilayah", "Kabupaten Berau"])


def test_an_address_that_names_what_is_not_here_says_so(visit: Open, address: str) -> None:
    page = visit(f"{address}/banding/?wilayah=64.02&wilayah=99.99&wilayah=<b>x").page
    expect(page.locator(".compare + div table")).to_be_visible()
    expect(page.get_by_text("Tidak ada di situs ini: 99.99, <b>x", exact=True)).to_be_visible()


def test_without_script_a_choice_leads_to_the_whole_tables(visit: Open, address: str) -> None:
    page = visit(f"{address}/banding/?wilayah=64.02", java_script_enabled=False).page
    links = [link.get_attribute("href") for link in page.locator("#bandingkan ~ div > p a").all()][-3:]
    assert links == ["../wilayah/", "../tahap/", "../program/kaltim/"]


def test_an_address_opens_what_is_folded_over_its_place(visit: Open, address: str) -> None:
    assert visit(f"{address}/klaim/#sumber-korsa").page.locator("#sumber-korsa").is_visible()


def test_a_search_that_finds_nothing_says_so(visit: Open, address: str) -> None:
    page = visit(f"{address}/").page
    page.locator("#cari").click()
    page.keyboard.type("zzzzqqqqxxxx")
    expect(page.locator(".search [role=status]")).to_have_text(page.locator(".search").get_attribute("data-none") or "")
    page.keyboard.press("Escape")
    expect(page.locator(".search__found")).not_to_be_visible()


def test_without_script_search_leads_to_the_index(visit: Open, address: str) -> None:
    page = visit(f"{address}/", java_script_enabled=False).page
    page.locator("#cari").fill("sertifikat")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/a-z/?q=sertifikat")
    assert page.locator("main a").count() > 20


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_term_is_explained_where_the_reader_is_and_leads_back(visit: Open, address: str, script: bool) -> None:
    page = visit(f"{address}/wilayah/64.02/", width=360, height=740, java_script_enabled=script).page
    term = page.locator("#kata-tempat-tinggal")
    term.scroll_into_view_if_needed()
    before = term.bounding_box()
    term.focus()
    page.keyboard.press("Enter")
    entry = page.locator("#istilah-tempat-tinggal")
    expect(entry).to_be_in_viewport()
    expect(entry).to_be_focused()
    assert term.bounding_box() == before
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(term).to_be_focused()
    expect(term).to_be_in_viewport()
    expect(entry).not_to_be_in_viewport()


def test_escape_closes_what_lies_over_the_page(visit: Open, address: str) -> None:
    page = visit(f"{address}/", width=360, height=740).page
    page.locator("#kata-peserta").click()
    expect(page.locator("#istilah-peserta")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#istilah-peserta")).not_to_be_in_viewport()
    page.locator(".menu summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".menu nav")).not_to_be_visible()
    expect(page.locator(".menu summary")).to_be_focused()
