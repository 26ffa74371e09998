"""How much work each stage of a build is, beside baselines of the same run, and how it grows with the data.

Run: python -m bench (with the others) or python bench/build_bench.py [--record VERSION]. Gives ratios of CPU seconds,
helpers included, since seconds belong to one machine; ``--record`` keeps them in bench/history.csv under the version.
Baselines: the whole site written to disk from memory (raw write); MkDocs on the same pages, its Markdown reader and its
theme doing all the work (MkDocs alone); frictionless on every row (frictionless alone); the observations read with
Python's csv and counted by batch (a plain group-by).
"""

from __future__ import annotations

import csv
import gzip
import io
import logging
import math
import os
import resource
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

import build
from bench import history
from kompeten.console import Console
from kompeten.ground import tree
from kompeten.ground.workshop import Workshop
from kompeten.intake.packages import read
from kompeten.intake.packages.judging import judge
from kompeten.invented.nation import Nation, write_nation
from kompeten.site import binding, composing

ROOT = Path(__file__).parents[1]
REPEATS = 3
"""The best of so many counts for the baselines, which are short."""
RAW_REPEATS = 9
"""The middle one of so many for the raw write: the first after a rest costs a tenth of what the others do."""
REGIONS = (12, 20, 40)
"""Regencies of the invented nations at which growth is measured."""
FIRST_VIEW = ("index.html", "static/kompeten.css", "static/kompeten.js", "static/favicon.svg")
"""What a phone loads to show the first page."""
KIB = 1024


def spent() -> float:
    """Give the CPU seconds of this process and of the helpers that have ended."""
    own, helpers = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + helpers.ru_utime + helpers.ru_stime


@dataclass(slots=True)
class Meter(Console):
    """A console that counts CPU seconds."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Remember how much work a stage was."""
        started = spent()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + spent() - started


class Observed:
    """Notes what passes between two rooms, and lets it pass."""

    def __init__(self, work: Callable[..., Any]) -> None:
        self.work = work
        self.given: tuple[Any, ...] = ()

    def __call__(self, *given: Any, **options: Any) -> Any:
        """Do the work."""
        self.given = given
        return self.work(*given, **options)


def runs(work: Callable[[], object], repeats: int) -> list[float]:
    """Give the CPU seconds of some runs, the cheapest first."""
    seconds = []
    for _ in range(repeats):
        start = spent()
        work()
        seconds.append(spent() - start)
    return sorted(seconds)


