"""A protected package joined to the data: on a copy, checked and attacked there, put in place only without findings.

The package brings what it counted and the rows it needs; everything else of the data stays as it stands.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kompeten import RECORD
from kompeten.api import ROOT
from kompeten.api.about import PAGES
from kompeten.api.catalogue import Document
from kompeten.api.comparing import compared, side
from kompeten.api.edition import compute
from kompeten.api.privacy import privacy_endpoint
from kompeten.api.publication import publication, standing_findings
from kompeten.api.releasing import committed, drafted, published
from kompeten.audit import AuditResult, audit_directory, policy_for
from kompeten.ground import store
from kompeten.ground.doormark import PROPERTY, marks_of
from kompeten.ground.findings import Finding
from kompeten.ground.refusal import Refused
from kompeten.ground.rows import Row, header_of, rows_of, rows_text
from kompeten.ground.settings import Settings
from kompeten.ground.tree import remove_unfinished, swap, workroom
from kompeten.ground.vocabulary import ALL, DIMENSIONS
from kompeten.ground.wording import worded
from kompeten.intake.messages import shown_file
from kompeten.intake.packages import PACKAGES
from kompeten.intake.permanent import keep, release_of
from kompeten.intake.standing import otherwise
from kompeten.intake.validation import Examined, examine
from kompeten.statistics.changes import Change, changes
from kompeten.statistics.parts import told

OBSERVATIONS = "outcomes/observations.csv"
PREFERENCES = "outcomes/preferences.csv"
REASON = worded("register-preferred")
"""Why a register's count is preferred; drafted, for the officer to put better."""
NEWER = worded("register-newer")
"""Why something else moved than the preference, as long as the officer does not put it better."""


