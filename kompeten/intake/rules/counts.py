"""Rules about published counts: the funnel narrows, parts make up their whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kompeten.ground.findings import Finding
from kompeten.ground.rows import ancestors
from kompeten.ground.vocabulary import ALL, CODE_LISTS, DIMENSION, DIMENSIONS, UNKNOWN
from kompeten.intake.messages import word
from kompeten.intake.rules.book import Book, Row, Rule, grouped
from kompeten.intake.rules.sieve import TOTAL, Held, narrowing, uneven

PLACE = ("batch_id", *DIMENSIONS)
NESTED = tuple(each for each in CODE_LISTS if each.is_nested)


def least(row: Row) -> int | None:
    """Give the smallest count that a row still means; None where it cannot be told (about, rounded, hidden)."""
    return row.count() if row["precision"] in ("exact", "at_least") else None


def most(row: Row) -> int | None:
    """Give the largest count that a row still means; None where it cannot be told."""
    return row.count() if row["precision"] == "exact" else None


def funnel_order(book: Book) -> Iterator[Finding]:
    """A stage never counts more people than the stage that bounds it: same place, same source.

    Counts that are about, rounded or hidden are not held against each other.
    """
    bounds = book.parents("stages", parent="bounded_by")
    for rows in grouped(book.table("observations"), (*PLACE, "source_id")).values():
        yield from _funnel("funnel-order", rows, bounds)


def funnel_order_preferred(book: Book) -> Iterator[Finding]:
    """The preferred counts of a place narrow too, although they come from different sources."""
    bounds = book.parents("stages", parent="bounded_by")
    preferred = [row for row in book.table("observations") if row["preferred"]]
    for rows in grouped(preferred, PLACE).values():
        yield from _funnel("funnel-order-preferred", rows, bounds, within_source=False)


def _funnel(
    rule: str, rows: Sequence[Row], bounds: Mapping[str, str], *, within_source: bool = True
) -> Iterator[Finding]:
    """Compare each count with the nearest stage above it that has one."""
    by_stage = {row.text("stage"): row for row in rows}
    for stage, row in by_stage.items():
        above = [by_stage[name] for name in ancestors(stage, bounds) if name in by_stage]
        upper = next((each for each in above if most(each) is not None), None)
        count, limit = least(row), most(upper) if upper else None
        if upper is None or count is None or limit is None or count <= limit:
            continue
        if (upper["source_id"] == row["source_id"]) is within_source:
            bound = upper.text("stage")
            yield row.wrong(rule, "value", count=count, stage=stage, limit=limit, bound=bound, other=upper.number)


def assessed_sum(book: Book) -> Iterator[Finding]:
    """asesi = kompeten + belum_kompeten + those who wait for a decision: K + BK are never more than asesi."""
    for rows in grouped(book.table("observations"), (*PLACE, "source_id")).values():
        by_stage = {row.text("stage"): row for row in rows}
        if not by_stage.keys() >= {*TOTAL}:
            continue
        assessed, passed, failed = (by_stage[name] for name in TOTAL)
        limit, first, second = most(assessed), least(passed), least(failed)
        if limit is None or first is None or second is None or first + second <= limit:
            continue
        if max(first, second) > limit:
            continue  # said by funnel_order
        yield assessed.wrong(
            "assessed-sum",
            "value",
            limit=limit,
            first=first,
            second=second,
            passed_row=passed.number,
            failed_row=failed.number,
        )


def breakdown(book: Book) -> Iterator[Finding]:
    """A breakdown along one dimension, from one source, makes up its total of that source, or carries ``_U``.

    Groups are broken down too: levels 7, 8 and 9 make up ``ahli``. Where a part is hidden, unknown or not exact, the
    others are a lower bound: together no more than the total. A total that is not exact bounds nothing.
    """
    for dimension in DIMENSIONS:
        codes = DIMENSION[dimension].codes
        parents = book.parents(codes.name, code=codes.key) if codes.is_nested else {}
        others = [each for each in (*PLACE, "stage", "source_id") if each != dimension]
        for found in grouped(book.table("observations"), others).values():
            if len(found) == 1:  # neither a total with parts nor a part of a total
                continue
            by_code = {row.text(dimension): row for row in found}
            parts: dict[str | None, dict[str, Row]] = {}
            for code, row in by_code.items():
                parts.setdefault(_nearest(code, by_code, parents), {})[code] = row
            for code, total in by_code.items():
                if code in parts and code != UNKNOWN and most(total) is not None:
                    may_lack = book.may_lack("observations", total, others)
                    yield from _whole(dimension, total, parts[code], parents, may_lack=may_lack)


def _whole(
    dimension: str, whole: Row, parts: Mapping[str, Row], parents: Mapping[str, str], *, may_lack: bool
) -> Iterator[Finding]:
    """Compare one total with its largest stated parts; where a part may be missing they only bound it."""
    code = whole.text(dimension)
    total, together = whole.count() or 0, sum(least(row) or 0 for row in parts.values())
    is_exact = not may_lack and all(most(row) is not None for row in parts.values())
    children = {each for each, parent in parents.items() if parent == code}
    is_complete = is_exact and (code == ALL or children <= parts.keys())
    if together > total or (is_complete and together < total):
        words = word("more" if together > total else "fewer")
        named = ", ".join(f"{each}: {least(row)}" for each, row in parts.items() if least(row) is not None)
        yield whole.wrong(
            "breakdown", "value", dimension=dimension, named=named, together=together, words=words, total=total
        )


def _nearest(code: str, stated: Mapping[str, Row], parents: Mapping[str, str]) -> str | None:
    """Give the nearest stated code above a code; everything but ``_T`` itself stands under ``_T``."""
    if code == ALL:
        return None
    above = next((each for each in ancestors(code, parents) if each in stated), None)
    return above or (ALL if ALL in stated else None)


def hierarchy_loops(book: Book) -> Iterator[Finding]:
    """No code stands above itself: regions, levels, classifications, age bands, and the stages that bound stages."""
    lists = [(each.name, each.key, "parent_code") for each in NESTED]
    for name, column, parent in (*lists, ("stages", "code", "bounded_by")):
        parents = book.parents(name, code=column, parent=parent)
        for row in book.table(name):
            chain = [row.text(column), *ancestors(row.text(column), parents)]
            # Each loop once: at the least of its codes.
            if parents.get(chain[-1]) == chain[0] == min(chain):
                listed = " → ".join([*chain, chain[0]])
                yield row.wrong("hierarchy-loop", parent, listed=listed)


OF_SOURCE = {"observations": Held(by=(narrowing,), cell=(*PLACE, "source_id"))}
RULES = (
    Rule(judge=funnel_order, needs=("observations", "stages"), sieves=OF_SOURCE),
    Rule(
        judge=funnel_order_preferred,
        needs=("observations", "stages"),
        sieves={"observations": Held(by=(narrowing,), cell=PLACE)},
    ),
    Rule(judge=assessed_sum, needs=("observations",), sieves=OF_SOURCE),
    Rule(
        judge=breakdown,
        needs=("observations",),
        whole=tuple(each.name for each in NESTED),
        sieves={"observations": Held(by=(uneven,), cell=(*PLACE, "stage"))},
    ),
    Rule(judge=hierarchy_loops, needs=("stages", *(each.name for each in NESTED))),
)