def best(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Give the CPU seconds of the cheapest of some runs."""
    return runs(work, repeats)[0]


def write_raw(files: Mapping[str, bytes], folder: Path) -> None:
    """Write bytes that are in memory, and nothing more."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def built(data: Path, folder: Path, *options: str) -> tuple[dict[str, float], dict[str, bytes], tuple[Any, ...]]:
    """Build a site; give the seconds of its stages, its files, and what the theme was given.

    A site that stands already is not made again: then nothing is written, and no theme is asked.
    """
    console = Meter("en", out=io.StringIO(), err=io.StringIO())
    theme, writer = Observed(binding.themed), Observed(tree.write)
    composing.binding.themed, build.tree.write = theme, writer  # type: ignore[assignment]
    make_console, build.Console = build.Console, lambda *_given: console  # type: ignore[assignment, misc]
    try:
        status = build.main(["--data", str(data), "--out", str(folder / "site"), *options])
    finally:
        composing.binding.themed, build.tree.write = theme.work, writer.work
        build.Console = make_console  # type: ignore[misc]
    if status:
        raise SystemExit(f"the build ended with {status}: {console.out.getvalue()[-2000:]}")  # type: ignore[attr-defined]
    return console.seconds, dict(*writer.given[:1]), theme.given


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


def counted(data: Path) -> Counter[tuple[str, str]]:
    """Count observations by batch and stage, as a line of a notebook would."""
    with (data / "outcomes/observations.csv").open(encoding="utf-8", newline="") as lines:
        return Counter((row["batch_id"], row["stage"]) for row in csv.DictReader(lines))


def one_changed(data: Path, folder: Path) -> Path:
    """Give a copy of a data folder in which one observation counts one more: one that nothing is added up from."""
    shutil.copytree(data, folder)
    path = folder / "outcomes/observations.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    of = {name: place for place, name in enumerate(header)}
    alone = Counter((row[of["batch_id"]], row[of["stage"]]) for row in rows)
    batches = Counter(row[of["batch_id"]] for row in rows)

    def is_free(row: list[str]) -> bool:
        is_printed = (row[of["status"]], row[of["precision"]]) == ("released", "exact")
        return is_printed and alone[row[of["batch_id"]], row[of["stage"]]] == batches[row[of["batch_id"]]] == 1

    row = next(filter(is_free, rows), None)
    if row is not None:
        row[of["value"]] = str(int(row[of["value"]]) + 1)
    else:  # every count of an invented nation is part of a sum: what is said beside one changes instead
        row = next(row for row in rows if row[of["status"]] == "released")
        row[of["note_id"]], row[of["note_en"]] = "Catatan lain.", "Another note."
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([header, *rows])
    return folder


def measured(data: Path, folder: Path) -> tuple[dict[str, float], dict[str, float], tuple[Any, ...]]:
    """Build one site cold, again and after a change; give its ratios by name, the seconds of the first build by stage,
    and what its theme was given.
    """
    numbers = count()
    os.environ["KOMPETEN_CACHE"] = str(folder / "cache")
    seconds, files, themed = built(data, folder, "--jobs", "1")
    warm, _, _ = built(data, folder, "--jobs", "1")
    changed = one_changed(data, folder / "changed")
    after, _, _ = built(changed, folder, "--jobs", "1")
    raw = runs(lambda: write_raw(files, folder / f"raw-{next(numbers)}"), RAW_REPEATS)[RAW_REPEATS // 2]
    grouped = best(lambda: [counted(data) for _ in range(20)]) / 20
    stages = {f"{name} / raw write": each / raw for name, each in seconds.items()}
    ratios = {
        "pages": len(themed[0]),
        "files": len(files),
        "megabytes": sum(map(len, files.values())) / 1e6,
        **stages,
        "whole build / raw write": sum(seconds.values()) / raw,
        "rebuild of the same / raw write": sum(warm.values()) / raw,
        "rebuild after one changed observation / raw write": sum(after.values()) / raw,
        "statistics / plain group-by": seconds["statistics"] / grouped,
        "first view on a phone in KiB": sum(len(gzip.compress(files[path], mtime=0)) for path in FIRST_VIEW) / KIB,
        "peak memory in GB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB**2,
        "seconds": sum(seconds.values()),
    }
    return ratios, seconds, themed


def compared(data: Path, folder: Path, *, repeats: int) -> dict[str, float]:
    """Give the ratios of one site, and those to frictionless and to MkDocs at the same work."""
    numbers = count()
    ratios, seconds, themed = measured(data, folder)
    alone = best(lambda: mkdocs_alone(themed[0], themed[2], folder / f"alone-{next(numbers)}"), repeats)
    with_it = best(lambda: binding.themed(*themed[:-1], Workshop()), repeats)
    tables, record = read(data).tables(), read(ROOT / "data")
    judged = best(lambda: judge(tables, tables, record), repeats)
    return {
        **ratios,
        "check / frictionless alone": seconds["check"] / judged,
        "theme / MkDocs alone": with_it / alone,
        "whole build / MkDocs alone": ratios["seconds"] / alone,
    }


def show(name: str, ratios: Mapping[str, float]) -> None:
    """Print one site."""
    print(name)
    for measure, value in ratios.items():
        if measure != "seconds":
            print(f"  {measure:<40} {value:10,.2f}")


def exponent(small: Mapping[str, float], large: Mapping[str, float]) -> float:
    """Give the power of the bytes of a site with which the work grows: 1 is linear, 2 quadratic."""
    return math.log(large["seconds"] / small["seconds"]) / math.log(large["megabytes"] / small["megabytes"])


def of_regions(number: int) -> dict[str, float]:
    """Measure the site of an invented nation of so many regencies."""
    nation = Nation(provinces=max(2, number // 14), regencies=number, years=1, batches=5)
    with tempfile.TemporaryDirectory() as place:
        write_nation(nation, 1, Path(place) / "data")
        return measured(Path(place) / "data", Path(place))[0]


def keep(found: Mapping[str, Mapping[str, float]], arguments: list[str]) -> None:
    """Keep what was measured so far in the history, where that is asked for."""
    if "--record" in arguments:
        kept = {case: {name: own for name, own in each.items() if name != "seconds"} for case, each in found.items()}
        history.record(arguments[arguments.index("--record") + 1], kept)


def main(arguments: list[str]) -> None:
    """Measure the real site, and the sites of three invented nations."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as place:
        if "--quick" in arguments:
            from tests.golden.small import data_folder

            found["small"] = compared(data_folder(Path(place)), Path(place), repeats=1)
        else:
            found["real"] = compared(ROOT / "data", Path(place), repeats=2)
    show(*next(iter(found.items())))
    keep(found, arguments)
    if "--quick" not in arguments:
        cases = [f"{number} regencies" for number in REGIONS]
        for case, number in zip(cases, REGIONS, strict=True):
            found[case] = of_regions(number)
            if case == cases[-1]:
                found[case]["growth exponent in bytes"] = exponent(found[cases[0]], found[case])
            show(case, found[case])
            keep(found, arguments)
    print(f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB**2:.2f} GB")


if __name__ == "__main__":
    main(sys.argv[1:])