class JoinRefused(Refused):
    """A package that cannot be joined; the message says why. Nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """How it ended: joined where there are neither findings nor breaches, otherwise the data are as they were.

    changes: what the data say differently now; pages: addresses that show it, below the root of the site; kept: rows
    that the package states otherwise than the data, where the data's own stay.
    """

    findings: tuple[Finding, ...] = ()
    verdict: AuditResult | None = None
    changes: tuple[Change, ...] = ()
    pages: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def is_joined(self) -> bool:
        return not self.findings and self.verdict is not None and not self.verdict.breaches


def join(package: Path, data: Path, settings: Settings, *, site: Path | None = None) -> Joined:
    """Join a package to a data folder. site: what is published now; built from the data where it is needed and None.

    A data folder that is not there is begun: from the repository's own, or for an invented package from itself.
    Raises JoinRefused where it is no package or another version's, where one of both is invented and the other real,
    or where the id of its release is taken.
    """
    data = data.resolve()  # behind a link, what it leads to is replaced and not the link
    remove_unfinished(data)
    if not (package / "outcomes/datapackage.json").is_file():
        raise JoinRefused(worded("no-package", name=shown_file(package.name)))
    own = examine(package, RECORD)
    if own.findings:
        _refuse_other_version(package, synthetic=own.synthetic)
        return Joined(findings=own.findings)
    base = data if data.exists() else package if own.synthetic else RECORD
    before = own if base == package else examine(base, RECORD)
    if before.findings:
        return Joined(findings=before.findings)
    if own.synthetic != before.synthetic:
        raise JoinRefused(worded("never-mix", package=package.name, data=data.name))
    _refuse_taken(own.releases[-1], before.releases, data.name)
    _refuse_other_batches(package, base)
    with workroom(data) as room:
        fresh = room / "new"
        shutil.copytree(base, fresh)
        _keep_published(own, before, base, fresh, site)
        kept = _merge(package, fresh) if base != package else ()
        joined = _judged(fresh, own, None if base == package else before, settings, kept)
        if joined.is_joined:
            swap(fresh, data)
    return joined


def _refuse_other_version(package: Path, *, synthetic: bool) -> None:
    """Raise JoinRefused where a package that does not pass has other schemas or code lists than this program."""
    theirs, ours = ({name: _schemas(folder / name) for name in PACKAGES} for folder in (package, RECORD))
    other = [
        f"{name}/{table}" for name in PACKAGES for table in ours[name] if theirs[name].get(table) != ours[name][table]
    ]
    for path in sorted((RECORD / "reference").glob("*.csv")) if not synthetic else ():
        own = package / "reference" / path.name
        if not own.is_file() or own.read_bytes() != path.read_bytes():
            other.append(f"reference/{path.name}")
    if other:
        raise JoinRefused(worded("other-version", name=shown_file(package.name), count=len(other), first=other[0]))


def _schemas(folder: Path) -> Mapping[str, Any]:
    """Give the schema of each table of a data package; none where its descriptor cannot be read."""
    try:
        return {entry["name"]: entry["schema"] for entry in _descriptor(folder.parent, folder.name)["resources"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _refuse_taken(row: Mapping[str, Any], standing: Sequence[Mapping[str, Any]], name: str) -> None:
    """Raise JoinRefused where the release of the package is another one than the data have under its id."""
    dates = ("released_on", "data_through")
    same = [each for each in standing if each["id"] == row["id"]]
    if same and any(same[0].get(date) != row.get(date) for date in dates):
        raise JoinRefused(worded("release-other-dates", id=row["id"], name=name, id2=standing[-1]["id"]))


def _refuse_other_batches(package: Path, base: Path) -> None:
    """Raise JoinRefused where a batch of the package is another than the data have under its id."""
    said, standing = (_rows(folder / "batches/batches.csv") for folder in (package, base))
    counted = {mark.batch_id for mark in marks_of(_descriptor(package, "outcomes"))}
    counted |= {row["batch_id"] for row in _rows(package / OBSERVATIONS) if row["status"] == "hidden"}
    place = f"{shown_file(package.name)}/batches/batches.csv"
    brought = {f"{place}:{line}: ": row for line, row in enumerate(said, start=2) if row["batch_id"] in counted}
    levels = _rows(base / "reference/qualification_levels.csv")
    if reasons := [*otherwise(brought, standing, levels)]:
        raise JoinRefused(*reasons)


def _keep_published(own: Examined, before: Examined, base: Path, fresh: Path, site: Path | None) -> None:
    """Keep the last release before another one is begun: its files stay, whatever comes."""
    last, ids = str(before.releases[-1]["id"]), {str(row["id"]) for row in before.releases}
    if not {str(row["id"]) for row in own.releases} <= ids and last not in store.lists(fresh):
        with published(base, site) as folder:
            if site is not None:
                _refuse_other_site(site, base, last)
            keep(folder, fresh, awaited=last)


def _refuse_other_site(site: Path, base: Path, last: str) -> None:
    """Raise JoinRefused where a site says otherwise than the data of its release as they were committed last."""
    shown = release_of(site, awaited=last)
    with workroom() as room:
        moved = compared(side(str(site), base), side(str(committed(base, room)), base))
    if moved:
        names = {"site": site.name, "release": shown, "data": base.name, "address": moved[0].change.address}
        raise JoinRefused(worded("site-of-other-data", **names))


def _merge(package: Path, fresh: Path) -> tuple[str, ...]:
    """Write what the package brings into the copy; give the rows that it states otherwise and that stay."""
    kinds = {row["source_id"]: row["kind"] for row in _rows(package / "batches/sources.csv")}
    registers = {source for source, kind in kinds.items() if kind == "register"}
    kept: list[str] = []
    for entry in _descriptor(fresh, "batches")["resources"]:
        key = entry["schema"].get("primaryKey", [])
        names = (key,) if isinstance(key, str) else tuple(key)
        kept += _merge_table(package, fresh, f"batches/{entry['path']}", names, registers)
    _merge_counts(package, fresh, registers)
    _merge_marks(package, fresh)
    _merge_releases(package, fresh)
    return tuple(kept)


def _merge_table(package: Path, fresh: Path, path: str, key: Sequence[str], registers: set[str]) -> list[str]:
    """Add the rows that are new; those of the register itself take the place of their earlier versions."""
    rows = list(_rows(fresh / path))
    places = {tuple(row[name] for name in key): number for number, row in enumerate(rows)}
    kept = []
    for row in _rows(package / path):
        place = places.get(tuple(row[name] for name in key))
        if place is None:
            rows.append(row)
        elif {name: row.get(name, "") for name in rows[place]} != rows[place]:
            if row.get("source_id") in registers:
                rows[place] = row
            else:
                kept.append(f"{path}: {'/'.join(row[name] for name in key)}")
    _write(fresh / path, rows)
    return kept


def _merge_counts(package: Path, fresh: Path, registers: set[str]) -> None:
    """Put the register's counts in the place of its earlier ones; where another source states the cell, prefer them."""
    brought = [row for row in _rows(package / OBSERVATIONS) if row["source_id"] in registers]
    counted = {(row["batch_id"], row["source_id"]) for row in brought}
    stays = [row for row in _rows(fresh / OBSERVATIONS) if (row["batch_id"], row["source_id"]) not in counted]
    cells = {_cell(row): row["source_id"] for row in brought}
    rivals = {_cell(row) for row in stays} & set(cells)
    rows = [{**row, "preferred": "false"} if _cell(row) in rivals else row for row in stays] + brought
    _write(fresh / OBSERVATIONS, rows)
    reasons = [row for row in _rows(fresh / PREFERENCES) if row["cell_id"] not in rivals]
    reasons += [
        {"cell_id": cell, "source_id": cells[cell], "reason_id": REASON.id, "reason_en": REASON.en}
        for cell in sorted(rivals)
    ]
    _write(fresh / PREFERENCES, sorted(reasons, key=lambda row: row["cell_id"]))


