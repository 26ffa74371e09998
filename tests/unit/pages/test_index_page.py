"""A–Z: every page of a language once, under its letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from kompeten.pages.index import by_letter
from tests.site_reader import pages
from tests.some import some


def test_titles_are_grouped_by_letter_whatever_their_case_and_signs() -> None:
    titles = [("Zamrud", "z/"), ('"anonim"', "a/"), ("Étude", "e/"), ("2025", "n/"), ("abjad", "b/")]
    assert {letter: [path for _, path in found] for letter, found in by_letter(titles).items()} == {
        "#": ["n/"],
        "A": ["b/", "a/"],
        "E": ["e/"],
        "Z": ["z/"],
    }


def test_pages_of_one_title_keep_a_fixed_order() -> None:
    assert by_letter([("Sama", "2/"), ("Sama", "1/")]) == {"S": [("Sama", "1/"), ("Sama", "2/")]}


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_index_leads_to_every_page_of_its_language(both_sites: tuple[Path, Path], language: str) -> None:
    for site in both_sites:
        index = next(p for p in pages(site) if p.path == f"{language}a-z/index.html")
        main = index.html[index.html.index("<main") : index.html.index("</main>")]
        wanted = {
            p.path.removeprefix(language).removesuffix("index.html")
            for p in pages(site)
            if p.path.startswith("en/") == bool(language) and p.path != "404.html"
        }
        wanted = {path for path in wanted if not path.startswith(("embed/", "a-z/"))}
        up = "../../en/" if language else "../"
        assert [path for path in some(sorted(wanted)) if f'href="{up}{path}"' not in main] == []
