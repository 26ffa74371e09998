"""Write golden files, worked examples and the frozen contract anew: ``make golden``. Look at the difference."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.golden.small import EXPECTED, ROOT, parts
from tests.spec.printed import CHAPTER, chapter


def main() -> int:
    """Write what the small site looks like now, then freeze the contract."""
    with tempfile.TemporaryDirectory() as folder:
        found = parts(Path(folder))
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for path, text in found.items():
        target = EXPECTED / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    CHAPTER.write_text(chapter(), encoding="utf-8", newline="\n")
    return subprocess.run([sys.executable, "-m", "tests.contract.freeze"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
