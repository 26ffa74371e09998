"""Search over the finished pages: a bundle that a reader's browser loads only when it is used.

The index holds words of prose and headings; figures stay out, tables too (``data-pagefind-ignore`` in the templates).
Each language has its own index, chosen by the ``lang`` of the page.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pagefind_bin import get_executable
from selectolax.lexbor import LexborHTMLParser

from kompeten.ground.findings import FOLDER_OF
from kompeten.ground.refusal import Refused
from kompeten.ground.tree import checksums, lay_down, workroom
from kompeten.ground.workshop import ALONE, Workshop

FOLDER = "pagefind/"
LEFT_OUT = ("embed/", "a-z/", "404.html")
"""Pages that nobody searches for: frames for other sites, the index of all pages, the page for lost addresses."""
ENTRY = "pagefind-entry.json"
NEEDED = ("pagefind.js", ENTRY, "pagefind-worker.js")
"""Files beside the index itself; the bundle's own widgets and their styles are left out."""
BODY, LEFT_ASIDE = "[data-pagefind-body]", "data, [data-pagefind-ignore]"
"""What of a page is searched, and what within it is not: figures, for nobody finds a person by a number, and drawings,
tables and code.
"""


class SearchError(Refused):
    """The index could not be made; the message is the program's own."""


def bundle(files: Mapping[str, bytes], workshop: Workshop = ALONE) -> Mapping[str, bytes]:
    """Give the search bundle of a site, by path below its root. Raises SearchError."""
    pages = Pages(files={path: read(content) for path, content in files.items() if is_searched(path)})
    with zipfile.ZipFile(io.BytesIO(workshop.each(Indexer(), {FOLDER: pages})[FOLDER])) as made:
        return {path: made.read(path) for path in made.namelist()}


def read(page: bytes) -> bytes:
    """Give what search reads of a page, a fifth of it: the program takes time over the rest, and leaves it aside."""
    tree = LexborHTMLParser(page.decode())
    for node in tree.css(LEFT_ASIDE):
        node.decompose()
    language = (tree.root.attributes if tree.root else {}).get("lang") or ""
    body = "".join(node.html or "" for node in tree.css(BODY))
    return f'<!doctype html><html lang="{language}"><body>{body}</body></html>'.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What is searched of pages, by path."""

    files: Mapping[str, bytes]

    def __repr__(self) -> str:
        return f"Pages({hashlib.sha256(checksums(self.files)).hexdigest()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexer:
    """The step from all pages to the search bundle, as an archive that is not compressed."""

    def __call__(self, pages: Pages) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for path, content in _indexed(pages.files).items():
                archive.writestr(zipfile.ZipInfo(path), content)
        return packed.getvalue()


def _indexed(pages: Mapping[str, bytes]) -> Mapping[str, bytes]:
    with workroom() as folder:
        lay_down(pages, folder)
        command = [get_executable(), "--site", str(folder), "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SearchError(done.stderr.strip() or done.stdout.strip())
        made = folder / FOLDER
        return {
            f"{FOLDER}{found.relative_to(made).as_posix()}": _content(found)
            for found in sorted(made.rglob("*"))
            if found.is_file() and _is_needed(found.relative_to(made))
        }


def _content(file: Path) -> bytes:
    """Read a file of the bundle; the list of languages is sorted, since the program writes it in any order."""
    content = file.read_bytes()
    if file.name != ENTRY:
        return content
    return json.dumps(json.loads(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def is_searched(path: str) -> bool:
    """Say whether a file is a page that search should find."""
    return path.endswith(".html") and not path.removeprefix(FOLDER_OF["en"]).startswith(LEFT_OUT)


def _is_needed(path: Path) -> bool:
    return len(path.parts) > 1 or path.name in NEEDED or path.suffix in (".pf_meta", ".pagefind")
