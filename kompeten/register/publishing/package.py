"""A protected release as a data folder: files that may be published, and nothing else.

Pure but for reading the repository's own public data, which gives code lists and schemas.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kompeten.audit import kept_sites, policy_for
from kompeten.ground.doormark import PROPERTY, Mark, marks_for, marks_of
from kompeten.ground.policy import Policy, TablePlan, policy_text
from kompeten.ground.vocabulary import DIMENSIONS, PRINTED, STAGES
from kompeten.ground.wording import worded
from kompeten.intake.packages.values import PACKAGES
from kompeten.register.hiding.joint import EarlierCells
from kompeten.register.hiding.protect import ProtectedCell
from kompeten.register.publishing.folder import (
    FolderError,
    cell_text,
    csv_bytes,
    json_bytes,
    read_rows,
    read_text,
)
from kompeten.register.reading.config import Config

Row = Mapping[str, Any]


SOURCES = "sources"
ROW_KEY = ("batch_id", "stage", *DIMENSIONS, "source_id")
MARKS: Mapping[str, str] = {
    "title": "DATA SINTETIS: ",
    "title_en": "SYNTHETIC DATA: ",
    "description": "Rekaan, bukan data nyata. ",
    "description_en": "Invented, not real data. ",
}
"""What stands before the words of a descriptor whose data are invented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierFolder:
    """An earlier release: a whole data folder that is public already.

    cells: what it says about batches counted from a register. rows: its batches package, by table. observations,
    context, preferences: those tables. marks: the door's marks of them. releases: text of its releases.toml.
    """

    cells: tuple[EarlierCells, ...]
    rows: Mapping[str, Sequence[Row]]
    observations: Sequence[Row]
    context: Sequence[Row]
    preferences: Sequence[Row]
    releases: str
    is_synthetic: bool
    marks: Sequence[Mark] = ()

    def cells_of(self, batches: Collection[str]) -> tuple[EarlierCells, ...]:
        return tuple(item for item in self.cells if item.batch_id in batches)

    def dropped(self, policy: Policy) -> tuple[TablePlan, ...]:
        """Give the tables, or stages of tables, that it has of a register and the plan now lacks."""
        planned = {(table.dimensions, stage) for table in policy.tables for stage in table.stages}
        had = {place for item in self.cells for place in item.tables}
        return tuple(
            TablePlan(
                name="+".join(("earlier", *dimensions)),
                dimensions=dimensions,
                stages=tuple(stage for stage in STAGES if (dimensions, stage) in had - planned),
                is_headline=False,
                weight=1,
            )
            for dimensions in sorted({dimensions for dimensions, _ in had - planned})
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is published around the protected cells.

    rows: rows to add to tables of the batches package, by table. as_of, source_id, note_id, note_en: those of every
    observation. releases: text of releases.toml. is_synthetic: invented data, marked loudly and never mixed with real.
    context: rows of the context table. replaced: rows that take the place of whole tables of the reference package.
    earlier: the release before, whose batches are carried over as they stand where the register does not hold them.
    """

    rows: Mapping[str, Sequence[Row]]
    as_of: str
    source_id: str
    note_id: str
    note_en: str
    releases: str
    is_synthetic: bool
    context: Sequence[Row] = ()
    replaced: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    earlier: EarlierFolder | None = None


def assemble(data: Path, cells: Iterable[ProtectedCell], around: Surroundings, policy: Policy) -> dict[str, bytes]:
    """Give every file of the data folder: path within it to content. Raises FolderError.

    data: the repository's data folder. Real output keeps its programmes, batches and sources; synthetic output keeps
    only the sources that the code lists name, so that nothing real stands beside what is invented.
    """
    earlier = around.earlier
    if earlier is not None and earlier.is_synthetic != around.is_synthetic:
        raise FolderError(worded("never-mix-releases"))
    descriptors = {name: _descriptor(data, name, around) for name in PACKAGES}
    reference = _reference(data, descriptors["reference"], around)
    batches = _batches(data, descriptors["batches"], reference, around)
    outcomes: dict[str, Sequence[Row]] = {
        "observations": _all_observations(cells, around),
        "context": [*(earlier.context if earlier else ()), *around.context],
        "preferences": _preferences(data, batches, around),
    }
    descriptors["outcomes"][PROPERTY] = [mark.as_json() for mark in _marks(outcomes["observations"], around, policy)]
    files: dict[str, bytes] = {
        "policy.toml": policy_text(policy).encode("utf-8"),
        "releases.toml": around.releases.encode("utf-8"),
    }
    for package, tables in (("reference", reference), ("batches", batches), ("outcomes", outcomes)):
        files[f"{package}/datapackage.json"] = json_bytes(descriptors[package])
        for resource in descriptors[package]["resources"]:
            columns = [column["name"] for column in resource["schema"]["fields"]]
            files[f"{package}/{resource['path']}"] = csv_bytes(columns, tables[resource["name"]])
    return files


def read_earlier(folder: Path) -> EarlierFolder:
    """Read an earlier release. Raises FolderError where it is not a whole data folder."""
    descriptor = _descriptor_of(folder, "batches")
    rows = {entry["name"]: read_rows(folder / "batches" / entry["path"]) for entry in descriptor["resources"]}
    observations = read_rows(folder / "outcomes" / "observations.csv")
    return EarlierFolder(
        cells=_register_cells(observations, {row["source_id"]: row["kind"] for row in rows[SOURCES]}),
        rows=rows,
        observations=observations,
        context=read_rows(folder / "outcomes" / "context.csv"),
        preferences=read_rows(folder / "outcomes" / "preferences.csv"),
        releases=read_text(folder / "releases.toml"),
        is_synthetic=bool(descriptor.get("synthetic")),
        marks=marks_of(_descriptor_of(folder, "outcomes")),
    )


def refuse_untold(data: Path, batches: Collection[str], told: int) -> None:
    """Raise FolderError where the repository's data hold releases of these batches that nobody told the door of.

    told: so many earlier releases were named. What a door does not know, it cannot keep apart from what it writes.
    """
    standing = {item.batch_id for item in read_earlier(data).cells}.intersection(batches)
    sites = kept_sites(data, policy_for(data))
    kept = [{cell.key.batch_id for cell in site.published.register}.intersection(batches) for site in sites]
    known = sorted(standing.union(*kept))
    # At least the release that the data hold now, whether or not a site of it was kept.
    needed = max(1, sum(map(bool, kept)))
    if known and told < needed:
        names = ", ".join(known)
        raise FolderError(worded("name-previous", names=names, data=data.name, needed=needed))


def unmoved(config: Config, earlier: EarlierFolder | None, cells: Iterable[ProtectedCell]) -> frozenset[str]:
    """Give the batches with a declared correction that moves no count that readers see: there is none to announce."""
    before = {item.batch_id: item.values for item in earlier.cells} if earlier else {}
    stood = ((cell, before.get(cell.batch_id, {}).get((cell.stage, cell.coordinates), cell.value)) for cell in cells)
    moved = {cell.batch_id for cell, value in stood if value != cell.value}
    return frozenset(each.batch_id for each in config.corrections if each.batch_id in before.keys() - moved)


def _marks(rows: Sequence[Row], around: Surroundings, policy: Policy) -> list[Mark]:
    """Give the door's marks: of what it wrote now, and those of the batches that are carried over as they stand."""
    own = marks_for(({key: cell_text(value) for key, value in row.items()} for row in rows), around.source_id, policy)
    fresh = {mark.batch_id for mark in own}
    carried = around.earlier.marks if around.earlier else ()
    return sorted((*own, *(m for m in carried if m.batch_id not in fresh)), key=lambda m: (m.batch_id, m.source_id))


def _register_cells(observations: Sequence[Row], kinds: Mapping[str, str]) -> tuple[EarlierCells, ...]:
    """Give the cells that were counted from a register, by batch."""
    found: dict[str, dict[tuple[str, tuple[str, ...]], int | None]] = {}
    for row in observations:
        if kinds.get(row["source_id"]) == "register":
            place = tuple(row[dimension] for dimension in DIMENSIONS)
            value = int(row["value"]) if row["status"] in PRINTED else None
            found.setdefault(row["batch_id"], {})[row["stage"], place] = value
    return tuple(EarlierCells(batch_id=batch_id, values=values) for batch_id, values in found.items())


def _descriptor(data: Path, name: str, around: Surroundings) -> dict[str, Any]:
    """Give a package's descriptor from the repository, marked where the data are invented."""
    descriptor = _descriptor_of(data, name)
    if around.is_synthetic:
        descriptor["synthetic"] = True
        descriptor["name"] = f"{descriptor['name']}-contoh"
        for key, mark in MARKS.items():
            descriptor[key] = mark + descriptor[key]
    return descriptor


def _descriptor_of(folder: Path, name: str) -> dict[str, Any]:
    """Read a package's descriptor. Raises FolderError."""
    try:
        descriptor: dict[str, Any] = json.loads(read_text(folder / name / "datapackage.json"))
    except ValueError:
        file = f"{name}/datapackage.json"
        raise FolderError(worded("is-not-json", file=file)) from None
    return descriptor


def _reference(data: Path, descriptor: Row, around: Surroundings) -> dict[str, Sequence[Row]]:
    return {
        resource["name"]: around.replaced.get(resource["name"]) or read_rows(data / "reference" / resource["path"])
        for resource in descriptor["resources"]
    }


def _batches(
    data: Path, descriptor: Row, reference: Mapping[str, Sequence[Row]], around: Surroundings
) -> dict[str, Sequence[Row]]:
    """Give the tables of the batches package: the repository's (or the sources needed alone), those of the earlier
    release, and the added rows; later ones take the place of earlier ones with the same key.
    """
    needed = {row["source_id"] for rows in reference.values() for row in rows if row.get("source_id")}
    tables: dict[str, Sequence[Row]] = {}
    for resource in descriptor["resources"]:
        name = resource["name"]
        kept: Iterable[Row] = read_rows(data / "batches" / resource["path"])
        if around.is_synthetic:
            kept = [row for row in kept if name == SOURCES and row["source_id"] in needed]
        key = resource["schema"].get("primaryKey", ())
        if around.earlier is not None:
            kept = _merged(kept, around.earlier.rows.get(name, ()), key)
        tables[name] = _merged(kept, around.rows.get(name, ()), key)
    return tables


def _preferences(data: Path, batches: Mapping[str, Sequence[Row]], around: Surroundings) -> list[Row]:
    """Give the reasons for preferred sources: those of the repository's targets and budgets, which go along, and those
    of the earlier release.
    """
    kept = () if around.is_synthetic else read_rows(data / "outcomes" / "preferences.csv")
    own = [row for row in kept if row["cell_id"].partition("/")[0] in batches]
    return _merged(own, around.earlier.preferences if around.earlier else (), ("cell_id",))


def _merged(kept: Iterable[Row], added: Sequence[Row], key: Sequence[str]) -> list[Row]:
    """Give the kept rows and the added ones; an added row takes the place of a kept one with the same key."""

    def of(row: Row) -> tuple[str, ...]:
        return tuple(str(row.get(name, "")) for name in key)

    fresh = {of(row) for row in added}
    return [*(row for row in kept if of(row) not in fresh), *added]


def _all_observations(cells: Iterable[ProtectedCell], around: Surroundings) -> list[Row]:
    """Give the rows of the cells, and the earlier release's rows of all other batches, sorted by their codes.

    The order of rows tells nothing of what they hold.
    """
    carried = around.earlier.observations if around.earlier else ()
    own = _dated(list(_observations(cells, around)), carried)
    batches = {row["batch_id"] for row in own}
    rows = [*own, *(row for row in carried if row["batch_id"] not in batches)]
    return sorted(rows, key=lambda row: (row["batch_id"], row["stage"], *(row[name] for name in DIMENSIONS)))


def _dated(rows: Sequence[Row], before: Sequence[Row]) -> list[Row]:
    """Give the rows, those of a stage of which all that was printed stands with the date that they were printed with.

    Both are public, so the date tells nothing more. A stage of which one printed row moved has the new date throughout.
    """
    own, old = ({tuple(map(row.get, ROW_KEY)): row for row in each} for each in (rows, before))
    said, both = ("value", "status", "precision"), own.keys() & old.keys()
    moved = {key[:2] for key in both if any(cell_text(own[key][name]) != old[key][name] for name in said)}
    return [
        {**row, "as_of": old[key]["as_of"]} if key in old and key[:2] not in moved else row for key, row in own.items()
    ]


def _observations(cells: Iterable[ProtectedCell], around: Surroundings) -> Iterator[Row]:
    for cell in cells:
        yield {
            "batch_id": cell.batch_id,
            "stage": cell.stage,
            **dict(zip(DIMENSIONS, cell.coordinates, strict=True)),
            "value": cell.value,
            "status": cell.status,
            "precision": cell.precision,
            "as_of": around.as_of,
            "source_id": around.source_id,
            "preferred": True,
            "note_id": around.note_id,
            "note_en": around.note_en,
        }
