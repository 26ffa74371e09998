"""Search: words of prose in both languages, no figures, the same bytes each time, nothing of the program's widgets."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from kompeten.ground.workshop import Workshop
from kompeten.site.search import bundle, is_searched, read

PAGE = (
    '<!doctype html><html lang="{lang}"><head><title>{title}</title></head><body><main data-pagefind-body>'
    "<h1>{title}</h1><p>{text}</p></main></body></html>"
)
SITE = {
    "metode/index.html": PAGE.format(lang="id", title="Metode", text='Cara dihitung: <data value="827">827</data>.'),
    "en/method/index.html": PAGE.format(lang="en", title="Method", text="How it is counted."),
    "embed/x/index.html": PAGE.format(lang="id", title="Sematan", text="Kata rahasia."),
    "en/a-z/index.html": PAGE.format(lang="en", title="A–Z", text="Secret word."),
    "404.html": PAGE.format(lang="id", title="Hilang", text="Hilang."),
    "api/v1/index.json": "{}",
}


@pytest.fixture(scope="module")
def made() -> Mapping[str, bytes]:
    """Give the bundle of the small site."""
    return bundle({path: text.encode() for path, text in SITE.items()})


def fragments(made: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """Give what is indexed of each page, by its address."""
    found = {}
    for path, content in made.items():
        if path.endswith(".pf_fragment"):
            text = gzip.decompress(content)
            body = json.loads(text[text.index(b"{") :])
            found[body["url"]] = body
    return found


def test_each_language_has_its_own_index(made: Mapping[str, bytes]) -> None:
    entry = json.loads(made["pagefind/pagefind-entry.json"])
    assert {name: language["page_count"] for name, language in entry["languages"].items()} == {"id": 1, "en": 1}


def test_figures_frames_and_lists_stay_out(made: Mapping[str, bytes]) -> None:
    found = fragments(made)
    assert set(found) == {"/metode/", "/en/method/"}
    assert "Cara dihitung" in found["/metode/"]["content"]
    assert "827" not in found["/metode/"]["content"]


def test_the_same_pages_give_the_same_bytes(made: Mapping[str, bytes]) -> None:
    assert bundle({path: text.encode() for path, text in reversed(SITE.items())}) == made


def test_a_figure_a_table_or_the_frame_of_a_page_that_changes_asks_for_no_other_index() -> None:
    page = PAGE.replace("{text}", "Kata <data>{figure}</data>.<table data-pagefind-ignore><td>{figure}</td></table>")
    one, other = (page.format(lang="id", title="Judul", figure=figure).encode() for figure in (827, 828))
    framed = other.replace(b"<body>", b"<body><p>828</p>")
    assert read(one) == read(other) == read(framed) != read(one.replace(b"Kata", b"Kita"))


def test_only_what_a_search_needs_is_published(made: Mapping[str, bytes]) -> None:
    assert {path for path in made if path.endswith((".css", ".js"))} == {
        "pagefind/pagefind.js",
        "pagefind/pagefind-worker.js",
    }


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("index.html", True),
        ("en/index.html", True),
        ("embed/x/index.html", False),
        ("en/embed/x/index.html", False),
        ("en/a-z/index.html", False),
        ("404.html", False),
        ("feed.xml", False),
    ],
)
def test_pages_are_chosen_by_their_address(path: str, wanted: bool) -> None:
    assert is_searched(path) is wanted


def test_the_index_is_made_once_while_nothing_changes_but_figures(
    made: Mapping[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = {path: text.replace("827", "828").encode() for path, text in SITE.items()}
    assert bundle(changed) == made
    workshop = Workshop(folder=tmp_path, program="x")
    assert bundle({path: text.encode() for path, text in SITE.items()}, workshop) == made
    with monkeypatch.context() as gone:
        gone.setattr("kompeten.site.search.get_executable", lambda: "/nowhere")
        assert bundle(changed, workshop) == made
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:-9] + bytes(9))
    assert bundle(changed, workshop) == made
