"""One publication: everything that is decided before the first page is laid out."""

from __future__ import annotations

from dataclasses import dataclass

from kompeten.api.catalogue import Imprint
from kompeten.findings import Label
from kompeten.model import Compilation, Release
from kompeten.settings import Settings


class ReleaseError(ValueError):
    """The release asked for is not in releases.toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A release of a compilation under one address."""

    compilation: Compilation
    release: Release
    settings: Settings

    @property
    def imprint(self) -> Imprint:
        """Give what every document says about itself."""
        by = f"{self.settings.publisher}, {self.release.id}, CC BY 4.0"
        return Imprint(
            release=self.release.id,
            data_through=self.release.data_through,
            synthetic=self.compilation.synthetic,
            base_url=self.settings.base_url,
            attribution=Label(f"Sumber: {by}", f"Source: {by}"),
        )


def publication(compilation: Compilation, settings: Settings, release_id: str | None) -> Publication:
    """Choose the release: the one asked for, or the last. Raises ReleaseError with the ids there are."""
    found = {release.id: release for release in compilation.releases}
    if release_id is not None and release_id not in found:
        raise ReleaseError(f"--release: {release_id!r} is not in releases.toml; there are: {', '.join(found)}")
    release = found[release_id] if release_id else compilation.releases[-1]
    return Publication(compilation=compilation, release=release, settings=settings)
