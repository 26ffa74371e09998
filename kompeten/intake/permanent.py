"""What stays: files that one release writes, and every later build carries on byte for byte.

A file is permanent where a folder on its path is named after its release: ``api/v1/releases/2026.11/…``,
``downloads/releases/2026.11/…``, ``embed/<chart>/2026.11/``, ``static/2026.11/``. Before the next release is added,
``python -m kompeten release`` keeps those files, as they were published, in the data folder (``ground.store``). From
then on the build takes them from there and writes none of them anew, and the attacker reads them as an earlier release.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kompeten.ground import store
from kompeten.ground.findings import Finding
from kompeten.ground.refusal import Refused
from kompeten.ground.store import FOLDER, is_permanent
from kompeten.ground.tree import CHECKSUMS
from kompeten.ground.wording import worded
from kompeten.intake.messages import finding, shown

LATEST = "api/v1/latest.json"
INDEXES = ("index.json", "files.json")
"""Documents of a release that list its others."""


class KeepError(Refused):
    """A site whose files cannot be kept; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What earlier releases left. files: by path below the root of the site. releases: their ids, oldest first."""

    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    releases: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_kept(data_dir: Path, listed: Collection[str] | None = None) -> Kept:
    """Read what a data folder keeps of earlier releases; nothing where it keeps none. Everything wrong is a finding.

    listed: the releases of releases.toml, the only ones that can have left anything; None where that is not known.
    """
    kept = store.lists(data_dir)
    files: dict[str, bytes] = {}
    findings = list(_strangers(data_dir, kept))
    for release, digests in kept.items():
        place = f"{FOLDER}/{release}{store.ENDING}"
        if listed is not None and release not in listed:
            findings.append(finding("kept-of-no-release", file=place, release=release))
            continue
        if not digests:
            findings.append(finding("kept-without-list", file=place))
        for path, digest in digests.items():
            content = store.content(data_dir, digest)
            if content is None or (path.endswith(".json") and not _parses(content)):
                findings.append(finding("kept-changed", file=place, path=shown(path), digest=digest))
            # Kept in its place though broken: what the build would write there instead must not take it.
            files[path] = content or b""
        told = dict(_told(release, files))
        for path in sorted(path for path, digest in told.items() if digests.get(path) != digest):
            findings.append(finding("kept-changed", file=place, path=shown(path), digest=told[path]))
        for path in _untold(release, digests, told) if told else ():
            findings.append(finding("kept-untold", file=place, path=shown(path)))
    return Kept(files=files, releases=tuple(kept), findings=tuple(findings))


def _told(release: str, files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Give path and digest of every file that a release says it published."""
    for name in INDEXES:
        content = files.get(f"api/v1/releases/{release}/{name}", b"")
        rows = json.loads(content).get("data") if _parses(content) else ()
        said = ((str(row.get("path")), str(row.get("sha256"))) for row in rows or () if isinstance(row, dict))
        yield from ((path, digest) for path, digest in said if store.DIGEST.fullmatch(digest))


def _untold(release: str, digests: Collection[str], told: Collection[str]) -> Iterator[str]:
    """Give the documents and tables that a release does not say it published; its own list is none of them."""
    homes = tuple(home.format(release) for home in ("api/v1/releases/{}/", "downloads/releases/{}/"))
    own = {f"{homes[0]}{name}" for name in INDEXES}
    yield from (
        path
        for path in sorted(digests)
        if path.startswith(homes) and not path.endswith(".zip") and path not in {*told, *own}
    )


