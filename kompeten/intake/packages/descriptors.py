"""What a descriptor may say: known properties, plain paths, nothing remote, and the schemas of record.

A misspelt ``primarykey`` would silently switch a check off, so a property nobody knows is a finding. Titles,
descriptions, version and licences are the contributor's own; columns, types, constraints and keys are the repository's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping

from kompeten.ground import doormark
from kompeten.ground.findings import Finding, Label
from kompeten.ground.inert import nearly
from kompeten.ground.vocabulary import DIMENSION, PROFILE
from kompeten.intake.messages import finding, is_person_column, quoted, word
from kompeten.intake.packages.reading import is_plain_path
from kompeten.intake.packages.schemas import CONSTRAINTS, is_well_formed
from kompeten.intake.packages.values import Package, Packages, fields_of

_TEXTS = ("title", "title_en", "description", "description_en")
PACKAGE_PROPERTIES = frozenset({
    "$schema", "name", *_TEXTS, "version", "synthetic", "licenses", "contributors", "sources", "keywords", "created",
    "resources", doormark.PROPERTY,
})  # fmt: skip
RESOURCE_PROPERTIES = frozenset({
    "name", "type", "path", *_TEXTS, "format", "mediatype", "encoding", "dialect", "licenses", "schema",
})  # fmt: skip
SCHEMA_PROPERTIES = frozenset({"fields", "missingValues", "primaryKey", "foreignKeys", "foreignKeysAcross"})
FIELD_PROPERTIES = frozenset({
    "name", "type", *_TEXTS, "constraints", "trueValues", "falseValues", "unit", "konsep", "ukuran", "satuan",
})  # fmt: skip
PROPERTIES = PACKAGE_PROPERTIES | RESOURCE_PROPERTIES | SCHEMA_PROPERTIES | FIELD_PROPERTIES | {*CONSTRAINTS}
NEEDED = ("$schema", "name", "title", "description", "version", "synthetic", "licenses", "resources")
FIXED = ("type", "path", "format", "mediatype", "encoding", "dialect")
"""Properties of a resource that equal those of record, beside its schema."""


def check_descriptors(packages: Packages, record: Packages) -> Iterator[Finding]:
    """Judge every descriptor on its own, against the schema of record, and the three against each other."""
    for package in packages.packages:
        own = (*_check_properties(package), *_check_resources(package))
        yield from own
        if not own:
            yield from _check_against_record(package, record)
    yield from _check_synthetic(packages)
    if packages == record:
        yield from check_keys(packages)


def _check_properties(package: Package) -> Iterator[Finding]:
    """Judge the package's own properties: known, there, and of the right kind."""
    descriptor = package.descriptor
    yield from _unknown(package, None, descriptor, PACKAGE_PROPERTIES)
    if missing := [name for name in NEEDED if name not in descriptor]:
        yield finding("property-missing", file=package.file, name=", ".join(missing))
    for name, (is_right, wanted) in _KINDS.items():
        if name in descriptor and not is_right(descriptor[name]):
            yield finding("property-wrong", file=package.file, name=name, wanted=wanted)


def _reads(pattern: str) -> Callable[[object], bool]:
    """Give what tells whether a value is a text of one form."""
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII) is not None


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)


_KINDS: Mapping[str, tuple[Callable[[object], bool], Label]] = {
    # The one address that a descriptor may name; nothing ever fetches it.
    "$schema": (lambda value: value == PROFILE, Label(PROFILE, PROFILE)),
    "name": (_reads(r"(?=.{1,100}$)[a-z0-9]+(?:-[a-z0-9]+)*"), word("wanted.name")),
    "version": (_reads(r"\d+\.\d+\.\d+"), word("wanted.version")),
    "synthetic": (lambda value: isinstance(value, bool), word("wanted.truth")),
    "licenses": (_is_list, word("wanted.licences")),
    "resources": (_is_list, word("wanted.tables")),
    doormark.PROPERTY: (
        lambda value: isinstance(value, list) and all(map(doormark.is_mark, value)),
        word("wanted.marks"),
    ),
}


def _check_resources(package: Package) -> Iterator[Finding]:
    """Judge each resource: known properties, a plain path, nothing remote, and known properties further in."""
    entries = package.descriptor.get("resources")
    for number, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        if not isinstance(entry, dict):
            continue  # said by _check_properties
        if not isinstance(entry.get("name"), str):
            yield finding("property-missing", file=package.file, column=f"resources[{number}]", name="name")
            continue
        place = quoted(entry["name"])
        yield from _check_paths(package, place, entry)
        yield from _unknown(package, place, entry, RESOURCE_PROPERTIES)
        yield from _check_schema(package, place, entry)


def _check_paths(package: Package, place: str, entry: Mapping[str, object]) -> Iterator[Finding]:
    """Judge what points elsewhere: the path must be a plain name; schema and dialect must be written out."""
    if not is_plain_path(entry.get("path")):
        yield finding("path-not-plain", file=package.file, column=place, value=quoted(str(entry.get("path"))))
    for name in ("schema", "dialect", "profile", "$schema"):
        if isinstance(entry.get(name), str):
            yield finding("remote", file=package.file, column=f"{place}.{name}", value=quoted(str(entry[name])))


