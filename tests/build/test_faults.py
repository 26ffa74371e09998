"""Whatever fails while a command writes, what stood there stays whole, nothing is left, and the next run succeeds.

A child of this process does the work, with a hook on what changes the disk: at the n-th change the disk is full, the
place cannot be written, or the run is ended.
"""

from __future__ import annotations

import ast
import contextlib
import errno
import io
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kompeten import cli
from kompeten.console import guarded
from kompeten.ground import store, tree
from kompeten.register.publishing.folder import write_folder

ROOT = Path(__file__).parents[2]
State = Mapping[str, bytes | None]
REMOVALS = {"os.remove", "os.rmdir", "shutil.rmtree"}
CHANGES = {"os.mkdir", "os.rename", "os.chmod", *REMOVALS}
DISK = {"full": errno.ENOSPC, "read-only": errno.EROFS}
SIGNALS = {"killed": signal.SIGKILL, "ended": signal.SIGTERM, "hung up": signal.SIGHUP, "interrupted": signal.SIGINT}
NEVER = sys.maxsize
TOLD = {
    "full": "kosongkan ruang, lalu ulangi ← disk penuh [",
    "read-only": "sebut tempat lain ← tidak dapat ditulisi [",
    "ended": "Dihentikan.\n",
    "hung up": "Dihentikan.\n",
    "interrupted": "Dihentikan.\n",
}


def changed(event: str, details: tuple[Any, ...]) -> str:
    """Give the path that an event of the interpreter is about to change; "" for any other event."""
    if event == "open":
        path, _, flags = details
        return str(path) if isinstance(path, str) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) else ""
    return str(details[0]) if event in CHANGES and isinstance(details[0], str | Path) else ""


def faulted(work: Callable[[], int], home: Path, kind: str = "", number: int = NEVER) -> tuple[int, str, int]:
    """Do the work in a child with one fault at its n-th change below home; give status, words and number of changes."""
    report = home.parent / "report.json"
    report.unlink(missing_ok=True)
    child = os.fork()
    if child:
        _, waited = os.waitpid(child, 0)
        status = os.waitstatus_to_exitcode(waited)
        said, count = json.loads(report.read_text(encoding="utf-8")) if report.exists() else ("", 0)
        return status, said, count
    count, is_done = 0, False

    def hook(event: str, details: tuple[Any, ...]) -> None:
        nonlocal count
        path = "" if is_done else changed(event, details)
        if not path or not os.path.abspath(path).startswith(str(home)) or (kind in DISK and event in REMOVALS):
            return
        count += 1
        if count == number and kind in SIGNALS:
            os.kill(os.getpid(), SIGNALS[kind])
        if count >= number and kind in DISK:
            raise OSError(DISK[kind], os.strerror(DISK[kind]), path)

    status = 99
    try:
        for each in {*SIGNALS.values()} - {signal.SIGKILL}:
            signal.signal(each, signal.SIG_DFL if each is not signal.SIGINT else signal.default_int_handler)
        tempfile.tempdir = str(home / "tmp")
        os.chdir(home)
        words = io.StringIO()
        sys.addaudithook(hook)
        with contextlib.redirect_stdout(words), contextlib.redirect_stderr(words):
            status = work()
        is_done = True
        report.write_text(json.dumps([words.getvalue(), count]), encoding="utf-8")
    finally:
        os._exit(status)


def state(home: Path) -> State:
    """Give every file and folder below home."""
    return {
        path.relative_to(home).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(home.rglob("*"))
    }


def finished(found: State) -> State:
    """Leave out what a run calls unfinished."""
    return {path: content for path, content in found.items() if tree.UNFINISHED not in path}


# --- the works ------------------------------------------------------------------------------------------------------


def _said(work: Callable[[], object]) -> Callable[[], int]:
    """Give a work that ends as a command does."""
    return lambda: guarded(lambda: 0 * bool(work()), "id")


SITE = {
    "api/v1/latest.json": b'{"data": {"release": "2026.11"}}\n',
    "api/v1/releases/2026.11/a.json": b"{}\n",
    "static/2026.11/b.css": b"b",
}
PACKAGE = {"outcomes/datapackage.json": b"new", "outcomes/x.csv": b"x", "policy.toml": b"p"}
WORKS: Mapping[str, Callable[[], int]] = {
    "site": _said(lambda: tree.write({"index.html": b"new", "a/b.html": b"b"}, Path("out/site"))),
    "site begun": _said(lambda: tree.write({"index.html": b"new"}, Path("new/site"))),
    "package": _said(lambda: write_folder(Path("package"), PACKAGE, before=lambda: tree.write_whole(Path("r"), b"r"))),
    "file": _said(lambda: tree.write_whole(Path("out/old.txt"), b"new")),
    "file begun": _said(lambda: tree.write_whole(Path("a/b/new.txt"), b"new")),
    "temporary": _said(lambda: _in_workroom()),
    "kept": _said(lambda: store.put(Path("data"), "2026.11", {"static/2026.11/a": b"1", "static/2026.11/b": b"2"})),
}
COMMANDS: Mapping[str, Callable[[], int]] = {
    "keep": lambda: cli.main(["keep", "built", "--data", "data"]),
    "example": lambda: cli.main(["example", "--out", "folder"]),
    "tidy": lambda: cli.main(["tidy", "messy/batches.csv"]),
    "tidy elsewhere": lambda: cli.main(["tidy", "messy/batches.csv", "--out", "neat/batches.csv"]),
}
"""Commands that write by these: each is tried at few of its changes."""


