"""The site as a tree of files: path to bytes, sorted, hashed, and swapped in whole or not at all.

Rule 1: a path is written once; two rooms that want the same path are a mistake in the program.
Rule 2: nothing of the old site is touched before the new one stands complete beside it.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import secrets
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from glob import escape
from pathlib import Path, PurePosixPath
from tempfile import gettempdir
from types import MappingProxyType

from kompeten.ground.refusal import Refused
from kompeten.ground.wording import worded

try:
    import fcntl
except ImportError:  # on Windows there is no such lock: two runs at once are not told apart there
    fcntl = None  # type: ignore[assignment]

AT_FDCWD = -100
RENAME_EXCHANGE = 2
CHECKSUMS = "SHA256SUMS"
UNFINISHED, ASIDE = ".baru", "old"
"""How the names of folders and files end that a run has not finished; what it calls the old one while it swaps."""
ENDING = {each for name in ("SIGINT", "SIGTERM", "SIGHUP") if (each := getattr(signal, name, None)) is not None}
"""Signals that ask a run to end."""
UNFINISHED_FILE = re.compile(rf"\.[0-9a-f]{{16}}-[0-9a-f]{{8}}{re.escape(UNFINISHED)}")


Gate = Callable[[Path], Mapping[str, bytes] | None]
"""Looks at a folder; raises, or gives files at the root of the site that say what it saw."""


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


MOST_FILES, MOST_BYTES, LARGEST_FILE = 20_000, 10**9, 25 * 1024**2
"""What the least generous of the usual hosts of static sites takes: files, bytes in all, bytes of one file."""
NEAR = 0.8
"""From this share of a limit on a build says so."""


def near_limits(tree: Mapping[str, bytes]) -> tuple[tuple[str, int, int], ...]:
    """Give what is near a limit of the host, or beyond: what (``files``, ``bytes`` or a path), how much, the limit."""
    sizes = [("files", len(tree), MOST_FILES), ("bytes", sum(map(len, tree.values())), MOST_BYTES)]
    sizes += [(path, len(content), LARGEST_FILE) for path, content in tree.items()]
    return tuple(each for each in sizes if each[1] >= NEAR * each[2])


def checksums(tree: Mapping[str, bytes]) -> bytes:
    """Give the text of SHA256SUMS, as ``sha256sum --check`` reads it."""
    return lines_of(digests_of(tree))


def lines_of(digests: Mapping[str, str]) -> bytes:
    """Write digests as ``sha256sum`` does, in their order. digests: by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in digests.items()).encode()


def digests_of(tree: Mapping[str, bytes]) -> dict[str, str]:
    """Give the SHA-256 of each file, by path and in the order of paths."""
    return {path: sha256_of(tree[path]) for path in sorted(tree)}


@lru_cache(maxsize=2**13)
def sha256_of(content: bytes) -> str:
    """Give the SHA-256 of a content, computed once in however many lists and archives it stands."""
    return hashlib.sha256(content).hexdigest()


def _name(line: bytes) -> str:
    """Give the path that a line of SHA256SUMS names."""
    return line.split(b"  ", 1)[1].rstrip(b"\n").decode()


def listed_at(out: Path) -> bytes:
    """Give the SHA256SUMS of the site that stands at a place; nothing where there is none."""
    try:
        return (out / CHECKSUMS).read_bytes()
    except OSError:
        return b""


def write(tree: Mapping[str, bytes], out: Path, *, gate: Gate | None = None) -> bytes:
    """Write the tree beside out, let the gate look at it, then swap it in; give the text of its SHA256SUMS.

    gate: is given the folder of the new site and raises to refuse it; out is then as it was. The files that it gives,
    its own report and what names it, are the only ones that it did not look at; they are written and listed as well.
    Raises OSError where the disk does; OutputError where out is no site of ours, or another run writes it at this
    moment. What a run that was killed has left beside it is removed.
    """
    refuse_stranger(out)
    with workroom(out) as room:
        fresh = room / "new"
        fresh.mkdir()
        # The room is for us alone; the site in it is for whoever serves it.
        fresh.chmod(0o755)
        sums = checksums(tree)
        (fresh / CHECKSUMS).write_bytes(sums)
        lay_down(tree, fresh, unchanged(tree, out, (fresh / CHECKSUMS).stat()))
        if gate is not None:
            report = gate(fresh) or {}
            for path, content in report.items():
                # Never written over: it may be a file of the old site under a second name.
                (fresh / path).unlink(missing_ok=True)
                (fresh / path).write_bytes(content)
            stand = (line for line in sums.splitlines(keepends=True) if _name(line) not in report)
            whole = sorted((*stand, *checksums(report).splitlines(keepends=True)), key=_name)
            sums = b"".join(whole)
            (fresh / CHECKSUMS).write_bytes(sums)
        swap(fresh, out.absolute())
    return sums


def lay_down(files: Mapping[str, bytes], folder: Path, same: Mapping[str, str] = MappingProxyType({})) -> None:
    """Write files below a folder, in order of path, with the folders that they need. Raises OSError.

    same: where files stand already that hold the same; those get a second name, where the disk knows such.
    """
    for parent in dict.fromkeys(os.path.dirname(path) for path in sorted(files)):
        os.makedirs(f"{folder}/{parent}", exist_ok=True)
    for path in sorted(files):
        with suppress(OSError):
            if path in same:
                os.link(same[path], f"{folder}/{path}")
                continue
        with open(f"{folder}/{path}", "wb") as file:
            file.write(files[path])


