"""The catalogue as DCAT 3 (DCAT-AP 3.0.1) in JSON-LD: what harvesters of open-data portals read.

One dataset a table, one for all code lists, one for everything in one package; every file with bytes and checksum.
The context is written out: nothing has to be fetched to understand the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kompeten.api import ROOT
from kompeten.api.edition import Edition
from kompeten.api.openapi import LICENCES
from kompeten.forms import subject
from kompeten.forms.downloads.archive import ZIP
from kompeten.forms.downloads.inventory import media_type
from kompeten.forms.downloads.tables import CODELIST, FOLDER, PLANS, TablePlan
from kompeten.forms.downloads.workbook import WORKBOOK
from kompeten.forms.subject import both
from kompeten.ground.findings import Label
from kompeten.ground.settings import Settings
from kompeten.ground.tree import sha256_of
from kompeten.ground.vocabulary import form_of, table_forms
from kompeten.ground.wording import said

CONTEXT: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority/"
LANGUAGES = (f"{AUTHORITY}language/IND", f"{AUTHORITY}language/ENG")
SCHEME = f"{AUTHORITY}data-theme"
THEMES = ("SOCI", "EDUC")
"""Themes of the list that DCAT-AP prescribes, with its own names: its shapes refuse a theme that says none."""
PATH = "catalog.jsonld"

Node = dict[str, Any]


def catalogue(edition: Edition, tree: Mapping[str, bytes]) -> Node:
    """Describe every published table. tree: path to content of what was written so far; what it lacks is left out."""
    return _Maker(edition, tree).catalogue()


def iri(settings: Settings, name: str) -> str:
    return f"{settings.base_url}{PATH}#{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One dataset: its name within the catalogue, what it is, and the files that hold it, from the root."""

    name: str
    title: Label
    description: Label
    paths: tuple[str, ...]


def datasets(written: Collection[str]) -> Iterator[Described]:
    """Give one dataset a table, one for the code lists, one for the whole package. written: paths of what was made."""
    for plan in PLANS:
        if not plan.name.startswith(CODELIST):
            paths = tuple(_paths(plan, written))
            yield Described(name=plan.name, title=plan.title, description=plan.description, paths=paths)
    say = said("catalogue")
    lists = tuple(path for plan in PLANS if plan.name.startswith(CODELIST) for path in _paths(plan, written))
    yield Described(name="codelists", title=say["codelists"], description=say["codelists_text"], paths=lists)
    whole = (f"{FOLDER}datapackage.json", WORKBOOK, ZIP)
    yield Described(name="package", title=subject.TITLE, description=subject.SUMMARY, paths=whole)


