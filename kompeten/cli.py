"""The commands: ``python build.py`` and ``python -m kompeten``. Arguments in, exit status out.

Exit status: 0 done, 1 findings in the data, 2 wrong usage or configuration, 3 disclosure risk.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kompeten import REPOSITORY
from kompeten.ground.findings import LANGUAGES, Language

DONE, FINDINGS, USAGE, DISCLOSURE = 0, 1, 2, 3
DATA = REPOSITORY / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What ``build.py`` is asked to do."""

    data: Path
    out: Path
    release: str | None
    base_url: str | None
    check: bool
    report: Path | None
    language: Language
    jobs: int


def build_options(arguments: Sequence[str]) -> BuildOptions:
    """Read the arguments of build.py; wrong usage leaves with status 2."""
    parser = argparse.ArgumentParser(prog="build.py", description="Validate, audit and publish the data packages.")
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="data folder (default: data)")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "site", metavar="DIR", help="the site (default: site)")
    parser.add_argument("--release", metavar="ID", help="release to publish (default: the last in releases.toml)")
    parser.add_argument("--base-url", metavar="URL", help="address of the site (default: from kompeten.toml)")
    parser.add_argument("--check", action="store_true", help="validate and audit, then stop before writing")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the findings as JSON to FILE")
    parser.add_argument("--lang", choices=LANGUAGES, default="id", help="language of the messages (default: id)")
    parser.add_argument("--jobs", type=_positive, default=1, metavar="N", help="languages built at once (default: 1)")
    found = parser.parse_args(arguments)
    return BuildOptions(
        data=found.data,
        out=found.out,
        release=found.release,
        base_url=found.base_url,
        check=found.check,
        report=found.report,
        language=found.lang,
        jobs=found.jobs,
    )


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return int(text)


def main(arguments: Sequence[str]) -> int:
    """Run ``python -m kompeten COMMAND``."""
    parser = argparse.ArgumentParser(prog="python -m kompeten", description="Kaltim Kompeten.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _anonymize_arguments(commands.add_parser("anonymize", help="turn a register into a protected package, offline"))
    _sample_arguments(commands.add_parser("sample", help="write synthetic packages"))
    _audit_arguments(commands.add_parser("audit", help="attack a package or a built site"))
    _diff_arguments(commands.add_parser("diff", help="show the cells that changed between two data folders"))
    _keep_arguments(commands.add_parser("keep", help="keep the permanent files of a published site"))
    _settings_arguments(commands.add_parser("settings", help="show the settings of the host"))
    found = parser.parse_args(arguments)
    status: int = found.run(found)
    return status


def _anonymize_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("register", type=Path, metavar="REGISTER", help="CSV or XLSX, one row a participant")
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="TOML: columns, batches, tables")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="data folder to write")
    parser.add_argument(
        "--previous", type=Path, action="append", metavar="DIR", help="data folder of an earlier release, newest first"
    )
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="report for the officer alone (default: beside DIR)"
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="id", help="language of the messages (default: id)")
    parser.set_defaults(run=_anonymize)


def _anonymize(found: argparse.Namespace) -> int:
    # The private wing is imported inside its commands and nowhere else, so that no other command can reach it.
    from kompeten.audit import AuditError
    from kompeten.ground.policy import PolicyError
    from kompeten.register.anonymize import anonymize
    from kompeten.register.hiding.protect import ProtectionFailed
    from kompeten.register.publishing.folder import FolderError
    from kompeten.register.reading.config import ConfigError
    from kompeten.register.reading.read import RegisterError

    try:
        outcome = anonymize(found.register, found.config, found.out, found.previous, report=found.report)
    except (RegisterError, ConfigError, PolicyError, FolderError) as error:
        print(error, file=sys.stderr)
        return USAGE
    except (ProtectionFailed, AuditError) as error:
        print(error, file=sys.stderr)
        return DISCLOSURE
    for line in outcome.lines(found.lang):
        print(line)
    print(outcome.report)
    return outcome.exit_status


def _sample_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", choices=("kaltim", "province", "national"), default="kaltim")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="data folder to write")
    parser.set_defaults(run=_sample)


def _sample(found: argparse.Namespace) -> int:
    from kompeten.invented.sample import SampleRefused, write_sample
    from kompeten.register.publishing.folder import FolderError

    try:
        rows = write_sample(found.size, found.seed, found.out)
    except (SampleRefused, FolderError) as error:
        print(error, file=sys.stderr)
        return USAGE
    print(f"{found.out}: {rows:,} synthetic observations (size {found.size}, seed {found.seed})")
    return DONE


def _audit_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="data folder, package or built site")
    parser.add_argument("--previous", type=Path, action="append", default=[], metavar="DIR", help="earlier release")
    parser.add_argument("--lang", choices=LANGUAGES, default="id", help="language of the messages (default: id)")
    parser.set_defaults(run=_audit)


def _audit(found: argparse.Namespace) -> int:
    from kompeten.audit import AuditError, audit_directory

    try:
        result = audit_directory(found.folder, previous=found.previous)
    except AuditError as error:
        print(error, file=sys.stderr)
        return USAGE
    print("\n".join(result.lines(found.lang)))
    return DISCLOSURE if result.breaches else DONE


def _diff_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="OLD")
    parser.add_argument("new", type=Path, metavar="NEW")
    parser.set_defaults(run=_diff)


def _diff(found: argparse.Namespace) -> int:
    from kompeten.intake.validation import examine
    from kompeten.statistics.changes import changes

    both = [examine(folder, DATA) for folder in (found.old, found.new)]
    for folder, examined in zip((found.old, found.new), both, strict=True):
        if examined.findings:
            print("\n".join(f"{folder}/{finding.line('id')}" for finding in examined.findings))
            return FINDINGS
    for change in changes(*(examined.tables for examined in both)):
        print(change.line())
    return DONE


def _keep_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("site", type=Path, metavar="SITE", help="the site as it was published")
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="data folder (default: data)")
    parser.set_defaults(run=_keep)


def _keep(found: argparse.Namespace) -> int:
    from kompeten.intake.permanent import FOLDER, KeepError, keep

    try:
        release, count = keep(found.site, found.data)
    except (KeepError, OSError) as error:
        print(error, file=sys.stderr)
        return USAGE
    print(f"{found.data / FOLDER / release}: {count:,} files of release {release}")
    return DONE


def _settings_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--require-complete", action="store_true", help="fail while a placeholder stands")
    parser.set_defaults(run=_settings)


def _settings(found: argparse.Namespace) -> int:
    from kompeten.ground.settings import SettingsError, load_settings

    try:
        settings = load_settings(REPOSITORY / "kompeten.toml")
    except SettingsError as error:
        print(error, file=sys.stderr)
        return USAGE
    for name in settings.__dataclass_fields__:
        mark = "  (placeholder)" if name in settings.placeholders else ""
        print(f"{name} = {getattr(settings, name)}{mark}")
    if found.require_complete and settings.placeholders:
        print(f"kompeten.toml: fill in {', '.join(settings.placeholders)} before publishing", file=sys.stderr)
        return USAGE
    return DONE
