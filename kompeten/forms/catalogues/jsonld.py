"""schema.org as JSON-LD for the head of pages: the datasets of the catalogue on its page, and what every other page is.

Each dataset stands here once, under the name that it has in the DCAT catalogue, in both languages: a search engine that
reads either page, or the catalogue, finds the same one. Other pages are no datasets but parts of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kompeten.api.edition import Edition
from kompeten.api.openapi import LICENCES
from kompeten.api.text import to_json
from kompeten.forms import subject
from kompeten.forms.catalogues import dcat
from kompeten.forms.catalogues.crawlers import address
from kompeten.forms.downloads.inventory import media_type
from kompeten.forms.subject import both
from kompeten.ground.findings import LANGUAGES, Language
from kompeten.ground.model import Compilation

WHOLE = "package"
"""The dataset that all others are part of."""

Node = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage:
    """What a page says of itself. path: as in ``Page.path``. documents: paths, from the root, of those it is made from.

    region_code: the place it is about; None for what the whole site covers.
    """

    language: Language
    path: str
    title: str
    description: str
    documents: Sequence[str]
    region_code: str | None = None


def page_jsonld(page: DataPage, edition: Edition) -> str:
    """Give the text of a JSON-LD script of a page that is no dataset; safe to stand inside ``<script>`` as it is."""
    settings = edition.settings
    other = next(language for language in LANGUAGES if language != page.language)
    return _script(
        {
            "@context": "https://schema.org/",
            "@type": "WebPage",
            "@id": address(settings, page.path, page.language),
            "url": address(settings, page.path, page.language),
            "name": page.title,
            "description": page.description,
            "inLanguage": page.language,
            "translationOfWork": {"@id": address(settings, page.path, other)},
            "isPartOf": {"@id": dcat.iri(settings, WHOLE)},
            "dateModified": edition.release.released_on,
            "license": LICENCES[edition.imprint.licence],
            "spatialCoverage": _place(page.region_code, edition.compilation),
            "encoding": [_file("MediaObject", path, edition) for path in page.documents],
        }
    )


def datasets_jsonld(edition: Edition, written: Collection[str]) -> str:
    """Give the text of a JSON-LD script of every dataset of the catalogue. written: paths of what was made."""
    found = {each.name: _dataset(each, edition) for each in dcat.datasets(written)}
    whole = found.pop(WHOLE)
    stages = (edition.compilation.codes["stages"][name] for name in ("peserta", "kompeten", "skk_terbit"))
    return _script(
        {
            "@context": "https://schema.org/",
            **whole,
            "variableMeasured": [
                {"@type": "PropertyValue", "name": both(stage.name), "unitText": stage.unit} for stage in stages
            ],
            "hasPart": [{**part, "isPartOf": {"@id": whole["@id"]}} for part in found.values()],
        }
    )


def _dataset(each: dcat.Described, edition: Edition) -> Node:
    imprint, settings, released = edition.imprint, edition.settings, edition.release.released_on
    publisher = {"@type": "Organization", "name": settings.publisher, "url": settings.base_url}
    # What all data here have in common follows each description: alone it would be too short for dataset search.
    summary = subject.summary(synthetic=imprint.synthetic)
    return {
        "@type": "Dataset",
        "@id": dcat.iri(settings, each.name),
        "identifier": dcat.iri(settings, each.name),
        "name": both(each.title),
        "description": both(summary if each.description == subject.SUMMARY else each.description.then(summary)),
        "url": f"{settings.base_url}data/",
        "inLanguage": list(LANGUAGES),
        "keywords": [word for label in subject.KEYWORDS for word in both(label)],
        "license": LICENCES[imprint.licence],
        "creditText": both(imprint.attribution),
        "isAccessibleForFree": True,
        "version": imprint.release,
        "datePublished": released,
        "dateModified": released,
        "temporalCoverage": "/".join(subject.years(edition.compilation)),
        "spatialCoverage": _place(None, edition.compilation),
        "creator": publisher,
        "publisher": publisher,
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": dcat.iri(settings, "catalogue"),
            "name": both(subject.TITLE),
            "url": settings.base_url + dcat.PATH,
        },
        "distribution": [_file("DataDownload", path, edition) for path in each.paths],
    }


def _file(kind: str, path: str, edition: Edition) -> Node:
    return {
        "@type": kind,
        "name": path.rsplit("/", 1)[-1],
        "encodingFormat": media_type(path),
        "contentUrl": edition.settings.base_url + path,
    }


def _script(body: Mapping[str, Any]) -> str:
    return to_json(body).decode().rstrip("\n").replace("<", "\\u003c").replace("\u2028", "\\u2028")


def _place(region_code: str | None, compilation: Compilation) -> Node:
    code = region_code or subject.PROVINCE
    region = compilation.codes["regions"][code]
    place: Node = {"@type": "Place", "name": both(region.name), "identifier": code}
    if region.parent_code:
        parent = compilation.codes["regions"][region.parent_code]
        place["containedInPlace"] = {"@type": "Place", "name": both(parent.name), "identifier": parent.code}
    return place
