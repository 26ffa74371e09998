"""What catalogues, search engines and feed readers take: DCAT, schema.org, sitemap, robots, feeds, Satu Data. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kompeten.api.catalogue import Document, Imprint
from kompeten.api.documents import Statistics
from kompeten.api.openapi import Contact
from kompeten.api.text import plain, to_json
from kompeten.forms.catalogues import dcat
from kompeten.forms.catalogues.crawlers import robots, sitemap
from kompeten.forms.catalogues.feeds import atom, json_feed
from kompeten.forms.catalogues.jsonld import DatasetPage, Variable, dataset_jsonld
from kompeten.forms.catalogues.satudata import Checklist, satu_data
from kompeten.forms.subject import released_on

__all__ = ["Checklist", "DatasetPage", "Variable", "dataset_jsonld", "files", "satu_data"]


def files(
    statistics: Statistics,
    documents: Mapping[str, Document],
    imprint: Imprint,
    settings: Contact,
    pages: Sequence[str],
    downloads: Mapping[str, bytes],
) -> Mapping[str, bytes]:
    """Give the files for catalogues and crawlers.

    pages: paths present in both languages. downloads: what ``kompeten.forms.downloads.files`` gave; with the documents
    it is what the catalogue lists, with bytes and checksum.
    """
    compilation = statistics.compilation
    listed = {path: to_json(plain(document)) for path, document in documents.items()} | dict(downloads)
    return {
        dcat.PATH: to_json(dcat.catalogue(compilation, imprint, settings, listed)),
        "sitemap.xml": sitemap(pages, settings, released_on(compilation, imprint.release)),
        "robots.txt": robots(settings, synthetic=imprint.synthetic),
        "feed.xml": atom(compilation, imprint, settings),
        "feed.json": json_feed(compilation, imprint, settings),
    }
