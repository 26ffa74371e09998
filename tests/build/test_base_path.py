"""The site works under any address: served below /repo/, every link leads somewhere, and none leads out by mistake."""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from kompeten.ground import store
from tests.serving import serving
from tests.site_reader import document, pages
from tests.some import some

ROOT = Path(__file__).parents[2]
BASE = "https://x.invalid/repo/"


@pytest.fixture(scope="module")
def below_repo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a site for https://x.invalid/repo/ in its folder ``repo``."""
    home = tmp_path_factory.mktemp("host")
    command = [sys.executable, ROOT / "build.py", "--base-url", BASE, "--out", home / "repo"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def host(below_repo: Path) -> Iterator[str]:
    """Serve that folder, as a host of project sites does."""
    with serving(below_repo) as address:
        yield address


def status(host: str, path: str) -> int:
    """Ask for one address and give the status of the answer."""
    connection = http.client.HTTPConnection(urlsplit(host).netloc, timeout=10)
    try:
        connection.request("HEAD", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_every_link_of_every_page_is_answered_below_the_base_path(below_repo: Path, host: str) -> None:
    wanted = set()
    for page in pages(below_repo / "repo"):
        here = BASE + page.path.removesuffix("index.html")
        for link in page.links:
            found = urlsplit(urljoin(here, link))
            if found.netloc == "x.invalid":
                wanted.add(found.path)
    assert [path for path in some(sorted(wanted)) if not path.startswith("/repo/")] == []
    assert [path for path in some(sorted(wanted)) if status(host, path) != 200] == []


def test_the_page_for_a_lost_address_works_at_any_depth(below_repo: Path) -> None:
    (lost,) = (page for page in pages(below_repo / "repo") if page.path == "404.html")
    inside = [link for link in lost.links if not urlsplit(link).scheme and not link.startswith("#")]
    assert inside
    assert [link for link in inside if not link.startswith("/repo/")] == []


def test_documents_and_pages_name_their_own_address(below_repo: Path) -> None:
    site = below_repo / "repo"
    assert document(site, "api/v1/progress.json")["self"] == f"{BASE}api/v1/progress.json"
    # What an earlier release left says where it stood then, and stays as it was.
    kept = {path for paths in store.lists(ROOT / "data").values() for path in paths}
    for page in some(each for each in pages(site) if each.path not in kept):
        for element in page.all("link"):
            if element.attributes["rel"] == "canonical":
                assert element.attributes["href"].startswith(BASE), page.path


def test_a_base_address_without_its_last_slash_is_the_same_address(below_repo: Path, tmp_path: Path) -> None:
    command = [sys.executable, ROOT / "build.py", "--base-url", BASE.rstrip("/"), "--out", tmp_path / "site"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert (tmp_path / "site/SHA256SUMS").read_bytes() == (below_repo / "repo/SHA256SUMS").read_bytes()
