"""Compare the live site with the one that was built: every file, byte for byte.

usage: verify_live.py ADDRESS DIGEST

ADDRESS is where the site is served, DIGEST the SHA-256 of its SHA256SUMS as built. A host's caches may
serve the previous release for some minutes (ten on GitHub Pages), so files that differ are asked for
again until the time is up. Exits 0 when all agree, 1 with a list of the files that do not.
"""

from __future__ import annotations

import hashlib
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

PATIENCE_SECONDS = 20 * 60
PAUSE_SECONDS = 30
AT_ONCE = 8


def fetch(address: str, path: str) -> bytes | None:
    """What the host gives for one path; None where it gives nothing."""
    request = urllib.request.Request(address + urllib.parse.quote(path), headers={"Accept-Encoding": "identity"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return bytes(answer.read())
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return None


def digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def parse_sums(text: str) -> dict[str, str]:
    """`digest  path` a line, as sha256sum writes it, to path → digest."""
    pairs = (line.split("  ", 1) for line in text.splitlines() if line)
    return {path: expected for expected, path in pairs}


def wait_for_sums(address: str, expected: str, *, until: float) -> dict[str, str]:
    while True:
        content = fetch(address, "SHA256SUMS")
        if content is not None and digest(content) == expected:
            return parse_sums(content.decode("utf-8"))
        if time.monotonic() > until:
            sys.exit(f"{address}SHA256SUMS is not the one that was built (digest {expected}).")
        time.sleep(PAUSE_SECONDS)


def differing(address: str, sums: dict[str, str]) -> dict[str, str]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        live = pool.map(lambda path: digest(fetch(address, path)), sums)
        return {path: sums[path] for path, found in zip(sums, live, strict=True) if found != sums[path]}


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    address = arguments[0].rstrip("/") + "/"
    until = time.monotonic() + PATIENCE_SECONDS
    sums = wait_for_sums(address, arguments[1], until=until)
    wrong = differing(address, sums)
    while wrong and time.monotonic() < until:
        time.sleep(PAUSE_SECONDS)
        wrong = differing(address, wrong)
    for path in wrong:
        print(f"{address}{path}: not what was built", file=sys.stderr)
    print(f"{len(sums) - len(wrong)} of {len(sums)} files at {address} are what was built.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
