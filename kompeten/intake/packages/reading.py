"""The only part of intake that touches the disk: a data folder in, a frozen value out, never an exception.

Nothing outside the folder is opened: links are refused wherever they stand, names of files must be plain, and only
ordinary files of bounded size are read. What cannot be read becomes a finding, and the rest is read all the same.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kompeten.ground import store
from kompeten.ground.findings import Finding
from kompeten.ground.identifiers import identifiers
from kompeten.intake.messages import finding, shown_file
from kompeten.intake.packages.text import Parsed, parse_csv, parse_json, parse_toml, parse_utf8
from kompeten.intake.packages.values import PACKAGES, Package, Packages, Table, fields_of

MIB = 1024 * 1024
DESCRIPTOR_LIMIT = 2 * MIB
TABLE_LIMIT = 256 * MIB

PLAIN_FILES: tuple[str, ...] = ("README.md", "policy.toml", "releases.toml")
"""Files beside the packages; policy.toml has a loader of its own."""

FileText = tuple[str | None, tuple[Finding, ...]]


def read(data_dir: Path) -> Packages:
    """Read a data folder: three packages and releases.toml. Everything wrong with it is in ``findings``."""
    if not os.path.isdir(data_dir):
        return Packages(packages=(), findings=(finding("folder-missing", file="."),))
    findings: list[Finding] = []
    packages: list[Package] = []
    for name in PACKAGES:
        package, found = _read_package(data_dir, name)
        findings += found
        if package:
            packages.append(package)
    findings += _strangers(data_dir, packages)
    texts: dict[str, str] = {}
    for name in PLAIN_FILES:
        if name == "releases.toml" or os.path.lexists(data_dir / name):
            text, found = _read_text(data_dir, name, limit=DESCRIPTOR_LIMIT)
            findings += found
            texts |= {name: text} if text is not None else {}
    releases, found = parse_toml("releases.toml", texts.get("releases.toml", ""))
    return Packages(packages=tuple(packages), releases=releases, texts=texts, findings=(*findings, *found))


def _read_package(data_dir: Path, name: str) -> tuple[Package | None, tuple[Finding, ...]]:
    """Read one package; None where its descriptor cannot be read."""
    file = f"{name}/datapackage.json"
    text, findings = _read_text(data_dir, file, limit=DESCRIPTOR_LIMIT)
    if text is None:
        return None, findings
    descriptor, found = parse_json(file, text)
    if descriptor is None:
        return None, (*findings, *found)
    package = Package(name=name, file=file, descriptor=descriptor)
    # A path that is not plain is not opened; ``descriptors`` says what is wrong with it.
    named = (resource for resource in package.resources() if is_plain_path(resource.get("path")))
    parsed = [_read_table(data_dir, name, resource) for resource in named]
    package = replace(package, tables=tuple(table for table, _ in parsed if table))
    return package, (*findings, *found, *(each for _, found in parsed for each in found))


def is_plain_path(path: object) -> bool:
    """Tell whether a path is the name of one CSV file beside the descriptor, in lower case: ``age_bands.csv``."""
    if not isinstance(path, str) or not path.endswith(".csv"):
        return False
    stem = path.removesuffix(".csv")
    is_plain = 0 < len(stem) <= 80 and all(letter in "abcdefghijklmnopqrstuvwxyz0123456789_-" for letter in stem)
    return is_plain and not any(identifiers(stem))


def _read_table(
    data_dir: Path, package: str, resource: Mapping[str, object]
) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read one CSV file; None where it cannot be read as a table."""
    file = f"{package}/{resource['path']}"
    text, findings = _read_text(data_dir, file, limit=TABLE_LIMIT)
    if text is None:
        return None, findings
    parsed: Parsed = parse_csv(file, text, [str(field["name"]) for field in fields_of(resource)])
    if parsed.header is None:
        return None, parsed.findings
    findings += parsed.findings
    table = Table(
        package=package,
        name=str(resource["name"]),
        file=file,
        header=parsed.header,
        rows=parsed.rows,
        row_numbers=parsed.row_numbers,
    )
    return table, findings


def _read_text(data_dir: Path, file: str, *, limit: int) -> FileText:
    """Read one file as text; None with a finding where it is not an ordinary, readable UTF-8 file within the limit."""
    if any(os.path.islink(part) for part in _parts(data_dir, file)):
        return None, ()  # said once, by _strangers
    try:
        # NONBLOCK: to open a pipe would wait for its writer; NOFOLLOW: the link may have come since it was looked for.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        number = os.open(data_dir / file, flags)
    except FileNotFoundError:
        folder, _, name = file.rpartition("/")
        return None, (finding("file-missing", file="/".join(filter(None, (folder, shown_file(name))))),)
    except OSError as error:
        return None, (finding("file-unreadable", file=file, reason=error.strerror or "?"),)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        return None, (finding("file-not-ordinary", file=file),)
    with os.fdopen(number, "rb") as stream:
        is_beyond = os.fstat(number).st_size > limit
        content = b"" if is_beyond else stream.read(limit + 1)
    # A file may grow between the two looks at it.
    if is_beyond or len(content) > limit:
        return None, (finding("file-too-large", file=file, limit=limit // MIB),)
    return parse_utf8(file, content)


def _parts(data_dir: Path, file: str) -> Iterator[Path]:
    """Give every step of a path below the data folder."""
    path = data_dir
    for part in Path(file).parts:
        path = path / part
        yield path


def _strangers(data_dir: Path, packages: Sequence[Package]) -> Iterator[Finding]:
    """Say what stands in the data folder and does not belong there: links, folders, files nobody names.

    A file that no descriptor names may be a register left behind by mistake, a hidden one included. A table whose
    resource names another file is not one: its path is said.
    """
    yield from _strange_entries(data_dir, "", known={*PACKAGES, *PLAIN_FILES, store.FOLDER})
    named = {
        package.name: {name for each in package.resources() for name in (str(each.get("path")), f"{each['name']}.csv")}
        for package in packages
    }
    for name in PACKAGES:
        folder = data_dir / name
        if os.path.isdir(folder) and not os.path.islink(folder):
            known = {"README.md", "datapackage.json", *named.get(name, ())}
            yield from _strange_entries(folder, f"{name}/", known=known, is_whole=bool(named.get(name)))


def _strange_entries(folder: Path, prefix: str, *, known: Collection[str], is_whole: bool = True) -> Iterator[Finding]:
    """Say what does not belong in one folder; where ``known`` is not the whole list, any plain CSV file may."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield finding("file-unreadable", file=prefix.rstrip("/") or ".", reason=error.strerror or "?")
        return
    for entry in entries:
        place = prefix + (entry.name if entry.name in known else shown_file(entry.name))
        if entry.is_symlink():
            yield finding("link", file=place)
        elif entry.name not in known and entry.name != ".gitkeep":
            if not is_whole and is_plain_path(entry.name):
                continue
            yield finding("personal-file-name" if any(identifiers(entry.name)) else "stranger", file=place)
