"""Rules about code lists: region codes of two systems, position codes, population, formulas, numbers of batches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from kompeten.ground.findings import Finding
from kompeten.ground.formulas import BESIDE, PLACE_STAGES, SHORT, Scope, cell_of, names_in, scope_of
from kompeten.ground.rows import ancestors
from kompeten.ground.vocabulary import ALL, CODE_LISTS, DIMENSION, UNKNOWN, CodeList
from kompeten.intake.messages import finding, word
from kompeten.intake.rules.book import Book, Row, Rule, grouped
from kompeten.intake.rules.dates import first_day, last_day
from kompeten.intake.rules.sieve import Alike, Held, first_at_level

REGENCIES: Mapping[str, tuple[str, str]] = {
    "64.01": ("6401", "Paser"),
    "64.02": ("6403", "Kutai Kartanegara"),
    "64.03": ("6405", "Berau"),
    "64.07": ("6402", "Kutai Barat"),
    "64.08": ("6404", "Kutai Timur"),
    "64.09": ("6409", "Penajam Paser Utara"),
    "64.11": ("6411", "Mahakam Ulu"),
    "64.71": ("6471", "Balikpapan"),
    "64.72": ("6472", "Samarinda"),
    "64.74": ("6474", "Bontang"),
}
"""Kemendagri code to BPS code and name. Without the dot the two systems collide for four regencies.

Sources: Kepmendagri 300.2.2-2138/2025; BPS, Master File Desa, 11 January 2018.
"""

LEVELS_OF_DIGIT: Mapping[str, tuple[str, ...]] = {"1": ("7", "8", "9"), "2": ("4", "5", "6"), "3": ("1", "2", "3")}
"""Fifth character of a position code to the levels it stands for: expert, technician/analyst, operator.

