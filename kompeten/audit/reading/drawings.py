"""SVG drawings: a hidden figure has words and a sign of one size, and no length, number or colour of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from kompeten.audit.reading.sightings import Reading, Words
from kompeten.audit.reading.texts import xml_asides
from kompeten.audit.reasoning.verdict import Breach

HIDDEN_WORDS = ("disembunyikan", "tersembunyi", "hidden", "suppressed")
HIDDEN_MARK = re.compile(r"^[^(]*?(?::\s*|^)(?:disembunyikan|tersembunyi|hidden|suppressed)\b", re.IGNORECASE)

DATA_CLASS = re.compile(r"^k-(?:s\d|q\d|range|l\d|on\d)")
"""Classes of the drawing language that stand for a published value: series, shades, ranges, lines."""

SLACK = 0.6
"""Per cents of the width by which a bar may differ from its number: a pixel on a telephone."""


def read_svg(name: str, content: bytes) -> Reading:
    """Read a drawing by itself. Raises where it is not XML."""
    text = content.decode("utf-8")
    root = ElementTree.fromstring(text)
    reading = Reading(breaches=list(drawing_breaches(name, text)), words=list(xml_asides(name, content)))
    for element in root.iter():
        tag = _tag(element)
        if element.text and element.text.strip():
            reading.words.append(Words(text=element.text.strip(), address=f"{name} ({tag})", scope=name))
        for key, value in element.attrib.items():
            if key in ("aria-label", "aria-description", "id", "style") or key.startswith("data-"):
                own = " ".join(" ".join(element.itertext()).split()) if element is not root else ""
                reading.words.append(Words(text=value, address=f"{name} ({tag}@{key})", scope=f"{own}\n{name}"))
    return reading


def drawing_breaches(name: str, text: str) -> Iterator[Breach]:
    """Give the marks of a drawing that show more of a hidden figure than that it is hidden, and bars that disagree."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        yield Breach(reason="unreadable_file", subject=f"{name} (svg)")
        return
    sizes: set[tuple[str, ...]] = set()
    lengths: list[tuple[float, float]] = []
    for group in root.iter():
        title = _title(group)
        if title is None:
            continue
        if HIDDEN_MARK.search(title):
            if _tells(group, title):
                yield Breach(reason="chart_tells", subject=f"{name} (svg: {title})")
            sizes.add(_sign(group))
        else:
            lengths += _length(group, title)
    if len(sizes) > 1:
        yield Breach(reason="chart_tells", subject=f"{name} (svg: hidden signs of several sizes)")
    if lengths:
        unit = max(length for _, length in lengths) / max(number for number, _ in lengths)
        if any(abs(length - unit * number) > SLACK for number, length in lengths):
            yield Breach(
                reason="formats_disagree",
                subject=f"{name} (svg: a bar is not as long as its number says)",
            )


def _tells(group: ElementTree.Element, title: str) -> bool:
    """Tell whether the drawing of a hidden figure has a number, a data attribute or a shape of a published value."""
    label = title.rsplit(":", 1)[0]
    if re.search(r"\d", title.rsplit(":", 1)[-1]):
        return True
    for element in group.iter():
        if any(key.startswith("data-") and re.search(r"\d", value) for key, value in element.attrib.items()):
            return True
        if any(DATA_CLASS.match(name) for name in element.attrib.get("class", "").split()):
            return True
        own = (element.text or "").strip()
        if _tag(element) == "text" and re.fullmatch(r"[\d.,\s]+", own) and own not in label:
            return True
        if _tag(element) == "rect" and not element.attrib.get("class"):
            return True
    return False


def _sign(group: ElementTree.Element) -> tuple[str, ...]:
    """Give the size of the sign of a hidden figure: widths, heights, and paths without the point where they start."""
    found = []
    for element in group.iter():
        if _tag(element) in ("rect", "circle", "path", "line"):
            path = re.sub(r"^M\s*-?[\d.]+[\s,]*-?[\d.]+", "", element.attrib.get("d", ""))
            found.append("|".join([element.attrib.get(key, "") for key in ("width", "height", "r")] + [path]))
    return tuple(found)


def _length(group: ElementTree.Element, title: str) -> Iterator[tuple[float, float]]:
    """Give (number, width in per cents) of a mark that is one bar and whose words end in one number."""
    said = re.search(r":\s*([\d.,]+)\s*(?:orang|people|peserta|participants)?$", title)
    bars = [
        element
        for element in group.iter()
        if _tag(element) == "rect"
        and element.attrib.get("class", "") == "k-s1"
        and element.attrib.get("width", "").endswith("%")
        and "x" not in element.attrib
    ]
    if said and len(bars) == 1:
        number = float(re.sub(r"[.,]", "", said.group(1)) or 0)
        if number:
            yield number, float(bars[0].attrib["width"][:-1])


def _title(group: ElementTree.Element) -> str | None:
    """Give the words of a mark: its own title, or its label for screen readers; not those of the whole drawing."""
    if _tag(group) == "svg":
        return None
    own = next((child.text for child in group if _tag(child) == "title" and child.text), None)
    return own or group.attrib.get("aria-label")


def _tag(element: ElementTree.Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
