"""How many people who live in a place took part, batch by batch: a table, and a picture of the batches that say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kompeten.api import shapes
from kompeten.pages import charts
from kompeten.pages.book import Book, Head, Sheet
from kompeten.pages.charts.values import Mark
from kompeten.pages.parts import Picture, batch_row, picture_of
from kompeten.pages.pictures import named
from kompeten.pages.places import Scope, batch_mark, detail, participants_by_batch, publishers, short_name
from kompeten.pages.tables import Cell, Table


def batch_table(sheet: Sheet, region: shapes.RegionDetail) -> Table | None:
    """Lay out the counts of people who live here, one row a batch, one column a stage that a source gives."""
    stages = list(dict.fromkeys(c.stage for c in region.by_batch))
    rows = []
    for batch_id in sheet.api.batches:
        if counts := {c.stage: c for c in region.by_batch if c.batch_id == batch_id}:
            source = sheet.source_link(next(iter(counts.values())).source_id)
            rows.append(batch_row(sheet, batch_id, *(sheet.cell(counts.get(s)) for s in stages), source))
    if not rows:
        return None
    figures = (sheet.stage_column(s, (c for c in region.by_batch if c.stage == s)) for s in stages)
    heads: list[Head] = ["column.batch", *figures, "column.source"]
    return sheet.table("per-tahap-tabel", "region.batches", heads, rows, name=sheet.say(region.name))


def batch_picture(sheet: Sheet, scope: Scope, region: shapes.RegionDetail) -> Picture | None:
    """Draw participants who live here, a cell for each batch of the programme, those that do not say it included."""
    if not scope.batch_ids:
        return None
    counts = {c.batch_id: c for c in participants_by_batch(scope, region)}
    marks = tuple(batch_mark(sheet, b, counts.get(b)) for b in scope.batch_ids)
    words = sheet.words(
        slug=f"wilayah-{region.region_code.replace('.', '-')}",
        title=batch_finding(sheet, region, marks),
        subtitle=sheet.t("region.picture.title", name=sheet.say(region.name)),
        source=publishers(sheet, scope, [region]),
    )
    cells = {b: sheet.cell(counts.get(b)) for b in scope.batch_ids}
    if region.parent_code is None:
        sums = of_parts(sheet, scope, [b for b, m in zip(scope.batch_ids, marks, strict=True) if m.status == "unknown"])
        cells |= sums
        marks = tuple(
            replace(m, text=sums[b].text, value=sums[b].value, status="released") if b in sums else m
            for b, m in zip(scope.batch_ids, marks, strict=True)
        )
    chart = charts.StripChart(words=words, rows=(charts.Series(label="", marks=marks),), is_scaled=True)
    heads = ("column.batch", ("column.participants", "unit.people"))
    rows = (batch_row(sheet, b, cell) for b, cell in cells.items())
    return picture_of(sheet, chart, heads, rows, data=sheet.api.path(region))


def of_parts(book: Book, scope: Scope, batch_ids: Iterable[str]) -> dict[str, Cell]:
    """Give the lower bound of the whole province for batches that state only some of its places, as cells."""
    counts = [c for place in scope.regencies for c in participants_by_batch(scope, detail(book, place))]
    bounds: dict[str, Cell] = {}
    for batch_id in batch_ids:
        known = [c for c in counts if c.batch_id == batch_id and c.value is not None]
        if known:
            total, ids = sum(c.value or 0 for c in known), named(c.source_id for c in known)
            text = book.hedged(book.number(total), "at_least")
            bounds[batch_id] = Cell(text=text, value=total, precision="exact", source_ids=ids)
    return bounds


def batch_finding(book: Book, region: shapes.RegionDetail, marks: Sequence[Mark]) -> str:
    """Say how many batches state how many participants live here."""
    statuses, count = [m.status for m in marks], region.participants
    known = count.batches_with_figure
    key = "none" if not known else "all" if known == len(statuses) else "some"
    if known and region.parent_code is None and not any(m.value is not None for m in marks):
        key = "province"
    return book.t(
        f"story.place.{'hidden' if 'hidden' in statuses else key}",
        name=short_name(book, region),
        known=known,
        all=len(statuses),
        hidden=statuses.count("hidden"),
        value=book.count_text(count),
    )
