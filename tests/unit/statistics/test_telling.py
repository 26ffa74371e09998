"""Changes as sentences: what it was, what it is now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kompeten.statistics.changes import Change, changes
from kompeten.statistics.parts import told_by_documents
from kompeten.statistics.telling import Titles, sentence, titles
from tests.published import published
from tests.unit.statistics.test_changes import observation

REAL = published("real").edition
CALLED: Titles = titles(REAL.descriptors)
BATCH = "kaltim-2025-2"
WHERE = "Participants, Tahap II of 2025 (kutairaya.com)"


def one(old: dict[str, Any] | None, new: dict[str, Any] | None, *renames: tuple[str, str]) -> Change:
    """Give the one change between two releases of so many observations."""
    both = (told_by_documents({"observations.json": {"data": [row] if row else []}}) for row in (old, new))
    (found,) = changes(*both, renames)
    return found


def row(value: int | None, **cells: Any) -> dict[str, Any]:
    """Give a count of participants of a batch there is."""
    return observation(BATCH, value, **{"source_id": "kutairaya", **cells})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (row(537), row(1547), f"{WHERE}: was 537, is now 1,547 (+1,010)."),
        (row(None, status="hidden"), row(12), f"{WHERE}: was hidden, is now 12."),
        (None, row(12), f"{WHERE}: new, 12."),
        (row(12), None, f"{WHERE}: withdrawn; it was 12."),
        (row(12), row(12, as_of="2025-09"), f"{WHERE}: As of was 2025, is now September 2025."),
        (row(12), row(12, status="provisional"), f"{WHERE}: Status was Published, is now Provisional."),
        (row(12), row(12, speaker="bps"), f"{WHERE}: Speaker was The writer, is now Statistics Indonesia."),
        (row(12), row(13, precision="about"), f"{WHERE}: was 12, is now 13 (+1); Precision was Exact, is now About."),
        (
            row(12, preferred=False),
            row(12),
            "Participants, Tahap II of 2025: the figure of kutairaya.com is used now, 12.",
        ),
        (row(12, sex="P"), None, "Participants, Tahap II of 2025, Female (kutairaya.com): withdrawn; it was 12."),
    ],
)
def test_a_figure_that_moves_is_said_in_words(
    old: dict[str, Any] | None, new: dict[str, Any] | None, said: str
) -> None:
    assert sentence(one(old, new), REAL.compilation, CALLED, "en") == said


def test_indonesian_says_the_same() -> None:
    said = "Peserta, Tahap II 2025 (kutairaya.com): semula 1.537, kini 547 (−990)."
    assert sentence(one(row(1537), row(547)), REAL.compilation, CALLED, "id") == said


def test_a_definition_is_quoted_before_and_after_in_the_language_in_which_it_moved() -> None:
    both = (
        told_by_documents(
            {"codelists/stages.json": {"data": [{"code": "hadir", "definition": {"id": text, "en": "They came."}}]}}
        )
        for text in ("Datang.", "Datang tiga hari.")
    )
    (change,) = changes(*both)
    said = "Tahapan, Hadir pelatihan: Definisi semula “Datang”, kini “Datang tiga hari”."
    assert sentence(change, REAL.compilation, CALLED, "id") == said
    said = "Stages, Attended training: Definition in Indonesian was “Datang”, is now “Datang tiga hari”."
    assert sentence(change, REAL.compilation, CALLED, "en") == said


def test_what_is_no_more_is_said_as_it_was_written() -> None:
    change = one(observation("gone-2020", 5, source_id="gone"), None)
    assert sentence(change, REAL.compilation, CALLED, "en") == "Participants, gone-2020 (gone): withdrawn; it was 5."


def test_every_change_of_the_second_release_is_a_sentence_in_both_languages() -> None:
    rows = published("real").rows("changes/2026.12.json")
    assert len(rows) > 100
    for each in rows:
        for text in each["sentence"].values():
            assert text.endswith("."), each["address"]
            assert "{" not in text
            assert "  " not in text


@pytest.mark.parametrize(
    ("document", "row", "said"),
    [
        ("observations", row(12), f"{WHERE}: new, 12."),
        (
            "batches",
            {"batch_id": BATCH, "year": 2025, "name": {"id": "Tahap II 2025", "en": "Tahap II of 2025"}},
            "Batches, Tahap II of 2025: back, after release 2026.11 withdrew it.",
        ),
    ],
)
def test_an_id_that_comes_back_is_called_so_and_a_figure_is_said_itself(
    document: str, row: dict[str, Any], said: str
) -> None:
    old, new = (told_by_documents({f"{document}.json": {"data": rows}}) for rows in ([], [row]))
    (change,) = (each for each in changes(old, new) if each.table == document)
    assert change.address in (f"batches/{BATCH}", f"{BATCH}/peserta")
    called = replace(CALLED, back={change.address: "2026.11"})
    assert sentence(change, REAL.compilation, called, "en") == said
