"""Tables of data packages as rows of text. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

Row = Mapping[str, str]


def rows_of(text: str) -> tuple[dict[str, str], ...]:
    """Read a table, header first; every cell as text."""
    return tuple(csv.DictReader(io.StringIO(text, newline="")))


def header_of(text: str) -> tuple[str, ...]:
    """Give the header of a table; nothing for an empty one."""
    return tuple(next(csv.reader(io.StringIO(text, newline="")), ()))


def rows_text(columns: Sequence[str], rows: Iterable[Row], *, delimiter: str = ",") -> str:
    """Write a table as the data packages want it: LF, header first, empty for what a row does not say.

    Raises ValueError where a row says something that is no column.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), delimiter=delimiter, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def ancestors(code: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Give the codes above a code, nearest first; stops where a hierarchy loops."""
    seen = {code}
    while (code := parents.get(code, "")) and code not in seen:
        seen.add(code)
        yield code
