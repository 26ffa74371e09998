"""What the data are about, said once for every catalogue: words, time, place, licence."""

from __future__ import annotations

from kompeten.ground.findings import Label
from kompeten.ground.model import Compilation

TITLE = Label(
    "Kaltim Kompeten: data terbuka pelatihan dan sertifikasi tenaga kerja konstruksi di Kalimantan Timur",
    "Kaltim Kompeten: open data on the training and certification of construction workers in East Kalimantan",
)
SUMMARY = Label(
    "Angka publik tentang pelatihan dan sertifikasi tenaga kerja konstruksi di Kalimantan Timur, masing-masing dengan "
    "sumber, ketepatan, dan tanggalnya; angka yang berbeda antarsumber ditampilkan berdampingan.",
    "Public figures on the training and certification of construction workers in East Kalimantan, each with its "
    "source, precision and date; figures on which sources differ stand side by side.",
)
INVENTED = Label("DATA SINTETIS: semua angka rekaan. ", "SYNTHETIC DATA: all figures are invented. ")
KEYWORDS = (
    Label("Kalimantan Timur", "East Kalimantan"),
    Label("tenaga kerja konstruksi", "construction workers"),
    Label("sertifikasi kompetensi", "competency certification"),
    Label("SKK", "SKK"),
    Label("pelatihan", "training"),
)
PROVINCE = "64"


def summary(*, synthetic: bool) -> Label:
    """Say what the data are, with a warning first where they are invented."""
    return Label(INVENTED.id + SUMMARY.id, INVENTED.en + SUMMARY.en) if synthetic else SUMMARY


def years(compilation: Compilation) -> tuple[str, str]:
    """Give the first and the last year that any batch, target or context row speaks of."""
    found = {str(batch.year) for batch in compilation.batches.values()}
    found |= {str(target.year) for target in compilation.targets} | {row.period[:4] for row in compilation.context}
    found |= {day[:4] for batch in compilation.batches.values() for day in (batch.start_on, batch.end_on) if day}
    return min(found), max(found)


def both(label: Label) -> list[dict[str, str]]:
    """Give a text in both languages, as JSON-LD writes it."""
    return [{"@value": label.id, "@language": "id"}, {"@value": label.en, "@language": "en"}]


def province(compilation: Compilation) -> Label:
    """Name the province."""
    return compilation.codes["regions"][PROVINCE].name
