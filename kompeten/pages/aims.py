"""What a programme aims at: targets beside what was achieved, plans of its place, and the money for it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from kompeten.api import shapes
from kompeten.pages.book import Book, Sheet
from kompeten.pages.breakdowns import part_cell
from kompeten.pages.disputes import Claim, answers, note_number, noted, notes_of, stated_cell
from kompeten.pages.parts import Picture
from kompeten.pages.pictures import named, target_picture
from kompeten.pages.tables import Cell, Column, Table, row


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One target in words and, where something was achieved, as a picture."""

    title: str
    sentence: str
    picture: Picture | None
    replies: tuple[Claim, ...]


MINISTRY = "kementerian"
"""The speaker whose plans for the province are not the province's own."""


def plans(book: Book, programme: shapes.ProgrammeDetail) -> list[shapes.Plan]:
    """Give the plans of the place of a programme, each on one page.

    The province's own stand with the main programme; what the ministry plans or needs there, with the programme to
    which the ministry sets targets.
    """
    here = [p for p in book.api.plans if p.region_code == programme.region_code]
    if programme.region_code != book.api.main.region_code:
        return here
    main = book.api.main.programme_id
    aimed = (p.programme_id for p in book.api.programme.values() if any(t.speaker == MINISTRY for t in p.targets))
    of_ministry = next(aimed, main)
    return [p for p in here if programme.programme_id == (of_ministry if p.speaker == MINISTRY else main)]


def aim(sheet: Sheet, progress: shapes.Progress) -> Aim:
    """Lay out one target against what was achieved."""
    return Aim(
        title=target_name(sheet, progress.target),
        sentence=sheet.say(progress.sentence),
        picture=target_picture(sheet, progress) if progress.achieved.value is not None else None,
        replies=answers(sheet, progress.replies),
    )


def target_name(book: Book, target: shapes.Target) -> str:
    """Name a target: kind, year, unit, and the levels it is for."""
    from_ministry = target.kind == "allocation" and target.funding_source.startswith("apbn")
    kind = "ministry" if from_ministry else target.kind
    text = book.t(f"programme.target.{kind}", year=target.year, unit=book.aimed(target))
    level, programme = target.qualification_level, book.api.programmes[target.programme_id]
    parts = [text] if level == "_T" else [text, book.name("qualification_levels", level)]
    if target.region_code != programme.region_code:
        parts.append(book.region(target.region_code))
    return ", ".join(parts)


def targets_table(sheet: Sheet, programme: shapes.ProgrammeDetail) -> Table | None:
    """Lay out targets, quotas and allocations with their sources; None where there are none."""
    targets = programme.targets
    if not targets:
        return None
    heads = ("programme.column.target", ("column.figure",), "column.source", "programme.column.funding")
    rows = (
        row(
            target_name(sheet, t),
            stated_cell(sheet, t, note=note_number(targets, t)),
            *stated_cells(sheet, t),
            code=t.target_id,
            year=t.year,
        )
        for t in targets
    )
    return sheet.table("target", "programme.targets", heads, rows, notes=notes_of(sheet, targets))


def stated_cells(sheet: Sheet, row: shapes.Target | shapes.Budget) -> tuple[Cell, Cell]:
    """Give source with its date, and payer, of a target or a budget."""
    said_by, as_of = sheet.source_link(row.source_id), row.as_of
    if as_of:
        said_by += Markup(", {}").format(sheet.date(as_of))
    return Cell(text=said_by), Cell(text=sheet.name("funding_sources", row.funding_source))


def budgets_table(sheet: Sheet, programme: shapes.ProgrammeDetail) -> Table | None:
    """Lay out budgets, and the money for each planned place with the two figures it comes from."""
    if not programme.budgets:
        return None
    heads = (
        "programme.column.budget",
        ("programme.column.amount",),
        Column(label=sheet.t("programme.column.places"), unit=sheet.unit("peserta")),
        ("programme.column.each", "programme.column.each.unit"),
        "column.source",
    )
    rows = (
        row(
            sheet.t(f"programme.budget.{b.kind}", year=b.year),
            stated_cell(sheet, b, note=number),
            *each_cells(sheet, b),
            stated_cells(sheet, b)[0],
            code=b.budget_id,
            year=b.year,
        )
        for number, b in enumerate(programme.budgets, start=1)
    )
    notes = (
        f"{sheet.name('funding_sources', b.funding_source)}. {noted(sheet, b) if b.note else ''}".strip()
        for b in programme.budgets
    )
    return sheet.table("anggaran", "programme.budgets", heads, rows, notes=notes)


def each_cells(book: Book, budget: shapes.Budget) -> tuple[Cell, Cell]:
    """Give the planned places and the budget for each of them; not applicable where no places are named."""
    rate = budget.rate
    if not rate:
        return (book.blank("not_applicable"),) * 2
    aims = (t for p in book.api.programme.values() for t in p.targets if t.target_id == budget.target_id)
    places = tuple(t.source_id for t in aims)
    both = named((budget.source_id, *places))
    return part_cell(book, rate, "denominator", places), book.rate_cell(rate, source_ids=both)
