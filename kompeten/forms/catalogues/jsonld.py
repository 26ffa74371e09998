"""schema.org Dataset as JSON-LD, for the head of data pages: what dataset search engines read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kompeten.api.edition import Edition
from kompeten.api.openapi import LICENCES
from kompeten.forms import subject
from kompeten.forms.catalogues.crawlers import address
from kompeten.forms.catalogues.dcat import PATH
from kompeten.forms.downloads.inventory import media_type
from kompeten.ground.findings import Language
from kompeten.ground.model import Compilation

LONGEST = 5000
"""Characters of a description that dataset search accepts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """Something that is measured, with its unit in words."""

    name: str
    description: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetPage:
    """What a data page says of its data. path: as in ``Page.path``. distribution: paths of files from the root.

    region_code: the place it is about; None for what the whole site covers.
    """

    language: Language
    path: str
    title: str
    description: str
    distribution: Sequence[str]
    variables: Sequence[Variable]
    region_code: str | None = None


def dataset_jsonld(page: DatasetPage, edition: Edition) -> str:
    """Give the text of a JSON-LD script; safe to stand inside ``<script>`` as it is."""
    imprint, settings, language = edition.imprint, edition.settings, page.language
    released = edition.release.released_on
    publisher = {"@type": "Organization", "name": settings.publisher, "url": settings.base_url}
    body: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{address(settings, page.path, language)}#dataset",
        "name": page.title,
        "description": described(page, synthetic=imprint.synthetic),
        "url": address(settings, page.path, language),
        "identifier": f"{address(settings, page.path, language)}#dataset",
        "inLanguage": language,
        "keywords": [label.text(language) for label in subject.KEYWORDS],
        "license": LICENCES[imprint.licence],
        "creditText": imprint.attribution.text(language),
        "isAccessibleForFree": True,
        "version": imprint.release,
        "datePublished": released,
        "dateModified": released,
        "temporalCoverage": "/".join(subject.years(edition.compilation)),
        "spatialCoverage": _place(page, edition.compilation),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": v.name, "description": v.description, "unitText": v.unit}
            for v in page.variables
        ],
        "creator": publisher,
        "publisher": publisher,
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": subject.TITLE.text(language),
            "url": f"{settings.base_url}{PATH}",
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": path.rsplit("/", 1)[-1],
                "encodingFormat": media_type(path),
                "contentUrl": settings.base_url + path,
            }
            for path in page.distribution
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1).replace("<", "\\u003c").replace("\u2028", "\\u2028")


def described(page: DatasetPage, *, synthetic: bool) -> str:
    """Give the page's own description, then what all data here have in common, so that it is never too short."""
    text = f"{page.description.strip()} {subject.summary(synthetic=synthetic).text(page.language)}".strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _place(page: DatasetPage, compilation: Compilation) -> dict[str, Any]:
    code = page.region_code or subject.PROVINCE
    region = compilation.codes["regions"][code]
    place: dict[str, Any] = {"@type": "Place", "name": region.name.text(page.language), "identifier": code}
    if region.parent_code:
        parent = compilation.codes["regions"][region.parent_code]
        place["containedInPlace"] = {
            "@type": "Place",
            "name": parent.name.text(page.language),
            "identifier": parent.code,
        }
    return place
