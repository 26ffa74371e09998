"""What changed between two releases: figures, meanings, ids, preferences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from kompeten.ground.findings import Label
from kompeten.ground.model import Declaration
from kompeten.ground.vocabulary import DIMENSIONS
from kompeten.statistics.changes import Change, Kind, address_of, changes, covers, next_version, renamed
from kompeten.statistics.declared import Record, Recorded, Step, record, withdrawn
from kompeten.statistics.parts import PARTS, Told, told, told_by_documents
from tests.published import published

Row = dict[str, Any]


def observation(batch: str, value: int | None, status: str = "released", **cells: Any) -> Row:
    """Give a count of participants of a batch."""
    row = {"batch_id": batch, "stage": "peserta", **dict.fromkeys(DIMENSIONS, "_T"), "source_id": "a"}
    said = {"speaker": "penulis", "voice": "writer", "occasion": "_U"}
    return {
        **row,
        "value": value,
        "status": status,
        "precision": "exact",
        "as_of": "2025",
        "preferred": True,
        **said,
        **cells,
    }


def release(*rows: Row, targets: dict[str, int] | None = None, stage: str = "Orang yang ikut.") -> Told:
    """Give what a release says: observations, targets, and the definition of one stage."""
    plans = [{"target_id": name, "value": value} for name, value in (targets or {}).items()]
    stages = [{"code": "peserta", "definition": {"id": stage, "en": "People."}}]
    batches = [{"batch_id": name, "year": 2025} for name in sorted({row["batch_id"] for row in rows})]
    return told_by_documents(
        {
            "observations.json": {"data": list(rows)},
            "programmes/p.json": {"data": {"targets": plans, "budgets": []}},
            "codelists/stages.json": {"data": stages},
        }
        | ({"batches.json": {"data": [{**row, "venue_region_codes": []} for row in batches]}} if batches else {})
    )


def lines(old: Told, new: Told, *renames: tuple[str, str]) -> list[str]:
    """Give the changes as text."""
    return [change.line("en") for change in changes(old, new, renames)]


def test_what_is_the_same_is_no_change() -> None:
    same = release(observation("b1", 827))
    assert lines(same, same) == []


def test_the_documents_of_a_release_say_what_its_compilation_says() -> None:
    real = published("real")
    documents = {path.removeprefix("api/v1/"): real.json(path) for path in real.edition.documents}
    by_documents, by_model = told_by_documents(documents), told(real.edition.compilation)
    assert {name: len(rows) for name, rows in by_documents.items()} == {
        name: len(rows) for name, rows in by_model.items()
    }
    assert sum(len(rows) for rows in by_model.values()) > 300
    assert changes(by_documents, by_model) == ()


def test_figures_are_added_removed_and_revised_in_order_of_key() -> None:
    old = release(observation("b1", 827), observation("b2", 5))
    new = release(observation("b1", 829), observation("b3", 7), targets={"t": 1000})
    assert lines(old, new) == [
        "revised: b1/peserta (a): 827 → 829 (+2)",
        "removed: b2/peserta (a): 5 → -",
        "added: b3/peserta (a): - → 7",
        "added: targets/t: - → 1000",
        "removed: batches/b2",
        "added: batches/b3",
    ]


def test_hidden_unknown_and_zero_are_told_apart() -> None:
    old = release(observation("b1", None, "unknown"), observation("b2", None, "hidden"), observation("b3", 0))
    new = release(observation("b1", 0), observation("b2", None, "unknown"), observation("b3", None, "hidden"))
    assert lines(old, new) == [
        "revised: b1/peserta (a): unknown → 0; status: unknown → released",
        "revised: b2/peserta (a): hidden → unknown; status: hidden → unknown",
        "revised: b3/peserta (a): 0 → hidden; status: released → hidden",
    ]


@pytest.mark.parametrize(
    ("field", "new", "said"),
    [
        ("status", "provisional", "revised: b1/peserta (a): 5 → 5; status: released → provisional"),
        ("precision", "about", "revised: b1/peserta (a): 5 → 5; precision: exact → about"),
        ("as_of", "2025-09", "revised: b1/peserta (a): 5 → 5; as_of: 2025 → 2025-09"),
        ("speaker", "bps", "revised: b1/peserta (a): 5 → 5; speaker: penulis → bps"),
        ("voice", "quoted", "revised: b1/peserta (a): 5 → 5; voice: writer → quoted"),
        ("occasion", "pembukaan", "revised: b1/peserta (a): 5 → 5; occasion: _U → pembukaan"),
    ],
)
def test_what_is_said_about_a_figure_can_change_alone(field: str, new: str, said: str) -> None:
    assert lines(release(observation("b1", 5)), release(observation("b1", 5, **{field: new}))) == [said]


FOLLOWS: Mapping[str, set[str]] = {
    "observations": {"observation_id", "cell_id", "programme_id", "year", "kind", "whole_batch", "unit", "text_kind"},
    "context": {"cell_id", "rate", "text_kind"},
    "budgets": {"rate", "text_kind"},
    "population": {"bps_code", "parent_code", "kind", "name", "participants", "competent", "population_publisher"},
    "batches": {"participants", "venue_region_codes"},
    "programmes": {"years"},
    "sources": {"figures"},
    **{name: {"text_kind"} for name in ("targets", "plans", "comparisons")},
}
"""By table, what a document repeats of another table, or works out; of a source, every row repeats where it is."""


def test_nothing_that_a_document_states_moves_in_silence() -> None:
    real, unseen = published("real"), []
    for part in (each for each in PARTS if not each.follows):
        compared = {*part.key, *part.figures, *part.meanings, *part.wordings, "preferred", "publisher", "source_url"}
        form = re.compile(f"api/v1/{re.escape(part.document)}".replace(r"\{\}", "[^/]+"))
        found = [real.json(path)["data"] for path in real.edition.documents if form.fullmatch(path)]
        items = [item for data in found for item in (data if isinstance(data, list) else [data])]
        rows = [row for item in items for row in (item[part.inside] if part.inside else [item])]
        assert items or part.name == "replies"
        stated = {name for row in rows if isinstance(row, dict) for name in row}
        unseen += [f"{part.name}.{name}" for name in sorted(stated - compared - FOLLOWS.get(part.name, set()))]
    assert unseen == []


def test_another_preferred_source_is_said_once() -> None:
    def both(first: bool) -> Told:
        other = observation("b1", 6, source_id="b", preferred=not first)
        return release(observation("b1", 5, preferred=first), other)

    assert [(c.kind, c.address, c.row["source_id"]) for c in changes(both(True), both(False))] == [
        ("preferred", "b1/peserta", "b")
    ]


def test_the_reason_for_a_choice_comes_and_goes_untold_and_is_told_where_it_reads_otherwise() -> None:
    def reasoned(reason: str) -> Told:
        rows = [{"cell_id": "b1/peserta", "reason": {"id": reason, "en": reason}}] if reason else []
        return {**release(observation("b1", 827)), **told_by_documents({"conflicts.json": {"data": rows}})}

    assert lines(reasoned(""), reasoned("Newer.")) == lines(reasoned("Newer."), reasoned("")) == []
    assert lines(reasoned("Newer."), reasoned("Nearer.")) == [
        "reworded: preferences/b1/peserta: reason: Newer. → Nearer."
    ]


def test_the_declaration_of_a_cell_itself_gives_its_reason_before_one_of_all_below() -> None:
    def declared(address: str) -> Declaration:
        return Declaration(kind="revision", address=address, reason=Label(address, address), asked_by="office")

    moved = release(observation("b1", 827)), release(observation("b1", 829))
    for order in (("b1/*", "b1/peserta"), ("b1/peserta", "b1/*")):
        (found,) = record(*moved, [declared(each) for each in order]).changes
        assert found.declaration is not None
        assert found.declaration.address == "b1/peserta"


def test_a_definition_is_redefined_and_a_note_reworded() -> None:
    assert lines(release(stage="Orang yang ikut."), release(stage="Orang yang hadir.")) == [
        "redefined: stages/peserta: definition: Orang yang ikut. → Orang yang hadir."
    ]
    note = {"note": {"id": "Baru.", "en": "New."}}
    before = release(observation("b1", 5, note=None))
    assert lines(before, release(observation("b1", 5, **note))) == ["reworded: b1/peserta: note: - → New."]


def test_a_declared_rename_takes_its_cells_along() -> None:
    old, new = release(observation("b1", 5)), release(observation("b-01", 5))
    assert lines(old, new, ("batches/b1", "batches/b-01")) == ["renamed: batches/b1 → batches/b-01"]
    assert lines(old, release(observation("b-01", 6)), ("batches/b1", "batches/b-01")) == [
        "renamed: batches/b1 → batches/b-01",
        "revised: b-01/peserta (a): 5 → 6 (+1)",
    ]


def test_a_rename_of_what_still_stands_renames_nothing() -> None:
    same = release(observation("b1", 5))
    assert lines(same, same, ("batches/b1", "batches/b2")) == []


def test_a_table_that_the_earlier_release_did_not_publish_is_new() -> None:
    assert lines(told_by_documents({}), release(observation("b1", 5))) == [
        "added: b1/peserta (a): - → 5",
        "added: batches/b1",
        "added: stages/peserta",
    ]


@pytest.mark.parametrize(
    ("declared", "address", "is_covered"),
    [
        ("b1/peserta", "b1/peserta", True),
        ("b1/peserta", "b1/peserta/sex=P", False),
        ("b1/*", "b1/peserta/sex=P", True),
        ("b1/*", "b10/peserta", False),
        ("b1/*", "b1", False),
    ],
)
def test_a_star_covers_what_stands_below(declared: str, address: str, is_covered: bool) -> None:
    assert covers(declared, address) is is_covered


@pytest.mark.parametrize(
    ("old", "new", "version"),
    [
        (release(observation("b1", 5)), release(observation("b1", 5)), "1.4.2"),
        (release(observation("b1", 5)), release(observation("b1", 6)), "1.4.3"),
        (release(observation("b1", 5)), release(observation("b1", 6), observation("b1", 7, source_id="b")), "1.5.0"),
        (release(observation("b1", 5)), release(observation("b2", 5)), "2.0.0"),
        (release(stage="Orang."), release(stage="Orang lain."), "2.0.0"),
    ],
)
def test_the_version_of_the_data_moves_by_rule(old: Told, new: Told, version: str) -> None:
    assert next_version("1.4.2", changes(old, new)) == version


def test_a_change_is_about_its_codes_and_not_about_what_counts_everybody() -> None:
    kept = observation("b2", 7)
    found = changes(release(observation("b1", 5, sex="P"), kept), release(kept))
    assert {each.address: each.coordinates for each in found} == {
        "b1/peserta/sex=P": (("batch_id", "b1"), ("stage", "peserta"), ("sex", "P")),
        "batches/b1": (("batch_id", "b1"), ("year", "2025")),
    }


def test_an_id_that_nobody_declared_withdrawn_is_asked_for_and_what_stood_under_it_is_not() -> None:
    found = record(release(observation("b1", 5), observation("b2", 7)), release(observation("b1", 5)), [])
    assert [(each.kind, each.address) for each in found.undeclared] == [("removed", "batches/b2")]


def test_a_rename_to_an_id_that_stood_already_renames_nothing() -> None:
    both = release(observation("b1", 5), observation("b2", 7))
    assert lines(both, release(observation("b2", 7)), ("batches/b1", "batches/b2")) == [
        "removed: b1/peserta (a): 5 → -",
        "removed: batches/b1",
    ]


def test_a_reply_about_a_target_goes_where_the_target_goes() -> None:
    def replied(target: str) -> Told:
        reply = {"reply_id": "r", "cell_id": f"targets/{target}", "speaker": "bps"}
        return {**release(targets={target: 5}), **told_by_documents({"replies.json": {"data": [reply]}})}

    assert lines(replied("t"), replied("u"), ("targets/t", "targets/u")) == ["renamed: targets/t → targets/u"]


def test_another_preferred_source_is_set_against_the_one_that_was_used() -> None:
    def both(first: bool) -> Told:
        other = observation("b1", 6, source_id="b", preferred=not first)
        return release(observation("b1", 5, preferred=first), other)

    assert lines(both(True), both(False)) == [
        "another source preferred: b1/peserta (b): 5 → 6 (+1); preferred: False → True"
    ]


def test_a_list_without_codes_is_said_as_nothing() -> None:
    def followed(*codes: str) -> Told:
        return told_by_documents({"codelists/stages.json": {"data": [{"code": "hadir", "successors": list(codes)}]}})

    assert lines(followed(), followed("asesi", "peserta")) == ["redefined: stages/hadir: successors: - → asesi peserta"]


@pytest.mark.parametrize(
    ("table", "row", "address"),
    [
        ("observations", observation("b1", 827), "b1/peserta"),
        ("observations", observation("b1", 12, sex="P", track="ahli"), "b1/peserta/track=ahli/sex=P"),
        ("context", {"qualification_level": "_T", "batch_id": ""}, "konteks/pekerja/64/2024"),
        ("context", {"qualification_level": "7", "batch_id": ""}, "konteks/pekerja/64/2024/7"),
        ("context", {"qualification_level": "_T", "batch_id": "b1"}, "konteks/pekerja/64/2024/b1"),
        ("context", {"qualification_level": "7", "batch_id": "b1"}, "konteks/pekerja/64/2024/7/b1"),
        ("batches", {"batch_id": "b1", "year": 2025}, "batches/b1"),
    ],
)
def test_a_row_is_named_by_what_tells_it_from_others(table: str, row: Row, address: str) -> None:
    assert address_of(table, {"measure": "pekerja", "region_code": "64", "period": "2024"} | row) == address


def test_a_renamed_stage_is_renamed_in_the_formulas_of_rates() -> None:
    old = {"measures": {("gugur",): {"measure_id": "gugur", "numerator": "peserta - asesi", "denominator": "peserta"}}}
    (row,) = renamed(old, [("stages/peserta", "stages/ikut")])["measures"].values()
    assert (row["numerator"], row["denominator"]) == ("ikut - asesi", "ikut")


@pytest.mark.parametrize(
    ("kind", "table", "address", "is_gone"),
    [
        ("removed", "batches", "batches/b1", True),
        ("renamed", "batches", "batches/b1", True),
        ("reworded", "batches", "batches/b1", False),
        ("removed", "batches", "batches/b2", False),
        ("removed", "observations", "batches/b1", False),
        ("removed", "context", "batches/b1", False),
    ],
)
def test_an_id_is_withdrawn_where_it_is_gone_by_name(kind: Kind, table: str, address: str, is_gone: bool) -> None:
    change = Change(table=table, address=address, kind=kind, before={}, after=None)
    own = Declaration(kind="withdrawal", address="batches/b1", reason=Label("Sebab.", "Because."), asked_by="office")
    (row,) = published("real").edition.compilation.releases[:1]
    moved = Record(changes=(Recorded(change=change, declaration=own), Recorded(change=change, declaration=None)))
    step = Step(release=row, before=None, record=moved, version=None, data_hash=None)
    assert list(withdrawn(step)) == ([(change, own)] if is_gone else [])
