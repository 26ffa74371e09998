"""Cells on which sources disagree: the dots on one axis, what each source says, and why one is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from markupsafe import Markup, escape

from kompeten.api import ROOT, shapes
from kompeten.ground import formats
from kompeten.pages import charts
from kompeten.pages.book import Book, Sheet, is_change
from kompeten.pages.parts import TITLE_WORDS, Picture, picture_of
from kompeten.pages.tables import Cell, Column, Row, row
from kompeten.statistics.rates import rounded

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
    is_preferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One cell on which sources disagree, ready to be shown.

    summary: what is said, from the smallest exact figure to the largest, and what is used. picture: None where it is
    the unit that sources do not agree on. claims: each with its unit, where units differ. why: the heading of the
    reason. replies: what offices answer.
    """

    id: str
    title: str
    summary: Markup
    picture: Picture | None
    claims: tuple[tuple[str | None, Claim], ...]
    why: str
    reason: str
    replies: tuple[Claim, ...]


def dispute(sheet: Sheet, conflict: shapes.Conflict) -> Dispute:
    """Lay out one cell on which sources disagree. conflict: a Conflict object."""
    units = len({s.stated_unit for s in conflict.statements}) > 1
    used = f"{sheet.number(conflict.preferred_value)} {sheet.unit(conflict.unit)}"
    if units or not has_range(conflict):
        stated = dict.fromkeys(_text(sheet, s, sheet.unit(s.stated_unit)) for s in conflict.statements)
        said = Markup(escape(f" {sheet.t('or')} ".join(stated)))
    else:
        ends = [sheet.figure(conflict, name, sheet.number(getattr(conflict, name))) for name in ENDS]
        said = Markup("–").join(ends) + f" {sheet.unit(conflict.unit)}"
    return Dispute(
        id=cell_slug(conflict.cell_id),
        title=sheet.say(conflict.title),
        summary=sheet.phrase("claim.summary", said=said, used=used, sources=len(conflict.statements)),
        picture=None if units else dots(sheet, conflict),
        claims=tuple((sheet.unit(s.stated_unit) if units else None, claim(sheet, s)) for s in conflict.statements),
        why=sheet.t("claim.why", value=used if units else sheet.number(conflict.preferred_value)),
        reason=sheet.say(conflict.reason),
        replies=answers(sheet, conflict.replies),
    )


def has_range(conflict: shapes.Conflict) -> bool:
    """Tell whether exact figures, none of them marked, lie apart."""
    exact = {s.value for s in conflict.statements if s.precision == "exact" and s.mark is None}
    return conflict.low < conflict.high and {conflict.low, conflict.high} <= exact


def answers(sheet: Sheet, replies: Iterable[shapes.Reply]) -> tuple[Claim, ...]:
    """Lay out what offices answer to a figure: who, in which words, when and where."""
    return tuple(
        Claim(
            value=escape(sheet.name("speakers", r.speaker)),
            source=sheet.source_link(r.source_id),
            detail=sheet.date(r.replied_on),
            note=sheet.say(r.text),
        )
        for r in replies
    )


ENDS: tuple[Literal["low", "high"], ...] = ("low", "high")


def claim(sheet: Sheet, statement: Stated) -> Claim:
    """Lay out what one source says; an observation, a context row, a target and a budget say it in the same words."""
    return Claim(
        value=stated_value(sheet, statement),
        source=sheet.source_link(statement.source_id),
        detail=", ".join([*said_by(sheet, statement), detail(sheet, statement)]),
        note=sheet.say(statement.note) if statement.note else None,
        is_preferred=getattr(statement, "preferred", False),
    )


def stated_value(book: Book, statement: Stated) -> Markup:
    """Show the figure that a source states: a change with its sign, a share with its decimals."""
    if is_change(statement):
        return book.change(statement)
    return book.figure(statement, "value", stated_text(book, statement))


