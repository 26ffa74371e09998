"""What catalogues, search engines and feed readers take: DCAT, schema.org, sitemap, robots, feeds, Satu Data. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kompeten.api.edition import Edition
from kompeten.api.text import to_json
from kompeten.forms.catalogues import dcat, feeds
from kompeten.forms.catalogues.calendar import calendar
from kompeten.forms.catalogues.crawlers import robots, sitemap
from kompeten.forms.catalogues.dcat import PATH as CATALOGUE
from kompeten.forms.catalogues.jsonld import DataPage, datasets_jsonld, page_jsonld
from kompeten.forms.catalogues.satudata import Checklist, satu_data

__all__ = ["CATALOGUE", "Checklist", "DataPage", "datasets_jsonld", "files", "page_jsonld", "satu_data"]


def files(edition: Edition, written: Mapping[str, bytes], pages: Sequence[str]) -> Mapping[str, bytes]:
    """Give the files for catalogues and crawlers.

    written: documents and forms as they were made; the catalogue lists them with bytes and checksum. pages: paths
    present in both languages.
    """
    return {
        dcat.PATH: to_json(dcat.catalogue(edition, written)),
        "sitemap.xml": sitemap(pages, edition.settings, edition.release.released_on),
        "robots.txt": robots(edition.settings, hidden=edition.compilation.synthetic or edition.is_preview),
        **feeds.files(edition),
        "kalender.ics": calendar(edition),
    }