class _Maker:
    """The catalogue of one release under one address; holds what every node needs."""

    def __init__(self, edition: Edition, tree: Mapping[str, bytes]) -> None:
        self.compilation = edition.compilation
        self.imprint = edition.imprint
        self.settings = edition.settings
        self.tree = tree
        self.released_on = {"@type": "xsd:date", "@value": edition.release.released_on}

    def iri(self, fragment: str) -> str:
        return iri(self.settings, fragment)

    def catalogue(self) -> Node:
        """Give the whole catalogue."""
        found = [self.dataset(each) for each in datasets(self.tree)]
        return {
            "@context": dict(CONTEXT),
            "@id": self.iri("catalogue"),
            "@type": "dcat:Catalog",
            "dct:title": both(subject.TITLE),
            "dct:description": both(subject.summary(synthetic=self.imprint.synthetic)),
            **self.common(),
            "dct:publisher": self.publisher(),
            "dct:license": self.licence(),
            "dct:spatial": self.place(),
            "foaf:homepage": {"@id": self.settings.base_url, "@type": "foaf:Document"},
            "dcat:themeTaxonomy": {
                "@id": SCHEME,
                "@type": "skos:ConceptScheme",
                "dct:title": both(said("catalogue")["themes"]),
            },
            "dcat:dataset": found,
            "dcat:service": self.service([each["@id"] for each in found]),
        }

    def common(self) -> Node:
        """Give what the catalogue and its datasets share; what they point to is described once, in the catalogue."""
        return {
            "dct:publisher": _reference(self.publisher()),
            "dct:license": _reference(self.licence()),
            "dct:language": [{"@id": language, "@type": "dct:LinguisticSystem"} for language in LANGUAGES],
            "dct:issued": self.released_on,
            "dct:modified": self.released_on,
            "dct:spatial": _reference(self.place()),
        }

    def publisher(self) -> Node:
        return {"@id": self.iri("publisher"), "@type": "foaf:Agent", "foaf:name": self.settings.publisher}

    def place(self) -> Node:
        return {
            "@id": self.iri("kalimantan-timur"),
            "@type": "dct:Location",
            "skos:prefLabel": both(self.compilation.codes["regions"][subject.PROVINCE].name),
            "dct:identifier": subject.PROVINCE,
        }

    def licence(self) -> Node:
        return {"@id": LICENCES[self.imprint.licence], "@type": "dct:LicenseDocument"}

    def contact(self) -> Node:
        return {
            "@id": self.iri("contact"),
            "@type": "vcard:Kind",
            "vcard:fn": self.settings.publisher,
            "vcard:hasEmail": {"@id": f"mailto:{self.settings.contact_email}"},
            "vcard:hasURL": {"@id": self.settings.repository_url},
        }

    def dataset(self, each: Described) -> Node:
        """Give one dataset with a distribution a file."""
        first, last = subject.years(self.compilation)
        warning = subject.INVENTED if self.imprint.synthetic else Label("", "")
        return {
            "@id": self.iri(each.name),
            "@type": "dcat:Dataset",
            "dct:identifier": self.iri(each.name),
            "dct:title": both(each.title),
            "dct:description": both(warning.then(each.description)),
            **self.common(),
            "dcat:version": self.imprint.release,
            "dcat:contactPoint": _reference(self.contact()),
            "dcat:landingPage": {"@id": f"{self.settings.base_url}data/", "@type": "foaf:Document"},
            "dcat:keyword": [word for label in subject.KEYWORDS for word in both(label)],
            "dcat:theme": [
                {"@id": f"{SCHEME}/{name}", "@type": "skos:Concept", "skos:prefLabel": both(said("catalogue")[name])}
                for name in THEMES
            ],
            "dct:accessRights": {"@id": f"{AUTHORITY}access-right/PUBLIC", "@type": "dct:RightsStatement"},
            "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}frequency/IRREG", "@type": "dct:Frequency"},
            "dct:temporal": {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": {"@type": "xsd:gYear", "@value": first},
                "dcat:endDate": {"@type": "xsd:gYear", "@value": last},
            },
            "dcat:distribution": [self.distribution(path) for path in each.paths],
        }

    def distribution(self, path: str) -> Node:
        """Give one file, with bytes and checksum unless it is the archive, which holds this very catalogue."""
        url, form, kind = self.settings.base_url + path, form_of(path), media_type(path)
        file_type = form.file_type if form and form.file_type else "OCTET"
        return {
            "@id": self.iri(path),
            "@type": "dcat:Distribution",
            "dct:title": path.removeprefix(FOLDER),
            "dcat:accessURL": {"@id": url},
            "dcat:downloadURL": {"@id": url},
            "dct:license": _reference(self.licence()),
            "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}", "@type": "dct:MediaType"},
            "dct:format": {"@id": f"{AUTHORITY}file-type/{file_type}", "@type": "dct:MediaTypeOrExtent"},
            **(_measured(self.iri(path), self.tree[path]) if path in self.tree else {}),
            "dct:issued": self.released_on,
        }

    def service(self, served: Sequence[str]) -> Node:
        return {
            "@id": self.iri("api"),
            "@type": "dcat:DataService",
            "dct:title": both(said("catalogue")["api"]),
            "dct:description": both(said("catalogue")["api_text"]),
            "dcat:endpointURL": {"@id": self.settings.base_url + ROOT},
            "dcat:endpointDescription": {"@id": f"{self.settings.base_url}{ROOT}openapi.json"},
            "dct:license": _reference(self.licence()),
            "dcat:contactPoint": self.contact(),
            "dcat:servesDataset": [{"@id": name} for name in served],
        }


STAT: Mapping[str, str] = {
    "observations": "batches-",
    "progress": "progress",
    "programmes": "achieved-",
    "batches": "rates-",
}
"""Table to how the names of its JSON-stat twins begin."""


def _paths(plan: TablePlan, tree: Collection[str]) -> list[str]:
    """Give the files that hold a table, as far as they were written."""
    own = [*table_forms(plan.path)]
    own += [ROOT + plan.document] if "{" not in plan.document else []
    if plan.name in STAT:
        own += [path for path in sorted(tree) if path.startswith(f"{ROOT}jsonstat/{STAT[plan.name]}")]
    return [path for path in own if path in tree]


def _measured(iri: str, content: bytes) -> Node:
    """Give bytes and checksum of a file; the checksum has a name, since a file may serve two datasets."""
    return {
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(content))},
        "spdx:checksum": {
            "@id": f"{iri}/sha256",
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": sha256_of(content)},
        },
    }


def _reference(node: Node) -> Node:
    """Point to a node that is described elsewhere."""
    return {"@id": node["@id"]}
