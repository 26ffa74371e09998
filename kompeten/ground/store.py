"""What earlier releases published, stored by content: one file a digest, and one list a release.

``permanent/objects/<sha256>`` holds bytes, each once whichever releases have them; ``permanent/<release>.sums`` lists
path and digest of every file of a release, as ``sha256sum`` writes it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from kompeten.ground.tree import digests_of, homed, lines_of, remove_unfinished, undisturbed, write_whole

FOLDER = "permanent"
OBJECTS = "objects"
ENDING = ".sums"
RELEASE_ID = re.compile(r"\d{4}\.(?:0[1-9]|1[0-2])(?:\.[1-9]\d?)?")
"""Year and month, and a number where a month has several releases."""
DIGEST = re.compile(r"[0-9a-f]{64}")
LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<path>\S+)")
HOMES = ("releases", "static")
"""Folders whose folder of a release stays; ``embed/<chart>/<release>/`` stays too."""


def age(release: str) -> tuple[int, ...]:
    """Give what puts releases in order, oldest first: year, month, number (2026.11.10 comes after 2026.11.2)."""
    return tuple(map(int, re.findall(r"\d+", release)))


def is_permanent(path: str, release: str) -> bool:
    """Tell whether a path below the root of the site stays when the release is no longer the newest.

    The page at a folder of documents does not: it belongs to the site that shows it.
    """
    if path.endswith("/index.html") and f"api/v1/{HOMES[0]}/{release}/" in path:
        return False
    parts = PurePosixPath(path).parts[:-1]
    if not parts or ".." in parts or path.startswith("/") or "\\" in path or "//" in path:
        return False
    above = zip(("", "", *parts), ("", *parts), parts, strict=False)
    return any(part == release and (parent in HOMES or before == "embed") for before, parent, part in above)


def lists(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Give path to digest of every kept file by release, oldest first. folder: a data folder.

    Only plain files with the name of a release are read, and of their lines only those that name a file that may stay.
    """
    found: dict[str, dict[str, str]] = {}
    home = folder / FOLDER
    if not home.is_dir() or home.is_symlink():
        return found
    for entry in sorted(os.scandir(home), key=lambda each: (age(each.name), each.name)):
        release = entry.name.removesuffix(ENDING)
        if entry.name.endswith(ENDING) and RELEASE_ID.fullmatch(release) and entry.is_file(follow_symlinks=False):
            lines = Path(entry.path).read_text(encoding="utf-8", errors="replace").splitlines()
            matches = (line for each in lines if (line := LINE.fullmatch(each)))
            found[release] = {m["path"]: m["digest"] for m in matches if is_permanent(m["path"], release)}
    return found


def content(folder: Path, digest: str) -> bytes | None:
    """Give the bytes with a digest; None where they are gone, a link, or other bytes."""
    path = folder / FOLDER / OBJECTS / digest
    if path.is_symlink() or not path.is_file():
        return None
    found = path.read_bytes()
    return found if hashlib.sha256(found).hexdigest() == digest else None


def put(folder: Path, release: str, files: Mapping[str, bytes]) -> None:
    """Keep the files of a release; what is there already is left alone. All of it or nothing; the list last."""
    home, digests = folder / FOLDER, digests_of(files)
    remove_unfinished(home)
    missing = {digest: path for path, digest in digests.items() if not (home / OBJECTS / digest).exists()}
    with homed(home / OBJECTS), undisturbed():
        try:
            for digest, path in missing.items():
                write_whole(home / OBJECTS / digest, files[path])
            write_whole(home / f"{release}{ENDING}", lines_of(digests))
        except OSError as error:
            for digest in missing:
                with suppress(OSError):
                    (home / OBJECTS / digest).unlink()
            raise OSError(error.errno, error.strerror, str(home)) from None
