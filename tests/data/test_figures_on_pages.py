"""Each of the 52 published figures is printed on a page, as the figure of a document that names its source."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.site_reader import at_pointer, document, pages

with (Path(__file__).parent / "published_figures.csv").open(encoding="utf-8", newline="") as lines:
    FIGURES = list(csv.DictReader(lines))

IDS = {"targets": "target_id", "budgets": "budget_id", "context": "context_id"}


@pytest.fixture(scope="module")
def printed(real_site: Path) -> dict[str, set[tuple[str, str, int]]]:
    """Give what each language prints: page, source and value of every figure that is a statement of a source."""
    found: dict[str, set[tuple[str, str, int]]] = {"id": set(), "en": set()}
    for page in pages(real_site):
        for element in page.all("data"):
            path, _, pointer = element.attributes["data-json"].removeprefix("/").partition("#")
            around = at_pointer(document(real_site, path), pointer.rpartition("/")[0])
            if isinstance(around, dict) and around.get("source_id") and isinstance(around.get("value"), int):
                found[page.language].add((page.path.removeprefix("en/"), around["source_id"], around["value"]))
    return found


def statement(site: Path, figure: dict[str, str]) -> dict[str, Any]:
    """Give the row of the API that holds a figure."""
    wanted = dict(part.split("=", 1) for part in figure["row"].split(";"))
    (row,) = [row for row in rows(site, figure["table"]) if all(row[name] == text for name, text in wanted.items())][:1]
    return row


def rows(site: Path, table: str) -> Iterator[dict[str, Any]]:
    """Give the rows of one table of the API, whole batches before their parts."""
    if table in ("targets", "budgets"):
        for path in sorted(site.glob("api/v1/programmes/*.json")):
            yield from document(site, path.relative_to(site).as_posix())["data"][table]
        return
    yield from sorted(document(site, f"api/v1/{table}.json")["data"], key=lambda row: len(row["cell_id"]))


def expected_page(figure: dict[str, str], row: dict[str, Any]) -> str:
    """Name the page that must print a figure."""
    if figure["table"] == "observations":
        return f"tahap/{row['batch_id']}/index.html"
    if figure["table"] == "context":
        return f"tahap/{row['batch_id']}/index.html" if row["batch_id"] else "klaim/index.html"
    return f"program/{row['programme_id']}/index.html"


@pytest.mark.parametrize("figure", [pytest.param(each, id=each["id"]) for each in FIGURES])
def test_a_published_figure_is_printed_with_its_source(
    real_site: Path, printed: dict[str, set[tuple[str, str, int]]], figure: dict[str, str]
) -> None:
    row = statement(real_site, figure)
    page = expected_page(figure, row)
    assert row["value"] == int(figure["value"])
    for language in ("id", "en"):
        assert (page, row["source_id"], row["value"]) in printed[language]
        html = next(p for p in pages(real_site) if p.path == (page if language == "id" else f"en/{page}"))
        cited = row["source_url"] or f"klaim/#sumber-{row['source_id']}"
        is_cited = any(link.endswith(cited) for link in html.links) or f'id="sumber-{row["source_id"]}"' in html.html
        assert is_cited, (page, row["source_id"])
