"""The door: a register goes in, a folder that may be published comes out, and nobody can be told from it.

Offline, in memory, whole or not at all. What is written is protected; what is not protected is never written.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kompeten import RECORD
from kompeten.ground.findings import LANGUAGES, Finding, Label, Language
from kompeten.ground.policy import Policy, load_policy, weakened
from kompeten.ground.vocabulary import UNKNOWN
from kompeten.ground.wording import worded
from kompeten.intake.messages import finding_with, shown_place
from kompeten.intake.names import PROSE
from kompeten.intake.packages import Packages
from kompeten.intake.packages import read as read_packages
from kompeten.intake.rules.texts import JUDGES, Passage
from kompeten.register.hiding.count import Cube, Parents, count
from kompeten.register.hiding.optional import LeftOut, leave_out
from kompeten.register.hiding.proof import breaches_of
from kompeten.register.hiding.protect import PlanRefused, ProtectedRelease, merging_wins, protect
from kompeten.register.publishing.folder import (
    FolderError,
    read_code_lists,
    read_names,
    refuse_own_data,
    write_folder,
    write_report,
)
from kompeten.register.publishing.package import (
    EarlierFolder,
    Surroundings,
    assemble,
    read_earlier,
    refuse_untold,
    unmoved,
)
from kompeten.register.publishing.releases import release_ids, release_text
from kompeten.register.publishing.report import (
    Read,
    findings_report,
    left_out_lines,
    refusal_report,
    release_report,
    untold_lines,
)
from kompeten.register.reading.check import Checked, CodeLists, check
from kompeten.register.reading.config import Config, load_config, stages_told
from kompeten.register.reading.files import quietly
from kompeten.register.reading.held import homes, refuse
from kompeten.register.reading.identities import named_in, published_texts
from kompeten.register.reading.people import People
from kompeten.register.reading.read import read_register

PR_SET_DUMPABLE = 4
"""The name of the switch in prctl(2)."""

TOLD = 25
"""So many breaches are told; more of them need another table plan, not a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended, for the command line.

    Exactly one of three: release (the folder is written), refused (words, nothing written), findings (to mend, nothing
    written). exit_status: 0, or 1 for the other two. report: where the officer's report stands.
    """

    exit_status: int
    report: Path
    release: ProtectedRelease | None = None
    refused: PlanRefused | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[Label, ...] = ()

    def lines(self, language: Language) -> tuple[str, ...]:
        """Give what to tell the officer: what to mend, or why nothing is published and what to merge; no values."""
        words = () if self.refused is None else (*self.refused.reasons, *self.refused.proposals)
        return (
            *(f"{each.line(language)} [{each.rule}]" for each in self.findings),
            *(label.text(language) for label in (*words, *self.notes)),
        )


def anonymize(
    register: Path,
    config: Path,
    out: Path,
    previous: Path | Sequence[Path] | None = None,
    *,
    report: Path | None = None,
    data: Path = RECORD,
) -> Outcome:
    """Turn a register into a protected data folder, and write the officer's report beside it (not in it).

    register: CSV or XLSX, one row an enrolment. previous: the data folders of the earlier releases, newest first;
    batches of the newest that the register does not hold are carried over as they stand.
    data: the repository's data folder, for code lists, schemas and policy.
    Raises RegisterError, ConfigError, PolicyError, FolderError (usage: exit 2) and ProtectionFailed,
    AuditError (disclosure: exit 3); none of them holds a value of the register.
    """
    # Before anything is read: from here on the memory may hold persons.
    _no_core_dumps()
    settings, policy, lists, parents, record = _settled(config, data)
    target = _report_path(report, out, register, config)
    refuse_own_data(out, data)
    before = (previous,) if isinstance(previous, Path) else tuple(previous or ())
    refuse_untold(data, settings.batch_names, len(before))
    words = [*published_texts(settings), ("--out", out.name), ("--report", target.name)]
    work = partial(_enrolments, register, settings, lists, config.name, words, homes(settings, record))
    checked, left_out = quietly(register.name, work)
    if checked.people is None:
        write_report(target, findings_report(checked.findings))
        return Outcome(exit_status=1, report=target, findings=checked.findings)
    people, earlier = checked.people, _earlier(before, settings)
    policy, untold = told_policy(policy, people, earlier)
    result, gone = _protected(people, settings, policy, parents, earlier)
    if isinstance(result, PlanRefused):
        return _refused(result, target)
    unseen = unmoved(settings, earlier, result.cells)
    files = assemble(data, result.cells, surroundings(settings, earlier, unseen), policy)
    # What is invented is never mixed with what is real: nothing that the repository keeps is of it.
    given_away = breaches_of(files, policy, before, kept=None if settings.is_synthetic else data)
    if given_away:
        reasons = tuple(Label(*map(breach.line, LANGUAGES)) for breach in given_away[:TOLD])
        return _refused(PlanRefused(reasons=reasons, proposals=()), target)
    names = read_names(data / "reference") | {"batch_id": _batch_names(settings)}
    notes = (*untold_lines(untold, names), *left_out_lines(gone, policy, names))
    read = Read(people=people.size, left_out=left_out, accepted=checked.accepted, unseen=unseen, notes=notes)
    merges = [] if earlier else merging_wins(result, policy, lambda own: count(people, own, parents))
    said = release_report(result, policy, names, read, merges)
    write_folder(out, files, before=partial(write_report, target, said))
    return Outcome(exit_status=0, report=target, release=result, notes=notes)


def _settled(config: Path, data: Path) -> tuple[Config, Policy, CodeLists, Parents, Packages]:
    """Read the configuration, and give the policy that it asks for and what it is read by: the repository's code lists,
    their hierarchy and its packages.
    """
    settings, standing = load_config(config), load_policy(data / "policy.toml")
    policy, (lists, parents) = effective_policy(standing, settings), read_code_lists(data / "reference")
    record = read_packages(data)
    refuse(settings, lists, record, weakened(policy, standing), config.name)
    return settings, policy, lists, parents, record


def _earlier(before: Sequence[Path], settings: Config) -> EarlierFolder | None:
    """Read the newest earlier release, if any; a correction needs all of them."""
    for folder in before:
        if not (folder / "outcomes" / "datapackage.json").is_file():
            raise FolderError(worded("previous-no-package", folder=shown_place(folder.name)))
    earlier = read_earlier(before[0]) if before else None
    if earlier is not None and settings.corrections and len(before) < len(release_ids(earlier.releases)):
        raise FolderError(worded("every-earlier-release"))
    return earlier


def _protected(
    people: People, settings: Config, policy: Policy, parents: Parents, earlier: EarlierFolder | None
) -> tuple[ProtectedRelease | PlanRefused, tuple[LeftOut, ...]]:
    """Count the people and hide what must be hidden, beside what an earlier release shows; give what is left out too.

    Nothing is where the officer accepts what is hidden.
    """
    known = () if earlier is None else earlier.cells_of(settings.batch_names)
    corrected = {correction.batch_id for correction in settings.corrections}

    def counted(own: Policy) -> tuple[Cube, ...]:
        return count(people, own, parents, dropped=() if earlier is None else earlier.dropped(own))

    if "much-hidden" in settings.accepted:
        return protect(counted(policy), policy, known, corrected=corrected), ()
    return leave_out(policy, counted, known, corrected=corrected)


def _refused(refused: PlanRefused, target: Path) -> Outcome:
    write_report(target, refusal_report(refused))
    return Outcome(exit_status=1, report=target, refused=refused)


def _batch_names(config: Config) -> dict[str, Label]:
    return {
        row["batch_id"]: Label(str(row.get("name_id", row["batch_id"])), str(row.get("name_en", row["batch_id"])))
        for row in config.rows["batches"]
    }


def effective_policy(policy: Policy, config: Config) -> Policy:
    """Give the policy with the officer's plan of tables, or what the register tells of the standing one."""
    told = stages_told(config)
    tables = [(table, tuple(s for s in table.stages if s in told)) for table in config.tables or policy.tables]
    return replace(policy, tables=tuple(replace(table, stages=stages) for table, stages in tables if stages))


