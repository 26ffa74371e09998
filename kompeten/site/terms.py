"""Terms explained where they first stand: a link there, and a short list at the end of the page.

The list is made from the glossary. It needs no script: a followed link shows its entry over the foot of the window
(``:target`` in the style sheet), and on paper the list stands where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markupsafe import Markup

from kompeten.ground.wording import Wording
from kompeten.site.glossary import Glossary, Term

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
QUIET = frozenset(
    {
        "a",
        "button",
        "code",
        "data",
        "details",
        "dfn",
        "figcaption",
        "h1",
        "nav",
        "pre",
        "script",
        "style",
        "svg",
        "td",
        "th",
    }
)
"""Elements without terms: links and their like, code, drawings, figures, cells, and what is folded away."""
QUIET_CLASSES = frozenset({"chip", "copy"})
TAG = re.compile(
    r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>"
    r"|<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*)[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>",
    re.DOTALL,
)
"""A comment, a script or style sheet whole, or a tag."""
CLASSES = re.compile(r"\sclass=\"([^\"]*)\"")
OWN = re.compile(r"<dfn>([^<]+)</dfn>")
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
    own = {by_word[text.lower()] for text in OWN.findall(html) if text.lower() in by_word}
    found: dict[str, None] = {}

    def link(match: re.Match[str]) -> str:
        term = by_word[match["word"].lower()] if match["word"] else None
        if term is None or term in own or term in found:
            return match[0]
        found[term] = None
        return f'<a class="term" id="kata-{term}" href="#istilah-{term}">{match[0]}</a>'

    pattern = pattern_of(tuple(glossary.words))
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
    """Give the texts of a page that a term may stand in, and all that stands between them, in order, with which it is.

    html: as our templates and MkDocs write it, every tag closed and every ``<`` of a text escaped.
    """
    within: list[str] = []
    done = end = 0
    for tag in TAG.finditer(html):
        if not within and end < tag.start():
            yield html[done:end], False
            yield html[end : tag.start()], True
            done = tag.start()
        end = tag.end()
        name = (tag["name"] or "").lower()
        if within and name != within[-1]:
            continue
        if tag["slash"]:
            del within[-1:]
        elif name and name not in VOID and not tag[0].endswith("/>"):
            classes = None if within or name in QUIET else CLASSES.search(tag[0])
            if within or name in QUIET or (classes and not QUIET_CLASSES.isdisjoint(classes[1].split())):
                within.append(name)
    yield html[done:end], False
    yield html[end:], not within


def _entry(term: Term, t: Wording) -> Markup:
    return Markup('<div id="istilah-{}" tabindex="-1"><dt>{}</dt><dd>{} <a href="#kata-{}">{}</a></dd></div>').format(
        term.id, term.name, term.meaning, term.id, t("terms.back")
    )
