"""Batches: the index by year, and a page for each that answers figure, meaning, comparison, origin, gaps, reuse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinja2 import Environment

from kompeten.ground import formats
from kompeten.ground.vocabulary import DIMENSIONS, PRINTED
from kompeten.pages import charts
from kompeten.pages.book import Book, Sheet
from kompeten.pages.breakdowns import breakdowns, rate_table, unit_of
from kompeten.pages.disputes import dispute
from kompeten.pages.node import Node
from kompeten.pages.page import Crumb, Page, Share, render
from kompeten.pages.parts import CSV, JSON, Picture, reuse_kit
from kompeten.pages.pictures import figure_source, funnel_of, programme_name, publishers
from kompeten.pages.tables import Cell, Column, Row, Table
from kompeten.statistics.sentences import Fact

KEY_STAGES = ("peserta", "asesi", "kompeten", "skk_terbit", "pendaftar", "lolos_verifikasi", "hadir", "selesai")
"""The stage that stands at the top of a page: the first of these that has a figure."""
HEADLINE_STAGES = ("kompeten", "skk_terbit")
"""The stages everybody asks about: shown at the top even where nobody published them."""


def pages(book: Book, env: Environment) -> Iterator[Page]:
    """Make the index of batches and a page for each."""
    yield index(book, env)
    for batch in book.doc("batches.json"):
        yield batch_page(book, env, book.doc(f"batches/{batch['batch_id'].value}.json"))


# --- the index --------------------------------------------------------------------------------------------------------


def index(book: Book, env: Environment) -> Page:
    """Make the list of all batches, newest year first, in order of their numbers."""
    sheet = Sheet(book=book, path="tahap/")
    batches = ordered(book)
    years = sorted({b["year"].value for b in batches}, reverse=True)
    tables = {year: year_table(sheet, [b for b in batches if b["year"].value == year], year) for year in years}
    text = {"count": len(batches), "first": years[-1], "last": years[0]}
    return Page(
        language=book.language,
        path=sheet.path,
        title=book.t("batch.index.title"),
        description=book.t("batch.index.lead", **text),
        body=render(env, "batches", sheet=sheet, tables=tables, lead=book.t("batch.index.lead", **text)),
        alternates=((JSON, "api/v1/batches.json", book.t("alternate.batches")),),
        share=Share(
            title=book.t("batch.index.title"),
            figure=str(len(batches)),
            unit=book.t("batch.index.unit"),
            base=f"{years[-1]}–{years[0]}",
            source=book.t("share.source", release=book.imprint.release),
        ),
    )


def ordered(book: Book) -> list[Node]:
    """Give all batches: the main programme first, numbered batches by number, spans of time last."""
    programmes = [p["programme_id"].value for p in book.doc("programmes.json")]
    return sorted(
        book.doc("batches.json"),
        key=lambda b: (
            programmes.index(b["programme_id"].value),
            b["kind"].value == "cumulative",
            b["number"].value or 0,
            b["start_on"].value or "",
        ),
    )


def year_table(sheet: Sheet, batches: list[Node], year: int) -> Table:
    """Lay out the batches of one year."""
    book = sheet.book
    return Table(
        id=f"tabel-{year}",
        caption=book.t("batch.index.caption", year=year),
        columns=(
            Column(label=book.t("column.batch"), kind="text"),
            Column(label=book.t("column.participants"), unit=book.t("unit.people")),
            Column(label=book.t("batch.column.when"), kind="text"),
            Column(label=book.t("batch.column.programme"), kind="text"),
        ),
        rows=tuple(
            Row(
                header=book.say(b["name"]),
                href=sheet.href(f"tahap/{b['batch_id'].value}/"),
                cells=(
                    book.cell(b["participants"]),
                    Cell(text=book.when(b) or book.t("column.none")),
                    Cell(text=programme_name(book, b)),
                ),
            )
            for b in batches
        ),
    )


# --- one batch --------------------------------------------------------------------------------------------------------


def batch_page(book: Book, env: Environment, batch: Node) -> Page:
    """Make the page of one batch."""
    sheet = Sheet(book=book, path=f"tahap/{batch['batch_id'].value}/")
    key = key_stage(batch)
    beside = beside_picture(sheet, batch)
    parts = breakdowns(book, batch)
    fact = fact_of(book, batch, key)
    lead = lead_of(book, batch, key)
    disputes = [dispute(sheet, c) for c in batch["conflicts"]]
    funnel = funnel_of(sheet, batch)
    pictures = (
        *((beside,) if beside else ()),
        funnel["picture"],
        *(d.picture for d in disputes),
        *(p.picture for p in parts if p.picture),
    )
    context = {
        "sheet": sheet,
        "batch": batch,
        "lead": lead,
        "programme": programme_name(book, batch),
        "figures": headlines(sheet, batch, key),
        "meanings": meanings(book, key),
        "facts": facts(sheet, batch),
        "beside": beside,
        "targets": target_sentences(sheet, batch),
        "sources": source_table(sheet, batch),
        "disputes": disputes,
        "publishers": source_list(sheet, batch),
        "breakdowns": parts,
        "rates": rate_table(book, batch),
        "funnel": funnel,
        "venues": venues(sheet, batch),
        "missing": missing(book, batch),
        "kit": reuse_kit(sheet, fact, key["value"], title=f"{fact.what}, {book.say(batch['name'])}", picture=beside),
    }
    return Page(
        language=book.language,
        path=sheet.path,
        title=f"{book.say(batch['name'])}: {programme_name(book, batch)}",
        description=lead,
        body=render(env, "batch", **context),
        crumbs=(Crumb(label=book.t("batch.index.title"), path="tahap/"),),
        alternates=(
            (JSON, batch.path, book.t("alternate.batch")),
            (CSV, "downloads/observations.csv", book.t("alternate.observations")),
        ),
        share=Share(
            title=f"{fact.what}, {book.say(batch['name'])}",
            figure=figure_text(book, key),
            unit=unit_of(book, key["stage"].value) if key["value"].value is not None else "",
            base=book.when(batch) or "",
            source=book.t("share.source", release=book.imprint.release),
        ),
        pictures=pictures,
    )


def key_stage(batch: Node) -> Node:
    """Give the stage that stands at the top: participants, or else the first stage with a figure."""
    stages = {s["stage"].value: s for s in batch["funnel"]}
    return next((stages[name] for name in KEY_STAGES if stages[name]["value"].value is not None), stages["peserta"])


def figure_text(book: Book, count: Node) -> str:
    """Write a count as plain text, with its hedge, or the words that stand for it."""
    if count["status"].value not in PRINTED:
        return book.words_for(count["status"].value)
    return book.hedged(book.number(count["value"].value), count["precision"].value)


def lead_of(book: Book, batch: Node, key: Node) -> str:
    """Say the key fact of a batch in one sentence."""
    has_parts = bool(batch["breakdowns"])
    status = key["status"].value
    state = "known" if status in PRINTED else "parts" if has_parts else status
    when = book.when(batch)
    return book.t(
        f"batch.lead.{state}",
        stage=book.name("stages", key["stage"].value),
        value=f"{figure_text(book, key)} {unit_of(book, key['stage'].value)}",
        batch=book.say(batch["name"]),
        programme=programme_name(book, batch),
        when=f" ({when})" if when else "",
    )


def headlines(sheet: Sheet, batch: Node, key: Node) -> list[dict[str, Any]]:
    """Give the key figure, then how many passed and how many certificates were issued, known or not."""
    book = sheet.book
    names = dict.fromkeys((key["stage"].value, *HEADLINE_STAGES))
    return [
        {
            "label": book.name("stages", name),
            "value": book.count(stage),
            "unit": unit_of(book, name),
            "base": book.t(f"batch.base.{stage['status'].value}"),
            "source": figure_source(sheet, stage),
            "status": stage["status"].value,
        }
        for name in names
        for stage in [batch["funnel"].find(stage=name)]
    ]


def meanings(book: Book, key: Node) -> list[dict[str, str]]:
    """Define what the figures at the top count."""
    stages = book.doc("codelists/stages.json")
    return [
        {"term": book.name("stages", name), "text": book.say(stages.find(code=name)["definition"])}
        for name in dict.fromkeys((key["stage"].value, *HEADLINE_STAGES))
    ]


def facts(sheet: Sheet, batch: Node) -> list[dict[str, Any]]:
    """Give what is known of a batch besides its counts."""
    book = sheet.book
    mode, level = batch["training_mode"].value, batch["qualification_level"].value
    unknown = {"text": None, "href": None, "status": "unknown"}

    def fact(label: str, text: Any, href: str | None = None) -> dict[str, Any]:
        found = {"text": text, "href": href, "status": None} if text else unknown
        return {"label": book.t(label), **found}

    return [
        fact(
            "batch.fact.programme", programme_name(book, batch), sheet.href(f"program/{batch['programme_id'].value}/")
        ),
        fact("batch.fact.kind", book.t(f"batch.kind.{batch['kind'].value}")),
        fact("batch.fact.when", book.when(batch)),
        fact("batch.fact.mode", book.name("training_modes", mode) if mode else None),
        fact("batch.fact.level", None if level == "_U" else book.name("qualification_levels", level)),
        *(
            {
                "label": book.name("context_measures", c["measure"].value),
                "text": book.count(c) + " " + book.unit(c["unit"].value),
                "href": None,
                "status": None,
            }
            for c in batch["context"]
        ),
    ]


def beside_picture(sheet: Sheet, batch: Node) -> Picture | None:
    """Draw the batches of the same programme and year; None where there is nothing to compare."""
    book = sheet.book
    programme, year = batch["programme_id"].value, batch["year"].value
    rows = [
        b
        for b in ordered(book)
        if (b["programme_id"].value, b["year"].value) == (programme, year) and b["kind"].value != "cumulative"
    ]
    if len(rows) < 2 or batch["kind"].value == "cumulative":
        return None
    words = charts.Words(
        slug=f"tahap-{programme}-{year}",
        language=book.language,
        title=book.t("batch.beside.title", year=year),
        subtitle=f"{programme_name(book, batch)}, {book.t('unit.people')}",
        source=publishers(book, (b["participants"]["source_id"].value for b in rows)),
    )
    table = Table(
        id=f"{words.slug}-table",
        caption=words.title,
        subtitle=words.subtitle,
        columns=(
            Column(label=book.t("column.batch"), kind="text"),
            Column(label=book.t("column.participants"), unit=book.t("unit.people")),
        ),
        rows=tuple(
            Row(
                header=book.short_batch(b),
                href=sheet.href(f"tahap/{b['batch_id'].value}/"),
                cells=(book.cell(b["participants"]),),
            )
            for b in rows
        ),
    )
    marks = tuple(book.mark(book.short_batch(b), b["participants"]) for b in rows)
    return Picture(chart=charts.BarChart(words=words, marks=marks), table=table, data=book.doc("batches.json"))


def targets_of(book: Book, batch: Node) -> list[Node]:
    """Give the targets of the programme in the year of a batch."""
    return [
        p
        for p in book.doc("progress.json")
        if (p["target"]["programme_id"].value, p["target"]["year"].value)
        == (batch["programme_id"].value, batch["year"].value)
    ]


def target_sentences(sheet: Sheet, batch: Node) -> list[str]:
    """Say the targets of the year, which are for all its batches together."""
    return [sheet.book.say(p["sentence"]) for p in targets_of(sheet.book, batch)]


def source_table(sheet: Sheet, batch: Node) -> Table | None:
    """Say for every figure over the whole batch who states it, how exactly, and how the source puts it."""
    book = sheet.book
    disputed = {c["cell_id"].value for c in batch["conflicts"]}
    rows, notes = [], []
    stages = list(book.names["stages"])
    for row in sorted(batch["observations"], key=lambda o: stages.index(o["stage"].value)):
        if row["cell_id"].value.count("/") > 1 or row["cell_id"].value in disputed:
            continue
        if row["note"]:
            notes.append(book.say(row["note"]))
        as_of, precision = row["as_of"].value, row["precision"].value
        cells = (
            book.cell(row, note=len(notes) if row["note"] else None),
            Cell(text=sheet.source_link(row["source_id"].value)),
            Cell(text=book.t(f"precision.{precision}") if precision else book.words_for("not_applicable")),
            Cell(text=book.date(as_of) if as_of else book.t("column.none")),
        )
        rows.append(Row(header=book.name("stages", row["stage"].value), cells=cells))
    if not rows:
        return None
    return Table(
        id="asal-angka",
        caption=book.t("batch.sources.caption", batch=book.say(batch["name"])),
        columns=(
            Column(label=book.t("batch.column.stage"), kind="text"),
            Column(label=book.t("column.figure")),
            Column(label=book.t("column.source"), kind="text"),
            Column(label=book.t("column.precision"), kind="text"),
            Column(label=book.t("column.as_of"), kind="text"),
        ),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def source_list(sheet: Sheet, batch: Node) -> list[dict[str, Any]]:
    """Give every source that the page rests on, with its kind and title."""
    book = sheet.book
    return [
        {
            "link": sheet.source_link(s["source_id"].value),
            "kind": book.t(f"source.kind.{s['kind'].value}"),
            "title": book.say(s["title"]),
        }
        for s in batch["sources"]
    ]


def venues(sheet: Sheet, batch: Node) -> list[dict[str, str]]:
    """Give the places of training, each with a link to its page."""
    return [
        {"name": sheet.book.region(code.value), "href": sheet.href(f"wilayah/{code.value}/")}
        for code in batch["venue_region_codes"]
    ]


def missing(book: Book, batch: Node) -> list[str]:
    """Say what nobody has published about the batch, and what is hidden."""
    gaps = [book.name("stages", s["stage"].value) for s in batch["funnel"] if s["status"].value == "unknown"]
    found = [book.t("batch.missing.stages", stages=listed(book, gaps))] if gaps else []
    known = {b["dimension"].value for b in batch["breakdowns"]}
    silent = [book.t(f"breakdown.dimension.{name}") for name in DIMENSIONS if name not in known]
    if silent:
        found.append(book.t("batch.missing.dimensions", dimensions=listed(book, silent)))
    if not batch["start_on"].value:
        found.append(book.t("batch.missing.when"))
    if not batch["venue_region_codes"].value:
        found.append(book.t("batch.missing.venues"))
    hidden = sum(p["status"].value == "hidden" for b in batch["breakdowns"] for p in b["parts"])
    if hidden:
        found.append(book.t("batch.missing.hidden", count=book.number(hidden)))
    return found


def listed(book: Book, words: list[str]) -> str:
    """List words within a sentence, in small letters but for abbreviations."""
    return formats.listing([w if w[:2].isupper() else w[:1].lower() + w[1:] for w in words], book.language)


def fact_of(book: Book, batch: Node, key: Node) -> Fact:
    """Give the key figure of a batch with its base and caveat, ready to be quoted."""
    aims = [p["target"] for p in targets_of(book, batch) if p["target"]["stage"].value == key["stage"].value]
    has_value = key["value"].value is not None
    unit = unit_of(book, key["stage"].value)
    base = ""
    if aims and has_value:
        aim = f"{book.number(aims[0]['value'].value)} {book.unit(aims[0]['unit'].value)}"
        base = book.t("batch.base.target", target=aim, year=batch["year"].value)
    return Fact(
        what=book.name("stages", key["stage"].value),
        where=f"{book.say(batch['name'])}, {programme_name(book, batch)}",
        when=book.when(batch) or "",
        figure=f"{figure_text(book, key)} {unit}" if has_value else figure_text(book, key),
        base=base,
        caveat=caveat_of(book, batch, key),
        source=publishers(book, [key["source_id"].value]),
    )


def caveat_of(book: Book, batch: Node, key: Node) -> str:
    """Say what must go along with the key figure: other sources, provisional results, what it does not mean."""
    parts = []
    if not key["value"].value and key["status"].value == "unknown":
        parts.append(book.t("batch.caveat.unknown"))
    if key["low"].value != key["high"].value:
        low, high = book.number(key["low"].value), book.number(key["high"].value)
        parts.append(book.t("kit.caveat.range", low=low, high=high))
    if key["status"].value == "provisional":
        parts.append(book.t("batch.caveat.provisional"))
    if key["stage"].value == "peserta" and key["value"].value is not None:
        parts.append(book.t("batch.caveat.peserta"))
    if batch["kind"].value == "cumulative":
        parts.append(book.t("batch.caveat.cumulative"))
    return " ".join(parts)
