"""One place: its figure, what it counts, beside others, by batch, trainings, codes, population, what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from kompeten.api import shapes
from kompeten.ground import formats
from kompeten.ground.vocabulary import PRINTED
from kompeten.pages import parts, places
from kompeten.pages.book import Book, Sheet, is_change
from kompeten.pages.breakdowns import gap_table
from kompeten.pages.charts import Share
from kompeten.pages.disputes import Claim, claim, plan_claims, stated_cell
from kompeten.pages.page import Crumb, Page, page_of, share_of
from kompeten.pages.pictures import people_cell
from kompeten.pages.places import Scope
from kompeten.pages.releases import history_table
from kompeten.pages.residents import batch_picture, batch_table
from kompeten.pages.tables import Row, Table
from kompeten.statistics.sentences import Fact


def page(book: Book, scope: Scope, code: str) -> Page:
    sheet, region = book.at(f"{places.PATH}{code}/"), book.api.region[code]
    name = book.say(region.name)
    is_silent = is_inside(scope, region) and not places.participants_by_batch(scope, region)
    return page_of(
        sheet,
        "region",
        title=name,
        kicker=book.t(f"region.kind.{region.kind}"),
        lead=lead(book, scope, region),
        compare=f"?wilayah={code}" if region.parent_code else "",
        validity=validity(sheet, region),
        history=history_table(sheet, book.api.changed("region_code", code)),
        **of_residents(sheet, scope, region),
        batches=batch_table(sheet, region),
        trainings=training_table(sheet, region),
        programmes=[sheet.api.programmes[programme_id] for programme_id in region.programme_ids],
        offers=offers(sheet, region),
        plans=plan_claims(sheet, region.plans),
        codes=codes(book, region),
        collision=collision(book, region),
        people=people(sheet, region),
        context=context_table(sheet, region),
        gap=gap_table(
            sheet,
            region.context,
            slug="belum-bersertifikat-tabel",
            caption=book.t("region.gap.caption"),
            subtitle=book.t("region.gap.subtitle"),
        ),
        known=known(sheet, region) if is_silent else [],
        request=asked(book, region) if is_silent else "",
        crumbs=(Crumb(label=book.t("regions.title"), path=places.PATH),),
        alternates={
            book.api.path(region): book.t("region.alternate", name=name),
            "downloads/regions.csv": book.t("region.alternate.csv"),
        },
    )


def of_residents(sheet: Sheet, scope: Scope, region: shapes.RegionDetail) -> Mapping[str, Any]:
    """Tell what the programme counts of the people who live here; nothing of a place outside its province."""
    if not is_inside(scope, region):
        return dict.fromkeys(("counts", "figures", "beside", "apart", "picture", "missing", "kit", "share"))
    return {
        "counts": sheet.t("region.counts"),
        "figures": figures(sheet, scope, region),
        "beside": beside(sheet, scope, region),
        "apart": apart(sheet, scope, region),
        "picture": batch_picture(sheet, scope, region),
        "missing": missing(sheet, scope, region),
        "kit": kit(sheet, scope, region),
        "share": share(sheet, region),
    }


def is_inside(scope: Scope, region: shapes.RegionDetail) -> bool:
    """Say whether a place lies in the province of the programme, or is it."""
    return scope.home in (region.region_code, region.parent_code)


def lead(book: Book, scope: Scope, region: shapes.RegionDetail) -> Markup:
    """Say the figure, or why there is none, in one sentence."""
    count = region.participants
    is_silent_province = count.status == "unknown" and region.region_code == scope.home
    case = "outside" if not is_inside(scope, region) else "province" if is_silent_province else count.status
    names = {"name": book.say(region.name), "programme": book.say(scope.main.name)}
    value = book.count(count) if count.value is not None else ""
    return book.phrase(f"region.lead.{case}", value=value, coverage=places.coverage(book, count), **names)


def validity(sheet: Sheet, region: shapes.RegionDetail) -> list[Markup]:
    """Say since when and until when a place has its code, what became of it, and out of what it was made."""
    codes = sheet.api.codes["regions"]
    code = codes[region.region_code]
    origins = [name for name, other in codes.items() if code.code in other.successors]
    days = {"valid_from": code.valid_from, "valid_to": code.valid_to}
    told = [sheet.phrase(f"region.{key}", date=sheet.date(day)) for key, day in days.items() if day]
    for key, others in {"made_of": origins, "successors": code.successors}.items():
        links = [Markup('<a href="{}">{}</a>').format(sheet.region_href(p), sheet.region(p)) for p in others]
        told += [sheet.phrase(f"region.{key}", places=Markup(", ").join(links))] if links else []
    return told


def figures(sheet: Sheet, scope: Scope, region: shapes.RegionDetail) -> list[parts.Headline]:
    """Give the headline figures: participants living here, per 10,000 residents, and found competent."""
    rate = region.participants.rate

    def lead_figure(name: str, count: shapes.PlaceTotal, *, is_cited: bool) -> parts.Headline:
        label = sheet.t(f"region.figure.{name}")
        return parts.headline(
            sheet,
            label,
            count,
            unit=sheet.t("unit.people"),
            base=places.stated_by(sheet, count),
            source=parts.joined(sheet, [sheet.source_link(i) for i in count.source_ids]) or None,
            fact=fact_of(sheet, scope, region, count, what=label) if is_cited else None,
        )

    return [
        lead_figure("participants", region.participants, is_cited=False),  # the kit of the page is its own
        *([_rate_figure(sheet, scope, region, rate)] if rate else ()),
        lead_figure("competent", region.competent, is_cited=True),
    ]


def _rate_figure(sheet: Sheet, scope: Scope, region: shapes.RegionDetail, rate: shapes.Rate) -> parts.Headline:
    label, unit = sheet.t("column.per_10000"), sheet.t("region.rate.unit")
    base, kit = sheet.t("region.rate.none"), None
    if rate.status in PRINTED:
        counts = {"numerator": sheet.whole(rate, "numerator"), "denominator": sheet.whole(rate, "denominator")}
        base = sheet.phrase("region.rate.base", **counts)
        fact = fact_of(sheet, scope, region, region.participants, what=label)
        said = replace(fact, figure=f"{sheet.rate_text(rate)} {unit}", base=base.striptags())
        kit = parts.figure_kit(sheet, said, rate)
    return parts.Headline(
        label=label,
        value=sheet.rate(rate),
        unit=unit,
        base=base,
        source=sheet.source_link(region.population_source_id) or None,
        status=rate.status,
        kit=kit,
    )


def beside(sheet: Sheet, scope: Scope, region: shapes.RegionDetail) -> Table:
    """Set the place beside the province and every regency with a figure."""
    entry, province = sheet.api.regions[region.region_code], sheet.api.regions[scope.home]
    printed = [r for r in (province, *scope.regencies) if r.participants.status in PRINTED]

    def laid_out(place: shapes.Region) -> Row:
        count = place.participants
        cells = (
            sheet.cell(count),
            places.population_cell(sheet, place),
            places.rate_cell(sheet, place),
            places.coverage(sheet, count),
        )
        laid = places.region_row(sheet, scope, place, *cells)
        return replace(laid, href=None, is_total=True) if place is entry else laid

    heads = (
        "column.region",
        ("column.participants", "unit.people"),
        ("column.population", "region.people"),
        ("column.per_10000",),
        "column.coverage",
    )
    rows = map(laid_out, (entry, *(r for r in printed if r is not entry)))
    return sheet.table("banding-tabel", "region.beside", heads, rows)


def apart(book: Book, scope: Scope, region: shapes.RegionDetail) -> str | None:
    """Say why this place must not be compared, where it must not."""
    if len(scope.told) < places.MANY:
        is_alone = any(r.region_code == region.region_code for r in scope.told)
        return book.t("region.apart.alone" if is_alone else "region.apart.few")
    if places.hides(region):
        return book.t("region.apart.hidden")
    return None if all(places.is_complete(r.participants) for r in scope.told) else book.t("region.apart.coverage")


def training_table(sheet: Sheet, region: shapes.RegionDetail) -> Table | None:
    """Lay out the trainings held here, whoever took part."""
    if not region.venue_batch_ids:
        return None
    batches = (sheet.api.batches[b] for b in region.venue_batch_ids)
    heads = ("column.batch", "column.date", ("region.trainings.participants", "unit.people"), "column.programme")
    rows = (
        parts.batch_row(sheet, b.batch_id, sheet.days(b), people_cell(sheet, b), sheet.programme_name(b.programme_id))
        for b in batches
    )
    return sheet.table("pelatihan-tabel", "region.trainings", heads, rows, name=sheet.say(region.name))


def offers(sheet: Sheet, region: shapes.RegionDetail) -> list[tuple[str, str, Claim]]:
    """Give targets, quotas, places and money for this place: what they are, their unit (money has its own), and who
    says it."""
    offered: list[shapes.Target | shapes.Budget] = [*region.targets, *region.budgets]
    return [
        (
            sheet.t(f"region.offer.{item.kind}", programme=sheet.programme_name(item.programme_id), year=item.year),
            "" if isinstance(item, shapes.Budget) else sheet.unit(item.stated_unit),
            claim(sheet, item),
        )
        for item in sorted(offered, key=lambda item: (item.year, item.kind, item.source_id))
    ]


def codes(book: Book, region: shapes.RegionDetail) -> list[parts.Pair]:
    both = {"kemendagri": region.region_code, "bps": region.bps_code}
    return [parts.Pair(label=book.t(f"region.code.{system}"), text=code) for system, code in both.items()]


def collision(book: Book, region: shapes.RegionDetail) -> str | None:
    """Warn where the code without its dot is another place's code in the other system."""
    bare = region.region_code.replace(".", "")
    if bare == region.bps_code:
        return None
    other = next((book.say(r.name) for r in book.api.regions.values() if r.bps_code == bare), "")
    codes = {"code": region.region_code, "bare": bare, "bps": region.bps_code}
    key = "region.collision.taken" if other else "region.collision.free"
    return book.t(key, name=book.say(region.name), other=other, **codes)


