"""What the data pages speak of: files already made, their descriptions, and code to fetch them. Plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kompeten.api import ROOT, about
from kompeten.api.catalogue import Endpoint
from kompeten.api.edition import Edition
from kompeten.forms.catalogues.satudata import Checklist, satu_data
from kompeten.forms.downloads.inventory import STAT
from kompeten.forms.downloads.slices import SLICES
from kompeten.forms.downloads.tables import FOLDER, KEPT
from kompeten.ground.findings import Label
from kompeten.ground.tree import sha256_of

PLACEHOLDER = "https://kaltim-kompeten.invalid/"
"""The address that stands in the snippets; pages show the site's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One file that the site holds. path: below the root of the site."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Files and descriptions at hand when the data pages are laid out.

    files: those of ``downloads/``, by path. package: the published data package. openapi: the description of the API.
    endpoints: its families, with their titles in both languages. snippets: name of a file to its text.
    translations: English description of a shape or field to Indonesian. listed: the lists of documents, by path: of the
    newest release and of every one that is kept. slices: paths of observations cut ready to use. stat: JSON-stat tables
    by path, each with its language and title.
    """

    files: Mapping[str, Stored]
    package: Mapping[str, Any]
    openapi: Mapping[str, Any]
    endpoints: tuple[Endpoint, ...]
    checklist: Checklist
    snippets: Mapping[str, str]
    translations: Mapping[str, str]
    listed: frozenset[str]
    slices: tuple[str, ...]
    stat: Mapping[str, tuple[str, Label]]


def stock(
    edition: Edition, files: Mapping[str, bytes], snippets: Mapping[str, str], translations: Mapping[str, str]
) -> Shelf:
    """Take stock of what was made so far. files: the site's files, downloads and API included."""
    own = {path: files[path] for path in files if path.startswith(FOLDER) and not path.startswith((KEPT, SLICES))}
    stat = {path: json.loads(files[path])["extension"] for path in files if path.startswith(STAT)}
    return Shelf(
        files={path: Stored(path=path, size=len(content), sha256=sha256_of(content)) for path, content in own.items()},
        package=json.loads(files[f"{FOLDER}datapackage.json"]),
        openapi=json.loads(files[f"{ROOT}openapi.json"]),
        endpoints=(*edition.families, *about.ENDPOINTS),
        checklist=satu_data(edition.descriptors, edition.compilation),
        snippets=snippets,
        translations=translations,
        listed=frozenset(path for path in (*files, *edition.kept) if path.endswith(("/index.json", "/openapi.json"))),
        slices=tuple(path for path in files if path.startswith(SLICES)),
        stat={path: (said["language"], Label(**said["label"])) for path, said in stat.items()},
    )
