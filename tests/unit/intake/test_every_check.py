"""No check without a case that fails when the check is gone: each rule alone, each judge of texts, each code."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kompeten.ground.findings import Finding
from kompeten.ground.wording import load_checks
from kompeten.intake.packages import Packages, brought_up, check, read
from kompeten.intake.packages.descriptors import check_descriptors
from kompeten.intake.packages.schemas import CONSTRAINTS
from kompeten.intake.rules import RULES, open_book, texts
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, add, change, tiny

from .rules import test_cells, test_codes, test_counts, test_dates, test_plausible, test_releases, test_texts

BREAKS = [
    case
    for cases in (test_cells, test_codes, test_counts, test_dates, test_plausible, test_releases, test_texts)
    for case in cases.BREAKS
]
SOURCES = sorted(Path(__file__).parents[2].rglob("*.py"))
TESTS = re.sub(r'"\n\s*f?"', "", "\n".join(path.read_text(encoding="utf-8") for path in SOURCES))
"""Everything that the tests say, long sentences in one piece."""

FILES_OF: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "batches": ("batches/batches.csv", {"batch_id": "uji-2025-1"}),
    "targets": ("batches/targets.csv", {"target_id": "uji-2025"}),
    "budgets": ("batches/budgets.csv", {"budget_id": "uji-2025"}),
    "observations": ("outcomes/observations.csv", {"batch_id": "uji-2025-1", "stage": "asesi"}),
    "context": ("outcomes/context.csv", {"context_id": "pekerja-b"}),
}


def _table(name: str, code: str, **cells: str) -> Any:
    """Give the case of a rule that stands in the book once a table: one row of the table changed."""
    file, where = FILES_OF[name]
    return pytest.param(lambda folder: change(folder, file, where, **cells), code, id=f"{name}-{code}")


def _marked(name: str) -> Any:
    """Give the case of a marked figure that is preferred to one without a mark."""
    file, where = FILES_OF[name]

    def alter(folder: Path) -> None:
        key = next(iter(where))
        copy = {key: where[key], "preferred": "false", "source_id": "koran-b"}
        own = copy if name == "observations" else {**copy, key: f"{where[key]}-b"}
        add(folder, file, own, like=where)
        change(folder, file, {**where, "preferred": "true"}, mark="misprint")

    return pytest.param(alter, "marked-preferred", id=f"{name}-marked-preferred")


MORE = [
    _table("context", "value-and-precision", precision=""),
    pytest.param(
        lambda f: change(f, "outcomes/context.csv", {"context_id": "pekerja-a"}, preferred="false"),
        "none-preferred",
        id="context-none-preferred",
    ),
    _table("budgets", "none-preferred", preferred="false"),
    *(_marked(name) for name in ("targets", "budgets", "observations")),
    _table("batches", "date-exists", start_on="2025-02-30"),
    *(_table(name, "date-exists", as_of="2025-02-30") for name in ("targets", "budgets", "observations", "context")),
    *(_table(name, "date-after-release", as_of="2099") for name in ("targets", "budgets", "observations", "context")),
    _table("context", "ten-times", value="14"),
    pytest.param(
        lambda f: add(
            f,
            "batches/targets.csv",
            {"target_id": "uji-2025-b", "value": "2000", "source_id": "koran-b", "preferred": "false"},
            like={"target_id": "uji-2025"},
        ),
        "ten-times",
        id="targets-ten-times",
    ),
    *(_table(name, "source-older", as_of="2026") for name in ("targets", "budgets", "observations", "context")),
    _table("observations", "address", note_id="javascript:alert(1)", note_en="javascript:alert(1)"),
    _table("batches", "id-reserved", batch_id="con"),
    pytest.param(
        lambda f: change(f, "batches/programmes.csv", {"programme_id": "uji"}, programme_id="nul"),
        "id-reserved",
        id="programmes-id-reserved",
    ),
]
"""Cases of rules that stand in the book once a table, where the cases of the rules break another table."""


@cache
def record() -> Packages:
    """Read the repository's own packages."""
    return read(REPOSITORY_DATA)


