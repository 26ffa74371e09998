"""Every benchmark: ``python -m bench [--quick] [build] [door] [audit] [inversion]`` (all of them without a name).

--quick runs each on its smallest case, to see that it runs; its figures say nothing.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ALL = ("build", "door", "audit", "inversion")
QUICK = {"build": "--quick", "door": "kaltim", "audit": "kaltim", "inversion": "quick"}


def main(names: list[str]) -> int:
    """Run the benchmarks named, each in a process of its own, so that none warms or burdens another."""
    is_quick = "--quick" in names
    names = [name for name in names if name != "--quick"]
    if unknown := set(names) - set(ALL):
        print(f"no benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(ALL)}", file=sys.stderr)
        return 2
    for name in names or ALL:
        print(f"== {name}", flush=True)
        command = [sys.executable, str(HERE / f"{name}_bench.py"), *([QUICK[name]] if is_quick else [])]
        if status := subprocess.run(command, check=False).returncode:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
