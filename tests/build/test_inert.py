"""Outputs are inert by their own writing: with every rule about texts switched off, nothing on the site is alive."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

import build
from kompeten.intake import validation
from tests.serving import serving
from tests.some import some
from tests.unit.data_folders import REPOSITORY_DATA, change, copy_of_repository, header, rows, write

SCRIPT = "<script>window.alive=1</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} ${alive} ]]> --> </style>"
RUN = "=HYPERLINK(1) {{ 7*7 }}"
ADDRESS = "javascript:alert(1)"
PROSE = re.compile(r"(?:note|reason|description|title|text|organiser)_(?:id|en)|publisher")
"""Every column of free text; each cell of it is planted."""


@pytest.fixture(scope="module")
def alive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, bytes]]:
    """Build a site from data full of scripts and formulas, with no rule to refuse them; give its files."""
    folder = copy_of_repository(tmp_path_factory.mktemp("inert"))
    shutil.copytree(REPOSITORY_DATA / "permanent", folder / "permanent")
    for path in sorted(folder.glob("[bo]*/*.csv")):
        planted = [
            {**row, **{name: f"{row[name]} {SCRIPT}" for name in row if PROSE.fullmatch(name)}} for row in rows(path)
        ]
        write(path, header(path), planted)
    first = rows(folder / "batches/batches.csv")[3]
    change(folder, "batches/batches.csv", {"batch_id": first["batch_id"]}, note_id=SCRIPT, note_en=RUN, name_en="-1+1")
    own = rows(folder / "outcomes/observations.csv")[11]
    source = {"source_id": own["source_id"]}
    change(folder, "batches/sources.csv", source, publisher=RUN, title_id=SCRIPT, title_en="@SUM(1)", url=ADDRESS)
    change(folder, "reference/regions.csv", {"region_code": "64.71"}, name_en="=1+1", name_id=f"Kota {SCRIPT[:60]}")
    patch = pytest.MonkeyPatch()
    patch.setattr(validation, "judge_by_rules", lambda _: ())
    patch.setattr(validation, "check", lambda *_: ())
    patch.setattr(build, "standing_findings", lambda *_: ())
    verdict = build.audit_directory(REPOSITORY_DATA)
    patch.setattr(build, "audit_directory", lambda *_, **__: verdict)
    try:
        out = folder.parent / "site"
        assert build.main(["--data", str(folder), "--out", str(out)]) == 0
        yield {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        shutil.rmtree(out)
    finally:
        patch.undo()


class Page(HTMLParser):
    """Collects what a browser would run: script elements with their text, handlers, addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element would run."""
        self.handlers += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action", "data")]
        self.scripts += [""] if tag == "script" else []

    def handle_data(self, data: str) -> None:
        """Keep the text of a script."""
        if self.scripts and self.cdata_elem == "script":
            self.scripts[-1] += data


def of(files: Mapping[str, bytes], ending: str) -> dict[str, str]:
    """Give the texts of the files with an ending; at least one."""
    found = {path: content.decode("utf-8") for path, content in files.items() if path.endswith(ending)}
    assert found
    return found


def test_the_planted_texts_are_on_the_site(alive: Mapping[str, bytes]) -> None:
    assert any("window.alive" in text for text in of(alive, ".html").values())


def test_no_page_runs_a_planted_script_handler_or_address(alive: Mapping[str, bytes]) -> None:
    for path, text in some(of(alive, ".html").items()):
        page = Page()
        page.feed(text)
        assert page.handlers == [], path
        assert not [each for each in page.addresses if re.match(r"(?i)\s*(?:javascript|data:text|vbscript)", each)], (
            path
        )
        assert not [each for each in page.scripts if "window.alive" in each and "</script" in each], path
        assert "window.alive=1</script>" not in text.replace("&lt;", ""), path
        assert ">49<" not in text, path


def test_nothing_that_was_planted_runs_in_a_browser(
    alive: Mapping[str, bytes], browser: Browser, tmp_path: Path
) -> None:
    for path, content in alive.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    pages = sorted(path for path, content in alive.items() if path.endswith(".html") and b"window.alive" in content)
    pictures = sorted(path for path, content in alive.items() if path.endswith(".svg") and b"window.alive" in content)
    assert len(pages) > 10
    ran: list[str] = []
    with serving(tmp_path) as address, browser.new_page() as page:
        page.on("dialog", lambda dialog: (ran.append(f"dialog on {page.url}"), dialog.dismiss()))
        page.on("console", lambda said: ran.append(f"{page.url}: {said.text}") if "inline" in said.text else None)
        for path in [*pages[:: max(1, len(pages) // 12)], *pictures[:3], "feed.xml"]:
            page.goto(f"{address}/{path}", wait_until="domcontentloaded")
            ran += [path] if page.evaluate("typeof window.alive") != "undefined" else []
    assert ran == []


def test_no_cell_of_any_csv_would_run(alive: Mapping[str, bytes]) -> None:
    for path, text in some(of(alive, ".csv").items()):
        delimiter = ";" if text.startswith("\ufeff") else ","
        for row in some(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)):
            ran = [
                cell
                for cell in some(row)
                if re.match(r"\s*[=+@\t\r-]", cell) and not re.fullmatch(r"-?\d+([.,]\d+)?", cell)
            ]
            assert ran == [], path


def test_no_cell_of_a_workbook_is_a_formula(alive: Mapping[str, bytes]) -> None:
    books = [content for path, content in alive.items() if path.endswith(".xlsx")]
    assert books
    for content in books:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            assert sheets
            assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<f " in sheet or b"hyperlink" in sheet]


@pytest.mark.parametrize("ending", [".svg", ".xml"])
def test_markup_of_other_kinds_is_well_formed_and_holds_no_script(alive: Mapping[str, bytes], ending: str) -> None:
    for path, text in some(of(alive, ending).items()):
        tree = ElementTree.fromstring(text)
        names = {str(each.tag).split("}")[-1] for each in tree.iter()}
        assert not names & {"script", "foreignObject", "img"}, path
        assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on")], path


def test_data_for_search_engines_is_json_that_closes_no_element(alive: Mapping[str, bytes]) -> None:
    found = 0
    for path, text in of(alive, ".html").items():
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            json.loads(block)
            assert "<" not in block, path
            found += 1
    assert found
