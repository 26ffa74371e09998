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
from kompeten.statistics.telling import Titles

ROOT = "api/v1/"
IDS = r"^[a-z0-9]+([._-][a-z0-9]+)*$"
RELEASE_IDS = r"^[0-9]{4}\.[0-9]{2}(\.[0-9]+)?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """The part of an address that varies. pattern: the form of every id, later ones too; values: today's."""

    name: str
    description: Label
    pattern: str
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
    pattern=IDS,
    values=_ids("programmes"),
)
BATCH = Parameter(
    name="batch_id",
    description=Label("Kode tahap, dari batches.json.", "Batch, from batches.json."),
    pattern=IDS,
    values=_ids("batches"),
)
REGION = Parameter(
    name="code",
    description=Label(
        "Kode Kemendagri dengan titik, dari regions.json.", "Kemendagri code with its dot, from regions.json."
    ),
    pattern=r"^[0-9]{2}(\.[0-9]{2})?$",
    values=lambda statistics: tuple(statistics.places),
)
CODELIST = Parameter(
    name="name",
    description=Label("Nama daftar kode.", "Name of the code list."),
    pattern=r"^[a-z]+(_[a-z]+)*$",
    values=lambda _: tuple(each.name for each in CODE_LISTS),
)


def _family(
    is_list: bool,
    path: str,
    operation_id: str,
    name_id: str,
    name_en: str,
    shape: type[shapes.Shape],
    make: Callable[..., Any],
    parameter: Parameter | None = None,
) -> Endpoint:
    return Endpoint(
        path=f"{path}.json",
        operation_id=operation_id,
        title=Label(name_id, name_en),
        shape=shape,
        is_list=is_list,
        make=make,
        parameter=parameter,
    )


many, one = partial(_family, True), partial(_family, False)


STANDING: tuple[Endpoint, ...] = (
    many(
        "progress",
        "listProgress",
        "Target dan capaian",
        "Targets and progress",
        shapes.Progress,
        documents.all_targets,
    ),
    many("programmes", "listProgrammes", "Program", "Programmes", shapes.Programme, documents.programmes),
    one(
        "programmes/{programme_id}",
        "getProgramme",
        "Satu program",
        "One programme",
        shapes.ProgrammeDetail,
        documents.programme,
        PROGRAMME,
    ),
    many("batches", "listBatches", "Tahap", "Batches", shapes.Batch, documents.batches),
    one("batches/{batch_id}", "getBatch", "Satu tahap", "One batch", shapes.BatchDetail, documents.batch, BATCH),
    many("regions", "listRegions", "Wilayah", "Regions", shapes.Region, documents.regions),
    one("regions/{code}", "getRegion", "Satu wilayah", "One region", shapes.RegionDetail, documents.region, REGION),
    many(
        "qualifications",
        "listQualifications",
        "Jenjang dan klasifikasi",
        "Levels and classifications",
        shapes.QualificationCount,
        documents.qualifications,
    ),
    many(
        "observations",
        "listObservations",
        "Semua pengamatan",
        "Every observation",
        shapes.Observation,
        documents.observations,
    ),
    many(
        "context",
        "listContext",
        "Konteks tenaga kerja",
        "Context on the workforce",
        shapes.Context,
        documents.contexts,
    ),
    many(
        "conflicts",
        "listConflicts",
        "Sumber yang berbeda",
        "Where sources disagree",
        shapes.Conflict,
        documents.all_conflicts,
    ),
    many(
        "target-conflicts",
        "listTargetConflicts",
        "Sumber yang berbeda tentang satuan target",
        "Where sources disagree on the unit of a target",
        shapes.TargetConflict,
        documents.target_conflicts,
    ),
    many("sources", "listSources", "Sumber", "Sources", shapes.Source, documents.all_sources),
    many("plans", "listPlans", "Rencana dan kebutuhan", "Plans and needs", shapes.Plan, documents.plans),
    many(
        "comparisons",
        "listComparisons",
        "Pembanding dari luar",
        "Comparisons",
        shapes.Comparison,
        documents.comparisons,
    ),
    many("searches", "listSearches", "Yang dicari", "What was searched for", shapes.Search, documents.searches),
    many(
        "gaps",
        "listGaps",
        "Yang tidak kami temukan di sumber mana pun",
        "What we found in no source",
        shapes.Gap,
        documents.all_gaps,
    ),
    many(
        "register-share",
        "listRegisterShares",
        "Pemegang sertifikat per pekerja",
        "Certificate holders per worker",
        shapes.RegisterShare,
        documents.register_share,
    ),
    many("replies", "listReplies", "Hak jawab", "Replies", shapes.Reply, documents.replies),
    many("facts", "listFacts", "Keterangan untuk warga", "Facts for citizens", shapes.Fact, documents.facts),
    many("measures", "listMeasures", "Rumus", "Formulas", shapes.Measure, documents.measures),
    many(
        "codelists/{name}",
        "getCodelist",
        "Satu daftar kode",
        "One code list",
        shapes.Code,
        documents.codelist,
        CODELIST,
    ),
)
"""Families of documents that every release has, whatever came before it."""


def endpoints(latest: str, history: History, called: Titles) -> tuple[Endpoint, ...]:
    """List every family of documents.

    latest: id of the release this build publishes. history: it and those before. called: names of tables and columns.
    """
    changed = Parameter(
        name="release",
        description=Label("Rilis, dari releases.json.", "Release, from releases.json."),
        pattern=RELEASE_IDS,
        values=lambda _: tuple(step.release.id for step in history.steps if step.record is not None),
    )
    releases = partial(documents.releases, latest=latest, history=history)
    changes = partial(documents.changes, history=history, called=called)
    return (
        *STANDING,
        many("releases", "listReleases", "Rilis", "Releases", shapes.Release, releases),
        many(
            "changes/{release}",
            "listChanges",
            "Perubahan satu rilis",
            "Changes of one release",
            shapes.Change,
            changes,
            changed,
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
        deprecation=shapes.DEPRECATION,
    )
    return Document(path=path, endpoint=endpoint, envelope=envelope)
