"""What comes out of the door, and what never does."""

from __future__ import annotations

import csv
import io
import itertools
import os
import re
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from examples.register_berantakan import HEADERS, messy_csv
from kompeten.audit import audit_directory
from kompeten.ground.policy import load_policy
from kompeten.ground.vocabulary import DIMENSIONS
from kompeten.register import anonymize as door
from kompeten.register.anonymize import Outcome, anonymize
from kompeten.register.publishing.folder import FolderError, read_code_lists
from kompeten.register.reading.check import check
from kompeten.register.reading.config import load_config
from kompeten.register.reading.files import RegisterError
from kompeten.register.reading.read import read_register

ROOT = Path(__file__).parents[2]
CSV, XLSX, CONFIG = (
    ROOT / "examples" / name for name in ("register-contoh.csv", "register-contoh.xlsx", "config-contoh.toml")
)

Place = tuple[str, ...]


def run(folder: Path, register: Path = CSV, config: Path = CONFIG, previous: Path | None = None) -> Outcome:
    return anonymize(register, config, folder / "paket", previous)


def files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def example_rows() -> list[list[str]]:
    text = CSV.read_bytes().decode("utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") if len(row) == len(HEADERS)][1:]


def identifiers(rows: Sequence[Sequence[str]]) -> list[bytes]:
    """Give every NIK, as typed and as digits, and every name of a register."""
    niks = {row[HEADERS.index("NIK")] for row in rows}
    names = {row[HEADERS.index("Nama Lengkap")] for row in rows}
    digits = {re.sub(r"\D", "", nik) for nik in niks}
    return [text.strip().encode() for text in sorted(niks | names | digits)]


def assert_nobody_in(content: bytes, wanted: Sequence[bytes], where: str) -> None:
    for identifier in wanted:
        assert identifier not in content, f"an identifier in {where}"
    assert b"Peserta Contoh 0" not in content, where
    assert not re.search(rb"(?<!\d)64\d{2}99\d{10}(?!\d)", content), where


def cells_of(folder: Path) -> dict[tuple[str, str, Place], tuple[str, str]]:
    text = (folder / "outcomes" / "observations.csv").read_text(encoding="utf-8")
    return {
        (row["batch_id"], row["stage"], tuple(row[name] for name in DIMENSIONS)): (row["value"], row["status"])
        for row in csv.DictReader(io.StringIO(text))
    }


@pytest.mark.parametrize("register", [CSV, XLSX])
def test_the_example_passes_the_attack(tmp_path: Path, register: Path) -> None:
    outcome = run(tmp_path, register)
    assert outcome.exit_status == 0
    result = audit_directory(tmp_path / "paket", policy=load_policy(tmp_path / "paket" / "policy.toml"))
    assert result.breaches == ()
    assert result.summary.targets > 0
    assert result.summary.tightest_width is not None
    assert result.summary.tightest_width >= 4


def test_csv_and_xlsx_of_one_register_give_the_same_bytes(tmp_path: Path) -> None:
    run(tmp_path / "a", CSV)
    run(tmp_path / "b", XLSX)
    assert dict(files_below(tmp_path / "a" / "paket")) == dict(files_below(tmp_path / "b" / "paket"))


def test_two_runs_give_the_same_bytes_and_leave_nothing_else(tmp_path: Path) -> None:
    run(tmp_path)
    first = dict(files_below(tmp_path))
    run(tmp_path)
    assert dict(files_below(tmp_path)) == first
    assert {path.name for path in tmp_path.iterdir()} == {"paket", "paket-laporan-petugas.html"}


def test_no_identifier_is_in_any_file_after_a_normal_run(tmp_path: Path) -> None:
    run(tmp_path)
    wanted = identifiers(example_rows())
    for name, content in files_below(tmp_path):
        assert_nobody_in(content, wanted, name)


def test_the_package_does_not_tell_primary_from_complementary(tmp_path: Path) -> None:
    run(tmp_path)
    hidden = [value for value in cells_of(tmp_path / "paket").values() if value[1] != "released"]
    assert set(hidden) == {("", "hidden")}
    for name, content in files_below(tmp_path / "paket"):
        if name != "policy.toml":
            assert not re.search(rb"primer|primary_|complementary|pelengkap", content), name


def test_a_full_cross_is_printed_whatever_the_register_holds(tmp_path: Path) -> None:
    run(tmp_path)
    cells = cells_of(tmp_path / "paket")
    batches = sorted({batch for batch, _, _ in cells})
    shapes = [{(stage, place) for name, stage, place in cells if name == batch} for batch in batches]
    assert len(batches) == 2
    assert shapes[0] == shapes[1]


