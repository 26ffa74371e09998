"""Whatever goes wrong, the old site stays whole, nothing is left behind, and the exit status says what kind it was."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

import build
from kompeten.api.publication import ReleaseError
from kompeten.audit import AuditError
from kompeten.ground import tree
from kompeten.ground.findings import Finding, Label
from kompeten.ground.refusal import Refused
from kompeten.ground.settings import SettingsError
from kompeten.intake.validation import Examined, examine
from tests.site_reader import every_file

ROOT = Path(__file__).parents[2]
OLD = {"index.html": b"<p>the old site</p>\n", "api/v1/progress.json": b"{}\n"}
TOLD_IN = {"build": "build.py", "kompeten.site.composing": "kompeten/site/composing.py"}
"""The tables of contents: of a build, and of what is published in it."""


class Broken(Exception):
    """A mistake in the program."""


def calls(module: str, file: str) -> Iterator[tuple[str, str]]:
    """Give every function of the package that a file calls, as it writes it (``tree.write``, ``examine``), and where it
    is looked up: in the module that it stands in, or in the file itself.
    """
    found = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(found)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kompeten")
        for alias in node.names
    }
    for node in ast.walk(found):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        owner, *attributes = name.split(".")
        if owner in imported and not name.split(".")[-1][0].isupper():
            yield name, ".".join((imported[owner], *attributes)) if attributes else f"{module}.{name}"


PLACES = dict(pair for told in TOLD_IN.items() for pair in calls(*told))
STAGES = sorted(set(PLACES) - {"cli.build_options", "guarded", "write_report", "stop_quietly"})


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a folder that holds an old site."""
    tree.write(OLD, tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture(scope="module")
def examined() -> Examined:
    """Give the repository's data, examined once for all tests here."""
    return examine(ROOT / "data", ROOT / "data")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, examined: Examined) -> None:
    """Examine nothing anew, and let the theme write one page: these tests look at what happens around both."""
    monkeypatch.setattr(build, "examine", lambda *_args: examined)
    page = b'<!doctype html><html lang="id"><title>x</title><main data-pagefind-body>satu</main></html>'
    monkeypatch.setattr("kompeten.site.binding.themed", lambda *_args, **_kwargs: {"index.html": page})


def is_untouched(out: Path) -> bool:
    """Tell whether the old site stands as it was, alone in its folder."""
    return every_file(out) == {**OLD, "SHA256SUMS": tree.checksums(OLD)} and list(out.parent.iterdir()) == [out]


