"""The same tables described for two more kinds of readers: CSV on the Web, and Croissant for machine learning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kompeten.api.edition import Edition
from kompeten.api.openapi import LICENCES
from kompeten.forms import subject
from kompeten.forms.downloads.columns import Column, Kind
from kompeten.forms.downloads.notes import citation
from kompeten.forms.downloads.package import NAME, foreign_keys
from kompeten.forms.downloads.tables import CODELIST, FOLDER, Table
from kompeten.forms.downloads.texts import Field
from kompeten.forms.subject import both
from kompeten.ground.findings import Label
from kompeten.ground.tree import sha256_of

Node = dict[str, Any]

CSVW_TYPES: Mapping[Kind, Any] = {
    "string": "string",
    "integer": "integer",
    "number": "decimal",
    "boolean": {"base": "boolean", "format": "true|false"},
}
CROISSANT_TYPES: Mapping[Kind, str] = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
}


INVENTED = Label("Data SINTETIS: semua angka rekaan.", "SYNTHETIC data: every figure is invented.")
"""What a description without a field of its own says of an invented programme."""


def csvw(tables: Sequence[Table], edition: Edition, texts: Mapping[str, Mapping[str, Field]]) -> Node:
    """Describe all comma files as one CSVW table group, at the place where a CSVW reader looks first."""
    release, imprint = edition.release, edition.imprint
    urls = {table.plan.name: table.plan.path.removeprefix(FOLDER) for table in tables}
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": both(subject.TITLE),
        "dc:rights": both(imprint.attribution),
        **({"dc:description": both(INVENTED)} if imprint.synthetic else {}),
        "dc:license": {"@id": LICENCES[imprint.licence]},
        "dc:issued": {"@value": release.released_on, "@type": "xsd:date"},
        "tables": [_csvw_table(table, urls, texts[table.plan.name]) for table in tables],
    }


def _csvw_table(table: Table, urls: Mapping[str, str], texts: Mapping[str, Field]) -> Node:
    own = urls[table.plan.name]
    needed = {column.name for column in table.columns if column.required}  # CSVW keys may hold no empty cell
    return {
        "url": own,
        "dc:title": both(table.plan.title),
        "tableSchema": {
            "columns": [_csvw_column(column, texts[column.name]) for column in table.columns],
            "primaryKey": list(table.plan.key),
            "foreignKeys": [
                {
                    "columnReference": [column],
                    "reference": {"resource": urls[other] if other else own, "columnReference": [field]},
                }
                for column, other, field in foreign_keys(table)
                if column in needed
            ],
        },
    }


def _csvw_column(column: Column, text: Field) -> Node:
    """Describe one column. Its title is its name, as it stands in the header; what it means stands beside."""
    return {
        "name": column.name,
        "titles": [column.name],
        "dc:description": both(
            Label(f"{text['title']}: {text['description']}", f"{text['title_en']}: {text['description_en']}")
        ),
        "datatype": CSVW_TYPES[column.kind],
        "required": column.required,
        "null": "",
    }


CROISSANT_TERMS = (
    *("@language", "@vocab", "citeAs", "column", "conformsTo", "cr", "rai", "data", "dataType", "dct"),
    *("equivalentProperty", "examples", "extract", "field", "fileProperty", "fileObject", "fileSet", "format"),
    *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "sc", "separator", "source", "subField", "transform"),
)
CROISSANT_CONTEXT: Mapping[str, Any] = {name: f"cr:{name}" for name in CROISSANT_TERMS} | {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "sc": "https://schema.org/",
}
"""The context that the specification prescribes, in its order: what is not said otherwise is its own term."""


def croissant(tables: Sequence[Table], files: Mapping[str, bytes], edition: Edition) -> Node:
    """Describe the Parquet files as a Croissant dataset: typed, so that no code is read as a number."""
    release, imprint = edition.release, edition.imprint
    shown = [table for table in tables if not table.plan.name.startswith(CODELIST)]
    invented = "SYNTHETIC DATA: all figures are invented. " if imprint.synthetic else ""
    return {
        "@context": dict(CROISSANT_CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "description": f"{invented}Public figures on the training and certification of construction workers in East "
        "Kalimantan, each with its source, precision and date.",
        "url": imprint.base_url,
        "license": LICENCES[imprint.licence],
        "version": f"{release.id}.0",
        "datePublished": release.released_on,
        "creator": {"@type": "sc:Organization", "name": imprint.attribution.en, "url": imprint.base_url},
        "citeAs": citation(edition).en,
        "isLiveDataset": False,
        "distribution": [_file_object(table, files, imprint.base_url) for table in shown],
        "recordSet": [_record_set(table) for table in shown],
    }


PARQUET = "application/x-parquet"
"""The name that readers of Croissant know; the registered one, application/vnd.apache.parquet, they refuse."""


def _file_object(table: Table, files: Mapping[str, bytes], base_url: str) -> Node:
    path = _parquet(table)
    return {
        "@type": "cr:FileObject",
        "@id": path.removeprefix(FOLDER),
        "name": path.removeprefix(FOLDER),
        "contentUrl": base_url + path,
        "contentSize": f"{len(files[path])} B",
        "encodingFormat": PARQUET,
        "sha256": sha256_of(files[path]),
    }


def _parquet(table: Table) -> str:
    return table.plan.path.removesuffix(".csv") + ".parquet"


def _record_set(table: Table) -> Node:
    name = table.plan.name
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": table.plan.description.en,
        "key": [{"@id": f"{name}/{column}"} for column in table.plan.key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{column.name}",
                "name": column.name,
                "description": column.description or column.name,
                "dataType": CROISSANT_TYPES[column.kind],
                "source": {
                    "fileObject": {"@id": _parquet(table).removeprefix(FOLDER)},
                    "extract": {"column": column.name},
                },
            }
            for column in table.columns
        ],
    }