# --- The strongest single test: another truth under the same mask, the same bytes


def changed_register(rows: list[list[str]], pair: tuple[int, int]) -> list[list[str]]:
    """Swap the results of two people of one batch: competent for not yet competent, certificate and all."""
    changed = [list(row) for row in rows]
    one, other = pair
    for column in ("Lolos Verifikasi", "Peserta", "Hadir", "Selesai", "Asesmen", "Hasil", "SKK"):
        place = HEADERS.index(column)
        changed[one][place], changed[other][place] = rows[other][place], rows[one][place]
    return changed


def test_a_changed_hidden_count_under_the_same_mask_leaves_every_byte(tmp_path: Path) -> None:
    """Two people who differ only in hidden cells trade places; nobody outside can see that they did."""
    rows = example_rows()
    run(tmp_path / "a")
    published = dict(files_below(tmp_path / "a" / "paket"))
    mask = {key for key, (_, status) in cells_of(tmp_path / "a" / "paket").items() if status == "hidden"}
    found = 0
    for number, pair in enumerate(itertools.islice(swaps_inside_the_mask(mask), 6)):
        register = tmp_path / f"register-{number}.csv"
        register.write_bytes(messy_csv(changed_register(rows, pair)))
        other = tmp_path / f"b{number}"
        if (
            run(other, register).exit_status == 0
            and {key for key, (_, status) in cells_of(other / "paket").items() if status == "hidden"} == mask
        ):
            assert dict(files_below(other / "paket")) == published
            found += 1
    assert found, "no swap kept the mask: make the example register less tidy"


def swaps_inside_the_mask(mask: set[tuple[str, str, Place]]) -> Iterator[tuple[int, int]]:
    """Give pairs of one batch, alike but for a region whose competent count is hidden, with opposite results."""
    hidden = {(batch, place[0]) for batch, stage, place in mask if stage == "kompeten" and place[0] != "_T"}
    lists, _ = read_code_lists(ROOT / "data" / "reference")
    config = load_config(CONFIG)
    people = check(read_register(CSV, config), config, lists).people
    assert people is not None
    regions = [people.codes["region_code"][code] for code in people.columns["region_code"]]
    alike = [name for name in DIMENSIONS if name not in ("region_code", "classification")]

    def likeness(number: int) -> tuple[int, ...]:
        return (int(people.batch[number]), *(int(people.columns[name][number]) for name in alike))

    homes = [(people.batches[batch], home) for batch, home in zip(people.batch.tolist(), regions, strict=True)]
    inside = [number for number in range(people.size) if homes[number] in hidden and people.rung[number] == 5]
    for one, other in itertools.combinations(inside, 2):
        if (
            regions[one] != regions[other]
            and people.outcome[one] != people.outcome[other]
            and likeness(one) == likeness(other)
        ):
            yield one, other


# --- Later releases


def test_the_same_register_after_its_own_release_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path / "a")
    outcome = run(tmp_path / "b", previous=tmp_path / "a" / "paket")
    assert outcome.exit_status == 0
    assert cells_of(tmp_path / "a" / "paket") == cells_of(tmp_path / "b" / "paket")
    text = (tmp_path / "b" / "paket" / "releases.toml").read_text(encoding="utf-8")
    assert text.count("[[release]]") == 2


def test_fifteen_late_records_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    rows = example_rows()
    late = [place for place, row in enumerate(rows) if "II" in row[6] or "2" in row[6]][-15:]
    early = tmp_path / "register-awal.csv"
    early.write_bytes(messy_csv([row for place, row in enumerate(rows) if place not in late]))
    assert run(tmp_path / "a", early).exit_status == 0
    assert run(tmp_path / "alone").exit_status == 0
    outcome = run(tmp_path / "b", previous=tmp_path / "a" / "paket")
    assert outcome.exit_status == 1
    assert outcome.refused is not None
    assert not (tmp_path / "b" / "paket").exists()
    assert "berubah 1 sampai 4 orang" in outcome.report.read_text(encoding="utf-8")
    assert "berubah 1 sampai 4 orang" in "".join(outcome.lines("id"))
    assert "move by 1 to 4 people" in "".join(outcome.lines("en"))


