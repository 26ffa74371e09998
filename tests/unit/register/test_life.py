"""The life of a batch: participants, results, certificates, people who waited, late records, appeals, removals, moves.

Each release is protected beside the one before and attacked together with all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from kompeten.audit import telling, verdict
from kompeten.audit.reasoning.cells import Cell, Key, Published
from kompeten.ground.policy import Policy
from kompeten.ground.wording import worded
from kompeten.register.hiding.count import count
from kompeten.register.hiding.joint import EarlierCells
from kompeten.register.hiding.linkage import Linked
from kompeten.register.hiding.protect import PlanRefused, ProtectedRelease, protect
from kompeten.register.hiding.search import ProtectionFailed, choose
from kompeten.register.reading.people import OUTCOMES, RUNGS, Booleans, People
from tests.unit.register.registers import invented_people, lists_and_parents
from tests.unit.register.tables import POLICY, selected

PASSED, FAILED, WAITING = (OUTCOMES.index(outcome) for outcome in ("kompeten", "belum_kompeten", "menunggu"))
ASSESSED = len(RUNGS) - 1
BATCH = "contoh-2026-1"


def one_batch(seed: int = 1) -> People:
    """Give the first batch of the invented register, some 340 people, all decided and certified."""
    people = invented_people(seed)
    own = replace(selected(people, people.batch == 0), batches=people.batches[:1])
    outcome = np.where(own.outcome == WAITING, PASSED, own.outcome)
    return replace(own, outcome=outcome, issued=outcome == PASSED)


def before_results(people: People) -> People:
    """Give the same people while they are still trained: nobody assessed."""
    return replace(
        people,
        rung=np.minimum(people.rung, RUNGS.index("peserta")),
        outcome=np.zeros_like(people.outcome),
        issued=np.zeros_like(people.issued),
    )


def without_certificates(people: People, some: Booleans | None = None) -> People:
    """Take away the certificates, of everybody or of some."""
    return replace(people, issued=people.issued & ~(np.ones(people.size, dtype=bool) if some is None else some))


def first(rows: Booleans, many: int) -> Booleans:
    """Tell the first so many rows among those told."""
    chosen = np.zeros(rows.size, dtype=bool)
    chosen[np.flatnonzero(rows)[:many]] = True
    return chosen


def with_outcome(people: People, rows: Booleans, outcome: int) -> People:
    """Give the same people, some with another outcome."""
    changed = np.where(rows, outcome, people.outcome)
    return replace(people, outcome=changed, issued=people.issued & (changed == PASSED))


def released(
    people: People, before: Sequence[ProtectedRelease] = (), *, declared: bool = False, most: int = 30
) -> ProtectedRelease | PlanRefused:
    """Protect a release after others, newest first; what is released withstands the attack on all of them."""
    policy = replace(POLICY, hidden_share_pct=most)
    earlier = [
        EarlierCells(batch_id=BATCH, values={(cell.stage, cell.coordinates): cell.value for cell in old.cells})
        for old in before[:1]
    ]
    cubes = count(people, policy, lists_and_parents()[1])
    release = protect(cubes, policy, earlier, corrected=(BATCH,) if declared else ())
    if isinstance(release, ProtectedRelease):
        now = replace(published(release), corrected=frozenset((BATCH,) if declared else ()))
        old = [(f"release {number}", published(each)) for number, each in enumerate(before)]
        assert verdict(now, policy, previous=old).breaches == ()
    return release


def safe(outcome: ProtectedRelease | PlanRefused) -> ProtectedRelease:
    assert isinstance(outcome, ProtectedRelease), outcome
    return outcome


def refused(outcome: ProtectedRelease | PlanRefused) -> PlanRefused:
    assert isinstance(outcome, PlanRefused)
    return outcome


def published(release: ProtectedRelease) -> Published:
    """Give a release as a reader sees it."""
    return Published(
        cells=tuple(
            Cell(
                key=Key(cell.batch_id, cell.stage, cell.coordinates),
                value=cell.value,
                status=cell.status,
                precision=cell.precision,
                source_id="register",
                is_register=True,
                address=f"cell {number}",
            )
            for number, cell in enumerate(release.cells)
        ),
        parents={str(name): codes for name, codes in lists_and_parents()[1].items()},
    )


def stages(release: ProtectedRelease) -> set[str]:
    return {cell.stage for cell in release.cells}


def shown(release: ProtectedRelease) -> dict[tuple[str, tuple[str, ...]], int | None]:
    return {(cell.stage, cell.coordinates): cell.value for cell in release.cells}


def test_participants_then_results_then_certificates_of_one_batch() -> None:
    people = one_batch()
    participants = safe(released(before_results(people)))
    results = safe(released(without_certificates(people), [participants]))
    half = without_certificates(people, first(people.issued, 120))
    some = safe(released(half, [results, participants]))
    every = safe(released(people, [some, results, participants]))
    assert stages(participants) == {"pendaftar", "lolos_verifikasi", "peserta"}
    assert stages(results) == {*RUNGS, "kompeten", "belum_kompeten"}
    assert stages(some) == stages(every) == {*stages(results), "skk_terbit"}
    for earlier, later in ((participants, results), (results, some), (some, every)):
        old, new = shown(earlier), shown(later)
        stands = [key for key in old if key[0] != "skk_terbit"]
        assert len(stands) > 50 or earlier is participants
        assert [new[key] for key in stands] == [old[key] for key in stands]


def test_people_who_waited_are_decided() -> None:
    people = one_batch()
    waiting = with_outcome(people, first(people.outcome == PASSED, 20) | first(people.outcome == FAILED, 12), WAITING)
    before = safe(released(waiting))
    after = safe(released(people, [before], declared=True))
    totals = {cell.stage: cell.people for cell in after.cells if cell.table == "tahap" and cell.status == "released"}
    assert totals["kompeten"] + totals["belum_kompeten"] == totals["asesi"]


def test_people_who_waited_and_all_failed_are_a_group_that_all_failed() -> None:
    people = one_batch()
    waiting = with_outcome(people, first(people.outcome == FAILED, 14), WAITING)
    before = safe(released(waiting))
    after = safe(released(people, [before], declared=True))
    (total,) = [cell for cell in after.cells if cell.table == "tahap" and cell.stage == "belum_kompeten"]
    assert total.status == "hidden"


@pytest.mark.parametrize("declared", [False, True])
def test_a_few_people_are_held_back_whatever_is_declared(declared: bool) -> None:
    """Late, removed, moved to another regency, decided on appeal: the difference of the releases is them."""
    people = one_batch()
    everybody = safe(released(people))
    keep = np.ones(people.size, dtype=bool)
    keep[np.flatnonzero(people.outcome == FAILED)[0]] = False
    one_removed = selected(people, keep)
    region = people.columns["region_code"].copy()
    region[np.flatnonzero(region == region[0])[:3]] = (region[0] + 1) % 10
    moved = replace(people, columns={**people.columns, "region_code": region})
    appealed = with_outcome(people, first(people.outcome == FAILED, 4), PASSED)
    for changed in (one_removed, moved, appealed):
        found = refused(released(changed, [everybody], declared=declared))
        assert found.reasons[0].en == (
            f"{BATCH}: too few people changed since the earlier release; the difference points at them. The rule "
            "people_changed_at_least of policy.toml asks for 10 people or more who joined, or left, the same stage; "
            "those added, removed and decided anew do not cover each other, so they are not summed."
        )
        assert [label.en for label in found.proposals] == [
            f"{BATCH}: holding is always open: take the batch out of the configuration, it stays as published; "
            "gather its changes until the yearly revision, 10 people or more in the same stage."
        ]


def test_stages_that_are_new_can_come_alone_while_a_few_people_are_held_back() -> None:
    people = one_batch()
    before = safe(released(before_results(people)))
    fewer = np.ones(people.size, dtype=bool)
    fewer[np.flatnonzero(people.outcome == FAILED)[:2]] = False
    found = refused(released(selected(people, fewer), [before]))
    assert [label.en for label in found.proposals[1:]] == [
        f"{BATCH}: hadir, selesai, asesi, kompeten, belum_kompeten, skk_terbit was never published and can still be "
        "published alone: in the register, write again for whoever changed what held at the last release."
    ]


def test_a_batch_without_a_safe_pattern_ends_in_ways_that_are_open(monkeypatch: pytest.MonkeyPatch) -> None:
    people = one_batch()
    before = safe(released(before_results(people)))

    def none(*_: object) -> None:
        raise ProtectionFailed(worded("no-safe-pattern", name=BATCH))

    monkeypatch.setattr("kompeten.register.hiding.ways.choose", none)
    found = refused(released(people, [before]))
    assert [label.en for label in found.reasons] == [
        f"{BATCH}: read together with the earlier release it gives people away: no way of hiding leaves every hidden "
        "count a range of 4 (rule width of policy.toml); hold the change back."
    ]
    assert found.proposals[0].en.startswith(f"{BATCH}: holding is always open: ")


def test_a_batch_never_published_without_a_safe_pattern_ends_in_ways_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be held, or published without the tables that hold the small counts; which, is found by trying."""

    def none_by_region(linked: Linked, policy: Policy) -> Booleans:
        if any(linked.tables[cell] == "wilayah" for cell in np.flatnonzero(linked.printed).tolist()):
            raise ProtectionFailed(worded("no-safe-pattern", name=linked.batch_id))
        return choose(linked, policy)

    monkeypatch.setattr("kompeten.register.hiding.ways.choose", none_by_region)
    people = one_batch()
    some = selected(people, np.arange(people.size) % 4 == 0)
    found = refused(released(some))
    assert [label.en for label in found.reasons] == [
        f"{BATCH}: no pattern hides what must be hidden in this batch: too few people for so many tables."
    ]
    hold, fewer = (label.en for label in found.proposals)
    assert hold == (
        f"{BATCH}: holding is always open: take the batch out of the configuration until more people are in it, or "
        "publish it as one batch with the next."
    )
    assert fewer.startswith(f"{BATCH}: without ")
    gone = fewer.removeprefix(f"{BATCH}: without ").split(" in [plan] ")[0].split(", ")
    fewer_tables = replace(POLICY, tables=tuple(t for t in POLICY.tables if t.name not in gone), hidden_share_pct=100)
    after = safe(protect(count(some, fewer_tables, lists_and_parents()[1]), fewer_tables))
    assert f" {after.hidden_share_pct} per cent of the cells left hidden; " in fewer
    assert "wilayah" in gone


