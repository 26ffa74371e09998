"""The glossary in short: what each term means, and the words by which running text names it.

The glossary page (docs/<language>/istilah.md) is the one room of all definitions. Its front matter lists under
``words`` which words of a page stand for which of its terms; a term without words is defined there and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from kompeten.ground.findings import LANGUAGES, Language
from kompeten.ground.refusal import one_language
from kompeten.ground.wording import worded
from kompeten.site.prose import ProseError, parted

PAGE = "istilah"
SHORT = 110
"""Letters of a short definition: the first sentence, and those after it that still fit."""
ENTRY = re.compile(r"^(?P<name>\S.*?) \{ #(?P<id>[\w-]+) \}\n:   (?P<meaning>.+(?:\n {4}.+)*)$", re.MULTILINE)
EMPHASIS = re.compile(r"\*([^*]+)\*")


class GlossaryError(ProseError):
    """The glossary lists words of a term it does not define, one word twice, or other terms in the other language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term. name: as the glossary prints it, Indonesian words in English text marked; meaning: in short."""

    id: str
    name: Markup
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """The terms of one language by id, and the id by each word that stands for a term."""

    language: Language
    terms: Mapping[str, Term]
    words: Mapping[str, str]


def load_glossaries(folder: Path) -> Mapping[Language, Glossary]:
    """Open the glossary of both languages. folder: docs. Raises GlossaryError."""
    found = {
        language: parse_glossary((folder / language / f"{PAGE}.md").read_text(encoding="utf-8"), language)
        for language in LANGUAGES
    }
    named = {language: set(glossary.words.values()) for language, glossary in found.items()}
    if odd := sorted(named["id"] ^ named["en"]):
        raise GlossaryError(one_language(f"{PAGE}.md: words", odd))
    return found


def parse_glossary(text: str, language: Language) -> Glossary:
    """Read the terms of a glossary page and the words that stand for them. Raises GlossaryError."""
    meta, body = parted(text)
    place = f"docs/{language}/{PAGE}.md: words"
    terms = {
        entry["id"]: Term(id=entry["id"], name=_name(entry["name"], language), meaning=shortened(entry["meaning"]))
        for entry in ENTRY.finditer(body)
    }
    pairs = [(word, term) for term, words in meta["words"].items() for word in words]
    if unknown := sorted({term for _, term in pairs} - set(terms)):
        what = ", ".join(unknown)
        raise GlossaryError(worded("no-such-term", place=place, what=what))
    words = dict(pairs)
    if len(words) < len(pairs):
        twice = sorted({word for word, term in pairs if words[word] != term})
        what = ", ".join(twice)
        raise GlossaryError(worded("of-two-terms", place=place, what=what))
    return Glossary(language=language, terms=terms, words=words)


def shortened(meaning: str) -> str:
    """Give the first sentence of a meaning, and those after it that still fit in a line or two."""
    first, *rest = re.split(r"(?<=[.!?]) (?=[A-Z\"])", " ".join(meaning.split()))
    for sentence in rest:
        if len(first) + len(sentence) >= SHORT:
            break
        first = f"{first} {sentence}"
    return first


def _name(text: str, language: Language) -> Markup:
    if language == "id":
        return escape(text)
    return Markup(EMPHASIS.sub(r'<i lang="id">\1</i>', str(escape(text))))
