"""HTML pages: text in its cell, words in attributes and head, figures that name their document, data inside scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kompeten.audit.reading.documents import read_document
from kompeten.audit.reading.drawings import HIDDEN_WORDS, drawing_breaches
from kompeten.audit.reading.sightings import Figure, Reading, Words
from kompeten.audit.reasoning.verdict import AuditError, Breach

SPOKEN = (
    "alt",
    "title",
    "aria-label",
    "aria-description",
    "aria-valuetext",
    "content",
    "placeholder",
    "summary",
    "label",
)
"""Attributes that hold words for readers."""

MARKS = ("style", "value", "class", "aria-valuenow", "data", "datetime", "id", "name", "for")
"""Attributes that may carry a number unseen; what they say is about the row or the block in which they stand."""

NAMED_PARTS = ("a", "sup", "li", "section", "h1", "h2", "h3", "h4", "h5", "h6", "label", "input")
"""Elements whose names (id, name, for) are places to jump to."""

HEADINGS = ("h2", "h3", "h4", "h5", "h6")

CLOSING = re.compile(r"</[^>]*>|<(?:html|head|body|tbody|colgroup)>", re.IGNORECASE)
TEMPLATE = re.compile(r"(</?)template\b", re.IGNORECASE)
"""What stands in one is no part of the tree; under another name it is read like the rest."""
LETTERS = re.compile(r"""[^\s"'<>/=]+""")
"""What a page says, apart from the signs of its markup."""

HIDDEN_CLASS = re.compile(r"--hidden\b")
MEASURE_CLASS = re.compile(r"--q\d\b|(?:^|\s)k-(?:s|q)\d\b")
MEASURE_STYLE = re.compile(r"(?:width|height|left|top|flex|background|colou?r)\b[^;]*\d")
"""What gives an element a shade or a length that depends on a value."""

HIDDEN = re.compile("|".join(HIDDEN_WORDS), re.IGNORECASE)

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
BLOCK = frozenset(
    (
        "p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "title", "div",
        "section", "article", "summary", "option", "text", "desc", "g",
        "pre",
    )
)  # fmt: skip


def read_page(name: str, content: bytes) -> Reading:
    """Read an HTML page. Undecodable bytes are replaced: a browser shows them too."""
    text = TEMPLATE.sub(r"\1x-template", content.decode("utf-8", "replace"))
    tree = LexborHTMLParser(text)
    if tree.root is None or _letters(text) != _letters(tree.html or ""):
        raise AuditError(f"{name}: a browser would leave out a part of what is written")
    page = _Page(name=name)
    _walk(page, tree.root)
    page.finish()
    for drawing in _drawings(text):
        page.reading.breaches += drawing_breaches(name, drawing)
    return page.reading


def _letters(text: str) -> str:
    """Give everything that a page says, to compare it with what the parser kept; no implied tags, no signs."""
    return "".join(LETTERS.findall(unescape(CLOSING.sub("", text)).lower()))


