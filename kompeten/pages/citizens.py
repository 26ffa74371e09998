"""For citizens: what a certificate is for, who may join, conditions by level, whom to ask; each fact has its source."""

from __future__ import annotations

from kompeten.api import shapes
from kompeten.ground import formats
from kompeten.pages.book import Book, Sheet
from kompeten.pages.page import Page, page_of, share_of
from kompeten.pages.parts import request
from kompeten.pages.tables import Table, row

PATH = "warga/"
SUBJECTS = ("use", "duty", "eligibility", "cost", "registration", "contact", "path", "validity")
"""What is told in words, in the order in which a citizen asks; conditions are a table of their own."""


def page(book: Book) -> Page:
    sheet = book.at(PATH)
    return page_of(
        sheet,
        "citizens",
        title=book.t("citizen.title"),
        lead=book.t("citizen.lead"),
        groups=[(subject, facts) for subject in SUBJECTS if (facts := facts_of(book, subject))],
        conditions=conditions(sheet),
        request=request(book, missing(book)),
        alternates={
            "api/v1/facts.json": book.t("citizen.alternate"),
            "downloads/facts.csv": book.t("citizen.alternate.csv"),
        },
        share=share_of(book, figure="1–9", unit=book.t("qualification.share.unit")),
    )


def facts_of(book: Book, subject: str) -> list[shapes.Fact]:
    return [fact for fact in book.api.facts if fact.subject == subject]


def conditions(sheet: Sheet) -> Table | None:
    """Lay out the entry conditions, lowest level first; None where no source gives any."""
    facts = sorted(facts_of(sheet, "condition"), key=lambda f: f.qualification_level)
    if not facts:
        return None
    heads = ("qualification.column.level", "qualification.column.condition")
    rows = (row(sheet.name("qualification_levels", f.qualification_level), sheet.say(f.text)) for f in facts)
    source = ", ".join(dict.fromkeys(sheet.source_name(f.source_id) for f in facts))
    return sheet.table("syarat-tabel", "citizen.conditions", heads, rows, source=source)


def missing(book: Book) -> list[str]:
    """Give what a request for information asks for: what the main programme lacks, batch by batch and year by year."""
    gaps = [gap for gap in book.api.gaps if gap.programme_id == book.api.main.programme_id]

    def named(*codes: str) -> str:
        batches = dict.fromkeys(g.batch_id for g in gaps if g.batch_id and {g.kind, g.code} & set(codes))
        return formats.listing([book.batch_name(b) for b in batches], book.language)

    asked = {
        "batches": named("peserta", "dates", "venues"),
        "results": named("asesi", "kompeten", "skk_terbit"),
        "parts": named("breakdown"),
        "years": formats.listing([str(g.year) for g in gaps if g.kind == "batches"], book.language),
        "budget": "".join("-" for g in gaps if g.kind == "budget"),
    }
    return [book.t(f"citizen.ask.{key}", what=what) for key, what in asked.items() if what]
