"""Pages bound into a site: a portable tree in, themed HTML out.

A page is a text of the tree: front matter, and for pages marked ``ready`` final HTML; any engine that reads trees of
MkDocs can build it. MkDocs turns the hand-written pages into HTML and checks their links, one language at a time,
since each language's tree is whole by itself; then one step, the same for all, lays every page into the theme.
"""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment

from kompeten.api.publication import Shell
from kompeten.ground.findings import FOLDER_OF, LANGUAGES, Language
from kompeten.ground.refusal import Refused
from kompeten.ground.wording import load_wording
from kompeten.ground.workshop import Workshop
from kompeten.pages.page import COMPILED, Page
from kompeten.site.glossary import PAGE, Glossary
from kompeten.site.terms import explained

CONFIG = "mkdocs.yml"
GLOSSARY = f"{PAGE}/"
"""The path of the glossary, the same in both languages."""
LOST = "404.html"
"""The page for lost addresses: of both languages, at any depth, so its links are from the root of the host."""
CHANGING: Mapping[str, str] = {
    "stylesheet": "kompeten.css",
    "script": "kompeten.js",
    "search": "search.js",
    "tables": "tables.js",
    "compare": "compare.js",
}
"""What the theme calls a file to the file: its address changes with its content, so that no cache shows an old one."""


class SiteError(Refused):
    """MkDocs refused the tree; the message is its own first warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scribe:
    """The step from the tree of one language to the HTML of its hand-written pages: JSON, by path."""

    templates: Path = field(repr=False)

    def __call__(self, sources: tuple[tuple[str, str], ...]) -> bytes:
        """Let MkDocs read the pages. sources: path and text; the text is empty where the page is ready.

        Raises SiteError where MkDocs warns of anything.
        """
        from mkdocs.structure.files import File, Files
        from mkdocs.structure.pages import Page as MkDocsPage

        with _strictly():
            config = _config(self.templates)
            files = Files([File(path, None, config.site_dir, config.use_directory_urls) for path, _ in sources])
            for file, (_, text) in zip(files, sources, strict=True):
                file.content_string = text
            written = [MkDocsPage(None, file, config) for file in files if file.content_string]
            for page in written:
                page.read_source(config)
                page.render(config, files)
            for page in written:
                page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
        return json.dumps({page.file.src_uri: page.content for page in written}, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page as the templates of the theme see it. url: its address from the root of the site."""

    url: str
    meta: Mapping[str, Any]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """The step from a ready text of the portable tree to the page as published.

    files: what the theme calls its style and scripts, with their addresses.
    """

    shell: Shell
    glossaries: Mapping[Language, Glossary]
    files: Mapping[str, str]
    templates: Path = field(repr=False)

    def __call__(self, source: str) -> bytes:
        """Explain the terms of one page, and lay it into the theme; an empty text is the page for lost addresses."""
        sheet = self._sheet(source) if source else None
        env = _environment(self.templates)
        template = env.get_template(sheet.meta.get("template", "main.html") if sheet else LOST)
        base = urlsplit(self.shell.base_url).path or "/"
        config = {"site_url": self.shell.base_url, "extra": {**asdict(self.shell), **self.files}}
        return template.render(page=sheet, base_url=base, config=config).encode()

    def _sheet(self, source: str) -> Sheet:
        front, body = source.removeprefix("---\n").split("---\n", 1)
        meta = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in front.splitlines())}
        language, path = meta["lang"], meta["path"]
        prefix = FOLDER_OF[language]
        html = body.lstrip("\n")
        # The glossary itself and pages made for frames stay as they are.
        if path != GLOSSARY and "page_path" not in meta:
            root = "../" * f"{prefix}{path}".count("/")
            say: Any = _environment(self.templates).globals["wording"]
            html = explained(html, self.glossaries[language], say[language], terms_page=f"{root}{prefix}{GLOSSARY}")
        return Sheet(url=f"{prefix}{path}", meta=meta, content=html)


