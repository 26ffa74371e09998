"""Where a pure step is done for many items: each content once, on every core, and never again while it is remembered.

Rule 1: a step is a frozen dataclass that is called with an item and gives bytes; what it gives follows from its own
fields, the item and the program. A key is the digest of these three, so that nothing old is ever given for new.
Rule 2: the cache may be lost, cut or written to by anybody at any moment; the worst that happens is work done again.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import signal
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Item = TypeVar("Item")

FEW = 8
"""So many items are done here and now: to call helpers would take longer."""
BOUND = 512 * 1024 * 1024
"""Bytes that a cache may hold; beyond them, what was not asked for longest goes first."""
DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """jobs: cores. folder: of the cache; None remembers nothing. program: digest of what does the steps."""

    jobs: int = 1
    folder: Path | None = None
    program: str = ""
    bound: int = BOUND

    def each(self, step: Callable[[Item], bytes], items: Mapping[str, Item]) -> dict[str, bytes]:
        """Give what a step makes of every item, by its name, in the order of the items.

        The step and the items are told apart by their ``repr``, which must say all that they hold.
        """
        key_of = self._keys(step)
        keys = {name: key_of(item) for name, item in items.items()}
        made = {key: found for key in dict.fromkeys(keys.values()) if (found := self._remembered(key)) is not None}
        missing = {key: items[name] for name, key in keys.items() if key not in made}
        if missing:
            for key, content in zip(missing, self._done(step, missing.values()), strict=True):
                made[key] = content
                self._remember(key, content)
        return {name: made[key] for name, key in keys.items()}

    def recall(self, step: object, item: object) -> bytes | None:
        """Give what was kept of a step and an item; None where nothing is."""
        if self.folder is None:
            return None
        return self._remembered(self._keys(step)(item))

    def keep(self, step: object, item: object, content: bytes) -> None:
        """Keep what was done of a step and an item, where that is no mere function of them."""
        if self.folder is not None:
            self._remember(self._keys(step)(item), content)

    def _keys(self, step: object) -> Callable[[object], str]:
        """Give what names an item of a step: a step may say much, and says it once for all of them."""
        own = repr(step)
        # Lengths: without them, a program and a step that read the same in a row would share the keys.
        start = hashlib.sha256(f"{len(self.program)} {len(own)} {self.program}{own}".encode())

        def key(item: object) -> str:
            digest = start.copy()
            digest.update(repr(item).encode())
            return digest.hexdigest()

        return key

    def _done(self, step: Callable[[Item], bytes], items: Iterable[Item]) -> Iterable[bytes]:
        waiting = list(items)
        if self.jobs == 1 or len(waiting) <= FEW:
            return list(map(step, waiting))
        with ProcessPoolExecutor(max_workers=self.jobs, initializer=_help) as pool:
            # Four turns a core: a long item at the end keeps few others waiting.
            return list(pool.map(step, waiting, chunksize=-(-len(waiting) // (4 * self.jobs))))

    def _place(self, key: str) -> Path | None:
        return self.folder / key[:2] / key[2:] if self.folder else None

    def _remembered(self, key: str) -> bytes | None:
        """Give what is kept under a key; None where nothing is, or where it is not what was written."""
        place = self._place(key)
        if place is None:
            return None
        try:
            kept = place.read_bytes()
            # Touched, for tidy() removes what was not asked for longest.
            os.utime(place)
        except OSError:
            return None
        content = kept[DIGEST:]
        return content if hashlib.sha256(key.encode() + content).digest() == kept[:DIGEST] else None

    def _remember(self, key: str, content: bytes) -> None:
        """Keep a content, whole or not at all; a disk that takes no more only makes the next build slower."""
        place = self._place(key)
        if place is None or self.folder is None:
            return
        try:
            for folder in (self.folder, place.parent):
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            number, fresh = tempfile.mkstemp(dir=place.parent)
        except OSError:
            return
        try:
            with os.fdopen(number, "wb") as file:
                file.write(hashlib.sha256(key.encode() + content).digest() + content)
            Path(fresh).replace(place)
        except OSError:
            Path(fresh).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what was not asked for longest, until the rest is within the bound: at the end of a run, once."""
        if self.folder is None:
            return
        kept = []
        for place in (each for shelf in _within(self.folder, SHELF) for each in _within(shelf, ENTRY)):
            with suppress(OSError):  # another build has just removed it
                known = place.stat()
                kept.append((known.st_mtime, known.st_size, place))
        total = sum(size for _, size, _ in kept)
        for _, size, place in sorted(kept):
            if total <= self.bound:
                return
            with suppress(OSError):
                place.unlink()
            total -= size


SHELF, ENTRY = re.compile("[0-9a-f]{2}"), re.compile("[0-9a-f]{62}|tmp.{8}")
"""Names of what a cache holds, halves of entries included: nothing else in its folder is ever removed."""


def _within(folder: Path, names: re.Pattern[str]) -> list[Path]:
    """Give what stands in a folder under such names; nothing where it cannot be opened."""
    try:
        return [each for each in folder.iterdir() if names.fullmatch(each.name)]
    except OSError:
        return []


PR_SET_PDEATHSIG = 1
"""The name of the switch in prctl(2)."""


def _help() -> None:
    """Let a helper end with the run that it helps, and leave it to that run to tell of Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


ALONE = Workshop()
"""Does every step here and now, and remembers nothing."""


class AtHand:
    """The workshop of the run that is under way, for what stands too deep in a build to be given one."""

    workshop = ALONE


AT_HAND = AtHand()


def digest_of_program(*folders: Path) -> str:
    """Give the digest of what does the steps: the files of the folders, and the names and versions of the libraries."""
    digest = hashlib.sha256(sysconfig.get_python_version().encode())
    for library in sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        digest.update(library.name.encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                content = path.read_bytes()
                digest.update(f"\n{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()
