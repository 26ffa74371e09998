"""Print a built site as one PDF a language, from the same pages: ``make pdf``.

usage: release_pdf.py SITE OUT

Every page that tells figures or method is set behind one cover, with the site's own style sheet for paper, and printed
by Chromium: outline, tags, links and page numbers included. This comes after the build, because a build needs no
browser, and beside the site, because the audit of a site refuses what our program does not make of its data.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from posixpath import join, normpath
from threading import Thread

from playwright.sync_api import sync_playwright

CHAPTERS = (
    *("", "tenaga-kerja/", "program/", "program/*/", "tahap/", "tahap/*/", "wilayah/", "wilayah/*/", "kualifikasi/"),
    *("klaim/", "banding/", "tidak-ditemukan/", "warga/", "metode/", "istilah/", "rilis/", "rilis/{release}/"),
)
"""What is printed, in this order; {release} is the newest."""
WORDS = {"id": ("Sidik data SHA-256", "Isi"), "en": ("SHA-256 of the data", "Contents")}
LANGUAGES: Mapping[str, str] = {"id": "", "en": "en/"}
MAIN = re.compile(r'<main id="isi"[^>]*>(.*)</main>', re.DOTALL)
TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
NAMED = re.compile(r'\b(id|for|aria-labelledby|aria-describedby)="([^"]+)"')
LINK = re.compile(r'\bhref="([^"]*)"')
FOOT = (
    '<div style="font: 8px sans-serif; width: 100%; padding: 0 15mm; display: flex; justify-content: space-between">'
    '<span>{name}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>'
)
MARGIN = {"top": "16mm", "bottom": "18mm", "left": "15mm", "right": "15mm"}
STYLE = (
    ".chapter, .contents { break-before: page }"
    # What asks for a click, or is said once for the whole book: the contents, and the sources with their addresses.
    " .terms, .reuse, .section:has(> .doors, > .reuse, > div > .reuse:only-child) { display: none }"
    " main a:not(.sources a)::after { content: none !important }"
    " .contents ol { columns: 2; column-gap: 2.5rem; max-width: none } .contents li { padding-right: .5rem }"
    " .cover { padding-top: 60mm } .cover h1 { font-size: 34pt; margin-top: 8mm }"
    " .cover svg { width: 18mm; height: 30mm; fill: var(--colour-s1) }"
)
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def chapters(site: Path, language: str, release: str) -> list[str]:
    """Give the addresses of the pages that are printed, in the order of the book."""
    root = site / LANGUAGES[language]
    found = [page for one in CHAPTERS for page in sorted(root.glob(f"{one.format(release=release)}index.html"))]
    return list(dict.fromkeys(f"{page.parent.relative_to(root).as_posix()}/".removeprefix("./") for page in found))


def section(site: Path, language: str, path: str, places: Mapping[str, str], base: str) -> str:
    """Give the body of a page as a part of the book: ids of its own, links within the book or whole."""
    (body,) = MAIN.findall((site / LANGUAGES[language] / path / "index.html").read_text(encoding="utf-8"))
    own = places[path]

    def named(found: re.Match[str]) -> str:
        return f'{found[1]}="{" ".join(f"{own}-{name}" for name in found[2].split())}"'

    def linked(found: re.Match[str]) -> str:
        if re.match(r"[a-z]+:", found[1]):
            return found[0]
        address, _, fragment = found[1].partition("#")
        folder = normpath(join(LANGUAGES[language] + path, address or ".")) + "/"
        target = folder.removeprefix("./").removeprefix(LANGUAGES[language]) if folder != "en/" else ""
        if target in places:
            return f'href="#{places[target]}{"-" if fragment else ""}{fragment}" class="inner"'
        return f'href="{base}{folder.removeprefix("./").rstrip("/")}" class="inner"'

    text = LINK.sub(linked, NAMED.sub(named, body)).replace('class="inner" class="', 'class="inner ')
    return f'<section class="chapter" id="{own}">{text}</section>'


def book(site: Path, language: str) -> tuple[str, str]:
    """Give the whole book as HTML, and its name."""
    latest = json.loads((site / "api/v1/latest.json").read_text(encoding="utf-8"))
    data, base = latest["data"], latest["self"].removesuffix("api/v1/latest.json")
    pages = chapters(site, language, data["release"])
    places = {path: f"b{number}" for number, path in enumerate(pages)}
    texts = {path: section(site, language, path, places, base) for path in pages}
    front = (site / LANGUAGES[language] / "index.html").read_text(encoding="utf-8")
    name = "Kaltim Kompeten"
    note = re.sub(r"<[^>]+>.*", "", re.findall(r'masthead__note">(.*?)</p>', front, re.DOTALL)[0]).strip()
    line = re.findall(r'wordmark__line">(.*?)<', front)[0]
    dated = re.findall(r'colophon__release">(.*?)<', front)[0]
    mark = re.findall(r'<a class="wordmark".*?(<svg.*?</svg>)', front, re.DOTALL)[0]
    titles = {path: re.sub(r"<[^>]+>", "", TITLE.findall(texts[path])[0]) for path in pages}
    contents = "".join(f'<li><a class="inner" href="#{places[p]}">{titles[p]}</a></li>' for p in pages)
    cover = (
        f'<section class="cover">{mark}<h1>{name}</h1><p class="lead">{line}</p><p>{note}</p>'
        f"<p>{dated} CC BY 4.0.<br>{escape(base)}</p>"
        f'<p class="muted">{WORDS[language][0]}: <code class="hash">{data["data_hash"]}</code></p></section>'
        f'<section class="contents"><h1>{WORDS[language][1]}</h1><ol>{contents}</ol></section>'
    )
    title = f"{name}, {dated.split(',')[0].lower()}"
    head = f'<meta charset="utf-8"><title>{title}</title>'
    head += f'<link rel="stylesheet" href="/static/kompeten.css"><style>{STYLE}</style>'
    body = f'<main class="frame">{cover}{"".join(texts.values())}</main>'
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{body}</body></html>', f"{title}. {note}"


def printed(site: Path, out: Path) -> Iterator[Path]:
    """Print the book in each language; gives the files."""
    release = json.loads((site / "api/v1/latest.json").read_text(encoding="utf-8"))["data"]["release"]
    handler = partial(Quiet, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for language in LANGUAGES:
            html, foot = book(site, language)
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/robots.txt")
            page.set_content(html, wait_until="load", timeout=120_000)
            file = out / f"kaltim-kompeten-{release}.{language}.pdf"
            page.pdf(
                path=file,
                format="A4",
                margin=MARGIN,  # type: ignore[arg-type]  # a plain mapping is one
                display_header_footer=True,
                header_template="<span></span>",
                footer_template=FOOT.format(name=escape(foot)),
                print_background=True,
                outline=True,
                tagged=True,
            )
            page.close()
            yield file
        browser.close()
    server.shutdown()


def main(site: Path, out: Path) -> int:
    """Print both books and say where they are."""
    out.mkdir(parents=True, exist_ok=True)
    print(*printed(site, out), sep="\n")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
