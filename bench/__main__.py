"""Every benchmark: ``python -m bench [build] [door] [audit]`` (all of them without a name)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ALL = ("build", "door", "audit")


def main(names: list[str]) -> int:
    """Run the benchmarks named, each in a process of its own, so that none warms or burdens another."""
    if unknown := set(names) - set(ALL):
        print(f"no benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(ALL)}", file=sys.stderr)
        return 2
    for name in names or ALL:
        print(f"== {name}", flush=True)
        if status := subprocess.run([sys.executable, HERE / f"{name}_bench.py"], check=False).returncode:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