def unchanged(files: Mapping[str, bytes], out: Path, like: os.stat_result) -> dict[str, str]:
    """Give the files of the site at a place that hold what they should, by path: only what a run of ours has left so.

    To make thousands of files and to remove as many is, for a disk, half of the work of a build that changes a few.
    like: a file that was written just now.
    """
    found, start = {}, len(f"{out}{os.sep}")
    for entry in _plain_files(str(out)):
        path, own = entry.path[start:].replace(os.sep, "/"), entry.stat(follow_symlinks=False)
        # One that has a second name already may be written to under that.
        is_ours = own.st_nlink == 1 and (own.st_mode, own.st_uid) == (like.st_mode, like.st_uid)
        if is_ours and own.st_size == len(files.get(path, b"")) and Path(entry.path).read_bytes() == files.get(path):
            found[path] = entry.path
    return found


def _plain_files(folder: str) -> Iterator[os.DirEntry[str]]:
    """Give every plain file below a folder, through no link; nothing of what cannot be opened."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _plain_files(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield entry


@contextmanager
def workroom(place: Path | None = None) -> Iterator[Path]:
    """Give a new folder, and remove it when it is done with, whatever happens; what killed runs have left goes first.

    place: what will be written: the folder stands beside it, and only one run at a time has one. None: it stands among
    the temporary files of the system, where each run has its own. Raises OSError; OutputError where another run writes
    the place at this moment.
    """
    parent, prefix = (place.absolute().parent, f".{place.name}-") if place else (Path(gettempdir()), "kompeten-")
    with homed(parent):
        room, held = parent / f"{prefix}{secrets.token_hex(8)}{UNFINISHED}", None
        try:
            try:
                room.mkdir(mode=0o700)
            except OSError as error:
                raise OSError(error.errno, error.strerror, str(place or parent)) from None
            held = _held(room)
            for other in sorted(parent.glob(f"{escape(prefix)}{'?' * 16}{UNFINISHED}")):
                if other != room and not _is_removed(other, place) and place is not None:
                    raise OutputError(worded("another-run"))
            yield room
        finally:
            with undisturbed():
                shutil.rmtree(room, ignore_errors=True)
                _let_go(held)


@contextmanager
def homed(folder: Path) -> Iterator[None]:
    """See to it that a folder is there; those made for it go again where nothing was written into them."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        with undisturbed():
            for each in made:
                with suppress(OSError):  # something stands in it, as it should
                    each.rmdir()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no signal cut short what tidies up: it is heard when that is done. Systems without masks go on without."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


class OutputError(Refused):
    """A site cannot be written where it is wanted; what stands there stays."""


def refuse_stranger(out: Path) -> None:
    """Raise OutputError where something stands that is no site of ours."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise OutputError(worded("no-folder", out=out.name))
    if out.exists() and not (out / CHECKSUMS).is_file() and any(out.iterdir()):
        raise OutputError(worded("no-site-of-ours", out=out.name, checksums=CHECKSUMS))


def refuse_within(out: Path, data: Path) -> None:
    """Raise OutputError where the site would stand in the data, or the data in the site."""
    one, other = out.resolve(), data.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise OutputError(worded("data-and-site-apart", out=out.name))


def _held(path: Path) -> int | None:
    """Hold a file or folder while this run lasts; the system lets go of it even where the run is killed.

    None where there are no locks, or where another run holds it or has removed it.
    """
    if fcntl is None:
        return None
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(number)
        return None
    return number


def _let_go(held: int | None) -> None:
    if held is not None:
        os.close(held)


def _is_removed(left: Path, place: Path | None = None) -> bool:
    """Remove what a killed run of ours has left; give False where a run still works on it, or none of ours did.

    place: what was to be written: where it was moved aside when the run ended, it comes back. Without locks nothing is
    removed, and no run is told from another.
    """
    held = _held(left)
    if held is None:
        return fcntl is None
    try:
        # In a folder that all may write to, such a name may be somebody else's.
        if os.fstat(held).st_uid != os.getuid():
            return False
        aside = left / ASIDE
        if place is not None and aside.exists() and not place.exists():
            aside.rename(place)
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
    finally:
        _let_go(held)
    return True


def remove_unfinished(folder: Path) -> None:
    """Remove the halves of files that killed runs have left in a folder, or below it. Raises OSError."""
    for left in sorted(folder.rglob(f".*{UNFINISHED}")):
        if UNFINISHED_FILE.fullmatch(left.name) and left.is_file() and not left.is_symlink():
            _is_removed(left)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, with the folders that it needs: what stood there stays until it is complete.

    Where it fails nothing new is left behind. A device or a pipe is written to as it is. Raises OSError.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
    else:
        write_all({path: content})


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files of one folder as one: all are complete before the first takes its place. Raises OSError."""
    folder, halves, held = next(iter(files)).parent, dict[Path, Path](), list[int | None]()
    with homed(folder):
        try:
            for path, content in files.items():
                # A digest stands for the name: the longest that a disk takes leaves no room for an ending.
                start = f".{hashlib.sha256(path.name.encode()).hexdigest()[:16]}-"
                fresh = path.with_name(f"{start}{secrets.token_hex(4)}{UNFINISHED}")
                for left in folder.glob(f"{start}*{UNFINISHED}"):
                    _is_removed(left)
                halves[path] = fresh
                fresh.touch()
                held.append(_held(fresh))
                fresh.write_bytes(content)
            for path, fresh in halves.items():
                fresh.replace(path)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str([*halves, folder][len(halves) - 1])) from None
        finally:
            with undisturbed():
                for fresh in halves.values():
                    with suppress(OSError):  # a disk that may not be written refuses even to remove what is not there
                        fresh.unlink()
                for each in held:
                    _let_go(each)


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
    aside = fresh.with_name(ASIDE)
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
