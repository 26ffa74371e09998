"""A batch that stands already is not another batch: what contradicts is refused with what stands, in both languages."""

from __future__ import annotations

import pytest

from kompeten.intake.standing import otherwise

STANDS = {
    "batch_id": "kaltim-2025-4",
    "programme_id": "kaltim",
    "year": "2025",
    "number": "4",
    "kind": "tahap",
    "name_id": "Tahap IV 2025",
    "name_en": "Tahap IV of 2025",
    "start_on": "2025-11-17",
    "end_on": "2025-11-25",
    "qualification_level": "ahli",
}
LEVELS = [
    {"code": "ahli", "parent_code": "_T"},
    {"code": "7", "parent_code": "ahli"},
    {"code": "_U", "parent_code": ""},
]


@pytest.mark.parametrize(
    ("said", "stands", "column"),
    [
        ({}, {}, None),
        ({"year": 2025, "number": 4}, {}, None),
        ({"batch_id": "kaltim-2026-1", "year": "2026"}, {}, None),
        ({"name_en": "Batch four"}, {}, None),
        ({"start_on": "2025-11", "end_on": ""}, {}, None),
        ({"start_on": "2025-11-18"}, {}, None),
        ({"start_on": "", "end_on": ""}, {}, None),
        ({}, {"start_on": "", "end_on": ""}, None),
        ({"qualification_level": "7"}, {}, None),
        ({"qualification_level": "_T"}, {"qualification_level": "_U"}, None),
        ({"qualification_level": "7"}, {"qualification_level": ""}, None),
        ({"programme_id": "ikn"}, {}, "programme_id"),
        ({"year": 2024}, {}, "year"),
        ({"number": 3}, {}, "number"),
        ({"number": ""}, {}, "number"),
        ({"kind": "event"}, {}, "kind"),
        ({"name_id": "Tahap III 2025", "name_en": "Tahap III of 2025"}, {}, "name_id"),
        ({"start_on": "2025-09-08", "end_on": "2025-09-12"}, {}, "start_on"),
        ({"start_on": "2025-12"}, {}, "start_on"),
        ({"qualification_level": "_T"}, {}, "qualification_level"),
        ({"qualification_level": "_U"}, {}, "qualification_level"),
        ({"qualification_level": "6"}, {}, "qualification_level"),
        ({"qualification_level": "ahli"}, {"qualification_level": "7"}, "qualification_level"),
    ],
)
def test_what_contradicts_a_batch_that_stands_is_named(
    said: dict[str, object], stands: dict[str, object], column: str | None
) -> None:
    found = [*otherwise({"config.toml: batches[1].": STANDS | said}, [STANDS | stands], LEVELS)]
    told = str((STANDS | stands)[column]) if column else ""
    assert [each.en for each in found] == (
        [
            f"config.toml: batches[1].{column}: write {told} as in batches.csv, or another batch_id if this is another"
            " batch; where batches.csv is wrong, have the editors mend it first"
            " ← batch kaltim-2025-4 is recorded so, and here it is otherwise"
        ]
        if column
        else []
    )


def test_what_is_recorded_as_nothing_is_said_in_words() -> None:
    said = otherwise({"paket/batches/batches.csv:2: ": STANDS}, [STANDS | {"number": ""}], LEVELS)
    assert [each.id for each in said] == [
        "paket/batches/batches.csv:2: number: tulis kosong seperti di batches.csv, atau batch_id lain bila ini tahap"
        " lain; bila batches.csv yang keliru, minta redaksi membetulkannya dulu"
        " ← tahap kaltim-2025-4 sudah tercatat begitu, dan di sini lain"
    ]
