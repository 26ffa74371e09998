"""Cells on which sources disagree: the dots on one axis, what each source says, and why one is used."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from kompeten.pages import charts
from kompeten.pages.book import Book, Sheet, is_change
from kompeten.pages.node import Node
from kompeten.pages.parts import Picture
from kompeten.pages.tables import Cell, Column, Row, Table


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
    """One cell on which sources disagree, ready to be shown. why: the heading of the reason, with the figure used."""

    id: str
    title: str
    picture: Picture
    claims: tuple[Claim, ...]
    why: str
    reason: str


def dispute(sheet: Sheet, conflict: Node) -> Dispute:
    """Lay out one cell on which sources disagree. conflict: a Conflict object."""
    book = sheet.book
    used = book.number(conflict["preferred_value"].value)
    return Dispute(
        id=cell_slug(conflict["cell_id"].value),
        title=book.say(conflict["title"]),
        picture=dots(book, conflict),
        claims=tuple(claim(sheet, statement) for statement in conflict["statements"]),
        why=book.t("claim.why", value=used),
        reason=book.say(conflict["reason"]),
    )


def claim(sheet: Sheet, statement: Node) -> Claim:
    """Lay out what one source says; an observation, a context row, a target and a budget say it in the same words."""
    book = sheet.book
    return Claim(
        value=book.change(statement["value"]) if is_change(statement) else book.whole(statement["value"]),
        source=sheet.source_link(statement["source_id"].value),
        detail=detail(book, statement),
        note=book.say(statement["note"]) if statement["note"] else None,
        is_preferred=statement["preferred"].value,
    )


def detail(book: Book, statement: Node, *, kind: bool = True) -> str:
    """Say what kind of source it is, when it speaks, and how exactly: ``media, 30 Juni 2025, angka pasti``."""
    source = book.doc("sources.json").find(source_id=statement["source_id"].value)
    parts = [book.t(f"source.kind.{source['kind'].value}")] if kind else []
    if statement["as_of"].value:
        parts.append(book.date(statement["as_of"].value))
    if statement["precision"].value:
        parts.append(book.t(f"precision.{statement['precision'].value}"))
    return ", ".join(parts)


def detail_beside(book: Book, statement: Node) -> str:
    """Say when a source speaks and how exactly, beside a figure that may carry its hedge already."""
    hedged = _text(book, statement) != book.number(statement["value"].value)
    if hedged and statement["as_of"].value:
        return book.date(statement["as_of"].value)
    return detail(book, statement, kind=False)


def cell_slug(cell_id: str) -> str:
    """Turn the address of a cell into a name for files and anchors."""
    return "klaim-" + re.sub(r"[^a-z0-9]+", "-", cell_id.lower()).strip("-")


def dots(book: Book, conflict: Node) -> Picture:
    """Draw every statement about a cell as a dot on one axis."""
    slug = cell_slug(conflict["cell_id"].value)
    statements = list(conflict["statements"])
    unit = book.unit(conflict["unit"].value)
    words = charts.Words(
        slug=slug,
        language=book.language,
        title=book.say(conflict["title"]),
        subtitle=book.t("claim.subtitle", unit=unit),
        source=", ".join(dict.fromkeys(book.source_name(s["source_id"].value) for s in statements)),
    )
    claims = tuple(
        charts.Claim(
            mark=charts.Mark(label=book.source_name(s["source_id"].value), text=_text(book, s), value=s["value"].value),
            detail=detail_beside(book, s),
            preferred=s["preferred"].value,
            precision=s["precision"].value,
        )
        for s in statements
    )
    table = Table(
        id=f"{slug}-table",
        caption=words.title,
        columns=(
            Column(label=book.t("column.source"), kind="text"),
            Column(label=book.t("column.figure"), unit=unit),
            Column(label=book.t("column.as_of"), kind="text"),
            Column(label=book.t("column.precision"), kind="text"),
            Column(label=book.t("column.used"), kind="text"),
        ),
        rows=tuple(_row(book, s) for s in statements),
    )
    return Picture(
        chart=charts.DotRangeChart(words=words, claims=claims, format_tick=book.number), table=table, data=conflict
    )


def _row(book: Book, statement: Node) -> Row:
    as_of = statement["as_of"].value
    return Row(
        header=book.source_name(statement["source_id"].value),
        cells=(
            Cell(text=book.whole(statement["value"]), node=statement["value"]),
            Cell(text=book.date(as_of) if as_of else book.t("column.none")),
            Cell(text=book.t(f"precision.{statement['precision'].value}")),
            Cell(text=book.t("column.yes" if statement["preferred"].value else "column.no")),
        ),
    )


def _text(book: Book, statement: Node) -> str:
    return book.hedged(book.number(statement["value"].value), statement["precision"].value)
