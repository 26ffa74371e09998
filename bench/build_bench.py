"""How long each stage of a build takes, and beside what: writing the same bytes from memory; MkDocs alone.

Run: python -m bench (with the others) or python bench/build_bench.py. Prints ratios alone, since seconds belong to one
machine. Two baselines, measured in the same run: the whole site written to disk from memory (``raw write``), and MkDocs
on the same portable tree of pages without the accelerator, its Markdown reader doing all the work (``MkDocs alone``).
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import build
from kompeten.console import Console
from kompeten.ground import tree
from kompeten.site import binding

ROOT = Path(__file__).parents[1]
REPEATS = 3
"""The best of so many counts for the baselines, which are short."""


class Observed:
    """Notes what passes between two rooms, and lets it pass."""

    def __init__(self, work: Callable[..., Any]) -> None:
        self.work = work
        self.given: tuple[Any, ...] = ()

    def __call__(self, *given: Any, **options: Any) -> Any:
        """Do the work."""
        self.given = given
        return self.work(*given, **options)


def best(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Give the seconds of the fastest of some runs."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def write_raw(files: dict[str, bytes], folder: Path) -> None:
    """Write bytes that are in memory, and nothing more."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def built(data: Path, folder: Path) -> tuple[dict[str, float], dict[str, bytes], tuple[Any, ...]]:
    """Build a site; give the seconds of its stages, its files, and what the theme was given."""
    console = Console("en", out=io.StringIO(), err=io.StringIO())
    theme, writer = Observed(binding.themed), Observed(tree.write)
    build.binding.themed, build.tree.write = theme, writer  # type: ignore[assignment]
    make_console, build.Console = build.Console, lambda _language: console  # type: ignore[assignment, misc]
    try:
        status = build.main(["--data", str(data), "--out", str(folder / "site")])
    finally:
        build.binding.themed, build.tree.write = theme.work, writer.work
        build.Console = make_console  # type: ignore[misc]
    if status:
        raise SystemExit(f"the build ended with {status}: {console.out.getvalue()[-2000:]}")  # type: ignore[attr-defined]
    return console.seconds, dict(writer.given[0]), theme.given


def without_accelerator(pages: Any, shell: Any, templates: Path, glossaries: Any) -> None:
    """Let MkDocs build the same tree with no page marked as ready."""
    work = binding.Work
    binding.Work = lambda **given: work(**{**given, "ready": frozenset()})  # type: ignore[assignment, misc]
    try:
        binding.themed(pages, shell, templates, glossaries)
    finally:
        binding.Work = work  # type: ignore[misc]


def run(name: str, data: Path, *, repeats: int = 2) -> None:
    """Measure one site."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        seconds, files, themed = built(data, folder)
        size = sum(map(len, files.values()))
        numbers = iter(range(REPEATS))
        raw = best(lambda: write_raw(files, folder / f"raw-{next(numbers)}"))
        alone = best(lambda: without_accelerator(*themed), repeats)
        with_it = best(lambda: binding.themed(*themed), repeats)
    print(f"{name}: {len(files):,} files, {size / 1e6:.1f} MB, {len(themed[0]):,} pages")
    print("  raw write of the same bytes                 1.0 (baseline)")
    for stage, spent in seconds.items():
        print(f"  {stage:<40} {spent / raw:8.1f} × raw write")
    print(f"  {'all stages':<40} {sum(seconds.values()) / raw:8.1f} × raw write")
    print("  MkDocs alone on the same tree               1.0 (baseline)")
    print(f"  {'site, with the accelerator':<40} {with_it / alone:8.2f} × MkDocs alone")


def main() -> None:
    """Measure the real site, and the site of the synthetic programme."""
    from kompeten.invented.sample import write_sample
    from tests.golden.small import data_folder

    if "--quick" in sys.argv:
        with tempfile.TemporaryDirectory() as place:
            run("small", data_folder(Path(place)), repeats=1)
        return
    run("real", ROOT / "data")
    with tempfile.TemporaryDirectory() as place:
        write_sample("kaltim", 1, Path(place) / "data")
        run("kaltim, synthetic", Path(place) / "data")


if __name__ == "__main__":
    main()
