"""Elsewhere: what sources say of other provinces and of Indonesia, as a list of claims by subject; never a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from kompeten.api import shapes
from kompeten.ground import formats
from kompeten.ground.vocabulary import KEMENDAGRI, PRINTED, of_system
from kompeten.pages.book import Book, Sheet
from kompeten.pages.disputes import Claim, claim, stated_cell
from kompeten.pages.page import Page, page_of, share_of
from kompeten.pages.releases import history_table
from kompeten.pages.tables import Cell, Column, Table, row

PATH = "banding/"
THEMES = ("prize", "batch", "result", "certified", "share", "register", "firms", "workers", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One subject. own: what is known of our province; tables: areas of one source and one date; claims: the rest."""

    key: str
    title: str
    own: Markup
    own_claims: tuple[tuple[str, str, Claim], ...]
    tables: tuple[Table, ...]
    claims: tuple[tuple[str, str, Claim], ...]


def page(book: Book) -> Page:
    sheet = book.at(PATH)
    rows = book.api.comparisons
    return page_of(
        sheet,
        "elsewhere",
        title=book.t("elsewhere.title"),
        lead=book.t("elsewhere.lead" if rows else "elsewhere.none"),
        history=history_table(sheet, book.api.changed_in("comparisons")),
        choices=choices(sheet),
        themes=[theme(sheet, key, told) for key in THEMES if (told := [c for c in rows if c.theme == key])],
        left_out=[s for s in book.api.searches if s.result == "rejected" and s.search_id.startswith("peringkat")],
        alternates={
            "api/v1/comparisons.json": book.t("alternate.comparisons"),
            "downloads/comparisons.csv": book.t("elsewhere.alternate.csv"),
        },
        share=share_of(book, figure=str(len({c.area_code for c in rows})), unit=book.t("elsewhere.share")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reader may set side by side. source: the page whose table holds the rows; options: label by code."""

    name: Literal["wilayah", "tahap", "tahun"]
    source: str
    table: str
    options: Mapping[str, str]


def choices(sheet: Sheet) -> tuple[Choice, ...]:
    """Give what may be set side by side: regions, batches and years, each from the page that shows all of them."""
    main = sheet.api.main
    places = [r.region_code for r in sheet.api.regions.values() if r.parent_code == main.region_code]
    batches = sorted(sheet.api.batches.values(), key=lambda b: (-b.year, b.programme_id != main.programme_id))
    return (
        Choice(
            name="wilayah",
            source=sheet.href("wilayah/"),
            table="semua-wilayah-tabel",
            options={code: sheet.region(code) for code in places},
        ),
        Choice(
            name="tahap",
            source=sheet.href("tahap/"),
            table="tabel-",
            options={b.batch_id: sheet.say(b.name) for b in batches},
        ),
        Choice(
            name="tahun",
            source=sheet.href(f"program/{main.programme_id}/"),
            table="tahun",
            options={str(y.year): str(y.year) for y in reversed(main.years)},
        ),
    )


def theme(sheet: Sheet, key: str, rows: list[shapes.Comparison]) -> Theme:
    """Lay out one subject: what one source counts at one date as a table, every other statement by itself."""
    sets: dict[tuple[str, str, str], list[shapes.Comparison]] = {}
    for c in rows:
        sets.setdefault((c.measure, c.source_id, c.period), []).append(c)
    together = [beside for beside in sets.values() if len({c.area_code for c in beside}) > 2]
    shown = {c.comparison_id for beside in together for c in beside}
    links = {name: sheet.href(path) for name, path in LINKS.items()}
    return Theme(
        key=key,
        title=sheet.t(f"elsewhere.theme.{key}"),
        own=sheet.phrase(f"elsewhere.own.{key}", **links),
        own_claims=tuple(given(sheet)) if key == "prize" else (),
        tables=tuple(side_by_side(sheet, beside) for beside in together),
        claims=tuple(said(sheet, c) for c in in_order(rows) if c.comparison_id not in shown),
    )


LINKS = {"workforce": "tenaga-kerja/", "programme": "program/", "searches": "tidak-ditemukan/"}


def in_order(rows: Iterable[shapes.Comparison]) -> list[shapes.Comparison]:
    """Order by area and time: never by size."""
    return sorted(rows, key=lambda c: (c.area_code, c.period, c.measure, c.comparison_id))


def given(sheet: Sheet) -> Iterator[tuple[str, str, Claim]]:
    """Give the places that our own programme got from somebody else."""
    for target in sheet.api.programme[sheet.api.main.programme_id].targets:
        if target.kind == "allocation":
            place = sheet.region(target.region_code)
            yield f"{place}, {target.year}", sheet.unit(target.stated_unit), claim(sheet, target)


def said(sheet: Sheet, c: shapes.Comparison) -> tuple[str, str, Claim]:
    """Give one statement: of what, unit, and who says it."""
    measure = formats.small(sheet.name("context_measures", c.measure))
    parts = [sheet.name("areas", c.area_code), sheet.date(c.period), measure]
    parts += [level.lower() for level in sheet.levels(c.qualification_level)]
    if c.detail:
        parts.append(sheet.say(c.detail))
    if c.counted_by not in (None, "_U"):
        parts.append(sheet.t("elsewhere.counted", who=sheet.name("counters", c.counted_by or "")))
    return ", ".join(parts), sheet.unit(c.unit), claim(sheet, c)


def side_by_side(sheet: Sheet, rows: list[shapes.Comparison]) -> Table:
    """Lay out the areas that one source counts at one date, by code; our province too where the source has it."""
    first = rows[0]
    name, count = sheet.name("context_measures", first.measure), (first.measure, first.source_id, first.period)
    own = [c for c in sheet.api.context if (c.measure, c.source_id, c.period) == count and c.status in PRINTED]
    areas: list[tuple[str, str, Cell, bool]] = [
        *((c.region_code, sheet.region(c.region_code), stated_cell(sheet, c), True) for c in own),
        *((c.area_code, sheet.name("areas", c.area_code), stated_cell(sheet, c), False) for c in rows),
    ]
    return Table(
        id=f"banding-{first.comparison_id}",
        caption=f"{name}, {sheet.date(first.period)}",
        subtitle=sheet.t("elsewhere.one_source"),
        columns=(sheet.column("elsewhere.column.area"), Column(label=name, unit=sheet.unit(first.unit))),
        rows=tuple(
            row(label, cell, is_total=is_own, code=of_system(code, KEMENDAGRI), year=first.period[:4])
            for code, label, cell, is_own in sorted(areas, key=lambda area: area[:2])
        ),
        source=sheet.source_link(first.source_id),
        notes=(sheet.say(first.note),) if first.note else (),
    )
