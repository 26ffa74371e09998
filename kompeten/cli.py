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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kompeten import PACKAGE, RECORD, REPOSITORY, TEMPLATES, WORKPLACE
from kompeten.console import Console, guarded
from kompeten.ground.findings import LANGUAGES, Language, few
from kompeten.ground.inert import nearly
from kompeten.ground.refusal import DISCLOSURE, DONE, FINDINGS, USAGE
from kompeten.ground.stopping import language_of
from kompeten.ground.tree import write_all, write_whole
from kompeten.ground.wording import spoken

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
    """Reads arguments; explains them, and says what is wrong with them, in the language that they ask for."""

    def __init__(self, *, language: Language, **options: Any) -> None:
        self.language, self.words = language, spoken("usage", language, "checks")
        super().__init__(**options)
        self._positionals.title, self._optionals.title = self.words("arguments"), self.words("options")

    def add_argument(self, *names: str, **options: Any) -> argparse.Action:
        """Take an argument; what it is for says the catalogue, of this command or of all that have it."""
        name = names[-1].lstrip("-")
        own = f"{self.prog.removesuffix('.py').split()[-1]}.{name}"
        options["help"] = self.words(own if own in self.words.texts else name)
        return super().add_argument(*names, **options)

    def format_usage(self) -> str:
        """Give how it is called."""
        return super().format_usage().replace("usage: ", self.words("usage"), 1)

    def format_help(self) -> str:
        """Give everything that can be asked."""
        return super().format_help().replace("usage: ", self.words("usage"), 1)

    def error(self, message: str) -> NoReturn:
        """Say what to mend in the arguments, and leave with status 2; what somebody wrote may name a person."""
        for pattern, slug in MISTAKES.items():
            if found := re.fullmatch(pattern, message.replace("'", ""), re.DOTALL):
                told = {name: self._told(text) if name == "given" else text for name, text in found.groupdict().items()}
                message = self.words(slug, **told)
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message} [usage]\n")

    def _told(self, given: str) -> str:
        known = [name for action in self._actions for name in (*action.option_strings, *(action.choices or ()))]
        return ", ".join(_masked(each.partition("=")[0], known) for each in given.split(" "))


def _masked(word: str, known: Sequence[str]) -> str:
    dashes = word[: len(word) - len(word.lstrip("-"))]
    plain = dashes + nearly(word[len(dashes) :], [each.lstrip("-") for each in known])
    return word if any(each.startswith(word) for each in known) else plain


MISTAKES: Mapping[str, str] = {
    r"the following arguments are required: (?P<names>.*)": "required",
    r"unrecognized arguments: (?P<given>.*)": "unknown",
    r"argument (?P<name>.*): invalid choice: (?P<given>.*) \(choose from (?P<choices>.*)\)": "choice",
    r"argument (?P<name>.*): expected one argument": "value",
    r"argument (?P<name>.*): not a number of 1 or more": "number",
    r"argument (?P<name>.*): ignored explicit argument .*": "no-value",
    r"ambiguous option: (?P<given>.*) could match (?P<names>.*)": "ambiguous",
}
"""What argparse says in its own words, to the sentence of the catalogue."""


def build_options(arguments: Sequence[str]) -> BuildOptions:
    """Read the arguments of build.py; wrong usage leaves with status 2."""
    parser = Parser(language=language_of(arguments), prog="build.py")
    parser.add_argument("--data", type=Path, default=RECORD, metavar="DIR")
    parser.add_argument("--out", type=Path, default=WORKPLACE / "site", metavar="DIR")
    parser.add_argument("--release", metavar="ID")
    parser.add_argument("--base-url", metavar="URL")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--preview", action="store_true")
    parser.add_argument("--report", type=Path, metavar="FILE")
    _common_arguments(parser)
    parser.add_argument("--jobs", type=_positive, default=_cores(), metavar="N")
    parser.add_argument("--no-cache", action="store_true")
    found = vars(parser.parse_args(arguments))
    return BuildOptions(language=found.pop("lang"), cache=None if found.pop("no_cache") else _cache(), **found)


def _common_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=LANGUAGES, default="id")
    parser.add_argument("--debug", action="store_true")


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
        raise argparse.ArgumentTypeError("not a number of 1 or more")
    return int(text)


def main(arguments: Sequence[str]) -> int:
    """Run ``kompeten COMMAND``; ``kompeten build`` is build.py, wherever it is installed."""
    if list(arguments[:1]) == ["build"]:
        return int(runpy.run_path(str(REPOSITORY / "build.py"))["main"](arguments[1:]))
    parser = Parser(language=language_of(arguments), prog="kompeten")
    made: Any = partial(Parser, language=parser.language)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=made)
    commands.add_parser("build", help=parser.words("command.build"))
    for name, (run, takes) in COMMANDS.items():
        command = commands.add_parser(name, help=parser.words(f"command.{name}"))
        command.set_defaults(run=run)
        for argument, options in takes:
            command.add_argument(argument, **options)
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


