"""Claims: who said what, and where sources disagree; the workforce as officials quote it; the list of sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from kompeten.pages.book import Book, Sheet
from kompeten.pages.breakdowns import part_cell, rate_cell
from kompeten.pages.disputes import Claim, claim, dispute
from kompeten.pages.node import Node
from kompeten.pages.page import Crumb, Page, Share, render
from kompeten.pages.parts import CSV, JSON
from kompeten.pages.pictures import programme_name
from kompeten.pages.tables import Cell, Column, Row, Table

WORKFORCE = "konteks"
"""The address of the claims about the workforce, which belong to no programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A choice of cells: of one programme, of the workforce, or of one year. key: the page below ``klaim/``."""

    key: str
    label: str


def pages(book: Book, env: Environment) -> Iterator[Page]:
    """Make the page of all claims, and one for each programme and year that has any."""
    conflicts = list(book.doc("conflicts.json"))
    subjects = subjects_of(book, conflicts)
    years = [Filter(key=str(y), label=str(y)) for y in sorted({c["year"].value for c in conflicts}, reverse=True)]
    yield whole(book, env, conflicts, subjects, years)
    for chosen in (*subjects, *years):
        own = [c for c in conflicts if chosen.key in (subject(c), str(c["year"].value))]
        yield part(book, env, chosen, own, subjects, years)


def subject(conflict: Node) -> str:
    """Say what a disputed cell is about: a programme, or the workforce."""
    return conflict["programme_id"].value or WORKFORCE


def subjects_of(book: Book, conflicts: list[Node]) -> list[Filter]:
    """Give the programmes with disputed cells in their own order, then the workforce."""
    found = {subject(c) for c in conflicts}
    own = [p for p in book.doc("programmes.json") if p["programme_id"].value in found]
    filters = [Filter(key=p["programme_id"].value, label=book.say(p["name"])) for p in own]
    return filters + [Filter(key=WORKFORCE, label=book.t("claim.workforce"))] * (WORKFORCE in found)


def links(sheet: Sheet, filters: list[Filter], current: str | None) -> list[dict[str, Any]]:
    """Give the choices as links, that of everything first."""
    every = Filter(key="", label=sheet.book.t("claim.all"))
    return [
        {
            "label": f.label,
            "href": sheet.href(f"klaim/{f.key}/" if f.key else "klaim/"),
            "is_current": f.key == (current or ""),
        }
        for f in (every, *filters)
    ]


# --- everything -------------------------------------------------------------------------------------------------------


def whole(book: Book, env: Environment, conflicts: list[Node], subjects: list[Filter], years: list[Filter]) -> Page:
    """Make the page of all claims."""
    sheet = Sheet(book=book, path="klaim/")
    disputes = [dispute(sheet, c) for c in conflicts]
    lead = book.t("claim.lead" if conflicts else "claim.lead.none", count=len(conflicts))
    context = {
        "sheet": sheet,
        "lead": lead,
        "by_subject": links(sheet, subjects, None),
        "by_year": links(sheet, years, None),
        "disputes": disputes,
        "targets": two_units(sheet),
        "workforce": workforce_table(sheet),
        "context": context_claims(sheet),
        "sources": sources(sheet),
    }
    return Page(
        language=book.language,
        path=sheet.path,
        title=book.t("claim.title"),
        description=lead,
        body=render(env, "claims", **context),
        alternates=(
            (JSON, "api/v1/conflicts.json", book.t("alternate.conflicts")),
            (JSON, "api/v1/sources.json", book.t("alternate.sources")),
            (JSON, "api/v1/context.json", book.t("alternate.context")),
            (CSV, "downloads/observations.csv", book.t("alternate.observations")),
        ),
        share=share(book, conflicts, book.t("claim.title")),
        pictures=tuple(d.picture for d in disputes),
    )


def part(
    book: Book,
    env: Environment,
    chosen: Filter,
    conflicts: list[Node],
    subjects: list[Filter],
    years: list[Filter],
) -> Page:
    """Make the page of the claims about one programme, the workforce, or one year."""
    sheet = Sheet(book=book, path=f"klaim/{chosen.key}/")
    disputes = [dispute(sheet, c) for c in conflicts]
    title = book.t("claim.part.title", label=chosen.label)
    lead = book.t("claim.part.lead", count=len(conflicts), label=chosen.label)
    context = {
        "sheet": sheet,
        "title": title,
        "lead": lead,
        "by_subject": links(sheet, subjects, chosen.key),
        "by_year": links(sheet, years, chosen.key),
        "disputes": disputes,
    }
    return Page(
        language=book.language,
        path=sheet.path,
        title=title,
        description=lead,
        body=render(env, "claims_part", **context),
        crumbs=(Crumb(label=book.t("claim.title"), path="klaim/"),),
        alternates=((JSON, "api/v1/conflicts.json", book.t("alternate.conflicts")),),
        share=share(book, conflicts, title),
        pictures=tuple(d.picture for d in disputes),
    )


def share(book: Book, conflicts: list[Node], title: str) -> Share:
    """Say what the picture of a page of claims shows."""
    return Share(
        title=title,
        figure=str(len(conflicts)),
        unit=book.t("claim.share.unit"),
        base="",
        source=book.t("share.source", release=book.imprint.release),
    )


# --- the target's two units -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoUnits:
    """A year whose target is stated in participants by one source and in certificates by another."""

    title: str
    text: str
    claims: tuple[tuple[str, Claim], ...]


def two_units(sheet: Sheet) -> list[TwoUnits]:
    """Find the targets of one programme and year that sources state in different units."""
    book = sheet.book
    targets: dict[tuple[str, int], list[Node]] = {}
    for p in book.doc("progress.json"):
        target = p["target"]
        if target["kind"].value == "target" and target["qualification_level"].value == "_T":
            targets.setdefault((target["programme_id"].value, target["year"].value), []).append(target)
    return [
        TwoUnits(
            title=book.t("claim.units.title", programme=programme_name(book, rows[0]), year=year),
            text=book.t("claim.units.text"),
            claims=tuple((book.unit(t["unit"].value), claim(sheet, t)) for t in rows),
        )
        for (_, year), rows in targets.items()
        if len({t["unit"].value for t in rows}) > 1
    ]


# --- the workforce ----------------------------------------------------------------------------------------------------


def workforce_table(sheet: Sheet) -> Table | None:
    """Lay out every report that allows the share not certified, with the two counts it comes from."""
    book = sheet.book
    rows = [c for c in book.doc("context.json") if c["rate"]]
    if not rows:
        return None
    measure = book.doc("measures.json").find(measure_id=rows[0]["rate"]["measure_id"].value)
    return Table(
        id="belum-bersertifikat",
        caption=book.say(measure["name"]),
        subtitle=book.t("claim.workforce.subtitle"),
        columns=(
            Column(label=book.t("claim.column.period"), kind="text"),
            Column(label=book.t("claim.column.not_certified"), unit=book.t("unit.people")),
            Column(label=book.t("claim.column.workers"), unit=book.t("unit.people")),
            Column(label=book.t("claim.column.share")),
            Column(label=book.t("column.source"), kind="text"),
        ),
        rows=tuple(
            Row(
                header=book.date(c["period"].value),
                cells=(
                    part_cell(book, c["rate"], "numerator"),
                    part_cell(book, c["rate"], "denominator"),
                    rate_cell(book, c["rate"], note=None),
                    Cell(text=sheet.source_link(c["source_id"].value)),
                ),
            )
            for c in sorted(rows, key=lambda c: (c["period"].value, c["source_id"].value))
        ),
        notes=(f"{book.say(measure['definition'])} {book.say(measure['caution'])}",),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Everything said of one measure of the workforce."""

    title: str
    definition: str | None
    rows: tuple[tuple[str, str, Claim], ...]


