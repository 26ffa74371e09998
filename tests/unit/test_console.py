"""What a build says: quiet in a pipe, progress on a terminal, findings all at once, a summary at the end."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from kompeten.console import Console, write_report
from kompeten.ground.findings import Finding, Label, few

FINDING = Finding(
    file="batches/batches.csv",
    row=5,
    column="start_on",
    rule="date",
    what=Label("bukan tanggal", "no date: 100%"),
    mend=Label("tulis tanggal", "write a date, please"),
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def test_a_stage_says_nothing_in_a_pipe_and_its_name_on_a_terminal() -> None:
    pipe, terminal = io.StringIO(), Terminal()
    for stream in (pipe, terminal):
        with Console("en", out=io.StringIO(), err=stream).stage("check"):
            pass
    assert pipe.getvalue() == ""
    assert terminal.getvalue() == "\r\x1b[Kcheck …\r\x1b[K"


def test_a_stage_that_fails_is_cleared_and_timed_too() -> None:
    terminal = Terminal()
    console = Console("en", out=io.StringIO(), err=terminal)
    with pytest.raises(RuntimeError), console.stage("check"):
        raise RuntimeError
    assert terminal.getvalue().endswith("\r\x1b[K")
    assert list(console.seconds) == ["check"]


def test_a_stage_entered_twice_adds_up() -> None:
    console = Console("en", out=io.StringIO(), err=io.StringIO())
    for _ in range(2):
        with console.stage("write"):
            pass
    assert list(console.seconds) == ["write"]


def test_the_summary_is_two_lines() -> None:
    out = io.StringIO()
    console = Console("en", out=out, err=io.StringIO())
    console.seconds.update(check=1.234, write=0.5)
    console.summary({"observations": 1827, "pages": 84})
    assert out.getvalue() == "observations 1,827  pages 84\ncheck 1.23 s  write 0.50 s\n"


def test_findings_are_lines_that_an_editor_can_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    out = io.StringIO()
    Console("id", out=out).findings([FINDING], root="data")
    assert out.getvalue() == "data/batches/batches.csv:5: start_on: tulis tanggal ← bukan tanggal [date]\n"


def test_in_github_actions_findings_are_annotations_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    out = io.StringIO()
    Console("en", out=out).findings([FINDING], root="data")
    assert out.getvalue() == (
        "data/batches/batches.csv:5: start_on: write a date, please ← no date: 100% [date]\n"
        "::error file=data/batches/batches.csv,line=5,title=date::"
        "batches/batches.csv:5: start_on: write a date, please ← no date: 100%25\n"
    )


def test_a_report_is_json_with_both_languages(tmp_path: Path) -> None:
    write_report(tmp_path / "report.json", [FINDING])
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == {
        "total": 1,
        "findings": [
            {
                "file": "batches/batches.csv",
                "rule": "date",
                "what": {"id": "bukan tanggal", "en": "no date: 100%"},
                "mend": {"id": "tulis tanggal", "en": "write a date, please"},
                "row": 5,
                "column": "start_on",
                "rows": None,
                "count": 1,
            }
        ],
    }


def test_a_limit_that_is_near_is_said_in_words_and_a_file_by_its_path() -> None:
    for language, first, second in (
        ("id", "Jumlah berkas: 16.000; penyimpan situs menerima paling banyak 20.000.", "a.zip: 21; penyimpan situs"),
        ("en", "Number of files: 16,000; hosts take at most 20,000.", "a.zip: 21; hosts take at most 25."),
    ):
        out = io.StringIO()
        Console(language, out=out).near((("files", 16_000, 20_000), ("a.zip", 21, 25)))
        lines = out.getvalue().splitlines()
        assert lines[0] == first
        assert lines[1].startswith(second)


def test_a_flood_of_one_kind_is_told_by_its_first_few_and_a_count() -> None:
    out, flood = io.StringIO(), [replace(FINDING, row=row) for row in (*range(5, 25), 30)]
    other = replace(FINDING, row=22, rule="other")
    Console("en", out=out).findings([*flood, other], root="data")
    line = "data/batches/batches.csv:{}: start_on: write a date, please ← no date: 100% [{}]"
    rest = "data/batches/batches.csv: 16 more like this (rows 10-24, 30); all of them: kompeten build --check --report"
    told = [line.format(row, "date") for row in range(5, 10)]
    assert out.getvalue().splitlines() == [*told, f"{rest} findings.json [date]", line.format(22, "other")]
    assert len(list(few(flood[:20], lambda each: each.rule))) == 20, "as many as that are no flood"