def told_policy(policy: Policy, people: People, earlier: EarlierFolder | None) -> tuple[Policy, tuple[str, ...]]:
    """Give the policy without the tables of dimensions of which the register says nothing of anybody, and those
    dimensions: their zeros would be counted by nobody. What an earlier release prints stays.
    """
    blank = {name for name, codes in people.codes.items() if (people.columns[name] == codes.index(UNKNOWN)).all()}
    told = replace(policy, tables=tuple(table for table in policy.tables if not blank & {*table.dimensions}))
    printed = {table.dimensions for table in earlier.dropped(told)} if earlier is not None else set()
    tables = tuple(table for table in policy.tables if table in told.tables or table.dimensions in printed)
    left_out = {name for table in policy.tables if table not in tables for name in table.dimensions}
    return replace(policy, tables=tables), tuple(name for name in people.codes if name in left_out & blank)


def surroundings(config: Config, earlier: EarlierFolder | None = None, unseen: Collection[str] = ()) -> Surroundings:
    """Give what the config wants published around the protected cells, after an earlier release. unseen: batches whose
    corrections are not announced.
    """
    corrections = [each for each in config.corrections if each.batch_id not in unseen]
    past = "" if earlier is None else earlier.releases
    return Surroundings(
        rows=config.rows,
        as_of=config.as_of,
        source_id=config.source_id,
        note_id=config.note_id,
        note_en=config.note_en,
        releases=release_text(config.release, corrections, source_id=config.source_id, past=past),
        is_synthetic=config.is_synthetic,
        earlier=earlier,
    )


