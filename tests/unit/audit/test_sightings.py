"""What the attacker takes a record for."""

from __future__ import annotations

import pytest

from kompeten.audit.reading.sightings import key_of, sighting


@pytest.mark.parametrize(
    ("whole", "cell"),
    [
        (True, "b1/peserta"),
        ("true", "b1/peserta"),
        ("TRUE", "b1/peserta"),
        (False, "b1/peserta/qualification_level=7"),
        ("false", "b1/peserta/qualification_level=7"),
        (None, "b1/peserta/qualification_level=7"),
    ],
)
def test_a_count_at_the_level_of_a_whole_batch_is_its_total(whole: object, cell: str) -> None:
    record = {"batch_id": "b1", "stage": "peserta", "dimension": "qualification_level", "code": "7", "value": 80}
    (seen,) = sighting({**record, "whole_batch": whole}, "qualifications.json#/data/0")
    assert (seen.key, seen.value) == (key_of(cell), 80)