# --- rules: each is the only one to say something in some case ------------------------------------------------------


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, set[str]]:
    """Give the ids of the cases in which one rule alone says the code of the case, by the place of the rule."""
    pristine = tiny(tmp_path_factory.mktemp("pristine"))
    found: dict[int, set[str]] = defaultdict(set)
    for case in (*BREAKS, *MORE):
        folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("case") / "data"))
        case.values[0](folder)  # type: ignore[operator]
        book = open_book(brought_up(read(folder), record()), record())
        said = [number for number, rule in enumerate(RULES) if any(f.rule == case.values[1] for f in rule.judge(book))]
        if len(said) == 1:
            found[said[0]].add(str(case.id))
        shutil.rmtree(folder)
    return found


@pytest.mark.parametrize("number", range(len(RULES)))
def test_a_rule_that_is_taken_out_is_missed_by_a_case(number: int, alone: Mapping[int, set[str]]) -> None:
    assert alone[number], RULES[number]


@pytest.mark.parametrize("judge", [*texts.JUDGES, texts.person_name], ids=lambda judge: judge.__name__)
def test_a_judge_of_texts_that_is_taken_out_is_missed_by_a_case(judge: Callable[..., Any], tmp_path: Path) -> None:
    others = [each for each in texts.JUDGES if each is not judge]
    extra = {} if judge is not texts.person_name else {"known": frozenset[str]()}
    for number, case in enumerate(case for case in (*BREAKS, *MORE) if case.values[1] in said_by(judge)):
        (tmp_path / str(number)).mkdir()
        folder = tiny(tmp_path / str(number))
        case.values[0](folder)  # type: ignore[operator]
        for passage in texts.passages(open_book(brought_up(read(folder), record()), record()), set()):
            if judge(passage, **extra) and not any(other(passage) for other in others):
                return
    pytest.fail(f"no case needs {judge.__name__}")


def said_by(judge: Callable[..., Any]) -> set[str]:
    """Give the codes that a judge of texts says."""
    return {str(each) for each in judge.__code__.co_consts if isinstance(each, str)} | {
        str(each) for each in judge.__code__.co_consts if isinstance(each, tuple) for each in each
    }


# --- files: each table of one folder broken in one way, and exactly that is said of it -------------------------------

Edit = Callable[[bytes], bytes]


def _first(line: Edit) -> Edit:
    """Edit the line of the column names alone."""
    return lambda content: line(content.split(b"\n", 1)[0]) + b"\n" + content.split(b"\n", 1)[1]


def _last(line: Edit) -> Edit:
    """Edit the last row alone."""
    return lambda content: b"\n".join([*content.split(b"\n")[:-2], line(content.split(b"\n")[-2]), b""])


