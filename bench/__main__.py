"""Every benchmark: ``python -m bench [--quick] [build] [judge] [door] [audit] [inversion]`` (all without a name).

--quick runs each on its smallest case, to see that it runs; its figures say nothing. --record VERSION keeps the ratios
of build and judge; ``python -m bench page`` prints those that are kept.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench import history

HERE = Path(__file__).parent
ALL = ("build", "judge", "door", "audit", "inversion")
QUICK = {"build": "--quick", "judge": "quick", "door": "kaltim", "audit": "kaltim", "inversion": "quick"}

KEPT = ("build", "judge")
"""Those whose ratios are kept in the history."""


def main(names: list[str]) -> int:
    """Run the benchmarks named, each in a process of its own, so that none warms or burdens another."""
    if names == ["page"]:
        history.PAGE.write_text(history.page(), encoding="utf-8", newline="\n")
        return 0
    is_quick, version = "--quick" in names, names[names.index("--record") + 1 :][:1] if "--record" in names else []
    names = [name for name in names if name not in ("--quick", "--record", *version)]
    if unknown := set(names) - set(ALL):
        print(f"no benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(ALL)}", file=sys.stderr)
        return 2
    for name in names or ALL:
        print(f"== {name}", flush=True)
        kept = ["--record", *version] if version and name in KEPT else []
        command = [sys.executable, str(HERE / f"{name}_bench.py"), *([QUICK[name]] if is_quick else []), *kept]
        if status := subprocess.run(command, check=False).returncode:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
