"""Which documents are published as tables, with their keys. Every other form is written from these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kompeten.api import ROOT, shapes
from kompeten.api.catalogue import Document
from kompeten.forms.downloads.columns import Cell, Column, cell, columns_of
from kompeten.ground.findings import Label
from kompeten.ground.vocabulary import BPS, CODE_LISTS, KEMENDAGRI
from kompeten.ground.wording import load_labels

FOLDER = "downloads/"
KEPT = f"{FOLDER}releases/"
"""Where releases keep the same files."""
CODELIST = "codelist-"
SPOKEN = ("speaker", "voice", "occasion", "mark", "text_kind")
"""Who states a figure, how, where and in what kind of text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """One table: the document it comes from, the shape of its rows, and what names one row.

    expand: a list inside each item whose entries are the rows; columns of the item stand before those of the entry.
    record: the resource of the data packages that titles the same columns. later: columns that came
    after the table was first published, in the order of their coming: they stand at its end, whatever holds them.
    """

    name: str
    document: str
    shape: type[shapes.Shape]
    key: tuple[str, ...]
    record: str
    leave_out: tuple[str, ...] = ()
    expand: str = ""
    expanded: type[shapes.Shape] | None = None
    later: tuple[str, ...] = ()

    @property
    def title(self) -> Label:
        return self._said("title")

    @property
    def description(self) -> Label:
        """Say what one row is."""
        return self._said("description")

    def _said(self, what: str) -> Label:
        part, _, name = self.name.rpartition("-") if self.name.startswith(CODELIST) else ("", "", self.name)
        return load_labels("data")["table"][part or name][what].filled(name=name)

    @property
    def path(self) -> str:
        folder = "codelists/" if self.name.startswith(CODELIST) else ""
        return f"{FOLDER}{folder}{self.name.removeprefix(CODELIST)}.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table ready to be written: columns, and one tuple of cells a row."""

    plan: TablePlan
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Venue(shapes.Shape):
    """A batch and one place where it was trained."""

    batch_id: str
    """Batch."""
    region_code: str
    """Where the training was held; not the residence of participants."""


def _plan(name: str, shape: type[shapes.Shape], *key: str, **more: Any) -> TablePlan:
    """Give the plan of a table that is, where nothing else is said, the document and the resource of its own name."""
    return TablePlan(**{"name": name, "document": f"{name}.json", "record": name, "shape": shape, "key": key, **more})


OF_PROGRAMMES = "programmes/{programme_id}.json"
STATEMENTS: Mapping[str, Any] = {"leave_out": ("replies",), "expand": "statements", "expanded": shapes.Statement}

PLANS: tuple[TablePlan, ...] = (
    _plan("observations", shapes.Observation, "observation_id"),
    _plan("context", shapes.Context, "context_id", later=(*SPOKEN, "counted_by", "rate_precision", "publisher")),
    _plan(
        "progress",
        shapes.Progress,
        "target_id",
        leave_out=("replies",),
        record="targets",
        later=(
            *(f"target_{name}" for name in (*SPOKEN, "standing", "rival_of")),
            "achieved_precision",
            "rate_precision",
            "target_publisher",
            "achieved_unit",
            "target_stated_unit",
        ),
    ),
    _plan("targets", shapes.Target, "target_id", document=OF_PROGRAMMES),
    _plan(
        "budgets", shapes.Budget, "budget_id", document=OF_PROGRAMMES, later=(*SPOKEN, "rate_precision", "publisher")
    ),
    _plan("programmes", shapes.Programme, "programme_id", leave_out=("years",)),
    _plan("batches", shapes.Batch, "batch_id"),
    _plan("venues", Venue, "batch_id", "region_code", document="batches.json"),
    _plan(
        "regions",
        shapes.Region,
        "region_code",
        later=(
            "participants_precision",
            "participants_rate_precision",
            "competent_precision",
            "competent_rate_precision",
            *(f"{group}_{name}" for group in ("participants", "competent") for name in ("source_ids", "publishers")),
            "population_publisher",
        ),
    ),
    _plan("conflicts", shapes.Conflict, "cell_id", "source_id", record="observations", **STATEMENTS),
    _plan("target-conflicts", shapes.TargetConflict, "cell_id", "source_id", record="targets", **STATEMENTS),
    _plan("sources", shapes.Source, "source_id"),
    _plan("measures", shapes.Measure, "measure_id"),
    _plan("plans", shapes.Plan, "plan_id"),
    _plan("comparisons", shapes.Comparison, "comparison_id"),
    _plan("searches", shapes.Search, "search_id"),
    _plan("replies", shapes.Reply, "reply_id"),
    _plan("facts", shapes.Fact, "fact_id"),
    *(
        _plan(CODELIST + each.name, shapes.Code, "code", document=f"codelists/{each.name}.json", record=each.name)
        for each in CODE_LISTS
    ),
)
"""Every table, in the order of the package."""


def tables_of(documents: Mapping[str, Document]) -> tuple[Table, ...]:
    """Lay out every table from the built documents."""
    return tuple(_table(plan, documents) for plan in PLANS)


def _table(plan: TablePlan, documents: Mapping[str, Document]) -> Table:
    outer = tuple(columns_of(plan.shape, leave_out=(*plan.leave_out, plan.expand)))
    inner = tuple(columns_of(plan.expanded)) if plan.expanded else ()
    columns = sorted((*outer, *inner), key=lambda c: plan.later.index(c.name) + 1 if c.name in plan.later else 0)
    rows = tuple(
        tuple(cell(entry if column in inner else item, column) for column in columns)
        for item in _items(plan, documents)
        for entry in (getattr(item, plan.expand) if plan.expand else (item,))
    )
    named = tuple(replace(column, system=_system(plan, column)) for column in columns)
    return Table(plan=plan, columns=named, rows=rows)


OF_PLACES = ("regions", f"{CODELIST}regions", f"{CODELIST}areas")
"""Tables whose code and parent are those of places."""


def _system(plan: TablePlan, column: Column) -> str:
    """Tell whose codes of regions a column holds."""
    if column.base == "bps_code":
        return BPS
    is_place = column.base.endswith(("region_code", "region_codes", "area_code"))
    return KEMENDAGRI if is_place or (plan.name in OF_PLACES and column.base in ("code", "parent_code")) else ""


def _items(plan: TablePlan, documents: Mapping[str, Document]) -> Sequence[Any]:
    """Give the items of a table: those of its document, or, where each programme holds its own, of all of them."""
    if plan.document == OF_PROGRAMMES:
        programmes = (d.envelope.data for d in documents.values() if d.endpoint.path == plan.document)
        return [item for programme in programmes for item in getattr(programme, plan.name)]
    data = documents[ROOT + plan.document].envelope.data
    if plan.shape is Venue:
        return [Venue(batch_id=b.batch_id, region_code=code) for b in data for code in b.venue_region_codes]
    return list(data)
