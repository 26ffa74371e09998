"""The commands: ``python build.py``, ``kompeten`` and ``python -m kompeten``. Arguments in, exit status out.

Exit status: 0 done, 1 findings in the data, 2 wrong usage or configuration, 3 disclosure risk, 4 a mistake of ours
(``--debug`` shows where), 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import re
import runpy
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kompeten import PACKAGE, RECORD, REPOSITORY, TEMPLATES, WORKPLACE
from kompeten.console import Console, guarded
from kompeten.ground.findings import LANGUAGES, Language, few
from kompeten.ground.refusal import DISCLOSURE, DONE, FINDINGS, USAGE
from kompeten.ground.tree import write_whole

if TYPE_CHECKING:
    from kompeten.audit import Redraw
    from kompeten.statistics.changes import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What ``build.py`` is asked to do."""

    data: Path
    out: Path
    release: str | None
    base_url: str | None
    check: bool
    preview: bool
    report: Path | None
    language: Language
    jobs: int
    cache: Path | None
    debug: bool


class Parser(argparse.ArgumentParser):
    """Reads arguments; wrong ones leave with status 2 and a sentence in the language that they ask for."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Remember the arguments, so that an error can be said in their language."""
        self.given: Sequence[str] = list(args or ())
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, and leave."""
        said = " ".join(self.given).replace("--lang=", "--lang ")
        if not re.search(r"--lang en\b", said):
            for english, indonesian in USAGE_WORDS.items():
                message = re.sub(f"^{english}$", indonesian, message)
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: error: {message} [usage]\n")


USAGE_WORDS: Mapping[str, str] = {
    r"the following arguments are required: (.*)": r"argumen yang wajib belum ada: \1",
    r"unrecognized arguments: (.*)": r"argumen tidak dikenal: \1",
    r"argument (.*): invalid choice: (.*) \(choose from (.*)\)": r"argumen \1: \2 bukan pilihan (pilihannya \3)",
    r"argument (.*): expected one argument": r"argumen \1: perlu satu nilai",
    r"argument (.*): invalid int value: (.*)": r"argumen \1: \2 bukan bilangan bulat",
    r"argument (.*): (.*) is not a number of 1 or more": r"argumen \1: \2 bukan bilangan 1 atau lebih",
    r"argument (.*): ignored explicit argument (.*)": r"argumen \1: tidak memerlukan nilai \2",
    r"ambiguous option: (.*) could match (.*)": r"argumen \1 dapat berarti \2; tulis lengkap",
}
"""What argparse says in English, and the same in Indonesian."""


def build_options(arguments: Sequence[str]) -> BuildOptions:
    """Read the arguments of build.py; wrong usage leaves with status 2."""
    parser = Parser(prog="build.py", description="Validate, audit and publish the data packages.")
    parser.add_argument("--data", type=Path, default=RECORD, metavar="DIR", help="data folder (default: data)")
    parser.add_argument("--out", type=Path, default=WORKPLACE / "site", metavar="DIR", help="the site (default: site)")
    parser.add_argument("--release", metavar="ID", help="release to publish (default: the last in releases.toml)")
    parser.add_argument("--base-url", metavar="URL", help="address of the site (default: from kompeten.toml)")
    parser.add_argument("--check", action="store_true", help="validate and audit, then stop before writing")
    parser.add_argument("--preview", action="store_true", help="show what is not out yet, with a banner that says so")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the findings as JSON to FILE")
    _common_arguments(parser)
    parser.add_argument("--jobs", type=_positive, default=_cores(), metavar="N", help="cores to use (default: all)")
    parser.add_argument("--no-cache", action="store_true", help="make everything anew, remember nothing")
    found = vars(parser.parse_args(arguments))
    return BuildOptions(language=found.pop("lang"), cache=None if found.pop("no_cache") else _cache(), **found)


def _common_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=LANGUAGES, default="id", help="language of the messages (default: id)")
    parser.add_argument("--debug", action="store_true", help="show where a mistake of the program was made")


def _cores() -> int:
    """Give how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cache() -> Path | None:
    """Give the folder where builds remember; None without a home, or where somebody else can have written to it."""
    folder = _named_cache()
    try:
        known = folder.stat() if folder else None
    except OSError:  # it is made, for us alone, when there is something to remember
        return folder
    is_ours = known is None or not hasattr(os, "getuid") or (known.st_uid == os.getuid() and not known.st_mode & 0o002)
    return folder if is_ours else None


