"""The beginning: a table is looked at, and what it needs is proposed beside it, with every doubt asked."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from kompeten import RECORD
from kompeten.ground.findings import Language
from kompeten.ground.policy import load_policy
from kompeten.ground.rows import header_of
from kompeten.ground.wording import load_officer, officered, worded
from kompeten.intake.messages import shown_file
from kompeten.register.publishing.folder import FolderError, read_code_lists, read_rows, read_text, write_report
from kompeten.register.reading.begin import Known, Sheet, found_sheet, propose
from kompeten.register.reading.config import questions
from kompeten.register.reading.counts import drafted
from kompeten.register.reading.files import Form, RegisterError, lines_of, parts_of, quietly, sheets_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What was written, and what to say of it. questions: how many wait for an answer. notes: about counts alone."""

    out: Path
    questions: int
    notes: tuple[str, ...] = ()


def begin(register: Path, out: Path | None, language: Language, *, data: Path = RECORD) -> Begun:
    """Write the proposed configuration; for a table of counts, the rows of the data that it gives.

    out: config.toml or hitungan.csv where it is None.
    Raises RegisterError where the file cannot be read, FolderError where out is there already.
    """
    lists, _ = read_code_lists(data / "reference")
    say, name = load_officer()[language], shown_file(register.name)
    threshold = load_policy(data / "policy.toml").threshold

    def work() -> tuple[str, str, int, tuple[str, ...]]:
        sheet = _best_sheet(register, name)
        if sheet.holds_people_unnamed:
            raise RegisterError(officered("no_nik", file=name))
        if sheet.holds_counts:
            texts = {into: read_text(data / "outcomes" / f"{into}.csv") for into in ("observations", "context")}
            found = drafted(sheet, {into: header_of(text) for into, text in texts.items()}, lists, say)
            notes = [say(f"counts_{sheet.layout}", file=name), say("counts_way", into=found.into, threshold=threshold)]
            notes += [say("draft_dropped_counts", columns=", ".join(found.dropped))] if found.dropped else []
            notes += [say("counts_sums", count=found.sums)] if found.sums else []
            return "hitungan.csv", found.text, found.asked, tuple(notes)
        programmes, batches = (read_rows(data / "batches" / f"{table}.csv") for table in ("programmes", "batches"))
        main = next(row["programme_id"] for row in programmes if row["role"] == "main")
        standing = {row["batch_id"]: row for row in batches if row["programme_id"] == main and row["number"]}
        last = tomllib.loads(read_text(data / "releases.toml"))["release"][-1]["id"]
        text = propose(name, sheet, lists, Known(programme=main, batches=standing, release=last), say)
        return "config.toml", text, len([*questions(text)]), ()

    usual, text, asked, notes = quietly(name, work)
    target = out or Path(usual)
    if target.exists():
        raise FolderError(worded("already-there", target=target.name))
    write_report(target, text)
    return Begun(out=target, questions=asked, notes=notes)


def _best_sheet(register: Path, name: str) -> Sheet:
    """Give the sheet whose headers are known best, the first of equals, with all others that have the same columns.

    A folder is read part by part. Raises RegisterError where no table has known headers.
    """
    sheets = [(part, *sheets_of(part)) for part in parts_of(register)]
    tables = [(part, sheet) for part, visible, _ in sheets for sheet in visible]
    found: list[tuple[str, Sheet]] = []
    reasons = []
    for part, each in tables:
        try:
            found.append((each or part.stem, found_sheet(name, lines_of(part, Form(sheet=each)))))
        except RegisterError as error:
            reasons.append(error)
    if not found:
        raise reasons[0]
    # People before counts, however well those are known: counts come of people, not people of counts.
    best = max((sheet for _, sheet in found), key=lambda sheet: (not sheet.holds_counts, sheet.fits))
    people = [] if best.holds_counts else [each for each in found if not each[1].holds_counts]
    same = [each for each in people if sorted(each[1].names) == sorted(best.names)]
    return replace(
        best,
        rows=tuple(row for _, own in same for row in own.rows) or best.rows,
        parts=tuple(called for called, _ in same) if len(tables) > 1 else (),
        titled=register.name,
        is_workbook=tables[0][1] is not None,
        others=len(people) - len(same),
        hidden=sum(hidden for _, _, hidden in sheets),
    )
