"""The home page: was the target met, of what, on whose word, and what nobody has published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from markupsafe import escape

from kompeten.api import shapes
from kompeten.ground import formats
from kompeten.pages import pictures, workforce
from kompeten.pages.book import Book, Sheet
from kompeten.pages.library import TOTALS, Total, total_of
from kompeten.pages.page import Page, page_of, share_of
from kompeten.pages.parts import Headline, Link, Picture, headline, joined, reuse_kit
from kompeten.pages.programmes import STAGES, key_figure
from kompeten.pages.releases import entry
from kompeten.statistics.sentences import Fact


def page(book: Book) -> Page:
    """Make the home page around the newest participant target of the main programme, or without one."""
    sheet, progress = book.at(""), newest(book)
    told = without_target(sheet) if progress is None else around(sheet, progress)
    return page_of(
        sheet,
        "home",
        title=book.t("site.title"),
        description=book.t("site.description"),
        **told,
        stages=stages(sheet),
        answers=workforce.answer_picture(sheet, workforce.answers(sheet)),
        changes=[replace(entry(sheet, sheet.api.latest), href=sheet.href(f"rilis/{sheet.api.latest.id}/"))],
        questions=questions(sheet),
    )


def without_target(sheet: Sheet) -> Mapping[str, Any]:
    """Tell of a programme of which no target can be compared with what was achieved."""
    owner, key = key_figure(sheet, sheet.api.programme[sheet.api.main.programme_id])
    figure = Headline(
        label=key.what,
        value=sheet.figure(owner, "value", key.figure),
        unit="",
        base=", ".join(filter(None, (key.where, key.when))),
        source=escape(key.source),
        status=getattr(owner, "status", "released"),
    )
    return {
        "heading": sheet.t("home.title.none"),
        "lead": sheet.t("site.description"),
        "year": sheet.imprint.data_through[:4],
        "figures": [figure],
        "picture": None,
        "kit": reuse_kit(sheet, key, owner, title=key.what),
        "missing": [sheet.t("missing.progress")],
        "alternates": {"downloads/observations.csv": sheet.t("alternate.observations")},
        "share": share_of(sheet, title=key.what, figure=key.figure, base=key.base),
    }


def around(sheet: Sheet, progress: shapes.Progress) -> Mapping[str, Any]:
    picture, said = pictures.target_picture(sheet, progress), fact(sheet, progress)
    year = next(y for y in sheet.api.main.years if y.year == progress.target.year)
    return {
        "heading": picture.chart.words.title,
        "lead": lead(sheet, progress),
        "year": progress.target.year,
        "figures": figures(sheet, progress, year),
        "picture": picture,
        "kit": reuse_kit(sheet, said, progress.achieved, title=said.what),
        "missing": missing(sheet, year),
        "alternates": {
            sheet.api.path(progress): sheet.t("alternate.progress"),
            "downloads/observations.csv": sheet.t("alternate.observations"),
        },
        "share": share_of(
            sheet,
            title=said.what,
            figure=sheet.count_text(progress.achieved),
            unit=sheet.t("unit.people") if progress.achieved.value is not None else "",
            base=said.base,
            caveat=range_of(sheet, progress.achieved),
        ),
    }


def stages(sheet: Sheet) -> Picture | None:
    """Draw which stages are known of the batches of the main programme; spans of time stand apart.

    None where it has no batch.
    """
    main = sheet.api.programme[sheet.api.main.programme_id]
    batches = [sheet.api.batch[b.batch_id] for b in main.batches if b.kind != "cumulative"]
    return pictures.stages_picture(sheet, batches, main.programme_id) if batches else None


def newest(book: Book) -> shapes.Progress | None:
    """Give the newest target in participants of the main programme that has a figure; None where none has."""
    main = book.api.main.programme_id
    aims = [p for p in book.api.progress if p.target.programme_id == main and p.target.unit == "peserta"]
    return max((p for p in aims if p.achieved.value is not None), key=lambda p: p.target.year, default=None)


def lead(book: Book, progress: shapes.Progress) -> str:
    """Say the target by whose word, what is known to have been achieved, and what is not."""
    leading = book.api.read_as(progress.target)
    if leading is None:
        return book.say(progress.sentence)

    def aim(target: shapes.Target) -> tuple[object, ...]:
        return target.year, target.kind, target.unit, target.value

    said = [t for t in book.api.programme[leading.target.programme_id].targets if aim(t) == aim(leading.target)]
    names = dict.fromkeys(book.name("speakers", t.speaker) for t in said if t.speaker and t.speaker != "_U")
    if not names:
        return book.say(progress.sentence)
    offices = [book.t("home.office", name=name if book.language == "id" else formats.small(name)) for name in names]
    text = book.t(
        "home.lead.disputed",
        speakers=formats.listing(offices, book.language),
        target=pictures.aim_text(book, leading.target),
        sentence=book.say(progress.sentence),
    )
    return formats.capital(text)


def figures(sheet: Sheet, progress: shapes.Progress, year: shapes.Year) -> list[Headline]:
    """Give the headline figures: participants against the target, and how many passed."""
    achieved = progress.achieved
    ids = dict.fromkeys(sheet.api.batches[b].participants.source_id for b in achieved.batches_with_figure)
    participants = Headline(
        label=sheet.t("home.figure.participants"),
        value=sheet.count(achieved),
        unit=sheet.t("unit.people"),
        base="; ".join(filter(None, (range_of(sheet, achieved), base_of(sheet, progress)))),
        source=joined(sheet, map(sheet.source_link, ids)),
        status=achieved.status,
    )
    return [participants, *(total_figure(sheet, year, name) for name in TOTALS[1:])]


def total_figure(sheet: Sheet, year: shapes.Year, name: Total) -> Headline:
    """Give one total of a year, with its kit where it has a figure."""
    total, label = total_of(year, name), sheet.t(f"home.figure.{name}")
    unit = sheet.counted(STAGES[name], total)
    fact = Fact(
        what=label,
        where=sheet.say(sheet.api.main.name),
        when=str(year.year),
        figure=sheet.count_text(total, unit),
        caveat=pictures.achieved_caveat(sheet, total),
    )
    base = sheet.t(f"home.figure.{name}.{total.status}", year=year.year)
    return headline(sheet, label, total, unit=unit, base=base, source=None, fact=fact)


def base_of(book: Book, progress: shapes.Progress) -> str:
    return book.t("home.figure.base", target=pictures.aim_text(book, progress.target))


def range_of(book: Book, achieved: shapes.Achieved) -> str:
    """Say what the largest figures add up to, and which batches are not in it: what a number alone would hide."""
    high, parts = achieved.high_of_known, []
    if high is not None and high != achieved.low:
        parts.append(book.t("home.figure.base.range", high=book.number(high)))
    if missing := [book.short_batch(book.api.batches[b]) for b in achieved.batches_without_figure]:
        parts.append(book.t("home.figure.base.without", batches=formats.listing(missing, book.language)))
    return "; ".join(parts)


def missing(sheet: Sheet, year: shapes.Year) -> list[str]:
    gaps = [name for name in TOTALS[1:] if total_of(year, name).status == "unknown"]
    told = [sheet.t(f"missing.{name}", year=year.year) for name in gaps]
    told += [sheet.t("missing.batch", batch=sheet.batch_name(b)) for b in year.participants.batches_without_figure]
    if not any(r.participants.batches_with_figure > 1 for r in sheet.api.regions.values()):
        told.append(sheet.t("missing.regions"))
    main = sheet.api.main.programme_id
    lacks = [g for g in sheet.api.gaps if g.programme_id == main and g.year in (year.year, None)]
    if sum(g.code == "sex" for g in lacks) == len(year.batch_ids):
        told.append(sheet.t("missing.sex", year=year.year))
    if any(g.kind == "budget" for g in lacks):
        told.append(sheet.t("missing.budget"))
    return told


def questions(sheet: Sheet) -> list[Link]:
    """Lead from what readers ask to where it is answered, or is said not to be known."""
    api, main = sheet.api, sheet.api.programme[sheet.api.main.programme_id]
    tracks = [b.batch_id for b in main.batches if any(d.dimension == "track" for d in api.batch[b.batch_id].breakdowns)]
    paid = [programme_id for programme_id, programme in api.programme.items() if programme.budgets]
    places = {
        "target": f"program/{main.programme_id}/#capaian",
        "passed": "#capaian",
        "places": "wilayah/",
        "compare": "banding/#bandingkan",
        "tracks": f"tahap/{tracks[-1]}/" if tracks else None,
        "levels": "kualifikasi/",
        "cost": f"program/{paid[0]}/" if paid else None,
        "share": "tenaga-kerja/",
        "elsewhere": "banding/",
        "who": "klaim/",
        "joining": "warga/",
        "quoting": "metode/#rilis",
        "open": "tidak-ditemukan/#pertanyaan",
    }
    return [
        Link(href=sheet.href(place) if not place.startswith("#") else place, label=sheet.t(f"question.{name}"))
        for name, place in places.items()
        if place
    ]


def fact(book: Book, progress: shapes.Progress) -> Fact:
    """Give the key figure with its base and its caveats, ready to be quoted."""
    target, achieved = progress.target, progress.achieved
    return Fact(
        what=book.t("share.home", year=progress.target.year),
        where=book.programme_name(target.programme_id),
        when="",
        figure=book.count_text(achieved, book.counted(target.stage, achieved)),
        base=base_of(book, progress),
        caveat=pictures.achieved_caveat(book, achieved),
        source=pictures.publishers(book, pictures.achieved_sources(book, achieved, target.stage)),
    )
