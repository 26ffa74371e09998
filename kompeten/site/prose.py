"""Hand-written pages: Markdown files in docs/id and docs/en, with a title and a description each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from kompeten.ground.findings import LANGUAGES, Language
from kompeten.ground.refusal import Refused, one_language
from kompeten.ground.settings import Settings
from kompeten.ground.wording import worded
from kompeten.pages.page import Page


class ProseError(Refused):
    """A hand-written page lacks its title, its description, or its twin in the other language."""


def load_prose(folder: Path, settings: Settings) -> tuple[Page, ...]:
    """Open every hand-written page of both languages; settings stand where a page names one, such as
    ``{repository_url}``. Raises ProseError.
    """
    names = {language: sorted(p.stem for p in (folder / language).glob("*.md")) for language in LANGUAGES}
    if names["id"] != names["en"]:
        odd = sorted(set(names["id"]) ^ set(names["en"]))
        raise ProseError(one_language("docs", odd))
    return tuple(
        parse_prose(_filled(folder / language / f"{name}.md", settings), language, f"{name}/")
        for language in LANGUAGES
        for name in names[language]
    )


def _filled(path: Path, settings: Settings) -> str:
    text = path.read_text(encoding="utf-8")
    for each in fields(settings):
        text = text.replace(f"{{{each.name}}}", getattr(settings, each.name))
    return text


def parted(text: str) -> tuple[Mapping[str, Any], str]:
    """Split a page into its front matter, read as YAML, and the text below; without front matter the first is empty."""
    front, body = text.removeprefix("---\n").split("---\n", 1) if text.startswith("---\n") else ("{}", text)
    return yaml.safe_load(front), body


def parse_prose(text: str, language: Language, path: str) -> Page:
    """Split front matter from text. Raises ProseError where a key is missing."""
    meta, body = parted(text)
    if missing := [key for key in ("title", "description") if not meta.get(key)]:
        place = f"docs/{language}/{path.strip('/')}.md: {', '.join(missing)}"
        raise ProseError(worded("missing", place=place))
    title = str(meta["title"])
    head = Markup('<div class="page-head"><h1>{}</h1><p class="lead">{}</p></div>\n\n').format(
        title, meta["description"]
    )
    return Page(
        language=language,
        path=path,
        title=title,
        description=str(meta["description"]),
        body=str(head) + f'<div class="prose" markdown="1">\n\n{_without_heading(body, title)}\n\n</div>',
        markdown=True,
    )


def _without_heading(body: str, title: str) -> str:
    """Drop a first-level heading that repeats the title: the page's head already says it."""
    lines: Iterable[str] = body.strip().splitlines()
    return "\n".join(line for line in lines if line.strip() != f"# {title}")


def load_snippets(folder: Path) -> Mapping[str, str]:
    """Read the code that the data page shows, by name of its file."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.*"))}
