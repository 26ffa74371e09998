"""Regions: the map and table of all regencies, and one page for each place. Residence and venue are never mixed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from kompeten.api import ROOT, shapes
from kompeten.ground.vocabulary import PRINTED
from kompeten.pages import charts, place, places
from kompeten.pages.book import Book, Sheet, cell_status
from kompeten.pages.breakdowns import most_finding
from kompeten.pages.charts import scales
from kompeten.pages.page import Page, page_of, share_of
from kompeten.pages.parts import Link, Picture, joined, picture_of
from kompeten.pages.places import Scope
from kompeten.pages.tables import CellStatus, Column, Row, Table

REGIONS = f"{ROOT}regions.json"


def pages(book: Book) -> Iterator[Page]:
    scope = places.scope(book)
    yield index(book, scope)
    for region in book.api.regions.values():
        yield place.page(book, scope, region.region_code)


def index(book: Book, scope: Scope) -> Page:
    """Make the page that shows all regencies of the province beside each other."""
    sheet = book.at(places.PATH)
    drawn, told = map_picture(sheet, scope), scope.told
    return page_of(
        sheet,
        "regions",
        title=book.t("regions.title"),
        description=book.t("regions.description", told=len(told), all=len(scope.regencies)),
        lead=book.phrase("regions.lead", told=book.number(len(told)), all=book.number(len(scope.regencies))),
        tiles=tiles(sheet, scope),
        shades=shades(book, scope),
        places=book.places,
        map=drawn,
        pictures=(*rate_pictures(sheet, scope), *time_pictures(sheet, scope)),
        table=table(sheet, scope),
        warning=warning(book, scope),
        ranking=ranking(book, scope),
        others=[Link(href=sheet.region_href(r.region_code), label=book.say(r.name)) for r in scope.others],
        alternates={
            REGIONS: book.t("regions.alternate"),
            next(p for p in drawn.files(book) if p.endswith(".csv")): book.t("regions.alternate.csv"),
        },
        share=share_of(
            book,
            title=book.t("regions.map.title"),
            figure=book.t("regions.share.figure", told=len(told), all=len(scope.regencies)),
            unit=book.t("regions.share.unit"),
            base=book.t("regions.share.base"),
        ),
    )


def _values(scope: Scope) -> list[int]:
    return [r.participants.value for r in scope.regencies if r.participants.value is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One regency on the map of the page. step: its shade; None where it has no figure to be shaded by."""

    code: str
    name: str
    text: Markup
    status: CellStatus
    href: str
    step: int | None


def tiles(sheet: Sheet, scope: Scope) -> list[Tile]:
    """Give the tiles of the map on the page, each a link, row by row as they lie."""
    biggest = max(_values(scope), default=0)
    spot = laid_out([region.region_code for region in scope.regencies], sheet.places)
    return [
        Tile(
            code=code,
            name=places.short_name(sheet, region),
            text=sheet.short_count(count),
            status=cell_status(count),
            href=sheet.region_href(code),
            step=scales.step(count.value, biggest) if count.value and cell_status(count) in PRINTED else None,
        )
        for region in sorted(scope.regencies, key=lambda region: spot[region.region_code])
        for code, count in ((region.region_code, region.participants),)
    ]


