"""The published documents as pages read them: typed shapes, each with the address a reader can follow to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kompeten.api import ROOT, shapes
from kompeten.api.catalogue import Document
from kompeten.statistics.parts import REFERENCES

Total = Literal["participants", "competent", "certificates"]

MOVED = ("revised", "preferred", "removed")
"""What a release does to figures that it did not add."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Every document of one edition. What has an id is found by it; ``batches`` is the list, ``batch`` the details.

    documents: by path below the root of the site. places: address of each shape, by ``id`` of the object.
    """

    documents: Mapping[str, Document] = field(repr=False)
    places: Mapping[int, str] = field(repr=False)
    progress: tuple[shapes.Progress, ...]
    programmes: Mapping[str, shapes.Programme]
    programme: Mapping[str, shapes.ProgrammeDetail]
    batches: Mapping[str, shapes.Batch]
    batch: Mapping[str, shapes.BatchDetail]
    regions: Mapping[str, shapes.Region]
    region: Mapping[str, shapes.RegionDetail]
    qualifications: tuple[shapes.QualificationCount, ...]
    observations: tuple[shapes.Observation, ...]
    context: tuple[shapes.Context, ...]
    conflicts: tuple[shapes.Conflict, ...]
    plans: tuple[shapes.Plan, ...]
    comparisons: tuple[shapes.Comparison, ...]
    searches: tuple[shapes.Search, ...]
    facts: tuple[shapes.Fact, ...]
    gaps: tuple[shapes.Gap, ...]
    register_share: tuple[shapes.RegisterShare, ...]
    sources: Mapping[str, shapes.Source]
    measures: Mapping[str, shapes.Measure]
    codes: Mapping[str, Mapping[str, shapes.Code]]
    releases: tuple[shapes.Release, ...]
    changes: Mapping[str, tuple[shapes.Change, ...]]

    def address(self, shape: shapes.Shape, name: str | None = None) -> str:
        """Give the address of a shape, or of one of its fields: the document and a pointer into it (RFC 6901).

        Raises KeyError for a shape that stands in no document.
        """
        place = self.places[id(shape)]
        return f"/{place}/{name}" if name else f"/{place}"

    def path(self, shape: shapes.Shape) -> str:
        return self.places[id(shape)].partition("#")[0]

    @property
    def main(self) -> shapes.Programme:
        """Give the programme that the site is about. Raises StopIteration where there is none."""
        return next(row for row in self.programmes.values() if row.role == "main")

    def read_as(self, target: shapes.Target) -> shapes.Progress | None:
        """Give the target of which this one is another reading, with its progress; None where it is no rival."""
        return next((p for p in self.progress if p.target.target_id == target.rival_of), None)

    def changed(self, name: str, code: str) -> tuple[tuple[str, shapes.Change], ...]:
        """Give what moved of a batch, programme or place under each id it has had, with the release, newest first."""
        start, codes, moved = f"{REFERENCES[name]}/", {code}, []
        for release in self.releases:
            before = set(codes)
            for change in self.changes.get(release.id, ()):
                named = {c.code for c in change.coordinates if c.name == name}
                was_named = change.kind == "renamed" and (change.successor or "").removeprefix(start) in codes
                if was_named and change.address.startswith(start):
                    before.add(change.address.removeprefix(start))
                    moved.append((release.id, change))
                elif change.kind in MOVED and named & codes:
                    moved.append((release.id, change))
            codes = before
        return tuple(moved)

    def changed_in(self, table: str) -> tuple[tuple[str, shapes.Change], ...]:
        """Give what moved of the figures of a table, with the release, newest first."""
        return tuple(
            (release.id, change)
            for release in self.releases
            for change in self.changes.get(release.id, ())
            if change.table == table and change.kind in MOVED
        )

    @property
    def latest(self) -> shapes.Release:
        return next(row for row in self.releases if row.is_latest)


def stage_of(batch: shapes.BatchDetail, stage: str) -> shapes.StageCount:
    return next(row for row in batch.funnel if row.stage == stage)


TOTALS: tuple[Total, ...] = ("participants", "competent", "certificates")


def total_of(year: shapes.Year, name: Total) -> shapes.Achieved:
    """Give one of the three totals of a year."""
    return {"participants": year.participants, "competent": year.competent, "certificates": year.certificates}[name]


def open_library(documents: Mapping[str, Document]) -> Library:
    """Open the documents. Raises ValueError where one shape stands at two places: it would have two addresses."""

    def data(name: str) -> Any:
        return documents[f"{ROOT}{name}.json"].envelope.data

    def keyed(name: str, key: str) -> dict[str, Any]:
        return {getattr(row, key): row for row in data(name)}

    def each(folder: str) -> dict[str, Any]:
        prefix = f"{ROOT}{folder}/"
        own = {p: d for p, d in documents.items() if p.startswith(prefix)}
        return {p.removeprefix(prefix).removesuffix(".json"): d.envelope.data for p, d in own.items()}

    return Library(
        documents=documents,
        places=_places(documents),
        progress=data("progress"),
        programmes=keyed("programmes", "programme_id"),
        programme=each("programmes"),
        batches=keyed("batches", "batch_id"),
        batch=each("batches"),
        regions=keyed("regions", "region_code"),
        region=each("regions"),
        qualifications=data("qualifications"),
        observations=data("observations"),
        context=data("context"),
        conflicts=(*data("target-conflicts"), *data("conflicts")),
        plans=data("plans"),
        comparisons=data("comparisons"),
        searches=data("searches"),
        facts=data("facts"),
        gaps=data("gaps"),
        register_share=data("register-share"),
        sources=keyed("sources", "source_id"),
        measures=keyed("measures", "measure_id"),
        codes={name: {row.code: row for row in rows} for name, rows in each("codelists").items()},
        releases=data("releases"),
        changes=each("changes"),
    )


def _places(documents: Mapping[str, Document]) -> dict[int, str]:
    places: dict[int, str] = {}
    for path, document in documents.items():
        for shape, place in _walk(document.envelope.data, f"{path}#/data"):
            if places.setdefault(id(shape), place) != place:
                raise ValueError(f"{place}: the same object as {places[id(shape)]}")
    return places


def _walk(value: Any, place: str) -> Iterator[tuple[shapes.Shape, str]]:
    if isinstance(value, shapes.Shape):
        yield value, place
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), f"{place}/{name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _walk(item, f"{place}/{number}")
