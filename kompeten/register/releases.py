"""The release list of a data folder, as text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kompeten.register.config import Correction


def release_text(release: Mapping[str, Any], corrections: Sequence[Correction]) -> str:
    """Give releases.toml: one release, and the corrections that it declares with their reasons."""
    lines = ["[[releases]]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in release.items())]
    for correction in corrections:
        lines += ["", "[[releases.corrections]]"]
        lines += [
            f"{key} = {json.dumps(getattr(correction, key), ensure_ascii=False)}"
            for key in ("batch_id", "reason_id", "reason_en")
        ]
    return "\n".join(lines) + "\n"