def _named_cache() -> Path | None:
    """Give KOMPETEN_CACHE, or the system's folder for such things; None without a home."""
    if named := os.environ.get("KOMPETEN_CACHE"):
        return Path(named)
    system = Path(os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "")
    if system.is_absolute():
        return system / "kompeten"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ".cache" / "kompeten" if home.is_absolute() and home != Path(home.anchor) else None


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return int(text)


def run() -> int:
    """Run ``kompeten COMMAND``, the entry point of an installed copy."""
    return main(sys.argv[1:])


def main(arguments: Sequence[str]) -> int:
    """Run ``kompeten COMMAND``; ``kompeten build`` is build.py, wherever it is installed."""
    if list(arguments[:1]) == ["build"]:
        return int(runpy.run_path(str(REPOSITORY / "build.py"))["main"](arguments[1:]))
    parser = Parser(prog="kompeten", description="Kaltim Kompeten.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("build", help="validate, audit and publish the data packages (kompeten build --help)")
    _example_arguments(commands.add_parser("example", help="put the invented example into a folder"))
    _begin_arguments(commands.add_parser("begin", help="propose the configuration of a register, doubts marked"))
    _anonymize_arguments(commands.add_parser("anonymize", help="turn a register into a protected package, offline"))
    _join_arguments(commands.add_parser("join", help="join a protected package to data/, check and audit"))
    _sample_arguments(commands.add_parser("sample", help="write synthetic packages"))
    _audit_arguments(commands.add_parser("audit", help="attack a package or a built site"))
    _diff_arguments(commands.add_parser("diff", help="show what changed between two releases"))
    _review_arguments(commands.add_parser("review", help="say what a proposal changes, in both languages"))
    _keep_arguments(commands.add_parser("keep", help="keep the permanent files of a published site"))
    _release_arguments(commands.add_parser("release", help="keep what is published and draft the next release"))
    _tidy_arguments(commands.add_parser("tidy", help="write a table of the data in its canonical form"))
    _settings_arguments(commands.add_parser("settings", help="show the settings of the host"))
    for command in commands.choices.values():
        _common_arguments(command)
    found = parser.parse_args(arguments)
    discreet = found.command in ("begin", "anonymize")
    given = [value if isinstance(value, list) else [value] for value in vars(found).values()]
    named = [Path(vars(found)[each]) for each in ("old", "new") if each in found]
    hide = partial(without_names, [*named, *(each for value in given for each in value if isinstance(each, Path))])
    work = partial(found.run, found, Console(found.lang, hide))
    return guarded(work, found.lang, debug=found.debug, discreet=discreet, hide=hide)


def without_names(places: Iterable[Path], text: str) -> str:
    """Give a text without the names of files and folders, of those that a command was given, that name a person."""
    for name, masked in _masks(tuple(each.absolute() for each in places)):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", masked.replace("\\", r"\\"), text)
    return text


@cache
def _masks(places: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
    """Give every part of some paths with what is shown of it, the longest first; once, for each line asks for it."""
    from kompeten.intake.messages import shown, shown_place

    told = {part: shown(part) for each in places for part in each.parent.parts}
    told |= {each.name: shown_place(each.name) for each in places}
    return tuple((name, told[name]) for name in sorted(filter(None, told), key=len, reverse=True))


def _example_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="folder (default: this one)")
    parser.set_defaults(run=_example)


def _example(found: argparse.Namespace, console: Console) -> int:
    for name in ("register-contoh.xlsx", "register-contoh.csv", "config-contoh.toml"):
        write_whole(found.out / name, (REPOSITORY / "examples" / name).read_bytes())
        console.say("done", out=found.out / name)
    return DONE


def _begin_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("register", type=Path, metavar="REGISTER", help="CSV or XLSX: a register, or counts")
    parser.add_argument("--out", type=Path, metavar="FILE", help="(default: config.toml; hitungan.csv for counts)")
    parser.set_defaults(run=_begin)


def _begin(found: argparse.Namespace, console: Console) -> int:
    from kompeten.ground.wording import load_officer
    from kompeten.register.begin import begin

    begun = begin(found.register, found.out, console.language)
    for note in begun.notes:
        console.tell(note)
    console.tell(load_officer()[console.language]("begun", out=begun.out, count=begun.questions))
    return DONE


def _anonymize_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "register",
        type=Path,
        metavar="REGISTER",
        help="CSV, XLSX or Parquet, one row a participant, or a folder of its parts",
    )
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="TOML: columns, batches, tables")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="data folder to write")
    parser.add_argument(
        "--previous", type=Path, action="append", metavar="DIR", help="data folder of an earlier release, newest first"
    )
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="report for the officer alone (default: beside DIR)"
    )
    parser.set_defaults(run=_anonymize)


