"""The last thing before anything is written: the public audit, on the very bytes, together with every earlier release.

The door chooses patterns batch by batch; the audit also knows what the press says, running totals, notes and what
earlier releases printed. What it would refuse in a build, it refuses here, in memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from kompeten.audit import kept_sites, read_previous, verdict
from kompeten.audit.reading.before import nothing, told_before
from kompeten.audit.reading.data_tables import parse_table
from kompeten.audit.reading.package import judge_packages
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.policy import Policy


def breaches_of(
    files: Mapping[str, bytes], policy: Policy, previous: Sequence[Path] = (), *, kept: Path | None = None
) -> tuple[Breach, ...]:
    """Give what the audit finds in a data folder that is not written yet.

    files: path within the folder to content. previous: folders of all earlier releases, newest first. kept: the
    data folder of record, which may keep the sites of earlier releases.
    """
    texts = [(name, content.decode("utf-8")) for name, content in sorted(files.items())]
    tables = {PurePosixPath(name).stem: parse_table(text, name) for name, text in texts if name.endswith(".csv")}
    published, found = judge_packages(tables, texts, before=told_before(None, kept) if kept is not None else nothing)
    earlier = [read_previous(folder, policy) for folder in previous]
    earlier += [release for site in kept_sites(kept, policy) for release in site.earlier] if kept is not None else []
    return verdict(published, policy, found=found, files=len(files), previous=earlier).breaches
