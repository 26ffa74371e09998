"""The tree of files: every path once, nothing outside, swapped in whole."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import NoReturn

import pytest

from kompeten.ground import store, tree


def a_tree(**files: str) -> tree.Tree:
    """Give a tree of text files; ``__`` in a name stands for a folder."""
    found = tree.Tree()
    found.add({name.replace("__", "/") + ".txt": text.encode() for name, text in files.items()})
    return found


def stands(out: Path) -> dict[str, str]:
    """Give what a folder holds, checksums left out."""
    found = {p.relative_to(out).as_posix(): p.read_text(encoding="utf-8") for p in out.rglob("*") if p.is_file()}
    found.pop(tree.CHECKSUMS, None)
    return found


@pytest.mark.parametrize("path", ["", "/etc/x", "../x", "a/../../x", "a\\b"])
def test_a_path_that_leads_out_of_the_site_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"is no path below the root of the site$"):
        tree.Tree().add({path: b""})


def test_a_path_is_written_once() -> None:
    files = a_tree(a="1")
    with pytest.raises(ValueError, match=r"^'a\.txt' is written twice$"):
        files.add({"a.txt": b"2"})
    assert files["a.txt"] == b"1"


def test_files_stand_in_order_of_path_whatever_order_they_came_in() -> None:
    assert list(a_tree(b="", a__z="", a="")) == ["a.txt", "a/z.txt", "b.txt"]
    assert len(a_tree(b="", a="")) == 2


def test_checksums_are_lines_of_hash_two_spaces_path() -> None:
    assert tree.checksums({"b": b"2", "a": b"1"}).decode() == (
        f"{hashlib.sha256(b'1').hexdigest()}  a\n{hashlib.sha256(b'2').hexdigest()}  b\n"
    )


def test_a_new_site_takes_the_place_of_the_old_one_whole(tmp_path: Path) -> None:
    out = tmp_path / "deep/site"
    tree.write(a_tree(old="1", same="1"), out)
    tree.write(a_tree(new="2", same="2"), out)
    assert stands(out) == {"new.txt": "2", "same.txt": "2"}
    assert list(out.parent.iterdir()) == [out]
    assert out.stat().st_mode & 0o777 == 0o755


def test_an_empty_folder_may_become_a_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    tree.write(a_tree(a="1"), tmp_path / "site")
    assert stands(tmp_path / "site") == {"a.txt": "1"}


def test_a_gate_that_refuses_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    tree.write(a_tree(old="1"), out)
    seen = []

    def refuse(folder: Path) -> NoReturn:
        seen.append(stands(folder))
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match=r"^no$"):
        tree.write(a_tree(new="2"), out, gate=refuse)
    assert seen == [{"new.txt": "2"}]
    assert stands(out) == {"old.txt": "1"}
    assert list(tmp_path.iterdir()) == [out]


def test_what_a_gate_reports_is_written_and_listed_with_the_rest(tmp_path: Path) -> None:
    out = tmp_path / "site"
    seen = []

    def report(folder: Path) -> dict[str, bytes]:
        seen.append(stands(folder))
        return {"report.json": b"3"}

    tree.write(a_tree(new="2"), out, gate=report)
    assert seen == [{"new.txt": "2"}]
    assert (out / "report.json").read_bytes() == b"3"
    both = {**a_tree(new="2"), "report.json": b"3"}
    assert (out / tree.CHECKSUMS).read_bytes() == tree.checksums(both)


def test_a_file_that_stays_as_it_is_is_neither_made_nor_removed(tmp_path: Path) -> None:
    out = tmp_path / "site"
    tree.write(a_tree(same="1", deep__same="2", other="3"), out)
    before = {path: (out / path).stat() for path in stands(out)}
    tree.write(a_tree(same="1", deep__same="2", other="4"), out)
    assert stands(out) == {"same.txt": "1", "deep/same.txt": "2", "other.txt": "4"}
    after = {path: (out / path).stat() for path in stands(out)}
    stayed = {
        path
        for path, own in after.items()
        if (own.st_ino, own.st_mtime_ns) == (before[path].st_ino, before[path].st_mtime_ns)
    }
    assert stayed == {"same.txt", "deep/same.txt"}
    assert {own.st_nlink for own in after.values()} == {1}


@pytest.mark.parametrize("refused", [False, True])
def test_while_a_site_is_written_the_old_one_stays_as_it_was(tmp_path: Path, *, refused: bool) -> None:
    out, seen = tmp_path / "site", []
    tree.write(a_tree(report="old", page="1"), out)

    def gate(folder: Path) -> dict[str, bytes]:
        seen.append(folder)
        if refused:
            raise ValueError("refused")
        return {"report.txt": b"new"}

    def reader(swap: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        def swapped(fresh: Path, old: Path) -> None:
            assert (stands(fresh), stands(old)) == (
                {"report.txt": "new", "page.txt": "1"},
                {"report.txt": "old", "page.txt": "1"},
            )
            swap(fresh, old)

        return swapped

    with (
        pytest.MonkeyPatch.context() as patch,
        pytest.raises(ValueError, match=r"^refused$") if refused else nullcontext(),
    ):
        patch.setattr(tree, "swap", reader(tree.swap))
        tree.write(a_tree(report="old", page="1"), out, gate=gate)
    assert stands(out) == {"report.txt": "old" if refused else "new", "page.txt": "1"}
    assert len(seen) == 1


TOUCHED: dict[str, Callable[[Path, Path], object]] = {
    "other bytes": lambda file, _: file.write_text("2", encoding="utf-8"),
    "closed to others": lambda file, _: file.chmod(0o600),
    "a second name": lambda file, beside: os.link(file, beside),
    "a link": lambda file, beside: (file.rename(beside), file.symlink_to(beside)),
    "behind a link": lambda file, beside: (file.parent.rename(beside), file.parent.symlink_to(beside)),
    "a folder": lambda file, _: (file.unlink(), file.mkdir()),
    "gone": lambda file, _: file.unlink(),
}


@pytest.mark.parametrize("touched", TOUCHED)
def test_what_somebody_has_touched_is_made_anew(tmp_path: Path, touched: str) -> None:
    out, file = tmp_path / "site", tmp_path / "site/deep/same.txt"
    tree.write(a_tree(deep__same="1"), out)
    before = file.stat()
    TOUCHED[touched](file, tmp_path / "beside")
    tree.write(a_tree(deep__same="1"), out)
    assert stands(out) == {"deep/same.txt": "1"}
    own = file.stat()
    assert own.st_ino != before.st_ino or touched in ("a folder", "gone")
    assert (own.st_mode, own.st_nlink) == (before.st_mode, 1)
    assert not any(each.is_symlink() for each in (file, file.parent))


def test_without_the_kernels_exchange_the_old_folder_steps_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "_exchange", lambda *_: False)
    out = tmp_path / "site"
    tree.write(a_tree(old="1"), out)
    tree.write(a_tree(new="2"), out)
    assert stands(out) == {"new.txt": "2"}
    assert list(tmp_path.iterdir()) == [out]


def on(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    """Behave like another system: Windows has no C library to ask under the name of none, macOS no renameat2."""

    def no_library(*_: object, **__: object) -> object:
        if system == "win32":
            raise TypeError("LoadLibrary() argument 1 must be str, not None")
        return object()

    monkeypatch.setattr(tree.sys, "platform", system)
    monkeypatch.setattr(tree.ctypes, "CDLL", no_library)


@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
def test_a_site_is_written_twice_on_every_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    on(monkeypatch, system)
    out = tmp_path / "site"
    tree.write(a_tree(old="1"), out)
    tree.write(a_tree(new="2"), out)
    assert stands(out) == {"new.txt": "2"}
    assert list(tmp_path.iterdir()) == [out]


def test_on_windows_a_file_held_open_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, "win32")
    out = tmp_path / "site"
    tree.write(a_tree(old="1"), out)

    def held(self: Path, target: Path) -> NoReturn:
        raise PermissionError(13, "The process cannot access the file", str(self), 32, str(target))

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(PermissionError):
        tree.write(a_tree(new="2"), out)
    assert stands(out) == {"old.txt": "1"}
    assert list(tmp_path.iterdir()) == [out]


def test_where_the_second_step_fails_the_old_folder_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_exchange", lambda *_: False)
    out = tmp_path / "site"
    tree.write(a_tree(old="1"), out)
    rename = Path.rename

    def fail_into_place(self: Path, target: Path) -> Path:
        if target == out and self.name != tree.ASIDE:
            raise OSError("no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_into_place)
    with pytest.raises(OSError, match=r"^no$"):
        tree.write(a_tree(new="2"), out)
    assert stands(out) == {"old.txt": "1"}
    assert list(tmp_path.iterdir()) == [out]


def test_two_runs_on_one_site_are_told_apart_and_the_second_waits(tmp_path: Path) -> None:
    out = tmp_path / "site"
    tree.write({"index.html": b"old"}, out)

    def gate(_: Path) -> None:
        with pytest.raises(tree.OutputError) as caught:
            tree.write({"index.html": b"second"}, out)
        assert caught.value.text("en") == "wait until it has ended, then try again ← another run is writing this place"

    tree.write({"index.html": b"first"}, out, gate=gate)
    assert (out / "index.html").read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_a_killed_run_has_left_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".site-0123456789abcdef.baru/new").mkdir(parents=True)
    (tmp_path / ".site-0123456789abcdef.baru/new/index.html").write_bytes(b"half")
    others = [".site-settings", ".site-two-0123456789abcdef.baru", ".sitemap"]
    for other in others:
        (tmp_path / other).mkdir()
    tree.write({"index.html": b"new"}, tmp_path / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == [*others, "site"]


def test_a_site_that_a_killed_run_had_moved_aside_comes_back(tmp_path: Path) -> None:
    (tmp_path / ".site-0123456789abcdef.baru/old").mkdir(parents=True)
    (tmp_path / ".site-0123456789abcdef.baru/old/index.html").write_bytes(b"old")
    with pytest.raises(RuntimeError), tree.workroom(tmp_path / "site"):
        raise RuntimeError
    assert stands(tmp_path) == {"site/index.html": "old"}


def test_what_another_run_works_on_among_the_temporary_files_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "kompeten-0123456789abcdef.baru").mkdir()
    with tree.workroom() as one, tree.workroom() as other:
        assert sorted(tmp_path.iterdir()) == sorted([one, other])
    assert list(tmp_path.iterdir()) == []


def test_halves_of_files_are_removed_and_nothing_else(tmp_path: Path) -> None:
    half = tmp_path / "a/.0123456789abcdef-01234567.baru"
    for path in (half, tmp_path / "a/.x.baru", tmp_path / "a/b.csv"):
        tree.write_whole(path, b"1")
    half.with_name(".0123456789abcdef-0123456z.baru").symlink_to(tmp_path / "a/b.csv")
    tree.remove_unfinished(tmp_path)
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        *(".0123456789abcdef-0123456z.baru", ".x.baru", "b.csv")
    ]


def test_a_limit_of_the_host_is_named_when_it_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MOST_FILES", 10)
    monkeypatch.setattr(tree, "MOST_BYTES", 100)
    monkeypatch.setattr(tree, "LARGEST_FILE", 50)
    assert tree.near_limits({f"{number}": b"" for number in range(7)}) == ()
    assert tree.near_limits({f"{number}": b"" for number in range(8)}) == (("files", 8, 10),)
    assert tree.near_limits({"a": b"1" * 39, "b": b"1" * 40}) == (("b", 40, 50),)
    assert tree.near_limits({"a": b"1" * 39, "b": b"1" * 41}) == (("bytes", 80, 100), ("b", 41, 50))


def test_a_file_is_written_whole_or_not_at_all_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "a/b/new.toml"
    tree.write_whole(old, b"before\n")
    written = Path.write_bytes

    def fill_up(path: Path, content: bytes) -> int:
        written(path, content[:2])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", fill_up)
        for path in (old, new):
            with pytest.raises(OSError, match="No space left"):
                tree.write_whole(path, b"after\n")
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*")} == {"old.toml": b"before\n"}
    tree.write_whole(new, b"after\n")
    assert new.read_bytes() == b"after\n"
    assert [path.name for path in new.parent.iterdir()] == ["new.toml"]


def test_a_device_is_written_to_and_never_replaced() -> None:
    tree.write_whole(Path("/dev/null"), b"x")
    assert not Path("/dev/null").is_file()


def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file or folder be made, and none be removed: not even one that is not there, as such disks have it."""

    def refuse(path: Path, *_: object, **__: object) -> NoReturn:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    for name in ("touch", "write_bytes", "mkdir", "unlink"):
        monkeypatch.setattr(Path, name, refuse)


@pytest.mark.parametrize(
    ("work", "named"),
    [
        (lambda folder: tree.write_whole(folder / "report.json", b"x"), "report.json"),
        (lambda folder: tree.write_all({folder / "a.csv": b"x", folder / "b.csv": b"x"}), "a.csv"),
        (lambda folder: tree.write({"index.html": b"x"}, folder / "site"), "site"),
        (lambda folder: store.put(folder, "2026.11", {"static/2026.11/x": b"x"}), "permanent"),
    ],
)
def test_a_disk_that_cannot_be_written_is_told_by_what_was_wanted(
    work: Callable[[Path], object], named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / store.FOLDER / store.OBJECTS).mkdir(parents=True)
    read_only(monkeypatch)
    for module in (tree, store):
        monkeypatch.setattr(module, "homed", lambda _: nullcontext())
    with pytest.raises(OSError, match="Read-only") as refused:
        work(tmp_path)
    assert Path(str(refused.value.filename)).name == named
