"""Pictures that several pages share: progress towards a target, and the funnel of a batch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from kompeten.ground import formats
from kompeten.pages import charts
from kompeten.pages.book import Book, Sheet
from kompeten.pages.charts import scales
from kompeten.pages.node import Node
from kompeten.pages.parts import Picture, joined
from kompeten.pages.tables import Cell, Column, Row, Table

SEXES = ("L", "P")
"""Codes of men and women, in the order of the code list."""


def target_picture(sheet: Sheet, progress: Node) -> Picture:
    """Draw the target, what each batch adds, and the batches nobody counted. progress: one with a figure."""
    book = sheet.book
    target, achieved = progress["target"], progress["achieved"]
    every = [*achieved["batches_with_figure"], *achieved["batches_without_figure"]]
    batches = [b for b in book.doc("batches.json") if b["batch_id"].value in {e.value for e in every}]
    counts = [stage_count(book, b, target["stage"].value) for b in batches]
    words = charts.Words(
        slug=f"target-{target['target_id'].value}",
        language=book.language,
        title=book.t(f"target.title.{target['unit'].value}", year=target["year"].value),
        subtitle=book.t("target.subtitle", programme=programme_name(book, target), unit=stage_unit(book, target)),
        source=publishers(book, (c["source_id"].value for c in counts)),
        note=book.t("target.note") if achieved["batches_without_figure"] else "",
    )
    rows = tuple(
        Row(header=book.short_batch(b), href=sheet.href(f"tahap/{b['batch_id'].value}/"), cells=(book.cell(c),))
        for b, c in zip(batches, counts, strict=True)
    )
    total = "row.total.at_least" if achieved["bound"].value == "at_least" else "row.total"
    table = Table(
        id=f"{words.slug}-table",
        caption=words.title,
        subtitle=words.subtitle,
        columns=(
            Column(label=book.t("column.batch"), kind="text"),
            Column(label=book.name("stages", target["stage"].value), unit=stage_unit(book, target)),
        ),
        rows=(*rows, Row(header=book.t(total), cells=(book.cell(achieved),), is_total=True)),
    )
    marks = tuple(book.mark(book.short_batch(b), c) for b, c in zip(batches, counts, strict=True))
    return Picture(chart=_target_chart(book, words, marks, progress), table=table, data=progress)


def figure_source(sheet: Sheet, count: Node) -> Markup | None:
    """Link to the source of a count; None where nobody gives a figure (a search that found nothing is no source)."""
    return sheet.source_link(count["source_id"].value) if count["statements"].value else None


def achieved_text(book: Book, target: Node, achieved: Node) -> str:
    """Write what was achieved with its unit and its hedge: ``sekurang-kurangnya 1.586 orang``."""
    if achieved["value"].value is None:
        return book.words_for(achieved["status"].value)
    text = f"{book.number(achieved['value'].value)} {stage_unit(book, target)}"
    return book.hedged(text, achieved["bound"].value)


def achieved_caveat(book: Book, achieved: Node) -> str:
    """Say the range where sources differ, and the batches that nobody counted."""
    low, high = achieved["low"].value, achieved["high_of_known"].value
    batches = book.doc("batches.json")
    missing = [book.say(batches.find(batch_id=b.value)["name"]) for b in achieved["batches_without_figure"]]
    parts = []
    if low != high:
        parts.append(book.t("kit.caveat.range", low=book.number(low), high=book.number(high)))
    if missing:
        parts.append(book.t("kit.caveat.missing", batches=formats.listing(missing, book.language)))
    return " ".join(parts)


def stage_count(book: Book, batch: Node, stage: str) -> Node:
    """Give the count of a batch at one stage; that of participants stands in the list of batches itself."""
    if stage == "peserta":
        return batch["participants"]
    return book.doc(f"batches/{batch['batch_id'].value}.json")["funnel"].find(stage=stage)


def stage_unit(book: Book, target: Node) -> str:
    """Name the unit in which a target is counted: people, or certificates."""
    return book.t("unit.certificates" if target["unit"].value == "sertifikat" else "unit.people")


def publishers(book: Book, source_ids: Iterable[str | None]) -> str:
    """Name the publishers of figures, each once; a search that found nothing gives no figure and is left out."""
    sources = book.doc("sources.json")
    found = [sources.find(source_id=i) for i in dict.fromkeys(source_ids) if i is not None]
    return ", ".join(dict.fromkeys(s["publisher"].value for s in found if s["kind"].value != "search"))


def _target_chart(
    book: Book, words: charts.Words, parts: tuple[charts.Mark, ...], progress: Node
) -> charts.TargetChart:
    target, achieved = progress["target"], progress["achieved"]
    differs = achieved["low"].value != achieved["high_of_known"].value
    return charts.TargetChart(
        words=words,
        parts=parts,
        low=book.mark(book.t("target.low" if achieved["bound"].value == "at_least" else "target.sum"), achieved, "low"),
        high=book.mark(book.t("target.high"), achieved, "high_of_known") if differs else None,
        target=charts.Mark(
            label=book.t("target.target"), text=book.number(target["value"].value), value=target["value"].value
        ),
    )


def programme_name(book: Book, target: Node) -> str:
    """Name the programme of a target."""
    return book.say(book.doc("programmes.json").find(programme_id=target["programme_id"].value)["name"])


def funnel_picture(sheet: Sheet, batch: Node) -> Picture:
    """Draw the funnel of one batch as a file and an embed; the page itself shows the same stages as a list.

    A stage is split by sex where both counts are published and add up to it.
    """
    book = sheet.book
    parts = by_sex(batch)
    words = charts.Words(
        slug=f"corong-{batch['batch_id'].value}",
        language=book.language,
        title=book.t("funnel.title", batch=book.say(batch["name"])),
        source=publishers(book, (s["source_id"].value for s in batch["funnel"] if s["statements"].value)),
    )
    stages = tuple(
        charts.Stack(
            total=book.mark(book.name("stages", s["stage"].value), s),
            parts=tuple(book.mark(book.name("sexes", p["code"].value), p) for p in parts.get(s["stage"].value, ())),
        )
        for s in batch["funnel"]
    )
    sexes = tuple(book.name("sexes", code) for code in SEXES) if parts else ()

    def row(stage: Node) -> Row:
        own = parts.get(stage["stage"].value)
        split = tuple(map(book.cell, own)) if own else (Cell(text=book.words_for("unknown"), status="unknown"),) * 2
        return Row(
            header=book.name("stages", stage["stage"].value), cells=(book.cell(stage), *(split if sexes else ()))
        )

    twin = Table(
        id=f"{words.slug}-tabel",
        caption=words.title,
        columns=(
            Column(label=book.t("column.stage"), kind="text"),
            Column(label=book.name("sexes", "_T") if sexes else book.t("column.figure")),
            *(Column(label=label) for label in sexes),
        ),
        rows=tuple(map(row, batch["funnel"])),
    )
    whole = book.name("sexes", "_T") if sexes else ""
    chart = charts.FunnelChart(words=words, stages=stages, part_labels=sexes, whole_label=whole)
    return Picture(chart=chart, table=twin, data=batch)


def by_sex(batch: Node) -> dict[str, list[Node]]:
    """Give the counts of men and women by stage, for the stages of which they are the whole."""
    found: dict[str, list[Node]] = {}
    for breakdown in batch["breakdowns"].where(dimension="sex"):
        for stage in batch["funnel"]:
            own = [
                p for p in breakdown["parts"] if p["stage"].value == stage["stage"].value and p["code"].value in SEXES
            ]
            values = [p["value"].value for p in own]
            if len(own) == len(SEXES) and None not in values and sum(values) == stage["value"].value:
                found[stage["stage"].value] = own
    return found


def funnel_of(sheet: Sheet, batch: Node) -> dict[str, Any]:
    """Lay out the funnel of one batch, with the picture of it that others can take along."""
    book = sheet.book
    picture = funnel_picture(sheet, batch)
    values = [s["value"].value for s in batch["funnel"] if s["value"].value is not None]
    biggest = max(values, default=0)
    stages = book.doc("codelists/stages.json")
    return {
        "picture": picture,
        "links": picture.links(sheet),
        "title": book.t("funnel.title", batch=book.say(batch["name"])),
        "source": joined(
            book,
            [
                sheet.source_link(source)
                for source in dict.fromkeys(s["source_id"].value for s in batch["funnel"] if s["statements"].value)
            ],
        ),
        "stages": [
            {
                "label": book.name("stages", s["stage"].value),
                "means": book.say(stages.find(code=s["stage"].value)["definition"]),
                "text": book.count(s),
                "status": s["status"].value,
                "share": scales.percent(s["value"].value, biggest)
                if s["value"].value is not None and biggest
                else None,
                "href": None,
            }
            for s in batch["funnel"]
        ],
    }
