"""The beginning: a register is looked at, and a configuration for it is proposed beside it, with every doubt asked."""

from __future__ import annotations

from pathlib import Path

from kompeten import REPOSITORY
from kompeten.ground.findings import Label, Language
from kompeten.ground.policy import load_policy
from kompeten.ground.wording import load_officer
from kompeten.intake.messages import shown_file
from kompeten.register.publishing.folder import FolderError, read_code_lists, read_rows, write_report
from kompeten.register.reading.begin import Known, propose
from kompeten.register.reading.config import questions
from kompeten.register.reading.read import Form, lines_of, quietly


def begin(register: Path, out: Path, language: Language, *, data: Path = REPOSITORY / "data") -> int:
    """Write the proposed configuration; give how many questions it asks.

    Raises RegisterError where the file cannot be read or holds counts, FolderError where out is there already.
    """
    if out.exists():
        raise FolderError(
            Label(
                f"{out.name}: sudah ada; sebutkan nama lain dengan --out",
                f"{out.name}: is there already; give another name with --out",
            )
        )
    lists, _ = read_code_lists(data / "reference")
    programmes = read_rows(data / "batches" / "programmes.csv")
    known = Known(
        programme=next(row["programme_id"] for row in programmes if row["role"] == "main"),
        threshold=load_policy(data / "policy.toml").threshold,
    )
    say = load_officer()[language]
    name = shown_file(register.name)
    text = quietly(f"{name}: reading", lambda: propose(name, lines_of(register, Form()), lists, known, say))
    write_report(out, text)
    return len([*questions(text)])