def test_batches_of_an_earlier_release_are_carried_over_as_they_stand(tmp_path: Path) -> None:
    """Next year's register holds next year's batches alone."""
    rows, text = example_rows(), CONFIG.read_text(encoding="utf-8")
    second = text.index('[[batches]]\nregister_names = ["Tahap II"')
    first, after = text.index("[[batches]]"), text.index("[[targets]]")
    configs = {"satu": text[:second] + text[after:], "dua": text[:first] + text[second:]}
    releases = {"satu": '"2026.11"', "dua": '"2027.02"'}
    for name, config in configs.items():
        chosen = [row for row in rows if ("II" in row[6] or "2" in row[6]) == (name == "dua")]
        (tmp_path / f"{name}.csv").write_bytes(messy_csv(chosen))
        (tmp_path / f"{name}.toml").write_text(config.replace('"2026.11"', releases[name]), encoding="utf-8")
    one, two = tmp_path / "a", tmp_path / "b"
    assert run(one, tmp_path / "satu.csv", tmp_path / "satu.toml").exit_status == 0
    assert run(two, tmp_path / "dua.csv", tmp_path / "dua.toml", previous=one / "paket").exit_status == 0
    early, both = cells_of(one / "paket"), cells_of(two / "paket")
    assert {key: both[key] for key in early} == early
    assert {batch for batch, _, _ in both} == {"contoh-2026-1", "contoh-2026-2"}
    batches = (two / "paket" / "batches" / "batches.csv").read_text(encoding="utf-8")
    assert batches.count("contoh-2026-") == 2
    assert audit_directory(two / "paket", policy=load_policy(two / "paket" / "policy.toml")).breaches == ()


def test_a_correction_is_read_with_every_release_ever_published(tmp_path: Path) -> None:
    """A first release that the second no longer prints is still in somebody's drawer."""
    run(tmp_path / "a")
    run(tmp_path / "b", previous=tmp_path / "a" / "paket")
    config = tmp_path / "config.toml"
    text = '[[corrections]]\nbatch_id = "contoh-2026-1"\nreason_id = "Hasil banding."\nreason_en = "An appeal."\n'
    config.write_text(CONFIG.read_text(encoding="utf-8") + text, encoding="utf-8")
    second, first = (tmp_path / name / "paket" for name in "ba")
    with pytest.raises(FolderError, match="every earlier release"):
        anonymize(CSV, config, tmp_path / "c" / "paket", second)
    assert anonymize(CSV, config, tmp_path / "c" / "paket", [second, first]).exit_status == 0


def test_a_third_release_that_the_first_two_give_away_is_refused(tmp_path: Path) -> None:
    """The first release prints what the second hides: the third must not print its neighbours again."""
    for name in "ab":
        run(tmp_path / name)
    cells = (tmp_path / "a" / "paket" / "outcomes" / "observations.csv").read_text(encoding="utf-8")
    hidden = next(line for line in cells.splitlines() if ",,hidden," in line)
    told = hidden.replace(",,hidden,,", ",7,released,exact,")
    (tmp_path / "a" / "paket" / "outcomes" / "observations.csv").write_text(cells.replace(hidden, told))
    outcome = anonymize(CSV, CONFIG, tmp_path / "c" / "paket", [tmp_path / "b" / "paket", tmp_path / "a" / "paket"])
    assert outcome.exit_status == 1
    assert outcome.refused is not None
    assert not (tmp_path / "c" / "paket").exists()


def test_a_report_does_not_take_the_place_of_the_register_or_its_configuration(tmp_path: Path) -> None:
    for given in (CSV, CONFIG):
        with pytest.raises(FolderError, match="name another with --report ← your register or configuration is there"):
            anonymize(CSV, CONFIG, tmp_path / "paket", report=given.parent / "." / given.name)
    with pytest.raises(
        FolderError, match=r"--previous tiada.csv: name the folder of an earlier release ← it is no data"
    ):
        anonymize(CSV, CONFIG, tmp_path / "paket", tmp_path / "tiada.csv")


