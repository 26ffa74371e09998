"""Rules about one cell of the statistics: value beside status, and which of several sources is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from kompeten.ground.findings import Finding
from kompeten.ground.vocabulary import DIMENSIONS
from kompeten.intake.messages import word
from kompeten.intake.rules.book import Book, Row, Rule, grouped
from kompeten.intake.rules.sieve import Alike, Held, not_preferred, stated_twice

CELLS: Mapping[str, tuple[str, ...]] = {
    "observations": ("batch_id", "stage", *DIMENSIONS),
    "context": ("measure", "region_code", "period", "qualification_level", "batch_id"),
    "targets": ("programme_id", "year", "region_code", "qualification_level", "kind", "unit", "stage"),
    "budgets": ("programme_id", "year", "region_code", "target_id", "kind", "unit", "funding_source"),
}
"""Table to the columns that make one cell; rows that agree in them are the same cell from several sources."""

EMPTY, FILLED = word("empty"), word("filled")


def cell_id(row: Row) -> str:
    """Give the address of an observation's or a context row's cell, as preferences.csv writes it."""
    if row["measure"] is None:
        parts = [row.text("batch_id"), row.text("stage")]
        return "/".join([*parts, *(f"{each}={row.text(each)}" for each in DIMENSIONS if row[each] != "_T")])
    parts = ["konteks", row.text("measure"), row.text("region_code"), row.text("period")]
    level = row.text("qualification_level")
    return "/".join([*parts, *([level] if level != "_T" else []), *([row.text("batch_id")] if row["batch_id"] else [])])


def value_and_status(name: str, book: Book) -> Iterator[Finding]:
    """A value is empty exactly when its status says there is none: hidden or unknown."""
    has_value = {row.text("code"): row["has_value"] is True for row in book.table("statuses")}
    for row in book.table(name):
        status, words = row.text("status"), EMPTY if row["value"] is None else FILLED
        if status in has_value and (row["value"] is not None) is not has_value[status]:
            yield row.wrong("value-and-status", "value", words=words, status=status)


def value_and_precision(name: str, book: Book) -> Iterator[Finding]:
    """A precision is empty exactly when the value is empty."""
    for row in book.table(name):
        if (row["precision"] is None) is not (row["value"] is None):
            precision, value = (EMPTY if row[each] is None else FILLED for each in ("precision", "value"))
            yield row.wrong("value-and-precision", "precision", precision=precision, value=value)


def one_preferred(name: str, book: Book) -> Iterator[Finding]:
    """Of the sources that state a cell, exactly one is preferred."""
    for rows in grouped(book.table(name), CELLS[name]).values():
        preferred = [row for row in rows if row["preferred"]]
        if not preferred and not book.may_lack(name, rows[0], CELLS[name]):
            listed = ", ".join(str(row.number) for row in rows)
            yield rows[0].wrong("none-preferred", "preferred", listed=listed)
        for row in preferred[1:]:
            yield row.wrong("one-preferred", "preferred", first=preferred[0].number)


def sound_preferred(name: str, book: Book) -> Iterator[Finding]:
    """A marked figure is never calculated with, so it is not preferred beside one without a mark."""
    for rows in grouped(book.table(name), CELLS[name]).values():
        sound = [row for row in rows if row["mark"] is None and row["value"] is not None]
        for row in rows:
            if row["preferred"] and row["mark"] and sound:
                yield row.wrong("marked-preferred", "preferred", mark=row.text("mark"), other=sound[0].number)


def preference_given(book: Book) -> Iterator[Finding]:
    """A cell that more than one source states has its row in preferences.csv, which names the preferred source.

    So has a target that another source states in another unit.
    """
    reasons = {row.text("cell_id"): row for row in book.table("preferences")}
    for target, readings in in_two_units(book):
        yield from _reasoned(reasons.get(target_address(target)), target_address(target), target, readings)
    for name in ("observations", "context"):
        for rows in grouped(book.table(name), CELLS[name]).values():
            preferred = [row for row in rows if row["preferred"]]
            if len(rows) < 2 or len(preferred) != 1 or book.may_lack(name, rows[0], CELLS[name]):
                continue  # one_preferred comes first
            yield from _reasoned(reasons.get(cell_id(rows[0])), cell_id(rows[0]), preferred[0], len(rows))


def target_address(row: Row) -> str:
    """Give the address of a target, as preferences.csv and the declarations of a release write it."""
    return f"targets/{row.text('target_id')}"


def in_two_units(book: Book) -> Iterator[tuple[Row, int]]:
    """Give each target that another row reads in another unit, with the number of readings."""
    rows = book.table("targets")
    for target in rows:
        rivals = [row for row in rows if row["rival_of"] == target["target_id"]]
        if target["preferred"] and any(row["unit"] != target["unit"] for row in rivals):
            yield target, 1 + len(rivals)


def _reasoned(reason: Row | None, cell: str, chosen: Row, sources: int) -> Iterator[Finding]:
    """Ask for the reason of a choice, and that it names the source that is chosen."""
    if reason is None:
        yield chosen.wrong("preference-missing", "preferred", sources=sources, cell=cell)
    elif reason["source_id"] != chosen["source_id"]:
        named, preferred = reason.text("source_id"), chosen.text("source_id")
        where = {"chosen_file": chosen.file, "chosen_row": chosen.number}
        yield reason.wrong("preference-differs", "source_id", named=named, preferred=preferred, **where)


def target_unit(book: Book) -> Iterator[Finding]:
    """Only of skk_terbit there are certificates; participants are no certified people."""
    for row in book.table("targets"):
        unit, stage = row.text("unit"), row.text("stage")
        # Either way round: certificates of another stage, or participants of this one.
        if unit == "peserta" if stage == "skk_terbit" else unit == "sertifikat":
            yield row.wrong("target-unit", "unit", unit=unit, stage=stage)


def count_unit(book: Book) -> Iterator[Finding]:
    """A count that names a unit counts people, or of skk_terbit certificates."""
    units = {row.text("code"): row.text("unit") for row in book.table("stages")}
    for row in book.table("observations"):
        unit, stage = row.text("unit"), row.text("stage")
        if unit and unit not in ("orang", units.get(stage)):
            yield row.wrong("count-unit", "unit", unit=unit, stage=stage)


BOTH = ("observations", "context")
TWICE = {name: Held(by=(stated_twice,), cell=cell) for name, cell in CELLS.items()}
UNCHOSEN = {name: Held(by=(stated_twice, not_preferred), cell=cell) for name, cell in CELLS.items()}


def _by(*columns: str) -> Mapping[str, Alike]:
    return dict.fromkeys(BOTH, Alike(sets=(columns,)))


RULES = (
    *(
        Rule(judge=partial(value_and_status, name), needs=(name, "statuses"), sieves=_by("status", "value"))
        for name in BOTH
    ),
    *(Rule(judge=partial(value_and_precision, name), needs=(name,), sieves=_by("precision", "value")) for name in BOTH),
    *(Rule(judge=partial(one_preferred, name), needs=(name,), sieves=UNCHOSEN) for name in CELLS),
    *(Rule(judge=partial(sound_preferred, name), needs=(name,), sieves=TWICE) for name in CELLS),
    Rule(
        judge=preference_given,
        needs=(*BOTH, "targets"),
        whole=("preferences",),
        sieves={name: TWICE[name] for name in BOTH},
    ),
    Rule(judge=target_unit, needs=("targets",)),
    Rule(judge=count_unit, needs=("observations", "stages"), sieves=_by("unit", "stage")),
)
