"""Hand-written pages: a title, a description, and a twin in the other language."""

from __future__ import annotations

from pathlib import Path

import pytest

from kompeten.ground.settings import load_settings
from kompeten.site.prose import ProseError, load_prose, parse_prose

ROOT = Path(__file__).parents[3]
SETTINGS = load_settings(ROOT / "kompeten.toml")
PAGE = "---\ntitle: Istilah & arti\ndescription: Apa arti kata-kata.\n---\n# Istilah & arti\n\nIsi **penting**.\n"


def test_the_head_of_the_page_says_title_and_description_once() -> None:
    page = parse_prose(PAGE, "id", "istilah/")
    assert (page.title, page.description, page.address, page.markdown) == (
        *("Istilah & arti", "Apa arti kata-kata.", "istilah/"),
        True,
    )
    assert page.body.count("Istilah &amp; arti") == 1
    assert "# Istilah" not in page.body
    assert page.body.startswith('<div class="page-head"><h1>Istilah &amp; arti</h1><p class="lead">Apa')
    assert '<div class="prose" markdown="1">' in page.body
    assert "Isi **penting**." in page.body


def test_english_pages_stand_below_en() -> None:
    assert parse_prose(PAGE, "en", "istilah/").address == "en/istilah/"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: A\n---\nx\n", "docs/id/a.md: description: add it ← missing"),
        ("---\ntitle:\ndescription: B\n---\nx\n", "docs/id/a.md: title: add it ← missing"),
        ("---\nlayout: x\n---\nx\n", "docs/id/a.md: title, description: add it ← missing"),
        ("# A heading alone\n", "docs/id/a.md: title, description: add it ← missing"),
    ],
)
def test_what_is_missing_is_named_with_its_file(text: str, message: str) -> None:
    with pytest.raises(ProseError) as caught:
        parse_prose(text, "id", "a/")
    assert str(caught.value) == message


def test_a_page_of_one_language_alone_is_refused(tmp_path: Path) -> None:
    for language, name in (("id", "a"), ("en", "a"), ("en", "b")):
        (tmp_path / language).mkdir(exist_ok=True)
        (tmp_path / language / f"{name}.md").write_text(PAGE, encoding="utf-8")
    with pytest.raises(ProseError, match=r"^docs: only in one language: b$"):
        load_prose(tmp_path, SETTINGS)


def test_the_repositorys_pages_load_in_both_languages() -> None:
    pages = load_prose(ROOT / "docs", SETTINGS)
    assert {p.path for p in pages if p.language == "id"} == {p.path for p in pages if p.language == "en"}
    assert {"metode/", "istilah/", "privasi/", "tentang/"} <= {p.path for p in pages}


def test_the_officers_pages_say_where_the_program_is() -> None:
    pages = [page for page in load_prose(ROOT / "docs", SETTINGS) if page.path == "petugas/"]
    assert len(pages) == 2
    assert all(f"pipx install git+{SETTINGS.repository_url}\n" in page.body for page in pages)