def _cell(row: Row) -> str:
    """Give the address of a cell, as preferences name it."""
    parts = [f"{name}={row[name]}" for name in DIMENSIONS if row[name] != ALL]
    return "/".join((row["batch_id"], row["stage"], *parts))


def _merge_marks(package: Path, fresh: Path) -> None:
    """Take over the door's marks with the rows that they are about."""
    brought = marks_of(_descriptor(package, "outcomes"))
    about = {(mark.batch_id, mark.source_id) for mark in brought}
    descriptor = _descriptor(fresh, "outcomes")
    stays = [mark for mark in marks_of(descriptor) if (mark.batch_id, mark.source_id) not in about]
    marks = sorted((*stays, *brought), key=lambda mark: (mark.batch_id, mark.source_id))
    descriptor[PROPERTY] = [mark.as_json() for mark in marks]
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (fresh / "outcomes/datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def _merge_releases(package: Path, fresh: Path) -> None:
    """Append the releases that only the package knows, word for word."""
    path = fresh / "releases.toml"
    text = path.read_text(encoding="utf-8")
    known = set(re.findall(r'^id = "([^"]*)"', text, flags=re.MULTILINE))
    blocks = re.split(r"^(?=\[\[release\]\]$)", (package / path.name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    for block in blocks[1:]:
        found = re.search(r'^id = "([^"]*)"', block, flags=re.MULTILINE)
        if found and found[1] not in known:
            text = f"{text.rstrip()}\n\n{block.rstrip()}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _judged(fresh: Path, own: Examined, before: Examined | None, settings: Settings, kept: tuple[str, ...]) -> Joined:
    """Draft the reasons of what changed, then check and attack the copy as a build does. before: None where the data
    are begun.
    """
    release = str(own.releases[-1]["id"])
    drafted(release, fresh, lambda act: REASON if act == "preference" else NEWER)
    examined = examine(fresh, RECORD)
    if examined.findings:
        return Joined(findings=examined.findings, kept=kept)
    chosen = publication(examined, settings, release)
    findings = standing_findings(chosen, examined)
    if findings:
        return Joined(findings=findings, kept=kept)
    verdict = audit_directory(fresh)
    privacy = privacy_endpoint(policy_for(fresh), verdict.summary)
    shown = compute(chosen, privacy).documents
    if before is None:
        return Joined(verdict=verdict, pages=tuple(changed_pages({}, shown)), kept=kept)
    old = compute(publication(before, settings, None), privacy)
    found = changes(told(old.compilation), told(chosen.compilation))
    pages = tuple(changed_pages(old.documents, shown)) if found else ()
    return Joined(verdict=verdict, changes=found, pages=pages, kept=kept)


LISTS: Mapping[str, str] = {
    "qualifications.json": "kualifikasi/",
    "register-share.json": "tenaga-kerja/",
    "conflicts.json": "klaim/",
    "target-conflicts.json": "klaim/",
    "comparisons.json": "banding/",
    "searches.json": "tidak-ditemukan/",
    "facts.json": "warga/",
    "observations.json": "data/",
    "releases.json": "rilis/",
}
"""Documents, below the root of the interface, to the page that shows each of them as a whole."""


def changed_pages(old: Mapping[str, Document], new: Mapping[str, Document]) -> Iterator[str]:
    """Give the pages of which a document says something else, or that come or go: by path, those of one kind together.

    old, new: documents by path. The list of all pages changes with what comes or goes.
    """
    both = [{path: each.envelope.data for path, each in documents.items()} for documents in (old, new)]
    moved = [path.removeprefix(ROOT) for path in both[0] | both[1] if both[0].get(path) != both[1].get(path)]
    yield ""
    for page, document in PAGES.values():
        start, end = document.split("{}")
        ids = [path.removeprefix(start).removesuffix(end) for path in moved if path.startswith(start)]
        yield from (page.partition("{}")[0], *(page.format(each) for each in ids)) if ids else ()
    yield from dict.fromkeys(page for path, page in LISTS.items() if path in moved)
    folders = (path.rpartition("/")[::2] for path in moved)
    yield from (f"rilis/{name.removesuffix('.json')}/" for folder, name in folders if folder == "changes")
    if both[0].keys() != both[1].keys():
        yield "a-z/"


def _descriptor(folder: Path, package: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / package / "datapackage.json").read_text(encoding="utf-8"))
    return found


def _rows(path: Path) -> tuple[dict[str, str], ...]:
    return rows_of(path.read_text(encoding="utf-8"))


def _write(path: Path, rows: Sequence[Row]) -> None:
    """Write a table under its own header; what a row does not say stays empty, what it says beyond is left out."""
    header = header_of(path.read_text(encoding="utf-8"))
    own = ({name: row.get(name, "") for name in header} for row in rows)
    path.write_text(rows_text(header, own), encoding="utf-8", newline="")
