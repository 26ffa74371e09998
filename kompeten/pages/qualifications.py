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
from kompeten.pages.pictures import counted_picture
from kompeten.pages.tables import Cell, Column, Table, row

PATH = "kualifikasi/"
LEVELS, FIELD = "qualification_level", "classification"
FULL = 0.7
"""A cross table is drawn where at least this share of its cells has a count; otherwise a list is easier to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counts of one kind of code, in order of the code list. found: by stage, batch and code."""

    codelist: str
    rows: tuple[shapes.QualificationCount, ...]
    found: Mapping[tuple[str, str, str], shapes.QualificationCount]

    @property
    def stages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.stage for r in self.rows))

    def codes(self, stage: str) -> tuple[str, ...]:
        codes = dict.fromkeys(r.code for r in self.rows if r.stage == stage)
        return tuple(sorted(codes, key=lambda code: code == "_U"))

    def batches(self, stage: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.batch_id for r in self.rows if r.stage == stage))

    def find(self, stage: str, batch_id: str, code: str) -> shapes.QualificationCount | None:
        return self.found.get((stage, batch_id, code))

    @property
    def is_full(self) -> bool:
        """Say whether batches and codes make a table without many holes."""
        cells = sum(len(self.codes(s)) * len(self.batches(s)) for s in self.stages)
        return bool(cells) and len(self.rows) / cells >= FULL


def counts(book: Book, dimension: str, codelist: str) -> Counts:
    rows = tuple(r for r in book.api.qualifications if r.dimension == dimension)
    found = {(str(r.stage), r.batch_id, r.code): r for r in reversed(rows)}
    return Counts(codelist=codelist, rows=rows, found=found)