def late(people: People, many: int) -> People:
    """Give the people without the last so many of those assessed: the register before they came."""
    keep = np.ones(people.size, dtype=bool)
    keep[np.flatnonzero(people.rung == ASSESSED)[-many:]] = False
    return selected(people, keep)


def test_late_records_are_refused_with_the_ways_that_are_open_and_what_each_costs() -> None:
    people = one_batch()
    before = safe(released(late(people, 60)))
    found = refused(released(people, [before]))
    assert [label.en for label in found.reasons] == [
        f"{BATCH}: published counts move by 1 to 4 people, and no revision is declared under [[corrections]] "
        "(rule small_change_below of policy.toml)."
    ]
    hold, hide, *merge = (label.en for label in found.proposals)
    assert hold.startswith(f"{BATCH}: holding is always open")
    revision = safe(released(people, [before], declared=True, most=100))
    assert hide == (
        f"{BATCH}: declared as a revision under [[corrections]] it can be published: {revision.hidden_share_pct} per "
        f"cent of its cells hidden, {before.hidden_share_pct} per cent now; "
        "the limit of a whole release is 30 per cent."
    )
    assert merge
    assert all(text.startswith(f"{BATCH}: without the table ") for text in merge)
    dear = refused(released(people, [before], declared=True, most=revision.hidden_share_pct - 1))
    assert dear.reasons[0].en.startswith("Table too detailed")
    assert [label.en for label in dear.proposals if "holding is always open" in label.en] == [hold]


