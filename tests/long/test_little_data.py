"""Whatever is left out of a small programme, the data are refused with a finding or every page is made."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kompeten.api.edition import compute
from kompeten.api.publication import publication
from kompeten.intake.validation import examine
from kompeten.pages import contents
from kompeten.pages.page import Page
from kompeten.site import composing
from tests import published
from tests.unit.data_folders import header, rows, tiny, write

BATCHES = ("uji-2024", "uji-2025-1", "uji-2025-2")
STAGES = ("peserta", "asesi", "kompeten", "belum_kompeten", "skk_terbit")
PARTS = ("region_code", "qualification_level", "sex")
TABLES = ("batches/venues.csv", "batches/targets.csv", "batches/budgets.csv", "outcomes/context.csv")

Row = dict[str, str]


def pages_of(folder: Path) -> tuple[Page, ...]:
    """Make every page of a data folder, short of the theme; none where something is wrong with the data."""
    examined = examine(folder, published.DATA)
    if examined.findings:
        return ()
    edition = compute(publication(examined, published.SETTINGS, None), published.privacy())
    files = composing.figures(edition)
    pages, drawings, _ = composing.laid_out(edition, files)
    files.add(drawings)
    composing.seal(edition, files, contents.listed(pages))
    return pages


def keep(folder: Path, file: str, wanted: Callable[[Row], bool]) -> None:
    """Keep some rows of a table."""
    path = folder / file
    write(path, header(path), [row for row in rows(path) if wanted(row)])


def smaller(
    folder: Path, batches: frozenset[str], stages: frozenset[str], parts: frozenset[str], tables: frozenset[str]
) -> None:
    """Leave out batches, stages, breakdowns and whole tables, and all that hangs on them."""
    keep(folder, "batches/batches.csv", lambda row: row["batch_id"] in batches)
    for table in TABLES:
        keep(folder, table, lambda row, table=table: table in tables and row.get("batch_id", "") in {"", *batches})
    if "batches/targets.csv" not in tables:
        keep(folder, "batches/budgets.csv", lambda _row: False)
    keep(
        folder,
        "outcomes/observations.csv",
        lambda row: (
            row["batch_id"] in batches
            and row["stage"] in stages
            and all(row[part] == "_T" or part in parts for part in PARTS)
        ),
    )
    stated = {f"{row['batch_id']}/{row['stage']}" for row in rows(folder / "outcomes/observations.csv")}
    context = "outcomes/context.csv" in tables
    keep(
        folder,
        "outcomes/preferences.csv",
        lambda row: row["cell_id"] in stated or (context and row["cell_id"].startswith("konteks")),
    )
    releases = folder / "releases.toml"
    releases.write_text(releases.read_text(encoding="utf-8").split("[[release.correction]]")[0], encoding="utf-8")


def some(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    """Give any choice of some values."""
    return st.frozensets(st.sampled_from(values))


ALL = {
    "batches": frozenset(BATCHES),
    "stages": frozenset(STAGES),
    "parts": frozenset(PARTS),
    "tables": frozenset(TABLES),
}
NONE: frozenset[str] = frozenset()


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(batches=some(BATCHES), stages=some(STAGES), parts=some(PARTS), tables=some(TABLES))
@example(**ALL)
@example(**{**ALL, "tables": NONE})
@example(**{**ALL, "stages": NONE})
@example(**{**ALL, "batches": NONE})
@example(**{**ALL, "batches": frozenset({"uji-2025-2"})})
@example(**{**ALL, "batches": frozenset({"uji-2024"}), "tables": NONE})
@example(**{**ALL, "parts": NONE, "tables": frozenset({"batches/targets.csv"})})
def test_less_data_give_fewer_figures_and_never_a_crash(
    batches: frozenset[str], stages: frozenset[str], parts: frozenset[str], tables: frozenset[str]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = tiny(Path(place))
        smaller(folder, batches, stages, parts, tables)
        pages = pages_of(folder)
        if batches:
            assert {page.language for page in pages} == {"id", "en"}
            assert {"", "program/uji/", "wilayah/"} <= {page.path for page in pages}
        else:
            assert [finding.rule for finding in examine(folder, published.DATA).findings] == ["programme-without-batch"]


def test_a_home_page_without_a_target_says_so(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    smaller(folder, **{**ALL, "tables": NONE})
    home = {page.language: page.body for page in pages_of(folder) if page.path == ""}
    assert "Belum ada target yang dapat dibandingkan dengan capaiannya." in home["id"]
    assert "No target can be compared with what was achieved yet." in home["en"]


def test_a_site_without_a_main_programme_is_refused(tmp_path: Path) -> None:
    folder = tiny(tmp_path)
    programmes = folder / "batches/programmes.csv"
    write(programmes, header(programmes), [{**row, "role": "related"} for row in rows(programmes)])
    assert [finding.rule for finding in examine(folder, published.DATA).findings] == ["programme-main"]
