"""Sentences made from figures, in both languages. Each names value, unit, place, period and caveat. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kompeten.ground import formats
from kompeten.ground.findings import Language
from kompeten.ground.model import Batch, Compilation
from kompeten.ground.wording import said, spoken
from kompeten.statistics.progress import Progress, counts_alike


def short_name(language: Language, batch: Batch) -> str:
    """Name a batch within its year: ``Tahap II``; events and spans keep their name."""
    return f"Tahap {formats.roman(batch.number)}" if batch.number else batch.name.text(language)


def listed(language: Language, batches: list[Batch]) -> str:
    """List batches of one year: ``Tahap I, II, dan IV``."""
    if len(batches) > 1 and all(b.number for b in batches):
        return "Tahap " + formats.listing([formats.roman(b.number or 0) for b in batches], language)
    return formats.listing([short_name(language, b) for b in batches], language)


def progress_sentence(language: Language, compilation: Compilation, progress: Progress) -> str:
    """Say a target, what is known to have been achieved, the range, and which batches nobody counted."""
    say, target, reached = spoken("sentence", language), progress.target, progress.achieved
    unit = said("unit")[unit_word(target.stated_unit, target.stage)].text(language)
    aim = hedged(language, f"{formats.number(target.value, language)} {unit}", target.precision)
    if target.standing != "announced":
        return say(target.standing, year=target.year, aim=aim)
    kind = "rival" if target.rival_of else "quota" if target.kind == "quota" else "target"
    aimed = say(kind, year=target.year, aim=aim)
    if reached.value is None:
        return say("hidden" if reached.status == "hidden" else "unknown", aimed=aimed)
    known = listed(language, [compilation.batches[b] for b in reached.known])
    missing = listed(language, [compilation.batches[b] for b in reached.unknown])
    least = reached.value if reached.low is None or reached.bound == "exact" else reached.low
    counted = unit if counts_alike(reached, target) else said("unit")[reached.unit or ""].text(language)
    value = hedged(language, f"{formats.number(least, language)} {counted}", reached.precision, reached.bound)
    parts = [aimed, say("counted", value=value, known=known)]
    if reached.low != reached.high and reached.low is not None and reached.high is not None:
        low, high = formats.number(reached.low, language), formats.number(reached.high, language)
        parts.append(say("range", low=low, high=high))
    if missing:
        parts.append(say("not_found", missing=missing))
    return " ".join(parts)


def unit_word(unit: str, stage: str) -> str:
    """Name the word for what a target counts: of people to be certified, "people" alone would not say for what."""
    return "certified" if (unit, stage) == ("orang", "skk_terbit") else unit


def hedged(language: Language, number: str, precision: str | None, bound: str | None = None) -> str:
    """Write a number as exactly as it is stated, ``sekitar 60``; with both hedges where an open total has a hedged
    part. precision: None reads as exact."""
    hedges = ("about", "at_least") if (precision, bound) == ("about", "at_least") else (precision or "exact",)
    for hedge in hedges:
        number = said("hedge")[hedge].text(language).format(number)
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure with what a reader must know to quote it; every text is ready, in one language.

    what: what is counted ("Peserta"). where: batch, programme or place. when: the period. figure: as printed, with
    its unit ("827 orang"), or the words that stand for it. base: what it is compared with ("dari target 1.000
    peserta"), or "". caveat: whole sentences, or "". source: publishers, or "".
    """

    what: str
    where: str
    when: str
    figure: str
    base: str = ""
    caveat: str = ""
    source: str = ""


def named(fact: Fact) -> str:
    """Say a figure with what it counts, where and when."""
    return f"{', '.join(part for part in (fact.what, fact.where, fact.when) if part)}: {fact.figure}"


def quotable(fact: Fact) -> str:
    """Say one figure in a text that may be pasted anywhere: value, unit, place, period, base and caveat."""
    whole = ", ".join(part for part in (named(fact), fact.base) if part)
    return f"{whole}. {fact.caveat}".strip()


def credited(language: Language, text: str, *, source: str, publisher: str, release: str, synthetic: bool) -> str:
    """Add to a text whose it is; of an invented figure, that it must not be quoted."""
    say = spoken("sentence", language)
    parts = [text, say("credit" if source else "compiled", source=source, publisher=publisher, release=release)]
    if synthetic:
        parts.append(say("invented"))
    return " ".join(parts)
