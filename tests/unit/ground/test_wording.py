"""The words of the site: one file a language, the same keys, nothing missing, nothing left over."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from kompeten.ground.wording import Wording, WordingError, load_checks, load_labels, load_wording, said
from tests.some import some

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "site_templates/wording"


def names(text: str) -> set[str]:
    """Give the values that a text asks for."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_a_text_is_filled_in() -> None:
    assert Wording("id", {"hedge.about": "sekitar {value}"})("hedge.about", value="60") == "sekitar 60"


def test_an_unknown_key_is_named_with_its_file() -> None:
    with pytest.raises(WordingError) as caught:
        Wording("en", {})("nav.home")
    assert str(caught.value) == "wording/en.toml: nav.home: 'nav.home' is missing"


def test_a_missing_value_is_named() -> None:
    with pytest.raises(WordingError) as caught:
        Wording("en", {"a": "{count} of {total}"})("a", count=1)
    assert str(caught.value) == "wording/en.toml: a: 'total' is missing"


def test_a_key_of_one_language_alone_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "id.toml").write_text('"a" = "A"\n"b" = "B"\n', encoding="utf-8")
    (tmp_path / "en.toml").write_text('"a" = "A"\n"c" = "C"\n', encoding="utf-8")
    with pytest.raises(WordingError) as caught:
        load_wording(tmp_path)
    assert str(caught.value) == "wording: only in one language: b, c"


@pytest.mark.parametrize(
    ("ask", "place"),
    [
        (lambda: said("document")["listEvil"], "data: document: 'listEvil'"),
        (lambda: load_checks()["data"]["funnel"], "checks: data: 'funnel'"),
        (lambda: load_checks()["data"]["ten-times"]["why"], "checks: data.ten-times: 'why'"),
        (lambda: load_labels("data")["tables"], "data: 'tables'"),
    ],
    ids=["a_text", "a_check", "a_part_of_a_check", "a_part_of_a_catalogue"],
)
def test_a_text_that_a_catalogue_lacks_is_named_with_its_place(ask: Callable[[], object], place: str) -> None:
    with pytest.raises(WordingError) as caught:
        ask()
    assert caught.value.text("id") == f"wording/{place} belum ada"
    assert caught.value.text("en") == f"wording/{place} is missing"


def test_both_languages_ask_for_the_same_values() -> None:
    wording = load_wording(FOLDER)
    odd = [key for key, text in some(wording["id"].texts.items()) if names(text) != names(wording["en"].texts[key])]
    assert odd == []


def test_a_text_that_says_nothing_says_nothing_in_both_languages() -> None:
    wording = load_wording(FOLDER)
    silent = [{key for key, text in each.texts.items() if not text.strip()} for each in wording.values()]
    assert silent[0] == silent[1]


def test_markup_in_a_text_is_a_link_or_a_phrase_and_is_closed() -> None:
    for wording in some(load_wording(FOLDER).values()):
        for key, text in some(wording.texts.items()):
            opened = re.findall(r"<([a-z]+)[ >]", text)
            assert opened == re.findall(r"</([a-z]+)>", text), key
            assert set(opened) <= {"a", "code", "em", "q", "strong"}, key


def test_every_text_is_used_somewhere() -> None:
    sources = [*(ROOT / "kompeten").rglob("*.py"), *(ROOT / "site_templates").rglob("*.html")]
    program = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    whole = set(re.findall(r"""["']([a-z0-9_]+(?:\.[a-z0-9_]+)*)["']""", program))
    starts = set(re.findall(r"""["']([a-z0-9_]+(?:\.[a-z0-9_]+)*\.)(?:\{|["'])""", program))

    def is_used(key: str) -> bool:
        of_table = key.removesuffix(".caption").removesuffix(".subtitle")  # ``Book.table`` takes what both begin with
        return key in whole or of_table in whole or any(key.startswith(start) for start in starts)

    assert [key for key in some(load_wording(FOLDER)["id"].texts) if not is_used(key)] == []
