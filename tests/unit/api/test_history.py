"""Nothing moves undeclared between two releases, and nothing is declared that did not move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kompeten.api.publication import publication, standing_findings
from kompeten.intake.permanent import Kept
from kompeten.intake.validation import examine
from tests.published import SETTINGS, publish
from tests.unit.data_folders import REPOSITORY_DATA, add, change, rows, tiny, write

FIRST = """\
[[release]]
id = "2026.11"
released_on = 2026-11-25
data_through = 2025-09-30
title_id = "Rilis pertama"
title_en = "First release"
"""
SECOND = """
[[release]]
id = "2026.12"
released_on = 2026-12-20
data_through = 2026-11-30
title_id = "Rilis kedua"
title_en = "Second release"
"""
REASON = 'reason_id = "Salah salin."\nreason_en = "A slip in copying."\nasked_by = "editors"\n'
CELL = {"batch_id": "uji-2025-1", "stage": "skk_terbit"}
CORRECTION = (
    '\n[[release.correction]]\ncell = "uji-2025-1/skk_terbit"\nkind = "correction"\nsource_id = "koran-b"\n' + REASON
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Give what the first release published."""
    data = tiny(tmp_path_factory.mktemp("first"))
    (data / "releases.toml").write_text(FIRST, encoding="utf-8")
    return {path: content for path, content in publish(data).tree.items() if "/releases/" in path}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the data of the first release with a second one at the end."""
    data = tiny(tmp_path)
    (data / "releases.toml").write_text(FIRST + SECOND, encoding="utf-8")
    return data


def certify(folder: Path) -> None:
    """Let Tahap I have other certificates."""
    change(folder, "outcomes/observations.csv", CELL, value="66")


def drop(folder: Path, file: str, **cells: str) -> None:
    """Remove the one row that agrees with the cells."""
    found = rows(folder / file)
    left = [row for row in found if any(row[name] != text for name, text in cells.items())]
    assert len(found) - len(left) == 1
    write(folder / file, list(found[0]), left)


def rename(folder: Path, old: str, new: str) -> None:
    """Write another id wherever one stands in the programmes and their outcomes."""
    for path in [*folder.glob("batches/*.csv"), *folder.glob("outcomes/*.csv")]:
        path.write_text(path.read_text(encoding="utf-8").replace(f"{old},", f"{new},"), encoding="utf-8")


def declare(folder: Path, text: str) -> None:
    """Declare something in the second release."""
    with (folder / "releases.toml").open("a", encoding="utf-8") as listed:
        listed.write(text)


def said(folder: Path, kept: Mapping[str, bytes]) -> list[str]:
    """Give the findings in English. kept: what the first release published."""
    examined = examine(folder, REPOSITORY_DATA)
    assert examined.findings == ()
    examined = replace(examined, kept=Kept(files=kept))
    return [each.line("en") for each in standing_findings(publication(examined, SETTINGS, None), examined)]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("data_through = 2025-09-30", "data_through = 2025-10-01", "data_through"),
        ('title_en = "First release"', 'title_en = "Release one"', "title"),
        ('"First release"', '"First release"\nnote_id = "Kabar."\nnote_en = "News."', "note"),
    ],
)
def test_the_entry_of_a_published_release_stays_as_it_was(
    folder: Path, kept: Mapping[str, bytes], old: str, new: str, column: str
) -> None:
    (folder / "releases.toml").write_text(FIRST.replace(old, new) + SECOND, encoding="utf-8")
    assert said(folder, kept) == [
        f"releases.toml:1: {column}: bring it back; a past entry is never edited, what is wrong in it is said in the "
        "next release ← differs from what this release published"
    ]


PLACE = "releases.toml:8"
PASTE = "bring it back, or add to this release and fill in the reason:\n\n"
EMPTY = 'reason_id = ""\nreason_en = ""\nasked_by = ""\n'

UNDECLARED = [
    pytest.param(
        certify,
        "revised: uji-2025-1/skk_terbit (koran-b): 65 → 66 (+1)",
        '[[release.correction]]\ncell = "uji-2025-1/skk_terbit"\nkind = "correction"\nfrom = 65\nto = 66\n'
        + EMPTY
        + 'source_id = "koran-b"\n',
        id="a_figure",
    ),
    pytest.param(
        lambda f: drop(f, "outcomes/observations.csv", **CELL),
        "removed: uji-2025-1/skk_terbit (koran-b): 65 → -",
        '[[release.removal]]\naddress = "uji-2025-1/skk_terbit"\n' + EMPTY,
        id="a_figure_that_is_gone",
    ),
    pytest.param(
        lambda f: change(f, "batches/targets.csv", {"target_id": "uji-2025"}, value="210"),
        "revised: targets/uji-2025: 200 → 210 (+10)",
        '[[release.correction]]\ncell = "targets/uji-2025"\nkind = "correction"\nfrom = 200\nto = 210\n'
        + EMPTY
        + 'source_id = "koran-a"\n',
        id="a_target",
    ),
    pytest.param(
        lambda f: change(f, "batches/sources.csv", {"source_id": "koran-b"}, published_on="2025"),
        "redefined: sources/koran-b: published_on: 2025-09 → 2025",
        '[[release.redefinition]]\naddress = "sources/koran-b"\n' + EMPTY,
        id="the_date_of_a_source",
    ),
    pytest.param(
        lambda f: change(f, "reference/stages.csv", {"code": "hadir"}, name_en="Came"),
        "redefined: stages/hadir: name: Attended training → Came",
        '[[release.redefinition]]\naddress = "stages/hadir"\n' + EMPTY,
        id="the_name_of_a_stage",
    ),
    pytest.param(
        lambda f: drop(f, "batches/venues.csv", batch_id="uji-2025-1"),
        "removed: venues/uji-2025-1/64.71",
        '[[release.removal]]\naddress = "venues/uji-2025-1/64.71"\n' + EMPTY,
        id="a_venue",
    ),
    pytest.param(
        lambda f: rename(f, "uji-2025-2", "uji-2025-02"),
        "removed: batches/uji-2025-2",
        '[[release.rename]]\nfrom = "batches/uji-2025-2"\nto = "batches/uji-2025-02"\n' + EMPTY,
        id="an_id",
    ),
]


def test_a_second_release_that_changes_nothing_is_clean(folder: Path, kept: Mapping[str, bytes]) -> None:
    assert said(folder, kept) == []


@pytest.mark.parametrize(("edit", "what", "lines"), UNDECLARED)
def test_what_moves_without_a_reason_is_found_with_the_lines_to_paste(
    folder: Path, kept: Mapping[str, bytes], edit: Callable[[Path], object], what: str, lines: str
) -> None:
    edit(folder)
    mend, _, below = PASTE.partition("\n")
    assert said(folder, kept) == [
        f"{PLACE}: {mend} ← changed since release 2026.11 without a reason: {what}\n{below}{lines}"
    ]
    declare(folder, "\n" + lines.replace('asked_by = ""', 'asked_by = "reader"').replace('= ""', '= "Alasan."'))
    assert said(folder, kept) == []


def test_another_preferred_source_needs_its_reason(folder: Path, kept: Mapping[str, bytes]) -> None:
    cell = {"batch_id": "uji-2025-1", "stage": "peserta", "sex": "_T", "qualification_level": "_T", "region_code": "_T"}
    for source, preferred in (("koran-a", "false"), ("koran-b", "true")):
        change(folder, "outcomes/observations.csv", {**cell, "source_id": source}, preferred=preferred)
    change(folder, "outcomes/preferences.csv", {"cell_id": "uji-2025-1/peserta"}, source_id="koran-b")
    (found,) = said(folder, kept)
    assert "another source preferred: uji-2025-1/peserta (koran-b): 100 → 98 (-2); preferred: False → True" in found
    correction = CORRECTION.replace("skk_terbit", "peserta")
    declare(folder, correction.replace('"correction"', '"preference"'))
    assert said(folder, kept) == []


def test_an_addition_needs_no_declaration(folder: Path, kept: Mapping[str, bytes]) -> None:
    add(folder, "outcomes/observations.csv", {"stage": "hadir", "value": "95"}, like={**CELL, "stage": "asesi"})
    assert said(folder, kept) == []


def test_a_declaration_of_nothing_is_found(folder: Path, kept: Mapping[str, bytes]) -> None:
    certify(folder)
    declare(folder, CORRECTION + CORRECTION.replace("skk_terbit", "peserta"))
    assert said(folder, kept) == [
        f"{PLACE}: correction: check the address and the kind, or remove the declaration"
        " ← “uji-2025-1/peserta” does not exist, or did not change in the way declared since release 2026.11"
    ]


def test_two_declarations_of_one_cell_are_found(folder: Path, kept: Mapping[str, bytes]) -> None:
    certify(folder)
    declare(folder, CORRECTION + CORRECTION.replace('kind = "correction"', 'kind = "revision"'))
    assert said(folder, kept) == [
        f"{PLACE}: revision: merge the two declarations ← “uji-2025-1/skk_terbit” is declared in this release already"
    ]


def test_a_declaration_that_quotes_other_figures_is_found(folder: Path, kept: Mapping[str, bytes]) -> None:
    certify(folder)
    declare(folder, CORRECTION.replace("source_id", "from = 65\nto = 67\nsource_id"))
    assert said(folder, kept) == [
        f"{PLACE}: correction: correct from and to, or leave them out"
        " ← “uji-2025-1/skk_terbit”: the figures are not those stated; published are: 65 → 66"
    ]


def test_a_release_whose_predecessor_was_not_kept_is_found(folder: Path) -> None:
    assert said(folder, {}) == [
        "releases.toml:1: run python -m kompeten release from what was published, before the data are changed"
        " ← what release 2026.11 published is not kept; its permanent addresses would be lost"
    ]


def test_one_declaration_may_name_several_addresses(folder: Path, kept: Mapping[str, bytes]) -> None:
    for code in ("hadir", "selesai"):
        change(folder, "reference/stages.csv", {"code": code}, name_en="Came")
    declare(folder, f'\n[[release.redefinition]]\naddress = ["stages/hadir", "stages/selesai"]\n{REASON}')
    assert said(folder, kept) == []


def test_a_published_release_is_not_published_again_with_other_figures(folder: Path, kept: Mapping[str, bytes]) -> None:
    (folder / "releases.toml").write_text(FIRST, encoding="utf-8")
    certify(folder)
    assert said(folder, kept) == [
        "releases.toml: add a new release at the end of releases.toml"
        " ← release 2026.11 was published with other figures"
    ]
