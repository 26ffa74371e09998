"""A built site as the attacker reads it: every file, by a parser that claims it, and all of them together."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from kompeten.audit.reading.documents import cells_of
from kompeten.audit.reading.package import outside, running_totals
from kompeten.audit.reading.remembered import readings
from kompeten.audit.reading.sightings import WHOLE, Documents, Figure, Reading, Sighting, document_of, key_of
from kompeten.audit.reasoning.aggregates import aggregates, formulas_of
from kompeten.audit.reasoning.cells import Cell, Key, Published
from kompeten.audit.reasoning.printed import order_by_value
from kompeten.audit.reasoning.verdict import Breach
from kompeten.ground.policy import Policy
from kompeten.ground.store import age
from kompeten.ground.vocabulary import ALL, DIMENSION_OF, DIMENSIONS
from kompeten.ground.workshop import ALONE, Workshop

CURRENT = ""
"""The name of the release that the site shows; earlier ones have their own id."""

FROZEN = re.compile(r"(?:^|/)(?:releases|rilis|embed/[^/]+)/(?P<release>\d{4}[^/]*)/")
CHANGES = re.compile(r"/changes/(?P<release>[^/]+)\.json")
BATCHES = "api/v1/batches.json"
FIGURES = ("value", "status", "numerator", "low", "high", "high_of_known")
"""Columns of a flat table that state a figure or say that there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReading:
    """What a site gives: its present release, the earlier ones it keeps (newest first), breaches, files read, and the
    kind of each source.
    """

    published: Published
    earlier: tuple[tuple[str, Published], ...]
    breaches: tuple[Breach, ...]
    files: int
    kinds: Mapping[str, str]


def site_files(folder: Path) -> Iterator[tuple[str, bytes | None]]:
    """Give path and content of every file of a built site, archives last; no content for a link, nor for a folder that
    cannot be opened.
    """
    above = len(f"{folder}{os.sep}")
    found = [(path[above:].replace(os.sep, "/"), path, is_plain) for path, is_plain in _entries(str(folder))]
    # What an archive repeats has been read before it.
    for name, path, is_plain in sorted(found, key=lambda entry: (entry[0].endswith(".zip"), entry[0])):
        yield name, Path(path).read_bytes() if is_plain else None


def _entries(folder: str) -> Iterator[tuple[str, bool]]:
    """Give every file and link below a folder, and whether it is a plain file."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                try:
                    yield from _entries(entry.path)
                except PermissionError:
                    yield entry.path, False
            elif entry.is_symlink() or entry.is_file():
                yield entry.path, not entry.is_symlink()


def read_files(
    files: Iterable[tuple[str, bytes | None]],
    policy: Policy,
    *,
    workshop: Workshop = ALONE,
    known: Mapping[str, str] | None = None,
) -> SiteReading:
    """Read files of a site, path and content; what has no content is unreadable. workshop: reads each content once.
    known: kinds of sources that the site tells of and no longer has.
    """
    every = list(files)
    total = readings([(path, content) for path, content in every if content is not None], workshop)
    total.breaches += [Breach(reason="unreadable_file", subject=path) for path, content in every if content is None]
    return judge_reading(total, len(every), policy, known or {})


def judge_reading(total: Reading, files: int, policy: Policy, known: Mapping[str, str]) -> SiteReading:
    """Compare what the files of a site say of the same counts, and gather the counts; pure. known: as in read_files."""
    index = total.documents.get("api/v1/index.json")
    current = str(index.get("release", "")) if isinstance(index, Mapping) else ""
    kinds = {**known, **source_kinds(total.documents)}
    # Nothing of the press is hidden: a source that hides anything is a register, whatever it calls itself.
    kinds |= {seen.source_id: "register" for seen in total.sightings if seen.status == "hidden" and seen.source_id}
    seen: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in total.sightings:
        seen[_release_of(sighting, current)].append(sighting)
    breaches = [*total.breaches]
    releases: dict[str, Published] = {}
    for release, sightings in seen.items():
        breaches += disagreements(sightings, kinds)
        own = [path for path in total.documents if _release_at(path, current) == release]
        releases[release] = published_of_site(sightings, kinds, total.documents, own)
    published = releases.pop(CURRENT, Published(cells=(), parents=hierarchies(total.documents)))
    if CURRENT in seen:
        breaches += _missing_rows(seen[CURRENT], kinds)
        breaches += _orders(seen[CURRENT], kinds, published)
    breaches += _figures(total)
    breaches += _flat_tables(total)
    breaches += _rates(total.documents)
    breaches += _small_differences(total.documents, published, policy.small_change_below)
    breaches += _absent_endpoints(total.documents, published)
    return SiteReading(
        published=published,
        earlier=tuple(sorted(releases.items(), key=lambda each: age(each[0]), reverse=True)),
        breaches=tuple(breaches),
        files=files,
        kinds=kinds,
    )


def source_kinds(documents: Mapping[str, Any]) -> dict[str, str]:
    """Give the kind of each source, from the API's sources; a source without one counts as a register.

    A source that hides anything is treated as one too (judge_reading): what is hidden is attacked, whoever hides it.
    """
    return {
        row["source_id"]: str(row.get("kind", ""))
        for path in documents
        if path.endswith("sources.json")
        for row in _rows(documents[path])
        if isinstance(row, Mapping) and isinstance(row.get("source_id"), str)
    }


def hierarchies(documents: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Give the group of each code of each dimension, from the API's code lists, in their order."""
    found: dict[str, dict[str, str]] = {}
    for path in documents:
        dimension = DIMENSION_OF.get(path.rsplit("/", 1)[-1].removesuffix(".json")) if "codelists/" in path else None
        if dimension and (rows := _rows(documents[path])):
            own = found.setdefault(dimension, {})
            for row in rows:
                if (code := str(row.get("code"))) != ALL:
                    own[code] = row.get("parent_code") or ALL
    return found


