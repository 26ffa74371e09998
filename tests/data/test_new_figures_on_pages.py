"""Each further figure on record stands in the API and on a page, with unit, stage, precision and speaker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kompeten.ground.vocabulary import DIMENSIONS
from tests.data.test_new_figures import STATED
from tests.site_reader import at_pointer, document, pages

PRECISION = {
    "id": {"exact": "angka pasti", "about": "kira-kira", "at_least": "batas bawah", "rounded": "bulat"},
    "en": {"exact": "exact", "about": "approximate", "at_least": "lower bound", "rounded": "round"},
}
HEDGE = {
    "id": {"exact": "", "about": "sekitar", "at_least": "sekurang-kurangnya", "rounded": "dibulatkan"},
    "en": {"exact": "", "about": "about", "at_least": "at least", "rounded": "rounded"},
}
Printed = Mapping[tuple[str, str, float], set[str]]


@pytest.fixture(scope="module")
def texts(real_site: Path) -> Mapping[str, str]:
    """Give the text of every page by its path; frames are left out."""
    return {page.path: page.text for page in pages(real_site) if "embed/" not in page.path}


@pytest.fixture(scope="module")
def printed(real_site: Path) -> Printed:
    """Give the pages that print a figure: by language, source and value, as the addresses of figures say."""
    found: dict[tuple[str, str, float], set[str]] = defaultdict(set)
    for page in pages(real_site):
        for element in page.all("data") if "embed/" not in page.path else ():
            path, _, pointer = element.attributes["data-json"].removeprefix("/").partition("#")
            owner = at_pointer(document(real_site, path), pointer.rpartition("/")[0])
            if isinstance(owner, dict) and owner.get("source_id") and isinstance(owner.get("value"), (int, float)):
                found[page.language, owner["source_id"], float(owner["value"])].add(page.path)
    return found


def rows(site: Path, table: str) -> Iterator[dict[str, Any]]:
    """Give the rows of one table as the API publishes them."""
    if table in ("targets", "budgets"):
        for path in sorted(site.glob("api/v1/programmes/*.json")):
            yield from document(site, path.relative_to(site).as_posix())["data"][table]
        return
    yield from document(site, f"api/v1/{table}.json")["data"]


def the_row(site: Path, figure: dict[str, str]) -> dict[str, Any]:
    """Give the one row of the API that holds a figure; dimensions that the address leaves out are ``_T``."""
    wanted = dict(part.split("=", 1) for part in figure["row"].split(";"))
    if figure["table"] == "observations":
        wanted = {**dict.fromkeys(DIMENSIONS, "_T"), **wanted}
    (found,) = [r for r in rows(site, figure["table"]) if all(str(r[name]) == text for name, text in wanted.items())]
    return found


@pytest.mark.parametrize("figure", [pytest.param(each, id=each["id"]) for each in STATED])
def test_a_further_figure_stands_in_the_api_and_on_a_page_with_who_says_it_and_how_exactly(
    real_site: Path, printed: Printed, texts: Mapping[str, str], figure: dict[str, str]
) -> None:
    row = the_row(real_site, figure)
    assert Decimal(str(row["value"])) == Decimal(figure["value"])
    assert (row.get("stated_unit", row["unit"]), row["precision"], row["source_url"]) == (
        figure["recorded_unit"],
        figure["precision"],
        figure["source_url"],
    )
    if figure["table"] == "observations":
        assert row["stage"] == figure["stage"]
    assert row["text_kind"]
    speakers = {s["code"]: s["name"] for s in document(real_site, "api/v1/codelists/speakers.json")["data"]}
    for language in ("id", "en"):
        own = printed[language, row["source_id"], float(row["value"])]
        assert own, language
        speaker = speakers[row["speaker"]][language].casefold() if row["speaker"] != "_U" else ""
        exact = PRECISION[language][row["precision"]], HEDGE[language][row["precision"]]
        told = [
            path for path in own if speaker in texts[path].casefold() and any(word in texts[path] for word in exact)
        ]
        assert told, (language, sorted(own))


def test_most_figures_have_a_speaker() -> None:
    assert len(STATED) == 210