Source: SK DJBK 114/KPTS/Dk/2024.
"""


def region_codes(book: Book) -> Iterator[Finding]:
    """Kemendagri and BPS codes are not swapped: each regency of Kaltim has its own pair of codes, and its name."""
    for row in book.table("regions"):
        code = row.text("region_code")
        if code in REGENCIES:
            (bps, name), bps_code, name_id = REGENCIES[code], row.text("bps_code"), row.text("name_id")
            if bps_code != bps:
                yield row.wrong("region-codes", "bps_code", code=code, name=name, bps=bps, bps_code=bps_code)
            if name not in name_id:
                yield row.wrong("region-names", "name_id", code=code, name=name, name_id=name_id)


def region_parents(book: Book) -> Iterator[Finding]:
    """A regency or city stands under the province whose code it begins with; a province stands under nothing."""
    for row in book.table("regions"):
        code, kind = row.text("region_code"), row.text("kind")
        wanted = code[:2] if kind in ("kabupaten", "kota") else ""
        if row.text("parent_code") != wanted:
            yield row.wrong("region-parent", "parent_code", code=code, kind=kind, wanted=wanted or word("empty"))


def code_validity(book: Book) -> Iterator[Finding]:
    """A code holds for some time, and what took its place is another code of its list that there is."""
    for own in CODE_LISTS:
        codes = {row.text(own.key) for row in book.table(own.name)}
        for row in book.table(own.name):
            start, end = first_day(row.text("valid_from")), last_day(row.text("valid_to"))
            if start and end and end < start:
                yield row.wrong("code-validity", "valid_to", start=row.text("valid_from"), end=row.text("valid_to"))
            if end and not row.text("successor"):
                yield row.wrong("code-without-successor", "successor", end=row.text("valid_to"))
            for code in row.text("successor").split():
                if code not in codes or code == row.text(own.key):
                    yield row.wrong("code-successor", "successor", code=code)


def codes_in_time(book: Book) -> Iterator[Finding]:
    """A count is placed by the codes that held when its batch began; an older one keeps its old code."""
    begins = {row.text("batch_id"): row.text("start_on") or str(row["year"]) for row in book.table("batches")}
    for name, columns in (("observations", [*DIMENSION]), ("venues", ["region_code"])):
        held = {column: _dated(book, DIMENSION[column].codes) for column in columns}
        for column, dated in ((column, dated) for column, dated in held.items() if dated):
            for row in book.table(name):
                code, began = dated.get(row.text(column)), begins.get(row.text("batch_id"), "")
                if code is not None and not _held(code, first_day(began), last_day(began)):
                    start, end = (code.text(day) or "…" for day in ("valid_from", "valid_to"))
                    details = {"code": row.text(column), "start": start, "end": end, "began": began}
                    yield row.wrong("code-not-in-force", column, **details)


def _dated(book: Book, own: CodeList) -> Mapping[str, Row]:
    """Give the rows of a list whose codes have not always held, or hold no longer."""
    return {row.text(own.key): row for row in book.table(own.name) if row["valid_from"] or row["valid_to"]}


def _held(code: Row, first: date | None, last: date | None) -> bool:
    """Tell whether a code held on some day from a first to a last; true where these are not known."""
    start, end = first_day(code.text("valid_from")), last_day(code.text("valid_to"))
    return first is None or last is None or not ((start and last < start) or (end and first > end))


def position_levels(book: Book) -> Iterator[Finding]:
    """The fifth character of a position code agrees with its level: 1 with 7-9, 2 with 4-6, 3 with 1-3."""
    for row in book.table("positions"):
        code, level = row.text("position_code"), row.text("qualification_level")
        wanted = LEVELS_OF_DIGIT.get(code[4:5], ())
        if wanted and level not in wanted:
            span = f"{wanted[0]}–{wanted[-1]}"
            yield row.wrong("position-level", "qualification_level", code=code, span=span, level=level)


def position_classifications(book: Book) -> Iterator[Finding]:
    """A position code begins with the code of its subclassification."""
    for row in book.table("positions"):
        code, classification = row.text("position_code"), row.text("classification")
        if not code.startswith(classification) or len(classification) != 4:
            yield row.wrong(
                "position-classification", "classification", code=code, subclass=code[:4], classification=classification
            )


def levels_of_batches(book: Book) -> Iterator[Finding]:
    """Nobody is counted at a level that a batch does not have; above or below the level that it has, they may be."""
    parents = {row.text("code"): row.text("parent_code") for row in book.table("qualification_levels")}
    batches = {row.text("batch_id"): row.text("qualification_level") for row in book.table("batches")}
    for row in book.table("observations"):
        own, code = batches.get(row.text("batch_id"), ""), row.text("qualification_level")
        if row.count() != 0 and outside_level(code, own, parents):
            yield row.wrong("level-outside-batch", "qualification_level", level=code, own=own)


def outside_level(code: str, own: str, parents: Mapping[str, str]) -> bool:
    """Tell whether a level is another than that of a batch, and neither above nor below it."""
    told = code not in ("", ALL, UNKNOWN) and own not in ("", ALL, UNKNOWN)
    return told and own not in (code, *ancestors(code, parents)) and code not in ancestors(own, parents)


def population_sexes(book: Book) -> Iterator[Finding]:
    """Men and women together are the population."""
    for row in book.table("population"):
        male, female, total = (row.count(f"population_{each}") for each in ("male", "female", "total"))
        if male is not None and female is not None and male + female != total:
            yield row.wrong("population-sexes", "population_total", male=male, female=female, total=total)


def population_regencies(book: Book) -> Iterator[Finding]:
    """The regencies and cities of a province together are the province, where all of them are there.

    Judged for men and women; the total follows from them by the rule above. Those whose code held in that half-year.
    """
    population = book.table("population")
    for period in sorted({row.text("reference_period") for row in population}):
        # A half-year ends with its last month: 2024-S2.
        end = last_day(period.replace("-S1", "-06").replace("-S2", "-12"))
        members: dict[str, set[str]] = {}
        for row in book.table("regions"):
            if row["kind"] in ("kabupaten", "kota") and _held(row, end, end):
                members.setdefault(row.text("region_code")[:2], set()).add(row.text("region_code"))
        by_code = {row.text("region_code"): row for row in population if row.text("reference_period") == period}
        for code, row in by_code.items():
            if code not in members or not members[code] <= by_code.keys():
                continue
            for column in ("population_male", "population_female"):
                together = sum(by_code[each].count(column) or 0 for each in members[code])
                if together != row.count(column):
                    yield row.wrong("population-regencies", column, together=together, total=row.text(column))


def formula_terms(book: Book) -> Iterator[Finding]:
    """A measure names counts that exist: stages, parts of them, counts of workers, and what is set beside counts."""
    workforce = _workforce(book)
    for row in book.table("measures"):
        for column in ("numerator", "denominator"):
            for name in names_in(row.text(column)):
                if not _is_count(book, name, workforce):
                    yield row.wrong("formula-term", column, term=name, known=", ".join(sorted({*SHORT, *BESIDE})))


def formula_scope(book: Book) -> Iterator[Finding]:
    """Every measure is computed: for each batch, or as the one measure of a place, a target, a budget or workers."""
    workforce = _workforce(book)
    told: dict[tuple[Scope, str], Row] = {}
    for row in book.table("measures"):
        names = names_in(row.text("numerator"), row.text("denominator"))
        if not all(_is_count(book, name, workforce) for name in names):
            continue  # said by formula_terms
        scope = scope_of(names, workforce)
        if scope is None:
            yield row.wrong("formula-scope", "numerator", names=", ".join(names), stages=", ".join(PLACE_STAGES))
        elif scope[0] != "batch" and (other := told.setdefault(scope, row)) is not row:
            yield row.wrong("formula-twice", "measure_id", other=other.text("measure_id"), row=other.number)
    table = book.packages.table("measures")
    for one in ("target", "budget", "workforce") if table else ():
        if not any(scope[0] == one for scope in told):
            yield finding("formula-none", file=table.file if table else "", scope=word(f"formula.{one}"))


def _workforce(book: Book) -> frozenset[str]:
    return frozenset(row.text("code") for row in book.table("context_measures"))


def _is_count(book: Book, name: str, workforce: Collection[str]) -> bool:
    """Tell whether a formula may name a count; a part of a stage must be at a code that its list has."""
    cell = cell_of(name)
    if cell is None or cell[1] is None:
        return cell is not None or name in workforce or name in BESIDE
    dimension, code = cell[1]
    codes = DIMENSION[dimension].codes
    return any(row[codes.key] == code for row in book.table(codes.name))


def batch_numbers(book: Book) -> Iterator[Finding]:
    """A tahap has a number; a cumulative span has none, for it never adds to batches."""
    for row in book.table("batches"):
        kind, number = row.text("kind"), row["number"]
        if (kind == "tahap" and number is None) or (kind == "cumulative" and number is not None):
            what = word("unnumbered" if number is None else "numbered")
            yield row.wrong("batch-number", "number", kind=kind, what=what)


def batch_number_unique(book: Book) -> Iterator[Finding]:
    """A programme has one tahap of each number in a year."""
    rows = [row for row in book.table("batches") if row["kind"] == "tahap" and row["number"] is not None]
    for first, *others in grouped(rows, ["programme_id", "year", "number"]).values():
        for row in others:
            yield row.wrong("batch-number-unique", "number", number=row["number"], year=row["year"], other=first.number)


def main_programme(book: Book) -> Iterator[Finding]:
    """One programme is the main one, and has a batch: the site is about it."""
    rows = book.table("programmes")
    if rows and not any(row["role"] == "main" for row in rows):
        yield rows[0].wrong("programme-main", "role")
    taught = {row["programme_id"] for row in book.table("batches")}
    for row in rows:
        if row["role"] == "main" and row["programme_id"] not in taught:
            yield row.wrong("programme-without-batch", "programme_id", programme=row["programme_id"])


def programme_has_rows(book: Book) -> Iterator[Finding]:
    """Any other programme has a batch, a target or a budget: of one without any there is nothing to say."""
    named = {row["programme_id"] for table in ("batches", "targets", "budgets") for row in book.table(table)}
    for row in book.table("programmes"):
        if row["role"] != "main" and row["programme_id"] not in named:
            yield row.wrong("programme-empty", "programme_id", programme=row["programme_id"])


DIMENSION_LISTS = tuple(dimension.codes.name for dimension in DIMENSION.values())
RULES = (
    Rule(judge=main_programme, needs=("programmes", "batches")),
    Rule(judge=programme_has_rows, needs=("programmes", "batches", "targets", "budgets")),
    Rule(judge=region_codes, needs=("regions",)),
    Rule(judge=region_parents, needs=("regions",)),
    Rule(judge=code_validity, whole=tuple(own.name for own in CODE_LISTS)),
    Rule(
        judge=codes_in_time,
        needs=("observations", "venues"),
        whole=("batches", *DIMENSION_LISTS),
        sieves={"observations": Alike(sets=tuple(("batch_id", name) for name in DIMENSION))},
    ),
    Rule(
        judge=levels_of_batches,
        needs=("observations",),
        whole=("batches", "qualification_levels"),
        sieves={"observations": Held(by=(first_at_level,))},
    ),
    Rule(judge=position_levels, needs=("positions",)),
    Rule(judge=position_classifications, needs=("positions",)),
    Rule(judge=population_sexes, needs=("population",)),
    Rule(judge=population_regencies, whole=("population", "regions")),
    Rule(judge=formula_terms, needs=("measures",), whole=("context_measures",)),
    Rule(judge=formula_scope, needs=("measures",), whole=("context_measures",)),
    Rule(judge=batch_numbers, needs=("batches",)),
    Rule(judge=batch_number_unique, needs=("batches",)),
)