def published_of_site(
    sightings: Sequence[Sighting], kinds: Mapping[str, str], documents: Mapping[str, Any], own: Iterable[str]
) -> Published:
    """Give the counts of one release: the first sighting of each cell and source that says whose it is.

    documents: those of all releases. own: addresses of those whose sums and rates are about its counts alone.
    """
    cells: dict[tuple[Key, str], Cell] = {}
    for order, seen in enumerate(sightings):
        if seen.source_id and (seen.key, seen.source_id) not in cells:
            cells[seen.key, seen.source_id] = _cell(seen, kinds, order)
    owned = {key for key, _ in cells}
    for order, seen in enumerate(sightings):
        if seen.key not in owned:
            cells.setdefault((seen.key, ""), _cell(seen, kinds, order))
    register = {key for (key, _), cell in cells.items() if cell.is_register}
    stated = ((path, documents[path]) for path in own)
    totals, ratios = aggregates(stated, tuple(cells.values()), formulas=formulas_of(documents))
    batches: list[dict[str, Any]] = next((documents[p]["data"] for p in documents if p.endswith(BATCHES)), [])
    return Published(
        cells=tuple(cells.values()),
        parents=hierarchies(documents),
        limits=tuple(outside(tuple(cells.values()), register)),
        totals=totals,
        ratios=ratios,
        is_whole=any(WHOLE.search(_file(seen.address)) for seen in sightings),
        sums=running_totals([{k: str(v) for k, v in row.items() if v is not None} for row in batches]),
    )


def disagreements(sightings: Sequence[Sighting], kinds: Mapping[str, str]) -> Iterator[Breach]:
    """Give the cells that two places state differently: another value, or hidden here and printed there.

    A place that does not say whose count it is must agree with one of the sources that state the cell.
    """
    by_key: dict[Key, list[Sighting]] = defaultdict(list)
    for seen in sightings:
        by_key[seen.key].append(seen)
    for key, own in by_key.items():
        if not any(_is_register(seen, kinds) for seen in own):
            continue
        first: dict[str, Sighting] = {}
        for seen in own:
            if seen.source_id:
                other = first.setdefault(seen.source_id, seen)
                if not _agree(seen, other):
                    chain = tuple(sorted({seen.address, other.address}))
                    yield Breach(reason="formats_disagree", subject=key.text(), chain=chain)
        for seen in own:
            candidates = list(first.values()) or own[:1]
            if not seen.source_id and not any(_agree(seen, other) for other in candidates):
                chain = tuple(sorted({seen.address, candidates[0].address}))
                yield Breach(reason="formats_disagree", subject=key.text(), chain=chain)


def _agree(one: Sighting, other: Sighting) -> bool:
    return one.value == other.value and (one.status == other.status or "" in (one.status, other.status))


def _cell(seen: Sighting, kinds: Mapping[str, str], order: int) -> Cell:
    return Cell(
        key=seen.key,
        value=seen.value,
        status=seen.status or ("released" if seen.value is not None else "unknown"),
        precision=seen.precision,
        source_id=seen.source_id,
        is_register=_is_register(seen, kinds),
        address=seen.address,
        order=order,
    )


