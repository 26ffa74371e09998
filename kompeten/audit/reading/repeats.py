"""The search index beside the pages it is made from: what a page says already is read there, in its place and once.

The index runs a whole page together and leaves its figures out, so that a name of one paragraph would seem to go with a
number of the next. Words that follow one another in the index follow one another on the page, or meet where two blocks
of it meet; anything else was put into the index and is read as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kompeten.audit.reading.sightings import Words

WORD = re.compile(r"\w+")


def without_repeats(words: Sequence[Words], pages: Mapping[str, str]) -> Iterator[Words]:
    """Give all words but those of the search index that their own page says."""
    pairs: dict[str, _Pairs] = {}
    for said in words:
        if said.page in pages:
            if said.page not in pairs:
                pairs[said.page] = _Pairs(pages[said.page])
            if pairs[said.page].say(said.text):
                continue
        yield said


class _Pairs:
    """The words of a page that stand side by side; begins and ends: the first and last words of its blocks."""

    def __init__(self, page: str) -> None:
        blocks = [found for line in page.split("\n") if (found := WORD.findall(line))]
        self._beside = {pair for block in blocks for pair in pairwise(block)}
        self._begins, self._ends = {block[0] for block in blocks}, {block[-1] for block in blocks}
        self._words = {word for block in blocks for word in block}

    def say(self, text: str) -> bool:
        """Tell whether a text holds nothing but words of the page, neighbours there or where two of its blocks meet."""
        found = WORD.findall(text)
        return (
            bool(found)
            and found[0] in self._words
            and all(
                pair in self._beside or (pair[0] in self._ends and pair[1] in self._begins) for pair in pairwise(found)
            )
        )