def _example(given: argparse.Namespace, console: Console) -> int:
    names = ("register-contoh.xlsx", "register-contoh.csv", "config-contoh.toml")
    write_all({given.out / name: (REPOSITORY / "examples" / name).read_bytes() for name in names})
    for name in names:
        console.say("done", out=given.out / name)
    return DONE


def _begin(given: argparse.Namespace, console: Console) -> int:
    from kompeten.ground.wording import load_officer
    from kompeten.register.begin import begin

    begun = begin(given.register, given.out, console.language)
    for note in begun.notes:
        console.tell(note)
    console.tell(load_officer()[console.language]("begun", out=begun.out, count=begun.questions))
    return DONE


def _anonymize(given: argparse.Namespace, console: Console) -> int:
    # The private wing is imported inside its commands and nowhere else, so that no other command can reach it.
    from kompeten.register.anonymize import anonymize

    outcome = anonymize(given.register, given.config, given.out, given.previous, report=given.report)
    for line in outcome.lines(console.language):
        console.tell(line)
    console.say("officers-report", out=outcome.report)
    if not outcome.exit_status:
        console.say("anonymized", out=given.out)
    return outcome.exit_status


def _join(given: argparse.Namespace, console: Console) -> int:
    from kompeten.api.joining import join
    from kompeten.ground.settings import load_settings
    from kompeten.ground.wording import load_officer

    say, settings = load_officer()[console.language], load_settings(REPOSITORY / "kompeten.toml")
    joined = join(given.package, given.data, settings, site=given.site)
    if joined.findings:
        console.findings(joined.findings, root=given.data.name)
    if joined.verdict is not None:
        console.tell("\n".join(joined.verdict.lines(console.language)))
    for row in joined.kept:
        console.tell(say("join_kept", row=row))
    if not joined.is_joined:
        console.tell(say("join_undone", data=given.data))
        return FINDINGS if joined.findings else DISCLOSURE
    _tell_moved(joined.changes, console)
    if joined.pages:
        console.tell(say("join_pages"))
    for page in joined.pages:
        console.tell(f"  {settings.base_url}{page}")
    console.tell(say("join_done", data=given.data, repository=settings.repository_url, contact=settings.contact_email))
    return DONE


def _tell_moved(changes: Sequence[Change], console: Console) -> None:
    """Show what moved between two releases, a flood of one kind in one table folded."""
    for change, others in few(changes, lambda each: (each.table, each.kind)):
        console.tell(change.line(console.language))
        if others:
            console.say("more-changes", count=len(others), table=change.table)


def _sample(given: argparse.Namespace, console: Console) -> int:
    if given.size == "national":
        from kompeten.invented.nation import Nation, write_nation

        rows = write_nation(Nation(), given.seed, given.out)
    else:
        from kompeten.invented.history import write_history
        from kompeten.invented.sample import write_sample

        has_history = given.history and given.size == "kaltim"
        rows = write_history(given.seed, given.out) if has_history else write_sample(given.size, given.seed, given.out)
    console.say("sample", out=given.out, rows=rows, size=given.size, seed=given.seed)
    return DONE


def _audit(given: argparse.Namespace, console: Console) -> int:
    from kompeten.audit import audit_directory, is_site
    from kompeten.ground.workshop import Workshop

    redraw = _redrawing() if is_site(given.folder) else None
    # What is attacked from outside is read anew, whatever a build of this machine remembers of it.
    workshop = Workshop(jobs=_cores())
    result = audit_directory(given.folder, previous=given.previous, redraw=redraw, workshop=workshop)
    console.tell("\n".join(result.lines(console.language)))
    return DISCLOSURE if result.breaches else DONE


def _redrawing() -> Redraw:
    """Give what makes a site again of what it says it is made of, to compare."""
    from kompeten.ground.workshop import Workshop, digest_of_program
    from kompeten.site.redrawn import Redrawing

    return Redrawing(workshop=Workshop(jobs=_cores(), folder=_cache(), program=digest_of_program(PACKAGE, TEMPLATES)))


def _diff(given: argparse.Namespace, console: Console) -> int:
    from kompeten.api.comparing import as_json, compared, side

    old, new = (side(name, given.data) for name in (given.old, given.new))
    for name, each in ((given.old, old), (given.new, new)):
        if each.findings:
            console.findings(each.findings, root=name)
            return FINDINGS
    changes = compared(old, new)
    if given.json:
        print(as_json(changes, new, given.data))
    else:
        for recorded in changes:
            console.tell(recorded.change.line(console.language))
    return DONE