def _is_register(seen: Sighting, kinds: Mapping[str, str]) -> bool:
    """Tell whether a sighting is of a register's count: of its source, or hidden where no source is said."""
    return kinds.get(seen.source_id, "register") == "register" if seen.source_id else seen.status == "hidden"


def _rows(document: object) -> list[Any]:
    """Give the rows of a document; none where it is no list of any."""
    rows = document.get("data") if isinstance(document, Mapping) else None
    return rows if isinstance(rows, list) else []


def _release_of(seen: Sighting, current: str) -> str:
    """Give the release that a sighting belongs to: frozen copies and the old side of changes have their own."""
    if seen.old:
        return "0000 before " + seen.address.rsplit("/changes/", 1)[-1].split(".json")[0]
    return _release_at(seen.address, current)


def _release_at(address: str, current: str) -> str:
    """Give the release that an address belongs to: a list of changes to its own, also where a later one keeps it."""
    for form in (CHANGES, FROZEN):
        found = form.search(address)
        if found is not None and found["release"] != current:
            return found["release"]
    return CURRENT


def _file(address: str) -> str:
    return address.partition("#")[0].partition(":")[0]


def _missing_rows(sightings: Sequence[Sighting], kinds: Mapping[str, str]) -> Iterator[Breach]:
    """Give the register cells that one whole copy of the observations has and another lacks."""
    copies: dict[str, set[tuple[Key, str]]] = defaultdict(set)
    for seen in sightings:
        if WHOLE.search(_file(seen.address)) and kinds.get(seen.source_id, "register") == "register":
            copies[_file(seen.address)].add((seen.key, seen.source_id))
    everything = set().union(*copies.values()) if copies else set()
    for name, own in sorted(copies.items()):
        for key, _ in sorted(everything - own):
            yield Breach(reason="formats_disagree", subject=key.text(), chain=(name,))


def _orders(sightings: Sequence[Sighting], kinds: Mapping[str, str], published: Published) -> Iterator[Breach]:
    """Give the files whose rows follow the values of a register table."""
    files: dict[str, list[Cell]] = defaultdict(list)
    for order, seen in enumerate(sightings):
        if _is_register(seen, kinds):
            files[_file(seen.address)].append(_cell(seen, kinds, order))
    for name, cells in sorted(files.items()):
        for breach in order_by_value(cells, published.parents):
            yield Breach(reason=breach.reason, subject=breach.subject, chain=(name,))


def _figures(total: Reading) -> Iterator[Breach]:
    """Give the figures of pages that differ from the document they name, or name none that is there."""
    # Many figures of a page name one document, which is then parsed once.
    for figure in sorted(total.figures, key=attrgetter("pointer")):
        path, _, pointer = figure.pointer.partition("#")
        document = total.documents.get(path[path.find("api/v1/") :])
        found, node = _resolve(document, pointer)
        if not found or not _same(figure, node):
            yield Breach(reason="formats_disagree", subject=figure.pointer, chain=(figure.address,))


def _same(figure: Figure, node: object) -> bool:
    """Tell whether a page shows what its document holds: the number, rounded at most, or words where there is none."""
    if isinstance(node, Mapping):
        node = node.get("value")
    if isinstance(node, bool) or not isinstance(node, int | float):
        return not re.search(r"\d", figure.value + figure.text)
    if figure.value and figure.value != str(node) and not _is_near(figure.value, float(node), decimals=9):
        return False
    shown = re.match(r"\D*?(\d+(?:[.,]\d+)*)(?:\s+([a-z]+))?", figure.text)
    if shown is None:
        return True
    size, scale = abs(float(node)), SCALES.get(shown[2], 1)
    return any(_is_near(plain, size / scale, decimals=len(plain.partition(".")[2])) for plain in _readings(shown[1]))


SCALES = {"juta": 10**6, "million": 10**6, "miliar": 10**9, "billion": 10**9, "triliun": 10**12, "trillion": 10**12}
"""Words after a number that multiply it. The sign is left aside: a minus is written in more than one way."""


def _readings(shown: str) -> Iterator[str]:
    """Give a printed number as plain text in each way it may be meant: point or comma for the decimals, or neither."""
    yield re.sub(r"[.,]", "", shown)
    for mark, other in ((".", ","), (",", ".")):
        yield shown.replace(other, "").replace(mark, ".", 1)


def _is_near(plain: str, number: float, *, decimals: int) -> bool:
    try:
        # Half a unit of the last decimal, both ends belonging to it, and what floats lose on the way.
        return abs(float(plain) - number) <= 0.5 * float(10**-decimals) + 1e-9
    except ValueError:
        return False


