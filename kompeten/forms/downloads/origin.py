"""The data packages that a site was made of, and what its maker chose: enough for anybody to make the same site again.

What earlier releases left is on the site itself; here stand the digests of each release's files alone.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from kompeten.api.publication import Publication
from kompeten.api.text import to_json
from kompeten.forms.downloads.archive import CHECKSUMS, INSIDE, everything_zip
from kompeten.forms.downloads.tables import FOLDER
from kompeten.ground import store
from kompeten.ground.settings import Settings
from kompeten.ground.tree import digests_of
from kompeten.intake.packages.reading import PLAIN_FILES
from kompeten.intake.packages.values import PACKAGES

ORIGIN = f"{FOLDER}packages.zip"
CHOSEN = "site.json"
"""What no data folder says: address, publisher, release, and what of earlier releases was kept."""
LARGEST = 2**28
"""An archive that unpacks to more bytes than this is no archive of packages: those of a whole country have a tenth."""
MEMBER = re.compile(
    rf"(?:{'|'.join(PACKAGES)})/(?:[a-z0-9_-]{{1,80}}\.csv|datapackage\.json)|{'|'.join(map(re.escape, PLAIN_FILES))}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What an archive of packages holds. files: the data folder, path to bytes. kept: digests of what each earlier
    release left, by release and path.
    """

    files: Mapping[str, bytes]
    settings: Settings
    release: str
    is_preview: bool
    kept: Mapping[str, Mapping[str, str]]


def packed(edition: Publication) -> bytes:
    """Give the archive of an edition: its data folder, and what was chosen beside it."""
    said = {
        **asdict(edition.settings),
        "release": edition.release.id,
        "preview": edition.is_preview,
        "kept": {release: digests_of(files) for release, files in by_release(edition.kept).items()},
    }
    return everything_zip({**edition.origin, CHOSEN: to_json(said)}, edition.release.released_on)


def unpacked(content: bytes) -> Origin:
    """Open an archive. Raises ValueError where it is none, or holds what no data folder does."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            if sum(entry.file_size for entry in opened.infolist()) > LARGEST:
                raise ValueError(ORIGIN)
            files = {name.removeprefix(INSIDE): opened.read(name) for name in opened.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise ValueError(str(error)) from None
    said = json.loads(files.pop(CHOSEN, b"{}"))
    files.pop(CHECKSUMS, None)
    if strange := [name for name in files if not MEMBER.fullmatch(name)]:
        raise ValueError(strange[0])
    kept = said.get("kept")
    if not isinstance(kept, dict) or not all(isinstance(own, dict) for own in kept.values()):
        raise ValueError(CHOSEN)
    settings = Settings(**{name: said.get(name, "") for name in Settings.__dataclass_fields__})
    release, is_preview = str(said.get("release")), bool(said.get("preview"))
    return Origin(files=files, settings=settings, release=release, is_preview=is_preview, kept=kept)


def by_release(kept: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    """Give files that stay by the release that left them."""
    found: dict[str, dict[str, bytes]] = {}
    for path, content in kept.items():
        release = next((part for part in path.split("/") if store.RELEASE_ID.fullmatch(part)), "")
        found.setdefault(release, {})[path] = content
    return {release: found[release] for release in sorted(found)}
