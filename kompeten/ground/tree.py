"""The site as a tree of files: path to bytes, sorted, hashed, and swapped in whole or not at all.

Rule 1: a path is written once; two rooms that want the same path are a mistake in the program.
Rule 2: nothing of the old site is touched before the new one stands complete beside it.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

AT_FDCWD = -100
RENAME_EXCHANGE = 2
CHECKSUMS = "SHA256SUMS"


class Tree(Mapping[str, bytes]):
    """Files by path below the root of the site, in order of path."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def add(self, files: Mapping[str, bytes]) -> None:
        """Add files. Raises ValueError on a path that is taken, absolute, or leads out of the site."""
        for path, content in files.items():
            parts = PurePosixPath(path).parts
            if not parts or path.startswith("/") or ".." in parts or "\\" in path:
                raise ValueError(f"{path!r} is no path below the root of the site")
            if path in self._files:
                raise ValueError(f"{path!r} is written twice")
            self._files[path] = content

    def restore(self, files: Mapping[str, bytes]) -> None:
        """Put files of earlier releases in place as they were published, whatever was made anew under their paths."""
        for path in files:
            self._files.pop(path, None)
        self.add(files)

    def __getitem__(self, path: str) -> bytes:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._files))

    def __len__(self) -> int:
        return len(self._files)


def checksums(tree: Mapping[str, bytes]) -> bytes:
    """Give the text of SHA256SUMS, as ``sha256sum --check`` reads it."""
    lines = (f"{hashlib.sha256(tree[path]).hexdigest()}  {path}\n" for path in sorted(tree))
    return "".join(lines).encode()


def write(tree: Mapping[str, bytes], out: Path, *, gate: Callable[[Path], None] | None = None) -> None:
    """Write the tree beside out, let the gate look at it, then swap it in.

    gate: is given the folder of the new site and raises to refuse it; out is then as it was. Raises OSError where the
    disk does; FileExistsError where out exists and does not look like a site.
    """
    out = out.absolute()
    if out.exists() and not (out / CHECKSUMS).is_file() and any(out.iterdir()):
        raise FileExistsError(f"{out.name}: exists and holds no {CHECKSUMS}; it is not a site of ours, so it stays")
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        fresh.chmod(0o755)
        for path in sorted(tree):
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(tree[path])
        (fresh / CHECKSUMS).write_bytes(checksums(tree))
        if gate is not None:
            gate(fresh)
        swap(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def swap(fresh: Path, out: Path) -> None:
    """Put fresh in the place of out; afterwards fresh holds what out was, or is gone.

    Where the kernel can exchange two names at once (Linux), no moment exists in which out is missing. Elsewhere the
    old folder is moved aside and moved back should the second step fail.
    """
    if not out.exists():
        fresh.rename(out)
        return
    if _exchange(fresh, out):
        return
    aside = fresh.with_name(fresh.name + "-old")
    out.rename(aside)
    try:
        fresh.rename(out)
    except OSError:
        aside.rename(out)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names with renameat2(2); give False where the system cannot (Windows has not even a CDLL(None))."""
    if sys.platform != "linux":
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    return bool(call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)