def stated_text(book: Book, statement: Stated) -> str:
    """Write the figure that a source states with its hedge; money with its currency."""
    if isinstance(statement, shapes.Budget):
        return book.hedged(formats.money(statement.value, book.language), statement.precision)
    return book.hedged(book.exact(Decimal(statement.value or 0)), statement.precision)


def stated_cell(book: Book, statement: Stated, *, note: int | None = None) -> Cell:
    return Cell(
        text=stated_value(book, statement),
        value=statement.value,
        precision=statement.precision,
        source_ids=(statement.source_id,),
        note=note,
    )


def plan_claims(sheet: Sheet, plans: Iterable[shapes.Plan]) -> list[tuple[str, str, Claim]]:
    """Give plans and needs, which are no targets: what is planned for which years, unit, and who says it."""
    return [(plan_scope(sheet, p), sheet.unit(p.unit), claim(sheet, p)) for p in plans]


def plan_scope(book: Book, plan: shapes.Plan) -> str:
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


def notes_of(book: Book, statements: Iterable[Stated]) -> tuple[str, ...]:
    """Give the notes of a table of statements, in the order of their numbers."""
    return tuple(noted(book, statement) for statement in statements if statement.note)


def note_number(statements: Iterable[Stated], statement: Stated) -> int | None:
    """Give the number of a statement's note among those of its table."""
    return [s for s in statements if s.note].index(statement) + 1 if statement.note else None


def detail_beside(book: Book, statement: Stated) -> str:
    """Say when a source speaks and how exactly, beside a figure that may carry its hedge already."""
    is_hedged = book.hedged("", statement.precision) != ""
    return book.date(statement.as_of) if is_hedged and statement.as_of else detail(book, statement, kind=False)


def cell_slug(cell_id: str) -> str:
    return "klaim-" + re.sub(r"[^a-z0-9]+", "-", cell_id.lower()).strip("-")


