"""What was published before: a text that an earlier release has word for word about the same batch is no news."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from kompeten.ground import store
from kompeten.ground.rows import rows_of

PAIRED = ("_id", "_en")
"""Endings of columns of words in two languages."""
ALONE = ("publisher", "abbreviation", "url")
"""Columns of words without a second language."""
Told = Callable[[], frozenset[tuple[str, str]]]
"""Gives what was told before: batch or source, and text. It is asked only where a text holds a number of nobody's."""


def nothing() -> frozenset[tuple[str, str]]:
    """Give what was told before by nobody."""
    return frozenset()


def told_before(folder: Path | None, record: Path) -> Told:
    """Give what was told before: by the releases that the repository's record keeps; beside a folder that is not the
    record, by the record itself too, as far as that counts nobody of a register. What another folder keeps is not
    believed: who plants a sentence in its data plants it among its earlier releases as well.
    """

    @cache
    def told() -> frozenset[tuple[str, str]]:
        is_record = folder is not None and folder.resolve() == record.resolve()
        kept = store.lists(record)
        return frozenset((*_kept(record, kept), *(() if is_record and kept else _standing(record))))

    return told


def by_whom(row: Mapping[str, Any]) -> frozenset[str]:
    """Give the batch that a row is about, else its source; nothing where it names neither."""
    return frozenset(filter(None, (_batch(row) or str(row.get("source_id") or ""),)))


def figures_of(act: Mapping[str, Any]) -> frozenset[str]:
    """Give the batches, or what else figures are of, that an entry of a release names; none where it names nothing."""
    named = act.get("cell", act.get("address", act.get("from")))
    cells = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    return frozenset(str(cell).partition("/")[0] for cell in cells)


def _batch(row: Mapping[str, Any]) -> str:
    return next((str(row[name]).partition("/")[0] for name in ("batch_id", "cell_id", "cell") if row.get(name)), "")


def _kept(folder: Path, kept: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for release, digests in kept.items():
        for path, digest in digests.items():
            if path.startswith(f"api/v1/releases/{release}/") and path.endswith(".json"):
                with suppress(ValueError, RecursionError):  # the check of what is kept says so
                    yield from _leaves(json.loads(store.content(folder, digest) or b"null"), ("", ""))


def _leaves(node: object, by: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Give the texts of a document, each with the batch and with the source that it stands under."""
    if isinstance(node, Mapping):
        by = _batch(node) or by[0], str(node.get("source_id") or by[1])
        said = [text for name in ("id", "en", *ALONE) if isinstance(text := node.get(name), str)]
        yield from ((each, text) for text in said for each in by if each)
        for value in node.values():
            yield from _leaves(value, by)
    elif isinstance(node, list):
        for value in node:
            yield from _leaves(value, by)


def _standing(record: Path) -> Iterator[tuple[str, str]]:
    tables = [rows_of(path.read_text(encoding="utf-8")) for path in sorted(record.glob("*/*.csv"))]
    rows = [row for table in tables for row in table]
    registers = {row["source_id"] for row in rows if row.get("kind") == "register" and row.get("source_id")}
    counted = {row["batch_id"] for row in rows if row.get("batch_id") and row.get("source_id") in registers}
    said = ((each, row) for row in rows for each in by_whom(row) - counted - registers)
    for each, row in said:
        yield from ((each, text) for column, text in row.items() if column.endswith(PAIRED) or column in ALONE)
    path = record / "releases.toml"
    releases = tomllib.loads(path.read_text(encoding="utf-8")).get("release", []) if path.is_file() else []
    acts = [act for release in releases for own in release.values() if isinstance(own, list) for act in own]
    for act in (act for act in acts if isinstance(act, dict)):
        texts = [text for column, text in act.items() if column.endswith(PAIRED) and isinstance(text, str)]
        yield from ((each, text) for each in figures_of(act) - counted for text in texts)