def break_call(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """Make one function that build.py calls raise."""

    def fail(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise error

    monkeypatch.setattr(PLACES.get(name, f"build.{name}"), fail)


GUARDS = {
    *("examine", "publication", "standing_findings", "refuse_early", "audit_directory", "site_report"),
    *("tree.refuse_within", "tree.refuse_stranger", "tree.near_limits", "tree.write"),
}
"""What a build asks before it publishes: none of it may be lost from the table of contents."""


def test_the_list_of_stages_is_read_from_the_table_of_contents() -> None:
    assert {*GUARDS, "editions.compute", "composing.composed", "binding.themed"} <= set(STAGES)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("stage", STAGES)
def test_a_mistake_in_any_stage_leaves_the_old_site_whole(
    monkeypatch: pytest.MonkeyPatch, out: Path, stage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if stage in ("own_report", "composing.with_report"):  # asked only where the report was foretold wrongly
        told = build.site_report
        monkeypatch.setattr(build, "site_report", lambda summary, **more: told(replace(summary, files_read=0), **more))
    break_call(monkeypatch, stage, Broken(stage))
    assert build.main(["--out", str(out), "--lang", "en"]) == 4
    assert re.fullmatch(
        r"The program stopped by a mistake of its own \(Broken in [\w./]+\.py:\d+\)\. "
        r"Please report it: https://repository\.invalid/kaltim-kompeten; --debug shows the details\.\n",
        capsys.readouterr().err,
    )
    assert is_untouched(out)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("step", ["mkdir", "write_bytes", "checksums", "swap"])
def test_a_disk_that_fails_while_writing_leaves_the_old_site_whole(
    monkeypatch: pytest.MonkeyPatch, out: Path, capsys: pytest.CaptureFixture[str], step: str
) -> None:
    def full(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise OSError(28, "No space left on device")

    places = {"mkdir": "pathlib.Path.mkdir", "write_bytes": "pathlib.Path.write_bytes"}
    monkeypatch.setattr(places.get(step, f"kompeten.ground.tree.{step}"), full)
    assert build.main(["--out", str(out)]) == 2
    monkeypatch.undo()
    assert capsys.readouterr().err == "kosongkan ruang, lalu ulangi ← disk penuh [disk]\n"
    assert is_untouched(out)


@pytest.mark.usefixtures("quick")
def test_an_interrupted_build_leaves_the_old_site_whole(
    monkeypatch: pytest.MonkeyPatch, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_call(monkeypatch, "tree.write", KeyboardInterrupt())
    assert build.main(["--out", str(out), "--lang", "en"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"
    assert is_untouched(out)


@pytest.mark.usefixtures("quick")
def test_a_mistake_is_shown_in_full_where_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_call(monkeypatch, "editions.compute", Broken("why"))
    assert build.main(["--out", str(out), "--debug"]) == 4
    *shown, what, last = capsys.readouterr().err.splitlines()
    assert any("in checked" in line for line in shown)
    assert what == "Broken: why"
    assert last.startswith("Program berhenti karena kesalahannya sendiri (Broken di build.py:")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("stage", "error", "status"),
    [
        ("load_settings", SettingsError("kompeten.toml: publisher: give a text"), 2),
        ("publication", ReleaseError("--release: '1999' is not in releases.toml; there are: 2026.11"), 2),
        ("tree.write", FileExistsError("site: exists and holds no SHA256SUMS"), 2),
        ("tree.write", AuditError("hidden cell found"), 3),
        ("audit_directory", AuditError("policy.toml: cannot be read"), 3),
        ("audited", AuditError("the finished site tells a hidden count"), 3),
    ],
)
def test_an_expected_failure_is_one_plain_message_and_a_status(
    monkeypatch: pytest.MonkeyPatch,
    out: Path,
    capsys: pytest.CaptureFixture[str],
    stage: str,
    error: Exception,
    status: int,
) -> None:
    break_call(monkeypatch, stage, error)
    assert build.main(["--out", str(out)]) == status
    assert capsys.readouterr().err == f"{error.told('id') if isinstance(error, Refused) else f'{error} [disk]'}\n"
    assert is_untouched(out)


# --- findings, usage, disclosure: as a caller meets them -----------------------------------------------------------


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run build.py as a command of its own."""
    inherited = {"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, ROOT / "build.py", *map(str, arguments)],
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bad_data(tmp_path: Path) -> Path:
    """Give the repository's data with one date that is no date."""
    folder = tmp_path / "in" / "data"
    shutil.copytree(ROOT / "data", folder)
    batches = folder / "batches/batches.csv"
    batches.write_text(batches.read_text(encoding="utf-8").replace("2025-06-30", "2025-06-31"), encoding="utf-8")
    return folder


def test_findings_are_all_shown_with_status_1_and_no_traceback(bad_data: Path, out: Path) -> None:
    done = run("--data", bad_data, "--out", out, "--lang", "en")
    assert done.returncode == 1
    assert done.stdout.startswith("data/batches/batches.csv:5: start_on: ")
    assert " ← " in done.stdout.splitlines()[0]
    last = "Findings in the data: 1. Nothing was published; the old site is as it was."
    assert done.stdout.splitlines()[-1] == last
    assert done.stderr == ""
    assert every_file(out)["index.html"] == OLD["index.html"]


def test_findings_are_written_as_json_for_other_programs(bad_data: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    done = run("--data", bad_data, "--check", "--report", report)
    body = json.loads(report.read_text(encoding="utf-8"))
    assert done.returncode == 1
    assert body["total"] == len(body["findings"]) >= 1
    first = body["findings"][0]
    assert set(first) == {"file", "rule", "what", "mend", "row", "column", "rows", "count"}
    assert (first["file"], first["row"], first["column"]) == ("batches/batches.csv", 5, "start_on")
    assert set(first["what"]) == set(first["mend"]) == {"id", "en"}


def test_a_report_of_clean_data_is_an_empty_list(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert run("--check", "--report", report).returncode == 0
    assert json.loads(report.read_text(encoding="utf-8")) == {"total": 0, "findings": []}


def test_findings_become_annotations_in_github_actions(bad_data: Path) -> None:
    done = run("--data", bad_data, "--check", "--lang", "en", GITHUB_ACTIONS="true")
    notes = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert notes
    assert notes[0].startswith("::error file=data/batches/batches.csv,line=5,title=")
    assert "::error" not in run("--data", bad_data, "--check").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--jobs", "0"], "build.py: --jobs: tulis bilangan bulat 1 atau lebih"),
        (["--jobs", "0", "--lang", "en"], "build.py: --jobs: write a whole number of 1 or more"),
        (["--lang", "fr"], "build.py: --lang: tulis salah satu dari id, en ← f… bukan salah satunya"),
        (["--frobnicate"], "build.py: hapus --f… ← tidak dikenal di sini"),
        (["--frobnicate", "--lang=en"], "build.py: remove --f… ← not known here"),
        (["--release", "1999.01"], "--release: tulis salah satu dari "),
        (["--base-url", "x.invalid"], "--base-url: base_url: tulis https://host/"),
    ],
)
def test_wrong_usage_is_status_2_and_says_what_to_write(arguments: list[str], message: str, out: Path) -> None:
    done = run(*arguments, "--out", out)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(message)
    assert "Traceback" not in done.stderr
    assert is_untouched(out)


def test_a_folder_that_is_no_site_of_ours_is_never_overwritten(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.txt").write_text("years of work\n", encoding="utf-8")
    done = run("--out", home)
    assert done.returncode == 2
    assert done.stderr == (
        "home: sebut tempat lain ← sudah ada dan tidak berisi SHA256SUMS; bukan situs kami [output]\n"
    )
    assert every_file(home) == {"thesis.txt": b"years of work\n"}


def test_a_file_in_the_place_of_the_site_is_never_overwritten(tmp_path: Path) -> None:
    taken = tmp_path / "site"
    taken.write_text("a file\n", encoding="utf-8")
    done = run("--out", taken)
    assert (done.returncode, done.stderr) == (2, "site: sebut tempat lain ← bukan folder [output]\n")
    assert taken.read_text(encoding="utf-8") == "a file\n"


@pytest.mark.parametrize("inside", ["site", "outcomes/site", ".", ".."])
def test_a_site_within_the_data_or_around_them_is_refused(tmp_path: Path, inside: str) -> None:
    data = shutil.copytree(ROOT / "data", tmp_path / "a" / "data")
    done = run("--data", data, "--out", data / inside, "--lang", "en")
    assert done.returncode == 2
    assert done.stderr.endswith(
        ": name another place with --out ← the data and the site must not hold each other [output]\n"
    )
    assert every_file(data) == every_file(ROOT / "data")


def test_check_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "site"
    done = run("--check", "--out", out, "--lang", "en")
    assert done.returncode == 0
    assert done.stdout.startswith("The data are clean: ")
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_a_hidden_count_that_can_be_worked_out_is_status_3(tmp_path: Path, demo_data: Path, out: Path) -> None:
    folder = tmp_path / "in" / "data"
    shutil.copytree(demo_data, folder)
    observations = folder / "outcomes/observations.csv"
    header, *rows = observations.read_text(encoding="utf-8").splitlines()
    assert header.split(",")[9:12] == ["value", "status", "precision"]
    # One of two sexes hidden, the other and the total printed: the difference gives it away, and so does the mark.
    for number, row in enumerate(rows):
        cells = row.split(",")
        if cells[1] == "peserta" and cells[6] == "P" and cells[10] == "released" and cells.count("_T") == 6:
            cells[9:12] = ["", "hidden", ""]
            rows[number] = ",".join(cells)
            break
    observations.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    done = run("--data", folder, "--out", out, "--lang", "en")
    assert done.returncode == 3, done.stdout
    assert done.stdout.splitlines()[-1] == "Disclosure risks: 2. Nothing was published; the old site is as it was."
    assert done.stderr == ""
    assert every_file(out)["index.html"] == OLD["index.html"]


# --- in process: what stands in the console --------------------------------------------------------------------------


def test_a_person_sees_every_finding_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], examined: Examined
) -> None:
    findings = tuple(
        Finding(file="a.csv", row=row, rule="r", what=Label("salah", "wrong"), mend=Label("betulkan", "mend it"))
        for row in (2, 3)
    )
    monkeypatch.setattr(build, "examine", lambda *_args: replace(examined, findings=findings))
    assert build.main(["--check", "--lang", "en"]) == 1
    assert capsys.readouterr().out == (
        "data/a.csv:2: mend it ← wrong [r]\ndata/a.csv:3: mend it ← wrong [r]\n"
        "Not yet compared with earlier releases, nor audited: mend these findings first.\n"
        f"What each code in square brackets means: {build.load_settings(ROOT / 'kompeten.toml').base_url}"
        "en/data/pemeriksaan/\n"
        "Findings in the data: 2. Nothing was published; the old site is as it was.\n"
    )
