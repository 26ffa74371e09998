"""One page of each kind, found in the built site: a kind is the first folder of an address, with or without a page."""

from __future__ import annotations

from pathlib import Path

FULLEST = {
    "tahap": "tahap/kaltim-2025-1/",
    "wilayah": "wilayah/64.02/",
    "program": "program/kaltim/",
    "embed": "embed/target-kaltim-2025-peserta/",
}
"""The page of a kind with the most on it, where a site has it."""


def kinds(site: Path) -> dict[str, str]:
    """Give the address of one page of each kind, in Indonesian, by name of the kind; 404 is one of them."""
    found = {"beranda": "", "404": "404.html"}
    for path in sorted(site.rglob("index.html")):
        parts = path.relative_to(site).parts[:-1]
        if not parts or parts[0] in ("en", "pagefind"):
            continue
        kind = parts[0] if len(parts) == 1 else f"{parts[0]}/…"
        found.setdefault(kind, "/".join(parts) + "/")
    fullest = {f"{name}/…": address for name, address in FULLEST.items() if (site / address).is_dir()}
    found.update({kind: address for kind, address in fullest.items() if kind in found})
    return found


def in_both_languages(site: Path) -> list[str]:
    """Give those addresses in both languages; there is one 404.html."""
    own = [path for path in kinds(site).values() if path != "404.html"]
    return [*own, *(f"en/{path}" for path in own), "404.html"]