def test_a_note_that_names_somebody_is_refused_before_it_is_written(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    text = CONFIG.read_text(encoding="utf-8").replace(
        'source_id = "register-contoh"\n\n[release]',
        'source_id = "register-contoh"\nnote_id = "NIK 6472015203900001 ikut."\nnote_en = "One came."\n\n[release]',
    )
    config.write_text(text, encoding="utf-8")
    outcome = run(tmp_path, CSV, config)
    assert outcome.exit_status == 1
    assert [(each.file, each.rule, each.column) for each in outcome.findings] == [
        ("config.toml", "personal-data", "outcomes.note_id")
    ]
    assert "6472015203900001" not in "".join(outcome.lines("en")) + outcome.report.read_text(encoding="utf-8")
    assert not (tmp_path / "paket").exists()


# --- Names: those of the register, and only those, are looked for in what will be published


def names_of_example(place: int) -> tuple[str, str]:
    """Give the name and the number of one person of the example."""
    row = example_rows()[place]
    return row[HEADERS.index("Nama Lengkap")].strip(), row[HEADERS.index("NIK")].strip()


@pytest.mark.parametrize(
    ("old", "place"),
    [
        ('title_id = "', "release.title_id"),
        ('name_en = "', "programmes[1].name_en"),
    ],
)
@pytest.mark.parametrize("spelt", [str.upper, lambda text: text.replace(" ", "  "), lambda text: f"dan {text}."])
def test_somebody_of_the_register_is_named_in_no_text(
    tmp_path: Path, old: str, place: str, spelt: Callable[[str], str]
) -> None:
    name, number = names_of_example(3)
    for told in (name, f"{number[:6]}.{number[6:]}"):
        config = tmp_path / "config.toml"
        config.write_text(CONFIG.read_text(encoding="utf-8").replace(old, old + spelt(told) + " ", 1), encoding="utf-8")
        outcome = run(tmp_path, CSV, config)
        assert outcome.exit_status == 1
        assert outcome.lines("en") == (
            f"config.toml: {place}: take it out: nobody of a register is named in public"
            " ← holds the name or the identity number of somebody in the register [identity-in-text]",
        )
        assert not (tmp_path / "paket").exists()


def test_somebody_of_the_register_is_named_in_no_file_name(tmp_path: Path) -> None:
    name, _ = names_of_example(3)
    outcome = anonymize(CSV, CONFIG, tmp_path / f"paket {name}", report=tmp_path / "laporan.md")
    assert outcome.exit_status == 1
    assert [finding.column for finding in outcome.findings] == ["--out"]


def test_a_name_that_nobody_of_the_register_has_may_stand_in_a_text(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    text = CONFIG.read_text(encoding="utf-8").replace('title_id = "', 'title_id = "Peserta Contoh: ', 1)
    config.write_text(text, encoding="utf-8")
    assert run(tmp_path, CSV, config).exit_status == 0


def test_a_release_that_the_door_was_not_told_of_is_missed(tmp_path: Path) -> None:
    """The data folder holds the batches already: without --previous the door would not keep the two apart."""
    assert run(tmp_path / "a").exit_status == 0
    data = tmp_path / "a" / "paket"
    with pytest.raises(FolderError) as caught:
        anonymize(CSV, CONFIG, tmp_path / "b" / "paket", data=data)
    assert caught.value.text("en") == (
        "name every release that holds it with --previous, newest first: 1 at least "
        "← contoh-2026-1, contoh-2026-2: published already, as paket/ says"
    )


def test_no_crash_leaves_the_register_on_the_disk() -> None:
    """In a process of its own: the limit on dumps, and the switch that also stops dumps piped to a program."""
    code = "\n".join(
        [
            "import ctypes, sys, resource",
            "from kompeten.register.anonymize import _no_core_dumps",
            "_no_core_dumps()",
            "dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == 'linux' else 0",
            "print(resource.getrlimit(resource.RLIMIT_CORE), dumpable)",
        ]
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0) 0\n"


# --- Faults: nothing of anybody in findings, errors, logs, temporary folders


FAULTS = {
    "Kab/Kota KTP": "Kota Rahasia",
    "Jenjang": "Rahasia",
    "Hasil": "Rahasia",
    "NIK": "6472 9904 0590 00",
    "Tahap": "Rahasia",
}


def test_findings_name_place_and_rule_and_never_a_value(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = example_rows()
    for place, (column, text) in enumerate(FAULTS.items()):
        rows[place][HEADERS.index(column)] = text
    register = tmp_path / "register.csv"
    register.write_bytes(messy_csv(rows))
    outcome = run(tmp_path, register)
    assert outcome.exit_status == 1
    assert {finding.column for finding in outcome.findings} == set(FAULTS)
    printed = capfd.readouterr()
    everything = "".join([finding.line("id") + finding.line("en") + repr(finding) for finding in outcome.findings])
    everything += outcome.report.read_text(encoding="utf-8") + printed.out + printed.err + repr(outcome)
    assert "ahasia" not in everything.replace("Rahasia-laporan", "")
    assert_nobody_in(everything.encode(), identifiers(rows), "findings")
    assert not (tmp_path / "paket").exists()


def first_nik() -> str:
    return re.sub(r"\D", "", example_rows()[0][HEADERS.index("NIK")])


def failing(step: str, real: Callable[..., object]) -> Callable[..., object]:
    """Give a step that fails with a person's NIK in its error, where it could have one; else simply fails."""

    def broken(*args: object, **kwargs: object) -> object:
        if step in ("read_register", "check"):
            raise ValueError(f"invalid literal: {first_nik()}")
        real(*args, **kwargs)
        raise ValueError("a later step, which never holds an identifier")

    return broken


@pytest.mark.parametrize("step", ["read_register", "check", "count", "leave_out", "assemble", "write_folder"])
def test_an_exception_in_any_step_holds_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    monkeypatch.setattr(door, step, failing(step, getattr(door, step)))
    with pytest.raises((RegisterError, ValueError)) as caught:
        run(tmp_path)
    assert caught.value.__context__ is None
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert first_nik() not in shown, "neither the words of the error nor any frame holds a person"
    for name, content in files_below(tmp_path):
        assert_nobody_in(content, identifiers(example_rows()), name)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".paket")]


FULL = """
import resource, signal, sys
from kompeten.cli import main
limit = int(sys.argv.pop(1))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("room", [0, 1_000, 20_000])
def test_a_full_disk_is_told_in_words_and_leaves_the_older_folder_as_it_was(
    tmp_path: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the child has no sockets to close, and pipes need none
    run(tmp_path)
    before = dict(files_below(tmp_path))
    ended = subprocess.run(
        [
            *(sys.executable, "-B", "-X", "dev", "-c", FULL, str(room), "anonymize", str(CSV)),
            *("--config", str(CONFIG), "--out", str(tmp_path / "paket")),
        ],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONFAULTHANDLER": "1"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.decode().strip() == "paket: sebut tempat lain ← berkas terlalu besar di sini [folder]"
    assert dict(files_below(tmp_path)) == before
    assert_nobody_in(ended.stdout + ended.stderr, identifiers(example_rows()), "what was printed")


PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in background runs
from pathlib import Path
from kompeten.register.anonymize import anonymize
from kompeten.register import anonymize as door
print("siap", flush=True)
while True:
    anonymize(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) / "paket")
"""


@pytest.mark.parametrize(
    ("how", "after"), [(signal.SIGKILL, 0.3), (signal.SIGTERM, 0.5), (signal.SIGINT, 0.9), (signal.SIGABRT, 0.7)]
)
def test_a_killed_run_leaves_nobody_behind(
    tmp_path: Path, how: signal.Signals, after: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the child has no sockets to close, and pipes need none
    out, temporary = tmp_path / "keluar", tmp_path / "tmp"
    out.mkdir()
    temporary.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    command = [sys.executable, "-c", PROGRAM, str(CSV), str(CONFIG), str(out)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=temporary
    ) as child:
        try:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(after)
            child.send_signal(how)
            printed, errors = child.communicate(timeout=30)
        finally:
            child.kill()
    wanted = identifiers(example_rows())
    assert_nobody_in(printed + errors, wanted, "what was printed")
    for name, content in files_below(tmp_path):
        assert_nobody_in(content, wanted, name)


def test_another_folder_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "paket").mkdir()
    (tmp_path / "paket" / "foto.jpg").write_bytes(b"milik orang")
    with pytest.raises(FolderError, match="not a data folder"):
        run(tmp_path)
    assert (tmp_path / "paket" / "foto.jpg").read_bytes() == b"milik orang"


def test_the_repository_s_own_data_are_never_replaced() -> None:
    for place in (ROOT / "data", ROOT, ROOT / "data" / "outcomes"):
        with pytest.raises(FolderError, match="the repository's own data"):
            anonymize(CSV, CONFIG, place)


def test_the_report_may_not_stand_among_what_is_published(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="write it outside the folder"):
        anonymize(CSV, CONFIG, tmp_path / "paket", report=tmp_path / "paket" / "laporan.md")


def test_a_run_that_fails_leaves_the_earlier_package_whole(tmp_path: Path) -> None:
    run(tmp_path)
    before = dict(files_below(tmp_path / "paket"))
    rows = example_rows()
    rows[0][HEADERS.index("Hasil")] = "?"
    register = tmp_path / "register.csv"
    register.write_bytes(messy_csv(rows))
    assert run(tmp_path, register).exit_status == 1
    assert dict(files_below(tmp_path / "paket")) == before
