"""What all pages of one language share: documents, words, names, figures and links.

A ``Book`` is one language of the site; a ``Sheet`` is the book opened at one page, so that its links are relative
and the site can stand under any address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from markupsafe import Markup, escape

from kompeten.api.catalogue import ROOT, Imprint
from kompeten.ground import formats
from kompeten.ground.findings import Language
from kompeten.ground.settings import Settings
from kompeten.ground.vocabulary import PRINTED, Status
from kompeten.ground.wording import Wording
from kompeten.pages import tables
from kompeten.pages.charts import Mark
from kompeten.pages.node import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One language of the site. documents: plain JSON by path below the root of the site."""

    language: Language
    t: Wording
    documents: Mapping[str, Mapping[str, Any]]
    imprint: Imprint
    settings: Settings
    released_on: str
    names: Mapping[str, Mapping[str, str]] = field(repr=False)

    def doc(self, path: str) -> Node:
        """Give the data of a document; path below ``/api/v1/``."""
        return Node(ROOT + path, "", self.documents[ROOT + path])["data"]

    def name(self, codelist: str, code: str) -> str:
        """Name a code in the language of the book."""
        return self.names[codelist][code]

    def phrase(self, key: str, **values: object) -> Markup:
        """Fill a text with values of which some are markup, such as figures and links; the rest is escaped."""
        self.t(key, **values)
        return Markup(self.t.texts[key]).format(**values)

    def say(self, node: Node) -> str:
        """Give the text of a label in the language of the book."""
        return cast(str, node.value[self.language])

    def number(self, value: int | Decimal, decimals: int = 0) -> str:
        """Write a number as the language does."""
        return formats.number(value, self.language, decimals=decimals)

    def exact(self, value: Decimal) -> str:
        """Write a number with all the decimals it has."""
        exponent = value.as_tuple().exponent
        return self.number(value, max(0, -exponent) if isinstance(exponent, int) else 0)

    def date(self, iso: str) -> str:
        """Write an ISO date as the language does."""
        return formats.date(iso, self.language)

    def unit(self, code: str) -> str:
        """Give the symbol of a unit in words: orang, peserta, %."""
        return self.name("units", code)

    # --- figures ------------------------------------------------------------------------------------------------------

    def figure(self, node: Node, text: str) -> Markup:
        """Show a value with its address. text: as printed; the value itself stays bare in the element."""
        value = "" if node.value is None else str(node.value)
        return Markup('<data value="{}" data-json="{}">{}</data>').format(value, node.address, text)

    def whole(self, node: Node) -> Markup:
        """Show a whole number."""
        return self.figure(node, self.number(node.value))

    def change(self, node: Node) -> Markup:
        """Show a whole number that is a difference, with its sign."""
        return self.figure(node, formats.number(node.value, self.language, signed=True))

    def words_for(self, status: str) -> str:
        """Say in words why there is no figure."""
        return self.t(f"status.{status}")

    def count(self, node: Node, key: str = "value") -> Markup:
        """Show a count with its hedge, or the words that stand for it. node: an object with value and status."""
        status = node["status"].value
        if status not in PRINTED:
            return self.figure(node[key], self.words_for(status))
        text = self.hedged(self.number(node[key].value), node.value.get("precision"))
        return self.figure(node[key], text)

    def hedged(self, text: str, precision: str | None) -> str:
        """Put the source's hedge before a number: ``sekitar 60``."""
        return self.t(f"hedge.{precision}", value=text) if precision in ("about", "at_least", "rounded") else text

    def rate(self, node: Node) -> Markup:
        """Show a rate with its unit, or the words that stand for it. node: a Rate object."""
        status = node["status"].value
        if status not in PRINTED:
            return self.figure(node["value"], self.words_for(status))
        return self.figure(node["value"], self.rate_text(node))

    def rate_text(self, node: Node) -> str:
        """Write a rate: ``93,9%``, ``0,21``, ``Rp5,02 juta``."""
        value, decimals = Decimal(str(node["value"].value)), node["decimals"].value
        if node["unit"].value == "persen":
            return formats.percent(value, self.language, decimals=decimals)
        if node["unit"].value == "idr":
            return formats.money(int(value), self.language)
        return self.number(value, decimals)

    def cell(self, node: Node, key: str = "value", *, note: int | None = None) -> tables.Cell:
        """Give a table cell of a count."""
        return tables.Cell(text=self.count(node, key), status=cell_status(node, key), node=node[key], note=note)

    def rate_cell(self, node: Node) -> tables.Cell:
        """Give a table cell of a rate; a measure that a row does not have is not applicable."""
        if not node:
            return tables.Cell(text=self.words_for("not_applicable"), status="not_applicable", node=None)
        return tables.Cell(text=self.rate(node), status=node["status"].value, node=node["value"])

    def mark(self, label: str, node: Node, key: str = "value", *, short: str = "") -> Mark:
        """Give a chart mark of a count. short: its label on an axis."""
        status = cast(Status, node["status"].value)
        if status not in PRINTED:
            return Mark(label=label, text=self.words_for(status), status=status, short=short)
        text = self.hedged(self.number(node[key].value), node.value.get("precision"))
        return Mark(label=label, text=text, value=node[key].value, status=status, short=short)

    # --- names --------------------------------------------------------------------------------------------------------

    def short_batch(self, node: Node) -> str:
        """Name a batch within its year: ``Tahap II``."""
        number = node["number"].value
        return f"Tahap {formats.roman(number)}" if number else self.say(node["name"])

    def batch_tick(self, node: Node) -> str:
        """Name a batch on an axis: ``II 2025``, or its year where it has no number."""
        number = node["number"].value
        return f"{formats.roman(number)} {node['year'].value}" if number else str(node["year"].value)

    def when(self, node: Node) -> str | None:
        """Write the days of a batch, or None where nobody published them."""
        start, end = node["start_on"].value, node["end_on"].value
        return formats.date_range(start, end or start, self.language) if start else None

    def source_name(self, source_id: str) -> str:
        """Name a source by its publisher."""
        return cast(str, self.doc("sources.json").find(source_id=source_id)["publisher"].value)

    def region(self, code: str) -> str:
        """Name a region."""
        return self.name("regions", code)


