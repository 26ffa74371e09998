"""Terms explained where they first stand: a link there, and a short list at the end of the page.

The list is made from the glossary. It needs no script: a followed link shows its entry over the foot of the window
(``:target`` in the style sheet), and on paper the list stands where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from markupsafe import Markup

from kompeten.ground.wording import Wording
from kompeten.site.glossary import Glossary, Term

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
QUIET = frozenset(
    {"a", "button", "code", "data", "details", "dfn", "h1", "nav", "pre", "script", "style", "svg", "td", "th"}
)
"""Elements without terms: links and their like, code, drawings, figures, cells, and what is folded away."""
QUIET_CLASSES = frozenset({"chip", "copy"})
OWN = re.compile(r"<dfn>([^<]+)</dfn>")
PROPER = ("Kaltim Kompeten", "level AA")
"""Names that hold a term's word and do not mean it."""


def pattern_of(glossary: Glossary) -> re.Pattern[str]:
    """Match every word of the glossary, the longest first: abbreviations as written, other words in any case.

    A word may carry the Indonesian ending -nya. Halves of doubled and joined words are left alone.
    """
    listed = sorted(glossary.words, key=lambda word: (-len(word), word))
    either = "|".join(re.escape(w) if w[:3].isupper() else f"(?i:{re.escape(w)})" for w in listed)
    proper = "|".join(map(re.escape, PROPER))
    return re.compile(rf"(?:{proper})|(?<![\w/.-])(?P<word>{either})(?:-?nya)?(?!\w|-\w|\.\w)")


def explained(html: str, glossary: Glossary, t: Wording, *, terms_page: str) -> str:
    """Explain each term of a page where it first stands. terms_page: the address of the glossary, from this page.

    A term that the page defines itself (``<dfn>``) is left alone. A page without terms stays as it is.
    """
    by_word = {word.lower(): term for word, term in glossary.words.items()}
    own = {by_word[text.lower()] for text in OWN.findall(html) if text.lower() in by_word}
    found: dict[str, None] = {}

    def link(match: re.Match[str]) -> str:
        term = by_word[match["word"].lower()] if match["word"] else None
        if term is None or term in own or term in found:
            return match[0]
        found[term] = None
        return f'<a class="term" id="kata-{term}" href="#istilah-{term}">{match[0]}</a>'

    pattern = pattern_of(glossary)
    read = "".join(pattern.sub(link, part) if is_read else part for part, is_read in parts(html))
    if not found:
        return html
    entries = Markup("\n").join(_entry(glossary.terms[term], t) for term in found)
    listed = Markup(
        '\n<section class="section terms" aria-labelledby="istilah-halaman" data-pagefind-ignore>'
        '<h2 id="istilah-halaman">{}</h2>\n<dl>\n{}\n</dl>\n<p><a href="{}">{}</a></p>\n</section>'
    ).format(t("terms.title"), entries, terms_page, t("terms.all"))
    return read + str(listed)


def parts(html: str) -> Iterator[tuple[str, bool]]:
    """Give the tags and texts of a page in order, each with whether it is text that a term may stand in."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    yield from reader.found


class _Reader(HTMLParser):
    """Cuts a page into tags and texts as they are written, and knows what stands within an element without terms."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[str, bool]] = []
        self.within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element without terms, or one of its name within it."""
        classes = (dict(attrs).get("class") or "").split()
        is_quiet = tag in QUIET or not QUIET_CLASSES.isdisjoint(classes)
        if tag not in VOID and (is_quiet or (self.within and self.within[-1] == tag)):
            self.within.append(tag)
        self.found.append((self.get_starttag_text() or "", False))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass an element that closes itself."""
        self.found.append((self.get_starttag_text() or "", False))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        if self.within and self.within[-1] == tag:
            self.within.pop()
        self.found.append((f"</{tag}>", False))

    def handle_data(self, data: str) -> None:
        """Add to the text before, which an entity may have cut."""
        is_read = not self.within
        if self.found and self.found[-1][1] and is_read:
            data = self.found.pop()[0] + data
        self.found.append((data, is_read))

    def handle_entityref(self, name: str) -> None:
        """Keep a named character as it is written."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep a numbered character as it is written."""
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Keep a comment."""
        self.found.append((f"<!--{data}-->", False))


def _entry(term: Term, t: Wording) -> Markup:
    return Markup('<div id="istilah-{}" tabindex="-1"><dt>{}</dt><dd>{} <a href="#kata-{}">{}</a></dd></div>').format(
        term.id, term.name, term.meaning, term.id, t("terms.back")
    )