def people(sheet: Sheet, region: shapes.RegionDetail) -> list[parts.Pair]:
    if region.population is None:
        return []
    area = region.area_km2
    square = "" if area is None else sheet.figure(region, "area_km2", sheet.exact(area))
    facts = {
        "column.population": sheet.phrase("region.population", value=sheet.whole(region, "population")),
        "region.period": formats.capital(places.half_year(sheet, region.population_period or "")),
        "region.area": sheet.phrase("region.area.value", value=square),
        "column.source": sheet.source_link(region.population_source_id),
    }
    if region.ikn_territory:
        facts["region.ikn"] = sheet.t(f"region.ikn.{region.ikn_territory}")
    return [parts.Pair(label=sheet.t(key), text=text) for key, text in facts.items()]


def context_table(sheet: Sheet, region: shapes.RegionDetail) -> Table | None:
    """Lay out what sources say of the workforce of this place, oldest first within each measure."""
    if not region.context:
        return None
    heads = ("column.measure", "column.period", ("column.value",), "dictionary.column.unit", "column.source")
    rows = (
        parts.context_row(
            c,
            ": ".join([sheet.name("context_measures", c.measure), *sheet.levels(c.qualification_level)]),
            sheet.day(c.period),
            stated_cell(sheet, c) if is_change(c) and c.value is not None else sheet.cell(c),  # with its sign
            sheet.unit(c.unit),
            sheet.source_link(c.source_id),
        )
        for c in sorted(region.context, key=lambda c: (c.measure, c.period))
    )
    return sheet.table("tenaga-kerja-tabel", "region.context", heads, rows, name=sheet.say(region.name))


