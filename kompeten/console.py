"""What a build says while it runs and when it ends. Quiet in a pipe until the end; progress only on a terminal."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TextIO

from kompeten import PACKAGE, REPOSITORY
from kompeten.ground.findings import Finding, Label, Language, few, rows_of
from kompeten.ground.formats import number
from kompeten.ground.refusal import CRASH, INTERRUPTED, USAGE, Refused, failed
from kompeten.ground.settings import load_settings
from kompeten.ground.stopping import STOPPED, stop
from kompeten.ground.tree import ENDING, write_whole
from kompeten.ground.wording import said

LAST_WORDS: Mapping[str, Label] = {
    "interrupted": Label(STOPPED["id"], STOPPED["en"]),
    "crash": Label(
        "Program berhenti karena kesalahannya sendiri ({kind} di {place}). "
        "Mohon laporkan: {repository}; --debug menampilkan rinciannya.",
        "The program stopped by a mistake of its own ({kind} in {place}). "
        "Please report it: {repository}; --debug shows the details.",
    ),
}
"""What is said when all else failed: here, since a catalogue that does not open may be what failed."""


_words = partial(said, "console", "checks")


@dataclass(slots=True)
class Console:
    """Tells a person what happens. language: of messages; hide: takes names of persons out of them; out: where to."""

    language: Language
    hide: Callable[[str], str] = str
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Show that a stage runs, and remember how long it took."""
        shown = self.err.isatty()
        if shown:
            print(f"\r\x1b[K{name} …", end="", file=self.err, flush=True)
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started
            if shown:
                print("\r\x1b[K", end="", file=self.err, flush=True)

    def tell(self, text: str) -> None:
        """Say a text, one line or more."""
        print(self.hide(text), file=self.out)

    def say(self, key: str, **values: object) -> None:
        """Say one sentence."""
        self.tell(_words()[key].text(self.language).format(**values))

    def complain(self, key: str, **values: object) -> None:
        """Say one sentence to whoever looks for errors."""
        words = LAST_WORDS if key in LAST_WORDS else _words()
        print(self.hide(words[key].text(self.language).format(**values)), file=self.err)

    def waiting(self, rules: int, names: Sequence[str]) -> None:
        """Say which rules could not be judged, and because of what; nothing where all were."""
        if rules:
            self.say("waiting", rules=rules, names=", ".join(names))

    def near(self, limits: Sequence[tuple[str, int, int]]) -> None:
        """Say which limits of the host the site is near, or beyond. limits: a path, or a key; how much; the limit."""
        for what, *sizes in limits:
            size, limit = (number(each, self.language) for each in sizes)
            self.say("near", what=_words().get(what, Label(what, what)).text(self.language), size=size, limit=limit)

    def findings(self, findings: Sequence[Finding], *, root: str) -> None:
        """Show every finding at once, a flood of one kind folded; in GitHub Actions annotations too."""
        shown = tuple(few(findings, lambda each: (each.file, each.rule)))
        for finding, others in shown:
            place = root if finding.file == "." else f"{root}/{finding.file}"
            self.tell(f"{place}{finding.line(self.language).removeprefix(finding.file)} [{finding.rule}]")
            if others:
                rows = rows_of(others)
                at_rows = _words()["more-rows"].filled(rows=rows).text(self.language) if rows else ""
                self.say("more", place=place, count=len(others), rows=at_rows, rule=finding.rule)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            for finding, _ in shown:
                self.tell(finding.annotation(self.language, root=root))

    def summary(self, counts: Mapping[str, int]) -> None:
        """Show one screen: what was built, and the seconds of each stage."""
        print("  ".join(f"{name} {value:,}" for name, value in counts.items()), file=self.out)
        print("  ".join(f"{name} {value:.2f} s" for name, value in self.seconds.items()), file=self.out)


def write_report(path: Path, findings: Sequence[Finding]) -> None:
    """Write the findings as JSON, for other programs."""
    body = {"total": len(findings), "findings": [finding.as_json() for finding in findings]}
    write_whole(path, (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode())


def guarded(
    work: Callable[[], int],
    language: Language,
    *,
    debug: bool = False,
    discreet: bool = False,
    hide: Callable[[str], str] = str,
) -> int:
    """Do the work of a command and give its exit status, whatever happens; say what happened in plain words.

    debug: show where our own mistake was made. discreet: never what it says, for the text may hold a person.
    hide: takes out of a refusal what it must not repeat.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal of Windows-1252 or ASCII has no arrow
            stream.reconfigure(errors="backslashreplace")
    console = Console(language, hide)
    try:
        with _stopped_alike(), warnings.catch_warnings():
            if discreet:  # a library that reads workbooks warns with the value of the cell
                warnings.simplefilter("ignore")
            return work()
    except Refused as refused:
        print(hide(refused.told(language)), file=sys.stderr)
        return refused.status
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at its end
        return USAGE
    except OSError as error:
        print(hide(f"{failed(error).text(language)} [disk]"), file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        console.complain("interrupted")
        return INTERRUPTED
    except Exception as error:
        if debug:
            print("".join(traceback.format_tb(error.__traceback__)), end="", file=sys.stderr)
            print(type(error).__name__ if discreet else f"{type(error).__name__}: {error}", file=sys.stderr)
        console.complain("crash", kind=type(error).__name__, place=_place(error), repository=_repository())
        return CRASH


@contextmanager
def _stopped_alike() -> Iterator[None]:
    """Let whoever ends the program end it as Ctrl-C does, so that it tidies up; a signal that is ignored stays so."""
    is_main = threading.current_thread() is threading.main_thread()
    before = {each: signal.getsignal(each) for each in (*ENDING, signal.SIGINT) if is_main}
    changed = {each: handler for each, handler in before.items() if handler in (signal.SIG_DFL, stop)}
    for each in changed:
        signal.signal(each, signal.default_int_handler)
    try:
        yield
    finally:
        for each, handler in changed.items():
            signal.signal(each, handler)


def _place(error: BaseException) -> str:
    """Give file and line of ours where an error rose."""
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    ours = (PACKAGE, REPOSITORY / "build.py")
    own = [(file, line) for file, line in frames if any(file.is_relative_to(one) for one in ours)]
    return f"{own[-1][0].relative_to(PACKAGE.parent).as_posix()}:{own[-1][1]}" if own else "?"


def _repository() -> str:
    """Give the address at which mistakes are reported, or the file that should say it."""
    try:
        return load_settings(REPOSITORY / "kompeten.toml").repository_url
    except Refused:
        return "kompeten.toml"
