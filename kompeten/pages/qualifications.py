"""Qualifications: nine levels, who trains which, counts by level and by classification, positions, validity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kompeten.api import ROOT, shapes
from kompeten.ground import formats
from kompeten.ground.vocabulary import PRINTED
from kompeten.pages import citizens
from kompeten.pages.batches import what_of
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Page, page_of, share_of
from kompeten.pages.parts import TITLE_WORDS, Picture, batch_row
from kompeten.pages.pictures import Counted, counted_picture, named
from kompeten.pages.tables import Cell, Column, Table, row

PATH = "kualifikasi/"
LEVELS, FIELD = "qualification_level", "classification"
FULL = 0.7
"""A cross table is drawn where at least this share of its cells has a count; otherwise a list is easier to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counts of one kind of code, in order of the code list. by_cell: by stage, batch and code."""

    codelist: str
    rows: tuple[shapes.QualificationCount, ...]
    by_cell: Mapping[tuple[str, str, str], shapes.QualificationCount]

    @property
    def stages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.stage for r in self.rows))

    def codes(self, stage: str) -> tuple[str, ...]:
        codes = dict.fromkeys(r.code for r in self.rows if r.stage == stage)
        return tuple(sorted(codes, key=lambda code: code == "_U"))

    def batches(self, stage: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.batch_id for r in self.rows if r.stage == stage))

    @property
    def is_full(self) -> bool:
        """Say whether batches and codes make a table without many holes."""
        cells = sum(len(self.codes(s)) * len(self.batches(s)) for s in self.stages)
        return bool(cells) and len(self.rows) / cells >= FULL


def counts(book: Book, dimension: str, codelist: str) -> Counts:
    rows = tuple(r for r in book.api.qualifications if r.dimension == dimension)
    by_cell = {(str(r.stage), r.batch_id, r.code): r for r in reversed(rows)}
    return Counts(codelist=codelist, rows=rows, by_cell=by_cell)


def page(book: Book) -> Page:
    sheet = book.at(PATH)
    levels = counts(book, LEVELS, "qualification_levels")
    told = {r.code for r in levels.rows if r.status in PRINTED and r.code != "_U"}
    batches, groups = (book.number(len(each)) for each in ({r.batch_id for r in levels.rows}, told))
    return page_of(
        sheet,
        "qualifications",
        title=book.t("qualification.title"),
        description=book.t("qualification.description", batches=batches, groups=groups),
        lead=book.t("qualification.lead"),
        opening=opening(sheet, levels),
        levels=level_table(sheet),
        validity=citizens.facts_of(book, "validity"),
        by_level=count_tables(sheet, levels, "jenjang"),
        by_class=count_tables(sheet, counts(book, FIELD, "classifications"), "klasifikasi"),
        classes=class_table(sheet),
        positions=position_table(sheet),
        alternates={
            "api/v1/qualifications.json": book.t("qualification.alternate"),
            "downloads/observations.csv": book.t("alternate.observations"),
        },
        share=share_of(book, figure="1–9", unit=book.t("qualification.share.unit")),
    )


def opening(sheet: Sheet, levels: Counts) -> Picture | None:
    """Draw of how many batches each level, or only its group, has a figure; None where no source names a level.

    A hidden count is a figure that its source has.
    """
    known = [r for r in levels.rows if r.status != "unknown" and r.code != "_U"]
    if not known:
        return None
    codes = [c for c in sheet.api.codes["qualification_levels"].values() if not c.code.startswith("_")]
    stated = {c.code: {r.batch_id: r.source_id for r in known if r.code == c.code} for c in codes}
    silent = [c.code for c in codes if c.code.isdigit() and not stated[c.code]]
    batches = [sheet.api.batches[b] for b in dict.fromkeys(r.batch_id for r in known)]
    key = "all" if not silent else "none" if len(silent) == sum(c.code.isdigit() for c in codes) else "some"
    figures = {
        "known": sheet.number(len(batches)),
        "all": sheet.number(len(sheet.api.batches)),
        "silent": formats.listing(sorted(silent), sheet.language),
    }
    told = sheet.t(f"qualification.story.{key}", **figures)
    return counted_picture(
        sheet,
        slug="jenjang-tahap",
        title=told if len(told.split()) <= TITLE_WORDS else sheet.t("qualification.story.all", **figures),
        subtitle=sheet.t("qualification.story.subtitle"),
        heads=("qualification.column.jenjang", ("column.figure", "unit.batches")),
        counts=[
            Counted(
                label=sheet.say(c.name),
                code=c.code,
                count=len(stated[c.code]),
                source_ids=named(stated[c.code].values()),
            )
            for c in codes
        ],
        whole=len(sheet.api.batches),
        years=[b.year for b in batches],
        data=f"{ROOT}qualifications.json",
    )


def level_table(sheet: Sheet) -> Table:
    """Lay out the nine levels, highest first, with their group and who trains them."""
    codes = sheet.api.codes["qualification_levels"]
    rows = []
    for level in (c for c in codes.values() if c.code.isdigit()):
        group = codes[level.parent_code or ""]
        top = "ahli" if group.code == "ahli" else "teknisi_operator"
        rows.append(row(sheet.say(level.name), sheet.say(group.name), sheet.t(f"qualification.trains.{top}")))
    heads = (f"qualification.column.{name}" for name in ("level", "group", "trains"))
    source = sheet.source_link("perpres-8-2012")
    return sheet.table("jenjang-tabel", "qualification.levels", heads, rows, source=source)


def count_tables(sheet: Sheet, counts: Counts, slug: str) -> tuple[Table, ...]:
    """Lay out published counts: a cross table for each stage where that has few holes, otherwise one list."""
    if not counts.rows:
        return crossed(sheet) if counts.codelist == "classifications" else ()
    if counts.is_full:
        return tuple(_cross(sheet, counts, stage, slug) for stage in counts.stages)
    return (_list(sheet, counts, slug),)


def crossed(sheet: Sheet) -> tuple[Table, ...]:
    """List what sources state of a field of work together with something else, such as a level."""
    stated = [o for o in sheet.api.observations if getattr(o, FIELD) not in ("_T", "_U") and o.value is not None]
    heads = ("column.batch", ("column.value",), "qualification.column.stage", "column.source")
    rows = (
        batch_row(sheet, o.batch_id, sheet.cell(o), what_of(sheet, o), sheet.source_link(o.source_id)) for o in stated
    )
    caption, subtitle = sheet.t("qualification.list.klasifikasi"), sheet.t("qualification.counts.subtitle")
    return (sheet.titled("klasifikasi-angka-tabel", caption, heads, rows, subtitle=subtitle),) if stated else ()


def _cross(sheet: Sheet, counts: Counts, stage: str, slug: str) -> Table:
    codes = counts.codes(stage)
    has_codes = counts.codelist == "classifications"
    columns = (
        Column(label=sheet.name(counts.codelist, c), unit=c if has_codes and not c.startswith("_") else None)
        for c in codes
    )
    rows = (
        batch_row(sheet, batch_id, *(sheet.cell(counts.by_cell.get((stage, batch_id, code))) for code in codes))
        for batch_id in counts.batches(stage)
    )
    return sheet.titled(
        f"{slug}-{stage.replace('_', '-')}-tabel",
        sheet.t(f"qualification.cross.{slug}", stage=sheet.name("stages", stage)),
        ["column.batch", *columns],
        rows,
        subtitle=sheet.t("qualification.counts.subtitle"),
    )


def _list(sheet: Sheet, counts: Counts, slug: str) -> Table:
    ordered = sorted(counts.rows, key=lambda r: list(sheet.api.batches).index(r.batch_id))
    whole = [sheet.t("qualification.note.whole")] if any(r.whole_batch for r in ordered) else []
    marks = [mark for mark in dict.fromkeys(_mark(sheet, r) for r in ordered) if mark]
    marked = {mark: number for number, mark in enumerate(marks, start=len(whole) + 1)}
    kind = f"qualification.column.{slug}"
    heads = ("column.batch", ("column.value",), kind, "qualification.column.stage", "column.source")
    rows = (
        batch_row(
            sheet,
            r.batch_id,
            sheet.cell(r, note=marked.get(_mark(sheet, r))),
            Cell(text=sheet.name(counts.codelist, r.code), note=1 if r.whole_batch else None),
            f"{sheet.name('stages', r.stage)} ({sheet.counted(r.stage, r)})",
            sheet.source_link(r.source_id),
        )
        for r in ordered
    )
    caption, subtitle = sheet.t(f"qualification.list.{slug}"), sheet.t("qualification.counts.subtitle")
    return sheet.titled(f"{slug}-angka-tabel", caption, heads, rows, subtitle=subtitle, notes=(*whole, *marks))


def _mark(book: Book, count: shapes.QualificationCount) -> str:
    """Say why a count is not calculated with; nothing where nothing speaks against it."""
    cell = (count.batch_id, count.stage, count.source_id, count.code)
    for o in book.api.observations:
        if o.mark and (o.batch_id, o.stage, o.source_id, getattr(o, count.dimension)) == cell:
            mark = book.api.codes["marks"][o.mark]
            return f"{book.say(mark.name)}. {book.say(mark.definition)}"
    return ""


def class_table(sheet: Sheet) -> Table:
    """Lay out all classifications, each followed by its subclassifications, with their codes."""
    codes = [c for c in sheet.api.codes["classifications"].values() if not c.code.startswith("_")]
    heads = [c for c in codes if c.parent_code == "_T"]
    ordered = [c for head in heads for c in (head, *(part for part in codes if part.parent_code == head.code))]
    return sheet.table(
        "daftar-klasifikasi-tabel",
        "qualification.classes",
        ("qualification.column.code", "qualification.column.klasifikasi"),
        (row(c.code, sheet.say(c.name), is_total=c in heads) for c in ordered),
        source=sheet.source_link("sk-djbk-114-2024"),
        heads=sheet.number(len(heads)),
        parts=sheet.number(len(codes) - len(heads)),
    )


def position_table(sheet: Sheet) -> Table:
    """Lay out the positions for fresh graduates; their names are Indonesian by decree."""
    heads = (f"qualification.column.{name}" for name in ("code", "position", "subklasifikasi"))
    rows = (
        row(p.code, sheet.say(p.name), sheet.name("classifications", p.parent_code or ""))
        for p in sheet.api.codes["positions"].values()
    )
    source = sheet.source_link("sk-djbk-114-2024")
    return sheet.table("jabatan-tabel", "qualification.positions", heads, rows, source=source)
