"""HTML pages: figures that name their document, and data inside scripts. What else a page says is held byte by byte."""

from __future__ import annotations

import json
from contextlib import suppress

from selectolax.lexbor import LexborHTMLParser

from kompeten.audit.reading.documents import read_document
from kompeten.audit.reading.sightings import Figure, Reading


def read_page(name: str, content: bytes) -> Reading:
    """Read an HTML page. Undecodable bytes are replaced: a browser shows them too."""
    tree, reading = LexborHTMLParser(content.decode("utf-8", "replace")), Reading()
    for node in tree.css("[data-json]"):
        pointer, value = node.attributes["data-json"] or "", node.attributes.get("value") or ""
        for note in node.css("sup a"):  # a note's number is no figure
            note.decompose()
        reading.figures.append(Figure(value=value, text=node.text().strip(), pointer=pointer, address=name))
    for script in tree.css("script[type*=json]"):
        with suppress(ValueError):
            reading.add(read_document(f"{name} (script)", json.loads(script.text())))
    return reading
