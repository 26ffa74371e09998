"""MkDocs at the end of the line: pages in, themed HTML out.

Pages are written as a portable tree of Markdown files: front matter and, for pages marked ``ready``, final HTML. Any
engine that reads MkDocs trees can build it; the hook below only saves Python-Markdown the work on ready pages.
One build a language, since each language's tree is whole by itself.
"""

from __future__ import annotations

import json
import logging
import tempfile
from base64 import b64encode
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from kompeten.api.publication import Shell
from kompeten.ground.findings import LANGUAGES, Language
from kompeten.ground.refusal import Refused
from kompeten.ground.wording import load_wording
from kompeten.pages.page import Page
from kompeten.site.glossary import PAGE, Glossary
from kompeten.site.terms import explained

CONFIG = "mkdocs.yml"
GLOSSARY = f"{PAGE}/"
"""The path of the glossary, the same in both languages."""


class SiteError(Refused):
    """MkDocs refused the tree; the message is its own first warning."""


class ReadyPage(MkDocsPage):
    """A page whose Markdown is final HTML."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take the text as it is."""
        self.content = self.markdown
        self.toc = TableOfContents([])


class NoOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs has no types here
    """The hook takes no options from mkdocs.yml."""


class Accelerator(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]  # nor here
    """The hook: ready pages skip Python-Markdown; templates get the words of the site; pages explain their terms."""

    def __init__(self, ready: frozenset[str], templates: Path, glossary: Glossary) -> None:
        super().__init__()
        self.ready = ready
        self.wording = load_wording(templates / "wording")
        self.glossary = glossary

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Make the page of each ready file before MkDocs would."""
        for file in files.documentation_pages():
            if file.src_uri in self.ready:
                ReadyPage(None, file, config)
        return files

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give the theme its words, the hash that lets a policy name a script, and our templates' white space rules."""
        env.filters["hash_source"] = hash_source
        env.globals["wording"] = self.wording
        env.trim_blocks = env.lstrip_blocks = True
        return env

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Explain the terms of a page; the glossary itself and pages made for frames stay as they are."""
        language, path = page.meta["lang"], page.meta["path"]
        if path == GLOSSARY or "page_path" in page.meta:
            return html
        root = "../" * (path.count("/") + (language != "id"))
        here = f"{root}{'' if language == 'id' else 'en/'}{GLOSSARY}"
        return explained(html, self.glossary, self.wording[language], terms_page=here)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One language to build. sources: path and text of each page; ready: the paths of those that are final HTML."""

    language: Language
    sources: tuple[tuple[str, bytes], ...]
    ready: frozenset[str]
    shell: Shell
    templates: Path
    glossary: Glossary


def source_file(page: Page) -> tuple[str, bytes]:
    """Give the path and the text of a page in the portable tree."""
    meta: dict[str, Any] = {
        "lang": page.language,
        "path": page.path,
        "title": page.title,
        "description": page.description,
        "ready": not page.markdown,
        "breadcrumbs": [{"label": c.label, "path": c.path} for c in page.crumbs],
        "alternates": [{"type": t, "href": h, "title": n} for t, h, n in page.alternates],
    }
    optional = ("jsonld", "template", "page_path", "pinned_to")
    meta.update({name: value for name in optional if (value := getattr(page, name)) is not None})
    if page.share is not None:
        meta["og_image"] = share_path(page)
    front = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in meta.items())
    return source_path(page), f"---\n{front}---\n{page.body}\n".encode()


def source_path(page: Page) -> str:
    """Give the path of a page in the portable tree."""
    return f"{page.address}index.md"


def hash_source(text: str) -> str:
    """Name a script that stands in a page by its hash, as a content security policy does."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def share_path(page: Page) -> str:
    """Give the path of the picture of a shared page."""
    slug = page.path.strip("/").replace("/", "-") or "beranda"
    return f"share/{slug}.{page.language}.png"


def themed(
    pages: Sequence[Page], shell: Shell, templates: Path, glossaries: Mapping[Language, Glossary], *, jobs: int = 1
) -> Mapping[str, bytes]:
    """Give the HTML of all pages, 404.html included, by path below the root of the site.

    Raises SiteError where MkDocs warns of anything (``strict``).
    """
    ready = frozenset(source_path(page) for page in pages if not page.markdown)
    work = [
        Work(
            language=language,
            sources=tuple(source_file(page) for page in pages if page.language == language),
            ready=ready,
            shell=shell,
            templates=templates,
            glossary=glossaries[language],
        )
        for language in LANGUAGES
    ]
    if jobs > 1:
        with ProcessPoolExecutor(max_workers=min(jobs, len(work))) as pool:
            built = list(pool.map(_build, work))
    else:
        built = [_build(item) for item in work]
    return {path: content for part in built for path, content in part.items()}


def _build(work: Work) -> Mapping[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="kompeten-") as folder:
        docs, out = Path(folder, "docs"), Path(folder, "out")
        for path, content in work.sources:
            target = docs / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        _run(_config(docs, out, work))
        keep_404 = work.language == "id"
        return {
            found.relative_to(out).as_posix(): found.read_bytes()
            for found in sorted(out.rglob("*.html"))
            if keep_404 or found.name != "404.html"
        }


def _config(docs: Path, out: Path, work: Work) -> MkDocsConfig:
    shell, templates = work.shell, work.templates
    config = load_config(
        str(templates / CONFIG),
        docs_dir=str(docs),
        site_dir=str(out),
        site_url=shell.base_url,
        theme={"name": "material", "font": False, "custom_dir": str(templates / "overrides")},
        extra={
            "contact": shell.contact,
            "release": shell.release,
            "released_on": dict(shell.released_on),
            "data_through": dict(shell.data_through),
            "synthetic": shell.synthetic,
        },
    )
    config.plugins["kompeten"] = Accelerator(work.ready, templates, work.glossary)
    return config


class _Warnings(logging.Handler):
    """Collect what MkDocs warns of, so that the first warning can be shown."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _run(config: MkDocsConfig) -> None:
    log = logging.getLogger("mkdocs")
    warnings, was_propagating = _Warnings(), log.propagate
    log.addHandler(warnings)
    log.propagate = False
    try:
        mkdocs_build(config)
    except (SystemExit, Exception) as error:
        raise SiteError(warnings.messages[0] if warnings.messages else str(error)) from error
    finally:
        log.removeHandler(warnings)
        log.propagate = was_propagating
    if warnings.messages:
        raise SiteError(warnings.messages[0])