@cache
def _environment(templates: Path) -> Environment:
    """Give the theme's templates, with the words of the site and our own templates' white space rules."""
    env: Environment = _config(templates).theme.get_env()
    env.bytecode_cache = COMPILED
    env.filters["hash_source"] = hash_source
    env.globals["wording"] = load_wording(templates / "wording")
    env.trim_blocks = env.lstrip_blocks = True
    return env


def source_text(page: Page, html: str | None = None) -> str:
    """Give the text of a page in the portable tree. html: what MkDocs has made of a hand-written page."""
    meta: dict[str, Any] = {
        "lang": page.language,
        "path": page.path,
        "title": page.title,
        "description": page.description,
        "ready": html is not None or not page.markdown,
        "breadcrumbs": [asdict(crumb) for crumb in page.crumbs],
        "alternates": [{"type": t, "href": h, "title": n} for t, h, n in page.alternates],
    }
    optional = ("jsonld", "template", "page_path", "pinned_to")
    meta.update({name: value for name in optional if (value := getattr(page, name)) is not None})
    if page.share is not None:
        meta |= {"og_image": share_path(page), "og_image_alt": page.share.alt}
    front = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in meta.items())
    body = f"{page.body}\n" if html is None else html
    return f"---\n{front}---\n{body}"


def source_path(page: Page) -> str:
    """Give the path of a page in the portable tree."""
    return f"{page.address}index.md"


def hash_source(text: str) -> str:
    """Name a script that stands in a page by its hash, as a content security policy does."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def versioned(templates: Path, name: str) -> str:
    """Give the address of a static file, with what tells its content from any other."""
    content = (templates / "static" / name).read_bytes()
    return f"static/{name}?v={sha256(content).hexdigest()[:10]}"


def share_path(page: Page) -> str:
    """Give the path of the picture of a shared page."""
    slug = page.path.strip("/").replace("/", "-") or "beranda"
    return f"share/{slug}.{page.language}.png"


def themed(
    pages: Sequence[Page], shell: Shell, templates: Path, glossaries: Mapping[Language, Glossary], workshop: Workshop
) -> Mapping[str, bytes]:
    """Give the HTML of all pages, 404.html included, by path below the root of the site.

    Raises SiteError where MkDocs warns of anything.
    """
    written = _written(pages, templates, workshop)
    sources = {f"{page.address}index.html": source_text(page, written.get(source_path(page))) for page in pages}
    files = {name: versioned(templates, file) for name, file in CHANGING.items()}
    press = Press(shell=shell, glossaries=glossaries, files=files, templates=templates)
    return workshop.each(press, {**sources, LOST: ""})


def _written(pages: Sequence[Page], templates: Path, workshop: Workshop) -> Mapping[str, str]:
    """Give the HTML of every hand-written page, by its path in the portable tree."""
    trees: dict[str, Any] = {
        language: tuple(
            (source_path(page), source_text(page) if page.markdown else "")
            for page in pages
            if page.language == language
        )
        for language in LANGUAGES
    }
    read = workshop.each(Scribe(templates=templates), trees)
    return {path: html for content in read.values() for path, html in json.loads(content).items()}


def _config(templates: Path) -> Any:
    """Give the settings of MkDocs. It reads and writes no folder here, but wants one to be named."""
    from mkdocs.config import load_config

    return load_config(
        str(templates / CONFIG),
        docs_dir=str(templates / "pages"),
        theme={"name": "material", "font": False, "custom_dir": str(templates / "overrides")},
    )


class _Warnings(logging.Handler):
    """Collect what MkDocs warns of, so that the first warning can be shown."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _strictly() -> Iterator[None]:
    """Let MkDocs do something; raise SiteError where it fails or warns of anything."""
    log = logging.getLogger("mkdocs")
    warnings, was_propagating = _Warnings(), log.propagate
    log.addHandler(warnings)
    log.propagate = False
    try:
        yield
    except (SystemExit, Exception) as error:
        raise SiteError(warnings.messages[0] if warnings.messages else str(error)) from error
    finally:
        log.removeHandler(warnings)
        log.propagate = was_propagating
    if warnings.messages:
        raise SiteError(warnings.messages[0])