def _walk(page: _Page, root: LexborNode) -> None:
    """Tell a page of every element, text and comment of a tree, in the order in which they stand."""
    waiting: list[LexborNode | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            page.handle_endtag(node)
        elif node.is_text_node:
            page.handle_data(node.text_content or "")
        elif node.is_comment_node:
            page.handle_comment(node.comment_content or "")
        else:
            tag = node.tag or ""
            page.handle_starttag(tag, {key: value or "" for key, value in node.attributes.items()})
            child, children = node.child, []
            while child is not None:
                children.append(child)
                child = child.next
            waiting += [] if tag in VOID else [tag]
            waiting += reversed(children)


def _drawings(text: str) -> Iterator[str]:
    """Give the drawings that stand in a page, each with the drawings inside it."""
    depth, start = 0, 0
    for tag in re.finditer(r"<svg\b[^>]*?(/?)>|</svg\s*>", text, re.IGNORECASE):
        opens = not tag.group().startswith("</")
        if opens and depth == 0:
            start = tag.start()
        depth += 0 if tag.group(1) else 1 if opens else -1
        if depth == 0:
            yield text[start : tag.end()]
        depth = max(depth, 0)


def _is_look(key: str, value: str) -> bool:
    """Tell whether an attribute could show one hidden cell from another: it has a digit and is no words or address."""
    return key not in (*SPOKEN, "href", "src", "id") and bool(re.search(r"\d", value))


def _look_alike(table: _Table) -> bool:
    """Tell whether hidden cells carry no mark with a digit that some printed cell, or all hidden ones, do not carry."""
    hidden, printed = table.looks[True], table.looks[False]
    shared = set().union(*printed) | (set.intersection(*hidden) if len(hidden) > 1 else set())
    return all(own <= shared for own in hidden)


@dataclass(slots=True)
class _Cell:
    """A table cell in the making."""

    is_header: bool
    text: str = ""
    marks: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    """A list item in the making: whether it says hidden, and whether it has a shade or a length of its own."""

    is_hidden: bool = False
    has_measure: bool = False


@dataclass(slots=True)
class _Table:
    """A table in the making: its caption, its header cells by column, and the current row.

    marks: (attribute, value). looks: the marks with digits of each cell so far, by whether it says hidden.
    """

    caption: str = ""
    header: list[str] = field(default_factory=list)
    row: list[_Cell] = field(default_factory=list)
    row_marks: list[tuple[str, str]] = field(default_factory=list)
    looks: dict[bool, list[set[tuple[str, str]]]] = field(default_factory=lambda: {False: [], True: []})


class _Page:
    """Collects what a page says, to eyes, screen readers and machines."""

    def __init__(self, *, name: str) -> None:
        self.name = name
        self.reading = Reading()
        self.title = ""
        self.heading = ""
        self._open: list[str] = []
        self._text: list[str] = []
        self._tables: list[_Table] = []
        self._figures: list[tuple[int, str, str, list[str]]] = []
        self._script = ""
        self._items: list[_Item] = []
        self._said: list[Words] = []
        self._marks: list[tuple[str, str]] = []
        self._term = ""
        self._section = ""
        self._whole: list[str] = []

    def handle_starttag(self, tag: str, values: Mapping[str, str]) -> None:
        if tag in BLOCK or tag in VOID:
            self._whole.append("\n")
        if tag in BLOCK:
            self._flush()
        if tag == "table":
            self._tables.append(_Table())
        elif tag == "tr" and self._tables:
            self._tables[-1].row, self._tables[-1].row_marks = [], []
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].row.append(_Cell(is_header=tag == "th"))
        elif tag == "script":
            self._script = values.get("type", "text/javascript")
        self._mark(tag, values)
        self._measure(tag, values)
        if "data-json" in values:
            self._figures.append((len(self._open), values["data-json"], values.get("value", ""), []))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCK or tag == "data":
            self._whole.append("\n")
        if tag in BLOCK:
            self._flush()
        if tag in self._open:
            while self._open and self._open.pop() != tag:
                pass
        while self._figures and self._figures[-1][0] >= len(self._open):
            self._close_figure()
        if tag == "li" and self._items:
            item = self._items.pop()
            if item.is_hidden and item.has_measure:
                self.reading.breaches.append(Breach(reason="chart_tells", subject=f"{self.name} (li)"))
        elif tag == "tr" and self._tables:
            self._close_row(self._tables[-1])
        elif tag == "table" and self._tables:
            if not _look_alike(self._tables.pop()):
                self.reading.breaches.append(Breach(reason="chart_tells", subject=f"{self.name} (table)"))
        elif tag == "script":
            self._script = ""

    def handle_data(self, data: str) -> None:
        if self._script:
            self._read_script(data)
            return
        if "style" in self._open:
            self._say(data, "style")
            return
        if "data" not in self._open:
            self._whole.append(data)
        if "sup" in self._open and "a" in self._open:  # a note's number is no count
            return
        for figure in self._figures:
            figure[3].append(data)
        if self._figures:  # its number is held against its document; only the words are words
            data = re.sub(r"\d+(?:[.,]\d+)*", "", data)
        self._text.append(data)
        if self._tables and self._tables[-1].row and self._in_cell():
            self._tables[-1].row[-1].text += data
        if self._tables and "caption" in self._open:
            self._tables[-1].caption += data
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        if "h1" in self._open:
            self.heading += data

    def handle_comment(self, data: str) -> None:
        self._say(data, "comment")
        if self._tables and self._tables[-1].row:
            self._tables[-1].row[-1].marks.append(("comment", data))
        else:
            self._marks.append(("comment", data))

    def _measure(self, tag: str, values: Mapping[str, str]) -> None:
        """Note what an element of a list item tells of the item's figure: that it is hidden, its shade, its length."""
        if tag == "li":
            self._items.append(_Item())
        if not self._items:
            return
        css = values.get("class", "")
        if HIDDEN_CLASS.search(css):
            self._items[-1].is_hidden = True
        if MEASURE_CLASS.search(css) or MEASURE_STYLE.search(values.get("style", "")):
            self._items[-1].has_measure = True

    def finish(self) -> None:
        """Give every word its scope, now that title and heading are known."""
        self._flush()
        self.reading.pages[self.name] = "".join(self._whole)
        scope = f"{self.name} {self.title} {self.heading}"
        self.reading.words += [Words(text=w.text, address=w.address, scope=f"{w.scope}\n{scope}") for w in self._said]

    def _flush(self) -> None:
        whole, self._text = "".join(self._text), []
        if not whole or whole.isspace() or self._in_cell():
            return
        lines = [own for line in whole.split("\n") if (own := " ".join(line.split()))]
        text = " ".join(lines)
        place = self._open[-1] if self._open else "text"
        for own in lines if "pre" in self._open else [text]:  # digits of two lines of an example are no one number
            self._say(own, place, scope=self._term if "dd" in self._open else "")
        self._say_marks(self._marks, text)
        self._marks = []
        self._term = text if place == "dt" else self._term
        self._section = text if place in HEADINGS else "" if place == "h1" else self._section

    def _in_cell(self) -> bool:
        return "td" in self._open or "th" in self._open

    def _say(self, text: str, place: str, scope: str = "") -> None:
        self._said.append(Words(text=text, address=f"{self.name} ({place})", scope=f"{scope}\n{self._section}"))

    def _mark(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Say what an element's attributes tell readers, and keep those with a number for the row or block around."""
        marks = []
        is_figure = "data-json" in attributes
        for key, value in attributes.items():
            if value and (key in SPOKEN or (key.startswith("data-") and key != "data-json")):
                self._say(value, f"@{key}")
                marks.append((key, value))
            elif key in ("href", "src", "action", "srcset") and re.search(r"[?#=,]", value):
                self._say(value, f"@{key}")
                marks += [(key, value)] if "=" in value else []
            elif key in MARKS and re.search(r"\d", value) and not (key in ("id", "name", "for") and tag in NAMED_PARTS):
                marks += [] if is_figure and key == "value" else [(key, value)]
        if not marks:
            return
        within = (tag, *self._open)
        if "sup" in within and "a" in within:  # the address and the number of a note
            return
        if not (self._tables and ("tr" in within or "td" in within or "th" in within)):
            self._marks += marks
        elif self._tables[-1].row:
            self._tables[-1].row[-1].marks += marks
        else:
            self._tables[-1].row_marks += marks

    def _say_marks(self, marks: list[tuple[str, str]], scope: str) -> None:
        for key, value in marks:
            self._say(value, f"@{key}", scope=scope)

    def _close_figure(self) -> None:
        _, pointer, value, shown = self._figures.pop()
        text = "".join(shown).strip()
        self.reading.figures.append(Figure(value=value, text=text, pointer=pointer, address=self.name))

    def _close_row(self, table: _Table) -> None:
        cells = [replace(cell, text=" ".join(cell.text.split())) for cell in table.row]
        if cells and all(cell.is_header for cell in cells):
            table.header = [cell.text for cell in cells]
            return
        row_header = " ".join(cell.text for cell in cells if cell.is_header)
        row = " | ".join(cell.text for cell in cells if not cell.is_header)
        for column, cell in enumerate(cells):
            head = table.header[column] if column < len(table.header) else ""
            scope = f"{table.caption} {head} {row_header}\n{row}"
            if not cell.is_header and cell.text:
                self._say(cell.text, "td", scope=scope)
            self._say_marks(cell.marks, scope)
            if not cell.is_header:
                own = [*cell.marks, *(mark for mark in table.row_marks if mark[0] in ("class", "style"))]
                table.looks[bool(HIDDEN.search(cell.text))].append({mark for mark in own if _is_look(*mark)})
        self._say_marks(table.row_marks, f"{row_header}\n{row}\n{table.caption}")
        table.row = []

    def _read_script(self, data: str) -> None:
        if "json" in self._script:
            try:
                self.reading.add(read_document(f"{self.name} (script)", json.loads(data)))
            except ValueError:
                self._say(data, "script")
        elif data.strip():
            self._say(data, "script")
