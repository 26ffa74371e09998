"""The release list of a data folder, as text: past releases as they stand, the new one at the end."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kompeten.register.reading.config import Correction, Release

KEYS = tuple(Release.model_fields)
"""What an entry of the list says, in the order of the file."""


def release_text(
    release: Mapping[str, Any], corrections: Sequence[Correction] = (), *, source_id: str = "", past: str = ""
) -> str:
    """Give releases.toml. past: the text of the earlier file, kept byte for byte.

    A declared correction names a batch; it is written for all its cells.
    """
    lines = ["[[release]]", *(f"{key} = {_toml(release[key])}" for key in KEYS if key in release)]
    for correction in corrections:
        lines += ["", "[[release.correction]]", f"cell = {_toml(correction.batch_id + '/*')}"]
        lines += ['kind = "correction"', 'asked_by = "office"']
        lines += [f"reason_id = {_toml(correction.reason_id)}", f"reason_en = {_toml(correction.reason_en)}"]
        lines += [f"source_id = {_toml(source_id)}"]
    text = "\n".join(lines) + "\n"
    return f"{past.rstrip()}\n\n{text}" if past.strip() else text


def release_ids(text: str) -> tuple[str, ...]:
    """Give the ids of the releases that a releases.toml lists, in its order; none where it is not TOML."""
    try:
        releases = tomllib.loads(text).get("release", [])
    except ValueError:
        return ()
    return tuple(str(release.get("id", "")) for release in releases)


def _toml(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
