"""Same input, same bytes: time zone, language, hash seed, folder, path and order of files never show."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site_reader import every_file
from tests.some import some

ROOT = Path(__file__).parents[2]
SOURCES = ("build.py", "kompeten.toml", "kompeten", "site_templates", "docs", "data", "examples")
"""What a site is made from."""
CAPTURED = {"capture_output": True, "text": True, "check": False}


def copy_backwards(folder: Path) -> None:
    """Copy the sources of a site, the last file first, all of them as old as the epoch."""
    files = [
        path
        for name in SOURCES
        for path in ([ROOT / name] if (ROOT / name).is_file() else (ROOT / name).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    for path in sorted(files, reverse=True):
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        os.utime(target, (0, 0))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a site built in another folder, on what looks like another machine."""
    home = tmp_path_factory.mktemp("di tempat lain")
    copy_backwards(home / "salinan")
    unlike = {
        "PATH": os.environ["PATH"],
        "TZ": "Pacific/Kiritimati",
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONHASHSEED": "20261130",
        "SOURCE_DATE_EPOCH": "1",
        "HOME": str(home),
    }
    script = home / "salinan/build.py"
    done = subprocess.run(
        [sys.executable, "-B", script, "--out", home / "hasil", "--jobs", "2"], cwd=home, env=unlike, **CAPTURED
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return home / "hasil"


def test_two_unlike_machines_give_the_same_bytes(real_site: Path, elsewhere: Path) -> None:
    one, other = every_file(real_site), every_file(elsewhere)
    assert list(one) == list(other)
    assert [path for path in one if one[path] != other[path]] == []


def test_checksums_are_what_sha256sum_expects(elsewhere: Path) -> None:
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=elsewhere, **CAPTURED)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_file_names_the_machine_it_was_built_on(real_site: Path, elsewhere: Path) -> None:
    machine = {str(ROOT), str(elsewhere.parent), str(Path(sys.prefix))}
    traces = {name.encode() for name in machine if name.count("/") > 1}
    for site in (real_site, elsewhere):
        files = some(every_file(site).items())
        assert [path for path, content in files if any(trace in content for trace in some(traces))] == []


def test_a_second_build_over_the_first_changes_nothing(real_site: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    shutil.copytree(real_site, out)
    (out / "index.html").write_text("a slip of the hand\n", encoding="utf-8")
    done = subprocess.run([sys.executable, ROOT / "build.py", "--out", out], cwd=tmp_path, **CAPTURED)
    assert done.returncode == 0, done.stderr
    assert every_file(out) == every_file(real_site)
    assert list(tmp_path.iterdir()) == [out]