def missing(sheet: Sheet, scope: Scope, region: shapes.RegionDetail) -> list[Markup]:
    """Say what nobody has published about this place, and what is hidden."""
    told, name, count = [], sheet.say(region.name), region.participants
    silent = count.batches - count.batches_with_figure
    if places.hides(region):
        told.append(sheet.phrase("region.missing.hidden", privacy=sheet.href("privasi/")))
    elif silent and region.region_code != scope.home:
        key = "region.missing.batches" if count.batches_with_figure else "region.missing.every"
        told.append(sheet.phrase(key, coverage=places.coverage(sheet, count), name=name))
    for stage in ("kompeten", "skk_terbit"):
        if any(t.stage == stage and t.status == "unknown" for t in region.totals):
            told.append(sheet.phrase(f"region.missing.{stage}", name=name))
    if region.region_code == scope.home:
        told.append(sheet.phrase("region.missing.province", regions=sheet.href(places.PATH)))
    told += [
        sheet.phrase("region.missing.searched", subject=sheet.say(s.subject), date=sheet.date(s.searched_on))
        for s in region.searches
        if s.result == "none"
    ]
    return told


def known(sheet: Sheet, region: shapes.RegionDetail) -> list[Markup]:
    """Say in short lines what is known for a resident of a place without a figure, each with the way to it."""
    counts = {
        "pelatihan": ("trainings", len(region.venue_batch_ids)),
        "program": ("programmes", len(region.programme_ids)),
        "offers": ("offers", len(region.targets) + len(region.budgets)),
        "tenaga-kerja": ("context", len(region.context)),
    }
    told = [
        sheet.phrase(f"region.known.{key}", count=count, href=Markup("#") + place)
        for place, (key, count) in counts.items()
        if count
    ]
    return [*told, sheet.phrase("region.known.request", href="#minta", citizens=sheet.href("warga/"))]


