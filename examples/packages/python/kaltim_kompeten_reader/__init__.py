"""Read the tables of a Kaltim Kompeten site with the types that its datapackage.json declares."""

import csv
import io
import json
from decimal import Decimal
from urllib.request import urlopen

TYPES = {"integer": int, "number": Decimal, "boolean": {"true": True, "false": False}.__getitem__}
TITLES = {None: "name", "id": "title", "en": "title_en"}


def tables(base, release=None, language="id"):
    """Give the name of each table with its title; base: address of the site; release: one that was kept."""
    return {name: resource[TITLES[language]] for name, resource in _resources(base, release).items()}


def read(table, base, release=None, language=None):
    """Give the rows as dictionaries. None: the source has no value, see the status; with a language keys are titles."""
    resources = _resources(base, release)
    if table not in resources:
        raise LookupError(f"no table {table!r}; there are: {', '.join(resources)}")
    fields = resources[table]["schema"]["fields"]
    _, *rows = csv.reader(io.StringIO(_get(base, release, resources[table]["path"]), newline=""))
    names = [field[TITLES[language]] for field in fields]
    return [dict(zip(names, map(_value, fields, row), strict=True)) for row in rows]


def _value(field, text):
    return TYPES.get(field["type"], str)(text.replace(field.get("prefix", ""), "")) if text else None


def _resources(base, release):
    return {resource["name"]: resource for resource in json.loads(_get(base, release, "datapackage.json"))["resources"]}


def _get(base, release, path):
    with urlopen(f"{base.rstrip('/')}/downloads/{f'releases/{release}/' if release else ''}{path}") as answer:
        return answer.read().decode("utf-8")