def is_change(row: Node) -> bool:
    """Tell whether a count about the workforce is a difference between two times."""
    return str(row.value.get("measure", "")).startswith("perubahan")


def cell_status(node: Node, key: str = "value") -> tables.CellStatus:
    """Give the status of a cell; a released 0 has its own."""
    status = cast(tables.CellStatus, node["status"].value)
    return "zero" if status == "released" and node[key].value == 0 else status


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A book opened at one page. path: the page's address, the same in both languages ("" is the home page)."""

    book: Book
    path: str

    @property
    def depth(self) -> int:
        """Count the folders between this page and the root of the site."""
        return self.path.count("/") + (self.book.language != "id")

    def href(self, path: str) -> str:
        """Link to a page of the same language."""
        language = "" if self.book.language == "id" else "en/"
        return self.file(language + path)

    def file(self, path: str) -> str:
        """Link to a file below the root of the site."""
        return "../" * self.depth + path or "./"

    def api(self, node: Node) -> str:
        """Link to the document that holds a node."""
        return self.file(node.path)

    def source_link(self, source_id: str | None) -> Markup:
        """Name a source and link to where it stands: its own page, or our list where it has no address."""
        if source_id is None:
            return Markup("")
        node = self.book.doc("sources.json").find(source_id=source_id)
        url = node["url"].value or self.href("klaim/") + f"#sumber-{source_id}"
        return Markup('<a href="{}">{}</a>').format(url, escape(node["publisher"].value))


def names_of(documents: Mapping[str, Mapping[str, Any]], language: Language) -> Mapping[str, Mapping[str, str]]:
    """Give the names of all codes by list, from the published code lists."""
    prefix = f"{ROOT}codelists/"
    return {
        path.removeprefix(prefix).removesuffix(".json"): {row["code"]: row["name"][language] for row in body["data"]}
        for path, body in documents.items()
        if path.startswith(prefix)
    }
