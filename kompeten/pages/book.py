"""What all pages of one language share: documents, words, names, figures and links.

A ``Book`` is one language of the site; a ``Sheet`` is the book opened at one page, so that its links are relative
and the site can stand under any address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any, Literal, TypeGuard

from jinja2 import Environment
from markupsafe import Markup, escape

from kompeten.api import shapes
from kompeten.api.about import Tombstone
from kompeten.api.publication import Imprint
from kompeten.ground import formats
from kompeten.ground.findings import FOLDER_OF, Language
from kompeten.ground.settings import Settings
from kompeten.ground.vocabulary import ALL, PRINTED, Status
from kompeten.ground.wording import Wording, said
from kompeten.pages import tables
from kompeten.pages.charts import Mark, Words
from kompeten.pages.library import Library
from kompeten.statistics import sentences

Counted = shapes.Count | shapes.Achieved | shapes.PlaceTotal | shapes.Observation | shapes.Context
"""What has a value beside a status, and perhaps a precision."""

FieldName = (
    Literal["value", "low", "high", "at_least", "high_of_known", "smallest", "largest", "numerator", "denominator"]
    | Literal["holders", "more", "workers", "population", "area_km2", "batches", "batches_with_figure"]
)
"""Fields whose figures stand on pages, each with its address."""

Head = str | tuple[str] | tuple[str, str] | tables.Column
"""What heads a column: a key for words; for figures a key, and that of the unit where there is one; or itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One language of the site. api: the published documents. places: row and column of regencies on the map. env: the
    templates, with its words.

    gone: ids that were published once. kept: paths of what earlier releases left; past: some of
    their documents, by release and name.
    """

    language: Language
    t: Wording
    api: Library
    imprint: Imprint
    settings: Settings
    released_on: str
    names: Mapping[str, Mapping[str, str]] = field(repr=False)
    places: Mapping[str, tuple[int, int]] = field(repr=False)
    env: Environment = field(repr=False)
    gone: tuple[Tombstone, ...] = ()
    kept: tuple[str, ...] = field(default=(), repr=False)
    past: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    def at(self, path: str) -> Sheet:
        return Sheet(**{part.name: getattr(self, part.name) for part in fields(self)}, path=path)

    def name(self, codelist: str, code: str) -> str:
        return self.names[codelist][code]

    def credited(self, text: str, source: str) -> str:
        """Add to a text where its figures are from, who compiled them, and in which release."""
        imprint, publisher = self.imprint, self.settings.publisher
        return sentences.credited(
            self.language,
            text,
            source=source,
            publisher=publisher,
            release=imprint.release,
            synthetic=imprint.synthetic,
        )

    def phrase(self, key: str, **values: object) -> Markup:
        """Fill a text with values of which some are markup, such as figures and links; the rest is escaped."""
        self.t(key, **values)
        return Markup(self.t.texts[key]).format(**values)

    def say(self, text: shapes.Text | None) -> str:
        return "" if text is None else text.id if self.language == "id" else text.en

    def number(self, value: int | Decimal, decimals: int = 0) -> str:
        return formats.number(value, self.language, decimals=decimals)

    def exact(self, value: Decimal) -> str:
        exponent = value.as_tuple().exponent
        return self.number(value, max(0, -exponent) if isinstance(exponent, int) else 0)

    def date(self, iso: str) -> str:
        return formats.date(iso, self.language)

    def day(self, iso: str | None) -> tables.Cell:
        """Write an ISO date in a cell; that there is none where there is none."""
        return tables.Cell(text=self.date(iso) if iso else self.t("column.none"), code=iso or "")

    def unit(self, code: str) -> str:
        """Give the symbol of a unit in words: orang, peserta, %."""
        return self.name("units", code)

    def aimed(self, target: shapes.Target) -> str:
        """Name what a target counts: peserta, sertifikat, orang bersertifikat."""
        return said("unit")[sentences.unit_word(target.stated_unit, target.stage)].text(self.language)

    def counted(self, stage: str, *counts: shapes.Count | shapes.Achieved) -> str:
        """Name what counts of a stage count; where nobody counted, what the stage is usually counted in."""
        units = sorted({count.unit for count in counts if count.unit}) or [self.api.codes["stages"][stage].unit or ""]
        return " / ".join(map(self.unit, units))

    # --- figures ------------------------------------------------------------------------------------------------------

    def figure(self, owner: shapes.Shape, name: FieldName, text: str) -> Markup:
        """Show a value with its address. text: as printed; the value itself stays bare in the element."""
        value = tables.bare(getattr(owner, name))
        return Markup('<data value="{}" data-json="{}">{}</data>').format(value, self.api.address(owner, name), text)

    def whole(self, owner: shapes.Shape, name: FieldName = "value") -> Markup:
        return self.figure(owner, name, self.number(getattr(owner, name)))

    def change(self, owner: shapes.Context) -> Markup:
        return self.figure(owner, "value", formats.number(owner.value or 0, self.language, signed=True))

    def words_for(self, status: str) -> str:
        return self.t(f"status.{status}")

    def count(self, count: Counted) -> Markup:
        """Show a count with its hedge, or the words that stand for it."""
        return self.figure(count, printed(count), self.count_text(count))

    def count_text(self, count: Counted, unit: str = "") -> str:
        """Write a count with its unit and its hedge, ``100 orang (dibulatkan)``; or the words that stand for it."""
        field = printed(count)
        if field != "at_least" and count.status not in PRINTED:
            return self.words_for(count.status)
        text = f"{self.number(getattr(count, field))} {unit}".strip()
        if field == "at_least":
            return self.hedged(text, field)
        return self.hedged(text, getattr(count, "precision", None), getattr(count, "bound", None))

    def aim(self, target: shapes.Target) -> str:
        """Write a target with its unit and its hedge: ``1.000 peserta``."""
        return self.hedged(f"{self.number(target.value)} {self.aimed(target)}", target.precision)

    def short_count(self, count: shapes.PlaceTotal) -> Markup:
        """Show a total where no word of hedge has room: ``486+``, ``± 60``; the words that stand for it otherwise."""
        if count.value is None or count.precision not in ("about", "at_least"):
            return self.count(count)
        return self.figure(count, "value", self.t(f"hedge.short.{count.precision}", value=self.number(count.value)))

    def hedged(self, text: str, precision: str | None, bound: str | None = None) -> str:
        return sentences.hedged(self.language, text, precision, bound)

    def rate(self, rate: shapes.Rate) -> Markup:
        return self.figure(rate, "value", self.rate_text(rate))

    def rate_text(self, rate: shapes.Rate) -> str:
        """Write a rate: ``93,9%``, ``0,21``, ``Rp5,02 juta``; or the words that stand for it."""
        if rate.value is None:
            return self.words_for(rate.status)
        if rate.unit == "persen":
            text = formats.percent(rate.value, self.language, decimals=rate.decimals)
        elif rate.unit == "idr":
            text = formats.money(formats.in_short(int(rate.value), rate.precision), self.language)
        else:
            text = self.number(rate.value, rate.decimals)
        return self.hedged(text, rate.precision)

    def blank(self, status: tables.CellStatus = "unknown") -> tables.Cell:
        """Give the cell of a figure that nobody has, or that does not apply."""
        return tables.Cell(text=self.words_for(status), status=status)

    def cell(
        self, count: Counted | None, *, note: int | None = None, source_ids: tuple[str, ...] | None = None
    ) -> tables.Cell:
        """Give a table cell of a count, None being unknown. source_ids: those of a sum, which does not name them."""
        if count is None:
            return self.blank()
        field = printed(count)
        value = getattr(count, field)
        cell = tables.Cell(text=self.count(count), status=cell_status(count), value=value, note=note)
        if value is None:
            return cell
        precision = field if field == "at_least" else getattr(count, "precision", None)
        return replace(cell, precision=precision, source_ids=sources_of(count) if source_ids is None else source_ids)

    def counted_cell(self, count: int, text: str = "") -> tables.Cell:
        """Give a table cell of a number that rests on no source: how many there are of something on the site."""
        return tables.Cell(text=text or self.number(count), value=count)

    def rate_cell(
        self, rate: shapes.Rate | None, *, note: int | None = None, source_ids: tuple[str, ...] = ()
    ) -> tables.Cell:
        """Give a table cell of a rate; a measure that a row does not have is not applicable."""
        if rate is None:
            return self.blank("not_applicable")
        cell = tables.Cell(text=self.rate(rate), status=rate.status, value=rate.value, note=note)
        return cell if rate.value is None else replace(cell, precision=rate.precision, source_ids=source_ids)

    def mark(self, label: str, count: Counted | None, *, short: str = "") -> Mark:
        """Give a chart mark of a count, None being unknown; of an unknown whole, what its parts add up to.

        short: its label on an axis.
        """
        if count is None:
            return Mark(label=label, text=self.words_for("unknown"), status="unknown", short=short)
        status = self.shown_status(count)
        value = number_of(count) if status in PRINTED else None
        return Mark(label=label, text=self.count_text(count), value=value, status=status, short=short)

    def words(self, **texts: str) -> Words:
        """Write around a chart, in the language of the book. texts: the fields of ``Words``."""
        return Words(language=self.language, **texts)

    def shown_status(self, count: Counted) -> Status:
        """Give the status of what is printed: what the parts of an unknown whole add up to is a figure."""
        return "released" if printed(count) == "at_least" else count.status

    def column(self, head: Head) -> tables.Column:
        if isinstance(head, tables.Column):
            return head
        if isinstance(head, str):
            return tables.Column(label=self.t(head), kind="text")
        return tables.Column(label=self.t(head[0]), unit=self.t(head[1]) if len(head) > 1 else None)

    def stage_column(self, stage: str, counts: Iterable[shapes.Count | shapes.Achieved]) -> tables.Column:
        """Head a column of counts of a stage with what they count."""
        return tables.Column(label=self.name("stages", stage), unit=self.counted(stage, *counts))

    def titled(
        self,
        id: str,
        caption: str,
        heads: Iterable[Head],
        rows: Iterable[tables.Row],
        *,
        subtitle: str | None = None,
        source: str | None = None,
        notes: Iterable[str] = (),
    ) -> tables.Table:
        """Lay out a table under a caption that is ready."""
        return tables.Table(
            id=id,
            caption=caption,
            columns=tuple(map(self.column, heads)),
            rows=tuple(rows),
            subtitle=subtitle,
            source=source,
            notes=tuple(notes),
        )

    def table(
        self,
        id: str,
        key: str,
        heads: Iterable[Head],
        rows: Iterable[tables.Row],
        /,
        source: str | None = None,
        notes: Iterable[str] = (),
        **values: object,
    ) -> tables.Table:
        """Lay out a table. key: of its caption and, where the wording has one, its subtitle; values fill in both."""
        caption, below = self.t(f"{key}.caption", **values), f"{key}.subtitle"
        subtitle = self.t(below, **values) if below in self.t.texts else None
        return self.titled(id, caption, heads, rows, subtitle=subtitle, source=source, notes=notes)

    # --- names --------------------------------------------------------------------------------------------------------

    def short_batch(self, batch: shapes.Batch) -> str:
        """Name a batch within its year: ``Tahap II``."""
        return f"Tahap {formats.roman(batch.number)}" if batch.number else self.say(batch.name)

    def batch_tick(self, batch: shapes.Batch) -> str:
        """Name a batch on an axis: ``II 2025``, or its year where it has no number."""
        return f"{formats.roman(batch.number)} {batch.year}" if batch.number else str(batch.year)

    def when(self, batch: shapes.Batch) -> str | None:
        """Write the days of a batch, or None where nobody published them."""
        start = batch.start_on
        return formats.date_range(start, batch.end_on or start, self.language) if start else None

    def days(self, batch: shapes.Batch) -> tables.Cell:
        """Write the days of a batch in a cell; that there are none where nobody published them."""
        span = "/".join(dict.fromkeys(filter(None, (batch.start_on, batch.end_on))))
        return tables.Cell(text=self.when(batch) or self.t("column.none"), code=span)

    def source_name(self, source_id: str) -> str:
        return self.api.sources[source_id].publisher

    def text_kind(self, source: shapes.Source) -> str:
        """Say what kind of text a source is, within a sentence: ``berita``; what it is kept as where nobody read it."""
        kind = source.text_kind
        name = self.name("text_kinds", kind) if kind else self.t(f"source.kind.{source.kind}")
        return name[:1].lower() + name[1:]

    def batch_name(self, batch_id: str) -> str:
        return self.say(self.api.batches[batch_id].name)

    def programme_name(self, programme_id: str) -> str:
        return self.say(self.api.programmes[programme_id].name)

    def levels(self, code: str) -> list[str]:
        """Name a level of qualification; nothing for all of them together."""
        return [] if code == ALL else [self.name("qualification_levels", code)]

    def region(self, code: str) -> str:
        return self.name("regions", code)


def is_change(row: object) -> TypeGuard[shapes.Context]:
    """Tell whether a count about the workforce is a difference between two times."""
    return isinstance(row, shapes.Context) and row.measure.startswith("perubahan")


def printed(count: shapes.Shape) -> FieldName:
    """Name the field that is printed of a figure: the least of a lower bound, the parts of an unknown whole."""
    if isinstance(count, shapes.Achieved) and count.bound == "at_least":
        return "low"
    return "at_least" if isinstance(count, shapes.Count) and count.at_least is not None else "value"


def number_of(count: Counted) -> int | None:
    """Give the number that is printed for a count; None where words stand for it."""
    value: int | None = getattr(count, printed(count))
    return value


def sources_of(count: shapes.Shape) -> tuple[str, ...]:
    """Give the ids of the sources of a figure: its own, or those of the figures that it adds up."""
    own = getattr(count, "source_id", None)
    return (own,) if own else tuple(getattr(count, "source_ids", ()))


def cell_status(count: Counted) -> tables.CellStatus:
    """Give the status of a cell; a released 0 has its own."""
    return "zero" if count.status == "released" and count.value == 0 else count.status


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Book):
    """A book opened at one page. path: the page's address, the same in both languages ("" is the home page)."""

    path: str

    @property
    def depth(self) -> int:
        """Count the folders between this page and the root of the site."""
        return f"{FOLDER_OF[self.language]}{self.path}".count("/")

    def href(self, path: str) -> str:
        return self.file(FOLDER_OF[self.language] + path)

    def file(self, path: str) -> str:
        """Link to a file below the root of the site."""
        return "../" * self.depth + path or "./"

    @property
    def address(self) -> str:
        return f"{self.settings.base_url}{FOLDER_OF[self.language]}{self.path}"

    def batch_href(self, batch_id: str) -> str:
        return self.href(f"tahap/{batch_id}/")

    def region_href(self, code: str) -> str:
        return self.href(f"wilayah/{code}/")

    def source_link(self, source_id: str | None) -> Markup:
        """Name a source and link to where it stands: its own page, or our list where it has no address. One that is no
        more is named by its id."""
        source = self.api.sources.get(source_id or "")
        if source is None:
            return Markup(escape(source_id or ""))
        url = source.url or self.href("klaim/") + f"#sumber-{source_id}"
        return Markup('<a href="{}">{}</a>').format(url, escape(source.publisher))


def names_of(api: Library, language: Language) -> Mapping[str, Mapping[str, str]]:
    """Give the names of all codes by list, from the published code lists."""
    return {
        name: {code: row.name.id if language == "id" else row.name.en for code, row in rows.items()}
        for name, rows in api.codes.items()
    }