def asked(book: Book, region: shapes.RegionDetail) -> str:
    """Write the request for the figures of a place that no source states."""
    name, programme = book.say(region.name), book.say(book.api.main.name)
    return parts.request(book, [book.t(f"region.ask.{key}", name=name, programme=programme) for key in ASKED])


ASKED = ("participants", "results", "trainings")
"""What is asked for where a place has no figure."""


def kit(sheet: Sheet, scope: Scope, region: shapes.RegionDetail) -> parts.Reuse | None:
    """Make the reuse kit of the page's figure, where there is one."""
    count, rate, base = region.participants, region.participants.rate, ""
    if count.status not in PRINTED:
        return None
    if rate and rate.status in PRINTED:
        figures = {"rate": sheet.rate_text(rate), "population": sheet.number(rate.denominator or 0)}
        base = sheet.t("region.kit.base", **figures)
    fact = replace(fact_of(sheet, scope, region, count, what=sheet.t("region.kit.what")), base=base)
    return parts.reuse_kit(sheet, fact, count, title=f"{fact.what}, {fact.where}")


def fact_of(book: Book, scope: Scope, region: shapes.RegionDetail, count: shapes.PlaceTotal, *, what: str) -> Fact:
    """Give a count of people who live here with its caveat, ready to be quoted."""
    kind = ".complete" if places.is_complete(count) else ".hidden" if places.hides(region) else ""
    return Fact(
        what=what,
        where=book.say(region.name),
        when=book.t("region.kit.when", date=book.date(book.imprint.data_through)),
        figure=f"{book.count_text(count)} {book.t('unit.people')}",
        caveat=book.t(f"region.kit.caveat{kind}", coverage=places.coverage(book, count).striptags()),
        source=places.publishers(book, scope, [region]),
    )


def share(book: Book, region: shapes.RegionDetail) -> Share:
    count = region.participants
    return share_of(
        book,
        title=book.t("region.share.title", name=book.say(region.name)),
        figure=book.count_text(count),
        unit=book.t("unit.people") if count.status in PRINTED else "",
        base=places.stated_by(book, count).striptags(),
    )
