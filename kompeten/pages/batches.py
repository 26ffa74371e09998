"""Batches: the index by year, and a page for each that answers figure, meaning, comparison, origin, gaps, reuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from markupsafe import Markup

from kompeten.api import ROOT, shapes
from kompeten.ground import formats
from kompeten.ground.vocabulary import ALL, DIMENSION, DIMENSIONS
from kompeten.pages import charts, pictures
from kompeten.pages.book import Book, Sheet, number_of
from kompeten.pages.breakdowns import breakdown, most_finding, rate_table
from kompeten.pages.disputes import cell_slug, dispute, note_number, notes_of
from kompeten.pages.library import stage_of
from kompeten.pages.page import Crumb, Page, page_of, share_of
from kompeten.pages.parts import Headline, Pair, Picture, batch_row, headline, picture_of, reuse_kit
from kompeten.pages.releases import history_table
from kompeten.pages.tables import Cell, Table, row
from kompeten.statistics.sentences import Fact

KEY_STAGES = ("peserta", "asesi", "kompeten", "skk_terbit", "pendaftar", "lolos_verifikasi", "hadir", "selesai")
"""The stage that stands at the top of a page: the first of these that has a figure."""
HEADLINE_STAGES = ("kompeten", "skk_terbit")
"""The stages everybody asks about: shown at the top even where nobody published them."""


def pages(book: Book) -> Iterator[Page]:
    yield index(book)
    for batch in book.api.batch.values():
        yield batch_page(book, batch)


def index(book: Book) -> Page:
    """Make the list of all batches, newest year first, in order of their numbers."""
    sheet = book.at("tahap/")
    batches = ordered(book, book.api.batches.values())
    years = sorted({b.year for b in batches}, reverse=True)
    return page_of(
        sheet,
        "batches",
        title=book.t("batch.index.title"),
        lead=book.t("batch.index.lead", count=len(batches), first=years[-1], last=years[0]),
        tables={year: year_table(sheet, batches, year) for year in years},
        opening=pictures.coverage_picture(sheet, "batches", [[book.api.batch[b.batch_id]] for b in batches]),
        alternates={"api/v1/batches.json": book.t("alternate.batches")},
        share=share_of(book, figure=str(len(batches)), unit=book.t("batch.index.unit"), base=f"{years[-1]}–{years[0]}"),
    )


def ordered(book: Book, batches: Iterable[shapes.Batch]) -> list[shapes.Batch]:
    """Order batches: the main programme first, numbered batches by number, spans of time last."""
    programmes = [p.programme_id for p in book.api.programmes.values()]
    return sorted(
        batches,
        key=lambda b: (programmes.index(b.programme_id), b.kind == "cumulative", b.number or 0, b.start_on or ""),
    )


def year_table(sheet: Sheet, batches: list[shapes.Batch], year: int) -> Table:
    heads = ("column.batch", ("column.participants", "unit.people"), "batch.column.when", "batch.column.programme")
    rows = (
        batch_row(sheet, b.batch_id, participants_cell(sheet, b), sheet.days(b), sheet.programme_name(b.programme_id))
        for b in batches
        if b.year == year
    )
    return sheet.table(f"tabel-{year}", "batch.index", heads, rows, year=year)


def participants_cell(book: Book, batch: shapes.Batch) -> Cell:
    """Give participants; where no source has them, what is known instead: ``tidak diketahui (kompeten 338)``."""
    cell, key = pictures.people_cell(book, batch), key_stage(book.api.batch[batch.batch_id])
    if cell.status != "unknown" or cell.value is not None or number_of(key) is None:
        return cell
    return replace(
        cell,
        text=Markup("{} ({} {})").format(cell.text, formats.small(book.name("stages", key.stage)), book.count(key)),
    )


def batch_page(book: Book, batch: shapes.BatchDetail) -> Page:
    sheet = book.at(f"tahap/{batch.batch_id}/")
    key = key_stage(batch)
    fact = fact_of(book, batch, key)
    disputes = [dispute(sheet, c) for c in batch.conflicts]
    funnel = pictures.funnel_picture(sheet, batch)
    stages = pictures.stages_picture(sheet, [batch], batch.batch_id)
    whole = cell_slug(f"{batch.batch_id}/{key.stage}")
    opening = next((d.picture for d in disputes if d.picture and d.id == whole), None) or funnel or stages
    programme, told = book.programme_name(batch.programme_id), f"{fact.what}, {book.say(batch.name)}"
    return page_of(
        sheet,
        "batch",
        title=f"{book.say(batch.name)}: {programme}",
        crumbs=(Crumb(label=book.t("batch.index.title"), path="tahap/"),),
        alternates={
            book.api.path(batch): book.t("alternate.batch"),
            "downloads/observations.csv": book.t("alternate.observations"),
        },
        batch=batch,
        lead=lead_of(book, batch, key),
        programme=programme,
        figures=headlines(sheet, batch, key),
        meanings=[book.api.codes["stages"][name] for name in shown_stages(key)],
        facts=facts(sheet, batch),
        beside=beside_picture(sheet, batch),
        targets=[book.say(p.sentence) for p in targets_of(book, batch)],
        sources=source_table(sheet, batch),
        disputes=disputes,
        breakdowns=[breakdown(book, batch, b) for b in batch.breakdowns],
        rates=rate_table(book, batch),
        opening=opening,
        funnel=funnel or stages,
        stages=stages,  # others may frame it even where the funnel stands in its place
        missing=missing(book, batch),
        history=history_table(sheet, book.api.changed("batch_id", batch.batch_id)),
        kit=reuse_kit(sheet, fact, key, title=told),
        share=share_of(
            book,
            title=told,
            figure=book.count_text(key),
            unit=book.counted(key.stage, key) if key.value is not None else "",
            base=book.when(batch) or "",
            caveat=fact.caveat,
        ),
    )


def key_stage(batch: shapes.BatchDetail) -> shapes.StageCount:
    """Give the stage that stands at the top: participants, or else the first with a figure, or the largest in parts."""
    stages = {str(s.stage): s for s in batch.funnel}
    whole = next((stages[name] for name in KEY_STAGES if stages[name].value is not None), None)
    return whole or max((stages[name] for name in KEY_STAGES), key=lambda s: s.at_least or 0)


def lead_of(book: Book, batch: shapes.BatchDetail, key: shapes.StageCount) -> str:
    has_value = number_of(key) is not None
    stage = "certified" if (key.stage, key.unit) == ("skk_terbit", "orang") else key.stage
    name, when = book.say(batch.name), book.when(batch)
    last = book.date(batch.end_on) if batch.end_on else when
    text = book.t(
        f"batch.lead.known.{stage}" if has_value else f"batch.lead.{key.status}",
        value=book.count_text(key, book.counted(key.stage, key)),
        batch=name,
        when=f" ({when})" if when and last and last not in name else "",  # a name may say the days already
    )
    return formats.capital(f"{text} {book.t('batch.base.parts')}" if key.at_least is not None else text)


def shown_stages(key: shapes.StageCount) -> tuple[str, ...]:
    return tuple(dict.fromkeys((key.stage, *HEADLINE_STAGES)))


def headlines(sheet: Sheet, batch: shapes.BatchDetail, key: shapes.StageCount) -> list[Headline]:
    """Give the key figure, then how many passed and how many certificates were issued, known or not."""
    stages = (stage_of(batch, name) for name in shown_stages(key))
    return [
        headline(
            sheet,
            sheet.name("stages", stage.stage),
            stage,
            unit=sheet.counted(stage.stage, stage),
            base=sheet.t(f"batch.base.{'parts' if stage.at_least is not None else state_of(batch, stage)}"),
            source=pictures.figure_source(sheet, stage),
            fact=fact_of(sheet, batch, stage),
        )
        for stage in stages
    ]


def state_of(batch: shapes.BatchDetail, stage: shapes.StageCount) -> str:
    """Say why a stage has no figure: its status, or disputed where sources give parts under different names."""
    has_parts = any(p.stage == stage.stage and p.value is not None for b in batch.breakdowns for p in b.parts)
    return "disputed" if stage.status == "unknown" and has_parts else stage.status


def facts(sheet: Sheet, batch: shapes.BatchDetail) -> list[Pair]:
    programme, mode, level = batch.programme_id, batch.training_mode, batch.qualification_level
    known: dict[str, str | None] = {
        "programme": sheet.programme_name(programme),
        "kind": sheet.t(f"batch.kind.{batch.kind}"),
        "when": sheet.when(batch),
        "mode": sheet.name("training_modes", mode) if mode else None,
        "level": None if level == "_U" else sheet.name("qualification_levels", level),
    }
    links = {"programme": sheet.href(f"program/{programme}/")}
    return [
        *(Pair(label=sheet.t(f"batch.fact.{n}"), text=text, href=links.get(n)) for n, text in known.items()),
        *(
            Pair(label=sheet.name("context_measures", c.measure), text=sheet.count(c) + " " + sheet.unit(c.unit))
            for c in batch.context
        ),
    ]


def beside_picture(sheet: Sheet, batch: shapes.BatchDetail) -> Picture | None:
    """Draw the batches of the same programme and year; None where there is nothing to compare."""
    programme, year = batch.programme_id, batch.year
    of_year = (b for b in sheet.api.batches.values() if (b.programme_id, b.year) == (programme, year))
    same = ordered(sheet, (b for b in of_year if b.kind != "cumulative"))
    if len(same) < 2 or batch.kind == "cumulative":
        return None
    marks = tuple(sheet.mark(sheet.short_batch(b), b.participants) for b in same)
    words = sheet.words(
        slug=f"tahap-{programme}-{year}",
        title=most_finding(sheet, sheet.t("column.participants"), marks, sheet.t("unit.people")),
        subtitle=f"{sheet.t('batch.beside.title', year=year)}: {sheet.programme_name(programme)}",
        source=pictures.publishers(sheet, (b.participants.source_id for b in same)),
    )
    chart = charts.BarChart(words=words, bars=charts.plain_bars(marks))
    heads = ("column.batch", ("column.participants", "unit.people"))
    rows = (batch_row(sheet, b.batch_id, pictures.people_cell(sheet, b), name=sheet.short_batch(b)) for b in same)
    return picture_of(sheet, chart, heads, rows, data=f"{ROOT}batches.json", ending="table")


def targets_of(book: Book, batch: shapes.BatchDetail) -> list[shapes.Progress]:
    return [p for p in book.api.progress if (p.target.programme_id, p.target.year) == (batch.programme_id, batch.year)]


def source_table(sheet: Sheet, batch: shapes.BatchDetail) -> Table | None:
    """Say who states each figure over the whole batch, or over a crossing of two kinds of parts, and how exactly.

    Parts of one kind stand in their breakdown; the crossings of a register are too many for a page.
    """
    stages = list(sheet.names["stages"])
    disputed = {c.cell_id for c in batch.conflicts}

    def is_listed(stated: shapes.Observation) -> bool:
        kinds = stated.cell_id.count("/") - 1
        is_press = sheet.api.sources[stated.source_id].kind != "register"
        return stated.cell_id not in disputed and (kinds == 0 or (kinds > 1 and is_press))

    stated = sorted(filter(is_listed, batch.observations), key=lambda o: stages.index(o.stage))
    if not stated:
        return None
    heads = ("batch.column.stage", ("column.figure",), "column.source", "column.precision", "column.as_of")
    rows = (
        row(
            what_of(sheet, o),
            sheet.cell(o, note=note_number(stated, o)),
            sheet.source_link(o.source_id),
            sheet.t(f"precision.{o.precision}") if o.precision else sheet.words_for("not_applicable"),
            sheet.day(o.as_of),
            code=o.observation_id,
            year=o.year,
        )
        for o in stated
    )
    batch_name, notes = sheet.say(batch.name), notes_of(sheet, stated)
    return sheet.table("asal-angka", "batch.sources", heads, rows, notes=notes, batch=batch_name)


def what_of(book: Book, stated: shapes.Observation) -> str:
    """Name what a figure counts: its stage, and the parts where it is not over everybody."""
    codes = [(DIMENSION[name].codes.name, getattr(stated, name)) for name in DIMENSIONS]
    parts = [book.name(codelist, code) for codelist, code in codes if code != ALL]
    return ", ".join([book.name("stages", stated.stage), *parts])


def missing(book: Book, batch: shapes.BatchDetail) -> list[str]:
    """Say what nobody has published about the batch, and what is hidden."""
    gaps = [gap for gap in book.api.gaps if gap.batch_id == batch.batch_id]
    stages = [book.name("stages", gap.code or "") for gap in gaps if gap.kind == "stage"]
    silent = [book.t(f"breakdown.dimension.{gap.code}") for gap in gaps if gap.kind == "breakdown"]
    hidden = sum(p.status == "hidden" for b in batch.breakdowns for p in b.parts)
    return [
        *([book.t("batch.missing.stages", stages=pictures.listed(book, stages))] if stages else []),
        *([book.t("batch.missing.dimensions", dimensions=pictures.listed(book, silent))] if silent else []),
        *(book.t(f"batch.missing.{gap.kind}") for gap in gaps if gap.kind in ("dates", "venues")),
        *([book.t("batch.missing.hidden", count=book.number(hidden))] if hidden else []),
    ]


def fact_of(book: Book, batch: shapes.BatchDetail, key: shapes.StageCount) -> Fact:
    """Give the key figure of a batch with its base and caveat, ready to be quoted."""
    aims = [p.target for p in targets_of(book, batch) if p.target.stage == key.stage]
    base = ""
    if aims and number_of(key) is not None and batch.kind != "cumulative":
        base = book.t("batch.base.target", target=pictures.aim_text(book, aims[0]), year=batch.year)
    return Fact(
        what=book.name("stages", key.stage),
        where=f"{book.say(batch.name)}, {book.programme_name(batch.programme_id)}",
        when=book.when(batch) or "",
        figure=book.count_text(key, book.counted(key.stage, key)),
        base=base,
        caveat=caveat_of(book, batch, key),
        source=pictures.publishers(book, pictures.figure_sources(batch, key.stage)),
    )


def caveat_of(book: Book, batch: shapes.BatchDetail, key: shapes.StageCount) -> str:
    """Say what must go along with the key figure: other sources, provisional results, what it does not mean."""
    has_value = number_of(key) is not None
    caveats = {
        book.t("batch.base.parts"): key.at_least is not None,
        book.t("batch.caveat.unknown"): not has_value and key.status == "unknown",
        pictures.range_caveat(book, key.low, key.high): key.low != key.high,
        book.t("batch.caveat.provisional"): key.status == "provisional",
        book.t("batch.caveat.peserta"): key.stage == "peserta" and has_value,
        book.t("batch.caveat.cumulative"): batch.kind == "cumulative",
    }
    return " ".join(caveat for caveat, is_so in caveats.items() if is_so)
