"""From typed rows (``kompeten.intake.packages.tables``) and the list of releases to the one compilation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from kompeten.ground import inert, model
from kompeten.ground.findings import Label
from kompeten.ground.vocabulary import CODE_LISTS, DIMENSIONS, CodeList


def compile_model(tables: model.Tables, releases: Sequence[model.Row], *, synthetic: bool) -> model.Compilation:
    """Give the compilation. The rows must have passed every check: nothing is checked again here."""
    venues = _grouped(tables["venues"], "batch_id")
    batches = [_made(model.Batch, row, venues=venues.get(row["batch_id"], ())) for row in tables["batches"]]
    codes = {each.name: _codes(tables[each.name], each) for each in CODE_LISTS}
    return model.Compilation(
        synthetic=synthetic,
        codes=codes,
        population={
            row["region_code"]: _made(model.Population, row, total=row["population_total"])
            for row in tables["population"]
        },
        measures={row["measure_id"]: _made(model.Measure, row) for row in tables["measures"]},
        sources={row["source_id"]: _made(model.Source, row, url=inert.web(row["url"])) for row in tables["sources"]},
        programmes={row["programme_id"]: _made(model.Programme, row) for row in tables["programmes"]},
        batches={b.batch_id: b for b in sorted(batches, key=batch_order)},
        targets=tuple(_target(row) for row in tables["targets"]),
        budgets=tuple(_made(model.Budget, row) for row in tables["budgets"]),
        observations=tuple(_observation(row, codes["stages"]) for row in tables["observations"]),
        context=tuple(_made(model.Context, row) for row in tables["context"]),
        preferences={row["cell_id"]: _made(model.Preference, row) for row in tables["preferences"]},
        releases=tuple(release(row) for row in releases),
        programme_regions=_grouped(tables["programme_regions"], "programme_id"),
        plans=tuple(_made(model.Plan, row) for row in tables["plans"]),
        comparisons=tuple(_made(model.Comparison, row) for row in tables["comparisons"]),
        searches=tuple(_made(model.Search, row) for row in tables["searches"]),
        replies=tuple(_made(model.Reply, row) for row in tables["replies"]),
        facts=tuple(_made(model.Fact, row) for row in tables["facts"]),
    )


def batch_order(batch: model.Batch) -> tuple[int, int, str, str]:
    """Sort batches by year, then number (never by its Roman form), then start."""
    return (batch.year, batch.number or 0, batch.start_on or "", batch.batch_id)


def release(row: model.Row) -> model.Release:
    """Give one release of releases.toml; dates may come as dates or as ISO text."""
    return model.Release(
        id=row["id"],
        released_on=str(row["released_on"]),
        data_through=str(row["data_through"]),
        next_expected=row.get("next_expected"),
        title=_label(row, "title"),
        note=Label(row.get("note_id", ""), row.get("note_en", "")),
        declarations=tuple(each for name, field in DECLARED.items() for each in _declared(row, name, field)),
    )


DECLARED: Mapping[str, str] = {"correction": "cell", "removal": "address", "rename": "from", "redefinition": "address"}
"""Table of a release in releases.toml to the key that says what it is about."""


def _declared(row: model.Row, name: str, field: str) -> Iterator[model.Declaration]:
    """Give the declarations of one kind, one for each address that an entry names."""
    for entry in row.get(name, ()):
        heirs = entry.get("to" if name == "rename" else "successor", []) if name in ("rename", "removal") else []
        for address in _listed(entry[field]):
            yield model.Declaration(
                kind=entry.get("kind", name),
                address=address,
                reason=_label(entry, "reason"),
                asked_by=entry["asked_by"],
                source_id=entry.get("source_id"),
                old=entry.get("from") if name == "correction" else None,
                new=entry.get("to") if name == "correction" else None,
                successors=tuple(_listed(heirs)),
            )


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _label(row: model.Row, stem: str) -> Label:
    return Label(row[f"{stem}_id"], row[f"{stem}_en"])


Value = TypeVar("Value")


def _made(kind: type[Value], row: model.Row, /, **own: Any) -> Value:
    """Give a row as a value: each field from the column of its name, a pair of texts as one label; None where empty.

    own: fields that no column has as they are. Columns that no field takes are left out.
    """
    pairs = [stem for name in row if (stem := name.removesuffix("_id")) != name and f"{stem}_en" in row]
    cells = {**row, **{stem: _label(row, stem) if row[f"{stem}_id"] else None for stem in pairs}, **own}
    names: Mapping[str, object] = vars(kind)["__dataclass_fields__"]
    return kind(**{name: cell for name, cell in cells.items() if name in names})


def _target(row: model.Row) -> model.Target:
    # Programs written for the first release know two units alone; people to be certified are set beside certificates.
    unit = "sertifikat" if row["unit"] == "orang" else row["unit"]
    return _made(model.Target, row, unit=unit, stated_unit=row["unit"])


def _grouped(rows: Sequence[model.Row], key: str) -> dict[str, tuple[str, ...]]:
    """Give the region codes of each key, in the order of the data."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[row[key]] = (*found.get(row[key], ()), row["region_code"])
    return found


def _codes(rows: Sequence[model.Row], own: CodeList) -> dict[str, model.Code]:
    def code(row: model.Row) -> model.Code:
        return _made(
            model.Code,
            row,
            code=row[own.key],
            name=Label(row["name_id"], row.get("name_en") or row["name_id"]),
            parent_code=row.get("parent_code") or (row.get("classification") if "position_code" in row else None),
            kind=row.get("kind") or row.get("level") or row.get("phase") or row.get("track"),
            successors=tuple((row.get("successor") or "").split()),
        )

    return {code.code: code for code in map(code, rows)}


def _observation(row: model.Row, stages: Mapping[str, model.Code]) -> model.Observation:
    """Give one count; where its row names no unit, it is that of its stage."""
    place = {name: row[name] for name in DIMENSIONS}
    return _made(model.Observation, row, place=place, unit=row.get("unit") or stages[row["stage"]].unit or "")
