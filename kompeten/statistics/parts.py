"""What a release says, table by table, from a compilation or from the documents that it published. Pure.

Which tables there are, which of their fields are figures, meanings or mere wording, and which columns hold the ids of
other tables, is declared here once: the comparison, the pages and the declarations read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kompeten.ground.findings import Label
from kompeten.ground.model import Compilation
from kompeten.ground.vocabulary import ALL, CODE_LISTS, DIMENSION, DIMENSIONS
from kompeten.statistics.conflicts import conflicts

Key = tuple[str, ...]
Fields = Mapping[str, Any]
Told = Mapping[str, Mapping[Key, Fields]]
"""Table to key to fields. Cells are text, numbers, truths or None; a label stands in both languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One table that a release publishes.

    document: below ``/api/v1/``; ``{}`` stands for the id of a programme. inside: the list of an item that holds the
    rows. figures: fields whose change revises a published value; meanings: fields whose change redefines it; wordings
    may be written anew without either. follows: rows come and go with rows of other tables, and are not told alone.
    """

    name: str
    document: str
    key: tuple[str, ...]
    figures: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    inside: str = ""
    follows: bool = False


FIGURES = ("value", "population")
STATED_ONCE = ("value", "precision", "as_of", "speaker", "voice", "occasion")
STATED = ("status", *STATED_ONCE)
PLAN = ("programme_id", "year", "region_code", "kind", "unit", "funding_source", "source_id")
SCHEDULE = ("year", "number", "start_on", "end_on", "training_mode")
FORMULA = ("numerator", "denominator", "multiplier", "decimals", "rounding", "unit")
CODE_MEANINGS = ("name", "definition", "parent_code", "kind", "unit", "bounded_by", "bps_code", "source_id")
VALIDITY = ("valid_from", "valid_to", "successors")


def _part(name: str, *key: str, **more: Any) -> Part:
    """Give a table that stands, where nothing else is said, in the document of its own name."""
    return Part(**{"name": name, "document": f"{name}.json", "key": key, **more})


OF_PROGRAMMES = "programmes/{}.json"
PARTS: tuple[Part, ...] = (
    _part(
        "observations",
        *("batch_id", "stage", *DIMENSIONS, "source_id"),
        figures=STATED,
        meanings=("mark", "unit"),
        wordings=("note",),
    ),
    _part(
        "context",
        "context_id",
        figures=(*STATED, "counted_by"),
        meanings=("measure", "region_code", "batch_id", "period", "qualification_level", "unit", "source_id", "mark"),
        wordings=("note",),
    ),
    _part(
        "targets",
        "target_id",
        document=OF_PROGRAMMES,
        inside="targets",
        figures=STATED_ONCE,
        meanings=(*PLAN, "qualification_level", "stage", "standing", "rival_of", "mark", "stated_unit"),
        wordings=("note",),
    ),
    _part(
        "budgets",
        "budget_id",
        document=OF_PROGRAMMES,
        inside="budgets",
        figures=STATED_ONCE,
        meanings=(*PLAN, "target_id", "mark"),
        wordings=("note",),
    ),
    _part(
        "population",
        "region_code",
        document="regions.json",
        figures=("population", "area_km2"),
        meanings=("population_period", "population_source_id", "ikn_territory"),
    ),
    _part(
        "batches",
        "batch_id",
        meanings=(*SCHEDULE, "programme_id", "kind", "qualification_level", "source_id"),
        wordings=("name", "note"),
    ),
    _part("venues", "batch_id", "region_code", document="batches.json", inside="venue_region_codes"),
    _part(
        "programmes",
        "programme_id",
        meanings=("role", "region_code", "source_id"),
        wordings=("name", "organiser", "description"),
    ),
    _part("programme_regions", "programme_id", "region_code", document=OF_PROGRAMMES, inside="region_codes"),
    _part("preferences", "cell_id", document="conflicts.json", wordings=("reason",), follows=True),
    _part(
        "sources", "source_id", meanings=("kind", "publisher", "url", "published_on", "text_kind"), wordings=("title",)
    ),
    _part("measures", "measure_id", meanings=("name", "definition", "exclusions", *FORMULA), wordings=("caution",)),
    _part(
        "plans",
        "plan_id",
        figures=STATED_ONCE,
        meanings=(
            *("kind", "region_code", "start_year", "end_year", "measure", "qualification_level", "unit"),
            *("source_id", "mark"),
        ),
        wordings=("note",),
    ),
    _part(
        "comparisons",
        "comparison_id",
        figures=(*STATED_ONCE, "counted_by"),
        meanings=(
            *("theme", "area_code", "measure", "stage", "qualification_level", "period", "unit"),
            *("source_id", "mark"),
        ),
        wordings=("detail", "note"),
    ),
    _part("facts", "fact_id", meanings=("subject", "qualification_level", "text", "as_of", "source_id")),
    _part("replies", "reply_id", meanings=("cell_id", "replied_on", "speaker", "text", "source_id")),
    _part(
        "searches",
        "search_id",
        meanings=("searched_on", "result", "region_code", "batch_id", "source_id"),
        wordings=("subject", "wordings", "note"),
    ),
    *(
        _part(
            each.name,
            "code",
            document=f"codelists/{each.name}.json",
            meanings=(*CODE_MEANINGS, *VALIDITY),
            wordings=("order",),
        )
        for each in CODE_LISTS
    ),
)
PART: Mapping[str, Part] = {part.name: part for part in PARTS}

REFERENCES: Mapping[str, str] = {
    **{f"{name[:-1]}_id": name for name in ("programmes", "sources", "targets", "budgets", "measures")},
    "batch_id": "batches",
    "context_id": "context",
    "measure": "context_measures",
    "stage": "stages",
    "bounded_by": "stages",
    "status": "statuses",
    "precision": "precisions",
    "unit": "units",
    "stated_unit": "units",
    "training_mode": "training_modes",
    "rival_of": "targets",
    "area_code": "areas",
    "counted_by": "counters",
    "population_source_id": "sources",
    **{name: f"{name}s" for name in ("mark", "speaker", "voice", "occasion", "text_kind")},
    **{name: dimension.codes.name for name, dimension in DIMENSION.items()},
}
"""Column to the table whose id it holds, wherever it stands; ``code`` and ``parent_code`` are of their own list."""

RESIDENTS: Mapping[str, str] = {
    "population": "total",
    "population_period": "reference_period",
    "area_km2": "area_km2",
    "ikn_territory": "ikn_territory",
    "population_source_id": "source_id",
}
"""Field of a region to the column of the table of populations that it stands in."""

TUPLES = ("observations", "context", "targets", "budgets", "plans", "comparisons", "facts", "replies", "searches")


def told(compilation: Compilation) -> Told:
    """Give what a compilation publishes, table by table."""
    rows: dict[str, Iterator[Any] | Sequence[Any]] = {
        **{name: getattr(compilation, name) for name in TUPLES},
        **{
            name: list(getattr(compilation, name).values()) for name in ("batches", "programmes", "sources", "measures")
        },
        **{name: list(codes.values()) for name, codes in compilation.codes.items()},
    }
    found = {name: [_fields(row) for row in each] for name, each in rows.items()}
    found["population"] = [
        {"region_code": code, **{name: getattr(row, column) for name, column in RESIDENTS.items()}}
        for code, row in compilation.population.items()
    ]
    found["venues"] = [
        {"batch_id": b.batch_id, "region_code": code} for b in compilation.batches.values() for code in b.venues
    ]
    found["programme_regions"] = [
        {"programme_id": name, "region_code": code}
        for name, codes in compilation.programme_regions.items()
        for code in codes
    ]
    # As conflicts.json holds them: it has promised that a target's unit is not among its cells.
    found["preferences"] = [
        {"cell_id": row.cell_id, "reason": row.reason} for row in conflicts(compilation) if row.table != "targets"
    ]
    return {part.name: keyed(part, found[part.name]) for part in PARTS}


def _fields(row: Any) -> Fields:
    """Give the fields of a value; the place of an observation as one field a dimension."""
    fields = {name: getattr(row, name) for name in row.__dataclass_fields__}
    return {**fields, **fields.pop("place", {})}


def told_by_documents(documents: Mapping[str, Any]) -> Told:
    """Give what the documents of one release say. documents: path below ``/api/v1/`` to the parsed document.

    A table whose document is not there is left out; what a later release says in it is new.
    """
    found = {part.name: _rows_of(part, documents) for part in PARTS}
    return {name: keyed(PART[name], rows) for name, rows in found.items() if rows is not None}


def _rows_of(part: Part, documents: Mapping[str, Any]) -> list[Fields] | None:
    if "{}" in part.document:
        start, end = part.document.split("{}")
        paths = sorted(path for path in documents if path.startswith(start) and path.endswith(end))
        found = (documents[path]["data"] for path in paths)
        items = [item for item in found if isinstance(item, dict)]  # a withdrawn id leaves a list of stones
        return list(_inside(part, items)) if any(part.inside in item for item in items) else None
    if part.document not in documents:
        return None
    rows: list[Any] = documents[part.document]["data"]
    if part.inside:
        return list(_inside(part, rows))
    # Regions without residents of their own stand in the list too.
    return [row for row in rows if part.name != "population" or row.get("population") is not None]


def _inside(part: Part, items: Sequence[Fields]) -> Iterator[Fields]:
    """Give the rows that items hold: those that are codes alone are named by the item and the code."""
    for item in items:
        for row in item.get(part.inside, ()):
            yield row if isinstance(row, dict) else {part.key[0]: item[part.key[0]], part.key[1]: row}


def keyed(part: Part, rows: Sequence[Fields]) -> Mapping[Key, Fields]:
    wanted = (*part.key, *part.figures, *part.meanings, *part.wordings, "preferred")
    kept = ({name: _cell(row.get(name, ALL)) for name in wanted if name in row or name in DIMENSION} for row in rows)
    return {tuple(str(row[name]) for name in part.key): row for row in kept}


def _cell(value: Any) -> Any:
    """Give a cell the same way whether it comes from a value or from JSON."""
    if isinstance(value, Label):
        return value._asdict()
    if isinstance(value, (tuple, list)):
        return " ".join(map(str, value)) or None
    if isinstance(value, (Decimal, float)):
        return int(value) if value == int(value) else float(value)
    return value