def _anonymize(found: argparse.Namespace, console: Console) -> int:
    # The private wing is imported inside its commands and nowhere else, so that no other command can reach it.
    from kompeten.register.anonymize import anonymize

    outcome = anonymize(found.register, found.config, found.out, found.previous, report=found.report)
    for line in outcome.lines(console.language):
        console.tell(line)
    console.tell(str(outcome.report))
    return outcome.exit_status


def _join_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("package", type=Path, metavar="PACKAGE", help="what anonymize wrote")
    parser.add_argument("--data", type=Path, default=WORKPLACE / "data", metavar="DIR", help="(default: data)")
    parser.add_argument("--site", type=Path, metavar="SITE", help="what is published now (default: built anew)")
    parser.set_defaults(run=_join)


def _join(found: argparse.Namespace, console: Console) -> int:
    from kompeten.api.joining import join
    from kompeten.ground.settings import load_settings
    from kompeten.ground.wording import load_officer

    say, settings = load_officer()[console.language], load_settings(REPOSITORY / "kompeten.toml")
    joined = join(found.package, found.data, settings, site=found.site)
    if joined.findings:
        console.findings(joined.findings, root=found.data.name)
    if joined.verdict is not None:
        console.tell("\n".join(joined.verdict.lines(console.language)))
    for row in joined.kept:
        console.tell(say("join_kept", row=row))
    if not joined.is_joined:
        console.tell(say("join_undone", data=found.data))
        return FINDINGS if joined.findings else DISCLOSURE
    _tell_moved(joined.changes, console)
    if joined.pages:
        console.tell(say("join_pages"))
    for page in joined.pages:
        console.tell(f"  {settings.base_url}{page}")
    console.tell(say("join_done", data=found.data, repository=settings.repository_url, contact=settings.contact_email))
    return DONE


def _tell_moved(changes: Sequence[Change], console: Console) -> None:
    """Show what moved between two releases, a flood of one kind in one table folded."""
    for change, others in few(changes, lambda each: (each.table, each.kind)):
        console.tell(change.line(console.language))
        if others:
            console.say("more-changes", count=len(others), table=change.table)


def _sample_arguments(parser: argparse.ArgumentParser) -> None:
    size = "national: two million rows, more than a build takes"
    parser.add_argument("--size", choices=("kaltim", "province", "national"), default="kaltim", help=size)
    parser.add_argument("--seed", type=_positive, default=1, metavar="N")
    parser.add_argument("--history", action="store_true", help="four releases in a row (kaltim alone; takes minutes)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="data folder to write")
    parser.set_defaults(run=_sample)


def _sample(found: argparse.Namespace, console: Console) -> int:
    if found.size == "national":
        from kompeten.invented.nation import Nation, write_nation

        rows = write_nation(Nation(), found.seed, found.out)
    else:
        from kompeten.invented.history import write_history
        from kompeten.invented.sample import write_sample

        has_history = found.history and found.size == "kaltim"
        rows = write_history(found.seed, found.out) if has_history else write_sample(found.size, found.seed, found.out)
    console.say("sample", out=found.out, rows=rows, size=found.size, seed=found.seed)
    return DONE


def _audit_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="data folder, package or built site")
    parser.add_argument("--previous", type=Path, action="append", default=[], metavar="DIR", help="earlier release")
    parser.set_defaults(run=_audit)


def _audit(found: argparse.Namespace, console: Console) -> int:
    from kompeten.audit import audit_directory, is_site
    from kompeten.ground.workshop import Workshop

    redraw = _redrawing() if is_site(found.folder) else None
    # What is attacked from outside is read anew, whatever a build of this machine remembers of it.
    workshop = Workshop(jobs=_cores())
    result = audit_directory(found.folder, previous=found.previous, redraw=redraw, workshop=workshop)
    console.tell("\n".join(result.lines(console.language)))
    return DISCLOSURE if result.breaches else DONE


def _redrawing() -> Redraw:
    """Give what makes a site again of what it says it is made of, to compare."""
    from kompeten.ground.workshop import Workshop, digest_of_program
    from kompeten.site.redrawn import Redrawing

    return Redrawing(workshop=Workshop(jobs=_cores(), folder=_cache(), program=digest_of_program(PACKAGE, TEMPLATES)))


