"""A new release, step by step and safe to run again: keep what is published, compute what moved, draft the entry."""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kompeten import RECORD, REPOSITORY
from kompeten.api.history import history
from kompeten.ground import store
from kompeten.ground.findings import Finding, Label
from kompeten.ground.refusal import Refused
from kompeten.ground.tree import remove_unfinished, workroom, write_whole
from kompeten.ground.vocabulary import Act
from kompeten.ground.wording import worded
from kompeten.intake.messages import shown
from kompeten.intake.permanent import keep
from kompeten.intake.validation import Examined, examine
from kompeten.statistics.declared import Step, drafts

FILE = "releases.toml"


class ReleasingRefused(Refused):
    """A release that cannot be begun; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What was done. kept: release that is kept now, and its files; step: the new release beside it; drafted: how many
    declarations were drafted; findings: what is wrong with the data, apart from reasons that are still missing."""

    kept: tuple[str, int] | None
    step: Step | None
    drafted: int
    findings: tuple[Finding, ...]


def begin(release: str, data: Path, *, site: Path | None, today: date) -> Begun:
    """Begin a release, or go on with it. site: what is published now; built from the last commit where None.

    What is wrong with the releases so far is found first. Raises ReleasingRefused where the id is none, or does not
    come after the last one.
    """
    with workroom(data):  # nobody else writes into the data meanwhile
        return _begun(release, data, site, today)


def _begun(release: str, data: Path, site: Path | None, today: date) -> Begun:
    remove_unfinished(data)
    examined = examine(data, RECORD)
    listed = [str(row.get("id")) for row in examined.releases]
    if not listed or any(each.file == FILE for each in examined.findings):
        return Begun(kept=None, step=None, drafted=0, findings=examined.findings)
    last = next((each for each in reversed(listed) if each != release), None)
    if last is None or release in listed[:-1] or not _comes_after(release, last):
        raise ReleasingRefused(worded("release-id", release=shown(release)))
    kept = None
    if last not in store.lists(data):
        with published(data, site) as folder:
            kept = keep(folder, data, awaited=last)
    if release not in listed:
        _append(data / FILE, _entry(release, examined, today))
    return _with_drafts(release, data, kept)


def _comes_after(release: str, last: str) -> bool:
    return all(map(store.RELEASE_ID.fullmatch, (last, release))) and store.age(last) < store.age(release)


def _with_drafts(release: str, data: Path, kept: tuple[str, int] | None) -> Begun:
    """Draft the reasons that are missing; not where the data have findings."""
    step, count = drafted(release, data)
    return Begun(kept=kept, step=step, drafted=count, findings=() if step else examine(data, RECORD).findings)


def drafted(release: str, data: Path, reason: Callable[[Act], Label] | None = None) -> tuple[Step | None, int]:
    """Write the lines of every change that has no reason yet, once, into the last entry; give the step and how many.

    reason: what an office says of each act; left to fill in where there is none. None where the data have findings.
    """
    examined = examine(data, RECORD)
    if examined.findings:
        return None, 0
    step = history(examined.compiled(), examined.kept.files).step(release)
    lines = drafts(step.record.undeclared, step.record.changes, reason) if step.record else {}
    if lines:
        _append(data / FILE, "".join(f"\n{each}" for _, each in sorted(lines.items())))
    return step, len(lines)


def _append(path: Path, text: str) -> None:
    before = path.read_text(encoding="utf-8").rstrip("\n")
    write_whole(path, f"{before}\n{text}".encode())


def _entry(release: str, examined: Examined, today: date) -> str:
    """Give the entry of a new release: it comes out today, or on the day after the last one."""
    last = examined.releases[-1]
    day = max(today, last["released_on"] + timedelta(days=1))
    return (
        f'\n[[release]]\nid = "{release}"\nreleased_on = {day}\ndata_through = {last["data_through"]}\n'
        f'title_id = "Rilis {release}"\ntitle_en = "Release {release}"\n'
    )


@contextmanager
def published(data: Path, site: Path | None) -> Iterator[Path]:
    """Give the site of the last release: the one at hand, or one built from the data as they were committed."""
    if site is not None:
        yield site
        return
    with workroom() as folder:
        said = rebuilt(committed(data, folder), folder / "site")
        if said is not None:
            raise ReleasingRefused(worded("cannot-rebuild", said=said))
        yield folder / "site"


def rebuilt(data: Path, out: Path) -> Label | None:
    """Build the site of a data folder as a person would; give what it said where it failed, None where it did not."""
    said = []
    for language in ("id", "en"):
        command = [sys.executable, str(REPOSITORY / "build.py"), "--data", str(data), "--out", str(out)]
        done = subprocess.run([*command, "--lang", language], capture_output=True, text=True, check=False)
        if not done.returncode:
            return None
        said.append(f"{done.stdout}{done.stderr}".strip())
    return Label(*said)


def committed(data: Path, folder: Path) -> Path:
    """Give the data folder as it was committed last; as it stands where it is in no repository."""
    git = ["git", "-C", str(data), "archive", "--format=tar", "HEAD", "."]
    done = subprocess.run(git, capture_output=True, check=False)
    if done.returncode:
        return data
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder / "data", filter="data")
    return folder / "data"