def context_claims(sheet: Sheet) -> list[Group]:
    """Give every statement about the workforce, by what is counted: period and scope, unit, and who says it."""
    book = sheet.book
    measures = book.doc("codelists/context_measures.json")
    rows = [c for c in book.doc("context.json") if c["value"].value is not None]
    return [
        Group(
            title=book.say(m["name"]),
            definition=book.say(m["definition"]) if m["definition"] else None,
            rows=tuple(
                (scope(book, c), book.unit(c["unit"].value), claim(sheet, c))
                for c in sorted(
                    own, key=lambda c: (c["period"].value, c["qualification_level"].value, c["source_id"].value)
                )
            ),
        )
        for m in measures
        if (own := [c for c in rows if c["measure"].value == m["code"].value])
    ]


def scope(book: Book, row: Node) -> str:
    """Say when and of whom a context figure speaks."""
    parts = [book.date(row["period"].value), book.region(row["region_code"].value)]
    if row["qualification_level"].value != "_T":
        parts.append(book.name("qualification_levels", row["qualification_level"].value))
    if row["batch_id"].value:
        parts.append(book.say(book.doc("batches.json").find(batch_id=row["batch_id"].value)["name"]))
    return ", ".join(parts)


# --- sources ----------------------------------------------------------------------------------------------------------


def sources(sheet: Sheet) -> list[dict[str, Any]]:
    """Give every source: its anchor, publisher, title, kind, date, figures, and a link where its address is known."""
    book = sheet.book
    return [
        {
            "id": f"sumber-{s['source_id'].value}",
            "title": linked(book.say(s["title"]), s["url"].value),
            "publisher": s["publisher"].value,
            "kind": book.t(f"source.kind.{s['kind'].value}"),
            "date": book.date(s["published_on"].value) if s["published_on"].value else book.t("claim.source.undated"),
            "figures": book.t("claim.source.figures", count=s["figures"].value) if s["figures"].value else None,
            "no_address": s["url"].value is None,
        }
        for s in book.doc("sources.json")
    ]


def linked(text: str, url: str | None) -> Markup | str:
    """Link a title to its address where there is one."""
    return Markup('<a href="{}">{}</a>').format(url, text) if url else text
