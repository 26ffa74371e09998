"""Data folders on disk: the repository's code lists in, a protected folder out, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kompeten.ground.findings import Label
from kompeten.ground.refusal import Refused, failed, unreadable
from kompeten.ground.rows import rows_of, rows_text
from kompeten.ground.tree import lay_down, swap, undisturbed, workroom, write_whole
from kompeten.ground.vocabulary import ALL, DIMENSION, DIMENSIONS, UNKNOWN
from kompeten.ground.wording import worded
from kompeten.register.hiding.count import Parents
from kompeten.register.reading.check import CodeLists
from kompeten.register.reading.files import folded
from kompeten.register.reading.words import band_limits, region_name

Rows = Sequence[Mapping[str, Any]]


class FolderError(Refused):
    """A data folder cannot be read or written; the message says which part and why."""


def read_rows(path: Path) -> tuple[dict[str, str], ...]:
    """Read a CSV of a data package; every cell as text. Raises FolderError."""
    return rows_of(read_text(path))


def read_text(path: Path) -> str:
    """Read a text of a data folder. Raises FolderError."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FolderError(unreadable(path.name, error)) from None


def read_code_lists(reference: Path) -> tuple[CodeLists, Parents]:
    """Read what the door needs of a reference package: codes, names, hierarchy. Raises FolderError."""
    parents, labels = dict[str, dict[str, str]](), dict[str, dict[str, str]]()
    for name, list_ in ((name, dimension.codes) for name, dimension in DIMENSION.items()):
        rows = [row for row in read_rows(reference / f"{list_.name}.csv") if row[list_.key] not in (ALL, UNKNOWN)]
        parents[name] = {row[list_.key]: row.get("parent_code", "") or ALL for row in rows}
        labels[name] = {folded(row["name_id"]): row[list_.key] for row in rows}
    labels["region_code"] = {region_name(name): code for name, code in labels["region_code"].items()}
    codes = {dimension: _countable(dimension, parents[dimension]) for dimension in DIMENSIONS}
    lists = CodeLists(
        codes=codes,
        labels=labels,
        regions_by_bps={
            row["bps_code"]: row["region_code"] for row in read_rows(reference / "regions.csv") if row["bps_code"]
        },
        positions={row["position_code"]: row["track"] for row in read_rows(reference / "positions.csv")},
        statuses={
            text: row["code"]
            for row in read_rows(reference / "outcome_statuses.csv")
            for text in (row["code"], folded(row["name_id"]), folded(row.get("abbreviation", "")))
            if text
        },
        bands={code: limits for code in codes["age_band"] if (limits := band_limits(code)) is not None},
        levels=parents["qualification_level"],
    )
    return lists, parents


def read_names(reference: Path) -> dict[str, dict[str, Label]]:
    """Read what codes are called: by dimension and ``stage``, then by code; ``dimension`` names the dimensions."""
    lists = {name: (each.codes.name, each.codes.key) for name, each in DIMENSION.items()}
    names = {
        name: {row[key]: Label(row["name_id"], row["name_en"]) for row in read_rows(reference / f"{table}.csv")}
        for name, (table, key) in (*lists.items(), ("stage", ("stages", "code")))
    }
    return names | {"dimension": {name: each.label for name, each in DIMENSION.items()}}


def _countable(dimension: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Give the codes that a row of a register may carry: the finest, and groups where offices record no more.

    Regions: regencies and cities, not provinces.
    """
    if dimension in ("qualification_level", "classification"):
        return tuple(parents)
    above = set(parents.values())
    finest = tuple(code for code in parents if code not in above)
    return tuple(code for code in finest if "." in code) if dimension == "region_code" else finest


def write_folder(out: Path, files: Mapping[str, bytes], *, before: Callable[[], None] = lambda: None) -> None:
    """Write a folder whole: into a temporary one beside it, then in its place. An older data folder is replaced.

    files: path within the folder to content. Only what may be published is ever given here, so that a run killed at
    any moment leaves protected files alone, in the folder or in a temporary one beside it. before: what is done once
    the folder is complete and not yet in its place; where that fails the folder is not replaced.
    Raises FolderError where something else stands in the way, or where the disk takes no more: an older folder then
    stays as it was.
    """
    out = out.absolute()
    _refuse_stranger(out)
    try:
        with workroom(out) as room:
            lay_down(files, room / "new")
            # A signal between the report and the swap would leave a report of what is not there.
            with undisturbed():
                before()
                swap(room / "new", out)
    except OSError as error:
        raise FolderError(failed(error, out.name)) from None


def write_report(path: Path, text: str) -> None:
    """Write the officer's report. Raises FolderError."""
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise FolderError(failed(error, path.name)) from None


def refuse_own_data(out: Path, data: Path) -> None:
    """Raise FolderError where a folder to write is, holds or lies in the repository's own data, or may not be replaced.

    Asked before the work is done, that nobody waits for a refusal.
    """
    own, wanted = data.resolve(), out.resolve()
    if own == wanted or own in wanted.parents or wanted in own.parents:
        raise FolderError(worded("own-data", out=out.name))
    _refuse_stranger(out.absolute())


def _refuse_stranger(out: Path) -> None:
    """Refuse to replace anything but a folder that is empty or holds what this command writes. Raises FolderError."""
    is_ours = (out / "outcomes" / "datapackage.json").is_file() or (out.is_dir() and not any(out.iterdir()))
    if out.is_symlink() or (out.exists() and not is_ours):
        raise FolderError(worded("no-data-folder-there", out=out.name))


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Lay out rows as the data packages want them: UTF-8, comma, LF, header first, empty for what is missing.

    Raises FolderError where a row has a column that the schema lacks.
    """
    written = []
    for row in rows:
        if unknown := sorted(set(row) - set(columns)):
            odd, known = ", ".join(unknown), ", ".join(columns)
            raise FolderError(worded("unknown-column", odd=odd, known=known))
        written.append({key: cell_text(value) for key, value in row.items()})
    return rows_text(columns, written).encode("utf-8")


def cell_text(value: object) -> str:
    """Give a value as canonical cell text: true and false, ISO dates, empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def json_bytes(document: Mapping[str, Any]) -> bytes:
    """Lay out a JSON document: UTF-8, two spaces, LF at the end."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
