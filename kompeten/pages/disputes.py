"""Cells on which sources disagree: the dots on one axis, what each source says, and why one is used."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from markupsafe import Markup, escape

from kompeten.api import shapes
from kompeten.ground import formats
from kompeten.pages import charts
from kompeten.pages.book import Book, Sheet, is_change
from kompeten.pages.parts import TITLE_WORDS, Picture
from kompeten.pages.tables import Cell, Column, Row, Table, row

Stated = (
    shapes.Statement
    | shapes.Observation
    | shapes.Context
    | shapes.Target
    | shapes.Budget
    | shapes.Comparison
    | shapes.Plan
)
"""What one source says of one thing, whichever document says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says of a cell, ready to be shown. detail: kind of source, date, precision."""

    value: Markup
    source: Markup
    detail: str
    note: str | None
    is_preferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One cell on which sources disagree, ready to be shown.

    summary: what is said, from the smallest to the largest, and what is used. picture: None where it is the unit that
    sources do not agree on. claims: each with its unit, where units differ. why: the heading of the reason.
    """

    id: str
    title: str
    summary: Markup
    picture: Picture | None
    claims: tuple[tuple[str | None, Claim], ...]
    why: str
    reason: str


def dispute(sheet: Sheet, conflict: shapes.Conflict) -> Dispute:
    """Lay out one cell on which sources disagree. conflict: a Conflict object."""
    book = sheet.book
    units = len({s.stated_unit for s in conflict.statements}) > 1
    used = f"{book.number(conflict.preferred_value)} {book.unit(conflict.unit)}"
    ends = [book.figure(conflict, name, book.number(getattr(conflict, name))) for name in ENDS]
    said = Markup("–").join(ends) + f" {book.unit(conflict.unit)}"
    if units:
        stated = dict.fromkeys((s.value, s.stated_unit) for s in conflict.statements)
        said = Markup(escape(f" {book.t('or')} ".join(f"{book.number(v)} {book.unit(u)}" for v, u in stated)))
    return Dispute(
        id=cell_slug(conflict.cell_id),
        title=book.say(conflict.title),
        summary=book.phrase("claim.summary", said=said, used=used, sources=len(conflict.statements)),
        picture=None if units else dots(book, conflict),
        claims=tuple((book.unit(s.stated_unit) if units else None, claim(sheet, s)) for s in conflict.statements),
        why=book.t("claim.why", value=used if units else book.number(conflict.preferred_value)),
        reason=book.say(conflict.reason),
    )


ENDS: tuple[Literal["smallest", "largest"], ...] = ("smallest", "largest")


def claim(sheet: Sheet, statement: Stated) -> Claim:
    """Lay out what one source says; an observation, a context row, a target and a budget say it in the same words."""
    book = sheet.book
    return Claim(
        value=stated_value(book, statement),
        source=sheet.source_link(statement.source_id),
        detail=", ".join([*said_by(book, statement), detail(book, statement)]),
        note=book.say(statement.note) if statement.note else None,
        is_preferred=getattr(statement, "preferred", False),
    )


def stated_value(book: Book, statement: Stated) -> Markup:
    """Show the figure that a source states: a change with its sign, a share with its decimals."""
    if is_change(statement):
        return book.change(statement)
    if isinstance(statement.value, Decimal):
        return book.figure(statement, "value", book.exact(statement.value))
    return book.whole(statement)


def plan_claims(sheet: Sheet, plans: Iterable[shapes.Plan]) -> list[tuple[str, str, Claim]]:
    """Give plans and needs, which are no targets: what is planned for which years, unit, and who says it."""
    book = sheet.book
    return [(plan_scope(book, p), book.unit(p.unit), claim(sheet, p)) for p in plans]


def plan_scope(book: Book, plan: shapes.Plan) -> str:
    """Say what is planned or needed, of whom, and for which years."""
    years = f"{plan.start_year}–{plan.end_year}" if plan.end_year != plan.start_year else str(plan.start_year)
    return book.t(f"plan.scope.{plan.kind}", what=book.name("context_measures", plan.measure), years=years)


def said_by(book: Book, statement: Stated) -> list[str]:
    """Say which office states it and whether it is quoted, and why it is not calculated with; nothing if unknown."""
    said = [("speakers", statement.speaker), ("voices", statement.voice), ("marks", statement.mark)]
    parts = [book.name(codelist, code) for codelist, code in said if code and code != "_U"]
    return list(dict.fromkeys(p[:1].lower() + p[1:] if i else p for i, p in enumerate(parts)))


