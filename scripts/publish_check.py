"""Rehearse publishing on this machine, as far as that goes without the host.

usage: publish_check.py [SITE]

Builds the site twice, as unlike machines would, and compares every byte; or takes SITE, built for BASE. Serves it the
way GitHub Pages does (below a base path, gzip, max-age, a slash added to folders, its own 404.html, nothing rewritten),
reads every file back against SHA256SUMS, and follows every link of every page. Exits 1 with what is wrong.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[1]
PORT = 8765
PATH = "/kaltim-kompeten/"
BASE = f"http://127.0.0.1:{PORT}{PATH}"
TYPES = {".html": "text/html; charset=utf-8", ".json": "application/json", ".css": "text/css", ".js": "text/javascript"}
PACKED = frozenset({".html", ".json", ".jsonld", ".css", ".js", ".svg", ".xml", ".csv", ".txt", ".md"})
MOST = 20
"""So many files that differ are named."""
MACHINES = (
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4242"},
)


class Host(BaseHTTPRequestHandler):
    """Answers as GitHub Pages does: files as they are, the page for lost addresses, and nothing clever."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, folder: Path) -> None:
        self.folder = folder
        super().__init__(*arguments)  # type: ignore[arg-type]  # the server's own three

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Give a file, a redirect to a folder's own address, or 404.html."""
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        place = self.folder / path.removeprefix(PATH) if path.startswith(PATH) else None
        if place and place.is_dir() and not path.endswith("/"):
            self.answer(301, b"", {"Location": f"{path}/"})
            return
        found = place / "index.html" if place and path.endswith("/") else place
        if found and found.is_file():
            self.send_file(200, found)
        else:
            self.send_file(404, self.folder / "404.html")

    def send_file(self, status: int, found: Path) -> None:
        """Send a file, packed where the reader takes that and its kind is worth it."""
        content, headers = found.read_bytes(), {"Content-Type": TYPES.get(found.suffix, "application/octet-stream")}
        if found.suffix in PACKED and "gzip" in self.headers.get("Accept-Encoding", ""):
            content, headers["Content-Encoding"] = gzip.compress(content), "gzip"
        self.answer(status, content, {**headers, "Cache-Control": "max-age=600", "Vary": "Accept-Encoding"})

    def answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        """Send one answer."""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def served(folder: Path, port: int = PORT) -> Iterator[str]:
    """Serve a folder; gives the base address."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Host, folder=folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{PATH}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def asked(address: str) -> tuple[int, bytes]:
    """Ask for an address, packed; gives the status and the content."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            packed = answer.headers.get("Content-Encoding") == "gzip"
            content = answer.read()
            return answer.status, gzip.decompress(content) if packed else content
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, b""


class Links(HTMLParser):
    """Reads what a page leads to, and the places in it that can be led to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.places: set[str] = {"", "top"}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note links and places."""
        for name, value in attrs:
            if name in ("href", "src") and value is not None and not (tag == "link" and ("rel", "canonical") in attrs):
                self.found.append(value)
            elif name in ("id", "name") and value:
                self.places.add(value)


def differing(base: str, sums: str) -> list[str]:
    """Read every file back; give those that are not what SHA256SUMS says, or that it does not list."""
    wrong = []
    for line in sums.splitlines():
        digest, _, path = line.partition("  ")
        status, content = asked(base + urllib.parse.quote(path))
        if status != 200 or hashlib.sha256(content).hexdigest() != digest:
            wrong.append(f"{path}: not what SHA256SUMS says")
    return wrong


def broken(base: str, folder: Path) -> list[str]:
    """Follow every link inside the site; give those that lead nowhere."""
    pages = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
    read: dict[str, Links] = {}
    for name, path in pages.items():
        read[name] = Links()
        read[name].feed(path.read_text(encoding="utf-8"))
    answers: dict[str, int] = {}
    wrong = []
    for name, links in read.items():
        # A lost address is answered at any depth.
        here = base + ("a/lost/address" if name == "404.html" else name.removesuffix("index.html"))
        for link in dict.fromkeys(links.found):
            address, _, fragment = urllib.parse.urljoin(here, link).partition("#")
            if not address.startswith(base) or (link.startswith("#") and fragment in links.places):
                continue
            if address not in answers:
                answers[address] = asked(address)[0]
            target = urllib.parse.unquote(address.removeprefix(base).partition("?")[0])
            target += "index.html" if target.endswith("/") or not target else ""
            places = read[target].places if target in read else None
            if answers[address] != 200:
                wrong.append(f"{name}: {link}: {answers[address]}")
            elif places is not None and urllib.parse.unquote(fragment) not in places:
                wrong.append(f"{name}: {link}: no such place")
    return wrong


def problems(base: str, folder: Path) -> list[str]:
    """Give everything that is wrong with a served site."""
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8")
    listed = {line.partition("  ")[2] for line in sums.splitlines()}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    lost = asked(f"{base}no/such/address/")[0]
    return [
        *(f"{path}: not in SHA256SUMS" for path in sorted(there - listed)),
        *differing(base, sums),
        *([] if lost == 404 else [f"a lost address answers {lost}"]),
        *broken(base, folder),
    ]


def built(folder: Path, machine: dict[str, str]) -> str:
    """Build the site for BASE; give its SHA256SUMS."""
    command = [sys.executable, str(ROOT / "build.py"), "--base-url", BASE, "--out", str(folder)]
    subprocess.run(command, check=True, env={**os.environ, **machine}, stdout=subprocess.DEVNULL)
    return (folder / "SHA256SUMS").read_text(encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Rehearse; give the exit status."""
    with tempfile.TemporaryDirectory(prefix="kompeten-") as work:
        folder = Path(arguments[0]) if arguments else Path(work, "1")
        if not arguments:
            both = [set(built(Path(work, str(n)), machine).splitlines()) for n, machine in enumerate(MACHINES, start=1)]
            unlike = sorted({line.partition("  ")[2] for line in both[0] ^ both[1]})
            if unlike:
                print(f"Two builds differ in {len(unlike)} files:", *unlike[:MOST], sep="\n  ", file=sys.stderr)
                return 1
            print(f"Two builds are identical: {len(both[0])} files.")
        with served(folder) as base:
            wrong = problems(base, folder)
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    print(f"{len(wrong)} problems below {BASE}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
