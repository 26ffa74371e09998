"""Rules about one cell of the statistics: value beside status, and which of several sources is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from kompeten.ground.findings import Finding, Label
from kompeten.ground.policy import DIMENSIONS
from kompeten.intake.rules.book import Book, Row, Rule, grouped

CONTEXT_CELL = ("measure", "region_code", "period", "qualification_level", "batch_id")
CELLS: Mapping[str, tuple[str, ...]] = {
    "observations": ("batch_id", "stage", *DIMENSIONS),
    "context": CONTEXT_CELL,
    "targets": (
        "programme_id",
        "year",
        "region_code",
        "qualification_level",
        "kind",
        "unit",
        "stage",
        "funding_source",
    ),
    "budgets": ("programme_id", "year", "region_code", "target_id", "kind", "unit", "funding_source"),
}
"""Table to the columns that make one cell; rows that agree in them are the same cell from several sources."""

EMPTY = Label("kosong", "empty")
FILLED = Label("berisi", "filled in")


def cell_id(row: Row) -> str:
    """Give the address of an observation's or a context row's cell, as preferences.csv writes it."""
    if row["measure"] is None:
        parts = [row.text("batch_id"), row.text("stage")]
        return "/".join([*parts, *(f"{each}={row.text(each)}" for each in DIMENSIONS if row[each] != "_T")])
    parts = ["konteks", row.text("measure"), row.text("region_code"), row.text("period")]
    level = row.text("qualification_level")
    return "/".join([*parts, *([level] if level != "_T" else []), *([row.text("batch_id")] if row["batch_id"] else [])])


def value_and_status(name: str, book: Book) -> Iterator[Finding]:
    """A value is empty exactly when its status says there is none: hidden or unknown."""
    has_value = {row.text("code"): row["has_value"] is True for row in book.table("statuses")}
    for row in book.table(name):
        status, words = row.text("status"), EMPTY if row["value"] is None else FILLED
        if status in has_value and (row["value"] is not None) is not has_value[status]:
            yield row.wrong(
                "value-and-status",
                "value",
                Label(
                    f"nilai {words.id}, padahal statusnya {status}",
                    f"the value is {words.en}, but its status is {status}",
                ),
                Label(
                    "isi nilai hanya untuk released atau provisional; kosongkan untuk hidden atau unknown",
                    "give a value only with released or provisional; leave it empty with hidden or unknown",
                ),
            )


def value_and_precision(name: str, book: Book) -> Iterator[Finding]:
    """A precision is empty exactly when the value is empty."""
    for row in book.table(name):
        if (row["precision"] is None) is not (row["value"] is None):
            precision, value = (EMPTY if row[each] is None else FILLED for each in ("precision", "value"))
            yield row.wrong(
                "value-and-precision",
                "precision",
                Label(
                    f"ketepatan {precision.id}, padahal nilainya {value.id}",
                    f"the precision is {precision.en}, but the value is {value.en}",
                ),
                Label(
                    "isi exact, about, at_least, atau rounded bila ada nilai; kosongkan bila tidak ada",
                    "give exact, about, at_least or rounded with a value; leave it empty without one",
                ),
            )


def one_preferred(name: str, book: Book) -> Iterator[Finding]:
    """Of the sources that state a cell, exactly one is preferred."""
    for rows in grouped(book.table(name), CELLS[name]).values():
        preferred = [row for row in rows if row["preferred"]]
        if not preferred:
            listed = ", ".join(str(row.number) for row in rows)
            yield rows[0].wrong(
                "one-preferred",
                "preferred",
                Label(
                    f"tidak ada sumber yang dipilih untuk sel ini (baris {listed})",
                    f"no source is preferred for this cell (row {listed})",
                ),
                Label("tulis true pada satu baris", "write true in one of the rows"),
            )
        for row in preferred[1:]:
            first = preferred[0].number
            yield row.wrong(
                "one-preferred",
                "preferred",
                Label(f"sel ini sudah dipilih di baris {first}", f"this cell is preferred in row {first} already"),
                Label("sisakan true pada satu baris saja", "leave true in one row alone"),
            )


def preference_given(book: Book) -> Iterator[Finding]:
    """A cell that more than one source states has its row in preferences.csv, which names the preferred source."""
    reasons = {row.text("cell_id"): row for row in book.table("preferences")}
    for name in ("observations", "context"):
        for rows in grouped(book.table(name), CELLS[name]).values():
            preferred = [row for row in rows if row["preferred"]]
            if len(rows) < 2 or len(preferred) != 1:
                continue  # one_preferred comes first
            reason = reasons.get(cell_id(rows[0]))
            if reason is None:
                yield _no_reason(preferred[0], len(rows))
            elif reason["source_id"] != preferred[0]["source_id"]:
                yield _other_source(reason, preferred[0])


def _no_reason(chosen: Row, sources: int) -> Finding:
    cell = cell_id(chosen)
    return chosen.wrong(
        "preference-missing",
        "preferred",
        Label(
            f"{sources} sumber menyebut sel ini, tetapi tidak ada alasan pilihannya",
            f"{sources} sources state this cell, but no reason is given for the choice",
        ),
        Label(f"tambahkan baris {cell} di outcomes/preferences.csv", f"add a row {cell} to outcomes/preferences.csv"),
    )


def _other_source(reason: Row, chosen: Row) -> Finding:
    named, preferred = reason.text("source_id"), chosen.text("source_id")
    return reason.wrong(
        "preference-differs",
        "source_id",
        Label(
            f"di sini {named}, tetapi {chosen.file} baris {chosen.number} memilih {preferred}",
            f"it says {named} here, but {chosen.file} row {chosen.number} prefers {preferred}",
        ),
        Label("samakan keduanya", "make the two agree"),
    )


def preference_needed(book: Book) -> Iterator[Finding]:
    """A row of preferences.csv names a cell that more than one source states."""
    several: set[str] = set()
    for name in ("observations", "context"):
        groups = grouped(book.table(name), CELLS[name]).values()
        several |= {cell_id(rows[0]) for rows in groups if len(rows) > 1}
    for row in book.table("preferences"):
        if row.text("cell_id") not in several:
            yield row.wrong(
                "preference-unneeded",
                "cell_id",
                Label(
                    "tidak ada sel beralamat ini yang disebut lebih dari satu sumber",
                    "no cell of this address is stated by more than one source",
                ),
                Label(
                    "periksa ejaan alamatnya, atau hapus baris ini",
                    "check the spelling of the address, or remove the row",
                ),
            )


def target_unit(book: Book) -> Iterator[Finding]:
    """A target in certificates is about skk_terbit, a target in participants about another stage; never mixed."""
    for row in book.table("targets"):
        if (row["unit"] == "sertifikat") is not (row["stage"] == "skk_terbit"):
            unit, stage = row.text("unit"), row.text("stage")
            yield row.wrong(
                "target-unit",
                "unit",
                Label(
                    f"satuan {unit} tidak cocok dengan tahapan {stage}",
                    f"the unit {unit} does not go with the stage {stage}",
                ),
                Label(
                    "pakai sertifikat untuk skk_terbit, dan peserta untuk tahapan lain",
                    "use sertifikat with skk_terbit, and peserta with any other stage",
                ),
            )


BOTH = ("observations", "context")
RULES = (
    *(Rule(judge=partial(value_and_status, name), needs=(name, "statuses")) for name in BOTH),
    *(Rule(judge=partial(value_and_precision, name), needs=(name,)) for name in BOTH),
    *(Rule(judge=partial(one_preferred, name), needs=(name,)) for name in CELLS),
    Rule(judge=preference_given, needs=(*BOTH, "preferences")),
    Rule(judge=preference_needed, needs=(*BOTH, "preferences")),
    Rule(judge=target_unit, needs=("targets",)),
)
