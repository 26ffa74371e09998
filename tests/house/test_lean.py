"""What a command does not need it does not load: told by what stands in ``sys.modules``, not by a clock."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden.small import data_folder
from tests.house.reading_code import ROOT

SOLVERS = {"scipy", "highspy", "numpy"}
WRITERS = {"pyarrow", "openpyxl", "xlsxwriter", "mkdocs", "markdown", "resvg_py", "pagefind_bin", "jinja2"}
JUDGE = {"frictionless"}
PUBLISHING = {"kompeten.forms", "kompeten.pages", "kompeten.site", "kompeten.register", "kompeten.invented"}
ASK = """
import json, sys
{work}
opened = list(sys.modules)
print(json.dumps(sorted(opened)), file=sys.stderr)
"""


def opened(work: str, *arguments: str) -> set[str]:
    """Give the modules that ran in a fresh interpreter that did some work: libraries and our rooms by name."""
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(work=work), *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = json.loads(done.stderr.splitlines()[-1])
    ours = {".".join(name.split(".")[:2]) for name in names if name.startswith("kompeten.") and name.count(".") > 1}
    return ours | {name.split(".")[0] for name in names}


def test_to_read_the_arguments_of_a_build_opens_no_library_and_no_room_of_publishing() -> None:
    assert opened("import build") & (SOLVERS | WRITERS | JUDGE | PUBLISHING) == set()


def test_a_check_of_data_without_hidden_counts_opens_no_solver_and_no_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMPETEN_CACHE", str(tmp_path / "cache"))
    data = str(ROOT / "data")
    work = "import build; assert build.main(['--check', '--jobs', '1', '--data', sys.argv[1]]) == 0"
    assert opened(work, data) >= JUDGE  # and what reads the files of earlier releases: they are remembered afterwards
    assert opened(work, data) & (SOLVERS | WRITERS | JUDGE | PUBLISHING) == set()


def test_a_check_of_hidden_counts_opens_the_solver(tmp_path: Path) -> None:
    work = "import build; build.main(['--check', '--no-cache', '--jobs', '1', '--data', sys.argv[1]])"
    assert opened(work, str(data_folder(tmp_path))) >= SOLVERS


@pytest.mark.parametrize("command", ["check", "audit", "diff", "anonymize", "sample"])
def test_the_help_of_a_command_opens_no_library(command: str) -> None:
    work = "import contextlib; from kompeten import cli\nwith contextlib.suppress(SystemExit): cli.main(sys.argv[1:])"
    assert opened(work, command, "--help") & (SOLVERS | WRITERS | JUDGE | PUBLISHING) == set()
