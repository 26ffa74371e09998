"""Pages become files of a tree that any MkDocs could build, and MkDocs may not warn of anything."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from kompeten.api.publication import Shell
from kompeten.ground.workshop import Workshop
from kompeten.pages.charts import Share
from kompeten.pages.page import Crumb, Page
from kompeten.site.binding import SiteError, share_path, source_path, source_text, themed, versioned
from kompeten.site.glossary import load_glossaries
from tests.some import some

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "site_templates"
GLOSSARIES = load_glossaries(ROOT / "docs")
SHELL = Shell(
    base_url="https://x.invalid/repo/",
    contact="a@x.invalid",
    release="2026.11",
    released_on={"id": "30 November 2026", "en": "30 November 2026"},
    data_through={"id": "24 November 2026", "en": "24 November 2026"},
    synthetic=False,
)


def page(**changes: object) -> Page:
    """Give a page with some things changed."""
    values: dict[str, object] = {
        "language": "id",
        "path": "uji/",
        "title": 'A "b" & <c>',
        "description": "Uji: satu.",
        "body": "<h1>Uji</h1><p>*bintang* &amp; {{ kurung }}</p>",
    }
    return Page(**{**values, **changes})  # type: ignore[arg-type]  # values by name


def test_a_page_is_front_matter_and_its_body() -> None:
    english = page(
        language="en",
        crumbs=(Crumb(label="Regions", path="wilayah/"),),
        alternates=(("application/json", "api/v1/x.json", "JSON"),),
    )
    front, body = source_text(english).removeprefix("---\n").split("---\n", 1)
    assert source_path(english) == "en/uji/index.md"
    assert yaml.safe_load(front) == {
        "lang": "en",
        "path": "uji/",
        "title": 'A "b" & <c>',
        "description": "Uji: satu.",
        "ready": True,
        "breadcrumbs": [{"label": "Regions", "path": "wilayah/"}],
        "alternates": [{"type": "application/json", "href": "api/v1/x.json", "title": "JSON"}],
    }
    assert body == page().body + "\n"


def test_a_picture_of_a_page_is_named_after_it() -> None:
    share = Share(title="t", figure="1", unit="u", base="b", source="s")
    assert share_path(page(path="wilayah/64.02/", share=share)) == "share/wilayah-64.02.id.png"
    assert share_path(page(path="", language="en", share=share)) == "share/beranda.en.png"


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    """Give pages built: a home page in each language, a ready page and one in Markdown."""
    pages = [
        page(path="", title="Beranda"),
        page(),
        page(path="tulisan/", body="Isi **penting**, [uji](../uji/index.md).", markdown=True),
        page(path="", language="en"),
    ]
    return {path: content.decode() for path, content in themed(pages, SHELL, TEMPLATES, GLOSSARIES, Workshop()).items()}


def test_ready_html_comes_through_as_it_is(built: dict[str, str]) -> None:
    assert page().body in built["uji/index.html"]


def test_markdown_is_made_html_and_its_links_addresses(built: dict[str, str]) -> None:
    assert '<p>Isi <strong>penting</strong>, <a href="../uji/">uji</a>.</p>' in built["tulisan/index.html"]


def test_terms_are_explained_in_ready_pages_and_in_markdown_but_not_in_frames() -> None:
    asesi = {"body": "<p>Asesi</p>"}
    pages = [
        *(page(path="", **asesi), page(path="", language="en", **asesi), page(path="istilah/", **asesi)),
        page(path="tulisan/", body="Asesi", markdown=True),
        page(path="embed/x/", template="embed.html", page_path="", **asesi),
    ]
    made = {path: content.decode() for path, content in themed(pages, SHELL, TEMPLATES, GLOSSARIES, Workshop()).items()}
    links = {path: 'href="#istilah-asesi">Asesi</a>' in content for path, content in made.items()}
    explained = {"index.html", "en/index.html", "tulisan/index.html"}
    assert {path for path, has in links.items() if has} == explained
    assert '<p><a href="../en/istilah/">All terms</a></p>' in made["en/index.html"]


def test_titles_are_escaped_in_the_head(built: dict[str, str]) -> None:
    assert "<title>A &#34;b&#34; &amp; &lt;c&gt; · Kaltim Kompeten</title>" in built["uji/index.html"]


def test_the_policy_of_a_page_names_the_data_that_stands_in_it() -> None:
    pages = [page(path="", jsonld='{"name": "a & b"}'), page(path="", language="en")]
    made = {path: content.decode() for path, content in themed(pages, SHELL, TEMPLATES, GLOSSARIES, Workshop()).items()}
    inside = made["index.html"].split('<script type="application/ld+json">')[1].split("</script>")[0]
    mark = b64encode(sha256(inside.encode()).digest()).decode()
    assert f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{mark}';" in made["index.html"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in made["en/index.html"]


def test_pages_name_their_address_and_their_twin(built: dict[str, str]) -> None:
    assert '<link rel="canonical" href="https://x.invalid/repo/uji/">' in built["uji/index.html"]
    assert 'hreflang="en" href="https://x.invalid/repo/en/uji/"' in built["uji/index.html"]


def test_there_is_one_page_for_lost_addresses(built: dict[str, str]) -> None:
    assert set(built) == {*("404.html", "index.html", "en/index.html", "uji/index.html", "tulisan/index.html")}


def test_on_many_cores_and_from_memory_pages_have_the_same_bytes(tmp_path: Path) -> None:
    many = [page(path=f"uji/{number}/", body=f"<p>Asesi {number}</p>") for number in range(12)]
    written = page(path="tulisan/", body="Isi **penting**.", markdown=True)
    pages = [page(path=""), page(path="", language="en"), written, *many]
    alone = themed(pages, SHELL, TEMPLATES, GLOSSARIES, Workshop())
    workshop = Workshop(jobs=2, folder=tmp_path)
    assert themed(pages, SHELL, TEMPLATES, GLOSSARIES, workshop) == alone
    assert themed(pages, SHELL, TEMPLATES, GLOSSARIES, workshop) == alone


def test_what_stands_on_no_page_shows_on_every_page_all_the_same(tmp_path: Path) -> None:
    workshop, pages = Workshop(folder=tmp_path), [page(path=""), page(path="", language="en")]
    themed(pages, SHELL, TEMPLATES, GLOSSARIES, workshop)
    next_one = themed(pages, replace(SHELL, release="2026.12"), TEMPLATES, GLOSSARIES, workshop)
    assert all("2026.12" in content.decode() for content in some(next_one.values()))


def test_what_mkdocs_warns_of_stops_the_build() -> None:
    lost = page(path="tulisan/", body="[hilang](../hilang/index.md)", markdown=True)
    home = (page(path=""), page(path="", language="en"))
    with pytest.raises(SiteError, match=r"contains a link '\.\./hilang/index\.md'"):
        themed([*home, lost], SHELL, TEMPLATES, GLOSSARIES, Workshop())


def test_a_link_to_a_heading_that_is_not_there_stops_the_build() -> None:
    written = page(path="tulisan/", body="[hilang](../lain/index.md#tidak-ada)", markdown=True)
    other = page(path="lain/", body="## Ada", markdown=True)
    with pytest.raises(SiteError, match=r"does not contain an anchor '#tidak-ada'"):
        themed([page(path=""), page(path="", language="en"), other, written], SHELL, TEMPLATES, GLOSSARIES, Workshop())


def test_a_page_in_markdown_is_not_called_ready() -> None:
    told = {html: source_text(page(markdown=True), html).splitlines()[5] for html in (None, "<p>x</p>")}
    assert told == {None: "ready: false", "<p>x</p>": "ready: true"}


def test_below_no_path_links_of_the_lost_page_begin_at_the_root() -> None:
    shell = replace(SHELL, base_url="https://x.invalid")
    html = themed([page(path=""), page(path="", language="en")], shell, TEMPLATES, GLOSSARIES, Workshop())["404.html"]
    assert b'href="/feed.xml"' in html


def test_the_foot_says_until_when_the_data_go_in_the_words_of_its_language() -> None:
    shell = replace(SHELL, data_through={"id": "1 Januari 2025", "en": "1 January 2025"})
    html = themed([page(path=""), page(path="", language="en")], shell, TEMPLATES, GLOSSARIES, Workshop())
    told = [re.findall(r"\d+ Janua\w+ 2025", html[path].decode()) for path in ("index.html", "en/index.html")]
    assert told == [["1 Januari 2025"], ["1 January 2025"]]


def test_terms_are_explained_by_the_glossary_of_their_language() -> None:
    word = next(word for word in GLOSSARIES["en"].words if word not in GLOSSARIES["id"].words)
    pages = [page(path=""), page(path="", language="en", body=f"<h1>Test</h1><p>Here is {word}.</p>")]
    html = themed(pages, SHELL, TEMPLATES, GLOSSARIES, Workshop())["en/index.html"].decode()
    assert f'href="#istilah-{GLOSSARIES["en"].words[word]}">{word}</a>' in html


def test_the_address_of_a_style_sheet_changes_with_its_content(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    style, found = tmp_path / "static" / "a.css", []
    for content in ("a {}", "b {}"):
        style.write_text(content, encoding="utf-8")
        found.append(versioned(tmp_path, "a.css"))
    assert [re.fullmatch(r"static/a\.css\?v=[0-9a-f]{10}", address) is not None for address in found] == [True, True]
    assert found[0] != found[1]
