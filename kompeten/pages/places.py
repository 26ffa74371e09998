"""What the pages of places share: which places there are, how their counts are written, and rows and marks of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from kompeten.api import shapes
from kompeten.ground.vocabulary import KEMENDAGRI, PRINTED, of_system
from kompeten.pages.book import Book, Sheet, sources_of
from kompeten.pages.charts.values import Mark
from kompeten.pages.pictures import named
from kompeten.pages.tables import Cell, Row, row

PATH = "wilayah/"
MANY = 2
"""A chart or a comparison needs at least so many figures."""
TIMES = 8
"""The newest batches that stand beside each other for all regencies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The places of the site. main: the programme that is followed; others: provinces; sources: of the index table.

    A regency whose code holds no longer is among neither: it has its page, and no place on the map.
    batch_ids: its batches in order of time; spans of time stand apart.
    """

    main: shapes.Programme
    regencies: tuple[shapes.Region, ...]
    others: tuple[shapes.Region, ...]
    sources: tuple[str, ...]
    batch_ids: tuple[str, ...]

    @property
    def home(self) -> str:
        return self.main.region_code

    @property
    def told(self) -> list[shapes.Region]:
        """Give the regencies with a figure."""
        return [r for r in self.regencies if r.participants.status in PRINTED]


def scope(book: Book) -> Scope:
    """Sort the places of the site into regencies of the programme's province and all others."""
    main = book.api.main
    places = [r for r in book.api.regions.values() if not book.api.codes["regions"][r.region_code].valid_to]
    regencies = tuple(r for r in places if r.parent_code == main.region_code)
    ids = [b for year in main.years for b in year.batch_ids]
    sources = {c.source_id for r in regencies for c in detail(book, r).by_batch if c.source_id and c.batch_id in ids}
    sources |= {r.population_source_id for r in regencies if r.population_source_id}
    return Scope(
        main=main,
        regencies=regencies,
        others=tuple(r for r in places if r not in regencies),
        sources=tuple(sorted(sources)),
        batch_ids=tuple(b for b in ids if book.api.batches[b].kind != "cumulative"),
    )


def detail(book: Book, region: shapes.Region) -> shapes.RegionDetail:
    return book.api.region[region.region_code]


def short_name(book: Book, region: shapes.Region) -> str:
    """Give the name without the kind of place, short enough for a tile."""
    name = book.say(region.name)
    return name.removeprefix("Kabupaten ").removeprefix("Kota ").removesuffix(" Regency").removesuffix(" City")


def is_complete(count: shapes.PlaceTotal) -> bool:
    """Say whether every batch of the programme states this place."""
    return count.batches_with_figure == count.batches and count.precision != "at_least"


def coverage(book: Book, count: shapes.PlaceTotal, *, key: str = "region.coverage") -> Markup:
    """Say how many batches state the place: ``1 dari 6 tahap``; the short key leaves the unit to a column's head."""
    return book.phrase(key, known=book.whole(count, "batches_with_figure"), all=book.whole(count, "batches"))


def stated_by(book: Book, count: shapes.PlaceTotal) -> Markup:
    """Say on how many batches a figure rests, or that none states it."""
    key = "region.base" if count.batches_with_figure else "region.base.none"
    return book.phrase(key, coverage=coverage(book, count), all=book.whole(count, "batches"))


def population_cell(book: Book, region: shapes.Region) -> Cell:
    """Give the cell of the residents of a place; null is unknown."""
    if region.population is None:
        return book.blank()
    text, sources = book.whole(region, "population"), named([region.population_source_id])
    return Cell(text=text, value=region.population, precision="exact", source_ids=sources)


def rate_cell(book: Book, region: shapes.Region) -> Cell:
    """Give the cell of participants per 10,000 residents, which rests on the sources of both."""
    count = region.participants
    return book.rate_cell(count.rate, source_ids=named((*sources_of(count), region.population_source_id)))


def period(book: Book, regions: Iterable[shapes.Region]) -> str:
    periods = dict.fromkeys(r.population_period for r in regions if r.population_period)
    return book.t("regions.column.population", period=", ".join(half_year(book, p) for p in periods))


def half_year(book: Book, period: str) -> str:
    year, half = period.split("-S")
    return book.t(f"region.half.{half}", year=year)


def publishers(book: Book, scope: Scope, regions: Iterable[shapes.Region]) -> str:
    """Name the publishers of the counts by residence of the programme that is followed."""
    ids: list[str | None] = []
    for region in regions:
        ids += [c.source_id for c in detail(book, region).by_batch if c.batch_id in scope.batch_ids]
        ids += region.participants.source_ids
    return ", ".join(dict.fromkeys(map(book.source_name, named(ids)))) or book.t("region.source.none")


def rate_mark(book: Book, region: shapes.Region) -> Mark:
    label, rate = book.say(region.name), region.participants.rate
    if not rate:
        return Mark(label=label, text=book.words_for("not_applicable"), status="not_applicable")
    return Mark(label=label, text=book.rate_text(rate), value=rate.value, status=rate.status)


def region_row(sheet: Sheet, scope: Scope, region: shapes.Region, *cells: Cell | str) -> Row:
    """Lay out a place; its figures are of all the years of the batches that are followed."""
    years = sorted({sheet.api.batches[b].year for b in scope.batch_ids})
    return row(
        sheet.say(region.name),
        *cells,
        href=sheet.region_href(region.region_code),
        code=of_system(region.region_code, KEMENDAGRI),
        year="/".join(map(str, dict.fromkeys((*years[:1], *years[-1:])))),
    )


def participants_by_batch(scope: Scope, region: shapes.RegionDetail) -> list[shapes.ResidenceCount]:
    """Give the counts of participants who live here, batch by batch of the programme that is followed."""
    return [c for c in region.by_batch if c.stage == "peserta" and c.batch_id in scope.batch_ids]


def batch_mark(book: Book, batch_id: str, count: shapes.ResidenceCount | None) -> Mark:
    """Give the chart mark of a batch: how many of its participants live in a place, where it says so."""
    return book.mark(book.batch_name(batch_id), count, short=book.batch_tick(book.api.batches[batch_id]))


def hides(region: shapes.RegionDetail) -> bool:
    """Say whether a batch hides how many of its participants live here."""
    return any(c.status == "hidden" and c.stage == region.participants.stage for c in region.by_batch)