def _parses(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False


def _strangers(data_dir: Path, kept: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """Say what stands beside the kept files: strangers, stored bytes that no list names, lines that name none."""
    home = data_dir / FOLDER
    if home.is_file() and not home.is_symlink():
        yield finding("kept-stranger", file=FOLDER)
    if not home.is_dir() or home.is_symlink():
        return
    known = {f"{release}{store.ENDING}" for release in kept} | {store.OBJECTS}
    used = {digest for digests in kept.values() for digest in digests.values()}
    stored = _others(home / store.OBJECTS, used)
    loose = [each for each in stored if store.DIGEST.fullmatch(each)]
    for name in (*_others(home, known), *(f"{store.OBJECTS}/{each}" for each in stored if each not in loose)):
        yield finding("kept-stranger", file=f"{FOLDER}/{shown(name)}")
    if loose:
        yield finding("kept-loose", file=f"{FOLDER}/{store.OBJECTS}", count=len(loose), path=loose[0])
    for release, digests in kept.items():
        text = (home / f"{release}{store.ENDING}").read_text(encoding="utf-8", errors="replace")
        if len(text.splitlines()) != len(digests):
            yield finding("kept-line", file=f"{FOLDER}/{release}{store.ENDING}")


def _others(folder: Path, known: Collection[str]) -> list[str]:
    """Give the names in a folder that are not known, or lead elsewhere."""
    found = os.scandir(folder) if folder.is_dir() else ()
    return sorted(entry.name for entry in found if entry.name not in known or entry.is_symlink())


def keep(site: Path, data_dir: Path, *, awaited: str = "") -> tuple[str, int]:
    """Keep the permanent files of a built site in a data folder; give the release and how many files it has.

    awaited: the release that is to be kept; any where there is none. Raises KeepError where site is no site, shows
    another release, is not what its SHA256SUMS says, holds a link, names a release that is none, or where its release
    is kept already with other bytes; and where what is kept would be written through a link.
    """
    home = data_dir / FOLDER
    for place in (home, home / store.OBJECTS):
        # Through a link the kept bytes would land outside the data folder.
        if place.is_symlink():
            raise KeepError(worded("kept-through-link", place=place.relative_to(data_dir).as_posix()))
    release = release_of(site, awaited=awaited)
    files = {path: content for path, content in _files(site).items() if is_permanent(path, release)}
    if not files:
        raise KeepError(worded("no-built-site", site=site.name, latest=CHECKSUMS))
    before = store.lists(data_dir).get(release, {})
    changed = [path for path in sorted(before) if path not in files or sha256(files[path]).hexdigest() != before[path]]
    if changed:
        raise KeepError(worded("kept-otherwise", release=release, value=changed[0]))
    store.put(data_dir, release, files)
    return release, len(files)


def release_of(site: Path, *, awaited: str = "") -> str:
    """Give the release that a built site shows. Raises KeepError where it is no site, or shows another than awaited."""
    try:
        release = str(json.loads((site / LATEST).read_text(encoding="utf-8"))["data"]["release"])
    except (OSError, ValueError, KeyError, TypeError):
        raise KeepError(worded("no-built-site", site=site.name, latest=LATEST)) from None
    if not store.RELEASE_ID.fullmatch(release):
        raise KeepError(worded("no-release-id", site=site.name, release=shown(release)))
    if awaited and release != awaited:
        raise KeepError(worded("keep-commit-first", awaited=awaited, release=release))
    return release


def _files(site: Path) -> dict[str, bytes]:
    """Read the files that the SHA256SUMS of a site list; nothing through a link, nothing that differs from the list."""
    sums = site / CHECKSUMS
    lines = sums.read_text(encoding="utf-8").splitlines() if sums.is_file() and not sums.is_symlink() else []
    listed = {match["path"]: match["digest"] for line in lines if (match := store.LINE.fullmatch(line))}
    files = {}
    for path, digest in listed.items():
        steps = Path(path).parts
        is_inside = not path.startswith("/") and ".." not in steps
        linked = any((site / Path(*steps[: number + 1])).is_symlink() for number in range(len(steps)))
        content = (site / path).read_bytes() if is_inside and not linked and (site / path).is_file() else None
        if content is None or sha256(content).hexdigest() != digest:
            raise KeepError(worded("not-as-sealed", site=site.name, value=shown(path), checksums=CHECKSUMS))
        files[path] = content
    return files
