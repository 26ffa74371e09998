"""Publishing: what sets it off, from where the settings come, and the rehearsal on one machine."""

from __future__ import annotations

import fnmatch
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from kompeten.api.publication import ReleaseError, publication, refuse_early
from kompeten.ground.settings import load_settings
from kompeten.intake.validation import examine
from tests.golden import small

ROOT = Path(__file__).parents[2]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"))
TRIGGERS = WORKFLOW[True]["push"]["paths"]  # YAML 1.1 reads "on" as a truth
WATCH = """
import json, runpy, sys
opened = set()
sys.addaudithook(lambda event, found: opened.add(str(found[0])) if event == "open" else None)
sys.argv = ["build.py", "--data", sys.argv[1], "--out", sys.argv[2], "--preview"]
try:
    runpy.run_path("build.py", run_name="__main__")
except SystemExit as end:
    status = end.code
print("\\n" + json.dumps([status, sorted(opened)]))
"""


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Give a preview of a small site, and every file that its build opened."""
    folder = tmp_path_factory.mktemp("watched")
    command = [sys.executable, "-c", WATCH, str(small.data_folder(folder)), str(folder / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    status, opened = json.loads(done.stdout.splitlines()[-1])
    assert status == 0
    return folder / "site", opened


def test_publishing_is_set_off_by_everything_that_a_build_reads(watched: tuple[Path, list[str]]) -> None:
    _, opened = watched
    own = sorted({os.path.relpath(path, ROOT) for path in opened if os.path.isabs(path)} | {"build.py"})
    own = [path for path in own if not path.startswith(("..", ".venv")) and "__pycache__" not in path]
    own = [path for path in own if (ROOT / path).is_file()]
    assert {path.split("/")[0] for path in own} >= {"data", "docs", "examples", "kompeten", "site_templates"}
    assert [path for path in own if not any(fnmatch.fnmatch(path, each) for each in TRIGGERS)] == []


def test_every_page_of_a_preview_says_that_it_is_one_and_asks_not_to_be_listed(
    watched: tuple[Path, list[str]],
) -> None:
    site, _ = watched
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert len(pages) > 50
    assert [
        name
        for name, text in pages.items()
        if "PRATINJAU: rilis 2026.11" not in text and "PREVIEW: release" not in text
    ] == []
    assert "Jangan dikutip." in pages["index.html"]
    assert "Do not quote it." in pages["en/index.html"]
    assert (site / "robots.txt").read_text(encoding="utf-8").startswith("User-agent: *\nDisallow: /\n")


@pytest.mark.parametrize(
    ("base_url", "today", "is_refused"),
    [
        ("https://somebody.example/", date(2026, 11, 24), True),
        ("https://somebody.example/", date(2026, 11, 25), False),
        ("https://kaltim-kompeten.invalid/", date(2020, 1, 1), False),
    ],
)
def test_a_release_is_not_out_before_its_day(base_url: str, today: date, *, is_refused: bool) -> None:
    settings = load_settings(ROOT / "kompeten.toml").at(base_url)
    chosen = publication(examine(ROOT / "data", ROOT / "data"), settings, "2026.12")
    look = "^look at it with make preview, and check the date of this computer"
    said = look + r" ← release 2026\.12 is not out before 2026-11-25$"
    with pytest.raises(ReleaseError, match=said) if is_refused else nullcontext():
        refuse_early(chosen, today)


def test_every_trigger_names_something_that_is_there() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [each for each in TRIGGERS if not fnmatch.filter(tracked, each)] == []


def test_a_fork_publishes_with_what_its_host_says_and_no_test_sees_it() -> None:
    jobs = WORKFLOW["jobs"]
    assert jobs["build"]["env"] == {
        "KOMPETEN_BASE_URL": "${{ needs.host.outputs.base_url }}",
        "KOMPETEN_REPOSITORY_URL": "${{ github.server_url }}/${{ github.repository }}",
        "KOMPETEN_PUBLISHER": "${{ github.repository_owner }}",
        "KOMPETEN_CONTACT_EMAIL": "${{ vars.CONTACT_EMAIL }}",
        "KOMPETEN_PDF_URL": "{base_url}kaltim-kompeten-{release}.{language}.pdf",
    }
    assert "env" not in jobs["test"]
    assert {"test", "host"} == set(jobs["build"]["needs"])


def test_what_is_printed_is_published_where_the_page_of_releases_leads() -> None:
    steps = WORKFLOW["jobs"]["build"]["steps"]
    names = [step.get("run", step.get("uses", "")).split("@")[0] for step in steps]
    order = ["make pdf", ".github/scripts/lay-pdfs build/pdf site", "actions/upload-pages-artifact"]
    assert [name for name in names if name in order] == order
    assert "kaltim-kompeten-{release}.{language}.pdf" in (ROOT / "scripts/release_pdf.py").read_text(encoding="utf-8")


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let the checker of workflows read a folder, without asking any network."""
    program = Path(sys.executable).parent / "zizmor"
    command = [str(program), "--offline", "--no-progress", "--color", "never", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_no_workflow_gives_rights_or_trust_away(tmp_path: Path) -> None:
    done = zizmor(ROOT / ".github")
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    text = (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")
    (folder / "check.yml").write_text(text.replace("  pull_request:\n", "  pull_request_target:\n"), encoding="utf-8")
    assert "dangerous-triggers" in zizmor(tmp_path / ".github").stdout


# --- the rehearsal ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def check() -> ModuleType:
    """Give the script as a module."""
    spec = importlib.util.spec_from_file_location("publish_check", ROOT / "scripts/publish_check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a site of three pages whose links all lead somewhere."""
    pages = {
        "index.html": '<h1 id="awal">x</h1><a href="tahap/">a</a><a href="tahap/#bagian">b</a><a href="">c</a>',
        "tahap/index.html": '<p id="bagian">x</p><a href="../#awal">a</a><img src="../a.svg?v=1">',
        "404.html": '<a href="/kaltim-kompeten/">x</a>',
        "a.svg": "<svg/>",
    }
    for path, text in pages.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    listed(tmp_path)
    return tmp_path


def listed(site: Path) -> None:
    """Write SHA256SUMS anew."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(site).as_posix()}\n" for path in files)
    (site / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


@pytest.fixture
def host(check: ModuleType, site: Path) -> Iterator[str]:
    """Give the address of the served site."""
    with check.served(site, 0) as base:
        yield base


def test_a_sound_site_has_no_problems(check: ModuleType, site: Path, host: str) -> None:
    assert check.problems(host, site) == []


def test_what_is_wrong_is_named(check: ModuleType, site: Path, host: str) -> None:
    (site / "index.html").write_text('<a href="gone/">a</a><a href="tahap/#nowhere">b</a>', encoding="utf-8")
    listed(site)
    (site / "a.svg").write_text("<svg>changed</svg>", encoding="utf-8")
    (site / "more.txt").write_text("x", encoding="utf-8")
    assert check.problems(host, site) == [
        "more.txt: not in SHA256SUMS",
        "a.svg: not what SHA256SUMS says",
        "index.html: gone/: 404",
        "index.html: tahap/#nowhere: no such place",
        "tahap/index.html: ../#awal: no such place",
    ]


def test_the_rehearsal_answers_as_the_host_does(check: ModuleType, host: str) -> None:
    request = check.urllib.request.Request(f"{host}index.html", headers={"Accept-Encoding": "gzip"})
    with check.urllib.request.urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"] == "max-age=600"
    with check.urllib.request.urlopen(f"{host}tahap") as answer:
        assert answer.geturl() == f"{host}tahap/"
    assert check.asked(f"{host}no/such/")[0] == 404
    assert check.asked(host.replace("kaltim-kompeten/", "elsewhere/"))[0] == 404