def _diff_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="data folder, checkout, built site, or id of a release")
    parser.add_argument("new", metavar="NEW", help="the same")
    parser.add_argument("--data", type=Path, default=RECORD, metavar="DIR", help="whose releases an id names")
    parser.add_argument("--json", action="store_true", help="as JSON, the way api/v1/changes/ has it")
    parser.set_defaults(run=_diff)


def _diff(found: argparse.Namespace, console: Console) -> int:
    from kompeten.api.comparing import as_json, compared, side

    old, new = (side(name, found.data) for name in (found.old, found.new))
    for name, each in ((found.old, old), (found.new, new)):
        if each.findings:
            console.findings(each.findings, root=name)
            return FINDINGS
    changes = compared(old, new)
    if found.json:
        print(as_json(changes, new, found.data))
    else:
        for recorded in changes:
            console.tell(recorded.change.line(console.language))
    return DONE


def _review_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="OLD", help="data folder or checkout, as it stands")
    parser.add_argument("new", type=Path, metavar="NEW", help="the same, as it is proposed")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: print it)")
    parser.add_argument("--quick", action="store_true", help="build no site: nothing is said of pages and bytes")
    parser.set_defaults(run=_review)


def _review(found: argparse.Namespace, console: Console) -> int:
    from kompeten.api.reviewing import review

    reviewed = review(found.old, found.new, quick=found.quick)
    if found.out:
        write_whole(found.out, reviewed.text.encode())
        console.say("done", out=found.out)
    else:
        print(reviewed.text, end="")
    return reviewed.exit_status


def _keep_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("site", type=Path, metavar="SITE", help="the site as it was published")
    parser.add_argument("--data", type=Path, default=RECORD, metavar="DIR", help="data folder (default: data)")
    parser.set_defaults(run=_keep)


def _keep(found: argparse.Namespace, console: Console) -> int:
    from kompeten.ground.store import FOLDER
    from kompeten.intake.permanent import keep

    release, count = keep(found.site, found.data)
    console.say("kept", out=found.data / FOLDER / release, count=count, release=release)
    return DONE


def _release_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("release", metavar="ID", help="id of the new release, such as 2026.12")
    parser.add_argument("--data", type=Path, default=RECORD, metavar="DIR", help="data folder (default: data)")
    parser.add_argument("--site", type=Path, metavar="SITE", help="what is published now (default: built anew)")
    parser.set_defaults(run=_release)


def _release(found: argparse.Namespace, console: Console) -> int:
    from kompeten.api.releasing import begin

    begun = begin(found.release, found.data, site=found.site, today=date.today())
    if begun.kept:
        console.say("kept", out=found.data, count=begun.kept[1], release=begun.kept[0])
    if begun.findings:
        console.findings(begun.findings, root=found.data.name)
        return FINDINGS
    if begun.step and begun.step.record:
        _tell_moved([each.change for each in begun.step.record.changes], console)
        console.say("begun", release=found.release, version=begun.step.version, drafted=begun.drafted)
    return DONE


def _tidy_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV file of a data package, in whatever form")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: in its own place)")
    parser.set_defaults(run=_tidy)


def _tidy(found: argparse.Namespace, console: Console) -> int:
    from kompeten.intake.tidy import tidy_file

    result = tidy_file(found.file, found.out or found.file, RECORD)
    for change in result.changes:
        console.tell(f"{result.file}: {change.text(console.language)}")
    console.findings(result.questions, root=found.file.absolute().parent.name)
    if result.text is not None:
        console.say("tidied", out=result.file, questions=len(result.questions))
    return FINDINGS if result.questions else DONE


def _settings_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--require-complete", action="store_true", help="fail while a placeholder stands")
    parser.set_defaults(run=_settings)


def _settings(found: argparse.Namespace, console: Console) -> int:
    from kompeten.ground.settings import HOST, load_settings

    settings = load_settings(REPOSITORY / "kompeten.toml", os.environ)
    for name in settings.__dataclass_fields__:
        mark = "  (placeholder)" if name in settings.placeholders else ""
        print(f"{name} = {getattr(settings, name)}{mark}")
    if found.require_complete and settings.placeholders:
        variables = ", ".join(HOST[name] for name in settings.placeholders)
        console.complain("placeholders", names=", ".join(settings.placeholders), variables=variables)
        return USAGE
    return DONE
