"""The promise of version 1: addresses, properties with their types and order, columns. Kept in ``v1/contract.json``.

``python -m tests.contract.freeze`` adds what is new; it refuses to write where an old promise would be broken.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kompeten.api.shapes import SCHEMA_VERSION
from tests.published import Published, published

HERE = Path(__file__).resolve().parent
Contract = dict[str, Any]
RENAMED = {"File": "PublishedFile", "FileList": "PublishedFileList"}
"""Shapes whose name in the description could not stand (Java knows a File of its own); no address or field has it."""


MADE = re.compile("/(?:releases|slices)/")


def frozen_file() -> Path:
    """Give the file that holds the promise of the present major version."""
    return HERE / f"v{SCHEMA_VERSION.split('.')[0]}" / "contract.json"


def contract(site: Published) -> Contract:
    """Read the promise off a publication: what its own description, tables and files say.

    Files of one release stand under ``releases/`` and never change at all: they are kept, not promised. Slices have the
    columns of the whole, and come and go with its rows.
    """
    described = site.json("api/v1/openapi.json")
    schemas = described["components"]["schemas"]
    tables = [path for path in sorted(site.tree) if path.endswith(".csv") and not MADE.search(path)]
    stat = [path for path in sorted(site.tree) if path.startswith("api/v1/jsonstat/")]
    return {
        "paths": {path: item["get"]["operationId"] for path, item in described["paths"].items()},
        "schemas": {
            name: {key: type_of(value) for key, value in schema["properties"].items()}
            for name, schema in schemas.items()
        },
        "columns": {path: header(site.tree[path]) for path in tables},
        "jsonstat": {path: site.json(path)["id"] for path in stat},
        "addresses": sorted(site.edition.documents),
    }


def header(content: bytes) -> list[str]:
    """Give the columns of a comma or semicolon file."""
    line = content.decode("utf-8-sig").split("\n", 1)[0]
    return next(csv.reader(io.StringIO(line), delimiter=";" if ";" in line else ","))


def type_of(schema: Mapping[str, Any]) -> str:
    """Write a property's type in short: ``integer|null``, ``[Observation]``, ``Text``. Closed sets may grow."""
    if "anyOf" in schema:
        return "|".join(sorted(type_of(part) for part in schema["anyOf"]))
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if schema.get("type") == "array":
        return f"[{type_of(schema.get('items', {}))}]"
    found = schema.get("type", "any")
    return "|".join(sorted(found)) if isinstance(found, list) else str(found)


def breaks(old: Contract, new: Contract, withdrawn: Sequence[str]) -> Iterator[str]:
    """Say what of an old promise a new publication breaks. withdrawn: addresses that have a tombstone."""
    for path, operation in old["paths"].items():
        if new["paths"].get(path) != operation:
            yield f"paths: {path}: was {operation}, is {new['paths'].get(path)}"
    for name, properties in old["schemas"].items():
        yield from _broken_schema(name, properties, new["schemas"].get(RENAMED.get(name, name), {}))
    for path, columns in old["columns"].items():
        if new["columns"].get(path, [])[: len(columns)] != columns:
            yield f"columns: {path}: columns may only be added at the end"
    for path, dimensions in old["jsonstat"].items():
        if new["jsonstat"].get(path) != dimensions:
            yield f"jsonstat: {path}: was {dimensions}, is {new['jsonstat'].get(path)}"
    for address in sorted({*old["addresses"]} - {*new["addresses"]} - {*withdrawn}):
        yield f"addresses: {address}: gone without a [[release.removal]] in data/releases.toml"


def _broken_schema(name: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for key, kind in old.items():
        if key not in new:
            yield f"schemas: {name}.{key}: removed"
        elif new[key] not in (kind, f"[{RENAMED.get(kind.strip('[]'))}]"):
            yield f"schemas: {name}.{key}: was {kind}, is {new[key]}"
    if [key for key in new if key in old] != [key for key in old if key in new]:
        yield f"schemas: {name}: reordered"


def main() -> int:
    """Write the promise; refuse where an old one would be broken."""
    site, file = published("real"), frozen_file()
    new = contract(site)
    if file.exists():
        withdrawn = [row["path"] for row in site.rows("tombstones.json")]
        broken = list(breaks(json.loads(file.read_text(encoding="utf-8")), new, withdrawn))
        if broken:
            print("\n".join(broken), file=sys.stderr)
            print("Raise the first number of SCHEMA_VERSION in kompeten/api/shapes.py, or undo this.", file=sys.stderr)
            print(f"Only where this was never published: delete {file.relative_to(HERE.parents[1])}.", file=sys.stderr)
            return 1
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