def laid_out(codes: Sequence[str], known: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Give row and column of each regency; those without a place on the map stand below the others, three a row."""
    below = max((row for row, _ in known.values()), default=0) + 1
    others = enumerate(code for code in codes if code not in known)
    return {**known, **{code: (below + number // 3, 1 + number % 3) for number, code in others}}


def shades(book: Book, scope: Scope) -> list[tuple[str, str]]:
    """Give the key of the map, shade and label: only what it shows."""
    values = [value for value in _values(scope) if value]
    biggest = max(values, default=0)
    spans = [(biggest, biggest)] if len(values) == 1 else scales.step_bounds(biggest) if biggest else ()
    statuses = {r.participants.status for r in scope.regencies}
    key = []
    for low, high in spans:
        if any(low <= value <= high for value in values):
            span = "–".join(dict.fromkeys(map(book.number, (low, high))))
            key.append((f"q{scales.step(high, biggest)}", f"{span} {book.t('unit.people')}"))
    return key + [(status, book.words_for(status)) for status in ("hidden", "unknown") if status in statuses]


def map_picture(sheet: Sheet, scope: Scope) -> Picture:
    """Draw the map as a file and an embed; the page itself shows the same tiles as links."""
    words = sheet.words(
        slug="peta-wilayah",
        title=sheet.t("story.map", told=len(_values(scope)), all=len(scope.regencies)),
        subtitle=f"{sheet.t('regions.map.title')}. {sheet.t('regions.map.subtitle')}",
        source=places.publishers(sheet, scope, scope.regencies),
        note=sheet.t("regions.map.note") if len(_values(scope)) < len(scope.regencies) else "",
    )
    spot = laid_out([r.region_code for r in scope.regencies], sheet.places)
    chart = charts.TileMap(
        words=words,
        tiles=tuple(
            charts.Tile(
                name=places.short_name(sheet, r),
                mark=sheet.mark(sheet.say(r.name), r.participants),
                row=spot[r.region_code][0],
                column=spot[r.region_code][1],
            )
            for r in scope.regencies
        ),
    )
    heads = ("column.region", ("column.participants", "unit.people"))
    rows = (places.region_row(sheet, scope, r, sheet.cell(r.participants)) for r in scope.regencies)
    return picture_of(sheet, chart, heads, rows, data=REGIONS)


def rate_pictures(sheet: Sheet, scope: Scope) -> tuple[Picture, ...]:
    """Draw participants per 10,000 residents; nothing where there is nothing to set side by side."""
    if len(_values(scope)) < 2:
        return ()
    marks = [places.rate_mark(sheet, r) for r in scope.regencies]
    words = sheet.words(
        slug="wilayah-per-10000",
        title=most_finding(sheet, sheet.t("regions.rate.title"), marks),
        subtitle=sheet.t("regions.rate.subtitle"),
        source=places.publishers(sheet, scope, scope.regencies),
    )
    chart = charts.BarChart(words=words, bars=charts.plain_bars(marks))
    rows = (places.region_row(sheet, scope, r, places.rate_cell(sheet, r)) for r in scope.regencies)
    return (picture_of(sheet, chart, ("column.region", ("column.per_10000",)), rows, data=REGIONS),)


def time_pictures(sheet: Sheet, scope: Scope) -> tuple[Picture, ...]:
    """Draw the newest batches of every regency beside each other; nothing where fewer than two have several figures."""
    batches = scope.batch_ids[-places.TIMES :]
    counts = {}
    for region in scope.regencies:
        stated = {c.batch_id: c for c in places.participants_by_batch(scope, places.detail(sheet, region))}
        if all(b in stated for b in batches):
            counts[region.region_code] = [stated[b] for b in batches]
    told = [r for r in scope.regencies if r.region_code in counts]
    if len(told) < places.MANY or len(batches) <= places.MANY:
        return ()
    words = sheet.words(
        slug="wilayah-tiap-tahap",
        title=sheet.t("story.strips", told=len(told), all=len(scope.regencies), batches=len(batches)),
        subtitle=f"{sheet.t('regions.time.title')}. {sheet.t('regions.time.subtitle', count=len(batches))}",
        source=places.publishers(sheet, scope, told),
    )
    panels = tuple(
        charts.Series(
            label=places.short_name(sheet, r),
            marks=tuple(places.batch_mark(sheet, c.batch_id, c) for c in counts[r.region_code]),
        )
        for r in told
    )
    chart = charts.StripChart(words=words, rows=panels, is_scaled=True)
    ticks = (Column(label=sheet.batch_tick(sheet.api.batches[b])) for b in batches)
    rows = (places.region_row(sheet, scope, r, *map(sheet.cell, counts[r.region_code])) for r in told)
    return (picture_of(sheet, chart, ["column.region", *ticks], rows, data=f"{ROOT}observations.json"),)


def table(sheet: Sheet, scope: Scope) -> Table:
    """Lay out all regencies, those without a figure included."""
    heads = (
        "column.region",
        ("column.participants", "regions.column.residence"),
        ("column.per_10000", "regions.column.per_10000"),
        Column(label=sheet.t("column.population"), unit=places.period(sheet, scope.regencies)),
        Column(label=sheet.t("column.coverage"), unit=sheet.t("regions.column.coverage"), kind="text"),
        ("column.trainings", "regions.column.trainings"),
    )
    rows = (*(_row(sheet, scope, region) for region in scope.regencies), province_row(sheet, scope))
    source = joined(sheet, map(sheet.source_link, scope.sources))
    notes = (sheet.t(f"regions.note.{name}") for name in ("coverage", "venue"))
    return sheet.table("semua-wilayah-tabel", "regions.table", heads, rows, source=source, notes=notes)


def _row(sheet: Sheet, scope: Scope, region: shapes.Region) -> Row:
    count = region.participants
    return places.region_row(
        sheet,
        scope,
        region,
        sheet.cell(count),
        places.rate_cell(sheet, region),
        places.population_cell(sheet, region),
        places.coverage(sheet, count, key="region.coverage.short"),
        sheet.counted_cell(len(places.detail(sheet, region).venue_batch_ids)),
    )


def province_row(sheet: Sheet, scope: Scope) -> Row:
    """Lay out the whole province under its regencies; its own total, which theirs need not add up to."""
    region = sheet.api.regions[scope.home]
    whole = _row(sheet, scope, region)
    held = {batch_id for regency in scope.regencies for batch_id in places.detail(sheet, regency).venue_batch_ids}
    name = sheet.t("regions.province", name=sheet.say(region.name))
    return replace(whole, header=name, is_total=True, cells=(*whole.cells[:-1], sheet.counted_cell(len(held))))


def warning(book: Book, scope: Scope) -> tuple[str, str] | None:
    """Say why the regencies must not be compared, title and text, where they must not."""
    told = scope.told
    if not told:
        return book.t("regions.apart.none.title"), book.t("regions.apart.none")
    if len(told) == 1:
        values = {"name": book.say(told[0].name), "coverage": places.coverage(book, told[0].participants)}
        return book.t("regions.apart.title"), book.phrase("regions.apart.one", **values)
    if any(places.hides(places.detail(book, r)) for r in scope.regencies):
        return book.t("regions.apart.hidden.title"), book.t("regions.apart.hidden")
    if not all(places.is_complete(r.participants) for r in told):
        return book.t("regions.apart.title"), book.t("regions.apart.coverage")
    return None


def ranking(book: Book, scope: Scope) -> Markup | None:
    """Name the highest and the lowest rate, only where every regency has one over all batches and none is shared."""
    counts = [r.participants for r in scope.regencies]
    if len(counts) < 2 or not all(c.status == "released" and places.is_complete(c) for c in counts):
        return None
    rates = [(rate.value, region, rate) for region in scope.regencies if (rate := region.participants.rate)]
    rated = sorted(((v, region, rate) for v, region, rate in rates if v is not None), key=lambda ranked: ranked[0])
    if len(rated) < len(counts) or rated[0][0] == rated[1][0] or rated[-1][0] == rated[-2][0]:
        return None
    (_, low, low_rate), (_, high, high_rate) = rated[0], rated[-1]
    names = {"high": book.say(high.name), "low": book.say(low.name)}
    figures = {"high_rate": book.rate(high_rate), "low_rate": book.rate(low_rate)}
    return book.phrase("regions.ranking", all=len(rated), **names, **figures)
