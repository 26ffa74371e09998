"""The catalogue of checks: what each finding says, by its code, with the mend; every finding names its code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kompeten.ground.findings import Label
from kompeten.ground.wording import load_checks
from kompeten.pages.book import Book
from kompeten.pages.page import Crumb, Page, page_of, share_of

PATH = "data/pemeriksaan/"
PARTS: Mapping[str, str] = {"data": "checks.data", "register": "checks.register", "refusal": "checks.refusal"}

EXAMPLE: Mapping[str, str] = {
    "value": "1.080",
    "count": "57",
    "limit": "100",
    "found": "16",
    "wanted": "17",
    "earlier": "12",
    "other": "12",
    "table": "regions",
    "column": "region_code",
    "name": "tahap",
    "code": "64.02",
    "unit": "idr",
    "sign": "=",
    "date": "2025-06-30",
    "year": "2025",
    "stage": "kompeten",
    "near": "",
    "bound": "asesi",
    "batch": "kaltim-2025-1",
    "first": "1080",
    "second": "1.08",
    "dimension": "sex",
    "letter": "Р",
    "place": "observations",
    "kind": "tahap",
}
"""What stands in the place of details where a finding is shown as an example; others are three dots."""


class _Example(dict[str, str]):
    """The details of an example."""

    def __missing__(self, _: str) -> str:
        return "…"


def page(book: Book) -> Page:
    """Make the page; each check has the address of its code: ``#periksa-funnel-order``."""
    title, total = book.t("checks.title"), book.number(sum(len(load_checks()[part]) for part in PARTS))
    return page_of(
        book.at(PATH),
        "checks",
        title=title,
        description=book.t("checks.description", count=total),
        lead=book.t("checks.lead"),
        parts=[(part, book.t(key), list(_checks(book, part))) for part, key in PARTS.items()],
        crumbs=(Crumb(label=book.t("nav.data"), path="data/"),),
        share=share_of(book, title=title, figure=total, unit=book.t("checks.share.unit")),
    )


def anchor(part: str, slug: str) -> str:
    return f"periksa-{slug}" if part == "data" else f"periksa-{part}-{slug}"


def _checks(book: Book, part: str) -> Iterator[tuple[str, ...]]:
    """Give anchor, code, an example of what it says, the mend, and what it guards, in the order of the codes."""
    for slug, check in sorted(load_checks()[part].items()):
        told = (_shown(book, check[name]) for name in ("what", "mend", "guards"))
        yield anchor(part, slug), slug, *told


def _shown(book: Book, label: Label) -> str:
    return label.text(book.language).format_map(_Example(EXAMPLE))
