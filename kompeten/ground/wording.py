"""The words of the site: one file a language under site_templates/wording. A key that is missing stops the build."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kompeten.ground.findings import LANGUAGES, Language


class WordingError(KeyError):
    """A text is asked for that the wording file does not have, or that needs another value."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language; call it with a key and the values the text names."""

    language: Language
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Give a text with its ``{names}`` filled in. Raises WordingError on an unknown key or a missing value."""
        try:
            return self.texts[key].format(**values)
        except KeyError as error:
            raise WordingError(f"wording/{self.language}.toml: {key}: {error} is missing") from None


def load_wording(folder: Path) -> Mapping[Language, Wording]:
    """Open both wording files. Raises WordingError where one has a key that the other lacks."""
    found = {
        language: tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8")) for language in LANGUAGES
    }
    if odd := sorted(set(found["id"]) ^ set(found["en"])):
        raise WordingError(f"wording: only in one language: {', '.join(odd)}")
    return {language: Wording(language, texts) for language, texts in found.items()}


def load_translations(folder: Path) -> Mapping[str, str]:
    """Open what the API says of its fields in Indonesian, by what it says in English."""
    return tomllib.loads((folder / "api.id.toml").read_text(encoding="utf-8"))