def detail(book: Book, statement: Stated, *, kind: bool = True) -> str:
    """Say what kind of source it is, when it speaks, and how exactly: ``media, 30 Juni 2025, angka pasti``."""
    source = book.api.sources[statement.source_id]
    parts = [book.text_kind(source)] if kind else []
    if statement.as_of:
        parts.append(book.date(statement.as_of))
    if statement.precision:
        parts.append(book.t(f"precision.{statement.precision}"))
    return ", ".join(parts)


def noted(book: Book, statement: Stated) -> str:
    """Say how a source puts it, and by whose word, in which kind of text, when, and how exactly."""
    note, speaker = book.say(statement.note), said_by(book, statement)
    if not speaker:
        return note
    return f"{note} ({', '.join([*speaker, detail(book, statement)])})".strip()


def detail_beside(book: Book, statement: Stated) -> str:
    """Say when a source speaks and how exactly, beside a figure that may carry its hedge already."""
    hedged = book.hedged("", statement.precision) != ""
    if hedged and statement.as_of:
        return book.date(statement.as_of)
    return detail(book, statement, kind=False)


def cell_slug(cell_id: str) -> str:
    """Turn the address of a cell into a name for files and anchors."""
    return "klaim-" + re.sub(r"[^a-z0-9]+", "-", cell_id.lower()).strip("-")


def dots(book: Book, conflict: shapes.Conflict) -> Picture:
    """Draw every statement about a cell as a dot on one axis."""
    slug = cell_slug(conflict.cell_id)
    statements = list(conflict.statements)
    unit = book.unit(conflict.unit)
    words = charts.Words(
        slug=slug,
        language=book.language,
        title=dispute_finding(book, conflict),
        subtitle=dispute_subtitle(book, conflict),
        about=book.say(conflict.title),
        source=", ".join(dict.fromkeys(book.source_name(s.source_id) for s in statements)),
    )
    claims = tuple(
        charts.Claim(
            mark=charts.Mark(label=book.source_name(s.source_id), text=_text(book, s), value=s.value),
            detail=detail_beside(book, s),
            preferred=s.preferred,
            precision=s.precision,
        )
        for s in statements
    )
    table = Table(
        id=f"{slug}-table",
        caption=words.title,
        columns=(
            book.column("column.source"),
            Column(label=book.t("column.figure"), unit=unit),
            book.column("column.as_of"),
            book.column("column.precision"),
            book.column("column.used"),
        ),
        rows=tuple(_row(book, conflict, s) for s in statements),
    )
    return Picture(
        chart=charts.DotRangeChart(words=words, claims=claims, format_tick=book.number),
        table=table,
        data=book.api.path(conflict),
    )


def dispute_finding(book: Book, conflict: shapes.Conflict) -> str:
    """Say what is disputed, how many figures there are, and from which to which."""
    ordered = sorted(conflict.statements, key=lambda s: s.value)
    values = {
        "count": len({s.value for s in ordered}),
        "low": _text(book, ordered[0]),
        "high": _text(book, ordered[-1]),
    }
    told = book.t("story.dispute", what=book.say(conflict.title), **values)
    return told if len(told.split()) <= TITLE_WORDS else book.t("story.dispute.short", **values)


def dispute_subtitle(book: Book, conflict: shapes.Conflict) -> str:
    """Say what is drawn where the finding does not, the unit, and how far apart the figures are as a share of ours."""
    values = [s.value for s in conflict.statements]
    spread = max(values) - min(values)
    share = formats.percent(Decimal(spread) * 100 / conflict.preferred_value, book.language, decimals=1)
    is_exact = all(s.precision == "exact" for s in conflict.statements if s.value in (max(values), min(values)))
    text = book.hedged(book.number(spread), None if is_exact else "about")
    told = book.t("claim.subtitle", unit=book.unit(conflict.unit), spread=text, share=share)
    title = book.say(conflict.title)
    return told[:1].upper() + told[1:] if title in dispute_finding(book, conflict) else f"{title}, {told}"


def _row(book: Book, conflict: shapes.Conflict, statement: shapes.Statement) -> Row:
    as_of = statement.as_of
    return row(
        book.source_name(statement.source_id),
        Cell(
            text=book.whole(statement),
            value=statement.value,
            precision=statement.precision,
            source_ids=(statement.source_id,),
        ),
        book.date(as_of) if as_of else book.t("column.none"),
        book.t(f"precision.{statement.precision}"),
        book.t("column.yes" if statement.preferred else "column.no"),
        code=conflict.cell_id,
        year=conflict.year,
    )


def _text(book: Book, statement: shapes.Statement) -> str:
    return book.hedged(book.number(statement.value), statement.precision)