def dots(book: Book, conflict: shapes.Conflict) -> Picture:
    """Draw every statement about a cell as a dot on one axis."""
    statements = conflict.statements
    words = book.words(
        slug=cell_slug(conflict.cell_id),
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
    high = conflict.high if has_range(conflict) else conflict.low
    chart = charts.DotRangeChart(words=words, claims=claims, low=conflict.low, high=high, format_tick=book.number)
    figure = Column(label=book.t("column.figure"), unit=book.unit(conflict.unit))
    heads = ("column.source", figure, "column.as_of", "column.precision", "column.used")
    rows = (_row(book, conflict, s) for s in statements)
    table = book.titled(f"{words.slug}-table", words.title, heads, rows)
    return Picture(chart=chart, table=table, data=book.api.path(conflict))


def dispute_finding(book: Book, conflict: shapes.Conflict) -> str:
    """Say what is disputed and how many figures there are: from which exact one to which, or what each says."""
    told = dict.fromkeys(_text(book, s) for s in sorted(conflict.statements, key=lambda s: s.value))
    is_all = (conflict.low, conflict.high) == (conflict.smallest, conflict.largest)
    key = f"story.dispute.{('all' if is_all else 'exact') if has_range(conflict) else 'list'}"
    values = {
        "count": len({s.value for s in conflict.statements}),
        "low": book.number(conflict.low),
        "high": book.number(conflict.high),
        "figures": formats.listing(list(told), book.language),
    }
    long = book.t(key, what=book.say(conflict.title), **values)
    return long if len(long.split()) <= TITLE_WORDS else book.t(f"{key}.short", **values)


def dispute_subtitle(book: Book, conflict: shapes.Conflict) -> str:
    """Say what is drawn where the finding does not, the unit, and how far apart the figures are as a share of ours.

    Nothing is computed from a figure with a mark; a spread that needs a hedged figure is hedged itself.
    """
    title, told = book.say(conflict.title), book.unit(conflict.unit)
    spread, is_exact = spread_of(conflict)
    if spread:
        text = book.hedged(book.number(spread), None if is_exact else "about")
        told = book.t("claim.subtitle", unit=told, spread=text, share=share_text(book, spread_share(conflict)))
    return formats.capital(told) if title in dispute_finding(book, conflict) else f"{title}, {told}"


def spread_of(conflict: shapes.Conflict) -> tuple[int, bool]:
    """Give how far apart the figures are, and whether exact ones say so; nothing is computed from one with a mark."""
    fair = [s.value for s in conflict.statements if s.mark is None]
    exact = conflict.high - conflict.low if has_range(conflict) else 0
    return exact or (max(fair) - min(fair) if fair else 0), exact > 0


def spread_share(conflict: shapes.Conflict) -> Decimal:
    """Give how far apart the figures are in per cents of the one that is used."""
    return Decimal(spread_of(conflict)[0]) * 100 / conflict.preferred_value


def share_text(book: Book, share: Decimal) -> str:
    return formats.percent(share, book.language, decimals=1)


def spread_picture(book: Book, conflicts: Sequence[shapes.Conflict]) -> Picture:
    """Draw how far apart the figures of each dispute are, as a share of the one that is used, the widest first.

    A dispute of units has no distance, nor one whose figures carry a mark.
    """
    wide = sorted((c for c in conflicts if spread_of(c)[0]), key=spread_share, reverse=True)
    every = (*wide, *(c for c in conflicts if c not in wide))
    marks = [spread_mark(book, c) for c in every]
    told = {"count": book.number(len(conflicts)), "share": marks[0].text if wide else ""}
    publishers = {book.source_name(s.source_id) for c in conflicts for s in c.statements}
    words = book.words(
        slug="klaim-selisih",
        title=book.t("story.spread" if wide else "story.spread.none", **told),
        subtitle=book.t("story.spread.subtitle"),
        source=book.t("story.sources", count=len(publishers)),
    )

    def spread_row(c: shapes.Conflict, mark: charts.Mark) -> Row:
        cell = Cell(text=mark.text, value=mark.value, status=mark.status)
        if mark.value is not None:
            ids = tuple(dict.fromkeys(s.source_id for s in c.statements))
            cell = replace(cell, precision="exact" if spread_of(c)[1] else "about", source_ids=ids)
        return row(mark.label, cell, code=c.cell_id, year=c.year)

    chart = charts.BarChart(words=words, bars=charts.plain_bars(marks))
    heads = ("column.disputed", Column(label=book.t("column.spread"), unit="%"))
    return picture_of(book, chart, heads, map(spread_row, every, marks), data=f"{ROOT}conflicts.json")


def spread_mark(book: Book, conflict: shapes.Conflict) -> charts.Mark:
    """Give the mark of a distance; that of hedged figures is hedged: "about 0.9%"."""
    label, (spread, is_exact) = book.say(conflict.title), spread_of(conflict)
    if not spread:
        return charts.Mark(label=label, text=book.t("story.spread.unit"), status="not_applicable")
    share = spread_share(conflict)
    text = book.hedged(share_text(book, share), None if is_exact else "about")
    return charts.Mark(label=label, text=text, value=rounded(share, 1))


def _row(book: Book, conflict: shapes.Conflict, statement: shapes.Statement) -> Row:
    return row(
        book.source_name(statement.source_id),
        replace(stated_cell(book, statement), text=book.whole(statement)),
        book.day(statement.as_of),
        book.t(f"precision.{statement.precision}"),
        book.t("column.yes" if statement.preferred else "column.no"),
        code=conflict.cell_id,
        year=conflict.year,
    )


def _text(book: Book, statement: shapes.Statement, unit: str = "") -> str:
    """Write a figure with its hedge, and with its mark where it must not be calculated with."""
    text = book.hedged(f"{book.number(statement.value)} {unit}".strip(), statement.precision)
    mark = formats.small(book.name("marks", statement.mark)) if statement.mark else ""
    return f"{text} ({mark})" if mark else text
