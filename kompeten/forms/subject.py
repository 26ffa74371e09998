"""What the data are about, said once for every catalogue: words, time, place, licence."""

from __future__ import annotations

from kompeten.ground.findings import Label
from kompeten.ground.model import Compilation
from kompeten.ground.wording import said

TITLE, SUMMARY, INVENTED = (said("subject")[name] for name in ("title", "summary", "invented"))
KEYWORDS = tuple(said("keyword").values())
PROVINCE = "64"


def summary(*, synthetic: bool) -> Label:
    """Say what the data are, with a warning first where they are invented."""
    return INVENTED.then(SUMMARY) if synthetic else SUMMARY


def years(compilation: Compilation) -> tuple[str, str]:
    """Give the first and the last year that any batch, target or context row speaks of."""
    found = {str(batch.year) for batch in compilation.batches.values()}
    found |= {str(target.year) for target in compilation.targets} | {row.period[:4] for row in compilation.context}
    found |= {day[:4] for batch in compilation.batches.values() for day in (batch.start_on, batch.end_on) if day}
    return min(found), max(found)


def both(label: Label) -> list[dict[str, str]]:
    """Give a text in both languages, as JSON-LD writes it."""
    return [{"@value": label.id, "@language": "id"}, {"@value": label.en, "@language": "en"}]
