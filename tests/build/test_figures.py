"""Every figure on every page is the figure of the document it names, printed as the page's language prints it."""

from __future__ import annotations

import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tests.site_reader import Element, SitePage, at_pointer, document, pages
from tests.some import some

ROOT = Path(__file__).parents[2]
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


def figures(site: Path) -> tuple[tuple[SitePage, Element], ...]:
    """Give every figure of a site with the page it stands on."""
    return some((page, element) for page in pages(site) for element in page.all("data"))


def source_of(site: Path, element: Element) -> object:
    """Follow the address of a figure to its value in a document."""
    path, _, pointer = element.attributes["data-json"].partition("#")
    return at_pointer(document(site, path.removeprefix("/")), pointer)


def printed(text: str, language: str) -> tuple[Decimal, Decimal]:
    """Read a printed number back by the separators of the language, and what a word of scale after it stands for."""
    (number,) = NUMBER.findall(text)
    thousands, point = SEPARATORS[language]
    bare = number.rstrip(".,").replace(thousands, "").replace(point, ".").replace("\u2212", "-")
    scale = next((factor for word, factor in SCALES.items() if word in text.split()), 1)
    return Decimal(bare), Decimal(scale)


def is_printed(value: Decimal, text: str, language: str) -> bool:
    """Tell whether a text is a value: whole, or rounded half up to the decimals printed (an area, millions)."""
    shown, scale = printed(text, language)
    return shown * scale == value or shown == (value / scale).quantize(shown, rounding=ROUND_HALF_UP)


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
            path
            for path in some(shown)
            if not path.startswith("en/") and sorted(shown[path]) != sorted(shown[f"en/{path}"])
        ]
        assert odd == []


def ends_of_2025() -> tuple[int, int]:
    """Add up the smallest and the largest exact statements of the batches of 2025, from the data itself."""
    with (ROOT / "data/outcomes/observations.csv").open(encoding="utf-8", newline="") as lines:
        said: dict[str, list[int]] = {}
        for row in csv.DictReader(lines):
            is_whole = {row[name] for name in WHOLE} == {"_T"} and row["stage"] == "peserta" and not row["mark"]
            if is_whole and row["batch_id"].startswith("kaltim-2025-") and row["precision"] == "exact":
                said.setdefault(row["batch_id"], []).append(int(row["value"]))
    return sum(map(min, said.values())), sum(map(max, said.values()))


WHOLE = ("region_code", "qualification_level", "classification", "track", "sex", "age_band", "funding_source")


def test_the_range_of_2025_is_the_same_wherever_it_is_said(real_site: Path) -> None:
    low, high = ends_of_2025()
    assert (low, high) == (801 + 537 + 222, 860 + 540 + 222) == (1560, 1622)
    progress = document(real_site, "api/v1/progress.json")["data"]
    (found,) = [p for p in progress if p["target"]["target_id"] == "kaltim-2025-peserta"]
    achieved = found["achieved"]
    assert (achieved["low"], achieved["high_of_known"], achieved["high"]) == (low, high, None)
    assert (achieved["bound"], achieved["precision"], found["rate"]["precision"]) == ("at_least",) * 3
    for language, path, suffix in (("id", "", ""), ("en", "en/", ".en")):
        least, most = (f"{number:,}" if language == "en" else f"{number:,}".replace(",", ".") for number in (low, high))
        pages_of = {page.path: page for page in pages(real_site)}
        told = {
            "sentence": found["sentence"][language],
            "home": pages_of[f"{path}index.html"].text,
            "programme": pages_of[f"{path}program/kaltim/index.html"].text,
            "chart": (real_site / f"charts/target-kaltim-2025-peserta{suffix}.svg").read_text(encoding="utf-8"),
            "card": next(
                e.attributes["content"]
                for e in pages_of[f"{path}index.html"].all("meta")
                if e.attributes.get("property") == "og:image:alt"
            ),
        }
        assert [name for name, text in told.items() if least not in text or most not in text] == [], language
        for other in ("1.586", "1,586", "1.619", "1,619"):
            assert [name for name, text in told.items() if other in text] == []


def test_every_figure_of_every_chart_file_says_how_sure_it_is_who_says_so_and_what_it_is_about(
    both_sites: tuple[Path, Path],
) -> None:
    figures = 0
    for site in both_sites:
        latest = document(site, "api/v1/latest.json")["data"]["release"]
        sources = {row["source_id"] for row in document(site, "api/v1/sources.json")["data"]}
        for path in some(site.glob("charts/*.csv")):
            rows = some(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
            if "withdrawn_on" in rows[0]:  # a chart of an earlier release only: its row leads to what was kept of it
                assert (site / rows[0]["kept"]).exists(), (path, rows)
                continue
            for row in rows:
                assert row["release"] == f"release:{latest}"
                assert re.fullmatch(r"\d{4}(/\d{4})?", row["year"]), (path, row)
                assert row["code"], (path, row)
                assert not re.fullmatch(r"\d\d(\.\d\d)?", row["code"]), "a code of a region says whose it is"
                for column in [name.removesuffix(" (status)") for name in row if name.endswith(" (status)")]:
                    precision, named = row[f"{column} (precision)"], row[f"{column} (source_id)"]
                    is_known = row[f"{column} (status)"] in ("released", "provisional")
                    assert (bool(row[column]), bool(precision), bool(named)) == (is_known,) * 3, (path, row)
                    assert set(named.split()) <= sources
                    figures += is_known
    assert figures > 500
