"""One edition: a release with all that is computed from it once. Every step of the build is a function of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from kompeten.api import catalogue, shaping
from kompeten.api.publication import Publication
from kompeten.statistics.telling import titles


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition(Publication):
    """A publication, the statistics of its compilation, and the documents that hold them, by path below the root."""

    statistics: shaping.Statistics = field(repr=False)
    families: tuple[catalogue.Endpoint, ...]
    documents: Mapping[str, catalogue.Document] = field(repr=False)


def compute(chosen: Publication, privacy: catalogue.Endpoint) -> Edition:
    """Compute the statistics and write them into documents. privacy: what the audit of the data found, as a document.

    Pure; the same publication gives the same edition.
    """
    statistics = shaping.compute(chosen.compilation)
    families = (*catalogue.endpoints(chosen.release.id, chosen.history, titles(chosen.descriptors)), privacy)
    return Edition(
        **{each.name: getattr(chosen, each.name) for each in fields(Publication)},
        statistics=statistics,
        families=families,
        documents=catalogue.build_documents(statistics, families, chosen.imprint),
    )
