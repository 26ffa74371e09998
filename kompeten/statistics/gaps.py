"""What no source says: of programmes by year, of batches and of regions. Pure; what is hidden is no gap."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kompeten.ground.findings import Label
from kompeten.ground.formats import small
from kompeten.ground.model import Batch, Compilation, Observation, Programme
from kompeten.ground.vocabulary import DIMENSION
from kompeten.ground.wording import said
from kompeten.statistics.cells import by_batch
from kompeten.statistics.funnel import BatchStatistics
from kompeten.statistics.places import PlaceStatistics

Kind = Literal["batches", "budget", "stage", "breakdown", "dates", "venues", "residence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing that no source on record says.

    programme_id, batch_id, region_code: what it is about, each None where it is not about one. code: the stage or the
    dimension that is missing; None for other kinds. text: subject and what is missing, in words.
    """

    kind: Kind
    text: Label
    programme_id: str | None = None
    batch_id: str | None = None
    region_code: str | None = None
    year: int | None = None
    code: str | None = None


def gaps(
    compilation: Compilation, batches: Mapping[str, BatchStatistics], places: Mapping[str, PlaceStatistics]
) -> tuple[Gap, ...]:
    """Give everything that is missing: programme by programme with its batches, then regions of the main programme."""
    found = [gap for programme in compilation.programmes.values() for gap in _of_programme(compilation, programme)]
    observations = by_batch(compilation)
    for batch in compilation.batches.values():
        own = observations.get(batch.batch_id, ())
        found += _of_batch(compilation, batch, batches[batch.batch_id], _broken_down(batch, own))
    order = list(compilation.programmes)
    # Stable: within a programme, what was found first stays first.
    found.sort(key=lambda gap: order.index(gap.programme_id or order[0]))
    return (*found, *_of_places(compilation, places))


def _of_programme(compilation: Compilation, programme: Programme) -> Iterator[Gap]:
    own = programme.programme_id
    for year in sorted({t.year for t in compilation.targets if t.programme_id == own}):
        if not compilation.batches_of(own, year):
            what = Label(*(f"{year}, {text}" for text in said("gap")["batches"]))
            yield Gap(kind="batches", year=year, text=_said(programme.name, what), programme_id=own)
    if not any(b.programme_id == own for b in compilation.budgets):
        yield Gap(kind="budget", text=_said(programme.name, said("gap")["budget"]), programme_id=own)


def _of_batch(
    compilation: Compilation, batch: Batch, statistics: BatchStatistics, broken_down: Container[str]
) -> Iterator[Gap]:
    about = {"programme_id": batch.programme_id, "batch_id": batch.batch_id}

    def gap(kind: Kind, what: Label, code: str | None = None) -> Gap:
        return Gap(kind=kind, code=code, year=batch.year, text=_said(batch.name, what), **about)

    in_parts = {p.stage for b in statistics.breakdowns for p in b.parts if p.count.value is not None}
    for stage, count in statistics.funnel.items():
        if count.status == "unknown" and stage not in in_parts:
            yield gap("stage", compilation.codes["stages"][stage].name, stage)
    for name, dimension in DIMENSION.items():
        if name not in broken_down:
            yield gap("breakdown", dimension.label, name)
    if not batch.start_on:
        yield gap("dates", said("gap")["dates"])
    if not batch.venues:
        yield gap("venues", said("gap")["venues"])


def _broken_down(batch: Batch, own: Iterable[Observation]) -> set[str]:
    """Give the dimensions of which something is stated: by a part, alone or crossed, or for the batch as a whole."""
    stated = {name for o in own for name, _ in o.coordinates}
    return stated if batch.qualification_level in ("_U", "_T") else stated | {"qualification_level"}


def _of_places(compilation: Compilation, places: Mapping[str, PlaceStatistics]) -> Iterator[Gap]:
    main = {p.region_code for p in compilation.programmes.values() if p.role == "main"}
    for code, region in compilation.codes["regions"].items():
        if region.parent_code in main and code in places:
            total = next(t for t in places[code].totals if t.stage == "peserta")
            if total.status == "unknown":
                yield Gap(kind="residence", region_code=code, text=_said(region.name, said("gap")["residence"]))


def _said(subject: Label, what: Label) -> Label:
    return Label(f"{subject.id}: {small(what.id)}", f"{subject.en}: {small(what.en)}")
