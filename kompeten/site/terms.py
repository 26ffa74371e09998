"""Terms explained where they first stand: a link there, and a short list at the end of the page.

The list is made from the glossary. It needs no script: a followed link shows its entry over the foot of the window
(``:target`` in the style sheet), and on paper the list stands where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

from markupsafe import Markup

from kompeten.ground.wording import Wording
from kompeten.site.glossary import Glossary, Term

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
QUIET = frozenset(
    (
        "a", "button", "code", "data", "details", "dfn", "figcaption", "h1", "nav", "pre", "script", "style", "svg",
        "td", "th",
    )
)  # fmt: skip
"""Elements without terms: links and their like, code, drawings, figures, cells, and what is folded away."""
QUIET_CLASSES = frozenset({"chip", "copy"})
PROPER = ("Kaltim Kompeten", "level AA")
"""Names that hold a term's word and do not mean it."""


@cache
def pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match every one of the words, the longest first: abbreviations as written, other words in any case.

    A word may carry the Indonesian ending -nya. Halves of doubled and joined words are left alone.
    """
    listed = sorted(words, key=lambda word: (-len(word), word))
    either = "|".join(re.escape(w) if w[:3].isupper() else f"(?i:{re.escape(w)})" for w in listed)
    proper = "|".join(map(re.escape, PROPER))
    return re.compile(rf"(?:{proper})|(?<![\w/.-])(?P<word>{either})(?:-?nya)?(?!\w|-\w|\.\w)")


def explained(html: str, glossary: Glossary, t: Wording, *, terms_page: str) -> str:
    """Explain each term of a page where it first stands. terms_page: the address of the glossary, from this page.

    A term that the page defines itself (``<dfn>``) is left alone. A page without terms stays as it is.
    """
    by_word = {word.lower(): term for word, term in glossary.words.items()}
    page = _Reader(html)
    own = {by_word.get(text.lower()) for text in page.defined}
    found: dict[str, None] = {}

    def link(match: re.Match[str]) -> str:
        term = by_word[match["word"].lower()] if match["word"] else None
        if term is None or term in own or term in found:
            return match[0]
        found[term] = None
        return f'<a class="term" id="kata-{term}" href="#istilah-{term}">{match[0]}</a>'

    pattern = pattern_of(tuple(glossary.words))
    read = "".join(pattern.sub(link, part) if is_read else part for part, is_read in page.parts())
    if not found:
        return html
    entries = Markup("\n").join(_entry(glossary.terms[term], t) for term in found)
    listed = Markup(
        '\n<section class="section terms" aria-labelledby="istilah-halaman" data-pagefind-ignore>'
        '<h2 id="istilah-halaman">{}</h2>\n<dl>\n{}\n</dl>\n<p><a href="{}">{}</a></p>\n</section>'
    ).format(t("terms.title"), entries, terms_page, t("terms.all"))
    return read + str(listed)


class _Reader(HTMLParser):
    """Reads a page. marks: where a text begins that a term may stand in, and where it ends, in turn.

    within: the element without terms that it is in, as often as one of its name. defined: what the page itself does.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.marks = html, [(0, False)]
        self.within: list[str] = []
        self.opened, self.defined = "", set[str]()
        self.lines = [0, *(end.end() for end in re.finditer("\n", html))]
        self.feed(html)
        self.close()

    def parts(self) -> Iterator[tuple[str, bool]]:
        """Give what the page is made of, in order and as it is written, each with whether a term may stand in it."""
        for (start, is_read), (end, _) in pairwise((*self.marks, (len(self.html), False))):
            yield self.html[start:end], is_read

    def mark(self, *, is_read: bool = False) -> None:
        if is_read != self.marks[-1][1]:
            line, column = self.getpos()
            self.marks.append((self.lines[line - 1] + column, is_read))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element without terms, or one of its name within it."""
        self.mark()
        self.opened = tag
        if self.within:
            is_quiet = tag == self.within[-1]
        else:
            is_quiet = tag in QUIET or not QUIET_CLASSES.isdisjoint((dict(attrs).get("class") or "").split())
        if is_quiet and tag not in VOID:
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        self.mark()
        self.opened = ""
        if self.within[-1:] == [tag]:
            self.within.pop()

    def handle_comment(self, data: str) -> None:
        """Pass a comment."""
        self.mark()

    def handle_data(self, data: str) -> None:
        """Pass a text, or learn what the page defines."""
        if self.opened == "dfn":
            self.defined.add(data)
        self.mark(is_read=not self.within)


def _entry(term: Term, t: Wording) -> Markup:
    return Markup('<div id="istilah-{}" tabindex="-1"><dt>{}</dt><dd>{} <a href="#kata-{}">{}</a></dd></div>').format(
        term.id, term.name, term.meaning, term.id, t("terms.back")
    )
