"""One publication: everything that is decided before the first page is laid out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from typing import Any

from kompeten.api import ROOT
from kompeten.api.data_hash import data_hash
from kompeten.api.history import history, history_findings, published_documents
from kompeten.ground.findings import Finding, Label, in_order
from kompeten.ground.model import Compilation, Release
from kompeten.ground.refusal import Refused
from kompeten.ground.settings import Settings
from kompeten.ground.wording import worded
from kompeten.intake.messages import finding
from kompeten.intake.rules.releases import FILE, heading_row
from kompeten.intake.validation import Examined
from kompeten.statistics.declared import History


class ReleaseError(Refused):
    """The release asked for is not in releases.toml."""


class SizeError(Refused):
    """There are more counts than a site is made of."""


COUNTS_LIMIT = 25_000
"""Counts of which a site is made. Each takes some 70 kB, helpers included, until its pages are written and read again,
so that this many fit 2 GB; a check takes ten years of a whole country. See docs/decisions/0024.
"""

WITA = timezone(timedelta(hours=8))
"""The time of the province: a day begins there first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What every document says about itself. base_url ends in a slash."""

    release: str
    data_through: str
    synthetic: bool
    base_url: str
    attribution: Label
    licence: str = "CC-BY-4.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A release of a compilation under one address.

    descriptors: the data packages' own, by name. kept: files that earlier releases left, by path below the root of
    the site. history: every release beside the one before it. is_preview: it is not out yet, and pages say so. origin:
    files of the data folder, by path.
    """

    compilation: Compilation
    release: Release
    settings: Settings
    descriptors: Mapping[str, Mapping[str, Any]]
    kept: Mapping[str, bytes] = field(repr=False)
    history: History = field(repr=False)
    is_preview: bool = False
    origin: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def imprint(self) -> Imprint:
        by = f"{self.settings.publisher}, {self.release.id}, CC BY 4.0"
        return Imprint(
            release=self.release.id,
            data_through=self.release.data_through,
            synthetic=self.compilation.synthetic,
            base_url=self.settings.base_url,
            attribution=worded("attribution", by=by),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What the theme needs to know that no page says. Dates are ready text by language."""

    base_url: str
    contact: str
    release: str
    released_on: Mapping[str, str]
    data_through: Mapping[str, str]
    synthetic: bool
    preview: bool = False


def refuse_early(chosen: Publication, today: date) -> None:
    """Let no release out before its day. Raises ReleaseError; a site without a public address is nobody's to read."""
    day = chosen.release.released_on
    if chosen.settings.is_public and day > today.isoformat():
        name = chosen.release.id
        raise ReleaseError(worded("not-out-yet", name=name, day=day))


def is_beyond_a_site(examined: Examined) -> bool:
    """Tell whether a data folder without findings holds more counts than a site is made of."""
    return not examined.findings and len(examined.tables["observations"]) > COUNTS_LIMIT


def refuse_many(examined: Examined) -> None:
    """Make no site of a whole country. Raises SizeError."""
    if is_beyond_a_site(examined):
        count = len(examined.tables["observations"])
        raise SizeError(worded("too-many-counts", count=count, limit=COUNTS_LIMIT))


def publication(examined: Examined, settings: Settings, release_id: str | None) -> Publication:
    """Choose the release: the one asked for, or the last. Raises ReleaseError with the ids there are.

    examined: a data folder without findings.
    """
    compilation = examined.compiled()
    found = {release.id: release for release in compilation.releases}
    if release_id is not None and release_id not in found:
        known = ", ".join(found)
        raise ReleaseError(worded("no-such-release", release=release_id, known=known))
    return Publication(
        compilation=compilation,
        release=found[release_id] if release_id else compilation.releases[-1],
        settings=settings,
        descriptors=examined.descriptors,
        kept=examined.kept.files,
        history=history(compilation, examined.kept.files),
        origin=examined.packages.files(),
    )


def standing_findings(chosen: Publication, examined: Examined) -> tuple[Finding, ...]:
    """Say what of earlier releases was not kept, what moved since then without a reason, and what is declared wrongly.

    A release that was published before stays as it was: other figures need a new one.
    """
    kept = published_documents(chosen.kept, chosen.release.id).get("releases.json", {}).get("data", ())
    before = {row["id"]: row["data_hash"] for row in kept}.get(chosen.release.id)
    if before is not None and before != data_hash(chosen.compilation):
        return (finding("kept-other-figures", file="releases.toml", release=chosen.release.id),)
    text = examined.packages.texts["releases.toml"]
    return in_order([*_edited(chosen, text), *history_findings(chosen.history, text)])


def _edited(chosen: Publication, text: str) -> Iterator[Finding]:
    """Say what an entry of releases.toml says otherwise than its release published. text: the file."""
    for number, row in enumerate(chosen.compilation.releases):
        document = json.loads(chosen.kept.get(f"{ROOT}releases/{row.id}/releases.json", b"{}"))
        rows = [each for each in document.get("data") or () if isinstance(each, dict) and each.get("id") == row.id]
        published = rows[0] if rows else {}
        now = {name: getattr(row, name) for name in ("released_on", "data_through", "next_expected")}
        now |= {name: getattr(row, name)._asdict() for name in ("title", "note")}
        for name in (name for name, value in now.items() if published.get(name, value) != value):
            yield finding("release-edited", file=FILE, row=heading_row(text, number), column=name)
