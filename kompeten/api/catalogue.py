"""Which document stands at which address. Files, JSON Schemas, OpenAPI and the reference come from this list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from kompeten.api import ROOT, documents, shapes, shaping
from kompeten.api.publication import Imprint
from kompeten.api.shaping import Statistics
from kompeten.ground.findings import Label
from kompeten.ground.vocabulary import CODE_LISTS
from kompeten.ground.wording import said
from kompeten.statistics.declared import History
from kompeten.statistics.telling import Titles

IDS = r"^[a-z0-9]+([._-][a-z0-9]+)*$"
RELEASE_IDS = r"^[0-9]{4}\.[0-9]{2}(\.[0-9]+)?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """The part of an address that varies. pattern: the form of every id, later ones too; values: today's."""

    name: str
    pattern: str
    values: Callable[[Statistics], tuple[str, ...]]

    @property
    def description(self) -> Label:
        return said("parameter")[self.name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One family of documents.

    path: below ``/api/v1/``; holds ``{name}`` where parameter is given. shape: class of one item of data; is_list:
    data is a list of such items. make: from statistics (and the parameter's value) to data.
    """

    path: str
    operation_id: str
    shape: type[shapes.Shape]
    is_list: bool
    make: Callable[..., Any]
    parameter: Parameter | None = None

    @property
    def title(self) -> Label:
        return said("document")[self.operation_id]

    @property
    def envelope(self) -> type[shapes.Envelope[Any]]:
        """Give the class of the whole document."""
        item: Any = self.shape
        return shapes.Envelope[tuple[item, ...]] if self.is_list else shapes.Envelope[item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document, ready to be written. path: below the root of the site."""

    path: str
    endpoint: Endpoint
    envelope: shapes.Envelope[Any]


def _ids(name: str) -> Callable[[Statistics], tuple[str, ...]]:
    return lambda statistics: tuple(getattr(statistics.compilation, name))


PROGRAMME = Parameter(name="programme_id", pattern=IDS, values=_ids("programmes"))
BATCH = Parameter(name="batch_id", pattern=IDS, values=_ids("batches"))
REGION = Parameter(name="code", pattern=r"^[0-9]{2}(\.[0-9]{2})?$", values=lambda statistics: tuple(statistics.places))
CODELIST = Parameter(
    name="name", pattern=r"^[a-z]+(_[a-z]+)*$", values=lambda _: tuple(each.name for each in CODE_LISTS)
)


def _family(
    is_list: bool,
    path: str,
    operation_id: str,
    shape: type[shapes.Shape],
    make: Callable[..., Any],
    parameter: Parameter | None = None,
) -> Endpoint:
    return Endpoint(
        path=f"{path}.json", operation_id=operation_id, shape=shape, is_list=is_list, make=make, parameter=parameter
    )


many, one = partial(_family, True), partial(_family, False)


STANDING: tuple[Endpoint, ...] = (
    many("progress", "listProgress", shapes.Progress, documents.all_targets),
    many("programmes", "listProgrammes", shapes.Programme, documents.programmes),
    one("programmes/{programme_id}", "getProgramme", shapes.ProgrammeDetail, documents.programme, PROGRAMME),
    many("batches", "listBatches", shapes.Batch, documents.batches),
    one("batches/{batch_id}", "getBatch", shapes.BatchDetail, documents.batch, BATCH),
    many("regions", "listRegions", shapes.Region, documents.regions),
    one("regions/{code}", "getRegion", shapes.RegionDetail, documents.region, REGION),
    many("qualifications", "listQualifications", shapes.QualificationCount, documents.qualifications),
    many("observations", "listObservations", shapes.Observation, documents.observations),
    many("context", "listContext", shapes.Context, documents.contexts),
    many("conflicts", "listConflicts", shapes.Conflict, documents.all_conflicts),
    many("target-conflicts", "listTargetConflicts", shapes.TargetConflict, documents.target_conflicts),
    many("sources", "listSources", shapes.Source, documents.all_sources),
    many("plans", "listPlans", shapes.Plan, documents.plans),
    many("comparisons", "listComparisons", shapes.Comparison, documents.comparisons),
    many("searches", "listSearches", shapes.Search, documents.searches),
    many("gaps", "listGaps", shapes.Gap, documents.all_gaps),
    many("register-share", "listRegisterShares", shapes.RegisterShare, documents.register_share),
    many("replies", "listReplies", shapes.Reply, shaping.replies),
    many("facts", "listFacts", shapes.Fact, documents.facts),
    many("measures", "listMeasures", shapes.Measure, documents.measures),
    many("codelists/{name}", "getCodelist", shapes.Code, documents.codelist, CODELIST),
)
"""Families of documents that every release has, whatever came before it."""


def endpoints(latest: str, history: History, called: Titles) -> tuple[Endpoint, ...]:
    """List every family of documents.

    latest: id of the release this build publishes. history: it and those before. called: names of tables and columns.
    """
    changed = Parameter(
        name="release",
        pattern=RELEASE_IDS,
        values=lambda _: tuple(step.release.id for step in history.steps if step.record is not None),
    )
    releases = partial(documents.releases, latest=latest, history=history)
    changes = partial(documents.changes, history=history, called=called)
    return (
        *STANDING,
        many("releases", "listReleases", shapes.Release, releases),
        many("changes/{release}", "listChanges", shapes.Change, changes, changed),
    )


def build_documents(statistics: Statistics, families: tuple[Endpoint, ...], imprint: Imprint) -> Mapping[str, Document]:
    """Give every document by its path below the root of the site."""
    made = (document for endpoint in families for document in _of_endpoint(statistics, endpoint, imprint))
    return {document.path: document for document in made}


def _of_endpoint(statistics: Statistics, endpoint: Endpoint, imprint: Imprint) -> Iterator[Document]:
    if endpoint.parameter is None:
        yield wrap(endpoint, ROOT + endpoint.path, endpoint.make(statistics), imprint)
        return
    for value in endpoint.parameter.values(statistics):
        path = ROOT + endpoint.path.format(**{endpoint.parameter.name: value})
        yield wrap(endpoint, path, endpoint.make(statistics, value), imprint)


def wrap(endpoint: Endpoint, path: str, data: Any, imprint: Imprint) -> Document:
    """Put data into its envelope."""
    envelope = endpoint.envelope(
        schema_version=shapes.SCHEMA_VERSION,
        release=imprint.release,
        data_through=imprint.data_through,
        synthetic=imprint.synthetic,
        licence=imprint.licence,
        attribution=shaping.text(imprint.attribution),
        self=imprint.base_url + path,
        total=len(data) if endpoint.is_list else 1,
        data=data,
        deprecation=shapes.DEPRECATION,
    )
    return Document(path=path, endpoint=endpoint, envelope=envelope)