FILES: Mapping[str, tuple[str, Edit]] = {
    "bom": ("reference/age_bands.csv", lambda c: b"\xef\xbb\xbf" + c),
    "nul": ("reference/sexes.csv", lambda c: c + b"\x00\n"),
    "not-utf8": ("reference/units.csv", lambda c: c + b"\xff\n"),
    "carriage-return": ("reference/statuses.csv", lambda c: c.replace(b"\n", b"\r\n")),
    "empty-file": ("reference/tracks.csv", lambda _: b""),
    "no-final-newline": ("reference/precisions.csv", lambda c: c[:-1]),
    "quotes": ("reference/voices.csv", lambda c: c + b'"a\n'),
    "cell-too-long": ("reference/counters.csv", lambda c: c + b"x" * 5001 + b"\n"),
    "needless-quotes": ("reference/marks.csv", _last(lambda row: b'"' + row.replace(b",", b'",', 1))),
    "blank-row": ("reference/occasions.csv", lambda c: c + b"\n"),
    "kind-pointer": ("reference/measures.csv", lambda _: b"version https://git-lfs.github.com/spec/v1\n"),
    "kind-workbook": ("reference/population.csv", lambda _: b"PK\x03\x04"),
    "kind-page": ("reference/areas.csv", lambda _: b"<!doctype html><title>Masuk</title>"),
    "kind-json": ("reference/positions.csv", lambda _: b'{"a": 1}\n'),
    "kind-other": ("reference/classifications.csv", lambda _: b"%PDF-1.7"),
    "utf16": ("reference/training_modes.csv", lambda c: c.decode().encode("utf-16")),
    "merge-conflict": ("reference/speakers.csv", lambda c: c + b"=======\n"),
    "too-wide": ("reference/text_kinds.csv", lambda c: b"," * 300 + b"\n" + c),
    "header-lower": ("reference/outcome_statuses.csv", lambda c: b"Tabel 1\n" + c),
    "delimiter": ("reference/funding_sources.csv", lambda c: c.replace(b",", b";")),
    "header-spelling": ("reference/context_measures.csv", _first(bytes.upper)),
    "header-wrong": (
        "batches/plans.csv",
        _first(lambda _: b",".join(b"k%d" % n for n in range(9))),
    ),
    "column-missing": ("batches/venues.csv", lambda c: b"\n".join(row.rpartition(b",")[0] for row in c.split(b"\n"))),
    "column-unknown": ("batches/programme_regions.csv", _first(lambda row: row + b",kolom_baru")),
    "column-twice": ("batches/searches.csv", _first(lambda row: row + b"," + row.split(b",")[0])),
    "column-unnamed": ("batches/facts.csv", _first(lambda row: row + b",")),
    "column-order": ("batches/comparisons.csv", _first(lambda row: b",".join(reversed(row.split(b","))))),
    "person-column": ("batches/replies.csv", _first(lambda row: row + b",nik")),
    "row-length": ("batches/programmes.csv", _last(lambda row: row + b",x")),
    "row-shifted": ("outcomes/observations.csv", _last(lambda row: b"Jumlah," + row.rpartition(b",")[0])),
    "not-canonical": ("batches/batches.csv", _last(lambda row: row.replace(b",2025,", b",02025,", 1))),
    "blanks": ("batches/sources.csv", _last(lambda row: row.replace(b",Koran B,", b",Koran B ,", 1))),
    "number-too-large": ("batches/targets.csv", _last(lambda row: row.replace(b",200,", b",9007199254740993,", 1))),
    "not-said": ("batches/budgets.csv", _last(lambda row: row.replace(b",900000000,", b",n/a,", 1))),
    "two-readings": ("outcomes/context.csv", _last(lambda row: row.replace(b",1400,", b",1.400,", 1))),
}
"""Code to the one file that is broken in that way."""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[str]]:
    """Give what is said of each file of a folder in which each is broken in its own way."""
    folder = tiny(tmp_path_factory.mktemp("broken"))
    for file, edit in FILES.values():
        (folder / file).write_bytes(edit((folder / file).read_bytes()))
    (folder / "reference/qualification_levels.csv").unlink()
    (folder / "reference/stages.csv").unlink()
    (folder / "reference/stages.csv").symlink_to(REPOSITORY_DATA / "reference/stages.csv")
    (folder / "reference/regions.csv").unlink()
    (folder / "reference/regions.csv").mkdir()
    (folder / "outcomes/preferences.csv").write_bytes(b"x" * (2**20 + 1))
    (folder / "outcomes/catatan.txt").touch()
    (folder / "outcomes/6472014107900001.csv").touch()
    patch = pytest.MonkeyPatch()
    patch.setattr("kompeten.intake.packages.reading.TABLE_LIMIT", 2**20)
    found: dict[str, set[str]] = defaultdict(set)
    for each in examine(folder, REPOSITORY_DATA).findings:
        found[each.file].add(each.rule)
    patch.undo()
    return found


OTHERS = {
    "file-missing": "reference/qualification_levels.csv",
    "link": "reference/stages.csv",
    "file-not-ordinary": "reference/regions.csv",
    "file-too-large": "outcomes/preferences.csv",
    "stranger": "outcomes/catatan.txt",
    "personal-file-name": "outcomes/***",
}


