"""Every figure on every page is the figure of the document it names, printed as the page's language prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tests.site_reader import Element, SitePage, at_pointer, document, pages

SEPARATORS = {"id": (".", ","), "en": (",", ".")}
NUMBER = re.compile(r"[+\u2212-]?\d[\d.,]*")
SCALES = {
    "juta": 10**6,
    "miliar": 10**9,
    "triliun": 10**12,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
WORDS = {
    "id": {"tidak diketahui", "disembunyikan", "tidak berlaku"},
    "en": {"not known", "hidden", "not applicable"},
}


def figures(site: Path) -> Iterator[tuple[SitePage, Element]]:
    """Give every figure of a site with the page it stands on."""
    return ((page, element) for page in pages(site) for element in page.all("data"))


def source_of(site: Path, element: Element) -> object:
    """Follow the address of a figure to its value in a document."""
    path, _, pointer = element.attributes["data-json"].partition("#")
    return at_pointer(document(site, path.removeprefix("/")), pointer)


def printed(text: str, language: str) -> Decimal:
    """Read a printed number back: separators of the language, a word of scale after it."""
    (number,) = NUMBER.findall(text)
    thousands, point = SEPARATORS[language]
    bare = number.rstrip(".,").replace(thousands, "").replace(point, ".").replace("\u2212", "-")
    scale = next((factor for word, factor in SCALES.items() if word in text.split()), 1)
    return Decimal(bare) * scale


def is_printed(value: Decimal, text: str, language: str) -> bool:
    """Tell whether a text is a value: whole, or rounded half up to the decimals that are printed (an area)."""
    shown = printed(text, language)
    return shown == value or shown == value.quantize(shown, rounding=ROUND_HALF_UP)


def test_every_page_of_data_has_figures_with_an_address(both_sites: tuple[Path, Path]) -> None:
    for site in both_sites:
        assert {page.path for page, _ in figures(site)} >= {"index.html", "en/index.html"}


def test_every_figure_leads_to_its_value_in_a_document(both_sites: tuple[Path, Path]) -> None:
    wrong = []
    for site in both_sites:
        for page, element in figures(site):
            value = source_of(site, element)
            if element.attributes["value"] != ("" if value is None else str(value)):
                wrong.append((page.path, element.attributes, value))
    assert wrong == []


def test_every_printed_figure_reads_back_as_its_value(both_sites: tuple[Path, Path]) -> None:
    wrong = []
    for site in both_sites:
        for page, element in figures(site):
            value = source_of(site, element)
            if value is not None and not is_printed(Decimal(str(value)), element.text, page.language):
                wrong.append((page.path, element.text, value))
    assert wrong == []


def test_a_figure_nobody_has_is_printed_in_words_and_never_as_a_number(both_sites: tuple[Path, Path]) -> None:
    texts = {
        (page.language, element.text.strip())
        for site in both_sites
        for page, element in figures(site)
        if source_of(site, element) is None
    }
    assert texts
    assert texts <= {(language, word) for language, words in WORDS.items() for word in words}


def test_both_languages_show_the_same_figures(both_sites: tuple[Path, Path]) -> None:
    for site in both_sites:
        shown: dict[str, list[str]] = {}
        for page, element in figures(site):
            shown.setdefault(page.path, []).append(element.attributes["data-json"])
        odd = [
            path for path in shown if not path.startswith("en/") and sorted(shown[path]) != sorted(shown[f"en/{path}"])
        ]
        assert odd == []


def test_the_real_site_says_what_is_known_of_2025(real_site: Path) -> None:
    by_path = {page.path: page.text for page in pages(real_site)}
    assert "Tercatat sekurang-kurangnya 1.586 peserta pada Tahap I, II, dan IV." in by_path["index.html"]
    assert "antara 1.586 dan 1.619" in by_path["index.html"]
    assert "Tahap III tidak punya angka publik." in by_path["index.html"]
    assert "at least 1,586 participants in Tahap I, II and IV." in by_path["en/index.html"]
    assert "between 1,586 and 1,619" in by_path["en/index.html"]
    assert "No public figure exists for Tahap III." in by_path["en/index.html"]
