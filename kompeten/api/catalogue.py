"""Which document stands at which address. Files, JSON Schemas, OpenAPI and the reference come from this list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from kompeten.api import documents, shapes
from kompeten.api.documents import Statistics
from kompeten.ground.findings import Label
from kompeten.ground.vocabulary import CODE_LISTS
from kompeten.statistics.declared import History

ROOT = "api/v1/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """The part of an address that varies; values gives every valid one, in order."""

    name: str
    description: Label
    values: Callable[[Statistics], tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One family of documents.

    path: below ``/api/v1/``; holds ``{name}`` where parameter is given. shape: class of one item of data; is_list:
    data is a list of such items. make: from statistics (and the parameter's value) to data.
    """

    path: str
    operation_id: str
    title: Label
    shape: type[shapes.Shape]
    is_list: bool
    make: Callable[..., Any]
    parameter: Parameter | None = None

    @property
    def envelope(self) -> type[shapes.Envelope[Any]]:
        """Give the class of the whole document."""
        item: Any = self.shape
        return shapes.Envelope[tuple[item, ...]] if self.is_list else shapes.Envelope[item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What every document says about itself. base_url ends in a slash."""

    release: str
    data_through: str
    synthetic: bool
    base_url: str
    attribution: Label
    licence: str = "CC-BY-4.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document, ready to be written. path: below the root of the site."""

    path: str
    endpoint: Endpoint
    envelope: shapes.Envelope[Any]


def _ids(name: str) -> Callable[[Statistics], tuple[str, ...]]:
    return lambda statistics: tuple(getattr(statistics.compilation, name))


PROGRAMME = Parameter(
    name="programme_id",
    description=Label("Kode program, dari programmes.json.", "Programme, from programmes.json."),
    values=_ids("programmes"),
)
BATCH = Parameter(
    name="batch_id",
    description=Label("Kode tahap, dari batches.json.", "Batch, from batches.json."),
    values=_ids("batches"),
)
REGION = Parameter(
    name="code",
    description=Label(
        "Kode Kemendagri dengan titik, dari regions.json.", "Kemendagri code with its dot, from regions.json."
    ),
    values=lambda statistics: tuple(statistics.places),
)
CODELIST = Parameter(
    name="name",
    description=Label("Nama daftar kode.", "Name of the code list."),
    values=lambda _: tuple(each.name for each in CODE_LISTS),
)


def endpoints(latest: str, history: History) -> tuple[Endpoint, ...]:
    """List every family of documents. latest: id of the release this build publishes. history: it and those before."""
    many = partial(Endpoint, is_list=True)
    one = partial(Endpoint, is_list=False)
    return (
        many(
            path="progress.json",
            operation_id="listProgress",
            title=Label("Target dan capaian", "Targets and progress"),
            shape=shapes.Progress,
            make=documents.all_targets,
        ),
        many(
            path="programmes.json",
            operation_id="listProgrammes",
            title=Label("Program", "Programmes"),
            shape=shapes.Programme,
            make=documents.programmes,
        ),
        one(
            path="programmes/{programme_id}.json",
            operation_id="getProgramme",
            title=Label("Satu program", "One programme"),
            shape=shapes.ProgrammeDetail,
            make=documents.programme,
            parameter=PROGRAMME,
        ),
        many(
            path="batches.json",
            operation_id="listBatches",
            title=Label("Tahap", "Batches"),
            shape=shapes.Batch,
            make=documents.batches,
        ),
        one(
            path="batches/{batch_id}.json",
            operation_id="getBatch",
            title=Label("Satu tahap", "One batch"),
            shape=shapes.BatchDetail,
            make=documents.batch,
            parameter=BATCH,
        ),
        many(
            path="regions.json",
            operation_id="listRegions",
            title=Label("Wilayah", "Regions"),
            shape=shapes.Region,
            make=documents.regions,
        ),
        one(
            path="regions/{code}.json",
            operation_id="getRegion",
            title=Label("Satu wilayah", "One region"),
            shape=shapes.RegionDetail,
            make=documents.region,
            parameter=REGION,
        ),
        many(
            path="qualifications.json",
            operation_id="listQualifications",
            title=Label("Jenjang dan klasifikasi", "Levels and classifications"),
            shape=shapes.QualificationCount,
            make=documents.qualifications,
        ),
        many(
            path="observations.json",
            operation_id="listObservations",
            title=Label("Semua pengamatan", "Every observation"),
            shape=shapes.Observation,
            make=documents.observations,
        ),
        many(
            path="context.json",
            operation_id="listContext",
            title=Label("Konteks tenaga kerja", "Context on the workforce"),
            shape=shapes.Context,
            make=documents.contexts,
        ),
        many(
            path="conflicts.json",
            operation_id="listConflicts",
            title=Label("Sumber yang berbeda", "Where sources disagree"),
            shape=shapes.Conflict,
            make=documents.all_conflicts,
        ),
        many(
            path="sources.json",
            operation_id="listSources",
            title=Label("Sumber", "Sources"),
            shape=shapes.Source,
            make=documents.all_sources,
        ),
        many(
            path="plans.json",
            operation_id="listPlans",
            title=Label("Rencana dan kebutuhan", "Plans and needs"),
            shape=shapes.Plan,
            make=documents.plans,
        ),
        many(
            path="comparisons.json",
            operation_id="listComparisons",
            title=Label("Pembanding dari luar", "Comparisons"),
            shape=shapes.Comparison,
            make=documents.comparisons,
        ),
        many(
            path="searches.json",
            operation_id="listSearches",
            title=Label("Yang dicari", "What was searched for"),
            shape=shapes.Search,
            make=documents.searches,
        ),
        many(
            path="replies.json",
            operation_id="listReplies",
            title=Label("Hak jawab", "Replies"),
            shape=shapes.Reply,
            make=documents.replies,
        ),
        many(
            path="facts.json",
            operation_id="listFacts",
            title=Label("Keterangan untuk warga", "Facts for citizens"),
            shape=shapes.Fact,
            make=documents.facts,
        ),
        many(
            path="measures.json",
            operation_id="listMeasures",
            title=Label("Rumus", "Formulas"),
            shape=shapes.Measure,
            make=documents.measures,
        ),
        many(
            path="codelists/{name}.json",
            operation_id="getCodelist",
            title=Label("Satu daftar kode", "One code list"),
            shape=shapes.Code,
            make=documents.codelist,
            parameter=CODELIST,
        ),
        many(
            path="releases.json",
            operation_id="listReleases",
            title=Label("Rilis", "Releases"),
            shape=shapes.Release,
            make=partial(documents.releases, latest=latest, history=history),
        ),
        many(
            path="changes/{release}.json",
            operation_id="listChanges",
            title=Label("Perubahan satu rilis", "Changes of one release"),
            shape=shapes.Change,
            make=partial(documents.changes, history=history),
            parameter=Parameter(
                name="release",
                description=Label("Rilis, dari releases.json.", "Release, from releases.json."),
                values=lambda _: tuple(step.release.id for step in history.steps if step.record is not None),
            ),
        ),
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
        attribution=documents.text(imprint.attribution),
        self=imprint.base_url + path,
        total=len(data) if endpoint.is_list else 1,
        data=data,
    )
    return Document(path=path, endpoint=endpoint, envelope=envelope)
