"""A proposal in plain words: findings with mends, figures, what moves, what guards less, what would be published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kompeten import REPOSITORY, WORDING, cli
from kompeten.api import reviewing
from kompeten.api.comparing import ComparingRefused
from kompeten.api.guards import Guard, guards
from kompeten.api.reviewing import Built, proposed, review, summary
from kompeten.ground.wording import load_wording
from tests.unit.api.test_history import FIRST
from tests.unit.data_folders import add, change, replace, tiny

WORKFLOW = ".github/workflows/publish.yml"
CELL = {"batch_id": "uji-2025-1", "stage": "skk_terbit"}


def with_one_release(folder: Path) -> Path:
    """Let a data folder have had one release."""
    (folder / "releases.toml").write_text(FIRST, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder of one release, as it stands."""
    return with_one_release(tiny(tmp_path_factory.mktemp("old")))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Give a copy of that folder to propose something in."""
    return with_one_release(tiny(tmp_path))


def english(old: Path, new: Path) -> str:
    """Give the English half of a summary, without sites."""
    return review(old, new, quick=True).text.split("## Summary of the proposal\n")[1]


def test_a_proposal_that_changes_nothing_says_so_in_both_languages(old: Path, new: Path) -> None:
    reviewed = review(old, new, quick=True)
    assert reviewed.exit_status == 0
    assert reviewed.text.startswith("## Ringkasan usulan\n\nUsulan ini lolos pemeriksaan: tidak ada temuan")
    assert "No figure changes." in reviewed.text
    assert reviewed.text.count("\n## ") == 1


def test_figures_stand_before_and_after_with_their_difference(old: Path, new: Path) -> None:
    change(new, "outcomes/observations.csv", CELL, value="66")
    add(new, "batches/targets.csv", {"target_id": "uji-2026", "year": "2026"}, like={"target_id": "uji-2025"})
    text = english(old, new)
    assert "- revised: 1\n- added: 1\n\nVersion of the data, by rule: 1.0.0 → 1.1.0." in text
    assert "| `uji-2025-1/skk_terbit` | koran-b | 65 | 66 | +1 | not declared yet |" in text
    assert "| `targets/uji-2026` | koran-a | – | 200 |  |  |" in text


def test_what_is_wrong_stands_first_with_its_mend_and_the_status_says_so(old: Path, new: Path) -> None:
    line = change(new, "batches/batches.csv", {"batch_id": "uji-2025-1"}, start_on="2025-02-30")
    reviewed = review(old, new, quick=True)
    assert reviewed.exit_status == 1
    assert f"- `batches/batches.csv:{line}: start_on: " in reviewed.text
    assert "Not examined: mend the findings first." in reviewed.text
    assert "No figure changes." not in reviewed.text


def test_a_disclosure_is_the_verdict(old: Path, new: Path) -> None:
    change(new, "batches/sources.csv", {"source_id": "koran-a"}, kind="register")
    reviewed = review(old, new, quick=True)
    assert reviewed.exit_status == (3 if "people could be recognised" in reviewed.text else 1)
    assert reviewed.exit_status != 0


def test_a_weaker_policy_and_a_weaker_schema_are_named_first(old: Path, new: Path) -> None:
    replace(new, "policy.toml", "threshold = 5 ", "threshold = 3 ")
    path = new / "outcomes/datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    field = next(f for f in descriptor["resources"][0]["schema"]["fields"] if f["name"] == "value")
    del field["constraints"]["minimum"]
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    section = english(old, new).split("### Guards that change")[1]
    assert section.split("\n")[2:4] == [
        "- **WEAKER?** `policy.toml: threshold`",
        "- **WEAKER?** `outcomes/datapackage.json: "
        "resources/observations/schema/fields/value/constraints/minimum: 0 → –`",
    ]


@pytest.mark.parametrize(
    ("before", "after", "weaker"),
    [
        ("permissions: {}\n", "permissions: {}\non: pull_request_target\n", ["+ on: pull_request_target"]),
        ("  contents: read\n", "  contents: write\n", ["− contents: read", "+ contents: write"]),
        ("  - run: make test\n", "", ["− - run: make test"]),
        ("  - run: make test\n", "  - run: make test || true\n", ["− - run: make test", "+ - run: make test || true"]),
        ("# one\n", "# another\n", []),
    ],
)
def test_a_workflow_that_asks_less_or_takes_more_is_marked(before: str, after: str, weaker: list[str]) -> None:
    found = guards({WORKFLOW: before}, {WORKFLOW: after}, None)
    assert [each.what for each in found if each.is_weaker] == weaker
    assert found


def test_programs_that_come_go_or_change_are_named() -> None:
    found = guards({"build.py": "1", "kompeten/a.py": ""}, {"build.py": "2", "kompeten/b.py": ""}, None)
    assert [(g.file, g.what, g.is_weaker) for g in found] == [
        ("build.py", "±", False),
        ("kompeten/a.py", "−", True),
        ("kompeten/b.py", "+", False),
    ]


def test_pages_documents_and_bytes_stand_beside_each_other(old: Path, new: Path) -> None:
    proposal = proposed(old, new, quick=True)
    sites = (
        Built(pages=frozenset({"", "tahap/a/"}), endpoints=frozenset({"api/v1/a.json"}), size=1000),
        Built(pages=frozenset({"", "tahap/b/", "embed/a/2027.02/"}), endpoints=frozenset(), size=2500),
    )
    proposal = reviewing.Proposal(**{n: getattr(proposal, n) for n in proposal.__slots__ if n != "sites"}, sites=sites)
    lines = list(summary(proposal, load_wording(WORDING, "review.")["en"]))
    assert lines[lines.index("### The site") :] == [
        *("### The site", "", "| | Before | After |", "|---|--:|--:|"),
        *("| Pages | 2 | 3 |", "| API documents | 1 | 0 |", "| Bytes | 1,000 | 2,500 |"),
        *("", "Pages and copies of the release itself, which are to stay: 1."),
        *("", "Addresses that are gone: `/api/v1/a.json`, `/tahap/a/`", "", "New pages: `/tahap/b/`", ""),
    ]


@pytest.mark.parametrize("over", [0, 1])
def test_a_long_list_ends_with_how_many_there_are_beyond_it(old: Path, new: Path, over: int) -> None:
    change(new, "outcomes/observations.csv", CELL, value="66")
    proposal, most = proposed(old, new, quick=True), reviewing.MOST + over
    (revised,) = proposal.changes or ()
    pages = frozenset(f"tahap/{number:03}/" for number in range(most))
    sites = tuple(Built(pages=each, endpoints=frozenset(), size=0) for each in (frozenset[str](), pages))
    guarded = tuple(Guard(file=f"{number}.py", what="+", is_weaker=False) for number in range(most))
    own = {"sites": sites, "guards": guarded, "changes": (revised,) * most}
    proposal = reviewing.Proposal(**{n: own.get(n, getattr(proposal, n)) for n in proposal.__slots__})
    lines = list(summary(proposal, load_wording(WORDING, "review.")["en"]))
    assert [line for line in lines if "1 more" in line] == ["… and 1 more."] * 3 * over
    assert sum(line.startswith("- `") and line.endswith(".py: +`") for line in lines) == reviewing.MOST
    assert sum(line.startswith("| `uji-2025-1/") for line in lines) == reviewing.MOST


def test_what_a_proposal_writes_is_never_read_as_markdown(old: Path, new: Path) -> None:
    change(new, "batches/sources.csv", {"source_id": "koran-b"}, publisher="Koran `B`")
    said = "- `redefined: sources/koran-b: publisher: koran-b.example → Koran ˋBˋ`\n"
    assert said in english(old, new)


def test_a_folder_that_is_neither_is_refused(tmp_path: Path, old: Path) -> None:
    with pytest.raises(
        ComparingRefused, match="absent: name a data folder or a checkout of the repository ← is neither"
    ):
        review(old, tmp_path / "absent")


def test_the_command_reads_checkouts_and_writes_the_summary(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "review.md"
    assert cli.main(["review", str(REPOSITORY), str(REPOSITORY), "--quick", "--out", str(out), "--lang", "en"]) == 0
    assert capsys.readouterr().out == f"Done: {out}\n"
    assert "The proposal passes: no findings, and no risk of disclosure." in out.read_text(encoding="utf-8")