def test_a_revision_of_many_records_passes_when_it_is_declared() -> None:
    people = one_batch()
    before = safe(released(late(people, 150)))
    after = safe(released(people, [before], declared=True))
    assert shown(after) != shown(before)


def test_leaving_out_the_table_that_the_door_named_hides_what_the_door_said() -> None:
    people = one_batch()
    before = safe(released(late(people, 60)))
    found = refused(released(people, [before]))
    said = found.proposals[2].en.removeprefix(f"{BATCH}: without the table ").split()
    name, pct = said[0], int(said[said.index("hides") + 1])
    fewer = replace(POLICY, tables=tuple(t for t in POLICY.tables if t.name != name), hidden_share_pct=100)
    dropped = [t for t in POLICY.tables if t.name == name]
    cubes = count(people, fewer, lists_and_parents()[1], dropped=dropped)
    earlier = EarlierCells(batch_id=BATCH, values=shown(before))
    after = safe(protect(cubes, fewer, [earlier], corrected=(BATCH,)))
    assert name not in {cell.table for cell in after.cells}
    assert after.hidden_share_pct == pct


def test_a_list_of_changes_that_says_less_than_a_kept_release_is_not_attacked_twice() -> None:
    """So the number of hidden cells attacked is that of the releases, whatever lists a later one keeps of them."""
    now, before = (published(safe(released(own))) for own in (one_batch(), before_results(one_batch())))
    known = replace(before, cells=before.cells[3:9], is_whole=False)
    odd = replace(known, cells=(*known.cells, replace(before.cells[0], value=(before.cells[0].value or 0) + 50)))
    earlier = [("2026.11", before), ("2026.11", known), ("2026.10", odd)]
    assert [*telling(now, earlier)] == [("2026.11", before), ("2026.10", odd)]