def page(book: Book) -> Page:
    sheet = book.at(PATH)
    levels = counts(book, LEVELS, "qualification_levels")
    told = {r.code for r in levels.rows if r.status in PRINTED and r.code != "_U"}
    batches, title = {r.batch_id for r in levels.rows}, book.t("qualification.title")
    return page_of(
        sheet,
        "qualifications",
        title=title,
        description=book.t(
            "qualification.description", batches=book.number(len(batches)), groups=book.number(len(told))
        ),
        lead=book.t("qualification.lead"),
        opening=opening(sheet, levels),
        levels=level_table(sheet),
        validity=citizens.told(sheet, "validity"),
        by_level=count_tables(sheet, levels, "jenjang"),
        by_class=count_tables(sheet, counts(book, FIELD, "classifications"), "klasifikasi"),
        classes=class_table(sheet),
        positions=position_table(sheet),
        alternates={
            "api/v1/qualifications.json": book.t("qualification.alternate"),
            "downloads/observations.csv": book.t("alternate.observations"),
        },
        share=share_of(book, title=title, figure="1–9", unit=book.t("qualification.share.unit")),
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
    key = "all" if not silent else "none" if all(not stated[c.code] for c in codes if c.code.isdigit()) else "some"
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
        columns=(
            sheet.column("qualification.column.jenjang"),
            Column(label=sheet.t("column.figure"), unit=sheet.t("unit.batches")),
        ),
        counts={
            sheet.say(c.name): (
                c.code,
                len(stated[c.code]),
                tuple(dict.fromkeys(filter(None, stated[c.code].values()))),
            )
            for c in codes
        },
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
    return Table(
        id="jenjang-tabel",
        caption=sheet.t("qualification.levels.caption"),
        subtitle=sheet.t("qualification.levels.subtitle"),
        columns=tuple(sheet.column(f"qualification.column.{name}") for name in ("level", "group", "trains")),
        rows=tuple(rows),
        source=sheet.source_link("perpres-8-2012"),
    )


def count_tables(sheet: Sheet, found: Counts, slug: str) -> tuple[Table, ...]:
    """Lay out published counts: a cross table for each stage where that has few holes, otherwise one list."""
    if not found.rows:
        return crossed(sheet, slug) if slug == "klasifikasi" else ()
    if found.is_full:
        return tuple(_cross(sheet, found, stage, slug) for stage in found.stages)
    return (_list(sheet, found, slug),)


def crossed(sheet: Sheet, slug: str) -> tuple[Table, ...]:
    """List what sources state of a field of work together with something else, such as a level."""
    rows = [o for o in sheet.api.observations if getattr(o, FIELD) not in ("_T", "_U") and o.value is not None]
    if not rows:
        return ()
    return (
        Table(
            id=f"{slug}-angka-tabel",
            caption=sheet.t(f"qualification.list.{slug}"),
            subtitle=sheet.t("qualification.counts.subtitle"),
            columns=sheet.columns("column.batch", ("column.value",), "qualification.column.stage", "column.source"),
            rows=tuple(
                batch_row(sheet, o.batch_id, sheet.cell(o), what_of(sheet, o), sheet.source_link(o.source_id))
                for o in rows
            ),
        ),
    )


def _cross(sheet: Sheet, found: Counts, stage: str, slug: str) -> Table:
    codes = found.codes(stage)
    return Table(
        id=f"{slug}-{stage.replace('_', '-')}-tabel",
        caption=sheet.t(f"qualification.cross.{slug}", stage=sheet.name("stages", stage)),
        subtitle=sheet.t("qualification.counts.subtitle"),
        columns=(
            sheet.column("column.batch"),
            *(
                Column(
                    label=sheet.name(found.codelist, c),
                    unit=c if found.codelist == "classifications" and not c.startswith("_") else None,
                )
                for c in codes
            ),
        ),
        rows=tuple(
            batch_row(sheet, batch_id, *(sheet.cell(found.find(stage, batch_id, code)) for code in codes))
            for batch_id in found.batches(stage)
        ),
    )


def _list(sheet: Sheet, found: Counts, slug: str) -> Table:
    rows = sorted(found.rows, key=lambda r: list(sheet.api.batches).index(r.batch_id))
    whole = [sheet.t("qualification.note.whole")] if any(r.whole_batch for r in rows) else []
    marks = [mark for mark in dict.fromkeys(_mark(sheet, r) for r in rows) if mark]
    marked = {mark: number for number, mark in enumerate(marks, start=len(whole) + 1)}
    return Table(
        id=f"{slug}-angka-tabel",
        caption=sheet.t(f"qualification.list.{slug}"),
        subtitle=sheet.t("qualification.counts.subtitle"),
        columns=sheet.columns(
            "column.batch",
            ("column.value",),
            f"qualification.column.{slug}",
            "qualification.column.stage",
            "column.source",
        ),
        rows=tuple(
            batch_row(
                sheet,
                r.batch_id,
                sheet.cell(r, note=marked.get(_mark(sheet, r))),
                Cell(text=sheet.name(found.codelist, r.code), note=1 if r.whole_batch else None),
                f"{sheet.name('stages', r.stage)} ({sheet.counted(r.stage, r)})",
                sheet.source_link(r.source_id),
            )
            for r in rows
        ),
        notes=(*whole, *marks),
    )


def _mark(book: Book, count: shapes.QualificationCount) -> str:
    """Say why a count is not calculated with; nothing where nothing speaks against it."""
    cell = (count.batch_id, count.stage, count.source_id, count.code)
    for stated in book.api.observations:
        of_cell = (stated.batch_id, stated.stage, stated.source_id, getattr(stated, count.dimension)) == cell
        if of_cell and stated.mark:
            mark = book.api.codes["marks"][stated.mark]
            return f"{book.say(mark.name)}. {book.say(mark.definition)}"
    return ""


def class_table(sheet: Sheet) -> Table:
    """Lay out all classifications, each followed by its subclassifications, with their codes."""
    codes = [c for c in sheet.api.codes["classifications"].values() if not c.code.startswith("_")]
    heads = [c for c in codes if c.parent_code == "_T"]
    ordered = [c for head in heads for c in (head, *(part for part in codes if part.parent_code == head.code))]
    return Table(
        id="daftar-klasifikasi-tabel",
        caption=sheet.t("qualification.classes.caption"),
        subtitle=sheet.t(
            "qualification.classes.subtitle",
            heads=sheet.number(len(heads)),
            parts=sheet.number(len(codes) - len(heads)),
        ),
        columns=sheet.columns("qualification.column.code", "qualification.column.klasifikasi"),
        rows=tuple(row(c.code, sheet.say(c.name), is_total=c in heads) for c in ordered),
        source=sheet.source_link("sk-djbk-114-2024"),
    )


def position_table(sheet: Sheet) -> Table:
    """Lay out the positions for fresh graduates; their names are Indonesian by decree."""
    return Table(
        id="jabatan-tabel",
        caption=sheet.t("qualification.positions.caption"),
        subtitle=sheet.t("qualification.positions.subtitle"),
        columns=sheet.columns(
            "qualification.column.code", "qualification.column.position", "qualification.column.subklasifikasi"
        ),
        rows=tuple(
            row(p.code, sheet.say(p.name), sheet.name("classifications", p.parent_code or ""))
            for p in sheet.api.codes["positions"].values()
        ),
        source=sheet.source_link("sk-djbk-114-2024"),
    )
