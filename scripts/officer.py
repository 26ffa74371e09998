"""Install the package into an empty environment and walk through the officer's page, away from the repository.

usage: python scripts/officer.py

Runs on Windows, macOS and Linux; needs Python alone. Every command of docs/id/petugas.md that begins with ``kompeten``
is run as it is printed, in order; the site is built twice, for the second time swaps it in.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "id" / "petugas.md"


def commands(page: str) -> list[str]:
    """Give the commands of a page, in order: the lines of its fenced blocks that begin with ``kompeten``."""
    blocks = re.findall(r"^ *```\n(.*?)^ *```", page, flags=re.MULTILINE | re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("kompeten ")]


def installed(folder: Path) -> Path:
    """Install the locked libraries and the package; give the folder of the programs."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True)
    subprocess.run([*pip, "--no-deps", str(ROOT)], check=True)
    return programs


def main() -> int:
    """Install, then run every command; stop at the first that fails."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        programs, office = installed(Path(temporary) / "environment"), Path(temporary) / "office"
        office.mkdir()
        printed = commands(PAGE.read_text(encoding="utf-8"))
        for line in [*printed, *(line for line in printed if line.startswith("kompeten build"))]:
            print(f"$ {line}", flush=True)
            name, *arguments = shlex.split(line)
            done = subprocess.run([str(programs / name), *arguments], cwd=office, check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
