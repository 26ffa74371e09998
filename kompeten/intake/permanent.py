"""What stays: files that one release writes, and every later build carries on byte for byte.

A file is permanent where a folder on its path is named after its release: ``api/v1/releases/2026.11/…``,
``embed/<chart>/2026.11/``, ``static/2026.11/``. Before the next release is added, ``python -m kompeten keep site``
puts those files, as they were published, under ``data/permanent/<release>/``, with their SHA256SUMS. From then on
the build takes them from there and writes none of them anew, and the attacker reads them as an earlier release.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kompeten.audit.reading.package import KEPT
from kompeten.ground.findings import Finding, Label
from kompeten.ground.refusal import Refused
from kompeten.ground.tree import CHECKSUMS, write
from kompeten.intake.messages import finding, shown

FOLDER = KEPT
"""Folder of a data folder that holds what earlier releases published."""
LATEST = "api/v1/latest.json"
RELEASE = re.compile(r"\d{4}[0-9A-Za-z.-]*")
LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<path>\S+)")


class KeepError(Refused):
    """A site whose files cannot be kept; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What earlier releases left. files: by path below the root of the site."""

    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    findings: tuple[Finding, ...] = ()


def is_permanent(path: str, release: str) -> bool:
    """Tell whether a path below the root of the site stays when the release is no longer the newest."""
    return release in PurePosixPath(path).parts[:-1]


def read_kept(data_dir: Path) -> Kept:
    """Read what a data folder keeps of earlier releases; nothing where it keeps none. Everything wrong is a finding."""
    folder = data_dir / FOLDER
    if not folder.is_dir() or folder.is_symlink():
        return Kept()
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        if entry.is_dir(follow_symlinks=False) and RELEASE.fullmatch(entry.name):
            own, found = _read_release(Path(entry.path), entry.name)
            files |= own
            findings += found
        else:
            findings.append(finding("kept-stranger", file=f"{FOLDER}/{shown(entry.name)}"))
    return Kept(files=files, findings=tuple(findings))


def _read_release(folder: Path, release: str) -> tuple[dict[str, bytes], list[Finding]]:
    """Read the files of one release against its list of checksums."""
    place = f"{FOLDER}/{release}"
    listed = dict(_listed(folder, release))
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file()}
    strangers = sorted(there - {*listed, CHECKSUMS})
    findings = [finding("kept-stranger", file=f"{place}/{shown(name)}") for name in strangers]
    if not listed:
        findings.append(finding("kept-without-list", file=f"{place}/{CHECKSUMS}"))
    files = {}
    for name, digest in listed.items():
        path = folder / name
        content = path.read_bytes() if name in there and not path.is_symlink() else b""
        if hashlib.sha256(content).hexdigest() != digest:
            findings.append(finding("kept-changed", file=f"{place}/{name}"))
        files[name] = content
    return files, findings


def _listed(folder: Path, release: str) -> Iterator[tuple[str, str]]:
    """Give path and checksum of each listed file that may stay; a line that names anything else is left out."""
    sums = folder / CHECKSUMS
    if sums.is_file() and not sums.is_symlink():
        for line in sums.read_text(encoding="utf-8", errors="replace").splitlines():
            found = LINE.fullmatch(line)
            if found and is_permanent(found["path"], release) and ".." not in PurePosixPath(found["path"]).parts:
                yield found["path"], found["digest"]


def keep(site: Path, data_dir: Path) -> tuple[str, int]:
    """Keep the permanent files of a built site in a data folder; give the release and how many files it has.

    Raises KeepError where site is no site, or where its release is kept already with other bytes.
    """
    try:
        release = str(json.loads((site / LATEST).read_text(encoding="utf-8"))["data"]["release"])
    except (OSError, ValueError, KeyError, TypeError):
        raise KeepError(
            Label(
                f"{site.name}: bukan situs yang sudah dibangun ({LATEST} tidak ada atau tidak terbaca)",
                f"{site.name}: no built site ({LATEST} is missing or unreadable)",
            )
        ) from None
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    files = {name: path.read_bytes() for name, path in found.items() if is_permanent(name, release)}
    kept = read_kept(data_dir).files
    changed = sorted(name for name in files if name in kept and kept[name] != files[name])
    if changed:
        raise KeepError(
            Label(
                f"{release}: {changed[0]} sudah disimpan dengan isi lain; yang sudah terbit tetap seperti semula",
                f"{release}: {changed[0]} is kept already with other bytes; what was published stays as it was",
            )
        )
    target = data_dir / FOLDER / release
    target.parent.mkdir(parents=True, exist_ok=True)
    write({name: content for name, content in {**kept, **files}.items() if is_permanent(name, release)}, target)
    return release, len(files)