def _review(given: argparse.Namespace, console: Console) -> int:
    from kompeten.api.reviewing import review

    reviewed = review(given.old, given.new, quick=given.quick)
    if given.out:
        write_whole(given.out, reviewed.text.encode())
        console.say("done", out=given.out)
    else:
        print(reviewed.text, end="")
    return reviewed.exit_status


def _keep(given: argparse.Namespace, console: Console) -> int:
    from kompeten.ground.store import FOLDER
    from kompeten.intake.permanent import keep

    release, count = keep(given.site, given.data)
    console.say("kept", out=given.data / FOLDER / release, count=count, release=release)
    return DONE


def _release(given: argparse.Namespace, console: Console) -> int:
    from kompeten.api.releasing import begin

    begun = begin(given.release, given.data, site=given.site, today=date.today())
    if begun.kept:
        console.say("kept", out=given.data, count=begun.kept[1], release=begun.kept[0])
    if begun.findings:
        console.findings(begun.findings, root=given.data.name)
        return FINDINGS
    if begun.step and begun.step.record:
        _tell_moved([each.change for each in begun.step.record.changes], console)
        console.say("begun", release=given.release, version=begun.step.version, drafted=begun.drafted)
    return DONE


def _tidy(given: argparse.Namespace, console: Console) -> int:
    from kompeten.intake.tidy import tidy_file

    result = tidy_file(given.file, given.out or given.file, RECORD)
    for change in result.changes:
        console.tell(f"{result.file}: {change.text(console.language)}")
    console.findings(result.questions, root=given.file.absolute().parent.name)
    if result.text is not None:
        console.say("tidied", out=result.file, questions=len(result.questions))
    return FINDINGS if result.questions else DONE


def _settings(given: argparse.Namespace, console: Console) -> int:
    from kompeten.ground.settings import HOST, load_settings

    settings = load_settings(REPOSITORY / "kompeten.toml", os.environ)
    for name in settings.__dataclass_fields__:
        mark = "  (placeholder)" if name in settings.placeholders else ""
        print(f"{name} = {getattr(settings, name)}{mark}")
    if given.require_complete and settings.placeholders:
        variables = ", ".join(HOST[name] for name in settings.placeholders)
        console.complain("placeholders", names=", ".join(settings.placeholders), variables=variables)
        return USAGE
    return DONE


Argument = tuple[str, Mapping[str, Any]]


def _path(name: str, metavar: str, **more: Any) -> Argument:
    return name, {"type": Path, "metavar": metavar, **more}


def _flag(name: str) -> Argument:
    return name, {"action": "store_true"}


REGISTER, DATA, SITE = _path("register", "REGISTER"), _path("--data", "DIR", default=RECORD), _path("--site", "SITE")

COMMANDS: Mapping[str, tuple[Callable[[argparse.Namespace, Console], int], tuple[Argument, ...]]] = {
    "example": (_example, (_path("--out", "DIR", default=Path()),)),
    "begin": (_begin, (REGISTER, _path("--out", "FILE"))),
    "anonymize": (
        _anonymize,
        (
            *(REGISTER, _path("--config", "FILE", required=True), _path("--out", "DIR", required=True)),
            *(_path("--previous", "DIR", action="append"), _path("--report", "FILE")),
        ),
    ),
    "join": (_join, (_path("package", "PACKAGE"), _path("--data", "DIR", default=WORKPLACE / "data"), SITE)),
    "sample": (
        _sample,
        (
            ("--size", {"choices": ("kaltim", "province", "national"), "default": "kaltim"}),
            ("--seed", {"type": _positive, "default": 1, "metavar": "N"}),
            *(_flag("--history"), _path("--out", "DIR", required=True)),
        ),
    ),
    "audit": (_audit, (_path("folder", "DIR"), _path("--previous", "DIR", action="append", default=[]))),
    "diff": (_diff, (("old", {"metavar": "OLD"}), ("new", {"metavar": "NEW"}), DATA, _flag("--json"))),
    "review": (_review, (_path("old", "OLD"), _path("new", "NEW"), _path("--out", "FILE"), _flag("--quick"))),
    "keep": (_keep, (_path("site", "SITE"), DATA)),
    "release": (_release, (("release", {"metavar": "ID"}), DATA, SITE)),
    "tidy": (_tidy, (_path("file", "FILE"), _path("--out", "FILE"))),
    "settings": (_settings, (_flag("--require-complete"),)),
}
"""Every command but ``build``, in the order of the help: what runs it, and its arguments in the order of its help."""
