"""The words of the site: one file a language under site_templates/wording. A key that is missing stops the build."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn, TypeVar

from kompeten import WORDING
from kompeten.ground.findings import LANGUAGES, Label, Language
from kompeten.ground.refusal import Refused, one_language

Entry = TypeVar("Entry")


class WordingError(Refused):
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
            raise WordingError(_missing(f"wording/{self.language}.toml: {key}: {error}")) from None


class Group(dict[str, Entry]):
    """Texts, or groups of them, by name. One that is asked for and is not there is said with its place."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def __missing__(self, name: str) -> NoReturn:
        raise WordingError(_missing(f"wording/{self.place}: {name!r}"))


def _missing(place: str) -> Label:
    return Label(f"{place} belum ada", f"{place} is missing")


def load_wording(folder: Path, kind: str = "") -> Mapping[Language, Wording]:
    """Open both wording files. kind: what stands before the language in their names, with its point.

    Raises WordingError where one has a key that the other lacks.
    """
    found = {
        language: tomllib.loads((folder / f"{kind}{language}.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }
    if odd := sorted(set(found["id"]) ^ set(found["en"])):
        raise WordingError(one_language("wording", odd))
    return {language: Wording(language, texts) for language, texts in found.items()}


@cache
def load_officer() -> Mapping[Language, Wording]:
    """Open what is said to the data officer."""
    return load_wording(WORDING, "officer.")


def officered(key: str, **details: object) -> Label:
    """Give what is said to the data officer in both languages; of a detail that is a Label, each takes its own."""
    return Label(*(
        say(key, **{name: each.text(language) if isinstance(each, Label) else each for name, each in details.items()})
        for language, say in load_officer().items()
    ))  # fmt: skip


def worded(key: str, **details: object) -> Label:
    """Give what a command says when it refuses, by its key in ``checks.*.toml``, filled in."""
    return said("worded", "checks")[key].filled(**details)


@cache
def spoken(part: str, language: Language, catalogue: str = "data") -> Wording:
    """Give the same part in one language."""
    return Wording(language, {slug: label.text(language) for slug, label in said(part, catalogue).items()})


@cache
def load_translations(folder: Path = WORDING) -> Mapping[str, str]:
    """Open what the API says of its fields in Indonesian, by what it says in English."""
    return tomllib.loads((folder / "api.id.toml").read_text(encoding="utf-8"))


@cache
def load_labels(catalogue: str, folder: Path = WORDING) -> Mapping[str, Mapping[str, Mapping[str, Label]]]:
    """Open a catalogue of labels: part, slug, then the names of its texts, each in both languages.

    A slug that is one text holds it under the name ``text``. Raises WordingError where one language has a text that
    the other lacks.
    """
    files = (folder / f"{catalogue}.{each}.toml" for each in LANGUAGES)
    found = [_flat(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    if odd := sorted(set(found[0]) ^ set(found[1])):
        raise WordingError(one_language(catalogue, [".".join(name) for name in odd]))
    labels: Group[Group[Group[Label]]] = Group(catalogue)
    for (part, slug, name), text in found[0].items():
        own = labels.setdefault(part, Group(f"{catalogue}: {part}")).setdefault(
            slug, Group(f"{catalogue}: {part}.{slug}")
        )
        own[name] = Label(text, found[1][part, slug, name])
    return labels


def load_checks(folder: Path = WORDING) -> Mapping[str, Mapping[str, Mapping[str, Label]]]:
    """Open what the checks say: part (``data``, ``register``), slug, then ``what`` and ``mend``."""
    return load_labels("checks", folder)


@cache
def said(part: str, catalogue: str = "data") -> Mapping[str, Label]:
    """Give one part of what the published data say of themselves, by key."""
    texts: Group[Label] = Group(f"{catalogue}: {part}")
    texts.update({slug: entry["text"] for slug, entry in load_labels(catalogue)[part].items()})
    return texts


def _flat(document: Mapping[str, Mapping[str, str | Mapping[str, str]]]) -> dict[tuple[str, str, str], str]:
    """Give each text of a catalogue by part, slug and name."""
    return {
        (part, slug, name): text
        for part, entries in document.items()
        for slug, entry in entries.items()
        for name, text in ({"text": entry} if isinstance(entry, str) else entry).items()
    }


@cache
def everyday(folder: Path = WORDING) -> frozenset[str]:
    """Give the words that our own texts write in small letters, in both languages: none of them is a name."""
    texts = (file.read_text(encoding="utf-8") for file in folder.glob("*.toml"))
    return frozenset(each for text in texts for each in re.findall(r"(?<!\w)[a-zà-ÿ]{2,}(?!\w)", text))


def load_places(path: Path) -> Mapping[str, tuple[int, int]]:
    """Open the places of regencies on the tile map: code to row and column, counted from 1."""
    return {code: (row, column) for code, (row, column) in tomllib.loads(path.read_text(encoding="utf-8")).items()}
