"""JSON documents: the API, JSON-LD, JSON feed, JSON-stat, descriptors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from kompeten.audit.reading.sightings import (
    CONTEXT,
    STAGE_NAMES,
    Reading,
    Sighting,
    context_of,
    numbers_beside,
    pointer_step,
    sighting,
)
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.vocabulary import PRINTED


def read_json(name: str, content: bytes) -> Reading:
    """Read a JSON document. Raises where it is not UTF-8 JSON, or names a key twice."""
    return read_document(name, json.loads(content.decode("utf-8"), object_pairs_hook=_no_twins))


def read_document(name: str, document: Any) -> Reading:
    """Take every count and old count out of a parsed document."""
    reading = Reading(documents={name: document})
    if isinstance(document, Mapping) and document.get("class") == "dataset" and "dimension" in document:
        reading.sightings += _json_stat(name, document)
    _walk(reading, name, document, "", {})
    reading.breaches += _beside_hidden_alone(name, document, reading.sightings)
    return reading


def _walk(reading: Reading, name: str, node: Any, pointer: str, context: Mapping[str, Any]) -> None:
    if isinstance(node, dict):
        within = context_of(node, context)
        record = {**within, **node}
        # The value of a rate counts nobody, although a batch and a stage stand above it.
        is_rate = "measure_id" in node and "numerator" in node
        seen = [] if is_rate else list(sighting(record, f"{name}#{pointer}"))
        reading.sightings += seen
        # The node alone: what stands above it is about more than this one count.
        if seen and seen[0].status == "hidden" and numbers_beside(node):
            subject = seen[0].key.text()
            reading.breaches.append(Breach(reason="value_beside_hidden", subject=subject, chain=(seen[0].address,)))
        reading.sightings += _old_and_new(record, f"{name}#{pointer}")
        if _is_rate_of_hidden(node):
            reading.breaches.append(Breach(reason="rate_of_hidden", subject=f"{name}#{pointer}"))
        for key, child in node.items():
            if isinstance(child, dict | list):
                below = {**within, "stage": STAGE_NAMES[key]} if key in STAGE_NAMES else within
                _walk(reading, name, child, f"{pointer}/{pointer_step(key)}", below)
    elif isinstance(node, list):
        for number, child in enumerate(node):
            if isinstance(child, dict | list):
                _walk(reading, name, child, f"{pointer}/{number}", context)


def _beside_hidden_alone(name: str, document: Any, sightings: Sequence[Sighting]) -> Iterator[Breach]:
    """Give the fields that stand beside hidden counts and beside no printed one: they could be about the hidden."""
    hidden: dict[str, str] = {}
    printed: set[str] = set()
    counts = list(_counts(document, "")) if any(seen.status == "hidden" for seen in sightings) else []
    for pointer, node in counts:
        names = {key for key, value in node.items() if value not in (None, "", [], {})}
        if node["status"] == "hidden":
            hidden |= dict.fromkeys(names, pointer)
        elif node["status"] in PRINTED:
            printed |= names
    for key in sorted(set(hidden) - printed) if printed else ():
        yield Breach(reason="value_beside_hidden", subject=f"{name}#{hidden[key]}/{pointer_step(key)}")


def _counts(node: Any, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the objects that state a count with its status and its cell, with their places."""
    if isinstance(node, Mapping):
        if {"value", "status", "cell_id"} <= set(node) and isinstance(node["status"], str):
            yield pointer, node
        for key, child in node.items():
            yield from _counts(child, f"{pointer}/{pointer_step(key)}")
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield from _counts(child, f"{pointer}/{number}")


def _is_rate_of_hidden(node: Mapping[str, Any]) -> bool:
    """Tell whether a rate is printed although its numerator or denominator is not."""
    is_rate = "numerator" in node and "denominator" in node and isinstance(node.get("value"), int | float)
    parts = (node["numerator"], node["denominator"]) if is_rate else ()
    return any((part.get("value", 0) if isinstance(part, Mapping) else part) is None for part in parts)


def _old_and_new(record: Mapping[str, Any], address: str) -> Iterator[Sighting]:
    """Give both counts of a change between releases: old, new, old_status, new_status."""
    if not ({"old", "new"} <= set(record)):
        return
    for when in ("old", "new"):
        side = record[when]
        part = dict(side) if isinstance(side, Mapping) else {"value": side, "status": record.get(f"{when}_status")}
        for seen in sighting({**record, **part}, f"{address}/{when}"):
            if seen.value is not None or part.get("status"):
                yield seen._replace(old=when == "old")


def _json_stat(name: str, document: Mapping[str, Any]) -> Iterator[Sighting]:
    """Give the cells of a JSON-stat 2.0 dataset whose dimensions name batch and stage."""
    fixed = document.get("extension", {}) if isinstance(document.get("extension"), Mapping) else {}
    constants = {key: fixed[key] for key in CONTEXT if isinstance(fixed.get(key), str)}
    for number, (codes, value) in enumerate(cells_of(document)):
        status = _at(document.get("status"), number)
        record = {**constants, **dict(zip(document["id"], codes, strict=True)), "value": value}
        record["status"] = status or ("released" if value is not None else "unknown")
        yield from sighting(record, f"{name}#/value/{number}")


def cells_of(document: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Give the codes and the value of each cell of a JSON-stat dataset, in its order."""
    axes = (_codes(document["dimension"][axis]) for axis in document["id"])
    for number, codes in enumerate(product(*axes)):
        yield codes, _at(document.get("value"), number)


def _codes(dimension: Mapping[str, Any]) -> list[str]:
    category = dimension.get("category", {})
    index = category.get("index", category.get("label", {}))
    if isinstance(index, Mapping):
        return sorted(index, key=lambda code: index[code] if isinstance(index[code], int) else 0)
    return list(index)


def _at(values: Any, number: int) -> Any:
    if isinstance(values, Mapping):
        return values.get(str(number))
    if isinstance(values, list):
        return values[number] if number < len(values) else None
    return values


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key named twice: one reader would see the first value, another the second."""
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key is named twice")
    return dict(pairs)
