"""Data pages of the built site: files with their true size and hash, every column, every address, every formula."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from kompeten.ground import formats
from kompeten.ground.wording import load_checks, load_translations
from kompeten.pages import checks
from tests.site_reader import SitePage, document, pages
from tests.some import some

ROOT = Path(__file__).parents[3]


def page(site: Path, path: str) -> SitePage:
    """Give one page of a site."""
    return next(p for p in pages(site) if p.path == f"{path}index.html")


def rows(html: str, table: str) -> list[str]:
    """Give the rows of a table's body as HTML."""
    start = html.index(f'id="{table}"')
    return re.findall(r"<tr.*?</tr>", html[start : html.index("</table>", start)], flags=re.DOTALL)[1:]


@pytest.mark.parametrize("language", ["", "en/"])
def test_downloads_are_listed_with_their_true_size_and_hash(both_sites: tuple[Path, Path], language: str) -> None:
    for site in both_sites:
        html = page(site, f"{language}data/").html
        found = {}
        for row in rows(html, "berkas-tabel"):
            name = re.search(r"downloads/([^\"]+)\"", row)
            digest = re.search(r'class="hash">([0-9a-f]{64})<', row)
            assert name
            assert digest
            found[name[1]] = digest[1]
            content = (site / "downloads" / name[1]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == digest[1]
            assert formats.file_size(len(content), "en" if language else "id") in row
        on_disk = {p.relative_to(site / "downloads").as_posix() for p in (site / "downloads").rglob("*") if p.is_file()}
        of_release = {path for path in on_disk if not path.startswith("releases/")} - {"kaltim-kompeten.zip"}
        slices = {path for path in of_release if path.startswith("slices/")}
        assert set(found) == of_release - slices
        assert slices
        assert {f'href="{"../" * (2 if language else 1)}downloads/{path}"' for path in slices} <= set(
            re.findall(r'href="[^"]*downloads/slices/[^"]*"', html)
        )


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_form_of_a_table_stands_in_its_row(both_sites: tuple[Path, Path], language: str) -> None:
    for site in both_sites:
        html = page(site, f"{language}data/").html
        package = document(site, "downloads/datapackage.json")["resources"]
        linked = [
            set(re.findall(r"downloads/([^\"]+)\"", r)) for n in ("tables", "lists") for r in rows(html, f"{n}-tabel")
        ]
        for resource in package:
            forms = {resource["path"], *(form["path"] for form in resource.get("alternates", ()))}
            assert forms in linked, resource["name"]
        assert {name for row in linked for name in row} == set(
            re.findall(r"downloads/([^\"]+)\"", "".join(rows(html, "berkas-tabel")))
        )


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_dictionary_holds_every_column(real_site: Path, language: str) -> None:
    html = page(real_site, f"{language}data/kamus/").html
    package = document(real_site, "downloads/datapackage.json")
    own = [r for r in package["resources"] if not r["name"].startswith("codelist-")]
    for resource in some(own):
        columns = re.findall(r'<th scope="row">([^<]+)</th>', "".join(rows(html, f"{resource['name']}-kolom")))
        assert columns == [field["name"] for field in resource["schema"]["fields"]]


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_reference_holds_every_address_field_and_answer(real_site: Path, language: str) -> None:
    html = page(real_site, f"{language}data/api/").html
    described = document(real_site, "api/v1/openapi.json")
    for path, item in some(described["paths"].items()):
        assert f"<code>{path}</code>" in html
        assert f'id="{item["get"]["operationId"]}"' in html
    for name, schema in some(described["components"]["schemas"].items()):
        if name.endswith(("List", "Document")) or not schema.get("properties"):
            continue
        fields = re.findall(r'<th scope="row">([^<]+)</th>', "".join(rows(html, f"bentuk-{name}-isi")))
        assert fields == list(schema["properties"])


def test_the_answers_shown_are_real(real_site: Path) -> None:
    html = page(real_site, "en/data/api/").html
    blocks = re.findall(r'<div class="code"[^>]*>(.*?)</div></div>', html, flags=re.DOTALL)
    assert len(blocks) > 10
    for block in blocks:
        text = "\n".join(re.findall(r"<div>(.*?)(?:</div>|$)", block))
        shown = json.loads(text.replace("&#34;", '"').replace("&#39;", "'").replace("&lt;", "<").replace("&amp;", "&"))
        path = shown["self"].split("/api/v1/", 1)[1]
        assert document(real_site, f"api/v1/{path}")["total"] == shown["total"]


def test_the_indonesian_reference_says_everything_in_indonesian(real_site: Path) -> None:
    assert '<span lang="en">' not in page(real_site, "data/api/").html
    known = load_translations(ROOT / "site_templates" / "wording")
    assert all(text.strip() for text in known.values())


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_formula_is_shown_with_its_parts(real_site: Path, language: str) -> None:
    text = page(real_site, f"{language}data/rumus/").text
    for measure in some(document(real_site, "api/v1/measures.json")["data"]):
        own = "en" if language else "id"
        for part in (measure["measure_id"], measure["name"][own], measure["caution"][own], measure["exclusions"][own]):
            assert part in text


@pytest.mark.parametrize("language", ["", "en/"])
def test_every_check_has_its_place_in_the_catalogue(real_site: Path, language: str) -> None:
    html = page(real_site, f"{language}data/pemeriksaan/").html
    for part in checks.PARTS:
        for slug in load_checks()[part]:
            assert f'id="{checks.anchor(part, slug)}"' in html
    assert "“1.080”" in html
    assert "{" not in html.split("<main", 1)[1].split("</main>", 1)[0]


def test_the_checklist_is_full(real_site: Path) -> None:
    html = page(real_site, "data/satu-data/").html
    for row in some(rows(html, "standar-data-tabel")):
        filled, total = re.findall(r'class="number">(\d+)<', row)
        assert 0 < int(filled) <= int(total)
