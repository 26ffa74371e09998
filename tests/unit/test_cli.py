"""The commands: arguments in, exit status out, and a message that says what to do."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from kompeten import REPOSITORY, cli
from kompeten.console import Console
from kompeten.statistics.changes import Change
from tests.unit.data_folders import REPOSITORY_DATA, change, copy_of_repository


def test_a_build_without_arguments_publishes_the_repositorys_data() -> None:
    options = cli.build_options([])
    assert options.data == cli.REPOSITORY / "data"
    assert options.out == cli.REPOSITORY / "site"
    assert (options.release, options.base_url, options.check, options.report) == (None, None, False, None)
    assert (options.language, options.jobs >= 1) == ("id", True)


def test_a_build_remembers_where_it_is_told_to_and_nowhere_where_it_is_told_not_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KOMPETEN_CACHE", str(tmp_path / "named"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "system"))
    assert cli.build_options([]).cache == tmp_path / "named"
    assert cli.build_options(["--no-cache"]).cache is None
    monkeypatch.delenv("KOMPETEN_CACHE")
    assert cli.build_options([]).cache == tmp_path / "system" / "kompeten"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cli.build_options([]).cache == tmp_path / ".cache" / "kompeten"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cli.build_options([]).cache == tmp_path / ".cache" / "kompeten"
    for home in ("", "/", "relative"):
        monkeypatch.setenv("HOME", home)
        assert cli.build_options([]).cache is None


def test_a_cache_that_somebody_else_can_have_written_to_is_not_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KOMPETEN_CACHE", str(tmp_path))
    for mode, cache in ((0o700, tmp_path), (0o755, tmp_path), (0o775, tmp_path), (0o777, None), (0o1777, None)):
        tmp_path.chmod(mode)
        assert cli.build_options([]).cache == cache
    tmp_path.chmod(0o700)
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    assert cli.build_options([]).cache is None


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", "²", ""])
def test_jobs_are_one_or_more(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.build_options([f"--jobs={jobs}", "--lang", "en"])
    assert left.value.code == 2
    assert capsys.readouterr().err.endswith("\nbuild.py: --jobs: write a whole number of 1 or more [usage]\n")


@pytest.mark.parametrize(
    ("given", "indonesian", "english"),
    [
        ([], "kompeten: tambahkan COMMAND ← wajib, dan belum ada", "kompeten: add COMMAND ← needed, and missing"),
        (
            ["settings", "Siti", "--nik=6472010101900001"],
            "kompeten: hapus S…, --nik ← tidak dikenal di sini",
            "kompeten: remove S…, --nik ← not known here",
        ),
        (
            ["sample", "--size=Budi", "--out=x"],
            "kompeten sample: --size: tulis salah satu dari kaltim, province, national ← B… bukan salah satunya",
            "kompeten sample: --size: write one of kaltim, province, national ← B… is none of them",
        ),
        (
            ["sample", "--seed"],
            "kompeten sample: --seed: tulis nilainya sesudahnya ← belum ada",
            "kompeten sample: --seed: write its value after it ← is missing",
        ),
        (
            ["settings", "--require-complete=ya"],
            "kompeten settings: --require-complete: tulis tanpa nilai",
            "kompeten settings: --require-complete: write it without a value",
        ),
        (
            ["build", "--re", "x"],
            "build.py: tulis lengkap: --release, --report ← --re dapat berarti keduanya",
            "build.py: write it out: --release, --report ← --re may mean any of them",
        ),
    ],
)
def test_wrong_arguments_are_told_with_the_mend_first_and_without_names(
    given: list[str], indonesian: str, english: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, message in (([], indonesian), (["--lang", "en"], english)):
        if language and not given:
            continue  # a language alone is no command either
        with pytest.raises(SystemExit) as left:
            cli.main([*given[:1], *language, *given[1:]])
        assert (left.value.code, capsys.readouterr().err.splitlines()[-1]) == (2, f"{message} [usage]")


@pytest.mark.parametrize("command", ["build", *cli.COMMANDS])
def test_the_help_of_every_command_is_in_both_languages(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for language in ("id", "en"):
        with pytest.raises(SystemExit):
            cli.main([command, "--help", "--lang", language])
        said.append(capsys.readouterr().out)
    assert [text[:7] for text in said] == ["pakai: ", "usage: "]
    told = [{each for line in text.splitlines() for each in re.split(" {2,}", line)[2:]} for text in said]
    assert len(told[0]) > 1
    assert not told[0] & told[1], "no line of the one in the other"


def test_a_folder_that_is_a_file_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    assert cli.main(["example", "--out", str(tmp_path / "taken")]) == 2
    assert capsys.readouterr().err == "taken: sebut tempat lain ← ada berkas dengan nama itu [disk]\n"
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]


def test_the_example_is_written_whole_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write, written = Path.write_bytes, []

    def full(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    assert cli.main(["example", "--out", str(tmp_path / "new"), "--lang", "en"]) == 2
    assert capsys.readouterr().err == "config-contoh.toml: make room, then try again ← the disk is full [disk]\n"
    assert (len(written), list(tmp_path.iterdir())) == (3, [])


@pytest.mark.parametrize(("language", "said"), [("id", "Dihentikan.\n"), ("en", "Stopped.\n")])
def test_who_stops_the_program_while_it_loads_is_told_so(language: str, said: str) -> None:
    # Who starts the tests may ignore Ctrl-C, as a shell does for what runs behind; then so would the program.
    code = "import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    code += "from kompeten.ground.stopping import stop_quietly; stop_quietly(); "
    run = [sys.executable, "-c", f"{code}os.kill(os.getpid(), signal.SIGINT)", "--lang", language]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", said)


def test_both_doors_of_the_program_can_be_stopped_before_anything_heavy_is_loaded() -> None:
    for door in ("build.py", "kompeten/__main__.py"):
        loaded = (REPOSITORY / door).read_text(encoding="utf-8").split("stop_quietly()\n")[0]
        ours = [
            line.strip() for line in loaded.splitlines() if line.strip().startswith(("from kompeten", "import num"))
        ]
        assert ours == ["from kompeten.ground.stopping import stop_quietly"]


def test_settings_are_shown_and_placeholders_marked(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["settings"]) == 0
    shown = capsys.readouterr().out
    assert [line.split(" = ")[0] for line in shown.splitlines()] == [
        *("base_url", "repository_url", "contact_email", "publisher", "pdf_url")
    ]


def test_publishing_is_refused_while_a_placeholder_stands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "kompeten.toml").write_text(
        'base_url = "https://x.invalid/"\nrepository_url = "https://host.example/r"\n'
        'contact_email = "a@x.invalid"\npublisher = "P"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(cli, "REPOSITORY", tmp_path)
    assert cli.main(["settings", "--require-complete", "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert said.err == (
        "kompeten.toml: fill in base_url, contact_email before publishing "
        "(or the variables KOMPETEN_BASE_URL, KOMPETEN_CONTACT_EMAIL) [settings]\n"
    )
    assert "base_url = https://x.invalid/  (placeholder)\n" in said.out


def test_diff_shows_the_figures_that_changed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    new = copy_of_repository(tmp_path)
    change(new, "batches/targets.csv", {"target_id": "ppu-2025"}, value="110")
    assert cli.main(["diff", str(REPOSITORY_DATA), str(new), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "revised: targets/ppu-2025: 100 → 110 (+10)\n"
    assert cli.main(["diff", str(REPOSITORY_DATA), str(new)]) == 0
    assert capsys.readouterr().out == "diubah: targets/ppu-2025: 100 → 110 (+10)\n"


def test_diff_of_unsound_data_shows_what_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    new = copy_of_repository(tmp_path)
    line = change(new, "batches/batches.csv", {"batch_id": "kaltim-2025-1"}, start_on="2025-06-31")
    assert cli.main(["diff", str(REPOSITORY_DATA), str(new)]) == 1
    assert capsys.readouterr().out.startswith(f"{new}/batches/batches.csv:{line}: start_on: ")


def test_audit_of_a_folder_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["audit", str(tmp_path / "absent")]) == 2
    assert capsys.readouterr().err == (
        "absent: sebut folder data (outcomes/datapackage.json), paket (datapackage.json), "
        "atau situs yang sudah dibangun (api/v1/index.json) ← bukan salah satunya [nothing-to-audit]\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", "{}"],
        ["keep", "{}"],
        ["tidy", "{}.csv"],
        ["review", "{}", "baru"],
        ["anonymize", "register.csv", "--config", "{}.toml", "--out", "paket"],
        ["anonymize", "{}.xlsx", "--config", str(cli.REPOSITORY / "examples/config-contoh.toml"), "--out", "paket"],
        ["join", "{}", "--data", "{}"],
        ["build", "--check", "--data", "{}"],
        ["build", "--check", "--data", "{}/data"],
        ["build", "--check", "--report", "{}/a/b.json", "--data", "data"],
        ["diff", "{}", "{}"],
        ["release", "2026.12", "--data", "{}"],
        ["begin", "{}.csv"],
        ["sample", "--out", "."],
    ],
)
@pytest.mark.parametrize("name", ["Siti Aminah", "6472014107900001", "siti_aminah", "Aminah"])
def test_a_file_that_is_named_after_a_person_is_not_repeated(
    arguments: list[str], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "catatan.txt").touch()
    monkeypatch.chdir(tmp_path / name if arguments[0] == "sample" else tmp_path)
    assert cli.main([each.format(name) for each in arguments]) in (1, 2)
    said = capsys.readouterr()
    assert name not in said.out + said.err
    assert said.out + said.err


def test_a_sample_is_never_written_over_something_else(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "kerja"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work\n", encoding="utf-8")
    assert cli.main(["sample", "--out", str(folder), "--lang", "en"]) == 2
    assert capsys.readouterr().err == "kerja: name another place ← is there already and is not a data folder [folder]\n"
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]


PERSON = "Siti Aminah"
COMMANDS = {
    "anonymize": ["register.csv", "--config", "config.toml", "--out", "paket"],
    "sample": ["--out", "paket"],
    "audit": ["paket"],
    "diff": ["lama", "baru"],
    "keep": ["situs"],
    "release": ["2026.12"],
    "settings": [],
}


def run_instead(monkeypatch: pytest.MonkeyPatch, command: str, run: Callable[..., int]) -> None:
    monkeypatch.setitem(cli.COMMANDS, command, (run, cli.COMMANDS[command][1]))


@pytest.mark.parametrize("command", ["begin", "anonymize"])
def test_what_a_library_warns_of_a_register_is_never_said(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """openpyxl tells the value of a cell that is marked as a day and is none: a NIK. Here warnings are mistakes."""
    run_instead(monkeypatch, command, lambda *_: warnings.warn(PERSON, stacklevel=1) or 0)
    assert cli.main([command, *COMMANDS["anonymize"][: 1 if command == "begin" else None]]) == 0


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_speaks_both_languages_and_says_its_own_mistakes(
    command: str, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> int:
        raise LookupError(PERSON)

    run_instead(monkeypatch, command, fail)
    assert cli.main([command, *COMMANDS[command], "--lang", language, "--debug"]) == 4
    said = capsys.readouterr().err
    assert said.splitlines()[-1].startswith(
        {
            "id": "Program berhenti karena kesalahannya sendiri (LookupError di ",
            "en": "The program stopped by a mistake",
        }[language]
    )
    assert (PERSON in said) == (command != "anonymize"), "the text of an error may hold a person of the register"


def test_a_pipe_that_takes_no_indonesian_letters_gets_them_escaped(tmp_path: Path) -> None:
    new = copy_of_repository(tmp_path)
    change(new, "batches/targets.csv", {"target_id": "ppu-2025"}, value="110")
    for encoding in ("ascii", "cp1252"):
        done = subprocess.run(
            [sys.executable, "-m", "kompeten", "diff", str(REPOSITORY_DATA), str(new)],
            env={"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": encoding},
            cwd=cli.REPOSITORY,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout == b"diubah: targets/ppu-2025: 100 \\u2192 110 (+10)\n"


def test_what_moved_between_two_releases_is_told_by_its_first_few_of_a_kind(capsys: pytest.CaptureFixture[str]) -> None:
    moved = [Change(table="sources", address=f"sources/s{n}", kind="added", before=None, after={}) for n in range(30)]
    gone = Change(table="sources", address="sources/old", kind="removed", before={}, after=None)
    cli._tell_moved([*moved, gone], Console("en"))
    told = capsys.readouterr().out.splitlines()
    assert told == [
        *(f"added: sources/s{n}" for n in range(5)),
        "… 25 more like this in sources; all of them: kompeten diff",
        "removed: sources/old",
    ]
