"""How long each stage of a build takes, and beside what: writing the same bytes from memory; MkDocs alone.

Run: python -m bench (with the others) or python bench/build_bench.py. Prints ratios alone, since seconds belong to one
machine. Two baselines, measured in the same run: the whole site written to disk from memory (``raw write``), and MkDocs
on the same portable tree of pages, its Markdown reader and its theme doing all the work (``MkDocs alone``).
"""

from __future__ import annotations

import io
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

import build
from kompeten.console import Console
from kompeten.ground import tree
from kompeten.ground.workshop import Workshop
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
        status = build.main(["--data", str(data), "--out", str(folder / "site"), "--no-cache"])
    finally:
        build.binding.themed, build.tree.write = theme.work, writer.work
        build.Console = make_console  # type: ignore[misc]
    if status:
        raise SystemExit(f"the build ended with {status}: {console.out.getvalue()[-2000:]}")  # type: ignore[attr-defined]
    return console.seconds, dict(writer.given[0]), theme.given


def mkdocs_alone(pages: Any, templates: Path, folder: Path) -> None:
    """Let MkDocs build the same tree, its Markdown reader doing all the work, in its own theme."""
    for page in pages:
        target = folder / "docs" / binding.source_path(page)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(binding.source_text(replace(page, template=None)), encoding="utf-8")
    config = load_config(str(templates / binding.CONFIG), docs_dir=str(folder / "docs"), site_dir=str(folder / "site"))
    logging.disable(logging.CRITICAL)
    mkdocs_build(config)
    logging.disable(logging.NOTSET)


def run(name: str, data: Path, *, repeats: int = 2) -> None:
    """Measure one site."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        seconds, files, themed = built(data, folder)
        size = sum(map(len, files.values()))
        numbers = count()
        raw = best(lambda: write_raw(files, folder / f"raw-{next(numbers)}"))
        alone = best(lambda: mkdocs_alone(themed[0], themed[2], folder / f"alone-{next(numbers)}"), repeats)
        with_it = best(lambda: binding.themed(*themed[:-1], Workshop()), repeats)
    print(f"{name}: {len(files):,} files, {size / 1e6:.1f} MB, {len(themed[0]):,} pages")
    print("  raw write of the same bytes                 1.0 (baseline)")
    for stage, spent in seconds.items():
        print(f"  {stage:<40} {spent / raw:8.1f} × raw write")
    print(f"  {'all stages':<40} {sum(seconds.values()) / raw:8.1f} × raw write")
    print("  MkDocs alone on the same tree               1.0 (baseline)")
    print(f"  {'site, ready pages as they are':<40} {with_it / alone:8.2f} × MkDocs alone")


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