def _resolve(document: Any, pointer: str) -> tuple[bool, Any]:
    """Follow a JSON pointer; (False, None) where it leads nowhere."""
    node = document
    for step in pointer.split("/")[1:]:
        # ~1 before ~0: the other way round ~01 would read as / (RFC 6901, 4).
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(node, Mapping) and step in node:
            node = node[step]
        elif isinstance(node, list) and step.isdigit() and int(step) < len(node):
            node = node[int(step)]
        else:
            return False, None
    return document is not None, node


def _flat_tables(total: Reading) -> Iterator[Breach]:
    """Give the figures of a download that differ from the API document of the same name, row by row.

    A download flattens a document: ``participants.rate.value`` becomes ``participants_rate_value``.
    """
    for name, rows in sorted(total.tables.items()):
        document = total.documents.get(document_of(name) or "")
        items = document.get("data") if isinstance(document, Mapping) else None
        if not isinstance(items, list) or len(items) != len(rows):
            continue
        for number, (item, row) in enumerate(zip(items, rows, strict=True)):
            for column, value in _flat(item):
                if column.endswith(FIGURES) and column in row and not _reads_as(row[column], value):
                    chain = (f"{document_of(name)}#/data/{number}",)
                    yield Breach(reason="formats_disagree", subject=f"{name}:{number + 2}: {column}", chain=chain)


def _flat(node: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}_")
        elif not isinstance(value, list):
            yield prefix + key, value


def _reads_as(shown: Any, value: Any) -> bool:
    """Tell whether a table shows the value of a document; a decimal comma is a point, nothing is nothing."""
    text = "" if shown is None else str(shown)
    if value is None or isinstance(value, str | bool) or text == "":
        return text == ("" if value is None else str(value)) or isinstance(value, bool)
    try:
        return abs(float(text.replace(",", ".")) - float(value)) < 1e-9
    except ValueError:
        return False


RATED = (b"dimension", b"measure_id")
"""What a table of rates names."""


def _rates(documents: Mapping[str, Any]) -> Iterator[Breach]:
    """Give the rates that are printed in one form alone."""
    for path in documents.naming(*RATED) if isinstance(documents, Documents) else documents:
        document = documents[path]
        axes = document.get("id") if isinstance(document, Mapping) else None
        for codes, value in cells_of(document) if isinstance(axes, list) and "measure_id" in axes else ():
            place = dict(zip(axes or (), codes, strict=True))
            if value is not None and value not in _rates_of(documents, path, place):
                yield Breach(reason="formats_disagree", subject="/".join(codes), chain=(path,))


def _rates_of(documents: Mapping[str, Any], table: str, place: Mapping[str, str]) -> Iterator[Any]:
    """Give what the document of a batch says of one measure, in the release that the table belongs to."""
    document = documents.get(f"{table.rpartition('jsonstat/')[0]}batches/{place.get('batch_id')}.json")
    if isinstance(document, Mapping) and isinstance(document.get("data"), Mapping):
        rates = document["data"].get("rates", ())
        yield from (rate.get("value") for rate in rates if rate.get("measure_id") == place["measure_id"])


def _small_differences(documents: Mapping[str, Any], published: Published, below: int) -> Iterator[Breach]:
    """Give the records that say by how few people a register count moved, whatever else they leave out."""
    register = {cell.key for cell in published.register}
    for path in documents:
        for number, row in enumerate(_rows(documents[path]) if "/changes/" in path else ()):
            moved = row.get("difference") if isinstance(row, Mapping) else None
            key = key_of(str(row.get("cell_id", ""))) if isinstance(moved, int) and 0 < abs(moved) < below else None
            if key is not None and key in register:
                yield Breach(reason="small_change", subject=key.text(), chain=(f"{path}#/data/{number}",))


def _absent_endpoints(documents: Mapping[str, Any], published: Published) -> Iterator[Breach]:
    """Give the documents that are not there for a region or batch that a register counts: absence tells."""
    regions = {path for path in documents if path.startswith("api/v1/regions/")}
    batches = {path for path in documents if path.startswith("api/v1/batches/")}
    position = DIMENSIONS.index("region_code")
    for cell in published.register:
        code = cell.key.place[position]
        wanted = [(batches, f"api/v1/batches/{cell.key.batch_id}.json")]
        wanted += [(regions, f"api/v1/regions/{code}.json")] if not code.startswith("_") else []
        for family, path in wanted:
            # A site without any document of this kind has left out nobody in particular.
            if family and path not in family:
                family.add(path)
                yield Breach(reason="row_absent", subject=path)