def _check_schema(package: Package, place: str, entry: Mapping[str, object]) -> Iterator[Finding]:
    """Judge the property names of a schema, its fields and their constraints."""
    schema = entry.get("schema")
    if not isinstance(schema, str) and not is_well_formed(entry):
        yield finding("schema-broken", file=package.file, column=place)
    if isinstance(schema, dict):
        yield from _unknown(package, f"{place}.schema", schema, SCHEMA_PROPERTIES)
    for field in fields_of(entry):
        inner = f"{place}.{quoted(str(field['name']))}"
        if is_person_column(str(field["name"])):
            yield finding("person-column", file=package.file, column=inner)
        yield from _unknown(package, inner, field, FIELD_PROPERTIES)
        constraints = field.get("constraints")
        if isinstance(constraints, dict):
            yield from _unknown(package, f"{inner}.constraints", constraints, CONSTRAINTS)


def _unknown(
    package: Package, place: str | None, found: Mapping[str, object], known: Collection[str]
) -> Iterator[Finding]:
    """Say which properties nobody knows; those that point elsewhere are said by ``_check_paths``."""
    for name in sorted(set(found) - set(known)):
        if name in ("profile", "$schema") and isinstance(found[name], str) and place is not None:
            continue
        listed = ", ".join(sorted(known))
        yield finding("property-unknown", file=package.file, column=place, name=nearly(name, known), known=listed)


def check_keys(packages: Packages) -> Iterator[Finding]:
    """A column that holds codes of another table says so: a key that is missing would leave its codes unjudged."""
    for package in packages.packages:
        for resource in package.resources():
            schema = resource.get("schema")
            if not is_well_formed(resource) or not isinstance(schema, dict):
                continue
            keys = (*schema.get("foreignKeys", ()), *schema.get("foreignKeysAcross", ()))
            named = {(key["fields"][0], key["reference"]["resource"]) for key in keys}
            for field in schema["fields"]:
                name, has_choices = field["name"], "enum" in field.get("constraints", {})
                wanted = KEYED.get(name, resource["name"])
                if wanted != resource["name"] and (name, wanted) not in named and not has_choices:
                    yield finding("key-missing", file=package.file, column=f"{resource['name']}.{name}", table=wanted)


KEYED: Mapping[str, str] = {
    "source_id": "sources",
    "programme_id": "programmes",
    "batch_id": "batches",
    "target_id": "targets",
    "measure": "context_measures",
    "stage": "stages",
    "status": "statuses",
    "precision": "precisions",
    "training_mode": "training_modes",
    **{name: dimension.codes.name for name, dimension in DIMENSION.items()},
}
"""Columns that hold codes of another table, in whatever table they stand, and that table."""


def _check_against_record(package: Package, record: Packages) -> Iterator[Finding]:
    """Compare tables, columns, types, constraints, keys, paths and dialects with those of record."""
    own = record.package(package.name)
    if own is None:
        yield finding("schema-of-record", file=package.file, package=package.name)
        return
    wanted = {str(resource["name"]): resource for resource in own.resources()}
    found = {str(resource["name"]): resource for resource in package.resources()}
    yield from (finding("resource-missing", file=package.file, name=name) for name in wanted if name not in found)
    for name in (name for name in found if name not in wanted):
        yield finding("resource-unknown", file=package.file, name=nearly(name, wanted))
    if len(found) != len(package.resources()):
        yield finding("schema-differs", file=package.file, column="resources", package=package.name)
    for name in wanted.keys() & found.keys():
        for place in _differences(found[name], wanted[name]):
            yield finding("schema-differs", file=package.file, column=f"{name}.{place}", package=package.name)


def _differences(found: Mapping[str, object], wanted: Mapping[str, object]) -> Iterator[str]:
    """Give the places where a resource differs from the one of record; texts for readers may differ."""
    for name in FIXED:
        if not _same(found.get(name), wanted.get(name)):
            yield name
    ours, theirs = ({str(field["name"]): field for field in fields_of(each)} for each in (wanted, found))
    if list(ours) != list(theirs):
        yield "schema.fields"
    for name in ours.keys() & theirs.keys():
        if not _same(_without(_TEXTS, ours[name]), _without(_TEXTS, theirs[name])):
            yield name
    if not _same(_without(("fields",), found.get("schema")), _without(("fields",), wanted.get("schema"))):
        yield "schema"


def _without(names: Collection[str], value: object) -> object:
    """Give a JSON object without some of its names; anything else as it is."""
    return {name: own for name, own in value.items() if name not in names} if isinstance(value, dict) else value


def _same(one: object, other: object) -> bool:
    """Tell whether two JSON values are the same; unlike ``==``, true is not 1 and 1.0 is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _check_synthetic(packages: Packages) -> Iterator[Finding]:
    """Invented and real data are never mixed: ``synthetic`` is the same in all packages that say it."""
    marks = [(package.file, package.descriptor.get("synthetic")) for package in packages.packages]
    said = [(file, mark) for file, mark in marks if isinstance(mark, bool)]
    yield from (finding("synthetic-mixed", file=file) for file, mark in said if mark is not said[0][1])