def _in_workroom() -> None:
    """Write below the temporary files of the system."""
    with tree.workroom() as room:
        tree.lay_down({"a/b": b"1"}, room)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with what each work finds: an old site, an old package, an old file, a built site, data."""
    home = tmp_path_factory.mktemp("start")
    batches = (ROOT / "data/batches/batches.csv").read_bytes()
    tree.lay_down({"messy/batches.csv": b"\xef\xbb\xbf" + batches.replace(b"\n", b"\r\n")}, home)
    tree.write({"index.html": b"old"}, home / "out/site")
    tree.lay_down({"package/outcomes/datapackage.json": b"old", "out/old.txt": b"old", "data/policy.toml": b"p"}, home)
    tree.write(SITE, home / "built")
    (home / "tmp").mkdir()
    return home


def anew(start: Path, home: Path) -> State:
    """Put everything back."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(start, home)
    return state(home)


def try_out(
    work: Callable[[], int], start: Path, home: Path, kind: str, *, few: bool, is_several: bool
) -> Iterator[tuple[int, str]]:
    """Do a work with a fault at each of its changes, or at few of them; look at what stands then, and do it again.

    Gives status and words of each run that was stopped. is_several: the work writes file after file, each whole.
    """
    anew(start, home)
    assert faulted(work, home)[0] == 0
    done = state(home)
    before = anew(start, home)
    total = faulted(work, home, kind)[2]
    for number in sorted({1, total - 1}) if few else range(1, total + 1):
        anew(start, home)
        status, said, _ = faulted(work, home, kind, number)
        found = state(home)
        if kind == "killed":
            found = {path: each for path, each in found.items() if tree.UNFINISHED not in path}
        if kind == "killed" or is_several:
            assert {
                path: each for path, each in found.items() if each != done.get(path, b"?")
            }.items() <= before.items()
            assert found.keys() >= before.keys() & done.keys()
        else:
            assert found in ((before,) if kind in DISK else (before, done))
        yield status, said
        assert faulted(work, home)[0] == 0
        assert state(home) == done


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, kind) for name in WORKS for kind in ("full", "killed", "ended")),
        *((name, kind) for name in ("site", "file begun") for kind in ("read-only", "hung up", "interrupted")),
        *((name, kind) for name in COMMANDS for kind in ("full", "killed")),
    ],
)
def test_a_fault_at_any_moment_leaves_what_stood_there_and_nothing_else(
    start: Path, tmp_path: Path, name: str, kind: str
) -> None:
    work = {**WORKS, **COMMANDS}[name]
    ended = list(try_out(work, start, tmp_path / "home", kind, few=name in COMMANDS, is_several=name == "example"))
    assert ended
    for status, said in ended:
        if kind == "killed":
            assert status == -signal.SIGKILL
        elif kind in DISK:
            assert status == 2
            assert TOLD[kind] in said
        else:
            assert (status, said.splitlines()[-1:]) == (130, [TOLD[kind].strip()])


def test_two_runs_at_once_write_one_after_the_other_or_are_told_so(tmp_path: Path) -> None:
    (tmp_path / "package/outcomes").mkdir(parents=True)
    (tmp_path / "package/outcomes/datapackage.json").write_bytes(b"old")

    def second() -> None:
        with pytest.raises(tree.OutputError) as caught:
            write_folder(tmp_path / "package", PACKAGE)
        assert (
            caught.value.text("id") == "tunggu sampai selesai, lalu ulangi ← proses lain sedang menulis di tempat ini"
        )

    write_folder(tmp_path / "package", PACKAGE, before=second)
    assert (tmp_path / "package/policy.toml").read_bytes() == b"p"
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


# --- no command writes by any other way -----------------------------------------------------------------------------

WRITERS = {"write_text", "write_bytes", "mkdir", "touch", "rename", "replace", "mkstemp", "mkdtemp", "copytree"} | {
    *("TemporaryDirectory", "NamedTemporaryFile", "rmtree", "unlink", "rmdir", "symlink_to", "makedirs", "extractall")
}
OWN = {"ground/tree.py", "ground/store.py", "ground/workshop.py"}
IN_A_WORKROOM = {
    "api/joining.py": {"copytree", "write_text"},
    "api/releasing.py": {"extractall"},
}
"""Modules that write beside ``tree``: into the folder of a workroom alone."""


def test_every_command_writes_through_the_tree() -> None:
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "kompeten").rglob("*.py")):
        file = path.relative_to(ROOT / "kompeten").as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            is_path = name not in ("replace", "rename") or len(node.args) == 1  # type: ignore[attr-defined]
            if name in WRITERS and is_path and file not in OWN:
                found.setdefault(file, set()).add(name)
    assert found == IN_A_WORKROOM