@pytest.mark.parametrize("code", [*FILES, *OTHERS])
def test_a_file_that_is_broken_in_one_way_is_told_of_that_alone(code: str, broken: Mapping[str, set[str]]) -> None:
    file = FILES[code][0] if code in FILES else OTHERS[code]
    assert broken[file] == {code}


# --- descriptors ----------------------------------------------------------------------------------------------------

DESCRIPTOR = "outcomes/datapackage.json"


def _described(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], object]:
    def alter(folder: Path) -> object:
        descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
        change(descriptor)
        return (folder / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")

    return alter


def _written(content: bytes, file: str = DESCRIPTOR) -> Callable[[Path], object]:
    return lambda folder: (folder / file).write_bytes(content)


DESCRIBED: Mapping[str, Callable[[Path], object]] = {
    "json-double-key": _written(b'{"name": "a", "name": "b"}'),
    "json-broken": _written(b"{"),
    "json-too-deep": _written(b"[" * 100_000),
    "json-not-object": _written(b"[]"),
    "json-number": _written(b'{"x": NaN}'),
    "toml-broken": _written(b"x", "releases.toml"),
    "toml-too-deep": _written(b"x = " + b"[" * 3000, "releases.toml"),
    "path-not-plain": _described(lambda d: d["resources"][0].update(path="../x.csv")),
    "remote": _described(lambda d: d["resources"][0].update(schema="https://contoh.id/s.json")),
    "property-unknown": _described(lambda d: d.update(lisensi=[])),
    "property-missing": _described(lambda d: d.pop("version")),
    "property-wrong": _described(lambda d: d.update(version="1")),
    "resource-missing": _described(lambda d: d["resources"].pop(2)),
    "resource-unknown": _described(lambda d: d["resources"][2].update(name="lain")),
    "schema-broken": _described(lambda d: d["resources"][0]["schema"].update(fields=[])),
    "schema-differs": _described(lambda d: d["resources"][0]["schema"].pop("primaryKey")),
    "synthetic-mixed": _described(lambda d: d.update(synthetic=True)),
    "descriptor-invalid": _described(lambda d: d.update(contributors="x")),
}


@pytest.mark.parametrize("code", DESCRIBED)
def test_a_descriptor_that_is_broken_in_one_way_is_told_of_that(code: str, tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    DESCRIBED[code](folder)
    packages = read(folder)
    if code == "descriptor-invalid":
        found: Iterator[Finding] | tuple[Finding, ...] = check(packages, record())
    else:
        found = (*packages.findings, *check_descriptors(packages, record()))
    # What is no longer named by its descriptor is a stranger besides.
    assert {each.rule for each in found} - {"stranger", "resource-missing"} == {code} - {"resource-missing"}
    assert code in {each.rule for each in (*packages.findings, *check_descriptors(packages, record()), *found)}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert [each.rule for each in read(tmp_path / "data").findings] == ["folder-missing"]


def test_a_package_without_a_schema_of_record_is_told(tmp_path: Path) -> None:
    packages = read(tiny(tmp_path))
    without = Packages(packages=record().packages[:2])
    assert {each.rule for each in check_descriptors(packages, without)} == {"schema-of-record"}


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tiny(tmp_path)

    def fail(*_args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", fail)
    assert {each.rule for each in read(folder).findings} == {"file-unreadable"}


# --- nothing of the catalogue is left over --------------------------------------------------------------------------


def test_every_code_of_the_catalogue_has_a_case() -> None:
    ours = {str(case.values[1]) for case in BREAKS} | {*FILES, *OTHERS, *DESCRIBED, *CONSTRAINTS}
    ours |= {"folder-missing", "schema-of-record", "file-unreadable"}
    said = {
        code: max(re.split(r"\{\w+\}", told["what"].en), key=len).strip(' “”":,()')
        for code, told in load_checks()["data"].items()
    }
    assert len(said) > 150
    assert [
        code for code, words in said.items() if code not in ours and f'"{code}"' not in TESTS and words not in TESTS
    ] == []
