"""Two sides of a comparison, each a data folder, a checkout, a built site, or the id of a release."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kompeten import RECORD
from kompeten.api import ROOT
from kompeten.api.documents import change
from kompeten.api.history import published_documents
from kompeten.ground import store
from kompeten.ground.findings import Finding
from kompeten.ground.model import Declaration
from kompeten.ground.refusal import Refused
from kompeten.ground.wording import worded
from kompeten.intake.messages import shown
from kompeten.intake.validation import Examined, examine
from kompeten.statistics.declared import Recorded, chained, record, renames_of
from kompeten.statistics.parts import Told, told, told_by_documents
from kompeten.statistics.telling import titles


class ComparingRefused(Refused):
    """A side that is none; the message says what may stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one side says. renames: addresses before and after, oldest first. declarations: newest first.

    examined: the data folder that it was read from; None for a site or a kept release. Where it has findings, nothing
    is told.
    """

    told: Told = field(default_factory=dict, repr=False)
    renames: tuple[tuple[str, str], ...] = ()
    declarations: tuple[Declaration, ...] = ()
    examined: Examined | None = field(default=None, repr=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.examined.findings if self.examined else ()


def side(name: str, data: Path) -> Side:
    """Read one side. data: the folder whose releases an id names. Raises ComparingRefused where it is no side."""
    folder = Path(name)
    if (folder / ROOT / "latest.json").is_file():
        return _of_documents(name, lambda: _documents(folder))
    if (found := data_folder(folder)) is not None:
        return _of_data(found)
    if name in store.lists(data):
        kept = ((path, store.content(data, digest) or b"{}") for path, digest in store.lists(data)[name].items())
        return _of_documents(name, lambda: published_documents(dict(kept), name))
    own = _of_data(data)
    releases = [str(row.get("id")) for row in own.examined.releases] if own.examined else []
    if name in releases[-1:]:
        return own
    known = ", ".join(dict.fromkeys((*store.lists(data), *releases[-1:])))
    raise ComparingRefused(worded("nothing-to-compare", name=shown(Path(name).name), known=known))


def data_folder(folder: Path) -> Path | None:
    """Give the data folder of a checkout, or the folder itself where it is one; None where it is neither."""
    return next((each for each in (folder, folder / "data") if (each / "releases.toml").is_file()), None)


def compared(old: Side, new: Side) -> tuple[Recorded, ...]:
    """Give everything that differs, with the newest declared reason of each change where there is one."""
    return record(old.told, new.told, new.declarations, renames=tuple(chained(new.renames).items())).changes


def as_json(found: tuple[Recorded, ...], new: Side, data: Path) -> str:
    """Give changes as JSON, each as ``/api/v1/changes/<release>.json`` has it.

    data: the folder whose names are used where the later side is no data folder.
    """
    examined = new.examined or examine(data, RECORD)
    compilation = examined.compiled()
    called = titles(examined.descriptors)
    rows = [json.loads(change(each, compilation, called).model_dump_json(by_alias=True)) for each in found]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _of_data(folder: Path) -> Side:
    examined = examine(folder, RECORD)
    if examined.findings:
        return Side(examined=examined)
    compilation = examined.compiled()
    declared = tuple(each for release in compilation.releases for each in release.declarations)
    renames = renames_of(compilation.releases)
    return Side(told=told(compilation), renames=renames, declarations=declared[::-1], examined=examined)


def _of_documents(name: str, read: Callable[[], Mapping[str, Any]]) -> Side:
    """Give what published documents say. Raises ComparingRefused where they are not what a site of ours says."""
    try:
        documents = read()
        found = (documents[path]["data"] for path in sorted(documents) if path.startswith("changes/"))
        renames = tuple(
            (row["address"], row["successor"]) for rows in found for row in rows if row["kind"] == "renamed"
        )
        return Side(told=told_by_documents(documents), renames=renames)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        raise ComparingRefused(worded("site-document-broken", name=shown(Path(name).name))) from None


def _documents(site: Path) -> Mapping[str, Any]:
    """Read the documents of a built site, but for the copies of its releases; by path below ``/api/v1/``."""
    root = site / ROOT
    paths = (path.relative_to(root).as_posix() for path in sorted(root.rglob("*.json")))
    own = [path for path in paths if not path.startswith(("releases/", "schemas/", "jsonstat/"))]
    return {path: json.loads((root / path).read_text(encoding="utf-8")) for path in own}
