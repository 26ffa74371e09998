"""Sentences made from figures, in both languages. Each names value, unit, place, period and caveat. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kompeten.ground import formats
from kompeten.ground.findings import Label, Language
from kompeten.ground.model import Batch, Compilation, Target
from kompeten.ground.vocabulary import Precision
from kompeten.statistics.progress import Progress

UNITS: dict[str, Label] = {
    "peserta": Label("peserta", "participants"),
    "sertifikat": Label("sertifikat", "certificates"),
    "orang": Label("orang", "people"),
    "kelas": Label("kelas", "classes"),
}


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
    target, reached = progress.target, progress.achieved
    unit = UNITS[target.unit].text(language)
    aim = hedged(language, formats.number(target.value, language), target.precision)
    if target.standing != "announced":
        return _not_announced(language, target, aim, unit)
    if reached.value is None:
        return _nothing_known(language, _aimed(language, target, aim, unit), is_hidden=reached.status == "hidden")
    known = listed(language, [compilation.batches[b] for b in reached.known])
    missing = listed(language, [compilation.batches[b] for b in reached.unknown])
    least = reached.value if reached.low is None or reached.bound == "exact" else reached.low
    value = hedged(language, formats.number(least, language), reached.precision or "exact")
    parts = [_aimed(language, target, aim, unit), _counted(language, value, unit, known)]
    if reached.low != reached.high and reached.low is not None and reached.high is not None:
        parts.append(_range(language, formats.number(reached.low, language), formats.number(reached.high, language)))
    if missing:
        parts.append(
            f"Angka {missing} belum kami temukan." if language == "id" else f"We found no figure for {missing}."
        )
    return " ".join(parts)


HEDGES: dict[Precision, Label] = {
    "exact": Label("{}", "{}"),
    "about": Label("sekitar {}", "about {}"),
    "at_least": Label("sekurang-kurangnya {}", "at least {}"),
    "rounded": Label("{} (dibulatkan)", "{} (rounded)"),
}


def hedged(language: Language, number: str, precision: Precision) -> str:
    """Write a number as exactly as it is stated, and no more."""
    return HEDGES[precision].text(language).format(number)


def _not_announced(language: Language, target: Target, aim: str, unit: str) -> str:
    """Say a draft or conditional target: it can be neither met nor missed."""
    if target.standing == "draft":
        if language == "id":
            return f"Rancangan untuk {target.year}: {aim} {unit}. Bukan target yang ditetapkan."
        return f"Draft for {target.year}: {aim} {unit}. Not a target that was set."
    if language == "id":
        return f"Rencana untuk {target.year}: {aim} {unit}, dengan syarat menurut sumbernya."
    return f"Plan for {target.year}: {aim} {unit}, subject to conditions by its source."


def _aimed(language: Language, target: Target, aim: str, unit: str) -> str:
    """Say the target, as what it is: a target, a quota, or one source's reading of a target."""
    if target.rival_of:
        if language == "id":
            return f"Satu sumber menyebut target {target.year} sebagai {aim} {unit}."
        return f"One source states the target for {target.year} as {aim} {unit}."
    kind = (QUOTA if target.kind == "quota" else TARGET).text(language)
    return f"{kind} {target.year}: {aim} {unit}."


TARGET, QUOTA = Label("Target", "Target for"), Label("Jatah", "Quota for")


def _nothing_known(language: Language, aimed: str, *, is_hidden: bool) -> str:
    if language == "id":
        end = "disembunyikan agar orang tidak dikenali" if is_hidden else "belum kami temukan"
        return f"{aimed} Berapa yang tercapai {end}."
    end = "is hidden so that nobody can be recognised" if is_hidden else "is not in any source we found"
    return f"{aimed} What was achieved {end}."


def _counted(language: Language, value: str, unit: str, known: str) -> str:
    if language == "id":
        return f"Tercatat {value} {unit} pada {known}."
    return f"On record: {value} {unit} in {known}."


def _range(language: Language, low: str, high: str) -> str:
    if language == "id":
        return f"Menurut sumber yang berbeda, jumlahnya antara {low} dan {high}."
    return f"Sources differ: for these batches the total lies between {low} and {high}."


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


def quotable(language: Language, fact: Fact, *, publisher: str, release: str, synthetic: bool) -> str:
    """Say one figure in a text that may be pasted anywhere: value, unit, place, period, base, caveat and source."""
    head = ", ".join(part for part in (fact.what, fact.where, fact.when) if part)
    figure = ", ".join(part for part in (fact.figure, fact.base) if part)
    parts = [f"{head}: {figure}."]
    if fact.caveat:
        parts.append(fact.caveat)
    parts.append(_credit(language, fact.source, publisher, release))
    if synthetic:
        parts.append("Angka rekaan, jangan dikutip." if language == "id" else "Invented figures: do not quote them.")
    return " ".join(parts)


def _credit(language: Language, source: str, publisher: str, release: str) -> str:
    if language == "id":
        by = f"{publisher}, rilis {release}"
        return f"Sumber: {source}; dihimpun {by}." if source else f"Dihimpun {by}."
    by = f"{publisher}, release {release}"
    return f"Source: {source}; compiled by {by}." if source else f"Compiled by {by}."