def _report_path(report: Path | None, out: Path, *inputs: Path) -> Path:
    """Give where the officer's report goes: as told, else beside the folder; never into what is published, nor in the
    place of a file that was given.
    """
    target = report or out.absolute().parent / f"{out.name}-laporan-petugas.html"
    if out.resolve() in target.resolve().parents:
        raise FolderError(worded("report-inside-folder", target=target.name))
    if any(each.resolve() in (target.resolve(), *target.resolve().parents) for each in inputs):
        raise FolderError(worded("report-over-input", target=target.name))
    return target


def _enrolments(
    path: Path,
    config: Config,
    lists: CodeLists,
    file: str,
    words: Sequence[tuple[str, str]],
    at_home: Mapping[str, Collection[str]],
) -> tuple[Checked, int]:
    """Read and check the register; give the result and the rows left out. Identifiers end with this function.

    words: what will be published besides counts, with its place in file. A text that names somebody of the register is
    a finding; code lists and what the repository holds already are not the officer's to mend, and are not looked at.
    """
    register = read_register(path, config)
    checked = check(register, config, lists, at_home)
    named = named_in([text for _, text in words], register.rows)
    wrong = [
        finding_with({}, "identity-in-text", file=file, row=None, column=place, part="register")
        if number in named
        else wrong_text(file, place, text)
        for number, (place, text) in enumerate(words)
    ]
    if told := tuple(filter(None, wrong)):
        checked = replace(checked, people=None, findings=(*checked.findings, *told))
    return checked, register.left_out


def wrong_text(file: str, place: str, text: str) -> Finding | None:
    """Give what is wrong with one text of a configuration, as the check of what is published would say it; of names of
    files, which are not published, nothing.
    """
    if place.startswith("--"):
        return None
    key = place.rpartition(".")[2]
    passage = Passage(file=file, text=text, column=key, is_cell=True, is_prose=PROSE.fullmatch(key) is not None)
    found = next((each for judge in JUDGES if (each := judge(passage))), None)
    return found and replace(found, column=place)


def _no_core_dumps() -> None:
    """Keep a crash from writing memory, and the register in it, to disk; systems without the switches go on without.

    The limit is ignored where the kernel pipes dumps to a program (core(5)); a process that is not dumpable gives none.
    """
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
